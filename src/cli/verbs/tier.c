/* campaign tier: customers by recency, frequency and monetary value. */
#include <campaign/tier.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/data.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/verbs/verbs.h"

static const char *const table_names[] = { "tiers", "bins", "segments", "skipped", "notes" };
enum { N_TABLES = sizeof table_names / sizeof *table_names };

static bool read_rfm_options(campaign_rfm_options *options, const arguments *given)
{
    *options = (campaign_rfm_options)CAMPAIGN_RFM_OPTIONS_INIT;
    options->nulls = given->skips ? CAMPAIGN_RFM_NULLS_SKIP : CAMPAIGN_RFM_NULLS_FAIL;
    options->recency_bins = options->frequency_bins = options->monetary_bins = given->n_bins;
    options->dormant_after_days = given->dormant_after_days;
    options->day_starts_at_minutes = given->day_starts_at_minutes;
    options->ties = given->ties;
    options->frequency_counts = given->frequency;
    options->language = language_of(given);
    options->has_as_of = given->as_of != NULL;
    return !given->as_of || read_day(&options->as_of, "as-of", given->as_of);
}

static int save_all(const campaign_table *const *tables, const arguments *given)
{
    int code = make_folder(given->output);
    for (int i = 0; i < N_TABLES && code == EXIT_DONE; i++)
        code = save_table(given->output, table_names[i], tables[i], given);
    return code;
}

static void show_overview(const campaign_rfm_report *report, const arguments *given)
{
    static const shown_column columns[] = {
        { "tier_name", "tier", "层级", CELL_AS_IS },
        { "customers", "customers", "客户数", CELL_AS_IS },
        { "customer_share", "share", "占比", CELL_PERCENT },
        { "monetary", "sales", "销售额", CELL_AS_IS },
        { "monetary_share", "share", "占比", CELL_PERCENT },
        { "recency_days_mean", "days since", "平均间隔天数", CELL_ONE_DECIMAL },
        { "frequency_mean", "frequency", "平均频次", CELL_ONE_DECIMAL },
    };
    const bool zh = is_chinese(given);
    char day[CAMPAIGN_DATE_TEXT] = "-", text[512];
    if (report->has_as_of) (void)campaign_date_format(day, report->as_of);
    (void)printf(zh ? "%lld 位客户，截至 %s：使用 %lld 行，其中退货 %lld 行；之后的 %lld 行、缺值的 %lld 行未用\n\n"
                    : "%lld customers as of %s: %lld rows used, %lld of them returns; %lld later and %lld with gaps "
                      "left out\n\n",
                 (long long)report->n_customers, day, (long long)report->n_used, (long long)report->n_returns,
                 (long long)report->n_after_as_of, (long long)report->n_skipped);
    const shown_table shown = {
        report->segments, columns, sizeof columns / sizeof *columns, NULL, given->limit ? given->limit : 60, zh
    };
    show_columns(&shown);
    for (int64_t row = 0; row < campaign_table_n_rows(report->notes); row++)
        (void)printf("%s- %s\n", row ? "" : "\n", cell_text(text, sizeof text, report->notes, "message", row));
}

static int hand_over(const campaign_table *tiers, const campaign_rfm_report *report, const arguments *given)
{
    const campaign_table *const tables[N_TABLES] = { tiers, report->bins, report->segments, report->skipped,
                                                     report->notes };
    int which = 0;
    if (given->table && (which = read_word("table", given->table, table_names, N_TABLES)) < 0) return EXIT_USAGE;
    const int code = given->output ? save_all(tables, given) : EXIT_DONE;
    if (code != EXIT_DONE) return code;
    const output_format fallback = given->output ? FORMAT_TABLE : FORMAT_CSV;
    if (given->table || format_of(given, fallback) != FORMAT_TABLE) return print_table(tables[which], given);
    show_overview(report, given);
    return EXIT_DONE;
}

static int judge(const campaign_table *orders, const char *segments, size_t length, const arguments *given)
{
    campaign_rfm_options options;
    if (!read_rfm_options(&options, given)) return EXIT_USAGE;
    options.segments = segments;
    options.segments_length = (int64_t)length;
    campaign_table *tiers = NULL;
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;
    campaign_error error;
    const campaign_runtime runtime = make_runtime(given);
    if (campaign_tier_rfm(&tiers, &report, orders, &options, &runtime, &error) != CAMPAIGN_OK)
        return report_error(given->segments && strstr(error.where, "line ") ? given->segments : given->files[0],
                            &error);
    const int code = hand_over(tiers, &report, given);
    campaign_rfm_report_clear(&report);
    campaign_table_free(tiers);
    return code;
}

int verb_tier(arguments *given)
{
    if (given->n_files != 1) {
        (void)fprintf(stderr, "campaign tier: give one CSV file of orders\n");
        return EXIT_USAGE;
    }
    char *segments = NULL;
    size_t length = 0;
    if (given->segments && !(segments = read_text(given->segments, &length))) return EXIT_OTHER;
    data_terms terms = { .path = given->files[0], .required = "customer date amount", .currency = given->currency };
    terms.roles = roles_of(DATA_ORDERS);
    campaign_table *orders = NULL;
    int code = read_data(&orders, &terms, given);
    if (code == EXIT_DONE && !check_maps(given)) code = EXIT_USAGE;
    if (code == EXIT_DONE) code = judge(orders, segments, length, given);
    campaign_table_free(orders);
    free(segments);
    return code;
}
