/* Reps: who they are, which region each serves and how many customers a day they can contact. */
#include <string.h>

#include "base/memory.h"
#include "execution/rapid_response/rapid.h"

enum { MOST_COUNT = 1000000000 };

int32_t cpn_rapid_key_type(const cpn_named_keys *keys)
{
    return keys->column.type == 0 ? CAMPAIGN_TYPE_UTF8 : keys->column.type;
}

int64_t cpn_rapid_class_capacity(const cpn_rapid_rep *rep, cpn_rapid_class class)
{
    const int64_t *a_day = rep->a_day;
    switch (class) {
    case CPN_CLASS_S: return a_day[CPN_WAY_CALL] < a_day[CPN_WAY_VISIT] ? a_day[CPN_WAY_CALL] : a_day[CPN_WAY_VISIT];
    case CPN_CLASS_B: return a_day[CPN_WAY_WECHAT] + a_day[CPN_WAY_MAIL];
    case CPN_CLASS_C: return a_day[CPN_WAY_COMMUNITY];
    case CPN_RAPID_CLASSES: break;
    }
    return 0;
}

int64_t cpn_rapid_window_capacity(const cpn_rapid *rapid, const cpn_rapid_rep *rep)
{
    int64_t a_day = 0;
    for (int32_t class = 0; class < CPN_RAPID_CLASSES; class ++)
        a_day += cpn_rapid_class_capacity(rep, (cpn_rapid_class) class);
    return rapid->n_days * a_day;
}

campaign_status cpn_rapid_count(int64_t *count, const campaign_column *column, int64_t row, const char *where,
                                campaign_error *error)
{
    *count = -1;
    if (column->type == 0 || cpn_is_null(column, row)) return CAMPAIGN_OK;
    *count = cpn_cell_int64(column, row);
    if (*count >= 0 && *count <= MOST_COUNT) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "%lld is outside 0 to %ld", (long long)*count,
                        (long)MOST_COUNT);
}

/* Numbers the reps; one that stands twice is refused. */
static campaign_status number_reps(cpn_rapid *rapid, const campaign_column *column, const campaign_runtime *runtime,
                                   campaign_error *error)
{
    char text[CPN_NAMED_KEY_TEXT];
    campaign_status status = cpn_named_keys_create(&rapid->rep_keys, column, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    const cpn_keys *keys = &rapid->rep_keys.keys;
    for (int64_t row = 0; row < column->n_rows; row++) {
        if (!cpn_rapid_has_key(column, row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "reps.rep", "rep is null or empty");
        if (keys->first_rows[keys->codes[row]] == row) continue;
        cpn_named_key_text(text, &rapid->rep_keys, keys->codes[row]);
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "reps.rep", "rep %s stands in rows %lld and %lld", text,
                            (long long)keys->first_rows[keys->codes[row]], (long long)row);
    }
    rapid->n_reps = keys->n_keys;
    rapid->reps = cpn_alloc_zero(rapid->n_reps, sizeof *rapid->reps);
    return rapid->reps ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

static campaign_status read_capacity(cpn_rapid *rapid, const campaign_table *table, cpn_rapid_way way,
                                     campaign_error *error)
{
    static const char *const places[] = { "reps.call", "reps.visit", "reps.wechat", "reps.mail", "reps.community" };
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    campaign_status status =
        cpn_find_column(&column, table, "reps", NULL, cpn_rapid_way_names[way], CPN_ANY_INT, error);
    for (int64_t row = 0; row < rapid->rep_keys.column.n_rows && status == CAMPAIGN_OK; row++) {
        int64_t *a_day = &rapid->reps[rapid->rep_keys.keys.codes[row]].a_day[way];
        status = cpn_rapid_count(a_day, &column, row, places[way], error);
        if (status == CAMPAIGN_OK && *a_day < 0) *a_day = rapid->request.capacity[way];
    }
    return status;
}

campaign_status cpn_rapid_reps_read(cpn_rapid *rapid, const cpn_rapid_sources *sources, campaign_error *error)
{
    const campaign_table *table = sources->inputs->reps;
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    if (!table) return CAMPAIGN_OK;
    campaign_status status = cpn_need_column(&column, table, "reps", sources->options->rep, "rep", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK) status = number_reps(rapid, &column, sources->runtime, error);
    for (int32_t way = 0; way < CPN_RAPID_WAYS && status == CAMPAIGN_OK; way++)
        status = read_capacity(rapid, table, (cpn_rapid_way)way, error);
    return status;
}

static void tell_elsewhere(cpn_rapid *rapid, const campaign_column *region)
{
    char count[CPN_NUMBER_TEXT], rep_text[CPN_NAMED_KEY_TEXT], shown[CPN_JSON_SHOWN];
    int64_t n = 0;
    int32_t first = -1;
    for (int32_t rep = 0; rep < rapid->n_reps; rep++) {
        if (rapid->reps[rep].region != CPN_RAPID_ELSEWHERE) continue;
        if (n++ == 0) first = rep;
    }
    if (n == 0) return;
    const cpn_rapid_name name = cpn_rapid_cell_name(region, rapid->rep_keys.keys.first_rows[first]);
    (void)cpn_format_int64(count, n);
    cpn_rapid_rep_text(rep_text, rapid, first);
    (void)cpn_json_show(shown, name.text, name.length);
    cpn_rapid_note_add(rapid, "rep_elsewhere", n,
                       "{0} {0?rep serves a region|reps serve regions} that {0?takes|take} no part, such as {1} "
                       "(region {2}): no customers of "
                       "other regions.",
                       "{0} 位业务员所在区域不在本次活动中，例如 {1}（区域 {2}）：不分配其他区域的客户。",
                       (const char *const[CPN_RAPID_WORDS]){ count, rep_text, shown });
}

/* Says which region each rep serves, now that all regions are known, and what the reps of a region can do. */
campaign_status cpn_rapid_reps_place(cpn_rapid *rapid, const cpn_rapid_sources *sources, campaign_error *error)
{
    campaign_column region = CAMPAIGN_COLUMN_INIT;
    if (!sources->inputs->reps) return CAMPAIGN_OK;
    const campaign_status status = cpn_find_column(&region, sources->inputs->reps, "reps", sources->options->region,
                                                   "region", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    for (int64_t row = 0; row < rapid->rep_keys.column.n_rows && status == CAMPAIGN_OK; row++) {
        cpn_rapid_rep *rep = &rapid->reps[rapid->rep_keys.keys.codes[row]];
        const cpn_rapid_name own = cpn_rapid_cell_name(&region, row);
        const int32_t name = cpn_rapid_names_find(&rapid->region_names, own);
        rep->region = name >= 0 ? rapid->region_of_name[name] : own.text ? CPN_RAPID_ELSEWHERE : CPN_RAPID_EVERYWHERE;
        if (rep->region >= 0) rapid->regions[rep->region].capacity += cpn_rapid_window_capacity(rapid, rep);
    }
    if (status == CAMPAIGN_OK) tell_elsewhere(rapid, &region);
    return status;
}
