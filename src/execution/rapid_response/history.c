/* What similar campaigns brought, RR8: rows of the last months before the start, of the same type, added up over all, by
 * region, customer level and rep. Rows of regions that take no part say what levels and reps convert; of the whole they
 * speak only where no other row does. */
#include "base/checked.h"
#include "base/date.h"
#include "base/memory.h"
#include "base/money.h"
#include "base/sort.h"
#include "execution/rapid_response/rapid.h"

typedef struct history_columns {
    campaign_column date, leads, deals, campaign, type, region, level, rep, amount;
    cpn_keys campaigns;
    int64_t *pairs; /* region and campaign of the rows that count */
    int64_t n_pairs;
    bool *is_counted; /* by campaign */
    int64_t n_apart;  /* rows of regions that take no part, */
    int64_t apart;    /* and the first of them in order of their names */
    bool takes_apart; /* they stand for the whole */
} history_columns;

bool cpn_rapid_conversion(int64_t *ppm, const cpn_rapid_sums *sums)
{
    return sums->leads > 0 && cpn_mul_div64(ppm, sums->deals, CPN_RAPID_MILLION, sums->leads, CAMPAIGN_ROUND_DOWN);
}

static campaign_status find_columns(history_columns *columns, const cpn_rapid_sources *sources, campaign_error *error)
{
    const campaign_table *table = sources->inputs->history;
    const campaign_rapid_response_options *options = sources->options;
    const uint32_t text = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), money = CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY);
    const struct {
        campaign_column *column;
        const char *given, *usual;
        uint32_t types;
        bool is_needed;
    } wanted[] = {
        { &columns->date, NULL, "date", CPN_ANY_DAY, true },
        { &columns->leads, NULL, "leads", CPN_ANY_INT, true },
        { &columns->deals, NULL, "deals", CPN_ANY_INT, true },
        { &columns->campaign, NULL, "campaign", CPN_ANY_KEY, false },
        { &columns->type, NULL, "type", text, false },
        { &columns->region, options->region, "region", text, false },
        { &columns->level, NULL, "level", text, false },
        { &columns->rep, options->rep, "rep", CPN_ANY_KEY, false },
        { &columns->amount, NULL, "amount", money, false },
    };
    campaign_status status = CAMPAIGN_OK;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted && status == CAMPAIGN_OK; i++) {
        const bool is_own = wanted[i].given && wanted[i].column != &columns->date;
        /* A column that other tables have under a name of the caller's may be missing here. */
        if (is_own && campaign_table_find(table, wanted[i].given) < 0) continue;
        status = wanted[i].is_needed ? cpn_need_column(wanted[i].column, table, "history", wanted[i].given,
                                                       wanted[i].usual, wanted[i].types, error)
                                     : cpn_find_column(wanted[i].column, table, "history", wanted[i].given,
                                                       wanted[i].usual, wanted[i].types, error);
    }
    return status;
}

static campaign_status check_currency(const campaign_column *amount, const cpn_rapid *rapid, campaign_error *error)
{
    for (int32_t i = 0; amount->type != 0 && i < 3; i++)
        if (amount->currency[i] != rapid->request.currency[i])
            return cpn_fail(error, CAMPAIGN_E_COLUMN, "history.amount", "amount is %s, the request has %s",
                            amount->currency, rapid->request.currency);
    return CAMPAIGN_OK;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* A row of no type is similar to all. */
static bool is_similar(const cpn_rapid *rapid, const history_columns *columns, int64_t row, int32_t from)
{
    const cpn_rapid_name type = cpn_rapid_cell_name(&columns->type, row);
    const cpn_rapid_name own = cpn_rapid_text_name(cpn_rapid_type_names[rapid->request.type]);
    const int32_t day = cpn_cell_day(&columns->date, row, 0);
    if (day < from || day >= rapid->request.start) return false;
    return rapid->request.counts_any_type || !type.text || cpn_rapid_compare_names(&type, &own) == 0;
}

typedef struct history_row {
    int64_t leads, deals, amount;
} history_row;

static campaign_status read_row(history_row *read, const cpn_rapid *rapid, const history_columns *columns, int64_t row,
                                campaign_error *error)
{
    campaign_status status = cpn_rapid_count(&read->leads, &columns->leads, row, "history.leads", error);
    if (status == CAMPAIGN_OK) status = cpn_rapid_count(&read->deals, &columns->deals, row, "history.deals", error);
    if (status != CAMPAIGN_OK) return status;
    if (read->leads < 0 || read->deals < 0)
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, read->leads < 0 ? "history.leads" : "history.deals",
                            "the count is null");
    if (read->deals > read->leads)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "history.deals", "%lld deals of %lld leads are more than all",
                            (long long)read->deals, (long long)read->leads);
    read->amount = 0;
    bool is_rounded;
    if (columns->amount.type == 0 || cpn_is_null(&columns->amount, row)) return CAMPAIGN_OK;
    if (cpn_money_rescale(&read->amount, cpn_cell_int64(&columns->amount, row), columns->amount.exponent,
                          rapid->request.exponent, CAMPAIGN_ROUND_HALF_UP, &is_rounded))
        return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, "history.amount", "the amount does not fit");
}

static bool add_row(cpn_rapid_sums *sums, const history_row *row)
{
    return cpn_add64(&sums->leads, sums->leads, row->leads) && cpn_add64(&sums->deals, sums->deals, row->deals) &&
           cpn_add64(&sums->amount_minor, sums->amount_minor, row->amount);
}

static int32_t find_rep(const cpn_rapid *rapid, const campaign_column *column, int64_t row)
{
    static const cpn_cell_place place = { "history.rep", "rep" };
    int32_t rep = -1;
    if (column->type == 0 || rapid->n_reps == 0 || cpn_is_null(column, row)) return -1;
    return cpn_named_keys_find(&rep, &rapid->rep_keys, column, row, &place, NULL) == CAMPAIGN_OK ? rep : -1;
}

/* A row that names no campaign is one of its own; the others are counted once all are known. */
static void count_campaign(cpn_rapid *rapid, history_columns *columns, int32_t region, int32_t campaign)
{
    if (campaign < 0) {
        rapid->history.n_campaigns++;
        if (region >= 0) rapid->regions[region].history.n_campaigns++;
        return;
    }
    if (!columns->is_counted[campaign]) rapid->history.n_campaigns++;
    columns->is_counted[campaign] = true;
    if (region >= 0) columns->pairs[columns->n_pairs++] = region * (INT64_C(1) << 32) + campaign;
}

/* Campaigns of each region, each once. */
static campaign_status count_pairs(cpn_rapid *rapid, const history_columns *columns, campaign_error *error)
{
    int64_t *order = cpn_alloc(columns->n_pairs, sizeof *order);
    if (!order || !cpn_order_int64(order, columns->pairs, columns->n_pairs)) {
        cpn_free(order);
        return cpn_fail_nomem(error);
    }
    for (int64_t i = 0; i < columns->n_pairs; i++) {
        const int64_t pair = columns->pairs[order[i]];
        if (i > 0 && pair == columns->pairs[order[i - 1]]) continue;
        rapid->regions[pair >> 32].history.n_campaigns++;
    }
    cpn_free(order);
    return CAMPAIGN_OK;
}

/* Whether a row names a region, and the campaign has regions but not that one. */
static bool is_apart(const cpn_rapid *rapid, const history_columns *columns, int64_t row)
{
    const cpn_rapid_name name = cpn_rapid_cell_name(&columns->region, row);
    return name.text && rapid->region_names.n > 0 && cpn_rapid_names_find(&rapid->region_names, name) < 0;
}

static void remember_apart(history_columns *columns, int64_t row)
{
    if (columns->n_apart++ > 0) {
        const cpn_rapid_name name = cpn_rapid_cell_name(&columns->region, row);
        const cpn_rapid_name first = cpn_rapid_cell_name(&columns->region, columns->apart);
        if (cpn_rapid_compare_names(&name, &first) >= 0) return;
    }
    columns->apart = row;
}

/* To the whole, and to the row's region. */
static bool count_whole(cpn_rapid *rapid, history_columns *columns, int64_t row, const history_row *read)
{
    const int32_t campaign = cpn_rapid_has_key(&columns->campaign, row) ? columns->campaigns.codes[row] : -1;
    const int32_t name = cpn_rapid_names_find(&rapid->region_names, cpn_rapid_cell_name(&columns->region, row));
    const int32_t region = name < 0 ? -1 : rapid->region_of_name[name];
    count_campaign(rapid, columns, region, campaign);
    return add_row(&rapid->history, read) && (region < 0 || add_row(&rapid->regions[region].history, read));
}

/* To the row's level and rep, whatever the region. */
static bool count_parts(cpn_rapid *rapid, const history_columns *columns, int64_t row, const history_row *read)
{
    const int32_t level = cpn_rapid_names_find(&rapid->levels, cpn_rapid_cell_name(&columns->level, row));
    const int32_t rep = find_rep(rapid, &columns->rep, row);
    return (level < 0 || add_row(&rapid->level_history[level], read)) &&
           (rep < 0 || add_row(&rapid->reps[rep].history, read));
}

static campaign_status count_row(cpn_rapid *rapid, history_columns *columns, int64_t row, campaign_error *error)
{
    history_row read;
    bool fits = true;
    const campaign_status status = read_row(&read, rapid, columns, row, error);
    if (status != CAMPAIGN_OK) return status;
    const bool is_other = is_apart(rapid, columns, row);
    if (is_other == columns->takes_apart) fits = count_whole(rapid, columns, row, &read);
    if (is_other && !columns->takes_apart) remember_apart(columns, row);
    if (!columns->takes_apart) fits = count_parts(rapid, columns, row, &read) && fits;
    return fits ? CAMPAIGN_OK : cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, "history", "the sums do not fit");
}

static campaign_status count_similar(cpn_rapid *rapid, history_columns *columns, campaign_error *error)
{
    const int64_t least = INT64_C(31) * rapid->request.history_months + CAMPAIGN_DAY_MIN;
    const int32_t from = rapid->request.start < least
                             ? CAMPAIGN_DAY_MIN
                             : cpn_add_months(rapid->request.start, -rapid->request.history_months);
    campaign_status status = CAMPAIGN_OK;
    for (int64_t row = 0; row < columns->date.n_rows && status == CAMPAIGN_OK; row++) {
        if (cpn_is_null(&columns->date, row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "history.date", "date is null");
        if (is_similar(rapid, columns, row, from)) status = count_row(rapid, columns, row, error);
    }
    return status;
}

static void tell_apart(cpn_rapid *rapid, const history_columns *columns)
{
    char count[CPN_NUMBER_TEXT], shown[CPN_JSON_SHOWN];
    const cpn_rapid_name name = cpn_rapid_cell_name(&columns->region, columns->apart);
    (void)cpn_format_int64(count, columns->n_apart);
    (void)cpn_json_show(shown, name.text, name.length);
    const char *const words[CPN_RAPID_WORDS] = { count, shown };
    if (columns->takes_apart)
        cpn_rapid_note_add(
            rapid, "history_elsewhere", columns->n_apart,
            "{0} {0?row|rows} of history {0?is|are} of regions that take no part, such as {1}: there is no "
            "other, so {0?it counts|they count}.",
            "{0} 行历史属于未参与本次活动的区域，例如 {1}：没有其他历史，以此为准。", words);
    else
        cpn_rapid_note_add(
            rapid, "history_elsewhere", columns->n_apart,
            "{0} {0?row|rows} of history {0?is|are} of regions that take no part, such as {1}: not counted.",
            "{0} 行历史属于未参与本次活动的区域，例如 {1}：不计入。", words);
}

static campaign_status count_rows(cpn_rapid *rapid, history_columns *columns, campaign_error *error)
{
    campaign_status status = count_similar(rapid, columns, error);
    if (status == CAMPAIGN_OK && columns->n_apart > 0 && rapid->history.leads == 0) {
        columns->takes_apart = true;
        status = count_similar(rapid, columns, error);
    }
    if (status == CAMPAIGN_OK && columns->n_apart > 0) tell_apart(rapid, columns);
    for (int64_t i = 0; i < rapid->n_regions; i++)
        rapid->knows_region_history = rapid->knows_region_history || rapid->regions[i].history.leads > 0;
    rapid->has_history_amount = columns->amount.type != 0 && rapid->history.deals > 0;
    return status;
}

campaign_status cpn_rapid_history_read(cpn_rapid *rapid, const cpn_rapid_sources *sources, campaign_error *error)
{
    history_columns columns = { .is_counted = NULL };
    campaign_status status = CAMPAIGN_OK;
    rapid->level_history = cpn_alloc_zero(rapid->levels.n, sizeof *rapid->level_history);
    if (!rapid->level_history) return cpn_fail_nomem(error);
    if (!sources->inputs->history) return CAMPAIGN_OK;
    status = find_columns(&columns, sources, error);
    if (status == CAMPAIGN_OK) status = check_currency(&columns.amount, rapid, error);
    if (status == CAMPAIGN_OK && columns.campaign.type != 0)
        status = cpn_keys_create(&columns.campaigns, &columns.campaign, sources->runtime, error);
    if (status == CAMPAIGN_OK && columns.campaigns.codes) {
        columns.is_counted = cpn_alloc_zero(columns.campaigns.n_keys, sizeof *columns.is_counted);
        columns.pairs = cpn_alloc(columns.campaign.n_rows, sizeof *columns.pairs);
        if (!columns.is_counted || !columns.pairs) status = cpn_fail_nomem(error);
    }
    if (status == CAMPAIGN_OK) status = count_rows(rapid, &columns, error);
    if (status == CAMPAIGN_OK) status = count_pairs(rapid, &columns, error);
    cpn_free(columns.is_counted);
    cpn_free(columns.pairs);
    cpn_keys_free(&columns.campaigns);
    return status;
}
