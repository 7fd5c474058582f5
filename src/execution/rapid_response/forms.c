/* Forms 1 and 2 filled: the response plan in one row, and a row per region. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "execution/rapid_response/rapid.h"

static void add_piece(cpn_text *text, const cpn_rapid *rapid, const char *piece)
{
    if (text->length > 0) cpn_text_add_string(text, rapid->request.is_chinese ? "；" : "; ");
    cpn_text_add_string(text, piece);
}

/* A text that was put together; null where it is empty. Frees it. */
static campaign_status out_pieces(cpn_out *out, int32_t index, cpn_text *text, campaign_error *error)
{
    const bool has_failed = text->has_failed;
    if (text->length > 0)
        cpn_out_text(out, index, text->data, text->length);
    else
        cpn_out_null(out, index);
    cpn_text_clear(text);
    return has_failed ? cpn_fail_nomem(error) : CAMPAIGN_OK;
}

static campaign_status out_list(cpn_out *out, int32_t index, const cpn_rapid *rapid, const cpn_json_value *list,
                                campaign_error *error)
{
    cpn_text text = { 0 };
    for (const cpn_json_value *item = list ? list->first : NULL; item; item = item->next)
        add_piece(&text, rapid, item->text);
    return out_pieces(out, index, &text, error);
}

static campaign_status out_resources(cpn_out *out, int32_t index, const cpn_rapid *rapid, const char *kind,
                                     campaign_error *error)
{
    cpn_text text = { 0 };
    for (int64_t i = 0; i < rapid->n_resources; i++)
        if (!kind || strcmp(rapid->resources[i].kind, kind) == 0) add_piece(&text, rapid, rapid->resources[i].name);
    return out_pieces(out, index, &text, error);
}

/* Sales, marketing and service have owners of their own in the form. */
static bool is_department(const char *role)
{
    static const char *const others[] = { "sales", "marketing", "service", "销售", "市场", "客服" };
    for (size_t i = 0; role && i < sizeof others / sizeof *others; i++)
        if (strcmp(role, others[i]) == 0) return false;
    return role != NULL;
}

/* The other departments that see to the check list, once each. */
static campaign_status out_departments(cpn_out *out, int32_t index, const cpn_rapid *rapid, campaign_error *error)
{
    cpn_text text = { 0 };
    for (int64_t i = 0; i < rapid->n_resources; i++) {
        const char *role = rapid->resources[i].owner_role;
        int64_t before = 0;
        if (!is_department(role)) continue;
        while (!rapid->resources[before].owner_role || strcmp(rapid->resources[before].owner_role, role) != 0) before++;
        if (before == i) add_piece(&text, rapid, role);
    }
    return out_pieces(out, index, &text, error);
}

/* ---- Form 1 ------------------------------------------------------------------------------------------------------ */

enum {
    NAME,
    TYPE,
    START,
    FINISH,
    GOAL,
    CUSTOMERS,
    CONVERSION,
    SALES_TASK,
    OWNER_SALES,
    OWNER_MARKETING,
    OWNER_SERVICE,
    SUPPORT,
    MATERIALS,
    TRAINING,
    RISKS,
    KICKOFF,
    MATERIALS_READY,
    CONTACTED,
    REMARKS,
    N_PLAN_COLUMNS
};

static const cpn_column_schema plan_schema[N_PLAN_COLUMNS] = {
    { "name", CAMPAIGN_TYPE_UTF8, "Name.", "活动名称。" },
    { "type", CAMPAIGN_TYPE_UTF8, "new_product, fair, thank_you or counter_attack.", "活动类型。" },
    { "start", CAMPAIGN_TYPE_DATE, "First day.", "开始日期。" },
    { "finish", CAMPAIGN_TYPE_DATE, "Last day.", "结束日期。" },
    { "goal", CAMPAIGN_TYPE_UTF8, "Core goal.", "核心目标。" },
    { "customers", CAMPAIGN_TYPE_INT64, "Target customers.", "目标客户数。" },
    { "expected_conversion_ppm", CAMPAIGN_TYPE_INT64, "Part that is to order.", "预计成交率（百万分比）。" },
    { "sales_task", CAMPAIGN_TYPE_MONEY, "Sales to reach.", "销售任务。" },
    { "owner_sales", CAMPAIGN_TYPE_UTF8, "Who answers for sales.", "销售负责人。" },
    { "owner_marketing", CAMPAIGN_TYPE_UTF8, "Who answers for marketing.", "市场负责人。" },
    { "owner_service", CAMPAIGN_TYPE_UTF8, "Who answers for service.", "客服负责人。" },
    { "support", CAMPAIGN_TYPE_UTF8, "Departments in support.", "支持部门。" },
    { "materials", CAMPAIGN_TYPE_UTF8, "Materials.", "物料。" },
    { "training", CAMPAIGN_TYPE_UTF8, "Training.", "培训。" },
    { "risks", CAMPAIGN_TYPE_UTF8, "Risks of resources.", "资源风险。" },
    { "kickoff", CAMPAIGN_TYPE_DATE, "Kick-off.", "启动会日期。" },
    { "materials_ready", CAMPAIGN_TYPE_DATE, "Materials in place.", "物料到位日期。" },
    { "contacted", CAMPAIGN_TYPE_DATE, "All customers contacted by then.", "全部客户触达日期。" },
    { "remarks", CAMPAIGN_TYPE_UTF8, "Remarks.", "备注。" },
};

static void write_goal(cpn_out *out, const cpn_rapid *rapid)
{
    char leads[CPN_NUMBER_TEXT], deals[CPN_NUMBER_TEXT], expected[CPN_NUMBER_TEXT], sales[CAMPAIGN_MONEY_TEXT];
    char sentence[CPN_RAPID_SENTENCE];
    const bool zh = rapid->request.is_chinese;
    const char *given = cpn_get_text(rapid->request.root, &cpn_rapid_record, "goal");
    (void)cpn_format_int64(leads, rapid->leads);
    (void)cpn_format_int64(deals, rapid->deals);
    cpn_rapid_micro_text(expected, rapid->expected_micro);
    (void)campaign_money_format(sales, rapid->sales_minor, rapid->request.exponent);
    const char *en = rapid->has_sales ? "{0} customers, {1} deals (expected {2}), sales of {3} {4}."
                                      : "{0} customers, {1} deals (expected {2}).";
    const char *zh_text = rapid->has_sales ? "{0} 位客户，成交 {1} 单（期望 {2}），销售 {3} {4}。"
                                           : "{0} 位客户，成交 {1} 单（期望 {2}）。";
    cpn_rapid_say(sentence, zh ? zh_text : en,
                  (const char *const[CPN_RAPID_WORDS]){ leads, deals, expected, sales, rapid->request.currency });
    cpn_out_string(out, GOAL, given ? given : sentence);
}

static void write_dates(cpn_out *out, const cpn_rapid *rapid)
{
    const cpn_rapid_window *windows = rapid->request.windows;
    int32_t ready = CPN_RAPID_NO_DAY, contacted = windows[CPN_STAGE_CONTACT].due;
    for (int64_t i = 0; i < rapid->n_resources; i++)
        if (strcmp(rapid->resources[i].kind, "materials") == 0 && rapid->resources[i].due > ready)
            ready = rapid->resources[i].due;
    for (int64_t i = 0; i < rapid->n_customers; i++)
        if (rapid->customers[i].first_contact > contacted) contacted = rapid->customers[i].first_contact;
    cpn_out_int64(out, START, rapid->request.start);
    cpn_out_int64(out, FINISH, rapid->request.finish);
    cpn_out_int64(out, KICKOFF, windows[CPN_STAGE_KICKOFF].due);
    cpn_rapid_out_day(out, MATERIALS_READY, ready);
    cpn_out_int64(out, CONTACTED, contacted);
}

static campaign_status write_resources(cpn_out *out, const cpn_rapid *rapid, campaign_error *error)
{
    const cpn_json_value *root = rapid->request.root;
    const char *materials = cpn_get_text(root, &cpn_rapid_record, "materials");
    const char *training = cpn_get_text(root, &cpn_rapid_record, "training");
    cpn_text risks = { 0 };
    const cpn_json_value *support = cpn_get(root, "support");
    campaign_status status =
        support ? out_list(out, SUPPORT, rapid, support, error) : out_departments(out, SUPPORT, rapid, error);
    if (materials)
        cpn_out_string(out, MATERIALS, materials);
    else if (status == CAMPAIGN_OK)
        status = out_resources(out, MATERIALS, rapid, "materials", error);
    if (training)
        cpn_out_string(out, TRAINING, training);
    else if (status == CAMPAIGN_OK)
        status = out_resources(out, TRAINING, rapid, "training", error);
    for (int64_t i = 0; i < rapid->n_resources; i++) {
        if (i > 0 && !rapid->request.is_chinese) cpn_text_add_char(&risks, ' '); /* risks are sentences */
        cpn_text_add_string(&risks, rapid->resources[i].name);
        cpn_text_add_string(&risks, rapid->request.is_chinese ? "：" : ": ");
        cpn_text_add_string(&risks, rapid->resources[i].risk);
    }
    const campaign_status written = out_pieces(out, RISKS, &risks, error);
    return status == CAMPAIGN_OK ? written : status;
}

campaign_status cpn_rapid_write_response_plan(campaign_table **table, const cpn_rapid *rapid, campaign_error *error)
{
    const cpn_json_value *root = rapid->request.root, *owners = cpn_get(root, "owners");
    int64_t conversion = 0;
    cpn_out out;
    cpn_out_open(&out, plan_schema, N_PLAN_COLUMNS, rapid->request.currency, rapid->request.exponent);
    (void)cpn_mul_div64(&conversion, rapid->expected_micro, 1, rapid->leads, CAMPAIGN_ROUND_HALF_UP);
    cpn_out_string(&out, NAME, rapid->request.name);
    cpn_out_string(&out, TYPE, cpn_rapid_type_names[rapid->request.type]);
    write_goal(&out, rapid);
    cpn_out_int64(&out, CUSTOMERS, rapid->leads);
    cpn_out_int64(&out, CONVERSION, conversion);
    cpn_out_optional_int64(&out, SALES_TASK, rapid->sales_minor, rapid->has_sales);
    cpn_out_string(&out, OWNER_SALES, cpn_get_text(owners, &cpn_rapid_owners_record, "sales"));
    cpn_out_string(&out, OWNER_MARKETING, cpn_get_text(owners, &cpn_rapid_owners_record, "marketing"));
    cpn_out_string(&out, OWNER_SERVICE, cpn_get_text(owners, &cpn_rapid_owners_record, "service"));
    write_dates(&out, rapid);
    const campaign_status status = write_resources(&out, rapid, error);
    cpn_out_string(&out, REMARKS, cpn_get_text(root, &cpn_rapid_record, "remarks"));
    return cpn_rapid_out_close(table, &out, status, error);
}

/* ---- Form 2 ------------------------------------------------------------------------------------------------------ */

static const cpn_column_schema split_schema[] = {
    { "region", CAMPAIGN_TYPE_UTF8, "Region.", "区域。" },
    { "owner", CAMPAIGN_TYPE_UTF8, "Who answers for it.", "负责人。" },
    { "customers", CAMPAIGN_TYPE_INT64, "Target customers.", "目标客户数。" },
    { "expected_conversion_ppm", CAMPAIGN_TYPE_INT64, "Part that is to order.", "预计成交率（百万分比）。" },
    { "expected_deals", CAMPAIGN_TYPE_FLOAT64, "Deals as expected value.", "期望成交数。" },
    { "sales_task", CAMPAIGN_TYPE_MONEY, "Sales to reach.", "销售任务。" },
    { "key_customers", CAMPAIGN_TYPE_UTF8, "Customers that matter most.", "重点客户。" },
    { "resources", CAMPAIGN_TYPE_UTF8, "What it needs.", "所需资源。" },
};

static cpn_rapid_name text_of_row(const cpn_rapid *rapid, const cpn_rapid_region *region, int32_t which)
{
    if (region->row < 0) return (cpn_rapid_name){ NULL, 0 };
    return cpn_rapid_cell_name(&rapid->region_texts[which], region->row);
}

/* The owner whom the request or the table names; otherwise the reps of the region, where there are few. */
static campaign_status write_owner(cpn_out *out, const cpn_rapid *rapid, int32_t index, campaign_error *error)
{
    enum { MOST_NAMED = 3 };
    char text[CPN_NAMED_KEY_TEXT];
    const cpn_rapid_region *region = &rapid->regions[index];
    const char *given = region->given ? cpn_get_text(region->given, &cpn_rapid_region_record, "owner") : NULL;
    const cpn_rapid_name cell = text_of_row(rapid, region, 0);
    cpn_text names = { 0 };
    int64_t n = 0;
    for (int32_t rep = 0; rep < rapid->n_reps && n <= MOST_NAMED; rep++) n += rapid->reps[rep].region == index;
    if (given || cell.text || n == 0 || n > MOST_NAMED) {
        cpn_rapid_out_name(out, 1, given ? cpn_rapid_text_name(given) : cell);
        return CAMPAIGN_OK;
    }
    for (int32_t rep = 0; rep < rapid->n_reps; rep++) {
        if (rapid->reps[rep].region != index) continue;
        cpn_rapid_rep_text(text, rapid, rep);
        add_piece(&names, rapid, text);
    }
    return out_pieces(out, 1, &names, error);
}

/* The first of the list stand for the region; first_places has, by region, how many of them there is room for. */
static campaign_status write_key_customers(cpn_out *out, const cpn_rapid *rapid, int32_t index,
                                           const int64_t *first_places, campaign_error *error)
{
    char text[CPN_NAMED_KEY_TEXT];
    const cpn_rapid_region *region = &rapid->regions[index];
    const cpn_json_value *given = region->given ? cpn_get(region->given, "key_customers") : NULL;
    const cpn_rapid_name cell = text_of_row(rapid, region, 1);
    cpn_text names = { 0 };
    if (given) return out_list(out, 6, rapid, given, error);
    if (cell.text) {
        cpn_rapid_out_name(out, 6, cell);
        return CAMPAIGN_OK;
    }
    for (int32_t i = 0; i < CPN_RAPID_KEY_CUSTOMERS; i++) {
        const int64_t place = first_places[index * CPN_RAPID_KEY_CUSTOMERS + i];
        if (place < 0) continue;
        cpn_rapid_customer_text(text, rapid, &rapid->customers[place]);
        add_piece(&names, rapid, text);
    }
    return out_pieces(out, 6, &names, error);
}

static campaign_status write_needs(cpn_out *out, const cpn_rapid *rapid, const cpn_rapid_region *region,
                                   campaign_error *error)
{
    const char *given = region->given ? cpn_get_text(region->given, &cpn_rapid_region_record, "resources") : NULL;
    const cpn_rapid_name cell = text_of_row(rapid, region, 2);
    if (!given && !cell.text) return out_resources(out, 7, rapid, NULL, error);
    cpn_rapid_out_name(out, 7, given ? cpn_rapid_text_name(given) : cell);
    return CAMPAIGN_OK;
}

static campaign_status write_region(cpn_out *out, const cpn_rapid *rapid, int32_t index, const int64_t *first_places,
                                    campaign_error *error)
{
    const cpn_rapid_region *region = &rapid->regions[index];
    cpn_rapid_out_region(out, 0, rapid, index);
    campaign_status status = write_owner(out, rapid, index, error);
    cpn_out_int64(out, 2, region->leads);
    cpn_out_int64(out, 3, region->conversion_ppm);
    cpn_out_float64(out, 4, (double)region->expected_micro / CPN_RAPID_MILLION);
    cpn_out_optional_int64(out, 5, region->sales_minor, rapid->has_sales);
    if (status == CAMPAIGN_OK) status = write_key_customers(out, rapid, index, first_places, error);
    return status == CAMPAIGN_OK ? write_needs(out, rapid, region, error) : status;
}

campaign_status cpn_rapid_write_task_split(campaign_table **table, const cpn_rapid *rapid, campaign_error *error)
{
    cpn_out out;
    int64_t *first_places = cpn_alloc(rapid->n_regions * CPN_RAPID_KEY_CUSTOMERS, sizeof *first_places);
    campaign_status status = first_places ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t i = 0; first_places && i < rapid->n_regions * CPN_RAPID_KEY_CUSTOMERS; i++) first_places[i] = -1;
    for (int64_t place = 0; first_places && place < rapid->n_customers; place++) {
        int64_t *own = &first_places[rapid->customers[place].region * CPN_RAPID_KEY_CUSTOMERS];
        for (int32_t i = 0; i < CPN_RAPID_KEY_CUSTOMERS; i++) {
            if (own[i] >= 0) continue;
            own[i] = place;
            break;
        }
    }
    cpn_out_open(&out, split_schema, (int32_t)(sizeof split_schema / sizeof *split_schema), rapid->request.currency,
                 rapid->request.exponent);
    for (int32_t i = 0; i < rapid->n_regions && status == CAMPAIGN_OK; i++)
        status = write_region(&out, rapid, i, first_places, error);
    cpn_free(first_places);
    return cpn_rapid_out_close(table, &out, status, error);
}
