/* Runs a program for one subject, with three truth values: true, false and not known (Kleene, 1952). */
#include <math.h>

#include "execution/risks/risk.h"

/* Numbers that agree to nine digits are equal: so a limit of 20 % is reached by what is 20 % but for rounding. */
static bool are_equal(double a, double b)
{
    const double size_a = a < 0 ? -a : a, size_b = b < 0 ? -b : b;
    const double most = size_a > size_b ? size_a : size_b;
    const double apart = a > b ? a - b : b - a;
    return apart <= most * 1e-9;
}

static cpn_risk_value truth(bool is_true)
{
    return (cpn_risk_value){ .type = CPN_RISK_BOOL, .is_known = true, .number = is_true };
}

static cpn_risk_value unknown_as(const cpn_risk_value *of, cpn_risk_type type)
{
    return (cpn_risk_value){ .type = type, .reason = of->reason, .token = of->token };
}

static bool compare(cpn_risk_operator op, const cpn_risk_value *a, const cpn_risk_value *b)
{
    if (a->type == CPN_RISK_TEXT) return (cpn_risk_compare_text(a->text, b->text) == 0) == (op == CPN_RISK_EQUAL);
    const bool is_same = a->type == CPN_RISK_NUMBER ? are_equal(a->number, b->number) : a->number == b->number;
    switch (op) {
    case CPN_RISK_LESS: return !is_same && a->number < b->number;
    case CPN_RISK_AT_MOST: return is_same || a->number < b->number;
    case CPN_RISK_MORE: return !is_same && a->number > b->number;
    case CPN_RISK_AT_LEAST: return is_same || a->number > b->number;
    case CPN_RISK_EQUAL: return is_same;
    case CPN_RISK_UNEQUAL: return !is_same;
    case CPN_RISK_OR:
    case CPN_RISK_AND:
    case CPN_RISK_NOT:
    case CPN_RISK_BETWEEN:
    case CPN_RISK_KNOWN:
    case CPN_RISK_UNKNOWN:
    case CPN_RISK_PLUS:
    case CPN_RISK_MINUS:
    case CPN_RISK_TIMES:
    case CPN_RISK_OVER:
    case CPN_RISK_NEGATIVE: break;
    }
    return false;
}

/* And; or is the same with its operands and its result turned round. */
static cpn_risk_value join(const cpn_risk_value *a, const cpn_risk_value *b, bool is_or)
{
    const double decides = is_or ? 1 : 0;
    if ((a->is_known && a->number == decides) || (b->is_known && b->number == decides)) return truth(is_or);
    if (!a->is_known) return *a;
    return b->is_known ? truth(!is_or) : *b;
}

static cpn_risk_value compute(cpn_risk_operator op, const cpn_risk_value *a, const cpn_risk_value *b)
{
    const bool is_date = op == CPN_RISK_PLUS ? a->type != b->type : a->type == CPN_RISK_DAY && b->type != CPN_RISK_DAY;
    cpn_risk_value result = { .type = is_date ? CPN_RISK_DAY : CPN_RISK_NUMBER, .is_known = true };
    if (!a->is_known) return unknown_as(a, result.type);
    if (!b->is_known) return unknown_as(b, result.type);
    if (op == CPN_RISK_OVER && b->number == 0) {
        result.is_known = false;
        result.reason = CPN_RISK_ZERO_DIVISOR;
        result.token = b->token;
        return result;
    }
    result.token = b->token;
    result.number = op == CPN_RISK_PLUS    ? a->number + b->number
                    : op == CPN_RISK_MINUS ? a->number - b->number
                    : op == CPN_RISK_TIMES ? a->number * b->number
                                           : a->number / b->number;
    if (is_date) result.number = floor(result.number + 0.5);
    const bool is_outside = is_date ? result.number < CAMPAIGN_DAY_MIN || result.number > CAMPAIGN_DAY_MAX
                                    : result.number - result.number != 0;
    if (is_outside) {
        result.is_known = false;
        result.reason = CPN_RISK_TOO_LARGE;
    }
    return result;
}

static cpn_risk_value between(const cpn_risk_value *of)
{
    cpn_risk_value low = truth(false), high = truth(false);
    for (int i = 0; i < 2; i++) {
        cpn_risk_value *side = i ? &high : &low;
        if (!of[0].is_known)
            *side = unknown_as(&of[0], CPN_RISK_BOOL);
        else if (!of[1 + i].is_known)
            *side = unknown_as(&of[1 + i], CPN_RISK_BOOL);
        else
            *side = truth(compare(i ? CPN_RISK_AT_MOST : CPN_RISK_AT_LEAST, &of[0], &of[1 + i]));
    }
    return join(&low, &high, false);
}

static cpn_risk_value apply(cpn_risk_operator op, const cpn_risk_value *of)
{
    cpn_risk_value result;
    switch (op) {
    case CPN_RISK_OR:
    case CPN_RISK_AND: return join(&of[0], &of[1], op == CPN_RISK_OR);
    case CPN_RISK_NOT: return of[0].is_known ? truth(of[0].number == 0) : of[0];
    case CPN_RISK_LESS:
    case CPN_RISK_AT_MOST:
    case CPN_RISK_MORE:
    case CPN_RISK_AT_LEAST:
    case CPN_RISK_EQUAL:
    case CPN_RISK_UNEQUAL:
        if (!of[0].is_known) return unknown_as(&of[0], CPN_RISK_BOOL);
        return of[1].is_known ? truth(compare(op, &of[0], &of[1])) : unknown_as(&of[1], CPN_RISK_BOOL);
    case CPN_RISK_BETWEEN: return between(of);
    case CPN_RISK_KNOWN: return truth(of[0].is_known);
    case CPN_RISK_UNKNOWN: return truth(!of[0].is_known);
    case CPN_RISK_PLUS:
    case CPN_RISK_MINUS:
    case CPN_RISK_TIMES:
    case CPN_RISK_OVER: return compute(op, &of[0], &of[1]);
    case CPN_RISK_NEGATIVE: break;
    }
    result = of[0];
    result.number = -result.number;
    return result;
}

static int32_t n_operands_of(cpn_risk_operator op)
{
    if (op == CPN_RISK_BETWEEN) return 3;
    return op == CPN_RISK_NOT || op == CPN_RISK_NEGATIVE || op == CPN_RISK_KNOWN || op == CPN_RISK_UNKNOWN ? 1 : 2;
}

cpn_risk_value cpn_risk_run(const cpn_risk_program *program, const cpn_risk_book *book, const cpn_risk_subject *subject,
                            int64_t *since)
{
    cpn_risk_value stack[CPN_RISK_MOST_TOKENS];
    int32_t n = 0;
    for (int32_t i = 0; i < program->n_steps; i++) {
        const cpn_risk_step *step = &program->steps[i];
        if (!step->is_operator) {
            stack[n++] = cpn_risk_look(book, subject, program, step->token, since);
            continue;
        }
        n -= n_operands_of(step->op);
        stack[n] = apply(step->op, &stack[n]);
        n++;
    }
    return stack[0];
}
