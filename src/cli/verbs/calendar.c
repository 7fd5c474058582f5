/* campaign calendar: nodes, days or periods of a range, or a working-day deadline. */
#include <stdio.h>

#include "cli/input.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/verbs/verbs.h"

static const char *const period_names[] = { "month",        "quarter",        "year",        "iso_week", "fiscal_week",
                                            "fiscal_month", "fiscal_quarter", "fiscal_year", "plan_week" };
enum { N_PERIODS = sizeof period_names / sizeof *period_names, TERMINAL_ROWS = 400 };

/* The asked range: --from and --to, or the whole of --year. */
static bool read_range(int32_t *first, int32_t *end, const arguments *given)
{
    if (given->year)
        return campaign_date_from_civil(first, given->year, 1, 1, NULL) == CAMPAIGN_OK &&
               campaign_date_from_civil(end, given->year + 1, 1, 1, NULL) == CAMPAIGN_OK;
    if (!given->from || !given->to) {
        (void)fprintf(stderr, "campaign calendar: say --year 2027, or --from and --to (the day after the last)\n");
        return false;
    }
    if (!read_day(first, "from", given->from) || !read_day(end, "to", given->to)) return false;
    if (*end < *first)
        (void)fprintf(stderr, "campaign calendar: --to %s lies before --from %s\n", given->to, given->from);
    return *end >= *first;
}

static int print_deadline(const campaign_calendar *calendar, const arguments *given)
{
    int32_t from = 0, deadline = 0;
    campaign_error error;
    char text[CAMPAIGN_DATE_TEXT];
    if (!given->from) {
        (void)fprintf(stderr, "campaign calendar: --working-days needs --from DATE\n");
        return EXIT_USAGE;
    }
    if (!read_day(&from, "from", given->from)) return EXIT_USAGE;
    if (campaign_calendar_add_working_days(&deadline, calendar, from, given->working_days, &error) != CAMPAIGN_OK)
        return report_error(NULL, &error);
    (void)campaign_date_format(text, deadline);
    (void)printf("%s\n", text);
    return EXIT_DONE;
}

/* ---- Tables ----------------------------------------------------------------------------------------------------- */

typedef enum listing { LIST_NODES, LIST_DAYS, LIST_PERIODS } listing;

static campaign_status list(campaign_table **table, const campaign_calendar *calendar, int32_t first, int32_t end,
                            const arguments *given, campaign_error *error)
{
    static const char *const tiers[] = { "any", "big", "small" };
    if (given->shows_days) return campaign_calendar_days(table, calendar, first, end, error);
    if (given->periods) {
        campaign_period_options options = CAMPAIGN_PERIOD_OPTIONS_INIT;
        options.kind = read_word("periods", given->periods, period_names, N_PERIODS) + 1;
        return options.kind ? campaign_calendar_periods(table, calendar, first, end, &options, error)
                            : CAMPAIGN_E_ARGUMENT;
    }
    campaign_nodes_options options = CAMPAIGN_NODES_OPTIONS_INIT;
    options.regions = given->regions;
    options.tier = given->tier ? read_word("tier", given->tier, tiers, 3) : 0;
    return options.tier >= 0 ? campaign_calendar_nodes(table, calendar, first, end, &options, error)
                             : CAMPAIGN_E_ARGUMENT;
}

static void show_nodes(shown_table *shown)
{
    const shown_column columns[] = {
        { "date", "day", "日期", CELL_AS_IS },
        { shown->is_chinese ? "name" : "name_en", "node", "节点", CELL_AS_IS },
        { "tier", "tier", "级别", CELL_WORD },
        { "preheat_start", "preheat from", "预热开始", CELL_AS_IS },
        { "peak_start", "peak from", "爆发开始", CELL_AS_IS },
        { "peak_end", "peak to", "爆发结束", CELL_LAST_DAY },
        { shown->is_chinese ? "theme" : "theme_en", "theme", "主题", CELL_AS_IS },
    };
    shown->columns = columns;
    shown->n_columns = (int)(sizeof columns / sizeof *columns);
    show_columns(shown);
}

static void show_days(shown_table *shown)
{
    const shown_column columns[] = {
        { "date", "day", "日期", CELL_AS_IS },
        { "weekday", "weekday", "星期", CELL_WEEKDAY },
        { "kind", "kind", "类别", CELL_WORD },
        { "is_makeup", "make-up", "调休上班", CELL_WORD },
        { shown->is_chinese ? "name" : "name_en", "holiday", "假日", CELL_AS_IS },
        { "lunar", "lunar", "农历", CELL_AS_IS },
        { "solar_term", "solar term", "节气", CELL_AS_IS },
        { "is_provisional", "provisional", "暂定", CELL_WORD },
    };
    shown->columns = columns;
    shown->n_columns = (int)(sizeof columns / sizeof *columns);
    show_columns(shown);
}

static void show_periods(shown_table *shown)
{
    static const shown_column columns[] = {
        { "label", "period", "期间", CELL_AS_IS },
        { "start", "first day", "第一天", CELL_AS_IS },
        { "end", "last day", "最后一天", CELL_LAST_DAY },
        { "n_days", "days", "天数", CELL_AS_IS },
        { "n_working_days", "working days", "工作日", CELL_AS_IS },
    };
    shown->columns = columns;
    shown->n_columns = (int)(sizeof columns / sizeof *columns);
    show_columns(shown);
}

static int print_list(const campaign_table *table, const arguments *given)
{
    static const char *const names[] = { "nodes", "days", "periods" };
    const listing kind = given->shows_days ? LIST_DAYS : given->periods ? LIST_PERIODS : LIST_NODES;
    int code = EXIT_DONE;
    if (given->output) code = make_folder(given->output);
    if (code == EXIT_DONE && given->output) code = save_table(given->output, names[kind], table, given);
    if (code != EXIT_DONE) return code;
    if (format_of(given, FORMAT_CSV) != FORMAT_TABLE) return print_table(table, given);
    shown_table shown = { table, NULL, 0, NULL, given->limit ? given->limit : TERMINAL_ROWS, is_chinese(given) };
    if (kind == LIST_NODES) show_nodes(&shown);
    if (kind == LIST_DAYS) show_days(&shown);
    if (kind == LIST_PERIODS) show_periods(&shown);
    return EXIT_DONE;
}

int verb_calendar(arguments *given)
{
    campaign_calendar *calendar = NULL;
    if (given->n_files) {
        (void)fprintf(stderr, "campaign calendar: takes no file \"%s\"; documents come with --overlay and --nodes\n",
                      given->files[0]);
        return EXIT_USAGE;
    }
    int code = read_calendar(&calendar, given);
    if (code != EXIT_DONE) return code;
    int32_t first = 0, end = 0;
    campaign_error error = { 0 };
    campaign_table *table = NULL;
    if (given->has_working_days)
        code = print_deadline(calendar, given);
    else if (!read_range(&first, &end, given))
        code = EXIT_USAGE;
    else if (list(&table, calendar, first, end, given, &error) != CAMPAIGN_OK)
        code = error.code ? report_error(NULL, &error) : EXIT_USAGE;
    else
        code = print_list(table, given);
    campaign_table_free(table);
    campaign_calendar_free(calendar);
    return code;
}
