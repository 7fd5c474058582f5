/* Standing records by customer and time and by rep and day, what is planned, whose action is closed, which fields a record
 * lacks, and working days counted once. */
#include "base/memory.h"
#include "base/sort.h"
#include "execution/followup/follow.h"

/* ---- Working days ------------------------------------------------------------------------------------------------ */

static campaign_status count_days(cpn_follow *follow, campaign_error *error)
{
    const int32_t n = follow->as_of - follow->first_day + 1;
    follow->working_before = cpn_alloc_zero((int64_t)n + 1, sizeof *follow->working_before);
    if (!follow->working_before) return cpn_fail_nomem(error);
    for (int32_t i = 0; i < n; i++) {
        int64_t is_working = 0;
        const int32_t day = follow->first_day + i;
        const campaign_status status =
            campaign_calendar_count_working_days(&is_working, follow->calendar, day, day + 1, error);
        if (status != CAMPAIGN_OK) return status;
        follow->working_before[i + 1] = follow->working_before[i] + (int32_t)is_working;
    }
    follow->last_working_day = follow->as_of - 1;
    int32_t day = follow->as_of - 1;
    while (day > follow->first_day && cpn_follow_working_days(follow, day, day + 1) == 0) day--;
    follow->last_working_day = day;
    return CAMPAIGN_OK;
}

int32_t cpn_follow_working_days(const cpn_follow *follow, int32_t first, int32_t end)
{
    if (first < follow->first_day) first = follow->first_day;
    if (end > follow->as_of + 1) end = follow->as_of + 1;
    if (first >= end) return 0;
    return follow->working_before[end - follow->first_day] - follow->working_before[first - follow->first_day];
}

/* ---- Orders ------------------------------------------------------------------------------------------------------ */

/* Standing records in order of time, then id: keys are times, and records already lie by id. */
static campaign_status order_by_time(int32_t *ordered, const cpn_follow *follow, campaign_error *error)
{
    const int64_t n = follow->n_current;
    int64_t *times = cpn_alloc(n, sizeof *times), *order = cpn_alloc(n, sizeof *order);
    int32_t *standing = cpn_alloc(n, sizeof *standing);
    bool is_done = times && order && standing, is_sorted = true;
    int64_t at = 0;
    for (int64_t i = 0; i < follow->n_records && is_done; i++) {
        if (!follow->records[i].is_current) continue;
        standing[at] = (int32_t)i;
        times[at] = follow->records[i].time;
        is_sorted = is_sorted && (at == 0 || times[at - 1] <= times[at]);
        at++;
    }
    is_done = is_done && (is_sorted || cpn_order_int64(order, times, n));
    for (int64_t i = 0; i < n && is_done; i++) ordered[i] = standing[is_sorted ? i : order[i]];
    cpn_free(times);
    cpn_free(order);
    cpn_free(standing);
    return is_done ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

/* Spreads records that lie in order of time over the spans of their customers. */
static campaign_status order_by_customer(cpn_follow *follow, const int32_t *ordered, campaign_error *error)
{
    const int64_t n = follow->n_current, n_customers = follow->customers.n;
    follow->by_customer = cpn_alloc(n, sizeof *follow->by_customer);
    follow->customer_spans = cpn_alloc_zero(n_customers + 1, sizeof *follow->customer_spans);
    if (!follow->by_customer || !follow->customer_spans) return cpn_fail_nomem(error);
    cpn_follow_span *spans = follow->customer_spans;
    for (int64_t i = 0; i < n; i++) spans[follow->records[ordered[i]].customer + 1].first++;
    for (int64_t c = 0; c < n_customers; c++) spans[c + 1].first += spans[c].first;
    for (int64_t i = 0; i < n; i++) {
        const cpn_follow_record *record = &follow->records[ordered[i]];
        cpn_follow_span *span = &spans[record->customer];
        follow->by_customer[span->first + span->n++] = (cpn_follow_standing){ .record = ordered[i],
                                                                              .rep = record->rep,
                                                                              .day = record->day,
                                                                              .feedback = record->feedback,
                                                                              .status = record->status };
    }
    return CAMPAIGN_OK;
}

/* The same over those of their reps, with what is counted of each. */
static campaign_status order_by_rep(cpn_follow *follow, const int32_t *ordered, campaign_error *error)
{
    const int64_t n = follow->n_current, n_reps = follow->reps.n;
    follow->by_rep = cpn_alloc(n, sizeof *follow->by_rep);
    follow->rep_sums = cpn_alloc_zero(n_reps + 1, sizeof *follow->rep_sums);
    if (!follow->by_rep || !follow->rep_sums) return cpn_fail_nomem(error);
    cpn_follow_rep *sums = follow->rep_sums;
    for (int64_t i = 0; i < n; i++) sums[follow->records[ordered[i]].rep + 1].span.first++;
    for (int64_t r = 0; r < n_reps; r++) sums[r + 1].span.first += sums[r].span.first;
    for (int64_t i = 0; i < n; i++) {
        const cpn_follow_record *record = &follow->records[ordered[i]];
        cpn_follow_rep *sum = &sums[record->rep];
        const bool is_complete = follow->missing[ordered[i]] == 0, is_closed = follow->is_closed[ordered[i]];
        follow->by_rep[sum->span.first + sum->span.n++] = (cpn_follow_done){ record->day, is_complete };
        sum->n_complete += is_complete;
        sum->n_blocked += record->status == CPN_STATUS_BLOCKED;
        sum->n_overdue += !is_closed && record->next_day != CPN_FOLLOW_NO_DAY && record->next_day < follow->as_of;
    }
    return CAMPAIGN_OK;
}

/* ---- Plans and roles --------------------------------------------------------------------------------------------- */

/* The earliest planned contact of each customer, a contact without a date before all; ties to the first rep. */
static campaign_status read_planned(cpn_follow *follow, campaign_error *error)
{
    follow->planned = cpn_alloc_zero(follow->customers.n, sizeof *follow->planned);
    if (!follow->planned) return cpn_fail_nomem(error);
    const int64_t n = campaign_table_n_rows(follow->inputs->contacts);
    for (int64_t row = 0; row < n; row++) {
        cpn_follow_planned *planned = &follow->planned[cpn_follow_key(&follow->customers, 1, row)];
        const campaign_column *date = &follow->planned_date;
        const int32_t day = date->type && !cpn_is_null(date, row) ? cpn_cell_day(date, row, 0) : CPN_FOLLOW_NO_DAY;
        const int32_t rep = cpn_follow_key(&follow->reps, 1, row);
        if (planned->is_there &&
            (day > planned->day || (day == planned->day && (uint32_t)rep >= (uint32_t)planned->rep)))
            continue;
        *planned = (cpn_follow_planned){ rep, day, true };
    }
    return CAMPAIGN_OK;
}

static int64_t pair_of(int32_t customer, int32_t rep)
{
    return ((int64_t)customer << 32) + (rep < 0 ? INT32_MAX : rep);
}

static campaign_status read_planned_pairs(cpn_follow *follow, campaign_error *error)
{
    const int64_t n = campaign_table_n_rows(follow->inputs->contacts);
    follow->planned_pairs = cpn_alloc(n, sizeof *follow->planned_pairs);
    int64_t *pairs = cpn_alloc(n, sizeof *pairs), *order = cpn_alloc(n, sizeof *order);
    bool is_done = follow->planned_pairs && pairs && order;
    for (int64_t row = 0; row < n && is_done; row++)
        pairs[row] = pair_of(cpn_follow_key(&follow->customers, 1, row), cpn_follow_key(&follow->reps, 1, row));
    is_done = is_done && cpn_order_int64(order, pairs, n);
    for (int64_t i = 0; i < n && is_done; i++) follow->planned_pairs[i] = pairs[order[i]];
    cpn_free(pairs);
    cpn_free(order);
    return is_done ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

bool cpn_follow_is_planned(const cpn_follow *follow, int32_t customer, int32_t rep)
{
    const int64_t pair = pair_of(customer, rep), n = campaign_table_n_rows(follow->inputs->contacts);
    int64_t low = 0, high = n;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (follow->planned_pairs[middle] < pair)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && follow->planned_pairs[low] == pair;
}

static campaign_status read_roles(cpn_follow *follow, campaign_error *error)
{
    follow->role_rows = cpn_alloc(follow->reps.n, sizeof *follow->role_rows);
    if (!follow->role_rows) return cpn_fail_nomem(error);
    for (int64_t r = 0; r < follow->reps.n; r++) follow->role_rows[r] = -1;
    const int64_t n = campaign_table_n_rows(follow->inputs->roles);
    for (int64_t row = 0; row < n; row++) {
        const int32_t rep = cpn_follow_key(&follow->reps, 2, row);
        char text[CPN_NAMED_KEY_TEXT];
        cpn_follow_key_text(text, &follow->reps, rep);
        if (follow->role_rows[rep] >= 0)
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "roles.rep", "rep \"%s\" stands there twice", text);
        follow->role_rows[rep] = row;
    }
    return CAMPAIGN_OK;
}

/* ---- Records ----------------------------------------------------------------------------------------------------- */

/* Fields that the table has and that some state of a record needs. Without a status a record is open until there is a
 * later one: it is never asked for. */
static uint32_t usual_fields(const cpn_follow *follow)
{
    uint32_t bits = 0;
    for (int i = 0; i < CPN_FOLLOW_FIELDS; i++)
        if (follow->columns.fields[i].type) bits |= 1u << i;
    if (follow->columns.next_date.type) bits |= 1u << CPN_FIELD_NEXT_DATE;
    return bits & ~(1u << CPN_FIELD_STATUS);
}

/* Of those the ones that a record of this state needs. */
static uint32_t needed_fields(uint32_t usual, const cpn_follow_standing *record)
{
    uint32_t bits = usual;
    if (record->status == CPN_STATUS_DONE) bits &= ~(1u << CPN_FIELD_NEXT_ACTION | 1u << CPN_FIELD_NEXT_DATE);
    if (record->feedback != CPN_FEEDBACK_OBJECTION) bits &= ~(1u << CPN_FIELD_OBJECTION);
    if (record->status != CPN_STATUS_BLOCKED) bits &= ~(1u << CPN_FIELD_BLOCKED_BY);
    return bits;
}

/* What is missing in the records of each customer, and which of their actions are closed by a later record. */
static campaign_status judge_records(cpn_follow *follow, campaign_error *error)
{
    const uint32_t usual = usual_fields(follow);
    follow->is_closed = cpn_alloc_zero(follow->n_records, sizeof *follow->is_closed);
    if (!follow->is_closed) return cpn_fail_nomem(error);
    for (int64_t c = 0; c < follow->customers.n; c++) {
        const cpn_follow_span span = follow->customer_spans[c];
        const cpn_follow_standing *at = follow->by_customer + span.first;
        uint32_t missing_all = CPN_FIELDS_OF_CUSTOMER;
        for (int64_t i = 0; i < span.n; i++) missing_all &= follow->missing[at[i].record];
        for (int64_t i = 0; i < span.n; i++) {
            uint16_t *missing = &follow->missing[at[i].record];
            const uint32_t all = (*missing & ~(uint32_t)CPN_FIELDS_OF_CUSTOMER) | missing_all;
            *missing = (uint16_t)(all & needed_fields(usual, &at[i]));
            follow->is_closed[at[i].record] =
                at[i].status == CPN_STATUS_DONE || (at[i].status == CPN_STATUS_NOT_SAID && i + 1 < span.n);
        }
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_follow_orders(cpn_follow *follow, campaign_error *error)
{
    int32_t *ordered = cpn_alloc(follow->n_current, sizeof *ordered);
    campaign_status status = ordered ? count_days(follow, error) : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = order_by_time(ordered, follow, error);
    if (status == CAMPAIGN_OK) status = order_by_customer(follow, ordered, error);
    if (status == CAMPAIGN_OK) status = judge_records(follow, error);
    if (status == CAMPAIGN_OK) status = order_by_rep(follow, ordered, error);
    cpn_free(ordered);
    if (status == CAMPAIGN_OK) status = read_planned(follow, error);
    if (status == CAMPAIGN_OK) status = read_planned_pairs(follow, error);
    return status == CAMPAIGN_OK ? read_roles(follow, error) : status;
}
