/* Reads node documents: a user's own nodes, and changes to nodes that are known. A node of a known id changes the fields
 * it gives and leaves the others as they are. */
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/text.h"
#include "calendar/nodes.h"

enum { MOST_NODES = 10000 };

/* ---- Windows ---------------------------------------------------------------------------------------------------- */

static int by_date(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const cpn_window *first = a, *second = b;
    return (first->date > second->date) - (first->date < second->date);
}

static bool take_date(int32_t *day, const cpn_json_value *value, const char *name)
{
    if (!cpn_get(value, name)) return false;
    *day = cpn_get_date(value, &cpn_window_record, name);
    return true;
}

static campaign_status read_window(cpn_window *window, const cpn_json_value *value, campaign_error *error)
{
    *window = (cpn_window){ .date = cpn_get_date(value, &cpn_window_record, "date") };
    window->has_preheat = take_date(&window->preheat_start, value, "preheat_start");
    window->has_peak_start = take_date(&window->peak_start, value, "peak_start");
    window->has_peak_end = take_date(&window->peak_end, value, "peak_end");
    if (window->has_peak_start && window->has_peak_end && window->peak_end <= window->peak_start)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, cpn_get(value, "peak_end"),
                             "the peak ends before it starts: peak_end is the day after its last day");
    if (window->has_preheat && window->preheat_start > window->date)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, cpn_get(value, "preheat_start"),
                             "the preheat starts after the date");
    return CAMPAIGN_OK;
}

/* Puts the windows of one document in the place of those known for the same years; both lists are in order. */
static campaign_status merge_windows(cpn_node *node, const cpn_window *added, int64_t n_added, campaign_error *error)
{
    cpn_window *merged = cpn_alloc(node->n_windows + n_added, sizeof *merged);
    if (!merged) return cpn_fail_nomem(error);
    int64_t n_merged = 0, a = 0;
    for (int64_t i = 0; i < node->n_windows; i++) {
        const int32_t year = cpn_civil_from_day(node->windows[i].date).year;
        while (a < n_added && cpn_civil_from_day(added[a].date).year < year) merged[n_merged++] = added[a++];
        if (a < n_added && cpn_civil_from_day(added[a].date).year == year) continue;
        merged[n_merged++] = node->windows[i];
    }
    while (a < n_added) merged[n_merged++] = added[a++];
    cpn_free(node->windows);
    node->windows = merged;
    node->n_windows = n_merged;
    return CAMPAIGN_OK;
}

static campaign_status read_windows(cpn_node *node, const cpn_json_value *list, campaign_error *error)
{
    if (!list) return CAMPAIGN_OK;
    cpn_window *windows = cpn_alloc(list->n_children, sizeof *windows);
    if (!windows) return cpn_fail_nomem(error);
    campaign_status status = CAMPAIGN_OK;
    int64_t n = 0;
    for (const cpn_json_value *item = list->first; item && status == CAMPAIGN_OK; item = item->next)
        status = read_window(&windows[n++], item, error);
    if (status == CAMPAIGN_OK && !cpn_sort(windows, n, sizeof *windows, by_date, NULL)) status = cpn_fail_nomem(error);
    for (int64_t i = 1; i < n && status == CAMPAIGN_OK; i++)
        if (windows[i].date == windows[i - 1].date) {
            char date[CAMPAIGN_DATE_TEXT];
            (void)campaign_date_format(date, windows[i].date);
            status = cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, list, "%s stands twice", date);
        }
    if (status == CAMPAIGN_OK) status = merge_windows(node, windows, n, error);
    cpn_free(windows);
    return status;
}

/* ---- Nodes ------------------------------------------------------------------------------------------------------ */

/* A node of an id that is not known must say what it is; often the id is a slip. */
static campaign_status check_new_node(const cpn_catalogue *catalogue, const cpn_json_value *value,
                                      campaign_error *error)
{
    const cpn_json_value *id = cpn_get(value, "id");
    if (catalogue->n_nodes >= MOST_NODES)
        return cpn_json_fail(error, CAMPAIGN_E_LIMIT, id, "the catalogue holds %d nodes and no more", MOST_NODES);
    const char *missing = !cpn_get(value, "name") ? "name" : !cpn_get(value, "rule") ? "rule" : NULL;
    if (!missing) return CAMPAIGN_OK;
    const char *nearest = NULL;
    if (!cpn_catalogue_nearest(&nearest, catalogue, id->text, id->length)) return cpn_fail_nomem(error);
    if (nearest)
        return cpn_json_fail(error, CAMPAIGN_E_MISSING, value,
                             "node \"%s\" is new and needs a %s; did you mean \"%s\"?", id->text, missing, nearest);
    return cpn_json_fail(error, CAMPAIGN_E_MISSING, value, "node \"%s\" is new and needs a %s", id->text, missing);
}

/* The node to change, or a new one; refuses an id that one document gives twice. */
static campaign_status open_node(cpn_node **node, cpn_catalogue *catalogue, const cpn_json_value *value,
                                 int32_t document, campaign_error *error)
{
    const cpn_json_value *id = cpn_get(value, "id");
    if (!cpn_is_key(id->text, id->length) || strchr(id->text, ' '))
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, id, "id \"%s\" holds blanks or control characters", id->text);
    const int64_t known = cpn_catalogue_find(catalogue, id->text, id->length);
    if (known < 0) {
        const campaign_status status = check_new_node(catalogue, value, error);
        if (status != CAMPAIGN_OK) return status;
        *node = cpn_catalogue_add(catalogue, id->text);
        if (!*node) return cpn_fail_nomem(error);
        (*node)->tier = cpn_get_enum(value, &cpn_node_record, "tier") + CAMPAIGN_NODE_BIG;
        (*node)->preheat_days = (int32_t)cpn_get_int(value, &cpn_node_record, "preheat_days");
    } else {
        *node = &catalogue->nodes[known];
        if ((*node)->document == document)
            return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, id,
                                 "node \"%s\" stands twice in this document, first at line %lld column %lld", id->text,
                                 (long long)(*node)->value->line, (long long)(*node)->value->column);
    }
    (*node)->document = document;
    (*node)->value = value;
    return CAMPAIGN_OK;
}

static void take_text(const char **text, const cpn_json_value *value, const char *name)
{
    const cpn_json_value *given = cpn_get(value, name);
    if (given) *text = given->text;
}

static void take_int(int32_t *number, const cpn_json_value *value, const char *name)
{
    if (cpn_get(value, name)) *number = (int32_t)cpn_get_int(value, &cpn_node_record, name);
}

static void take_enum(int32_t *number, const cpn_json_value *value, const char *name)
{
    if (cpn_get(value, name)) *number = cpn_get_enum(value, &cpn_node_record, name);
}

static campaign_status take_rule(cpn_node *node, const cpn_json_value *value, campaign_error *error)
{
    const cpn_json_value *rule = cpn_get(value, "rule");
    if (!rule) return CAMPAIGN_OK;
    campaign_error inner = { 0 };
    const campaign_status status = cpn_rule_parse(&node->rule, rule->text, rule->length, &inner);
    if (status != CAMPAIGN_OK) return cpn_json_fail(error, status, rule, "%s", inner.message);
    node->rule_text = rule->text;
    node->rule_value = rule;
    node->rule_document = node->document;
    return CAMPAIGN_OK;
}

static campaign_status read_node(cpn_catalogue *catalogue, const cpn_json_value *value, int32_t document,
                                 campaign_error *error)
{
    cpn_node *node = NULL;
    campaign_status status = open_node(&node, catalogue, value, document, error);
    if (status != CAMPAIGN_OK) return status;
    int32_t tier = node->tier - CAMPAIGN_NODE_BIG, certainty = node->is_announced;
    take_text(&node->name, value, "name");
    take_text(&node->name_en, value, "name_en");
    take_text(&node->region, value, "region");
    take_text(&node->theme, value, "theme");
    take_text(&node->theme_en, value, "theme_en");
    take_text(&node->note, value, "note");
    take_enum(&tier, value, "tier");
    take_enum(&certainty, value, "certainty");
    take_int(&node->preheat_days, value, "preheat_days");
    take_int(&node->peak_from, value, "peak_from");
    take_int(&node->peak_to, value, "peak_to");
    node->tier = tier + CAMPAIGN_NODE_BIG;
    node->is_announced = certainty != 0;
    if (cpn_get(value, "is_enabled")) node->is_disabled = !cpn_get_bool(value, &cpn_node_record, "is_enabled");
    if (node->peak_to < node->peak_from)
        return cpn_json_fail(error, CAMPAIGN_E_VALUE, value,
                             "the peak of node \"%s\" ends (%ld) before it starts (%ld)", node->id, (long)node->peak_to,
                             (long)node->peak_from);
    status = take_rule(node, value, error);
    if (status == CAMPAIGN_OK) status = read_windows(node, cpn_get(value, "windows"), error);
    return status;
}

campaign_status cpn_read_nodes(campaign_calendar *calendar, const char *text, size_t length, int32_t index,
                               campaign_error *error)
{
    cpn_json *document = NULL;
    campaign_status status = cpn_document_read(&document, text, length, &cpn_nodes_kind, error);
    if (status == CAMPAIGN_OK) status = cpn_keep_document(calendar, document, error);
    if (status != CAMPAIGN_OK) return status;
    const cpn_json_value *list = cpn_get(cpn_json_root(document), "nodes");
    for (const cpn_json_value *item = list->first; item && status == CAMPAIGN_OK; item = item->next)
        status = read_node(calendar->catalogue, item, index, error);
    return status;
}
