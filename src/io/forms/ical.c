/* A plan as a calendar to subscribe to (RFC 5545), by libical: which tables, in which frame. */
#include "io/forms/ical.h"

#include <stdlib.h>
#include <string.h>

#include "io/file.h"
#if defined(CAMPAIGN_HAS_ICAL)
#include <libical/ical.h>

enum { MOST_ALARM_DAYS = 366, MOST_OFFSET = 14 * 60 };
static const int64_t FIRST_SECOND = INT64_C(-62135596800), LAST_SECOND = INT64_C(253402300799); /* years 1 to 9999 */

static campaign_status check_options(const campaign_ical_options *options, campaign_error *error)
{
    if (!options->has_stamp)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "stamp_seconds",
                           "stamp_seconds is required, with has_stamp: this library reads no clock");
    if (options->stamp_seconds < FIRST_SECOND || options->stamp_seconds > LAST_SECOND)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "stamp_seconds",
                           "stamp_seconds is %lld, outside the years 1 to 9999", (long long)options->stamp_seconds);
    if (options->sequence < 0)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "sequence", "sequence is %ld, expected 0 or more",
                           (long)options->sequence);
    if (options->alarm_days < 0 || options->alarm_days > MOST_ALARM_DAYS)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "alarm_days", "alarm_days is %ld, expected 0 to %d",
                           (long)options->alarm_days, MOST_ALARM_DAYS);
    if (options->utc_offset_minutes < -MOST_OFFSET || options->utc_offset_minutes > MOST_OFFSET)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "utc_offset_minutes",
                           "utc_offset_minutes is %ld, expected %d to %d", (long)options->utc_offset_minutes,
                           -MOST_OFFSET, MOST_OFFSET);
    return CAMPAIGN_OK;
}

static campaign_status check_text(const char *text, const char *where, campaign_error *error)
{
    if (!text) return CAMPAIGN_OK;
    const size_t length = strlen(text);
    bool is_plain = length > 0 && cpn_io_utf8_valid(text, length) == length;
    for (size_t i = 0; i < length && is_plain; i++) is_plain = (unsigned char)text[i] >= 0x20 && text[i] != 0x7F;
    if (is_plain) return CAMPAIGN_OK;
    return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, where, "%s must be text in UTF-8 without control characters",
                       where);
}

static campaign_status take_options(cpn_ical_writer *writer, const campaign_ical_options *options,
                                    campaign_error *error)
{
    campaign_ical_options *ours = &writer->options;
    campaign_status status = cpn_io_take_knobs(ours, sizeof *ours, options, "options", error);
    if (status == CAMPAIGN_OK) status = check_options(ours, error);
    if (status == CAMPAIGN_OK) status = check_text(ours->plan_id, "plan_id", error);
    if (status == CAMPAIGN_OK) status = check_text(ours->name, "name", error);
    if (status == CAMPAIGN_OK) status = cpn_form_take_language(&writer->is_chinese, ours->language, error);
    writer->plan_id = ours->plan_id ? ours->plan_id : "plan";
    return status;
}

/* A table of the plan, NULL where plans of this kind have none of that name. */
static campaign_status take_table(campaign_table **table, const campaign_plan *plan, const char *name,
                                  campaign_error *error)
{
    campaign_error own = { 0 };
    const campaign_status status = campaign_plan_table(table, plan, name, &own);
    if (status == CAMPAIGN_OK || status == CAMPAIGN_E_UNKNOWN) return CAMPAIGN_OK;
    if (error) *error = own;
    return status;
}

static campaign_status take_tables(cpn_ical_writer *writer, const campaign_plan *plan, campaign_error *error)
{
    campaign_status status = take_table(&writer->campaigns, plan, "campaigns", error);
    if (status == CAMPAIGN_OK) status = take_table(&writer->phases, plan, "phases", error);
    if (status == CAMPAIGN_OK) status = take_table(&writer->deadlines, plan, "deadlines", error);
    if (status == CAMPAIGN_OK && !writer->options.tasks) status = take_table(&writer->tasks, plan, "tasks", error);
    const campaign_table *given = writer->options.tasks;
    if (status == CAMPAIGN_OK && given)
        status = campaign_table_slice(&writer->tasks, given, 0, campaign_table_n_rows(given), error);
    return status;
}

static bool add(icalcomponent *calendar, icalproperty *property)
{
    if (property) icalcomponent_add_property(calendar, property);
    return property != NULL;
}

static bool add_named(icalcomponent *calendar, const char *name, const char *value)
{
    icalproperty *property = icalproperty_new_x(value);
    if (property) icalproperty_set_x_name(property, name);
    return add(calendar, property);
}

static campaign_status start(cpn_ical_writer *writer, campaign_error *error)
{
    const char *name = writer->options.name ? writer->options.name : writer->is_chinese ? "活动计划" : "Campaign plan";
    icalcomponent *calendar = writer->calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
    const bool is_fine = calendar && add(calendar, icalproperty_new_version("2.0")) &&
                         add(calendar, icalproperty_new_prodid("-//libcampaign//forms//EN")) &&
                         add(calendar, icalproperty_new_calscale("GREGORIAN")) &&
                         add(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH)) &&
                         add(calendar, icalproperty_new_name(name)) && add_named(calendar, "X-WR-CALNAME", name);
    return is_fine ? CAMPAIGN_OK : cpn_io_fail_nomem(error);
}

static campaign_status save(const cpn_ical_writer *writer, const char *path, campaign_error *error)
{
    char *text = icalcomponent_as_ical_string_r(writer->calendar);
    if (!text) return cpn_io_fail_nomem(error);
    const campaign_status status = cpn_io_write_file(path, text, strlen(text), error);
    icalmemory_free_buffer(text);
    return status;
}

campaign_status campaign_io_write_ical(const char *path, const campaign_plan *plan,
                                       const campaign_ical_options *options, campaign_error *error)
{
    if (!path || !plan)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, path ? "plan" : "path", "path and plan are required");
    cpn_ical_writer writer = { 0 };
    campaign_status status = take_options(&writer, options, error);
    if (status == CAMPAIGN_OK) status = cpn_ical_check_tasks(writer.options.tasks, error);
    if (status == CAMPAIGN_OK) status = take_tables(&writer, plan, error);
    if (status == CAMPAIGN_OK) status = start(&writer, error);
    if (status == CAMPAIGN_OK) status = cpn_ical_add_tables(&writer, error);
    if (status == CAMPAIGN_OK) status = save(&writer, path, error);
    if (writer.calendar) icalcomponent_free(writer.calendar);
    campaign_table_free(writer.campaigns);
    campaign_table_free(writer.phases);
    campaign_table_free(writer.deadlines);
    campaign_table_free(writer.tasks);
    return status;
}
#else
campaign_status campaign_io_write_ical(const char *path, const campaign_plan *plan,
                                       const campaign_ical_options *options, campaign_error *error)
{
    (void)plan;
    (void)options;
    return cpn_io_fail(error, CAMPAIGN_E_UNSUPPORTED, -1, path,
                       "this build of libcampaign-io has no libical, so it writes no calendars");
}
#endif
