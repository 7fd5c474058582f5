/* Links between tasks: from tasks.after and from the links table, checked, sorted by successor, and listed by predecessor
 * too. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/text.h"
#include "schedule/net/net.h"

enum { TASK, PREDECESSOR, TYPE, LAG, LAG_UNIT, N_COLUMNS };
enum { A_TEXT = 1 << CAMPAIGN_TYPE_UTF8, A_NUMBER = CPN_ANY_INT | 1 << CAMPAIGN_TYPE_FLOAT64, KEY_TEXT = 32 };

static const cpn_net_spec specs[N_COLUMNS] = {
    [TASK] = { "task", "links.task", CPN_ANY_KEY, true },
    [PREDECESSOR] = { "predecessor", "links.predecessor", CPN_ANY_KEY, true },
    [TYPE] = { "type", "links.type", A_TEXT, false },
    [LAG] = { "lag", "links.lag", A_NUMBER, false },
    [LAG_UNIT] = { "lag_unit", "links.lag_unit", A_TEXT, false },
};

/* Sums of all sizes and lags stay below this, so that no pass can overflow. */
static const int64_t most_total = INT64_MAX / 4;

/* ---- One link ---------------------------------------------------------------------------------------------------- */

/* What stands behind a link: its place for messages. */
typedef struct link_source {
    const char *where;
    int64_t row;
    bool is_listed;
} link_source;

static int64_t lag_size(const cpn_net *net, cpn_net_unit unit, double lag)
{
    const double minutes = unit == CPN_NET_HOUR ? 60 : CPN_DAY_MINUTES;
    const double size = lag * (net->is_abstract ? (double)CPN_NET_PARTS : minutes);
    return (int64_t)(size < 0 ? size - 0.5 : size + 0.5);
}

static campaign_status add_link(cpn_net *net, int64_t *capacity, const cpn_net_link *link, campaign_error *error)
{
    if (net->n_links == *capacity) {
        if (*capacity >= (int64_t)10 * CPN_NET_MOST_TASKS)
            return cpn_fail_row(error, CAMPAIGN_E_LIMIT, link->row, "links", "there are more than %lld links",
                                (long long)*capacity);
        *capacity = *capacity ? *capacity * 2 : 64;
        cpn_net_link *links = cpn_resize(net->links, *capacity, sizeof *links);
        if (!links) return cpn_fail_nomem(error);
        net->links = links;
    }
    net->links[net->n_links++] = *link;
    return CAMPAIGN_OK;
}

static campaign_status fail_unknown(const cpn_net *net, const char *name, size_t length, const link_source *source,
                                    campaign_error *error)
{
    int32_t nearest_length = 0;
    const char *nearest = cpn_net_nearest(&net->names, name, length, &nearest_length);
    const int cut = (int)cpn_utf8_cut(name, length, CPN_NET_TEXT);
    if (!nearest)
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, source->row, source->where, "there is no task \"%.*s\"", cut,
                            name);
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, source->row, source->where,
                        "there is no task \"%.*s\"; did you mean \"%.*s\"?", cut, name, (int)nearest_length, nearest);
}

/* A link as read, with its lag in whole time. */
static campaign_status take_link(cpn_net *net, int64_t *capacity, int32_t to, const cpn_net_after *after,
                                 const link_source *source, campaign_error *error)
{
    const cpn_net_unit unit = after->has_lag_unit ? after->lag_unit : net->tasks[to].unit;
    const double most = cpn_net_most(net, unit);
    if (after->task < 0) return fail_unknown(net, after->name, after->name_length, source, error);
    if (after->task == to) {
        char name[CPN_NET_TEXT];
        cpn_net_name(name, net, to);
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, source->row, source->where, "tasks go in a circle: %s → %s",
                            name, name);
    }
    if (!(after->lag >= -most && after->lag <= most))
        return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, source->row, source->where, "the lag is beyond %lld either way",
                            (long long)most);
    if (net->is_abstract && after->has_lag_unit)
        return cpn_fail_row(error, CAMPAIGN_E_UNSUPPORTED, source->row, source->where,
                            "an abstract network has one unit, and no lags in days or hours");
    return add_link(net, capacity,
                    &(cpn_net_link){ after->task, to, (uint8_t)after->type, (uint8_t)unit,
                                     lag_size(net, unit, after->lag), source->row, source->is_listed },
                    error);
}

/* ---- tasks.after ------------------------------------------------------------------------------------------------- */

static campaign_status read_after(cpn_net *net, int64_t *capacity, campaign_error *error)
{
    static const cpn_net_spec after_spec = { "after", "tasks.after", CPN_ANY_KEY, false };
    cpn_net_column column;
    campaign_status status = cpn_net_find_columns(&column, &after_spec, 1, net->inputs->tasks, "tasks", error);
    if (status != CAMPAIGN_OK || column.column.type == 0) return status;
    for (int32_t i = 0; i < net->n_tasks && status == CAMPAIGN_OK; i++) {
        const link_source source = { column.where, net->tasks[i].row, false };
        char digits[KEY_TEXT];
        const char *text = digits;
        size_t length;
        if (!cpn_net_has(&column, source.row)) continue;
        if (column.column.type == CAMPAIGN_TYPE_UTF8)
            text = cpn_cell_text(&column.column, source.row, &length);
        else
            length = cpn_format_cell(digits, sizeof digits, &column.column, source.row);
        cpn_net_after after;
        while (status == CAMPAIGN_OK && cpn_net_next_after(&after, &text, &length, &net->names))
            status = take_link(net, capacity, i, &after, &source, error);
    }
    return status;
}

/* ---- The links table --------------------------------------------------------------------------------------------- */

/* Name in a cell; digits has room for it where it is a number. */
static const char *cell_name(size_t *length, char digits[KEY_TEXT], const cpn_net_column *column, int64_t row)
{
    if (column->column.type == CAMPAIGN_TYPE_UTF8) return cpn_cell_text(&column->column, row, length);
    *length = cpn_format_cell(digits, KEY_TEXT, &column->column, row);
    return digits;
}

static campaign_status fail_word(const cpn_net_column *column, int64_t row, const char *words, campaign_error *error)
{
    char text[CPN_NET_TEXT];
    (void)cpn_format_cell(text, sizeof text, &column->column, row);
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, column->where, "\"%s\" is none of %s", text, words);
}

static campaign_status read_words(cpn_net_after *after, const cpn_net *net, const cpn_net_column *columns, int64_t row,
                                  campaign_error *error)
{
    size_t length;
    if (cpn_net_has(&columns[TYPE], row)) {
        const char *word = cpn_cell_text(&columns[TYPE].column, row, &length);
        if (length > 0 && !cpn_net_read_type(&after->type, word, length))
            return fail_word(&columns[TYPE], row, "FS, SS, FF, SF", error);
    }
    if (cpn_net_has(&columns[LAG_UNIT], row)) {
        const char *word = cpn_cell_text(&columns[LAG_UNIT].column, row, &length);
        after->has_lag_unit = length > 0;
        if (length > 0 && !cpn_net_read_unit(&after->lag_unit, word, length))
            return fail_word(&columns[LAG_UNIT], row, "working_day, day, hour", error);
    }
    const double most = net->is_abstract ? 1e9 : 1e8;
    return cpn_net_number(&after->lag, &columns[LAG], row, -most, most, error);
}

static campaign_status read_row(cpn_net *net, int64_t *capacity, const cpn_net_column *columns, int64_t row,
                                campaign_error *error)
{
    char digits[KEY_TEXT];
    size_t length;
    const link_source to_source = { columns[TASK].where, row, true },
                      source = { columns[PREDECESSOR].where, row, true };
    for (int32_t i = TASK; i <= PREDECESSOR; i++)
        if (!cpn_net_has(&columns[i], row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, columns[i].where, "%s is null", columns[i].name);
    const char *name = cell_name(&length, digits, &columns[TASK], row);
    const int32_t to = cpn_net_find(&net->names, name, length);
    if (to < 0) return fail_unknown(net, name, length, &to_source, error);
    cpn_net_after after = { 0 };
    after.name = cell_name(&after.name_length, digits, &columns[PREDECESSOR], row);
    after.task = cpn_net_find(&net->names, after.name, after.name_length);
    const campaign_status status = read_words(&after, net, columns, row, error);
    return status == CAMPAIGN_OK ? take_link(net, capacity, to, &after, &source, error) : status;
}

/* ---- All links --------------------------------------------------------------------------------------------------- */

static int compare_links(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const cpn_net_link *x = a, *y = b;
    if (x->to != y->to) return x->to < y->to ? -1 : 1;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    if (x->type != y->type) return x->type < y->type ? -1 : 1;
    if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
    return (x->lag > y->lag) - (x->lag < y->lag);
}

/* The same two tasks linked twice the same way. */
static campaign_status refuse_twice(const cpn_net *net, campaign_error *error)
{
    for (int64_t i = 1; i < net->n_links; i++) {
        const cpn_net_link *link = &net->links[i], *last = &net->links[i - 1];
        if (link->to != last->to || link->from != last->from || link->type != last->type) continue;
        const cpn_net_link *told = link->is_listed ? link : last;
        char from[CPN_NET_TEXT], to[CPN_NET_TEXT];
        cpn_net_name(from, net, link->from);
        cpn_net_name(to, net, link->to);
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, told->row,
                            told->is_listed ? specs[PREDECESSOR].where : "tasks.after",
                            "task \"%s\" is after \"%s\" twice in the same way", to, from);
    }
    return CAMPAIGN_OK;
}

static campaign_status check_total(const cpn_net *net, campaign_error *error)
{
    int64_t total = 0;
    bool fits = true;
    for (int32_t i = 0; i < net->n_tasks && fits; i++)
        fits = cpn_add64(&total, total, net->tasks[i].size) && total <= most_total;
    for (int64_t i = 0; i < net->n_links && fits; i++)
        fits = cpn_add64(&total, total, net->links[i].lag < 0 ? -net->links[i].lag : net->links[i].lag) &&
               total <= most_total;
    if (fits) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "tasks.duration", "the durations and lags together are too long");
}

/* Links by successor are in place; those by predecessor are counted, then numbered. */
static campaign_status index_links(cpn_net *net, campaign_error *error)
{
    const int32_t n = net->n_tasks;
    net->first_in = cpn_alloc_zero((int64_t)n + 1, sizeof *net->first_in);
    net->first_out = cpn_alloc_zero((int64_t)n + 2, sizeof *net->first_out);
    net->out = cpn_alloc(net->n_links, sizeof *net->out);
    if (!net->first_in || !net->first_out || !net->out) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < net->n_links; i++) {
        net->first_in[net->links[i].to + 1]++;
        net->first_out[net->links[i].from + 2]++;
    }
    for (int32_t i = 0; i < n; i++) {
        net->first_in[i + 1] += net->first_in[i];
        net->first_out[i + 2] += net->first_out[i + 1];
    }
    for (int64_t i = 0; i < net->n_links; i++) net->out[net->first_out[net->links[i].from + 1]++] = (int32_t)i;
    return CAMPAIGN_OK;
}

campaign_status cpn_net_read_links(cpn_net *net, campaign_error *error)
{
    int64_t capacity = 0;
    campaign_status status = read_after(net, &capacity, error);
    if (status == CAMPAIGN_OK && net->inputs->links) {
        cpn_net_column columns[N_COLUMNS];
        status = cpn_net_find_columns(columns, specs, N_COLUMNS, net->inputs->links, "links", error);
        for (int64_t i = 0; status == CAMPAIGN_OK && i < campaign_table_n_rows(net->inputs->links); i++)
            status = read_row(net, &capacity, columns, i, error);
    }
    if (status == CAMPAIGN_OK && !cpn_sort(net->links, net->n_links, sizeof *net->links, compare_links, NULL))
        status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = refuse_twice(net, error);
    if (status == CAMPAIGN_OK) status = check_total(net, error);
    return status == CAMPAIGN_OK ? index_links(net, error) : status;
}
