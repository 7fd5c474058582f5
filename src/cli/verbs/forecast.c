/* campaign forecast: the seasons of a history, and the weights of a year's days. Response curves have a file of their own. */
#include <campaign/forecast.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/data.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/table_job.h"
#include "cli/terminal.h"
#include "cli/verbs/verbs.h"

static const char *const table_names[] = { "profile", "seasons", "treated", "notes", "skipped", "days" };
enum { PROFILE, SEASONS, TREATED, NOTES, SKIPPED, DAYS, N_TABLES };

/* A window of --window; the node's id is a copy. */
typedef struct asked_windows {
    campaign_season_window items[MOST_WINDOWS];
    char nodes[MOST_WINDOWS][64];
} asked_windows;

/* "d1111", "cny:-20..-1" or "cny:0..6=0.8". */
static bool read_window(campaign_season_window *window, char node[64], const char *text)
{
    *window = (campaign_season_window)CAMPAIGN_SEASON_WINDOW_INIT;
    const char *equals = strchr(text, '='), *end = equals ? equals : text + strlen(text);
    const char *colon = memchr(text, ':', (size_t)(end - text));
    const size_t length = (size_t)((colon ? colon : end) - text);
    int first = 0, last = 0, used = 0;
    bool is_right = length > 0 && length < 64;
    if (is_right && colon)
        is_right = sscanf(colon + 1, "%5d..%5d%n", &first, &last, &used) == 2 && colon + 1 + used == end;
    if (is_right && equals)
        is_right = campaign_number_parse(&window->weight, equals + 1, strlen(equals + 1), NULL) == CAMPAIGN_OK;
    if (!is_right) {
        (void)fprintf(
            stderr,
            "campaign: --window takes NODE, NODE:FIRST..LAST or these with =WEIGHT, such as cny:0..6=0.8; not "
            "\"%s\"\n",
            text);
        return false;
    }
    memcpy(node, text, length);
    node[length] = '\0';
    window->node = node;
    window->first = first;
    window->last = last;
    window->has_weight = equals != NULL;
    return true;
}

static bool read_options(campaign_seasonality_options *options, asked_windows *windows, const arguments *given)
{
    *options = (campaign_seasonality_options)CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options->nulls = given->skips ? CAMPAIGN_FORECAST_NULLS_SKIP : CAMPAIGN_FORECAST_NULLS_FAIL;
    options->season = given->season;
    options->method = given->method;
    options->day_starts_at_minutes = given->day_starts_at_minutes;
    options->language = language_of(given);
    options->windows = windows->items;
    options->n_windows = given->n_windows;
    for (int i = 0; i < given->n_windows; i++)
        if (!read_window(&windows->items[i], windows->nodes[i], given->windows[i])) return false;
    options->has_first_day = given->from != NULL;
    options->has_end_day = given->to != NULL;
    return (!given->from || read_day(&options->first_day, "from", given->from)) &&
           (!given->to || read_day(&options->end_day, "to", given->to));
}

/* ---- Out ------------------------------------------------------------------------------------------------------------ */

static bool is_period(const campaign_table *profile, int64_t row)
{
    return cell_is(profile, "dimension", row, "month") || cell_is(profile, "dimension", row, "quarter");
}

static bool is_weekday(const campaign_table *profile, int64_t row)
{
    return cell_is(profile, "dimension", row, "weekday");
}

static bool is_kind(const campaign_table *profile, int64_t row)
{
    return cell_is(profile, "dimension", row, "day_kind");
}

static bool is_window(const campaign_table *profile, int64_t row)
{
    return cell_is(profile, "dimension", row, "window");
}

static bool has_rows(const campaign_table *table, bool (*is_shown)(const campaign_table *table, int64_t row))
{
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++)
        if (is_shown(table, row)) return true;
    return false;
}

static void show_kind(const campaign_table *profile, const char *heading,
                      bool (*is_shown)(const campaign_table *table, int64_t row), const arguments *given)
{
    const bool is_first = is_shown == is_period;
    const shown_column columns[] = {
        { "dimension", "period", "期间", CELL_WORD },
        { "key", is_first ? "no." : "", is_first ? "序号" : "", is_shown == is_weekday ? CELL_WEEKDAY : CELL_WORD },
        { "index", "index", "指数", CELL_FIGURE },
        { "share", "share", "占比", CELL_PERCENT },
        { "low", "lowest", "最低", CELL_FIGURE },
        { "high", "highest", "最高", CELL_FIGURE },
        { "years", "years", "年数", CELL_AS_IS },
    };
    if (!has_rows(profile, is_shown)) return;
    show_heading(heading);
    const int n_skipped = is_first ? 0 : 1; /* what the heading says already */
    show_columns(&(shown_table){ profile, columns + n_skipped, (int)(sizeof columns / sizeof *columns) - n_skipped,
                                 is_shown, given->limit ? given->limit : 60, is_chinese(given) });
}

static void show_seasons(const campaign_table *seasons, const arguments *given)
{
    static const shown_column columns[] = {
        { "season", "season", "季节", CELL_WORD },
        { "period", "period", "期间", CELL_WORD },
        { "first", "from", "自", CELL_AS_IS },
        { "last", "to", "至", CELL_AS_IS },
        { "index", "index", "指数", CELL_FIGURE },
        { "share", "share", "占比", CELL_PERCENT },
        { "preheat_first", "preheat from", "预热自", CELL_AS_IS },
        { "preheat_latest", "at the latest", "最迟", CELL_AS_IS },
        { "retention_last", "retention to", "留存至", CELL_AS_IS },
    };
    const bool zh = is_chinese(given);
    char text[512];
    if (campaign_table_n_rows(seasons) == 0) return;
    show_heading(zh ? "淡旺季" : "Seasons");
    show_columns(&(shown_table){ seasons, columns, sizeof columns / sizeof *columns, NULL, 60, zh });
    for (int64_t row = 0; row < campaign_table_n_rows(seasons); row++)
        (void)printf("%s- %s\n", row ? "" : "\n", cell_text(text, sizeof text, seasons, "reason", row));
}

static void show_overview(const campaign_table *profile, const campaign_seasonality_report *report,
                          const arguments *given)
{
    const bool zh = is_chinese(given);
    char first[CAMPAIGN_DATE_TEXT] = "-", last[CAMPAIGN_DATE_TEXT] = "-", text[600];
    if (report->end_day > report->first_day) {
        (void)campaign_date_format(first, report->first_day);
        (void)campaign_date_format(last, report->end_day - 1);
    }
    (void)printf(zh ? "%s 至 %s：使用 %lld 行，完整年度 %ld 个；剔除 %ld 天，异常 %ld 天\n"
                    : "Sales from %s to %s: %lld rows, %ld whole years; %ld days left out, %ld outliers\n",
                 first, last, (long long)report->n_used, (long)report->n_years, (long)report->n_closed,
                 (long)report->n_outliers);
    show_kind(profile, zh ? "季与月" : "Quarters and months", is_period, given);
    show_kind(profile, zh ? "星期" : "Weekdays", is_weekday, given);
    show_kind(profile, zh ? "日类型" : "Kinds of day", is_kind, given);
    show_kind(profile, zh ? "窗口" : "Windows", is_window, given);
    show_seasons(report->seasons, given);
    if (campaign_table_n_rows(report->notes) > 0) show_heading(zh ? "提示" : "Notes");
    for (int64_t row = 0; row < campaign_table_n_rows(report->notes); row++)
        (void)printf("- %s\n", cell_text(text, sizeof text, report->notes, "message", row));
}

static int save_all(const campaign_table *const *tables, const arguments *given)
{
    int code = make_folder(given->output);
    for (int i = 0; i < N_TABLES && code == EXIT_DONE; i++)
        if (tables[i]) code = save_table(given->output, table_names[i], tables[i], given);
    return code;
}

static int hand_over(const campaign_table *profile, const campaign_table *days,
                     const campaign_seasonality_report *report, const arguments *given)
{
    const campaign_table *const tables[N_TABLES] = { profile,       report->seasons, report->treated,
                                                     report->notes, report->skipped, days };
    int which = PROFILE;
    if (given->table && (which = read_word("table", given->table, table_names, N_TABLES)) < 0) return EXIT_USAGE;
    if (!tables[which]) {
        (void)fprintf(stderr, "campaign forecast: --table days needs --year, the year whose days are weighed\n");
        return EXIT_USAGE;
    }
    const int code = given->output ? save_all(tables, given) : EXIT_DONE;
    if (code != EXIT_DONE) return code;
    const output_format fallback = given->output ? FORMAT_TABLE : FORMAT_CSV;
    if (given->table || format_of(given, fallback) != FORMAT_TABLE) return print_table(tables[which], given);
    show_overview(profile, report, given);
    return EXIT_DONE;
}

/* ---- The verb -------------------------------------------------------------------------------------------------------- */

static campaign_status weigh_year(campaign_table **days, const campaign_table *profile,
                                  const campaign_calendar *calendar, int year, campaign_error *error)
{
    int32_t first = 0, end = 0;
    if (year == 0) return CAMPAIGN_OK;
    campaign_status status = campaign_date_from_civil(&first, year, 1, 1, error);
    if (status == CAMPAIGN_OK) status = campaign_date_from_civil(&end, year + 1, 1, 1, error);
    if (status == CAMPAIGN_OK) status = campaign_forecast_day_weights(days, profile, calendar, first, end, error);
    return status;
}

static int measure(const campaign_table *sales, const campaign_calendar *calendar, const arguments *given)
{
    campaign_seasonality_options options;
    asked_windows windows;
    if (!read_options(&options, &windows, given)) return EXIT_USAGE;
    campaign_table *profile = NULL, *days = NULL;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    campaign_error error;
    const campaign_runtime runtime = make_runtime(given);
    campaign_status status =
        campaign_forecast_seasonality(&profile, &report, sales, calendar, &options, &runtime, &error);
    if (status == CAMPAIGN_OK) status = weigh_year(&days, profile, calendar, given->year, &error);
    const int code =
        status == CAMPAIGN_OK ? hand_over(profile, days, &report, given) : report_error(given->files[0], &error);
    campaign_seasonality_report_clear(&report);
    campaign_table_free(profile);
    campaign_table_free(days);
    return code;
}

int verb_forecast(arguments *given)
{
    if (given->n_files > 0 && strcmp(given->files[0], "response") == 0) return forecast_response(given);
    if (given->n_files != 1 || given->n_settings > 0) {
        (void)fprintf(stderr, given->n_files != 1 ? "campaign forecast: give one CSV file of sales\n"
                                                  : "campaign forecast: --set is for campaign forecast response\n");
        return EXIT_USAGE;
    }
    data_terms terms = { .path = given->files[0], .required = "date amount", .currency = given->currency };
    terms.roles = roles_of(DATA_ORDERS);
    for (int i = 0; i < terms.roles.n && !given->currency; i++)
        if (terms.roles.roles[i].kind == ROLE_MONEY) terms.roles.roles[i].kind = ROLE_NUMBER;
    campaign_calendar *calendar = NULL;
    campaign_table *sales = NULL;
    int code = read_calendar(&calendar, given);
    if (code == EXIT_DONE) code = read_data(&sales, &terms, given);
    if (code == EXIT_DONE && !check_maps(given)) code = EXIT_USAGE;
    if (code == EXIT_DONE) code = measure(sales, calendar, given);
    campaign_table_free(sales);
    campaign_calendar_free(calendar);
    return code;
}
