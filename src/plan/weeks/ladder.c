/* Reads the price ladders of the promotion weeks, and makes each item's prices with their factors on demand. */
#include <math.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"
#include "plan/weeks/weeks.h"

enum { ITEM, PRICE, DISCOUNT, COST, SLOTS, N_FIELDS };
enum { PPM = 1000000, FOR_ALL = -1 };

static const cpn_weeks_spec specs[N_FIELDS] = {
    { "item", "ladder.item", CPN_ANY_KEY, false, 0, 0, 0 },
    { "price", "ladder.price", CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY), false, 1, 9007199254740992.0, 0 },
    { "discount", "ladder.discount", CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64), false, 0.000001, 0.999999, 0 },
    { "cost", "ladder.cost", CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY), false, 0, 1e15, 0 },
    { "slots", "ladder.slots", CPN_ANY_INT, false, 0, 1e9, -1 },
};

/* A row of the ladder. */
typedef struct step {
    int64_t price;        /* 0 = by discount */
    int64_t discount_ppm; /* 0 = by price */
    int64_t cost, slots;  /* slots: -1 = the item's */
    int64_t row;
} step;

/* Rows by item: those of item i from starts[i] to starts[i + 1], those for every item at the end. */
typedef struct ladder {
    step *steps;
    int32_t *owners; /* of each row: item, or FOR_ALL */
    int64_t *starts;
    int64_t n_rows;
} ladder;

static campaign_status read_step(step *out, const cpn_weeks_field *fields, int64_t row, campaign_error *error)
{
    double discount;
    campaign_status status = cpn_weeks_int(&out->price, &fields[PRICE], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_float(&discount, &fields[DISCOUNT], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&out->cost, &fields[COST], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&out->slots, &fields[SLOTS], row, error);
    if (status != CAMPAIGN_OK) return status;
    out->discount_ppm = (int64_t)(discount * PPM + 0.5);
    out->row = row;
    if ((out->price != 0) == (out->discount_ppm != 0))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "ladder.price",
                            "a row needs either a price or a discount; it has %s", out->price ? "both" : "neither");
    return CAMPAIGN_OK;
}

static campaign_status find_owner(int32_t *owner, const cpn_weeks_problem *problem, const cpn_weeks_field *fields,
                                  int64_t row, campaign_error *error)
{
    *owner = FOR_ALL;
    if (!cpn_weeks_has(&fields[ITEM], row)) return CAMPAIGN_OK;
    return cpn_weeks_find(owner, &problem->item_keys, &fields[ITEM], row, error);
}

/* Counts the rows of each item, turns counts into starts, and deals the rows in their order. */
static void deal_steps(ladder *rungs, const step *rows, int64_t n_items)
{
    for (int64_t row = 0; row < rungs->n_rows; row++) {
        const int64_t owner = rungs->owners[row] < 0 ? n_items : rungs->owners[row];
        rungs->starts[owner + 2]++;
    }
    for (int64_t i = 2; i <= n_items + 2; i++) rungs->starts[i] += rungs->starts[i - 1];
    for (int64_t row = 0; row < rungs->n_rows; row++) {
        const int64_t owner = rungs->owners[row] < 0 ? n_items : rungs->owners[row];
        rungs->steps[rungs->starts[owner + 1]++] = rows[row];
    }
}

static campaign_status read_steps(ladder *rungs, const cpn_weeks_problem *problem, const cpn_weeks_field *fields,
                                  campaign_error *error)
{
    rungs->steps = cpn_alloc(rungs->n_rows, sizeof *rungs->steps);
    rungs->owners = cpn_alloc(rungs->n_rows, sizeof *rungs->owners);
    rungs->starts = cpn_alloc_zero(problem->n_items + 3, sizeof *rungs->starts);
    step *rows = cpn_alloc(rungs->n_rows, sizeof *rows);
    campaign_status status = CAMPAIGN_OK;
    if (!rungs->steps || !rungs->owners || !rungs->starts || !rows) status = cpn_fail_nomem(error);
    for (int64_t row = 0; row < rungs->n_rows && status == CAMPAIGN_OK; row++) {
        status = read_step(&rows[row], fields, row, error);
        if (status == CAMPAIGN_OK) status = find_owner(&rungs->owners[row], problem, fields, row, error);
    }
    if (status == CAMPAIGN_OK) deal_steps(rungs, rows, problem->n_items);
    cpn_free(rows);
    return status;
}

static void free_ladder(ladder *rungs)
{
    cpn_free(rungs->steps);
    cpn_free(rungs->owners);
    cpn_free(rungs->starts);
}

/* ---- Prices of one item ------------------------------------------------------------------------------------------ */

static campaign_status fail_price(const cpn_weeks_problem *problem, int64_t item, const step *from, int64_t price,
                                  campaign_error *error)
{
    char name[CPN_NAMED_KEY_TEXT], found[CAMPAIGN_MONEY_TEXT], regular[CAMPAIGN_MONEY_TEXT];
    cpn_named_key_text(name, &problem->item_keys, item);
    (void)campaign_money_format(found, price, problem->exponent);
    (void)campaign_money_format(regular, problem->items[item].price, problem->exponent);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, from->row, "ladder.price",
                        "a promotion price of item \"%s\" is %s: it must be positive and below the regular %s", name,
                        found, regular);
}

/* Puts a price into the ladder, greatest first. */
static campaign_status insert_price(cpn_weeks_level *levels, int32_t *n, const cpn_weeks_problem *problem, int64_t item,
                                    const step *from, campaign_error *error)
{
    const cpn_weeks_item *owner = &problem->items[item];
    char name[CPN_NAMED_KEY_TEXT], text[CAMPAIGN_MONEY_TEXT];
    int64_t price = from->price;
    if (price == 0 && !cpn_mul_div64(&price, owner->price, PPM - from->discount_ppm, PPM, CAMPAIGN_ROUND_HALF_UP))
        price = 0;
    if (price <= 0 || price >= owner->price) return fail_price(problem, item, from, price, error);
    cpn_named_key_text(name, &problem->item_keys, item);
    if (*n == CPN_WEEKS_CHOICES)
        return cpn_fail_row(error, CAMPAIGN_E_LIMIT, from->row, "ladder.price",
                            "item \"%s\" has more than %d promotion prices", name, CAMPAIGN_PROMOTION_WEEKS_LEVELS_MAX);
    int32_t place = *n;
    while (place > 1 && levels[place - 1].price <= price) place--;
    if (place < *n && levels[place].price == price) {
        (void)campaign_money_format(text, price, problem->exponent);
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, from->row, "ladder.price",
                            "the price %s of item \"%s\" stands twice", text, name);
    }
    for (int32_t i = *n; i > place; i--) levels[i] = levels[i - 1];
    levels[place] = (cpn_weeks_level){ .price = price,
                                       .cost = owner->promotion_cost + from->cost,
                                       .slots = from->slots < 0 ? owner->slots : from->slots };
    ++*n;
    return CAMPAIGN_OK;
}

static void fill_factors(cpn_weeks_level *level, const cpn_weeks_item *item)
{
    const double ratio = (double)level->price / (double)item->price;
    level->demand = pow(ratio, -item->elasticity);
    for (int32_t m = 0; m < CPN_WEEKS_MEMORY; m++)
        level->memory[m] = item->memory[m] != 0 ? pow(ratio, item->memory[m]) : 1;
}

/* The item's own rows, or those for every item where it has none. */
static campaign_status make_prices(cpn_weeks_level *levels, cpn_weeks_problem *problem, const ladder *rungs,
                                   int64_t item, campaign_error *error)
{
    cpn_weeks_item *owner = &problem->items[item];
    int64_t first = rungs->starts[item], last = rungs->starts[item + 1];
    if (first == last) {
        first = rungs->starts[problem->n_items];
        last = rungs->n_rows;
    }
    char name[CPN_NAMED_KEY_TEXT];
    if (first == last) {
        cpn_named_key_text(name, &problem->item_keys, item);
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, problem->item_keys.keys.first_rows[item], "ladder.item",
                            "item \"%s\" has no promotion price in the ladder", name);
    }
    levels[0] = (cpn_weeks_level){ .price = owner->price };
    int32_t n = 1;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = first; i < last && status == CAMPAIGN_OK; i++)
        status = insert_price(levels, &n, problem, item, &rungs->steps[i], error);
    for (int32_t i = 0; i < n; i++) fill_factors(&levels[i], owner);
    owner->n_choices = n;
    return status;
}

/* The prices of the last weeks before the calendar come after the prices to choose from. */
static void add_past(cpn_weeks_level *levels, const cpn_weeks_problem *problem, int64_t i)
{
    const cpn_weeks_item *item = &problem->items[i];
    const int64_t *past = &problem->past[i * CPN_WEEKS_GAP];
    for (int32_t ago = 0; ago < CPN_WEEKS_MEMORY; ago++) {
        cpn_weeks_level *level = &levels[item->n_choices + ago];
        level->price = past[ago] ? past[ago] : item->price;
        fill_factors(level, item);
    }
}

static campaign_status make_all_prices(cpn_weeks_problem *problem, const ladder *rungs, campaign_error *error)
{
    /* Room for all rows, and for the past, which comes after an item's prices. */
    const int64_t n_common = rungs->n_rows - rungs->starts[problem->n_items];
    const int64_t n_past = problem->past ? CPN_WEEKS_MEMORY : 0;
    int64_t room = 0;
    for (int64_t i = 0; i < problem->n_items; i++) {
        const int64_t n_own = rungs->starts[i + 1] - rungs->starts[i];
        problem->items[i].first_level = room;
        room += 1 + (n_own ? n_own : n_common) + n_past;
    }
    problem->levels = cpn_alloc_zero(room, sizeof *problem->levels);
    if (!problem->levels) return cpn_fail_nomem(error);
    campaign_status status = CAMPAIGN_OK;
    cpn_weeks_level levels[CPN_WEEKS_CHOICES];
    for (int64_t i = 0; i < problem->n_items && status == CAMPAIGN_OK; i++) {
        status = make_prices(levels, problem, rungs, i, error);
        cpn_weeks_level *own = &problem->levels[problem->items[i].first_level];
        for (int32_t k = 0; status == CAMPAIGN_OK && k < problem->items[i].n_choices; k++) own[k] = levels[k];
        if (status == CAMPAIGN_OK && problem->past) add_past(own, problem, i);
    }
    return status;
}

campaign_status cpn_weeks_read_ladder(cpn_weeks_problem *problem, const campaign_table *table, campaign_error *error)
{
    cpn_weeks_field fields[N_FIELDS];
    ladder rungs = { .n_rows = campaign_table_n_rows(table) };
    campaign_status status = cpn_weeks_open(fields, specs, N_FIELDS, table, problem->knobs.given.item, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_check_money(problem, &fields[PRICE], error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_check_money(problem, &fields[COST], error);
    if (status == CAMPAIGN_OK) status = read_steps(&rungs, problem, fields, error);
    if (status == CAMPAIGN_OK) status = make_all_prices(problem, &rungs, error);
    free_ladder(&rungs);
    return status;
}
