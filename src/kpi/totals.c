/* Answers questions about the facts: how much of a measure fell into a range, up to the day of judgement. */
#include "base/checked.h"
#include "kpi/kpi.h"

static void clip(int32_t *first_day, int32_t *end_day, const cpn_kpi_facts *facts, const cpn_kpi_book *book)
{
    if (*first_day < book->start_day) *first_day = book->start_day;
    if (*end_day > book->end_day) *end_day = book->end_day;
    if (*end_day > facts->as_of + 1) *end_day = facts->as_of + 1;
}

/* No part of the plan's days passes the bound that was checked while they were added. */
static int64_t sum_days(const cpn_kpi_facts *facts, const cpn_kpi_book *book, cpn_kpi_measure measure,
                        int32_t first_day, int32_t end_day)
{
    int64_t sum = 0;
    clip(&first_day, &end_day, facts, book);
    for (int32_t day = first_day; day < end_day; day++) sum += facts->days[measure][day - book->start_day];
    return sum;
}

int64_t cpn_kpi_facts_sales(const cpn_kpi_facts *facts, const cpn_kpi_book *book,
                            const int32_t keys[CPN_KPI_N_DIMENSIONS], int32_t first_day, int32_t end_day)
{
    if (keys[0] < 0 && keys[1] < 0) return sum_days(facts, book, CPN_SALES, first_day, end_day);
    clip(&first_day, &end_day, facts, book);
    if (first_day >= end_day) return 0;
    return cpn_kpi_sums_range(&facts->sales, cpn_kpi_sales_key(book, keys[0], keys[1], first_day - book->start_day),
                              cpn_kpi_sales_key(book, keys[0], keys[1], end_day - book->start_day));
}

int64_t cpn_kpi_facts_spend(const cpn_kpi_facts *facts, const cpn_kpi_book *book, int64_t campaign)
{
    int32_t first_day = book->start_day, end_day = book->end_day;
    const int64_t n_days = (int64_t)book->end_day - book->start_day;
    clip(&first_day, &end_day, facts, book);
    if (first_day >= end_day) return 0;
    return cpn_kpi_sums_range(&facts->spend, campaign * n_days, campaign * n_days + (end_day - first_day));
}

int64_t cpn_kpi_facts_total(const cpn_kpi_facts *facts, const cpn_kpi_book *book, cpn_kpi_measure measure,
                            int32_t first_day, int32_t end_day)
{
    return facts->days[measure] ? sum_days(facts, book, measure, first_day, end_day) : 0;
}
