/* A program that reads a table from CSV: the second library is found beside the first, shared and static. */
#include <campaign/io.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    static const char csv[] = "客户,金额\nLi,1.50\nWang,2\n";
    campaign_csv_column column = CAMPAIGN_CSV_COLUMN_INIT;
    column.name = "金额";
    column.type = CAMPAIGN_TYPE_MONEY;
    memcpy(column.currency, "CNY", 4);
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    options.columns = &column;
    options.n_columns = 1;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    if (campaign_io_parse_csv(&table, NULL, csv, sizeof csv - 1, &options, NULL, &error) != CAMPAIGN_OK) {
        printf("%s: %s\n", error.where, error.message);
        return 1;
    }
    char text[32];
    (void)campaign_table_format(text, sizeof text, table, campaign_table_find(table, "金额"), 0);
    printf("%lld rows, %s yuan\n", (long long)campaign_table_n_rows(table), text);
    campaign_table_free(table);
    return 0;
}
