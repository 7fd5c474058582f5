/* Customers: rows of one customer become one, with the latest of each date and the rep who was there last. */
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"
#include "execution/rapid_response/rapid.h"

typedef struct customer_columns {
    campaign_column customer, region, level, rep, interactions, way, last_interaction, last_enquiry, last_order;
} customer_columns;

static campaign_status find_days(customer_columns *columns, const campaign_table *table, campaign_error *error)
{
    campaign_status status =
        cpn_find_column(&columns->last_interaction, table, "customers", NULL, "last_interaction", CPN_ANY_DAY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->last_enquiry, table, "customers", NULL, "last_enquiry", CPN_ANY_DAY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->last_order, table, "customers", NULL, "last_order", CPN_ANY_DAY, error);
    return status;
}

static campaign_status find_columns(customer_columns *columns, const cpn_rapid_sources *sources, campaign_error *error)
{
    const campaign_table *table = sources->inputs->customers;
    const uint32_t text = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8);
    campaign_status status = cpn_need_column(&columns->customer, table, "customers", sources->options->customer,
                                             "customer", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->region, table, "customers", sources->options->region, "region", text, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->level, table, "customers", NULL, "level", text, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->rep, table, "customers", sources->options->rep, "rep", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->interactions, table, "customers", NULL, "interactions", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&columns->way, table, "customers", NULL, "way", text, error);
    return status == CAMPAIGN_OK ? find_days(columns, table, error) : status;
}

/* ---- Cells ------------------------------------------------------------------------------------------------------- */

static int32_t day_of(const campaign_column *column, int64_t row)
{
    return column->type == 0 || cpn_is_null(column, row) ? CPN_RAPID_NO_DAY : cpn_cell_day(column, row, 0);
}

/* Days after the one that recency is measured to are not known yet. */
static int32_t known_day(cpn_rapid *rapid, const campaign_column *column, int64_t row)
{
    const int32_t day = day_of(column, row);
    if (day <= rapid->request.as_of) return day;
    rapid->n_future++;
    return CPN_RAPID_NO_DAY;
}

static campaign_status read_way(int32_t *way, const campaign_column *column, int64_t row, campaign_error *error)
{
    char shown[CPN_JSON_SHOWN];
    const cpn_rapid_name name = cpn_rapid_cell_name(column, row);
    *way = -1;
    if (!name.text) return CAMPAIGN_OK;
    for (int32_t i = CPN_WAY_WECHAT; i <= CPN_WAY_MAIL; i++)
        if (strlen(cpn_rapid_way_names[i]) == name.length &&
            memcmp(cpn_rapid_way_names[i], name.text, name.length) == 0)
            *way = i;
    if (*way >= 0) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, "customers.way", "\"%s\" is neither wechat nor mail",
                        cpn_json_show(shown, name.text, name.length));
}

/* A rep who is not in the table of reps keeps nobody. */
static campaign_status read_rep(int32_t *rep, cpn_rapid *rapid, const campaign_column *column, int64_t row,
                                campaign_error *error)
{
    static const cpn_cell_place place = { "customers.rep", "rep" };
    *rep = -1;
    if (!cpn_rapid_has_key(column, row) || rapid->n_reps == 0) return CAMPAIGN_OK;
    const campaign_status status = cpn_named_keys_find(rep, &rapid->rep_keys, column, row, &place, NULL);
    rapid->n_unknown_reps += status == CAMPAIGN_E_UNKNOWN;
    if (status == CAMPAIGN_OK || status == CAMPAIGN_E_UNKNOWN) return CAMPAIGN_OK;
    return cpn_named_keys_find(rep, &rapid->rep_keys, column, row, &place, error);
}

static int32_t region_of(const cpn_rapid *rapid, const campaign_column *column, int64_t row)
{
    const int32_t name = cpn_rapid_names_find(&rapid->region_names, cpn_rapid_cell_name(column, row));
    return name < 0 ? -1 : rapid->region_of_name[name];
}

static campaign_status read_row(cpn_rapid_customer *customer, cpn_rapid *rapid, const customer_columns *columns,
                                int64_t row, campaign_error *error)
{
    customer->row = row;
    customer->n_rows = 1;
    customer->region = region_of(rapid, &columns->region, row);
    customer->level = cpn_rapid_names_find(&rapid->levels, cpn_rapid_cell_name(&columns->level, row));
    customer->last_interaction = known_day(rapid, &columns->last_interaction, row);
    customer->last_enquiry = known_day(rapid, &columns->last_enquiry, row);
    customer->last_order = known_day(rapid, &columns->last_order, row);
    customer->first_contact = CPN_RAPID_NO_DAY;
    campaign_status status =
        cpn_rapid_count(&customer->interactions, &columns->interactions, row, "customers.interactions", error);
    if (status == CAMPAIGN_OK) status = read_way(&customer->way, &columns->way, row, error);
    if (status == CAMPAIGN_OK) status = read_rep(&customer->rep, rapid, &columns->rep, row, error);
    return status;
}

/* ---- Merging ----------------------------------------------------------------------------------------------------- */

static int compare_days(int32_t a, int32_t b)
{
    return (a > b) - (a < b);
}

/* Absent after present, then the lower number. */
static int compare_codes(int32_t a, int32_t b)
{
    if ((a < 0) != (b < 0)) return a < 0 ? -1 : 1;
    return (a < b) - (a > b);
}

/* Above 0 where row a tells of more recent work than row b: it says whose the customer is. Rows that tie in everything
 * say the same, so the order of rows decides nothing. */
static int compare_rows(const cpn_rapid_customer *a, const cpn_rapid_customer *b)
{
    int order = (a->rep >= 0) - (b->rep >= 0);
    if (order == 0) order = compare_days(a->last_interaction, b->last_interaction);
    if (order == 0) order = compare_days(a->last_enquiry, b->last_enquiry);
    if (order == 0) order = compare_days(a->last_order, b->last_order);
    if (order == 0) order = compare_codes(a->rep, b->rep);
    if (order == 0) order = compare_codes(a->region, b->region);
    if (order == 0) order = compare_codes(a->level, b->level);
    return order != 0 ? order : compare_codes(a->way, b->way);
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* What the rows so far do not say is taken from the next one, whose work is less recent. */
static void merge(cpn_rapid_customer *customer, const cpn_rapid_customer *row)
{
    if (customer->region < 0) customer->region = row->region;
    if (customer->level < 0) customer->level = row->level;
    if (customer->rep < 0) customer->rep = row->rep;
    if (customer->way < 0) customer->way = row->way;
    customer->last_interaction = later(customer->last_interaction, row->last_interaction);
    customer->last_enquiry = later(customer->last_enquiry, row->last_enquiry);
    customer->last_order = later(customer->last_order, row->last_order);
    if (customer->interactions < row->interactions) customer->interactions = row->interactions;
    customer->n_rows++;
}

/* By customer; the row that says whose it is first. */
static int by_customer(const void *a, const void *b, const void *ctx)
{
    const cpn_rapid_customer *one = a, *other = b;
    (void)ctx;
    return one->code != other->code ? (one->code > other->code) - (one->code < other->code) : compare_rows(other, one);
}

static campaign_status note_merged(cpn_rapid *rapid, campaign_error *error)
{
    cpn_text names = { 0 };
    char text[CPN_NAMED_KEY_TEXT], count[CPN_NUMBER_TEXT];
    int32_t n_named = 0;
    if (rapid->n_merged == 0) return CAMPAIGN_OK;
    for (int64_t i = 0; i < rapid->n_customers && n_named < 5; i++) {
        if (rapid->customers[i].n_rows < 2) continue;
        cpn_rapid_customer_text(text, rapid, &rapid->customers[i]);
        cpn_text_add_string(&names, n_named++ ? (rapid->request.is_chinese ? "、" : ", ") : "");
        cpn_text_add_string(&names, text);
    }
    (void)cpn_format_int64(count, rapid->n_merged);
    char *list = cpn_text_take(&names);
    if (!list) return cpn_fail_nomem(error);
    cpn_rapid_note_add(
        rapid, "merged", rapid->n_merged,
        "{0} {0?row|rows} told of a customer again and {0?was|were} merged; the rep who was there last keeps it: {1}.",
        "{0} 行重复登记的客户已合并，由最近联系的业务员跟进：{1}。",
        (const char *const[CPN_RAPID_WORDS]){ count, list });
    cpn_free(list);
    return CAMPAIGN_OK;
}

static campaign_status read_rows(cpn_rapid *rapid, const customer_columns *columns, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    const int64_t n_rows = columns->customer.n_rows;
    rapid->customers = cpn_alloc_zero(n_rows, sizeof *rapid->customers);
    if (!rapid->customers) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < n_rows && status == CAMPAIGN_OK; row++) {
        rapid->customers[row].code = rapid->customer_keys.keys.codes[row];
        if (!cpn_rapid_has_key(&columns->customer, row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "customers.customer", "customer is null or empty");
        status = read_row(&rapid->customers[row], rapid, columns, row, error);
    }
    if (status == CAMPAIGN_OK && !cpn_sort(rapid->customers, n_rows, sizeof *rapid->customers, by_customer, NULL))
        status = cpn_fail_nomem(error);
    return status;
}

static campaign_status take_rows(cpn_rapid *rapid, const customer_columns *columns, campaign_error *error)
{
    const campaign_status status = read_rows(rapid, columns, error);
    if (status != CAMPAIGN_OK) return status;
    int64_t n = 0;
    for (int64_t i = 0; i < columns->customer.n_rows; i++) {
        if (n > 0 && rapid->customers[n - 1].code == rapid->customers[i].code)
            merge(&rapid->customers[n - 1], &rapid->customers[i]);
        else
            rapid->customers[n++] = rapid->customers[i];
    }
    rapid->n_customers = n;
    rapid->n_merged = columns->customer.n_rows - n;
    for (int64_t i = 0; i < n; i++) rapid->customers[i].is_kept = rapid->customers[i].rep >= 0;
    return note_merged(rapid, error);
}

static campaign_status collect_levels(cpn_rapid *rapid, const campaign_column *level, campaign_error *error)
{
    for (int64_t row = 0; level->type != 0 && row < level->n_rows; row++)
        if (!cpn_rapid_names_add(&rapid->levels, cpn_rapid_cell_name(level, row))) return cpn_fail_nomem(error);
    rapid->has_levels = rapid->levels.n > 0;
    for (int32_t i = 0; !rapid->has_levels && i < CPN_RAPID_CLASSES; i++)
        if (!cpn_rapid_names_add(&rapid->levels, cpn_rapid_text_name(cpn_rapid_class_names[i])))
            return cpn_fail_nomem(error);
    return cpn_rapid_names_settle(&rapid->levels) ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

/* A customer without a region has that of its rep, or the one for the rest. */
static void place_customers(cpn_rapid *rapid)
{
    const int32_t rest = (int32_t)rapid->n_regions - 1;
    for (int64_t i = 0; i < rapid->n_customers; i++) {
        cpn_rapid_customer *customer = &rapid->customers[i];
        if (customer->region < 0 && customer->rep >= 0) customer->region = rapid->reps[customer->rep].region;
        if (customer->region < 0) customer->region = rest;
        rapid->regions[customer->region].listed++;
    }
    if (rest > 0 && rapid->regions[rest].listed == 0) rapid->n_regions--;
}

campaign_status cpn_rapid_customers_read(cpn_rapid *rapid, const cpn_rapid_sources *sources, campaign_error *error)
{
    customer_columns columns;
    memset(&columns, 0, sizeof columns);
    campaign_status status = CAMPAIGN_OK;
    if (sources->inputs->customers) {
        status = find_columns(&columns, sources, error);
        if (status == CAMPAIGN_OK) status = collect_levels(rapid, &columns.level, error);
        if (status == CAMPAIGN_OK)
            status = cpn_named_keys_create(&rapid->customer_keys, &columns.customer, sources->runtime, error);
        if (status == CAMPAIGN_OK) status = take_rows(rapid, &columns, error);
    }
    if (status == CAMPAIGN_OK) place_customers(rapid);
    return status;
}
