/* Problems of levelling on plain arrays for the tests of the core: random small ones with everything, larger ones drawn
 * after the design of ProGen (Kolisch, Sprecher, Drexl, Management Science 41, 1995), those of PSPLIB; a check of a
 * schedule straight from the definitions, and the best end by trying every slot for every task. */
#ifndef CPN_TESTS_LEVEL_CASES_H
#define CPN_TESTS_LEVEL_CASES_H

#include "../../check.h"
#include "base/random.h"
#include "schedule/level/core.h"

enum { CASE_TASKS = 130, CASE_LINKS = 600, CASE_RESOURCES = 4, CASE_SLOTS = 800, CASE_CLASSES = 2 };

typedef struct level_case {
    cpn_level_problem problem;
    int32_t duration[CASE_TASKS], task_class[CASE_TASKS], earliest[CASE_TASKS], fixed[CASE_TASKS];
    cpn_level_class classes[CASE_CLASSES];
    int32_t slots[CASE_CLASSES][CASE_SLOTS], ranks[CASE_CLASSES][CASE_SLOTS + 1];
    cpn_level_link links[CASE_LINKS];
    int32_t units[CASE_TASKS][CASE_RESOURCES]; /* the same needs as a grid */
    int32_t need_start[CASE_TASKS + 1], need_resource[CASE_TASKS * CASE_RESOURCES];
    int32_t need_units[CASE_TASKS * CASE_RESOURCES];
    int32_t capacity[CASE_RESOURCES * CASE_SLOTS];
} level_case;

static inline void open_case(level_case *made, int32_t n_tasks, int32_t n_resources, int32_t n_slots)
{
    memset(made, 0, sizeof *made);
    for (int32_t i = 0; i < CASE_TASKS; i++) made->fixed[i] = made->task_class[i] = -1;
    made->problem = (cpn_level_problem){ .n_tasks = n_tasks,
                                         .n_resources = n_resources,
                                         .n_slots = n_slots,
                                         .duration = made->duration,
                                         .task_class = made->task_class,
                                         .earliest = made->earliest,
                                         .fixed = made->fixed,
                                         .classes = made->classes,
                                         .links = made->links,
                                         .need_start = made->need_start,
                                         .need_resource = made->need_resource,
                                         .need_units = made->need_units,
                                         .capacity = made->capacity };
}

static inline void add_link(level_case *made, int32_t from, int32_t to)
{
    assert_true(made->problem.n_links < CASE_LINKS);
    made->links[made->problem.n_links++] =
        (cpn_level_link){ .from = from, .to = to, .lag_class = CPN_LEVEL_ALL_SLOTS, .is_from_finish = true };
}

/* The grid of units as lists. */
static inline void close_needs(level_case *made)
{
    int32_t n = 0;
    for (int32_t i = 0; i < made->problem.n_tasks; i++) {
        made->need_start[i] = n;
        for (int32_t r = 0; r < made->problem.n_resources; r++) {
            if (made->units[i][r] == 0) continue;
            made->need_resource[n] = r;
            made->need_units[n++] = made->units[i][r];
        }
    }
    made->need_start[made->problem.n_tasks] = n;
}

static inline void set_capacity(level_case *made, int32_t resource, int32_t units)
{
    for (int32_t t = 0; t < made->problem.n_slots; t++) made->capacity[resource * made->problem.n_slots + t] = units;
}

/* ---- A schedule against the definitions ---------------------------------------------------------------------------- */

static inline bool works(const level_case *made, int32_t class, int32_t slot)
{
    if (class < 0) return true;
    for (int32_t k = 0; k < made->classes[class].n; k++)
        if (made->slots[class][k] == slot) return true;
    return false;
}

/* Whether boundary `to` is not before `from` moved by lag slots of a class. */
static inline bool keeps_lag(const level_case *made, int32_t from, int32_t to, int32_t lag, int32_t class)
{
    int32_t boundary = from;
    for (; lag > 0; lag--) {
        while (boundary < made->problem.n_slots && !works(made, class, boundary)) boundary++;
        boundary++;
    }
    const bool is_back = lag < 0;
    for (; lag < 0 && boundary > 0; boundary--) lag += works(made, class, boundary - 1);
    while (is_back && boundary > 0 && !works(made, class, boundary - 1)) boundary--; /* the first such moment */
    return to >= boundary;
}

static inline bool keeps_link(const level_case *made, const cpn_level_link *link, const int32_t *start,
                              const int32_t *finish)
{
    return keeps_lag(made, link->is_from_finish ? finish[link->from] : start[link->from],
                     link->is_to_finish ? finish[link->to] : start[link->to], link->lag, link->lag_class);
}

/* The boundary after the last of the task's working slots; -1 where the start is not one, or the axis ends. */
static inline int32_t finish_of(const level_case *made, int32_t task, int32_t start)
{
    int32_t n_left = made->duration[task], slot = start;
    if (n_left == 0) return start;
    if (!works(made, made->task_class[task], start)) return -1;
    if (made->task_class[task] >= 0) {
        const cpn_level_class *class = &made->classes[made->task_class[task]];
        if (class->step > 1 && class->ranks[start] % class->step != 0) return -1;
    }
    for (; n_left > 0 && slot < made->problem.n_slots; slot++) n_left -= works(made, made->task_class[task], slot);
    return n_left == 0 ? slot : -1;
}

static inline bool keeps_capacity(const level_case *made, const int32_t *start, const int32_t *finish, int32_t n)
{
    for (int32_t r = 0; r < made->problem.n_resources; r++)
        for (int32_t t = 0; t < made->problem.n_slots; t++) {
            int64_t used = 0;
            for (int32_t i = 0; i < n; i++)
                if (made->fixed[i] < 0 && start[i] <= t && t < finish[i] && works(made, made->task_class[i], t))
                    used += made->units[i][r];
            if (used > made->capacity[r * made->problem.n_slots + t]) return false;
        }
    return true;
}

/* Breaks off with the broken promise. */
static inline void check_schedule(const level_case *made, const cpn_level_answer *answer)
{
    int32_t value = 0;
    for (int32_t i = 0; i < made->problem.n_tasks; i++) {
        assert_int_equal(answer->finish[i], finish_of(made, i, answer->start[i]));
        if (made->fixed[i] >= 0) assert_int_equal(answer->start[i], made->fixed[i]);
        if (made->fixed[i] < 0) assert_true(answer->start[i] >= made->earliest[i]);
        if (answer->finish[i] > value) value = answer->finish[i];
    }
    for (int32_t i = 0; i < made->problem.n_links; i++)
        if (made->fixed[made->links[i].to] < 0)
            assert_true(keeps_link(made, &made->links[i], answer->start, answer->finish));
    assert_true(keeps_capacity(made, answer->start, answer->finish, made->problem.n_tasks));
    assert_int_equal(answer->value, value);
    assert_true(answer->path_bound <= answer->energy_bound && answer->energy_bound <= answer->bound);
    assert_true(answer->bound <= answer->value);
}

/* ---- Random problems ------------------------------------------------------------------------------------------------ */

static inline int32_t draw(cpn_random *random, int32_t low, int32_t high)
{
    return low + (int32_t)cpn_random_below(random, high - low + 1);
}

/* Working slots drawn with 3 chances in 4; now and then two by two, tasks starting with the first of them. */
static inline void draw_class(level_case *made, int32_t class, cpn_random *random)
{
    int32_t n = 0;
    const int32_t step = draw(random, 0, 3) == 0 ? 2 : 1;
    bool is_working = false;
    for (int32_t t = 0; t < made->problem.n_slots; t++) {
        made->ranks[class][t] = n;
        if (t % step == 0) is_working = draw(random, 0, 3) > 0;
        if (is_working) made->slots[class][n++] = t;
    }
    made->ranks[class][made->problem.n_slots] = n;
    made->classes[class] =
        (cpn_level_class){ .n = n, .step = step, .slots = made->slots[class], .ranks = made->ranks[class] };
    made->problem.n_classes = class + 1;
}

/* Up to n_tasks tasks with pauses, points in time, lags of every kind, changing capacity, earliest slots, and now and then
 * a fixed task. */
static inline void draw_small(level_case *made, int32_t n_tasks, cpn_random *random)
{
    open_case(made, draw(random, 1, n_tasks), draw(random, 1, 2), 60);
    const int32_t n = made->problem.n_tasks, n_classes = draw(random, 0, CASE_CLASSES);
    for (int32_t c = 0; c < n_classes; c++) draw_class(made, c, random);
    const int32_t kinds = draw(random, 0, 2); /* plain links, links with lags, links of every kind */
    for (int32_t i = 0; i < n; i++) {
        made->duration[i] = draw(random, 0, 3);
        made->task_class[i] = draw(random, -1, n_classes - 1);
        if (made->task_class[i] >= 0 && made->classes[made->task_class[i]].step == 2)
            made->duration[i] -= made->duration[i] % 2;
        if (draw(random, 0, 3) == 0) made->earliest[i] = draw(random, 0, 4);
        for (int32_t r = 0; r < made->problem.n_resources; r++) made->units[i][r] = draw(random, 0, 2);
        for (int32_t k = 0; k < i; k++) {
            if (draw(random, 0, 3) > 0) continue;
            add_link(made, k, i);
            cpn_level_link *link = &made->links[made->problem.n_links - 1];
            if (kinds >= 1) link->lag = draw(random, kinds == 1 ? 0 : -2, 2);
            if (kinds >= 1) link->lag_class = draw(random, -1, n_classes - 1);
            if (kinds == 2) link->is_from_finish = draw(random, 0, 1), link->is_to_finish = draw(random, 0, 1);
        }
    }
    if (draw(random, 0, 5) == 0) {
        const int32_t task = draw(random, 0, n - 1);
        made->fixed[task] = draw(random, 0, 5);
        while (finish_of(made, task, made->fixed[task]) < 0) made->fixed[task]++;
    }
    close_needs(made);
    const bool changes = draw(random, 0, 1);
    for (int32_t i = 0; i < made->problem.n_resources * made->problem.n_slots; i++)
        made->capacity[i] = changes && i % made->problem.n_slots < 20 ? draw(random, 0, 4) : 2;
}

/* The design of PSPLIB: durations 1 to 10, four resources, network complexity, resource factor and strength in percent. */
typedef struct design {
    int32_t n_tasks, links_percent, factor_percent, strength_percent;
} design;

static inline void draw_network(level_case *made, const design *by, cpn_random *random)
{
    const int32_t n = by->n_tasks, n_links = n * by->links_percent / 100;
    for (int32_t i = 3; i < n; i++) add_link(made, draw(random, i > 15 ? i - 15 : 0, i - 1), i);
    for (int32_t tries = 0; made->problem.n_links < n_links && tries < 100 * n; tries++) {
        const int32_t to = draw(random, 3, n - 1), from = draw(random, to > 15 ? to - 15 : 0, to - 1);
        bool is_there = false;
        for (int32_t i = 0; i < made->problem.n_links; i++)
            is_there = is_there || (made->links[i].from == from && made->links[i].to == to);
        if (!is_there) add_link(made, from, to);
    }
}

static inline void draw_design(level_case *made, const design *by, cpn_random *random)
{
    const int32_t n = by->n_tasks;
    int32_t start[CASE_TASKS] = { 0 }, least[CASE_RESOURCES] = { 0 };
    open_case(made, n, CASE_RESOURCES, n * 11 / 2 + 60 < CASE_SLOTS ? n * 11 / 2 + 60 : CASE_SLOTS);
    for (int32_t i = 0; i < n; i++) made->duration[i] = draw(random, 1, 10);
    draw_network(made, by, random);
    for (int32_t i = 0; i < n; i++)
        for (int32_t r = 0; r < CASE_RESOURCES; r++) {
            if (draw(random, 1, 100) <= by->factor_percent) made->units[i][r] = draw(random, 1, 10);
            if (made->units[i][r] > least[r]) least[r] = made->units[i][r];
        }
    for (int32_t to = 0; to < n; to++) /* links lead to higher numbers */
        for (int32_t i = 0; i < made->problem.n_links; i++)
            if (made->links[i].to == to && start[made->links[i].from] + made->duration[made->links[i].from] > start[to])
                start[to] = start[made->links[i].from] + made->duration[made->links[i].from];
    for (int32_t r = 0; r < CASE_RESOURCES; r++) {
        int32_t peak = least[r];
        for (int32_t t = 0; t < made->problem.n_slots; t++) {
            int32_t used = 0;
            for (int32_t i = 0; i < n; i++)
                if (start[i] <= t && t < start[i] + made->duration[i]) used += made->units[i][r];
            if (used > peak) peak = used;
        }
        set_capacity(made, r, least[r] + (peak - least[r]) * by->strength_percent / 100);
    }
    close_needs(made);
}

/* ---- Every slot for every task -------------------------------------------------------------------------------------- */

/* The best end of a problem of few tasks; INT32_MAX where none fits below `limit`. */
static inline int32_t try_all(const level_case *made, int32_t limit)
{
    const int32_t n = made->problem.n_tasks;
    int32_t best = limit, start[CASE_TASKS], finish[CASE_TASKS], depth = 0;
    start[0] = -1;
    while (depth >= 0) {
        const bool is_fixed = made->fixed[depth] >= 0;
        start[depth] = is_fixed && start[depth] < 0 ? made->fixed[depth] : start[depth] + 1;
        if (start[depth] > best || (is_fixed && start[depth] != made->fixed[depth])) {
            depth--;
            continue;
        }
        finish[depth] = finish_of(made, depth, start[depth]);
        bool is_good =
            finish[depth] >= 0 && finish[depth] < best && (is_fixed || start[depth] >= made->earliest[depth]);
        for (int32_t i = 0; i < made->problem.n_links && is_good; i++) /* links lead to higher numbers */
            if (made->links[i].to == depth && !is_fixed) is_good = keeps_link(made, &made->links[i], start, finish);
        if (!is_good || !keeps_capacity(made, start, finish, depth + 1)) continue;
        if (depth < n - 1) {
            start[++depth] = -1;
            continue;
        }
        best = 0;
        for (int32_t i = 0; i < n; i++)
            if (finish[i] > best) best = finish[i];
    }
    return best < limit ? best : INT32_MAX;
}

#endif
