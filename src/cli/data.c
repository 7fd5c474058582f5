/* Reads data files: finds the columns that play a role in the header, declares them, and gives them the names that the
 * engines expect, so that two files may call the same thing differently. */
#include "cli/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/input.h"
#include "cli/output.h"

enum { UNIT_NONE, UNIT_MAJOR, UNIT_MINOR };
enum { MOST_COLUMNS = 512, NAME_BYTES = 128 };

/* ---- The header ------------------------------------------------------------------------------------------------- */

bool read_csv_options(campaign_csv_options *options, const arguments *given)
{
    *options = (campaign_csv_options)CAMPAIGN_CSV_OPTIONS_INIT;
    options->encoding = given->encoding >= 0 ? given->encoding : CAMPAIGN_CSV_ENCODING_AUTO;
    options->delimiter = CAMPAIGN_CSV_DELIMITER_AUTO;
    options->on_problem = given->skips ? CAMPAIGN_CSV_SKIP : CAMPAIGN_CSV_FAIL;
    if (!given->delimiter) return true;
    if (strlen(given->delimiter) != 1) {
        (void)fprintf(stderr, "campaign: --delimiter takes one character; not \"%s\"\n", given->delimiter);
        return false;
    }
    options->delimiter = given->delimiter[0];
    return true;
}

/* Length of the first record; a line end within quotes does not end it. */
static size_t header_length(const char *text, size_t length)
{
    bool is_quoted = false;
    size_t at = 0;
    for (; at < length && (is_quoted || (text[at] != '\n' && text[at] != '\r')); at++)
        if (text[at] == '"') is_quoted = !is_quoted;
    return at;
}

/* The header as a table without rows; NULL where it cannot be read, which reading the whole then explains. */
static campaign_table *parse_header(const char *text, size_t length, const campaign_csv_options *options)
{
    campaign_table *header = NULL;
    (void)campaign_io_parse_csv(&header, NULL, text, header_length(text, length), options, NULL, NULL);
    return header;
}

campaign_table *read_header(const char *path, const arguments *given)
{
    campaign_csv_options options;
    char text[65536];
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    const size_t length = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    return read_csv_options(&options, given) ? parse_header(text, length, &options) : NULL;
}

data_kind kind_of_file(const char *path, const arguments *given)
{
    data_kind kind = DATA_ORDERS;
    campaign_table *header = read_header(path, given);
    if (header) kind = guess_kind(header);
    campaign_table_free(header);
    return kind;
}

static bool is_required(const char *words, const char *word)
{
    const size_t length = strlen(word);
    const char *at = strstr(words, word);
    return at && (at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0');
}

static int report_missing(const data_terms *terms, const role *wanted, const campaign_table *header)
{
    (void)fprintf(stderr, "%s:1: no column \"%s\"", terms->path,
                  wanted->also_named ? wanted->also_named : wanted->name);
    (void)fprintf(stderr, "; the columns are");
    for (int32_t c = 0; c < campaign_table_n_columns(header); c++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        if (campaign_table_column(&column, header, c, NULL) != CAMPAIGN_OK) continue;
        (void)fprintf(stderr, "%s %s", c ? "," : "", column.name);
    }
    (void)fprintf(stderr, "; say which one it is with --map %s=COLUMN\n", wanted->name);
    return EXIT_INPUT;
}

/* ---- Declaring -------------------------------------------------------------------------------------------------- */

/* The columns of one file that play a role. */
typedef struct found_columns {
    campaign_csv_column declared[MOST_COLUMNS];
    const char *wanted_names[MOST_COLUMNS];
    char put_together[MOST_COLUMNS][NAME_BYTES]; /* names of columns that a pattern renames */
    bool is_money[MOST_COLUMNS];
    int n;
} found_columns;

static int declare_money(campaign_csv_column *column, const data_terms *terms, const arguments *given)
{
    const int unit = given->amount_unit > UNIT_NONE ? given->amount_unit : terms->unit;
    if (!terms->currency && !terms->report) {
        (void)fprintf(stderr, "%s:1: column \"%s\" is money, and nothing says of which currency; say --currency CNY\n",
                      terms->path, column->name);
        return EXIT_USAGE;
    }
    column->type = unit == UNIT_MINOR ? CAMPAIGN_TYPE_INT64 : CAMPAIGN_TYPE_MONEY;
    if (unit == UNIT_MINOR) return EXIT_DONE;
    column->rounding = given->rounding >= 0 ? given->rounding : terms->rounding;
    (void)snprintf(column->currency, sizeof column->currency, "%s", terms->currency ? terms->currency : "XXX");
    if (terms->currency) return EXIT_DONE;
    column->has_exponent = 1;
    column->exponent = 2;
    column->rounding = CAMPAIGN_ROUND_HALF_EVEN;
    return EXIT_DONE;
}

/* The declared type; 0 = as the cells are. */
static int32_t type_of(role_kind kind)
{
    switch (kind) {
    case ROLE_DAY: return CAMPAIGN_TYPE_TIMESTAMP;
    case ROLE_COUNT: return CAMPAIGN_TYPE_INT64;
    case ROLE_FLOAT: return CAMPAIGN_TYPE_FLOAT64;
    case ROLE_TEXT: return CAMPAIGN_TYPE_UTF8;
    case ROLE_FLAG: return CAMPAIGN_TYPE_BOOL;
    case ROLE_DATE: return CAMPAIGN_TYPE_DATE;
    case ROLE_MONEY:
    case ROLE_NUMBER:
    case ROLE_KEY: break;
    }
    return 0;
}

/* Adds a column of the header as what it is to be read. */
static int declare_one(found_columns *found, const campaign_column *named, const char *wanted_name, role_kind kind,
                       const data_terms *terms, const arguments *given)
{
    campaign_csv_column *column = &found->declared[found->n];
    *column = (campaign_csv_column)CAMPAIGN_CSV_COLUMN_INIT;
    column->name = named->name;
    column->is_key = kind == ROLE_KEY;
    column->type = type_of(kind);
    const int code = kind == ROLE_MONEY ? declare_money(column, terms, given) : EXIT_DONE;
    found->is_money[found->n] = kind == ROLE_MONEY;
    found->wanted_names[found->n++] = wanted_name;
    return code;
}

/* The role such as "cost_*" 成本_* that a column has, with what stands for its star; NULL where it has none. */
static const role *find_pattern(const char **rest, const role_list *roles, const char *name)
{
    for (int i = 0; i < roles->n; i++) {
        const char *const patterns[] = { roles->roles[i].name, roles->roles[i].zh };
        for (int p = 0; p < 2; p++) {
            const size_t length = strlen(patterns[p]) - 1;
            if (patterns[p][length] != '*' || strncmp(patterns[p], name, length) != 0) continue;
            *rest = name + length;
            return &roles->roles[i];
        }
    }
    return NULL;
}

/* A column without a role of its own: under the English name of its pattern, or under its own name as its cells are. */
static int declare_other(found_columns *found, const campaign_column *named, const data_terms *terms,
                         const arguments *given)
{
    const char *rest = "";
    const role *pattern = find_pattern(&rest, &terms->roles, named->name);
    if (!pattern) return declare_one(found, named, named->name, ROLE_NUMBER, terms, given);
    char *name = found->put_together[found->n];
    const int length = snprintf(name, NAME_BYTES, "%.*s%s", (int)strlen(pattern->name) - 1, pattern->name, rest);
    return declare_one(found, named, length < NAME_BYTES ? name : named->name, pattern->kind, terms, given);
}

/* Columns that play no role of their own stay under their names. */
static int declare_others(found_columns *found, const campaign_table *header, const data_terms *terms,
                          const arguments *given)
{
    const int n_roles = found->n;
    int code = EXIT_DONE;
    for (int32_t c = 0; c < campaign_table_n_columns(header) && code == EXIT_DONE; c++) {
        campaign_column named = CAMPAIGN_COLUMN_INIT;
        if (campaign_table_column(&named, header, c, NULL) != CAMPAIGN_OK) continue;
        bool is_found = false;
        for (int i = 0; i < n_roles; i++) is_found = is_found || strcmp(found->declared[i].name, named.name) == 0;
        if (is_found) continue;
        if (found->n == MOST_COLUMNS) {
            (void)fprintf(stderr, "%s:1: more than %d columns\n", terms->path, MOST_COLUMNS);
            return EXIT_INPUT;
        }
        code = declare_other(found, &named, terms, given);
    }
    return code;
}

static int declare(found_columns *found, const campaign_table *header, const data_terms *terms, arguments *given)
{
    found->n = 0;
    for (int i = 0; i < terms->roles.n; i++) {
        const role *wanted = &terms->roles.roles[i];
        campaign_column named = CAMPAIGN_COLUMN_INIT;
        const int32_t index = find_role(header, wanted, given);
        if (index < 0 && is_required(terms->required, wanted->name)) return report_missing(terms, wanted, header);
        if (index < 0 || campaign_table_column(&named, header, index, NULL) != CAMPAIGN_OK) continue;
        const char *wanted_name = terms->report                              ? named.name
                                  : terms->keeps_names && wanted->also_named ? wanted->also_named
                                                                             : wanted->name;
        const int code = declare_one(found, &named, wanted_name, wanted->kind, terms, given);
        if (code != EXIT_DONE) return code;
    }
    return terms->keeps_others ? declare_others(found, header, terms, given) : EXIT_DONE;
}

/* ---- Finishing -------------------------------------------------------------------------------------------------- */

/* Whole numbers of minor units, declared as such, become money. */
static campaign_status make_money(campaign_table **table, const found_columns *found, const char *currency,
                                  campaign_error *error)
{
    for (int i = 0; i < found->n; i++) {
        if (!found->is_money[i] || found->declared[i].type != CAMPAIGN_TYPE_INT64 || !currency) continue;
        campaign_money_options options = CAMPAIGN_MONEY_OPTIONS_INIT;
        campaign_table *money = NULL;
        (void)snprintf(options.currency, sizeof options.currency, "%s", currency);
        options.unit = CAMPAIGN_UNIT_MINOR;
        const campaign_status status =
            campaign_table_to_money(&money, NULL, *table, found->declared[i].name, &options, error);
        if (status != CAMPAIGN_OK) return status;
        campaign_table_free(*table);
        *table = money;
    }
    return CAMPAIGN_OK;
}

/* A table whose columns another one borrows. */
typedef struct lender {
    campaign_table *table;
    int n_borrowers;
} lender;

static void give_back(void *ctx)
{
    lender *from = ctx;
    if (--from->n_borrowers > 0) return;
    campaign_table_free(from->table);
    free(from);
}

static campaign_status borrow(campaign_table_builder *builder, lender *from, int32_t index, const char *name,
                              campaign_error *error)
{
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    const campaign_status status = campaign_table_column(&column, from->table, index, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.type = column.type;
    array.n_rows = column.n_rows;
    array.n_dictionary = column.n_dictionary;
    memcpy(array.currency, column.currency, sizeof array.currency);
    array.exponent = column.exponent;
    array.has_exponent = column.type == CAMPAIGN_TYPE_MONEY;
    array.name = name;
    array.validity = column.validity;
    array.values = column.values;
    array.offsets = column.offsets;
    array.codes = column.codes;
    array.release = give_back;
    array.ctx = from;
    from->n_borrowers++;
    return campaign_table_builder_add_array(builder, &array, error);
}

/* Gives the columns their wanted names. Takes *table; what is read from a file starts at bit 0, as borrowing needs. */
static campaign_status rename_columns(campaign_table **table, const found_columns *found, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    lender *from = calloc(1, sizeof *from);
    if (!from) {
        error->code = CAMPAIGN_E_NOMEM;
        (void)snprintf(error->message, sizeof error->message, "%s", campaign_status_text(CAMPAIGN_E_NOMEM, "en"));
        return CAMPAIGN_E_NOMEM;
    }
    *from = (lender){ *table, 1 };
    *table = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int i = 0; i < found->n && status == CAMPAIGN_OK; i++)
        status = borrow(builder, from, campaign_table_find(from->table, found->declared[i].name),
                        found->wanted_names[i], error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    give_back(from);
    return status;
}

static void tell_skipped(const char *path, const campaign_csv_report *report)
{
    if (report->n_skipped)
        (void)fprintf(stderr, "%s: %lld of %lld rows left out; campaign check lists them\n", path,
                      (long long)report->n_skipped, (long long)report->n_records);
    if (report->n_rounded) (void)fprintf(stderr, "%s: %lld amounts rounded\n", path, (long long)report->n_rounded);
}

/* A file in memory on its way to a table. */
typedef struct reading {
    char *text;
    size_t length;
    campaign_csv_options options;
    found_columns found;
} reading;

static int parse(campaign_table **table, campaign_csv_report *report, reading *file, const data_terms *terms,
                 const arguments *given)
{
    campaign_error error = { 0 };
    const campaign_runtime runtime = make_runtime(given);
    file->options.columns = file->found.declared;
    file->options.n_columns = file->found.n;
    file->options.keeps_only_declared = file->found.n > 0;
    if (terms->report) {
        file->options.on_problem = CAMPAIGN_CSV_SKIP;
        file->options.problem_limit = INT32_MAX; /* all, so that rows that were read can be numbered as in the file */
    }
    campaign_status status =
        campaign_io_parse_csv(table, report, file->text, file->length, &file->options, &runtime, &error);
    if (status == CAMPAIGN_OK) status = make_money(table, &file->found, terms->currency, &error);
    if (status == CAMPAIGN_OK) status = rename_columns(table, &file->found, &error);
    return status == CAMPAIGN_OK ? EXIT_DONE : report_error(terms->path, &error);
}

int read_data(campaign_table **table, const data_terms *terms, arguments *given)
{
    campaign_csv_report own = CAMPAIGN_CSV_REPORT_INIT;
    campaign_csv_report *report = terms->report ? terms->report : &own;
    reading file = { .text = NULL };
    *table = NULL;
    if (!read_csv_options(&file.options, given)) return EXIT_USAGE;
    file.text = read_text(terms->path, &file.length);
    if (!file.text) return EXIT_OTHER;
    campaign_table *header = parse_header(file.text, file.length, &file.options);
    int code = header ? declare(&file.found, header, terms, given) : EXIT_DONE;
    if (code == EXIT_DONE) code = parse(table, report, &file, terms, given);
    if (code == EXIT_DONE && !terms->report) tell_skipped(terms->path, report);
    campaign_table_free(own.problems);
    campaign_table_free(own.counts);
    campaign_table_free(header);
    free(file.text);
    return code;
}

bool check_maps(const arguments *given)
{
    for (int i = 0; i < given->n_maps; i++) {
        const column_map *map = &given->maps[i];
        if (map->is_used) continue;
        (void)fprintf(stderr, "campaign: --map %.*s=%s: no file has such a column for such a role\n",
                      (int)map->role_length, map->role, map->name);
        return false;
    }
    return true;
}
