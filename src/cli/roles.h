/* The columns that data files have, by the role they play for the engines. */
#ifndef CPN_CLI_ROLES_H
#define CPN_CLI_ROLES_H

#include <campaign/table.h>

#include "cli/arguments.h"

typedef enum role_kind {
    ROLE_DAY,
    ROLE_MONEY,
    ROLE_COUNT,
    ROLE_NUMBER, /* of whatever type the file has */
    ROLE_KEY,
    ROLE_FLOAT,
    ROLE_TEXT,
    ROLE_FLAG,
    ROLE_DATE /* a day without a time */
} role_kind;

enum { MOST_ROLES = 32 };

/* name is the engines' word and header, zh the header of campaign new in Chinese, or several names with | between them;
 * also_named is what the plan's request calls the column, or NULL. */
typedef struct role {
    const char *name, *zh, *also_named;
    role_kind kind;
} role;

typedef struct role_list {
    role roles[MOST_ROLES];
    int n;
} role_list;

/* Kinds of data file. */
typedef enum data_kind { DATA_ORDERS, DATA_DAILY, DATA_SPEND } data_kind;

role_list roles_of(data_kind kind);

/* What kind of file a header belongs to: one with daily figures, one with campaigns, or orders. */
data_kind guess_kind(const campaign_table *header);

/* Column of a header that plays a role, or -1: the one of --map, of the request, of the role's English or
 * Chinese name, and last one with its English name in other letters ("Next date"). */
int32_t find_role(const campaign_table *header, const role *wanted, arguments *given);

/* Notes which names a plan's request has for its columns; columns as campaign_plan_request_columns gives them. Texts live
 * as long as texts. */
typedef struct request_terms {
    char roles[MOST_ROLES][64], names[MOST_ROLES][256];
    int n;
    char currency[4];
    int unit, rounding;
} request_terms;
bool read_terms(request_terms *terms, const campaign_table *columns);
void name_roles(role_list *list, const request_terms *terms);

#endif
