/* The choice as tables: one row per candidate, one row per campaign that came of them. */
#include <string.h>

#include "plan/choice/choice.h"

static campaign_status add_number(cpn_out *out, const char *name, const cpn_choice_unit *unit)
{
    if (out->status != CAMPAIGN_OK) return out->status;
    out->status = unit->type == CAMPAIGN_TYPE_MONEY
                      ? cpn_builder_add_money(out->builder, name, unit->currency, unit->exponent, &out->error)
                      : campaign_table_builder_add_column(out->builder, name, unit->type, NULL, &out->error);
    return out->status;
}

static void add_column(cpn_out *out, const char *name, int32_t type)
{
    if (out->status != CAMPAIGN_OK) return;
    out->status = campaign_table_builder_add_column(out->builder, name, type, NULL, &out->error);
}

static void write_number(cpn_out *out, int32_t index, int64_t number, const cpn_choice_unit *unit)
{
    if (unit->type == CAMPAIGN_TYPE_FLOAT64)
        cpn_out_float64(out, index, (double)number / 1e6);
    else
        cpn_out_int64(out, index, number);
}

static void write_optional(cpn_out *out, int32_t index, bool is_there, int64_t number, const cpn_choice_unit *unit)
{
    if (is_there)
        write_number(out, index, number, unit);
    else
        cpn_out_null(out, index);
}

/* The first columns of both tables. */
static void open_table(cpn_out *out, const cpn_choice_problem *problem, const char *id)
{
    cpn_out_open(out, NULL, 0, NULL, 0);
    add_column(out, id, CAMPAIGN_TYPE_UTF8);
    add_column(out, "tier", CAMPAIGN_TYPE_UTF8);
    add_column(out, "start", CAMPAIGN_TYPE_DATE);
    add_column(out, "end", CAMPAIGN_TYPE_DATE);
    (void)add_number(out, "value", &problem->value_unit);
    (void)add_number(out, "cost", &problem->cost_unit);
}

static void write_candidate(cpn_out *out, cpn_text *text, const cpn_choice *choice, int64_t i, bool is_chinese)
{
    const cpn_choice_problem *problem = &choice->problem;
    const cpn_choice_candidate *at = &problem->candidates[i];
    const cpn_choice_reason *reason = &choice->reasons[i];
    const int64_t campaign = choice->campaign_of[i];
    cpn_out_string(out, 0, at->id);
    cpn_out_string(out, 1, at->is_big ? "big" : "small");
    cpn_out_int64(out, 2, at->start);
    cpn_out_int64(out, 3, at->end);
    write_number(out, 4, at->value, &problem->value_unit);
    write_number(out, 5, at->cost, &problem->cost_unit);
    cpn_out_int64(out, 6, choice->best.is_chosen[i]);
    cpn_out_string(out, 7, campaign < 0 ? NULL : problem->candidates[choice->campaigns[campaign].lead].id);
    write_optional(out, 8, reason->has_worth, reason->worth, &problem->value_unit);
    write_optional(out, 9, reason->has_forcing_cost, reason->forcing_cost, &problem->value_unit);
    cpn_out_string(out, 10, cpn_choice_rule_name(problem, &reason->binding));
    cpn_out_string(out, 11, reason->binding.other < 0 ? NULL : problem->candidates[reason->binding.other].id);
    text->length = 0;
    cpn_choice_say(text, choice, i, is_chinese);
    cpn_out_text(out, 12, text->data, text->length);
}

campaign_status cpn_choice_table(campaign_table **table, const cpn_choice *choice, bool is_chinese,
                                 campaign_error *error)
{
    const cpn_choice_problem *problem = &choice->problem;
    cpn_out out;
    cpn_text text = { 0 };
    open_table(&out, problem, "id");
    add_column(&out, "is_chosen", CAMPAIGN_TYPE_BOOL);
    add_column(&out, "campaign", CAMPAIGN_TYPE_UTF8);
    (void)add_number(&out, "worth", &problem->value_unit);
    (void)add_number(&out, "forcing_cost", &problem->value_unit);
    add_column(&out, "rule", CAMPAIGN_TYPE_UTF8);
    add_column(&out, "other", CAMPAIGN_TYPE_UTF8);
    add_column(&out, "text", CAMPAIGN_TYPE_UTF8);
    for (int64_t place = 0; place < problem->n; place++)
        write_candidate(&out, &text, choice, problem->by_place[place], is_chinese);
    const bool has_failed = text.has_failed;
    cpn_text_clear(&text);
    campaign_status status = cpn_out_close(table, &out, error);
    if (status != CAMPAIGN_OK || !has_failed) return status;
    campaign_table_free(*table);
    *table = NULL;
    return cpn_fail_nomem(error);
}

/* Ids of a campaign's members in order of their days. */
static void list_members(cpn_text *text, const cpn_choice *choice, int64_t campaign)
{
    text->length = 0;
    for (int64_t i = 0; i < choice->problem.n; i++) {
        if (choice->campaign_of[i] != campaign) continue;
        if (text->length > 0) cpn_text_add_string(text, ",");
        cpn_text_add_string(text, choice->problem.candidates[i].id);
    }
}

campaign_status cpn_choice_campaigns_table(campaign_table **table, const cpn_choice *choice, campaign_error *error)
{
    const cpn_choice_problem *problem = &choice->problem;
    cpn_out out;
    cpn_text text = { 0 };
    open_table(&out, problem, "campaign");
    add_column(&out, "n_members", CAMPAIGN_TYPE_INT64);
    add_column(&out, "members", CAMPAIGN_TYPE_UTF8);
    for (int64_t k = 0; k < choice->n_campaigns; k++) {
        const cpn_choice_campaign *at = &choice->campaigns[k];
        list_members(&text, choice, k);
        cpn_out_string(&out, 0, problem->candidates[at->lead].id);
        cpn_out_string(&out, 1, at->is_big ? "big" : "small");
        cpn_out_int64(&out, 2, at->start);
        cpn_out_int64(&out, 3, at->end);
        write_number(&out, 4, at->value, &problem->value_unit);
        write_number(&out, 5, at->cost, &problem->cost_unit);
        cpn_out_int64(&out, 6, at->n_members);
        cpn_out_text(&out, 7, text.data, text.length);
    }
    const bool has_failed = text.has_failed;
    cpn_text_clear(&text);
    campaign_status status = cpn_out_close(table, &out, error);
    if (status != CAMPAIGN_OK || !has_failed) return status;
    campaign_table_free(*table);
    *table = NULL;
    return cpn_fail_nomem(error);
}
