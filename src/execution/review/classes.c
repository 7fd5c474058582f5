/* Customer classes: whose conversion stands out from that of all of them. */
#include <string.h>

#include "base/number.h"
#include "execution/review/review.h"

enum { LEADS, ORDERS, N_NUMBERS };
enum { MOST_CONVERSION = 1000000 }; /* beyond it a class says nothing */

typedef struct class_columns {
    campaign_column name, numbers[N_NUMBERS];
} class_columns;

static campaign_status find_columns(class_columns *columns, const campaign_table *table, campaign_error *error)
{
    static const char *const names[N_NUMBERS] = { "leads", "orders" };
    const uint32_t types = CPN_ANY_INT | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64);
    memset(columns, 0, sizeof *columns);
    campaign_status status =
        cpn_need_column(&columns->name, table, "segments", NULL, "class", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    for (int i = 0; i < N_NUMBERS && status == CAMPAIGN_OK; i++)
        status = cpn_need_column(&columns->numbers[i], table, "segments", NULL, names[i], types, error);
    return status;
}

/* Leads and orders of a class; is_there where both are. */
static campaign_status read_class(double numbers[N_NUMBERS], bool *is_there, const class_columns *columns, int64_t row,
                                  campaign_error *error)
{
    static const char *const where[N_NUMBERS] = { "segments.leads", "segments.orders" };
    *is_there = true;
    for (int i = 0; i < N_NUMBERS; i++) {
        bool has_number;
        numbers[i] = 0;
        const campaign_status status =
            cpn_review_number(&numbers[i], &has_number, &columns->numbers[i], row, where[i], error);
        if (status != CAMPAIGN_OK) return status;
        if (numbers[i] < 0)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where[i], "%s is negative", columns->numbers[i].name);
        *is_there = *is_there && has_number;
    }
    return CAMPAIGN_OK;
}

static campaign_status check_name(const class_columns *columns, int64_t row, campaign_error *error)
{
    cpn_review_text name;
    const campaign_status status = cpn_review_need_text(&name, &columns->name, row, "segments.class", error);
    for (int64_t earlier = 0; earlier < row && status == CAMPAIGN_OK; earlier++) {
        const cpn_review_text other = cpn_review_cell(&columns->name, earlier);
        if (other.length == name.length && memcmp(other.text, name.text, name.length) == 0)
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "segments.class", "\"%.*s\" stands there twice",
                                (int)cpn_utf8_cut(name.text, name.length, 60), name.text);
    }
    return status;
}

/* Adds up what is there, checks every row. */
static campaign_status sum_classes(double sums[N_NUMBERS], cpn_review *review, const class_columns *columns,
                                   campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t row = 0; row < columns->name.n_rows && status == CAMPAIGN_OK; row++) {
        double numbers[N_NUMBERS];
        bool is_there = false;
        status = check_name(columns, row, error);
        if (status == CAMPAIGN_OK) status = read_class(numbers, &is_there, columns, row, error);
        if (status != CAMPAIGN_OK) return status;
        review->n_open_classes += !is_there;
        for (int i = 0; i < N_NUMBERS && is_there; i++) sums[i] += numbers[i];
    }
    return status;
}

static campaign_status judge_class(cpn_review *review, const class_columns *columns, int64_t row, double overall,
                                   campaign_error *error)
{
    char name[CPN_REVIEW_NAME], percent[CPN_NUMBER_TEXT], all[CPN_NUMBER_TEXT];
    double numbers[N_NUMBERS];
    bool is_there;
    const campaign_status status = read_class(numbers, &is_there, columns, row, error);
    if (status != CAMPAIGN_OK || !is_there || !(numbers[LEADS] > 0)) return status;
    const double conversion = numbers[ORDERS] / numbers[LEADS], relation = conversion / overall;
    if (!(conversion < MOST_CONVERSION && relation < MOST_CONVERSION)) return CAMPAIGN_OK;
    const int32_t kind = cpn_review_kind_of(review, (int64_t)(relation * 1e6 + 0.5));
    if (kind < 0) return CAMPAIGN_OK;
    (void)cpn_format_cell(name, sizeof name, &columns->name, row);
    cpn_say_percent(percent, (int64_t)(conversion * 1e6 + 0.5));
    cpn_say_percent(all, (int64_t)(overall * 1e6 + 0.5));
    const char *const words[CPN_SAY_WORDS] = { name, percent, all };
    const cpn_review_finding finding = { .kind = kind,
                                         .source = CPN_REVIEW_SEGMENT,
                                         .row = row,
                                         .metric = cpn_review_find_any(review, cpn_review_quotients[0].names) };
    return cpn_review_add_own(
        review, finding, review->is_chinese ? "{0} 类转化率 {1}（整体 {2}）" : "{0}-class conversion {1} (overall {2})",
        words, error);
}

campaign_status cpn_review_judge_classes(cpn_review *review, campaign_error *error)
{
    const campaign_table *table = review->inputs->segments;
    double sums[N_NUMBERS] = { 0, 0 };
    class_columns columns;
    if (!table) return CAMPAIGN_OK;
    campaign_status status = find_columns(&columns, table, error);
    if (status != CAMPAIGN_OK) return status;
    review->class_name = columns.name;
    if (columns.name.n_rows > CPN_REVIEW_MOST_CLASSES)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "segments", "%lld rows, the limit is %d",
                        (long long)columns.name.n_rows, (int)CPN_REVIEW_MOST_CLASSES);
    status = sum_classes(sums, review, &columns, error);
    const double overall = sums[LEADS] > 0 ? sums[ORDERS] / sums[LEADS] : 0;
    if (status != CAMPAIGN_OK || !(overall > 0 && overall < MOST_CONVERSION)) return status;
    for (int64_t row = 0; row < columns.name.n_rows && status == CAMPAIGN_OK; row++)
        status = judge_class(review, &columns, row, overall, error);
    return status;
}
