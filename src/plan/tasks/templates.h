/* Inside of the planner: templates of tasks, built in and of the request, what they come to for one type of campaign, and
 * how the tasks of a campaign lie on the calendar. */
#ifndef CPN_PLAN_TASK_TEMPLATES_H
#define CPN_PLAN_TASK_TEMPLATES_H

#include "plan/actions.h"

/* ---- Templates -------------------------------------------------------------------------------------------------- */

/* The order of the documents' words. */
typedef enum cpn_task_phase {
    CPN_TASK_PREPARATION,
    CPN_TASK_PREHEAT,
    CPN_TASK_BURST,
    CPN_TASK_CLOSING,
    CPN_TASK_REVIEW
} cpn_task_phase;
typedef enum cpn_task_unit { CPN_TASK_WORKING_DAY, CPN_TASK_DAY, CPN_TASK_HOUR } cpn_task_unit;

/* What a task's dates hang on. */
typedef enum cpn_task_anchor {
    CPN_ANCHOR_BEFORE_BURST, /* placed back from its due date and from what comes after it, as late as possible */
    CPN_ANCHOR_DURING,       /* lasts as long as its phase */
    CPN_ANCHOR_AFTER_BURST,  /* placed from the end of the burst on, as early as possible */
    CPN_ANCHOR_AFTER_END     /* the same from the end of the campaign on */
} cpn_task_anchor;

extern const char *const cpn_task_phase_names[], *const cpn_task_unit_names[], *const cpn_task_anchor_names[];
extern const cpn_record cpn_task_template_record, cpn_plan_tasks_record, cpn_task_templates_record;
extern const cpn_document_kind cpn_task_templates_kind;

enum {
    CPN_TASK_MOST = 600,       /* different tasks of a type: those built in and 500 of a request */
    CPN_TASK_MOST_LINKS = 3000 /* predecessors of all of them */
};

/* One that is built in. A type has each id once. */
typedef struct cpn_usual_task {
    uint32_t types;
    const char *id;
    int32_t phase, anchor;
    const char *role;
    int32_t duration, unit;          /* duration 0: from the anchor to the due date, or the phase */
    int32_t offset, offset_unit;     /* from the anchor to the due date; CPN_TASK_NO_OFFSET: what comes after it says */
    const char *deadline, *after;    /* NULL: none */
    const char *source;              /* row of the handbook */
    const char *en, *zh;             /* name */
    const char *gives_en, *gives_zh; /* deliverable */
} cpn_usual_task;
enum { CPN_TASK_NO_OFFSET = -1 };

extern const cpn_usual_task cpn_usual_tasks[];
extern const int32_t cpn_n_usual_tasks;

/* A template as it holds for one type: the last word of each field. Texts are borrowed from the request and the list above. */
typedef struct cpn_task_template {
    const char *id, *name, *role, *owner, *deliverable, *after, *deadline, *source;
    int32_t phase, unit, anchor, duration, offset, offset_unit;
    bool is_used;
    bool has_day; /* a due date of its own, due_day */
    int32_t due_day;
    const cpn_json_value *item;      /* that said it last; NULL: built in */
    const cpn_json_value *campaigns; /* ids of those that have it; NULL: all of the type */
    const char *only;                /* the one campaign that has it, where it is due on a day of its own */
    int32_t first_link, n_links;
} cpn_task_template;

/* As in networks of tasks: finish to start, start to start, finish to finish, start to finish. */
typedef enum cpn_task_link_type { CPN_TASK_FS, CPN_TASK_SS, CPN_TASK_FF, CPN_TASK_SF } cpn_task_link_type;
typedef struct cpn_task_link {
    int32_t from, to; /* numbers of templates */
    cpn_task_link_type type;
    int32_t lag, lag_unit;
    const char *tail; /* the link as it was written, " SS+2"; not terminated */
    int32_t tail_length;
} cpn_task_link;

typedef struct cpn_task_set {
    cpn_task_template *templates;
    cpn_task_link *links; /* by the task they lead to */
    int32_t *order;       /* predecessors before successors */
    int32_t n, n_links;
    bool is_usual; /* the built-in ones stand below */
} cpn_task_set;

/* What holds for a type: built in where is_usual, then the list of templates, later ones over earlier ones of the same id.
 * list may be NULL. Links that no task of the type has are left out; those that no template has are refused. */
campaign_status cpn_task_set_read(cpn_task_set *set, cpn_plan_type type, bool is_usual, const cpn_json_value *list,
                                  bool is_chinese, campaign_error *error);
void cpn_task_set_free(cpn_task_set *set);

/* One predecessor of a text "a; b SS+2; c FF-1; d +3d". Takes the next one off text; false at its end. */
typedef struct cpn_task_word {
    const char *name, *tail;
    int32_t name_length, tail_length;
    cpn_task_link_type type;
    int32_t lag, lag_unit; /* lag_unit -1: that of the task */
    bool is_good;          /* what follows the name is a link */
} cpn_task_word;
bool cpn_task_next_word(cpn_task_word *word, const char **text);
/* Takes the words of after into links. */
campaign_status cpn_task_links_read(cpn_task_set *set, campaign_error *error);
/* Order without circles, and that nothing before the burst waits for what comes after. */
campaign_status cpn_task_set_order(cpn_task_set *set, campaign_error *error);

/* ---- Campaigns --------------------------------------------------------------------------------------------------- */

/* Whether a template of a type is for that one of its campaigns. */
bool cpn_task_is_for(const cpn_task_template *task, const cpn_plan_campaign *campaign);
/* Whether a template is for campaigns of a type. item may be NULL: built in. */
bool cpn_task_is_for_type(const cpn_json_value *item, cpn_plan_type type);
/* Finds the one campaign of each template with a day of its own. Refused: campaigns that are not there, a day after which no
 * campaign has its burst. */
campaign_status cpn_task_set_settle(cpn_task_set *set, const cpn_plan_campaigns *campaigns, campaign_error *error);

/* ---- Dates ------------------------------------------------------------------------------------------------------ */

/* What decided about a date. */
typedef enum cpn_task_reason {
    CPN_REASON_DEADLINE,
    CPN_REASON_OFFSET,
    CPN_REASON_SUCCESSOR,
    CPN_REASON_PREDECESSOR,
    CPN_REASON_PHASE,
    CPN_REASON_ANCHOR,
    CPN_REASON_DATE
} cpn_task_reason;
extern const char *const cpn_task_reason_names[];

typedef struct cpn_task_dates {
    bool is_there; /* the campaign has such a task */
    int32_t start, finish;
    int32_t duration;
    bool has_due, is_late;
    int32_t due, due_hours; /* due_hours from the first moment of due; -1: by the end of the day */
    const char *deadline;   /* id in the table of deadlines; NULL: none */
    cpn_task_reason reason;
    int32_t bound_by; /* the other task; -1: none */
} cpn_task_dates;

/* Deadlines of one campaign: rows of the plan's table. */
typedef struct cpn_task_deadlines {
    const campaign_table *table;
    int64_t first, end;
    int32_t stock_lock;
} cpn_task_deadlines;

campaign_status cpn_task_place(cpn_task_dates *dates, const cpn_task_set *set, const cpn_plan_campaign *campaign,
                               const cpn_task_deadlines *deadlines, const campaign_calendar *calendar,
                               campaign_error *error);

/* Length in days that a duration takes: hours count as days begun. */
int32_t cpn_task_days(int32_t duration, int32_t unit);

/* Makes the table "tasks"; that of deadlines must stand. */
campaign_status cpn_plan_tasks_table(campaign_table **table, const campaign_table *deadlines,
                                     const cpn_plan_facts *facts, campaign_error *error);
campaign_status cpn_plan_verify_tasks(const campaign_plan *plan, campaign_error *error);

#endif
