/* Reads what single items do in single weeks: seasons of their own, blackouts, forced weeks; and prices before the first
 * week. */
#include <string.h>

#include "base/memory.h"
#include "plan/weeks/weeks.h"

enum { ITEM, WEEK, SEASON, BLACKOUT, FORCED, PRICE, N_FIELDS };
enum { PAST_ITEM, PAST_AGO, PAST_PRICE, N_PAST_FIELDS };

#define MONEY  CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY)
#define NUMBER (CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT)
#define BOOL   CPN_TYPE_BIT(CAMPAIGN_TYPE_BOOL)

static const cpn_weeks_spec specs[N_FIELDS] = {
    { "item", "item_weeks.item", CPN_ANY_KEY, true, 0, 0, 0 },
    { "week", "item_weeks.week", CPN_ANY_INT, true, -1e9, 1e9, 0 },
    { "season", "item_weeks.season", NUMBER, false, 0, 1e6, 1 },
    { "is_blackout", "item_weeks.is_blackout", BOOL, false, 0, 1, 0 },
    { "is_forced", "item_weeks.is_forced", BOOL, false, 0, 1, 0 },
    { "price", "item_weeks.price", MONEY, false, 1, 9007199254740992.0, 0 },
};

static const cpn_weeks_spec past_specs[N_PAST_FIELDS] = {
    { "item", "past.item", CPN_ANY_KEY, true, 0, 0, 0 },
    { "weeks_ago", "past.weeks_ago", CPN_ANY_INT, true, 1, CPN_WEEKS_GAP, 0 },
    { "price", "past.price", MONEY, true, 1, 9007199254740992.0, 0 },
};

/* A forced price must be one of the item's own. */
static campaign_status take_price(cpn_weeks_cell *cell, const cpn_weeks_problem *problem, int64_t price, int64_t item,
                                  int64_t row, campaign_error *error)
{
    if (price == 0) return CAMPAIGN_OK;
    const cpn_weeks_item *owner = &problem->items[item];
    const cpn_weeks_level *levels = cpn_weeks_levels(problem, owner);
    for (int8_t k = 1; k < owner->n_choices; k++)
        if (levels[k].price == price) cell->forced_choice = k;
    if (cell->forced_choice && cell->is_forced) return CAMPAIGN_OK;
    char name[CPN_NAMED_KEY_TEXT], text[CAMPAIGN_MONEY_TEXT];
    cpn_named_key_text(name, &problem->item_keys, item);
    (void)campaign_money_format(text, price, problem->exponent);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "item_weeks.price",
                        cell->is_forced ? "the price %s is not on the ladder of item \"%s\""
                                        : "the price %s of item \"%s\" belongs to a week that is not forced",
                        text, name);
}

static campaign_status fail_cell(const cpn_weeks_problem *problem, campaign_status code, int64_t row, int32_t item,
                                 int32_t week, campaign_error *error)
{
    char name[CPN_NAMED_KEY_TEXT];
    cpn_named_key_text(name, &problem->item_keys, item);
    const long number = problem->weeks[week].number;
    if (code == CAMPAIGN_E_DUPLICATE)
        return cpn_fail_row(error, code, row, "item_weeks.week", "item \"%s\" has two rows for week %ld", name, number);
    return cpn_fail_row(error, code, row, "item_weeks.is_forced", "week %ld is forced for item \"%s\", and a blackout",
                        number, name);
}

static campaign_status read_cell(cpn_weeks_problem *problem, uint8_t *is_taken, const cpn_weeks_field *fields,
                                 int64_t row, campaign_error *error)
{
    int32_t item, week;
    int64_t is_blackout, is_forced, price;
    campaign_status status = cpn_weeks_find(&item, &problem->item_keys, &fields[ITEM], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_find_week(&week, problem, &fields[WEEK], row, error);
    if (status != CAMPAIGN_OK) return status;
    const int64_t place = (int64_t)item * problem->n_weeks + week;
    cpn_weeks_cell *cell = &problem->cells[place];
    if (is_taken[place]) return fail_cell(problem, CAMPAIGN_E_DUPLICATE, row, item, week, error);
    is_taken[place] = 1;
    if (cpn_weeks_has(&fields[SEASON], row)) status = cpn_weeks_float(&cell->season, &fields[SEASON], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&is_blackout, &fields[BLACKOUT], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&is_forced, &fields[FORCED], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&price, &fields[PRICE], row, error);
    if (status != CAMPAIGN_OK) return status;
    if (is_blackout) cell->is_blackout = true;
    cell->is_forced = is_forced != 0;
    if (cell->is_forced && cell->is_blackout) return fail_cell(problem, CAMPAIGN_E_INFEASIBLE, row, item, week, error);
    return take_price(cell, problem, price, item, row, error);
}

campaign_status cpn_weeks_read_cells(cpn_weeks_problem *problem, const campaign_table *table, campaign_error *error)
{
    const int64_t n_cells = problem->n_items * problem->n_weeks;
    problem->cells = cpn_alloc_zero(n_cells, sizeof *problem->cells);
    if (!problem->cells) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n_cells; i++) {
        const cpn_weeks_week *week = &problem->weeks[i % problem->n_weeks];
        problem->cells[i] = (cpn_weeks_cell){ .season = week->season, .is_blackout = week->is_blackout };
    }
    if (!table) return CAMPAIGN_OK;
    cpn_weeks_field fields[N_FIELDS];
    campaign_status status = cpn_weeks_open(fields, specs, N_FIELDS, table, problem->knobs.given.item, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_check_money(problem, &fields[PRICE], error);
    if (status != CAMPAIGN_OK) return status;
    uint8_t *is_taken = cpn_alloc_zero(n_cells, sizeof *is_taken);
    if (!is_taken) return cpn_fail_nomem(error);
    const int64_t n_rows = campaign_table_n_rows(table);
    for (int64_t row = 0; row < n_rows && status == CAMPAIGN_OK; row++)
        status = read_cell(problem, is_taken, fields, row, error);
    cpn_free(is_taken);
    return status;
}

/* ---- Prices before the first week -------------------------------------------------------------------------------- */

static campaign_status read_past_row(cpn_weeks_problem *problem, const cpn_weeks_field *fields, int64_t row,
                                     campaign_error *error)
{
    int32_t item;
    int64_t ago, price;
    campaign_status status = cpn_weeks_find(&item, &problem->item_keys, &fields[PAST_ITEM], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&ago, &fields[PAST_AGO], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&price, &fields[PAST_PRICE], row, error);
    if (status != CAMPAIGN_OK) return status;
    int64_t *cell = &problem->past[(int64_t)item * CPN_WEEKS_GAP + ago - 1];
    char name[CPN_NAMED_KEY_TEXT];
    if (*cell != 0) {
        cpn_named_key_text(name, &problem->item_keys, item);
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "past.weeks_ago",
                            "item \"%s\" has two prices %lld weeks ago", name, (long long)ago);
    }
    *cell = price;
    return CAMPAIGN_OK;
}

campaign_status cpn_weeks_read_past(cpn_weeks_problem *problem, const campaign_table *table, campaign_error *error)
{
    if (!table) return CAMPAIGN_OK;
    cpn_weeks_field fields[N_PAST_FIELDS];
    campaign_status status = cpn_weeks_open(fields, past_specs, N_PAST_FIELDS, table, problem->knobs.given.item, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_check_money(problem, &fields[PAST_PRICE], error);
    if (status != CAMPAIGN_OK) return status;
    problem->past = cpn_alloc_zero(problem->n_items * CPN_WEEKS_GAP, sizeof *problem->past);
    if (!problem->past) return cpn_fail_nomem(error);
    const int64_t n_rows = campaign_table_n_rows(table);
    for (int64_t row = 0; row < n_rows && status == CAMPAIGN_OK; row++)
        status = read_past_row(problem, fields, row, error);
    return status;
}
