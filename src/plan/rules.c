/* Rules for single nodes: reads them, and finds the node of the tree that each is about.
 * A rule names a node by its period and its keys. Where no level of the split has exactly these, it is refused with the
 * order of levels that would make it a node. */
#include <string.h>

#include "base/memory.h"
#include "plan/targets.h"

/* What a rule names. */
typedef struct node_name {
    cpn_plan_level period;
    int32_t start_day;
    int32_t keys[CPN_PLAN_N_DIMENSIONS]; /* -1: not named */
} node_name;

typedef struct rule_reader {
    cpn_plan_targets *targets;
    const cpn_plan_request *request;
    const cpn_plan_profile *profile;
    const cpn_plan_history *history;
} rule_reader;

/* ---- Periods by name -------------------------------------------------------------------------------------------- */

/* Finds a period of a level among those that the levels before it in the split leave: weeks end where their parent does. */
static bool find_in_level(node_name *name, const cpn_plan_request *request, cpn_plan_level level, cpn_plan_level parent,
                          const char *text)
{
    for (int32_t start = request->start_day, limit = start; start < request->end_day;) {
        char label[CPN_PLAN_LABEL];
        if (start >= limit) limit = cpn_plan_next_period(request, parent, start);
        cpn_plan_period_label(label, request, level, parent, start);
        if (strcmp(label, text) == 0) {
            name->period = level;
            name->start_day = start;
            return true;
        }
        const int32_t end = cpn_plan_next_period(request, level, start);
        start = end < limit ? end : limit;
    }
    return false;
}

static bool find_in_split(node_name *name, const rule_reader *r, const char *text)
{
    cpn_plan_level parent = CPN_LEVEL_YEAR;
    if (find_in_level(name, r->request, CPN_LEVEL_YEAR, CPN_LEVEL_YEAR, text)) return true;
    for (int32_t i = 0; i < r->request->n_split; i++) {
        const cpn_plan_level level = r->request->split[i];
        if (!cpn_plan_is_period(level)) continue;
        if (find_in_level(name, r->request, level, parent, text)) return true;
        parent = level;
    }
    return false;
}

/* A period that the split knows, or one that another split would know. */
static campaign_status read_period(node_name *name, const rule_reader *r, const cpn_json_value *rule,
                                   campaign_error *error)
{
    static const cpn_plan_level usual[] = { CPN_LEVEL_QUARTER, CPN_LEVEL_MONTH, CPN_LEVEL_WEEK, CPN_LEVEL_DAY };
    const cpn_json_value *period = cpn_get(rule, "period");
    name->period = CPN_LEVEL_YEAR;
    name->start_day = r->request->start_day;
    if (!period || find_in_split(name, r, period->text)) return CAMPAIGN_OK;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        for (int32_t parent = CPN_LEVEL_YEAR; parent < CPN_LEVEL_WEEK; parent++)
            if (find_in_level(name, r->request, usual[i], (cpn_plan_level)parent, period->text)) return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, period, "\"%.40s\" is no period of the plan, such as 2027-02",
                         period->text);
}

/* ---- Keys by name ----------------------------------------------------------------------------------------------- */

static campaign_status refuse_key(const rule_reader *r, const cpn_json_value *value, int32_t dimension,
                                  campaign_error *error)
{
    const int64_t n = r->history->keys[dimension].n_keys;
    const char **names = cpn_alloc(n, sizeof *names);
    char *texts = cpn_alloc(n, 64);
    if (!names || !texts) {
        cpn_free(names);
        cpn_free(texts);
        return cpn_fail_nomem(error);
    }
    for (int64_t key = 0; key < n; key++) {
        char buffer[32];
        size_t length;
        const char *label = cpn_plan_history_label(r->history, dimension, key, buffer, &length);
        length = cpn_utf8_cut(label, length, 63);
        memcpy(texts + key * 64, label, length);
        texts[key * 64 + (int64_t)length] = '\0';
        names[key] = texts + key * 64;
    }
    const int64_t nearest = cpn_nearest_name(value->text, value->length, names, n);
    const char *level = cpn_plan_level_names[CPN_LEVEL_PRODUCT_LINE + dimension];
    const campaign_status status =
        nearest < 0
            ? cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, value, "no order has the %s \"%.60s\"", level, value->text)
            : cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, value, "no order has the %s \"%.60s\"; did you mean \"%s\"?",
                            level, value->text, names[nearest]);
    cpn_free(names);
    cpn_free(texts);
    return status;
}

static campaign_status read_keys(node_name *name, const rule_reader *r, const cpn_json_value *rule,
                                 campaign_error *error)
{
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++) {
        const cpn_json_value *value = cpn_get(rule, cpn_plan_level_names[CPN_LEVEL_PRODUCT_LINE + d]);
        name->keys[d] = -1;
        if (!value) continue;
        if (cpn_plan_cells_find(&r->profile->cells, d) < 0)
            return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, value, "the target is not split by %s",
                                 cpn_plan_level_names[CPN_LEVEL_PRODUCT_LINE + d]);
        name->keys[d] = cpn_plan_history_find(r->history, d, value->text, value->length);
        if (name->keys[d] < 0) return refuse_key(r, value, d, error);
    }
    return CAMPAIGN_OK;
}

/* ---- Nodes ------------------------------------------------------------------------------------------------------ */

/* How many levels of the split stand above and at the node, or -1 where it is none. */
static int32_t find_depth(const rule_reader *r, const node_name *name)
{
    int32_t n_wanted = 0, n_met = 0;
    cpn_plan_level finest = CPN_LEVEL_YEAR;
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++) n_wanted += name->keys[d] >= 0;
    if (n_wanted == 0 && name->period == CPN_LEVEL_YEAR) return 0;
    for (int32_t i = 0; i < r->request->n_split; i++) {
        const cpn_plan_level level = r->request->split[i];
        if (!cpn_plan_is_in_tree(r->request, r->profile, level)) continue;
        if (cpn_plan_is_period(level))
            finest = level;
        else if (name->keys[cpn_plan_dimension(level)] < 0)
            return -1;
        else
            n_met++;
        if (finest == name->period && n_met == n_wanted) return i + 1;
        if (finest > name->period) return -1;
    }
    return -1;
}

/* The levels in the order that makes the rule's node one: its periods, its dimensions, then what else is split by. */
static campaign_status refuse_order(const rule_reader *r, const node_name *name, const cpn_json_value *rule,
                                    campaign_error *error)
{
    cpn_text order = { 0 };
    for (int32_t pass = 0; pass < 3; pass++) {
        for (int32_t i = 0; i < r->request->n_split; i++) {
            const cpn_plan_level level = r->request->split[i];
            const bool is_period = cpn_plan_is_period(level) && level < name->period;
            const bool is_key = !cpn_plan_is_period(level) && name->keys[cpn_plan_dimension(level)] >= 0;
            if (level == name->period || (is_period ? 0 : is_key ? 1 : 2) != pass) continue;
            cpn_text_add_format(&order, "%s%s", order.length ? ", " : "", cpn_plan_level_names[level]);
        }
        if (pass == 0 && name->period != CPN_LEVEL_YEAR)
            cpn_text_add_format(&order, "%s%s", order.length ? ", " : "", cpn_plan_level_names[name->period]);
    }
    const bool is_finer = r->profile->cells.n_levels > 0 && name->period > r->request->dimension_period;
    campaign_status status;
    if (order.has_failed)
        status = cpn_fail_nomem(error);
    else
        status =
            cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, rule,
                          "the rule is for no node of the split; it would be with the order %s%s%s", order.data,
                          is_finer ? " and dimension_period " : "", is_finer ? cpn_plan_level_names[name->period] : "");
    cpn_text_clear(&order);
    return status;
}

static int64_t find_child(const rule_reader *r, int64_t row, cpn_plan_level level, const node_name *name)
{
    const cpn_plan_target *rows = r->targets->rows, *node = &rows[row];
    for (int64_t child = node->first_child; child < node->first_child + node->n_children; child++)
        if (cpn_plan_is_period(level)
                ? name->start_day >= rows[child].start_day && name->start_day < rows[child].end_day
                : rows[child].keys[cpn_plan_dimension(level)] == name->keys[cpn_plan_dimension(level)])
            return child;
    return -1;
}

static campaign_status find_node(int64_t *row, const rule_reader *r, const node_name *name, const cpn_json_value *rule,
                                 campaign_error *error)
{
    const int32_t depth = find_depth(r, name);
    if (depth < 0) return refuse_order(r, name, rule, error);
    *row = 0;
    for (int32_t i = 0; i < depth; i++) {
        const cpn_plan_level level = r->request->split[i];
        if (!cpn_plan_is_in_tree(r->request, r->profile, level)) continue;
        *row = find_child(r, *row, level, name);
        if (*row < 0)
            return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, rule,
                                 "the node has no target, because its %s has no weight there: no sales in the years "
                                 "that the split is measured by",
                                 cpn_plan_level_names[level]);
    }
    return CAMPAIGN_OK;
}

/* ---- Rules ------------------------------------------------------------------------------------------------------ */

static campaign_status read_amounts(cpn_plan_rule *rule, const cpn_plan_request *request, campaign_error *error)
{
    const cpn_record *record = &cpn_plan_rule_record;
    rule->is_lock = cpn_get(rule->place, "amount") != NULL;
    rule->has_minimum = cpn_get(rule->place, "minimum") != NULL;
    rule->has_maximum = cpn_get(rule->place, "maximum") != NULL;
    rule->has_growth = cpn_get(rule->place, "growth") != NULL;
    if (rule->is_lock && (rule->has_minimum || rule->has_maximum || rule->has_growth))
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, rule->place,
                             "amount locks the node: minimum, maximum and growth say nothing beside it");
    if (!rule->is_lock && !rule->has_minimum && !rule->has_maximum && !rule->has_growth)
        return cpn_json_fail(error, CAMPAIGN_E_MISSING, rule->place, "a rule needs amount, minimum, maximum or growth");
    rule->maximum = INT64_MAX;
    campaign_status status = cpn_get_ppm(&rule->growth_ppm, rule->place, record, "growth", error);
    if (status == CAMPAIGN_OK && rule->is_lock)
        status = cpn_get_money(&rule->minimum, rule->place, record, "amount", request->exponent, error);
    if (rule->is_lock) rule->maximum = rule->minimum;
    if (status == CAMPAIGN_OK && rule->has_minimum)
        status = cpn_get_money(&rule->minimum, rule->place, record, "minimum", request->exponent, error);
    if (status == CAMPAIGN_OK && rule->has_maximum)
        status = cpn_get_money(&rule->maximum, rule->place, record, "maximum", request->exponent, error);
    if (status == CAMPAIGN_OK && rule->minimum > rule->maximum)
        status = cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, rule->place, "minimum is above maximum");
    return status;
}

static campaign_status read_rule(cpn_plan_rules *rules, const rule_reader *r, const cpn_json_value *place,
                                 campaign_error *error)
{
    cpn_plan_rule *rule = &rules->rules[rules->n];
    node_name name;
    rule->place = place;
    campaign_status status = read_amounts(rule, r->request, error);
    if (status == CAMPAIGN_OK) status = read_period(&name, r, place, error);
    if (status == CAMPAIGN_OK) status = read_keys(&name, r, place, error);
    if (status == CAMPAIGN_OK) status = find_node(&rule->row, r, &name, place, error);
    if (status != CAMPAIGN_OK) return status;
    if (rule->has_growth && rule->row == 0)
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, place, "the year's growth is said in target.growth");
    cpn_plan_target *node = &r->targets->rows[rule->row];
    if (node->rule >= 0)
        return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, place, "rules[%d] is for the same node",
                             (int)rules->rules[node->rule].place->index);
    node->rule = rules->n++;
    return CAMPAIGN_OK;
}

campaign_status cpn_plan_rules_read(cpn_plan_rules *rules, cpn_plan_targets *targets, const cpn_plan_request *request,
                                    const cpn_plan_profile *profile, const cpn_plan_history *history,
                                    campaign_error *error)
{
    const rule_reader r = { targets, request, profile, history };
    const cpn_json_value *list = cpn_get(request->root, "rules");
    memset(rules, 0, sizeof *rules);
    if (!list) return CAMPAIGN_OK;
    rules->rules = cpn_alloc_zero(list->n_children, sizeof *rules->rules);
    campaign_status status = rules->rules ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (const cpn_json_value *item = list->first; item && status == CAMPAIGN_OK; item = item->next)
        status = read_rule(rules, &r, item, error);
    return status;
}

void cpn_plan_rules_free(cpn_plan_rules *rules)
{
    cpn_free(rules->rules);
    memset(rules, 0, sizeof *rules);
}
