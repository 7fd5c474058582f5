/* Conflicts against brute force: every pair of windows, every day of prices and promises; sentences; approvals and budget. */
#include "playing.h"

#include "base/random.h"

typedef struct conflicts_case {
    const char *campaigns, *items, *prices, *territories, *promises, *supply, *budget, *requests, *limits, *language;
    int32_t tolerance_ppm;
    int64_t limit;
    campaign_table *conflicts;
    campaign_conflicts_report report;
    campaign_error error;
} conflicts_case;

static campaign_status ask(conflicts_case *asked)
{
    const char *const texts[] = { asked->campaigns, asked->items,  asked->prices,   asked->territories, asked->promises,
                                  asked->supply,    asked->budget, asked->requests, asked->limits };
    campaign_table *tables[9] = { NULL };
    campaign_conflicts_inputs inputs = CAMPAIGN_CONFLICTS_INPUTS_INIT;
    campaign_conflicts_options options = CAMPAIGN_CONFLICTS_OPTIONS_INIT;
    const campaign_conflicts_report empty = CAMPAIGN_CONFLICTS_REPORT_INIT;
    for (int i = 0; i < 9; i++)
        if (texts[i]) tables[i] = make_table(texts[i]);
    inputs.campaigns = tables[0], inputs.items = tables[1], inputs.prices = tables[2], inputs.territories = tables[3];
    inputs.promises = tables[4], inputs.supply = tables[5], inputs.budget = tables[6], inputs.requests = tables[7];
    inputs.limits = tables[8];
    options.price_tolerance_ppm = asked->tolerance_ppm, options.language = asked->language;
    options.limit = asked->limit;
    asked->report = empty;
    const campaign_status status =
        campaign_plan_conflicts(&asked->conflicts, &asked->report, NULL, &inputs, &options, NULL, &asked->error);
    assert_true((status == CAMPAIGN_OK) == (asked->conflicts != NULL));
    for (int i = 0; i < 9; i++) campaign_table_free(tables[i]);
    return status;
}

static void clear(conflicts_case *asked)
{
    campaign_table_free(asked->conflicts);
    campaign_conflicts_report_clear(&asked->report);
}

static void test_each_kind_says_what_to_change(void **state)
{
    (void)state;
    conflicts_case asked = {
        .campaigns = "campaign|start@|end@|channel|preheat_start@\n"
                     "d618|2027-06-16|2027-06-21|tmall|2027-06-01\nsummer|2027-06-20|2027-06-30|tmall|2027-06-19\n"
                     "fair|2027-06-20|2027-06-25|store|-\n",
        .items = "item|campaign\ntea|d618\ntea|summer\ncup|d618\ncup|fair\n",
        .prices = "sku|channel|start@|end@|price$|floor$\ntea|tmall|2027-06-01|2027-06-11|10.00|9.00\n"
                  "tea|jd|2027-06-05|2027-06-20|12.00|-\ncup|jd|2027-06-05|2027-06-06|5.00|6.00\n",
        .territories = "partner|region|customer_group|start@|end@\nA|East|-|2027-01-01|2027-07-01\n"
                       "B|East|schools|2027-06-01|2028-01-01\nC|West|-|2027-01-01|2028-01-01\n",
        .promises = "promise|sku|quantity%|start@|end@\nd618|gift|60|2027-06-16|2027-06-21\n"
                    "summer|gift|50|2027-06-20|2027-06-30\n",
        .supply = "sku|quantity%\ngift|100\n",
        .budget = "item|planned$|committed$|actual$\nads|100.00|30.00|90.50\nprint|50.00|-|50.00\n",
        .limits = "role|kind|limit$\nlead|purchase|1000.00\nboss|purchase|5000.00\n",
        .requests =
            "request|kind|role|amount$\nr1|purchase|lead|1000.00\nr2|purchase|lead|1000.01\nr3|purchase|lead|9000.00\n",
    };
    static const struct {
        const char *kind, *severity, *text, *proposal;
    } expected[] = {
        { "floor", "critical", "cup on jd is 1.00 below its floor of 6.00 for 1 day, 2027-06-05 to 2027-06-05.",
          "Raise the price on jd by 1.00, or have the exception approved." },
        { "item", "high",
          "tea is in d618 and summer, whose windows with preheat overlap for 2 days, 2027-06-19 to 2027-06-20.",
          "Move summer with its preheat 2 days later, or take tea out of one of them." },
        { "item", "high",
          "cup is in d618 and fair, whose windows with preheat overlap for 1 day, 2027-06-20 to 2027-06-20.",
          "Move fair with its preheat 1 day later, or take cup out of one of them." },
        { "territory", "high", "A and B both have rights to East (schools) for 30 days, 2027-06-01 to 2027-06-30.",
          "Begin the rights of B 30 days later, or divide the customers between them." },
        { "promise", "high",
          "gift is promised beyond the 100 there are by 10 (promises at once: 2), 2027-06-20 to 2027-06-20.",
          "Lower the promises by 10, first summer, or order 10 more." },
        { "budget", "high", "ads is 20.50 over its budget of 100.00, commitments counted.",
          "Cancel commitments of 20.50, or move 20.50 from another item." },
        { "approval", "high", "r3 is beyond what lead may approve.", "Take it to somebody above." },
        { "channel", "medium", "d618 and summer run on tmall for 1 day together, 2027-06-20 to 2027-06-20.",
          "Move summer 1 day later, or give one of them another channel." },
        { "price", "medium", "tea costs 10.00 on tmall and 2.00 more on jd for 6 days, 2027-06-05 to 2027-06-10.",
          "Lower the price on jd by 2.00, or raise that on tmall." },
        { "approval", "medium", "r2 is beyond what lead may approve.", "Take it to boss." },
    };
    assert_ok(ask(&asked), asked.error);
    assert_int_equal(campaign_table_n_rows(asked.conflicts), sizeof expected / sizeof *expected);
    for (int64_t i = 0; i < 10; i++) {
        assert_cell(asked.conflicts, "kind", i, expected[i].kind);
        assert_cell(asked.conflicts, "severity", i, expected[i].severity);
        assert_cell(asked.conflicts, "text", i, expected[i].text);
        assert_cell(asked.conflicts, "proposal", i, expected[i].proposal);
    }
    clear(&asked);
}

/* ---- Brute force ------------------------------------------------------------------------------------------------- */

enum { MOST = 40, LONGEST = 4096, DAYS = 30 };
typedef struct row_case {
    int group, lane, owner, start, end, amount;
} row_case;

static void make_rows(row_case rows[MOST], int n, cpn_random *random)
{
    for (int i = 0; i < n; i++) {
        rows[i].group = (int)cpn_random_below(random, 3);
        rows[i].lane = (int)cpn_random_below(random, 4) - 1;
        rows[i].owner = (int)cpn_random_below(random, 6);
        rows[i].start = (int)cpn_random_below(random, DAYS - 8);
        rows[i].end = rows[i].start + 1 + (int)cpn_random_below(random, 7);
        rows[i].amount = 1 + (int)cpn_random_below(random, 5);
    }
}

static int64_t number_at(const campaign_table *table, const char *column, int64_t row)
{
    return campaign_table_int64(table, campaign_table_find(table, column), row);
}

static bool do_meet(const row_case *a, const row_case *b)
{
    return a->group == b->group && a->owner != b->owner && (a->lane < 0 || b->lane < 0 || a->lane == b->lane) &&
           a->start < b->end && b->start < a->end;
}

static void test_pairs_are_those_of_brute_force(void **state)
{
    cpn_random random;
    (void)state;
    cpn_random_seed(&random, 1111);
    for (int turn = 0; turn < 150; turn++) {
        static char text[LONGEST];
        row_case rows[MOST];
        const int n = 2 + (int)cpn_random_below(&random, MOST - 2);
        make_rows(rows, n, &random);
        int at = snprintf(text, sizeof text, "partner|region|customer_group|start@|end@\n"), expected = 0;
        for (int i = 0; i < n; i++) {
            static const char *const lanes[] = { "-", "a", "b", "c" };
            at += snprintf(text + at, sizeof text - (size_t)at, "p%d|r%d|%s|2027-06-%02d|2027-06-%02d\n", rows[i].owner,
                           rows[i].group, lanes[rows[i].lane + 1], rows[i].start + 1, rows[i].end + 1);
            for (int k = 0; k < i; k++) expected += do_meet(&rows[i], &rows[k]);
        }
        /* In every third turn fewer are told than there are; all are counted. */
        const int told = turn % 3 == 0 ? expected / 2 : expected;
        conflicts_case asked = { .territories = text, .limit = told };
        if (expected > 0 && told == 0) continue;
        assert_ok(ask(&asked), asked.error);
        assert_int_equal(campaign_table_n_rows(asked.conflicts), told);
        assert_int_equal(asked.report.is_cut, told < expected);
        assert_int_equal(expected > 0 ? number_at(asked.report.counts, "n", 0) : 0, expected);
        for (int64_t i = 0; i < told; i++) {
            const row_case *a =
                &rows[campaign_table_int64(asked.conflicts, campaign_table_find(asked.conflicts, "row"), i)];
            const row_case *b =
                &rows[campaign_table_int64(asked.conflicts, campaign_table_find(asked.conflicts, "other_row"), i)];
            const int64_t days = campaign_table_int64(asked.conflicts, campaign_table_find(asked.conflicts, "days"), i);
            const int start = a->start > b->start ? a->start : b->start, end = a->end < b->end ? a->end : b->end;
            assert_true(do_meet(a, b));
            assert_int_equal(days, end - start);
            const int64_t shift =
                campaign_table_int64(asked.conflicts, campaign_table_find(asked.conflicts, "shift_days"), i);
            assert_true(b->start + shift >= a->end || b->end + shift <= a->start); /* the proposal settles it */
        }
        clear(&asked);
    }
}

/* Rows of a channel: of one campaign, of two by turns, each a day longer than half of all days. */
static campaign_table *make_crowd(int n, int n_owners, bool is_wild)
{
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "campaign", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "channel", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "start", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "end", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    for (int i = 0; i < n; i++) {
        assert_ok(campaign_table_builder_append_text(builder, 0, i % n_owners ? "b" : "a", 1, &error), error);
        const campaign_status status = is_wild && i % n_owners
                                           ? campaign_table_builder_append_null(builder, 1, &error)
                                           : campaign_table_builder_append_text(builder, 1, "tmall", 5, &error);
        assert_ok(status, error);
        assert_ok(campaign_table_builder_append_int64(builder, 2, 20000 + i % 100, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 3, 20051 + i % 100, &error), error);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

/* A walk over pairs of rows would take minutes. Rows begin on day i mod 100, and two meet where their starts are at most 50
 * days apart. Of one campaign none meet. Of two by turns one has the even starts and the other the odd ones, so that starts
 * are 1, 3, … 49 days apart where they meet; 100 - d pairs of starts are d days apart, which makes 25 x 100 - 625 = 1,875. */
static void test_a_crowd_is_counted_and_not_walked(void **state)
{
    (void)state;
    enum { ROWS = 100000, OF_A_START = ROWS / 100, MEETING_STARTS = 1875, TOLD = 50 };
    for (int is_wild = 0; is_wild < 2; is_wild++) {
        for (int n_owners = 1; n_owners <= 2; n_owners++) {
            campaign_table *crowd = make_crowd(ROWS, n_owners, is_wild), *conflicts = NULL;
            campaign_conflicts_inputs inputs = CAMPAIGN_CONFLICTS_INPUTS_INIT;
            campaign_conflicts_options options = CAMPAIGN_CONFLICTS_OPTIONS_INIT;
            campaign_conflicts_report report = CAMPAIGN_CONFLICTS_REPORT_INIT;
            campaign_error error = { 0 };
            inputs.campaigns = crowd;
            options.limit = TOLD;
            assert_ok(campaign_plan_conflicts(&conflicts, &report, NULL, &inputs, &options, NULL, &error), error);
            assert_int_equal(report.n_conflicts, n_owners == 1 ? 0 : TOLD);
            assert_int_equal(report.is_cut, n_owners == 2);
            if (n_owners == 2) {
                const int64_t expected = (int64_t)MEETING_STARTS * OF_A_START * OF_A_START;
                assert_int_equal(number_at(report.counts, "n", 0), expected);
                assert_int_equal(number_at(report.counts, "n_listed", 0), TOLD);
            }
            campaign_table_free(conflicts);
            campaign_table_free(crowd);
            campaign_conflicts_report_clear(&report);
        }
    }
}

/* Sum of amount x days of the conflicts, and of every day by itself. */
static void test_prices_and_promises_are_those_of_every_day(void **state)
{
    cpn_random random;
    (void)state;
    cpn_random_seed(&random, 1212);
    for (int turn = 0; turn < 150; turn++) {
        static char prices[LONGEST], promises[LONGEST];
        row_case rows[MOST];
        const int n = 1 + (int)cpn_random_below(&random, MOST - 1);
        int64_t apart = 0, too_many_days = 0;
        make_rows(rows, n, &random);
        int at = snprintf(prices, sizeof prices, "channel|sku|start@|end@|price$\n");
        int other = snprintf(promises, sizeof promises, "promise|sku|start@|end@|quantity%%\n");
        for (int i = 0; i < n; i++) {
            at += snprintf(prices + at, sizeof prices - (size_t)at, "c%d|s%d|2027-06-%02d|2027-06-%02d|%d.00\n",
                           rows[i].owner, rows[i].group, rows[i].start + 1, rows[i].end + 1, rows[i].amount);
            other +=
                snprintf(promises + other, sizeof promises - (size_t)other, "c%d|s%d|2027-06-%02d|2027-06-%02d|%d\n",
                         rows[i].owner, rows[i].group, rows[i].start + 1, rows[i].end + 1, rows[i].amount);
        }
        for (int day = 0; day < DAYS; day++)
            for (int group = 0; group < 3; group++) {
                int low = 99, high = 0, sum = 0;
                for (int i = 0; i < n; i++) {
                    if (rows[i].group != group || day < rows[i].start || day >= rows[i].end) continue;
                    low = rows[i].amount < low ? rows[i].amount : low;
                    high = rows[i].amount > high ? rows[i].amount : high;
                    sum += rows[i].amount;
                }
                if (high > 0 && (high - low) * 100 > high * 50) apart += (high - low) * 100;
                too_many_days += sum > 7;
            }
        conflicts_case asked = { .prices = prices,
                                 .promises = promises,
                                 .supply = "sku|quantity%\ns0|7\ns1|7\ns2|7\n",
                                 .tolerance_ppm = 500000 };
        assert_ok(ask(&asked), asked.error);
        const int32_t kind = campaign_table_find(asked.conflicts, "kind"),
                      days = campaign_table_find(asked.conflicts, "days"),
                      amount = campaign_table_find(asked.conflicts, "amount");
        for (int64_t i = 0; i < campaign_table_n_rows(asked.conflicts); i++) {
            const bool is_price = campaign_table_text(asked.conflicts, kind, i, NULL)[1] == 'r' &&
                                  campaign_table_text(asked.conflicts, kind, i, NULL)[2] == 'i';
            const int64_t length = campaign_table_int64(asked.conflicts, days, i);
            if (is_price)
                apart -= length * campaign_table_int64(asked.conflicts, amount, i);
            else
                too_many_days -= length;
        }
        assert_int_equal(apart, 0);
        assert_int_equal(too_many_days, 0);
        clear(&asked);
    }
}

/* ---- Approvals --------------------------------------------------------------------------------------------------- */

static void test_approvals_go_up_and_splits_are_noticed(void **state)
{
    (void)state;
    campaign_table *limits =
        make_table("role|kind|channel|limit$|limit_ppm%\nbuyer|purchase|-|1000.00|-\n"
                   "buyer|purchase|live|300.00|-\nlead|purchase|-|5000.00|-\nboss|purchase|-|5000.00|-\n"
                   "lead|discount|-|-|200000\n");
    campaign_table *requests = make_table(
        "request|kind|role|channel|supplier|amount$|rate_ppm%|date@\nr1|purchase|buyer|-|x|900.00|-|2027-06-01\n"
        "r2|purchase|buyer|-|x|600.00|-|2027-06-07\nr3|purchase|buyer|-|x|600.00|-|2027-06-08\n"
        "r4|purchase|buyer|live|y|301.00|-|2027-06-01\nr5|discount|lead|-|-|-|200000|-\n"
        "r6|discount|buyer|-|-|-|250000|-\nr7|purchase|buyer|-|y|999.00|-|2027-06-01\n");
    campaign_table *budget = make_table("item|group|planned$|committed$|actual$\nads|web|100.00|30.00|90.50\n"
                                        "feed|web|100.00|-|10.00\nprint|-|50.00|50.00|-\n");
    campaign_approvals_inputs inputs = CAMPAIGN_APPROVALS_INPUTS_INIT;
    campaign_approvals_report report = CAMPAIGN_APPROVALS_REPORT_INIT;
    campaign_table *decisions = NULL;
    campaign_error error;
    inputs.limits = limits, inputs.requests = requests, inputs.budget = budget;
    assert_ok(campaign_plan_approvals(&decisions, &report, &inputs, NULL, &error), error);
    static const char *const decided[] = { "approved", "approved", "approved", "goes_up",
                                           "approved", "nobody",   "approved" };
    for (int64_t i = 0; i < 7; i++) assert_cell(decisions, "decision", i, decided[i]);
    assert_cell(decisions, "approver", 3, "boss"); /* as far as lead, and before it by name */
    assert_int_equal(report.n_goes_up, 2);
    assert_int_equal(report.n_splits, 1); /* the 1st and 7th are within 7 days, the 8th is not */
    assert_cell(report.splits, "text", 0,
                "2 requests to x add up to 1500.00, beyond the limit of 1000.00: together they go up to boss.");
    assert_cell(report.budget, "over", 0, "20.50");
    assert_cell(report.budget, "used_ppm", 0, "1205000");
    assert_cell(report.groups, "group", 0, "web");
    assert_cell(report.groups, "available", 0, "69.50");
    campaign_table_free(decisions);
    campaign_approvals_report_clear(&report);
    campaign_table_free(limits);
    campaign_table_free(requests);
    campaign_table_free(budget);
}

/* An item stands in a campaign once, however many rows say so. */
static void test_twin_items_count_once(void **state)
{
    (void)state;
    campaign_conflicts_inputs inputs = CAMPAIGN_CONFLICTS_INPUTS_INIT;
    campaign_conflicts_report report = CAMPAIGN_CONFLICTS_REPORT_INIT;
    campaign_table *campaigns =
        make_table("campaign|start@|end@|channel\na|2027-06-01|2027-06-05|x\nb|2027-06-03|2027-06-09|y\n");
    campaign_table *items = make_table("item|campaign\nx|b\ny|a\nx|a\nx|b\nx|a\n"), *conflicts = NULL;
    campaign_error error;
    inputs.campaigns = campaigns, inputs.items = items;
    assert_ok(campaign_plan_conflicts(&conflicts, &report, NULL, &inputs, NULL, NULL, &error), error);
    assert_int_equal(campaign_table_n_rows(conflicts), 1);
    assert_cell(conflicts, "row", 0, "2");
    assert_cell(conflicts, "other_row", 0, "0");
    campaign_table_free(conflicts);
    campaign_conflicts_report_clear(&report);
    campaign_table_free(campaigns);
    campaign_table_free(items);
}

static void test_requests_that_say_two_things_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *requests, *where;
        campaign_status code;
        int64_t row;
    } cases[] = {
        { "request|kind|role|amount$|rate_ppm%\nr1|purchase|buyer|5.00|-\nr2|purchase|buyer|5.00|5\n",
          "requests.rate_ppm", CAMPAIGN_E_VALUE, 1 },
        { "request|kind|role|amount$\nr2|purchase|buyer|5.00\nr1|purchase|buyer|5.00\nr3|purchase|buyer|5.00\n"
          "r3|purchase|lead|7.00\nr1|purchase|buyer|5.00\n",
          "requests.request", CAMPAIGN_E_DUPLICATE, 3 },
        { "request|kind|role|amount$|rate_ppm%\nr1|purchase|buyer|-|-\n", "requests", CAMPAIGN_E_MISSING, 0 },
    };
    campaign_table *limits = make_table("role|kind|limit$\nbuyer|purchase|1000.00\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_approvals_inputs inputs = CAMPAIGN_APPROVALS_INPUTS_INIT;
        campaign_approvals_report report = CAMPAIGN_APPROVALS_REPORT_INIT;
        campaign_table *decisions = NULL, *requests = make_table(cases[i].requests);
        campaign_error error;
        inputs.limits = limits, inputs.requests = requests;
        assert_int_equal(campaign_plan_approvals(&decisions, &report, &inputs, NULL, &error), cases[i].code);
        assert_string_equal(error.where, cases[i].where);
        assert_int_equal(error.row, cases[i].row);
        assert_null(decisions);
        campaign_table_free(requests);
    }
    campaign_table_free(limits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_kind_says_what_to_change),
        cmocka_unit_test(test_pairs_are_those_of_brute_force),
        cmocka_unit_test(test_a_crowd_is_counted_and_not_walked),
        cmocka_unit_test(test_prices_and_promises_are_those_of_every_day),
        cmocka_unit_test(test_approvals_go_up_and_splits_are_noticed),
        cmocka_unit_test(test_twin_items_count_once),
        cmocka_unit_test(test_requests_that_say_two_things_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
