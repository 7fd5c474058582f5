/* Readable tables for a terminal: CJK characters take two columns, combining ones none. */
#include "cli/terminal.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

enum { WIDEST_CELL = 44, CELL_BYTES = 512, MOST_COLUMNS = 64 };

/* ---- Text ------------------------------------------------------------------------------------------------------- */

static int text_width(const char *text, size_t length)
{
    int width = 0;
    for (size_t at = 0; at < length;) {
        utf8proc_int32_t character = 0;
        const utf8proc_ssize_t step =
            utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(length - at), &character);
        if (step <= 0) return width + (int)(length - at);
        width += utf8proc_charwidth(character);
        at += (size_t)step;
    }
    return width;
}

/* Cuts text to a width, with … where something went; control characters become blanks. */
static void fit(char *text, int widest)
{
    for (char *at = text; *at; at++)
        if ((unsigned char)*at < 0x20) *at = ' ';
    size_t length = strlen(text);
    if (text_width(text, length) <= widest) return;
    while (length > 0 && (text_width(text, length) > widest - 1 || ((unsigned char)text[length] & 0xC0) == 0x80))
        length--;
    memcpy(text + length, "…", sizeof "…");
}

void group_digits(char *text, size_t capacity)
{
    char grouped[64];
    const size_t first = text[0] == '-', length = strlen(text), n_digits = strspn(text + first, "0123456789");
    size_t out = 0;
    if (length * 2 > sizeof grouped || length * 2 > capacity) return;
    for (size_t i = 0; i < length; i++) {
        const bool is_boundary = i > first && i < first + n_digits && (first + n_digits - i) % 3 == 0;
        if (is_boundary) grouped[out++] = ',';
        grouped[out++] = text[i];
    }
    grouped[out] = '\0';
    memcpy(text, grouped, out + 1);
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

const char *cell_text(char *text, size_t capacity, const campaign_table *table, const char *column, int64_t row)
{
    (void)campaign_table_format(text, capacity, table, campaign_table_find(table, column), row);
    return text;
}

bool cell_is(const campaign_table *table, const char *column, int64_t row, const char *word)
{
    char text[CELL_BYTES];
    (void)campaign_table_format(text, sizeof text, table, campaign_table_find(table, column), row);
    return strcmp(text, word) == 0;
}

bool cell_is_null(const campaign_table *table, const char *column, int64_t row)
{
    return campaign_table_is_null(table, campaign_table_find(table, column), row) != 0;
}

/* A column as it is laid out. */
typedef struct laid_column {
    int32_t index, type;
    const char *heading;
    cell_form form;
    int width;
} laid_column;

/* Words that the library writes into tables, as people say them. */
static const struct {
    const char *word, *en, *zh;
} words[] = {
    { "on_track", "on track", "正常" },
    { "behind", "behind", "落后" },
    { "ahead", "ahead", "超前" },
    { "over", "over", "超限" },
    { "overdue", "overdue", "逾期" },
    { "forgotten", "forgotten", "遗漏" },
    { "not_contacted", "not contacted", "未触达" },
    { "two_reps", "two reps", "重复触达" },
    { "other_rep", "other rep", "非计划跟进人" },
    { "silent_rep", "silent rep", "无跟进记录" },
    { "stale", "stale", "久未更新" },
    { "missing_fields", "missing fields", "字段缺失" },
    { "due", "due", "今日到期" },
    { "planned", "planned", "计划" },
    { "blocked", "blocked", "受阻" },
    { "interest", "interest", "意向" },
    { "rest", "rest", "其余" },
    { "critical", "critical", "紧急" },
    { "high", "high", "高" },
    { "medium", "medium", "中" },
    { "low", "low", "低" },
    { "channel", "channel", "渠道" },
    { "item", "item", "商品" },
    { "price", "price", "价格" },
    { "floor", "floor", "底价" },
    { "territory", "territory", "区域" },
    { "promise", "promise", "承诺" },
    { "budget", "budget", "预算" },
    { "approval", "approval", "审批" },
    { "approved", "approved", "自批" },
    { "goes_up", "goes up", "上报" },
    { "nobody", "nobody", "无人可批" },
    { "not_started", "not started", "未开始" },
    { "not_available", "not available", "不可用" },
    { "no_target", "no target", "无目标" },
    { "big", "big", "大" },
    { "small", "small", "小" },
    { "working", "working", "工作日" },
    { "weekend", "weekend", "周末" },
    { "swapped", "swapped", "调休" },
    { "statutory", "statutory", "法定假日" },
    { "makeup", "make-up", "调休上班" },
    { "quarter", "quarter", "季" },
    { "month", "month", "月" },
    { "iso_week", "ISO week", "周" },
    { "fiscal_week", "fiscal week", "财务周" },
    { "peak", "peak", "旺季" },
    { "shoulder", "shoulder", "平季" },
    { "off", "off", "淡季" },
    { "sales", "sales", "销售额" },
    { "orders", "orders", "订单数" },
    { "visits", "visits", "访客数" },
    { "new_customers", "new customers", "新客数" },
    { "spend", "spend", "花费" },
    { "order_value", "order value", "客单价" },
    { "conversion", "conversion", "转化率" },
    { "refund_rate", "refund rate", "退款率" },
    { "cpa", "CPA", "获客成本" },
    { "roi", "ROI", "投入产出比" },
    { "margin", "margin", "毛利" },
    { "fill", "even", "均衡" },
    { "safety", "safety stock", "安全库存" },
    { "safety_short", "below safety", "低于安全库存" },
    { "maximum", "maximum", "上限" },
    { "display", "display too large", "陈列量不足" },
    { "enough", "has enough", "已足够" },
    { "nothing", "more elsewhere", "别处更优" },
    { "no_gain", "no gain", "无收益" },
    { "interior", "between", "区间内" },
    { "group", "its group", "所在组" },
    { "minimum", "minimum", "下限" },
    { "closed", "closed", "未启动" },
    { "minimum_if_open", "least if open", "启动下限" },
    { "step", "step", "步长" },
    { "corner", "corner", "折点" },
    { "fixed", "fixed", "固定" },
    { "spent", "spent already", "已花费" },
    { "paused", "paused", "暂停" },
    { "locked", "locked", "锁定" },
    { "ratio", "critical ratio", "临界比" },
    { "min_order", "least order", "最小订购量" },
    { "budget", "budget", "预算" },
    { "replenish", "replenish", "补货" },
    { "limit_purchases", "limit purchases", "限购" },
    { "call", "call", "电话" },
    { "visit", "visit", "拜访" },
    { "wechat", "WeChat", "微信" },
    { "mail", "mail", "邮件" },
    { "community", "community", "社群" },
    { "all", "all", "全部" },
    { "role", "role", "岗位" },
    { "owner", "owner", "负责人" },
    { "kind", "kind", "类别" },
    { "working_day", "working days", "工作日" },
    { "day", "days", "日" },
    { "hour", "hours", "小时" },
    { "burst", "burst", "爆发" },
    { "node", "node", "节点" },
    { "promotion_pull", "promotion pull", "促销拉动" },
    { "experience", "experience", "体验" },
    { "acquisition", "acquisition", "拉新" },
    { "care", "care", "关怀" },
    { "true", "yes", "是" },
    { "false", "", "" },
};

const char *word_text(const char *word, bool is_chinese)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].word, word) == 0) return is_chinese ? words[i].zh : words[i].en;
    return word;
}

static void say_word(char text[CELL_BYTES], bool is_chinese)
{
    const char *word = word_text(text, is_chinese);
    if (word != text) (void)snprintf(text, CELL_BYTES, "%s", word);
}

/* The number as such, or as the text of the cell. */
static void say_weekday(char text[CELL_BYTES], int64_t weekday, bool is_chinese)
{
    if (weekday == 0 && text[0] && !text[1]) weekday = text[0] - '0';
    static const char *const en[] = { "", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const zh[] = { "", "周一", "周二", "周三", "周四", "周五", "周六", "周日" };
    const char *const *names = is_chinese ? zh : en;
    (void)snprintf(text, CELL_BYTES, "%s", weekday >= 1 && weekday <= 7 ? names[weekday] : "");
}

/* A number with so many decimals; text stays as it is where the number is too large for that. */
static bool say_decimal(char text[CELL_BYTES], double number, int32_t decimals)
{
    const double scaled = number * (decimals == 3 ? 1000 : decimals == 2 ? 100 : decimals == 1 ? 10 : 1);
    if (!(scaled > -9e15 && scaled < 9e15)) return false;
    (void)campaign_money_format(text, (int64_t)(scaled + (scaled < 0 ? -0.5 : 0.5)), decimals);
    return true;
}

/* Three decimals for small figures, none for large ones. */
static void say_figure(char text[CELL_BYTES], double figure)
{
    const int32_t decimals = figure > -10 && figure < 10 ? 3 : figure > -1000 && figure < 1000 ? 2 : 0;
    if (say_decimal(text, figure, decimals)) group_digits(text, CELL_BYTES);
}

void figure_text(char text[FIGURE_TEXT], double figure)
{
    char said[CELL_BYTES] = "?";
    say_figure(said, figure);
    memcpy(text, said, FIGURE_TEXT - 1);
    text[FIGURE_TEXT - 1] = '\0';
}

static void say_percent(char text[CELL_BYTES], double percent)
{
    if (say_decimal(text, percent, 1)) memcpy(text + strlen(text), "%", sizeof "%");
}

static void form_cell(char text[CELL_BYTES], const campaign_table *table, const laid_column *column, int64_t row,
                      bool is_chinese)
{
    const int64_t number = campaign_table_int64(table, column->index, row);
    const double figure = campaign_table_float64(table, column->index, row);
    text[0] = '\0';
    if (campaign_table_is_null(table, column->index, row)) return;
    (void)campaign_table_format(text, CELL_BYTES - sizeof "…", table, column->index, row);
    switch (column->form) {
    case CELL_AS_IS:
        if (column->type == CAMPAIGN_TYPE_MONEY) group_digits(text, CELL_BYTES);
        break;
    case CELL_LAST_DAY: (void)campaign_date_format(text, (int32_t)number - 1); break;
    case CELL_WORD: say_word(text, is_chinese); break;
    case CELL_WEEKDAY: say_weekday(text, number, is_chinese); break;
    case CELL_ONE_DECIMAL: (void)say_decimal(text, figure, 1); break;
    case CELL_FIGURE: say_figure(text, figure); break;
    case CELL_PERCENT: say_percent(text, figure * 100); break;
    case CELL_PPM: say_percent(text, (double)number / 1e4); break;
    }
    fit(text, WIDEST_CELL);
}

static bool is_number(int32_t type)
{
    return type == CAMPAIGN_TYPE_INT32 || type == CAMPAIGN_TYPE_INT64 || type == CAMPAIGN_TYPE_FLOAT64 ||
           type == CAMPAIGN_TYPE_MONEY;
}

/* ---- Tables ----------------------------------------------------------------------------------------------------- */

static bool lay_column(laid_column *laid, const campaign_table *table, int32_t index, const char *heading,
                       cell_form form)
{
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    if (campaign_table_column(&column, table, index, NULL) != CAMPAIGN_OK) return false;
    *laid = (laid_column){ index, column.type, heading ? heading : column.name, form, 0 };
    laid->width = text_width(laid->heading, strlen(laid->heading));
    return true;
}

/* Prints a cell; blanks are owed until a text follows, so that no line ends in them. */
static void put(const char *text, const laid_column *column, bool is_last, int *owed)
{
    const int width = text_width(text, strlen(text)), blanks = column->width > width ? column->width - width : 0;
    const bool is_right = is_number(column->type) && column->form != CELL_WEEKDAY;
    if (is_right) *owed += blanks;
    if (text[0]) {
        (void)printf("%*s%s", *owed, "", text);
        *owed = 0;
    }
    *owed += is_right ? 2 : blanks + 2;
    if (!is_last) return;
    (void)fputc('\n', stdout);
    *owed = 0;
}

static void put_head(const laid_column *columns, int n)
{
    int owed = 0;
    for (int c = 0; c < n; c++) put(columns[c].heading, &columns[c], c + 1 == n, &owed);
    for (int c = 0; c < n; c++) {
        for (int i = 0; i < columns[c].width; i++) (void)fputc('-', stdout);
        (void)fputs(c + 1 < n ? "  " : "\n", stdout);
    }
}

/* Two passes: widths, then text. */
static void put_rows(laid_column *columns, int n, const shown_table *shown)
{
    char text[CELL_BYTES];
    int64_t n_shown = 0, n_chosen = 0;
    int owed = 0;
    const int64_t n_rows = campaign_table_n_rows(shown->table);
    for (int pass = 0; pass < 2; pass++) {
        n_chosen = n_shown = 0;
        for (int64_t row = 0; row < n_rows; row++) {
            if (shown->is_shown && !shown->is_shown(shown->table, row)) continue;
            if (n_chosen++ >= shown->limit) continue;
            n_shown++;
            for (int c = 0; c < n; c++) {
                form_cell(text, shown->table, &columns[c], row, shown->is_chinese);
                const int width = text_width(text, strlen(text));
                if (pass == 0 && width > columns[c].width) columns[c].width = width;
                if (pass == 1) put(text, &columns[c], c + 1 == n, &owed);
            }
        }
        if (pass == 0) put_head(columns, n);
    }
    if (n_shown < n_chosen)
        (void)printf(shown->is_chinese ? "… 还有 %lld 行\n" : "… %lld more rows\n", (long long)(n_chosen - n_shown));
}

void show_columns(const shown_table *shown)
{
    laid_column columns[MOST_COLUMNS];
    int n = 0;
    for (int i = 0; i < shown->n_columns && n < MOST_COLUMNS; i++) {
        const shown_column *wanted = &shown->columns[i];
        const int32_t index = campaign_table_find(shown->table, wanted->name);
        if (lay_column(&columns[n], shown->table, index, shown->is_chinese ? wanted->zh : wanted->en, wanted->form))
            n++;
    }
    put_rows(columns, n, shown);
}

void show_table(const campaign_table *table, int64_t limit)
{
    laid_column columns[MOST_COLUMNS];
    const shown_table shown = { table, NULL, 0, NULL, limit, false };
    int n = 0;
    for (int32_t c = 0; c < campaign_table_n_columns(table) && n < MOST_COLUMNS; c++)
        if (lay_column(&columns[n], table, c, NULL, CELL_AS_IS)) n++;
    put_rows(columns, n, &shown);
}

void show_heading(const char *text)
{
    (void)printf("\n%s\n\n", text);
}
