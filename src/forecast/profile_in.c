/* Reads a profile, measured or written by hand: which factor each period, weekday, kind of day and window has. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "calendar/nodes.h"
#include "forecast/forecast.h"

static const double most_factor = 1e6;

/* The table and what was met so far. */
typedef struct reading {
    cpn_day_profile *profile;
    campaign_column dimension, key, index, factor, node, first, last; /* type 0: not there */
    bool has_period[CPN_MOST_PERIODS], has_weekday[CPN_WEEKDAYS];
    bool has_rows[CPN_N_DIMS], has_weight[CPN_N_DIMS]; /* with a factor; one above 0 */
} reading;

static campaign_status find_columns(reading *r, const campaign_table *table, campaign_error *error)
{
    const uint32_t text = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8);
    const uint32_t number = CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT;
    campaign_status status = cpn_need_column(&r->dimension, table, "profile", NULL, "dimension", text, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&r->key, table, "profile", NULL, "key", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&r->index, table, "profile", NULL, "index", number, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&r->factor, table, "profile", NULL, "factor", number, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&r->node, table, "profile", NULL, "node", text, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&r->first, table, "profile", NULL, "first", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&r->last, table, "profile", NULL, "last", CPN_ANY_INT, error);
    return status;
}

static campaign_status need_cell(const campaign_column *column, int64_t row, campaign_error *error)
{
    if (column->type != 0 && !cpn_is_null(column, row)) return CAMPAIGN_OK;
    char where[96];
    (void)snprintf(where, sizeof where, "profile%s%.60s", column->type ? "." : "", column->type ? column->name : "");
    return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, where,
                        column->type ? "the cell is null" : "a window needs the columns node, first and last");
}

/* The key as text; integers are printed into room. */
static const char *key_text(const reading *r, int64_t row, char room[CPN_NUMBER_TEXT], size_t *length)
{
    if (r->key.type == CAMPAIGN_TYPE_UTF8) return cpn_cell_text(&r->key, row, length);
    *length = cpn_format_int64(room, cpn_cell_int64(&r->key, row));
    return room;
}

static int32_t find_word(const char *text, size_t length, const char *const *words, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        if (strlen(words[i]) == length && memcmp(words[i], text, length) == 0) return i;
    return -1;
}

static campaign_status refuse_word(const char *where, const char *text, size_t length, int64_t row,
                                   campaign_error *error)
{
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, where, "\"%.*s\" is not known here",
                        (int)(length < 60 ? length : 60), text);
}

static campaign_status refuse_twice(const char *text, size_t length, int64_t row, campaign_error *error)
{
    return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "profile.key", "\"%.*s\" stands twice",
                        (int)(length < 60 ? length : 60), text);
}

/* The factor of a row: its own, or the index where the profile has no such column. False where it is only told. */
static campaign_status read_factor(double *factor, bool *is_factor, const reading *r, int64_t row,
                                   campaign_error *error)
{
    const campaign_column *column = r->factor.type ? &r->factor : &r->index;
    *is_factor = true;
    if (r->factor.type && cpn_is_null(column, row)) {
        *is_factor = false;
        return CAMPAIGN_OK;
    }
    campaign_status status = need_cell(column, row, error);
    if (status != CAMPAIGN_OK) return status;
    *factor = column->type == CAMPAIGN_TYPE_FLOAT64 ? ((const double *)column->values)[row]
                                                    : (double)cpn_cell_int64(column, row);
    if (*factor >= 0 && *factor <= most_factor) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, r->factor.type ? "profile.factor" : "profile.index",
                        "the number is not within 0 to 1000000");
}

static campaign_status put_number(reading *r, int32_t dimension, int64_t row, double factor, campaign_error *error)
{
    char room[CPN_NUMBER_TEXT];
    size_t length;
    const char *text = key_text(r, row, room, &length);
    const bool is_week = dimension == CPN_DIM_ISO_WEEK || dimension == CPN_DIM_FISCAL_WEEK;
    const int64_t most = dimension == CPN_DIM_WEEKDAY ? CPN_WEEKDAYS
                         : is_week                    ? CPN_MOST_PERIODS
                                                      : cpn_periods_a_year(dimension);
    int64_t number;
    if (!cpn_parse_int64(&number, text, length) || number < 1 || number > most)
        return refuse_word("profile.key", text, length, row, error);
    bool *has = dimension == CPN_DIM_WEEKDAY ? r->has_weekday : r->has_period;
    double *values = dimension == CPN_DIM_WEEKDAY ? r->profile->weekdays : r->profile->periods;
    if (has[number - 1]) return refuse_twice(text, length, row, error);
    has[number - 1] = true;
    values[number - 1] = factor;
    return CAMPAIGN_OK;
}

static campaign_status put_kind(reading *r, int64_t row, double factor, campaign_error *error)
{
    char room[CPN_NUMBER_TEXT];
    size_t length;
    const char *text = key_text(r, row, room, &length);
    const int32_t kind = find_word(text, length, cpn_kind_names, CPN_N_KINDS);
    if (kind < 0) return refuse_word("profile.key", text, length, row, error);
    if (r->profile->has_kind[kind]) return refuse_twice(text, length, row, error);
    r->profile->has_kind[kind] = true;
    r->profile->kinds[kind] = factor;
    return CAMPAIGN_OK;
}

static campaign_status put_window(reading *r, int64_t row, double factor, campaign_error *error)
{
    cpn_windows *windows = &r->profile->windows;
    const campaign_column *needed[] = { &r->node, &r->first, &r->last };
    campaign_status status = CAMPAIGN_OK;
    for (int i = 0; i < 3 && status == CAMPAIGN_OK; i++) status = need_cell(needed[i], row, error);
    if (status != CAMPAIGN_OK) return status;
    if (windows->n == CPN_MOST_WINDOWS)
        return cpn_fail_row(error, CAMPAIGN_E_LIMIT, row, "profile", "more than %d windows", CPN_MOST_WINDOWS);
    char room[CPN_NUMBER_TEXT];
    size_t length, node_length;
    const char *name = key_text(r, row, room, &length), *node = cpn_cell_text(&r->node, row, &node_length);
    const int64_t first = cpn_cell_int64(&r->first, row), last = cpn_cell_int64(&r->last, row);
    cpn_season_span *window = &windows->items[windows->n];
    if (length >= sizeof window->name || node_length >= sizeof window->node)
        return cpn_fail_row(error, CAMPAIGN_E_LIMIT, row, "profile.key", "key or node is longer than 95 bytes");
    if (first < -CPN_MOST_NODE_DAYS || last > CPN_MOST_NODE_DAYS || last < first)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "profile.first",
                            "the window goes from %lld to %lld, possible are -%d to %d and first before last",
                            (long long)first, (long long)last, CPN_MOST_NODE_DAYS, CPN_MOST_NODE_DAYS);
    memcpy(window->name, name, length);
    memcpy(window->node, node, node_length);
    for (int32_t i = 0; i < windows->n; i++)
        if (strcmp(windows->items[i].name, window->name) == 0) return refuse_twice(name, length, row, error);
    window->first = (int32_t)first;
    window->last = (int32_t)last;
    window->weight = factor;
    windows->n++;
    return CAMPAIGN_OK;
}

static campaign_status read_row(reading *r, int64_t row, campaign_error *error)
{
    campaign_status status = need_cell(&r->dimension, row, error);
    if (status == CAMPAIGN_OK) status = need_cell(&r->key, row, error);
    if (status != CAMPAIGN_OK) return status;
    size_t length;
    const char *word = cpn_cell_text(&r->dimension, row, &length);
    const int32_t dimension = find_word(word, length, cpn_dimension_names, CPN_N_DIMS);
    if (dimension < 0) return refuse_word("profile.dimension", word, length, row, error);
    double factor = 1;
    bool is_factor;
    status = read_factor(&factor, &is_factor, r, row, error);
    if (status != CAMPAIGN_OK || !is_factor) return status;
    r->has_rows[dimension] = true;
    r->has_weight[dimension] = r->has_weight[dimension] || factor > 0;
    if (dimension == CPN_DIM_WINDOW) return put_window(r, row, factor, error);
    if (dimension == CPN_DIM_DAY_KIND) return put_kind(r, row, factor, error);
    if (dimension == CPN_DIM_WEEKDAY) return put_number(r, dimension, row, factor, error);
    if (r->profile->season >= 0 && r->profile->season != dimension)
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, row, "profile.dimension",
                            "factors of %s and of %s would count the season twice: keep one, or leave its factor empty",
                            cpn_dimension_names[r->profile->season], cpn_dimension_names[dimension]);
    r->profile->season = dimension;
    return put_number(r, dimension, row, factor, error);
}

/* Periods and weekdays are whole; what else is silent gets its neighbour's factor. */
static campaign_status complete(reading *r, campaign_error *error)
{
    cpn_day_profile *profile = r->profile;
    for (int32_t d = 0; d < CPN_N_DIMS; d++)
        if (d != CPN_DIM_WINDOW && r->has_rows[d] && !r->has_weight[d])
            return cpn_fail(error, CAMPAIGN_E_VALUE, "profile", "every factor of %s is 0", cpn_dimension_names[d]);
    const int32_t n = profile->season >= 0 ? cpn_periods_a_year(profile->season) : 0;
    for (int32_t p = 0; p < n; p++)
        if (!r->has_period[p])
            return cpn_fail(error, CAMPAIGN_E_MISSING, "profile", "%s %ld is missing",
                            cpn_dimension_names[profile->season], (long)p + 1);
    for (int32_t i = 0; i < CPN_WEEKDAYS && r->has_rows[CPN_DIM_WEEKDAY]; i++)
        if (!r->has_weekday[i])
            return cpn_fail(error, CAMPAIGN_E_MISSING, "profile", "weekday %ld is missing", (long)i + 1);
    if (n == 52 && !r->has_period[52]) profile->periods[52] = (profile->periods[51] + profile->periods[0]) / 2;
    if (!profile->has_kind[CPN_KIND_MAKEUP]) profile->kinds[CPN_KIND_MAKEUP] = profile->kinds[CPN_KIND_WORKING];
    return CAMPAIGN_OK;
}

campaign_status cpn_day_profile_read(cpn_day_profile *day_profile, const campaign_table *profile,
                                     const campaign_calendar *calendar, int32_t first_day, int32_t end_day,
                                     campaign_error *error)
{
    memset(day_profile, 0, sizeof *day_profile);
    day_profile->season = -1;
    for (int32_t i = 0; i < CPN_MOST_PERIODS; i++) day_profile->periods[i] = 1;
    for (int32_t i = 0; i < CPN_WEEKDAYS; i++) day_profile->weekdays[i] = 1;
    for (int32_t i = 0; i < CPN_N_KINDS; i++) day_profile->kinds[i] = 1;
    reading r;
    memset(&r, 0, sizeof r);
    r.profile = day_profile;
    campaign_status status = find_columns(&r, profile, error);
    const int64_t n_rows = campaign_table_n_rows(profile);
    for (int64_t row = 0; row < n_rows && status == CAMPAIGN_OK; row++) status = read_row(&r, row, error);
    if (status == CAMPAIGN_OK) status = complete(&r, error);
    day_profile->is_total = r.factor.type == 0;
    if (status == CAMPAIGN_OK)
        status = cpn_windows_find(&day_profile->windows, calendar, first_day, end_day, "profile.node", error);
    return status;
}

void cpn_day_profile_free(cpn_day_profile *day_profile)
{
    cpn_windows_free(&day_profile->windows);
}
