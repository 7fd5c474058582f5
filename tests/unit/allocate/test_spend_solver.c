/* The solver of spends on cases with published optima: certified to 50 digits elsewhere (budget_cases.json), or worked
 * out in a comment. */
#include "spends.h"

#include "base/json.h"
#include "base/number.h"

/* ---- Cases from outside ------------------------------------------------------------------------------------------ */

static double number_of(const cpn_json_value *object, const char *key, double fallback)
{
    const cpn_json_value *value = cpn_json_member(object, key);
    double number = fallback;
    if (value) assert_true(cpn_parse_double(&number, value->text, value->length));
    return number;
}

static double entry_of(const cpn_json_value *list, int32_t index, double fallback)
{
    double number = fallback;
    const cpn_json_value *value = list ? list->first : NULL;
    while (value && value->index < index) value = value->next;
    if (value) assert_true(cpn_parse_double(&number, value->text, value->length));
    return number;
}

static cpn_response read_curve(const cpn_json_value *value)
{
    const char *type = cpn_json_member(value, "type")->text;
    cpn_response curve = { .scale = number_of(value, "a", 0), .shift = number_of(value, "shift", 0) };
    if (strcmp(type, "hill") == 0) {
        curve = (cpn_response){ .kind = CPN_RESPONSE_HILL, .scale = number_of(value, "c", 0), .shift = curve.shift };
        curve.location = number_of(value, "k", 0);
        curve.shape = number_of(value, "a", 0);
    } else if (strcmp(type, "logistic") == 0) {
        curve.kind = CPN_RESPONSE_LOGISTIC;
        curve.scale = number_of(value, "b", 0);
        curve.location = 1 / number_of(value, "lam", 0);
    } else if (strcmp(type, "mm") == 0) {
        curve.kind = CPN_RESPONSE_MICHAELIS_MENTEN;
        curve.location = number_of(value, "l", 0);
    } else if (strcmp(type, "power") == 0) {
        curve.kind = CPN_RESPONSE_POWER;
        curve.shape = number_of(value, "p", 0);
    } else if (strcmp(type, "slogistic") == 0) {
        curve.kind = CPN_RESPONSE_S_LOGISTIC;
        curve.scale = number_of(value, "L", 0);
        curve.location = number_of(value, "m", 0);
        curve.shape = number_of(value, "r", 0) * curve.location;
    } else {
        curve.kind = strcmp(type, "log") == 0 ? CPN_RESPONSE_LOG : CPN_RESPONSE_EXPONENTIAL;
        curve.location = number_of(value, "b", 0);
    }
    return curve;
}

/* Curves, bounds and opening costs of a case; the file counts least spends without opening cost, the solver with it. */
static void read_case(spends *of, const cpn_json_value *value)
{
    open_spends(of, number_of(value, "budget", 1e6));
    const cpn_json_value *lower = cpn_json_member(value, "lower"), *upper = cpn_json_member(value, "upper");
    const cpn_json_value *costs = cpn_json_member(value, "opening_cost");
    const cpn_json_value *least = cpn_json_member(value, "min_spend_if_open");
    for (const cpn_json_value *c = cpn_json_member(value, "curves")->first; c; c = c->next) {
        cpn_spend_item *item = add_item(of, read_curve(c));
        item->minimum = entry_of(lower, c->index, 0);
        item->maximum = entry_of(upper, c->index, INFINITY);
        item->opening_cost = entry_of(costs, c->index, 0);
        item->minimum_if_open = item->opening_cost + entry_of(least, c->index, 0);
    }
}

/* 10 % kept back, innovation 20 % of the budget, off season at most 30 % of the peak. */
static void set_shares(spends *of)
{
    of->groups[0].maximum = 900;
    for (int32_t g = 1; g <= 3; g++) {
        (void)add_group(of, 0, g == 3 ? 200 : 0, g == 3 ? 200 : INFINITY);
        of->items[2 * g - 2].group = of->items[2 * g - 1].group = g;
    }
    add_ratio(of, 2, 1, 0, 0.3);
}

static void assert_case(const cpn_json_value *value)
{
    static spends of;
    const cpn_json_value *optimum = cpn_json_member(value, "optimum");
    const cpn_json_value *target = cpn_json_member(value, "target_response");
    read_case(&of, value);
    if (target) {
        of.problem.objective = CPN_SPEND_LEAST_SPEND;
        of.problem.target = number_of(value, "target_response", 0);
    }
    if (strcmp(cpn_json_member(value, "id")->text, "group_shares_reserve_offseason") == 0) set_shares(&of);
    const double expected = number_of(optimum, target ? "budget" : "value", 0);
    cpn_spend_answer answer = solve(&of);
    assert_sound(&of, &answer);
    assert_close(answer.value, expected, 1e-13);
    assert_close(answer.bound, expected, 1e-12);
    assert_true((target ? -1 : 1) * (answer.bound - expected) >= -1e-15 * expected);
    cpn_spend_answer_free(&answer);
}

static void test_cases_have_their_certified_optimum(void **state)
{
    (void)state;
    static char text[1 << 20];
    FILE *file = open_shared("cases/budget_cases.json");
    const size_t length = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    cpn_json *json;
    campaign_error error = { 0 };
    assert_ok(cpn_json_read(&json, text, length, &error), error);
    int32_t n = 0;
    for (const cpn_json_value *c = cpn_json_member(cpn_json_root(json), "cases")->first; c; c = c->next) {
        if (!cpn_json_member(c, "curves")) continue; /* the one below, which is given by a formula */
        assert_case(c);
        n++;
    }
    assert_true(n >= 12);
    cpn_json_free(json);
}

/* Two channels over 34 periods of which 30 are paid, carry-over of four periods, four samples each: 1,088 curves whose
 * mean is maximised. Optimum of pymc_test_allocate_budget_default in budget_cases.json. */
static void test_samples_with_carry_over(void **state)
{
    (void)state;
    static cpn_response curves[272];
    static double weights[272];
    const double keeps_on[] = { 0.5, 0.7 }, rates[4][2] = { { 0.1, 0.2 }, { 0.3, 0.4 }, { 0.5, 0.6 }, { 0.7, 0.8 } };
    cpn_spend_item items[2];
    const cpn_spend_group group = { -1, 0, 0, 100 };
    int64_t n = 0;
    for (int c = 0; c < 2; c++) {
        items[c] = (cpn_spend_item){ .first_curve = n, .value = 1, .maximum = 100 };
        for (int s = 0; s < 4; s++)
            for (int t = 0; t < 33; t++) {
                double share = 0, whole = 0;
                for (int lag = 0; lag < 4; lag++) {
                    whole += pow(keeps_on[c], lag);
                    if (t - lag >= 0 && t - lag < 30) share += pow(keeps_on[c], lag);
                }
                curves[n] = (cpn_response){ .kind = CPN_RESPONSE_LOGISTIC, .scale = c == 0 ? 0.5 : 1 };
                curves[n].location = whole / (rates[s][c] * share);
                weights[n++] = 0.25;
            }
        items[c].n_curves = n - items[c].first_curve;
    }
    const cpn_spend_problem problem = { .items = items,
                                        .curves = curves,
                                        .weights = weights,
                                        .groups = &group,
                                        .n_items = 2,
                                        .n_curves = n,
                                        .n_groups = 1 };
    cpn_spend_answer answer;
    campaign_error error = { 0 };
    assert_ok(cpn_spend_solve(&answer, &problem, NULL, &error), error);
    assert_close(answer.value, 48.931664401316654925, 1e-14);
    assert_close(answer.spends[0], 54.783323455654743411, 1e-9);
    cpn_spend_answer_free(&answer);
}

/* ---- By hand ----------------------------------------------------------------------------------------------------- */

static cpn_response root(double scale)
{
    return (cpn_response){ .kind = CPN_RESPONSE_POWER, .scale = scale, .shape = 0.5 };
}

/* 1, 2, 3, 4 times the root of 300 in all: spends go as 1 : 4 : 9 : 16, the price is 1 / (2·√10). */
static void test_prices_say_what_one_more_brings(void **state)
{
    (void)state;
    spends of;
    open_spends(&of, 300);
    for (int i = 1; i <= 4; i++) (void)add_item(&of, root(i));
    cpn_spend_answer answer = solve(&of);
    for (int i = 0; i < 4; i++) {
        assert_close(answer.spends[i], 10.0 * (i + 1) * (i + 1), 1e-12);
        assert_close(answer.marginals[i], 0.15811388300841896660, 1e-12);
        assert_int_equal(answer.places[i], CPN_SPEND_INTERIOR);
    }
    assert_close(answer.group_multipliers[0], 0.15811388300841896660, 1e-12);
    assert_true(answer.n_nodes == 0);
    cpn_spend_answer_free(&answer);
}

/* Two roots share 100, and a group of the second may have 20 at most: its multiplier is what it would bring beyond the
 * first, 1/(2√20) - 1/(2√80). */
static void test_a_group_pays_for_its_bound(void **state)
{
    (void)state;
    spends of;
    open_spends(&of, 100);
    (void)add_item(&of, root(1));
    add_item(&of, root(1))->group = add_group(&of, 0, 0, 20);
    cpn_spend_answer answer = solve(&of);
    assert_close(answer.spends[1], 20, 1e-13);
    assert_close(answer.group_multipliers[0], 0.5 / sqrt(80), 1e-11);
    assert_close(answer.group_multipliers[1], 0.5 / sqrt(20) - 0.5 / sqrt(80), 1e-11);
    of.groups[1] = (cpn_spend_group){ 0, 0, 70, INFINITY };
    cpn_spend_answer_free(&answer);
    answer = solve(&of);
    assert_close(answer.spends[1], 70, 1e-13);
    assert_close(answer.group_multipliers[1], 0.5 / sqrt(70) - 0.5 / sqrt(30), 1e-11);
    cpn_spend_answer_free(&answer);
}

/* Value 12·√x - x is best at x = 36; at twice the price of spend, at 9. */
static void test_profit_and_marginal_stop_where_spend_no_longer_pays(void **state)
{
    (void)state;
    spends of;
    open_spends(&of, 1000);
    (void)add_item(&of, root(12));
    of.problem.objective = CPN_SPEND_PROFIT;
    cpn_spend_answer answer = solve(&of);
    assert_close(answer.spends[0], 36, 1e-12);
    assert_close(answer.value, 36, 1e-13);
    assert_true(answer.group_multipliers[0] == 0);
    cpn_spend_answer_free(&answer);
    of.problem.objective = CPN_SPEND_MARGINAL;
    of.problem.target = 2;
    answer = solve(&of);
    assert_close(answer.spends[0], 9, 1e-12);
    cpn_spend_answer_free(&answer);
}

/* 12·√x ≥ 3·x up to x = 16. */
static void test_an_average_return_is_kept(void **state)
{
    (void)state;
    spends of;
    open_spends(&of, 1000);
    (void)add_item(&of, root(12));
    of.problem.objective = CPN_SPEND_AVERAGE;
    of.problem.target = 3;
    cpn_spend_answer answer = solve(&of);
    assert_close(answer.spends[0], 16, 1e-9);
    assert_close(answer.response, 48, 1e-9);
    cpn_spend_answer_free(&answer);
}

/* Packs of 1,000: roots of 7 packs in two channels at values 2 and 1 are best at 6 and 1 (2√6 + 1 = 5.899, 2√5 + √2 =
 * 5.886). */
static void test_packs_stay_whole(void **state)
{
    (void)state;
    spends of;
    open_spends(&of, 7499);
    add_item(&of, root(2))->step = 1000;
    add_item(&of, root(1))->step = 1000;
    cpn_spend_answer answer = solve(&of);
    assert_true(answer.spends[0] == 6000 && answer.spends[1] == 1000);
    assert_int_equal(answer.places[0], CPN_SPEND_ON_STEP);
    cpn_spend_answer_free(&answer);
}

/* Three equal roots of 100 minor units: 33, 33, 34 in some order; of 10^9 + 1 to the unit. */
static void test_units_are_kept(void **state)
{
    (void)state;
    const double budgets[] = { 100, 1000000001 };
    for (int b = 0; b < 2; b++) {
        spends of;
        open_spends(&of, budgets[b]);
        for (int i = 0; i < 3; i++) (void)add_item(&of, root(1));
        of.problem.unit = 1;
        cpn_spend_answer answer = solve(&of);
        assert_sound(&of, &answer);
        assert_true(answer.spends[0] + answer.spends[1] + answer.spends[2] == budgets[b]);
        for (int i = 0; i < 3; i++) assert_true(fabs(answer.spends[i] - budgets[b] / 3) < 1);
        cpn_spend_answer_free(&answer);
    }
}

/* A root of 1 and one of 2 bring 25 from 125 units, 25 and 100; other targets need no whole number of them. */
static void test_a_target_is_met_in_whole_units(void **state)
{
    (void)state;
    const double targets[] = { 25, 25.0001, 1000.3 };
    for (int t = 0; t < 3; t++) {
        spends of;
        open_spends(&of, 1e9);
        (void)add_item(&of, root(1));
        (void)add_item(&of, root(2));
        of.problem.unit = 1;
        of.problem.objective = CPN_SPEND_LEAST_SPEND;
        of.problem.target = targets[t];
        cpn_spend_answer answer = solve(&of);
        const double least = targets[t] * targets[t] / 5; /* √x + 2√(4x) = 5√x, of 5x in all */
        assert_true(answer.response >= targets[t] * (1 - 1e-12));
        assert_true(answer.spend == floor(answer.spend) && answer.spend >= least - 1e-6 && answer.spend < least + 2);
        cpn_spend_answer_free(&answer);
    }
}

static void test_what_nobody_can_use_stays(void **state)
{
    (void)state;
    spends of;
    open_spends(&of, 1000);
    add_item(&of, root(1))->maximum = 10;
    add_item(&of, root(1))->maximum = 20;
    cpn_spend_answer answer = solve(&of);
    assert_true(answer.spend == 30 && answer.group_multipliers[0] == 0);
    assert_int_equal(answer.places[0], CPN_SPEND_AT_MAXIMUM);
    cpn_spend_answer_free(&answer);
    of.groups[0].maximum = 0;
    answer = solve(&of);
    assert_true(answer.spend == 0 && answer.value == 0 && answer.gap == 0);
    cpn_spend_answer_free(&answer);
    of.problem.n_items = 0;
    answer = solve(&of);
    assert_true(answer.value == 0);
    cpn_spend_answer_free(&answer);
}

static void test_extreme_numbers_are_solved(void **state)
{
    (void)state;
    const double scales[] = { 1e-100, 1, 1e100 }, units[] = { 1e-150, 1, 1e150 };
    for (int k = 0; k < 9; k++) {
        spends of;
        open_spends(&of, 10 * units[k % 3]);
        for (int i = 0; i < 2; i++)
            (void)add_item(&of, (cpn_response){ .kind = CPN_RESPONSE_HILL,
                                                .scale = scales[k / 3],
                                                .location = (5 + 2 * i) * units[k % 3],
                                                .shape = i == 0 ? 2 : 0.5 });
        cpn_spend_answer answer = solve(&of);
        assert_close(answer.value / scales[k / 3], 1.0679919008912726, 1e-9);
        assert_true(answer.gap <= 1e-9);
        for (int64_t i = 0; i < 2; i++) of.items[i].value = 0; /* nothing is spent in vain */
        cpn_spend_answer_free(&answer);
        answer = solve(&of);
        assert_true(answer.spend == 0 && answer.value == 0);
        cpn_spend_answer_free(&answer);
    }
}

static void test_bad_numbers_are_refused(void **state)
{
    (void)state;
    spends of;
    cpn_spend_answer answer;
    campaign_error error = { 0 };
    open_spends(&of, 100);
    cpn_spend_item *item = add_item(&of, root(1));
    item->value = NAN;
    assert_int_equal(cpn_spend_solve(&answer, &of.problem, NULL, &error), CAMPAIGN_E_VALUE);
    assert_int_equal(error.row, 0);
    assert_null(answer.spends);
    item->value = 1;
    item->minimum = 101;
    assert_int_equal(cpn_spend_solve(&answer, &of.problem, NULL, &error), CAMPAIGN_E_INFEASIBLE);
    item->minimum = 0;
    of.problem.objective = CPN_SPEND_LEAST_SPEND;
    of.problem.target = 11; /* √100 is 10 */
    assert_int_equal(cpn_spend_solve(&answer, &of.problem, NULL, &error), CAMPAIGN_E_INFEASIBLE);
    assert_string_equal(error.where, "target");
    of.problem.objective = CPN_SPEND_RESPONSE;
    of.groups[0].maximum = INFINITY;
    assert_int_equal(cpn_spend_solve(&answer, &of.problem, NULL, &error), CAMPAIGN_E_VALUE);
    (void)add_group(&of, 0, 5, 4);
    assert_int_equal(cpn_spend_solve(&answer, &of.problem, NULL, &error), CAMPAIGN_E_INFEASIBLE);
    assert_int_equal(error.row, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases_have_their_certified_optimum),
        cmocka_unit_test(test_samples_with_carry_over),
        cmocka_unit_test(test_prices_say_what_one_more_brings),
        cmocka_unit_test(test_a_group_pays_for_its_bound),
        cmocka_unit_test(test_profit_and_marginal_stop_where_spend_no_longer_pays),
        cmocka_unit_test(test_an_average_return_is_kept),
        cmocka_unit_test(test_packs_stay_whole),
        cmocka_unit_test(test_units_are_kept),
        cmocka_unit_test(test_a_target_is_met_in_whole_units),
        cmocka_unit_test(test_what_nobody_can_use_stays),
        cmocka_unit_test(test_extreme_numbers_are_solved),
        cmocka_unit_test(test_bad_numbers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
