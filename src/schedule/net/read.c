/* Rows of the tasks table: durations and estimates in whole units of time, owners and calendars, dates and what has
 * happened; each wrong cell told with its row. */
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "schedule/net/net.h"

enum {
    TASK,
    DURATION,
    UNIT,
    OWNER,
    CALENDAR,
    EARLIEST,
    DUE,
    DUE_AT,
    OPTIMISTIC,
    LIKELY,
    PESSIMISTIC,
    ACTUAL_START,
    ACTUAL_FINISH,
    REMAINING,
    N_COLUMNS
};
enum { A_TEXT = 1 << CAMPAIGN_TYPE_UTF8, A_NUMBER = CPN_ANY_INT | 1 << CAMPAIGN_TYPE_FLOAT64 };

static const cpn_net_spec specs[N_COLUMNS] = {
    [TASK] = { "task", "tasks.task", CPN_ANY_KEY, true },
    [DURATION] = { "duration", "tasks.duration", A_NUMBER, false },
    [UNIT] = { "unit", "tasks.unit", A_TEXT, false },
    [OWNER] = { "owner", "tasks.owner", A_TEXT, false },
    [CALENDAR] = { "calendar", "tasks.calendar", A_TEXT, false },
    [EARLIEST] = { "earliest", "tasks.earliest", CPN_ANY_DAY, false },
    [DUE] = { "due", "tasks.due", CPN_ANY_DAY, false },
    [DUE_AT] = { "due_at", "tasks.due_at", A_TEXT | 1 << CAMPAIGN_TYPE_TIMESTAMP, false },
    [OPTIMISTIC] = { "optimistic", "tasks.optimistic", A_NUMBER, false },
    [LIKELY] = { "likely", "tasks.likely", A_NUMBER, false },
    [PESSIMISTIC] = { "pessimistic", "tasks.pessimistic", A_NUMBER, false },
    [ACTUAL_START] = { "actual_start", "tasks.actual_start", CPN_ANY_DAY, false },
    [ACTUAL_FINISH] = { "actual_finish", "tasks.actual_finish", CPN_ANY_DAY, false },
    [REMAINING] = { "remaining", "tasks.remaining", A_NUMBER, false },
};

static const double most_days = 3652059, most_abstract = 1e9, least_part = 1e-9;
static const int64_t microseconds_per_minute = 60000000;

double cpn_net_most(const cpn_net *net, cpn_net_unit unit)
{
    if (net->is_abstract) return most_abstract;
    return unit == CPN_NET_HOUR ? most_days * 24 : most_days;
}

int64_t cpn_net_size(const cpn_net *net, cpn_net_unit unit, double duration)
{
    if (net->is_abstract) return (int64_t)(duration * CPN_NET_PARTS + 0.5);
    if (unit == CPN_NET_HOUR) return (int64_t)(duration * 60 + 0.5);
    const int64_t whole = (int64_t)duration;
    return whole + (duration - (double)whole > least_part);
}

/* ---- Units and durations ----------------------------------------------------------------------------------------- */

static campaign_status read_unit(cpn_net_task *task, const cpn_net *net, const cpn_net_column *columns,
                                 campaign_error *error)
{
    size_t length;
    task->unit = CPN_NET_WORKING_DAY;
    if (!cpn_net_has(&columns[UNIT], task->row)) return CAMPAIGN_OK;
    const char *word = cpn_cell_text(&columns[UNIT].column, task->row, &length);
    if (length > 0 && !cpn_net_read_unit(&task->unit, word, length))
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, task->row, columns[UNIT].where,
                            "\"%.*s\" is none of working_day, day, hour", (int)cpn_utf8_cut(word, length, CPN_NET_TEXT),
                            word);
    if (net->is_abstract && task->unit == CPN_NET_HOUR)
        return cpn_fail_row(error, CAMPAIGN_E_UNSUPPORTED, task->row, columns[UNIT].where,
                            "an abstract network has one unit, not hours beside others");
    return CAMPAIGN_OK;
}

/* All three estimates, in order, or none. */
static campaign_status read_estimates(cpn_net_task *task, const cpn_net *net, const cpn_net_column *columns,
                                      campaign_error *error)
{
    static const int32_t places[] = { OPTIMISTIC, LIKELY, PESSIMISTIC };
    double found[3] = { 0 };
    int32_t n = 0, missing = 0;
    for (int32_t i = 0; i < 3; i++) {
        const cpn_net_column *column = &columns[places[i]];
        const campaign_status status =
            cpn_net_number(&found[i], column, task->row, 0, cpn_net_most(net, task->unit), error);
        if (status != CAMPAIGN_OK) return status;
        if (cpn_net_has(column, task->row))
            n++;
        else
            missing = places[i];
    }
    if (n == 0) return CAMPAIGN_OK;
    if (n < 3)
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, task->row, columns[missing].where,
                            "%s is missing beside the other estimates", columns[missing].name);
    if (found[0] > found[1] || found[1] > found[2]) {
        char words[3][CPN_NUMBER_TEXT];
        for (int32_t i = 0; i < 3; i++) (void)cpn_format_double(words[i], found[i]);
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, task->row, columns[LIKELY].where,
                            "estimates go up: optimistic %s, likely %s, pessimistic %s do not", words[0], words[1],
                            words[2]);
    }
    task->has_estimates = true;
    task->optimistic = found[0], task->likely = found[1], task->pessimistic = found[2];
    task->mean = (found[0] + 4 * found[1] + found[2]) / 6;
    const double deviation = (found[2] - found[0]) / 6;
    task->variance = deviation * deviation;
    return CAMPAIGN_OK;
}

static campaign_status read_duration(cpn_net_task *task, cpn_net *net, const cpn_net_column *columns,
                                     campaign_error *error)
{
    campaign_status status = read_unit(task, net, columns, error);
    if (status == CAMPAIGN_OK) status = read_estimates(task, net, columns, error);
    if (status != CAMPAIGN_OK) return status;
    if (!cpn_net_has(&columns[DURATION], task->row) && !task->has_estimates)
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, task->row, columns[DURATION].where,
                            "duration is missing, and there are no estimates");
    task->duration = task->mean;
    const double most = cpn_net_most(net, task->unit);
    status = cpn_net_number(&task->duration, &columns[DURATION], task->row, 0, most, error);
    if (status != CAMPAIGN_OK) return status;
    task->size = cpn_net_size(net, task->unit, task->duration);
    net->has_estimates |= task->has_estimates;
    net->n_rounded +=
        !net->is_abstract && task->unit != CPN_NET_HOUR && (double)task->size - task->duration > least_part;
    task->remaining = -1;
    return cpn_net_number(&task->remaining, &columns[REMAINING], task->row, 0, most, error);
}

/* ---- Dates ------------------------------------------------------------------------------------------------------- */

/* "2026-11-14T00:00", also with a blank for the T, and with seconds, which are cut. */
static bool read_moment(int64_t *moment, const char *text, size_t length)
{
    int32_t day;
    int64_t hour, minute, second = 0;
    if (length != 10 && length != 16 && length != 19) return false;
    if (campaign_date_parse(&day, text, 10, NULL) != CAMPAIGN_OK) return false;
    *moment = (int64_t)day * CPN_DAY_MINUTES;
    if (length == 10) return true;
    if ((text[10] != 'T' && text[10] != ' ') || text[13] != ':' || (length == 19 && text[16] != ':')) return false;
    if (!cpn_parse_int64(&hour, text + 11, 2) || !cpn_parse_int64(&minute, text + 14, 2)) return false;
    if (length == 19 && !cpn_parse_int64(&second, text + 17, 2)) return false;
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 59) return false;
    *moment += hour * 60 + minute;
    return hour < 24 || minute == 0;
}

static campaign_status read_due_at(cpn_net_task *task, const cpn_net_column *column, campaign_error *error)
{
    int64_t moment;
    size_t length;
    if (column->column.type == CAMPAIGN_TYPE_TIMESTAMP) {
        const int64_t instant = cpn_cell_int64(&column->column, task->row);
        moment = instant / microseconds_per_minute - (instant % microseconds_per_minute < 0);
    } else {
        const char *text = cpn_cell_text(&column->column, task->row, &length);
        if (length == 0) return CAMPAIGN_OK;
        if (!read_moment(&moment, text, length))
            return cpn_fail_row(error, CAMPAIGN_E_SYNTAX, task->row, column->where,
                                "\"%.*s\" is no moment, such as 2026-11-14T18:00",
                                (int)cpn_utf8_cut(text, length, CPN_NET_TEXT), text);
    }
    if (moment < task->due) task->due = moment;
    return CAMPAIGN_OK;
}

static campaign_status read_deadline(cpn_net_task *task, const cpn_net_column *columns, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    int32_t earliest = 0, due = 0;
    if (cpn_net_has(&columns[EARLIEST], task->row)) {
        status = cpn_net_date(&earliest, &columns[EARLIEST], task->row, error);
        task->earliest = (int64_t)earliest * CPN_DAY_MINUTES;
    }
    if (status == CAMPAIGN_OK && cpn_net_has(&columns[DUE], task->row)) {
        status = cpn_net_date(&due, &columns[DUE], task->row, error);
        task->due = ((int64_t)due + 1) * CPN_DAY_MINUTES;
    }
    if (status == CAMPAIGN_OK && cpn_net_has(&columns[DUE_AT], task->row))
        status = read_due_at(task, &columns[DUE_AT], error);
    if (status != CAMPAIGN_OK || task->earliest == CPN_BEFORE || task->due >= task->earliest) return status;
    char from[CAMPAIGN_DATE_TEXT], until[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(from, earliest);
    (void)campaign_date_format(until, cpn_moment_day(task->due - 1));
    return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, task->row,
                        columns[cpn_net_has(&columns[DUE], task->row) ? DUE : DUE_AT].where,
                        "the deadline %s is before the earliest start %s of the same task", until, from);
}

/* Units from 0 know no dates. */
static campaign_status refuse_dates(const cpn_net_column *columns, int64_t row, campaign_error *error)
{
    static const int32_t places[] = { EARLIEST, DUE, DUE_AT, ACTUAL_START, ACTUAL_FINISH };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (cpn_net_has(&columns[places[i]], row))
            return cpn_fail_row(error, CAMPAIGN_E_UNSUPPORTED, row, columns[places[i]].where,
                                "an abstract network has units from 0, and no %s", columns[places[i]].name);
    return CAMPAIGN_OK;
}

/* ---- All tasks --------------------------------------------------------------------------------------------------- */

static campaign_status read_task(cpn_net_task *task, cpn_net *net, const cpn_net_column *columns, campaign_error *error)
{
    size_t length = 1;
    if (columns[TASK].column.type == CAMPAIGN_TYPE_UTF8) (void)cpn_cell_text(&columns[TASK].column, task->row, &length);
    if (length == 0)
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, task->row, columns[TASK].where, "the task has no name");
    task->calendar = task->owner = -1;
    task->earliest = CPN_BEFORE;
    task->due = CPN_BEYOND;
    campaign_status status = read_duration(task, net, columns, error);
    if (status == CAMPAIGN_OK)
        status = net->is_abstract ? refuse_dates(columns, task->row, error) : read_deadline(task, columns, error);
    if (status == CAMPAIGN_OK) status = cpn_net_take_actual(task, net, &columns[ACTUAL_START], task->row, error);
    if (status == CAMPAIGN_OK) status = cpn_net_find_owner(&task->owner, net, &columns[OWNER], task->row, error);
    if (status == CAMPAIGN_OK && task->owner >= 0) task->calendar = net->people.calendars[task->owner];
    if (status == CAMPAIGN_OK)
        status = cpn_net_find_calendar(&task->calendar, net, &columns[CALENDAR], task->row, error);
    return status;
}

static campaign_status check_names(const cpn_net *net, const cpn_net_column *columns, campaign_error *error)
{
    const cpn_keys *keys = &net->keys.keys;
    for (int64_t i = 0; i < keys->n_rows; i++) {
        char name[CPN_NAMED_KEY_TEXT];
        if (keys->codes[i] < 0)
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, i, columns[TASK].where, "the task has no name");
        if (keys->first_rows[keys->codes[i]] == i) continue;
        cpn_named_key_text(name, &net->keys, keys->codes[i]);
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, i, columns[TASK].where, "task \"%s\" stands twice", name);
    }
    return CAMPAIGN_OK;
}

/* The first day that any task speaks of. */
static campaign_status find_start(cpn_net *net, campaign_error *error)
{
    if (net->is_abstract) return CAMPAIGN_OK;
    net->start = (int64_t)net->knobs.start_day * CPN_DAY_MINUTES;
    if (net->knobs.has_start) return CAMPAIGN_OK;
    int64_t first = CPN_BEYOND;
    for (int32_t i = 0; i < net->n_tasks; i++) {
        const cpn_net_task *task = &net->tasks[i];
        const int64_t actual = (int64_t)task->actual_start * CPN_DAY_MINUTES;
        if (task->earliest != CPN_BEFORE && task->earliest < first) first = task->earliest;
        if (task->is_started && actual < first) first = actual;
    }
    if (first == CPN_BEYOND && net->n_tasks > 0)
        return cpn_fail(error, CAMPAIGN_E_MISSING, "options.start_day",
                        "no start is given, and no task has an earliest or actual start");
    net->start = first == CPN_BEYOND ? 0 : first;
    return CAMPAIGN_OK;
}

campaign_status cpn_net_read_tasks(cpn_net *net, const campaign_runtime *runtime, campaign_error *error)
{
    cpn_net_column columns[N_COLUMNS];
    campaign_status status = cpn_net_find_columns(columns, specs, N_COLUMNS, net->inputs->tasks, "tasks", error);
    if (status == CAMPAIGN_OK) status = cpn_named_keys_create(&net->keys, &columns[TASK].column, runtime, error);
    if (status == CAMPAIGN_OK) status = check_names(net, columns, error);
    if (status != CAMPAIGN_OK) return status;
    if (net->keys.keys.n_keys > CPN_NET_MOST_TASKS)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "tasks", "%lld tasks are more than %d",
                        (long long)net->keys.keys.n_keys, CPN_NET_MOST_TASKS);
    net->n_tasks = (int32_t)net->keys.keys.n_keys;
    net->tasks = cpn_alloc_zero(net->n_tasks, sizeof *net->tasks);
    if (!net->tasks) return cpn_fail_nomem(error);
    for (int32_t i = 0; i < net->n_tasks && status == CAMPAIGN_OK; i++) {
        net->tasks[i].row = net->keys.keys.first_rows[i];
        status = read_task(&net->tasks[i], net, columns, error);
    }
    if (status == CAMPAIGN_OK) status = cpn_net_name_tasks(&net->names, &net->keys, error);
    if (status == CAMPAIGN_OK && net->inputs->actuals) status = cpn_net_read_actuals(net, error);
    return status == CAMPAIGN_OK ? find_start(net, error) : status;
}
