/* Makes the orders of an invented chain of 120 snack shops: two years of history and the first quarter of 2027.
 *
 * usage: snack_chain FOLDER [SEED]
 *
 * Writes orders.csv (2025-01-01 to 2026-12-31), q1_orders.csv, q1_daily.csv and q1_spend.csv (2027-01-01 to 2027-03-31),
 * and held_back.csv, the daily sales of another 2027 in which nothing goes wrong.
 * The year moves as such a chain's does: weekends, the weeks before Spring Festival and the silence in it, Mid-Autumn and
 * its gift boxes, National Day, 618 and 11.11. The quarter has two deviations to be found: the Southwest loses a third of
 * its sales from 20 February on, and in March many visitors come who do not buy. Equal seeds give equal files. */
#include <campaign/calendar.h>
#include <campaign/campaign.h>
#include <campaign/io.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_MARKETS = 6, N_LINES = 6, MEMBERS_PER_STORE = 400, SOUTHWEST = 3, GIFTS = 5, PASTRY = 2, QUARTER_DAYS = 90 };

static const char *const markets[N_MARKETS] = { "华东", "华南", "华北", "西南", "华中", "东北" };
static const int stores_in_market[N_MARKETS] = { 34, 26, 22, 18, 12, 8 };
static const char *const lines[N_LINES] = { "坚果炒货", "肉类零食", "烘焙糕点", "糖果蜜饯", "膨化饼干", "节日礼盒" };
static const double line_weight[N_LINES] = { 24, 20, 18, 16, 17, 5 };
static const int price_fen[N_LINES] = { 3900, 3200, 2400, 1800, 1500, 16800 };
static const double weekday_factor[8] = { 0, 0.92, 0.90, 0.92, 0.96, 1.08, 1.18, 1.12 };

typedef struct days_of_year {
    int32_t spring_festival, mid_autumn, first; /* of one Gregorian year */
} days_of_year;

typedef struct generator {
    uint64_t state;
    int64_t next_order;
    int64_t day_orders, day_fen; /* of the day at hand */
    campaign_table_builder *orders;
    campaign_error error;
} generator;

/* What the daily figures and the spend follow. */
typedef struct quarter {
    int64_t orders[QUARTER_DAYS], fen[QUARTER_DAYS];
} quarter;

/* ---- Chance: splitmix64 ---- */

static uint64_t next(generator *g)
{
    uint64_t z = g->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static double uniform(generator *g)
{
    return (double)(next(g) >> 11) * 0x1p-53;
}

/* A whole number whose mean is mean: the whole part, and one more by chance. */
static int about(generator *g, double mean)
{
    const double spread = mean * (0.7 + 0.6 * uniform(g));
    const int whole = (int)spread;
    return whole + (uniform(g) < spread - whole);
}

/* ---- The year ---- */

static days_of_year look_up(int32_t year)
{
    days_of_year found = { 0, 0, 0 };
    const campaign_lunar_date new_year = { year, 1, 1, 0 }, full_moon = { year, 8, 15, 0 };
    (void)campaign_lunar_to_day(&found.spring_festival, &new_year, NULL);
    (void)campaign_lunar_to_day(&found.mid_autumn, &full_moon, NULL);
    (void)campaign_date_from_civil(&found.first, year, 1, 1, NULL);
    return found;
}

static double before(int32_t day, int32_t node, int32_t length, double most)
{
    const int32_t left = node - day;
    return left >= 0 && left <= length ? 1 + (most - 1) * (double)(length - left) / length : 1;
}

/* What a day is worth to a product line, beside an ordinary one. */
static double day_factor(const days_of_year *year, int32_t day, int line)
{
    int32_t y, month, d;
    (void)campaign_date_to_civil(&y, &month, &d, day, NULL);
    double factor = weekday_factor[(day % 7 + 7 + 3) % 7 + 1];
    const int32_t since = day - year->spring_festival;
    factor *= before(day, year->spring_festival - 1, 27, line == GIFTS ? 5.0 : 2.4);
    if (since >= 0 && since < 7) factor *= 0.5;
    if (since >= 7 && since < 21) factor *= 0.85;
    factor *= before(day, year->mid_autumn, 14, line == GIFTS ? 3.5 : line == PASTRY ? 1.8 : 1.1);
    if (month == 10 && d <= 7) factor *= 1.45;
    if (month == 11 && d <= 11) factor *= d == 11 ? 3.0 : 1.2;
    if (month == 6 && d >= 10 && d <= 18) factor *= d == 18 ? 1.8 : 1.15;
    if (month == 12 && d == 12) factor *= 1.5;
    if (month == 7 || month == 8) factor *= 0.9;
    return factor;
}

/* ---- Orders ---- */

static campaign_status start_orders(generator *g)
{
    static const struct {
        const char *name;
        int32_t type;
    } columns[] = {
        { "日期", CAMPAIGN_TYPE_DATE },  { "订单号", CAMPAIGN_TYPE_UTF8 }, { "会员卡号", CAMPAIGN_TYPE_UTF8 },
        { "门店", CAMPAIGN_TYPE_UTF8 },  { "产品线", CAMPAIGN_TYPE_UTF8 }, { "区域", CAMPAIGN_TYPE_UTF8 },
        { "金额", CAMPAIGN_TYPE_MONEY },
    };
    campaign_status status = campaign_table_builder_create(&g->orders, &g->error);
    for (size_t i = 0; i < sizeof columns / sizeof *columns && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(g->orders, columns[i].name, columns[i].type,
                                                   columns[i].type == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, &g->error);
    return status;
}

/* A shop on a day. */
typedef struct place {
    int32_t day;
    int store, market;
} place;

static campaign_status add_line(generator *g, const place *at, int member, int line, int64_t fen)
{
    char order[24], card[24], shop[24];
    const char *const texts[5] = { order, card, shop, lines[line], markets[at->market] };
    (void)snprintf(order, sizeof order, "SO%08lld", (long long)g->next_order);
    (void)snprintf(card, sizeof card, "M%03d%04d", at->store + 1, member);
    (void)snprintf(shop, sizeof shop, "S%03d", at->store + 1);
    campaign_status status = campaign_table_builder_append_int64(g->orders, 0, at->day, &g->error);
    for (int32_t c = 0; c < 5 && status == CAMPAIGN_OK; c++)
        status = campaign_table_builder_append_text(g->orders, c + 1, texts[c], strlen(texts[c]), &g->error);
    g->day_fen += fen;
    return status == CAMPAIGN_OK ? campaign_table_builder_append_int64(g->orders, 6, fen, &g->error) : status;
}

/* A line by its weight of the day. */
static int pick_line(generator *g, const double worth[N_LINES], double all)
{
    double left = uniform(g) * all;
    int line = 0;
    while (line + 1 < N_LINES && (left -= worth[line]) > 0) line++;
    return line;
}

/* One member's basket of one to three lines; now and then one comes back. */
static campaign_status sell_basket(generator *g, const place *at, const double worth[N_LINES], double all)
{
    const double skew = uniform(g);
    const int member = (int)(skew * skew * MEMBERS_PER_STORE) + 1;
    const bool is_return = uniform(g) < 0.012;
    int n_lines = 1 + (uniform(g) < 0.4);
    n_lines += uniform(g) < 0.15;
    campaign_status status = CAMPAIGN_OK;
    g->next_order++;
    g->day_orders += !is_return;
    for (int i = 0; i < n_lines && status == CAMPAIGN_OK; i++) {
        const int line = pick_line(g, worth, all);
        const int64_t fen = (int64_t)(price_fen[line] * (0.5 + uniform(g) + uniform(g) * uniform(g))) / 10 * 10;
        status = add_line(g, at, member, line, is_return ? -fen : fen);
    }
    return status;
}

static campaign_status trade_day(generator *g, int32_t day, int32_t decline_from)
{
    int32_t year, month, d;
    double worth[N_LINES], all = 0;
    campaign_status status = CAMPAIGN_OK;
    (void)campaign_date_to_civil(&year, &month, &d, day, NULL);
    const days_of_year nodes = look_up(year);
    const double trend = pow(1.09, (day - 20089) / 365.0); /* from 2025-01-01 on, 9 % a year */
    for (int line = 0; line < N_LINES; line++)
        all += worth[line] = day_factor(&nodes, day, line) * trend * line_weight[line] / 100;
    g->day_orders = g->day_fen = 0;
    place at = { day, 0, 0 };
    for (; at.market < N_MARKETS; at.market++)
        for (int i = 0; i < stores_in_market[at.market]; i++, at.store++) {
            const double size = 2.1 + (double)(at.store * 37 % 23) / 12;
            const double lost = at.market == SOUTHWEST && day >= decline_from ? 0.66 : 1;
            for (int n = about(g, size * all * lost); n > 0 && status == CAMPAIGN_OK; n--)
                status = sell_basket(g, &at, worth, all);
        }
    return status;
}

/* Days of a range; figures may be NULL. */
static campaign_status trade(generator *g, int32_t first, int32_t end, int32_t decline_from, quarter *figures)
{
    campaign_status status = start_orders(g);
    for (int32_t day = first; day < end && status == CAMPAIGN_OK; day++) {
        status = trade_day(g, day, decline_from);
        if (!figures || day - first >= QUARTER_DAYS) continue;
        figures->orders[day - first] = g->day_orders;
        figures->fen[day - first] = g->day_fen;
    }
    return status;
}

/* ---- Files ---- */

static int write_table(campaign_table_builder *builder, const char *folder, const char *name, campaign_error *error)
{
    char path[4096];
    campaign_table *table = NULL;
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    campaign_status status = campaign_table_builder_finish(&table, builder, error);
    if (status == CAMPAIGN_OK) status = campaign_io_write_csv(path, table, NULL, error);
    if (status == CAMPAIGN_OK)
        (void)printf("%s: %lld rows\n", path, (long long)campaign_table_n_rows(table));
    else
        (void)fprintf(stderr, "%s: %s %s\n", path, error->where, error->message);
    campaign_table_free(table);
    campaign_table_builder_free(builder);
    return status == CAMPAIGN_OK;
}

/* Visits, buyers and new members a day; one in ten visitors buys, and from March on one in fifteen. */
static int write_daily(generator *g, const char *folder, int32_t first, int32_t march, const quarter *figures)
{
    static const char *const names[4] = { "日期", "访客数", "成交数", "新客数" };
    campaign_table_builder *daily = NULL;
    campaign_status status = campaign_table_builder_create(&daily, &g->error);
    for (int i = 0; i < 4 && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(daily, names[i], i ? CAMPAIGN_TYPE_INT64 : CAMPAIGN_TYPE_DATE, NULL,
                                                   &g->error);
    for (int32_t i = 0; i < QUARTER_DAYS && status == CAMPAIGN_OK; i++) {
        const double rate = (first + i >= march ? 0.066 : 0.1) * (0.97 + 0.06 * uniform(g));
        const int64_t buyers = figures->orders[i];
        const int64_t cells[4] = { first + i, (int64_t)((double)buyers / rate), buyers, buyers / 9 };
        for (int32_t c = 0; c < 4 && status == CAMPAIGN_OK; c++)
            status = campaign_table_builder_append_int64(daily, c, cells[c], &g->error);
    }
    return status == CAMPAIGN_OK && write_table(daily, folder, "q1_daily.csv", &g->error);
}

/* Money spent a day: about 3.5 % of what it sells. */
static int write_spend(generator *g, const char *folder, int32_t first, const quarter *figures)
{
    campaign_table_builder *spend = NULL;
    campaign_status status = campaign_table_builder_create(&spend, &g->error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(spend, "日期", CAMPAIGN_TYPE_DATE, NULL, &g->error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(spend, "金额", CAMPAIGN_TYPE_MONEY, "CNY", &g->error);
    for (int32_t i = 0; i < QUARTER_DAYS && status == CAMPAIGN_OK; i++) {
        const int64_t fen = (int64_t)((double)figures->fen[i] * (0.032 + 0.006 * uniform(g)));
        status = campaign_table_builder_append_int64(spend, 0, first + i, &g->error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(spend, 1, fen, &g->error);
    }
    return status == CAMPAIGN_OK && write_table(spend, folder, "q1_spend.csv", &g->error);
}

/* What a whole year sells a day where nothing goes wrong: kept back from the planner, to judge its plan by. */
static int hold_back(generator *g, const char *folder, int32_t first, int32_t end)
{
    campaign_table_builder *daily = NULL;
    campaign_status status = campaign_table_builder_create(&daily, &g->error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(daily, "日期", CAMPAIGN_TYPE_DATE, NULL, &g->error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(daily, "金额", CAMPAIGN_TYPE_MONEY, "CNY", &g->error);
    if (status == CAMPAIGN_OK) status = start_orders(g);
    for (int32_t day = first; day < end && status == CAMPAIGN_OK; day++) {
        status = trade_day(g, day, end);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(daily, 0, day, &g->error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(daily, 1, g->day_fen, &g->error);
    }
    campaign_table_builder_free(g->orders); /* only the days' sums are wanted */
    return status == CAMPAIGN_OK && write_table(daily, folder, "held_back.csv", &g->error);
}

static int32_t day_of(int32_t year, int32_t month, int32_t day)
{
    int32_t number = 0;
    (void)campaign_date_from_civil(&number, year, month, day, NULL);
    return number;
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3) {
        (void)fprintf(stderr, "usage: snack_chain FOLDER [SEED]\n");
        return 2;
    }
    generator g = { .state = argc == 3 ? strtoull(argv[2], NULL, 10) : 2027 };
    quarter figures = { { 0 }, { 0 } };
    const int32_t first = day_of(2025, 1, 1), plan = day_of(2027, 1, 1), end = plan + QUARTER_DAYS;
    int is_done =
        trade(&g, first, plan, end, NULL) == CAMPAIGN_OK && write_table(g.orders, argv[1], "orders.csv", &g.error);
    is_done = is_done && trade(&g, plan, end, day_of(2027, 2, 20), &figures) == CAMPAIGN_OK &&
              write_table(g.orders, argv[1], "q1_orders.csv", &g.error);
    is_done = is_done && write_daily(&g, argv[1], plan, day_of(2027, 3, 1), &figures) &&
              write_spend(&g, argv[1], plan, &figures) && hold_back(&g, argv[1], plan, day_of(2028, 1, 1));
    if (!is_done) (void)fprintf(stderr, "snack_chain: %s %s\n", g.error.where, g.error.message);
    return is_done ? 0 : 1;
}
