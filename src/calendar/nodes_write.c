/* The catalogue as a node document: what reads back to the same catalogue. */
#include "calendar/nodes.h"

static void write_text(cpn_json_writer *writer, const char *key, const char *text)
{
    if (!text) return;
    cpn_json_key(writer, key);
    cpn_json_string_z(writer, text);
}

static void write_int(cpn_json_writer *writer, const char *key, int32_t number)
{
    cpn_json_key(writer, key);
    cpn_json_int64(writer, number);
}

static void write_date(cpn_json_writer *writer, const char *key, bool is_given, int32_t day)
{
    if (!is_given) return;
    cpn_json_key(writer, key);
    cpn_json_date(writer, day);
}

static void write_windows(cpn_json_writer *writer, const cpn_node *node)
{
    if (node->n_windows == 0) return;
    cpn_json_key(writer, "windows");
    cpn_json_open_array(writer, false);
    for (int64_t i = 0; i < node->n_windows; i++) {
        const cpn_window *window = &node->windows[i];
        cpn_json_open_object(writer, true);
        write_date(writer, "date", true, window->date);
        write_date(writer, "preheat_start", window->has_preheat, window->preheat_start);
        write_date(writer, "peak_start", window->has_peak_start, window->peak_start);
        write_date(writer, "peak_end", window->has_peak_end, window->peak_end);
        cpn_json_close(writer);
    }
    cpn_json_close(writer);
}

static void write_node(cpn_json_writer *writer, const cpn_node *node)
{
    cpn_json_open_object(writer, false);
    write_text(writer, "id", node->id);
    write_text(writer, "name", node->name);
    write_text(writer, "name_en", node->name_en);
    write_text(writer, "region", node->region);
    write_text(writer, "tier", node->tier == CAMPAIGN_NODE_BIG ? "big" : "small");
    write_text(writer, "rule", node->rule_text);
    write_int(writer, "preheat_days", node->preheat_days);
    write_int(writer, "peak_from", node->peak_from);
    write_int(writer, "peak_to", node->peak_to);
    write_text(writer, "certainty", node->is_announced ? "announced" : "rule");
    write_text(writer, "theme", node->theme);
    write_text(writer, "theme_en", node->theme_en);
    write_text(writer, "note", node->note);
    if (node->is_disabled) {
        cpn_json_key(writer, "is_enabled");
        cpn_json_bool(writer, false);
    }
    write_windows(writer, node);
    cpn_json_close(writer);
}

campaign_status campaign_calendar_write_nodes(char **json, size_t *length, const campaign_calendar *calendar,
                                              campaign_error *error)
{
    if (!json) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "json", "json is required");
    *json = NULL;
    if (length) *length = 0;
    if (!calendar) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "calendar", "calendar is required");
    cpn_text text = { 0 };
    cpn_json_writer writer = { .text = &text };
    cpn_json_open_object(&writer, false);
    write_text(&writer, "schema", cpn_nodes_kind.schema);
    cpn_json_key(&writer, "nodes");
    cpn_json_open_array(&writer, false);
    for (int64_t i = 0; i < calendar->catalogue->n_nodes; i++) write_node(&writer, &calendar->catalogue->nodes[i]);
    cpn_json_close(&writer);
    cpn_json_close(&writer);
    const size_t written = text.length;
    *json = cpn_text_take(&text);
    if (!*json) return cpn_fail_nomem(error);
    if (length) *length = written;
    return CAMPAIGN_OK;
}
