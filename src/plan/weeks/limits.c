/* Reads slots and budgets of the promotion weeks. Limits of one kind on one group form a family, with at most one limit
 * for each week; families and limits come in the order of groups and weeks, whatever that of the rows. */
#include "base/memory.h"
#include "plan/weeks/weeks.h"

enum { WEEK, GROUP, CAPACITY, PROMOTIONS, N_FIELDS };
enum { QUARTER, BUDGET_GROUP, AMOUNT, N_BUDGET_FIELDS };
enum { BY_SLOTS, BY_COUNT, BY_YEAR, BY_QUARTER, N_RULES };

#define NOT_GIVEN INT64_C(-1)

static const cpn_weeks_spec specs[N_FIELDS] = {
    { "week", "slots.week", CPN_ANY_INT, false, -1e9, 1e9, 0 },
    { "group", "slots.group", CPN_ANY_KEY, false, 0, 0, 0 },
    { "capacity", "slots.capacity", CPN_ANY_INT, false, 0, 1e15, -1 },
    { "promotions", "slots.promotions", CPN_ANY_INT, false, 0, 1e15, -1 },
};

static const cpn_weeks_spec budget_specs[N_BUDGET_FIELDS] = {
    { "quarter", "budgets.quarter", CPN_ANY_INT, false, -1e9, 1e9, 0 },
    { "group", "budgets.group", CPN_ANY_KEY, false, 0, 0, 0 },
    { "amount", "budgets.amount", CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY), true, 0, 9007199254740992.0, 0 },
};

/* Capacities by rule: group × kind, all items first. NOT_GIVEN where nothing is said. */
typedef struct capacities {
    int64_t n_rules;
    int64_t *general; /* one a rule: every week, or the whole calendar */
    int64_t *special; /* rule × week */
} capacities;

static campaign_status open_capacities(capacities *limits, const cpn_weeks_problem *problem, campaign_error *error)
{
    limits->n_rules = (problem->n_groups + 1) * N_RULES;
    const int64_t n = limits->n_rules * problem->n_weeks;
    limits->general = cpn_alloc(limits->n_rules, sizeof *limits->general);
    limits->special = cpn_alloc(n, sizeof *limits->special);
    if (!limits->general || !limits->special) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < limits->n_rules; i++) limits->general[i] = NOT_GIVEN;
    for (int64_t i = 0; i < n; i++) limits->special[i] = NOT_GIVEN;
    return CAMPAIGN_OK;
}

static campaign_status find_group(int64_t *group, const cpn_weeks_problem *problem, const cpn_weeks_field *field,
                                  int64_t row, campaign_error *error)
{
    *group = -1;
    if (!cpn_weeks_has(field, row)) return CAMPAIGN_OK;
    int32_t number;
    const campaign_status status = cpn_weeks_find(&number, &problem->group_keys, field, row, error);
    if (status == CAMPAIGN_OK) *group = number;
    return status;
}

static campaign_status put(int64_t *place, int64_t value, const cpn_weeks_field *field, int64_t row,
                           campaign_error *error)
{
    if (value < 0) return CAMPAIGN_OK;
    if (*place != NOT_GIVEN)
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, field->spec->where,
                            "two rows limit the same group in the same weeks");
    *place = value;
    return CAMPAIGN_OK;
}

static campaign_status read_slots_row(capacities *limits, const cpn_weeks_problem *problem,
                                      const cpn_weeks_field *fields, int64_t row, campaign_error *error)
{
    int64_t group, amounts[2];
    int32_t week = -1;
    campaign_status status = find_group(&group, problem, &fields[GROUP], row, error);
    if (status == CAMPAIGN_OK && cpn_weeks_has(&fields[WEEK], row))
        status = cpn_weeks_find_week(&week, problem, &fields[WEEK], row, error);
    for (int32_t i = 0; i < 2 && status == CAMPAIGN_OK; i++)
        status = cpn_weeks_int(&amounts[i], &fields[CAPACITY + i], row, error);
    if (status != CAMPAIGN_OK) return status;
    if (amounts[0] < 0 && amounts[1] < 0)
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "slots.capacity",
                            "neither capacity nor promotions is given");
    for (int32_t i = 0; i < 2 && status == CAMPAIGN_OK; i++) {
        const int64_t rule = (group + 1) * N_RULES + BY_SLOTS + i;
        int64_t *place = week < 0 ? &limits->general[rule] : &limits->special[rule * problem->n_weeks + week];
        status = put(place, amounts[i], &fields[CAPACITY + i], row, error);
    }
    return status;
}

static campaign_status read_budget_row(capacities *limits, const cpn_weeks_problem *problem,
                                       const cpn_weeks_field *fields, int64_t row, campaign_error *error)
{
    int64_t group, label, amount;
    campaign_status status = find_group(&group, problem, &fields[BUDGET_GROUP], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&label, &fields[QUARTER], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&amount, &fields[AMOUNT], row, error);
    if (status != CAMPAIGN_OK) return status;
    const int64_t rule = (group + 1) * N_RULES + BY_YEAR;
    if (!cpn_weeks_has(&fields[QUARTER], row)) return put(&limits->general[rule], amount, &fields[AMOUNT], row, error);
    const int32_t quarter = cpn_weeks_find_quarter(problem, label);
    if (quarter < 0)
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, "budgets.quarter", "no week belongs to quarter %lld",
                            (long long)label);
    int64_t *special = &limits->special[(rule + 1) * problem->n_weeks];
    for (int32_t week = 0; week < problem->n_weeks && status == CAMPAIGN_OK; week++)
        if (problem->weeks[week].quarter_number == quarter)
            status = put(&special[week], amount, &fields[AMOUNT], row, error);
    return status;
}

static campaign_status read_slots(capacities *limits, const cpn_weeks_problem *problem, const campaign_table *table,
                                  campaign_error *error)
{
    if (!table) return CAMPAIGN_OK;
    cpn_weeks_field fields[N_FIELDS];
    campaign_status status = cpn_weeks_open(fields, specs, N_FIELDS, table, NULL, error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < campaign_table_n_rows(table); row++)
        status = read_slots_row(limits, problem, fields, row, error);
    return status;
}

static campaign_status read_budgets(capacities *limits, const cpn_weeks_problem *problem, const campaign_table *table,
                                    campaign_error *error)
{
    if (!table) return CAMPAIGN_OK;
    cpn_weeks_field fields[N_BUDGET_FIELDS];
    campaign_status status = cpn_weeks_open(fields, budget_specs, N_BUDGET_FIELDS, table, NULL, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_check_money(problem, &fields[AMOUNT], error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < campaign_table_n_rows(table); row++)
        status = read_budget_row(limits, problem, fields, row, error);
    return status;
}

/* ---- Families ---------------------------------------------------------------------------------------------------- */

static int64_t capacity_of(const capacities *limits, const cpn_weeks_problem *problem, int64_t rule, int32_t week)
{
    const int64_t special = limits->special[rule * problem->n_weeks + week];
    return special != NOT_GIVEN ? special : limits->general[rule];
}

/* Whether the week begins a limit of its own, not one that holds for weeks before it as well. */
static bool begins_limit(const cpn_weeks_problem *problem, int64_t rule, int32_t week)
{
    if (week == 0 || rule % N_RULES == BY_SLOTS || rule % N_RULES == BY_COUNT) return true;
    return rule % N_RULES == BY_QUARTER &&
           problem->weeks[week].quarter_number != problem->weeks[week - 1].quarter_number;
}

/* Counts families and limits; where there is room, also makes them. */
static void make_families(cpn_weeks_problem *problem, const capacities *limits, bool has_room)
{
    problem->n_families = problem->n_limits = 0;
    for (int64_t rule = 0; rule < limits->n_rules; rule++) {
        const int32_t kind = (int32_t)(rule % N_RULES), family = problem->n_families;
        const int32_t first = problem->n_limits;
        for (int32_t week = 0; week < problem->n_weeks; week++) {
            const int64_t capacity = capacity_of(limits, problem, rule, week);
            if (has_room) problem->family_limits[(int64_t)family * problem->n_weeks + week] = -1;
            if (capacity == NOT_GIVEN) continue;
            if (begins_limit(problem, rule, week)) problem->n_limits++;
            if (!has_room) continue;
            const int32_t limit = problem->n_limits - 1;
            problem->family_limits[(int64_t)family * problem->n_weeks + week] = limit;
            problem->limits[limit] =
                (cpn_weeks_limit){ .family = family,
                                   .week = kind < BY_YEAR ? week : -1,
                                   .quarter = kind == BY_QUARTER ? problem->weeks[week].quarter_number : -1,
                                   .capacity = capacity };
        }
        if (problem->n_limits == first) continue;
        if (has_room)
            problem->families[family] = (cpn_weeks_family){ .kind = kind == BY_SLOTS   ? CPN_WEEKS_SLOTS
                                                                    : kind == BY_COUNT ? CPN_WEEKS_COUNT
                                                                                       : CPN_WEEKS_BUDGET,
                                                            .group = (int32_t)(rule / N_RULES) - 1 };
        problem->n_families++;
    }
}

campaign_status cpn_weeks_read_limits(cpn_weeks_problem *problem, const campaign_promotion_weeks_inputs *inputs,
                                      const campaign_runtime *runtime, campaign_error *error)
{
    capacities limits = { 0 };
    campaign_status status = cpn_weeks_read_groups(problem, inputs->groups, runtime, error);
    if (status == CAMPAIGN_OK) status = open_capacities(&limits, problem, error);
    if (status == CAMPAIGN_OK) status = read_slots(&limits, problem, inputs->slots, error);
    if (status == CAMPAIGN_OK) status = read_budgets(&limits, problem, inputs->budgets, error);
    if (status == CAMPAIGN_OK) {
        make_families(problem, &limits, false);
        /* One family more than there are: the last one tried may have no limit. */
        problem->families = cpn_alloc_zero(problem->n_families + 1, sizeof *problem->families);
        problem->family_limits =
            cpn_alloc((problem->n_families + INT64_C(1)) * problem->n_weeks, sizeof *problem->family_limits);
        problem->limits = cpn_alloc_zero(problem->n_limits, sizeof *problem->limits);
        if (problem->families && problem->family_limits && problem->limits)
            make_families(problem, &limits, true);
        else
            status = cpn_fail_nomem(error);
    }
    cpn_free(limits.general);
    cpn_free(limits.special);
    return status;
}
