/* Which columns of a data file are which: known by the role they play, whatever the file calls them. */
#include "cli/roles.h"

#include <stdio.h>
#include <string.h>

static const role order_roles[] = {
    { "date", "日期", NULL, ROLE_DAY },         { "order", "订单号", NULL, ROLE_KEY },
    { "customer", "会员卡号", NULL, ROLE_KEY }, { "product_line", "产品线", NULL, ROLE_KEY },
    { "market", "区域", NULL, ROLE_KEY },       { "channel", "渠道", NULL, ROLE_KEY },
    { "tier", "客户等级", NULL, ROLE_KEY },     { "rep", "业务员", NULL, ROLE_KEY },
    { "amount", "金额", NULL, ROLE_MONEY },     { "sku", "货号", NULL, ROLE_KEY },
    { "quantity", "数量", NULL, ROLE_NUMBER },
};
static const role daily_roles[] = {
    { "date", "日期", NULL, ROLE_DAY },       { "product_line", "产品线", NULL, ROLE_KEY },
    { "market", "区域", NULL, ROLE_KEY },     { "sales", "销售额", NULL, ROLE_MONEY },
    { "refunds", "退款", NULL, ROLE_MONEY },  { "orders", "订单数", NULL, ROLE_COUNT },
    { "visits", "访客数", NULL, ROLE_COUNT }, { "conversions", "成交数", NULL, ROLE_COUNT },
    { "spend", "花费", NULL, ROLE_MONEY },    { "new_customers", "新客数", NULL, ROLE_COUNT },
};
static const role spend_roles[] = {
    { "date", "日期", NULL, ROLE_DAY },
    { "campaign", "活动", NULL, ROLE_KEY },
    { "amount", "金额", NULL, ROLE_MONEY },
};

role_list roles_of(data_kind kind)
{
    role_list list = { { { NULL, NULL, NULL, ROLE_DAY } }, 0 };
    const role *from = kind == DATA_DAILY ? daily_roles : kind == DATA_SPEND ? spend_roles : order_roles;
    const size_t bytes = kind == DATA_DAILY   ? sizeof daily_roles
                         : kind == DATA_SPEND ? sizeof spend_roles
                                              : sizeof order_roles;
    memcpy(list.roles, from, bytes);
    list.n = (int)(bytes / sizeof *from);
    return list;
}

static bool has_either(const campaign_table *header, const role *wanted)
{
    return campaign_table_find(header, wanted->name) >= 0 || campaign_table_find(header, wanted->zh) >= 0;
}

data_kind guess_kind(const campaign_table *header)
{
    const role_list daily = roles_of(DATA_DAILY), spend = roles_of(DATA_SPEND);
    for (int i = 0; i < daily.n; i++)
        if (daily.roles[i].kind != ROLE_DAY && daily.roles[i].kind != ROLE_KEY && has_either(header, &daily.roles[i]))
            return DATA_DAILY;
    return has_either(header, &spend.roles[1]) ? DATA_SPEND : DATA_ORDERS;
}

/* The first of "任务编号|任务" that the header has; headings of the English form that are other words stand there, too. */
static int32_t find_chinese(const campaign_table *header, const char *names)
{
    char name[64];
    int32_t index = -1;
    for (const char *at = names; *at && index < 0;) {
        const size_t length = strcspn(at, "|");
        (void)snprintf(name, sizeof name, "%.*s", (int)length, at);
        index = campaign_table_find(header, name);
        at += length + (at[length] == '|');
    }
    return index;
}

/* "Next date" is next_date. */
static bool is_heading_of(const char *heading, const char *name)
{
    for (; *heading && *name; heading++, name++) {
        const char lower = (char)(*heading >= 'A' && *heading <= 'Z' ? *heading - 'A' + 'a' : *heading);
        if (*name != (lower == ' ' ? '_' : lower)) return false;
    }
    return *heading == *name;
}

static int32_t find_heading(const campaign_table *header, const char *name)
{
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    for (int32_t i = 0; i < campaign_table_n_columns(header); i++)
        if (campaign_table_column(&column, header, i, NULL) == CAMPAIGN_OK && is_heading_of(column.name, name))
            return i;
    return -1;
}

int32_t find_role(const campaign_table *header, const role *wanted, arguments *given)
{
    for (int i = 0; i < given->n_maps; i++) {
        column_map *map = &given->maps[i];
        if (map->role_length != strlen(wanted->name) || memcmp(map->role, wanted->name, map->role_length) != 0)
            continue;
        const int32_t index = campaign_table_find(header, map->name);
        map->is_used = map->is_used || index >= 0;
        if (index >= 0) return index;
    }
    int32_t index = wanted->also_named ? campaign_table_find(header, wanted->also_named) : -1;
    if (index < 0) index = campaign_table_find(header, wanted->name);
    if (index < 0) index = find_chinese(header, wanted->zh);
    return index >= 0 ? index : find_heading(header, wanted->name);
}

static int word_at(const campaign_table *table, const char *column, int64_t row, const char *const *words, int n)
{
    char text[64];
    (void)campaign_table_format(text, sizeof text, table, campaign_table_find(table, column), row);
    for (int i = 0; i < n; i++)
        if (strcmp(words[i], text) == 0) return i;
    return 0;
}

bool read_terms(request_terms *terms, const campaign_table *columns)
{
    static const char *const units[] = { "none", "major", "minor" };
    static const char *const roundings[] = { "none", "half_up", "half_even", "half_down",
                                             "up",   "down",    "floor",     "ceiling" };
    const int32_t role_column = campaign_table_find(columns, "role"), name = campaign_table_find(columns, "column");
    const int32_t currency = campaign_table_find(columns, "currency");
    memset(terms, 0, sizeof *terms);
    for (int64_t row = 0; row < campaign_table_n_rows(columns) && row < MOST_ROLES; row++) {
        (void)campaign_table_format(terms->roles[row], sizeof terms->roles[row], columns, role_column, row);
        if (campaign_table_format(terms->names[row], sizeof terms->names[row], columns, name, row) >=
            sizeof terms->names[row]) {
            (void)fprintf(stderr, "campaign: the column name %s… is too long\n", terms->names[row]);
            return false;
        }
        terms->n++;
        if (campaign_table_is_null(columns, currency, row)) continue;
        (void)campaign_table_format(terms->currency, sizeof terms->currency, columns, currency, row);
        terms->unit = word_at(columns, "unit", row, units, 3);
        terms->rounding = word_at(columns, "rounding", row, roundings, 8);
    }
    return true;
}

void name_roles(role_list *list, const request_terms *terms)
{
    for (int i = 0; i < list->n; i++)
        for (int j = 0; j < terms->n; j++)
            if (strcmp(list->roles[i].name, terms->roles[j]) == 0) list->roles[i].also_named = terms->names[j];
}
