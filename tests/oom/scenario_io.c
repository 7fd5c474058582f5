/* CSV in and out, with problems, GB18030, several threads and files. */
#include "oom.h"

#include <campaign/io.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char csv[] =
    "id,amount,day,note\n1,1.005,2026/1/5,\"a \"\"b\"\"\"\n2,x,2026-02-30,\n3,1,,\n4\n5,2.00,20260105,z\n";

static campaign_csv_column amount_column(void)
{
    campaign_csv_column column = CAMPAIGN_CSV_COLUMN_INIT;
    column.name = "amount";
    column.type = CAMPAIGN_TYPE_MONEY;
    memcpy(column.currency, "CNY", 4);
    column.rounding = CAMPAIGN_ROUND_HALF_UP;
    return column;
}

static campaign_status parse(const char *text, int32_t encoding, campaign_error *error)
{
    const campaign_csv_column column = amount_column();
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    campaign_csv_report report = CAMPAIGN_CSV_REPORT_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_table *table = NULL;
    options.columns = &column;
    options.n_columns = 1;
    options.encoding = encoding;
    options.on_problem = CAMPAIGN_CSV_SKIP;
    options.delimiter = CAMPAIGN_CSV_DELIMITER_AUTO;
    runtime.n_threads = 2;
    const campaign_status status =
        campaign_io_parse_csv(&table, &report, text, strlen(text), &options, &runtime, error);
    expect_empty(status, table, "table");
    expect_empty(status, report.problems, "problems");
    expect_empty(status, report.counts, "counts");
    campaign_table_free(report.problems);
    campaign_table_free(report.counts);
    campaign_table_free(table);
    return status;
}

static campaign_status parse_utf8(campaign_error *error)
{
    return parse(csv, CAMPAIGN_CSV_UTF8, error);
}

static campaign_status parse_gb18030(campaign_error *error)
{
    return parse("id,amount\n\xD5\xC5\xC8\xFD,\xA3\xA4\x31\n", CAMPAIGN_CSV_GB18030, error);
}

/* Refusing takes memory too, and what it says must not depend on having it. */
static campaign_status refuse(campaign_error *error)
{
    campaign_table *table = NULL;
    const campaign_csv_column column = amount_column();
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    options.columns = &column;
    options.n_columns = 1;
    const campaign_status status = campaign_io_parse_csv(&table, NULL, csv, sizeof csv - 1, &options, NULL, error);
    oom_expect(table == NULL, "a refused text leaves no table");
    return status == CAMPAIGN_E_SYNTAX ? CAMPAIGN_OK : status;
}

static campaign_status write_and_read(campaign_error *error)
{
    campaign_table *table = NULL, *again = NULL;
    char path[32];
    (void)snprintf(path, sizeof path, "oom_io_%ld.csv", (long)getpid()); /* this program runs twice at once */
    campaign_status status = campaign_io_parse_csv(&table, NULL, "a,b\n1,x\n", 8, NULL, NULL, error);
    if (status == CAMPAIGN_OK) status = campaign_io_write_csv(path, table, NULL, error);
    if (status == CAMPAIGN_OK) status = campaign_io_read_csv(&again, NULL, path, NULL, NULL, error);
    expect_empty(status, again, "table of the file");
    campaign_table_free(again);
    campaign_table_free(table);
    (void)remove(path);
    return status;
}

/* Two batches, read twice. */
static campaign_status read_batches(campaign_error *error)
{
    static const char text[] = "\xEF\xBB\xBFid,note\n1,\"a\nb\"\n1,c\n2,d\n";
    campaign_csv_batches *batches = NULL;
    campaign_table *batch = NULL;
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    static const char *const nulls[] = { "NA" };
    char path[40];
    options.encoding = CAMPAIGN_CSV_ENCODING_AUTO;
    options.null_texts = nulls;
    options.n_null_texts = 1;
    (void)snprintf(path, sizeof path, "oom_io_batches_%ld.csv", (long)getpid());
    FILE *file = fopen(path, "wb");
    oom_expect(file && fwrite(text, 1, sizeof text - 1, file) == sizeof text - 1, "the file is written");
    oom_expect(file && fclose(file) == 0, "the file is closed");
    campaign_status status = campaign_io_open_csv_batches(&batches, path, "id", 4, &options, error);
    for (int pass = 0; pass < 2 && status == CAMPAIGN_OK; pass++) {
        do {
            campaign_table_free(batch);
            status = campaign_io_next_csv_batch(&batch, batches, NULL, error);
        } while (status == CAMPAIGN_OK && batch);
        if (status == CAMPAIGN_OK) status = campaign_io_rewind_csv_batches(batches, error);
    }
    oom_expect(batch == NULL, "neither the end nor a failure leaves a batch");
    campaign_csv_batches_free(batches);
    (void)remove(path);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "parse_utf8", parse_utf8 },         { "parse_gb18030", parse_gb18030 }, { "refuse", refuse },
    { "write_and_read", write_and_read }, { "read_batches", read_batches },   { NULL, NULL },
};
