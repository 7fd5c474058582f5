/* Nodes from inside: rules that give dates, the catalogue that holds them. */
#ifndef CPN_CALENDAR_NODES_H
#define CPN_CALENDAR_NODES_H

#include "calendar/calendar.h"

enum { CPN_MOST_NODE_DAYS = 400 }; /* bound of offsets, preheats and peaks, in days */

/* ---- Rules ------------------------------------------------------------------------------------------------------ */

typedef enum cpn_rule_kind {
    CPN_RULE_FIXED,
    CPN_RULE_NTH,
    CPN_RULE_LAST,
    CPN_RULE_LUNAR,
    CPN_RULE_LUNAR_EVE,
    CPN_RULE_TERM,
    CPN_RULE_EASTER,
    CPN_RULE_RELATIVE,
    CPN_RULE_BEFORE,
    CPN_RULE_ONCE
} cpn_rule_kind;

typedef struct cpn_rule {
    cpn_rule_kind kind;
    int32_t month, day; /* of LUNAR: lunar ones */
    int32_t n;          /* of NTH: 1 to 5; of TERM: 1 to 24 */
    int32_t weekday;    /* 1 = Monday */
    int32_t offset;     /* of EASTER and RELATIVE: days */
    int32_t is_leap;    /* of LUNAR: falls in leap months only */
    const char *node;   /* of RELATIVE: id of the other node, within the rule's text */
    size_t node_length;
} cpn_rule;

/* Reads "nth 2 sun 5" and its like; where is left "". CAMPAIGN_E_SYNTAX · CAMPAIGN_E_VALUE · CAMPAIGN_E_UNKNOWN. */
campaign_status cpn_rule_parse(cpn_rule *rule, const char *text, size_t length, campaign_error *error);

/* The date a rule gives in one year, lunar ones in one lunar year; false where it gives none. Not for RELATIVE. */
bool cpn_rule_date(int32_t *day, const cpn_rule *rule, int32_t year);

/* ---- The catalogue ---------------------------------------------------------------------------------------------- */

/* An announced occurrence: it takes the place of what the rule gives in the year of its date. */
typedef struct cpn_window {
    int32_t date, preheat_start, peak_start, peak_end;
    bool has_preheat, has_peak_start, has_peak_end;
} cpn_window;

typedef struct cpn_node {
    const char *id, *name, *name_en, *region, *theme, *theme_en, *note; /* name_en … note: NULL where none */
    const char *rule_text;
    cpn_rule rule;
    int32_t tier; /* CAMPAIGN_NODE_… */
    int32_t preheat_days, peak_from, peak_to;
    bool is_announced, is_disabled;
    int64_t other; /* of RELATIVE rules, once linked: index of the other node */
    cpn_window *windows;
    int64_t n_windows;
    /* Where node and rule were last given: number of the document, -1 = built in. */
    int32_t document, rule_document;
    const cpn_json_value *value, *rule_value;
} cpn_node;

struct cpn_catalogue {
    cpn_node *nodes;
    int64_t n_nodes, capacity;
    int64_t *slots; /* open addressing: index of a node + 1, or 0 */
    int64_t n_slots;
};

/* A built-in node. */
typedef struct cpn_builtin_node {
    const char *id, *name, *name_en, *region;
    int32_t tier;
    const char *rule;
    int32_t preheat_days, peak_from, peak_to;
    bool is_announced;
    const char *theme, *theme_en, *note;
} cpn_builtin_node;
extern const cpn_builtin_node cpn_builtin_nodes[];
extern const int64_t cpn_n_builtin_nodes;

/* The built-in nodes. */
campaign_status cpn_catalogue_create(cpn_catalogue **catalogue, campaign_error *error);
void cpn_catalogue_free(cpn_catalogue *catalogue);

/* Index of a node, or -1. */
int64_t cpn_catalogue_find(const cpn_catalogue *catalogue, const char *id, size_t length);

/* The id most like another, for hints; NULL where none is near. False where memory is out. */
bool cpn_catalogue_nearest(const char **nearest, const cpn_catalogue *catalogue, const char *id, size_t length);

/* A new node with nothing but its id; NULL where memory is out. */
cpn_node *cpn_catalogue_add(cpn_catalogue *catalogue, const char *id);

/* Resolves the nodes that relative rules name; refuses unknown ones and circles. */
campaign_status cpn_catalogue_link(cpn_catalogue *catalogue, campaign_error *error);

/* Reads node document number index of the options into the catalogue. */
campaign_status cpn_read_nodes(campaign_calendar *calendar, const char *text, size_t length, int32_t index,
                               campaign_error *error);

/* Fields of a node and of its windows. */
extern const cpn_record cpn_node_record;
extern const cpn_record cpn_window_record;

enum { CPN_LONGEST_CHAIN = 16 }; /* nodes relative to nodes relative to … */

#endif
