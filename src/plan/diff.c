/* Compares two plans: every cell that moved, by how much, and which causes moved it. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "plan/compare.h"

enum { TABLE, SUBJECT, CHANGE, COLUMN, BEFORE, AFTER, AMOUNT_DELTA, DELTA, RATIO, CAUSES, TEXT };
static const cpn_column_schema change_schema[] = {
    { "table", CAMPAIGN_TYPE_UTF8, "Table of the plan.", "计划中的表。" },
    { "subject", CAMPAIGN_TYPE_UTF8, "Name of the row.", "行的名称。" },
    { "change", CAMPAIGN_TYPE_UTF8, "added, removed or changed.", "added 新增、removed 删除、changed 变动。" },
    { "column", CAMPAIGN_TYPE_UTF8, "Column; null for a whole row.", "列，整行为空。" },
    { "before", CAMPAIGN_TYPE_UTF8, "Value before.", "原值。" },
    { "after", CAMPAIGN_TYPE_UTF8, "Value after.", "新值。" },
    { "amount_delta", CAMPAIGN_TYPE_MONEY, "Movement of an amount.", "金额的变动。" },
    { "delta", CAMPAIGN_TYPE_INT64, "Movement of a count, or of a day in days.", "数量的变动，或日期变动的天数。" },
    { "ratio_ppm", CAMPAIGN_TYPE_INT64, "Movement in parts per million of the value before.",
      "变动占原值的百万分比。" },
    { "causes", CAMPAIGN_TYPE_UTF8, "Ids of the causes, 1,3.", "原因编号，如 1,3。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The change as a sentence.", "说明文字。" },
};

enum { ID, KIND, PATH, CAUSE_BEFORE, CAUSE_AFTER, N_CHANGES, CAUSE_TEXT };
static const cpn_column_schema cause_schema[] = {
    { "id", CAMPAIGN_TYPE_INT64, "Number, from 1.", "编号，从 1 起。" },
    { "kind", CAMPAIGN_TYPE_UTF8, "request or data.", "request 请求或 data 数据。" },
    { "path", CAMPAIGN_TYPE_UTF8, "Part of the request, or table of inputs.", "请求中的部分，或输入的表。" },
    { "before", CAMPAIGN_TYPE_UTF8, "As it was.", "原值。" },
    { "after", CAMPAIGN_TYPE_UTF8, "As it is.", "新值。" },
    { "n_changes", CAMPAIGN_TYPE_INT64, "Changes that name it.", "涉及的变动数。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The cause as a sentence.", "说明文字。" },
};
#define N_COLUMNS(schema) ((int32_t)(sizeof(schema) / sizeof *(schema)))

/* What the functions below share. */
typedef struct differ {
    const cpn_plan_steps *steps;
    const cpn_plan_causes *causes;
    int64_t *n_changes; /* of each cause */
    bool *moves;        /* causes of the cell at hand */
    cpn_out *out;
    cpn_text before, after, text;
    bool is_chinese;
    int32_t exponent;
} differ;

/* A cell on its way through the steps. */
typedef struct cell {
    cpn_plan_table_id id;
    const char *subject;           /* name of the row */
    const char *column;            /* NULL: the row itself */
    int64_t row_before, row_after; /* -1: not there */
} cell;

/* ---- Causes of one cell ----------------------------------------------------------------------------------------- */

static const campaign_table *table_at(const differ *c, int64_t step, cpn_plan_table_id id)
{
    return c->steps->steps[step].plan->tables[id];
}

/* The cell as text; nothing where there is no such row, no such column, or a null. */
static bool read_cell(cpn_text *text, const campaign_table *table, const char *column, int64_t row)
{
    text->length = 0;
    if (row < 0) return false;
    if (!column) return true;
    const int32_t index = campaign_table_find(table, column);
    if (index < 0 || campaign_table_is_null(table, index, row)) return false;
    cpn_plan_add_cell(text, table, index, row);
    return true;
}

static bool is_same_cell(const differ *c, const cell *at, int64_t step, cpn_text *here, cpn_text *there)
{
    const cpn_plan_step *from = &c->steps->steps[step - 1], *to = &c->steps->steps[step];
    const bool is_here =
        read_cell(here, from->plan->tables[at->id], at->column, cpn_plan_rows_find(&from->rows[at->id], at->subject));
    const bool is_there =
        read_cell(there, to->plan->tables[at->id], at->column, cpn_plan_rows_find(&to->rows[at->id], at->subject));
    return is_here == is_there && here->length == there->length &&
           (here->length == 0 || memcmp(here->data, there->data, here->length) == 0);
}

/* With plans in between: the causes of each step in which the cell moved. Otherwise all that may move its table. */
static void find_causes(differ *c, const cell *at)
{
    cpn_text here = { 0 }, there = { 0 };
    for (int64_t i = 0; i < c->causes->n; i++)
        c->moves[i] = !c->steps->is_traced && cpn_plan_cause_may_move(&c->causes->causes[i], at->id);
    for (int64_t step = 1; step < c->steps->n && c->steps->is_traced; step++) {
        if (is_same_cell(c, at, step, &here, &there)) continue;
        for (int64_t i = c->steps->steps[step].first_cause; i < c->steps->steps[step].end_cause; i++)
            c->moves[i] = true;
    }
    if (here.has_failed || there.has_failed) c->text.has_failed = true;
    cpn_text_clear(&here);
    cpn_text_clear(&there);
    for (int64_t i = 0; i < c->causes->n; i++) c->n_changes[i] += c->moves[i];
}

static void write_causes(differ *c)
{
    cpn_text *text = &c->text;
    text->length = 0;
    for (int64_t i = 0; i < c->causes->n; i++) {
        if (!c->moves[i]) continue;
        if (text->length > 0) cpn_text_add_char(text, ',');
        cpn_text_add_int64(text, i + 1);
    }
    if (text->length > 0)
        cpn_out_text(c->out, CAUSES, text->data, text->length);
    else
        cpn_out_null(c->out, CAUSES);
}

/* ---- One change ------------------------------------------------------------------------------------------------- */

static void write_because(differ *c)
{
    cpn_text *text = &c->text;
    const char *before = NULL;
    for (int64_t i = 0; i < c->causes->n; i++) {
        if (!c->moves[i]) continue;
        if (!before)
            before = c->is_chinese ? "，原因：" : "; because of ";
        else
            before = c->is_chinese ? "、" : ", ";
        cpn_text_add_string(text, before);
        cpn_text_add_string(text, c->causes->causes[i].path);
    }
    cpn_text_add_string(text, c->is_chinese ? "。" : ".");
}

static void add_value(differ *c, const cpn_text *value, bool is_there)
{
    if (is_there)
        cpn_text_add(&c->text, value->data, value->length);
    else
        cpn_text_add_string(&c->text, c->is_chinese ? "空" : "nothing");
}

static void write_sentence(differ *c, const cell *at, bool has_before, bool has_after)
{
    static const char *const words[2][2] = { { " is gone", "已删除" }, { " is new", "为新增" } };
    cpn_text *text = &c->text;
    text->length = 0;
    cpn_text_add_string(text, at->subject);
    if (!at->column) {
        cpn_text_add_string(text, words[at->row_after >= 0][c->is_chinese]);
    } else {
        cpn_text_add_format(text, c->is_chinese ? "：%s " : ": %s ", at->column);
        add_value(c, &c->before, has_before);
        cpn_text_add_string(text, " → ");
        add_value(c, &c->after, has_after);
    }
    write_because(c);
    cpn_out_text(c->out, TEXT, text->data, text->length);
}

/* By how much a number moved; nulls for text, floating point, and what came or went without a number. */
static void write_delta(differ *c, const cell *at)
{
    const campaign_table *old = table_at(c, 0, at->id), *now = table_at(c, c->steps->n - 1, at->id);
    campaign_column info = CAMPAIGN_COLUMN_INIT;
    const int32_t index = at->column ? campaign_table_find(now, at->column) : -1;
    if (index >= 0) (void)campaign_table_column(&info, now, index, NULL);
    const bool is_number =
        info.type == CAMPAIGN_TYPE_MONEY || info.type == CAMPAIGN_TYPE_INT64 || info.type == CAMPAIGN_TYPE_DATE;
    const bool is_in_both = is_number && !campaign_table_is_null(old, index, at->row_before) &&
                            !campaign_table_is_null(now, index, at->row_after);
    int64_t delta = 0, ratio = 0;
    const int64_t before = is_in_both ? campaign_table_int64(old, index, at->row_before) : 0;
    const bool has_delta = is_in_both && cpn_sub64(&delta, campaign_table_int64(now, index, at->row_after), before);
    const bool has_ratio = has_delta && info.type != CAMPAIGN_TYPE_DATE && cpn_plan_share_ppm(&ratio, delta, before);
    const bool is_money = info.type == CAMPAIGN_TYPE_MONEY;
    cpn_out_optional_int64(c->out, AMOUNT_DELTA, delta, has_delta && is_money);
    cpn_out_optional_int64(c->out, DELTA, delta, has_delta && !is_money);
    cpn_out_optional_int64(c->out, RATIO, ratio, has_ratio);
}

static void write_value(cpn_out *out, int32_t index, const cpn_text *text, bool is_there)
{
    if (is_there)
        cpn_out_text(out, index, text->length > 0 ? text->data : "", text->length);
    else
        cpn_out_null(out, index);
}

static void write_change(differ *c, const cell *at)
{
    const bool has_before = at->column && read_cell(&c->before, table_at(c, 0, at->id), at->column, at->row_before);
    const bool has_after =
        at->column && read_cell(&c->after, table_at(c, c->steps->n - 1, at->id), at->column, at->row_after);
    find_causes(c, at);
    cpn_out_string(c->out, TABLE, cpn_plan_table_names[at->id]);
    cpn_out_string(c->out, SUBJECT, at->subject);
    cpn_out_string(c->out, CHANGE, at->row_before < 0 ? "added" : at->row_after < 0 ? "removed" : "changed");
    cpn_out_string(c->out, COLUMN, at->column);
    write_value(c->out, BEFORE, &c->before, has_before);
    write_value(c->out, AFTER, &c->after, has_after);
    write_delta(c, at);
    write_causes(c);
    write_sentence(c, at, has_before, has_after);
}

/* ---- One table -------------------------------------------------------------------------------------------------- */

/* Row numbers move with every row before them, shares follow from amounts, sentences from the cells beside them. */
static bool is_compared(cpn_plan_table_id id, const char *column)
{
    static const char *const skipped[] = { "id", "parent", "share_ppm", "text" };
    for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++)
        if (strcmp(column, skipped[i]) == 0) return false;
    return !cpn_plan_rows_names_column(id, column);
}

static void compare_row(differ *c, cell *at)
{
    const campaign_table *old = table_at(c, 0, at->id), *now = table_at(c, c->steps->n - 1, at->id);
    for (int32_t i = 0; i < campaign_table_n_columns(now); i++) {
        campaign_column info = CAMPAIGN_COLUMN_INIT;
        (void)campaign_table_column(&info, now, i, NULL);
        if (!is_compared(at->id, info.name)) continue;
        const bool has_before = read_cell(&c->before, old, info.name, at->row_before);
        const bool has_after = read_cell(&c->after, now, info.name, at->row_after);
        if (has_before == has_after && c->before.length == c->after.length &&
            (c->before.length == 0 || memcmp(c->before.data, c->after.data, c->before.length) == 0))
            continue;
        at->column = info.name;
        write_change(c, at);
    }
    at->column = NULL;
}

static void compare_table(differ *c, cpn_plan_table_id id)
{
    const cpn_plan_rows *old = &c->steps->steps[0].rows[id], *now = &c->steps->steps[c->steps->n - 1].rows[id];
    cell at = { .id = id };
    for (at.row_before = 0; at.row_before < old->n; at.row_before++) {
        at.subject = cpn_plan_rows_name(old, at.row_before);
        at.row_after = cpn_plan_rows_find(now, at.subject);
        if (at.row_after < 0)
            write_change(c, &at);
        else
            compare_row(c, &at);
    }
    at.row_before = -1;
    for (at.row_after = 0; at.row_after < now->n; at.row_after++) {
        at.subject = cpn_plan_rows_name(now, at.row_after);
        if (cpn_plan_rows_find(old, at.subject) < 0) write_change(c, &at);
    }
}

/* ---- Tables ----------------------------------------------------------------------------------------------------- */

static campaign_status write_changes(campaign_table **changes, differ *c, const char *currency, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, change_schema, N_COLUMNS(change_schema), currency, c->exponent);
    c->out = &out;
    for (int32_t id = 0; id < CPN_PLAN_N_TABLES; id++)
        if (id != CPN_PLAN_SOURCES && id != CPN_PLAN_DAYS) /* days are told by the targets */
            compare_table(c, (cpn_plan_table_id)id);
    campaign_status status = cpn_out_close(changes, &out, error);
    if (status == CAMPAIGN_OK && (c->before.has_failed || c->after.has_failed || c->text.has_failed))
        status = cpn_fail_nomem(error);
    return status;
}

static void write_cause(cpn_out *out, cpn_text *text, const cpn_plan_cause *cause, bool is_chinese)
{
    const char *nothing = is_chinese ? "（无）" : "nothing";
    text->length = 0;
    cpn_text_add_string(text, cause->path);
    cpn_text_add_string(text, is_chinese ? "：" : ": ");
    cpn_text_add_string(text, cause->before ? cause->before : nothing);
    cpn_text_add_string(text, " → ");
    cpn_text_add_string(text, cause->after ? cause->after : nothing);
    cpn_out_text(out, CAUSE_TEXT, text->data, text->length);
}

static campaign_status write_cause_table(campaign_table **table, differ *c, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, cause_schema, N_COLUMNS(cause_schema), NULL, 0);
    for (int64_t i = 0; i < c->causes->n; i++) {
        const cpn_plan_cause *cause = &c->causes->causes[i];
        cpn_out_int64(&out, ID, i + 1);
        cpn_out_string(&out, KIND, cause->is_data ? "data" : "request");
        cpn_out_string(&out, PATH, cause->path);
        cpn_out_string(&out, CAUSE_BEFORE, cause->before);
        cpn_out_string(&out, CAUSE_AFTER, cause->after);
        cpn_out_int64(&out, N_CHANGES, c->n_changes[i]);
        write_cause(&out, &c->text, cause, c->is_chinese);
    }
    const campaign_status status = cpn_out_close(table, &out, error);
    return status == CAMPAIGN_OK && c->text.has_failed ? cpn_fail_nomem(error) : status;
}

static campaign_status write_tables(campaign_plan_comparison *out, differ *c, const campaign_plan *after,
                                    campaign_error *error)
{
    c->n_changes = cpn_alloc_zero(c->causes->n, sizeof *c->n_changes);
    c->moves = cpn_alloc_zero(c->causes->n, sizeof *c->moves);
    c->exponent = after->request.exponent;
    campaign_status status = c->n_changes && c->moves ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = write_changes(&out->changes, c, after->request.currency, error);
    if (status == CAMPAIGN_OK) status = write_cause_table(&out->causes, c, error);
    if (status != CAMPAIGN_OK) campaign_plan_comparison_clear(out);
    cpn_text_clear(&c->before);
    cpn_text_clear(&c->after);
    cpn_text_clear(&c->text);
    cpn_free(c->n_changes);
    cpn_free(c->moves);
    return status;
}

/* ---- Entry ------------------------------------------------------------------------------------------------------ */

campaign_status cpn_plan_language(bool *is_chinese, const char *language, const campaign_plan *plan,
                                  campaign_error *error)
{
    *is_chinese = language ? strcmp(language, "zh") == 0 : plan->request.is_chinese;
    if (!language || *is_chinese || strcmp(language, "en") == 0) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "language", "\"%.20s\" is not \"en\" or \"zh\"", language);
}

static campaign_status check_plans(const campaign_plan *before, const campaign_plan *after, campaign_error *error)
{
    if (!before || !after) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "before", "both plans are required");
    if (strcmp(before->request.currency, after->request.currency) == 0) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "currency", "the plan before is in %s, the one after in %s",
                    before->request.currency, after->request.currency);
}

campaign_status campaign_plan_diff(campaign_plan_comparison *out, const campaign_plan *before,
                                   const campaign_plan *after, const char *language, const campaign_plan_inputs *tables,
                                   const campaign_runtime *runtime, campaign_error *error)
{
    cpn_plan_causes found = { 0 };
    cpn_plan_steps steps = { 0 };
    differ c = { .steps = &steps, .causes = &found };
    campaign_status status = cpn_open_view(out, sizeof *out, "out", error);
    if (status != CAMPAIGN_OK) return status;
    status = check_plans(before, after, error);
    if (status == CAMPAIGN_OK) status = cpn_check_runtime(runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_language(&c.is_chinese, language, after, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_causes_find(&found, before, after, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_steps_make(&steps, &found, before, after, tables, runtime, error);
    if (status == CAMPAIGN_OK) status = write_tables(out, &c, after, error);
    if (status == CAMPAIGN_OK) out->is_traced = steps.is_traced;
    cpn_plan_steps_free(&steps);
    cpn_plan_causes_free(&found);
    return status;
}

void campaign_plan_comparison_clear(campaign_plan_comparison *comparison)
{
    if (!comparison) return;
    campaign_table_free(comparison->changes);
    campaign_table_free(comparison->causes);
    comparison->changes = comparison->causes = NULL;
    comparison->is_traced = 0;
}
