/* Lua values for the typemaps: exact integers, errors and knobs. Lua 5.1 to 5.4.
 * Whatever may raise allocates by Lua alone, because a Lua error jumps over every free. */
#ifndef CAMPAIGN_BINDINGS_LUA_VALUES_H
#define CAMPAIGN_BINDINGS_LUA_VALUES_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- Integers ---- */

/* 2^53: from there on a Lua number of 5.1 may stand for its neighbours too. */
#define BIND_EXACT 9007199254740992.0

static int bind_parse_integer(int64_t *value, const char *text)
{
    char *end = NULL;
    if (*text != '-' && (*text < '0' || *text > '9')) return 0;
    errno = 0;
    *value = (int64_t)strtoll(text, &end, 10);
    return errno == 0 && *end == '\0';
}

/* Reads a number without a fraction, or decimal text; 0 where the value is neither or not exact. */
static int bind_whole(lua_State *L, int index, int64_t *value)
{
#if LUA_VERSION_NUM >= 503
    if (lua_isinteger(L, index)) {
        *value = (int64_t)lua_tointeger(L, index);
        return 1;
    }
#endif
    if (lua_type(L, index) == LUA_TSTRING) return bind_parse_integer(value, lua_tostring(L, index));
    if (lua_type(L, index) != LUA_TNUMBER) return 0;
    const lua_Number number = lua_tonumber(L, index);
    if (!(number > -BIND_EXACT && number < BIND_EXACT) || number != (lua_Number)(int64_t)number) return 0;
    *value = (int64_t)number;
    return 1;
}

/* Why a value is no whole number within low and high, or NULL. */
static const char *bind_check_integer(lua_State *L, int index, int64_t low, int64_t high, int64_t *value)
{
    if (!bind_whole(L, index, value)) return "whole number expected, exact as a Lua number or as decimal text";
    return *value < low || *value > high ? "number out of range" : NULL;
}

/* An argument of a call; raises where it is none. */
static int64_t bind_integer(lua_State *L, int argument, int64_t low, int64_t high)
{
    int64_t value = 0;
    const char *problem = bind_check_integer(L, argument, low, high, &value);
    if (problem) luaL_argerror(L, argument, problem);
    return value;
}

/* An integer; where the number type cannot hold it, its decimal text. */
static void bind_push_integer(lua_State *L, int64_t value)
{
#if LUA_VERSION_NUM >= 503
    lua_pushinteger(L, (lua_Integer)value);
#else
    if (value > -(int64_t)BIND_EXACT && value < (int64_t)BIND_EXACT) {
        lua_pushnumber(L, (lua_Number)value);
    } else {
        char text[24];
        (void)snprintf(text, sizeof text, "%lld", (long long)value);
        lua_pushstring(L, text);
    }
#endif
}

/* ---- Errors ---- */

static void bind_set_field(lua_State *L, const char *name, const char *text)
{
    lua_pushstring(L, text);
    lua_setfield(L, -2, name);
}

/* nil and {status, code, where, row, message}; rows are counted from 1 here, as everything in Lua. */
static int bind_fail(lua_State *L, const campaign_error *record)
{
    lua_pushnil(L);
    lua_createtable(L, 0, 5);
    bind_push_integer(L, record->code);
    lua_setfield(L, -2, "status");
    bind_set_field(L, "code", campaign_status_name(record->code));
    bind_set_field(L, "where", record->where);
    bind_set_field(L, "message", record->message);
    if (record->row >= 0) {
        bind_push_integer(L, record->row + 1);
        lua_setfield(L, -2, "row");
    }
    return 2;
}

/* ---- Knobs ---- */

/* Where a call keeps what its structs point into: a Lua table at anchor holds the texts and the lists' memory, so that
 * nothing a callback does to the caller's tables reaches them. */
typedef struct bind_place {
    const bind_struct *shape;
    int anchor;
} bind_place;

static int bind_is_table_or_nil(lua_State *L, int index)
{
    return lua_istable(L, index) || lua_isnoneornil(L, index);
}

static int bind_is_text_or_nil(lua_State *L, int index)
{
    return lua_type(L, index) == LUA_TSTRING || lua_isnoneornil(L, index);
}

static int bind_length(lua_State *L, int index)
{
#if LUA_VERSION_NUM >= 502
    return (int)lua_rawlen(L, index);
#else
    return (int)lua_objlen(L, index);
#endif
}

/* Memory that lives as long as the anchor. */
static void *bind_memory_take(lua_State *L, int anchor, size_t bytes)
{
    void *memory = lua_newuserdata(L, bytes ? bytes : 1);
    lua_rawseti(L, anchor, bind_length(L, anchor) + 1);
    return memory;
}

/* The text on top of the stack, anchored. */
static const char *bind_text(lua_State *L, const bind_place *place, const bind_field *field)
{
    if (lua_type(L, -1) != LUA_TSTRING) luaL_error(L, "%s.%s: expected text", place->shape->name, field->name);
    const char *text = lua_tostring(L, -1);
    if (strlen(text) != (size_t)bind_length(L, -1))
        luaL_error(L, "%s.%s: text holds a zero character", place->shape->name, field->name);
    lua_pushvalue(L, -1);
    lua_rawseti(L, place->anchor, bind_length(L, place->anchor) + 1);
    return text;
}

static void bind_set_number(lua_State *L, void *knobs, const bind_place *place, const bind_field *field)
{
    const int is_wide = field->kind == BIND_INT64;
    int64_t number = 0;
    const char *problem =
        bind_check_integer(L, -1, is_wide ? INT64_MIN : INT32_MIN, is_wide ? INT64_MAX : INT32_MAX, &number);
    if (problem) luaL_error(L, "%s.%s: %s", place->shape->name, field->name, problem);
    if (is_wide)
        bind_set_int64(knobs, field->offset, number);
    else
        bind_set_int32(knobs, field->offset, (int32_t)number);
    if (field->extra) bind_set_int32(knobs, field->extra, 1);
}

static void bind_set_float(lua_State *L, void *knobs, const bind_place *place, const bind_field *field)
{
    if (!lua_isnumber(L, -1)) luaL_error(L, "%s.%s: number expected", place->shape->name, field->name);
    const double number = (double)lua_tonumber(L, -1);
    memcpy((char *)knobs + field->offset, &number, sizeof number);
    if (field->extra) bind_set_int32(knobs, field->extra, 1);
}

static void bind_set_currency(lua_State *L, void *knobs, const bind_place *place, const bind_field *field)
{
    const char *code = bind_text(L, place, field);
    if (strlen(code) != 3) luaL_error(L, "%s.%s: expected a code of three letters", place->shape->name, field->name);
    memcpy((char *)knobs + field->offset, code, 4);
}

static void bind_set_choice(lua_State *L, void *knobs, const bind_place *place, const bind_field *field)
{
    const char *word = bind_text(L, place, field);
    const int32_t value = bind_choice(field->choices, word);
    if (value < 0) luaL_error(L, "%s.%s: \"%s\" is none of %s", place->shape->name, field->name, word, field->choices);
    bind_set_int32(knobs, field->offset, value);
}

/* Length of the list on top of the stack. */
static int bind_list_length(lua_State *L, const bind_place *place, const bind_field *field)
{
    if (!lua_istable(L, -1)) luaL_error(L, "%s.%s: list expected", place->shape->name, field->name);
    return bind_length(L, -1);
}

static void bind_set_texts(lua_State *L, void *knobs, const bind_place *place, const bind_field *field)
{
    const int n = bind_list_length(L, place, field);
    const char **texts = (const char **)bind_memory_take(L, place->anchor, (size_t)n * sizeof *texts);
    for (int i = 0; i < n; i++) {
        lua_rawgeti(L, -1, i + 1);
        texts[i] = bind_text(L, place, field);
        lua_pop(L, 1);
    }
    bind_set_pointer(knobs, field->offset, texts);
    bind_set_int32(knobs, field->extra, n);
}

static void bind_set_int64s(lua_State *L, void *knobs, const bind_place *place, const bind_field *field)
{
    const int n = bind_list_length(L, place, field);
    int64_t *numbers = (int64_t *)bind_memory_take(L, place->anchor, (size_t)n * sizeof *numbers);
    for (int i = 0; i < n; i++) {
        lua_rawgeti(L, -1, i + 1);
        const char *problem = bind_check_integer(L, -1, INT64_MIN, INT64_MAX, &numbers[i]);
        if (problem) luaL_error(L, "%s.%s[%d]: %s", place->shape->name, field->name, i + 1, problem);
        lua_pop(L, 1);
    }
    bind_set_pointer(knobs, field->offset, numbers);
}

static void bind_fill_at(lua_State *L, int index, void *knobs, const bind_place *place);

/* An array of structs from the list on top of the stack. */
static void *bind_records(lua_State *L, int anchor, const bind_struct *shape, int n)
{
    const bind_place place = { shape, anchor };
    char *records = (char *)bind_memory_take(L, anchor, (size_t)n * shape->size);
    for (int i = 0; i < n; i++) {
        lua_rawgeti(L, -1, i + 1);
        bind_fill_at(L, lua_gettop(L), records + (size_t)i * shape->size, &place);
        lua_pop(L, 1);
    }
    return records;
}

static void bind_set_records(lua_State *L, void *knobs, const bind_place *place, const bind_field *field)
{
    const int n = bind_list_length(L, place, field);
    bind_set_pointer(knobs, field->offset, bind_records(L, place->anchor, field->items, n));
    bind_set_int32(knobs, field->extra, n);
}

static void bind_set_character(lua_State *L, void *knobs, const bind_place *place, const bind_field *field)
{
    const int32_t code = bind_character(bind_text(L, place, field));
    if (code < -1) luaL_error(L, "%s.%s: expected one ASCII character", place->shape->name, field->name);
    bind_set_int32(knobs, field->offset, code);
}

static void bind_set_handle(lua_State *L, void *knobs, const bind_place *place, const bind_field *field)
{
    void *handle = NULL;
    swig_type_info *type = field->kind == BIND_TABLE ? SWIGTYPE_p_campaign_table : SWIGTYPE_p_campaign_calendar;
    if (!SWIG_IsOK(SWIG_ConvertPtr(L, lua_gettop(L), &handle, type, 0)))
        luaL_error(L, "%s.%s: expected a handle of this library", place->shape->name, field->name);
    bind_set_pointer(knobs, field->offset, handle);
}

/* Sets one field from the value on top of the stack. */
static void bind_set(lua_State *L, void *knobs, const bind_place *place, const bind_field *field)
{
    switch (field->kind) {
    case BIND_BOOL: bind_set_int32(knobs, field->offset, lua_toboolean(L, -1)); return;
    case BIND_INT32:
    case BIND_DAY:
    case BIND_INT64: bind_set_number(L, knobs, place, field); return;
    case BIND_FLOAT64: bind_set_float(L, knobs, place, field); return;
    case BIND_TEXT: {
        const char *text = bind_text(L, place, field);
        bind_set_pointer(knobs, field->offset, text);
        if (field->extra) bind_set_int64(knobs, field->extra, (int64_t)strlen(text));
        return;
    }
    case BIND_CURRENCY: bind_set_currency(L, knobs, place, field); return;
    case BIND_CHOICE: bind_set_choice(L, knobs, place, field); return;
    case BIND_CHARACTER: bind_set_character(L, knobs, place, field); return;
    case BIND_TEXTS: bind_set_texts(L, knobs, place, field); return;
    case BIND_INT64S: bind_set_int64s(L, knobs, place, field); return;
    case BIND_RECORDS: bind_set_records(L, knobs, place, field); return;
    case BIND_TABLE:
    case BIND_CALENDAR: bind_set_handle(L, knobs, place, field); return;
    case BIND_LABEL: break;
    }
    luaL_error(L, "%s.%s is an output", place->shape->name, field->name);
}

static void bind_fill_at(lua_State *L, int index, void *knobs, const bind_place *place)
{
    const char *name = place->shape->name;
    bind_start(knobs, place->shape);
    if (!lua_istable(L, index)) luaL_error(L, "%s: table expected", name);
    luaL_checkstack(L, 8, "too many nested values");
    lua_pushnil(L);
    while (lua_next(L, index)) {
        if (lua_type(L, -2) != LUA_TSTRING) luaL_error(L, "%s: field names are text", name);
        const bind_field *field = bind_find(place->shape, lua_tostring(L, -2));
        if (!field) luaL_error(L, "%s has no field \"%s\"", name, lua_tostring(L, -2));
        bind_set(L, knobs, place, field);
        lua_pop(L, 1);
    }
}

/* Fills a struct from the table at index, or from nothing where it is nil. What it points into lies in a table that is
 * left on the stack until the call returns. */
static void bind_fill(lua_State *L, int index, void *knobs, const bind_struct *shape)
{
    bind_start(knobs, shape);
    if (lua_isnoneornil(L, index)) return;
    lua_newtable(L);
    const bind_place place = { shape, lua_gettop(L) };
    bind_fill_at(L, index, knobs, &place);
}

#endif
