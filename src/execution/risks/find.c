/* Every entry for every subject it speaks of: what holds, with its deadlines, and what could not be judged. */
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "base/sort.h"
#include "execution/risks/risk.h"

typedef struct search {
    cpn_risk_findings *findings;
    const cpn_playbook *playbook;
    const cpn_risk_book *book;
    campaign_error *error;
    const cpn_risk_entry *entry;
    int64_t n_subjects; /* of the entry, judged or told as open */
    bool is_told;       /* that no row has what the entry takes */
} search;

/* ---- Findings ---------------------------------------------------------------------------------------------------- */

static campaign_status keep(search *s, const cpn_risk_finding *finding)
{
    cpn_risk_findings *all = s->findings;
    cpn_text text = { 0 };
    if (all->n == all->capacity) {
        const int64_t capacity = all->capacity ? all->capacity * 2 : 64;
        cpn_risk_finding *grown = cpn_resize(all->all, capacity, sizeof *grown);
        if (!grown) return cpn_fail_nomem(s->error);
        all->all = grown;
        all->capacity = capacity;
    }
    cpn_risk_say_subject(&text, &finding->subject);
    cpn_risk_finding *kept = &all->all[all->n];
    *kept = *finding;
    kept->subject_text = cpn_text_take(&text);
    if (!kept->subject_text) return cpn_fail_nomem(s->error);
    all->n++;
    *(finding->is_judged ? &all->n_holding : &all->n_unjudged) += 1;
    return CAMPAIGN_OK;
}

static campaign_status set_deadlines(cpn_risk_finding *finding, const cpn_risk_book *book, campaign_error *error)
{
    const cpn_risk_entry *entry = finding->entry;
    campaign_status status =
        cpn_risk_due(&finding->due_at, &finding->is_provisional, finding->since, &entry->within, book->calendar, error);
    if (status == CAMPAIGN_OK && entry->escalate_to)
        status = cpn_risk_due(&finding->escalate_at, &finding->is_provisional, finding->since, &entry->after,
                              book->calendar, error);
    return status;
}

/* A row without target was never meant to be judged by how far it is off. */
static bool is_beside_the_point(const search *s, const cpn_risk_value *value)
{
    return s->entry->when.scope == CPN_RISK_METRIC && value->reason == CPN_RISK_NO_TARGET;
}

/* Tells an entry as open for all its subjects at once. */
static campaign_status tell_open(search *s, cpn_risk_reason reason, const cpn_risk_token *missing)
{
    const cpn_risk_finding finding = { .entry = s->entry, .reason = reason, .missing = missing };
    if (s->is_told) return CAMPAIGN_OK;
    s->is_told = true;
    const campaign_status status = keep(s, &finding);
    if (status != CAMPAIGN_OK) return status;
    campaign_text_free(s->findings->all[s->findings->n - 1].subject_text);
    s->findings->all[s->findings->n - 1].subject_text = NULL;
    return CAMPAIGN_OK;
}

/* A field of tasks, stock or budget that no row has is not told row by row. */
static bool is_nowhere(const search *s, const cpn_risk_value *value)
{
    const cpn_risk_scope scope = s->entry->when.scope;
    const cpn_risk_token *missing = &s->entry->when.tokens[value->token];
    return (scope == CPN_RISK_TASK || scope == CPN_RISK_STOCK || scope == CPN_RISK_BUDGET) &&
           value->reason == CPN_RISK_NO_VALUE && missing->kind == CPN_RISK_IS_FIELD &&
           missing->name < (int32_t)CPN_RISK_CAMPAIGN_ID && !s->book->has_field[missing->name];
}

static campaign_status judge(search *s, const cpn_risk_subject *subject)
{
    int64_t since = CPN_RISK_NO_MOMENT;
    const cpn_risk_value value = cpn_risk_run(&s->entry->when, s->book, subject, &since);
    cpn_risk_finding finding = { .entry = s->entry, .subject = *subject, .is_judged = value.is_known };
    if (!value.is_known && is_beside_the_point(s, &value)) return CAMPAIGN_OK;
    s->n_subjects++;
    if (!value.is_known && is_nowhere(s, &value))
        return tell_open(s, CPN_RISK_NO_ROWS, &s->entry->when.tokens[value.token]);
    if (value.is_known) s->findings->n_judged++;
    if (value.is_known && value.number == 0) return CAMPAIGN_OK;
    finding.reason = value.is_known ? CPN_RISK_IS_JUDGED : value.reason;
    finding.missing = value.is_known ? NULL : &s->entry->when.tokens[value.token];
    finding.since = since == CPN_RISK_NO_MOMENT ? s->book->as_of : since;
    const campaign_status status = value.is_known ? set_deadlines(&finding, s->book, s->error) : CAMPAIGN_OK;
    return status == CAMPAIGN_OK ? keep(s, &finding) : status;
}

/* ---- Subjects ---------------------------------------------------------------------------------------------------- */

/* Whether the place has a figure of its own that the condition names. */
static bool has_own_metric(const search *s, const cpn_risk_text *keys)
{
    const cpn_risk_program *when = &s->entry->when;
    for (int32_t i = 0; i < when->n_tokens; i++)
        if (when->tokens[i].kind == CPN_RISK_IS_METRIC &&
            cpn_risk_find_row(s->book, s->playbook->names.metrics[when->tokens[i].name].name, keys))
            return true;
    return false;
}

static campaign_status judge_places(search *s)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < s->book->n_places && status == CAMPAIGN_OK; i++) {
        cpn_risk_subject subject = { .scope = CPN_RISK_STATE };
        memcpy(subject.keys, s->book->places[i].keys, sizeof subject.keys);
        if (has_own_metric(s, subject.keys)) status = judge(s, &subject);
    }
    return status;
}

static campaign_status judge_rows(search *s)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < s->book->n_rows && status == CAMPAIGN_OK; i++) {
        cpn_risk_subject subject = { .scope = CPN_RISK_METRIC, .row = &s->book->rows[i] };
        memcpy(subject.keys, s->book->rows[i].keys, sizeof subject.keys);
        status = judge(s, &subject);
    }
    return status;
}

static campaign_status judge_things(search *s, cpn_risk_scope scope)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < s->book->n_things[scope] && status == CAMPAIGN_OK; i++) {
        const cpn_risk_thing *thing = &s->book->things[scope][i];
        cpn_risk_subject subject = { .scope = scope, .thing = thing, .id = thing->id };
        memcpy(subject.keys, thing->keys, sizeof subject.keys);
        status = judge(s, &subject);
    }
    return status;
}

/* Conditions on campaigns alone: each of the plan; on dates alone: once. */
static campaign_status judge_campaigns(search *s)
{
    const cpn_risk_program *when = &s->entry->when;
    bool names_campaign = false;
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < when->n_tokens; i++)
        names_campaign = names_campaign || (when->tokens[i].kind == CPN_RISK_IS_FIELD &&
                                            when->tokens[i].name >= (int32_t)CPN_RISK_CAMPAIGN_ID);
    if (!names_campaign || !s->book->has_plan) {
        const cpn_risk_subject whole = { .scope = CPN_RISK_PLAN };
        return judge(s, &whole);
    }
    for (int64_t i = 0; i < s->book->n_campaigns && status == CAMPAIGN_OK; i++) {
        cpn_risk_subject subject = { .scope = CPN_RISK_PLAN };
        subject.keys[CPN_RISK_CAMPAIGN] = s->book->campaigns[i].id;
        status = judge(s, &subject);
    }
    return status;
}

/* An entry that found no subject is told as open: what it would take is not there. */
static campaign_status tell_no_rows(search *s)
{
    const cpn_risk_program *when = &s->entry->when;
    const cpn_risk_token *missing = NULL;
    for (int32_t i = 0; i < when->n_tokens && !missing; i++)
        if (when->tokens[i].kind == CPN_RISK_IS_METRIC || when->tokens[i].kind == CPN_RISK_IS_FIELD)
            missing = &when->tokens[i];
    const bool is_metric = when->scope == CPN_RISK_STATE && s->book->has_table[CPN_RISK_STATE];
    return tell_open(s,
                     is_metric                                               ? CPN_RISK_NO_METRIC
                     : when->scope == CPN_RISK_METRIC && s->book->n_rows > 0 ? CPN_RISK_NO_TARGET
                                                                             : CPN_RISK_NO_ROWS,
                     missing);
}

static campaign_status judge_entry(search *s)
{
    campaign_status status = CAMPAIGN_OK;
    s->n_subjects = 0;
    s->is_told = false;
    switch (s->entry->when.scope) {
    case CPN_RISK_STATE: status = judge_places(s); break;
    case CPN_RISK_METRIC: status = judge_rows(s); break;
    case CPN_RISK_TASK:
    case CPN_RISK_STOCK:
    case CPN_RISK_BUDGET: status = judge_things(s, s->entry->when.scope); break;
    case CPN_RISK_PLAN:
    case CPN_RISK_N_SCOPES: status = judge_campaigns(s); break;
    }
    return status == CAMPAIGN_OK && s->n_subjects == 0 ? tell_no_rows(s) : status;
}

/* ---- Order ------------------------------------------------------------------------------------------------------- */

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_subjects(const cpn_risk_finding *a, const cpn_risk_finding *b)
{
    if (!a->subject_text || !b->subject_text) return (a->subject_text != NULL) - (b->subject_text != NULL);
    const int order = strcmp(a->subject_text, b->subject_text);
    return order ? order : cpn_risk_compare_keys(a->subject.keys, b->subject.keys);
}

/* What holds first: by severity, deadline, entry and subject; the rest by entry and subject. */
static int compare_findings(const void *left, const void *right, const void *ctx)
{
    const cpn_risk_finding *a = left, *b = right;
    (void)ctx;
    int order = (int)b->is_judged - (int)a->is_judged;
    if (order == 0 && a->is_judged) order = compare_numbers(a->entry->severity, b->entry->severity);
    if (order == 0 && a->is_judged) order = compare_numbers(a->due_at, b->due_at);
    if (order == 0) order = strcmp(a->entry->id, b->entry->id);
    return order ? order : compare_subjects(a, b);
}

campaign_status cpn_risk_find(cpn_risk_findings *findings, const cpn_playbook *playbook, const cpn_risk_book *book,
                              const campaign_runtime *runtime, campaign_error *error)
{
    search s = { .findings = findings, .playbook = playbook, .book = book, .error = error };
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < playbook->n_entries && status == CAMPAIGN_OK; i++) {
        s.entry = &playbook->entries[i];
        status = cpn_report_progress(runtime, "risks", i, playbook->n_entries, error);
        if (status == CAMPAIGN_OK) status = judge_entry(&s);
    }
    if (status == CAMPAIGN_OK && !cpn_sort(findings->all, findings->n, sizeof *findings->all, compare_findings, NULL))
        status = cpn_fail_nomem(error);
    return status;
}

void cpn_risk_findings_free(cpn_risk_findings *findings)
{
    for (int64_t i = 0; i < findings->n; i++) campaign_text_free(findings->all[i].subject_text);
    cpn_free(findings->all);
    *findings = (cpn_risk_findings){ 0 };
}
