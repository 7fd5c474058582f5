/* Inside of the rapid response: what its files hand each other. A response is read (request, reps, regions, customers,
 * history), worked out (windows, classes, reps of customers, contacts, quotas) and written (tables and forms). */
#ifndef CPN_EXECUTION_RAPID_H
#define CPN_EXECUTION_RAPID_H

#include <campaign/rapid_response.h>

#include "base/document.h"
#include "base/error.h"
#include "base/number.h"
#include "plan/rapid_fields.h"
#include "table/table.h"

enum {
    CPN_RAPID_MILLION = 1000000,
    CPN_RAPID_NO_DAY = INT32_MIN,
    CPN_RAPID_SENTENCE = 512,
    CPN_RAPID_WORDS = 6,
    CPN_RAPID_KEY_CUSTOMERS = 3
};

typedef enum cpn_rapid_stage {
    CPN_STAGE_KICKOFF,
    CPN_STAGE_SCREENING,
    CPN_STAGE_PLAN,
    CPN_STAGE_CONTACT,
    CPN_STAGE_EXECUTION,
    CPN_STAGE_REVIEW,
    CPN_RAPID_STAGES
} cpn_rapid_stage;

typedef enum cpn_rapid_way {
    CPN_WAY_CALL,
    CPN_WAY_VISIT,
    CPN_WAY_WECHAT,
    CPN_WAY_MAIL,
    CPN_WAY_COMMUNITY,
    CPN_RAPID_WAYS
} cpn_rapid_way;
extern const char *const cpn_rapid_way_names[];

typedef enum cpn_rapid_class { CPN_CLASS_S, CPN_CLASS_B, CPN_CLASS_C, CPN_RAPID_CLASSES } cpn_rapid_class;
extern const char *const cpn_rapid_class_names[];

extern const char *const cpn_rapid_type_names[];

/* Text of a document or a cell; text NULL: none. */
typedef struct cpn_rapid_name {
    const char *text;
    size_t length;
} cpn_rapid_name;

int cpn_rapid_compare_names(const cpn_rapid_name *a, const cpn_rapid_name *b);
cpn_rapid_name cpn_rapid_cell_name(const campaign_column *column,
                                   int64_t row); /* no text for a null, "", or no column */
cpn_rapid_name cpn_rapid_text_name(const char *text);
bool cpn_rapid_has_key(const campaign_column *column, int64_t row); /* a number, or text that is not empty */

/* Names in order of bytes, each once. */
typedef struct cpn_rapid_names {
    cpn_rapid_name *names;
    int64_t n, capacity;
} cpn_rapid_names;
bool cpn_rapid_names_add(cpn_rapid_names *names, cpn_rapid_name name); /* false: no memory; NULL names are left out */
bool cpn_rapid_names_settle(cpn_rapid_names *names);
int32_t cpn_rapid_names_find(const cpn_rapid_names *names, cpn_rapid_name name); /* -1: not there */
void cpn_rapid_names_free(cpn_rapid_names *names);

typedef struct cpn_rapid_window {
    int32_t first_step, last_step;
    int32_t first, due;
    bool is_provisional;
} cpn_rapid_window;

typedef struct cpn_rapid_request {
    cpn_json *json;
    const cpn_json_value *root;
    const char *id, *name;
    char currency[4];
    int32_t exponent;
    bool is_chinese;
    int32_t type, start, finish, as_of;
    int32_t s_interactions, s_days, b_days, open_months;
    int64_t capacity[CPN_RAPID_WAYS];
    int32_t history_months;
    int64_t stretch_ppm;
    bool counts_any_type, fails_without_rep;
    bool has_leads, has_deals, has_sales, has_conversion, has_order_value;
    int64_t leads, deals, sales_minor, conversion_ppm, order_value_minor;
    cpn_rapid_window windows[CPN_RAPID_STAGES];
} cpn_rapid_request;

/* What similar campaigns brought, added up. */
typedef struct cpn_rapid_sums {
    int64_t n_campaigns, leads, deals, amount_minor;
} cpn_rapid_sums;

typedef struct cpn_rapid_region {
    cpn_rapid_name name;
    const cpn_json_value *given; /* NULL: not in the request */
    int64_t row;                 /* of the table of regions; -1: not there */
    bool is_rest;                /* holds what has no region */
    bool has_leads, has_conversion, has_sales;
    int64_t leads, conversion_ppm, sales_minor;
    int64_t listed;         /* customers of the list */
    int64_t capacity;       /* of its reps, within the window */
    int64_t expected_micro; /* deals × 10^6 */
    int64_t deals;
    const char *conversion_source; /* "request", "history" … */
    bool follows_whole;            /* its conversion is that of the history of all regions */
    cpn_rapid_sums history;
} cpn_rapid_region;

/* Regions of reps that are none of the campaign's. */
enum { CPN_RAPID_EVERYWHERE = -1, CPN_RAPID_ELSEWHERE = -2 };

typedef struct cpn_rapid_rep {
    int32_t region;                /* CPN_RAPID_EVERYWHERE: no region; CPN_RAPID_ELSEWHERE: one that takes no part */
    int64_t a_day[CPN_RAPID_WAYS]; /* customers */
    int64_t load[CPN_RAPID_CLASSES];
    int64_t used[CPN_RAPID_WAYS]; /* contacts that are planned */
    cpn_rapid_sums history;
} cpn_rapid_rep;

typedef struct cpn_rapid_customer {
    int64_t row;                                        /* that holds its key */
    int32_t code;                                       /* of its key */
    int32_t region, level, rep;                         /* -1: none */
    int32_t last_interaction, last_enquiry, last_order; /* CPN_RAPID_NO_DAY: none */
    int64_t interactions;                               /* -1: not counted */
    int32_t n_rows;
    int32_t way;           /* CPN_WAY_WECHAT, CPN_WAY_MAIL, or -1 */
    bool is_open, is_kept; /* kept: had its rep before */
    cpn_rapid_class class;
    int64_t rank;
    int32_t first_contact; /* CPN_RAPID_NO_DAY: never */
    bool is_within;
} cpn_rapid_customer;

typedef struct cpn_rapid_contact {
    int64_t place; /* of its customer */
    int64_t index; /* of the day, from 0; -1: never */
    int32_t date;  /* CPN_RAPID_NO_DAY: never */
    int32_t rep;   /* -1: none */
    cpn_rapid_way way;
} cpn_rapid_contact;

typedef struct cpn_rapid_resource {
    const char *id, *kind, *name, *owner_role, *owner, *status, *risk, *source;
    int32_t working_days, due;
} cpn_rapid_resource;

/* Remarks in the order in which they are found. */
typedef struct cpn_rapid_note {
    const char *code;
    int64_t n;
    char sentence[CPN_RAPID_SENTENCE];
} cpn_rapid_note;
enum { CPN_RAPID_MOST_NOTES = 40 };

typedef struct cpn_rapid {
    cpn_rapid_request request;
    const campaign_calendar *calendar;
    campaign_calendar *own_calendar;
    bool is_provisional;

    cpn_named_keys rep_keys;
    cpn_rapid_rep *reps; /* in key order */
    int64_t n_reps;

    cpn_rapid_names region_names;
    int32_t *region_of_name; /* by region_names */
    cpn_rapid_region *regions;
    int64_t n_regions;
    campaign_column region_texts[3]; /* of the table of regions: owner, key_customers, resources */

    cpn_named_keys customer_keys;
    cpn_rapid_customer *customers; /* in key order, then in order of priority */
    int64_t n_customers, n_merged, n_future, n_unknown_reps;
    cpn_rapid_names levels; /* of customers and of history, or the classes */
    bool has_levels;        /* customers have a level of their own */
    cpn_rapid_sums *level_history;

    cpn_rapid_contact *contacts;
    int64_t n_contacts;
    int64_t n_days; /* working days of the contact window */
    int64_t n_within, n_beyond, n_unreached, n_without_rep, n_after_finish;

    cpn_rapid_sums history;
    bool has_history_amount, knows_region_history;
    int64_t leads, deals, expected_micro, sales_minor;
    bool has_sales;
    int32_t verdict;

    cpn_rapid_resource *resources;
    int64_t n_resources;
    cpn_rapid_note *notes;
    int32_t n_notes;
} cpn_rapid;

/* ---- Reading ---- */

campaign_status cpn_rapid_request_read(cpn_rapid_request *request, const char *text, size_t length,
                                       campaign_error *error);
campaign_status cpn_rapid_windows_read(cpn_rapid_request *request, campaign_error *error);

/* What the call brings besides the request. */
typedef struct cpn_rapid_sources {
    const campaign_rapid_response_inputs *inputs;
    const campaign_rapid_response_options *options;
    const campaign_runtime *runtime;
} cpn_rapid_sources;

campaign_status cpn_rapid_reps_read(cpn_rapid *rapid, const cpn_rapid_sources *sources, campaign_error *error);
campaign_status cpn_rapid_regions_read(cpn_rapid *rapid, const cpn_rapid_sources *sources, campaign_error *error);
campaign_status cpn_rapid_reps_place(cpn_rapid *rapid, const cpn_rapid_sources *sources, campaign_error *error);
campaign_status cpn_rapid_customers_read(cpn_rapid *rapid, const cpn_rapid_sources *sources, campaign_error *error);
campaign_status cpn_rapid_history_read(cpn_rapid *rapid, const cpn_rapid_sources *sources, campaign_error *error);

/* A count of 0 to a thousand million; a null is -1. */
campaign_status cpn_rapid_count(int64_t *count, const campaign_column *column, int64_t row, const char *where,
                                campaign_error *error);

/* ---- Working out ---- */

campaign_status cpn_rapid_windows_set(cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_working_day(int32_t *day, cpn_rapid *rapid, int32_t from, int64_t n, campaign_error *error);
campaign_status cpn_rapid_classes_set(cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_assign(cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_contacts_set(cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_goals_set(cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_resources_set(cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_tasks_check(cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_check_id(const cpn_json_value *value, campaign_error *error); /* NULL passes */

/* Customers of a class that a rep can contact in a day. */
int64_t cpn_rapid_class_capacity(const cpn_rapid_rep *rep, cpn_rapid_class class);

/* The part of a whole that a row had: deals / leads in ppm, rounded down. False without leads. */
bool cpn_rapid_conversion(int64_t *ppm, const cpn_rapid_sums *sums);

/* Customers that a rep can contact within the window, over all classes. */
int64_t cpn_rapid_window_capacity(const cpn_rapid *rapid, const cpn_rapid_rep *rep);

/* CAMPAIGN_RAPID_… of the whole. */
int32_t cpn_rapid_judge(const cpn_rapid *rapid);

/* campaign_split by weights, all alike where they are all 0. */
campaign_status cpn_rapid_split(int64_t *parts, int64_t total, const int64_t *weights, int64_t n,
                                campaign_error *error);

/* ---- Writing ---- */

void cpn_rapid_note_add(cpn_rapid *rapid, const char *code, int64_t n, const char *en, const char *zh,
                        const char *const words[CPN_RAPID_WORDS]);

/* Puts words in the places {0} … {5} of a pattern; "{0?row|rows}" is the first where that word is "1". */
void cpn_rapid_say(char sentence[CPN_RAPID_SENTENCE], const char *pattern, const char *const words[CPN_RAPID_WORDS]);
/* "15.2", "53.33%", "470000.00", "2026-09-30", for sentences. */
void cpn_rapid_micro_text(char text[CPN_NUMBER_TEXT], int64_t micro);
void cpn_rapid_percent_text(char text[CPN_NUMBER_TEXT], int64_t ppm);
void cpn_rapid_day_text(char text[CAMPAIGN_DATE_TEXT], int32_t day);
void cpn_rapid_rep_text(char text[CPN_NAMED_KEY_TEXT], const cpn_rapid *rapid, int32_t rep);
void cpn_rapid_customer_text(char text[CPN_NAMED_KEY_TEXT], const cpn_rapid *rapid, const cpn_rapid_customer *customer);

void cpn_rapid_out_name(cpn_out *out, int32_t index, cpn_rapid_name name);
void cpn_rapid_out_day(cpn_out *out, int32_t index, int32_t day); /* null for CPN_RAPID_NO_DAY */
void cpn_rapid_out_region(cpn_out *out, int32_t index, const cpn_rapid *rapid, int32_t region);
void cpn_rapid_out_rep(cpn_out *out, int32_t index, const cpn_rapid *rapid, int32_t rep);
/* Type of the customers' and reps' keys in results. */
int32_t cpn_rapid_key_type(const cpn_named_keys *keys);

/* Person of the request who answers for a role ("sales", "marketing" …); NULL where none. */
const char *cpn_rapid_owner(const cpn_rapid *rapid, const char *role_en);
/* Finishes a table, or drops it where writing it has failed already. */
campaign_status cpn_rapid_out_close(campaign_table **table, cpn_out *out, campaign_status status,
                                    campaign_error *error);

typedef campaign_status (*cpn_rapid_writer)(campaign_table **table, const cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_write_windows(campaign_table **table, const cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_write_quotas(campaign_table **table, const cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_write_feasibility(campaign_table **table, const cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_write_customers(campaign_table **table, const cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_write_contacts(campaign_table **table, const cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_write_loads(campaign_table **table, const cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_write_resources(campaign_table **table, const cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_write_tasks(campaign_table **table, const cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_write_response_plan(campaign_table **table, const cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_write_task_split(campaign_table **table, const cpn_rapid *rapid, campaign_error *error);
campaign_status cpn_rapid_write_notes(campaign_table **table, const cpn_rapid *rapid, campaign_error *error);

#endif
