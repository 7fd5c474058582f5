/* Work that comes again: a rule becomes dated rows, week by week, month by month or quarter by quarter, on working days. */
#include <string.h>

#include <campaign/plan_tasks.h>

#include "base/date.h"
#include "base/text.h"
#include "table/table.h"

typedef enum every { EVERY_WEEK, EVERY_MONTH, EVERY_QUARTER, N_EVERY } every;
static const char *const every_names[N_EVERY] = { "week", "month", "quarter" };

enum { MOST_DURATION = 66, MOST_DAYS = 3660 };

typedef struct recurring_rule {
    const char *texts[6]; /* rule, kind, name, role, owner, deliverable; NULL: none */
    size_t lengths[6];
    every every;
    int32_t on, duration;
    const char *source;
} recurring_rule;

typedef struct usual_rule {
    const char *id, *kind, *role;
    every every;
    int32_t on, duration;
    const char *source, *en, *zh, *gives_en, *gives_zh;
} usual_rule;

/* AP14. Days are conventions: training early in the month, the review when the week begins. */
static const usual_rule usual[] = {
    { "sales_training", "training", "sales", EVERY_MONTH, 3, 1, "AP14", "Monthly sales training", "每月销售培训",
      "Attendance and results of the questions", "培训签到与考核结果" },
    { "data_review", "data_review", "operations", EVERY_WEEK, 1, 1, "AP14", "Weekly data review", "每周数据复盘",
      "ROI of the campaigns and what customers did", "活动 ROI 与客户行为周报" },
    { "tier_activities", "tier_activity", "service", EVERY_MONTH, 10, 2, "AP14", "Activities for customer tiers",
      "客户分层活动", "Customers reached, by tier", "各层级客户触达清单" },
    { "asset_library", "assets", "marketing", EVERY_QUARTER, -5, 2, "AP14", "Keep the asset library", "整理素材库",
      "Reusable pictures, texts and scripts", "可复用的图片、文案与话术" },
};

enum {
    TASK,
    RULE,
    KIND,
    NAME,
    ROLE,
    OWNER,
    DELIVERABLE,
    DURATION,
    UNIT,
    PERIOD,
    START,
    FINISH,
    DUE,
    IS_PROVISIONAL,
    SOURCE,
    N_COLUMNS
};
static const cpn_column_schema schema[N_COLUMNS] = {
    { "task", CAMPAIGN_TYPE_UTF8, "Rule and period.", "任务：规则/期间。" },
    { "rule", CAMPAIGN_TYPE_UTF8, "Rule it comes from.", "规则标识。" },
    { "kind", CAMPAIGN_TYPE_UTF8, "Kind of work.", "类别。" },
    { "name", CAMPAIGN_TYPE_UTF8, "Its name.", "名称。" },
    { "role", CAMPAIGN_TYPE_UTF8, "Role of its owner.", "负责角色。" },
    { "owner", CAMPAIGN_TYPE_UTF8, "Person who does it.", "负责人。" },
    { "deliverable", CAMPAIGN_TYPE_UTF8, "What it delivers.", "交付物。" },
    { "duration", CAMPAIGN_TYPE_INT64, "Working days.", "工作日数。" },
    { "unit", CAMPAIGN_TYPE_UTF8, "working_day.", "单位：工作日。" },
    { "period", CAMPAIGN_TYPE_UTF8, "Week, month or quarter.", "周、月或季。" },
    { "start", CAMPAIGN_TYPE_DATE, "First day.", "第一天。" },
    { "finish", CAMPAIGN_TYPE_DATE, "Last day.", "最后一天。" },
    { "due", CAMPAIGN_TYPE_DATE, "Day by which it is done.", "截止日。" },
    { "is_provisional", CAMPAIGN_TYPE_BOOL, "Holidays are not announced.", "节假日尚未公布。" },
    { "source", CAMPAIGN_TYPE_UTF8, "Row of the handbook, or request.", "手册编号或 request。" },
};

/* ---- Rules ------------------------------------------------------------------------------------------------------ */

typedef struct rule_columns {
    campaign_column texts[6], every, on, duration;
} rule_columns;

static campaign_status find_columns(rule_columns *columns, const campaign_table *rules, campaign_error *error)
{
    static const char *const names[6] = { "rule", "kind", "name", "role", "owner", "deliverable" };
    const uint32_t text = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8);
    campaign_status status = cpn_need_column(&columns->texts[0], rules, "rules", NULL, names[0], text, error);
    for (int32_t i = 1; i < 6 && status == CAMPAIGN_OK; i++)
        status = cpn_find_column(&columns->texts[i], rules, "rules", NULL, names[i], text, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&columns->every, rules, "rules", NULL, "every", text, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&columns->on, rules, "rules", NULL, "on", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->duration, rules, "rules", NULL, "duration", CPN_ANY_INT, error);
    return status;
}

static campaign_status check_ids(const rule_columns *columns, campaign_error *error)
{
    cpn_keys keys = { 0 };
    campaign_status status = cpn_keys_create(&keys, &columns->texts[0], NULL, error);
    for (int64_t row = 0; row < keys.n_rows && status == CAMPAIGN_OK; row++) {
        if (keys.codes[row] < 0)
            status = cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "rules.rule", "rule is null");
        else if (keys.first_rows[keys.codes[row]] != row)
            status = cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "rules.rule", "the rule stands twice");
    }
    cpn_keys_free(&keys);
    return status;
}

static campaign_status read_every(recurring_rule *rule, const campaign_column *column, int64_t row,
                                  campaign_error *error)
{
    size_t length;
    if (cpn_is_null(column, row)) return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "rules.every", "every is null");
    const char *text = cpn_cell_text(column, row, &length);
    for (int32_t i = 0; i < N_EVERY; i++)
        if (strlen(every_names[i]) == length && memcmp(every_names[i], text, length) == 0) {
            rule->every = (every)i;
            return CAMPAIGN_OK;
        }
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, "rules.every", "\"%.*s\" is not week, month or quarter",
                        (int)(length < 40 ? length : 40), text);
}

static campaign_status read_rule(recurring_rule *rule, const rule_columns *columns, int64_t row, campaign_error *error)
{
    campaign_status status = read_every(rule, &columns->every, row, error);
    if (status != CAMPAIGN_OK) return status;
    if (cpn_is_null(&columns->on, row)) return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "rules.on", "on is null");
    const int64_t on = cpn_cell_int64(&columns->on, row);
    const int64_t most = rule->every == EVERY_WEEK ? 7 : rule->every == EVERY_MONTH ? 31 : 66;
    if (on == 0 || on > most || on < (rule->every == EVERY_WEEK ? 1 : -most))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "rules.on", "on is %lld, expected %s1 to %lld", (long long)on,
                            rule->every == EVERY_WEEK ? "" : "plus or minus ", (long long)most);
    const bool has_duration = columns->duration.type != 0 && !cpn_is_null(&columns->duration, row);
    const int64_t duration = has_duration ? cpn_cell_int64(&columns->duration, row) : 1;
    if (duration < 1 || duration > MOST_DURATION)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "rules.duration", "duration is %lld, expected 1 to %d",
                            (long long)duration, MOST_DURATION);
    rule->on = (int32_t)on;
    rule->duration = (int32_t)duration;
    rule->source = "request";
    for (int32_t i = 0; i < 6; i++) {
        const campaign_column *column = &columns->texts[i];
        const bool is_there = column->type != 0 && !cpn_is_null(column, row);
        rule->texts[i] = is_there ? cpn_cell_text(column, row, &rule->lengths[i]) : NULL;
    }
    return CAMPAIGN_OK;
}

static recurring_rule take_usual(const usual_rule *from, bool is_chinese)
{
    recurring_rule rule = { .texts = { from->id, from->kind, is_chinese ? from->zh : from->en, from->role, NULL,
                                       is_chinese ? from->gives_zh : from->gives_en },
                            .every = from->every,
                            .on = from->on,
                            .duration = from->duration,
                            .source = from->source };
    for (int32_t i = 0; i < 6; i++) rule.lengths[i] = rule.texts[i] ? strlen(rule.texts[i]) : 0;
    return rule;
}

/* ---- Dates ------------------------------------------------------------------------------------------------------ */

typedef struct dating {
    const campaign_calendar *calendar;
    int32_t start_day, end_day;
    cpn_out out;
    cpn_text text;
} dating;

/* The working day on which a period's task is due; false where the period has none. */
static campaign_status find_due(bool *has_due, int32_t *due, const dating *at, const recurring_rule *rule,
                                const campaign_period *period, campaign_error *error)
{
    int64_t n = 0;
    campaign_status status = campaign_calendar_count_working_days(&n, at->calendar, period->start, period->end, error);
    *has_due = n > 0;
    if (status != CAMPAIGN_OK || n == 0) return status;
    if (rule->every != EVERY_WEEK) {
        int64_t index = rule->on > 0 ? rule->on - 1 : n + rule->on;
        index = index < 0 ? 0 : index >= n ? n - 1 : index;
        return campaign_calendar_add_working_days(due, at->calendar, period->start, index, error);
    }
    status = campaign_calendar_roll(due, at->calendar, period->start + rule->on - 1, CAMPAIGN_ROLL_FORWARD, error);
    if (status == CAMPAIGN_OK && *due >= period->end)
        status = campaign_calendar_roll(due, at->calendar, period->end - 1, CAMPAIGN_ROLL_BACKWARD, error);
    return status;
}

static campaign_status write_row(dating *at, const recurring_rule *rule, const campaign_period *period, int32_t due,
                                 campaign_error *error)
{
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    int32_t start = due;
    campaign_status status = campaign_calendar_day(&info, at->calendar, due, error);
    if (status == CAMPAIGN_OK && rule->duration > 1)
        status = campaign_calendar_add_working_days(&start, at->calendar, due, 1 - (int64_t)rule->duration, error);
    if (status != CAMPAIGN_OK) return status;
    at->text.length = 0;
    cpn_text_add(&at->text, rule->texts[0], rule->lengths[0]);
    cpn_text_add_format(&at->text, "/%s", period->label);
    cpn_out_text(&at->out, TASK, at->text.data, at->text.length);
    for (int32_t i = 0; i < 6; i++) {
        const char *text = rule->texts[i];
        if (!text && i == NAME - RULE)
            cpn_out_text(&at->out, NAME, rule->texts[0], rule->lengths[0]);
        else if (text)
            cpn_out_text(&at->out, RULE + i, text, rule->lengths[i]);
        else
            cpn_out_null(&at->out, RULE + i);
    }
    cpn_out_int64(&at->out, DURATION, rule->duration);
    cpn_out_string(&at->out, UNIT, "working_day");
    cpn_out_string(&at->out, PERIOD, period->label);
    cpn_out_int64(&at->out, START, start);
    cpn_out_int64(&at->out, FINISH, due);
    cpn_out_int64(&at->out, DUE, due);
    cpn_out_int64(&at->out, IS_PROVISIONAL, info.is_provisional);
    cpn_out_string(&at->out, SOURCE, rule->source);
    return CAMPAIGN_OK;
}

static campaign_status date_rule(dating *at, const recurring_rule *rule, campaign_error *error)
{
    static const int32_t kinds[N_EVERY] = { CAMPAIGN_PERIOD_ISO_WEEK, CAMPAIGN_PERIOD_MONTH, CAMPAIGN_PERIOD_QUARTER };
    campaign_period_options options = CAMPAIGN_PERIOD_OPTIONS_INIT;
    campaign_status status = CAMPAIGN_OK;
    options.kind = kinds[rule->every];
    for (int32_t day = at->start_day; day < at->end_day && status == CAMPAIGN_OK;) {
        campaign_period period = CAMPAIGN_PERIOD_INIT;
        bool has_due = false;
        int32_t due = 0;
        status = campaign_calendar_period(&period, day, &options, error);
        if (status == CAMPAIGN_OK) status = find_due(&has_due, &due, at, rule, &period, error);
        if (status == CAMPAIGN_OK && has_due && due >= at->start_day && due < at->end_day)
            status = write_row(at, rule, &period, due, error);
        day = period.end;
    }
    return status;
}

/* ---- The call ---------------------------------------------------------------------------------------------------- */

static campaign_status date_all(dating *at, const campaign_table *rules, bool is_chinese, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    rule_columns columns;
    if (rules) status = find_columns(&columns, rules, error);
    if (rules && status == CAMPAIGN_OK) status = check_ids(&columns, error);
    const int64_t n = rules ? campaign_table_n_rows(rules) : (int64_t)(sizeof usual / sizeof *usual);
    for (int64_t row = 0; row < n && status == CAMPAIGN_OK; row++) {
        recurring_rule rule = { 0 };
        if (rules)
            status = read_rule(&rule, &columns, row, error);
        else
            rule = take_usual(&usual[row], is_chinese);
        if (status == CAMPAIGN_OK) status = date_rule(at, &rule, error);
    }
    return status == CAMPAIGN_OK && at->text.has_failed ? cpn_fail_nomem(error) : status;
}

static campaign_status check_options(campaign_recurring_options *given, const campaign_recurring_options *options,
                                     campaign_error *error)
{
    if (!options) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options", "start_day and end_day are required");
    const campaign_status status = cpn_check_knobs(options, sizeof *given, sizeof *given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(given, sizeof *given, options);
    if (given->reserved) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not 0");
    if (given->end_day <= given->start_day || (int64_t)given->end_day - given->start_day > MOST_DAYS)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.end_day", "%lld days, expected 1 to %d",
                        (long long)given->end_day - given->start_day, MOST_DAYS);
    return CAMPAIGN_OK;
}

campaign_status campaign_plan_recurring(campaign_table **tasks, const campaign_table *rules,
                                        const campaign_recurring_options *options, campaign_error *error)
{
    if (tasks) *tasks = NULL;
    if (!tasks) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "tasks", "tasks is required");
    campaign_recurring_options given = CAMPAIGN_RECURRING_OPTIONS_INIT;
    bool is_chinese = false;
    campaign_calendar *built_in = NULL;
    campaign_status status = check_options(&given, options, error);
    if (status == CAMPAIGN_OK) status = cpn_take_language(&is_chinese, given.language, "options.language", error);
    if (status == CAMPAIGN_OK && !given.calendar) status = campaign_calendar_create(&built_in, NULL, error);
    if (status != CAMPAIGN_OK) return status;
    dating at = { .calendar = given.calendar ? given.calendar : built_in,
                  .start_day = given.start_day,
                  .end_day = given.end_day };
    cpn_out_open(&at.out, schema, N_COLUMNS, NULL, 0);
    status = date_all(&at, rules, is_chinese, error);
    const campaign_status closed = cpn_out_close(tasks, &at.out, status == CAMPAIGN_OK ? error : NULL);
    if (status != CAMPAIGN_OK) {
        campaign_table_free(*tasks);
        *tasks = NULL;
    }
    cpn_text_clear(&at.text);
    campaign_calendar_free(built_in);
    return status == CAMPAIGN_OK ? closed : status;
}
