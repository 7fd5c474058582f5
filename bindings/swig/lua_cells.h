/* Whole columns between Lua lists and tables, because a call per cell costs a hundred times what the cell does. */
#ifndef CAMPAIGN_BINDINGS_LUA_CELLS_H
#define CAMPAIGN_BINDINGS_LUA_CELLS_H

#include "lua_results.h"

static void *bind_handle(lua_State *L, int argument, swig_type_info *type, const char *what)
{
    void *handle = NULL;
    if (!SWIG_IsOK(SWIG_ConvertPtr(L, argument, &handle, type, 0)) || !handle) luaL_argerror(L, argument, what);
    return handle;
}

/* ---- Out ---- */

/* Any cell as text: table_format(table, index, row). */
static int bind_table_format(lua_State *L)
{
    const campaign_table *table =
        (const campaign_table *)bind_handle(L, 1, SWIGTYPE_p_campaign_table, "table expected");
    const int32_t index = (int32_t)bind_integer(L, 2, 0, INT32_MAX);
    const int64_t row = bind_integer(L, 3, 0, INT64_MAX);
    char room[128];
    const size_t length = campaign_table_format(room, sizeof room, table, index, row);
    if (length < sizeof room) {
        lua_pushlstring(L, room, length);
        return 1;
    }
    char *text = (char *)lua_newuserdata(L, length + 1);
    (void)campaign_table_format(text, length + 1, table, index, row);
    lua_pushlstring(L, text, length);
    return 1;
}

/* Dates, timestamps and money are exact as text. */
static void bind_push_cell(lua_State *L, const campaign_table *table, int32_t type, int32_t index, int64_t row)
{
    char room[64];
    switch (type) {
    case CAMPAIGN_TYPE_BOOL: lua_pushboolean(L, campaign_table_int64(table, index, row) != 0); return;
    case CAMPAIGN_TYPE_INT32:
    case CAMPAIGN_TYPE_INT64: bind_push_integer(L, campaign_table_int64(table, index, row)); return;
    case CAMPAIGN_TYPE_FLOAT64: lua_pushnumber(L, campaign_table_float64(table, index, row)); return;
    case CAMPAIGN_TYPE_UTF8: {
        size_t length = 0;
        const char *text = campaign_table_text(table, index, row, &length);
        lua_pushlstring(L, text ? text : "", length);
        return;
    }
    default: lua_pushlstring(L, room, campaign_table_format(room, sizeof room, table, index, row)); return;
    }
}

/* Cells of a column as a list: table_cells(table, index, first, n, null). */
static int bind_table_cells(lua_State *L)
{
    const campaign_table *table =
        (const campaign_table *)bind_handle(L, 1, SWIGTYPE_p_campaign_table, "table expected");
    const int32_t index = (int32_t)bind_integer(L, 2, 0, INT32_MAX);
    const int64_t first = bind_integer(L, 3, 0, INT64_MAX);
    const int n = (int)bind_integer(L, 4, 0, INT32_MAX);
    campaign_error record;
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    memset(&record, 0, sizeof record);
    if (campaign_table_column(&column, table, index, &record) != CAMPAIGN_OK) return bind_fail(L, &record);
    lua_createtable(L, n, 0);
    for (int i = 0; i < n; i++) {
        if (campaign_table_is_null(table, index, first + i))
            lua_pushvalue(L, 5);
        else
            bind_push_cell(L, table, column.type, index, first + i);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

/* ---- In ---- */

/* n digits as a number, or -1. */
static int64_t bind_digits(const char *text, int n)
{
    int64_t number = 0;
    for (int i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

/* Microseconds of "08:26", "08:26:05" or "08:26:05.123456" within the day, or -1. */
static int64_t bind_parse_time(const char *text, size_t length)
{
    if (length < 5 || text[2] != ':') return -1;
    const int64_t hour = bind_digits(text, 2), minute = bind_digits(text + 3, 2);
    int64_t second = 0, fraction = 0;
    if (length > 5) second = length >= 8 && text[5] == ':' ? bind_digits(text + 6, 2) : -1;
    if (length > 8) {
        const int n = length <= 15 && text[8] == '.' ? (int)length - 9 : 0;
        fraction = n ? bind_digits(text + 9, n) : -1;
        for (int i = n; fraction > 0 && i < 6; i++) fraction *= 10;
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || fraction < 0) return -1;
    return ((hour * 60 + minute) * 60 + second) * 1000000 + fraction;
}

/* Days, or microseconds, of the text on top of the stack. */
static campaign_status bind_parse_moment(lua_State *L, int32_t type, int64_t *value, campaign_error *record)
{
    size_t length = 0;
    const char *text = lua_tolstring(L, -1, &length);
    const int has_time = type == CAMPAIGN_TYPE_TIMESTAMP && length > 11 && (text[10] == ' ' || text[10] == 'T');
    const int64_t time = has_time ? bind_parse_time(text + 11, length - 11) : 0;
    int32_t day = 0;
    const campaign_status status = campaign_date_parse(&day, text, has_time ? 10 : length, record);
    if (status != CAMPAIGN_OK) return status;
    *value = type == CAMPAIGN_TYPE_DATE ? day : (int64_t)day * 86400000000 + time;
    if (time >= 0) return CAMPAIGN_OK;
    (void)snprintf(record->message, sizeof record->message, "\"%.40s\" is no time of day", text + 11);
    return record->code = CAMPAIGN_E_SYNTAX;
}

static campaign_status bind_refuse(lua_State *L, campaign_error *record, const char *expected)
{
    (void)snprintf(record->message, sizeof record->message, "%s expected, found %s", expected, luaL_typename(L, -1));
    return record->code = CAMPAIGN_E_COLUMN;
}

/* Appends the value on top of the stack; record is zero. */
static campaign_status bind_append_cell(lua_State *L, campaign_table_builder *builder, int32_t index, int32_t type,
                                        campaign_error *record)
{
    const int found = lua_type(L, -1);
    int64_t value = 0;
    if (type == CAMPAIGN_TYPE_FLOAT64) {
        if (found != LUA_TNUMBER) return bind_refuse(L, record, "number");
        return campaign_table_builder_append_float64(builder, index, (double)lua_tonumber(L, -1), record);
    }
    if (type == CAMPAIGN_TYPE_UTF8) {
        size_t length = 0;
        if (found == LUA_TNUMBER && !bind_whole(L, -1, &value)) return bind_refuse(L, record, "text");
        if (found == LUA_TNUMBER) {
            bind_push_integer(L, value); /* 7.0 is written as 7 */
            lua_replace(L, -2);
        } else if (found != LUA_TSTRING)
            return bind_refuse(L, record, "text");
        const char *text = lua_tolstring(L, -1, &length);
        return campaign_table_builder_append_text(builder, index, text, length, record);
    }
    if (type == CAMPAIGN_TYPE_BOOL) {
        if (found != LUA_TBOOLEAN) return bind_refuse(L, record, "boolean");
        value = lua_toboolean(L, -1);
    } else if (found == LUA_TSTRING && (type == CAMPAIGN_TYPE_DATE || type == CAMPAIGN_TYPE_TIMESTAMP)) {
        const campaign_status status = bind_parse_moment(L, type, &value, record);
        if (status != CAMPAIGN_OK) return status;
    } else if (!bind_whole(L, -1, &value))
        return bind_refuse(L, record, "whole number");
    return campaign_table_builder_append_int64(builder, index, value, record);
}

/* Appends a list to a column: table_builder_append_list(builder, index, type, list, n, null). */
static int bind_append_list(lua_State *L)
{
    campaign_table_builder *builder =
        (campaign_table_builder *)bind_handle(L, 1, SWIGTYPE_p_campaign_table_builder, "builder expected");
    const int32_t index = (int32_t)bind_integer(L, 2, 0, INT32_MAX);
    const int32_t type = (int32_t)bind_integer(L, 3, CAMPAIGN_TYPE_BOOL, CAMPAIGN_TYPE_MONEY);
    const int n = (int)bind_integer(L, 5, 0, INT32_MAX);
    luaL_checktype(L, 4, LUA_TTABLE);
    for (int row = 0; row < n; row++) {
        campaign_error record;
        memset(&record, 0, sizeof record);
        lua_rawgeti(L, 4, row + 1);
        const int is_null = lua_isnil(L, -1) || lua_rawequal(L, -1, 6);
        const campaign_status status = is_null ? campaign_table_builder_append_null(builder, index, &record)
                                               : bind_append_cell(L, builder, index, type, &record);
        if (status != CAMPAIGN_OK) {
            record.row = row;
            return bind_fail(L, &record);
        }
        lua_pop(L, 1);
    }
    lua_pushboolean(L, 1);
    return 1;
}

#endif
