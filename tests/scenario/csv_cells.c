/* Prints every cell of a CSV file for csv_oracle.py to compare: csv_cells FILE N_THREADS COLUMN…, all columns as text.
 * A cell is "length:bytes" or "null", each on a line of its own; a refused file is "refused: message" and exit code 3. */
#include <campaign/io.h>
#include <stdio.h>
#include <stdlib.h>

static void print_cells(const campaign_table *table)
{
    const int32_t n_columns = campaign_table_n_columns(table);
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++)
        for (int32_t i = 0; i < n_columns; i++) {
            size_t length;
            const char *text = campaign_table_text(table, i, row, &length);
            if (!text) {
                (void)puts("null");
                continue;
            }
            (void)printf("%lu:", (unsigned long)length);
            (void)fwrite(text, 1, length, stdout);
            (void)putchar('\n');
        }
}

int main(int n_arguments, char **arguments)
{
    enum { MOST = 64 };
    campaign_csv_column columns[MOST];
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    if (n_arguments < 4 || n_arguments > MOST + 3) return 2;
    for (int i = 3; i < n_arguments; i++) {
        const campaign_csv_column blank = CAMPAIGN_CSV_COLUMN_INIT;
        columns[i - 3] = blank;
        columns[i - 3].name = arguments[i];
        columns[i - 3].type = CAMPAIGN_TYPE_UTF8;
    }
    options.columns = columns;
    options.n_columns = n_arguments - 3;
    runtime.n_threads = atoi(arguments[2]);
    if (campaign_io_read_csv(&table, NULL, arguments[1], &options, &runtime, &error) != CAMPAIGN_OK) {
        (void)printf("refused: %s: %s\n", error.where, error.message);
        return 3;
    }
    print_cells(table);
    campaign_table_free(table);
    return 0;
}
