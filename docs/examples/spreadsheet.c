/* Judges a plan against "last year plus 10 %" in a spreadsheet, by what the year then sold.
 *
 * usage: spreadsheet ORDERS.csv PLAN.json HELD_BACK.csv
 *
 * ORDERS.csv holds the history (日期, 金额, 产品线, 区域), HELD_BACK.csv what the planned year sold a day (日期, 金额). The
 * spreadsheet takes each day's sales of the year before, adds a tenth, rounds every cell by itself, and keeps the
 * campaigns on last year's dates. Capacity of a day is 120 % of its target: what stock and staff are laid out for. */
#include <campaign/campaign.h>
#include <campaign/io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MONTHS = 12, DAYS = 366, MOST_KEYS = 16, MOST_CAMPAIGNS = 128 };

/* A year in days, as one of the two ways plans it, or as it came. Amounts in fen. */
typedef struct year_of_days {
    int64_t days[DAYS], months[MONTHS], lost;
    int collisions, wrong_days;
} year_of_days;

typedef struct window {
    int32_t start, end; /* half-open */
} window;

static int32_t first_day, n_days; /* of the planned year */

static int fail(const char *what, const campaign_error *error)
{
    (void)fprintf(stderr, "spreadsheet: %s: %s %s\n", what, error->where, error->message);
    exit(1);
}

static int month_of(int32_t day)
{
    int32_t year, month, day_of_month;
    (void)campaign_date_to_civil(&year, &month, &day_of_month, day, NULL);
    return month - 1;
}

static int64_t cell(const campaign_table *table, const char *column, int64_t row)
{
    return campaign_table_int64(table, campaign_table_find(table, column), row);
}

/* ---- Reading ---- */

static campaign_table *read_orders(const char *path, int n_columns)
{
    campaign_csv_column columns[4] = { CAMPAIGN_CSV_COLUMN_INIT, CAMPAIGN_CSV_COLUMN_INIT, CAMPAIGN_CSV_COLUMN_INIT,
                                       CAMPAIGN_CSV_COLUMN_INIT };
    static const char *const names[4] = { "日期", "金额", "产品线", "区域" };
    static const int32_t types[4] = { CAMPAIGN_TYPE_DATE, CAMPAIGN_TYPE_MONEY, CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_UTF8 };
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    campaign_table *table = NULL;
    campaign_error error;
    for (int i = 0; i < 4; i++) {
        columns[i].name = names[i];
        columns[i].type = types[i];
    }
    memcpy(columns[1].currency, "CNY", 4);
    options.columns = columns;
    options.n_columns = n_columns;
    options.keeps_only_declared = 1;
    if (campaign_io_read_csv(&table, NULL, path, &options, NULL, &error) != CAMPAIGN_OK) fail(path, &error);
    return table;
}

static campaign_plan *read_plan(const char *path)
{
    campaign_plan *plan = NULL;
    campaign_error error;
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    long length = 0;
    if (file && fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) > 0 && (text = malloc((size_t)length))) {
        rewind(file);
        length = (long)fread(text, 1, (size_t)length, file);
    }
    if (file) (void)fclose(file);
    if (campaign_plan_load(&plan, text ? text : "", (size_t)length, &error) != CAMPAIGN_OK) fail(path, &error);
    free(text);
    return plan;
}

/* ---- The year as it came, and as the plan has it ---- */

static void add_up_months(year_of_days *year)
{
    for (int32_t i = 0; i < n_days; i++) year->months[month_of(first_day + i)] += year->days[i];
}

static void read_days(year_of_days *year, const campaign_table *daily)
{
    for (int64_t row = 0; row < campaign_table_n_rows(daily); row++) {
        const int64_t i = cell(daily, "日期", row) - first_day;
        if (i >= 0 && i < n_days) year->days[i] += cell(daily, "金额", row);
    }
    add_up_months(year);
}

static int count_collisions(const window *windows, int n)
{
    int collisions = 0;
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++)
            collisions += windows[i].start < windows[j].end && windows[j].start < windows[i].end;
    return collisions;
}

static void read_plan_year(year_of_days *year, const campaign_plan *plan)
{
    static const char *const dimensions[] = { "product_line", "market", "channel", "tier", "rep" };
    campaign_table *targets = NULL, *campaigns = NULL;
    campaign_error error;
    window windows[MOST_CAMPAIGNS];
    char level[16];
    int n = 0;
    if (campaign_plan_table(&targets, plan, "targets", &error) != CAMPAIGN_OK ||
        campaign_plan_table(&campaigns, plan, "campaigns", &error) != CAMPAIGN_OK)
        fail("plan", &error);
    for (int64_t row = 0; row < campaign_table_n_rows(targets); row++) {
        int is_whole = 1;
        for (int i = 0; i < 5; i++)
            is_whole = is_whole && campaign_table_is_null(targets, campaign_table_find(targets, dimensions[i]), row);
        (void)campaign_table_format(level, sizeof level, targets, campaign_table_find(targets, "level"), row);
        if (is_whole && strcmp(level, "day") == 0)
            year->days[cell(targets, "start", row) - first_day] = cell(targets, "target", row);
    }
    for (int64_t row = 0; row < campaign_table_n_rows(campaigns) && n < MOST_CAMPAIGNS; row++, n++) {
        windows[n].start = (int32_t)cell(campaigns, "start", row);
        windows[n].end = (int32_t)cell(campaigns, "end", row);
    }
    year->collisions = count_collisions(windows, n);
    add_up_months(year);
    campaign_table_free(campaigns);
    campaign_table_free(targets);
}

/* ---- The spreadsheet ---- */

/* The same date one year before; 29 February takes the 28th. */
static int32_t last_year(int32_t day)
{
    int32_t year, month, day_of_month, result = 0;
    (void)campaign_date_to_civil(&year, &month, &day_of_month, day, NULL);
    if (campaign_date_from_civil(&result, year - 1, month, day_of_month, NULL) != CAMPAIGN_OK)
        (void)campaign_date_from_civil(&result, year - 1, month, day_of_month - 1, NULL);
    return result;
}

static int find_key(char keys[MOST_KEYS][64], int *n, const campaign_table *orders, const char *column, int64_t row)
{
    char text[64];
    (void)campaign_table_format(text, sizeof text, orders, campaign_table_find(orders, column), row);
    for (int i = 0; i < *n; i++)
        if (strcmp(keys[i], text) == 0) return i;
    if (*n == MOST_KEYS) return 0;
    memcpy(keys[*n], text, sizeof text);
    return (*n)++;
}

/* Every month by product line and region, each cell rounded to the fen by itself: what is lost or invented. */
static void round_cells(year_of_days *year, const campaign_table *orders)
{
    static char lines[MOST_KEYS][64], regions[MOST_KEYS][64];
    static int64_t sold[MOST_KEYS][MOST_KEYS];
    int n_lines = 0, n_regions = 0;
    int64_t all = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(orders); row++) {
        const int64_t minor = cell(orders, "金额", row);
        sold[find_key(lines, &n_lines, orders, "产品线", row)][find_key(regions, &n_regions, orders, "区域", row)] +=
            minor;
        all += minor;
    }
    for (int month = 0; month < MONTHS; month++) {
        int64_t sum = 0;
        for (int line = 0; line < n_lines; line++)
            for (int region = 0; region < n_regions; region++)
                sum += (int64_t)((double)year->months[month] * (double)sold[line][region] / (double)all + 0.5);
        year->lost += llabs(sum - year->months[month]);
    }
}

/* The plan's campaigns and every other big node, on the dates they had a year before. */
static void copy_campaigns(year_of_days *year)
{
    campaign_calendar *calendar = NULL;
    campaign_table *then = NULL, *now = NULL;
    campaign_nodes_options options = CAMPAIGN_NODES_OPTIONS_INIT;
    campaign_error error;
    window windows[MOST_CAMPAIGNS];
    char id[96], other[96];
    int n = 0;
    options.tier = CAMPAIGN_NODE_BIG;
    if (campaign_calendar_create(&calendar, NULL, &error) != CAMPAIGN_OK ||
        campaign_calendar_nodes(&then, calendar, last_year(first_day), first_day, &options, &error) != CAMPAIGN_OK ||
        campaign_calendar_nodes(&now, calendar, first_day, first_day + n_days, &options, &error) != CAMPAIGN_OK)
        fail("calendar", &error);
    for (int64_t row = 0; row < campaign_table_n_rows(then) && n < MOST_CAMPAIGNS; row++, n++) {
        windows[n].start = (int32_t)cell(then, "preheat_start", row);
        windows[n].end = (int32_t)cell(then, "peak_end", row);
        (void)campaign_table_format(id, sizeof id, then, campaign_table_find(then, "id"), row);
        for (int64_t i = 0; i < campaign_table_n_rows(now); i++) {
            (void)campaign_table_format(other, sizeof other, now, campaign_table_find(now, "id"), i);
            if (strcmp(id, other) == 0)
                year->wrong_days += last_year((int32_t)cell(now, "date", i)) != (int32_t)cell(then, "date", row);
        }
    }
    year->collisions = count_collisions(windows, n);
    campaign_table_free(now);
    campaign_table_free(then);
    campaign_calendar_free(calendar);
}

static void plan_in_spreadsheet(year_of_days *year, const campaign_table *orders)
{
    static int64_t before[DAYS + 1];
    const int32_t from = last_year(first_day);
    for (int64_t row = 0; row < campaign_table_n_rows(orders); row++) {
        const int64_t i = cell(orders, "日期", row) - from;
        if (i >= 0 && i < DAYS) before[i] += cell(orders, "金额", row);
    }
    for (int32_t i = 0; i < n_days; i++) year->days[i] = (before[last_year(first_day + i) - from] * 11 + 5) / 10;
    add_up_months(year);
    round_cells(year, orders);
    copy_campaigns(year);
}

/* ---- Judging ---- */

static double error_of(const year_of_days *year, const year_of_days *came, int month)
{
    return (double)llabs(year->months[month] - came->months[month]) / (double)came->months[month];
}

static void print_row(const char *name, double plan, double sheet, const char *unit, int decimals)
{
    (void)printf("%-44s %8.*f%-2s %10.*f%s\n", name, decimals, plan, unit, decimals, sheet, unit);
}

static int over_capacity(const year_of_days *year, const year_of_days *came)
{
    int n = 0;
    for (int32_t i = 0; i < n_days; i++) n += came->days[i] * 10 > year->days[i] * 12;
    return n;
}

static void compare(const year_of_days *plan, const year_of_days *sheet, const year_of_days *came)
{
    double mean[2] = { 0, 0 }, worst[2] = { 0, 0 }, day_mean[2] = { 0, 0 };
    int64_t total = 0;
    for (int month = 0; month < MONTHS; month++) {
        const double errors[2] = { error_of(plan, came, month), error_of(sheet, came, month) };
        for (int i = 0; i < 2; i++) {
            mean[i] += errors[i] * 100 / MONTHS;
            if (errors[i] * 100 > worst[i]) worst[i] = errors[i] * 100;
        }
    }
    for (int32_t i = 0; i < n_days; i++) {
        total += came->days[i];
        day_mean[0] += (double)llabs(plan->days[i] - came->days[i]);
        day_mean[1] += (double)llabs(sheet->days[i] - came->days[i]);
    }
    (void)printf("%-44s %9s %11s\n", "", "plan", "spreadsheet");
    print_row("monthly targets, mean error", mean[0], mean[1], " %", 1);
    print_row("monthly targets, worst month", worst[0], worst[1], " %", 1);
    print_row("daily targets, error of all sales", day_mean[0] * 100 / (double)total, day_mean[1] * 100 / (double)total,
              " %", 1);
    print_row("lost or invented by rounding, CNY", (double)plan->lost / 100, (double)sheet->lost / 100, "", 2);
    print_row("pairs of campaigns that collide", plan->collisions, sheet->collisions, "", 0);
    print_row("campaigns on a day that has moved", plan->wrong_days, sheet->wrong_days, "", 0);
    print_row("days over capacity (120 % of the target)", over_capacity(plan, came), over_capacity(sheet, came), "", 0);
}

int main(int argc, char **argv)
{
    static year_of_days plan_year, sheet, came;
    if (argc != 4) {
        (void)fprintf(stderr, "usage: spreadsheet ORDERS.csv PLAN.json HELD_BACK.csv\n");
        return 2;
    }
    campaign_table *orders = read_orders(argv[1], 4), *daily = read_orders(argv[3], 2);
    campaign_plan *plan = read_plan(argv[2]);
    first_day = (int32_t)cell(daily, "日期", 0);
    n_days = (int32_t)campaign_table_n_rows(daily);
    if (n_days > DAYS) n_days = DAYS;
    read_days(&came, daily);
    read_plan_year(&plan_year, plan);
    plan_in_spreadsheet(&sheet, orders);
    compare(&plan_year, &sheet, &came);
    campaign_plan_free(plan);
    campaign_table_free(daily);
    campaign_table_free(orders);
    return 0;
}
