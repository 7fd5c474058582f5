/* The calendar a request describes: its region, and the overlays and nodes written into it. */
#include <string.h>

#include "base/memory.h"
#include "plan/plan.h"

/* Documents inside the request as texts of their own. */
typedef struct document_texts {
    int64_t n;
    char **texts;
    size_t *lengths;
} document_texts;

static campaign_status write_documents(document_texts *out, const cpn_json_value *list, campaign_error *error)
{
    memset(out, 0, sizeof *out);
    if (!list) return CAMPAIGN_OK;
    out->texts = cpn_alloc_zero(list->n_children, sizeof *out->texts);
    out->lengths = cpn_alloc_zero(list->n_children, sizeof *out->lengths);
    if (!out->texts || !out->lengths) return cpn_fail_nomem(error);
    for (const cpn_json_value *item = list->first; item; item = item->next) {
        cpn_text text = { 0 };
        cpn_json_writer writer = { .text = &text };
        cpn_json_copy(&writer, item);
        out->lengths[out->n] = text.length;
        out->texts[out->n] = cpn_text_take(&text);
        if (!out->texts[out->n++]) return cpn_fail_nomem(error);
    }
    return CAMPAIGN_OK;
}

static void free_documents(document_texts *documents)
{
    for (int64_t i = 0; i < documents->n; i++) cpn_free(documents->texts[i]);
    cpn_free(documents->texts);
    cpn_free(documents->lengths);
}

/* The calendar names a place within the copied document, such as "overlays[1]: days[3].date (line 12 column 5)". Says
 * instead where that document stands in the request, and keeps the path within it in the sentence. */
static campaign_status relocate(const campaign_error *inner, const cpn_json_value *section, campaign_error *error)
{
    const bool is_overlay = strncmp(inner->where, "overlays[", 9) == 0;
    const char *number = inner->where + (is_overlay ? 9 : 6);
    const cpn_json_value *list = section ? cpn_get(section, is_overlay ? "overlays" : "nodes") : NULL;
    const cpn_json_value *item = list ? list->first : NULL;
    if (!item || (!is_overlay && strncmp(inner->where, "nodes[", 6) != 0)) {
        if (error) *error = *inner;
        return inner->code;
    }
    int64_t index = 0;
    while (*number >= '0' && *number <= '9') index = index * 10 + (*number++ - '0');
    while (item->next && item->index < index) item = item->next;
    const char *path = strncmp(number, "]: ", 3) == 0 ? number + 3 : "";
    const char *end = strstr(path, " (line ");
    if (strncmp(path, "line ", 5) == 0) end = path;
    const int length = end ? (int)(end - path) : (int)strlen(path);
    return cpn_json_fail(error, inner->code, item, "%.*s%s%s", length, path, length > 0 ? ": " : "", inner->message);
}

campaign_status cpn_plan_calendar_open(campaign_calendar **calendar, const cpn_plan_request *request,
                                       campaign_error *error)
{
    *calendar = NULL;
    const cpn_json_value *section = cpn_get(request->root, "calendar");
    document_texts overlays, nodes;
    campaign_status status = write_documents(&overlays, section ? cpn_get(section, "overlays") : NULL, error);
    const campaign_status nodes_status =
        write_documents(&nodes, section ? cpn_get(section, "nodes") : NULL, status == CAMPAIGN_OK ? error : NULL);
    if (status == CAMPAIGN_OK) status = nodes_status;
    if (status == CAMPAIGN_OK) {
        const campaign_calendar_options options = {
            .size = (uint32_t)sizeof options,
            .n_overlays = (int32_t)overlays.n,
            .n_nodes = (int32_t)nodes.n,
            .region = cpn_get_text(section, &cpn_plan_calendar_record, "region"),
            .overlays = (const char *const *)overlays.texts,
            .overlay_lengths = overlays.lengths,
            .nodes = (const char *const *)nodes.texts,
            .node_lengths = nodes.lengths,
        };
        campaign_error inner;
        status = campaign_calendar_create(calendar, &options, &inner);
        if (status != CAMPAIGN_OK) status = relocate(&inner, section, error);
    }
    free_documents(&overlays);
    free_documents(&nodes);
    return status;
}
