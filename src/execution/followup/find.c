/* Findings: what is overdue, forgotten, done twice, silent, stale or incomplete. */
#include "base/memory.h"
#include "execution/followup/follow.h"

enum { IN_CUSTOMERS = 4 }; /* the bit of the third source */

bool cpn_follow_list_add(cpn_follow_list *list, cpn_follow_finding finding)
{
    if (list->n == list->capacity) {
        const int64_t capacity = list->capacity * 2 + 64;
        cpn_follow_finding *grown = cpn_resize(list->items, capacity, sizeof *grown);
        if (!grown) return false;
        list->items = grown;
        list->capacity = capacity;
    }
    list->items[list->n++] = finding;
    return true;
}

/* Findings of single records: an action that is overdue, fields that are missing. */
static bool find_in_records(cpn_follow *follow)
{
    for (int32_t i = 0; i < follow->n_records; i++) {
        const cpn_follow_record *record = &follow->records[i];
        if (!record->is_current) continue;
        cpn_follow_finding found = { record->customer, record->rep, -1, i, record->next_day, 0 };
        if (!follow->is_closed[i] && record->next_day != CPN_FOLLOW_NO_DAY && record->next_day < follow->as_of) {
            found.days = follow->as_of - record->next_day;
            if (!cpn_follow_list_add(&follow->findings[CPN_FINDING_OVERDUE], found)) return false;
        }
        if (follow->missing[i]) {
            found.day = record->day;
            found.days = -1;
            if (!cpn_follow_list_add(&follow->findings[CPN_FINDING_MISSING_FIELDS], found)) return false;
        }
    }
    return true;
}

/* A customer without any record: planned by now, or in the list and not even planned. */
static bool find_untouched(cpn_follow *follow, int32_t customer)
{
    const cpn_follow_planned *planned = &follow->planned[customer];
    cpn_follow_finding found = { customer, -1, -1, -1, CPN_FOLLOW_NO_DAY, -1 };
    if (!planned->is_there && !(follow->customers.found_in[customer] & IN_CUSTOMERS)) return true; /* a later row */
    if (!planned->is_there) return cpn_follow_list_add(&follow->findings[CPN_FINDING_FORGOTTEN], found);
    if (planned->day != CPN_FOLLOW_NO_DAY && planned->day >= follow->as_of) return true;
    found.rep = planned->rep;
    found.day = planned->day;
    if (planned->day != CPN_FOLLOW_NO_DAY) found.days = follow->as_of - planned->day;
    return cpn_follow_list_add(&follow->findings[CPN_FINDING_NOT_CONTACTED], found);
}

/* The closest change of reps at a customer, the latest of equals. */
static bool find_two_reps(cpn_follow *follow, int32_t customer)
{
    const cpn_follow_span span = follow->customer_spans[customer];
    const cpn_follow_standing *at = follow->by_customer + span.first;
    cpn_follow_finding found = { customer, -1, -1, -1, CPN_FOLLOW_NO_DAY, -1 };
    for (int64_t i = 1; i < span.n; i++) {
        const int32_t gap = at[i].day - at[i - 1].day;
        if (at[i - 1].rep == at[i].rep || gap > follow->options.within_days) continue;
        if (found.record >= 0 && gap > found.days) continue;
        found = (cpn_follow_finding){ customer, at[i].rep, at[i - 1].rep, at[i].record, at[i].day, gap };
    }
    return found.record < 0 || cpn_follow_list_add(&follow->findings[CPN_FINDING_TWO_REPS], found);
}

/* The latest record by somebody for whom no contact of the customer is planned. */
static bool find_other_rep(cpn_follow *follow, int32_t customer)
{
    const cpn_follow_planned *planned = &follow->planned[customer];
    const cpn_follow_span span = follow->customer_spans[customer];
    if (!planned->is_there || planned->rep < 0 || cpn_follow_is_planned(follow, customer, -1)) return true;
    for (int64_t i = span.n - 1; i >= 0; i--) {
        const cpn_follow_standing *at = &follow->by_customer[span.first + i];
        if (at->rep == planned->rep || cpn_follow_is_planned(follow, customer, at->rep)) continue;
        const cpn_follow_finding found = { customer, at->rep, planned->rep, at->record, at->day, -1 };
        return cpn_follow_list_add(&follow->findings[CPN_FINDING_OTHER_REP], found);
    }
    return true;
}

static bool find_stale(cpn_follow *follow, int32_t customer)
{
    const cpn_follow_span span = follow->customer_spans[customer];
    const cpn_follow_standing *last = &follow->by_customer[span.first + span.n - 1];
    const int32_t days = cpn_follow_working_days(follow, last->day + 1, follow->as_of);
    if (last->status == CPN_STATUS_DONE || days < follow->options.stale_after_days) return true;
    /* What is to be done later on is not stale: the date is kept. */
    const int32_t next_day = follow->records[last->record].next_day;
    if (next_day != CPN_FOLLOW_NO_DAY && next_day >= follow->as_of) return true;
    const cpn_follow_finding found = { customer, last->rep, -1, last->record, last->day, days };
    return cpn_follow_list_add(&follow->findings[CPN_FINDING_STALE], found);
}

static bool find_in_customers(cpn_follow *follow)
{
    bool is_done = true;
    for (int32_t c = 0; c < follow->customers.n && is_done; c++) {
        if (follow->customer_spans[c].n == 0)
            is_done = find_untouched(follow, c);
        else
            is_done = find_two_reps(follow, c) && find_other_rep(follow, c) && find_stale(follow, c);
    }
    return is_done;
}

static bool find_silent(cpn_follow *follow)
{
    for (int32_t rep = 0; rep < follow->reps.n; rep++) {
        const cpn_follow_span span = follow->rep_sums[rep].span;
        cpn_follow_finding found = { -1, rep, -1, -1, CPN_FOLLOW_NO_DAY, -1 };
        if (!cpn_follow_knows_rep(follow, rep)) continue;
        if (span.n > 0) {
            found.day = follow->by_rep[span.first + span.n - 1].day;
            found.days = cpn_follow_working_days(follow, found.day + 1, follow->as_of);
            if (found.days < follow->options.days_without_update) continue;
        }
        if (!cpn_follow_list_add(&follow->findings[CPN_FINDING_SILENT_REP], found)) return false;
    }
    return true;
}

campaign_status cpn_follow_find(cpn_follow *follow, campaign_error *error)
{
    const bool is_done = find_in_records(follow) && find_in_customers(follow) && find_silent(follow);
    return is_done ? CAMPAIGN_OK : cpn_fail_nomem(error);
}
