/* The table of days: what each day of the plan's year weighs and is to bring. With it the leaves of the targets can be
 * split by day again, from the document alone. */
#include <string.h>

#include "plan/table_columns.h"
#include "plan/targets.h"

static const cpn_field day_columns[] = {
    COLUMN("date", DATE, "Day.", "日期。"),
    COLUMN("weight", INT, "By which the finest targets go to it, against the other days of their period.",
           "最细目标分到当日的权重，与同期间其他日比较。"),
    COLUMN("kind", TEXT, "working, weekend, swapped or statutory.",
           "working 工作日、weekend 周末、swapped 调休、statutory 法定节假日。"),
    NULLABLE("window", TEXT, "Windows of the seasons that hold it, joined by +.", "所在的季节窗口，以 + 连接。"),
    COLUMN("target", MONEY, "Target of all cells on that day.", "当日全部目标。"),
};
const cpn_record cpn_plan_days_columns = { FIELDS(day_columns), false, "Weight and target of every day.",
                                           "每日的权重与目标。" };

static const char *kind_name(int32_t kind)
{
    switch (kind) {
    case CAMPAIGN_DAY_WEEKEND: return "weekend";
    case CAMPAIGN_DAY_SWAPPED: return "swapped";
    case CAMPAIGN_DAY_STATUTORY: return "statutory";
    default: return "working";
    }
}

campaign_status cpn_plan_days_table(campaign_table **table, const cpn_plan_targets *targets,
                                    const cpn_plan_request *request, const campaign_table *seasons,
                                    const campaign_calendar *calendar, campaign_error *error)
{
    cpn_out out;
    campaign_status status = CAMPAIGN_OK;
    const int32_t window = campaign_table_find(seasons, "window");
    cpn_plan_table_open(&out, CPN_PLAN_DAYS, request);
    for (int32_t i = 0; i < request->end_day - request->start_day && status == CAMPAIGN_OK; i++) {
        campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
        size_t length = 0;
        const char *text = campaign_table_text(seasons, window, i, &length);
        status = campaign_calendar_day(&info, calendar, request->start_day + i, error);
        cpn_out_int64(&out, 0, request->start_day + i);
        cpn_out_int64(&out, 1, targets->day_weights[i]);
        cpn_out_string(&out, 2, kind_name(info.kind));
        if (text)
            cpn_out_text(&out, 3, text, length);
        else
            cpn_out_null(&out, 3);
        cpn_out_int64(&out, 4, targets->day_minor[i]);
    }
    return cpn_plan_table_close(table, &out, status, error);
}
