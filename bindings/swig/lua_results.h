/* Results of the typemaps of Lua: keepers of what a call hands over, structs, columns, and the progress function. */
#ifndef CAMPAIGN_BINDINGS_LUA_RESULTS_H
#define CAMPAIGN_BINDINGS_LUA_RESULTS_H

#include "lua_values.h"

/* ---- Keepers ---- */

/* A userdata in front of the memory of one output. It frees what lies there when a Lua error, out of memory for one,
 * jumps over the rest of the wrapper; what was handed on is set to NULL and stays. */
typedef struct bind_keeper {
    void (*clear)(void *memory, const bind_struct *shape);
    const bind_struct *shape;
} bind_keeper;

static int bind_keeper_collect(lua_State *L)
{
    bind_keeper *keeper = (bind_keeper *)lua_touserdata(L, 1);
    keeper->clear(keeper + 1, keeper->shape);
    return 0;
}

/* Memory of an output, all zero, kept by a userdata on the stack. */
static void *bind_keep(lua_State *L, size_t bytes, void (*clear)(void *, const bind_struct *), const bind_struct *shape)
{
    bind_keeper *keeper = (bind_keeper *)lua_newuserdata(L, sizeof *keeper + bytes);
    keeper->clear = clear;
    keeper->shape = shape;
    memset(keeper + 1, 0, bytes);
    if (luaL_newmetatable(L, "campaign.keeper")) {
        lua_pushcfunction(L, bind_keeper_collect);
        lua_setfield(L, -2, "__gc");
    }
    lua_setmetatable(L, -2);
    return keeper + 1;
}

typedef struct bind_text_output {
    char *text;
    size_t length;
} bind_text_output;

static void bind_clear_text(void *memory, const bind_struct *shape)
{
    (void)shape;
    campaign_text_free(((bind_text_output *)memory)->text);
}

static void bind_clear_struct(void *memory, const bind_struct *shape)
{
    for (int i = 0; i < shape->n_fields; i++)
        if (shape->fields[i].kind == BIND_TABLE)
            campaign_table_free((campaign_table *)bind_get_pointer(memory, shape->fields[i].offset));
}

/* ---- Structs ---- */

static void bind_get(lua_State *L, void *object, const bind_field *field)
{
    switch (field->kind) {
    case BIND_BOOL: lua_pushboolean(L, bind_get_int32(object, field->offset)); return;
    case BIND_INT32:
    case BIND_DAY:
        if (field->extra && !bind_get_int32(object, field->extra))
            lua_pushnil(L);
        else
            bind_push_integer(L, bind_get_int32(object, field->offset));
        return;
    case BIND_INT64: bind_push_integer(L, bind_get_int64(object, field->offset)); return;
    case BIND_TEXT: lua_pushstring(L, (const char *)bind_get_pointer(object, field->offset)); return;
    case BIND_LABEL: lua_pushstring(L, (const char *)object + field->offset); return;
    case BIND_CHARACTER: {
        const char character = (char)bind_get_int32(object, field->offset);
        lua_pushlstring(L, &character, 1);
        return;
    }
    case BIND_CHOICE: {
        size_t length = 0;
        const char *word = bind_word(field->choices, bind_get_int32(object, field->offset), &length);
        lua_pushlstring(L, word, length);
        return;
    }
    case BIND_TABLE: {
        void *table = bind_get_pointer(object, field->offset);
        if (table)
            SWIG_NewPointerObj(L, table, SWIGTYPE_p_campaign_table, 1);
        else
            lua_pushnil(L);
        bind_set_pointer(object, field->offset, NULL);
        return;
    }
    case BIND_FLOAT64: lua_pushnumber(L, (lua_Number)bind_get_float64(object, field->offset)); return;
    case BIND_CURRENCY:
    case BIND_TEXTS:
    case BIND_INT64S:
    case BIND_RECORDS:
    case BIND_CALENDAR: break;
    }
    luaL_error(L, "%s is an input", field->name);
}

/* A struct as a table on top of the stack; its handles change hands. */
static void bind_push_result(lua_State *L, void *object, const bind_struct *shape)
{
    lua_createtable(L, 0, shape->n_fields);
    for (int i = 0; i < shape->n_fields; i++) {
        bind_get(L, object, &shape->fields[i]);
        lua_setfield(L, -2, shape->fields[i].name);
    }
}

static void bind_push_column(lua_State *L, const campaign_column *column)
{
    lua_createtable(L, 0, 6);
    bind_set_field(L, "name", column->name);
    bind_set_field(L, "currency", column->currency);
    bind_push_integer(L, column->type);
    lua_setfield(L, -2, "type");
    bind_push_integer(L, column->exponent);
    lua_setfield(L, -2, "exponent");
    bind_push_integer(L, column->n_rows);
    lua_setfield(L, -2, "n_rows");
    bind_push_integer(L, column->n_nulls);
    lua_setfield(L, -2, "n_nulls");
}

/* ---- Run-time services ---- */

/* The progress function, by places on the stack of the running call. */
typedef struct bind_callback {
    lua_State *L;
    int caller; /* bind_call_progress */
    int function;
    int error; /* receives what the function raised */
    int has_raised;
} bind_callback;

typedef struct bind_step {
    const char *stage;
    int64_t done;
    int64_t total;
} bind_step;

/* Runs under lua_pcall, so that nothing raises through the library. */
static int bind_call_progress(lua_State *L)
{
    const bind_step *step = (const bind_step *)lua_touserdata(L, 2);
    lua_settop(L, 1);
    lua_pushstring(L, step->stage);
    bind_push_integer(L, step->done);
    bind_push_integer(L, step->total);
    lua_call(L, 3, 1);
    return 1;
}

static int bind_progress(void *ctx, const char *stage, int64_t done, int64_t total)
{
    bind_callback *callback = (bind_callback *)ctx;
    lua_State *L = callback->L;
    bind_step step = { stage, done, total };
    if (callback->has_raised) return 1;
    lua_pushvalue(L, callback->caller);
    lua_pushvalue(L, callback->function);
    lua_pushlightuserdata(L, &step);
    if (lua_pcall(L, 2, 1, 0) != 0) {
        lua_replace(L, callback->error);
        callback->has_raised = 1;
        return 1;
    }
    const int stop = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return stop;
}

/* {n_threads = …, progress = function(stage, done, total) … end}; progress ends the call by returning true or raising. */
static void bind_runtime(lua_State *L, int index, campaign_runtime *services, bind_callback *callback)
{
    memset(callback, 0, sizeof *callback);
    memset(services, 0, sizeof *services);
    services->size = (uint32_t)sizeof *services;
    if (lua_isnoneornil(L, index)) return;
    luaL_checkstack(L, 16, "no room for the progress function");
    lua_getfield(L, index, "n_threads");
    if (!lua_isnil(L, -1)) {
        int64_t n = 0;
        const char *problem = bind_check_integer(L, -1, -1, 1024, &n);
        if (problem) luaL_error(L, "n_threads: %s", problem);
        services->n_threads = (int32_t)n;
    }
    lua_getfield(L, index, "progress");
    if (lua_isnil(L, -1)) return;
    callback->L = L; /* what is pushed here stays for the length of the call */
    callback->function = lua_gettop(L);
    lua_pushcfunction(L, bind_call_progress);
    callback->caller = lua_gettop(L);
    lua_pushnil(L);
    callback->error = lua_gettop(L);
    services->progress = bind_progress;
    services->ctx = callback;
}

#endif
