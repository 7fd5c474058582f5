/* Reads what a plan is made from besides its request. */
#include "cli/plan_inputs.h"

#include <stdlib.h>
#include <string.h>

#include "cli/data.h"
#include "cli/input.h"
#include "cli/output.h"

static int read_orders(plan_files *files, const request_terms *asked, arguments *given)
{
    if (!given->orders) return EXIT_DONE;
    data_terms terms = { .path = given->orders,
                         .required = "date amount",
                         .currency = asked->currency,
                         .unit = asked->unit,
                         .rounding = asked->rounding,
                         .keeps_names = true };
    terms.roles = roles_of(DATA_ORDERS);
    name_roles(&terms.roles, asked);
    const int code = read_data(&files->orders, &terms, given);
    return code == EXIT_DONE && !check_maps(given) ? EXIT_USAGE : code;
}

/* A table beside the orders: keys, dates and amounts by their English names; whatever else holds numbers is read as such. */
static int read_beside(campaign_table **table, const char *path, const request_terms *asked, const arguments *given)
{
    static const struct {
        const char *name;
        int32_t type; /* 0: a key */
    } known[] = { { "product_line", 0 },
                  { "market", 0 },
                  { "channel", 0 },
                  { "tier", 0 },
                  { "rep", 0 },
                  { "date", CAMPAIGN_TYPE_DATE },
                  { "period", CAMPAIGN_TYPE_UTF8 },
                  { "amount", CAMPAIGN_TYPE_MONEY } };
    enum { N_KNOWN = sizeof known / sizeof *known };
    campaign_csv_column columns[N_KNOWN];
    campaign_csv_options options;
    campaign_error error;
    const campaign_runtime runtime = make_runtime(given);
    if (!path) return EXIT_DONE;
    if (!read_csv_options(&options, given)) return EXIT_USAGE;
    for (int i = 0; i < N_KNOWN; i++) {
        columns[i] = (campaign_csv_column)CAMPAIGN_CSV_COLUMN_INIT;
        columns[i].name = known[i].name;
        columns[i].type = known[i].type;
        columns[i].is_key = known[i].type == 0;
        columns[i].is_optional = 1;
        if (known[i].type == CAMPAIGN_TYPE_MONEY) memcpy(columns[i].currency, asked->currency, 4);
    }
    options.columns = columns;
    options.n_columns = N_KNOWN;
    if (campaign_io_read_csv(table, NULL, path, &options, &runtime, &error) == CAMPAIGN_OK) return EXIT_DONE;
    return report_error(path, &error);
}

int read_plan_files(plan_files *files, const campaign_table *columns, arguments *given)
{
    request_terms asked;
    memset(files, 0, sizeof *files);
    files->inputs = (campaign_plan_inputs)CAMPAIGN_PLAN_INPUTS_INIT;
    if (!read_terms(&asked, columns)) return EXIT_INPUT;
    int code = read_orders(files, &asked, given);
    if (code == EXIT_DONE && (given->n_overlays || given->n_node_files || given->region))
        code = read_calendar(&files->calendar, given);
    if (code == EXIT_DONE) code = read_beside(&files->drivers, given->drivers, &asked, given);
    if (code == EXIT_DONE) code = read_beside(&files->bottom_up, given->bottom_up, &asked, given);
    if (code == EXIT_DONE) code = read_beside(&files->daily, given->daily, &asked, given);
    files->inputs.orders = files->orders;
    files->inputs.drivers = files->drivers;
    files->inputs.bottom_up = files->bottom_up;
    files->inputs.daily = files->daily;
    files->inputs.calendar = files->calendar;
    return code;
}

void free_plan_files(plan_files *files)
{
    campaign_table_free(files->orders);
    campaign_table_free(files->drivers);
    campaign_table_free(files->bottom_up);
    campaign_table_free(files->daily);
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
