/* Overlays: documents that say what kind of day a day is. Two shapes are read, our own and that of the holiday-cn project
 * (one file per year of notices), which many tools write. */
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"
#include "calendar/calendar.h"

static const char *const weekday_words[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };

/* In the order of the CAMPAIGN_DAY_… kinds, which start with 1. */
static const char *const kind_words[] = { "working", "weekend", "swapped", "statutory", NULL };

static const cpn_field day_fields[] = {
    { .name = "date", .type = CPN_FIELD_DATE, .is_required = true, .en = "the day", .zh = "日期" },
    { .name = "kind",
      .type = CPN_FIELD_ENUM,
      .is_required = true,
      .choices = kind_words,
      .en = "what kind of day it is; a working day that the week has off is a make-up day",
      .zh =
          "日期类型：working 工作日（落在周末即为调休上班日）、weekend 周末、swapped 调休放假、statutory 法定节假日" },
    { .name = "name", .type = CPN_FIELD_TEXT, .fallback = "", .en = "name of the holiday", .zh = "节日名称" },
    { .name = "name_en", .type = CPN_FIELD_TEXT, .fallback = "", .en = "its English name", .zh = "节日英文名称" },
};
static const cpn_record day_record = {
    .fields = day_fields,
    .n_fields = sizeof day_fields / sizeof *day_fields,
    .en = "a day that is not as the week has it",
    .zh = "与每周规律不同的一天",
};

static const cpn_field overlay_fields[] = {
    { .name = "name", .type = CPN_FIELD_TEXT, .en = "what the overlay is", .zh = "本日历的说明" },
    { .name = "region", .type = CPN_FIELD_TEXT, .en = "region the calendar then stands for", .zh = "日历所属地区" },
    { .name = "weekend",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_ENUM,
      .choices = weekday_words,
      .en = "days of the week that are off; without it they stay as they are",
      .zh = "每周休息日；不填则保持不变" },
    { .name = "years",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_INT,
      .en = "years whose holidays are complete with this overlay: no longer provisional",
      .zh = "本文件已列全节假日的年份，这些年份不再标记为暂定" },
    { .name = "days",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &day_record,
      .en = "the days",
      .zh = "日期列表" },
};
static const cpn_record overlay_record = {
    .fields = overlay_fields,
    .n_fields = sizeof overlay_fields / sizeof *overlay_fields,
    .en = "days and weeks laid over a calendar",
    .zh = "叠加在日历上的日期与周休规则",
};
const cpn_document_kind cpn_calendar_overlay_kind = {
    .schema = "campaign/calendar_overlay/1",
    .record = &overlay_record,
    .en = "a calendar overlay: holidays, make-up working days and the days of the week that are off",
    .zh = "日历叠加文件：节假日、调休上班日与每周休息日",
};

static const cpn_field notice_day_fields[] = {
    { .name = "name", .type = CPN_FIELD_TEXT, .is_required = true, .en = "holiday", .zh = "节日名称" },
    { .name = "date", .type = CPN_FIELD_DATE, .is_required = true, .en = "the day", .zh = "日期" },
    { .name = "isOffDay", .type = CPN_FIELD_BOOL, .is_required = true, .en = "off or worked", .zh = "是否放假" },
};
static const cpn_record notice_day_record = {
    .fields = notice_day_fields,
    .n_fields = sizeof notice_day_fields / sizeof *notice_day_fields,
    .allows_unknown = true,
    .en = "a day that a notice names",
    .zh = "放假通知列出的一天",
};
static const cpn_field notice_fields[] = {
    { .name = "year",
      .type = CPN_FIELD_INT,
      .minimum = "1",
      .maximum = "9999",
      .en = "year of the notice; without it every year with days off in both its halves",
      .zh = "通知年份；不填则指上下半年都有放假日的年份" },
    { .name = "days",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .is_required = true,
      .record = &notice_day_record,
      .en = "the days it names",
      .zh = "通知列出的日期" },
};
static const cpn_record notice_record = {
    .fields = notice_fields,
    .n_fields = sizeof notice_fields / sizeof *notice_fields,
    .allows_unknown = true,
    .en = "a year's notices in the holiday-cn shape",
    .zh = "holiday-cn 格式的年度放假数据",
};

/* A day as a document says it, with its place. */
typedef struct said_day {
    int32_t day, says;
    const cpn_json_value *value;
} said_day;

static int by_day(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const said_day *first = a, *second = b;
    return (first->day > second->day) - (first->day < second->day);
}

/* One document may repeat a day but not say two things of it. */
static campaign_status check_contradictions(said_day *days, int64_t n_days, campaign_error *error)
{
    if (!cpn_sort(days, n_days, sizeof *days, by_day, NULL)) return cpn_fail_nomem(error);
    for (int64_t i = 1; i < n_days; i++) {
        if (days[i].day != days[i - 1].day || days[i].says == days[i - 1].says) continue;
        char date[CAMPAIGN_DATE_TEXT];
        (void)campaign_date_format(date, days[i].day);
        return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, days[i].value,
                             "%s stands twice, with another kind at line %lld column %lld", date,
                             (long long)days[i - 1].value->line, (long long)days[i - 1].value->column);
    }
    return CAMPAIGN_OK;
}

static int32_t what_is_said(const cpn_json_value *day, bool is_notice)
{
    if (!is_notice) return cpn_get_enum(day, &day_record, "kind") + CAMPAIGN_DAY_WORKING;
    return cpn_get_bool(day, &notice_day_record, "isOffDay") ? CPN_SAYS_OFF : CAMPAIGN_DAY_WORKING;
}

static campaign_status tell_days(campaign_calendar *calendar, const cpn_json_value *list, bool is_notice,
                                 campaign_error *error)
{
    if (!list) return CAMPAIGN_OK;
    const cpn_record *record = is_notice ? &notice_day_record : &day_record;
    said_day *days = cpn_alloc(list->n_children, sizeof *days);
    if (!days) return cpn_fail_nomem(error);
    campaign_status status = CAMPAIGN_OK;
    int64_t n_days = 0;
    for (const cpn_json_value *item = list->first; item && status == CAMPAIGN_OK; item = item->next) {
        const said_day day = { cpn_get_date(item, record, "date"), what_is_said(item, is_notice), item };
        const char *name = cpn_get_text(item, record, "name");
        const char *name_en = is_notice ? "" : cpn_get_text(item, record, "name_en");
        if (!cpn_tell_day(&calendar->special, day.day, day.says, name, name_en)) status = cpn_fail_nomem(error);
        days[n_days++] = day;
    }
    if (status == CAMPAIGN_OK) status = check_contradictions(days, n_days, error);
    cpn_free(days);
    return status;
}

static campaign_status confirm_years(campaign_calendar *calendar, const cpn_json_value *years, campaign_error *error)
{
    for (const cpn_json_value *item = years ? years->first : NULL; item; item = item->next) {
        int64_t year = 0;
        if (!cpn_parse_int64(&year, item->text, item->length) || year < 1 || year >= CPN_END_YEAR)
            return cpn_json_fail(error, CAMPAIGN_E_VALUE, item, "year %s is not within 1 to 9999", item->text);
        cpn_confirm_year(calendar, (int32_t)year);
    }
    return CAMPAIGN_OK;
}

static campaign_status apply_overlay(campaign_calendar *calendar, const cpn_json_value *root, campaign_error *error)
{
    const cpn_json_value *weekend = cpn_get(root, "weekend"), *region = cpn_get(root, "region");
    if (region) calendar->region = region->text;
    if (weekend) calendar->rest_days = 0;
    for (const cpn_json_value *item = weekend ? weekend->first : NULL; item; item = item->next)
        for (int32_t i = 0; weekday_words[i]; i++)
            if (strcmp(item->text, weekday_words[i]) == 0) calendar->rest_days |= (uint8_t)(1 << (i + 1));
    const campaign_status status = confirm_years(calendar, cpn_get(root, "years"), error);
    if (status != CAMPAIGN_OK) return status;
    return tell_days(calendar, cpn_get(root, "days"), false, error);
}

/* The years of a list of days that names none: those with days off in both halves, as the holidays of a whole year have
 * (New Year's Day, National Day). A few days of one season or of the December before do not make a year. */
static void confirm_whole_years(campaign_calendar *calendar, const cpn_json_value *days)
{
    uint8_t halves[2][CPN_END_YEAR / 8] = { { 0 } }; /* a bit per year with a day off in that half */
    for (const cpn_json_value *item = days->first; item; item = item->next) {
        if (!cpn_get_bool(item, &notice_day_record, "isOffDay")) continue;
        const cpn_civil date = cpn_civil_from_day(cpn_get_date(item, &notice_day_record, "date"));
        const int32_t place = date.year / 8;
        halves[date.month > 6][place] |= (uint8_t)(1 << date.year % 8);
        if ((halves[0][place] & halves[1][place]) >> date.year % 8 & 1) cpn_confirm_year(calendar, date.year);
    }
}

/* A year's file that lists no day is a notice that is not out yet, and confirms nothing. */
static campaign_status apply_notice(campaign_calendar *calendar, const cpn_json_value *root, campaign_error *error)
{
    const cpn_json_value *days = cpn_get(root, "days");
    if (!cpn_get(root, "year"))
        confirm_whole_years(calendar, days);
    else if (days->n_children > 0)
        cpn_confirm_year(calendar, (int32_t)cpn_get_int(root, &notice_record, "year"));
    return tell_days(calendar, days, true, error);
}

/* Reads either shape and says which it is. */
static campaign_status read_either(cpn_json **document, bool *is_notice, const char *text, size_t length,
                                   campaign_error *error)
{
    campaign_status status = cpn_json_read(document, text, length, error);
    if (status != CAMPAIGN_OK) return status;
    const cpn_json_value *root = cpn_json_root(*document);
    *is_notice = root->kind == CPN_JSON_OBJECT && !cpn_json_member(root, "schema");
    if (*is_notice && !cpn_json_member(root, "days"))
        status =
            cpn_json_fail(error, CAMPAIGN_E_MISSING, root, "neither \"schema\": \"%s\" nor the \"days\" of holiday-cn",
                          cpn_calendar_overlay_kind.schema);
    else if (*is_notice)
        status = cpn_document_check(root, &notice_record, error);
    else
        status = cpn_document_check_kind(root, &cpn_calendar_overlay_kind, error);
    if (status != CAMPAIGN_OK) {
        cpn_json_free(*document);
        *document = NULL;
    }
    return status;
}

campaign_status cpn_read_overlay(campaign_calendar *calendar, const char *text, size_t length, int32_t index,
                                 campaign_error *error)
{
    (void)index;
    cpn_json *document = NULL;
    bool is_notice = false;
    campaign_status status = read_either(&document, &is_notice, text, length, error);
    if (status == CAMPAIGN_OK) status = cpn_keep_document(calendar, document, error);
    if (status != CAMPAIGN_OK) return status;
    const cpn_json_value *root = cpn_json_root(document);
    return is_notice ? apply_notice(calendar, root, error) : apply_overlay(calendar, root, error);
}
