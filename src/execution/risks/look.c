/* What a name stands for, for one subject: its own figure, or that of what is less specific, or why there is none. */
#include <string.h>

#include "execution/risks/risk.h"

enum { N_STEPS = 5, HOUR_MICROSECONDS = 1000000 };

static cpn_risk_value known(cpn_risk_type type, double number)
{
    return (cpn_risk_value){ .type = type, .is_known = true, .number = number };
}

static cpn_risk_value missing(cpn_risk_type type, cpn_risk_reason reason)
{
    return (cpn_risk_value){ .type = type, .reason = reason };
}

static cpn_risk_value text_or(cpn_risk_text text, cpn_risk_reason reason)
{
    if (!text.text) return missing(CPN_RISK_TEXT, reason);
    return (cpn_risk_value){ .type = CPN_RISK_TEXT, .is_known = true, .text = text };
}

/* The keys to look under, from the subject's own to the whole. */
static void keys_at(cpn_risk_text keys[CPN_RISK_N_KEYS], const cpn_risk_subject *subject, int step)
{
    static const bool keeps[N_STEPS][CPN_RISK_N_KEYS] = {
        { true, true, true }, { true, true, false }, { true, false, false }, { false, true, false }, { false }
    };
    for (int i = 0; i < CPN_RISK_N_KEYS; i++) keys[i] = keeps[step][i] ? subject->keys[i] : (cpn_risk_text){ NULL, 0 };
}

static const cpn_risk_row *find_value(const cpn_risk_book *book, const cpn_risk_subject *subject, const char *metric)
{
    const cpn_risk_row *row = NULL;
    for (int step = 0; step < N_STEPS && !row; step++) {
        cpn_risk_text keys[CPN_RISK_N_KEYS];
        keys_at(keys, subject, step);
        row = cpn_risk_find_row(book, metric, keys);
    }
    return row;
}

/* The nearest target: the state's, else the plan's. */
static bool find_target(double *target, const cpn_risk_book *book, const cpn_risk_subject *subject,
                        const cpn_risk_names *names, int32_t metric)
{
    for (int step = 0; step < N_STEPS; step++) {
        cpn_risk_text keys[CPN_RISK_N_KEYS];
        keys_at(keys, subject, step);
        const cpn_risk_row *row = cpn_risk_find_row(book, names->metrics[metric].name, keys);
        if (!row || !row->has_target) continue;
        *target = row->target;
        return true;
    }
    *target = book->plan_targets[metric];
    return book->has_plan_target[metric];
}

/* How far on the bad side of its target, as a share of it. */
static cpn_risk_value distance(double value, double target, cpn_risk_better better)
{
    const double size = target < 0 ? -target : target;
    if (size == 0) return missing(CPN_RISK_NUMBER, CPN_RISK_ZERO_DIVISOR);
    const double above = (value - target) / size;
    if (above - above != 0) return missing(CPN_RISK_NUMBER, CPN_RISK_TOO_LARGE);
    if (better == CPN_RISK_LOWER) return known(CPN_RISK_NUMBER, above);
    if (better == CPN_RISK_HIGHER) return known(CPN_RISK_NUMBER, above == 0 ? 0 : -above);
    return known(CPN_RISK_NUMBER, above < 0 ? -above : above);
}

static cpn_risk_value age_of(const cpn_risk_book *book, const cpn_risk_row *row)
{
    if (row->since == CPN_RISK_NO_MOMENT) return missing(CPN_RISK_NUMBER, CPN_RISK_NO_VALUE);
    return known(CPN_RISK_NUMBER, (double)(book->as_of - row->since) / (3600.0 * HOUR_MICROSECONDS));
}

static cpn_risk_value look_at_row(const cpn_risk_book *book, const cpn_risk_row *row, bool has_target, double target,
                                  cpn_risk_part part)
{
    if (part == CPN_RISK_AGE) return age_of(book, row);
    if (part == CPN_RISK_TARGET)
        return has_target ? known(CPN_RISK_NUMBER, target) : missing(CPN_RISK_NUMBER, CPN_RISK_NO_TARGET);
    if (part == CPN_RISK_OFF && !has_target) return missing(CPN_RISK_NUMBER, CPN_RISK_NO_TARGET);
    if (!row->has_value) return missing(CPN_RISK_NUMBER, CPN_RISK_NO_VALUE);
    return part == CPN_RISK_OFF ? distance(row->value, target, row->better) : known(CPN_RISK_NUMBER, row->value);
}

static cpn_risk_value look_at_metric(const cpn_risk_book *book, const cpn_risk_names *names,
                                     const cpn_risk_subject *subject, const cpn_risk_token *token, int64_t *since)
{
    double target = 0;
    const bool has_target = find_target(&target, book, subject, names, token->name);
    const cpn_risk_row *row = find_value(book, subject, names->metrics[token->name].name);
    if (!row && token->part == CPN_RISK_TARGET && has_target) return known(CPN_RISK_NUMBER, target);
    if (!row) return missing(CPN_RISK_NUMBER, CPN_RISK_NO_METRIC);
    if (row->since > *since) *since = row->since;
    return look_at_row(book, row, has_target, target, token->part);
}

/* metric.…: the row itself. */
static cpn_risk_value look_at_own(const cpn_risk_book *book, const cpn_risk_names *names,
                                  const cpn_risk_subject *subject, cpn_risk_field field)
{
    const cpn_risk_row *row = subject->row;
    double target = row->target;
    bool has_target = row->has_target;
    if (field == CPN_RISK_METRIC_NAME) return text_or(row->name, CPN_RISK_NO_VALUE);
    if (!has_target && row->metric >= 0) has_target = find_target(&target, book, subject, names, row->metric);
    return look_at_row(book, row, has_target, target,
                       field == CPN_RISK_METRIC_VALUE    ? CPN_RISK_VALUE
                       : field == CPN_RISK_METRIC_TARGET ? CPN_RISK_TARGET
                       : field == CPN_RISK_METRIC_OFF    ? CPN_RISK_OFF
                                                         : CPN_RISK_AGE);
}

static cpn_risk_value look_at_thing(const cpn_risk_thing *thing, cpn_risk_field field, cpn_risk_field first)
{
    const int at = (int)field - (int)first;
    if (field == CPN_RISK_TASK_STATUS) return text_or(thing->status, CPN_RISK_NO_VALUE);
    if (field == CPN_RISK_TASK_ROLE) return text_or(thing->role, CPN_RISK_NO_VALUE);
    const cpn_risk_type type = cpn_risk_fields[field].type;
    return thing->has[at] ? known(type, thing->values[at]) : missing(type, CPN_RISK_NO_VALUE);
}

static cpn_risk_value look_at_campaign(const cpn_risk_book *book, const cpn_risk_subject *subject, cpn_risk_field field)
{
    const cpn_risk_type type = cpn_risk_fields[field].type;
    const cpn_risk_text id = subject->keys[CPN_RISK_CAMPAIGN];
    if (field == CPN_RISK_CAMPAIGN_ID) return text_or(id, CPN_RISK_NO_VALUE);
    if (!book->has_plan) return missing(type, CPN_RISK_NO_PLAN);
    for (int64_t i = 0; id.text && i < book->n_campaigns; i++) {
        const cpn_risk_campaign *campaign = &book->campaigns[i];
        if (cpn_risk_compare_text(campaign->id, id) != 0) continue;
        if (field == CPN_RISK_CAMPAIGN_PHASE) return text_or(campaign->phase, CPN_RISK_NO_VALUE);
        return known(type, field == CPN_RISK_CAMPAIGN_START ? campaign->start_day : campaign->end_day);
    }
    return missing(type, CPN_RISK_NO_VALUE);
}

static cpn_risk_value look_at_field(const cpn_risk_book *book, const cpn_risk_names *names,
                                    const cpn_risk_subject *subject, cpn_risk_field field, int64_t *since)
{
    switch (cpn_risk_fields[field].scope) {
    case CPN_RISK_METRIC:
        if (subject->row->since > *since) *since = subject->row->since;
        return look_at_own(book, names, subject, field);
    case CPN_RISK_TASK:
    case CPN_RISK_STOCK:
    case CPN_RISK_BUDGET:
        if (subject->thing->since > *since) *since = subject->thing->since;
        return look_at_thing(subject->thing, field,
                             subject->scope == CPN_RISK_TASK    ? CPN_RISK_TASK_DUE
                             : subject->scope == CPN_RISK_STOCK ? CPN_RISK_STOCK_HAND
                                                                : CPN_RISK_BUDGET_PLANNED);
    case CPN_RISK_STATE:
    case CPN_RISK_PLAN:
    case CPN_RISK_N_SCOPES: break;
    }
    if (field == CPN_RISK_TODAY) return known(CPN_RISK_DAY, book->today);
    if (field == CPN_RISK_OF_CHANNEL) return text_or(subject->keys[CPN_RISK_CHANNEL], CPN_RISK_NO_VALUE);
    if (field == CPN_RISK_OF_SUBJECT)
        return text_or(subject->keys[CPN_RISK_SUBJECT].text ? subject->keys[CPN_RISK_SUBJECT] : subject->id,
                       CPN_RISK_NO_VALUE);
    return look_at_campaign(book, subject, field);
}

cpn_risk_value cpn_risk_look(const cpn_risk_book *book, const cpn_risk_subject *subject,
                             const cpn_risk_program *program, int32_t token, int64_t *since)
{
    const cpn_risk_token *at = &program->tokens[token];
    cpn_risk_value value;
    switch (at->kind) {
    case CPN_RISK_IS_NUMBER: return known(CPN_RISK_NUMBER, at->number);
    case CPN_RISK_IS_DAY: return known(CPN_RISK_DAY, at->number);
    case CPN_RISK_IS_METRIC: value = look_at_metric(book, book->names, subject, at, since); break;
    case CPN_RISK_IS_FIELD: value = look_at_field(book, book->names, subject, (cpn_risk_field)at->name, since); break;
    case CPN_RISK_IS_TEXT:
    case CPN_RISK_IS_OPERATOR:
    case CPN_RISK_IS_OPEN:
    case CPN_RISK_IS_CLOSE:
    case CPN_RISK_IS_END:
        return text_or((cpn_risk_text){ program->text + at->at + 1, (size_t)at->length - 2 }, CPN_RISK_NO_VALUE);
    }
    value.token = token;
    return value;
}
