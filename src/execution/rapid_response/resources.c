/* What must be at hand, RR4: the usual resources of the type and the request's own, each with its deadline, its owner and
 * what happens where it is late or missing. */
#include <string.h>

#include "base/memory.h"
#include "execution/rapid_response/lists.h"
#include "execution/rapid_response/rapid.h"

static const char *word(const cpn_rapid *rapid, const cpn_rapid_words *words)
{
    return rapid->request.is_chinese ? words->zh : words->en;
}

const char *cpn_rapid_owner(const cpn_rapid *rapid, const char *role_en)
{
    const cpn_json_value *owners = cpn_get(rapid->request.root, "owners");
    for (int64_t i = 0; i < cpn_rapid_owners_record.n_fields; i++)
        if (strcmp(cpn_rapid_owners_record.fields[i].name, role_en) == 0)
            return cpn_get_text(owners, &cpn_rapid_owners_record, role_en);
    return NULL;
}

static void take_usual(cpn_rapid *rapid)
{
    const bool is_wanted = cpn_get_bool(rapid->request.root, &cpn_rapid_record, "usual_resources");
    for (int32_t i = 0; i < cpn_rapid_n_usual_resources && is_wanted; i++) {
        const cpn_rapid_usual_resource *usual = &cpn_rapid_usual_resources[i];
        if (!(usual->types >> rapid->request.type & 1)) continue;
        rapid->resources[rapid->n_resources++] = (cpn_rapid_resource){ .id = usual->id,
                                                                       .kind = usual->kind,
                                                                       .name = word(rapid, &usual->name),
                                                                       .owner_role = word(rapid, &usual->role),
                                                                       .owner = cpn_rapid_owner(rapid, usual->role.en),
                                                                       .status = "open",
                                                                       .risk = word(rapid, &usual->risk),
                                                                       .source = "RR4",
                                                                       .working_days = usual->working_days };
    }
}

static cpn_rapid_resource read_own(const cpn_json_value *item)
{
    const cpn_record *record = &cpn_rapid_resource_record;
    cpn_rapid_resource own = { .id = cpn_get_text(item, record, "id"), .source = "request" };
    own.name = cpn_get_text(item, record, "name");
    if (!own.name) own.name = own.id;
    own.kind = cpn_get_text(item, record, "kind");
    own.owner_role = cpn_get_text(item, record, "owner_role");
    own.owner = cpn_get_text(item, record, "owner");
    own.status = cpn_get_text(item, record, "status");
    own.risk = cpn_get_text(item, record, "risk");
    own.working_days = (int32_t)cpn_get_int(item, record, "working_days");
    return own;
}

/* One that is called as a usual one takes its place, and keeps its words where it brings none. */
static void replace(cpn_rapid_resource *usual, cpn_rapid_resource own, const cpn_json_value *item)
{
    if (!cpn_get(item, "name")) own.name = usual->name;
    if (!cpn_get(item, "kind")) own.kind = usual->kind;
    if (!cpn_get(item, "working_days")) own.working_days = usual->working_days;
    if (!own.owner_role) own.owner_role = usual->owner_role;
    if (!own.owner) own.owner = usual->owner;
    if (!own.risk) own.risk = usual->risk;
    *usual = own;
}

static campaign_status take_own(cpn_rapid *rapid, const cpn_json_value *list, campaign_error *error)
{
    const int64_t n_usual = rapid->n_resources;
    for (const cpn_json_value *item = list ? list->first : NULL; item; item = item->next) {
        const campaign_status status = cpn_rapid_check_id(cpn_get(item, "id"), error);
        if (status != CAMPAIGN_OK) return status;
        cpn_rapid_resource own = read_own(item);
        int64_t at = 0;
        while (at < rapid->n_resources && strcmp(rapid->resources[at].id, own.id) != 0) at++;
        if (at < rapid->n_resources && (at >= n_usual || strcmp(rapid->resources[at].source, "request") == 0))
            return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, cpn_get(item, "id"), "resource \"%s\" stands twice",
                                 own.id);
        if (at < rapid->n_resources) {
            replace(&rapid->resources[at], own, item);
            continue;
        }
        if (!own.risk)
            own.risk =
                rapid->request.is_chinese ? "若迟到或缺失，将推迟触达。" : "If late or missing, contacts are put off.";
        rapid->resources[rapid->n_resources++] = own;
    }
    return CAMPAIGN_OK;
}

static void note_blocked(cpn_rapid *rapid)
{
    int64_t n = 0;
    const char *first = NULL;
    char count[CPN_NUMBER_TEXT];
    for (int64_t i = 0; i < rapid->n_resources; i++) {
        if (strcmp(rapid->resources[i].status, "blocked") != 0) continue;
        if (n++ == 0) first = rapid->resources[i].name;
    }
    if (n == 0) return;
    (void)cpn_format_int64(count, n);
    cpn_rapid_note_add(
        rapid, "resource_blocked", n,
        "{0} {0?resource is|resources are} blocked, such as {1}: {0?its risk is|their risks are} real now.",
        "{0} 项资源受阻，例如{1}：风险已经出现。", (const char *const[CPN_RAPID_WORDS]){ count, first });
}

campaign_status cpn_rapid_resources_set(cpn_rapid *rapid, campaign_error *error)
{
    const cpn_json_value *list = cpn_get(rapid->request.root, "resources");
    rapid->resources = cpn_alloc(cpn_rapid_n_usual_resources + (list ? list->n_children : 0), sizeof *rapid->resources);
    if (!rapid->resources) return cpn_fail_nomem(error);
    take_usual(rapid);
    campaign_status status = take_own(rapid, list, error);
    for (int64_t i = 0; i < rapid->n_resources && status == CAMPAIGN_OK; i++)
        status = cpn_rapid_working_day(&rapid->resources[i].due, rapid, rapid->request.start,
                                       rapid->resources[i].working_days, error);
    if (status == CAMPAIGN_OK) note_blocked(rapid);
    return status;
}

static const cpn_column_schema schema[] = {
    { "resource", CAMPAIGN_TYPE_UTF8, "Key.", "标识。" },
    { "kind", CAMPAIGN_TYPE_UTF8, "materials, technical_support, logistics, partners, training or other.",
      "类别：物料、技术支持、物流、合作伙伴、培训、其他。" },
    { "name", CAMPAIGN_TYPE_UTF8, "Name.", "名称。" },
    { "owner_role", CAMPAIGN_TYPE_UTF8, "Role that sees to it.", "负责岗位。" },
    { "owner", CAMPAIGN_TYPE_UTF8, "Person.", "负责人。" },
    { "working_days", CAMPAIGN_TYPE_INT64, "Due so many working days after the start.", "开始后第几个工作日到位。" },
    { "due", CAMPAIGN_TYPE_DATE, "Day by which it is there.", "到位日期。" },
    { "status", CAMPAIGN_TYPE_UTF8, "open, doing, done or blocked.", "状态。" },
    { "risk", CAMPAIGN_TYPE_UTF8, "Where it is late or missing.", "迟到或缺失的风险。" },
    { "source", CAMPAIGN_TYPE_UTF8, "Row of the handbook, or request.", "手册编号或请求。" },
};

campaign_status cpn_rapid_write_resources(campaign_table **table, const cpn_rapid *rapid, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), NULL, 0);
    for (int64_t i = 0; i < rapid->n_resources; i++) {
        const cpn_rapid_resource *resource = &rapid->resources[i];
        cpn_out_string(&out, 0, resource->id);
        cpn_out_string(&out, 1, resource->kind);
        cpn_out_string(&out, 2, resource->name);
        cpn_out_string(&out, 3, resource->owner_role);
        cpn_out_string(&out, 4, resource->owner);
        cpn_out_int64(&out, 5, resource->working_days);
        cpn_out_int64(&out, 6, resource->due);
        cpn_out_string(&out, 7, resource->status);
        cpn_out_string(&out, 8, resource->risk);
        cpn_out_string(&out, 9, resource->source);
    }
    return cpn_out_close(table, &out, error);
}
