/* Tables of customers, of their contacts, and of how full each day is. */
#include "execution/rapid_response/rapid.h"

static void use_key(cpn_column_schema *columns, int32_t index, const cpn_named_keys *keys)
{
    columns[index].type = cpn_rapid_key_type(keys);
}

static void out_customer(cpn_out *out, int32_t index, const cpn_rapid *rapid, const cpn_rapid_customer *customer)
{
    cpn_out_cell(out, index, &rapid->customer_keys.column, rapid->customer_keys.keys.first_rows[customer->code]);
}

/* ---- Customers --------------------------------------------------------------------------------------------------- */

enum {
    CUSTOMER,
    REGION,
    LEVEL,
    REP,
    CLASS,
    RANK,
    PLACE,
    OPEN,
    INTERACTIONS,
    LAST_INTERACTION,
    LAST_ENQUIRY,
    LAST_ORDER,
    FIRST_CONTACT,
    WITHIN,
    N_ROWS,
    TEXT,
    N_CUSTOMER_COLUMNS
};

static const cpn_column_schema customer_schema[N_CUSTOMER_COLUMNS] = {
    { "customer", CAMPAIGN_TYPE_UTF8, "Customer.", "客户。" },
    { "region", CAMPAIGN_TYPE_UTF8, "Region.", "区域。" },
    { "level", CAMPAIGN_TYPE_UTF8, "Customer level.", "客户级别。" },
    { "rep", CAMPAIGN_TYPE_UTF8, "Rep who works on it.", "负责业务员。" },
    { "class", CAMPAIGN_TYPE_UTF8, "S, B or C.", "类别 S、B、C。" },
    { "rank", CAMPAIGN_TYPE_INT64, "Place inside the class.", "类内名次。" },
    { "place", CAMPAIGN_TYPE_INT64, "Place over all.", "总名次。" },
    { "is_open", CAMPAIGN_TYPE_BOOL, "An enquiry of the last months, and no order since.", "近期有询盘且此后未下单。" },
    { "interactions", CAMPAIGN_TYPE_INT64, "Interactions counted.", "互动次数。" },
    { "last_interaction", CAMPAIGN_TYPE_DATE, "Latest interaction.", "最近互动日期。" },
    { "last_enquiry", CAMPAIGN_TYPE_DATE, "Latest enquiry.", "最近询盘日期。" },
    { "last_order", CAMPAIGN_TYPE_DATE, "Latest order.", "最近下单日期。" },
    { "first_contact", CAMPAIGN_TYPE_DATE, "Day of the first contact; null = never.", "首次触达日期，空为未安排。" },
    { "is_within_window", CAMPAIGN_TYPE_BOOL, "All contacts lie in the window.", "全部触达均在时限内。" },
    { "n_rows", CAMPAIGN_TYPE_INT64, "Rows of the list that told of it.", "清单中的行数。" },
    { "text", CAMPAIGN_TYPE_UTF8, "Why it stands here.", "理由。" },
};

/* Where the class comes from, and what puts the customer first. */
static void write_reason(cpn_out *out, const cpn_rapid *rapid, const cpn_rapid_customer *customer)
{
    static const char *const en[] = { "S: {0} interactions in the last {1} days{4}",
                                      "S: an interaction on {2}, within {1} days{4}",
                                      "B: an enquiry on {3}, within {1} days{4}",
                                      "C: neither of late, so in the pool{4}" };
    static const char *const zh[] = { "S 类：最近 {1} 天互动 {0} 次{4}", "S 类：{2} 有互动，在 {1} 天内{4}",
                                      "B 类：{3} 有询盘，在 {1} 天内{4}", "C 类：近期无互动与询盘，归入客户池{4}" };
    char count[CPN_NUMBER_TEXT], days[CPN_NUMBER_TEXT], interaction[CAMPAIGN_DATE_TEXT], enquiry[CAMPAIGN_DATE_TEXT];
    char first[CPN_RAPID_SENTENCE], sentence[CPN_RAPID_SENTENCE];
    const bool is_chinese = rapid->request.is_chinese, is_b = customer->class == CPN_CLASS_B;
    const int32_t which = customer->class == CPN_CLASS_S ? customer->interactions < 0 : (int32_t)customer->class + 1;
    (void)cpn_format_int64(count, customer->interactions);
    (void)cpn_format_int64(days, is_b ? rapid->request.b_days : rapid->request.s_days);
    cpn_rapid_day_text(interaction, customer->last_interaction);
    cpn_rapid_day_text(enquiry, customer->last_enquiry);
    const char *const words[CPN_RAPID_WORDS] = { count, days, interaction, enquiry, first };
    const char *open = is_chinese ? "；{3} 询盘后未下单，类内优先。"
                                  : "; the enquiry of {3} brought no order yet: first in its class.";
    first[0] = '\0';
    cpn_rapid_say(first, customer->is_open ? open : is_chinese ? "。" : ".", words);
    cpn_rapid_say(sentence, is_chinese ? zh[which] : en[which], words);
    cpn_out_string(out, TEXT, sentence);
}

static void write_customer(cpn_out *out, const cpn_rapid *rapid, int64_t place)
{
    const cpn_rapid_customer *customer = &rapid->customers[place];
    out_customer(out, CUSTOMER, rapid, customer);
    cpn_rapid_out_region(out, REGION, rapid, customer->region);
    cpn_rapid_out_name(out, LEVEL,
                       customer->level < 0 ? (cpn_rapid_name){ NULL, 0 } : rapid->levels.names[customer->level]);
    cpn_rapid_out_rep(out, REP, rapid, customer->rep);
    cpn_out_string(out, CLASS, cpn_rapid_class_names[customer->class]);
    cpn_out_int64(out, RANK, customer->rank);
    cpn_out_int64(out, PLACE, place + 1);
    cpn_out_int64(out, OPEN, customer->is_open);
    cpn_out_optional_int64(out, INTERACTIONS, customer->interactions, customer->interactions >= 0);
    cpn_rapid_out_day(out, LAST_INTERACTION, customer->last_interaction);
    cpn_rapid_out_day(out, LAST_ENQUIRY, customer->last_enquiry);
    cpn_rapid_out_day(out, LAST_ORDER, customer->last_order);
    cpn_rapid_out_day(out, FIRST_CONTACT, customer->first_contact);
    cpn_out_int64(out, WITHIN, customer->is_within);
    cpn_out_int64(out, N_ROWS, customer->n_rows);
    write_reason(out, rapid, customer);
}

campaign_status cpn_rapid_write_customers(campaign_table **table, const cpn_rapid *rapid, campaign_error *error)
{
    cpn_column_schema columns[N_CUSTOMER_COLUMNS];
    cpn_out out;
    for (int32_t i = 0; i < N_CUSTOMER_COLUMNS; i++) columns[i] = customer_schema[i];
    use_key(columns, CUSTOMER, &rapid->customer_keys);
    use_key(columns, REP, &rapid->rep_keys);
    cpn_out_open(&out, columns, N_CUSTOMER_COLUMNS, NULL, 0);
    for (int64_t place = 0; place < rapid->n_customers; place++) write_customer(&out, rapid, place);
    return cpn_out_close(table, &out, error);
}

/* ---- Contacts ---------------------------------------------------------------------------------------------------- */

static const cpn_column_schema contact_schema[] = {
    { "contact", CAMPAIGN_TYPE_INT64, "Number of the contact.", "触达编号。" },
    { "rep", CAMPAIGN_TYPE_UTF8, "Rep.", "业务员。" },
    { "date", CAMPAIGN_TYPE_DATE, "Day; null = never.", "日期，空为未安排。" },
    { "way", CAMPAIGN_TYPE_UTF8, "call, visit, wechat, mail or community.",
      "方式：call 电话、visit 拜访、wechat 微信、mail 邮件、community 社群。" },
    { "customer", CAMPAIGN_TYPE_UTF8, "Customer.", "客户。" },
    { "class", CAMPAIGN_TYPE_UTF8, "S, B or C.", "类别 S、B、C。" },
    { "place", CAMPAIGN_TYPE_INT64, "The customer's place over all.", "客户总名次。" },
    { "region", CAMPAIGN_TYPE_UTF8, "Region.", "区域。" },
    { "offer", CAMPAIGN_TYPE_UTF8, "Exclusive offer, class B.", "专属优惠（B 类）。" },
    { "is_within_window", CAMPAIGN_TYPE_BOOL, "Whether the day lies in the contact window.", "是否在触达时限内。" },
    { "status", CAMPAIGN_TYPE_UTF8, "open.", "状态。" },
    { "next_action", CAMPAIGN_TYPE_UTF8, "What follows.", "下一步。" },
};
enum { N_CONTACT_COLUMNS = sizeof contact_schema / sizeof *contact_schema };

static void write_next(cpn_out *out, const cpn_rapid *rapid, const cpn_rapid_contact *contact, bool is_within)
{
    static const char *const en[] = { "Agree on the visit; write the follow-up record the same day.",
                                      "Put forward the proposal; write the follow-up record the same day.",
                                      "Follow up on the offer within 2 working days; write the follow-up record.",
                                      "Nurture in the community; move up with the next enquiry." };
    static const char *const zh[] = { "约定拜访，当日填写跟进记录。", "提交方案，当日填写跟进记录。",
                                      "2 个工作日内跟进优惠，填写跟进记录。", "在社群中持续培育，再次询盘时升级。" };
    static const char *const late_en = "Reached after the window: nurtured until then.";
    static const char *const late_zh = "超出时限后轮到，其间持续培育。";
    const int32_t which = contact->way == CPN_WAY_CALL        ? 0
                          : contact->way == CPN_WAY_VISIT     ? 1
                          : contact->way == CPN_WAY_COMMUNITY ? 3
                                                              : 2;
    const bool is_late = contact->way == CPN_WAY_COMMUNITY && !is_within;
    if (rapid->request.is_chinese)
        cpn_out_string(out, 11, is_late ? late_zh : zh[which]);
    else
        cpn_out_string(out, 11, is_late ? late_en : en[which]);
}

static void write_contact(cpn_out *out, const cpn_rapid *rapid, int64_t number, const char *offer)
{
    const cpn_rapid_contact *contact = &rapid->contacts[number];
    const cpn_rapid_customer *customer = &rapid->customers[contact->place];
    const bool is_within = contact->index >= 0 && contact->index < rapid->n_days;
    cpn_out_int64(out, 0, number + 1);
    cpn_rapid_out_rep(out, 1, rapid, contact->rep);
    cpn_rapid_out_day(out, 2, contact->date);
    cpn_out_string(out, 3, cpn_rapid_way_names[contact->way]);
    out_customer(out, 4, rapid, customer);
    cpn_out_string(out, 5, cpn_rapid_class_names[customer->class]);
    cpn_out_int64(out, 6, contact->place + 1);
    cpn_rapid_out_region(out, 7, rapid, customer->region);
    cpn_out_string(out, 8, customer->class == CPN_CLASS_B ? offer : NULL);
    cpn_out_int64(out, 9, is_within);
    cpn_out_string(out, 10, "open");
    write_next(out, rapid, contact, is_within);
}

campaign_status cpn_rapid_write_contacts(campaign_table **table, const cpn_rapid *rapid, campaign_error *error)
{
    cpn_column_schema columns[N_CONTACT_COLUMNS];
    cpn_out out;
    const char *offer = cpn_get_text(rapid->request.root, &cpn_rapid_record, "offer");
    if (!offer) offer = rapid->request.is_chinese ? "专属优惠" : "exclusive offer";
    for (int32_t i = 0; i < N_CONTACT_COLUMNS; i++) columns[i] = contact_schema[i];
    use_key(columns, 1, &rapid->rep_keys);
    use_key(columns, 4, &rapid->customer_keys);
    cpn_out_open(&out, columns, N_CONTACT_COLUMNS, NULL, 0);
    for (int64_t i = 0; i < rapid->n_contacts; i++) write_contact(&out, rapid, i, offer);
    return cpn_out_close(table, &out, error);
}

/* ---- Loads ------------------------------------------------------------------------------------------------------- */

static const cpn_column_schema load_schema[] = {
    { "rep", CAMPAIGN_TYPE_UTF8, "Rep.", "业务员。" },
    { "date", CAMPAIGN_TYPE_DATE, "Day.", "日期。" },
    { "way", CAMPAIGN_TYPE_UTF8, "Way.", "方式。" },
    { "n", CAMPAIGN_TYPE_INT64, "Contacts planned.", "计划触达数。" },
    { "capacity", CAMPAIGN_TYPE_INT64, "Contacts that are possible.", "触达能力。" },
};

static bool is_same_load(const cpn_rapid_contact *a, const cpn_rapid_contact *b)
{
    return a->rep == b->rep && a->index == b->index && a->way == b->way;
}

/* Contacts come by rep, day and way: each run of equal ones is a row. */
campaign_status cpn_rapid_write_loads(campaign_table **table, const cpn_rapid *rapid, campaign_error *error)
{
    cpn_column_schema columns[5];
    cpn_out out;
    for (int32_t i = 0; i < 5; i++) columns[i] = load_schema[i];
    use_key(columns, 0, &rapid->rep_keys);
    cpn_out_open(&out, columns, 5, NULL, 0);
    for (int64_t first = 0, next; first < rapid->n_contacts; first = next) {
        const cpn_rapid_contact *contact = &rapid->contacts[first];
        for (next = first + 1; next < rapid->n_contacts && is_same_load(contact, &rapid->contacts[next]);) next++;
        if (contact->rep < 0 || contact->index < 0) continue;
        cpn_rapid_out_rep(&out, 0, rapid, contact->rep);
        cpn_rapid_out_day(&out, 1, contact->date);
        cpn_out_string(&out, 2, cpn_rapid_way_names[contact->way]);
        cpn_out_int64(&out, 3, next - first);
        cpn_out_int64(&out, 4, rapid->reps[contact->rep].a_day[contact->way]);
    }
    return cpn_out_close(table, &out, error);
}
