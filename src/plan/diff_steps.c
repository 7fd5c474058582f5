/* Makes the plans between two plans: one for each changed part of the request, in the order of the parts, then the data.
 * A part whose plan cannot be made by itself, such as a target without its locks, goes together with the next. */
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "plan/compare.h"

bool cpn_plan_cause_may_move(const cpn_plan_cause *cause, cpn_plan_table_id id)
{
    static const struct {
        const char *part;
        cpn_plan_table_id only; /* the one table that the part moves, besides notes */
    } narrow[] = { { "budget", CPN_PLAN_BUDGET }, { "metrics", CPN_PLAN_METRICS }, { "tasks", CPN_PLAN_TASKS } };
    if (id == CPN_PLAN_SOURCES) return cause->is_data || strncmp(cause->path, "data", 4) == 0;
    if (cause->is_data) return id != CPN_PLAN_METRICS;
    for (size_t i = 0; i < sizeof narrow / sizeof *narrow; i++) {
        const size_t length = strlen(narrow[i].part);
        const char end = strncmp(cause->path, narrow[i].part, length) == 0 ? cause->path[length] : 'x';
        if (end == '.' || end == '\0') return id == narrow[i].only || id == CPN_PLAN_NOTES;
    }
    return true;
}

static campaign_status add_step(cpn_plan_steps *steps, const campaign_plan *plan, campaign_plan *own, int64_t end_cause,
                                campaign_error *error)
{
    cpn_plan_step *step = &steps->steps[steps->n];
    memset(step, 0, sizeof *step);
    step->plan = plan;
    step->own = own;
    step->first_cause = steps->n > 0 ? steps->steps[steps->n - 1].end_cause : 0;
    step->end_cause = end_cause;
    steps->n++;
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < CPN_PLAN_N_TABLES && status == CAMPAIGN_OK; i++)
        status = cpn_plan_rows_index(&step->rows[i], plan->tables[i], (cpn_plan_table_id)i, error);
    return status;
}

/* The request before and the tables given must give the plan before again, to the byte. */
static campaign_status check_tables(const campaign_plan *again, const campaign_plan *before, campaign_error *error)
{
    char *made = NULL, *kept = NULL;
    size_t n_made = 0, n_kept = 0;
    campaign_status status = again ? campaign_plan_save(&made, &n_made, again, error) : CAMPAIGN_OK;
    if (status == CAMPAIGN_OK) status = campaign_plan_save(&kept, &n_kept, before, error);
    if (status == CAMPAIGN_OK && (!again || n_made != n_kept || memcmp(made, kept, n_kept) != 0))
        status = cpn_fail(error, CAMPAIGN_E_VALUE, "tables", "the plan before was not made from these tables");
    campaign_text_free(made);
    campaign_text_free(kept);
    return status;
}

/* Whether a plan was made without any tables, so that it can be made again from nothing. */
static bool is_made_of_nothing(const campaign_plan *plan)
{
    const campaign_table *notes = plan->tables[CPN_PLAN_NOTES];
    const int32_t code = campaign_table_find(notes, "code");
    for (int64_t row = 0; row < campaign_table_n_rows(notes); row++) {
        char text[32];
        (void)campaign_table_format(text, sizeof text, notes, code, row);
        if (strcmp(text, "calendar_given") == 0) return false;
    }
    return campaign_table_n_rows(plan->tables[CPN_PLAN_SOURCES]) == 0;
}

/* What the plans between two plans are made from. */
typedef struct between {
    const cpn_plan_causes *causes;
    const campaign_plan *before, *after;
    const campaign_plan_inputs *inputs;
    campaign_runtime threads; /* those of the caller; silent, for progress is counted in plans */
} between;

/* The plan after the first n causes; *made stays NULL where no such plan can be made. */
static campaign_status make_plan(campaign_plan **made, const between *way, int64_t n, campaign_error *error)
{
    cpn_text request = { 0 };
    campaign_status status = cpn_plan_causes_request(&request, way->causes, n, way->before, way->after, error);
    if (status == CAMPAIGN_OK &&
        campaign_plan_create(made, request.data, request.length, way->inputs, &way->threads, NULL) == CAMPAIGN_E_NOMEM)
        status = cpn_fail_nomem(error);
    cpn_text_clear(&request);
    return status;
}

/* Parts of the request that are changed before the data are. */
static int64_t count_parts(const cpn_plan_causes *causes)
{
    int64_t n = 0;
    while (n < causes->n && !causes->causes[n].is_data) n++;
    return n;
}

static campaign_status make_between(cpn_plan_steps *steps, const between *way, const campaign_runtime *runtime,
                                    campaign_error *error)
{
    const int64_t n_parts = count_parts(way->causes), n_made = n_parts < way->causes->n ? n_parts : n_parts - 1;
    campaign_plan *again = NULL;
    campaign_status status = make_plan(&again, way, 0, error);
    if (status == CAMPAIGN_OK) status = check_tables(again, way->before, error);
    campaign_plan_free(again);
    for (int64_t n = 1; n <= n_made && status == CAMPAIGN_OK; n++) {
        campaign_plan *made = NULL;
        status = cpn_report_progress(runtime, "diff", n - 1, n_made, error);
        if (status == CAMPAIGN_OK) status = make_plan(&made, way, n, error);
        if (status == CAMPAIGN_OK && made) status = add_step(steps, made, made, n, error);
    }
    steps->is_traced = status == CAMPAIGN_OK;
    return status;
}

campaign_status cpn_plan_steps_make(cpn_plan_steps *steps, const cpn_plan_causes *causes, const campaign_plan *before,
                                    const campaign_plan *after, const campaign_plan_inputs *inputs,
                                    const campaign_runtime *runtime, campaign_error *error)
{
    const campaign_plan_inputs nothing = CAMPAIGN_PLAN_INPUTS_INIT;
    memset(steps, 0, sizeof *steps);
    if (!inputs && is_made_of_nothing(before)) inputs = &nothing;
    steps->steps = cpn_alloc(causes->n + 2, sizeof *steps->steps);
    if (!steps->steps) return cpn_fail_nomem(error);
    campaign_status status = add_step(steps, before, NULL, 0, error);
    between way = { causes, before, after, inputs, CAMPAIGN_RUNTIME_INIT };
    way.threads.n_threads = runtime ? runtime->n_threads : 0;
    if (status == CAMPAIGN_OK && inputs && causes->n > 0) status = make_between(steps, &way, runtime, error);
    if (status == CAMPAIGN_OK) status = add_step(steps, after, NULL, causes->n, error);
    if (status != CAMPAIGN_OK) cpn_plan_steps_free(steps);
    return status;
}

void cpn_plan_steps_free(cpn_plan_steps *steps)
{
    for (int64_t i = 0; i < steps->n; i++) {
        for (int32_t id = 0; id < CPN_PLAN_N_TABLES; id++) cpn_plan_rows_free(&steps->steps[i].rows[id]);
        campaign_plan_free(steps->steps[i].own);
    }
    cpn_free(steps->steps);
    memset(steps, 0, sizeof *steps);
}
