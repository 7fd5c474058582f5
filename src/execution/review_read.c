/* Reads metrics, findings and how far ahead measures are due. */
#include <string.h>

#include "base/memory.h"
#include "execution/review.h"

const char *const cpn_review_kinds[CPN_REVIEW_KINDS] = { "highlight", "problem", "measure" };
#define ANY_NUMBER (CPN_ANY_INT | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY))
#define TEXT       CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8)

static bool is_word(cpn_review_text text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.text, word, text.length) == 0;
}

static bool is_any(cpn_review_text text, const char *const *words)
{
    for (; *words; words++)
        if (is_word(text, *words)) return true;
    return false;
}

static campaign_status need_text(cpn_review_text *text, const campaign_column *column, int64_t row, const char *where,
                                 campaign_error *error)
{
    if (!cpn_is_null(column, row)) text->text = cpn_cell_text(column, row, &text->length);
    if (text->length) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, where, "%s is empty", column->name);
}

int32_t cpn_review_find(const cpn_review *review, const char *name, size_t length)
{
    for (int64_t i = 0; i < review->n_metrics; i++)
        if (review->metrics[i].name.length == length && memcmp(review->metrics[i].name.text, name, length) == 0)
            return (int32_t)i;
    return -1;
}

/* ---- Metrics ----------------------------------------------------------------------------------------------------- */

static campaign_status read_number(cpn_review_side *side, const campaign_column *column, int64_t row,
                                   campaign_error *error)
{
    if (!column->type || cpn_is_null(column, row)) return CAMPAIGN_OK;
    if (column->type == CAMPAIGN_TYPE_FLOAT64)
        side->value = ((const double *)column->values)[row];
    else
        side->value = (double)cpn_cell_int64(column, row);
    for (int32_t i = 0; column->type == CAMPAIGN_TYPE_MONEY && i < column->exponent; i++) side->value /= 10;
    if (side->value - side->value != 0)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, column->name, "%s is not a finite number", column->name);
    side->is_there = true;
    return CAMPAIGN_OK;
}

static campaign_status read_better(cpn_review_metric *metric, const campaign_column *better, int64_t row,
                                   campaign_error *error)
{
    static const char *const lower[] = { "cost", "spend", "cpa",      "refund_rate", "complaints", "成本",
                                         "花费", "费用",  "获客成本", "退款率",      "投诉",       NULL };
    metric->is_lower = is_any(metric->name, lower);
    if (!better->type || cpn_is_null(better, row)) return CAMPAIGN_OK;
    cpn_review_text word = { NULL, 0 };
    word.text = cpn_cell_text(better, row, &word.length);
    metric->is_lower = is_word(word, "lower");
    if (metric->is_lower || is_word(word, "higher")) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, "metrics.better", "it must be \"higher\" or \"lower\"");
}

static campaign_status read_metrics(cpn_review *review, campaign_error *error)
{
    const campaign_table *table = review->inputs->metrics;
    const int64_t n = campaign_table_n_rows(table);
    campaign_column name = { .type = 0 }, sides[2] = { { .type = 0 }, { .type = 0 } }, better = { .type = 0 };
    campaign_status status = cpn_need_column(&name, table, "metrics", NULL, "metric", TEXT, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&sides[0], table, "metrics", NULL, "target", ANY_NUMBER, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&sides[1], table, "metrics", NULL, "actual", ANY_NUMBER, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&better, table, "metrics", NULL, "better", TEXT, error);
    if (status != CAMPAIGN_OK) return status;
    if (n > 10000)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "metrics", "%lld metrics, the limit is 10000", (long long)n);
    review->metrics = cpn_alloc_zero(n + 8, sizeof *review->metrics); /* and those that are derived */
    if (!review->metrics) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < n && status == CAMPAIGN_OK; row++) {
        cpn_review_metric *metric = &review->metrics[row];
        status = need_text(&metric->name, &name, row, "metrics.metric", error);
        if (status == CAMPAIGN_OK && cpn_review_find(review, metric->name.text, metric->name.length) >= 0)
            status = cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "metrics.metric", "a metric stands there twice");
        for (int i = 0; i < 2 && status == CAMPAIGN_OK; i++)
            status = read_number(&metric->sides[i], &sides[i], row, error);
        if (status == CAMPAIGN_OK) status = read_better(metric, &better, row, error);
        review->n_metrics += status == CAMPAIGN_OK;
    }
    return status;
}

/* ---- Findings ---------------------------------------------------------------------------------------------------- */

/* Working days that a text speaks of, "5 days ahead", "提前5天"; -1 for none. */
static int64_t days_in_text(cpn_review_text text)
{
    static const char before[] = "提前";
    static const char *const after[] = { " days ahead",  " day ahead",    " working days ahead", " working day ahead",
                                         " days before", " days earlier", " days in advance" };
    for (size_t i = 0; i < text.length; i++) {
        if (text.text[i] < '0' || text.text[i] > '9') continue;
        int64_t number = 0;
        size_t end = i;
        while (end < text.length && end < i + 4 && text.text[end] >= '0' && text.text[end] <= '9')
            number = number * 10 + (text.text[end++] - '0');
        bool is_it =
            i >= sizeof before - 1 && memcmp(text.text + i - (sizeof before - 1), before, sizeof before - 1) == 0;
        for (size_t w = 0; w < sizeof after / sizeof *after; w++) {
            const size_t length = strlen(after[w]);
            is_it = is_it || (text.length - end >= length && memcmp(text.text + end, after[w], length) == 0);
        }
        if (is_it) return number;
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
    campaign_column kind, text, metric, days, due;
} finding_columns;

static campaign_status read_finding(cpn_review *review, const finding_columns *columns, int64_t row,
                                    campaign_error *error)
{
    cpn_review_finding finding = { .metric = -1, .row = row, .working_days = -1, .due = INT32_MIN };
    cpn_review_text kind = { NULL, 0 }, metric = { NULL, 0 };
    campaign_status status = need_text(&kind, &columns->kind, row, "findings.kind", error);
    if (status == CAMPAIGN_OK) status = need_text(&finding.text, &columns->text, row, "findings.text", error);
    if (status != CAMPAIGN_OK) return status;
    while (finding.kind < CPN_REVIEW_KINDS && !is_word(kind, cpn_review_kinds[finding.kind])) finding.kind++;
    if (finding.kind == CPN_REVIEW_KINDS)
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, "findings.kind",
                            "it must be \"highlight\", \"problem\" or \"measure\"");
    if (columns->metric.type && !cpn_is_null(&columns->metric, row)) {
        metric.text = cpn_cell_text(&columns->metric, row, &metric.length);
        finding.metric = cpn_review_find(review, metric.text, metric.length);
        if (finding.metric < 0)
            return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, "findings.metric", "there is no metric \"%.*s\"",
                                (int)cpn_utf8_cut(metric.text, metric.length, 60), metric.text);
    }
    finding.working_days = days_in_text(finding.text);
    if (columns->days.type && !cpn_is_null(&columns->days, row))
        finding.working_days = cpn_cell_int64(&columns->days, row);
    if (finding.working_days < -1 || finding.working_days > 3660)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "findings.working_days",
                            "%lld working days, the limit is 3660", (long long)finding.working_days);
    if (columns->due.type && !cpn_is_null(&columns->due, row)) finding.due = cpn_cell_day(&columns->due, row, 0);
    return cpn_review_add(review, finding, error);
}

static campaign_status read_findings(cpn_review *review, campaign_error *error)
{
    const campaign_table *table = review->inputs->findings;
    finding_columns columns = { { .type = 0 }, { .type = 0 }, { .type = 0 }, { .type = 0 }, { .type = 0 } };
    if (!table) return CAMPAIGN_OK;
    campaign_status status = cpn_need_column(&columns.kind, table, "findings", NULL, "kind", TEXT, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&columns.text, table, "findings", NULL, "text", TEXT, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns.metric, table, "findings", NULL, "metric", TEXT, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&review->owner, table, "findings", NULL, "owner", TEXT, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns.days, table, "findings", NULL, "working_days", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns.due, table, "findings", NULL, "due", CPN_ANY_DAY, error);
    for (int64_t row = 0; row < campaign_table_n_rows(table) && status == CAMPAIGN_OK; row++)
        status = read_finding(review, &columns, row, error);
    return status;
}

campaign_status cpn_review_read(cpn_review *review, campaign_error *error)
{
    const campaign_status status = read_metrics(review, error);
    return status == CAMPAIGN_OK ? read_findings(review, error) : status;
}
