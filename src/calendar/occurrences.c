/* When nodes occur: the dates of the rule, with announced windows in the place of what the rule gives for their years,
 * moved along chains of relative rules. */
#include "calendar/occurrences.h"

#include "base/date.h"
#include "base/memory.h"

enum { MOST_OCCURRENCES = 10000000 };

static campaign_status push(cpn_occurrence_list *list, cpn_occurrence occurrence, campaign_error *error)
{
    if (list->n_items == MOST_OCCURRENCES)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "end_day", "the range holds more than %d occurrences of nodes",
                        (int)MOST_OCCURRENCES);
    if (list->n_items == list->capacity) {
        const int64_t capacity = list->capacity ? list->capacity * 2 : 256;
        cpn_occurrence *items = cpn_resize(list->items, capacity, sizeof *items);
        if (!items) return cpn_fail_nomem(error);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->n_items++] = occurrence;
    return CAMPAIGN_OK;
}

static int32_t year_of(int32_t day)
{
    const int32_t first = day < CAMPAIGN_DAY_MIN ? CAMPAIGN_DAY_MIN : day;
    return cpn_civil_from_day(first > CAMPAIGN_DAY_MAX ? CAMPAIGN_DAY_MAX : first).year;
}

/* Index of the first window on or after a day. */
static int64_t first_window(const cpn_node *node, int32_t day)
{
    int64_t low = 0, high = node->n_windows;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (node->windows[middle].date < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_window_in_year_of(const cpn_node *node, int32_t day)
{
    if (node->n_windows == 0) return false;
    const int32_t year = year_of(day);
    const int64_t i = first_window(node, cpn_day_from_civil(year, 1, 1));
    return i < node->n_windows && year_of(node->windows[i].date) == year;
}

/* Announced windows take the place of every date of their years. */
static campaign_status apply_windows(cpn_occurrence_list *list, const cpn_node *node, int32_t first_day,
                                     int32_t end_day, campaign_error *error)
{
    int64_t n_kept = 0;
    for (int64_t i = 0; i < list->n_items; i++)
        if (!has_window_in_year_of(node, list->items[i].date)) list->items[n_kept++] = list->items[i];
    list->n_items = n_kept;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = first_window(node, first_day); i < node->n_windows && status == CAMPAIGN_OK; i++) {
        const cpn_window *window = &node->windows[i];
        if (window->date >= end_day) break;
        status = push(list, (cpn_occurrence){ .date = window->date, .node = node, .window = window }, error);
    }
    return status;
}

/* Dates of a rule that is not relative, for all years that can reach the range. */
static campaign_status apply_rule(cpn_occurrence_list *list, const cpn_node *node, int32_t first_day, int32_t end_day,
                                  campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    const int32_t last_year = year_of(end_day);
    int32_t year = year_of(first_day) - 1; /* a lunar year ends in the next Gregorian one */
    for (year = year < 1 ? 1 : year; year <= last_year && status == CAMPAIGN_OK; year++) {
        int32_t date = 0;
        if (cpn_rule_date(&date, &node->rule, year))
            status =
                push(list, (cpn_occurrence){ .date = date, .node = node, .is_provisional = node->is_announced }, error);
    }
    return status;
}

/* From the dates of another node to those of one that is relative to it. */
static void shift(cpn_occurrence_list *list, const cpn_node *node)
{
    for (int64_t i = 0; i < list->n_items; i++) {
        cpn_occurrence *occurrence = &list->items[i];
        occurrence->date += node->rule.offset;
        occurrence->node = node;
        occurrence->window = NULL;
        occurrence->is_provisional = occurrence->is_provisional || node->is_announced;
    }
}

/* All occurrences of one node in the range, and some beyond. */
static campaign_status find_all(cpn_occurrence_list *list, const cpn_catalogue *catalogue, int64_t index,
                                int32_t first_day, int32_t end_day, campaign_error *error)
{
    const cpn_node *chain[CPN_LONGEST_CHAIN]; /* from the node itself to the one that stands on its own */
    int32_t n_chain = 0, reach = 0;
    for (int64_t i = index; i >= 0; i = catalogue->nodes[i].other) {
        chain[n_chain++] = &catalogue->nodes[i];
        reach += CPN_MOST_NODE_DAYS; /* no offset is larger */
    }
    const int32_t first = first_day - reach, end = end_day + reach;
    campaign_status status = apply_rule(list, chain[n_chain - 1], first, end, error);
    for (int32_t i = n_chain - 1; i >= 0 && status == CAMPAIGN_OK; i--) {
        if (i < n_chain - 1) shift(list, chain[i]);
        status = apply_windows(list, chain[i], first, end, error);
    }
    return status;
}

campaign_status cpn_find_occurrences(cpn_occurrence_list *list, const cpn_catalogue *catalogue, int64_t index,
                                     int32_t first_day, int32_t end_day, campaign_error *error)
{
    cpn_occurrence_list all = { 0 };
    campaign_status status = find_all(&all, catalogue, index, first_day, end_day, error);
    for (int64_t i = 0; i < all.n_items && status == CAMPAIGN_OK; i++)
        if (all.items[i].date >= first_day && all.items[i].date < end_day) status = push(list, all.items[i], error);
    cpn_occurrences_free(&all);
    return status;
}

void cpn_occurrences_free(cpn_occurrence_list *list)
{
    cpn_free(list->items);
    *list = (cpn_occurrence_list){ 0 };
}
