/* Bounds of every node, from its own rule and from those below it; and, where they contradict, which rules do.
 *
 * A node must have what its children must have, and may have what they may have, within its own rule. The first node, from
 * the leaves up, that must have more than it may is where a contradiction lies: its children are sound by themselves. On
 * one side of it stands the node's own rule or the year's target, on the other the rules below it that add up. Those of
 * them that the contradiction does not need are left out one by one (the deletion filter of Chinneck & Dravnieks, ORSA
 * Journal on Computing 3(2), 1991), so that every rule named is needed. */
#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"
#include "plan/targets.h"

enum { NAMED_RULES = 3 };

typedef struct bound_setter {
    cpn_plan_targets *targets;
    const cpn_plan_rules *rules;
    const cpn_plan_request *request;
    const cpn_plan_history *history;
} bound_setter;

static int64_t add_or_most(int64_t a, int64_t b)
{
    int64_t sum;
    return cpn_add64(&sum, a, b) ? sum : INT64_MAX;
}

/* What the children together must and may have; a leaf may have anything. */
static void sum_children(int64_t *lower, int64_t *upper, const cpn_plan_targets *targets, const cpn_plan_target *node)
{
    *lower = 0;
    *upper = node->n_children > 0 ? 0 : INT64_MAX;
    for (int64_t i = 0; i < node->n_children; i++) {
        const cpn_plan_target *child = &targets->rows[node->first_child + i];
        *lower = add_or_most(*lower, child->lower);
        *upper = add_or_most(*upper, child->upper);
    }
}

/* The node's own bounds: of its rule, or, for the year, its target. */
static void own_bounds(int64_t *lower, int64_t *upper, const bound_setter *s, int64_t row)
{
    const cpn_plan_target *node = &s->targets->rows[row];
    *lower = row == 0 ? node->minor : node->rule >= 0 ? s->rules->rules[node->rule].minimum : 0;
    *upper = row == 0 ? node->minor : node->rule >= 0 ? s->rules->rules[node->rule].maximum : INT64_MAX;
}

/* ---- Contradictions --------------------------------------------------------------------------------------------- */

typedef struct row_list {
    int64_t *rows;
    int64_t n;
} row_list;

/* The nodes below one whose own rules add up to its lower bound, or to its upper one. */
static campaign_status list_causes(row_list *causes, const bound_setter *s, int64_t top, bool is_lower,
                                   campaign_error *error)
{
    const cpn_plan_target *rows = s->targets->rows;
    int64_t *open = cpn_alloc(s->targets->n, sizeof *open), n_open = 0;
    causes->rows = cpn_alloc(s->targets->n, sizeof *causes->rows);
    causes->n = 0;
    if (!open || !causes->rows) {
        cpn_free(open);
        return cpn_fail_nomem(error);
    }
    open[n_open++] = top;
    while (n_open > 0) {
        const cpn_plan_target *node = &rows[open[--n_open]];
        for (int64_t i = node->n_children - 1; i >= 0; i--) {
            const int64_t child = node->first_child + i;
            int64_t own[2], sums[2];
            if (is_lower && rows[child].lower == 0) continue;
            own_bounds(&own[0], &own[1], s, child);
            sum_children(&sums[0], &sums[1], s->targets, &rows[child]);
            if (is_lower ? own[0] >= sums[0] : own[1] <= sums[1])
                causes->rows[causes->n++] = child;
            else
                open[n_open++] = child;
        }
    }
    cpn_free(open);
    return CAMPAIGN_OK;
}

static int compare_lower(const void *a, const void *b, const void *ctx)
{
    const cpn_plan_target *rows = ctx;
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    const int64_t left_bound = rows[left].lower, right_bound = rows[right].lower;
    if (left_bound != right_bound) return left_bound < right_bound ? -1 : 1;
    return (left < right) - (left > right); /* of equal ones the later goes first */
}

static int compare_rows(const void *a, const void *b, const void *ctx)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    (void)ctx;
    return (left > right) - (left < right);
}

/* Leaves out minima, smallest first, as long as the rest still passes limit. */
static bool filter_causes(row_list *causes, const bound_setter *s, int64_t limit)
{
    const cpn_plan_target *rows = s->targets->rows;
    cpn_int128 sum = { 0, 0 }, most = cpn_mul_128(limit, 1);
    if (!cpn_sort(causes->rows, causes->n, sizeof *causes->rows, compare_lower, rows)) return false;
    for (int64_t i = 0; i < causes->n; i++) (void)cpn_add_128(&sum, sum, cpn_mul_128(rows[causes->rows[i]].lower, 1));
    int64_t kept = 0;
    for (int64_t i = 0; i < causes->n; i++) {
        cpn_int128 without;
        (void)cpn_add_128(&without, sum, cpn_mul_128(rows[causes->rows[i]].lower, -1));
        if (cpn_compare_128(without, most) > 0)
            sum = without;
        else
            causes->rows[kept++] = causes->rows[i];
    }
    causes->n = kept;
    return cpn_sort(causes->rows, causes->n, sizeof *causes->rows, compare_rows, NULL);
}

/* "2027-02 east": period and keys. */
static void name_place(cpn_text *text, const bound_setter *s, const cpn_plan_target *node)
{
    char label[CPN_PLAN_LABEL];
    cpn_plan_period_label(label, s->request, node->period, node->parent_period, node->start_day);
    cpn_text_add_string(text, label);
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++) {
        char buffer[32];
        size_t length;
        if (node->keys[d] < 0) continue;
        const char *key = cpn_plan_history_label(s->history, d, node->keys[d], buffer, &length);
        cpn_text_add_char(text, ' ');
        cpn_text_add(text, key, cpn_utf8_cut(key, length, 24));
    }
}

/* "2027-02 east = 3500000.00": with what the rule says. */
static void name_node(cpn_text *text, const bound_setter *s, int64_t row, bool is_lower)
{
    char amount[CAMPAIGN_MONEY_TEXT];
    int64_t lower, upper;
    own_bounds(&lower, &upper, s, row);
    name_place(text, s, &s->targets->rows[row]);
    (void)campaign_money_format(amount, is_lower ? lower : upper, s->request->exponent);
    cpn_text_add_format(text, " %s %s", lower == upper ? "=" : is_lower ? ">=" : "<=", amount);
}

static void name_all(cpn_text *text, const bound_setter *s, const row_list *list, bool is_lower)
{
    for (int64_t i = 0; i < list->n && i < NAMED_RULES; i++) {
        if (i > 0) cpn_text_add_string(text, ", ");
        name_node(text, s, list->rows[i], is_lower);
    }
    if (list->n > NAMED_RULES) cpn_text_add_format(text, " and %lld more", (long long)(list->n - NAMED_RULES));
}

/* Words for a node whose own bounds and those of its parts cannot both hold. */
static campaign_status refuse_node(const bound_setter *s, int64_t row, campaign_error *error)
{
    const cpn_plan_target *node = &s->targets->rows[row];
    int64_t own[2], sums[2];
    own_bounds(&own[0], &own[1], s, row);
    sum_children(&sums[0], &sums[1], s->targets, node);
    const bool is_lower = sums[0] > own[1]; /* the parts ask for too much; otherwise they can hold too little */
    row_list causes = { NULL, 0 };
    cpn_text text = { 0 };
    char sum[CAMPAIGN_MONEY_TEXT] = "more than 2^63";
    campaign_status status = list_causes(&causes, s, row, is_lower, error);
    if (status == CAMPAIGN_OK && is_lower && !filter_causes(&causes, s, own[1])) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        int64_t total = 0;
        for (int64_t i = 0; i < causes.n; i++)
            total = add_or_most(total, is_lower ? s->targets->rows[causes.rows[i]].lower
                                                : s->targets->rows[causes.rows[i]].upper);
        if (total < INT64_MAX) (void)campaign_money_format(sum, total, s->request->exponent);
        cpn_text_add_string(&text, row == 0 ? "the target " : "rules contradict: ");
        name_node(&text, s, row, !is_lower);
        cpn_text_add_string(&text, row == 0 ? " contradicts " : " against ");
        name_all(&text, s, &causes, is_lower);
        if (causes.n > 1)
            cpn_text_add_format(&text, is_lower ? ", which add up to %s" : ", which hold %s at most", sum);
        const cpn_json_value *place = node->rule >= 0 ? s->rules->rules[node->rule].place
                                      : causes.n > 0  ? s->rules->rules[s->targets->rows[causes.rows[0]].rule].place
                                                      : s->request->root;
        status = text.has_failed ? cpn_fail_nomem(error)
                                 : cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, place, "%s", text.data);
    }
    cpn_text_clear(&text);
    cpn_free(causes.rows);
    return status;
}

/* A rule for the year itself cannot move the target. */
static campaign_status check_year(const bound_setter *s, campaign_error *error)
{
    const cpn_plan_target *year = &s->targets->rows[0];
    if (year->rule < 0) return CAMPAIGN_OK;
    const cpn_plan_rule *rule = &s->rules->rules[year->rule];
    if (year->minor >= rule->minimum && year->minor <= rule->maximum) return CAMPAIGN_OK;
    char target[CAMPAIGN_MONEY_TEXT], bound[CAMPAIGN_MONEY_TEXT];
    (void)campaign_money_format(target, year->minor, s->request->exponent);
    (void)campaign_money_format(bound, year->minor < rule->minimum ? rule->minimum : rule->maximum,
                                s->request->exponent);
    return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, rule->place, "the rule's %s contradicts the target %s", bound,
                         target);
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

campaign_status cpn_plan_bounds_set(cpn_plan_targets *targets, const cpn_plan_rules *rules,
                                    const cpn_plan_request *request, const cpn_plan_history *history,
                                    campaign_error *error)
{
    const bound_setter s = { targets, rules, request, history };
    campaign_status status = check_year(&s, error);
    for (int64_t row = targets->n - 1; row >= 0 && status == CAMPAIGN_OK; row--) {
        cpn_plan_target *node = &targets->rows[row];
        int64_t lower, upper;
        own_bounds(&lower, &upper, &s, row);
        sum_children(&node->lower, &node->upper, targets, node);
        if (lower > node->upper || node->lower > upper) status = refuse_node(&s, row, error);
        if (node->lower < lower) node->lower = lower;
        if (node->upper > upper) node->upper = upper;
    }
    return status;
}

/* Children without a bound of their own that get nothing, where those of the others add up to all that the node has. */
static int64_t count_left_empty(const cpn_plan_targets *targets, const cpn_plan_target *node)
{
    int64_t n = 0, taken = 0;
    for (int64_t i = 0; i < node->n_children; i++) {
        const cpn_plan_target *child = &targets->rows[node->first_child + i];
        taken += child->lower; /* within what the node has: no overflow */
        n += child->weight > 0 && child->upper > 0 && child->lower == 0 && child->minor == 0;
    }
    return node->minor > 0 && taken == node->minor ? n : 0;
}

campaign_status cpn_plan_bounds_note(cpn_plan_notes *notes, cpn_plan_targets *targets, const cpn_plan_request *request,
                                     const cpn_plan_history *history, campaign_error *error)
{
    const bound_setter s = { targets, &targets->rules, request, history };
    cpn_text subject = { 0 };
    int64_t n = 0;
    for (int64_t row = 0; row < targets->n; row++) {
        const int64_t n_empty = count_left_empty(targets, &targets->rows[row]);
        if (n == 0 && n_empty > 0) name_place(&subject, &s, &targets->rows[row]);
        n += n_empty;
    }
    campaign_status status = subject.has_failed ? cpn_fail_nomem(error) : CAMPAIGN_OK;
    if (status == CAMPAIGN_OK && n > 0)
        status = cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_RULES_TAKE_ALL, .n = n }, subject.data,
                                   NULL, error);
    cpn_text_clear(&subject);
    return status;
}
