/* The call campaign_plan_headcount: people needed, there and missing by market and month, and when those that are missing must
 * be hired so that their ramp is over in time. */
#include "execution/headcount.h"

#include "base/memory.h"
#include "base/text.h"

enum { MARKET, MONTH, TARGET, CAPACITY, NEEDED, HAVE, GAP, HIRE, HIRE_MONTH, IS_LATE, TEXT, N_COLUMNS };
static const cpn_column_schema schema[N_COLUMNS] = {
    { "market", CAMPAIGN_TYPE_UTF8, "Market; null for all.", "市场，空为全部。" },
    { "month", CAMPAIGN_TYPE_INT64, "Month of the period.", "期间内的月份。" },
    { "target", CAMPAIGN_TYPE_MONEY, "Sales to reach.", "目标销售额。" },
    { "capacity", CAMPAIGN_TYPE_MONEY, "What one person sells in it.", "每人当月产能。" },
    { "needed", CAMPAIGN_TYPE_INT64, "People needed.", "所需人数。" },
    { "have", CAMPAIGN_TYPE_INT64, "People there, and hired for earlier months.", "现有及已为此前月份招聘的人数。" },
    { "gap", CAMPAIGN_TYPE_INT64, "Needed less have.", "缺口。" },
    { "hire", CAMPAIGN_TYPE_INT64, "People to hire for this month.", "为当月需招聘的人数。" },
    { "hire_month", CAMPAIGN_TYPE_INT64, "Their first month.", "入职月份。" },
    { "is_late", CAMPAIGN_TYPE_BOOL, "Their ramp is not over in time.", "爬坡期来不及。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The row as a sentence.", "说明。" },
};

typedef struct head_row {
    int64_t capacity, needed, have, hire;
    int32_t hire_month;
    bool is_late;
} head_row;

static void add_market(cpn_text *text, const cpn_heads *heads, const cpn_heads_row *row, bool is_chinese)
{
    size_t length;
    if (row->market < 0) return;
    const char *name = cpn_cell_text(&heads->market_column, row->row, &length);
    cpn_text_add(text, name, length);
    cpn_text_add_string(text, is_chinese ? "" : ", ");
}

static void say(cpn_text *text, const cpn_heads *heads, const cpn_heads_row *row, const head_row *found,
                bool is_chinese)
{
    text->length = 0;
    add_market(text, heads, row, is_chinese);
    if (is_chinese)
        cpn_text_add_format(text, "第 %d 个月需 %lld 人，已有 %lld 人", (int)row->month, (long long)found->needed,
                            (long long)found->have);
    else
        cpn_text_add_format(text, "month %d: %lld needed, %lld there", (int)row->month, (long long)found->needed,
                            (long long)found->have);
    if (found->hire > 0 && is_chinese)
        cpn_text_add_format(text, "；须在第 %d 个月招聘 %lld 人%s", (int)found->hire_month, (long long)found->hire,
                            found->is_late ? "，届时仍在爬坡期" : "");
    else if (found->hire > 0)
        cpn_text_add_format(text, "; hire %lld in month %d%s", (long long)found->hire, (int)found->hire_month,
                            found->is_late ? ", too late for their ramp to be over" : "");
    else if (found->have > found->needed)
        cpn_text_add_format(text, is_chinese ? "；富余 %lld 人" : "; %lld to spare",
                            (long long)(found->have - found->needed));
    cpn_text_add_string(text, is_chinese ? "。" : ".");
}

static void write_row(cpn_out *out, cpn_text *text, const cpn_heads *heads, const cpn_heads_row *row,
                      const head_row *found)
{
    if (row->market < 0)
        cpn_out_null(out, MARKET);
    else
        cpn_out_cell(out, MARKET, &heads->market_column, row->row);
    cpn_out_int64(out, MONTH, row->month);
    cpn_out_int64(out, TARGET, row->target);
    cpn_out_int64(out, CAPACITY, found->capacity);
    cpn_out_int64(out, NEEDED, found->needed);
    cpn_out_int64(out, HAVE, found->have);
    cpn_out_int64(out, GAP, found->needed - found->have);
    cpn_out_int64(out, HIRE, found->hire);
    cpn_out_optional_int64(out, HIRE_MONTH, found->hire_month, found->hire > 0);
    cpn_out_int64(out, IS_LATE, found->is_late);
    cpn_out_text(out, TEXT, text->data, text->length);
}

static campaign_status reckon(head_row *found, const cpn_heads *heads, const cpn_heads_row *row,
                              const cpn_heads_market *market, campaign_error *error)
{
    if (!market->is_there)
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row->row, "targets.market", "the market has no capacity");
    if (!cpn_heads_capacity(&found->capacity, heads, market, row->month))
        return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row->row, "capacity", "what a person sells does not fit");
    found->needed = cpn_heads_needed(heads, market, row->month, row->target);
    if (found->needed < 0)
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, row->row, "targets.target",
                            "month %d has a target, and a person sells nothing in it", (int)row->month);
    if (found->needed > CPN_HEADS_MOST)
        return cpn_fail_row(error, CAMPAIGN_E_LIMIT, row->row, "targets.target", "more than %d people are needed",
                            CPN_HEADS_MOST);
    found->hire = found->needed > found->have ? found->needed - found->have : 0;
    found->hire_month = row->month - heads->n_ramp;
    found->is_late = found->hire > 0 && found->hire_month < 1;
    if (found->hire_month < 1) found->hire_month = 1;
    return CAMPAIGN_OK;
}

static campaign_status write_all(campaign_table **people, const cpn_heads *heads, bool is_chinese,
                                 campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    cpn_text text = { 0 };
    cpn_out out;
    int64_t have = 0;
    cpn_out_open(&out, schema, N_COLUMNS, heads->target_column.currency, heads->target_column.exponent);
    for (int64_t i = 0; i < heads->n_rows && status == CAMPAIGN_OK; i++) {
        const cpn_heads_row *row = &heads->rows[i];
        const cpn_heads_market *market = &heads->capacity[row->market + 1];
        if (!market->is_there) market = &heads->capacity[0];
        if (i == 0 || heads->rows[i - 1].market != row->market) have = market->have;
        head_row found = { .have = have };
        status = reckon(&found, heads, row, market, error);
        have += found.hire;
        if (status == CAMPAIGN_OK) say(&text, heads, row, &found, is_chinese);
        if (status == CAMPAIGN_OK) write_row(&out, &text, heads, row, &found);
    }
    if (status == CAMPAIGN_OK && text.has_failed) status = cpn_fail_nomem(error);
    cpn_text_clear(&text);
    const campaign_status closed = cpn_out_close(people, &out, status == CAMPAIGN_OK ? error : NULL);
    if (status == CAMPAIGN_OK) return closed;
    campaign_table_free(*people);
    *people = NULL;
    return status;
}

campaign_status campaign_plan_headcount(campaign_table **people, const campaign_headcount_inputs *inputs,
                                        const char *language, campaign_error *error)
{
    if (people) *people = NULL;
    if (!people || !inputs) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "people and inputs are required");
    bool is_chinese = false;
    campaign_status status = cpn_check_knobs(inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status == CAMPAIGN_OK && inputs->reserved != 0)
        status = cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.reserved", "reserved is not 0");
    if (status == CAMPAIGN_OK && (!inputs->targets || !inputs->capacity || !inputs->months))
        status = cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "targets, capacity and months are required");
    if (status == CAMPAIGN_OK) status = cpn_take_language(&is_chinese, language, "language", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_heads *heads = cpn_alloc_zero(1, sizeof *heads);
    if (!heads) return cpn_fail_nomem(error);
    status = cpn_heads_read(heads, inputs, error);
    if (status == CAMPAIGN_OK) status = write_all(people, heads, is_chinese, error);
    cpn_heads_free(heads);
    cpn_free(heads);
    return status;
}
