/* Growing text, UTF-8 and "did you mean". */
#include "check.h"

#include "base/memory.h"
#include "base/text.h"

static void test_text_grows_and_stays_terminated(void **state)
{
    (void)state;
    cpn_text text = { 0 };
    cpn_text_add_string(&text, "店");
    for (int i = 0; i < 5000; i++) cpn_text_add_char(&text, (char)('a' + i % 26));
    cpn_text_add_int64(&text, INT64_MIN);
    cpn_text_add_format(&text, "[%d]%s", 7, "x");
    assert_false(text.has_failed);
    assert_int_equal(text.length, 3 + 5000 + 20 + 4);
    assert_int_equal(strlen(text.data), text.length);
    assert_memory_equal(text.data, "店abc", 6);
    assert_string_equal(text.data + 5003, "-9223372036854775808[7]x");
    char *taken = cpn_text_take(&text);
    assert_int_equal(strlen(taken), 5027);
    assert_null(text.data);
    assert_int_equal(text.length, 0);
    cpn_free(taken);
}

static void test_each_length_around_the_capacity_is_kept(void **state)
{
    (void)state;
    char bytes[600];
    memset(bytes, 'y', sizeof bytes);
    for (size_t length = 250; length < 260; length++) {
        cpn_text added = { 0 }, formatted = { 0 };
        cpn_text_add(&added, bytes, length);
        cpn_text_add(&added, bytes, 260);
        cpn_text_add_format(&formatted, "%.*s", (int)length, bytes);
        assert_int_equal(added.length, length + 260);
        assert_int_equal(formatted.length, length);
        assert_int_equal(strlen(formatted.data), length);
        cpn_text_clear(&added);
        cpn_text_clear(&formatted);
    }
}

static void test_failed_text_stays_failed(void **state)
{
    (void)state;
    cpn_text text = { 0 };
    cpn_text_add(&text, "x", (size_t)PTRDIFF_MAX); /* cannot be had; the bytes are never read */
    assert_true(text.has_failed);
    cpn_text_add_string(&text, "y");
    assert_int_equal(text.length, 0);
    assert_null(cpn_text_take(&text));
    assert_false(text.has_failed); /* taken: ready to be used again */
}

static void test_empty_text_is_an_empty_string(void **state)
{
    (void)state;
    cpn_text text = { 0 };
    cpn_text_add(&text, NULL, 0);
    char *taken = cpn_text_take(&text);
    assert_string_equal(taken, "");
    cpn_free(taken);
    cpn_text_clear(&text);
    taken = cpn_text_take(&text);
    assert_string_equal(taken, "");
    cpn_free(taken);
}

/* Well-formed byte sequences: the Unicode Standard, table 3-7. */
static bool is_sequence_by_the_table(const unsigned char *b, size_t n)
{
    static const struct {
        size_t n;
        unsigned char from[4], to[4];
    } rows[] = {
        { 1, { 0x00 }, { 0x7F } },
        { 2, { 0xC2, 0x80 }, { 0xDF, 0xBF } },
        { 3, { 0xE0, 0xA0, 0x80 }, { 0xE0, 0xBF, 0xBF } },
        { 3, { 0xE1, 0x80, 0x80 }, { 0xEC, 0xBF, 0xBF } },
        { 3, { 0xED, 0x80, 0x80 }, { 0xED, 0x9F, 0xBF } },
        { 3, { 0xEE, 0x80, 0x80 }, { 0xEF, 0xBF, 0xBF } },
        { 4, { 0xF0, 0x90, 0x80, 0x80 }, { 0xF0, 0xBF, 0xBF, 0xBF } },
        { 4, { 0xF1, 0x80, 0x80, 0x80 }, { 0xF3, 0xBF, 0xBF, 0xBF } },
        { 4, { 0xF4, 0x80, 0x80, 0x80 }, { 0xF4, 0x8F, 0xBF, 0xBF } },
    };
    for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        bool fits = rows[r].n == n;
        for (size_t i = 0; fits && i < n; i++) fits = b[i] >= rows[r].from[i] && b[i] <= rows[r].to[i];
        if (fits) return true;
    }
    return false;
}

static void test_valid_utf8_is_exactly_the_unicode_table(void **state)
{
    (void)state;
    static const unsigned char ends[] = { 0x00, 0x41, 0x7F, 0x80, 0xBF, 0xC0, 0xFF };
    for (unsigned first = 0x80; first < 256; first++)
        for (unsigned second = 0; second < 256; second++)
            for (size_t third = 0; third < sizeof ends; third++)
                for (size_t fourth = 0; fourth < sizeof ends; fourth++) {
                    const unsigned char b[4] = { (unsigned char)first, (unsigned char)second, ends[third],
                                                 ends[fourth] };
                    for (size_t n = 1; n <= 4; n++) {
                        const bool is_one = is_sequence_by_the_table(b, n);
                        bool is_prefix = false; /* a shorter one, then more text: judged by its own round */
                        for (size_t m = 1; m < n; m++) is_prefix |= is_sequence_by_the_table(b, m);
                        if (is_prefix) continue;
                        if ((cpn_utf8_valid((const char *)b, n) == n) != is_one)
                            fail_msg("%02x %02x %02x %02x, %d bytes", b[0], b[1], b[2], b[3], (int)n);
                    }
                }
}

static void test_valid_prefix_ends_before_the_bad_byte(void **state)
{
    (void)state;
    char text[64];
    for (size_t at = 0; at < 40; at++) { /* every place relative to blocks of eight */
        memset(text, 'a', sizeof text);
        text[at] = (char)0xFF;
        assert_int_equal(cpn_utf8_valid(text, 40), at < 40 ? at : 40);
        memcpy(text + at, "会", 3);
        assert_int_equal(cpn_utf8_valid(text, at + 3), at + 3);
        assert_int_equal(cpn_utf8_valid(text, at + 2), at);
    }
    assert_int_equal(cpn_utf8_valid("", 0), 0);
    assert_int_equal(cpn_utf8_valid("a\0b", 3), 3);
}

static void test_cut_keeps_whole_characters(void **state)
{
    (void)state;
    const char *text = "a会😀"; /* 1 + 3 + 4 bytes */
    static const size_t cuts[] = { 0, 1, 1, 1, 4, 4, 4, 4, 8, 8 };
    for (size_t limit = 0; limit < 10; limit++) assert_int_equal(cpn_utf8_cut(text, 8, limit), cuts[limit]);
}

static void test_keys(void **state)
{
    (void)state;
    assert_true(cpn_is_key("会员卡号 1", 14));
    assert_true(cpn_is_key("é", 2));
    assert_false(cpn_is_key("", 0));
    assert_false(cpn_is_key("a\tb", 3));
    assert_false(cpn_is_key("a\0b", 3));
    assert_false(cpn_is_key("\x7F", 1));
    assert_false(cpn_is_key("\xC2\x85", 2)); /* U+0085 next line */
    assert_false(cpn_is_key("a\xFF", 2));
}

static void test_nearest_name(void **state)
{
    (void)state;
    static const char *const names[] = { "budget", "id", "market", "markets", "contingency", "会员卡号", "phase" };
    static const struct {
        const char *text;
        int64_t nearest;
    } cases[] = {
        { "buget", 0 },       /* one dropped */
        { "bugdet", 0 },      /* one swapped */
        { "BUDGET", 0 },      /* case only */
        { "ID", 1 },          /* case only */
        { "marketx", 2 },     /* one from both: the lower index */
        { "marketss", 3 },    /* one from markets, two from market */
        { "contigenzy", 4 },  /* two slips of eleven */
        { "contixxxncy", 4 }, /* three of eleven: a third */
        { "cotixxxncy", -1 }, /* four */
        { "会员卡", 5 },      /* one character, three bytes */
        { "会員卡号", 5 },    /* one wrong character */
        { "xy", -1 },         /* both letters differ from id */
        { "phone", 6 },       /* two of five */
        { "", -1 },           { "weather", -1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const int64_t nearest = cpn_nearest_name(cases[i].text, strlen(cases[i].text), names, 7);
        if (nearest != cases[i].nearest) fail_msg("%s: %d", cases[i].text, (int)nearest);
    }
    char endless[400];
    memset(endless, 'a', sizeof endless);
    assert_int_equal(cpn_nearest_name(endless, sizeof endless, names, 7), -1);
    assert_int_equal(cpn_nearest_name("\xFF\xFF", 2, names, 7), -1);
    assert_int_equal(cpn_nearest_name("x", 1, names, 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_grows_and_stays_terminated),
        cmocka_unit_test(test_each_length_around_the_capacity_is_kept),
        cmocka_unit_test(test_failed_text_stays_failed),
        cmocka_unit_test(test_empty_text_is_an_empty_string),
        cmocka_unit_test(test_valid_utf8_is_exactly_the_unicode_table),
        cmocka_unit_test(test_valid_prefix_ends_before_the_bad_byte),
        cmocka_unit_test(test_cut_keeps_whole_characters),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_nearest_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
