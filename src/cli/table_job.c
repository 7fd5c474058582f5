/* Verbs on tables: their files, their errors, and how answers are shown. */
#include "cli/table_job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/data.h"
#include "cli/form_file.h"
#include "cli/output.h"

/* ---- Files ------------------------------------------------------------------------------------------------------- */

static int find_table(const job_kind *kind, const char *name, size_t length)
{
    for (int i = 0; i < kind->n_tables; i++)
        if (strlen(kind->tables[i].name) == length && memcmp(kind->tables[i].name, name, length) == 0) return i;
    return -1;
}

/* Which file is which table. */
static int place_files(table_job *job)
{
    const job_kind *kind = job->kind;
    const arguments *given = job->given;
    const int place_of_file = strchr(kind->name, ' ') != NULL; /* after the kind, where the verb has kinds */
    const int n_files = given->n_files - place_of_file;
    if (n_files > 1 || (n_files < 1 && kind->tables[0].is_required)) {
        (void)fprintf(stderr, "campaign %s: give %s file, %s%s\n", kind->name,
                      kind->tables[0].is_required ? "one" : "at most one", kind->file,
                      kind->n_tables > 1 ? "; other tables come with --input NAME=FILE" : "");
        return EXIT_USAGE;
    }
    if (n_files == 1) job->paths[0] = given->files[place_of_file];
    for (int i = 0; i < given->n_inputs; i++) {
        const word_pair *input = &given->inputs[i];
        const int place = find_table(kind, input->name, input->length);
        if (place > 0 && !job->paths[place]) {
            job->paths[place] = input->value;
            continue;
        }
        (void)fprintf(stderr, "campaign %s: --input %.*s is %s; it takes", kind->name, (int)input->length, input->name,
                      place < 0    ? "not known"
                      : place == 0 ? "the file itself"
                                   : "there twice");
        for (int t = 1; t < kind->n_tables; t++) (void)fprintf(stderr, "%s %s", t > 1 ? "," : "", kind->tables[t].name);
        (void)fputc('\n', stderr);
        return EXIT_USAGE;
    }
    for (int t = 1; t < kind->n_tables; t++) {
        if (!kind->tables[t].is_required || job->paths[t]) continue;
        (void)fprintf(stderr, "campaign %s: needs --input %s=FILE\n", kind->name, kind->tables[t].name);
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

static int read_table(table_job *job, int place, void *inputs)
{
    const job_table *wanted = &job->kind->tables[place];
    const char *currency = job->given->currency;
    data_terms terms = {
        .path = job->paths[place], .required = wanted->required, .currency = currency, .keeps_others = true
    };
    memcpy(terms.roles.roles, wanted->roles, (size_t)wanted->n_roles * sizeof *wanted->roles);
    terms.roles.n = wanted->n_roles;
    for (int i = 0; i < terms.roles.n && !currency && !job->kind->needs_currency; i++)
        if (terms.roles.roles[i].kind == ROLE_MONEY) terms.roles.roles[i].kind = job->kind->plain_money;
    /* rows to be added come in the form of the table that they are added to */
    const char *form = strcmp(wanted->name, "rows") == 0 ? job->kind->tables[0].name : wanted->name;
    const int code = is_form_file(terms.path, form) ? read_form_file(&job->tables[place], terms.path, form, job->given)
                                                    : read_data(&job->tables[place], &terms, job->given);
    const campaign_table *table = job->tables[place];
    memcpy((char *)inputs + wanted->offset, &table, sizeof table);
    return code;
}

int open_table_job(table_job *job, const job_kind *kind, void *inputs, void *options, arguments *given)
{
    memset(job, 0, sizeof *job);
    job->kind = kind;
    job->given = given;
    int code = place_files(job);
    if (code == EXIT_DONE && !take_settings(job, options)) code = EXIT_USAGE;
    for (int t = 0; t < kind->n_tables && code == EXIT_DONE; t++)
        if (job->paths[t] && kind->tables[t].roles) code = read_table(job, t, inputs);
    return code == EXIT_DONE && !check_maps(given) ? EXIT_USAGE : code;
}

void close_table_job(table_job *job)
{
    for (int t = 0; t < MOST_TABLES; t++) campaign_table_free(job->tables[t]);
}

int report_job_error(const table_job *job, const campaign_error *error)
{
    const int place = find_table(job->kind, error->where, strcspn(error->where, "."));
    return report_error(place >= 0 && job->paths[place] ? job->paths[place] : NULL, error);
}

/* ---- Out --------------------------------------------------------------------------------------------------------- */

int64_t shown_rows(const arguments *given)
{
    return given->limit ? given->limit : 60;
}

static int save_all(const job_answer *answer, const arguments *given)
{
    int code = make_folder(given->output);
    for (int i = 0; i < answer->n_tables && code == EXIT_DONE; i++)
        if (answer->tables[i]) code = save_table(given->output, answer->names[i], answer->tables[i], given);
    return code;
}

int hand_over_answer(const job_answer *answer, const arguments *given)
{
    int which = 0;
    if (given->table && (which = read_word("table", given->table, answer->names, answer->n_tables)) < 0)
        return EXIT_USAGE;
    if (!answer->tables[which]) {
        (void)fprintf(stderr, "campaign %s: there is no table %s in this answer\n", given->verb, given->table);
        return EXIT_USAGE;
    }
    const int code = given->output ? save_all(answer, given) : EXIT_DONE;
    if (code != EXIT_DONE) return code;
    const output_format fallback = given->output ? FORMAT_TABLE : FORMAT_CSV;
    if (given->table || format_of(given, fallback) != FORMAT_TABLE) return print_table(answer->tables[which], given);
    answer->show(answer, given);
    return EXIT_DONE;
}

void show_quality(const job_quality *quality, bool is_chinese)
{
    char value[FIGURE_TEXT], bound[FIGURE_TEXT], gap[FIGURE_TEXT];
    figure_text(value, quality->value);
    figure_text(bound, quality->bound);
    figure_text(gap, quality->gap * 100);
    if (quality->status == CAMPAIGN_CERTIFICATE_OPTIMAL)
        (void)printf(is_chinese ? "%s %s：已证明最优\n" : "%s %s: proven optimal\n", quality->what, value);
    else
        (void)printf(is_chinese ? "%s %s：与最优相差至多 %s%%，上界 %s\n"
                                : "%s %s: at most %s%% from the best, which lies between this and %s\n",
                     quality->what, value, is_chinese ? gap : gap, bound);
}

void show_part(const char *heading, const shown_table *shown)
{
    if (!shown->table || campaign_table_n_rows(shown->table) == 0) return;
    show_heading(heading);
    show_columns(shown);
}

void show_texts(const char *heading, const campaign_table *table, int64_t limit)
{
    char text[600];
    if (!table || campaign_table_n_rows(table) == 0) return;
    show_heading(heading);
    for (int64_t row = 0; row < campaign_table_n_rows(table) && row < limit; row++)
        (void)printf("- %s\n", cell_text(text, sizeof text, table, "text", row));
}
