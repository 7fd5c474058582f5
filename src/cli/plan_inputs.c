/* Reads what a plan is made from besides its request. */
#include "cli/plan_inputs.h"

#include <stdlib.h>
#include <string.h>

#include "cli/data.h"
#include "cli/input.h"
#include "cli/output.h"

static int read_orders(plan_files *files, const campaign_table *columns, arguments *given)
{
    request_terms asked;
    if (!read_terms(&asked, columns)) return EXIT_INPUT;
    if (!given->orders) return EXIT_DONE;
    data_terms terms = { .path = given->orders,
                         .required = "date amount",
                         .currency = asked.currency,
                         .unit = asked.unit,
                         .rounding = asked.rounding,
                         .keeps_names = true };
    terms.roles = roles_of(DATA_ORDERS);
    name_roles(&terms.roles, &asked);
    const int code = read_data(&files->orders, &terms, given);
    return code == EXIT_DONE && !check_maps(given) ? EXIT_USAGE : code;
}

/* Keys and dates by their English names; whatever else holds numbers is a driver. */
static int read_drivers(campaign_table **drivers, const arguments *given)
{
    static const char *const keys[] = { "product_line", "market", "channel", "tier", "rep" };
    enum { N_KEYS = sizeof keys / sizeof *keys };
    campaign_csv_column columns[N_KEYS + 1];
    campaign_csv_options options;
    campaign_error error;
    const campaign_runtime runtime = make_runtime(given);
    if (!given->drivers) return EXIT_DONE;
    if (!read_csv_options(&options, given)) return EXIT_USAGE;
    for (int i = 0; i <= N_KEYS; i++) {
        columns[i] = (campaign_csv_column)CAMPAIGN_CSV_COLUMN_INIT;
        columns[i].name = i < N_KEYS ? keys[i] : "date";
        columns[i].is_key = i < N_KEYS;
        columns[i].type = i < N_KEYS ? 0 : CAMPAIGN_TYPE_DATE;
        columns[i].is_optional = 1;
    }
    options.columns = columns;
    options.n_columns = N_KEYS + 1;
    if (campaign_io_read_csv(drivers, NULL, given->drivers, &options, &runtime, &error) == CAMPAIGN_OK)
        return EXIT_DONE;
    return report_error(given->drivers, &error);
}

int read_plan_files(plan_files *files, const campaign_table *columns, arguments *given)
{
    memset(files, 0, sizeof *files);
    files->inputs = (campaign_plan_inputs)CAMPAIGN_PLAN_INPUTS_INIT;
    int code = read_orders(files, columns, given);
    if (code == EXIT_DONE && (given->n_overlays || given->n_node_files || given->region))
        code = read_calendar(&files->calendar, given);
    if (code == EXIT_DONE) code = read_drivers(&files->drivers, given);
    files->inputs.orders = files->orders;
    files->inputs.drivers = files->drivers;
    files->inputs.calendar = files->calendar;
    return code;
}

void free_plan_files(plan_files *files)
{
    campaign_table_free(files->orders);
    campaign_table_free(files->drivers);
    campaign_calendar_free(files->calendar);
    memset(files, 0, sizeof *files);
}

int read_plan(campaign_plan **plan, const char *path)
{
    size_t length = 0;
    campaign_error error;
    char *text = read_text(path, &length);
    if (!text) return EXIT_OTHER;
    const campaign_status status = campaign_plan_load(plan, text, length, &error);
    free(text);
    return status == CAMPAIGN_OK ? EXIT_DONE : report_error(path, &error);
}
