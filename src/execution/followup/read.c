/* Reads the follow-ups: columns, keys over all tables, and the rows that have their keys in the order of their ids. */
#include "base/memory.h"
#include "base/parallel.h"
#include "execution/followup/follow.h"
#include "execution/followup/words.h"

enum { CHUNK = 65536 };
#define MICROSECONDS_A_DAY INT64_C(86400000000)

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static campaign_status find_fields(cpn_follow_columns *columns, const campaign_table *table, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int i = 0; i < CPN_FOLLOW_FIELDS && status == CAMPAIGN_OK; i++)
        if (i != CPN_FIELD_NEXT_DATE)
            status = cpn_find_column(&columns->fields[i], table, "followups", NULL, cpn_follow_field_names[i],
                                     CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    return status;
}

static campaign_status find_columns(cpn_follow *follow, campaign_error *error)
{
    cpn_follow_columns *columns = &follow->columns;
    const campaign_table *table = follow->inputs->followups;
    campaign_status status = cpn_need_column(&columns->record, table, "followups", NULL, "record", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->corrects, table, "followups", NULL, "corrects", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&columns->customer, table, "followups", NULL, "customer", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&columns->time, table, "followups", NULL, "time", CPN_ANY_DAY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&columns->rep, table, "followups", NULL, "rep", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->next_date, table, "followups", NULL, "next_date", CPN_ANY_DAY, error);
    return status == CAMPAIGN_OK ? find_fields(columns, table, error) : status;
}

/* Keys that a table beside the follow-ups must have in every row. */
static campaign_status check_no_blanks(const campaign_column *column, const char *where, campaign_error *error)
{
    for (int64_t row = 0; row < column->n_rows; row++)
        if (cpn_follow_is_blank(column, row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, where, "%s is empty", column->name);
    return CAMPAIGN_OK;
}

static campaign_status find_others(cpn_follow *follow, campaign_column customers[], campaign_column reps[],
                                   campaign_error *error)
{
    const campaign_followups_inputs *in = follow->inputs;
    campaign_status status = CAMPAIGN_OK;
    if (in->contacts) {
        status = cpn_need_column(&customers[1], in->contacts, "contacts", NULL, "customer", CPN_ANY_KEY, error);
        if (status == CAMPAIGN_OK) status = check_no_blanks(&customers[1], "contacts.customer", error);
        if (status == CAMPAIGN_OK)
            status = cpn_find_column(&reps[1], in->contacts, "contacts", NULL, "rep", CPN_ANY_KEY, error);
        if (status == CAMPAIGN_OK)
            status = cpn_find_column(&follow->planned_date, in->contacts, "contacts", NULL, "date", CPN_ANY_DAY, error);
    }
    if (in->customers && status == CAMPAIGN_OK) {
        status = cpn_need_column(&customers[2], in->customers, "customers", NULL, "customer", CPN_ANY_KEY, error);
        if (status == CAMPAIGN_OK) status = check_no_blanks(&customers[2], "customers.customer", error);
    }
    if (!in->roles || status != CAMPAIGN_OK) return status;
    const uint32_t text = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8);
    status = cpn_need_column(&reps[2], in->roles, "roles", NULL, "rep", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK) status = check_no_blanks(&reps[2], "roles.rep", error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&follow->leads, in->roles, "roles", NULL, "lead", text, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&follow->managers, in->roles, "roles", NULL, "manager", text, error);
    return status;
}

static campaign_status number_keys(cpn_follow *follow, campaign_error *error)
{
    static const char *const customer_names[] = { "followups.customer", "contacts.customer", "customers.customer" };
    static const char *const rep_names[] = { "followups.rep", "contacts.rep", "roles.rep" };
    campaign_column customers[CPN_FOLLOW_SOURCES] = { { .type = 0 } }, reps[CPN_FOLLOW_SOURCES] = { { .type = 0 } };
    customers[0] = follow->columns.customer;
    reps[0] = follow->columns.rep;
    campaign_status status = find_others(follow, customers, reps, error);
    if (status == CAMPAIGN_OK)
        status = cpn_follow_keys_create(&follow->customers, customers, customer_names, follow->runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_follow_keys_create(&follow->reps, reps, rep_names, follow->runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_keys_create(&follow->ids, &follow->columns.record, follow->runtime, error);
    return status;
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

bool cpn_follow_add_problem(cpn_follow *follow, cpn_follow_problem problem)
{
    if (follow->n_problems == follow->problems_capacity) {
        const int64_t capacity = follow->problems_capacity * 2 + 16;
        cpn_follow_problem *grown = cpn_resize(follow->problems, capacity, sizeof *grown);
        if (!grown) return false;
        follow->problems = grown;
        follow->problems_capacity = capacity;
    }
    follow->problems[follow->n_problems++] = problem;
    return true;
}

/* The day that is judged on: asked for, or the latest of the records. */
static campaign_status set_as_of(cpn_follow *follow, campaign_error *error)
{
    const campaign_column *time = &follow->columns.time;
    int32_t latest = CPN_FOLLOW_NO_DAY, earliest = INT32_MAX;
    for (int64_t row = 0; row < time->n_rows; row++) {
        if (cpn_is_null(time, row)) continue;
        const int32_t day = cpn_cell_day(time, row, 0);
        if (day < CAMPAIGN_DAY_MIN || day > CAMPAIGN_DAY_MAX)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "followups.time",
                                "the day lies outside the years 1 to 9999");
        if (day > latest) latest = day;
        if (day < earliest) earliest = day;
    }
    follow->has_as_of = follow->options.has_as_of || latest != CPN_FOLLOW_NO_DAY;
    follow->as_of = follow->options.has_as_of ? follow->options.as_of_day : follow->has_as_of ? latest : 0;
    follow->first_day = earliest < follow->as_of ? earliest : follow->as_of;
    return CAMPAIGN_OK;
}

/* Whether a row counts: it has all keys and is no later than as_of; a missing key becomes a problem. */
static bool row_counts(const cpn_follow *follow, int64_t row, int *missing, bool *is_later)
{
    const cpn_follow_columns *columns = &follow->columns;
    *missing = -1;
    *is_later = false;
    if (cpn_is_null(&columns->record, row))
        *missing = CPN_PROBLEM_NO_RECORD;
    else if (cpn_follow_key(&follow->customers, 0, row) < 0)
        *missing = CPN_PROBLEM_NO_CUSTOMER;
    else if (cpn_is_null(&columns->time, row))
        *missing = CPN_PROBLEM_NO_TIME;
    else if (cpn_follow_key(&follow->reps, 0, row) < 0)
        *missing = CPN_PROBLEM_NO_REP;
    else
        *is_later = cpn_cell_day(&columns->time, row, 0) > follow->as_of;
    return *missing < 0 && !*is_later;
}

/* Places of the rows that count in the order of ids, rows of one id in their own order. */
static campaign_status order_rows(cpn_follow *follow, int32_t *starts, campaign_error *error)
{
    const int64_t n = follow->columns.record.n_rows;
    const int32_t *codes = follow->ids.codes;
    for (int64_t row = 0; row < n; row++) {
        int missing;
        bool is_later;
        if (row_counts(follow, row, &missing, &is_later)) {
            starts[codes[row] + 1]++;
            follow->n_records++;
        }
        follow->n_later += is_later;
        const cpn_follow_problem problem = { .row = row, .kind = missing };
        if (missing >= 0 && !cpn_follow_add_problem(follow, problem)) return cpn_fail_nomem(error);
    }
    for (int64_t i = 0; i < follow->ids.n_keys; i++) starts[i + 1] += starts[i];
    follow->records = cpn_alloc_zero(follow->n_records, sizeof *follow->records);
    follow->missing = cpn_alloc(follow->n_records, sizeof *follow->missing);
    if (!follow->records || !follow->missing) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < n; row++) {
        int missing;
        bool is_later;
        if (row_counts(follow, row, &missing, &is_later)) follow->records[starts[codes[row]]++].row = row;
    }
    return CAMPAIGN_OK;
}

/* Bits of the fields that a record has not, whether it needs them or not. */
static uint16_t empty_fields(const cpn_follow_columns *columns, int64_t row)
{
    uint32_t bits = 0;
    for (int i = 0; i < CPN_FOLLOW_FIELDS; i++) {
        const bool is_date = i == CPN_FIELD_NEXT_DATE;
        const bool is_without = is_date ? !columns->next_date.type || cpn_is_null(&columns->next_date, row)
                                        : !columns->fields[i].type || cpn_follow_is_blank(&columns->fields[i], row);
        if (is_without) bits |= 1u << i;
    }
    return (uint16_t)bits;
}

static campaign_status fill_records(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    cpn_follow *follow = ctx;
    const cpn_follow_columns *columns = &follow->columns;
    (void)chunk;
    for (int64_t i = first; i < last; i++) {
        cpn_follow_record *record = &follow->records[i];
        const int64_t row = record->row;
        record->day = cpn_cell_day(&columns->time, row, 0);
        record->time = columns->time.type == CAMPAIGN_TYPE_DATE ? record->day * MICROSECONDS_A_DAY
                                                                : cpn_cell_int64(&columns->time, row);
        record->customer = cpn_follow_key(&follow->customers, 0, row);
        record->rep = cpn_follow_key(&follow->reps, 0, row);
        const bool has_next = columns->next_date.type && !cpn_is_null(&columns->next_date, row);
        record->next_day = has_next ? cpn_cell_day(&columns->next_date, row, 0) : CPN_FOLLOW_NO_DAY;
        record->way = cpn_follow_word(CPN_WORD_WAY, &columns->fields[CPN_FIELD_WAY], row);
        record->feedback = cpn_follow_word(CPN_WORD_FEEDBACK, &columns->fields[CPN_FIELD_FEEDBACK], row);
        record->status = cpn_follow_word(CPN_WORD_STATUS, &columns->fields[CPN_FIELD_STATUS], row);
        follow->missing[i] = empty_fields(columns, row);
        record->parent = record->child = -1;
    }
    return CAMPAIGN_OK;
}

/* Words that are not known count as not said: the record lacks them. */
static campaign_status tell_words(cpn_follow *follow, campaign_error *error)
{
    for (int64_t i = 0; i < follow->n_records; i++) {
        cpn_follow_record *record = &follow->records[i];
        uint8_t *const words[] = { &record->way, &record->feedback, &record->status };
        static const int32_t fields[] = { CPN_FIELD_WAY, CPN_FIELD_FEEDBACK, CPN_FIELD_STATUS };
        for (int w = 0; w < 3; w++) {
            if (*words[w] != CPN_WORD_UNKNOWN) continue;
            *words[w] = 0;
            follow->missing[i] |= (uint16_t)(1u << fields[w]);
            const cpn_follow_problem problem = { .row = record->row,
                                                 .kind = CPN_PROBLEM_UNKNOWN_WORD,
                                                 .field = fields[w] };
            if (!cpn_follow_add_problem(follow, problem)) return cpn_fail_nomem(error);
        }
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_follow_read(cpn_follow *follow, campaign_error *error)
{
    campaign_status status = find_columns(follow, error);
    if (status == CAMPAIGN_OK) status = number_keys(follow, error);
    if (status == CAMPAIGN_OK) status = set_as_of(follow, error);
    if (status != CAMPAIGN_OK) return status;
    int32_t *starts = cpn_alloc_zero(follow->ids.n_keys + 2, sizeof *starts);
    status = starts ? order_rows(follow, starts, error) : cpn_fail_nomem(error);
    cpn_free(starts);
    if (status == CAMPAIGN_OK)
        status = cpn_parallel_for(follow->n_records, CHUNK, fill_records, follow, "followups", follow->runtime, error);
    return status == CAMPAIGN_OK ? tell_words(follow, error) : status;
}

int64_t cpn_follow_id(const cpn_follow *follow, const cpn_follow_record *record)
{
    return cpn_cell_int64(&follow->columns.record, record->row);
}
