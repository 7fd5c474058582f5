/* What there is of each resource: owners, the resources table, and the days on which there is more or less of something. */
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"
#include "base/text.h"
#include "calendar/calendar.h"
#include "schedule/level/level.h"

enum { RESOURCE, UNITS, DATE, FINISH, CALENDAR, N_COLUMNS };
enum { A_TEXT = 1 << CAMPAIGN_TYPE_UTF8, A_NUMBER = CPN_ANY_INT | 1 << CAMPAIGN_TYPE_FLOAT64 };

static const cpn_net_spec specs[N_COLUMNS] = {
    [RESOURCE] = { "resource", "resources.resource", A_TEXT, true },
    [UNITS] = { "units", "resources.units", A_NUMBER, true },
    [DATE] = { "date", "resources.date", CPN_ANY_DAY, false },
    [FINISH] = { "finish", "resources.finish", CPN_ANY_DAY, false },
    [CALENDAR] = { "calendar", "resources.calendar", A_TEXT, false },
};

void cpn_level_name_text(char text[CPN_NET_TEXT], const cpn_level_plan *plan, int32_t resource)
{
    const cpn_level_name *name = &plan->resources[resource].name;
    const size_t length = cpn_utf8_cut(name->text, name->length, CPN_NET_TEXT - 1);
    memcpy(text, name->text, length);
    text[length] = '\0';
}

/* ---- Names --------------------------------------------------------------------------------------------------------- */

static int compare_texts(const cpn_level_name *a, const cpn_level_name *b)
{
    const size_t shorter = a->length < b->length ? a->length : b->length;
    const int order = shorter ? memcmp(a->text, b->text, shorter) : 0;
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static int compare_names(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const cpn_level_name *left = a, *right = b;
    const int order = compare_texts(left, right);
    return order ? order : (left->row > right->row) - (left->row < right->row);
}

static campaign_status list_names(cpn_level_name *names, int64_t *n_names, const cpn_level_plan *plan,
                                  const cpn_net_column *columns, int64_t n_rows, campaign_error *error)
{
    const cpn_named_keys *people = &plan->net.people.names;
    for (int64_t i = 0; i < plan->net.people.n && !plan->knobs.without_owners; i++) {
        cpn_level_name *name = &names[(*n_names)++];
        name->row = -1;
        name->text = cpn_cell_text(&people->column, people->keys.first_rows[i], &name->length);
    }
    for (int64_t row = 0; row < n_rows; row++) {
        cpn_level_name *name = &names[(*n_names)++];
        name->row = row;
        if (cpn_net_has(&columns[RESOURCE], row))
            name->text = cpn_cell_text(&columns[RESOURCE].column, row, &name->length);
        if (!name->text || name->length == 0)
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, columns[RESOURCE].where, "the resource has no name");
    }
    return CAMPAIGN_OK;
}

/* Owners have one unit until a row says otherwise. */
static campaign_status settle_names(cpn_level_plan *plan, cpn_level_name *names, int64_t n, campaign_error *error)
{
    if (!cpn_sort(names, n, sizeof *names, compare_names, NULL)) return cpn_fail_nomem(error);
    plan->resources = cpn_alloc_zero(n, sizeof *plan->resources);
    if (!plan->resources) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n; i++) {
        if (plan->n_resources > 0 && compare_texts(&plan->resources[plan->n_resources - 1].name, &names[i]) == 0)
            continue;
        plan->resources[plan->n_resources++] =
            (cpn_level_resource){ .name = names[i], .units = 1, .has_units = names[i].row < 0 };
    }
    return CAMPAIGN_OK;
}

/* ---- Rows ---------------------------------------------------------------------------------------------------------- */

int32_t cpn_level_find_resource(const cpn_level_plan *plan, const char *text, size_t length)
{
    const cpn_level_name name = { .text = text, .length = length };
    int32_t low = 0, high = plan->n_resources - 1;
    while (low <= high) {
        const int32_t middle = low + (high - low) / 2;
        const int order = compare_texts(&plan->resources[middle].name, &name);
        if (order == 0) return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return -1;
}

static int32_t place_of(const cpn_level_plan *plan, const cpn_net_column *column, int64_t row)
{
    size_t length;
    const char *text = cpn_cell_text(&column->column, row, &length);
    return cpn_level_find_resource(plan, text, length);
}

campaign_status cpn_level_read_units(int32_t *units, const cpn_net_column *column, int64_t row, campaign_error *error)
{
    double value = *units;
    const campaign_status status = cpn_net_number(&value, column, row, 0, CPN_LEVEL_MOST_UNITS, error);
    if (status != CAMPAIGN_OK) return status;
    *units = (int32_t)value;
    if ((double)*units >= value) return CAMPAIGN_OK;
    char text[CPN_NUMBER_TEXT];
    (void)cpn_format_double(text, value);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, column->where, "units is %s, expected a whole number", text);
}

static campaign_status read_days(cpn_level_exception *made, const cpn_level_plan *plan, const cpn_net_column *columns,
                                 int64_t row, campaign_error *error)
{
    if (plan->net.is_abstract)
        return cpn_fail_row(error, CAMPAIGN_E_UNSUPPORTED, row, columns[DATE].where,
                            "an abstract network has units from 0, and no dates");
    campaign_status status = cpn_net_date(&made->first, &columns[DATE], row, error);
    made->last = made->first;
    if (status == CAMPAIGN_OK && cpn_net_has(&columns[FINISH], row))
        status = cpn_net_date(&made->last, &columns[FINISH], row, error);
    if (status != CAMPAIGN_OK || made->last >= made->first) return status;
    char first[CAMPAIGN_DATE_TEXT], last[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(first, made->first);
    (void)campaign_date_format(last, made->last);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, columns[FINISH].where,
                        "the days end on %s, before they begin on %s", last, first);
}

static campaign_status read_usual(cpn_level_plan *plan, const cpn_net_column *columns, int64_t row, int32_t units,
                                  campaign_error *error)
{
    cpn_level_resource *resource = &plan->resources[place_of(plan, &columns[RESOURCE], row)];
    if (cpn_net_has(&columns[FINISH], row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, columns[DATE].where,
                            "there is a last day, but no date from which on there are %ld units", (long)units);
    if (resource->has_units && resource->name.row >= 0)
        return cpn_fail_row(
            error, CAMPAIGN_E_DUPLICATE, row, columns[RESOURCE].where, "resource \"%.*s\" stands twice without a date",
            (int)cpn_utf8_cut(resource->name.text, resource->name.length, CPN_NET_TEXT), resource->name.text);
    resource->has_units = true;
    resource->name.row = row;
    resource->units = units;
    if (!cpn_net_has(&columns[CALENDAR], row)) return CAMPAIGN_OK;
    if (plan->net.is_abstract)
        return cpn_fail_row(error, CAMPAIGN_E_UNSUPPORTED, row, columns[CALENDAR].where,
                            "an abstract network has no calendars");
    int32_t calendar = -1;
    const campaign_status status = cpn_net_find_calendar(&calendar, &plan->net, &columns[CALENDAR], row, error);
    if (calendar >= 0) {
        resource->calendar = plan->net.inputs->calendars[calendar].calendar;
        resource->has_pauses = true;
    }
    return status;
}

static campaign_status read_row(cpn_level_plan *plan, const cpn_net_column *columns, int64_t row, campaign_error *error)
{
    int32_t units = 0;
    if (!cpn_net_has(&columns[UNITS], row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, columns[UNITS].where, "units is missing");
    const campaign_status status = cpn_level_read_units(&units, &columns[UNITS], row, error);
    if (status != CAMPAIGN_OK) return status;
    if (!cpn_net_has(&columns[DATE], row)) return read_usual(plan, columns, row, units, error);
    cpn_level_exception *made = &plan->exceptions[plan->n_exceptions++];
    *made = (cpn_level_exception){ .resource = place_of(plan, &columns[RESOURCE], row), .units = units, .row = row };
    return read_days(made, plan, columns, row, error);
}

/* ---- Exceptions ----------------------------------------------------------------------------------------------------- */

static int compare_exceptions(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const cpn_level_exception *left = a, *right = b;
    if (left->resource != right->resource) return left->resource < right->resource ? -1 : 1;
    return (left->first > right->first) - (left->first < right->first);
}

static campaign_status settle_exceptions(cpn_level_plan *plan, campaign_error *error)
{
    if (!cpn_sort(plan->exceptions, plan->n_exceptions, sizeof *plan->exceptions, compare_exceptions, NULL))
        return cpn_fail_nomem(error);
    for (int64_t i = 0; i < plan->n_exceptions; i++) {
        const cpn_level_exception *one = &plan->exceptions[i];
        cpn_level_resource *resource = &plan->resources[one->resource];
        if (resource->end_exception == 0) resource->first_exception = i;
        resource->end_exception = i + 1;
        resource->has_pauses |= one->units == 0;
        if (i == resource->first_exception || one[-1].last < one->first) continue;
        char day[CAMPAIGN_DATE_TEXT], name[CPN_NET_TEXT];
        (void)campaign_date_format(day, one->first);
        cpn_level_name_text(name, plan, one->resource);
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, one->row > one[-1].row ? one->row : one[-1].row,
                            "resources.date", "%s of resource \"%s\" is told twice", day, name);
    }
    return CAMPAIGN_OK;
}

static campaign_status check_units(const cpn_level_plan *plan, campaign_error *error)
{
    for (int32_t i = 0; i < plan->n_resources; i++) {
        if (plan->resources[i].has_units) continue;
        char name[CPN_NET_TEXT];
        cpn_level_name_text(name, plan, i);
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, plan->resources[i].name.row, "resources.units",
                            "resource \"%s\" has units on some dates, but no row without a date", name);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_level_read_resources(cpn_level_plan *plan, const campaign_table *table, campaign_error *error)
{
    cpn_net_column columns[N_COLUMNS] = { 0 };
    campaign_status status =
        table ? cpn_net_find_columns(columns, specs, N_COLUMNS, table, "resources", error) : CAMPAIGN_OK;
    if (status != CAMPAIGN_OK) return status;
    const int64_t n_rows = table ? campaign_table_n_rows(table) : 0, most = n_rows + plan->net.people.n;
    int64_t n_names = 0;
    cpn_level_name *names = cpn_alloc_zero(most, sizeof *names);
    plan->exceptions = cpn_alloc(n_rows, sizeof *plan->exceptions);
    status =
        names && plan->exceptions ? list_names(names, &n_names, plan, columns, n_rows, error) : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = settle_names(plan, names, n_names, error);
    for (int64_t row = 0; row < n_rows && status == CAMPAIGN_OK; row++) status = read_row(plan, columns, row, error);
    cpn_free(names);
    if (status == CAMPAIGN_OK) status = settle_exceptions(plan, error);
    return status == CAMPAIGN_OK ? check_units(plan, error) : status;
}

int32_t cpn_level_units_on(const cpn_level_plan *plan, int32_t resource, int32_t day)
{
    const cpn_level_resource *one = &plan->resources[resource];
    int64_t low = one->first_exception, high = one->end_exception;
    while (low < high) { /* the first that does not end before the day */
        const int64_t middle = low + (high - low) / 2;
        if (plan->exceptions[middle].last < day)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < one->end_exception && plan->exceptions[low].first <= day) return plan->exceptions[low].units;
    if (one->calendar && cpn_working_before(one->calendar, day + 1) == cpn_working_before(one->calendar, day)) return 0;
    return one->units;
}
