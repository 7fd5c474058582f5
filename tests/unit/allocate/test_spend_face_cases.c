/* Budgets with certified optima from outside, through the public call: 1e-9 of the optimum, and never above the bound. */
#include "face_tables.h"

#include "base/json.h"

static double member(const cpn_json_value *object, const char *name)
{
    const cpn_json_value *value = cpn_json_member(object, name);
    return value ? strtod(value->text, NULL) : NAN;
}

static int32_t append_number(char *text, int32_t length, double value)
{
    const char *const end = isnan(value) ? " -" : " %.17g";
    return length + snprintf(text + length, (size_t)(MOST_TEXT - length), end, value);
}

/* A curve of the file in the library's parameters: curve scale location shape shift. */
static int32_t append_curve(char *text, int32_t length, const cpn_json_value *curve)
{
    const char *type = cpn_json_member(curve, "type")->text;
    const bool is_hill = strcmp(type, "hill") == 0, is_logistic = strcmp(type, "logistic") == 0;
    const bool is_log = strcmp(type, "log") == 0, is_exp = strcmp(type, "exp") == 0, is_mm = strcmp(type, "mm") == 0;
    const bool is_s = strcmp(type, "slogistic") == 0;
    length += snprintf(text + length, (size_t)(MOST_TEXT - length), " %s",
                       is_mm    ? "michaelis_menten"
                       : is_exp ? "exponential"
                       : is_s   ? "s_logistic"
                                : type);
    length = append_number(text, length, member(curve, is_hill ? "c" : is_logistic ? "b" : is_s ? "L" : "a"));
    length = append_number(text, length,
                           is_hill            ? member(curve, "k")
                           : is_logistic      ? 1 / member(curve, "lam")
                           : is_log || is_exp ? member(curve, "b")
                           : is_mm            ? member(curve, "l")
                           : is_s             ? member(curve, "m")
                                              : NAN);
    length = append_number(text, length,
                           is_hill ? member(curve, "a")
                           : is_s  ? member(curve, "r") * member(curve, "m")
                                   : member(curve, "p"));
    return append_number(text, length, member(curve, "shift"));
}

static campaign_table *items_of(const cpn_json_value *problem)
{
    char text[MOST_TEXT] = "";
    int32_t length = 0, i = 0;
    const cpn_json_value *lower = cpn_json_member(problem, "lower")->first;
    const cpn_json_value *upper = cpn_json_member(problem, "upper")->first;
    for (const cpn_json_value *curve = cpn_json_member(problem, "curves")->first; curve; curve = curve->next) {
        length += snprintf(text + length, sizeof text - (size_t)length, " i%02d", i++);
        length = append_curve(text, length, curve);
        length = append_number(text, length, strtod(lower->text, NULL));
        length = append_number(text, length, strtod(upper->text, NULL));
        lower = lower->next, upper = upper->next;
    }
    return table_of("item curve scale# location# shape# shift# minimum# maximum#", text);
}

static cpn_json *read_cases(void)
{
    static char buffer[1 << 18];
    FILE *file = open_shared("cases/budget_cases.json");
    const size_t length = fread(buffer, 1, sizeof buffer, file);
    (void)fclose(file);
    cpn_json *json = NULL;
    campaign_error error;
    assert_true(length < sizeof buffer);
    assert_ok(cpn_json_read(&json, buffer, length, &error), error);
    return json;
}

static void test_published_cases_reach_their_optimum(void **state)
{
    (void)state;
    cpn_json *json = read_cases();
    int32_t n = 0;
    for (const cpn_json_value *at = cpn_json_member(cpn_json_root(json), "cases")->first; at; at = at->next) {
        const cpn_json_value *optimum = cpn_json_member(at, "optimum");
        if (!cpn_json_member(at, "lower")) continue; /* those with rules of their own follow */
        face f = face_of(items_of(at));
        const double value = member(optimum, "value");
        set_budget(&f, member(at, "budget"));
        run_face(&f);
        assert_ok(f.status, f.error);
        assert_near(f.report.value, value, 1e-9 * value);
        assert_true(f.report.value <= f.report.bound);
        assert_true(f.report.bound >= value * (1 - 1e-12));
        assert_int_equal(f.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
        assert_true(f.report.spend <= f.options.budget * (1 + 1e-12));
        drop_face(&f);
        n++;
    }
    assert_true(n >= 8);
    cpn_json_free(json);
}

static void test_a_published_case_in_money_is_whole_and_as_good(void **state)
{
    (void)state;
    /* pymc_flat_gradient_currency_units: 1,000,000.00 over five concave logistic curves, scale 4e-6 … in yuan. */
    face f = face_of(table_of("item curve scale# location#", "a logistic 0.3 250000; b logistic 0.1 50000;"
                                                             "c logistic 0.45 666666.66666666666;"
                                                             "d logistic 0.05 166666.66666666666;"
                                                             "e logistic 0.22 111111.11111111111"));
    f.options.has_budget = 1;
    f.options.budget_minor = 100000000;
    memcpy(f.options.currency, "CNY", 4);
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(f.report.value, 0.53760600192256779433, 1e-9);
    assert_text(f.allocation, "spend", 0, "407943.52");
    assert_text(f.allocation, "spend", 3, "0.00");
    assert_int_equal(f.report.spend_minor, 100000000);
    assert_int_equal(f.report.unspent_minor, 0);
    drop_face(&f);
}

static const cpn_json_value *find_case(const cpn_json *json, const char *id)
{
    for (const cpn_json_value *at = cpn_json_member(cpn_json_root(json), "cases")->first; at; at = at->next)
        if (strcmp(cpn_json_member(at, "id")->text, id) == 0) return at;
    fail_msg("there is no case %s", id);
    return NULL;
}

static double nth(const cpn_json_value *list, int32_t n)
{
    const cpn_json_value *at = list->first;
    while (n-- > 0) at = at->next;
    return strtod(at->text, NULL);
}

/* Opening costs come before the least spend of an open item. */
static void test_the_published_case_of_opening_costs(void **state)
{
    (void)state;
    cpn_json *json = read_cases();
    const cpn_json_value *at = find_case(json, "fixed_opening_cost_5"), *optimum = cpn_json_member(at, "optimum");
    char text[MOST_TEXT] = "";
    int32_t length = 0, i = 0;
    for (const cpn_json_value *curve = cpn_json_member(at, "curves")->first; curve; curve = curve->next, i++) {
        const double cost = nth(cpn_json_member(at, "opening_cost"), i);
        length += snprintf(text + length, sizeof text - (size_t)length, " i%d", i);
        length = append_curve(text, length, curve);
        length = append_number(text, length, cost);
        length = append_number(text, length, cost + nth(cpn_json_member(at, "min_spend_if_open"), i));
    }
    face f = face_of(table_of("item curve scale# location# shape# shift# opening_cost# minimum_if_open#", text));
    set_budget(&f, member(at, "budget"));
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(f.report.value, member(optimum, "value"), 1e-9 * f.report.value);
    assert_true(f.report.value <= f.report.bound && f.report.status == CAMPAIGN_CERTIFICATE_OPTIMAL);
    int32_t k = 0;
    for (const cpn_json_value *open = cpn_json_member(optimum, "open")->first; open; open = open->next, k++) {
        const int32_t item = atoi(open->text);
        const double spend = nth(cpn_json_member(optimum, "x"), k) + nth(cpn_json_member(at, "opening_cost"), item);
        assert_near(number_at(f.allocation, "spend", item), spend, 1e-5 * spend);
    }
    assert_text(f.allocation, "reason", 0, "not_worth_beginning");
    drop_face(&f);
    cpn_json_free(json);
}

static void test_the_published_least_budget_for_a_target(void **state)
{
    (void)state;
    cpn_json *json = read_cases();
    const cpn_json_value *at = find_case(json, "min_budget_for_target"), *optimum = cpn_json_member(at, "optimum");
    char text[MOST_TEXT] = "";
    int32_t length = 0, i = 0;
    for (const cpn_json_value *curve = cpn_json_member(at, "curves")->first; curve; curve = curve->next) {
        length += snprintf(text + length, sizeof text - (size_t)length, " i%d", i++);
        length = append_curve(text, length, curve);
    }
    face f = face_of(table_of("item curve scale# location# shape# shift#", text));
    f.options.objective = CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND;
    f.options.target = member(at, "target_response");
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(f.report.value, member(optimum, "budget"), 1e-9 * f.report.value);
    assert_true(f.report.bound <= f.report.value && f.report.status == CAMPAIGN_CERTIFICATE_OPTIMAL);
    assert_true(f.report.response >= f.options.target * (1 - 1e-12));
    assert_near(number_at(f.report.limits, "multiplier", 0), 1 / member(optimum, "marginal"), 1e-6);
    drop_face(&f);
    cpn_json_free(json);
}

/* The file's shares are of the whole budget, of which nine tenths are left: 0.2 of 1000 is 200 of 900. */
static void test_the_published_case_of_shares(void **state)
{
    (void)state;
    static const char *const groups[] = { "peak", "peak", "off", "off", "innovation", "innovation" };
    cpn_json *json = read_cases();
    const cpn_json_value *at = find_case(json, "group_shares_reserve_offseason");
    const cpn_json_value *optimum = cpn_json_member(at, "optimum"),
                         *multipliers = cpn_json_member(optimum, "multipliers");
    char text[MOST_TEXT] = "";
    int32_t length = 0, i = 0;
    for (const cpn_json_value *curve = cpn_json_member(at, "curves")->first; curve; curve = curve->next, i++) {
        length += snprintf(text + length, sizeof text - (size_t)length, " i%d %s", i, groups[i]);
        length = append_curve(text, length, curve);
    }
    face f = face_of(table_of("item group curve scale# location# shape# shift#", text));
    f.groups =
        table_of("group share# maximum_share# of", "peak - - -; off - 0.3 peak; innovation 0.22222222222222222 - -");
    set_budget(&f, member(at, "budget"));
    f.options.contingency_ppm = 100000;
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(f.report.value, member(optimum, "value"), 1e-9 * f.report.value);
    assert_true(f.report.value <= f.report.bound && f.report.gap <= 1e-9);
    for (int32_t k = 0; k < 6; k++)
        assert_near(number_at(f.allocation, "spend", k), nth(cpn_json_member(optimum, "x"), k), 1e-3);
    assert_near(number_at(f.allocation, "marginal", 0), member(multipliers, "peak"), 1e-6);
    assert_near(number_at(f.allocation, "marginal", 2), member(multipliers, "off"), 1e-6);
    assert_near(number_at(f.allocation, "marginal", 4), member(multipliers, "innovation"), 1e-6);
    drop_face(&f);
    cpn_json_free(json);
}

/* The peer's own test: the same spend in each of 30 periods, carried over to 4 more, averaged over 4 draws. Each period's
 * carried share of each draw is a sample of its own. */
static void test_the_published_case_of_samples_with_carry_over(void **state)
{
    (void)state;
    cpn_json *json = read_cases();
    const cpn_json_value *at = find_case(json, "pymc_test_allocate_budget_default");
    const cpn_json_value *optimum = cpn_json_member(at, "optimum"), *problem = cpn_json_member(at, "problem");
    campaign_table_builder *builder = NULL;
    campaign_error error = { 0 };
    face f = face_of(table_of("item curve", "a logistic; b logistic"));
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "item", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "sample", CAMPAIGN_TYPE_INT64, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "scale", CAMPAIGN_TYPE_FLOAT64, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "location", CAMPAIGN_TYPE_FLOAT64, NULL, &error), error);
    for (int32_t channel = 0; channel < 2; channel++) {
        const double alpha = nth(cpn_json_member(problem, "alpha"), channel);
        const double beta = nth(cpn_json_member(problem, "posterior_beta"), channel);
        const double norm = 1 + alpha + alpha * alpha + alpha * alpha * alpha;
        const cpn_json_value *draw = cpn_json_member(problem, "posterior_lam")->first;
        for (int32_t d = 0; d < 4; d++, draw = draw->next)
            for (int32_t period = 0; period < 34; period++) {
                double carried = 0; /* of periods 0 to 29 at lags 0 to 3 */
                for (int32_t lag = 0; lag < 4; lag++)
                    if (period - lag >= 0 && period - lag < 30) carried += pow(alpha, lag) / norm;
                const bool is_empty = !(carried > 0);
                assert_ok(campaign_table_builder_append_text(builder, 0, channel ? "b" : "a", 1, &error), error);
                assert_ok(campaign_table_builder_append_int64(builder, 1, d * 34 + period, &error), error);
                assert_ok(campaign_table_builder_append_float64(builder, 2, is_empty ? 0 : 34 * beta, &error), error);
                assert_ok(campaign_table_builder_append_float64(
                              builder, 3, is_empty ? 1 : 1 / (nth(draw, channel) * carried), &error),
                          error);
            }
    }
    assert_ok(campaign_table_builder_finish(&f.samples, builder, &error), error);
    campaign_table_builder_free(builder);
    set_budget(&f, 100);
    run_face(&f);
    assert_ok(f.status, f.error);
    assert_near(f.report.value, member(optimum, "value"), 1e-9 * f.report.value);
    assert_true(f.report.value <= f.report.bound && f.report.gap <= 1e-9);
    assert_near(number_at(f.allocation, "spend", 0), nth(cpn_json_member(optimum, "x"), 0), 1e-3);
    drop_face(&f);
    cpn_json_free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_cases_reach_their_optimum),
        cmocka_unit_test(test_a_published_case_in_money_is_whole_and_as_good),
        cmocka_unit_test(test_the_published_case_of_opening_costs),
        cmocka_unit_test(test_the_published_least_budget_for_a_target),
        cmocka_unit_test(test_the_published_case_of_shares),
        cmocka_unit_test(test_the_published_case_of_samples_with_carry_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
