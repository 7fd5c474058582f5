/* Schedules under failing allocations: dates with owners, days away, links and deadlines; units from 0; a circle. */
#include "oom.h"

#include <campaign/schedule.h>
#include <string.h>

enum { MOST_COLUMNS = 8, N_TABLES = 5 };

/* A table: cells of text columns and of the others, each row by row. */
typedef struct content {
    const char *names[MOST_COLUMNS];
    int32_t types[MOST_COLUMNS];
    int32_t n_columns, n_rows;
    const char *texts[16];    /* row by row, of text columns */
    const double numbers[16]; /* the same of the others */
} content;

static const content tasks = {
    { "task", "after", "owner", "duration", "due" },
    { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_DATE },
    5,
    3,
    { "a", "", "Li", "b", "a", "Wang", "c", "a; b SS+1", "Li" },
    { 3, 20750, 2.5, 20760, 4, 20740 },
};
static const content abstract_tasks = { { "task", "after", "duration" },
                                        { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_FLOAT64 },
                                        3,
                                        2,
                                        { "a", "", "b", "a FS+1" },
                                        { 3, 2.5 } };
static const content drawn_tasks = { { "task", "after", "optimistic", "likely", "pessimistic", "actual_start" },
                                     { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_FLOAT64,
                                       CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_DATE },
                                     6,
                                     2,
                                     { "a", "", "b", "a" },
                                     { 1, 2, 4, 20739, 2, 2, 5, 20740 } };
static const content circle = { { "task", "after", "duration" },
                                { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_FLOAT64 },
                                3,
                                2,
                                { "a", "b", "b", "a" },
                                { 3, 2 } };
static const content links = {
    { "task", "predecessor" }, { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_UTF8 }, 2, 1, { "c", "b" }, { 0 }
};
static const content owners = {
    { "owner", "capacity" }, { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_FLOAT64 }, 2, 2, { "Li", "Wang" }, { 8, 6 }
};
static const content away = {
    { "owner", "start" }, { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_DATE }, 2, 1, { "Li" }, { 20741 }
};

static const content actuals = {
    { "task", "actual_start" }, { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_DATE }, 2, 1, { "a" }, { 20739 }
};

static campaign_status make_table(campaign_table **table, const content *c, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < c->n_columns && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, c->names[i], c->types[i], NULL, error);
    int32_t n_texts = 0, n_numbers = 0;
    for (int32_t i = 0; i < c->n_rows * c->n_columns && status == CAMPAIGN_OK; i++) {
        const int32_t column = i % c->n_columns;
        if (c->types[column] == CAMPAIGN_TYPE_UTF8) {
            const char *text = c->texts[n_texts++];
            status = campaign_table_builder_append_text(builder, column, text, strlen(text), error);
        } else if (c->types[column] == CAMPAIGN_TYPE_DATE) {
            status = campaign_table_builder_append_int64(builder, column, (int64_t)c->numbers[n_numbers++], error);
        } else {
            status = campaign_table_builder_append_float64(builder, column, c->numbers[n_numbers++], error);
        }
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status run(const content *const contents[N_TABLES], bool is_abstract, campaign_error *error)
{
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_table *tables[N_TABLES] = { NULL }, *schedule = NULL;
    campaign_schedule_inputs inputs = CAMPAIGN_SCHEDULE_INPUTS_INIT;
    campaign_schedule_options options = CAMPAIGN_SCHEDULE_OPTIONS_INIT;
    campaign_schedule_report report = CAMPAIGN_SCHEDULE_REPORT_INIT;
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < N_TABLES && status == CAMPAIGN_OK; i++)
        if (contents[i]) status = make_table(&tables[i], contents[i], error);
    options.is_abstract = is_abstract;
    options.has_start = !is_abstract, options.start_day = 20738;
    options.has_as_of = !is_abstract, options.as_of_day = 20742;
    options.n_samples = 200;
    runtime.n_threads = 2;
    if (status == CAMPAIGN_OK) {
        inputs.tasks = tables[0], inputs.links = tables[1], inputs.owners = tables[2], inputs.away = tables[3];
        inputs.actuals = tables[4];
        status = campaign_schedule_tasks(&schedule, &report, &inputs, &options, &runtime, error);
        expect_empty(status, schedule, "schedule");
        expect_empty(status, report.summary, "report.summary");
        expect_empty(status, report.deadlines, "report.deadlines");
        expect_empty(status, report.estimates, "report.estimates");
        expect_empty(status, report.chances, "report.chances");
        expect_empty(status, report.slips, "report.slips");
        expect_empty(status, report.pulled, "report.pulled");
        expect_empty(status, report.loads, "report.loads");
        expect_empty(status, report.notes, "report.notes");
    }
    campaign_table_free(schedule);
    campaign_schedule_report_clear(&report);
    for (int32_t i = 0; i < N_TABLES; i++) campaign_table_free(tables[i]);
    return status;
}

static campaign_status on_dates(campaign_error *error)
{
    const content *const contents[N_TABLES] = { &tasks, &links, &owners, &away, &actuals };
    return run(contents, false, error);
}

static campaign_status in_units(campaign_error *error)
{
    const content *const contents[N_TABLES] = { &abstract_tasks, NULL, NULL, NULL };
    return run(contents, true, error);
}

static campaign_status with_samples(campaign_error *error)
{
    const content *const contents[N_TABLES] = { &drawn_tasks, NULL, NULL, NULL };
    return run(contents, false, error);
}

/* A circle is found whatever memory there is; that is what is to fail. */
static campaign_status in_a_circle(campaign_error *error)
{
    const content *const contents[N_TABLES] = { &circle, NULL, NULL, NULL };
    const campaign_status status = run(contents, true, error);
    return status == CAMPAIGN_E_INFEASIBLE ? CAMPAIGN_OK : status;
}

const oom_scenario oom_scenarios[] = {
    { "a schedule on dates", on_dates },
    { "a schedule in units", in_units },
    { "a schedule with samples", with_samples },
    { "a circle", in_a_circle },
    { NULL, NULL },
};
