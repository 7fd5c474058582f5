/* Reads the command line with getopt_long. Knows the options and which verbs take them, not what they do with them. */
#include "cli/arguments.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/argument_values.h"

/* Options without a letter are numbered by their row in this table. */
enum { FIRST_OPTION = 1000, MOST_OPTIONS = 64 };

typedef enum option_id {
    OPT_AMOUNT_UNIT,
    OPT_AS_OF,
    OPT_BINS,
    OPT_BOTTOM_UP,
    OPT_CALENDAR,
    OPT_COLUMNS,
    OPT_CURRENCY,
    OPT_CUSTOMERS,
    OPT_DAILY,
    OPT_DAYS,
    OPT_DAY_STARTS,
    OPT_DELIMITER,
    OPT_DEVIATION,
    OPT_DORMANT,
    OPT_DRIVERS,
    OPT_ENCODING,
    OPT_FORCE,
    OPT_FORM,
    OPT_FORMAT,
    OPT_FREQUENCY,
    OPT_FROM,
    OPT_HELP,
    OPT_HISTORY,
    OPT_INPUT,
    OPT_LANG,
    OPT_LIMIT,
    OPT_MAP,
    OPT_METHOD,
    OPT_NO_BOM,
    OPT_NODES,
    OPT_ORDERS,
    OPT_OUTPUT,
    OPT_OVERLAY,
    OPT_PERIODS,
    OPT_REGION,
    OPT_REGIONS,
    OPT_REPS,
    OPT_ROUNDING,
    OPT_SEASON,
    OPT_SEGMENTS,
    OPT_SET,
    OPT_SKIP,
    OPT_SPEND,
    OPT_TABLE,
    OPT_TEN_THOUSANDS,
    OPT_THREADS,
    OPT_TIER,
    OPT_TIES,
    OPT_TO,
    OPT_VERSION,
    OPT_WINDOW,
    OPT_WORKING_DAYS,
    OPT_YEAR,
    N_OPTIONS
} option_id;

/* Verbs that read tables and give tables. What only some kinds of a verb do is theirs: "tasks:list". */
#define READING_VERBS                                                                                                  \
    "forecast tier plan diff evaluate allocate respond followups risks conflicts approvals schedule level review "     \
    "tasks:recurring tasks:completion tasks:headcount"
#define TABLE_VERBS READING_VERBS " tasks:list"

/* An option, its letter where it has one, and the verbs that take it, or kinds of a verb; NULL: all. */
static const struct {
    const char *name;
    int has_value;
    char letter;
    const char *verbs;
} options[N_OPTIONS] = {
    [OPT_AMOUNT_UNIT] = { "amount-unit", 1, 0,
                          "check forecast tier plan diff evaluate allocate respond risks conflicts approvals "
                          "tasks:headcount" },
    [OPT_AS_OF] = { "as-of", 1, 0, "export tier evaluate followups risks schedule tasks:completion" },
    [OPT_BINS] = { "bins", 1, 0, "tier" },
    [OPT_BOTTOM_UP] = { "bottom-up", 1, 0, "plan diff" },
    [OPT_CALENDAR] = { "calendar", 1, 0, "schedule level" },
    [OPT_COLUMNS] = { "columns", 1, 0, TABLE_VERBS },
    [OPT_CURRENCY] = { "currency", 1, 0,
                       "export new check forecast tier allocate respond risks conflicts approvals tasks:headcount" },
    [OPT_CUSTOMERS] = { "customers", 1, 0, "respond" },
    [OPT_DAILY] = { "daily", 1, 0, "plan diff evaluate" },
    [OPT_DAYS] = { "days", 0, 0, "calendar" },
    [OPT_DAY_STARTS] = { "day-starts-at", 1, 0, "forecast tier evaluate" },
    [OPT_DELIMITER] = { "delimiter", 1, 0, "check " READING_VERBS },
    [OPT_DEVIATION] = { "deviation", 1, 0, "evaluate" },
    [OPT_DORMANT] = { "dormant-after-days", 1, 0, "tier" },
    [OPT_DRIVERS] = { "drivers", 1, 0, "plan diff" },
    [OPT_ENCODING] = { "encoding", 1, 0, "check " READING_VERBS },
    [OPT_FORCE] = { "force", 0, 0, "new" },
    [OPT_FORM] = { "form", 1, 0, "export" },
    [OPT_FORMAT] = { "format", 1, 'f', "export calendar explain " TABLE_VERBS },
    [OPT_FREQUENCY] = { "frequency", 1, 0, "tier" },
    [OPT_FROM] = { "from", 1, 0, "calendar forecast schedule level tasks:recurring" },
    [OPT_HELP] = { "help", 0, 'h', NULL },
    [OPT_HISTORY] = { "history", 1, 0, "respond" },
    [OPT_INPUT] = { "input", 1, 0,
                    "allocate followups risks conflicts approvals schedule level tasks:recurring tasks:completion "
                    "tasks:headcount review" },
    [OPT_LANG] = { "lang", 1, 'l', NULL },
    [OPT_LIMIT] = { "limit", 1, 0, "check calendar explain " TABLE_VERBS },
    [OPT_MAP] = { "map", 1, 'm', "check " READING_VERBS },
    [OPT_METHOD] = { "method", 1, 0, "forecast" },
    [OPT_NO_BOM] = { "no-bom", 0, 0, "export new calendar explain " TABLE_VERBS },
    [OPT_NODES] = { "nodes", 1, 0, "calendar forecast plan diff" },
    [OPT_ORDERS] = { "orders", 1, 0, "plan diff evaluate" },
    [OPT_OUTPUT] = { "output", 1, 'o', "export new calendar " TABLE_VERBS " tasks:templates" },
    [OPT_OVERLAY] = { "overlay", 1, 0,
                      "calendar forecast plan diff respond followups risks schedule level tasks:recurring review" },
    [OPT_PERIODS] = { "periods", 1, 0, "calendar" },
    [OPT_REGION] = { "region", 1, 0,
                     "calendar forecast plan diff respond followups schedule level tasks:recurring review" },
    [OPT_REGIONS] = { "regions", 1, 0, "calendar respond" },
    [OPT_REPS] = { "reps", 1, 0, "respond" },
    [OPT_ROUNDING] = { "rounding", 1, 0,
                       "check forecast tier plan diff evaluate allocate respond risks conflicts approvals "
                       "tasks:headcount" },
    [OPT_SEASON] = { "season", 1, 0, "forecast" },
    [OPT_SEGMENTS] = { "segments", 1, 0, "tier" },
    [OPT_SET] = { "set", 1, 0, "allocate forecast followups conflicts approvals schedule level review" },
    [OPT_SKIP] = { "skip", 0, 0, READING_VERBS },
    [OPT_SPEND] = { "spend", 1, 0, "evaluate" },
    [OPT_TABLE] = { "table", 1, 0, TABLE_VERBS },
    [OPT_TEN_THOUSANDS] = { "ten-thousands", 0, 0, "export" },
    [OPT_THREADS] = { "threads", 1, 0, "check " READING_VERBS },
    [OPT_TIER] = { "tier", 1, 0, "calendar" },
    [OPT_TIES] = { "ties", 1, 0, "tier" },
    [OPT_TO] = { "to", 1, 0, "calendar forecast tasks:recurring" },
    [OPT_VERSION] = { "version", 0, 0, NULL },
    [OPT_WINDOW] = { "window", 1, 0, "forecast" },
    [OPT_WORKING_DAYS] = { "working-days", 1, 0, "calendar" },
    [OPT_YEAR] = { "year", 1, 0, "new calendar forecast" },
};

_Static_assert((int)N_OPTIONS < (int)MOST_OPTIONS, "the list for getopt_long has room for all and its end");

/* ---- Options ---------------------------------------------------------------------------------------------------- */

#define N_WORDS(array) ((int)(sizeof(array) / sizeof *(array)))

static bool take_word(arguments *given, option_id option, const char *value)
{
    static const char *const formats[] = { "auto", "table", "csv", "json", "xlsx", "ics", "html" },
                             *const languages[] = { "en", "zh" };
    static const char *const encodings[] = { "utf-8", "gb18030", "auto" };
    static const char *const units[] = { "none", "major", "minor" };
    static const char *const ties[] = { "value", "rank_first", "rank_average", "r_rfm", "ntile" };
    static const char *const counts[] = { "usual", "orders", "days", "rows" };
    static const char *const roundings[] = { "none", "half_up", "half_even", "half_down",
                                             "up",   "down",    "floor",     "ceiling" };
    static const char *const seasons[] = { "usual", "quarter", "month", "iso_week", "fiscal_week", "none" };
    static const char *const methods[] = { "to_year", "to_moving" };
    const char *name = options[option].name;
    int word = 0;
    if (option == OPT_FORMAT) {
        word = read_word(name, value, formats, N_WORDS(formats));
        given->format = word <= (int)FORMAT_JSON ? (output_format)word : FORMAT_AUTO;
        given->file_format = word > (int)FORMAT_JSON ? (file_format)(word - (int)FORMAT_JSON) : FILE_NONE;
    } else if (option == OPT_LANG) {
        word = read_word(name, value, languages, N_WORDS(languages));
        given->language = value;
    } else if (option == OPT_ENCODING) {
        given->encoding = word = read_word(name, value, encodings, N_WORDS(encodings));
    } else if (option == OPT_AMOUNT_UNIT) {
        given->amount_unit = word = read_word(name, value, units, N_WORDS(units));
    } else if (option == OPT_TIES) {
        given->ties = word = read_word(name, value, ties, N_WORDS(ties));
    } else if (option == OPT_SEASON) {
        given->season = word = read_word(name, value, seasons, N_WORDS(seasons));
    } else if (option == OPT_METHOD) {
        given->method = word = read_word(name, value, methods, N_WORDS(methods));
    } else if (option == OPT_FREQUENCY) {
        given->frequency = word = read_word(name, value, counts, N_WORDS(counts));
    } else {
        given->rounding = word = read_word(name, value, roundings, N_WORDS(roundings));
    }
    return word >= 0;
}

/* Where the text of an option goes that is taken as it is; NULL for other options. */
static const char **text_of(arguments *given, option_id option)
{
    switch ((int)option) {
    case OPT_BOTTOM_UP: return &given->bottom_up;
    case OPT_COLUMNS: return &given->columns;
    case OPT_CUSTOMERS: return &given->customers;
    case OPT_HISTORY: return &given->history;
    case OPT_REPS: return &given->reps;
    case OPT_DRIVERS: return &given->drivers;
    case OPT_ORDERS: return &given->orders;
    case OPT_DAILY: return &given->daily;
    case OPT_SPEND: return &given->spend;
    case OPT_SEGMENTS: return &given->segments;
    case OPT_REGION: return &given->region;
    case OPT_REGIONS: return &given->regions;
    case OPT_TIER: return &given->tier;
    case OPT_PERIODS: return &given->periods;
    case OPT_FROM: return &given->from;
    case OPT_TO: return &given->to;
    case OPT_AS_OF: return &given->as_of;
    case OPT_DELIMITER: return &given->delimiter;
    case OPT_TABLE: return &given->table;
    case OPT_OUTPUT: return &given->output;
    default: return NULL;
    }
}

static bool take_value(arguments *given, option_id option, const char *value)
{
    const char **text = text_of(given, option), *name = options[option].name;
    if (text) {
        *text = value;
        return true;
    }
    switch ((int)option) {
    case OPT_YEAR: return read_whole(&given->year, name, value, 1, 9998);
    case OPT_BINS: return read_whole(&given->n_bins, name, value, 2, 20);
    case OPT_DORMANT: return read_whole(&given->dormant_after_days, name, value, 1, 100000);
    case OPT_LIMIT: return read_whole(&given->limit, name, value, 1, 1000000000);
    case OPT_THREADS: return read_whole(&given->n_threads, name, value, -1, 1024);
    case OPT_DAY_STARTS: return read_clock(&given->day_starts_at_minutes, value);
    case OPT_DEVIATION: given->has_deviation = true; return read_share(&given->deviation_ppm, value);
    case OPT_WORKING_DAYS:
        given->has_working_days = true;
        return read_whole(&given->working_days, name, value, -1000000, 1000000);
    case OPT_FORMAT:
    case OPT_LANG:
    case OPT_ENCODING:
    case OPT_AMOUNT_UNIT:
    case OPT_TIES:
    case OPT_FREQUENCY:
    case OPT_SEASON:
    case OPT_METHOD:
    case OPT_ROUNDING: return take_word(given, option, value);
    case OPT_OVERLAY: return add_file(given->overlays, &given->n_overlays, MOST_DOCUMENTS, value);
    case OPT_NODES: return add_file(given->node_files, &given->n_node_files, MOST_DOCUMENTS, value);
    case OPT_FORM: return add_file(given->forms, &given->n_forms, MOST_FILES, value);
    case OPT_WINDOW: return add_file(given->windows, &given->n_windows, MOST_WINDOWS, value);
    case OPT_MAP: return add_map(given, value);
    case OPT_CALENDAR: return add_pair(given->calendars, &given->n_calendars, name, value);
    case OPT_INPUT: return add_pair(given->inputs, &given->n_inputs, name, value);
    case OPT_SET: return add_pair(given->settings, &given->n_settings, name, value);
    case OPT_CURRENCY: given->currency = value; return check_currency(value);
    case OPT_DAYS: return given->shows_days = true;
    case OPT_TEN_THOUSANDS: return given->is_in_ten_thousands = true;
    case OPT_SKIP: return given->skips = true;
    case OPT_NO_BOM: return given->omits_bom = true;
    case OPT_FORCE: return given->is_forced = true;
    case OPT_VERSION: return given->wants_version = true;
    case OPT_HELP: return given->wants_help = true;
    default: return false;
    }
}

static bool has_word(const char *words, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = words; (at = strstr(at, word)) != NULL; at += length)
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) return true;
    return false;
}

/* Whether the verb, or its kind, which stands where others have a file, takes an option. */
static bool takes(const arguments *given, const char *verbs)
{
    char kind[64];
    if (!verbs || has_word(verbs, given->verb)) return true;
    if (given->n_files == 0) return false;
    (void)snprintf(kind, sizeof kind, "%s:%s", given->verb, given->files[0]);
    return has_word(verbs, kind);
}

/* Every option must be one that the verb takes. */
static bool check_options(const arguments *given, const bool *is_given)
{
    static const char known[] = "new check calendar explain export schema tasks " TABLE_VERBS;
    if (given->verb && given->columns && !given->table) {
        (void)fprintf(stderr, "campaign %s: --columns picks those of a --table\n", given->verb);
        return false;
    }
    if (!given->verb || !has_word(known, given->verb)) return true;
    const char *kind = strcmp(given->verb, "tasks") == 0 && given->n_files > 0 ? given->files[0] : NULL;
    for (int i = 0; i < N_OPTIONS; i++)
        if (is_given[i] && !takes(given, options[i].verbs)) {
            (void)fprintf(stderr, "campaign %s%s%s: takes no --%s; campaign --help lists what each verb takes\n",
                          given->verb, kind ? " " : "", kind ? kind : "", options[i].name);
            return false;
        }
    if (!given->file_format || strcmp(given->verb, "export") == 0) return true;
    (void)fprintf(stderr, "campaign %s: writes no such files; campaign export does\n", given->verb);
    return false;
}

static void list_options(struct option *list, char *letters)
{
    *letters++ = ':'; /* tells a missing value from an unknown option */
    for (int i = 0; i < N_OPTIONS; i++) {
        list[i] = (struct option){ options[i].name, options[i].has_value ? required_argument : no_argument, NULL,
                                   FIRST_OPTION + i };
        if (options[i].letter) *letters++ = options[i].letter;
        if (options[i].letter && options[i].has_value) *letters++ = ':';
    }
    list[N_OPTIONS] = (struct option){ NULL, 0, NULL, 0 };
    *letters = '\0';
}

static int find_letter(int letter)
{
    int i = 0;
    while (i < N_OPTIONS && options[i].letter != letter) i++;
    return i;
}

/* What getopt_long could not take. */
static bool refuse(int option, char **argv)
{
    if (option == ':')
        (void)fprintf(stderr, "campaign: %s needs a value\n", argv[optind - 1]);
    else if (optopt && optopt < FIRST_OPTION)
        (void)fprintf(stderr, "campaign: there is no option -%c; campaign --help lists them\n", optopt);
    else
        (void)fprintf(stderr, "campaign: there is no option %s; campaign --help lists them\n", argv[optind - 1]);
    return false;
}

bool read_arguments(arguments *given, int argc, char **argv)
{
    struct option list[MOST_OPTIONS];
    char letters[MOST_OPTIONS * 2];
    bool is_given[N_OPTIONS] = { false };
    int option;
    memset(given, 0, sizeof *given);
    given->n_threads = given->rounding = given->encoding = given->amount_unit = -1;
    list_options(list, letters);
    opterr = 0;
    while ((option = getopt_long(argc, argv, letters, list, NULL)) != -1) {
        if (option == '?' || option == ':') return refuse(option, argv);
        const int id = option >= FIRST_OPTION ? option - FIRST_OPTION : find_letter(option);
        is_given[id] = true;
        if (!take_value(given, (option_id)id, optarg)) return false;
    }
    for (int i = optind; i < argc; i++) {
        if (!given->verb)
            given->verb = argv[i];
        else if (!add_file(given->files, &given->n_files, MOST_FILES, argv[i]))
            return false;
    }
    return check_options(given, is_given);
}

bool is_chinese(const arguments *given)
{
    if (given->language) return strcmp(given->language, "zh") == 0;
    const char *all = getenv("LC_ALL"), *language = getenv("LANG");
    const char *locale = all && *all ? all : language;
    return locale && strncmp(locale, "zh", 2) == 0;
}

const char *language_of(const arguments *given)
{
    return is_chinese(given) ? "zh" : "en";
}
