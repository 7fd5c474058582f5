/* What is told beside the profile: remarks on the history, and the days that were treated. */
#include "forecast/forecast.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const cpn_column_schema notes_schema[] = {
    { "code", CAMPAIGN_TYPE_UTF8, "What kind of remark.", "提示类别。" },
    { "subject", CAMPAIGN_TYPE_UTF8, "Period, window or column it is about.", "所涉期间、窗口或列。" },
    { "message", CAMPAIGN_TYPE_UTF8, "One sentence.", "一句话说明。" },
};

static const cpn_column_schema treated_money[] = {
    { "date", CAMPAIGN_TYPE_DATE, "The day; null where all of a weekday is meant.", "日期；按星期处理时为空。" },
    { "weekday", CAMPAIGN_TYPE_INT32, "1 is Monday.", "星期，1 为周一。" },
    { "kind", CAMPAIGN_TYPE_UTF8, "outlier, closed, closed_in_window, closed_weekday or negative.",
      "类别：异常值、停业、窗口内停业、固定休息日或净退货。" },
    { "value", CAMPAIGN_TYPE_MONEY, "What was sold.", "实际销售额。" },
    { "expected", CAMPAIGN_TYPE_MONEY, "What the fit expects.", "拟合期望值。" },
    { "treated", CAMPAIGN_TYPE_MONEY, "What it counts as; null where the day is left out.", "计入的值；剔除时为空。" },
    { "message", CAMPAIGN_TYPE_UTF8, "One sentence.", "一句话说明。" },
};
static const cpn_column_schema treated_number[] = {
    { "date", CAMPAIGN_TYPE_DATE, "The day; null where all of a weekday is meant.", "日期；按星期处理时为空。" },
    { "weekday", CAMPAIGN_TYPE_INT32, "1 is Monday.", "星期，1 为周一。" },
    { "kind", CAMPAIGN_TYPE_UTF8, "outlier, closed, closed_in_window, closed_weekday or negative.",
      "类别：异常值、停业、窗口内停业、固定休息日或净退货。" },
    { "value", CAMPAIGN_TYPE_FLOAT64, "What was sold.", "实际销售。" },
    { "expected", CAMPAIGN_TYPE_FLOAT64, "What the fit expects.", "拟合期望值。" },
    { "treated", CAMPAIGN_TYPE_FLOAT64, "What it counts as; null where the day is left out.",
      "计入的值；剔除时为空。" },
    { "message", CAMPAIGN_TYPE_UTF8, "One sentence.", "一句话说明。" },
};

void cpn_remarks_open(cpn_remarks *remarks, const cpn_season_knobs *knobs, const cpn_sales *sales)
{
    remarks->is_chinese = knobs->is_chinese;
    remarks->is_money = sales->value.type == CAMPAIGN_TYPE_MONEY;
    cpn_out_open(&remarks->notes, notes_schema, COUNT(notes_schema), NULL, 0);
    cpn_out_open(&remarks->treated, remarks->is_money ? treated_money : treated_number, COUNT(treated_money),
                 sales->value.currency, sales->value.exponent);
}

void cpn_note(cpn_remarks *remarks, const char *code, const char *subject, const char *en, const char *zh, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, zh);
    (void)vsnprintf(message, sizeof message, remarks->is_chinese ? zh : en, arguments);
    va_end(arguments);
    cpn_out_string(&remarks->notes, 0, code);
    cpn_out_string(&remarks->notes, 1, subject);
    cpn_out_text(&remarks->notes, 2, message, cpn_utf8_valid(message, strlen(message)));
}

/* The nearest whole minor unit; null for what is no number or beyond 64 bits. */
static void write_value(cpn_remarks *remarks, int32_t column, double value)
{
    const double limit = 9e18;
    if (!(value >= -limit && value <= limit))
        cpn_out_null(&remarks->treated, column);
    else if (remarks->is_money)
        cpn_out_int64(&remarks->treated, column, (int64_t)(value < 0 ? value - 0.5 : value + 0.5));
    else
        cpn_out_float64(&remarks->treated, column, value);
}

void cpn_treat(cpn_remarks *remarks, const cpn_treated *treated)
{
    cpn_out *out = &remarks->treated;
    if (treated->day == INT32_MIN)
        cpn_out_null(out, 0);
    else
        cpn_out_int64(out, 0, treated->day);
    cpn_out_int64(out, 1, treated->weekday ? treated->weekday : cpn_weekday(treated->day));
    cpn_out_string(out, 2, treated->kind);
    write_value(remarks, 3, treated->value);
    write_value(remarks, 4, treated->expected);
    write_value(remarks, 5, treated->treated);
    cpn_out_string(out, 6, remarks->is_chinese ? treated->zh : treated->en);
}

void cpn_remarks_close(cpn_remarks *remarks)
{
    campaign_table_builder_free(remarks->notes.builder);
    campaign_table_builder_free(remarks->treated.builder);
    remarks->notes.builder = remarks->treated.builder = NULL;
}
