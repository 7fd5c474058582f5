/* Some columns of a table, in the order that --columns names them. */
#include <stdio.h>
#include <string.h>

#include "cli/output.h"

enum { NAME_BYTES = 128 };

static int refuse(const char *name, const campaign_table *table)
{
    (void)fprintf(stderr, "campaign: the table has no column \"%s\"; it has", name);
    for (int32_t i = 0; i < campaign_table_n_columns(table); i++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        if (campaign_table_column(&column, table, i, NULL) == CAMPAIGN_OK)
            (void)fprintf(stderr, "%s %s", i ? "," : "", column.name);
    }
    (void)fputc('\n', stderr);
    return EXIT_USAGE;
}

/* Tables that are printed are whole, so the bits of their cells begin at 0. */
static campaign_status add_column(campaign_table_builder *builder, const campaign_table *table, int32_t index,
                                  campaign_error *error)
{
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    const campaign_status status = campaign_table_column(&column, table, index, error);
    if (status != CAMPAIGN_OK) return status;
    array.type = column.type, array.n_rows = column.n_rows, array.n_dictionary = column.n_dictionary;
    memcpy(array.currency, column.currency, sizeof array.currency);
    array.exponent = column.exponent, array.has_exponent = column.type == CAMPAIGN_TYPE_MONEY;
    array.name = column.name, array.validity = column.validity, array.values = column.values;
    array.offsets = column.offsets, array.codes = column.codes;
    return campaign_table_builder_add_array(builder, &array, error);
}

int pick_columns(campaign_table **picked, const campaign_table *table, const char *names)
{
    campaign_table_builder *builder = NULL;
    campaign_error error;
    int code = EXIT_DONE;
    *picked = NULL;
    if (campaign_table_builder_create(&builder, &error) != CAMPAIGN_OK) return report_error(NULL, &error);
    for (const char *at = names; code == EXIT_DONE && at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        char name[NAME_BYTES];
        const size_t length = strcspn(at, ",");
        (void)snprintf(name, sizeof name, "%.*s", (int)(length < NAME_BYTES ? length : NAME_BYTES - 1), at);
        const int32_t index = campaign_table_find(table, name);
        if (index < 0)
            code = refuse(name, table);
        else if (add_column(builder, table, index, &error) != CAMPAIGN_OK)
            code = report_error("--columns", &error);
    }
    if (code == EXIT_DONE && campaign_table_builder_finish(picked, builder, &error) != CAMPAIGN_OK)
        code = report_error("--columns", &error);
    campaign_table_builder_free(builder);
    return code;
}
