/* Response windows on the working calendar, RR1, RR3, RR5 and RR7: which days each stage has. */
#include "execution/rapid_response/rapid.h"

static bool is_provisional(const cpn_rapid *rapid, int32_t day)
{
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    return campaign_calendar_day(&info, rapid->calendar, day, NULL) == CAMPAIGN_OK && info.is_provisional;
}

campaign_status cpn_rapid_working_day(int32_t *day, cpn_rapid *rapid, int32_t from, int64_t n, campaign_error *error)
{
    const campaign_status status = campaign_calendar_add_working_days(day, rapid->calendar, from, n, error);
    if (status == CAMPAIGN_OK && is_provisional(rapid, *day)) rapid->is_provisional = true;
    return status;
}

/* Windows that leave the years are the fault of the day that they count from. */
static campaign_status tell_day(campaign_status status, bool is_review, campaign_error *error)
{
    if (status != CAMPAIGN_E_OVERFLOW) return status;
    return cpn_fail(error, status, is_review ? "finish" : "start",
                    "working days counted from the %s lead outside the years 1 to 9999",
                    is_review ? "finish" : "start");
}

static campaign_status set_window(cpn_rapid *rapid, cpn_rapid_window *window, int32_t anchor, campaign_error *error)
{
    campaign_status status = cpn_rapid_working_day(&window->first, rapid, anchor, window->first_step, error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_working_day(&window->due, rapid, anchor, window->last_step, error);
    window->is_provisional =
        status == CAMPAIGN_OK &&
        (is_provisional(rapid, anchor) || is_provisional(rapid, window->first) || is_provisional(rapid, window->due));
    rapid->is_provisional = rapid->is_provisional || window->is_provisional;
    return status;
}

campaign_status cpn_rapid_windows_set(cpn_rapid *rapid, campaign_error *error)
{
    cpn_rapid_window *windows = rapid->request.windows;
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i <= CPN_STAGE_CONTACT && status == CAMPAIGN_OK; i++)
        status = set_window(rapid, &windows[i], rapid->request.start, error);
    if (status != CAMPAIGN_OK) return tell_day(status, false, error);
    status = set_window(rapid, &windows[CPN_STAGE_REVIEW], rapid->request.finish, error);
    if (status != CAMPAIGN_OK) return tell_day(status, true, error);
    cpn_rapid_window *execution = &windows[CPN_STAGE_EXECUTION];
    execution->first = rapid->request.start;
    execution->due = rapid->request.finish;
    execution->is_provisional = is_provisional(rapid, execution->first) || is_provisional(rapid, execution->due);
    const cpn_rapid_window *contact = &windows[CPN_STAGE_CONTACT];
    rapid->n_days = contact->last_step - contact->first_step + 1;
    return CAMPAIGN_OK;
}

/* ---- Out --------------------------------------------------------------------------------------------------------- */

static const cpn_column_schema schema[] = {
    { "stage", CAMPAIGN_TYPE_UTF8, "Stage as a code.", "环节代码。" },
    { "name", CAMPAIGN_TYPE_UTF8, "Its name.", "环节名称。" },
    { "anchor", CAMPAIGN_TYPE_UTF8, "start or finish: what days count from.", "起算日：start 开始，finish 结束。" },
    { "first_step", CAMPAIGN_TYPE_INT64, "First working day after the anchor.", "起算日后的首个工作日序号。" },
    { "last_step", CAMPAIGN_TYPE_INT64, "Last working day after the anchor.", "起算日后的最后工作日序号。" },
    { "first", CAMPAIGN_TYPE_DATE, "First day.", "首日。" },
    { "due", CAMPAIGN_TYPE_DATE, "Last day.", "截止日。" },
    { "is_provisional", CAMPAIGN_TYPE_BOOL, "Holidays of the year are not announced.", "所在年份的放假安排尚未公布。" },
    { "source", CAMPAIGN_TYPE_UTF8, "Row of the handbook.", "手册编号。" },
};

static const struct {
    const char *id, *en, *zh, *source;
} stages[] = {
    { "kickoff", "Kick-off of 15 minutes", "15 分钟启动会", "RR1" },
    { "screening", "Customers screened, tasks allocated", "客户筛选与任务分配", "RR1" },
    { "plan", "Response plan issued", "方案下发", "RR3" },
    { "contact", "First contact with every customer", "首轮客户触达", "RR5" },
    { "execution", "Campaign runs", "活动执行", "RR5" },
    { "review", "Review", "复盘", "RR7" },
};

campaign_status cpn_rapid_write_windows(campaign_table **table, const cpn_rapid *rapid, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), NULL, 0);
    for (int32_t i = 0; i < CPN_RAPID_STAGES; i++) {
        const cpn_rapid_window *window = &rapid->request.windows[i];
        const bool is_counted = i != CPN_STAGE_EXECUTION;
        cpn_out_string(&out, 0, stages[i].id);
        cpn_out_string(&out, 1, rapid->request.is_chinese ? stages[i].zh : stages[i].en);
        cpn_out_string(&out, 2, i == CPN_STAGE_REVIEW ? "finish" : "start");
        cpn_out_optional_int64(&out, 3, window->first_step, is_counted);
        cpn_out_optional_int64(&out, 4, window->last_step, is_counted);
        cpn_out_int64(&out, 5, window->first);
        cpn_out_int64(&out, 6, window->due);
        cpn_out_int64(&out, 7, window->is_provisional);
        cpn_out_string(&out, 8, stages[i].source);
    }
    return cpn_out_close(table, &out, error);
}
