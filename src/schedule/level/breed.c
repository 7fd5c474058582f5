/* Breeding of schedules: a population of task lists, crossed at two points and improved forwards and backwards (Hartmann,
 * Naval Research Logistics 45, 1998, with the justification of Valls, Ballestín, Quintanilla, European Journal of
 * Operational Research 185, 2008). A generation is made in chunks of fixed size, each child with its own random numbers,
 * so that the answer is the same whatever the threads. */
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"
#include "schedule/level/model.h"

enum {
    POPULATION = 32,
    CHUNK = 4, /* children a chunk, and so POPULATION / CHUNK chunks with scratch of their own */
    N_CHUNKS = POPULATION / CHUNK,
    PASSES = 3, /* schedules that a child costs */
    JUMPS = 4   /* tasks of a child that move forwards in its list, on average, by any distance */
};

/* A schedule as the list of its tasks by start. */
typedef struct member {
    int32_t *list, *start;
    cpn_level_value value; /* makespan INT32_MAX: it has no place on the axis */
    int64_t number;        /* of birth */
} member;

typedef struct scratch {
    cpn_level_work work, back;
    int64_t *key;
} scratch;

typedef struct breeding {
    cpn_level_state *state;
    member members[2 * POPULATION]; /* parents, then children */
    int32_t n_parents;
    int64_t n_born;
    bool is_sampling; /* the first generation */
    int32_t *memory;
    scratch chunks[N_CHUNKS];
} breeding;

static void close_breeding(breeding *breed)
{
    for (int32_t i = 0; i < N_CHUNKS; i++) {
        cpn_level_work_free(&breed->chunks[i].work);
        cpn_level_work_free(&breed->chunks[i].back);
        cpn_free(breed->chunks[i].key);
    }
    cpn_free(breed->memory);
}

static bool open_breeding(breeding *breed, cpn_level_state *state)
{
    const int64_t n = state->model->n_tasks;
    *breed = (breeding){ .state = state };
    breed->memory = cpn_alloc((int64_t)4 * POPULATION * n, sizeof *breed->memory);
    bool is_open = breed->memory != NULL;
    for (int32_t i = 0; i < 2 * POPULATION && is_open; i++) {
        breed->members[i].list = breed->memory + (int64_t)2 * i * n;
        breed->members[i].start = breed->members[i].list + n;
    }
    for (int32_t i = 0; i < N_CHUNKS && is_open; i++) {
        scratch *own = &breed->chunks[i];
        own->key = cpn_alloc(n, sizeof *own->key);
        is_open =
            own->key && cpn_level_work_open(&own->work, state->model) && cpn_level_work_open(&own->back, state->mirror);
    }
    return is_open;
}

/* ---- One child ----------------------------------------------------------------------------------------------------- */

/* The latest finish, blurred by up to 5 … 40 % of the whole, so that lists differ and stay reasonable. */
static void sample(int64_t *key, const cpn_level_state *state, cpn_random *random, int64_t number)
{
    const int32_t share = 5 << (number / 2 % 4);
    const int64_t blur = (int64_t)state->path_bound * 256 * share / 100 + 1;
    for (int32_t i = 0; i < state->model->n_tasks; i++)
        key[i] = (int64_t)state->late[i] * 256 + cpn_random_below(random, blur);
}

/* Up to cut[0] from the mother, up to cut[1] what comes next with the father, then the rest in the mother's order. */
static void cross(int64_t *key, const member *mother, const member *father, const int64_t *cut, int32_t n)
{
    for (int32_t i = 0; i < n; i++) key[i] = -1;
    int64_t n_taken = 0;
    for (; n_taken < cut[0]; n_taken++) key[mother->list[n_taken]] = n_taken;
    for (int32_t i = 0; i < n && n_taken < cut[1]; i++)
        if (key[father->list[i]] < 0) key[father->list[i]] = n_taken++;
    for (int32_t i = 0; i < n; i++)
        if (key[mother->list[i]] < 0) key[mother->list[i]] = n_taken++;
}

static const member *choose(const breeding *breed, cpn_random *random)
{
    const int64_t a = cpn_random_below(random, breed->n_parents), b = cpn_random_below(random, breed->n_parents);
    return &breed->members[a < b ? a : b]; /* parents are sorted, the best first */
}

static void mate(int64_t *key, const breeding *breed, cpn_random *random)
{
    const int32_t n = breed->state->model->n_tasks;
    const member *mother = choose(breed, random), *father = choose(breed, random);
    if (mother == father) father = &breed->members[cpn_random_below(random, breed->n_parents)];
    int64_t cut[2] = { cpn_random_below(random, n + 1), cpn_random_below(random, n + 1) };
    if (cut[0] > cut[1]) {
        const int64_t lower = cut[1];
        cut[1] = cut[0];
        cut[0] = lower;
    }
    cross(key, mother, father, cut, n);
    for (int32_t i = 0; i < n; i++) { /* two more than a multiple of the step: between the places of others */
        const bool jumps = cpn_random_below(random, n) < JUMPS;
        key[i] = 4 * key[i] - (jumps ? 2 + 4 * (1 + cpn_random_below(random, n)) : 0);
    }
}

static void sort_list(int32_t *list, const int64_t *key, int32_t n)
{
    for (int32_t gap = n / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11)
        for (int32_t i = gap; i < n; i++) {
            const int32_t task = list[i];
            int32_t k = i;
            for (; k >= gap && key[list[k - gap]] > key[task]; k -= gap) list[k] = list[k - gap];
            list[k] = task;
        }
}

/* Takes a schedule as the child's own: its tasks by start, the order of links settles what is equal. */
static void describe(member *child, const int32_t *start, const cpn_level_model *model, int64_t *key)
{
    memmove(child->start, start, (size_t)model->n_tasks * sizeof *start);
    for (int32_t i = 0; i < model->n_tasks; i++) {
        child->list[i] = i;
        key[i] = (int64_t)start[i] * model->n_tasks + model->place[i];
    }
    sort_list(child->list, key, model->n_tasks);
}

static void make_child(member *child, const breeding *breed, scratch *own)
{
    const cpn_level_model *model = breed->state->model;
    cpn_random random;
    cpn_random_seed(&random, breed->state->effort->seed ^ ((uint64_t)child->number * 0xD1342543DE82EF95u));
    if (breed->is_sampling) sample(own->key, breed->state, &random, child->number);
    if (!breed->is_sampling) mate(own->key, breed, &random);
    child->value = (cpn_level_value){ .makespan = INT32_MAX };
    const bool is_placed = breed->is_sampling && child->number % 2 ? cpn_level_parallel(&own->work, model, own->key, 0)
                                                                   : cpn_level_serial(&own->work, model, own->key, 0);
    if (!is_placed) return;
    child->value = own->work.value;
    memcpy(child->start, own->work.start, (size_t)model->n_tasks * sizeof *child->start);
    if (cpn_level_justify(&own->work, &own->back, breed->state, own->key) &&
        !cpn_level_is_better(&child->value, &own->work.value)) {
        child->value = own->work.value;
        memcpy(child->start, own->work.start, (size_t)model->n_tasks * sizeof *child->start);
    }
    describe(child, child->start, model, own->key);
}

static campaign_status make_children(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    breeding *breed = ctx;
    for (int64_t i = first; i < last; i++) {
        member *child = &breed->members[breed->n_parents + i];
        child->number = breed->n_born + i;
        make_child(child, breed, &breed->chunks[chunk]);
    }
    return CAMPAIGN_OK;
}

/* ---- Generations --------------------------------------------------------------------------------------------------- */

static bool is_before(const member *a, const member *b)
{
    if (cpn_level_is_better(&a->value, &b->value)) return true;
    return !cpn_level_is_better(&b->value, &a->value) && a->number < b->number;
}

/* The best of parents and children live on, each schedule once. */
static void select_members(breeding *breed, int32_t n_children)
{
    const int32_t n = breed->n_parents + n_children, n_tasks = breed->state->model->n_tasks;
    member *members = breed->members;
    for (int32_t i = 1; i < n; i++) {
        const member moving = members[i];
        int32_t k = i;
        for (; k > 0 && is_before(&moving, &members[k - 1]); k--) members[k] = members[k - 1];
        members[k] = moving;
    }
    breed->n_parents = 0;
    for (int32_t i = 0; i < n && breed->n_parents < POPULATION && members[i].value.makespan < INT32_MAX; i++) {
        const member found = members[i], *last = &members[breed->n_parents - 1];
        if (breed->n_parents > 0 && last->value.makespan == found.value.makespan &&
            last->value.sum == found.value.sum &&
            memcmp(last->start, found.start, (size_t)n_tasks * sizeof *found.start) == 0)
            continue;
        members[i] = members[breed->n_parents];
        members[breed->n_parents++] = found;
    }
}

/* The best member as the best schedule known. */
static void keep_best(const breeding *breed)
{
    cpn_level_state *state = breed->state;
    const member *best = &breed->members[0];
    if (!cpn_level_is_better(&best->value, &state->value)) return;
    const cpn_level_model *model = state->model;
    for (int32_t i = 0; i < model->n_tasks; i++) {
        const cpn_level_class *class = &model->classes[model->task_class[i]];
        state->start[i] = best->start[i];
        state->finish[i] = cpn_level_end(class, cpn_level_rank(class, best->start[i]), model->duration[i]);
    }
    state->value = best->value;
}

/* What the rules found is the first parent. */
static void adopt(breeding *breed)
{
    const cpn_level_state *state = breed->state;
    member *first = &breed->members[0];
    describe(first, state->start, state->model, breed->chunks[0].key);
    first->value = state->value;
    first->number = -1;
    breed->n_parents = 1;
}

campaign_status cpn_level_breed(cpn_level_state *state, const campaign_runtime *runtime, campaign_error *error)
{
    breeding *breed = cpn_alloc(1, sizeof *breed);
    if (!breed) return cpn_fail_nomem(error);
    campaign_status status = CAMPAIGN_OK;
    if (!open_breeding(breed, state)) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) adopt(breed);
    breed->is_sampling = true;
    while (status == CAMPAIGN_OK && cpn_level_is_open(state)) {
        const int64_t n_left = (state->effort->n_schedules - state->n_schedules) / PASSES;
        const int32_t n = n_left < POPULATION ? (int32_t)n_left : POPULATION;
        if (n <= 0) break;
        status = cpn_parallel_for(n, CHUNK, make_children, breed, "level", runtime, error);
        if (status != CAMPAIGN_OK) break;
        state->n_schedules += (int64_t)n * PASSES;
        breed->n_born += n;
        breed->is_sampling = false;
        select_members(breed, n);
        keep_best(breed);
    }
    close_breeding(breed);
    cpn_free(breed);
    return status;
}
