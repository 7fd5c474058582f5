/* Corrections: which records belong together, and which of them stands. Nothing is overwritten; a correction that cannot be
 * followed stands by itself, beside what it would have replaced. */
#include "base/memory.h"
#include "execution/followup/follow.h"

/* The first record of that id, or -1. Ids are in order. */
static int32_t find_record(const cpn_follow *follow, int64_t id)
{
    int64_t low = 0, high = follow->n_records;
    if (high > 0) { /* ids without gaps are found at once */
        const int64_t first = cpn_follow_id(follow, &follow->records[0]);
        if (id < first) return -1;
        const uint64_t place = (uint64_t)id - (uint64_t)first;
        if (place < (uint64_t)high && cpn_follow_id(follow, &follow->records[place]) == id &&
            (place == 0 || cpn_follow_id(follow, &follow->records[place - 1]) < id))
            return (int32_t)place;
    }
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (cpn_follow_id(follow, &follow->records[middle]) < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < follow->n_records && cpn_follow_id(follow, &follow->records[low]) == id ? (int32_t)low : -1;
}

static bool tell(cpn_follow *follow, const cpn_follow_record *record, int32_t kind, int64_t other)
{
    return cpn_follow_add_problem(
        follow, (cpn_follow_problem){ .row = record->row, .kind = kind, .other = other, .has_other = true });
}

/* Links a record to the one it corrects. */
static bool link_record(cpn_follow *follow, int32_t index)
{
    cpn_follow_record *record = &follow->records[index];
    const int64_t id = cpn_follow_id(follow, record);
    if (index > 0 && cpn_follow_id(follow, record - 1) == id) return tell(follow, record, CPN_PROBLEM_DUPLICATE, id);
    const campaign_column *corrects = &follow->columns.corrects;
    if (!corrects->type || cpn_is_null(corrects, record->row)) return true;
    const int64_t target = cpn_cell_int64(corrects, record->row);
    const int32_t parent = find_record(follow, target);
    if (parent < 0) return tell(follow, record, CPN_PROBLEM_MISSING_TARGET, target);
    if (follow->records[parent].customer != record->customer)
        return tell(follow, record, CPN_PROBLEM_CHANGED_CUSTOMER, target);
    record->parent = parent;
    return true;
}

/* Opens every circle at its lowest id. marks: 0 = not seen, otherwise the walk that saw it, + 1. */
static bool open_circles(cpn_follow *follow, int32_t *marks)
{
    for (int32_t start = 0; start < follow->n_records; start++) {
        int32_t at = start;
        while (at >= 0 && marks[at] == 0) {
            marks[at] = start + 1;
            at = follow->records[at].parent;
        }
        if (at < 0 || marks[at] != start + 1) continue;
        int32_t lowest = at;
        for (int32_t i = follow->records[at].parent; i != at; i = follow->records[i].parent)
            if (i < lowest) lowest = i;
        cpn_follow_record *record = &follow->records[lowest];
        const int64_t other = cpn_follow_id(follow, &follow->records[record->parent]);
        record->parent = -1;
        if (!tell(follow, record, CPN_PROBLEM_CYCLE, other)) return false;
    }
    return true;
}

/* Of several corrections of one record the one of the highest id stands. */
static bool choose_children(cpn_follow *follow)
{
    for (int32_t i = (int32_t)follow->n_records - 1; i >= 0; i--) {
        const cpn_follow_record *record = &follow->records[i];
        if (record->parent < 0) continue;
        int32_t *child = &follow->records[record->parent].child;
        if (*child < 0) {
            *child = i;
        } else {
            const int64_t other = cpn_follow_id(follow, &follow->records[*child]);
            if (!tell(follow, record, CPN_PROBLEM_CORRECTED_TWICE, other)) return false;
        }
    }
    return true;
}

/* Sets where each record's tree begins, walking up and then down the same way. */
static void find_firsts(cpn_follow *follow)
{
    for (int64_t i = 0; i < follow->n_records; i++) follow->records[i].first = -1;
    for (int32_t start = 0; start < follow->n_records; start++) {
        int32_t top = start;
        while (follow->records[top].first < 0 && follow->records[top].parent >= 0) top = follow->records[top].parent;
        const int32_t first = follow->records[top].first < 0 ? top : follow->records[top].first;
        for (int32_t i = start; i >= 0 && follow->records[i].first < 0; i = follow->records[i].parent)
            follow->records[i].first = first;
        follow->records[first].versions++;
    }
}

campaign_status cpn_follow_chains(cpn_follow *follow, campaign_error *error)
{
    bool is_done = true;
    for (int32_t i = 0; i < follow->n_records && is_done; i++) is_done = link_record(follow, i);
    int32_t *marks = cpn_alloc_zero(follow->n_records, sizeof *marks);
    is_done = is_done && marks && open_circles(follow, marks) && choose_children(follow);
    cpn_free(marks);
    if (!is_done) return cpn_fail_nomem(error);
    find_firsts(follow);
    for (int64_t i = 0; i < follow->n_records; i++) {
        if (follow->records[i].parent >= 0) {
            follow->n_corrections++;
            continue;
        }
        cpn_follow_record *last = &follow->records[i];
        while (last->child >= 0) last = &follow->records[last->child];
        last->is_current = true;
        follow->n_current++;
    }
    return CAMPAIGN_OK;
}
