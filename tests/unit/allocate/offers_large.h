/* Large cases of offers: splitmix64 (Vigna, public domain) fills values, costs and regions. */
#ifndef CPN_TESTS_OFFERS_LARGE_H
#define CPN_TESTS_OFFERS_LARGE_H

#include "offers_cases.h"

static inline uint64_t splitmix(uint64_t *state)
{
    uint64_t word = *state += UINT64_C(0x9E3779B97F4A7C15);
    word = (word ^ (word >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    word = (word ^ (word >> 27)) * UINT64_C(0x94D049BB133111EB);
    return word ^ (word >> 31);
}

static inline double unit(uint64_t *state)
{
    return (double)(splitmix(state) >> 11) * (1.0 / 9007199254740992.0);
}

/* n customers of nine regions, ten offers: a liking of each customer and one of each pair; dear offers please more. */
static inline campaign_table *large_pairs(int64_t n, uint64_t seed)
{
    enum { OFFERS = 10 };
    const char *names[2 + 2 * OFFERS] = { "customer", "region" };
    int32_t types[2 + 2 * OFFERS] = { CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_INT32 };
    char texts[2 * OFFERS][16];
    for (int32_t at = 0; at < 2 * OFFERS; at++) {
        (void)snprintf(texts[at], sizeof texts[at], "%s_%d", at % 2 ? "cost" : "value", at / 2);
        names[2 + at] = texts[at];
        types[2 + at] = CAMPAIGN_TYPE_FLOAT64;
    }
    campaign_table_builder *builder = open_table(names, types, 2 + 2 * OFFERS);
    for (int64_t i = 0; i < n; i++) {
        put(builder, 0, i);
        put(builder, 1, (int64_t)(splitmix(&seed) % 9));
        const double liking = unit(&seed);
        for (int32_t k = 0; k < OFFERS; k++) {
            const double value = 0.5 * liking + unit(&seed) * (0.5 + 0.1 * k);
            const double cost = (0.5 + unit(&seed)) * (1 + 0.2 * k);
            assert_int_equal(campaign_table_builder_append_float64(builder, 2 + 2 * k, value, NULL), CAMPAIGN_OK);
            assert_int_equal(campaign_table_builder_append_float64(builder, 3 + 2 * k, cost, NULL), CAMPAIGN_OK);
        }
    }
    return close_table(builder);
}

/* One budget; 11 rows: ten stocks more; 20 rows: nine regions more. */
static inline campaign_table *large_budgets(int64_t n, int32_t n_rows)
{
    static const char *const names[] = { "amount", "count", "offer", "region" };
    static const int32_t types[] = { CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_INT64,
                                     CAMPAIGN_TYPE_INT64 };
    campaign_table_builder *builder = open_table(names, types, 4);
    for (int32_t r = 0; r < n_rows; r++) {
        const bool is_stock = r > 0 && r <= 10;
        const double amount = r == 0 ? 0.6 * (double)n : 0.6 * (double)n / 9 * (0.85 + 0.05 * (r - 11));
        if (is_stock)
            put(builder, 0, NONE);
        else
            assert_int_equal(campaign_table_builder_append_float64(builder, 0, amount, NULL), CAMPAIGN_OK);
        put(builder, 1, is_stock ? n / 14 : NONE);
        put(builder, 2, is_stock ? r - 1 : NONE);
        put(builder, 3, r > 10 ? r - 11 : NONE);
    }
    return close_table(builder);
}

#endif
