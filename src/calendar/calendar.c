/* The calendar's handle: what it is made of, in which order, and the checks its functions share. */
#include "calendar/calendar.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "calendar/nodes.h"

static const char ellipsis[] = "…";
enum { SATURDAY_AND_SUNDAY = 1 << 6 | 1 << 7, MOST_DOCUMENTS = 10000 };

campaign_status cpn_check_day(int32_t day, const char *where, campaign_error *error)
{
    if (day >= CAMPAIGN_DAY_MIN && day <= CAMPAIGN_DAY_MAX) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_VALUE, where, "day %ld is outside the years 1 to 9999", (long)day);
}

campaign_status cpn_check_range(int32_t first_day, int32_t end_day, campaign_error *error)
{
    const campaign_status status = cpn_check_day(first_day, "first_day", error);
    if (status != CAMPAIGN_OK) return status;
    if (end_day > CPN_END_DAY)
        return cpn_fail(error, CAMPAIGN_E_VALUE, "end_day", "day %ld is outside the years 1 to 9999", (long)end_day);
    if (end_day < first_day)
        return cpn_fail(error, CAMPAIGN_E_VALUE, "end_day", "the range ends with day %ld before it begins with day %ld",
                        (long)end_day, (long)first_day);
    return CAMPAIGN_OK;
}

campaign_status cpn_place_in_document(campaign_status status, const char *list, int32_t index, campaign_error *error)
{
    if (status == CAMPAIGN_OK || status == CAMPAIGN_E_NOMEM || !error) return status;
    const campaign_error inner = *error;
    char prefix[32], where[sizeof inner.where + sizeof prefix + sizeof ellipsis];
    (void)snprintf(prefix, sizeof prefix, "%s[%ld]%s", list, (long)index, inner.where[0] ? ": " : "");
    const size_t length = strlen(inner.where), room = sizeof inner.where - 1 - strlen(prefix);
    size_t from = length > room ? length - room + strlen(ellipsis) : 0; /* a path loses its front, never its end */
    while (((unsigned char)inner.where[from] & 0xC0) == 0x80) from++;
    (void)snprintf(where, sizeof where, "%s%s%s", prefix, from ? ellipsis : "", inner.where + from);
    return cpn_fail_row(error, status, inner.row, where, "%s", inner.message);
}

campaign_status cpn_keep_document(campaign_calendar *calendar, cpn_json *document, campaign_error *error)
{
    cpn_json **documents = cpn_resize(calendar->documents, calendar->n_documents + 1, sizeof *documents);
    if (!documents) {
        cpn_json_free(document);
        return cpn_fail_nomem(error);
    }
    calendar->documents = documents;
    documents[calendar->n_documents++] = document;
    return CAMPAIGN_OK;
}

static campaign_status check_options(const campaign_calendar_options *options, campaign_error *error)
{
    if (options->n_overlays < 0 || options->n_overlays > MOST_DOCUMENTS)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.n_overlays", "%ld overlays are not within 0 to 10000",
                        (long)options->n_overlays);
    if (options->n_nodes < 0 || options->n_nodes > MOST_DOCUMENTS)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.n_nodes", "%ld node documents are not within 0 to 10000",
                        (long)options->n_nodes);
    if (options->reserved != 0) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not 0");
    if (options->region && options->region[0] && strcmp(options->region, "CN") != 0)
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "options.region",
                        "region \"%s\" is not built in, only \"CN\" and \"\" (bare weeks); describe it in an overlay",
                        options->region);
    return CAMPAIGN_OK;
}

/* One reader of documents: text number index of the caller's list. */
typedef campaign_status (*read_document)(campaign_calendar *calendar, const char *text, size_t length, int32_t index,
                                         campaign_error *error);

typedef struct text_list {
    const char *name; /* of the field in the options */
    const char *const *texts;
    const size_t *lengths;
    int32_t n_texts;
} text_list;

static campaign_status read_documents(campaign_calendar *calendar, const text_list *list, read_document read,
                                      campaign_error *error)
{
    for (int32_t i = 0; i < list->n_texts; i++) {
        const char *text = list->texts ? list->texts[i] : NULL;
        const campaign_status status =
            text ? read(calendar, text, list->lengths ? list->lengths[i] : strlen(text), i, error)
                 : cpn_fail(error, CAMPAIGN_E_ARGUMENT, "", "the document is NULL");
        if (status != CAMPAIGN_OK) return cpn_place_in_document(status, list->name, i, error);
    }
    return CAMPAIGN_OK;
}

static campaign_status fill(campaign_calendar *calendar, const campaign_calendar_options *options,
                            campaign_error *error)
{
    const text_list overlays = { "overlays", options->overlays, options->overlay_lengths, options->n_overlays };
    const text_list nodes = { "nodes", options->nodes, options->node_lengths, options->n_nodes };
    calendar->is_china = !options->region || options->region[0];
    calendar->region = calendar->is_china ? "CN" : "";
    calendar->rest_days = SATURDAY_AND_SUNDAY;
    if (calendar->is_china && !cpn_tell_china(calendar)) return cpn_fail_nomem(error);
    campaign_status status = read_documents(calendar, &overlays, cpn_read_overlay, error);
    if (status == CAMPAIGN_OK) status = cpn_settle_days(calendar, error);
    if (status == CAMPAIGN_OK) status = cpn_catalogue_create(&calendar->catalogue, error);
    if (status == CAMPAIGN_OK) status = read_documents(calendar, &nodes, cpn_read_nodes, error);
    if (status == CAMPAIGN_OK) status = cpn_catalogue_link(calendar->catalogue, error);
    return status;
}

campaign_status campaign_calendar_create(campaign_calendar **calendar, const campaign_calendar_options *options,
                                         campaign_error *error)
{
    if (!calendar) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "calendar", "calendar is required");
    *calendar = NULL;
    campaign_calendar_options ours;
    campaign_status status = cpn_check_knobs(options, sizeof ours, sizeof ours, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(&ours, sizeof ours, options);
    status = check_options(&ours, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_calendar *created = cpn_alloc_zero(1, sizeof *created);
    if (!created) return cpn_fail_nomem(error);
    status = fill(created, &ours, error);
    if (status != CAMPAIGN_OK) {
        campaign_calendar_free(created);
        return status;
    }
    *calendar = created;
    return CAMPAIGN_OK;
}

void campaign_calendar_free(campaign_calendar *calendar)
{
    if (!calendar) return;
    cpn_catalogue_free(calendar->catalogue);
    cpn_free(calendar->special.days);
    for (int64_t i = 0; i < calendar->n_documents; i++) cpn_json_free(calendar->documents[i]);
    cpn_free(calendar->documents);
    cpn_free(calendar);
}

const char *campaign_calendar_region(const campaign_calendar *calendar)
{
    return calendar ? calendar->region : "";
}
