/* Reads the groups of a budget: the tree, and what each group may and must spend. Shares of what the budget has become
 * amounts here; shares of what another group spends stay ratios. */
#include <float.h>
#include <math.h>

#include "allocate/budget/spend.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"

enum { GROUP, PARENT, MINIMUM, MAXIMUM, SHARE, MINIMUM_SHARE, MAXIMUM_SHARE, OF, N_FIELDS };

#define MONEY  CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY)
#define NUMBER (CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT)

/* A group may have to spend many times what another does, but a billion times is a mistake of units. */
static const cpn_spend_spec specs[N_FIELDS] = {
    { "group", "groups.group", CPN_ANY_KEY, true, false, 0, 0, 0 },
    { "parent", "groups.parent", CPN_ANY_KEY, false, false, 0, 0, 0 },
    { "minimum", "groups.minimum", NUMBER | MONEY, false, true, 0, 0, 0 },
    { "maximum", "groups.maximum", NUMBER | MONEY, false, true, 0, 0, INFINITY },
    { "share", "groups.share", NUMBER, false, false, 0, 1e9, NAN },
    { "minimum_share", "groups.minimum_share", NUMBER, false, false, 0, 1e9, NAN },
    { "maximum_share", "groups.maximum_share", NUMBER, false, false, 0, 1e9, NAN },
    { "of", "groups.of", CPN_ANY_KEY, false, false, 0, 0, 0 },
};

/* ---- The tree ---------------------------------------------------------------------------------------------------- */

static campaign_status take_group(cpn_spend_book *book, const cpn_spend_field *fields, int64_t row,
                                  campaign_error *error)
{
    const int32_t code = book->group_keys.keys.codes[row];
    if (code < 0) return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "groups.group", "group is null");
    cpn_spend_kin *group = &book->groups[code];
    if (group->row >= 0) {
        char name[CPN_NAMED_KEY_TEXT];
        cpn_named_key_text(name, &book->group_keys, code);
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "groups.group", "group \"%s\" stands twice", name);
    }
    group->row = row;
    if (!cpn_spend_has(&fields[PARENT], row)) return CAMPAIGN_OK;
    return cpn_spend_find(&group->parent, &book->group_keys, &fields[PARENT], row, error);
}

/* Orders groups so that parents stand before their children. From each group upwards to one that has its place, then
 * back down; a way that meets itself is a circle. */
static campaign_status order_groups(cpn_spend_book *book, campaign_error *error)
{
    int32_t *marks = cpn_alloc_zero(book->n_groups, sizeof *marks);
    int32_t *way = cpn_alloc(book->n_groups, sizeof *way), n_done = 0;
    book->order = cpn_alloc(book->n_groups, sizeof *book->order);
    campaign_status status = marks && way && book->order ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int32_t g = 0; g < book->n_groups && status == CAMPAIGN_OK; g++) {
        int32_t n = 0, at = g;
        for (; at >= 0 && marks[at] == 0; at = book->groups[at].parent) {
            marks[at] = g + 1;
            way[n++] = at;
        }
        if (n > 0 && at >= 0 && marks[at] == g + 1) {
            char name[CPN_NAMED_KEY_TEXT];
            cpn_named_key_text(name, &book->group_keys, at);
            status = cpn_fail_row(error, CAMPAIGN_E_VALUE, book->groups[at].row, "groups.parent",
                                  "group \"%s\" is its own ancestor", name);
        }
        while (n > 0) book->order[n_done++] = way[--n];
    }
    cpn_free(marks);
    cpn_free(way);
    return status;
}

/* Without a table of groups those that items name are known, without limits. */
static campaign_status open_keys(cpn_spend_book *book, const campaign_allocate_budget_inputs *inputs,
                                 cpn_spend_field *fields, const campaign_runtime *runtime, campaign_error *error)
{
    static const cpn_spend_spec label = { "group", "items.group", CPN_ANY_KEY, false, false, 0, 0, 0 };
    cpn_spend_field field;
    campaign_status status = CAMPAIGN_OK;
    if (inputs->groups) {
        status = cpn_spend_open_fields(fields, specs, N_FIELDS, inputs->groups, error);
        if (status == CAMPAIGN_OK) status = cpn_spend_take_money(&book->terms, fields, N_FIELDS, error);
        field = fields[GROUP];
    } else {
        status = cpn_spend_open_fields(&field, &label, 1, inputs->items, error);
        if (status == CAMPAIGN_OK && field.column.type == 0) return CAMPAIGN_OK;
    }
    if (status != CAMPAIGN_OK) return status;
    book->group_keys.column = field.column;
    return cpn_keys_create(&book->group_keys.keys, &field.column, runtime, error);
}

campaign_status cpn_spend_read_groups(cpn_spend_book *book, const campaign_allocate_budget_inputs *inputs,
                                      const campaign_runtime *runtime, campaign_error *error)
{
    cpn_spend_field fields[N_FIELDS];
    campaign_status status = open_keys(book, inputs, fields, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    book->n_groups = (int32_t)book->group_keys.keys.n_keys;
    book->groups = cpn_alloc(book->n_groups, sizeof *book->groups);
    if (!book->groups) return cpn_fail_nomem(error);
    for (int32_t g = 0; g < book->n_groups; g++)
        book->groups[g] = (cpn_spend_kin){ .row = -1, .parent = CPN_SPEND_WHOLE };
    const int64_t n_rows = inputs->groups ? campaign_table_n_rows(inputs->groups) : 0;
    for (int64_t row = 0; row < n_rows && status == CAMPAIGN_OK; row++) status = take_group(book, fields, row, error);
    if (status == CAMPAIGN_OK) status = order_groups(book, error);
    return status;
}

/* ---- Limits ------------------------------------------------------------------------------------------------------ */

/* Cells of one group's row. */
typedef struct group_cells {
    double minimum, maximum, shares[3]; /* share, minimum_share, maximum_share */
    int32_t of;
} group_cells;

static campaign_status refuse_crossed(const cpn_spend_book *book, const cpn_spend_kin *group, const char *where,
                                      const char *words, campaign_error *error)
{
    char name[CPN_NAMED_KEY_TEXT];
    cpn_named_key_text(name, &book->group_keys, group - book->groups);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, group->row, where, words, name);
}

static campaign_status read_cells(group_cells *cells, const cpn_spend_book *book, const cpn_spend_field *fields,
                                  const cpn_spend_kin *group, campaign_error *error)
{
    const int64_t row = group->row;
    const bool has_budget = book->knobs.given.has_budget;
    campaign_status status = cpn_spend_amount(&cells->minimum, &fields[MINIMUM], row, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_amount(&cells->maximum, &fields[MAXIMUM], row, error);
    for (int32_t i = 0; i < 3 && status == CAMPAIGN_OK; i++)
        status = cpn_spend_number(&cells->shares[i], &fields[SHARE + i], row, error);
    cells->of = group->parent >= 0 ? group->parent : has_budget ? CPN_SPEND_AVAILABLE : CPN_SPEND_WHOLE;
    if (status == CAMPAIGN_OK && cpn_spend_has(&fields[OF], row))
        status = cpn_spend_find(&cells->of, &book->group_keys, &fields[OF], row, error);
    if (status != CAMPAIGN_OK) return status;
    if (cells->of == group - book->groups)
        return refuse_crossed(book, group, "groups.of", "\"%s\" is to have a share of itself", error);
    if (cells->minimum > cells->maximum)
        return refuse_crossed(book, group, "groups.minimum", "minimum of \"%s\" is above its maximum", error);
    if (cells->shares[1] > cells->shares[2])
        return refuse_crossed(book, group, "groups.minimum_share", "minimum_share of \"%s\" is above its maximum_share",
                              error);
    if (cells->shares[0] < cells->shares[1] || cells->shares[0] > cells->shares[2])
        return refuse_crossed(book, group, "groups.share",
                              "share of \"%s\" lies outside minimum_share to maximum_share", error);
    return CAMPAIGN_OK;
}

/* Adds the limits of a row; where there is no room yet, only counts them. */
static void add_limits(cpn_spend_book *book, bool has_room, int32_t group, const group_cells *cells)
{
    const cpn_spend_limit general = { .group = group, .of = cells->of, .ratio = -1, .row = book->groups[group].row };
    for (int32_t kind = CPN_SPEND_LIMIT_MINIMUM; kind <= CPN_SPEND_LIMIT_MAXIMUM_SHARE; kind++) {
        const bool is_share = kind >= CPN_SPEND_LIMIT_SHARE;
        const double share = is_share ? cells->shares[kind - CPN_SPEND_LIMIT_SHARE] : 0;
        const double amount = kind == CPN_SPEND_LIMIT_MINIMUM ? cells->minimum : cells->maximum;
        if (is_share ? cpn_is_nan(share) : kind == CPN_SPEND_LIMIT_MINIMUM ? amount <= 0 : amount == INFINITY) continue;
        if (has_room) {
            cpn_spend_limit *limit = &book->limits[book->n_limits];
            *limit = general;
            limit->kind = (cpn_spend_limit_kind)kind;
            limit->share = share;
            limit->amount = is_share ? NAN : amount;
        }
        book->n_limits++;
    }
}

static campaign_status list_limits(cpn_spend_book *book, const cpn_spend_field *fields, bool has_room,
                                   campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    book->n_limits = 0;
    if (book->knobs.given.has_budget) {
        if (has_room)
            book->limits[0] = (cpn_spend_limit){ .kind = CPN_SPEND_LIMIT_BUDGET,
                                                 .group = CPN_SPEND_WHOLE,
                                                 .of = CPN_SPEND_WHOLE,
                                                 .ratio = -1,
                                                 .amount = book->knobs.available,
                                                 .row = -1 };
        book->n_limits = 1;
    }
    for (int32_t g = 0; g < book->n_groups && status == CAMPAIGN_OK; g++) {
        group_cells cells;
        if (book->groups[g].row < 0) continue; /* known by its items only */
        status = read_cells(&cells, book, fields, &book->groups[g], error);
        if (status == CAMPAIGN_OK) add_limits(book, has_room, g, &cells);
    }
    return status;
}

/* A product of a share that rounding alone keeps from a whole number of minor units is meant to be one. */
static double snap(double amount)
{
    const double nearest = floor(amount + 0.5), near = 1e-6 + 4 * DBL_EPSILON * fabs(nearest);
    return fabs(amount - nearest) <= near && near < 0.5 ? nearest : amount;
}

/* Shares of what the budget has, as amounts: in whole minor units, a least share up, a highest one down, an exact one to
 * the nearest. */
static void set_amounts(cpn_spend_book *book)
{
    for (int32_t l = 0; l < book->n_limits; l++) {
        cpn_spend_limit *limit = &book->limits[l];
        if (limit->of != CPN_SPEND_AVAILABLE || !cpn_is_nan(limit->amount)) continue;
        limit->amount = limit->share * book->knobs.available;
        if (!book->terms.is_money) continue;
        limit->amount = snap(limit->amount);
        if (limit->kind == CPN_SPEND_LIMIT_MINIMUM_SHARE) limit->amount = ceil(limit->amount);
        if (limit->kind == CPN_SPEND_LIMIT_MAXIMUM_SHARE) limit->amount = floor(limit->amount);
        if (limit->kind == CPN_SPEND_LIMIT_SHARE) limit->amount = floor(limit->amount + 0.5);
    }
}

/* Exact shares that make up the whole are split by largest remainder, so that they add up to it. */
static campaign_status split_whole(cpn_spend_book *book, campaign_error *error)
{
    double sum = 0;
    int64_t n = 0;
    for (int32_t l = 0; l < book->n_limits; l++) {
        const cpn_spend_limit *limit = &book->limits[l];
        if (limit->kind != CPN_SPEND_LIMIT_SHARE || limit->of != CPN_SPEND_AVAILABLE) continue;
        sum += limit->share;
        n++;
    }
    if (!book->terms.is_money || n == 0 || fabs(sum - 1) > 1e-9) return CAMPAIGN_OK;
    int64_t *weights = cpn_alloc(2 * n, sizeof *weights), unallocated = 0;
    if (!weights) return cpn_fail_nomem(error);
    int64_t *parts = weights + n, at = 0;
    for (int32_t l = 0; l < book->n_limits; l++)
        if (book->limits[l].kind == CPN_SPEND_LIMIT_SHARE && book->limits[l].of == CPN_SPEND_AVAILABLE)
            weights[at++] = (int64_t)floor(book->limits[l].share * 1e12 + 0.5);
    campaign_split_problem problem = CAMPAIGN_SPLIT_PROBLEM_INIT;
    problem.total_minor = (int64_t)book->knobs.available;
    problem.n_cells = n;
    problem.weights = weights;
    const campaign_status status = campaign_split(parts, &unallocated, &problem, error);
    at = 0;
    for (int32_t l = 0; l < book->n_limits && status == CAMPAIGN_OK; l++)
        if (book->limits[l].kind == CPN_SPEND_LIMIT_SHARE && book->limits[l].of == CPN_SPEND_AVAILABLE)
            book->limits[l].amount = (double)parts[at++];
    cpn_free(weights);
    return status;
}

campaign_status cpn_spend_read_limits(cpn_spend_book *book, const campaign_table *table, campaign_error *error)
{
    cpn_spend_field fields[N_FIELDS] = { 0 };
    campaign_status status = table ? cpn_spend_open_fields(fields, specs, N_FIELDS, table, error) : CAMPAIGN_OK;
    if (status == CAMPAIGN_OK && table) status = cpn_spend_check_amounts(&book->terms, fields, N_FIELDS, error);
    if (status == CAMPAIGN_OK) status = list_limits(book, fields, false, error);
    if (status != CAMPAIGN_OK) return status;
    book->limits = cpn_alloc(book->n_limits, sizeof *book->limits);
    if (!book->limits) return cpn_fail_nomem(error);
    status = list_limits(book, fields, true, error);
    if (status != CAMPAIGN_OK) return status;
    set_amounts(book);
    return split_whole(book, error);
}
