/* Predecessors of templates: "survey; interviews SS+2; pages FF-1; training +3d". The words are those of networks of
 * tasks; here lags are whole. */
#include <string.h>

#include "plan/tasks/templates.h"

/* ---- Words ------------------------------------------------------------------------------------------------------ */

static size_t mark_length(const char *text)
{
    static const char *const wide[] = { "；", "，", "、" };
    if (*text == ';' || *text == ',') return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp(text, wide[i], strlen(wide[i])) == 0) return strlen(wide[i]);
    return 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool read_type(cpn_task_link_type *type, const char *text, size_t length)
{
    static const char words[4][3] = { "FS", "SS", "FF", "SF" };
    for (int32_t i = 0; i < 4 && length >= 2; i++)
        if (upper(text[0]) == words[i][0] && upper(text[1]) == words[i][1]) {
            *type = (cpn_task_link_type)i;
            return true;
        }
    return false;
}

/* "+2", "-1w", "+3d", "+48h"; at most four digits. */
static bool read_lag(cpn_task_word *word, const char *text, size_t length)
{
    if (length < 2 || (text[0] != '+' && text[0] != '-')) return false;
    const char last = upper(text[length - 1]);
    word->lag_unit = last == 'W' ? CPN_TASK_WORKING_DAY : last == 'D' ? CPN_TASK_DAY : last == 'H' ? CPN_TASK_HOUR : -1;
    length -= word->lag_unit >= 0;
    if (length < 2 || length > 5) return false;
    for (size_t i = 1; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        word->lag = word->lag * 10 + (text[i] - '0');
    }
    if (text[0] == '-') word->lag = -word->lag;
    return true;
}

static bool read_tail(cpn_task_word *word)
{
    const char *text = word->tail;
    size_t length = (size_t)word->tail_length;
    while (length > 0 && is_blank(*text)) text++, length--;
    if (length == 0) return true;
    if (read_type(&word->type, text, length)) {
        text += 2, length -= 2;
        while (length > 0 && is_blank(*text)) text++, length--;
        if (length == 0) return true;
    }
    return read_lag(word, text, length);
}

bool cpn_task_next_word(cpn_task_word *word, const char **text)
{
    const char *at = *text;
    size_t mark = 0;
    while (is_blank(*at) || (*at && (mark = mark_length(at)) > 0)) at += mark ? mark : 1, mark = 0;
    *text = at;
    if (!*at) return false;
    const char *end = at;
    while (*end && mark_length(end) == 0) end++;
    *text = end;
    while (is_blank(end[-1])) end--;
    *word = (cpn_task_word){ .name = at, .lag_unit = -1 };
    while (at < end && !is_blank(*at)) at++;
    word->name_length = (int32_t)(at - word->name);
    word->tail = at;
    word->tail_length = (int32_t)(end - at);
    word->is_good = read_tail(word);
    return true;
}

/* ---- Links ------------------------------------------------------------------------------------------------------ */

static int32_t find_word(const cpn_task_set *set, const cpn_task_word *word)
{
    for (int32_t i = 0; i < set->n; i++)
        if (strlen(set->templates[i].id) == (size_t)word->name_length &&
            memcmp(set->templates[i].id, word->name, (size_t)word->name_length) == 0)
            return i;
    return -1;
}

/* A task that only campaigns of other types have is no mistake. */
static bool is_elsewhere(const cpn_task_set *set, const cpn_task_template *task, const cpn_task_word *word)
{
    for (int32_t i = 0; set->is_usual && i < cpn_n_usual_tasks; i++)
        if (strlen(cpn_usual_tasks[i].id) == (size_t)word->name_length &&
            memcmp(cpn_usual_tasks[i].id, word->name, (size_t)word->name_length) == 0)
            return true;
    for (const cpn_json_value *item = task->item ? task->item->parent->first : NULL; item; item = item->next) {
        const cpn_json_value *id = cpn_get(item, "id");
        if (id->length == (uint32_t)word->name_length && memcmp(id->text, word->name, id->length) == 0) return true;
    }
    return false;
}

static campaign_status refuse_word(const cpn_task_set *set, const cpn_task_template *task, const cpn_task_word *word,
                                   campaign_error *error)
{
    const char *names[CPN_TASK_MOST];
    char shown[CPN_JSON_SHOWN];
    int64_t n = 0;
    for (int32_t i = 0; i < set->n && n < CPN_TASK_MOST; i++) names[n++] = set->templates[i].id;
    const int64_t nearest = cpn_nearest_name(word->name, (size_t)word->name_length, names, n);
    (void)cpn_json_show(shown, word->name, (size_t)word->name_length);
    if (nearest < 0)
        return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, task->item, "\"%s\" comes after \"%s\", which is no task",
                             task->id, shown);
    return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, task->item,
                         "\"%s\" comes after \"%s\", which is no task; did you mean \"%s\"?", task->id, shown,
                         names[nearest]);
}

static campaign_status read_after(cpn_task_set *set, int32_t to, campaign_error *error)
{
    cpn_task_template *task = &set->templates[to];
    const char *text = task->after ? task->after : "";
    cpn_task_word word;
    task->first_link = set->n_links;
    while (task->is_used && cpn_task_next_word(&word, &text)) {
        const int32_t from = find_word(set, &word);
        if (!word.is_good)
            return cpn_json_fail(error, CAMPAIGN_E_SYNTAX, task->item,
                                 "\"%.40s\" in after of \"%s\" is no link, such as SS+2 or +3d", word.tail, task->id);
        if (from < 0 && task->item && !is_elsewhere(set, task, &word)) return refuse_word(set, task, &word, error);
        if (from < 0 || !set->templates[from].is_used) continue;
        if (set->n_links == CPN_TASK_MOST_LINKS)
            return cpn_json_fail(error, CAMPAIGN_E_LIMIT, task->item, "more than %d links", CPN_TASK_MOST_LINKS);
        const int32_t unit = word.lag_unit >= 0 ? word.lag_unit : task->unit;
        set->links[set->n_links++] =
            (cpn_task_link){ from, to, word.type, word.lag, unit, word.tail, word.tail_length };
    }
    task->n_links = set->n_links - task->first_link;
    return CAMPAIGN_OK;
}

campaign_status cpn_task_links_read(cpn_task_set *set, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < set->n && status == CAMPAIGN_OK; i++) status = read_after(set, i, error);
    return status;
}

/* ---- Order ------------------------------------------------------------------------------------------------------ */

static bool is_before(const cpn_task_template *task)
{
    return task->anchor == CPN_ANCHOR_BEFORE_BURST;
}

/* Days of a phase do not move, so that they can only wait for what is placed back from them, or for earlier phases. */
static bool is_possible(const cpn_task_template *from, const cpn_task_template *to, const cpn_task_link *link)
{
    if (is_before(from)) return true;
    if (is_before(to)) return false;
    if (to->anchor != CPN_ANCHOR_DURING) return true;
    return from->anchor == CPN_ANCHOR_DURING && from->phase < to->phase && link->type == CPN_TASK_FS && link->lag <= 0;
}

static campaign_status refuse_circle(const cpn_task_set *set, const bool *is_done, campaign_error *error)
{
    cpn_text path = { 0 };
    int32_t at = 0, steps = 0, first;
    while (is_done[at]) at++;
    /* Walking back among those that are left comes into the circle, and then once around it. */
    for (int32_t pass = 0; pass < 2; pass++) {
        first = at;
        do {
            const cpn_task_template *task = &set->templates[at];
            int32_t link = task->first_link;
            if (pass == 1) cpn_text_add_format(&path, "%s ← ", task->id);
            while (is_done[set->links[link].from]) link++;
            at = set->links[link].from;
        } while (pass == 0 ? ++steps <= set->n : at != first);
    }
    const cpn_task_template *task = &set->templates[at];
    const campaign_status status = path.has_failed ? cpn_fail_nomem(error)
                                                   : cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, task->item,
                                                                   "tasks in a circle: %.180s%s", path.data, task->id);
    cpn_text_clear(&path);
    return status;
}

campaign_status cpn_task_set_order(cpn_task_set *set, campaign_error *error)
{
    bool is_done[CPN_TASK_MOST] = { false };
    int32_t n = 0;
    for (int32_t i = 0; i < set->n_links; i++) {
        const cpn_task_template *from = &set->templates[set->links[i].from], *to = &set->templates[set->links[i].to];
        if (!is_possible(from, to, &set->links[i]))
            return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, to->item ? to->item : from->item,
                                 "\"%s\" cannot wait for \"%s\": its days are set by the %s", to->id, from->id,
                                 is_before(to) ? "burst" : "phase");
    }
    for (bool has_moved = true; has_moved;) {
        has_moved = false;
        for (int32_t i = 0; i < set->n; i++) {
            const cpn_task_template *task = &set->templates[i];
            bool is_ready = !is_done[i];
            for (int32_t l = 0; l < task->n_links && is_ready; l++)
                is_ready = is_done[set->links[task->first_link + l].from];
            if (!is_ready) continue;
            is_done[i] = has_moved = true;
            set->order[n++] = i;
        }
    }
    return n == set->n ? CAMPAIGN_OK : refuse_circle(set, is_done, error);
}
