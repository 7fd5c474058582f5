/* Conditions become programs in postfix order, with the shunting-yard algorithm (Dijkstra, 1961): no recursion, and every
 * operand's type is known before anything runs. */
#include <string.h>

#include "base/memory.h"
#include "execution/risks/risk.h"

typedef struct pending {
    bool is_open; /* a parenthesis */
    bool has_and; /* of between: its and was met */
    cpn_risk_operator op;
} pending;

typedef struct operand {
    cpn_risk_type type;
    cpn_risk_unit unit;
} operand;

typedef struct compiler {
    const cpn_risk_source *source;
    const cpn_risk_names *names;
    campaign_error *error;
    cpn_risk_token tokens[CPN_RISK_MOST_TOKENS];
    cpn_risk_step steps[CPN_RISK_MOST_TOKENS];
    pending stack[CPN_RISK_MOST_TOKENS];
    operand operands[CPN_RISK_MOST_TOKENS];
    int32_t n_tokens, n_steps, n_stack, n_operands;
    cpn_risk_scope scope;
    bool is_after_operand;
} compiler;

static int32_t rank_of(cpn_risk_operator op)
{
    switch (op) {
    case CPN_RISK_OR: return 1;
    case CPN_RISK_AND: return 2;
    case CPN_RISK_NOT: return 3;
    case CPN_RISK_LESS:
    case CPN_RISK_AT_MOST:
    case CPN_RISK_MORE:
    case CPN_RISK_AT_LEAST:
    case CPN_RISK_EQUAL:
    case CPN_RISK_UNEQUAL:
    case CPN_RISK_BETWEEN:
    case CPN_RISK_KNOWN:
    case CPN_RISK_UNKNOWN: return 4;
    case CPN_RISK_PLUS:
    case CPN_RISK_MINUS: return 5;
    case CPN_RISK_TIMES:
    case CPN_RISK_OVER: return 6;
    case CPN_RISK_NEGATIVE: return 7;
    }
    return 0;
}

static campaign_status fail(const compiler *c, const char *what)
{
    return cpn_json_fail(c->error, CAMPAIGN_E_SYNTAX, c->source->value, "%s", what);
}

/* ---- Types ------------------------------------------------------------------------------------------------------- */

static cpn_risk_unit unit_of_sum(cpn_risk_unit a, cpn_risk_unit b)
{
    return a != CPN_RISK_PLAIN ? a : b;
}

static cpn_risk_unit unit_of_product(cpn_risk_unit a, cpn_risk_unit b)
{
    if (a == CPN_RISK_PLAIN || a == CPN_RISK_RATIO) return b == CPN_RISK_PLAIN ? a : b;
    return b == CPN_RISK_PLAIN || b == CPN_RISK_RATIO ? a : CPN_RISK_PLAIN;
}

static cpn_risk_unit unit_of_quotient(cpn_risk_unit a, cpn_risk_unit b)
{
    if (a == b && a != CPN_RISK_PLAIN) return CPN_RISK_RATIO;
    return b == CPN_RISK_PLAIN || b == CPN_RISK_RATIO ? a : CPN_RISK_PLAIN;
}

/* What a sum or difference is; false where there is none. */
static bool add_types(operand *result, operand a, operand b, bool is_difference)
{
    if (a.type == CPN_RISK_DAY && b.type == CPN_RISK_DAY && is_difference)
        *result = (operand){ CPN_RISK_NUMBER, CPN_RISK_DAYS };
    else if (a.type == CPN_RISK_DAY && b.type == CPN_RISK_NUMBER)
        *result = a;
    else if (a.type == CPN_RISK_NUMBER && b.type == CPN_RISK_DAY && !is_difference)
        *result = b;
    else if (a.type == CPN_RISK_NUMBER && b.type == CPN_RISK_NUMBER)
        *result = (operand){ CPN_RISK_NUMBER, unit_of_sum(a.unit, b.unit) };
    else
        return false;
    return true;
}

static bool can_compare(cpn_risk_operator op, operand a, operand b)
{
    if (a.type != b.type || a.type == CPN_RISK_BOOL) return false;
    return a.type != CPN_RISK_TEXT || op == CPN_RISK_EQUAL || op == CPN_RISK_UNEQUAL;
}

static bool type_of(operand *result, cpn_risk_operator op, const operand *of)
{
    const operand truth = { CPN_RISK_BOOL, CPN_RISK_PLAIN };
    *result = truth;
    switch (op) {
    case CPN_RISK_OR:
    case CPN_RISK_AND: return of[0].type == CPN_RISK_BOOL && of[1].type == CPN_RISK_BOOL;
    case CPN_RISK_NOT: return of[0].type == CPN_RISK_BOOL;
    case CPN_RISK_LESS:
    case CPN_RISK_AT_MOST:
    case CPN_RISK_MORE:
    case CPN_RISK_AT_LEAST:
    case CPN_RISK_EQUAL:
    case CPN_RISK_UNEQUAL: return can_compare(op, of[0], of[1]);
    case CPN_RISK_BETWEEN: return can_compare(op, of[0], of[1]) && can_compare(op, of[0], of[2]);
    case CPN_RISK_KNOWN:
    case CPN_RISK_UNKNOWN: return of[0].type != CPN_RISK_BOOL;
    case CPN_RISK_PLUS:
    case CPN_RISK_MINUS: return add_types(result, of[0], of[1], op == CPN_RISK_MINUS);
    case CPN_RISK_TIMES:
    case CPN_RISK_OVER:
        *result = (operand){ CPN_RISK_NUMBER, op == CPN_RISK_TIMES ? unit_of_product(of[0].unit, of[1].unit)
                                                                   : unit_of_quotient(of[0].unit, of[1].unit) };
        return of[0].type == CPN_RISK_NUMBER && of[1].type == CPN_RISK_NUMBER;
    case CPN_RISK_NEGATIVE: *result = of[0]; return of[0].type == CPN_RISK_NUMBER;
    }
    return false;
}

static int32_t n_operands_of(cpn_risk_operator op)
{
    if (op == CPN_RISK_BETWEEN) return 3;
    return op == CPN_RISK_NOT || op == CPN_RISK_NEGATIVE || op == CPN_RISK_KNOWN || op == CPN_RISK_UNKNOWN ? 1 : 2;
}

static campaign_status emit_operator(compiler *c, const pending *top)
{
    const int32_t n = n_operands_of(top->op);
    operand result;
    if (top->op == CPN_RISK_BETWEEN && !top->has_and) return fail(c, "between needs two bounds: x between 1 and 5");
    if (!type_of(&result, top->op, &c->operands[c->n_operands - n]))
        return fail(c, "an operator does not fit its operands: numbers, dates, texts and conditions do not mix, and "
                       "texts are only equal or not");
    c->n_operands -= n;
    c->operands[c->n_operands++] = result;
    c->steps[c->n_steps++] = (cpn_risk_step){ true, top->op, 0 };
    return CAMPAIGN_OK;
}

/* Emits what binds at least as tightly as rank, down to a parenthesis. */
static campaign_status pop_to(compiler *c, int32_t rank)
{
    campaign_status status = CAMPAIGN_OK;
    while (status == CAMPAIGN_OK && c->n_stack > 0 && !c->stack[c->n_stack - 1].is_open &&
           rank_of(c->stack[c->n_stack - 1].op) >= rank)
        status = emit_operator(c, &c->stack[--c->n_stack]);
    return status;
}

/* ---- Tokens ------------------------------------------------------------------------------------------------------ */

static campaign_status take_scope(compiler *c, const cpn_risk_token *token)
{
    if (token->kind == CPN_RISK_IS_METRIC && c->scope == CPN_RISK_PLAN) c->scope = CPN_RISK_STATE;
    if (token->kind != CPN_RISK_IS_FIELD) return CAMPAIGN_OK;
    const cpn_risk_scope scope = cpn_risk_fields[token->name].scope;
    if (scope == CPN_RISK_PLAN || scope == c->scope) return CAMPAIGN_OK;
    if (c->scope != CPN_RISK_PLAN && c->scope != CPN_RISK_STATE)
        return cpn_json_fail(c->error, CAMPAIGN_E_UNSUPPORTED, c->source->value,
                             "a condition speaks of each %s or of each %s, not of both", cpn_risk_scope_names[c->scope],
                             cpn_risk_scope_names[scope]);
    c->scope = scope;
    return CAMPAIGN_OK;
}

static operand operand_of(const compiler *c, const cpn_risk_token *token)
{
    switch (token->kind) {
    case CPN_RISK_IS_NUMBER: return (operand){ CPN_RISK_NUMBER, token->is_percent ? CPN_RISK_RATIO : CPN_RISK_PLAIN };
    case CPN_RISK_IS_DAY: return (operand){ CPN_RISK_DAY, CPN_RISK_PLAIN };
    case CPN_RISK_IS_METRIC:
        if (token->part == CPN_RISK_OFF) return (operand){ CPN_RISK_NUMBER, CPN_RISK_RATIO };
        if (token->part == CPN_RISK_AGE) return (operand){ CPN_RISK_NUMBER, CPN_RISK_HOURS };
        return (operand){ CPN_RISK_NUMBER, c->names->metrics[token->name].unit };
    case CPN_RISK_IS_FIELD: return (operand){ cpn_risk_fields[token->name].type, cpn_risk_fields[token->name].unit };
    case CPN_RISK_IS_TEXT:
    case CPN_RISK_IS_OPERATOR:
    case CPN_RISK_IS_OPEN:
    case CPN_RISK_IS_CLOSE:
    case CPN_RISK_IS_END: break;
    }
    return (operand){ CPN_RISK_TEXT, CPN_RISK_PLAIN };
}

/* Where a value is expected. */
static campaign_status take_first(compiler *c, const cpn_risk_token *token)
{
    if (token->kind == CPN_RISK_IS_OPEN) {
        c->stack[c->n_stack++] = (pending){ .is_open = true };
        return CAMPAIGN_OK;
    }
    if (token->kind == CPN_RISK_IS_OPERATOR && (token->op == CPN_RISK_NOT || token->op == CPN_RISK_MINUS)) {
        c->stack[c->n_stack++] = (pending){ .op = token->op == CPN_RISK_NOT ? CPN_RISK_NOT : CPN_RISK_NEGATIVE };
        return CAMPAIGN_OK;
    }
    if (token->kind == CPN_RISK_IS_OPERATOR || token->kind == CPN_RISK_IS_CLOSE || token->kind == CPN_RISK_IS_END)
        return fail(c, c->n_tokens <= 1 && token->kind == CPN_RISK_IS_END
                           ? "the condition is empty"
                           : "a value is missing beside an operator or a parenthesis");
    c->operands[c->n_operands++] = operand_of(c, token);
    c->steps[c->n_steps++] = (cpn_risk_step){ false, CPN_RISK_OR, c->n_tokens - 1 };
    c->is_after_operand = true;
    return take_scope(c, token);
}

static campaign_status take_operator(compiler *c, const cpn_risk_token *token)
{
    const int32_t rank = rank_of(token->op);
    const bool is_postfix = token->op == CPN_RISK_KNOWN || token->op == CPN_RISK_UNKNOWN;
    if (token->op == CPN_RISK_NOT) return fail(c, "\"not\" stands before a condition");
    campaign_status status = pop_to(c, token->op == CPN_RISK_AND || rank == 4 ? 5 : rank);
    pending *top = c->n_stack > 0 && !c->stack[c->n_stack - 1].is_open ? &c->stack[c->n_stack - 1] : NULL;
    if (status != CAMPAIGN_OK) return status;
    if (token->op == CPN_RISK_AND && top && top->op == CPN_RISK_BETWEEN && !top->has_and) {
        top->has_and = true;
        c->is_after_operand = false;
        return CAMPAIGN_OK;
    }
    if (token->op == CPN_RISK_AND) status = pop_to(c, rank);
    if (rank == 4 && top && rank_of(top->op) == 4)
        return fail(c, "comparisons cannot be chained; write a < b and b < c");
    if (status != CAMPAIGN_OK) return status;
    const pending next = { .op = token->op };
    if (is_postfix) return emit_operator(c, &next);
    c->stack[c->n_stack++] = next;
    c->is_after_operand = false;
    return CAMPAIGN_OK;
}

/* Where an operator, a closing parenthesis or the end is expected. */
static campaign_status take_next(compiler *c, const cpn_risk_token *token)
{
    if (token->kind == CPN_RISK_IS_OPERATOR) return take_operator(c, token);
    const bool is_end = token->kind == CPN_RISK_IS_END;
    if (!is_end && token->kind != CPN_RISK_IS_CLOSE) return fail(c, "an operator is missing between two values");
    const campaign_status status = pop_to(c, 0);
    if (status != CAMPAIGN_OK) return status;
    if (is_end) return c->n_stack == 0 ? CAMPAIGN_OK : fail(c, "a parenthesis is not closed");
    if (c->n_stack == 0) return fail(c, "a parenthesis is closed that was not opened");
    c->n_stack--;
    return CAMPAIGN_OK;
}

static campaign_status run(compiler *c)
{
    campaign_status status = CAMPAIGN_OK;
    int32_t at = 0;
    for (bool is_end = false; status == CAMPAIGN_OK && !is_end;) {
        if (c->n_tokens == CPN_RISK_MOST_TOKENS)
            return cpn_json_fail(c->error, CAMPAIGN_E_LIMIT, c->source->value,
                                 "a condition has at most %d words and signs", (int)CPN_RISK_MOST_TOKENS - 1);
        cpn_risk_token *token = &c->tokens[c->n_tokens];
        status = cpn_risk_scan(token, &at, c->source->text, c->source->length, c->names, c->source->value, c->error);
        if (status != CAMPAIGN_OK) break;
        c->n_tokens++;
        is_end = token->kind == CPN_RISK_IS_END;
        status = c->is_after_operand ? take_next(c, token) : take_first(c, token);
    }
    return status;
}

campaign_status cpn_risk_compile(cpn_risk_program *program, const cpn_risk_source *source, const cpn_risk_names *names,
                                 campaign_error *error)
{
    *program = (cpn_risk_program){ .text = source->text };
    compiler *c = cpn_alloc_zero(1, sizeof *c);
    if (!c) return cpn_fail_nomem(error);
    c->source = source, c->names = names, c->error = error, c->scope = CPN_RISK_PLAN;
    campaign_status status = run(c);
    if (status == CAMPAIGN_OK) {
        program->n_tokens = c->n_tokens - 1;
        program->n_steps = c->n_steps;
        program->type = c->operands[0].type;
        program->unit = c->operands[0].unit;
        program->scope = c->scope;
        program->tokens = cpn_alloc(program->n_tokens, sizeof *program->tokens);
        program->steps = cpn_alloc(program->n_steps, sizeof *program->steps);
        if (program->tokens && program->steps) {
            memcpy(program->tokens, c->tokens, (size_t)program->n_tokens * sizeof *c->tokens);
            memcpy(program->steps, c->steps, (size_t)program->n_steps * sizeof *c->steps);
        } else {
            cpn_risk_program_free(program);
            status = cpn_fail_nomem(error);
        }
    }
    cpn_free(c);
    return status;
}

void cpn_risk_program_free(cpn_risk_program *program)
{
    cpn_free(program->tokens);
    cpn_free(program->steps);
    *program = (cpn_risk_program){ 0 };
}
