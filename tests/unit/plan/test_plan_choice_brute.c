/* The choice of campaigns against brute force: all subsets of small random instances, with every kind of rule. The
 * checker here knows nothing of labels or states: it lays campaigns on days and counts. */
#include "choosing.h"

#include "base/random.h"

enum { MOST = 9, INSTANCES = 10000 };

typedef struct instance {
    int32_t n, gap, min_big, max_big, min_small, max_small, start_month;
    bool merges, sums_value, larger_cost, preheat_counts, has_budget;
    int64_t budget;
    char ids[MOST][8];
    test_candidate rows[MOST];
    uint32_t forced, forbidden, never[3], always[2];
    int32_t blackout[2], window[2]; /* half-open; equal: none */
    int32_t first_month, end_month; /* that minima count for */
} instance;

typedef struct score {
    bool is_valid;
    int64_t value, own, cost;
} score;

/* ---- Instances -------------------------------------------------------------------------------------------------- */

static int64_t below(cpn_random *random, int64_t bound)
{
    return cpn_random_below(random, bound);
}

static uint32_t some_members(cpn_random *random, int32_t n, int32_t percent)
{
    uint32_t set = 0;
    if (n < 2 || below(random, 100) >= percent) return 0;
    const int64_t size = 2 + below(random, 2);
    for (int64_t i = 0; i < size; i++) set |= 1u << below(random, n);
    return set & (set - 1) ? set : 0;
}

static void make_instance(instance *it, cpn_random *random)
{
    const int32_t first = cpn_day_from_civil(2026, 3, 20);
    memset(it, 0, sizeof *it);
    it->n = 1 + (int32_t)below(random, MOST);
    it->gap = (int32_t)below(random, 9);
    it->max_big = (int32_t)below(random, 3);
    it->max_small = (int32_t)below(random, 4);
    it->min_big = below(random, 4) == 0 && it->max_big > 0;
    it->min_small = below(random, 5) == 0 && it->max_small > 0;
    it->start_month = 1 + (int32_t)below(random, 12);
    it->merges = below(random, 2);
    it->sums_value = below(random, 3) == 0;
    it->larger_cost = below(random, 3) == 0;
    it->preheat_counts = below(random, 4) == 0;
    it->has_budget = below(random, 2);
    it->budget = below(random, 60);
    const int64_t largest = below(random, 3) ? 40 : 4; /* few different values: many ties */
    for (int32_t i = 0; i < it->n; i++) {
        test_candidate *row = &it->rows[i];
        (void)snprintf(it->ids[i], sizeof it->ids[i], "%c%d", (char)('a' + (int)below(random, 26)), (int)i);
        row->start = first + (int32_t)below(random, 80);
        *row = (test_candidate){ .id = it->ids[i],
                                 .tier = below(random, 3) ? "small" : "big",
                                 .start = row->start,
                                 .end = row->start + 1 + (int32_t)below(random, 12),
                                 .preheat = row->start - (int32_t)below(random, 10),
                                 .value = below(random, largest) - (below(random, 8) == 0 ? 3 : 0),
                                 .cost = below(random, 20) };
    }
    if (below(random, 6) == 0) it->forced = 1u << below(random, it->n);
    if (below(random, 6) == 0) it->forbidden = (1u << below(random, it->n)) & ~it->forced;
    for (int32_t i = 0; i < 3; i++) it->never[i] = some_members(random, it->n, 25);
    for (int32_t i = 0; i < 2; i++) it->always[i] = some_members(random, it->n, 15);
    if (below(random, 6) == 0) {
        it->blackout[0] = first + (int32_t)below(random, 80);
        it->blackout[1] = it->blackout[0] + 1 + (int32_t)below(random, 10);
    }
    if (below(random, 6) == 0) {
        const test_candidate *row = &it->rows[below(random, it->n)];
        it->window[0] = row->end - 1;
        it->window[1] = row->end + 5;
    }
    it->first_month = INT32_MAX;
    for (int32_t i = 0; i < it->n; i++) {
        const int32_t month = cpn_month_index(it->rows[i].start);
        if (month < it->first_month) it->first_month = month;
        if (month >= it->end_month) it->end_month = month + 1;
    }
}

static void write_ids(char *text, const instance *it, const char *key, uint32_t set, bool is_group)
{
    const char *joint = "";
    if (!set) return;
    (void)sprintf(text + strlen(text), ",\"%s\":[%s", key, is_group ? "{\"ids\":[" : "");
    for (int32_t i = 0; i < it->n; i++) {
        if (!(set >> i & 1)) continue;
        (void)sprintf(text + strlen(text), "%s\"%s\"", joint, it->ids[i]);
        joint = ",";
    }
    (void)strcat(text, is_group ? "]}" : "]");
}

static void write_window(char *text, const char *key, const int32_t window[2])
{
    char start[CAMPAIGN_DATE_TEXT], end[CAMPAIGN_DATE_TEXT];
    if (window[0] == window[1]) return;
    (void)campaign_date_format(start, window[0]);
    (void)campaign_date_format(end, window[1]);
    (void)sprintf(text + strlen(text), ",\"%s\":[{\"start\":\"%s\",\"end\":\"%s\"}]", key, start, end);
}

static void write_groups(char *text, const instance *it, const char *key, const uint32_t *sets, int32_t n)
{
    char all[1024] = "";
    for (int32_t i = 0; i < n; i++) write_ids(all, it, "", sets[i], true);
    /* ,"":[{…},"":[{… becomes {…},{… */
    (void)sprintf(text + strlen(text), ",\"%s\":[", key);
    const char *joint = "";
    for (char *at = all; (at = strstr(at, ",\"\":[")); joint = ",") {
        char *end = strstr(at, "]}");
        (void)sprintf(text + strlen(text), "%s%.*s", joint, (int)(end + 2 - at - 5), at + 5);
        at = end;
    }
    (void)strcat(text, "]");
}

static void write_rules(char text[4096], const instance *it)
{
    (void)snprintf(text, 4096,
                   "{\"schema\":\"campaign/campaign_rules/1\",\"start_month\":%d,\"gap_days\":%d,"
                   "\"big_per_quarter\":{\"min\":%d,\"max\":%d},\"small_per_month\":{\"min\":%d,\"max\":%d},"
                   "\"overlaps\":\"%s\",\"merged_value\":\"%s\",\"merged_cost\":\"%s\",\"preheat_counts\":%s",
                   (int)it->start_month, (int)it->gap, (int)it->min_big, (int)it->max_big, (int)it->min_small,
                   (int)it->max_small, it->merges ? "merge" : "refuse", it->sums_value ? "sum" : "larger",
                   it->larger_cost ? "larger" : "sum", it->preheat_counts ? "true" : "false");
    if (it->has_budget) (void)sprintf(text + strlen(text), ",\"budget\":%d", (int)it->budget);
    write_ids(text, it, "forced", it->forced, false);
    write_ids(text, it, "forbidden", it->forbidden, false);
    write_window(text, "blackouts", it->blackout);
    write_window(text, "forced_windows", it->window);
    write_groups(text, it, "never_together", it->never, 3);
    write_groups(text, it, "always_together", it->always, 2);
    (void)strcat(text, "}");
}

/* ---- Brute force ------------------------------------------------------------------------------------------------ */

/* First day that is in the way of others. */
static int32_t reach(const instance *it, int32_t i)
{
    return it->preheat_counts ? it->rows[i].preheat : it->rows[i].start;
}

static int32_t quarter_of(const instance *it, int32_t month)
{
    return (month + 12 - (it->start_month - 1)) / 3;
}

/* One campaign of a set: candidates that hang together by shared days. */
typedef struct held {
    int32_t reach, start, end;
    bool is_big;
    int64_t value, cost;
} held;

static int32_t hold(held campaigns[MOST], const instance *it, uint32_t set)
{
    int32_t group[MOST], n = 0;
    for (int32_t i = 0; i < it->n; i++) group[i] = i;
    for (int32_t pass = 0; it->merges && pass < it->n; pass++)
        for (int32_t i = 0; i < it->n; i++)
            for (int32_t j = 0; j < it->n; j++)
                if ((set >> i & 1) && (set >> j & 1) && reach(it, i) < it->rows[j].end &&
                    reach(it, j) < it->rows[i].end && group[j] < group[i])
                    group[i] = group[j];
    for (int32_t g = 0; g < it->n; g++) {
        held *at = &campaigns[n];
        bool is_first = true;
        for (int32_t i = 0; i < it->n; i++) {
            const test_candidate *row = &it->rows[i];
            if (!(set >> i & 1) || group[i] != g) continue;
            const held own = { reach(it, i), row->start, row->end, row->tier[0] == 'b', row->value, row->cost };
            if (is_first) {
                *at = own;
            } else {
                if (own.reach < at->reach) at->reach = own.reach;
                if (own.start < at->start) at->start = own.start;
                if (own.end > at->end) at->end = own.end;
                at->is_big = at->is_big || own.is_big;
                at->value = it->sums_value ? at->value + own.value : own.value > at->value ? own.value : at->value;
                at->cost = !it->larger_cost ? at->cost + own.cost : own.cost > at->cost ? own.cost : at->cost;
            }
            is_first = false;
        }
        n += !is_first;
    }
    return n;
}

static bool keeps_distance(const instance *it, const held *campaigns, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j < n; j++) {
            const held *a = &campaigns[i], *b = &campaigns[j];
            if (i == j || a->reach > b->reach || (a->reach == b->reach && i > j)) continue;
            if (b->reach < a->end) return false;
            const int32_t last = a->end - 1;
            if (b->start - last < it->gap) return false;
        }
    }
    return true;
}

static bool keeps_density(const instance *it, const held *campaigns, int32_t n)
{
    for (int32_t month = it->first_month; month < it->end_month; month++) {
        int32_t small = 0, big = 0;
        for (int32_t i = 0; i < n; i++) {
            const int32_t start = cpn_month_index(campaigns[i].start);
            small += !campaigns[i].is_big && start == month;
            big += campaigns[i].is_big && quarter_of(it, start) == quarter_of(it, month);
        }
        if (small < it->min_small || small > it->max_small || big < it->min_big || big > it->max_big) return false;
    }
    return true;
}

static bool keeps_wishes(const instance *it, uint32_t set)
{
    if ((set & it->forced) != it->forced || (set & it->forbidden)) return false;
    bool is_in_window = it->window[0] == it->window[1];
    for (int32_t i = 0; i < it->n; i++) {
        if (!(set >> i & 1)) continue;
        for (int32_t day = reach(it, i); day < it->rows[i].end; day++) {
            if (day >= it->blackout[0] && day < it->blackout[1]) return false;
            is_in_window = is_in_window || (day >= it->rows[i].start && day >= it->window[0] && day < it->window[1]);
        }
    }
    for (int32_t k = 0; k < 3; k++)
        if ((set & it->never[k]) & ((set & it->never[k]) - 1)) return false;
    for (int32_t k = 0; k < 2; k++)
        if ((set & it->always[k]) && (set & it->always[k]) != it->always[k]) return false;
    return is_in_window;
}

static score rate(const instance *it, uint32_t set)
{
    held campaigns[MOST];
    score s = { 0 };
    if (!keeps_wishes(it, set)) return s;
    const int32_t n = hold(campaigns, it, set);
    for (int32_t i = 0; i < n; i++) {
        s.value += campaigns[i].value;
        s.cost += campaigns[i].cost;
    }
    for (int32_t i = 0; i < it->n; i++) s.own += set >> i & 1 ? it->rows[i].value : 0;
    s.is_valid = (!it->has_budget || s.cost <= it->budget) && keeps_distance(it, campaigns, n) &&
                 keeps_density(it, campaigns, n);
    return s;
}

/* Whether set a of score x comes before set b of score y. */
static bool is_better(const instance *it, uint32_t a, score x, uint32_t b, score y)
{
    if (x.value != y.value) return x.value > y.value;
    if (x.own != y.own) return x.own > y.own;
    if (x.cost != y.cost) return x.cost < y.cost;
    int32_t earliest = -1;
    for (int32_t i = 0; i < it->n; i++)
        if (((a ^ b) >> i & 1) && (earliest < 0 || strcmp(it->ids[i], it->ids[earliest]) < 0)) earliest = i;
    return earliest >= 0 && (a >> earliest & 1);
}

typedef struct truth {
    bool is_feasible;
    uint32_t best;
    score score;
    bool has_with[MOST], has_without[MOST];
    int64_t with[MOST], without[MOST]; /* best value with and without each */
} truth;

static void enumerate(truth *t, const instance *it)
{
    memset(t, 0, sizeof *t);
    for (uint32_t set = 0; set < 1u << it->n; set++) {
        const score s = rate(it, set);
        if (!s.is_valid) continue;
        if (!t->is_feasible || is_better(it, set, s, t->best, t->score)) {
            t->best = set;
            t->score = s;
        }
        t->is_feasible = true;
        for (int32_t i = 0; i < it->n; i++) {
            bool *has = set >> i & 1 ? &t->has_with[i] : &t->has_without[i];
            int64_t *value = set >> i & 1 ? &t->with[i] : &t->without[i];
            if (!*has || s.value > *value) *value = s.value;
            *has = true;
        }
    }
}

/* ---- Comparison ------------------------------------------------------------------------------------------------- */

static void compare(const instance *it, const truth *t, const campaign_table *choices,
                    const campaign_choice_report *report, int32_t number)
{
    char text[128], expected[32];
    if (report->value != t->score.value || report->bound != report->value || !report->is_optimal)
        fail_msg("instance %d: value %lld bound %lld, expected %lld", number, (long long)report->value,
                 (long long)report->bound, (long long)t->score.value);
    assert_int_equal(report->cost, t->score.cost);
    for (int32_t i = 0; i < it->n; i++) {
        const char *id = it->ids[i];
        const bool is_in = t->best >> i & 1;
        if ((strcmp(cell_of(text, choices, id, "is_chosen"), "true") == 0) != is_in)
            fail_msg("instance %d: %s is %s, expected %s", number, id, text, is_in ? "true" : "false");
        const bool is_barred =
            (it->forbidden >> i & 1) || (it->rows[i].end > it->blackout[0] && reach(it, i) < it->blackout[1]);
        const bool has_other = is_in ? t->has_without[i] : t->has_with[i];
        const int64_t other = is_in ? t->without[i] : t->with[i];
        (void)snprintf(expected, sizeof expected, "%lld", (long long)(t->score.value - other));
        const bool is_forced = it->forced >> i & 1;
        if (is_forced) continue; /* its worth is measured with the wish lifted: checked below */
        if (strcmp(cell_of(text, choices, id, is_in ? "worth" : "forcing_cost"),
                   has_other && !(is_barred && !is_in) ? expected : "") != 0)
            fail_msg("instance %d: %s of %s is \"%s\", expected \"%s\"", number, is_in ? "worth" : "forcing_cost", id,
                     text, has_other ? expected : "");
        assert_true((strlen(cell_of(text, choices, id, "rule")) == 0) == is_in);
    }
}

static void test_choice_equals_brute_force(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 20260607);
    int32_t n_feasible = 0, n_with_costs = 0;
    for (int32_t number = 0; number < INSTANCES; number++) {
        instance it;
        truth t;
        char rules[4096];
        campaign_error error = { 0 };
        campaign_table *choices;
        campaign_choice_report report = CAMPAIGN_CHOICE_REPORT_INIT;
        make_instance(&it, &random);
        write_rules(rules, &it);
        campaign_table *candidates = make_candidates(it.rows, it.n, true);
        const campaign_status status =
            campaign_plan_choose_campaigns(&choices, &report, candidates, rules, strlen(rules), NULL, NULL, &error);
        enumerate(&t, &it);
        if ((status == CAMPAIGN_OK) != t.is_feasible || (status != CAMPAIGN_OK && status != CAMPAIGN_E_INFEASIBLE))
            fail_msg("instance %d: %s %s, expected %s\n%s", number, campaign_status_name(status), error.message,
                     t.is_feasible ? "a set" : "none", rules);
        n_feasible += t.is_feasible;
        if (status == CAMPAIGN_OK) compare(&it, &t, choices, &report, number);
        if (status == CAMPAIGN_E_INFEASIBLE) assert_true(strlen(error.message) > 10);
        n_with_costs += it.has_budget;
        campaign_table_free(choices);
        campaign_choice_report_clear(&report);
        campaign_table_free(candidates);
    }
    assert_true(n_feasible > INSTANCES / 3);
    assert_true(n_feasible < INSTANCES);
    assert_true(n_with_costs > INSTANCES / 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choice_equals_brute_force),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
