/* The tables of what stands, of what could not be taken as it stands, and of remarks. */
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"
#include "execution/followup/follow.h"

/* ---- Current ----------------------------------------------------------------------------------------------------- */

/* Columns of numbers that are made here. */
typedef struct made {
    int64_t *first, *versions, *rows;
} made;

static campaign_status add_made(campaign_table_builder *builder, const char *name, const int64_t *values, int64_t n,
                                campaign_error *error)
{
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.type = CAMPAIGN_TYPE_INT64;
    array.n_rows = n;
    array.name = name;
    array.values = values;
    return campaign_table_builder_add_array(builder, &array, error);
}

static campaign_status add_columns(campaign_table_builder *builder, const cpn_follow *follow, const made *own,
                                   campaign_error *error)
{
    const cpn_follow_columns *from = &follow->columns;
    const campaign_column *fields = from->fields;
    const struct {
        const char *name;
        const campaign_column *column;
    } columns[] = {
        { "record", &from->record },
        { "customer", &from->customer },
        { "contact", &fields[CPN_FIELD_CONTACT] },
        { "industry", &fields[CPN_FIELD_INDUSTRY] },
        { "pain_point", &fields[CPN_FIELD_PAIN_POINT] },
        { "time", &from->time },
        { "way", &fields[CPN_FIELD_WAY] },
        { "rep", &from->rep },
        { "summary", &fields[CPN_FIELD_SUMMARY] },
        { "feedback", &fields[CPN_FIELD_FEEDBACK] },
        { "objection", &fields[CPN_FIELD_OBJECTION] },
        { "next_action", &fields[CPN_FIELD_NEXT_ACTION] },
        { "next_date", &from->next_date },
        { "status", &fields[CPN_FIELD_STATUS] },
        { "blocked_by", &fields[CPN_FIELD_BLOCKED_BY] },
    };
    campaign_status status = CAMPAIGN_OK;
    for (size_t i = 0; i < sizeof columns / sizeof *columns && status == CAMPAIGN_OK; i++) {
        const cpn_follow_pick pick = { columns[i].column, NULL, own->rows, follow->n_current, 0 };
        if (columns[i].column->type) status = cpn_follow_gather(builder, columns[i].name, &pick, error);
    }
    if (status == CAMPAIGN_OK) status = add_made(builder, "first_record", own->first, follow->n_current, error);
    if (status == CAMPAIGN_OK) status = add_made(builder, "n_versions", own->versions, follow->n_current, error);
    return status == CAMPAIGN_OK ? add_made(builder, "row", own->rows, follow->n_current, error) : status;
}

campaign_status cpn_follow_write_current(campaign_table **table, const cpn_follow *follow, campaign_error *error)
{
    const int64_t n = follow->n_current;
    const made own = { cpn_alloc(n, sizeof *own.first), cpn_alloc(n, sizeof *own.first),
                       cpn_alloc(n, sizeof *own.first) };
    campaign_table_builder *builder = NULL;
    campaign_status status =
        own.first && own.versions && own.rows ? campaign_table_builder_create(&builder, error) : cpn_fail_nomem(error);
    int64_t at = 0;
    for (int64_t i = 0; i < follow->n_records && status == CAMPAIGN_OK; i++) {
        const cpn_follow_record *record = &follow->records[i], *first = &follow->records[record->first];
        if (!record->is_current) continue;
        own.rows[at] = record->row;
        own.first[at] = cpn_follow_id(follow, first);
        own.versions[at] = first->versions;
        at++;
    }
    if (status == CAMPAIGN_OK) status = add_columns(builder, follow, &own, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    cpn_free(own.first);
    cpn_free(own.versions);
    cpn_free(own.rows);
    return status;
}

/* ---- Problems ---------------------------------------------------------------------------------------------------- */

static const cpn_column_schema problem_schema[] = {
    { "kind", CAMPAIGN_TYPE_UTF8, "Kind of problem.", "问题类型。" },
    { "row", CAMPAIGN_TYPE_INT64, "Row of the follow-ups.", "跟进表行号。" },
    { "record", CAMPAIGN_TYPE_INT64, "Its record.", "记录号。" },
    { "other", CAMPAIGN_TYPE_INT64, "Another record that it is about.", "相关记录号。" },
    { "text", CAMPAIGN_TYPE_UTF8, "What is wrong, and what was taken.", "说明。" },
};

static const struct {
    const char *kind, *en, *zh;
} problem_words[] = {
    { "no_record", "has no record id and is left out", "没有记录号，未计入" },
    { "no_customer", "has no customer and is left out", "没有客户，未计入" },
    { "no_time", "has no time and is left out", "没有时间，未计入" },
    { "no_rep", "has no rep and is left out", "没有跟进人，未计入" },
    { "unknown_word", "has the word \"{2}\" as {3}, which is not known and counts as not said",
      "的 {3} 为“{2}”，无法识别，按未填处理" },
    { "duplicate", "has the id {1} of a row before it; both stand", "与前面的行同为记录 {1}，两条均保留" },
    { "missing_target", "corrects record {1}, which is not there, and stands by itself",
      "更正的记录 {1} 不存在，单独保留" },
    { "changed_customer", "corrects record {1} of another customer; both stand",
      "更正的记录 {1} 属于另一客户，两条均保留" },
    { "cycle", "corrects record {1}, which goes back to it; the circle is opened here",
      "更正的记录 {1} 又回到本记录，在此断开循环" },
    { "corrected_twice", "corrects a record that record {1} corrects as well; the higher id stands",
      "与记录 {1} 更正同一条记录，以记录号大者为准" },
};

static void say_problem(char sentence[CPN_SAY_TEXT], const cpn_follow *follow, const cpn_follow_problem *problem)
{
    char row[CPN_NUMBER_TEXT], other[CPN_NUMBER_TEXT], word[CPN_NAMED_KEY_TEXT], inner[CPN_SAY_TEXT];
    const bool is_word = problem->kind == CPN_PROBLEM_UNKNOWN_WORD;
    (void)cpn_format_int64(row, problem->row);
    (void)cpn_format_int64(other, problem->other);
    word[0] = '\0';
    if (is_word) cpn_follow_field_text(word, &follow->columns.fields[problem->field], problem->row);
    const char *field = is_word ? cpn_follow_field_names[problem->field] : "";
    const char *const words[CPN_SAY_WORDS] = { row, other, word, field };
    cpn_say(inner, follow->is_chinese ? problem_words[problem->kind].zh : problem_words[problem->kind].en, words);
    const char *const all[CPN_SAY_WORDS] = { row, inner };
    cpn_say(sentence, follow->is_chinese ? "第 {0} 行{1}。" : "Row {0} {1}.", all);
}

static void write_problem(cpn_out *out, const cpn_follow *follow, const cpn_follow_problem *problem)
{
    char sentence[CPN_SAY_TEXT];
    const campaign_column *ids = &follow->columns.record;
    const bool has_id = !cpn_is_null(ids, problem->row);
    say_problem(sentence, follow, problem);
    cpn_out_string(out, 0, problem_words[problem->kind].kind);
    cpn_out_int64(out, 1, problem->row);
    cpn_out_optional_int64(out, 2, has_id ? cpn_cell_int64(ids, problem->row) : 0, has_id);
    cpn_out_optional_int64(out, 3, problem->other, problem->has_other);
    cpn_out_string(out, 4, sentence);
}

campaign_status cpn_follow_write_problems(campaign_table **table, const cpn_follow *follow, campaign_error *error)
{
    const int64_t n = follow->n_problems;
    cpn_out out;
    int64_t *keys = cpn_alloc(n, sizeof *keys), *order = cpn_alloc(n, sizeof *order);
    bool is_done = keys && order;
    for (int64_t i = 0; i < n && is_done; i++)
        keys[i] = follow->problems[i].row * 64 + follow->problems[i].kind * 2 + (follow->problems[i].field > 3);
    is_done = is_done && cpn_order_int64(order, keys, n);
    cpn_out_open(&out, problem_schema, 5, NULL, 0);
    for (int64_t i = 0; i < n && is_done; i++) write_problem(&out, follow, &follow->problems[order[i]]);
    cpn_free(keys);
    cpn_free(order);
    return cpn_follow_close(table, &out, is_done ? CAMPAIGN_OK : cpn_fail_nomem(error), error);
}

/* ---- Notes ------------------------------------------------------------------------------------------------------- */

static const cpn_column_schema note_schema[] = {
    { "code", CAMPAIGN_TYPE_UTF8, "Kind of remark.", "备注代码。" },
    { "n", CAMPAIGN_TYPE_INT64, "How many it concerns.", "涉及数量。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The remark.", "备注。" },
};

static void write_note(cpn_out *out, const char *code, int64_t n, const char *sentence)
{
    char number[CPN_NUMBER_TEXT], text[CPN_SAY_TEXT];
    (void)cpn_format_int64(number, n);
    const char *const words[CPN_SAY_WORDS] = { number };
    cpn_say(text, sentence, words);
    cpn_out_string(out, 0, code);
    cpn_out_int64(out, 1, n);
    cpn_out_string(out, 2, text);
}

campaign_status cpn_follow_write_notes(campaign_table **table, const cpn_follow *follow, campaign_error *error)
{
    const bool zh = follow->is_chinese;
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    cpn_out out;
    cpn_out_open(&out, note_schema, 3, NULL, 0);
    if (follow->n_later)
        write_note(&out, "later", follow->n_later,
                   zh                     ? "{0} 行晚于统计日，未计入。"
                   : follow->n_later == 1 ? "{0} row lies after the day that is judged on and is left out."
                                          : "{0} rows lie after the day that is judged on and are left out.");
    if (follow->has_as_of && campaign_calendar_day(&info, follow->calendar, follow->as_of, NULL) == CAMPAIGN_OK &&
        info.is_provisional)
        write_note(&out, "provisional", 1,
                   zh ? "该年放假安排尚未公布，工作日为推算。"
                      : "The holidays of that year are not announced; working days are a guess.");
    if (!follow->columns.fields[CPN_FIELD_STATUS].type)
        write_note(&out, "no_status", 1,
                   zh ? "没有 status 列：下一步行动在该客户有后续记录前视为未完成。"
                      : "There is no column status: a next action is open until a later record of its customer.");
    return cpn_out_close(table, &out, error);
}
