/* Nodes as they leave the library: the table of occurrences, and the catalogue as a document. */
#include <string.h>

#include "base/sort.h"
#include "calendar/nodes.h"
#include "calendar/occurrences.h"
#include "table/table.h"

/* ---- Filters ---------------------------------------------------------------------------------------------------- */

/* Whether one part of "CN+US" is the region. */
static bool lists_region(const char *list, const char *region, size_t length)
{
    for (const char *part = list; *part;) {
        const size_t part_length = strcspn(part, "+");
        if (part_length == length && memcmp(part, region, length) == 0) return true;
        part += part_length;
        part += *part == '+';
    }
    return false;
}

/* Whether two lists such as "CN+INT" have a region in common. */
static bool shares_region(const char *list, const char *regions)
{
    for (const char *part = regions; *part;) {
        const size_t length = strcspn(part, "+");
        if (lists_region(list, part, length)) return true;
        part += length;
        part += *part == '+';
    }
    return false;
}

static bool is_wanted(const cpn_node *node, const campaign_nodes_options *options)
{
    if (node->is_disabled || (options->tier != CAMPAIGN_NODE_ANY && node->tier != options->tier)) return false;
    return !node->region || strcmp(options->regions, "*") == 0 || shares_region(node->region, options->regions);
}

static campaign_status take_options(campaign_nodes_options *ours, const campaign_nodes_options *options,
                                    const campaign_calendar *calendar, campaign_error *error)
{
    const campaign_status status = cpn_check_knobs(options, sizeof *ours, sizeof *ours, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(ours, sizeof *ours, options);
    if (ours->tier < CAMPAIGN_NODE_ANY || ours->tier > CAMPAIGN_NODE_SMALL)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.tier", "tier %ld is not 0 (both), 1 (big) or 2 (small)",
                        (long)ours->tier);
    if (ours->reserved) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not NULL");
    if (ours->regions && ours->regions[0]) return CAMPAIGN_OK;
    ours->regions = calendar->region[0] ? calendar->region : "*";
    return CAMPAIGN_OK;
}

/* ---- The table -------------------------------------------------------------------------------------------------- */

static const cpn_column_schema columns[] = {
    { "id", CAMPAIGN_TYPE_UTF8, "id of the node", "节点标识" },
    { "name", CAMPAIGN_TYPE_UTF8, "name", "名称" },
    { "name_en", CAMPAIGN_TYPE_UTF8, "English name where known, otherwise as name", "英文名称，没有时同 name" },
    { "region", CAMPAIGN_TYPE_UTF8, "regions it concerns; null = all", "适用地区，空表示所有地区" },
    { "tier", CAMPAIGN_TYPE_UTF8, "big or small", "级别：big 大节点，small 小节点" },
    { "theme", CAMPAIGN_TYPE_UTF8, "what the campaign is about", "主题" },
    { "theme_en", CAMPAIGN_TYPE_UTF8, "the same in English where known, otherwise as theme",
      "英文主题，没有时同 theme" },
    { "date", CAMPAIGN_TYPE_DATE, "the day itself", "节点当天" },
    { "preheat_start", CAMPAIGN_TYPE_DATE, "first day of the preheat", "预热首日" },
    { "peak_start", CAMPAIGN_TYPE_DATE, "first day of the peak", "爆发期首日" },
    { "peak_end", CAMPAIGN_TYPE_DATE, "the day after the last of the peak", "爆发期末日的次日" },
    { "certainty", CAMPAIGN_TYPE_UTF8, "rule, or announced each year", "确定性：rule 由规则确定，announced 每年公布" },
    { "is_provisional", CAMPAIGN_TYPE_BOOL, "announced each year, and not yet for this one", "尚未公布，日期仅供参考" },
    { "note", CAMPAIGN_TYPE_UTF8, "anything worth knowing", "备注" },
};
enum {
    ID,
    NAME,
    NAME_EN,
    REGION,
    TIER,
    THEME,
    THEME_EN,
    DATE,
    PREHEAT_START,
    PEAK_START,
    PEAK_END,
    CERTAINTY,
    IS_PROVISIONAL,
    NOTE,
    N_COLUMNS
};

static int by_date_then_id(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const cpn_occurrence *first = a, *second = b;
    if (first->date != second->date) return first->date < second->date ? -1 : 1;
    return strcmp(first->node->id, second->node->id);
}

static int32_t within_days(int32_t day)
{
    return day < CAMPAIGN_DAY_MIN ? CAMPAIGN_DAY_MIN : day > CAMPAIGN_DAY_MAX ? CAMPAIGN_DAY_MAX : day;
}

/* What is announced of a window stands, the rest follows from the node's own days. Where these lie beyond what is
 * announced, they give way: the peak has a day, and the preheat does not start after it. */
static void write_dates(cpn_out *out, const cpn_occurrence *occurrence)
{
    static const cpn_window none = { 0 };
    const cpn_node *node = occurrence->node;
    const cpn_window *window = occurrence->window ? occurrence->window : &none;
    int32_t preheat_start = window->has_preheat ? window->preheat_start : occurrence->date - node->preheat_days;
    int32_t peak_start = window->has_peak_start ? window->peak_start : occurrence->date + node->peak_from;
    int32_t peak_end = window->has_peak_end ? window->peak_end : occurrence->date + node->peak_to + 1;
    if (peak_end <= peak_start && window->has_peak_start)
        peak_end = peak_start + 1;
    else if (peak_end <= peak_start)
        peak_start = peak_end - 1;
    if (preheat_start > peak_start) preheat_start = peak_start;
    cpn_out_int64(out, DATE, occurrence->date);
    cpn_out_int64(out, PREHEAT_START, within_days(preheat_start));
    cpn_out_int64(out, PEAK_START, within_days(peak_start));
    cpn_out_int64(out, PEAK_END, within_days(peak_end));
}

static void write_occurrence(cpn_out *out, const cpn_occurrence *occurrence)
{
    const cpn_node *node = occurrence->node;
    cpn_out_string(out, ID, node->id);
    cpn_out_string(out, NAME, node->name);
    cpn_out_string(out, NAME_EN, node->name_en ? node->name_en : node->name);
    cpn_out_string(out, REGION, node->region);
    cpn_out_string(out, TIER, node->tier == CAMPAIGN_NODE_BIG ? "big" : "small");
    cpn_out_string(out, THEME, node->theme);
    cpn_out_string(out, THEME_EN, node->theme_en ? node->theme_en : node->theme);
    write_dates(out, occurrence);
    cpn_out_string(out, CERTAINTY, node->is_announced ? "announced" : "rule");
    cpn_out_int64(out, IS_PROVISIONAL, occurrence->is_provisional);
    cpn_out_string(out, NOTE, node->note);
}

campaign_status campaign_calendar_nodes(campaign_table **nodes, const campaign_calendar *calendar, int32_t first_day,
                                        int32_t end_day, const campaign_nodes_options *options, campaign_error *error)
{
    if (!nodes) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "nodes", "nodes is required");
    *nodes = NULL;
    if (!calendar) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "calendar", "calendar is required");
    campaign_nodes_options ours;
    campaign_status status = take_options(&ours, options, calendar, error);
    if (status == CAMPAIGN_OK) status = cpn_check_range(first_day, end_day, error);
    cpn_occurrence_list list = { 0 };
    const cpn_catalogue *catalogue = calendar->catalogue;
    for (int64_t i = 0; i < catalogue->n_nodes && status == CAMPAIGN_OK; i++)
        if (is_wanted(&catalogue->nodes[i], &ours))
            status = cpn_find_occurrences(&list, catalogue, i, first_day, end_day, error);
    if (status == CAMPAIGN_OK && !cpn_sort(list.items, list.n_items, sizeof *list.items, by_date_then_id, NULL))
        status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        cpn_out out;
        cpn_out_open(&out, columns, N_COLUMNS, NULL, 0);
        for (int64_t i = 0; i < list.n_items; i++) write_occurrence(&out, &list.items[i]);
        status = cpn_out_close(nodes, &out, error);
    }
    cpn_occurrences_free(&list);
    return status;
}
