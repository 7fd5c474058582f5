/* Problems as rows of a playbook: under which condition each happens again, what is done then, who does it. */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "execution/review/review.h"

enum { ID, NAME, METRIC, WHEN, ACTION, OWNER, WITHIN, SEVERITY, SOURCE, N_COLUMNS };
#define UTF8 CAMPAIGN_TYPE_UTF8
static const cpn_column_schema schema[N_COLUMNS] = {
    { "id", UTF8, "Id.", "标识。" },
    { "name", UTF8, "What went wrong.", "问题。" },
    { "metric", UTF8, "Metric of the state that tells of it, where none of the review's does.",
      "在 state 表中报告该问题的指标（复盘指标无法说明时）。" },
    { "when", UTF8, "When it holds.", "触发条件。" },
    { "action", UTF8, "What to do.", "措施。" },
    { "owner", UTF8, "Owner.", "负责人。" },
    { "within", UTF8, "Time to act.", "处理时限。" },
    { "severity", UTF8, "How bad it is.", "严重程度。" },
    { "source", UTF8, "Campaign it was learnt in.", "来源活动。" },
};

typedef struct entries {
    const cpn_review *review;
    cpn_risk_names built_in;
    cpn_out out;
} entries;

/* ---- Conditions -------------------------------------------------------------------------------------------------- */

/* "82.5%": millionths with all their digits. */
static void add_percent(cpn_text *text, int64_t ppm)
{
    char decimals[8];
    cpn_text_add_int64(text, ppm / 10000);
    int n = snprintf(decimals, sizeof decimals, ".%04d", (int)(ppm % 10000));
    while (n > 0 && (decimals[n - 1] == '0' || decimals[n - 1] == '.')) n--;
    cpn_text_add(text, decimals, (size_t)n);
    cpn_text_add_char(text, '%');
}

static void add_name(cpn_text *text, cpn_review_text name)
{
    cpn_text_add(text, name.text, name.length);
}

/* "leads <= leads.target * 80%"; "spend * 80% >= spend.target" where lower is better: as the threshold of a problem. */
static void say_shortfall(cpn_text *text, const entries *e, cpn_review_text value, cpn_review_text name, bool is_lower)
{
    add_name(text, value);
    if (is_lower) {
        cpn_text_add_string(text, " * ");
        add_percent(text, e->review->options.low_ppm);
        cpn_text_add_string(text, " >= ");
    } else {
        cpn_text_add_string(text, " <= ");
    }
    add_name(text, name);
    cpn_text_add_string(text, ".target");
    if (is_lower) return;
    cpn_text_add_string(text, " * ");
    add_percent(text, e->review->options.low_ppm);
}

/* False where the metric has no name that a condition can hold. */
static bool say_metric(cpn_text *text, const entries *e, cpn_review_text name, bool is_lower)
{
    static const cpn_review_text value = { "metric.value", 12 }, metric = { "metric", 6 };
    const cpn_review_spelling spelling = cpn_review_spell(&e->built_in, name);
    if (spelling == CPN_REVIEW_NAMELESS) return false;
    if (spelling != CPN_REVIEW_QUOTED) {
        say_shortfall(text, e, name, name, is_lower);
        return true;
    }
    cpn_text_add_string(text, "metric.name = '");
    add_name(text, name);
    cpn_text_add_string(text, "' and ");
    say_shortfall(text, e, value, metric, is_lower);
    return true;
}

/* The conversion of one class: the state has it under the class as subject. */
static bool say_class(cpn_text *text, const entries *e, const cpn_review_finding *finding)
{
    static const cpn_review_text conversion = { "conversion", 10 };
    const cpn_review_text name = cpn_review_cell(&e->review->class_name, finding->row);
    if (name.length > 200 || memchr(name.text, '\'', name.length)) return false;
    cpn_text_add_string(text, "subject = '");
    add_name(text, name);
    cpn_text_add_string(text, "' and ");
    const bool is_known = finding->metric >= 0;
    return say_metric(text, e, is_known ? e->review->metrics[finding->metric].name : conversion, false);
}

/* Where nothing else tells it, a metric of its own does: "fair26_problem_1 >= 1". */
static void name_problem(char metric[CPN_REVIEW_NAME], const char *id)
{
    size_t n = 0;
    for (const unsigned char *at = (const unsigned char *)id; *at; at++) {
        const bool is_digit = *at >= '0' && *at <= '9';
        const bool is_word = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || *at == '_' || is_digit ||
                             (*at >= 0x80 && *at != 0xC3 && *at != 0xE2);
        if (n == 0 && is_digit) metric[n++] = '_';
        metric[n++] = (char)(is_word ? *at : '_');
        if (*at != 0xC3 && *at != 0xE2) continue;
        while (at[1] >= 0x80 && at[1] < 0xC0) at++;
    }
    metric[n] = '\0';
}

/* The condition, and the metric that it needs where that is one of its own, else "". */
static void say_condition(cpn_text *text, char metric[CPN_REVIEW_NAME], const entries *e,
                          const cpn_review_finding *finding, const char *id)
{
    bool is_said = finding->when.length > 0;
    metric[0] = '\0';
    if (is_said)
        add_name(text, finding->when);
    else if (finding->source == CPN_REVIEW_SEGMENT)
        is_said = say_class(text, e, finding);
    else if (finding->metric >= 0)
        is_said =
            say_metric(text, e, e->review->metrics[finding->metric].name, e->review->metrics[finding->metric].is_lower);
    if (is_said) return;
    text->length = 0;
    name_problem(metric, id);
    cpn_text_add_string(text, metric);
    cpn_text_add_string(text, " >= 1");
}

/* ---- Conditions that are given ----------------------------------------------------------------------------------- */

static campaign_status check_condition(const cpn_review_finding *finding, const cpn_risk_names *names,
                                       campaign_error *error)
{
    const cpn_json_value value = { .kind = CPN_JSON_STRING, .text = "" };
    const cpn_risk_source source = { &value, finding->when.text, (int32_t)finding->when.length };
    cpn_risk_program program;
    campaign_error slip = { 0 };
    if (finding->when.length > 1000)
        return cpn_fail_row(error, CAMPAIGN_E_LIMIT, finding->row, "findings.when", "%lld bytes, the limit is 1000",
                            (long long)finding->when.length);
    const campaign_status status = cpn_risk_compile(&program, &source, names, &slip);
    if (status == CAMPAIGN_E_NOMEM) return cpn_fail_nomem(error);
    if (status != CAMPAIGN_OK) return cpn_fail_row(error, status, finding->row, "findings.when", "%s", slip.message);
    const bool is_condition = program.type == CPN_RISK_BOOL;
    cpn_risk_program_free(&program);
    if (is_condition) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_SYNTAX, finding->row, "findings.when",
                        "it is a value, not a condition: compare it with another");
}

/* Built-in names, and those of the review that the document will declare; copies holds their text. */
static campaign_status open_own_names(cpn_risk_names *names, char **copies, const cpn_review *review,
                                      campaign_error *error)
{
    const campaign_status status = cpn_review_open_names(names, review->n_metrics, error);
    if (status != CAMPAIGN_OK) return status;
    *copies = cpn_alloc_zero(review->n_metrics, CPN_REVIEW_ID + 1);
    if (!*copies) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < review->n_metrics; i++) {
        const cpn_review_text name = review->metrics[i].name;
        char *copy = *copies + i * (CPN_REVIEW_ID + 1);
        if (cpn_review_spell(names, name) != CPN_REVIEW_DECLARED) continue;
        memcpy(copy, name.text, name.length);
        names->metrics[names->n_metrics++] = (cpn_risk_metric){ .name = copy, .en = copy, .zh = copy };
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_review_check_conditions(const cpn_review *review, campaign_error *error)
{
    cpn_risk_names names = { .metrics = NULL };
    char *copies = NULL;
    bool has_any = false;
    for (int64_t i = 0; i < review->n_findings; i++) has_any = has_any || review->findings[i].when.length > 0;
    if (!has_any) return CAMPAIGN_OK;
    campaign_status status = open_own_names(&names, &copies, review, error);
    for (int64_t i = 0; i < review->n_findings && status == CAMPAIGN_OK; i++)
        if (review->findings[i].when.length > 0) status = check_condition(&review->findings[i], &names, error);
    cpn_free(copies);
    cpn_free(names.metrics);
    return status;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* A metric's own shortfall says nothing new where people told a problem of it. */
static bool is_told(const cpn_review *review, const cpn_review_finding *finding)
{
    if (finding->source != CPN_REVIEW_THRESHOLD) return false;
    for (int64_t i = 0; i < review->n_findings; i++) {
        const cpn_review_finding *other = &review->findings[i];
        if (other->kind == CPN_REVIEW_PROBLEM && other->source == CPN_REVIEW_GIVEN &&
            other->metric == finding->metric && other->when.length == 0)
            return true;
    }
    return false;
}

/* Measures of the same metric are what to do; their first owner acts where the problem has none. */
static void write_answer(entries *e, const cpn_review_finding *finding)
{
    const cpn_review *review = e->review;
    const cpn_review_finding *owned = finding->source == CPN_REVIEW_GIVEN ? finding : NULL;
    cpn_text action = { .data = NULL };
    if (owned && cpn_review_cell(&review->owner, owned->row).length == 0) owned = NULL;
    for (int64_t i = 0; i < review->n_findings; i++) {
        const cpn_review_finding *measure = &review->findings[i];
        if (measure->kind != CPN_REVIEW_MEASURE || measure->metric != finding->metric) continue;
        if (action.length) cpn_text_add_string(&action, review->is_chinese ? "；" : "; ");
        add_name(&action, measure->text);
        if (!owned && cpn_review_cell(&review->owner, measure->row).length > 0) owned = measure;
    }
    if (action.length == 0)
        cpn_text_add_string(&action, review->is_chinese ? "查明原因并处理，上次活动已发生过。"
                                                        : "Find the cause and act: it has happened before.");
    cpn_review_out_text(&e->out, ACTION, &action);
    if (owned)
        cpn_out_cell(&e->out, OWNER, &review->owner, owned->row);
    else
        cpn_out_string(&e->out, OWNER, review->is_chinese ? "活动总负责人" : "campaign lead");
}

static void write_entry(entries *e, const cpn_review_finding *finding, int64_t number)
{
    char id[CPN_REVIEW_NAME], metric[CPN_REVIEW_NAME];
    cpn_text when = { .data = NULL };
    cpn_review_id(id, e->review, CPN_REVIEW_PROBLEM, number);
    say_condition(&when, metric, e, finding, id);
    cpn_out_string(&e->out, ID, id);
    cpn_out_text(&e->out, NAME, finding->text.text, finding->text.length);
    cpn_out_string(&e->out, METRIC, metric[0] ? metric : NULL);
    cpn_review_out_text(&e->out, WHEN, &when);
    write_answer(e, finding);
    cpn_out_string(&e->out, WITHIN, "3 working days");
    cpn_out_string(&e->out, SEVERITY, "medium");
    cpn_out_string(&e->out, SOURCE, e->review->options.campaign);
}

campaign_status cpn_review_write_entries(campaign_table **table, const cpn_review *review, campaign_error *error)
{
    entries e = { .review = review };
    int64_t number = 0;
    const campaign_status status = cpn_review_open_names(&e.built_in, 0, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_out_open(&e.out, schema, N_COLUMNS, NULL, 0);
    for (int64_t i = 0; i < review->n_findings; i++) {
        if (review->findings[i].kind != CPN_REVIEW_PROBLEM) continue;
        number++;
        if (!is_told(review, &review->findings[i])) write_entry(&e, &review->findings[i], number);
    }
    cpn_free(e.built_in.metrics);
    return cpn_out_close(table, &e.out, error);
}
