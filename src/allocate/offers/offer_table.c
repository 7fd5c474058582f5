/* The offers as a table: how often each is given, what that brings, and the attributes that budgets and limits name. */
#include <string.h>

#include "allocate/offers/write.h"

enum { FIXED = 3, MOST_COLUMNS = FIXED + 64 };

void cpn_offers_put_offer(cpn_out *out, int32_t column, const cpn_offers_problem *problem, int32_t offer)
{
    const cpn_offers_names *names = &problem->offer_names;
    if (offer < 0)
        cpn_out_null(out, column);
    else if (problem->offer_column.type)
        cpn_out_cell(out, column, &problem->offer_column, problem->offer_rows[offer]);
    else
        cpn_out_text(out, column, names->bytes + names->offsets[offer],
                     (size_t)(names->offsets[offer + 1] - names->offsets[offer]));
}

/* Columns of the table of offers that budgets or limits name too. */
static int32_t find_named(campaign_column *columns, const cpn_offers_problem *problem)
{
    const campaign_allocate_offers_inputs *inputs = problem->inputs;
    const char *const taken[FIXED] = { problem->knobs.given.offer, "chosen", "value" };
    int32_t n = 0;
    for (int32_t i = 0; i < campaign_table_n_columns(inputs->offers) && n < MOST_COLUMNS - FIXED; i++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        if (campaign_table_column(&column, inputs->offers, i, NULL) != CAMPAIGN_OK) continue;
        bool is_named = campaign_table_find(inputs->limits, column.name) >= 0;
        for (int32_t a = 0; a < problem->n_attributes; a++)
            is_named = is_named || strcmp(problem->attributes[a].name, column.name) == 0;
        for (int32_t t = 0; t < FIXED; t++) is_named = is_named && strcmp(taken[t], column.name) != 0;
        if (is_named) columns[n++] = column;
    }
    return n;
}

campaign_status cpn_offers_write_offers(campaign_table **offers, const cpn_offers_answer *answer,
                                        const cpn_offers_problem *problem, campaign_error *error)
{
    const int32_t type = problem->offer_column.type ? problem->offer_column.type : CAMPAIGN_TYPE_UTF8;
    cpn_column_schema schema[MOST_COLUMNS] = {
        { problem->knobs.given.offer, type, "Offer.", "权益。" },
        { "chosen", CAMPAIGN_TYPE_INT64, "How often it is given.", "发出次数。" },
        { "value", CAMPAIGN_TYPE_FLOAT64, "What that brings.", "带来的价值。" },
    };
    campaign_column columns[MOST_COLUMNS];
    const int32_t n = find_named(columns, problem);
    for (int32_t i = 0; i < n; i++)
        schema[FIXED + i] = (cpn_column_schema){ columns[i].name, columns[i].type, NULL, NULL };
    cpn_out out;
    cpn_out_open(&out, schema, FIXED + n, NULL, 0);
    for (int32_t k = 0; k < problem->n_offers; k++) {
        cpn_offers_put_offer(&out, 0, problem, k);
        cpn_out_int64(&out, 1, answer->offer_counts[k]);
        cpn_out_float64(&out, 2, answer->offer_values[k] / problem->value_unit);
        for (int32_t i = 0; i < n; i++) cpn_out_cell(&out, FIXED + i, &columns[i], problem->offer_table_rows[k]);
    }
    return cpn_out_close(offers, &out, error);
}
