/* Which campaign a day counts for where several run on it: the plan's curve says so by a positive target, and both the
 * target to date and the figures of a campaign leave the days of others out. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "kpi/kpi.h"

static campaign_status read_row(cpn_kpi_book *book, const campaign_column *date, const campaign_column *target,
                                int64_t row, campaign_error *error)
{
    const campaign_column *needed[] = { &book->owner_name, date, target };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (cpn_is_null(needed[i], row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "curve", "column \"%s\" is null", needed[i]->name);
    const int64_t day = cpn_cell_int64(date, row), amount = cpn_cell_int64(target, row);
    if (amount < 0) return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "curve", "a target is negative");
    if (amount == 0 || day < book->start_day || day >= book->end_day) return CAMPAIGN_OK;
    int64_t *owner = &book->owners[day - book->start_day];
    if (*owner >= 0)
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "curve",
                            "the day has a target of another campaign already, in row %lld", (long long)*owner);
    *owner = row;
    return CAMPAIGN_OK;
}

campaign_status cpn_kpi_owners_read(cpn_kpi_book *book, campaign_error *error)
{
    const campaign_table *curve = book->plan->curve;
    const uint32_t text = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), day = CPN_TYPE_BIT(CAMPAIGN_TYPE_DATE);
    const int64_t n_days = (int64_t)book->end_day - book->start_day;
    campaign_column date, target;
    if (!curve) return CAMPAIGN_OK;
    campaign_status status = cpn_need_column(&book->owner_name, curve, "curve", NULL, "campaign", text, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&date, curve, "curve", NULL, "date", day, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&target, curve, "curve", NULL, "target", CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY), error);
    if (status != CAMPAIGN_OK) return status;
    book->owners = cpn_alloc(n_days, sizeof *book->owners);
    if (!book->owners) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n_days; i++) book->owners[i] = -1;
    for (int64_t row = 0; row < target.n_rows && status == CAMPAIGN_OK; row++)
        status = read_row(book, &date, &target, row, error);
    return status;
}

static bool counts(const cpn_kpi_book *book, cpn_kpi_name campaign, int32_t day)
{
    const int64_t row = book->owners[day - book->start_day];
    size_t length;
    if (row < 0) return true;
    const char *name = cpn_cell_text(&book->owner_name, row, &length);
    return campaign.text && length == campaign.length && memcmp(name, campaign.text, length) == 0;
}

void cpn_kpi_owners_narrow(cpn_kpi_case *row, const cpn_kpi_book *book, const cpn_kpi_facts *facts)
{
    const int32_t all[CPN_KPI_N_DIMENSIONS] = { -1, -1 };
    int64_t part = 0, whole = 0, actual = 0;
    if (!book->owners || !row->has_to_date) return;
    for (int32_t day = row->start_day; day < row->end_day; day++) {
        if (!counts(book, row->campaign, day)) continue;
        const int64_t minor = cpn_kpi_book_days(book, day, day + 1);
        whole += minor;
        if (day > facts->as_of) continue;
        part += minor;
        if (row->has_actual) actual += cpn_kpi_facts_sales(facts, book, all, day, day + 1);
    }
    if (whole > 0) (void)cpn_mul_div64(&row->to_date_minor, row->target_minor, part, whole, CAMPAIGN_ROUND_HALF_EVEN);
    if (!row->has_actual) return;
    row->actual_minor = actual;
    if (row->reason == CPN_REASON_ZERO_TARGET && row->to_date_minor > 0) row->reason = CPN_REASON_NONE;
    if (row->reason == CPN_REASON_NONE && row->to_date_minor == 0) row->reason = CPN_REASON_ZERO_TARGET;
}
