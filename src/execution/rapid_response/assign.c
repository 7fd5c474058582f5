/* Who works on whom: customers keep the rep they have; the others go, in order of priority, to the rep of their region who
 * gets to them first. Each customer has one rep, so none is contacted by two, RR9. */
#include "base/checked.h"
#include "base/memory.h"
#include "execution/rapid_response/rapid.h"

/* Reps by region, in key order; then those of no region, who serve all, and at the end those of regions that take no part. */
typedef struct candidates {
    int32_t *reps;
    int64_t *starts; /* n_regions + 3 */
} candidates;

static int64_t list_of(const cpn_rapid *rapid, int32_t rep)
{
    const int32_t region = rapid->reps[rep].region;
    return region >= 0 ? region : region == CPN_RAPID_EVERYWHERE ? rapid->n_regions : rapid->n_regions + 1;
}

static campaign_status list_candidates(candidates *found, const cpn_rapid *rapid, campaign_error *error)
{
    const int64_t n_lists = rapid->n_regions + 2;
    found->starts = cpn_alloc_zero(n_lists + 1, sizeof *found->starts);
    found->reps = cpn_alloc(rapid->n_reps, sizeof *found->reps);
    if (!found->starts || !found->reps) return cpn_fail_nomem(error);
    for (int32_t rep = 0; rep < rapid->n_reps; rep++) found->starts[list_of(rapid, rep) + 1]++;
    for (int64_t i = 0; i < n_lists; i++) found->starts[i + 1] += found->starts[i];
    for (int32_t rep = (int32_t)rapid->n_reps - 1; rep >= 0; rep--)
        found->reps[--found->starts[list_of(rapid, rep) + 1]] = rep;
    /* Each start now stands one place too high. */
    for (int64_t i = 0; i < n_lists; i++) found->starts[i] = found->starts[i + 1];
    found->starts[n_lists] = rapid->n_reps;
    return CAMPAIGN_OK;
}

/* Whether rep a would get to one more customer of a class before rep b, as -1, or 1: (load + 1) / capacity a day, without
 * dividing. One who cannot contact the class at all never does. */
static int compare_turns(const cpn_rapid_rep *a, const cpn_rapid_rep *b, cpn_rapid_class class)
{
    const int64_t a_day = cpn_rapid_class_capacity(a, class), b_day = cpn_rapid_class_capacity(b, class);
    if ((a_day > 0) != (b_day > 0)) return a_day > 0 ? -1 : 1;
    if (a_day == 0) return (a->load[class] > b->load[class]) - (a->load[class] < b->load[class]);
    return cpn_compare_128(cpn_mul_128(a->load[class] + 1, b_day), cpn_mul_128(b->load[class] + 1, a_day));
}

/* Turns that come at the same time go to the lower key. */
static bool is_sooner(const cpn_rapid *rapid, int32_t a, int32_t b, cpn_rapid_class class)
{
    const int order = compare_turns(&rapid->reps[a], &rapid->reps[b], class);
    return order != 0 ? order < 0 : a < b;
}

static void choose_among(cpn_rapid *rapid, cpn_rapid_customer *customer, const candidates *found, int64_t list)
{
    for (int64_t i = found->starts[list]; i < found->starts[list + 1]; i++) {
        const int32_t rep = found->reps[i];
        if (customer->rep < 0 || is_sooner(rapid, rep, customer->rep, customer->class)) customer->rep = rep;
    }
}

/* A customer without a region is anybody's. */
static void choose_rep(cpn_rapid *rapid, cpn_rapid_customer *customer, const candidates *found)
{
    if (rapid->regions[customer->region].is_rest) {
        for (int64_t list = 0; list < rapid->n_regions + 2; list++) choose_among(rapid, customer, found, list);
    } else {
        choose_among(rapid, customer, found, customer->region);
        choose_among(rapid, customer, found, rapid->n_regions);
    }
    if (customer->rep >= 0) rapid->reps[customer->rep].load[customer->class]++;
}

/* ---- Nobody there ------------------------------------------------------------------------------------------------ */

static campaign_status tell_without_rep(cpn_rapid *rapid, campaign_error *error)
{
    char count[CPN_NUMBER_TEXT], shown[CPN_JSON_SHOWN];
    int64_t first = -1;
    for (int64_t i = 0; i < rapid->n_customers; i++) {
        if (rapid->customers[i].rep >= 0) continue;
        if (first < 0) first = i;
        rapid->n_without_rep++;
    }
    if (first < 0) return CAMPAIGN_OK;
    const cpn_rapid_name name = rapid->regions[rapid->customers[first].region].name;
    (void)cpn_json_show(shown, name.text, name.length);
    if (rapid->request.fails_without_rep)
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "reps", "%lld customers have no rep, such as those of region %s",
                        (long long)rapid->n_without_rep, shown);
    (void)cpn_format_int64(count, rapid->n_without_rep);
    cpn_rapid_note_add(rapid, "without_rep", rapid->n_without_rep,
                       "{0} {0?customer has|customers have} no rep, such as in region {1}: listed without a date.",
                       "{0} 位客户无人负责，例如区域 {1}：已列出，但未安排日期。",
                       (const char *const[CPN_RAPID_WORDS]){ count, shown });
    return CAMPAIGN_OK;
}

campaign_status cpn_rapid_assign(cpn_rapid *rapid, campaign_error *error)
{
    candidates found = { NULL, NULL };
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < rapid->n_customers; i++)
        if (rapid->customers[i].rep >= 0) rapid->reps[rapid->customers[i].rep].load[rapid->customers[i].class]++;
    if (rapid->n_reps > 0) status = list_candidates(&found, rapid, error);
    for (int64_t i = 0; i < rapid->n_customers && rapid->n_reps > 0 && status == CAMPAIGN_OK; i++)
        if (rapid->customers[i].rep < 0) choose_rep(rapid, &rapid->customers[i], &found);
    cpn_free(found.reps);
    cpn_free(found.starts);
    return status == CAMPAIGN_OK ? tell_without_rep(rapid, error) : status;
}
