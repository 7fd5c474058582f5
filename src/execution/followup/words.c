/* Words of form 3 in English and Chinese, and how cells are put into sentences and tables. */
#include "execution/followup/words.h"

#include <string.h>

#include "base/number.h"

const char *const cpn_follow_field_names[CPN_FOLLOW_FIELDS] = { "contact",   "industry", "pain_point", "way",
                                                                "summary",   "feedback", "objection",  "next_action",
                                                                "next_date", "status",   "blocked_by" };

/* Words of the library, of the forms, and of people. */
typedef struct word {
    const char *text;
    uint8_t value;
} word;
static const word ways[] = { { "call", 1 },   { "电话", 1 },      { "visit", 2 }, { "拜访", 2 },
                             { "wechat", 3 }, { "WeChat", 3 },    { "微信", 3 },  { "mail", 4 },
                             { "邮件", 4 },   { "community", 5 }, { "社群", 5 } };
static const word feedbacks[] = { { "objection", CPN_FEEDBACK_OBJECTION }, { "有异议", CPN_FEEDBACK_OBJECTION },
                                  { "异议", CPN_FEEDBACK_OBJECTION },      { "interest", CPN_FEEDBACK_INTEREST },
                                  { "有意向", CPN_FEEDBACK_INTEREST },     { "意向", CPN_FEEDBACK_INTEREST },
                                  { "none", CPN_FEEDBACK_NONE },           { "无反馈", CPN_FEEDBACK_NONE } };
static const word statuses[] = { { "open", CPN_STATUS_OPEN },    { "未开始", CPN_STATUS_OPEN },
                                 { "doing", CPN_STATUS_DOING },  { "in progress", CPN_STATUS_DOING },
                                 { "进行中", CPN_STATUS_DOING }, { "done", CPN_STATUS_DONE },
                                 { "已完成", CPN_STATUS_DONE },  { "blocked", CPN_STATUS_BLOCKED },
                                 { "受阻", CPN_STATUS_BLOCKED } };

bool cpn_follow_is_blank_text(const char *text, size_t length)
{
    static const struct {
        const char *text;
        size_t length;
    } spaces[] = { { " ", 1 }, { "\t", 1 }, { "\r", 1 }, { "\n", 1 }, { "\xC2\xA0", 2 }, { "\xE3\x80\x80", 3 } };
    enum { N_SPACES = sizeof spaces / sizeof *spaces };
    for (size_t at = 0; at < length;) {
        int i = 0;
        while (i < N_SPACES &&
               (spaces[i].length > length - at || memcmp(text + at, spaces[i].text, spaces[i].length) != 0))
            i++;
        if (i == N_SPACES) return false;
        at += spaces[i].length;
    }
    return true;
}

static uint8_t find_word(const word *words, int n, const char *text, size_t length)
{
    for (int i = 0; i < n; i++)
        if (strlen(words[i].text) == length && memcmp(words[i].text, text, length) == 0) return words[i].value;
    return CPN_WORD_UNKNOWN;
}

uint8_t cpn_follow_word(cpn_follow_word_kind kind, const campaign_column *column, int64_t row)
{
    size_t length;
    if (!column->type || cpn_follow_is_blank(column, row)) return 0;
    const char *text = cpn_cell_text(column, row, &length);
    switch (kind) {
    case CPN_WORD_WAY: return find_word(ways, (int)(sizeof ways / sizeof *ways), text, length);
    case CPN_WORD_FEEDBACK: return find_word(feedbacks, (int)(sizeof feedbacks / sizeof *feedbacks), text, length);
    case CPN_WORD_STATUS: return find_word(statuses, (int)(sizeof statuses / sizeof *statuses), text, length);
    }
    return CPN_WORD_UNKNOWN;
}

void cpn_follow_out_day(cpn_out *out, int32_t index, int32_t day)
{
    cpn_out_optional_int64(out, index, day, day != CPN_FOLLOW_NO_DAY);
}

void cpn_follow_day_text(char text[CAMPAIGN_DATE_TEXT], int32_t day)
{
    text[0] = '\0';
    if (day != CPN_FOLLOW_NO_DAY) (void)campaign_date_format(text, day);
}

void cpn_follow_say_days(char text[CPN_SAY_COUNT], const cpn_follow *follow, int64_t n, bool is_working)
{
    if (follow->is_chinese)
        (void)cpn_format_int64(text, n);
    else
        cpn_say_count(text, n, is_working ? "working day" : "day", is_working ? "working days" : "days");
}

void cpn_follow_out_field(cpn_out *out, int32_t index, const campaign_column *column, int64_t row)
{
    if (column->type)
        cpn_out_cell(out, index, column, row);
    else
        cpn_out_null(out, index);
}

void cpn_follow_field_text(char text[CPN_NAMED_KEY_TEXT], const campaign_column *column, int64_t row)
{
    text[0] = '\0';
    if (column->type && !cpn_follow_is_blank(column, row)) (void)cpn_format_cell(text, CPN_NAMED_KEY_TEXT, column, row);
}

static bool is_named(const char *name, const char *a, const char *b)
{
    return strcmp(name, a) == 0 || strcmp(name, b) == 0;
}

void cpn_follow_schema(cpn_column_schema *schema, const cpn_column_schema *from, int32_t n, const cpn_follow *follow)
{
    memcpy(schema, from, (size_t)n * sizeof *schema);
    for (int32_t i = 0; i < n; i++) {
        if (strcmp(schema[i].name, "customer") == 0) schema[i].type = follow->customers.type;
        if (is_named(schema[i].name, "rep", "other_rep")) schema[i].type = follow->reps.type;
    }
}

campaign_status cpn_follow_close(campaign_table **table, cpn_out *out, campaign_status status, campaign_error *error)
{
    const campaign_status closed = cpn_out_close(table, out, status == CAMPAIGN_OK ? error : NULL);
    if (status == CAMPAIGN_OK) return closed;
    campaign_table_free(*table);
    *table = NULL;
    return status;
}
