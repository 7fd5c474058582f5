/* Reads metrics and findings: each number, word and name checked, with its row. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"
#include "execution/review/review.h"

const char *const cpn_review_kinds[CPN_REVIEW_KINDS] = { "highlight", "problem", "measure" };
#define ANY_NUMBER (CPN_ANY_INT | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY))
#define TEXT       CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8)

/* The same in Chinese; a kind may have two words. */
static const char *const kinds_zh[][2] = { { "亮点", "亮点" }, { "问题", "问题" }, { "措施", "改进措施" } };

bool cpn_review_is(cpn_review_text text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.text, word, text.length) == 0;
}

campaign_status cpn_review_need_text(cpn_review_text *text, const campaign_column *column, int64_t row,
                                     const char *where, campaign_error *error)
{
    *text = cpn_review_cell(column, row);
    if (text->length) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, where, "%s is empty", column->name);
}

campaign_status cpn_review_number(double *number, bool *is_there, const campaign_column *column, int64_t row,
                                  const char *where, campaign_error *error)
{
    *is_there = column->type && !cpn_is_null(column, row);
    if (!*is_there) return CAMPAIGN_OK;
    if (column->type == CAMPAIGN_TYPE_FLOAT64)
        *number = ((const double *)column->values)[row];
    else if (column->type == CAMPAIGN_TYPE_MONEY)
        *number = (double)cpn_cell_int64(column, row) / (double)cpn_power_of_ten(column->exponent);
    else
        *number = (double)cpn_cell_int64(column, row);
    if (cpn_is_finite(*number)) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "%s is not a finite number", column->name);
}

int32_t cpn_review_find(const cpn_review *review, cpn_review_text name)
{
    for (int64_t i = 0; i < review->n_metrics; i++)
        if (review->metrics[i].name.length == name.length &&
            memcmp(review->metrics[i].name.text, name.text, name.length) == 0)
            return (int32_t)i;
    return -1;
}

/* Refuses more rows than people read. */
static campaign_status check_rows(int64_t n, int64_t most, const char *table, campaign_error *error)
{
    if (n <= most) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_LIMIT, table, "%lld rows, the limit is %lld", (long long)n, (long long)most);
}

/* ---- Metrics ----------------------------------------------------------------------------------------------------- */

typedef struct metric_columns {
    campaign_column name, sides[2], better;
} metric_columns;

static campaign_status find_metric_columns(metric_columns *columns, const campaign_table *table, campaign_error *error)
{
    memset(columns, 0, sizeof *columns);
    campaign_status status = cpn_need_column(&columns->name, table, "metrics", NULL, "metric", TEXT, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->sides[0], table, "metrics", NULL, "target", ANY_NUMBER, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->sides[1], table, "metrics", NULL, "actual", ANY_NUMBER, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->better, table, "metrics", NULL, "better", TEXT, error);
    if (status != CAMPAIGN_OK) return status;
    for (int32_t i = 0; i < 3; i++) {
        const campaign_column *target = &columns->sides[0], *actual = &columns->sides[1];
        const bool are_money = target->type == CAMPAIGN_TYPE_MONEY && actual->type == CAMPAIGN_TYPE_MONEY;
        if (are_money && target->currency[i] != actual->currency[i])
            return cpn_fail(error, CAMPAIGN_E_COLUMN, "metrics.actual", "actual is %s, target is %s", actual->currency,
                            target->currency);
    }
    return CAMPAIGN_OK;
}

static campaign_status read_better(cpn_review_metric *metric, const campaign_column *better, int64_t row,
                                   campaign_error *error)
{
    const cpn_review_text word = cpn_review_cell(better, row);
    const bool is_lower = cpn_review_is(word, "lower") || cpn_review_is(word, "越低越好");
    metric->is_lower = word.length ? is_lower : cpn_review_is_lower(metric->name);
    if (word.length == 0 || is_lower || cpn_review_is(word, "higher") || cpn_review_is(word, "越高越好"))
        return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, "metrics.better",
                        "\"%.*s\" is neither \"higher\" nor \"lower\"", (int)cpn_utf8_cut(word.text, word.length, 60),
                        word.text);
}

static campaign_status read_metric(cpn_review *review, const metric_columns *columns, int64_t row,
                                   campaign_error *error)
{
    static const char *const where[2] = { "metrics.target", "metrics.actual" };
    cpn_review_metric *metric = &review->metrics[row];
    campaign_status status = cpn_review_need_text(&metric->name, &columns->name, row, "metrics.metric", error);
    if (status != CAMPAIGN_OK) return status;
    const int32_t earlier = cpn_review_find(review, metric->name);
    if (earlier >= 0)
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "metrics.metric", "\"%.*s\" stands there twice",
                            (int)cpn_utf8_cut(metric->name.text, metric->name.length, 60), metric->name.text);
    for (int i = 0; i < 2 && status == CAMPAIGN_OK; i++) {
        cpn_review_side *side = &metric->sides[i];
        status = cpn_review_number(&side->value, &side->is_there, &columns->sides[i], row, where[i], error);
    }
    return status == CAMPAIGN_OK ? read_better(metric, &columns->better, row, error) : status;
}

static campaign_status read_metrics(cpn_review *review, campaign_error *error)
{
    const campaign_table *table = review->inputs->metrics;
    const int64_t n = campaign_table_n_rows(table);
    metric_columns columns;
    campaign_status status = find_metric_columns(&columns, table, error);
    if (status == CAMPAIGN_OK) status = check_rows(n, CPN_REVIEW_MOST_METRICS, "metrics", error);
    if (status == CAMPAIGN_OK && n == 0)
        status = cpn_fail(error, CAMPAIGN_E_MISSING, "metrics", "there is no metric to review");
    if (status != CAMPAIGN_OK) return status;
    review->metrics = cpn_alloc_zero(n + CPN_REVIEW_N_QUOTIENTS, sizeof *review->metrics);
    if (!review->metrics) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < n && status == CAMPAIGN_OK; row++) {
        status = read_metric(review, &columns, row, error);
        review->n_metrics += status == CAMPAIGN_OK;
    }
    return status;
}

/* ---- Findings ---------------------------------------------------------------------------------------------------- */

/* The number of digits from a place on, as far as it counts; moves behind them. */
static int64_t read_digits(cpn_review_text text, size_t *at)
{
    int64_t number = 0;
    for (; *at < text.length && text.text[*at] >= '0' && text.text[*at] <= '9'; ++*at)
        if (number <= CPN_REVIEW_MOST_DAYS) number = number * 10 + (text.text[*at] - '0');
    return number;
}

static bool ends_with(cpn_review_text text, const char *word)
{
    const size_t length = strlen(word);
    return text.length >= length && memcmp(text.text + text.length - length, word, length) == 0;
}

static bool begins_with(const char *text, size_t length, const char *word)
{
    return length >= strlen(word) && memcmp(text, word, strlen(word)) == 0;
}

/* Whether digits from one place to another are days ahead: "5 days ahead", "提前5天"; not "提前5小时", nor the end of "1.5". */
static bool are_days(cpn_review_text text, size_t from, size_t to)
{
    static const char *const after[] = { " days ahead",  " day ahead",     " working days ahead", " working day ahead",
                                         " days before", " days earlier",  " days in advance",    " day before",
                                         " day earlier", " day in advance" };
    static const char *const units[] = { "天", "日", "个工作日", "工作日" };
    const cpn_review_text before = { text.text, from };
    const char *const rest = text.text + to;
    const size_t length = text.length - to, space = length > 0 && rest[0] == ' ';
    if (ends_with(before, ".") || ends_with(before, ",")) return false;
    for (size_t w = 0; w < sizeof after / sizeof *after; w++)
        if (begins_with(rest, length, after[w])) return true;
    if (!ends_with(before, "提前") && !ends_with(before, "提前 ")) return false;
    for (size_t w = 0; w < sizeof units / sizeof *units; w++)
        if (begins_with(rest + space, length - space, units[w])) return true;
    return false;
}

/* Working days that a text speaks of; -1 for none. */
static int64_t days_in_text(cpn_review_text text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.text[i] < '0' || text.text[i] > '9') continue;
        size_t end = i;
        const int64_t number = read_digits(text, &end);
        if (are_days(text, i, end) && number <= CPN_REVIEW_MOST_DAYS) return number;
        i = end;
    }
    return -1;
}

campaign_status cpn_review_add(cpn_review *review, cpn_review_finding finding, campaign_error *error)
{
    if (review->n_findings == review->capacity) {
        const int64_t capacity = review->capacity * 2 + 16;
        cpn_review_finding *grown = cpn_resize(review->findings, capacity, sizeof *grown);
        if (!grown) {
            cpn_free(finding.own);
            return cpn_fail_nomem(error);
        }
        review->findings = grown;
        review->capacity = capacity;
    }
    review->findings[review->n_findings++] = finding;
    return CAMPAIGN_OK;
}

typedef struct finding_columns {
    campaign_column kind, text, metric, days, due, when;
} finding_columns;

static campaign_status find_finding_columns(finding_columns *columns, cpn_review *review, campaign_error *error)
{
    const campaign_table *table = review->inputs->findings;
    const struct {
        campaign_column *column;
        const char *name;
        uint32_t types;
    } optional[] = { { &columns->metric, "metric", TEXT },
                     { &review->owner, "owner", TEXT },
                     { &columns->days, "working_days", CPN_ANY_INT },
                     { &columns->due, "due", CPN_ANY_DAY },
                     { &columns->when, "when", TEXT } };
    memset(columns, 0, sizeof *columns);
    campaign_status status = cpn_need_column(&columns->kind, table, "findings", NULL, "kind", TEXT, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&columns->text, table, "findings", NULL, "text", TEXT, error);
    for (size_t i = 0; i < sizeof optional / sizeof *optional && status == CAMPAIGN_OK; i++)
        status =
            cpn_find_column(optional[i].column, table, "findings", NULL, optional[i].name, optional[i].types, error);
    return status;
}

static bool is_kind(cpn_review_text word, int32_t kind)
{
    return cpn_review_is(word, cpn_review_kinds[kind]) || cpn_review_is(word, kinds_zh[kind][0]) ||
           cpn_review_is(word, kinds_zh[kind][1]);
}

static campaign_status read_kind(cpn_review_finding *finding, const cpn_review *review, const finding_columns *columns,
                                 campaign_error *error)
{
    cpn_review_text kind;
    const cpn_review_text metric = cpn_review_cell(&columns->metric, finding->row);
    const campaign_status status = cpn_review_need_text(&kind, &columns->kind, finding->row, "findings.kind", error);
    if (status != CAMPAIGN_OK) return status;
    while (finding->kind < CPN_REVIEW_KINDS && !is_kind(kind, finding->kind)) finding->kind++;
    if (finding->kind == CPN_REVIEW_KINDS)
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, finding->row, "findings.kind",
                            "\"%.*s\" is none of \"highlight\", \"problem\", \"measure\"",
                            (int)cpn_utf8_cut(kind.text, kind.length, 60), kind.text);
    if (metric.length == 0) return CAMPAIGN_OK;
    finding->metric = cpn_review_find(review, metric);
    if (finding->metric >= 0) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, finding->row, "findings.metric", "there is no metric \"%.*s\"",
                        (int)cpn_utf8_cut(metric.text, metric.length, 60), metric.text);
}

/* What is said in so many words goes before what the text says. */
static campaign_status read_days(cpn_review_finding *finding, const finding_columns *columns, campaign_error *error)
{
    const int64_t row = finding->row;
    finding->working_days = days_in_text(finding->text);
    if (columns->days.type && !cpn_is_null(&columns->days, row)) {
        finding->working_days = cpn_cell_int64(&columns->days, row);
        if (finding->working_days < 0 || finding->working_days > CPN_REVIEW_MOST_DAYS)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "findings.working_days",
                                "%lld working days, expected 0 to %d", (long long)finding->working_days,
                                (int)CPN_REVIEW_MOST_DAYS);
    }
    if (!columns->due.type || cpn_is_null(&columns->due, row)) return CAMPAIGN_OK;
    finding->due = cpn_cell_day(&columns->due, row, 0);
    finding->has_own_due = true;
    return CAMPAIGN_OK;
}

static campaign_status read_finding(cpn_review *review, const finding_columns *columns, int64_t row,
                                    campaign_error *error)
{
    cpn_review_finding finding = { .metric = -1, .row = row, .working_days = -1, .due = INT32_MIN };
    campaign_status status = read_kind(&finding, review, columns, error);
    if (status == CAMPAIGN_OK)
        status = cpn_review_need_text(&finding.text, &columns->text, row, "findings.text", error);
    if (status == CAMPAIGN_OK) status = read_days(&finding, columns, error);
    if (status != CAMPAIGN_OK) return status;
    finding.when = cpn_review_cell(&columns->when, row);
    if (finding.when.length && finding.kind != CPN_REVIEW_PROBLEM)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "findings.when", "a condition is of problems alone");
    return cpn_review_add(review, finding, error);
}

campaign_status cpn_review_read(cpn_review *review, campaign_error *error)
{
    const campaign_table *table = review->inputs->findings;
    const int64_t n = table ? campaign_table_n_rows(table) : 0;
    finding_columns columns;
    campaign_status status = read_metrics(review, error);
    if (!table || status != CAMPAIGN_OK) return status;
    status = find_finding_columns(&columns, review, error);
    if (status == CAMPAIGN_OK) status = check_rows(n, CPN_REVIEW_MOST_FINDINGS, "findings", error);
    for (int64_t row = 0; row < n && status == CAMPAIGN_OK; row++) status = read_finding(review, &columns, row, error);
    return status;
}
