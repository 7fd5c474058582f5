/* campaign new: a minimal request and empty CSV files with the right headers, in English or Chinese. */
#include <campaign/plan.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/output.h"
#include "cli/roles.h"
#include "cli/verbs/verbs.h"

static const char *const file_names[] = { "request.json", "orders.csv", "daily.csv", "spend.csv" };
enum { N_FILES = sizeof file_names / sizeof *file_names };

static bool exists(const char *folder, const char *name)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file) (void)fclose(file);
    return file != NULL;
}

static int32_t type_of(role_kind kind)
{
    switch (kind) {
    case ROLE_DAY:
    case ROLE_DATE: return CAMPAIGN_TYPE_DATE;
    case ROLE_MONEY: return CAMPAIGN_TYPE_MONEY;
    case ROLE_COUNT: return CAMPAIGN_TYPE_INT64;
    case ROLE_FLOAT:
    case ROLE_FLAG:
    case ROLE_TEXT:
    case ROLE_NUMBER:
    case ROLE_KEY: break;
    }
    return CAMPAIGN_TYPE_UTF8;
}

/* What one figure must not come from two files for: daily figures that the orders or the spend bring already; and keys
 * that few plans are split by. */
static bool is_left_out(data_kind kind, const char *name)
{
    static const char *const elsewhere[] = { "product_line", "market", "sales", "refunds", "orders", "spend" };
    static const char *const rare[] = { "channel", "tier", "rep", "sku", "quantity" };
    for (size_t i = 0; i < sizeof rare / sizeof *rare && kind == DATA_ORDERS; i++)
        if (strcmp(rare[i], name) == 0) return true;
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere && kind == DATA_DAILY; i++)
        if (strcmp(elsewhere[i], name) == 0) return true;
    return false;
}

static int save_header(const char *folder, const char *name, data_kind kind, const char *currency,
                       const arguments *given)
{
    const role_list list = roles_of(kind);
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    campaign_error error;
    campaign_status status = campaign_table_builder_create(&builder, &error);
    for (int i = 0; i < list.n && status == CAMPAIGN_OK; i++) {
        const role *column = &list.roles[i];
        if (is_left_out(kind, column->name)) continue;
        status = campaign_table_builder_add_column(builder, is_chinese(given) ? column->zh : column->name,
                                                   type_of(column->kind), column->kind == ROLE_MONEY ? currency : NULL,
                                                   &error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(&table, builder, &error);
    const int code = status == CAMPAIGN_OK ? save_table(folder, name, table, given) : report_error(NULL, &error);
    campaign_table_free(table);
    campaign_table_builder_free(builder);
    return code;
}

static int save_all(const char *folder, const char *request, size_t length, const char *currency,
                    const arguments *given)
{
    int code = make_folder(folder);
    if (code == EXIT_DONE) code = save_text(folder, file_names[0], request, length);
    if (code == EXIT_DONE) code = save_header(folder, "orders", DATA_ORDERS, currency, given);
    if (code == EXIT_DONE) code = save_header(folder, "daily", DATA_DAILY, currency, given);
    if (code == EXIT_DONE) code = save_header(folder, "spend", DATA_SPEND, currency, given);
    for (size_t i = 0; i < N_FILES && code == EXIT_DONE; i++) (void)printf("%s/%s\n", folder, file_names[i]);
    return code;
}

int verb_new(arguments *given)
{
    const char *folder = given->output ? given->output : ".", *currency = given->currency ? given->currency : "CNY";
    if (!given->year || given->n_files) {
        (void)fprintf(stderr, "campaign new: say the year to plan, --year 2027, and the folder with --output FOLDER\n");
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < N_FILES && !given->is_forced; i++)
        if (exists(folder, file_names[i])) {
            (void)fprintf(stderr, "%s/%s: is there already; --force writes over it\n", folder, file_names[i]);
            return EXIT_OTHER;
        }
    char *json = NULL;
    size_t length = 0;
    campaign_error error;
    if (campaign_plan_request_new(&json, &length, given->year, currency, language_of(given), &error) != CAMPAIGN_OK) {
        (void)fprintf(stderr, "campaign new: %s\n", error.message);
        return error.code == CAMPAIGN_E_NOMEM ? EXIT_OTHER : EXIT_USAGE;
    }
    const int code = save_all(folder, json, length, currency, given);
    campaign_text_free(json);
    return code;
}
