/* The groups of a budget as a table: what each spends, its share, and what one more unit for it brings. */
#include <math.h>

#include "allocate/budget/spend.h"
#include "base/memory.h"
#include "base/number.h"

enum { GROUP, PARENT, SPEND, SHARE, RESPONSE, MARGINAL, N_COLUMNS };

static const cpn_column_schema schema[N_COLUMNS] = {
    { "group", CAMPAIGN_TYPE_UTF8, "Group.", "组。" },
    { "parent", CAMPAIGN_TYPE_UTF8, "The group it belongs to, null = the whole.", "上级组，空为全部。" },
    { "spend", CAMPAIGN_TYPE_FLOAT64, "What its items get.", "组内投入。" },
    { "share", CAMPAIGN_TYPE_FLOAT64, "Of the spend of its parent.", "占上级组投入的比例。" },
    { "response", CAMPAIGN_TYPE_FLOAT64, "Value times response.", "价值乘响应之和。" },
    { "marginal", CAMPAIGN_TYPE_FLOAT64, "Most that one more major unit brings to one of its items.",
      "组内再投入一个主币单位最多带来的价值。" },
};

/* Sums of a group over its items and those of its children. */
typedef struct group_sums {
    double response, marginal;
} group_sums;

static group_sums *sum_groups(const cpn_spend_book *book, const cpn_spend_result *result)
{
    group_sums *sums = cpn_alloc_zero(book->n_groups, sizeof *sums);
    for (int64_t i = 0; sums && i < book->n_items; i++) {
        const cpn_spend_entry *item = &book->items[i];
        if (item->group < 0) continue;
        sums[item->group].response += item->value * result->responses[i];
        if (result->spends[i] < item->upper)
            sums[item->group].marginal = fmax(sums[item->group].marginal, result->marginals[i]);
    }
    for (int32_t i = book->n_groups - 1; sums && i >= 0; i--) {
        const int32_t g = book->order[i], parent = book->groups[g].parent;
        if (parent < 0) continue;
        sums[parent].response += sums[g].response;
        sums[parent].marginal = fmax(sums[parent].marginal, sums[g].marginal);
    }
    return sums;
}

static void write_group(cpn_out *out, const cpn_spend_book *book, const cpn_spend_result *result, int32_t g,
                        const group_sums *sums)
{
    const int32_t parent = book->groups[g].parent;
    const double spend = result->group_spends[g + 1], whole = result->group_spends[parent + 1];
    const campaign_column *keys = &book->group_keys.column;
    cpn_out_cell(out, GROUP, keys, book->group_keys.keys.first_rows[g]);
    if (parent >= 0)
        cpn_out_cell(out, PARENT, keys, book->group_keys.keys.first_rows[parent]);
    else
        cpn_out_null(out, PARENT);
    cpn_spend_out_amount(out, SPEND, &book->terms, spend);
    cpn_out_optional_float64(out, SHARE, whole > 0 ? spend / whole : 0, whole > 0);
    cpn_out_float64(out, RESPONSE, sums->response);
    cpn_out_optional_float64(out, MARGINAL, sums->marginal, cpn_is_finite(sums->marginal));
}

campaign_status cpn_spend_write_groups(campaign_table **groups, const cpn_spend_book *book,
                                       const cpn_spend_result *result, campaign_error *error)
{
    cpn_column_schema columns[N_COLUMNS];
    for (int32_t i = 0; i < N_COLUMNS; i++) columns[i] = schema[i];
    if (book->n_groups > 0) columns[GROUP].type = columns[PARENT].type = book->group_keys.column.type;
    if (book->terms.is_money) columns[SPEND].type = CAMPAIGN_TYPE_MONEY;
    group_sums *sums = sum_groups(book, result);
    if (!sums) return cpn_fail_nomem(error);
    cpn_out out;
    cpn_out_open(&out, columns, N_COLUMNS, book->terms.is_money ? book->terms.currency : NULL, book->terms.exponent);
    for (int32_t g = 0; g < book->n_groups; g++) write_group(&out, book, result, g, &sums[g]);
    cpn_free(sums);
    return cpn_out_close(groups, &out, error);
}
