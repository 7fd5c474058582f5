/* How engines find the columns they need, and what a caller reads where one is missing or of another type. */
#include "table/table.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { PLACE = 96, WORDS = 96 };

/* "bool, int64 or utf8" for a set of types. */
static void list_types(char words[WORDS], uint32_t types)
{
    size_t length = 0;
    words[0] = '\0';
    for (int32_t type = CAMPAIGN_TYPE_BOOL; type <= CAMPAIGN_TYPE_MONEY; type++) {
        if (!(types & CPN_TYPE_BIT(type))) continue;
        types &= ~CPN_TYPE_BIT(type);
        const char *joint = length == 0 ? "" : types ? ", " : " or ";
        const int written = snprintf(words + length, WORDS - length, "%s%s", joint, cpn_type_name(type));
        if (written > 0) length += (size_t)written;
        if (length >= WORDS - 1) return;
    }
}

/* The column whose name is nearest, the first of equals; NULL where none is near. Asks pair by pair, which needs no
 * memory. */
static const char *find_nearest(const campaign_table *table, const char *name)
{
    const char *nearest = NULL;
    for (int32_t i = 0; i < campaign_table_n_columns(table); i++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        if (campaign_table_column(&column, table, i, NULL) != CAMPAIGN_OK) continue;
        const char *const pair[2] = { nearest ? nearest : column.name, column.name };
        const int64_t nearer = cpn_nearest_name(name, strlen(name), pair, 2);
        if (nearer >= 0) nearest = pair[nearer];
    }
    return nearest;
}

static campaign_status fail_missing(const campaign_table *table, const char *where, const char *name, uint32_t types,
                                    campaign_error *error)
{
    char words[WORDS];
    list_types(words, types);
    const char *nearest = find_nearest(table, name);
    if (nearest)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, where, "column \"%s\" (%s) is missing; did you mean \"%s\"?", name,
                        words, nearest);
    return cpn_fail(error, CAMPAIGN_E_COLUMN, where, "column \"%s\" (%s) is missing among the %ld columns", name, words,
                    (long)campaign_table_n_columns(table));
}

/* What a column of this type lacks to be money, or NULL: in words that the options of every language have. */
static const char *tell_money(int32_t type, uint32_t types)
{
    static const char *const hints[CAMPAIGN_TYPE_MONEY + 1] = {
        [CAMPAIGN_TYPE_INT32] = "say its currency and its unit, major or minor (campaign_table_to_money)",
        [CAMPAIGN_TYPE_INT64] = "say its currency and its unit, major or minor (campaign_table_to_money)",
        [CAMPAIGN_TYPE_FLOAT64] = "say its currency, unit and rounding (campaign_table_to_money)",
        [CAMPAIGN_TYPE_UTF8] = "say its currency (campaign_table_to_money)",
    };
    const bool takes_numbers = types & (CPN_ANY_INT | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64));
    if (!(types & CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY)) || (type == CAMPAIGN_TYPE_UTF8 && takes_numbers)) return NULL;
    return hints[type];
}

static campaign_status fail_type(const campaign_column *column, const char *where, uint32_t types,
                                 campaign_error *error)
{
    char words[WORDS];
    list_types(words, types);
    const char *hint = tell_money(column->type, types);
    return cpn_fail(error, CAMPAIGN_E_COLUMN, where, "column \"%s\" is %s, expected %s%s%s", column->name,
                    cpn_type_name(column->type), words, hint ? ": " : "", hint ? hint : "");
}

static campaign_status fail_valueless(const campaign_column *column, const char *where, uint32_t types,
                                      campaign_error *error)
{
    char words[WORDS];
    list_types(words, types);
    return cpn_fail(error, CAMPAIGN_E_COLUMN, where, "column \"%s\" has no value in its %ld rows, expected %s",
                    column->name, (long)column->n_rows, words);
}

/* The column of a table without rows, as the first of the types; amounts have no currency then, as those of a list of
 * decimals. */
static void make_empty(campaign_column *column, const campaign_column *found, uint32_t types)
{
    int32_t type = CAMPAIGN_TYPE_BOOL;
    while (type < CAMPAIGN_TYPE_MONEY && !(types & CPN_TYPE_BIT(type))) type++;
    *column = (campaign_column)CAMPAIGN_COLUMN_INIT;
    column->name = found->name;
    column->type = type;
    if (type == CAMPAIGN_TYPE_MONEY) memcpy(column->currency, "XXX", 4);
}

static campaign_status look_up(campaign_column *column, const campaign_table *table, const char *table_name,
                               const char *name, uint32_t types, bool is_needed, campaign_error *error)
{
    char where[PLACE]; /* written only for an error: that costs more than to find the column */
    const int32_t index = campaign_table_find(table, name);
    campaign_column found = CAMPAIGN_COLUMN_INIT;
    const campaign_status status = index < 0 ? CAMPAIGN_OK : campaign_table_column(&found, table, index, error);
    if (status != CAMPAIGN_OK) return status;
    if (index >= 0 && types & CPN_TYPE_BIT(found.type)) {
        *column = found;
        return CAMPAIGN_OK;
    }
    (void)snprintf(where, sizeof where, "%s.%s", table_name, name);
    if (index < 0) return fail_missing(table, where, name, types, error);
    if (!cpn_is_valueless(&found)) return fail_type(&found, where, types, error);
    if (!is_needed) return CAMPAIGN_OK; /* as if it were missing */
    if (found.n_rows) return fail_valueless(&found, where, types, error);
    make_empty(column, &found, types);
    return CAMPAIGN_OK;
}

campaign_status cpn_need_column(campaign_column *column, const campaign_table *table, const char *table_name,
                                const char *name, const char *usual, uint32_t types, campaign_error *error)
{
    *column = (campaign_column)CAMPAIGN_COLUMN_INIT;
    return look_up(column, table, table_name, name && *name ? name : usual, types, true, error);
}

campaign_status cpn_find_column(campaign_column *column, const campaign_table *table, const char *table_name,
                                const char *name, const char *usual, uint32_t types, campaign_error *error)
{
    *column = (campaign_column)CAMPAIGN_COLUMN_INIT;
    const bool is_named = name && *name;
    if (!is_named && campaign_table_find(table, usual) < 0) return CAMPAIGN_OK;
    return look_up(column, table, table_name, is_named ? name : usual, types, false, error);
}
