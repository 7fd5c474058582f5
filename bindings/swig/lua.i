/* How C values become Lua values, for Lua 5.1 (and LuaJIT), 5.3 and 5.4 from one generated file.
 * A failing call gives nil and an error table; misuse raises. Integers are exact or refused, never rounded.
 * Whatever a typemap allocates is a Lua userdata, because a Lua error jumps over every free. */

%{
#include "lua_values.h"
#include "lua_results.h"
#include "lua_cells.h"

/* SWIG's initialisation puts two functions of its own into the table of globals; here that is a table nobody sees. */
#undef lua_pushglobaltable
#define lua_pushglobaltable(L) lua_newtable(L)
%}

/* ---- Status and error ---- */

%typemap(out) campaign_status {
    (void)$1;
}
%typemap(in, numinputs=0) campaign_error *error (campaign_error record) {
    memset(&record, 0, sizeof record);
    $1 = &record;
}
%typemap(argout) campaign_error *error {
    if (result != CAMPAIGN_OK) return bind_fail(L, $1);
    if (SWIG_arg == 0) {
        lua_pushboolean(L, 1);
        SWIG_arg++;
    }
}

/* ---- Numbers ---- */

%typemap(in) int32_t {
    $1 = (int32_t)bind_integer(L, $input, INT32_MIN, INT32_MAX);
}
%typemap(in) int64_t {
    $1 = (int64_t)bind_integer(L, $input, INT64_MIN, INT64_MAX);
}
%typemap(in) double {
    $1 = luaL_checknumber(L, $input);
}
%typemap(out) int32_t, int64_t, size_t {
    bind_push_integer(L, (int64_t)$1);
    SWIG_arg++;
}
%typemap(out) double {
    lua_pushnumber(L, $1);
    SWIG_arg++;
}
%typecheck(SWIG_TYPECHECK_INTEGER) int32_t, int64_t, double, size_t {
    $1 = lua_isnumber(L, $input) || lua_isstring(L, $input);
}

%define %campaign_int32_output(parameter)
%typemap(in, numinputs=0) parameter (int32_t number) {
    number = 0;
    $1 = &number;
}
%typemap(argout) parameter {
    if (result == CAMPAIGN_OK) {
        bind_push_integer(L, *$1);
        SWIG_arg++;
    }
}
%enddef

%define %campaign_int64_output(parameter)
%typemap(in, numinputs=0) parameter (int64_t number) {
    number = 0;
    $1 = &number;
}
%typemap(argout) parameter {
    if (result == CAMPAIGN_OK) {
        bind_push_integer(L, *$1);
        SWIG_arg++;
    }
}
%enddef

%define %campaign_double_output(parameter)
%typemap(in, numinputs=0) parameter (double number) {
    number = 0;
    $1 = &number;
}
%typemap(argout) parameter {
    if (result == CAMPAIGN_OK) {
        lua_pushnumber(L, *$1);
        SWIG_arg++;
    }
}
%enddef

/* ---- Handles out: kept from before the call, but pushed after the arguments were counted, in a check ---- */

%define %campaign_handle_output(type)
%{
static void bind_clear_##type(void *memory, const bind_struct *shape)
{
    (void)shape;
    type##_free(*(type **)memory);
}
%}
%typemap(in, numinputs=0) type ** "";
%typemap(check) type ** {
    $1 = (type **)bind_keep(L, sizeof *$1, bind_clear_##type, NULL);
}
%typemap(argout) type ** {
    if (result == CAMPAIGN_OK) {
        if (*$1) SWIG_NewPointerObj(L, *$1, $descriptor(type *), 1);
        else lua_pushnil(L);
        *$1 = NULL;
        SWIG_arg++;
    }
}
%enddef

/* type_close(handle) frees at once; the handle is empty afterwards, and its collection does nothing. */
%define %campaign_handle_close(type)
%typemap(in) type *closing {
    if (!SWIG_IsOK(SWIG_ConvertPtr(L, $input, (void **)&$1, $descriptor(type *), SWIG_POINTER_RELEASE)))
        luaL_argerror(L, $input, "handle expected");
}
%inline %{
static void type##_close(type *closing)
{
    type##_free(closing);
}
%}
%enddef

/* ---- Text in and out ---- */

%typemap(in) (const char *text, size_t length) (size_t size) {
    $1 = (char *)luaL_checklstring(L, $input, &size);
    $2 = size;
}
%typemap(in, checkfn="bind_is_text_or_nil") const char * {
    $1 = (char *)lua_tostring(L, $input);
}
%typemap(in, numinputs=0) (char **text, size_t *length) "";
%typemap(check) (char **text, size_t *length) {
    bind_text_output *owned = (bind_text_output *)bind_keep(L, sizeof *owned, bind_clear_text, NULL);
    $1 = &owned->text;
    $2 = &owned->length;
}
%typemap(argout) (char **text, size_t *length) {
    if (result == CAMPAIGN_OK) {
        lua_pushlstring(L, *$1, *$2);
        SWIG_arg++;
    }
    campaign_text_free(*$1);
    *$1 = NULL;
}
%typemap(in, numinputs=0) const char **kind (const char *word) {
    word = NULL;
    $1 = (char **)&word;
}
%typemap(argout) const char **kind {
    if (result == CAMPAIGN_OK) {
        lua_pushstring(L, *$1);
        SWIG_arg++;
    }
}
%typemap(in, numinputs=0) size_t *length (size_t size) {
    size = 0;
    $1 = &size;
}
%typemap(argout) size_t *length "";
%typemap(out) const char *campaign_table_text {
    if ($1) lua_pushlstring(L, $1, *arg4);
    else lua_pushnil(L);
    SWIG_arg++;
}
%typemap(in, numinputs=0) char text[ANY] (char room[$1_dim0]) {
    $1 = room;
}
%typemap(argout) char text[ANY] {
    lua_pop(L, 1);
    lua_pushstring(L, $1);
}

/* ---- Knobs in, results out ---- */

%define %campaign_struct_input(type, parameter)
%typemap(in, checkfn="bind_is_table_or_nil") const type *parameter (type knobs) {
    bind_fill(L, $input, &knobs, &type##_shape);
    $1 = lua_isnoneornil(L, $input) ? NULL : &knobs;
}
%typemap(check) const type *parameter "";
%typemap(argout) const type *parameter "";
%enddef

%define %campaign_struct_output(type, parameter)
%typemap(in, numinputs=0) type *parameter "";
%typemap(check) type *parameter {
    $1 = (type *)bind_keep(L, sizeof *$1, bind_clear_struct, &type##_shape);
    bind_start($1, &type##_shape);
}
%typemap(argout) type *parameter {
    if (result == CAMPAIGN_OK) {
        bind_push_result(L, $1, &type##_shape);
        SWIG_arg++;
    }
}
%enddef

%typemap(in, checkfn="bind_is_table_or_nil") const campaign_runtime *runtime (campaign_runtime services,
                                                                              bind_callback callback) {
    bind_runtime(L, $input, &services, &callback);
    $1 = &services;
}
%typemap(argout) const campaign_runtime *runtime {
    if (callback$argnum.has_raised) {
        lua_pushvalue(L, callback$argnum.error);
        return lua_error(L);
    }
}

/* ---- Columns ---- */

%typemap(in, numinputs=0) campaign_column *column (campaign_column view) {
    memset(&view, 0, sizeof view);
    view.size = (uint32_t)sizeof view;
    $1 = &view;
}
%typemap(argout) campaign_column *column {
    if (result == CAMPAIGN_OK) {
        bind_push_column(L, $1);
        SWIG_arg++;
    }
}

/* Arrow capsules are Python's; Lua lists go in and out column by column. */
%ignore campaign_table_from_arrow;
%ignore campaign_table_from_arrow_stream;
%ignore campaign_table_to_arrow;
%ignore campaign_table_to_arrow_stream;
%ignore campaign_table_builder_add_array;
%ignore campaign_table_format;
%native(table_format) int bind_table_format(lua_State *L);
%native(table_cells) int bind_table_cells(lua_State *L);
%native(table_builder_append_list) int bind_append_list(lua_State *L);

/* A splitting problem in, a list of parts and what is left over out. */
%typemap(in, checkfn="lua_istable") (int64_t *parts, int64_t *unallocated_minor, const campaign_split_problem *problem)
    (campaign_split_problem split, int64_t left = 0) {
    bind_fill(L, $input, &split, &campaign_split_problem_shape);
    $1 = (int64_t *)lua_newuserdata(L, (size_t)(split.n_cells > 0 ? split.n_cells : 1) * sizeof *$1);
    $2 = &left;
    $3 = &split;
}
%typemap(argout) (int64_t *parts, int64_t *unallocated_minor, const campaign_split_problem *problem) {
    if (result == CAMPAIGN_OK) {
        lua_createtable(L, (int)$3->n_cells, 0);
        for (int64_t i = 0; i < $3->n_cells; i++) {
            bind_push_integer(L, $1[i]);
            lua_rawseti(L, -2, (int)i + 1);
        }
        bind_push_integer(L, *$2);
        SWIG_arg += 2;
    }
}

/* Rules of a check, as a list of tables. */
%typemap(in, checkfn="lua_istable") (const campaign_column_rule *rules, int32_t n_rules) {
    lua_newtable(L);
    lua_pushvalue(L, $input);
    $2 = bind_length(L, -1);
    $1 = (campaign_column_rule *)bind_records(L, lua_gettop(L) - 1, &campaign_column_rule_shape, $2);
    lua_pop(L, 1);
}

/* A plan to judge: the plan itself, or a table of its tables. */
%typemap(in) const campaign_kpi_plan *plan (campaign_kpi_plan judged) {
    void *whole = NULL;
    if (SWIG_IsOK(SWIG_ConvertPtr(L, $input, &whole, $descriptor(campaign_plan *), 0)) && whole) {
        campaign_error record;
        memset(&record, 0, sizeof record);
        bind_start(&judged, &campaign_kpi_plan_shape);
        if (campaign_plan_kpi(&judged, (campaign_plan *)whole, &record) != CAMPAIGN_OK) return bind_fail(L, &record);
    } else bind_fill(L, $input, &judged, &campaign_kpi_plan_shape);
    $1 = &judged;
}
