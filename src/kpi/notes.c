/* What an evaluation rests on: the day of judgement, and every row that did not count, with the reason. */
#include "kpi/kpi.h"

static const cpn_column_schema note_schema[] = {
    { "code", CAMPAIGN_TYPE_UTF8, "Kind of note.", "说明的代码。" },
    { "severity", CAMPAIGN_TYPE_UTF8, "info or warning.", "级别：info 或 warning。" },
    { "subject", CAMPAIGN_TYPE_UTF8, "Column it is about.", "所涉列。" },
    { "date", CAMPAIGN_TYPE_DATE, "Day it is about.", "所涉日期。" },
    { "n", CAMPAIGN_TYPE_INT64, "Number of rows.", "行数。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The note as a sentence.", "说明文字。" },
};

static const cpn_column_schema skipped_schema[] = {
    { "table", CAMPAIGN_TYPE_UTF8, "orders, daily or spend.", "所在的表。" },
    { "row", CAMPAIGN_TYPE_INT64, "Row, from 0.", "行号，从 0 起。" },
    { "column", CAMPAIGN_TYPE_UTF8, "Column.", "列。" },
    { "code", CAMPAIGN_TYPE_UTF8, "Status code.", "状态代码。" },
    { "kind", CAMPAIGN_TYPE_UTF8, "null or no_such_date.", "null 空值或 no_such_date 日期不存在。" },
};

typedef struct note_line {
    const char *code, *severity, *subject;
    bool has_date;
    int32_t date;
    int64_t n; /* -1: none */
    const char *en, *zh;
} note_line;

/* {n} is the number, {date} the day, {subject} the column. */
static void write_sentence(cpn_text *text, const note_line *note, const char *pattern)
{
    char date[CAMPAIGN_DATE_TEXT];
    for (; *pattern; pattern++) {
        if (*pattern != '{') {
            cpn_text_add_char(text, *pattern);
            continue;
        }
        if (pattern[1] == 'n') {
            cpn_text_add_int64(text, note->n);
        } else if (pattern[1] == 'd') {
            (void)campaign_date_format(date, note->date);
            cpn_text_add_string(text, date);
        } else {
            cpn_text_add_string(text, note->subject);
        }
        while (*pattern != '}') pattern++;
    }
}

static campaign_status write_note(cpn_out *out, const note_line *note, bool is_chinese, campaign_error *error)
{
    if (note->n == 0) return CAMPAIGN_OK;
    cpn_text text = { 0 };
    write_sentence(&text, note, is_chinese ? note->zh : note->en);
    const campaign_status status = text.has_failed ? cpn_fail_nomem(error) : CAMPAIGN_OK;
    cpn_out_string(out, 0, note->code);
    cpn_out_string(out, 1, note->severity);
    cpn_out_string(out, 2, note->subject);
    cpn_out_optional_int64(out, 3, note->date, note->has_date);
    cpn_out_optional_int64(out, 4, note->n, note->n > 0);
    if (status == CAMPAIGN_OK) cpn_out_text(out, 5, text.data, text.length);
    cpn_text_clear(&text);
    return status;
}

static int64_t rows_after(const cpn_kpi_facts *facts, const cpn_kpi_book *book)
{
    int64_t n = 0;
    for (int32_t day = book->start_day; day < book->end_day; day++)
        if (day > facts->as_of) n += facts->rows[day - book->start_day];
    return n;
}

campaign_status cpn_kpi_notes_table(campaign_table **table, const cpn_kpi_facts *facts, const cpn_kpi_book *book,
                                    const cpn_kpi_settings *settings, campaign_error *error)
{
    const note_line notes[] = {
        { "as_of", "info", NULL, true, facts->as_of, -1, "Judged as of the end of {date}.", "截至 {date} 日终评估。" },
        { "rows_skipped", "warning", NULL, false, 0, facts->n_skipped,
          "{n} rows were left out: a date or an amount is missing or does not exist.",
          "跳过 {n} 行：日期或金额缺失，或日期不存在。" },
        { "targets_finer", "info", NULL, false, 0, book->n_finer,
          "{n} targets are for one channel, tier or rep and were not judged; their totals were.",
          "{n} 行目标细到渠道、客户等级或业务员，未评估；其合计已评估。" },
        { "rows_outside", "info", NULL, false, 0, facts->n_outside, "{n} rows lie outside the plan's period.",
          "{n} 行不在计划期间内。" },
        { "rows_after", "info", NULL, true, facts->as_of, rows_after(facts, book), "{n} rows lie after {date}.",
          "{n} 行晚于 {date}。" },
        { "rows_unknown", "warning", "product_line", false, 0, facts->n_unknown[0],
          "{n} rows have no {subject}, or one that the plan does not know: they count in totals only.",
          "{n} 行没有 {subject} 或其值不在计划中：只计入合计。" },
        { "rows_unknown", "warning", "market", false, 0, facts->n_unknown[1],
          "{n} rows have no {subject}, or one that the plan does not know: they count in totals only.",
          "{n} 行没有 {subject} 或其值不在计划中：只计入合计。" },
        { "rows_unknown", "warning", "campaign", false, 0, facts->n_unknown_campaigns,
          "{n} rows have no {subject}, or one that the plan does not know: they count in totals only.",
          "{n} 行没有 {subject} 或其值不在计划中：只计入合计。" },
    };
    cpn_out out;
    campaign_status status = CAMPAIGN_OK;
    cpn_out_open(&out, note_schema, (int32_t)(sizeof note_schema / sizeof *note_schema), NULL, 0);
    for (size_t i = 0; i < sizeof notes / sizeof *notes && status == CAMPAIGN_OK; i++)
        status = write_note(&out, &notes[i], settings->is_chinese, error);
    return cpn_kpi_close(table, &out, status, error);
}

campaign_status cpn_kpi_skipped_table(campaign_table **table, const cpn_kpi_facts *facts, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, skipped_schema, (int32_t)(sizeof skipped_schema / sizeof *skipped_schema), NULL, 0);
    for (int32_t i = 0; i < facts->n_listed; i++) {
        const cpn_kpi_skipped *row = &facts->listed[i];
        cpn_out_string(&out, 0, row->table);
        cpn_out_int64(&out, 1, row->row);
        cpn_out_string(&out, 2, row->column);
        cpn_out_string(&out, 3, campaign_status_name(row->is_null ? CAMPAIGN_E_MISSING : CAMPAIGN_E_VALUE));
        cpn_out_string(&out, 4, row->is_null ? "null" : "no_such_date");
    }
    return cpn_out_close(table, &out, error);
}
