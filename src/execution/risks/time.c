/* Moments and limits: by the clock, or by the working calendar. */
#include <string.h>

#include "base/checked.h"
#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "execution/risks/risk.h"

#define MINUTE INT64_C(60000000)
enum { MINUTES_A_DAY = 1440, LONGEST_DAYS = 3660 };

/* Two digits up to most, then the character that follows. */
static bool take_two(int64_t *part, const char **at, int64_t most)
{
    const char *t = *at;
    if (t[0] < '0' || t[0] > '9' || t[1] < '0' || t[1] > '9') return false;
    *part = (t[0] - '0') * 10 + (t[1] - '0');
    *at += 2;
    return *part <= most;
}

campaign_status cpn_risk_read_moment(int64_t *moment, const char *text, const char *where, campaign_error *error)
{
    int32_t day = 0;
    int64_t hour = 0, minute = 0, second = 0;
    const size_t length = strlen(text);
    bool is_right = length >= 10 && campaign_date_parse(&day, text, 10, NULL) == CAMPAIGN_OK;
    const char *at = text + (is_right ? 10 : 0);
    if (is_right && *at) {
        is_right = *at == 'T' || *at == ' ';
        at++;
        is_right = is_right && take_two(&hour, &at, 23) && *at++ == ':' && take_two(&minute, &at, 59);
        if (is_right && *at) is_right = *at++ == ':' && take_two(&second, &at, 59) && !*at;
    }
    if (!is_right)
        return cpn_fail(error, CAMPAIGN_E_SYNTAX, where,
                        "\"%.40s\" is no moment; write 2027-06-18T10:30, or a date: 2027-06-18", text);
    *moment = ((int64_t)day * MINUTES_A_DAY + hour * 60 + minute) * MINUTE + second * 1000000;
    return CAMPAIGN_OK;
}

bool cpn_risk_has_moment(const campaign_column *column, int64_t row)
{
    if (column->type == CAMPAIGN_TYPE_UTF8) return cpn_risk_cell(column, row).text != NULL;
    return column->type && !cpn_is_null(column, row);
}

campaign_status cpn_risk_cell_moment(int64_t *moment, const campaign_column *column, int64_t row, const char *where,
                                     campaign_error *error)
{
    enum { MOST = 24 }; /* longer texts are no moments, cut or not */
    char text[MOST] = { 0 };
    if (column->type == CAMPAIGN_TYPE_DATE) *moment = cpn_cell_int64(column, row) * MINUTES_A_DAY * MINUTE;
    if (column->type == CAMPAIGN_TYPE_TIMESTAMP) *moment = cpn_cell_int64(column, row);
    if (column->type != CAMPAIGN_TYPE_UTF8) return CAMPAIGN_OK;
    const cpn_risk_text cell = cpn_risk_cell(column, row);
    memcpy(text, cell.text, cpn_utf8_cut(cell.text, cell.length, MOST - 1));
    const campaign_status status = cpn_risk_read_moment(moment, text, where, error);
    if (status != CAMPAIGN_OK && error) error->row = row;
    return status;
}

typedef struct unit_word {
    const char *word;
    int64_t minutes; /* 0: a working day */
} unit_word;

static const unit_word unit_words[] = {
    { "min", 1 },
    { "minute", 1 },
    { "minutes", 1 },
    { "h", 60 },
    { "hour", 60 },
    { "hours", 60 },
    { "d", MINUTES_A_DAY },
    { "day", MINUTES_A_DAY },
    { "days", MINUTES_A_DAY },
    { "working day", 0 },
    { "working days", 0 },
};

campaign_status cpn_risk_read_limit(cpn_risk_limit *limit, const cpn_json_value *value, campaign_error *error)
{
    char shown[CPN_JSON_SHOWN];
    const size_t n = strspn(value->text, "0123456789");
    const char *word = value->text + n + (value->text[n] == ' ');
    int64_t count = 0;
    for (size_t i = 0; n > 0 && i < sizeof unit_words / sizeof *unit_words; i++) {
        if (strcmp(unit_words[i].word, word) != 0) continue;
        const int64_t minutes = unit_words[i].minutes;
        if (!cpn_parse_int64(&count, value->text, n) ||
            count > (minutes ? LONGEST_DAYS * (int64_t)MINUTES_A_DAY / minutes : LONGEST_DAYS))
            return cpn_json_fail(error, CAMPAIGN_E_LIMIT, value, "a limit is at most ten years; \"%s\" is longer",
                                 cpn_json_show(shown, value->text, value->length));
        *limit =
            (cpn_risk_limit){ minutes ? CPN_RISK_MINUTES : CPN_RISK_WORKING_DAYS, count * (minutes ? minutes : 1) };
        return CAMPAIGN_OK;
    }
    return cpn_json_fail(error, CAMPAIGN_E_SYNTAX, value,
                         "\"%s\" is no limit; write 15 min, 1 h, 2 days or 3 working days",
                         cpn_json_show(shown, value->text, value->length));
}

campaign_status cpn_risk_due(int64_t *due, bool *is_provisional, int64_t since, const cpn_risk_limit *limit,
                             const campaign_calendar *calendar, campaign_error *error)
{
    if (limit->clock == CPN_RISK_MINUTES) {
        *due = since + limit->n * MINUTE;
        return CAMPAIGN_OK;
    }
    const int64_t day_length = MINUTES_A_DAY * MINUTE;
    const int64_t first = since >= 0 ? since / day_length : -((-since + day_length - 1) / day_length);
    int32_t last;
    campaign_status status =
        campaign_calendar_add_working_days(&last, calendar, (int32_t)first, limit->n > 0 ? limit->n : 0, error);
    /* From a day off the count of campaign_calendar_add_working_days begins after the first working day. */
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    if (status == CAMPAIGN_OK) status = campaign_calendar_day(&info, calendar, (int32_t)first, error);
    if (status == CAMPAIGN_OK && !info.is_working && limit->n > 0)
        status = campaign_calendar_add_working_days(&last, calendar, (int32_t)first, limit->n - 1, error);
    if (status == CAMPAIGN_OK) status = campaign_calendar_day(&info, calendar, last, error);
    if (status != CAMPAIGN_OK) return status;
    if (info.is_provisional) *is_provisional = true;
    *due = ((int64_t)last + 1) * day_length;
    return CAMPAIGN_OK;
}
