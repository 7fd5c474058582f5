/* Deciding for one customer: scores at the prices, best first, as far as the customer's own limits go. No memory is asked
 * for and nothing is written but the answer. */
#include <math.h>

#include "allocate/offers/prices.h"

#include "base/number.h"

/* Where the prices of the customer's group stand; NULL, and the error, for a code that is none. */
static const double *find_group(const campaign_offer_prices *prices, const campaign_offer_customer *customer,
                                campaign_error *error)
{
    const cpn_offers_problem *problem = &prices->problem;
    int64_t group = 0;
    for (int32_t i = 0; i < prices->n_names; i++) {
        const cpn_offers_attribute *attribute = &problem->attributes[prices->attributes[i]];
        int32_t key = customer->keys[i];
        if (key < -1 || key >= attribute->named.n) {
            (void)cpn_fail(error, CAMPAIGN_E_ARGUMENT, "customer.keys",
                           "the code of %.60s is %ld, expected -1 to %ld, from campaign_offer_prices_key",
                           attribute->name, (long)key, (long)attribute->named.n - 1);
            return NULL;
        }
        if (key < 0) key = attribute->named.n; /* any other */
        group += key * attribute->stride;
    }
    return prices->prices + group * problem->n_offers * problem->n_costs;
}

static campaign_status need_fields(const campaign_offer_prices *prices, const campaign_offer_customer *customer,
                                   campaign_error *error)
{
    const long n_costs = prices->problem.n_costs - 1, n_names = prices->n_names;
    if (n_costs > 0 && !customer->costs)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "customer.costs", "costs are missing, expected %ld of each offer",
                        n_costs);
    if (n_names > 0 && !customer->keys)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "customer.keys",
                        "codes are missing, expected %ld, such as that of %.60s", n_names, prices->names[0]);
    if (customer->most >= 0) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "customer.most", "%ld offers, expected 0 or more",
                    (long)customer->most);
}

static campaign_status check_customer(const campaign_offer_prices *prices, const campaign_offer_customer *customer,
                                      campaign_error *error)
{
    const cpn_offers_problem *problem = &prices->problem;
    const int32_t n_extra = problem->n_costs - 1;
    for (int32_t k = 0; k < problem->n_offers; k++) {
        if (cpn_is_nan(customer->values[k])) continue;
        if (cpn_is_infinite(customer->values[k]))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, k, "customer.values", "the value is infinite");
        for (int32_t e = 0; e < n_extra; e++) {
            const double cost = customer->costs[(int64_t)k * n_extra + e];
            if (!(cost >= 0 && cost <= 1e300))
                return cpn_fail_row(error, CAMPAIGN_E_VALUE, k, "customer.costs",
                                    "cost %ld of the offer is negative, not finite, or above 1e300", (long)e);
        }
    }
    return CAMPAIGN_OK;
}

static double score_of(const cpn_offers_problem *problem, const campaign_offer_customer *customer, const double *group,
                       int32_t offer)
{
    const int32_t n_costs = problem->n_costs;
    const double *price = group + (int64_t)offer * n_costs;
    double score = customer->values[offer] - price[0];
    for (int32_t c = 1; c < n_costs; c++) score -= customer->costs[(int64_t)offer * (n_costs - 1) + c - 1] * price[c];
    return score;
}

/* Whether an offer may join those chosen: it is new, and every limit it lies in has room. */
static bool has_room(const cpn_offers_problem *problem, const int32_t *chosen, int32_t n, int32_t offer)
{
    for (int32_t i = 0; i < n; i++)
        if (chosen[i] == offer) return false;
    for (int32_t node = problem->leaves[offer]; node > 0; node = problem->nodes[node].parent) {
        int32_t inside = 0;
        for (int32_t i = 0; i < n; i++) {
            int32_t at = problem->leaves[chosen[i]];
            while (at > 0 && at != node) at = problem->nodes[at].parent;
            inside += at == node;
        }
        if (inside >= problem->nodes[node].most) return false;
    }
    return true;
}

campaign_status campaign_allocate_choose_offer(int32_t *chosen, int32_t *n_chosen, int32_t capacity,
                                               const campaign_offer_prices *prices,
                                               const campaign_offer_customer *customer, campaign_error *error)
{
    if (n_chosen) *n_chosen = 0;
    if (!chosen || !n_chosen || !prices || !customer || customer->size != sizeof *customer || !customer->values)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "customer",
                        "chosen, n_chosen, prices, customer with its size, and its values are required");
    const cpn_offers_problem *problem = &prices->problem;
    campaign_status status = need_fields(prices, customer, error);
    if (status != CAMPAIGN_OK) return status;
    int32_t most = customer->most ? customer->most : prices->most;
    const int32_t wanted = most;
    if (most > problem->n_offers) most = problem->n_offers;
    if (capacity < most)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "capacity", "there is room for %ld offers, expected %ld or more",
                        (long)capacity, (long)most);
    const double *group = find_group(prices, customer, error);
    if (!group) return CAMPAIGN_E_ARGUMENT;
    status = check_customer(prices, customer, error);
    if (status != CAMPAIGN_OK) return status;
    int32_t n = 0;
    while (n < most) {
        double best = prices->is_exact ? -INFINITY : 0;
        int32_t at = -1;
        for (int32_t k = 0; k < problem->n_offers; k++) {
            const double score = score_of(problem, customer, group, k);
            if (score > best && has_room(problem, chosen, n, k)) {
                best = score;
                at = k;
            }
        }
        if (at < 0) break;
        chosen[n++] = at;
    }
    if (prices->is_exact && n < wanted)
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "customer", "%ld offers can be given, %ld must be", (long)n,
                        (long)wanted);
    *n_chosen = n;
    return CAMPAIGN_OK;
}
