/* Error records and knob structs. */
#include "check.h"

#include "base/error.h"

static void test_message_is_cut_on_a_utf8_boundary(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    char long_text[400];
    for (size_t i = 0; i + 3 < sizeof long_text; i += 3) memcpy(long_text + i, "店", 3);
    long_text[399] = '\0';
    assert_int_equal(cpn_fail(&error, CAMPAIGN_E_VALUE, long_text, "x%s", long_text), CAMPAIGN_E_VALUE);
    assert_int_equal(strlen(error.message), 253); /* "x" and 84 characters of 3 bytes; 85 would need 256 and the zero */
    assert_int_equal(strlen(error.where), 93);    /* 31 characters of 3 bytes in 95 */
    assert_memory_equal(error.message + 250, "店", 3);
    assert_int_equal(error.row, -1);
}

static void test_records_are_utf8_whatever_they_quote(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    (void)cpn_fail(&error, CAMPAIGN_E_VALUE, "\xC3(",
                   "a\xFF\xE5\xBA"
                   "b店\xE5\xBA");
    assert_string_equal(error.where, "?(");
    assert_string_equal(error.message, "a???b店"); /* what is cut at the end goes, what is stray becomes '?' */
}

static void test_no_record_is_no_trouble(void **state)
{
    (void)state;
    assert_int_equal(cpn_fail(NULL, CAMPAIGN_E_VALUE, "x", "y"), CAMPAIGN_E_VALUE);
    assert_int_equal(cpn_fail_row(NULL, CAMPAIGN_E_VALUE, 3, "x", "y"), CAMPAIGN_E_VALUE);
}

static void test_every_status_has_name_and_sentences(void **state)
{
    (void)state;
    for (campaign_status status = CAMPAIGN_E_IO; status <= CAMPAIGN_OK; status++) {
        assert_memory_equal(campaign_status_name(status), "CAMPAIGN_", 9);
        assert_string_not_equal(campaign_status_name(status), "CAMPAIGN_E_?");
        assert_string_not_equal(campaign_status_text(status, "en"), campaign_status_text(status, "zh"));
        assert_string_equal(campaign_status_text(status, NULL), campaign_status_text(status, "en"));
    }
    assert_string_equal(campaign_status_name(-1000), "CAMPAIGN_E_?");
    assert_string_equal(campaign_status_text(-1000, "en"), "unknown status code");
}

static void test_knobs_of_other_sizes(void **state)
{
    (void)state;
    struct {
        uint32_t size;
        int32_t old;
        int32_t newer;
        int32_t unknown;
    } knobs = { 16, 5, 6, 0 };
    campaign_error error = { 0 };
    assert_ok(cpn_check_knobs(&knobs, 8, 12, "options", &error), error); /* a newer caller that uses nothing new */
    knobs.unknown = 1;
    assert_int_equal(cpn_check_knobs(&knobs, 8, 12, "options", &error), CAMPAIGN_E_ARGUMENT);
    assert_string_equal(error.where, "options");
    knobs.size = 8; /* an older caller */
    assert_ok(cpn_check_knobs(&knobs, 8, 12, "options", &error), error);
    struct {
        uint32_t size;
        int32_t old;
        int32_t newer;
    } ours;
    cpn_take_knobs(&ours, sizeof ours, &knobs);
    assert_int_equal(ours.old, 5);
    assert_int_equal(ours.newer, 0);
    knobs.size = 0;
    assert_int_equal(cpn_check_knobs(&knobs, 8, 12, "options", &error), CAMPAIGN_E_ARGUMENT);
    knobs.size = 5000;
    assert_int_equal(cpn_check_knobs(&knobs, 8, 12, "options", &error), CAMPAIGN_E_ARGUMENT);
    assert_ok(cpn_check_knobs(NULL, 8, 12, "options", &error), error);
}

static void test_views_of_other_sizes(void **state)
{
    (void)state;
    struct {
        uint32_t size;
        int32_t known, newer;
    } view = { 12, 5, 6 };
    campaign_error error = { 0 };
    assert_ok(cpn_open_view(&view, 8, "view", &error), error);
    assert_int_equal(view.size, 12);
    assert_int_equal(view.known, 0);
    assert_int_equal(view.newer, 0);
    view.size = 7;
    assert_int_equal(cpn_open_view(&view, 8, "view", &error), CAMPAIGN_E_ARGUMENT);
    view.size = 5000;
    assert_int_equal(cpn_open_view(&view, 8, "view", &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(cpn_open_view(NULL, 8, "view", &error), CAMPAIGN_E_ARGUMENT);
    assert_string_equal(error.where, "view");
}

static void test_language_is_english_chinese_or_told(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    bool is_chinese = true;
    assert_ok(cpn_take_language(&is_chinese, NULL, "options.language", &error), error);
    assert_false(is_chinese);
    assert_ok(cpn_take_language(&is_chinese, "zh", "options.language", &error), error);
    assert_true(is_chinese);
    assert_ok(cpn_take_language(&is_chinese, "en", "options.language", &error), error);
    assert_false(is_chinese);
    is_chinese = true;
    assert_int_equal(cpn_take_language(&is_chinese, "zhong", "language", &error), CAMPAIGN_E_UNKNOWN);
    assert_false(is_chinese);
    assert_string_equal(error.where, "language");
    assert_string_equal(error.message, "\"zhong\" is neither en nor zh");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_message_is_cut_on_a_utf8_boundary),
        cmocka_unit_test(test_records_are_utf8_whatever_they_quote),
        cmocka_unit_test(test_no_record_is_no_trouble),
        cmocka_unit_test(test_every_status_has_name_and_sentences),
        cmocka_unit_test(test_knobs_of_other_sizes),
        cmocka_unit_test(test_views_of_other_sizes),
        cmocka_unit_test(test_language_is_english_chinese_or_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
