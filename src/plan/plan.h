/* Inside of the planner: what all its files share. Only src/plan includes this, targets.h and campaigns.h.
 *
 * create.c runs the stages in order: request → history → profile → targets → campaigns → budget → notes; document.c
 * writes the finished tables and reads them back. */
#ifndef CPN_PLAN_PLAN_H
#define CPN_PLAN_PLAN_H

#include <campaign/plan.h>

#include "base/document.h"
#include "table/table.h"

/* ---- Request ---------------------------------------------------------------------------------------------------- */

/* Levels of a target. The first five are periods, coarse to fine; the order is that of the request's words. */
typedef enum cpn_plan_level {
    CPN_LEVEL_YEAR,
    CPN_LEVEL_QUARTER,
    CPN_LEVEL_MONTH,
    CPN_LEVEL_WEEK,
    CPN_LEVEL_DAY,
    CPN_LEVEL_PRODUCT_LINE,
    CPN_LEVEL_MARKET,
    CPN_LEVEL_CHANNEL,
    CPN_LEVEL_TIER,
    CPN_LEVEL_REP
} cpn_plan_level;

enum {
    CPN_PLAN_N_LEVELS = 10,
    CPN_PLAN_N_PERIODS = 5,    /* levels that are periods */
    CPN_PLAN_N_DIMENSIONS = 5, /* levels that are not */
    CPN_PLAN_MAX_DAYS = 366,
    CPN_PLAN_MAX_ROWS = 100000 /* of a table in the plan document */
};

/* What the parts of a node share by. The order is that of the request's words. */
typedef enum cpn_plan_driver {
    CPN_DRIVER_HISTORY,
    CPN_DRIVER_LAST_YEAR,
    CPN_DRIVER_EVEN,
    CPN_DRIVER_MIX,
    CPN_DRIVER_COLUMN,
    CPN_DRIVER_DAY_KINDS
} cpn_plan_driver;

/* What the request says of one level. */
typedef struct cpn_plan_policy {
    cpn_plan_driver driver;
    const cpn_json_value *section; /* NULL: nothing is said */
    const cpn_json_value *years;   /* of a mix: rates by year */
    const char *column;            /* of the table drivers */
    int64_t statutory_ppm, off_ppm, working_ppm;
    int64_t padding_ppm;
} cpn_plan_policy;

typedef struct cpn_plan_request {
    cpn_json *json; /* owns every text below */
    const cpn_json_value *root;
    int32_t year, start_month;  /* month 1 to 12 in which the plan's year begins */
    int32_t start_day, end_day; /* half-open */
    const char *language;
    bool is_chinese;
    char currency[4];
    int32_t exponent;
    bool has_growth; /* otherwise target_minor is given */
    int64_t growth_ppm, target_minor;
    bool has_split; /* otherwise product_line and market join only where their columns exist */
    int32_t n_split;
    cpn_plan_level split[CPN_PLAN_N_LEVELS];
    cpn_plan_level dimension_period; /* finest period that is also split by the dimensions */
    cpn_plan_policy levels[CPN_PLAN_N_LEVELS];
    const char *date_column, *amount_column, *dimension_columns[CPN_PLAN_N_DIMENSIONS]; /* NULL: the usual name */
    int32_t amount_unit, rounding;
    bool fails_on_null;
    int32_t day_starts_at_minutes;
} cpn_plan_request;

extern const cpn_document_kind cpn_plan_request_kind;
extern const cpn_record cpn_plan_request_record;
extern const char *const cpn_plan_level_names[CPN_PLAN_N_LEVELS + 1]; /* NULL-terminated */

/* Records of the request's parts. */
extern const cpn_record cpn_plan_target_record, cpn_plan_data_record, cpn_plan_columns_record, cpn_plan_calendar_record,
    cpn_plan_campaigns_record, cpn_plan_phases_record, cpn_plan_phase_lengths_record, cpn_plan_budget_record,
    cpn_plan_metrics_record, cpn_plan_seasons_record, cpn_plan_deadline_record, cpn_plan_traffic_record,
    cpn_plan_products_record, cpn_plan_markets_record, cpn_plan_stock_record, cpn_plan_customers_record,
    cpn_plan_mechanism_record, cpn_plan_budget_bounds_record, cpn_plan_budget_curve_record,
    cpn_plan_budget_shares_record, cpn_plan_budget_channel_record;
extern const char *const cpn_plan_stage_names[];    /* of product lines; NULL-terminated */
extern const char *const cpn_plan_customer_kinds[]; /* NULL-terminated */
extern const char *const cpn_plan_type_names[];     /* of campaigns; NULL-terminated */
extern const cpn_record cpn_plan_candidate_record, cpn_plan_values_record, cpn_plan_theme_record;

extern const cpn_record cpn_plan_seasonality_record, cpn_plan_profile_record;
extern const cpn_record cpn_plan_levels_record, cpn_plan_level_record, cpn_plan_day_kinds_record, cpn_plan_rule_record;

/* Reads a request document. */
campaign_status cpn_plan_request_read(cpn_plan_request *request, const char *text, size_t length,
                                      campaign_error *error);
/* Takes a checked request out of a tree; the tree is freed with the request, also on failure. */
campaign_status cpn_plan_request_take(cpn_plan_request *request, cpn_json *json, const cpn_json_value *root,
                                      campaign_error *error);
void cpn_plan_request_free(cpn_plan_request *request);
/* Reads what the request says of its levels; its split must be known. */
campaign_status cpn_plan_levels_read(cpn_plan_request *request, campaign_error *error);
/* Whether some level assigns more than its parent has. */
bool cpn_plan_has_padding(const cpn_plan_request *request);

static inline bool cpn_plan_is_period(cpn_plan_level level)
{
    return level < CPN_LEVEL_PRODUCT_LINE;
}
/* 0 for product lines, 1 for markets, 2 for channels, 3 for tiers, 4 for reps. */
static inline int32_t cpn_plan_dimension(cpn_plan_level level)
{
    return (int32_t)level - (int32_t)CPN_LEVEL_PRODUCT_LINE;
}

/* ---- Periods ---------------------------------------------------------------------------------------------------- */

/* First day of the next period of that level after day, not beyond the plan's end. Weeks end before a Monday. */
int32_t cpn_plan_next_period(const cpn_plan_request *request, cpn_plan_level level, int32_t day);

enum { CPN_PLAN_LABEL = 40 };
/* "2027", "2027-Q1", "2027-02", "2027-02-W05", "2027-02-06". parent is the period level a week was cut from. */
void cpn_plan_period_label(char label[CPN_PLAN_LABEL], const cpn_plan_request *request, cpn_plan_level level,
                           cpn_plan_level parent, int32_t start_day);

/* The calendar of the request's own region, overlays and nodes. */
campaign_status cpn_plan_calendar_open(campaign_calendar **calendar, const cpn_plan_request *request,
                                       campaign_error *error);

/* ---- Notes ------------------------------------------------------------------------------------------------------ */

/* What the plan rests on, as records; sentences are rendered when the table is made. */
typedef enum cpn_plan_note_code {
    CPN_NOTE_NO_HISTORY,
    CPN_NOTE_HISTORY_SPAN,
    CPN_NOTE_HISTORY_GAP,
    CPN_NOTE_HISTORY_YEARS,
    CPN_NOTE_HISTORY_SHORT,
    CPN_NOTE_NO_SALES,
    CPN_NOTE_NEGATIVE_MONTH,
    CPN_NOTE_ROWS_SKIPPED,
    CPN_NOTE_ROWS_AFTER_START,
    CPN_NOTE_ROWS_ROUNDED,
    CPN_NOTE_ROWS_UNASSIGNED,
    CPN_NOTE_GROWTH,
    CPN_NOTE_EVEN_DIMENSION,
    CPN_NOTE_DRIVERS_UNKNOWN,
    CPN_NOTE_RULES_TAKE_ALL,
    CPN_NOTE_SEASONS_MEASURED,
    CPN_NOTE_CALENDAR_PROVISIONAL,
    CPN_NOTE_NODE_PROVISIONAL,
    CPN_NOTE_CAMPAIGN_OVERLAP,
    CPN_NOTE_CAMPAIGN_OUTSIDE,
    CPN_NOTE_NEXT_YEAR_PREHEAT,
    CPN_NOTE_NO_CAMPAIGNS,
    CPN_NOTE_NO_BUDGET,
    CPN_NOTE_CONTINGENCY_UNUSUAL,
    CPN_NOTE_CALENDAR_GIVEN,
    CPN_NOTE_TABLE_LEFT_OUT,
    CPN_NOTE_TABLE_TOO_LARGE,
    CPN_NOTE_PRODUCT_UNSOLD,
    CPN_NOTE_STOCK_PARTS,
    CPN_NOTE_STOCK_LEFT_OUT,
    CPN_NOTE_STOCK_UNKNOWN,
    CPN_NOTE_BUDGET_LEFT,
    CPN_NOTE_OFF_SEASON_CAPPED,
    CPN_NOTE_CHOICE_PROVEN,
    CPN_NOTE_CHOICE_BOUND,
    CPN_NOTE_BUDGET_BY_CURVES,
    CPN_NOTE_CHANNELS_BY_CURVES,
    CPN_NOTE_TASKS_IN_PAST,
    CPN_NOTE_TASKS_BEFORE_PLAN,
    CPN_NOTE_TASK_LATE
} cpn_plan_note_code;
enum { CPN_PLAN_N_NOTES = CPN_NOTE_TASK_LATE + 1 };

typedef struct cpn_plan_note {
    cpn_plan_note_code code;
    int32_t first_day, end_day; /* half-open; both 0: none */
    int64_t n;                  /* a count or, where the code says so, parts per million */
    char *subject, *other;      /* ids or names it is about; owned; may be NULL */
} cpn_plan_note;

typedef struct cpn_plan_notes {
    cpn_plan_note *notes;
    int64_t n, capacity;
} cpn_plan_notes;

/* Appends a note; the texts of note itself are ignored, subject and other are copied and may be NULL. */
campaign_status cpn_plan_note_add(cpn_plan_notes *notes, const cpn_plan_note *note, const char *subject,
                                  const char *other, campaign_error *error);
void cpn_plan_notes_free(cpn_plan_notes *notes);

/* ---- Tables ----------------------------------------------------------------------------------------------------- */

typedef enum cpn_plan_table_id {
    CPN_PLAN_TARGETS,
    CPN_PLAN_CAMPAIGNS,
    CPN_PLAN_PHASES,
    CPN_PLAN_BUDGET,
    CPN_PLAN_METRICS,
    CPN_PLAN_NOTES,
    CPN_PLAN_DEADLINES,
    CPN_PLAN_CURVE,
    CPN_PLAN_PRODUCTS,
    CPN_PLAN_MARKETS,
    CPN_PLAN_STOCK,
    CPN_PLAN_BUDGET_ITEMS,
    CPN_PLAN_ACTIONS,
    CPN_PLAN_MECHANISMS,
    CPN_PLAN_MATRIX,
    CPN_PLAN_DAYS,
    CPN_PLAN_SOURCES,
    CPN_PLAN_CANDIDATES,
    CPN_PLAN_THEMES,
    CPN_PLAN_TASKS
} cpn_plan_table_id;
enum { CPN_PLAN_N_TABLES = CPN_PLAN_TASKS + 1, CPN_PLAN_MAX_COLUMNS = 32 };

extern const cpn_document_kind cpn_plan_kind;
extern const char *const cpn_plan_table_names[CPN_PLAN_N_TABLES + 1]; /* NULL-terminated */

const cpn_record *cpn_plan_table_record(cpn_plan_table_id id);
/* Starts a table of the plan with the columns of its record. */
void cpn_plan_table_open(cpn_out *out, cpn_plan_table_id id, const cpn_plan_request *request);

/* Closes a table; where status is a failure already, that one is returned and the table dropped. */
campaign_status cpn_plan_table_close(campaign_table **table, cpn_out *out, campaign_status status,
                                     campaign_error *error);

/* The money that the request gives; 0 where it has no budget. */
campaign_status cpn_plan_budget_total(int64_t *total, const cpn_plan_request *request, int64_t target_minor,
                                      campaign_error *error);
campaign_status cpn_plan_notes_table(campaign_table **table, const cpn_plan_notes *notes,
                                     const cpn_plan_request *request, campaign_error *error);

/* "12.5" for 125,000 parts per million. */
void cpn_plan_write_percent(char text[CAMPAIGN_MONEY_TEXT], int64_t ppm);

/* A rounded share in parts per million; false where whole is 0. */
bool cpn_plan_share_ppm(int64_t *ppm, int64_t part, int64_t whole);
/* The same as a cell, null where whole is 0. */
void cpn_plan_out_share(cpn_out *out, int32_t index, int64_t part, int64_t whole);

/* The table "skipped" of a plan that skipped nothing, or was loaded. */
campaign_status cpn_plan_skipped_empty(campaign_table **table, campaign_error *error);

/* Whether the tables of a loaded plan fit its request and each other. */
campaign_status cpn_plan_verify(const campaign_plan *plan, campaign_error *error);

/* Parts of it: campaigns named by a table stand among the plan's, in their order; tables worked out for each campaign. */
campaign_status cpn_plan_verify_names(const campaign_table *table, const char *name, const campaign_table *campaigns,
                                      campaign_error *error);
campaign_status cpn_plan_verify_rooms(const campaign_plan *plan, campaign_error *error);
/* Whether two cells of text are the same; nulls are like nothing. */
bool cpn_plan_same_text(const campaign_table *a, int32_t column_a, int64_t row_a, const campaign_table *b,
                        int32_t column_b, int64_t row_b);

/* Hands a written document to the caller. */
campaign_status cpn_plan_hand_over(char **json, size_t *length, cpn_text *text, campaign_error *error);

struct campaign_plan {
    cpn_plan_request request;
    campaign_table *tables[CPN_PLAN_N_TABLES];
    campaign_table *skipped;
};

#endif
