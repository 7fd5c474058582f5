/* When each customer is contacted and how, RR5: S by call and visit, B by WeChat or mail with an exclusive offer, C in a
 * community. Each rep takes its customers in order of priority, so many a day and way; who does not fit is listed with the
 * day on which the turn would come. */
#include "base/memory.h"
#include "base/sort.h"
#include "execution/rapid_response/rapid.h"

/* Day, from 0, of a rep's next contact in a way; -1: the rep does not work that way. */
static int64_t next_day(const cpn_rapid_rep *rep, cpn_rapid_way way)
{
    return rep->a_day[way] > 0 ? rep->used[way] / rep->a_day[way] : -1;
}

static int64_t take_day(cpn_rapid_rep *rep, cpn_rapid_way way)
{
    const int64_t day = next_day(rep, way);
    if (day >= 0) rep->used[way]++;
    return day;
}

/* Of WeChat and mail the customer's own, or the one that is free sooner. */
static cpn_rapid_way message_way(const cpn_rapid_rep *rep, const cpn_rapid_customer *customer)
{
    if (customer->way >= 0 && rep->a_day[customer->way] > 0) return (cpn_rapid_way)customer->way;
    const int64_t wechat = next_day(rep, CPN_WAY_WECHAT), mail = next_day(rep, CPN_WAY_MAIL);
    if (wechat < 0 && mail < 0) return customer->way >= 0 ? (cpn_rapid_way)customer->way : CPN_WAY_WECHAT;
    return wechat < 0 || (mail >= 0 && mail < wechat) ? CPN_WAY_MAIL : CPN_WAY_WECHAT;
}

static campaign_status date_contact(cpn_rapid_contact *contact, cpn_rapid *rapid, campaign_error *error)
{
    contact->date = CPN_RAPID_NO_DAY;
    if (contact->index < 0) return CAMPAIGN_OK;
    const int64_t step = rapid->request.windows[CPN_STAGE_CONTACT].first_step + contact->index;
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    const campaign_status status =
        campaign_calendar_add_working_days(&contact->date, rapid->calendar, rapid->request.start, step, error);
    if (status == CAMPAIGN_E_OVERFLOW) { /* thousands of years away: never */
        contact->date = CPN_RAPID_NO_DAY;
        contact->index = -1;
        return CAMPAIGN_OK;
    }
    if (status == CAMPAIGN_OK && campaign_calendar_day(&info, rapid->calendar, contact->date, NULL) == CAMPAIGN_OK)
        rapid->is_provisional = rapid->is_provisional || info.is_provisional;
    return status;
}

static campaign_status add_contact(cpn_rapid *rapid, int64_t place, cpn_rapid_way way, int64_t index,
                                   campaign_error *error)
{
    cpn_rapid_contact *contact = &rapid->contacts[rapid->n_contacts++];
    *contact = (cpn_rapid_contact){ .place = place, .index = index, .rep = rapid->customers[place].rep, .way = way };
    return date_contact(contact, rapid, error);
}

/* A visit follows the call: on the same day at the earliest. */
static campaign_status plan_call_and_visit(cpn_rapid *rapid, int64_t place, cpn_rapid_rep *rep, campaign_error *error)
{
    const int64_t call = rep ? take_day(rep, CPN_WAY_CALL) : -1;
    const int64_t visit = rep ? take_day(rep, CPN_WAY_VISIT) : -1;
    const campaign_status status = add_contact(rapid, place, CPN_WAY_CALL, call, error);
    if (status != CAMPAIGN_OK) return status;
    return add_contact(rapid, place, CPN_WAY_VISIT, visit >= 0 && visit < call ? call : visit, error);
}

static campaign_status plan_customer(cpn_rapid *rapid, int64_t place, campaign_error *error)
{
    const cpn_rapid_customer *customer = &rapid->customers[place];
    cpn_rapid_rep *rep = customer->rep >= 0 ? &rapid->reps[customer->rep] : NULL;
    cpn_rapid_way way = CPN_WAY_COMMUNITY;
    if (customer->class == CPN_CLASS_S) return plan_call_and_visit(rapid, place, rep, error);
    if (customer->class == CPN_CLASS_B)
        way = rep ? message_way(rep, customer) : customer->way >= 0 ? (cpn_rapid_way)customer->way : CPN_WAY_WECHAT;
    return add_contact(rapid, place, way, rep ? take_day(rep, way) : -1, error);
}

/* ---- What comes out ---------------------------------------------------------------------------------------------- */

/* The first contact is what reaches a customer; all of them within the window make the work done in time. */
static void look_at_customer(cpn_rapid *rapid, cpn_rapid_customer *customer, int64_t first)
{
    const cpn_rapid_contact *contacts = &rapid->contacts[first];
    const int64_t n = rapid->n_contacts - first;
    customer->is_within = true;
    for (int64_t i = 0; i < n; i++) {
        const bool is_there = contacts[i].date != CPN_RAPID_NO_DAY;
        customer->is_within = customer->is_within && contacts[i].index >= 0 && contacts[i].index < rapid->n_days;
        if (is_there && (customer->first_contact == CPN_RAPID_NO_DAY || contacts[i].date < customer->first_contact))
            customer->first_contact = contacts[i].date;
        if (is_there && contacts[i].date > rapid->request.finish) rapid->n_after_finish++;
    }
    if (customer->first_contact == CPN_RAPID_NO_DAY)
        rapid->n_unreached++;
    else if (customer->is_within)
        rapid->n_within++;
    else
        rapid->n_beyond++;
}

static int by_rep(const void *a, const void *b, const void *ctx)
{
    const cpn_rapid_contact *one = a, *other = b;
    (void)ctx;
    if ((one->rep < 0) != (other->rep < 0)) return one->rep < 0 ? 1 : -1;
    if (one->rep != other->rep) return one->rep < other->rep ? -1 : 1;
    if ((one->index < 0) != (other->index < 0)) return one->index < 0 ? 1 : -1;
    if (one->index != other->index) return one->index < other->index ? -1 : 1;
    if (one->way != other->way) return one->way < other->way ? -1 : 1;
    return (one->place > other->place) - (one->place < other->place);
}

static void tell_beyond(cpn_rapid *rapid)
{
    char count[CPN_NUMBER_TEXT], due[CAMPAIGN_DATE_TEXT], finish[CAMPAIGN_DATE_TEXT];
    cpn_rapid_day_text(due, rapid->request.windows[CPN_STAGE_CONTACT].due);
    cpn_rapid_day_text(finish, rapid->request.finish);
    (void)cpn_format_int64(count, rapid->n_beyond);
    const char *const words[CPN_RAPID_WORDS] = { count, due, finish };
    if (rapid->n_beyond > 0)
        cpn_rapid_note_add(
            rapid, "beyond_capacity", rapid->n_beyond,
            "{0} {0?customer|customers} cannot be fully contacted by {1}: listed with the day on which their "
            "turn comes.",
            "{0} 位客户无法在 {1} 前完成触达，已列出轮到的日期。", words);
    (void)cpn_format_int64(count, rapid->n_after_finish);
    if (rapid->n_after_finish > 0)
        cpn_rapid_note_add(rapid, "after_finish", rapid->n_after_finish,
                           "{0} {0?contact|contacts} would come after the last day {2}: more reps, or fewer customers.",
                           "{0} 次触达将晚于最后一天 {2}：需增加人手或减少客户。", words);
    (void)cpn_format_int64(count, rapid->n_unreached - rapid->n_without_rep);
    if (rapid->n_unreached > rapid->n_without_rep)
        cpn_rapid_note_add(
            rapid, "no_capacity", rapid->n_unreached - rapid->n_without_rep,
            "{0} {0?customer has|customers have} a rep whose capacity for their class is 0: listed without a date.",
            "{0} 位客户的业务员在相应方式上的能力为 0：已列出，但未安排日期。", words);
}

static void tell_unlisted(cpn_rapid *rapid)
{
    if (rapid->n_customers == 0)
        cpn_rapid_note_add(rapid, "no_customers", 0,
                           "There is no list of customers: classes and contacts are left open.",
                           "没有客户清单：未进行分类，也未安排触达。", (const char *const[CPN_RAPID_WORDS]){ NULL });
    if (rapid->n_reps == 0)
        cpn_rapid_note_add(rapid, "no_reps", 0, "There are no reps: nobody has quotas or contacts.",
                           "没有业务员：未分配任务，也未安排触达。", (const char *const[CPN_RAPID_WORDS]){ NULL });
}

campaign_status cpn_rapid_contacts_set(cpn_rapid *rapid, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    tell_unlisted(rapid);
    rapid->contacts = cpn_alloc(2 * rapid->n_customers, sizeof *rapid->contacts);
    if (!rapid->contacts) return cpn_fail_nomem(error);
    for (int64_t place = 0; place < rapid->n_customers && status == CAMPAIGN_OK; place++) {
        const int64_t first = rapid->n_contacts;
        status = plan_customer(rapid, place, error);
        if (status == CAMPAIGN_OK) look_at_customer(rapid, &rapid->customers[place], first);
    }
    if (status == CAMPAIGN_OK && !cpn_sort(rapid->contacts, rapid->n_contacts, sizeof *rapid->contacts, by_rep, NULL))
        status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) tell_beyond(rapid);
    return status;
}
