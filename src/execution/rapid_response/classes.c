/* Classes of customers and their order, RR3: S = high interaction, B = an enquiry of late, C = the pool; inside a class
 * those with an enquiry of the last months and no order since come first. */
#include "base/date.h"
#include "base/sort.h"
#include "execution/rapid_response/rapid.h"

static bool is_within_days(const cpn_rapid_request *request, int32_t day, int32_t days)
{
    return day != CPN_RAPID_NO_DAY && (int64_t)request->as_of - day <= days;
}

/* Where interactions are counted the count decides; otherwise one of late is enough. A count beside an old date is one
 * of other days. */
static bool is_high(const cpn_rapid_request *request, const cpn_rapid_customer *customer)
{
    const bool has_day = customer->last_interaction != CPN_RAPID_NO_DAY;
    const bool is_late = is_within_days(request, customer->last_interaction, request->s_days);
    if (customer->interactions < 0) return is_late;
    return customer->interactions >= request->s_interactions && (is_late || !has_day);
}

static void set_class(cpn_rapid_customer *customer, const cpn_rapid_request *request, int32_t open_from)
{
    if (is_high(request, customer))
        customer->class = CPN_CLASS_S;
    else if (is_within_days(request, customer->last_enquiry, request->b_days))
        customer->class = CPN_CLASS_B;
    else
        customer->class = CPN_CLASS_C;
    customer->is_open = customer->last_enquiry != CPN_RAPID_NO_DAY && customer->last_enquiry >= open_from &&
                        customer->last_order < customer->last_enquiry;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* More interactions, then the later enquiry, the later interaction, the later order, and the key. */
static int by_priority(const void *a, const void *b, const void *ctx)
{
    const cpn_rapid_customer *one = a, *other = b;
    (void)ctx;
    int order = compare_numbers(one->class, other->class);
    if (order == 0) order = (int)other->is_open - (int)one->is_open;
    if (order == 0 && one->class == CPN_CLASS_S) order = compare_numbers(other->interactions, one->interactions);
    if (order == 0) order = compare_numbers(other->last_enquiry, one->last_enquiry);
    if (order == 0) order = compare_numbers(other->last_interaction, one->last_interaction);
    if (order == 0) order = compare_numbers(other->last_order, one->last_order);
    return order != 0 ? order : compare_numbers(one->code, other->code);
}

static void note_classes(cpn_rapid *rapid, const int64_t counts[CPN_RAPID_CLASSES])
{
    char count[CPN_NUMBER_TEXT];
    for (int32_t class = 0; class < CPN_RAPID_CLASSES && rapid->n_customers > 1; class ++) {
        if (counts[class] != rapid->n_customers) continue;
        (void)cpn_format_int64(count, counts[class]);
        cpn_rapid_note_add(rapid, "one_class", counts[class],
                           "All {0} customers are of class {1}: look at the rules in classes, or at the dates of the "
                           "list.",
                           "全部 {0} 位客户均为 {1} 类：请检查分类规则或客户清单中的日期。",
                           (const char *const[CPN_RAPID_WORDS]){ count, cpn_rapid_class_names[class] });
    }
    (void)cpn_format_int64(count, rapid->n_unknown_reps);
    if (rapid->n_unknown_reps > 0)
        cpn_rapid_note_add(rapid, "unknown_rep", rapid->n_unknown_reps,
                           "{0} {0?row names|rows name} a rep who is not among the reps: their customers go to others.",
                           "{0} 行的业务员不在人员表中，其客户改由他人跟进。",
                           (const char *const[CPN_RAPID_WORDS]){ count });
    if (rapid->n_future == 0) return;
    (void)cpn_format_int64(count, rapid->n_future);
    cpn_rapid_note_add(
        rapid, "future_dates", rapid->n_future,
        "{0} {0?date|dates} of customers {0?lies|lie} after the day that recency is measured to, and {0?was|were} "
        "not counted.",
        "有 {0} 个客户日期晚于基准日，未计入。", (const char *const[CPN_RAPID_WORDS]){ count });
}

campaign_status cpn_rapid_classes_set(cpn_rapid *rapid, campaign_error *error)
{
    const cpn_rapid_request *request = &rapid->request;
    int64_t counts[CPN_RAPID_CLASSES] = { 0 };
    const int64_t least = INT64_C(31) * request->open_months + CAMPAIGN_DAY_MIN;
    const int32_t open_from =
        request->as_of < least ? CAMPAIGN_DAY_MIN : cpn_add_months(request->as_of, -request->open_months);
    for (int64_t i = 0; i < rapid->n_customers; i++) set_class(&rapid->customers[i], request, open_from);
    if (!cpn_sort(rapid->customers, rapid->n_customers, sizeof *rapid->customers, by_priority, NULL))
        return cpn_fail_nomem(error);
    for (int64_t i = 0; i < rapid->n_customers; i++) {
        cpn_rapid_customer *customer = &rapid->customers[i];
        customer->rank = ++counts[customer->class];
        if (!rapid->has_levels)
            customer->level =
                cpn_rapid_names_find(&rapid->levels, cpn_rapid_text_name(cpn_rapid_class_names[customer->class]));
    }
    note_classes(rapid, counts);
    return CAMPAIGN_OK;
}
