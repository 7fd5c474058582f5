/* Owners: who there is, on which calendar, with how many hours a day, and the days they are away. */
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "base/text.h"
#include "schedule/net/net.h"

enum { OWNER, CALENDAR, CAPACITY, N_COLUMNS };
enum { AWAY_OWNER, AWAY_START, AWAY_FINISH, N_AWAY_COLUMNS };
enum { A_TEXT = 1 << CAMPAIGN_TYPE_UTF8, A_NUMBER = CPN_ANY_INT | 1 << CAMPAIGN_TYPE_FLOAT64 };

static const double usual_capacity = 8; /* hours a working day */

static const cpn_net_spec owner_specs[N_COLUMNS] = {
    [OWNER] = { "owner", "owners.owner", A_TEXT, true },
    [CALENDAR] = { "calendar", "owners.calendar", A_TEXT, false },
    [CAPACITY] = { "capacity", "owners.capacity", A_NUMBER, false },
};
static const cpn_net_spec owner_of_task = { "owner", "tasks.owner", A_TEXT, false };
static const cpn_net_spec away_specs[N_AWAY_COLUMNS] = {
    [AWAY_OWNER] = { "owner", "away.owner", A_TEXT, true },
    [AWAY_START] = { "start", "away.start", CPN_ANY_DAY, true },
    [AWAY_FINISH] = { "finish", "away.finish", CPN_ANY_DAY, false },
};

/* ---- Calendars --------------------------------------------------------------------------------------------------- */

static campaign_status fail_calendar(const cpn_net *net, const cpn_net_column *column, int64_t row, const char *key,
                                     size_t length, campaign_error *error)
{
    int64_t nearest = -1;
    for (int32_t i = 0; i < net->inputs->n_calendars; i++) {
        const char *pair[] = { nearest >= 0 ? net->inputs->calendars[nearest].key : net->inputs->calendars[i].key,
                               net->inputs->calendars[i].key };
        const int64_t found = cpn_nearest_name(key, length, pair, 2);
        if (found == 1 || (found == 0 && nearest < 0)) nearest = i;
    }
    if (nearest < 0)
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, column->where, "there is no calendar \"%.*s\"",
                            (int)cpn_utf8_cut(key, length, CPN_NET_TEXT), key);
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, column->where,
                        "there is no calendar \"%.*s\"; did you mean \"%.60s\"?",
                        (int)cpn_utf8_cut(key, length, CPN_NET_TEXT), key, net->inputs->calendars[nearest].key);
}

campaign_status cpn_net_find_calendar(int32_t *calendar, const cpn_net *net, const cpn_net_column *column, int64_t row,
                                      campaign_error *error)
{
    if (!cpn_net_has(column, row)) return CAMPAIGN_OK;
    size_t length;
    const char *key = cpn_cell_text(&column->column, row, &length);
    for (int32_t i = 0; i < net->inputs->n_calendars; i++)
        if (strlen(net->inputs->calendars[i].key) == length &&
            memcmp(net->inputs->calendars[i].key, key, length) == 0) {
            *calendar = i;
            return CAMPAIGN_OK;
        }
    return length == 0 ? CAMPAIGN_OK : fail_calendar(net, column, row, key, length, error);
}

/* ---- Owners ------------------------------------------------------------------------------------------------------ */

static campaign_status fail_owner(const cpn_net *net, const cpn_net_column *column, int64_t row, campaign_error *error)
{
    const cpn_net_people *people = &net->people;
    char asked[CPN_NAMED_KEY_TEXT], names[2][CPN_NAMED_KEY_TEXT];
    (void)cpn_format_cell(asked, sizeof asked, &column->column, row);
    bool is_found = false;
    for (int64_t i = 0; i < people->n; i++) {
        cpn_named_key_text(names[1], &people->names, i);
        const char *const pair[] = { names[is_found ? 0 : 1], names[1] };
        const int64_t nearest = cpn_nearest_name(asked, strlen(asked), pair, 2);
        if (nearest < 0 || (is_found && nearest == 0)) continue;
        memcpy(names[0], names[1], sizeof names[0]);
        is_found = true;
    }
    if (is_found)
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, column->where,
                            "there is no owner \"%s\"; did you mean \"%s\"?", asked, names[0]);
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, column->where, "there is no owner \"%s\" among %lld", asked,
                        (long long)people->n);
}

campaign_status cpn_net_find_owner(int32_t *owner, const cpn_net *net, const cpn_net_column *column, int64_t row,
                                   campaign_error *error)
{
    const cpn_cell_place place = { column->where, column->name };
    size_t length;
    *owner = -1;
    if (!cpn_net_has(column, row)) return CAMPAIGN_OK;
    (void)cpn_cell_text(&column->column, row, &length);
    if (length == 0) return CAMPAIGN_OK;
    if (net->people.n > 0 &&
        cpn_named_keys_find(owner, &net->people.names, &column->column, row, &place, NULL) == CAMPAIGN_OK)
        return CAMPAIGN_OK;
    *owner = -1;
    return fail_owner(net, column, row, error);
}

/* Names of the owners table, which must not stand twice; without one those of the tasks. */
static campaign_status name_people(cpn_net *net, cpn_net_column *columns, const campaign_runtime *runtime,
                                   campaign_error *error)
{
    cpn_net_people *people = &net->people;
    const campaign_table *owners = net->inputs->owners;
    people->are_listed = owners != NULL;
    campaign_status status =
        owners ? cpn_net_find_columns(columns, owner_specs, N_COLUMNS, owners, "owners", error)
               : cpn_net_find_columns(&columns[OWNER], &owner_of_task, 1, net->inputs->tasks, "tasks", error);
    if (status != CAMPAIGN_OK || columns[OWNER].column.type == 0) return status;
    status = cpn_named_keys_create(&people->names, &columns[OWNER].column, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    people->n = people->names.keys.n_keys;
    for (int64_t i = 0; owners && i < people->names.keys.n_rows; i++) {
        const int32_t code = people->names.keys.codes[i];
        char name[CPN_NAMED_KEY_TEXT];
        if (code < 0) return cpn_fail_row(error, CAMPAIGN_E_MISSING, i, "owners.owner", "owner is null");
        if (people->names.keys.first_rows[code] == i) continue;
        cpn_named_key_text(name, &people->names, code);
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, i, "owners.owner", "owner \"%s\" stands twice", name);
    }
    return CAMPAIGN_OK;
}

static campaign_status read_people(cpn_net *net, const cpn_net_column *columns, campaign_error *error)
{
    cpn_net_people *people = &net->people;
    people->calendars = cpn_alloc(people->n, sizeof *people->calendars);
    people->capacities = cpn_alloc(people->n, sizeof *people->capacities);
    people->first_away = cpn_alloc_zero(people->n + 1, sizeof *people->first_away);
    if (!people->calendars || !people->capacities || !people->first_away) return cpn_fail_nomem(error);
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < people->n && status == CAMPAIGN_OK; i++) {
        const int64_t row = people->names.keys.first_rows[i];
        people->calendars[i] = -1;
        people->capacities[i] = usual_capacity;
        if (!people->are_listed) continue;
        status = cpn_net_find_calendar(&people->calendars[i], net, &columns[CALENDAR], row, error);
        if (status == CAMPAIGN_OK)
            status = cpn_net_number(&people->capacities[i], &columns[CAPACITY], row, 0, 24, error);
    }
    return status;
}

/* ---- Days away --------------------------------------------------------------------------------------------------- */

typedef struct absence {
    int32_t owner;
    cpn_day_range days;
} absence;

static int compare_absences(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const absence *x = a, *y = b;
    if (x->owner != y->owner) return x->owner < y->owner ? -1 : 1;
    if (x->days.first != y->days.first) return x->days.first < y->days.first ? -1 : 1;
    return (x->days.last > y->days.last) - (x->days.last < y->days.last);
}

static campaign_status read_absence(absence *found, const cpn_net *net, const cpn_net_column *columns, int64_t row,
                                    campaign_error *error)
{
    campaign_status status = cpn_net_find_owner(&found->owner, net, &columns[AWAY_OWNER], row, error);
    if (status != CAMPAIGN_OK) return status;
    if (found->owner < 0 || !cpn_net_has(&columns[AWAY_START], row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, columns[found->owner < 0 ? AWAY_OWNER : AWAY_START].where,
                            "%s is null", columns[found->owner < 0 ? AWAY_OWNER : AWAY_START].name);
    status = cpn_net_date(&found->days.first, &columns[AWAY_START], row, error);
    found->days.last = found->days.first;
    if (status == CAMPAIGN_OK && cpn_net_has(&columns[AWAY_FINISH], row))
        status = cpn_net_date(&found->days.last, &columns[AWAY_FINISH], row, error);
    if (status != CAMPAIGN_OK || found->days.last >= found->days.first) return status;
    char first[CAMPAIGN_DATE_TEXT], last[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(first, found->days.first);
    (void)campaign_date_format(last, found->days.last);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, columns[AWAY_FINISH].where,
                        "the days away end on %s, before they begin on %s", last, first);
}

/* Joins days away that touch, owner by owner. */
static void settle_absences(cpn_net_people *people, const absence *absences, int64_t n)
{
    int64_t at = 0, n_ranges = 0;
    for (int64_t owner = 0; owner < people->n; owner++) {
        people->first_away[owner] = n_ranges;
        for (; at < n && absences[at].owner == owner; at++) {
            cpn_day_range *last = n_ranges > people->first_away[owner] ? &people->away[n_ranges - 1] : NULL;
            if (!last || absences[at].days.first > last->last + 1)
                people->away[n_ranges++] = absences[at].days;
            else if (absences[at].days.last > last->last)
                last->last = absences[at].days.last;
        }
    }
    people->first_away[people->n] = n_ranges;
}

static campaign_status read_away(cpn_net *net, campaign_error *error)
{
    const campaign_table *table = net->inputs->away;
    if (!table) return CAMPAIGN_OK;
    cpn_net_column columns[N_AWAY_COLUMNS];
    campaign_status status = cpn_net_find_columns(columns, away_specs, N_AWAY_COLUMNS, table, "away", error);
    if (status != CAMPAIGN_OK) return status;
    const int64_t n = campaign_table_n_rows(table);
    absence *absences = cpn_alloc_zero(n, sizeof *absences);
    net->people.away = cpn_alloc(n, sizeof *net->people.away);
    if (!absences || !net->people.away) status = cpn_fail_nomem(error);
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++)
        status = read_absence(&absences[i], net, columns, i, error);
    if (status == CAMPAIGN_OK && !cpn_sort(absences, n, sizeof *absences, compare_absences, NULL))
        status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) settle_absences(&net->people, absences, n);
    cpn_free(absences);
    return status;
}

campaign_status cpn_net_read_people(cpn_net *net, const campaign_runtime *runtime, campaign_error *error)
{
    cpn_net_column columns[N_COLUMNS] = { 0 };
    campaign_status status = name_people(net, columns, runtime, error);
    if (status == CAMPAIGN_OK) status = read_people(net, columns, error);
    if (status == CAMPAIGN_OK) status = read_away(net, error);
    return status;
}

void cpn_net_close_people(cpn_net_people *people)
{
    cpn_named_keys_free(&people->names);
    cpn_free(people->calendars);
    cpn_free(people->capacities);
    cpn_free(people->first_away);
    cpn_free(people->away);
}
