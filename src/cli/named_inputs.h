/* Tables that come with --input NAME=FILE, for verbs whose file is a plan. */
#ifndef CPN_CLI_NAMED_INPUTS_H
#define CPN_CLI_NAMED_INPUTS_H

#include "cli/table_job.h"

/* What a verb takes; document is the name of a JSON document among the inputs, or NULL. */
typedef struct input_list {
    const char *verb;
    const job_table *tables;
    int n_tables;
    const char *document;
} input_list;

enum { MOST_INPUTS = 16 };

typedef struct named_inputs {
    const input_list *list;
    campaign_table *tables[MOST_INPUTS];
    const char *paths[MOST_INPUTS];
    const char *document_path;
} named_inputs;

/* Reads the files into the struct that inputs points to. Returns an exit code; to be closed in any case. */
int open_inputs(named_inputs *read, const input_list *list, void *inputs, arguments *given);
void close_inputs(named_inputs *read);

/* Tells an error with the file of the table or document that it speaks of. */
int report_input_error(const named_inputs *read, const campaign_error *error);

#endif
