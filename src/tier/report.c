/* The tables behind the tiers: what lies in each bin, and what each segment is worth. */
#include "base/checked.h"
#include "base/memory.h"
#include "tier/tier.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const char *const dimension_names[] = { "recency", "frequency", "monetary" };

static const cpn_column_schema bins_schema[] = {
    { "dimension", CAMPAIGN_TYPE_UTF8, "recency, frequency or monetary.", "维度：最近消费、频次或金额。" },
    { "score", CAMPAIGN_TYPE_INT32, "Score, 1 is worst.", "得分，1 为最差。" },
    { "customers", CAMPAIGN_TYPE_INT64, "Customers with this score.", "该得分的客户数。" },
    { "cut", CAMPAIGN_TYPE_FLOAT64, "Value from which this score begins; days, purchases or major units.",
      "达到该得分的分界值：天、次或主币单位。" },
    { "min_number", CAMPAIGN_TYPE_INT64, "Least days or purchases in the bin.", "档内最小天数或次数。" },
    { "max_number", CAMPAIGN_TYPE_INT64, "Most days or purchases in the bin.", "档内最大天数或次数。" },
    { "min_amount", CAMPAIGN_TYPE_MONEY, "Least amount in the bin.", "档内最小金额。" },
    { "max_amount", CAMPAIGN_TYPE_MONEY, "Greatest amount in the bin.", "档内最大金额。" },
};

/* The least value that scores at least score; for recency the most days. False where nobody does. */
static bool find_reached(int64_t *value, const cpn_scores *scores, int32_t score, bool is_recency)
{
    bool is_found = false;
    for (int32_t bin = score - 1; bin < scores->scale.n_bins; bin++) {
        if (scores->bins.n_with_value[bin] == 0) continue;
        const int64_t candidate = is_recency ? scores->bins.max[bin] : scores->bins.min[bin];
        if (!is_found || (is_recency ? candidate > *value : candidate < *value)) *value = candidate;
        is_found = true;
    }
    return is_found;
}

static void write_cut(cpn_out *out, const cpn_scores *scores, int32_t score, int32_t dimension, int32_t exponent)
{
    int64_t value = 0;
    if (score > 1 && scores->scale.has_cut) {
        const cpn_step *step = &scores->scale.steps[score - 2];
        if (step->value != INT64_MAX || step->quota == 0) {
            cpn_out_float64(out, 3, scores->scale.cut[score - 2]);
            return;
        }
    } else if (score > 1 && find_reached(&value, scores, score, dimension == CPN_RECENCY)) {
        const int64_t unit = dimension == CPN_MONETARY ? cpn_power_of_ten(exponent) : 1;
        cpn_out_float64(out, 3, (double)value / (double)unit);
        return;
    }
    cpn_out_null(out, 3);
}

static void write_bin(cpn_out *out, const cpn_scores *scores, int32_t bin, int32_t dimension, int32_t exponent)
{
    const bool is_money = dimension == CPN_MONETARY;
    cpn_out_string(out, 0, dimension_names[dimension]);
    cpn_out_int64(out, 1, bin + 1);
    cpn_out_int64(out, 2, scores->bins.n[bin]);
    write_cut(out, scores, bin + 1, dimension, exponent);
    const bool has_range = scores->bins.n_with_value[bin] > 0;
    for (int32_t column = 4; column < 8; column++) {
        const int64_t end = column % 2 == 0 ? scores->bins.min[bin] : scores->bins.max[bin];
        cpn_out_optional_int64(out, column, end, has_range && (column >= 6) == is_money);
    }
}

campaign_status cpn_rfm_write_bins(campaign_table **bins, const cpn_rfm *rfm, campaign_error *error)
{
    const campaign_column *amount = &rfm->history.amount;
    cpn_out out;
    cpn_out_open(&out, bins_schema, COUNT(bins_schema), amount->currency, amount->exponent);
    for (int32_t d = 0; d < CPN_N_DIMENSIONS; d++)
        for (int32_t bin = 0; bin < rfm->scores[d].scale.n_bins; bin++)
            write_bin(&out, &rfm->scores[d], bin, d, amount->exponent);
    return cpn_out_close(bins, &out, error);
}

/* ---- Segments ---------------------------------------------------------------------------------------------------- */

static const cpn_column_schema segments_schema[] = {
    { "tier", CAMPAIGN_TYPE_UTF8, "Id of the tier.", "分层标识。" },
    { "tier_name", CAMPAIGN_TYPE_UTF8, "Name of the tier.", "分层名称。" },
    { "customers", CAMPAIGN_TYPE_INT64, "Customers in the tier.", "分层内客户数。" },
    { "customer_share", CAMPAIGN_TYPE_FLOAT64, "Share of all customers.", "客户数占比。" },
    { "monetary", CAMPAIGN_TYPE_MONEY, "Amount of the tier, net of returns.", "分层金额（扣除退货）。" },
    { "monetary_share", CAMPAIGN_TYPE_FLOAT64, "Share of the amount of all customers.", "金额占比。" },
    { "recency_days_mean", CAMPAIGN_TYPE_FLOAT64, "Mean days since the last purchase.", "距最近消费的平均天数。" },
    { "frequency_mean", CAMPAIGN_TYPE_FLOAT64, "Mean number of purchases.", "平均消费次数。" },
};

typedef struct segment_sum {
    int64_t n, n_with_purchase, monetary, days, frequency;
} segment_sum;

static campaign_status sum_segments(segment_sum *sums, int64_t *total, const cpn_rfm *rfm, campaign_error *error)
{
    const cpn_history *h = &rfm->history;
    *total = 0;
    for (int64_t i = 0; i < h->n_customers; i++) {
        const cpn_facts *facts = &h->facts[i];
        segment_sum *sum = &sums[rfm->tiers[i]];
        sum->n++;
        sum->frequency += facts->frequency;
        if (cpn_has_purchase(facts)) {
            sum->n_with_purchase++;
            sum->days += h->as_of - facts->last_day;
        }
        if (!cpn_add64(&sum->monetary, sum->monetary, facts->monetary) || !cpn_add64(total, *total, facts->monetary))
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "segments.monetary",
                            "the amounts of all customers add up to more than %lld minor units", (long long)INT64_MAX);
    }
    return CAMPAIGN_OK;
}

static void write_share(cpn_out *out, int32_t column, int64_t part, int64_t whole)
{
    if (whole > 0)
        cpn_out_float64(out, column, (double)part / (double)whole);
    else
        cpn_out_null(out, column);
}

static void write_segment(cpn_out *out, const cpn_rule *rule, const segment_sum *sum, int64_t n, int64_t total)
{
    cpn_out_string(out, 0, rule->id);
    cpn_out_string(out, 1, rule->name);
    cpn_out_int64(out, 2, sum->n);
    write_share(out, 3, sum->n, n);
    cpn_out_int64(out, 4, sum->monetary);
    write_share(out, 5, sum->monetary, total);
    write_share(out, 6, sum->days, sum->n_with_purchase);
    write_share(out, 7, sum->frequency, sum->n);
}

campaign_status cpn_rfm_write_segments(campaign_table **segments, const cpn_rfm *rfm, campaign_error *error)
{
    const cpn_segments *rules = &rfm->segments;
    const campaign_column *amount = &rfm->history.amount;
    segment_sum *sums = cpn_alloc_zero(rules->n_rules + 2, sizeof *sums);
    if (!sums) return cpn_fail_nomem(error);
    int64_t total;
    campaign_status status = sum_segments(sums, &total, rfm, error);
    if (status == CAMPAIGN_OK) {
        cpn_out out;
        cpn_out_open(&out, segments_schema, COUNT(segments_schema), amount->currency, amount->exponent);
        for (int64_t i = 0; i < rules->n_rules + 2; i++)
            write_segment(&out, &rules->rules[i], &sums[i], rfm->history.n_customers, total);
        status = cpn_out_close(segments, &out, error);
    }
    cpn_free(sums);
    return status;
}
