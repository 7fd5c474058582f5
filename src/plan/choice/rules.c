/* Rules out of their document, put on candidates that were read: density, gap, merging, windows, wishes, relations. */
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/sort.h"
#include "plan/choice/choice.h"

static const cpn_record *const record = &cpn_campaign_rules_record;

/* ---- Order ------------------------------------------------------------------------------------------------------ */

static int compare_days(const void *a, const void *b, const void *ctx)
{
    const cpn_choice_candidate *x = a, *y = b;
    (void)ctx;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    if (x->end != y->end) return x->end < y->end ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static campaign_status sort_candidates(cpn_choice_problem *problem, campaign_error *error)
{
    for (int64_t i = 0; i < problem->n && !problem->preheat_counts; i++)
        problem->candidates[i].first = problem->candidates[i].start;
    if (!cpn_sort(problem->candidates, problem->n, sizeof *problem->candidates, compare_days, NULL))
        return cpn_fail_nomem(error);
    for (int64_t i = 0; i < problem->n; i++) problem->by_place[problem->candidates[i].place] = i;
    return CAMPAIGN_OK;
}

/* The candidate of that id; fails with the nearest. */
static campaign_status find_id(int64_t *found, const cpn_choice_problem *problem, const cpn_json_value *value,
                               campaign_error *error)
{
    const char **names = cpn_alloc(problem->n, sizeof *names);
    if (!names) return cpn_fail_nomem(error);
    *found = -1;
    for (int64_t i = 0; i < problem->n; i++) {
        names[i] = problem->candidates[problem->by_place[i]].id;
        if (strcmp(names[i], value->text) == 0) *found = problem->by_place[i];
    }
    campaign_status status = CAMPAIGN_OK;
    const int64_t nearest = *found < 0 ? cpn_nearest_name(value->text, value->length, names, problem->n) : -1;
    if (*found < 0 && nearest >= 0)
        status = cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, value, "no candidate has the id \"%s\"; did you mean \"%s\"?",
                               value->text, names[nearest]);
    else if (*found < 0)
        status = cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, value, "no candidate has the id \"%s\"", value->text);
    cpn_free(names);
    return status;
}

/* ---- Density and horizon ---------------------------------------------------------------------------------------- */

static campaign_status read_density(cpn_choice_density *density, const cpn_json_value *rules, const char *name,
                                    const cpn_record *range, campaign_error *error)
{
    const cpn_json_value *value = rules ? cpn_get(rules, name) : NULL;
    density->minimum = (int32_t)cpn_get_int(value, range, "min");
    density->maximum = (int32_t)cpn_get_int(value, range, "max");
    if (density->minimum <= density->maximum) return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, value, "at least %d are asked for, but at most %d",
                         (int)density->minimum, (int)density->maximum);
}

/* A candidate that starts outside the days that were given is an error, not a candidate that is never chosen. */
static campaign_status check_days(const cpn_choice_problem *problem, int32_t start, int32_t end, campaign_error *error)
{
    char day[CAMPAIGN_DATE_TEXT], first[CAMPAIGN_DATE_TEXT], last[CAMPAIGN_DATE_TEXT];
    for (int64_t i = 0; i < problem->n; i++) {
        const cpn_choice_candidate *c = &problem->candidates[i];
        if (c->start >= start && c->start < end) continue;
        (void)campaign_date_format(day, c->start);
        (void)campaign_date_format(first, start);
        (void)campaign_date_format(last, end - 1);
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, c->row, "candidates.start", "%s starts on %s, outside %s to %s",
                            c->id, day, first, last);
    }
    return CAMPAIGN_OK;
}

static campaign_status read_horizon(cpn_choice_problem *problem, const cpn_json_value *rules,
                                    const cpn_choice_frame *frame, campaign_error *error)
{
    const cpn_json_value *given_start = rules ? cpn_get(rules, "start") : NULL;
    const cpn_json_value *given_end = rules ? cpn_get(rules, "end") : NULL;
    if (frame && (given_start || given_end))
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, given_start ? given_start : given_end,
                             "the rules of a plan hold for its year: start and end cannot be given");
    int32_t start = INT32_MAX, end = INT32_MIN;
    for (int64_t i = 0; i < problem->n; i++) {
        const int32_t day = problem->candidates[i].start;
        if (day < start) start = day;
        if (day >= end) end = day + 1;
    }
    if (frame) {
        start = frame->start_day;
        end = frame->end_day;
    }
    if (given_start) start = cpn_value_date(given_start);
    if (given_end) end = cpn_value_date(given_end);
    if (start >= end && (given_start || given_end))
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, given_end ? given_end : given_start,
                             "the time that the rules hold for ends before it starts");
    if (start >= end) return CAMPAIGN_OK;
    problem->start_month = cpn_month_index(start);
    problem->end_month = cpn_month_index(end - 1) + 1;
    return check_days(problem, start, end, error);
}

/* ---- Windows and wishes ----------------------------------------------------------------------------------------- */

static campaign_status read_window(int32_t *start, int32_t *end, const cpn_json_value *window, campaign_error *error)
{
    *start = cpn_get_date(window, &cpn_choice_window_record, "start");
    *end = cpn_get_date(window, &cpn_choice_window_record, "end");
    if (*start < *end) return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_VALUE, window,
                         "the window ends %d days before it has begun; the end is the "
                         "day after the last",
                         (int)(*start - *end));
}

static campaign_status read_blackouts(cpn_choice_problem *problem, const cpn_json_value *list, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (const cpn_json_value *item = list ? list->first : NULL; item && status == CAMPAIGN_OK; item = item->next) {
        int32_t start, end;
        status = read_window(&start, &end, item, error);
        for (int64_t i = 0; i < problem->n && status == CAMPAIGN_OK; i++)
            if (problem->candidates[i].first < end && problem->candidates[i].end > start)
                problem->candidates[i].bar = CPN_BAR_BLACKOUT;
    }
    return status;
}

static campaign_status read_wishes(cpn_choice_problem *problem, const cpn_json_value *rules, campaign_error *error)
{
    const cpn_json_value *forced = cpn_get(rules, "forced"), *forbidden = cpn_get(rules, "forbidden");
    campaign_status status = CAMPAIGN_OK;
    int64_t i;
    for (const cpn_json_value *item = forced ? forced->first : NULL; item; item = item->next) {
        status = find_id(&i, problem, item, error);
        if (status != CAMPAIGN_OK) return status;
        problem->candidates[i].is_forced = true;
        if (problem->candidates[i].bar == CPN_BAR_BLACKOUT)
            return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, item, "\"%s\" is forced but lies in a blackout",
                                 item->text);
    }
    for (const cpn_json_value *item = forbidden ? forbidden->first : NULL; item; item = item->next) {
        status = find_id(&i, problem, item, error);
        if (status != CAMPAIGN_OK) return status;
        if (problem->candidates[i].is_forced)
            return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, item, "\"%s\" is both forced and forbidden", item->text);
        problem->candidates[i].bar = CPN_BAR_FORBIDDEN;
    }
    return status;
}

/* ---- Relations -------------------------------------------------------------------------------------------------- */

static int compare_members(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

campaign_status cpn_choice_relate(cpn_choice_problem *problem, cpn_choice_kind kind, const int64_t *members, int64_t n,
                                  campaign_error *error)
{
    if (problem->n_relations == problem->relations_capacity) {
        const int64_t capacity = problem->relations_capacity ? problem->relations_capacity * 2 : 16;
        cpn_choice_relation *grown = cpn_resize(problem->relations, capacity, sizeof *grown);
        if (!grown) return cpn_fail_nomem(error);
        problem->relations = grown;
        problem->relations_capacity = capacity;
    }
    cpn_choice_relation *relation = &problem->relations[problem->n_relations];
    *relation = (cpn_choice_relation){ .kind = kind, .n = n, .members = cpn_alloc(n, sizeof *members) };
    if (!relation->members) return cpn_fail_nomem(error);
    memcpy(relation->members, members, (size_t)n * sizeof *members);
    problem->n_relations++;
    return cpn_sort(relation->members, n, sizeof *members, compare_members, NULL) ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

static campaign_status read_group(cpn_choice_problem *problem, cpn_choice_kind kind, const cpn_json_value *group,
                                  int64_t *members, campaign_error *error)
{
    const cpn_json_value *ids = cpn_get(group, "ids");
    int64_t n = 0;
    for (const cpn_json_value *item = ids->first; item; item = item->next) {
        int64_t i;
        const campaign_status status = find_id(&i, problem, item, error);
        if (status != CAMPAIGN_OK) return status;
        for (int64_t k = 0; k < n; k++)
            if (members[k] == i)
                return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, item, "\"%s\" stands twice in its group", item->text);
        members[n++] = i;
    }
    return cpn_choice_relate(problem, kind, members, n, error);
}

/* Candidates with the same key in a column are one group. */
static campaign_status read_group_column(cpn_choice_problem *problem, cpn_choice_kind kind,
                                         const campaign_column *column, int64_t *members, campaign_error *error)
{
    cpn_keys keys;
    if (!column->type || problem->n == 0) return CAMPAIGN_OK;
    campaign_status status = cpn_keys_create(&keys, column, NULL, error);
    if (status != CAMPAIGN_OK) return status;
    for (int32_t key = 0; key < keys.n_keys && status == CAMPAIGN_OK; key++) {
        int64_t n = 0;
        for (int64_t i = 0; i < problem->n; i++)
            if (keys.codes[problem->candidates[i].row] == key) members[n++] = i;
        if (n > 1) status = cpn_choice_relate(problem, kind, members, n, error);
    }
    cpn_keys_free(&keys);
    return status;
}

static campaign_status read_windows(cpn_choice_problem *problem, const cpn_json_value *list, int64_t *members,
                                    campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (const cpn_json_value *item = list ? list->first : NULL; item && status == CAMPAIGN_OK; item = item->next) {
        int32_t start, end;
        int64_t n = 0;
        status = read_window(&start, &end, item, error);
        if (status != CAMPAIGN_OK) break;
        for (int64_t i = 0; i < problem->n; i++)
            if (problem->candidates[i].start < end && problem->candidates[i].end > start) members[n++] = i;
        if (n == 0) return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, item, "no candidate has a day in this window");
        status = cpn_choice_relate(problem, CPN_FORCED_WINDOW, members, n, error);
        if (status != CAMPAIGN_OK) break;
        problem->relations[problem->n_relations - 1].start = start;
        problem->relations[problem->n_relations - 1].end = end;
    }
    return status;
}

static campaign_status read_relations(cpn_choice_problem *problem, const cpn_json_value *rules, campaign_error *error)
{
    static const char *const names[] = { "never_together", "always_together" };
    const campaign_column *const group_columns[] = { &problem->never_group, &problem->always_group };
    const int64_t room = problem->n > 1000 ? problem->n : 1000; /* a group in the rules has at most 1,000 */
    int64_t *members = cpn_alloc(room, sizeof *members);
    if (!members) return cpn_fail_nomem(error);
    campaign_status status = CAMPAIGN_OK;
    for (int32_t kind = 0; kind < 2 && status == CAMPAIGN_OK; kind++) {
        const cpn_json_value *list = rules ? cpn_get(rules, names[kind]) : NULL;
        for (const cpn_json_value *item = list ? list->first : NULL; item && status == CAMPAIGN_OK; item = item->next)
            status = read_group(problem, (cpn_choice_kind)kind, item, members, error);
        if (status == CAMPAIGN_OK)
            status = read_group_column(problem, (cpn_choice_kind)kind, group_columns[kind], members, error);
    }
    if (status == CAMPAIGN_OK)
        status = read_windows(problem, rules ? cpn_get(rules, "forced_windows") : NULL, members, error);
    cpn_free(members);
    return status;
}

/* ---- All of them ------------------------------------------------------------------------------------------------ */

campaign_status cpn_choice_rules(cpn_choice_problem *problem, const cpn_json_value *rules,
                                 const cpn_choice_frame *frame, campaign_error *error)
{
    problem->preheat_counts = cpn_get_bool(rules, record, "preheat_counts");
    problem->merges = cpn_get_enum(rules, record, "overlaps") == 0;
    problem->sums_value = cpn_get_enum(rules, record, "merged_value") == 1;
    problem->takes_larger_cost = cpn_get_enum(rules, record, "merged_cost") == 1;
    problem->gap_days = (int32_t)cpn_get_int(rules, record, "gap_days");
    int32_t start_month = (int32_t)cpn_get_int(rules, record, "start_month");
    if (frame && !(rules && cpn_get(rules, "start_month"))) start_month = cpn_civil_from_day(frame->start_day).month;
    problem->quarter_shift = (13 - start_month) % 3;
    problem->has_budget = rules && cpn_get(rules, "budget");
    campaign_status status = sort_candidates(problem, error);
    if (status == CAMPAIGN_OK)
        status = read_density(&problem->big, rules, "big_per_quarter", &cpn_choice_big_record, error);
    if (status == CAMPAIGN_OK)
        status = read_density(&problem->small, rules, "small_per_month", &cpn_choice_small_record, error);
    if (status == CAMPAIGN_OK && problem->has_budget)
        status = cpn_get_money(&problem->budget, rules, record, "budget", problem->cost_unit.exponent, error);
    if (status == CAMPAIGN_OK) status = read_horizon(problem, rules, frame, error);
    if (status == CAMPAIGN_OK) status = read_blackouts(problem, rules ? cpn_get(rules, "blackouts") : NULL, error);
    if (status == CAMPAIGN_OK && rules) status = read_wishes(problem, rules, error);
    return status == CAMPAIGN_OK ? read_relations(problem, rules, error) : status;
}
