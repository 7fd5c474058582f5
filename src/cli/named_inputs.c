/* Reads the tables of --input NAME=FILE and puts them into a struct of the library. */
#include "cli/named_inputs.h"

#include <stdio.h>
#include <string.h>

#include "cli/data.h"
#include "cli/output.h"

static bool is_word(const word_pair *pair, const char *word)
{
    return word && strlen(word) == pair->length && memcmp(word, pair->name, pair->length) == 0;
}

static int refuse(const input_list *list, const word_pair *pair, bool is_double)
{
    (void)fprintf(stderr, "campaign %s: --input %.*s is %s; it takes", list->verb, (int)pair->length, pair->name,
                  is_double ? "there twice" : "not known");
    for (int t = 0; t < list->n_tables; t++) (void)fprintf(stderr, "%s %s", t ? "," : "", list->tables[t].name);
    (void)fprintf(stderr, "%s%s\n", list->document ? ", " : "", list->document ? list->document : "");
    return EXIT_USAGE;
}

static int place_inputs(named_inputs *read, const arguments *given)
{
    const input_list *list = read->list;
    for (int i = 0; i < given->n_inputs; i++) {
        const word_pair *pair = &given->inputs[i];
        const char **path = is_word(pair, list->document) ? &read->document_path : NULL;
        for (int t = 0; t < list->n_tables && !path; t++)
            if (is_word(pair, list->tables[t].name)) path = &read->paths[t];
        if (!path || *path) return refuse(list, pair, path != NULL);
        *path = pair->value;
    }
    return EXIT_DONE;
}

static int read_one(named_inputs *read, int place, void *inputs, arguments *given)
{
    const job_table *wanted = &read->list->tables[place];
    data_terms terms = {
        .path = read->paths[place], .required = wanted->required, .currency = given->currency, .keeps_others = true
    };
    memcpy(terms.roles.roles, wanted->roles, (size_t)wanted->n_roles * sizeof *wanted->roles);
    terms.roles.n = wanted->n_roles;
    const int code = read_data(&read->tables[place], &terms, given);
    const campaign_table *table = read->tables[place];
    memcpy((char *)inputs + wanted->offset, &table, sizeof table);
    return code;
}

int open_inputs(named_inputs *read, const input_list *list, void *inputs, arguments *given)
{
    memset(read, 0, sizeof *read);
    read->list = list;
    int code = place_inputs(read, given);
    for (int t = 0; t < list->n_tables && code == EXIT_DONE; t++)
        if (read->paths[t]) code = read_one(read, t, inputs, given);
    return code == EXIT_DONE && !check_maps(given) ? EXIT_USAGE : code;
}

void close_inputs(named_inputs *read)
{
    for (int t = 0; t < MOST_INPUTS; t++) campaign_table_free(read->tables[t]);
}

int report_input_error(const named_inputs *read, const campaign_error *error)
{
    const size_t length = strcspn(error->where, ".");
    const char *path = read->document_path && strstr(error->where, "line ") ? read->document_path : NULL;
    for (int t = 0; t < read->list->n_tables && !path; t++)
        if (strlen(read->list->tables[t].name) == length &&
            memcmp(read->list->tables[t].name, error->where, length) == 0)
            path = read->paths[t];
    return report_error(path, error);
}
