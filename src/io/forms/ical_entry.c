/* Hands one entry to libical: an event, a to-do where asked, an alarm for what is due. */
#if defined(CAMPAIGN_HAS_ICAL)
#include <libical/ical.h>
#include <stdlib.h>

#include "io/forms/ical.h"

enum { ALARM_HOUR = 9, HALF_HOUR = 1800, HOURS_PER_DAY = 24, SECONDS_PER_DAY = 86400 };

static icaltimetype day_time(int32_t day)
{
    int32_t year, month, day_of_month;
    struct icaltimetype time = icaltime_null_date();
    cpn_form_civil(&year, &month, &day_of_month, day);
    time.year = year, time.month = month, time.day = day_of_month;
    return time;
}

static icaltimetype utc_time(int64_t seconds)
{
    const int64_t day = seconds >= 0 ? seconds / SECONDS_PER_DAY : -((SECONDS_PER_DAY - 1 - seconds) / SECONDS_PER_DAY);
    const int64_t rest = seconds - day * SECONDS_PER_DAY;
    struct icaltimetype time = day_time((int32_t)day);
    time.is_date = 0;
    time.hour = (int)(rest / 3600), time.minute = (int)(rest / 60 % 60), time.second = (int)(rest % 60);
    time.zone = icaltimezone_get_utc_timezone();
    return time;
}

/* Adds a property, which is NULL where libical found no memory. */
static bool add(icalcomponent *component, icalproperty *property)
{
    if (!property) return false;
    icalcomponent_add_property(component, property);
    return true;
}

static const char *text_of(const cpn_io_text *text)
{
    return text->data ? text->data : "";
}

static bool add_common(icalcomponent *component, const cpn_ical_writer *writer, const cpn_ical_entry *entry)
{
    const icaltimetype stamp = utc_time(writer->options.stamp_seconds);
    bool is_fine = add(component, icalproperty_new_dtstamp(stamp)) &&
                   add(component, icalproperty_new_lastmodified(stamp)) &&
                   add(component, icalproperty_new_sequence(writer->options.sequence)) &&
                   add(component, icalproperty_new_summary(text_of(&entry->summary))) &&
                   add(component, icalproperty_new_categories(entry->category));
    if (is_fine && entry->subject) is_fine = add(component, icalproperty_new_categories(entry->subject));
    if (is_fine && entry->description.length)
        is_fine = add(component, icalproperty_new_description(text_of(&entry->description)));
    if (is_fine && entry->parent.length) is_fine = add(component, icalproperty_new_relatedto(text_of(&entry->parent)));
    return is_fine;
}

/* At nine in the morning alarm_days before an all-day entry, or as many hours before a moment. */
static bool add_alarm(icalcomponent *component, const cpn_ical_writer *writer, const cpn_ical_entry *entry)
{
    const int32_t days = writer->options.alarm_days ? writer->options.alarm_days : 1;
    struct icaltriggertype trigger = { 0 };
    icalcomponent *alarm = icalcomponent_new(ICAL_VALARM_COMPONENT);
    if (!alarm) return false;
    trigger.time = icaltime_null_time();
    trigger.duration = icaldurationtype_from_int(
        -(entry->has_moment ? days * SECONDS_PER_DAY : (days * HOURS_PER_DAY - ALARM_HOUR) * 3600));
    const bool is_fine = add(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY)) &&
                         add(alarm, icalproperty_new_description(text_of(&entry->summary))) &&
                         add(alarm, icalproperty_new_trigger(trigger));
    icalcomponent_add_component(component, alarm);
    return is_fine;
}

static bool fill_event(icalcomponent *event, const cpn_ical_writer *writer, const cpn_ical_entry *entry)
{
    bool is_fine = add(event, icalproperty_new_uid(text_of(&entry->uid))) && add_common(event, writer, entry);
    if (is_fine && entry->has_moment)
        /* The half hour up to the moment: programs do not agree on events without a length. */
        is_fine = add(event, icalproperty_new_dtstart(utc_time(entry->moment - HALF_HOUR))) &&
                  add(event, icalproperty_new_dtend(utc_time(entry->moment)));
    else if (is_fine)
        is_fine = add(event, icalproperty_new_dtstart(day_time(entry->first))) &&
                  add(event, icalproperty_new_dtend(day_time(entry->end)));
    if (is_fine) is_fine = add(event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
    if (is_fine) is_fine = add(event, icalproperty_new_status(ICAL_STATUS_CONFIRMED));
    const bool has_alarm = entry->kind == CPN_ICAL_DEADLINE && !entry->is_done && !writer->options.omits_alarms;
    return is_fine && (!has_alarm || add_alarm(event, writer, entry));
}

static bool fill_todo(icalcomponent *todo, const cpn_ical_writer *writer, const cpn_ical_entry *entry, const char *uid)
{
    const icalproperty_status status = entry->is_done    ? ICAL_STATUS_COMPLETED
                                       : entry->is_doing ? ICAL_STATUS_INPROCESS
                                                         : ICAL_STATUS_NEEDSACTION;
    return add(todo, icalproperty_new_uid(uid)) && add_common(todo, writer, entry) &&
           (entry->has_moment ? add(todo, icalproperty_new_due(utc_time(entry->moment)))
                              : add(todo, icalproperty_new_due(day_time(entry->first)))) &&
           add(todo, icalproperty_new_status(status));
}

static campaign_status add_todo(cpn_ical_writer *writer, const cpn_ical_entry *entry, campaign_error *error)
{
    cpn_io_text uid = { 0 };
    icalcomponent *todo = icalcomponent_new(ICAL_VTODO_COMPONENT);
    cpn_io_add(&uid, "todo/", 5);
    cpn_io_add(&uid, text_of(&entry->uid), (size_t)entry->uid.length);
    const bool is_fine = todo && !uid.has_failed && fill_todo(todo, writer, entry, uid.data);
    if (todo) icalcomponent_add_component(writer->calendar, todo);
    free(uid.data);
    return is_fine ? CAMPAIGN_OK : cpn_io_fail_nomem(error);
}

campaign_status cpn_ical_add(cpn_ical_writer *writer, const cpn_ical_entry *entry, campaign_error *error)
{
    icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    if (!event) return cpn_io_fail_nomem(error);
    const bool is_fine = fill_event(event, writer, entry);
    icalcomponent_add_component(writer->calendar, event);
    if (!is_fine) return cpn_io_fail_nomem(error);
    const bool has_todo = writer->options.writes_todos && entry->kind == CPN_ICAL_DEADLINE;
    return has_todo ? add_todo(writer, entry, error) : CAMPAIGN_OK;
}
#else
typedef int cpn_ical_is_not_built; /* a file of C has at least one declaration */
#endif
