/* A network of tasks from tables: what levelling, the planner and the report share.
 * Flow: columns.c, people.c, read.c, actual.c → tasks; names.c, after.c, links.c → links; order.c → an order without
 * circles; place.c → where one task lies; pass.c → early and late times, floats.
 *
 * Times are whole numbers: minutes since 1970-01-01 00:00, or CPN_NET_PARTS a unit from 0 where the network is abstract. A
 * finish is the moment after the last minute worked: the end of Friday is the start of Saturday. Tasks are numbered in key
 * order, so that nothing depends on the order of rows. */
#ifndef CPN_SCHEDULE_NET_H
#define CPN_SCHEDULE_NET_H

#include <campaign/schedule.h>

#include "schedule/clock.h"
#include "table/table.h"

enum {
    CPN_NET_PARTS = 6000000,      /* of an abstract unit: six decimals, and sixths of them */
    CPN_NET_MOST_TASKS = 1000000, /* and links ten times that */
    CPN_NET_TEXT = 80             /* room for a name in a message */
};

typedef enum cpn_net_unit { CPN_NET_WORKING_DAY, CPN_NET_DAY, CPN_NET_HOUR } cpn_net_unit;
typedef enum cpn_net_link_type { CPN_NET_FS, CPN_NET_SS, CPN_NET_FF, CPN_NET_SF } cpn_net_link_type;

typedef struct cpn_net_task {
    int64_t row; /* of the tasks table */
    cpn_net_unit unit;
    int32_t clock;    /* of net->clocks: the working time it runs on */
    int32_t owner;    /* of net->people; -1 = nobody */
    int32_t calendar; /* of inputs.calendars; -1 = the default */
    int64_t size;     /* whole days, or minutes of hours, or parts of abstract units; 0 = a moment */
    double duration;  /* in units, as given or estimated */
    int64_t earliest; /* CPN_BEFORE = none */
    int64_t due;      /* the moment by whose coming it is finished; CPN_BEYOND = none */
    bool has_estimates;
    double optimistic, likely, pessimistic;
    double mean, variance;
    bool is_started, is_finished;
    int32_t actual_start, actual_finish; /* days; the last day worked */
    double remaining;                    /* units; negative = not told */
} cpn_net_task;

typedef struct cpn_net_link {
    int32_t from, to;
    uint8_t type;   /* cpn_net_link_type */
    uint8_t unit;   /* cpn_net_unit of the lag */
    int64_t lag;    /* minutes, working minutes (1440 a day), or parts */
    int64_t row;    /* of its table, for messages */
    bool is_listed; /* from the links table, not from tasks.after */
} cpn_net_link;

/* Who works, on which calendar, how long, and when not. */
typedef struct cpn_net_people {
    cpn_named_keys names; /* from the owners table where there is one, otherwise from tasks.owner */
    bool are_listed;
    int32_t *calendars;  /* of inputs.calendars; -1 = the default */
    double *capacities;  /* hours a working day */
    int64_t *first_away; /* into away; n + 1 */
    cpn_day_range *away; /* sorted and apart, owner by owner */
    int64_t n;
} cpn_net_people;

/* Names of tasks in key order, and a table to find them by. */
typedef struct cpn_net_names {
    const char **texts; /* not terminated */
    int32_t *lengths;
    char *digits; /* where keys are numbers */
    int32_t *slots;
    int64_t n_slots, n;
} cpn_net_names;

typedef struct cpn_net {
    const campaign_schedule_inputs *inputs;
    campaign_schedule_options knobs;
    bool is_chinese, is_abstract, has_estimates, has_progress, has_samples; /* has_samples: the caller says how many */
    campaign_calendar *built_in; /* China, where the inputs bring no calendar */
    const campaign_calendar *calendar;
    cpn_named_keys keys;
    cpn_net_names names;
    cpn_net_people people;
    cpn_net_task *tasks;
    int32_t n_tasks;
    cpn_net_link *links; /* sorted by to, then from */
    int64_t n_links;
    int64_t *first_in;  /* links of a task's predecessors: first_in[task] … first_in[task + 1] - 1 */
    int64_t *first_out; /* the same of its successors, in out */
    int32_t *out;       /* numbers of links */
    int32_t *order;     /* tasks, predecessors first */
    cpn_clock *clocks;  /* 0 = the default calendar */
    int32_t n_clocks;
    int64_t start;     /* nothing starts before it */
    int64_t n_rounded; /* working and calendar days that are not whole, rounded up */
} cpn_net;

/* A span of time; one a task in the arrays below. */
typedef struct cpn_net_span {
    int64_t start, finish;
} cpn_net_span;

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

/* Reads everything; options have been checked and stand in net->knobs. On failure too, close with cpn_net_close. */
campaign_status cpn_net_open(cpn_net *net, const campaign_schedule_inputs *inputs,
                             const campaign_schedule_options *options, const campaign_runtime *runtime,
                             campaign_error *error);
void cpn_net_close(cpn_net *net);

/* The parts of it, in this order. */
campaign_status cpn_net_read_people(cpn_net *net, const campaign_runtime *runtime, campaign_error *error);
campaign_status cpn_net_read_tasks(cpn_net *net, const campaign_runtime *runtime, campaign_error *error);
/* Actual dates and what remains from the table actuals, over those of the tasks. */
campaign_status cpn_net_read_actuals(cpn_net *net, campaign_error *error);
campaign_status cpn_net_open_clocks(cpn_net *net, campaign_error *error);
campaign_status cpn_net_read_links(cpn_net *net, campaign_error *error);
campaign_status cpn_net_order(cpn_net *net, campaign_error *error);
void cpn_net_close_people(cpn_net_people *people);

campaign_status cpn_net_name_tasks(cpn_net_names *names, const cpn_named_keys *keys, campaign_error *error);
void cpn_net_forget_names(cpn_net_names *names);
/* Number of the task of that name, or -1. */
int32_t cpn_net_find(const cpn_net_names *names, const char *text, size_t length);
/* Known name nearest to text, or NULL. */
const char *cpn_net_nearest(const cpn_net_names *names, const char *text, size_t length, int32_t *found_length);
/* The name, terminated and cut, for messages. */
void cpn_net_name(char text[CPN_NET_TEXT], const cpn_net *net, int32_t task);

/* One predecessor of tasks.after: "c FF-1". */
typedef struct cpn_net_after {
    const char *name;
    size_t name_length;
    int32_t task; /* -1 = unknown */
    cpn_net_link_type type;
    double lag;
    bool has_lag_unit;
    cpn_net_unit lag_unit;
} cpn_net_after;
/* Takes the next one off text; false at its end. */
bool cpn_net_next_after(cpn_net_after *after, const char **text, size_t *length, const cpn_net_names *names);
bool cpn_net_read_unit(cpn_net_unit *unit, const char *text, size_t length);
bool cpn_net_read_type(cpn_net_link_type *type, const char *text, size_t length);

/* Columns of a table, found by name, with their place for messages. */
typedef struct cpn_net_column {
    campaign_column column;
    const char *name, *where;
} cpn_net_column;
typedef struct cpn_net_spec {
    const char *name, *where; /* "earliest", "tasks.earliest" */
    uint32_t types;
    bool is_required;
} cpn_net_spec;
campaign_status cpn_net_find_columns(cpn_net_column *columns, const cpn_net_spec *specs, int32_t n,
                                     const campaign_table *table, const char *table_name, campaign_error *error);
static inline bool cpn_net_has(const cpn_net_column *column, int64_t row)
{
    return column->column.type != 0 && !cpn_is_null(&column->column, row);
}
/* A number of 0 (least) to most; *value is left alone where there is none. CAMPAIGN_E_VALUE. */
campaign_status cpn_net_number(double *value, const cpn_net_column *column, int64_t row, double least, double most,
                               campaign_error *error);
/* Place of a calendar among the inputs, left alone where the cell is empty; number of an owner, -1 where it is. Unknown ones
 * are told with the nearest name. */
campaign_status cpn_net_find_calendar(int32_t *calendar, const cpn_net *net, const cpn_net_column *column, int64_t row,
                                      campaign_error *error);
campaign_status cpn_net_find_owner(int32_t *owner, const cpn_net *net, const cpn_net_column *column, int64_t row,
                                   campaign_error *error);
/* Longest duration of a unit; and a duration in whole days, minutes or parts. */
double cpn_net_most(const cpn_net *net, cpn_net_unit unit);
int64_t cpn_net_size(const cpn_net *net, cpn_net_unit unit, double duration);
/* What has happened to a task by as_of; columns are actual_start and actual_finish. */
campaign_status cpn_net_take_actual(cpn_net_task *task, const cpn_net *net, const cpn_net_column *columns, int64_t row,
                                    campaign_error *error);
campaign_status cpn_net_date(int32_t *day, const cpn_net_column *column, int64_t row, campaign_error *error);

/* ---- Placing one task -------------------------------------------------------------------------------------------- */

/* The first place with a start at or after start and a finish at or after finish; false where the clock does not reach. */
bool cpn_net_place(cpn_net_span *span, const cpn_net *net, const cpn_net_task *task, const cpn_net_span *bound);
/* The last place with a start at or before, and a finish at or before. */
void cpn_net_place_late(cpn_net_span *span, const cpn_net *net, const cpn_net_task *task, const cpn_net_span *bound);

/* What a link asks of its successor (start of FS and SS, finish of FF and SF) where its predecessor lies at from; and the
 * inverse: the last finish (FS, FF) or start (SS, SF) of its predecessor that leaves the successor at to alone. */
int64_t cpn_net_reach(const cpn_net *net, const cpn_net_link *link, const cpn_net_span *from);
int64_t cpn_net_reach_back(const cpn_net *net, const cpn_net_link *link, const cpn_net_span *to);
/* Narrows bounds by a link: those of a successor from below, of a predecessor from above. */
void cpn_net_push(cpn_net_span *bound, const cpn_net *net, const cpn_net_link *link, const cpn_net_span *from);
void cpn_net_push_back(cpn_net_span *bound, const cpn_net *net, const cpn_net_link *link, const cpn_net_span *to);

/* Time between two starts of a task in its units: working days of its own calendar, days, hours, abstract units. */
double cpn_net_between(const cpn_net *net, const cpn_net_task *task, int64_t from, int64_t to);

/* ---- Passes ------------------------------------------------------------------------------------------------------ */

/* How one task is placed: with which size, from when on, and whether links hold its start back (not once it has started). */
typedef struct cpn_net_rule {
    const cpn_net_task *task;
    int64_t not_before;
    bool has_started;
} cpn_net_rule;
/* The first place of task number behind those of its predecessors in spans. CAMPAIGN_E_OVERFLOW. */
campaign_status cpn_net_place_by(cpn_net *net, cpn_net_span *spans, int32_t number, const cpn_net_rule *rule,
                                 campaign_error *error);

/* Early places of all tasks. spans has n_tasks entries. Makes clocks reach far enough. CAMPAIGN_E_OVERFLOW. */
campaign_status cpn_net_early(cpn_net *net, cpn_net_span *spans, campaign_error *error);
/* Makes all clocks reach a moment, so that late places and slacks are not cut by the window of a clock that is used early
 * only. cpn_net_early does so with the end. */
campaign_status cpn_net_cover(cpn_net *net, int64_t end, campaign_error *error);
/* The last finish; net->start without tasks. */
int64_t cpn_net_end(const cpn_net *net, const cpn_net_span *spans);
/* Late places: none later keeps the end. */
void cpn_net_late(const cpn_net *net, cpn_net_span *late, int64_t end);
/* The last places that move no successor from its early place, nor the end. */
void cpn_net_unhurried(const cpn_net *net, cpn_net_span *last, const cpn_net_span *early, int64_t end);

/* ---- Days -------------------------------------------------------------------------------------------------------- */

/* Days that a span shows as: the first, and the last worked. A moment at midnight is the day that ends with it where a
 * predecessor brought it there (is_closing), otherwise the day that begins. */
typedef struct cpn_net_days {
    int32_t first, last;
} cpn_net_days;
cpn_net_days cpn_net_days_of(const cpn_net_span *span, bool is_closing);
/* Whether a task of size 0 lies at the end of what is before it. */
bool cpn_net_is_closing(const cpn_net *net, int32_t task, const cpn_net_span *spans);

/* Whether a working day of the task lies in a year whose holidays are not known for certain; and how many of them there are,
 * in English and Chinese. */
bool cpn_net_is_provisional(const cpn_net *net, int32_t number, const cpn_net_span *spans);
extern const char *const cpn_net_provisional[2];

#endif
