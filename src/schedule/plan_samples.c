/* All paths together: the network run through with drawn durations, forwards for its end and backwards for what was
 * critical. Time is continuous here: a task may start at any minute of working time, and takes as long as drawn. Chunks of
 * samples have their own random numbers, so that threads do not matter. */
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"
#include "base/sort.h"
#include "schedule/beta.h"
#include "schedule/plan.h"

enum { CHUNK = 256, FEWEST = 1000 };
static const int64_t most_work = 20000000; /* tasks and links drawn, where the caller asks for no number */

/* What all samples share. */
typedef struct sampling {
    cpn_net_plan *plan;
    cpn_beta beta;
    bool is_flat; /* one clock and working time throughout: moments are positions, and need no calendar */
    int64_t start;
    int64_t *earliest, *due, *sizes; /* one a task; sizes of those without estimates */
    int32_t *kept, *critical;        /* one a chunk and task */
} sampling;

/* What one chunk works on. */
typedef struct scratch {
    int64_t *sizes;
    cpn_net_span *early, *late;
} scratch;

/* ---- One sample -------------------------------------------------------------------------------------------------- */

static bool runs_by_clock(const sampling *s, const cpn_net_task *task)
{
    return !s->is_flat && task->unit == CPN_NET_WORKING_DAY;
}

static int64_t after_of(const sampling *s, const cpn_net_link *link, const cpn_net_span *from)
{
    if (!s->is_flat) return cpn_net_reach(&s->plan->net, link, from);
    return (link->type == CPN_NET_FS || link->type == CPN_NET_FF ? from->finish : from->start) + link->lag;
}

static int64_t before_of(const sampling *s, const cpn_net_link *link, const cpn_net_span *to)
{
    if (!s->is_flat) return cpn_net_reach_back(&s->plan->net, link, to);
    return (link->type == CPN_NET_FS || link->type == CPN_NET_SS ? to->start : to->finish) - link->lag;
}

/* Early place of a task for a size; false where its clock does not reach. */
static bool place_early(const sampling *s, const int64_t *sizes, cpn_net_span *early, int32_t number)
{
    const cpn_net *net = &s->plan->net;
    const cpn_net_task *task = &net->tasks[number];
    int64_t start = s->earliest[number], finish = CPN_BEFORE;
    for (int64_t i = net->first_in[number]; i < net->first_in[number + 1]; i++) {
        const cpn_net_link *link = &net->links[i];
        const int64_t moment = after_of(s, link, &early[link->from]);
        int64_t *side = link->type == CPN_NET_FS || link->type == CPN_NET_SS ? &start : &finish;
        if (moment > *side) *side = moment;
    }
    if (start == CPN_BEYOND || finish == CPN_BEYOND) return false;
    const bool is_clocked = runs_by_clock(s, task);
    const cpn_clock *clock = is_clocked ? &net->clocks[task->clock] : NULL;
    if (finish != CPN_BEFORE) {
        const int64_t by_finish = is_clocked ? cpn_clock_shift(clock, finish, -sizes[number]) : finish - sizes[number];
        if (by_finish > start) start = by_finish;
    }
    const int64_t end = is_clocked ? cpn_clock_shift(clock, start, sizes[number]) : start + sizes[number];
    early[number] = (cpn_net_span){ start, end > finish ? end : finish };
    return start != CPN_BEYOND && end != CPN_BEYOND;
}

/* Late starts from the end; counts who has no time between. */
static void count_critical(const sampling *s, const scratch *room, int64_t end, int32_t *critical)
{
    const cpn_net *net = &s->plan->net;
    for (int32_t i = 0; i < net->n_tasks; i++) room->late[i] = (cpn_net_span){ CPN_BEYOND, end };
    for (int32_t i = net->n_tasks - 1; i >= 0; i--) {
        const int32_t number = net->order[i];
        const cpn_net_task *task = &net->tasks[number];
        const bool is_clocked = runs_by_clock(s, task);
        const cpn_clock *clock = is_clocked ? &net->clocks[task->clock] : NULL;
        const int64_t size = room->sizes[number];
        cpn_net_span *late = &room->late[number];
        const int64_t by_finish = is_clocked ? cpn_clock_unshift(clock, late->finish, size) : late->finish - size;
        if (by_finish < late->start) late->start = by_finish;
        late->finish = is_clocked ? cpn_clock_shift(clock, late->start, size) : late->start + size;
        const int64_t start = room->early[number].start;
        critical[number] += is_clocked ? cpn_clock_position(clock, late->start) <= cpn_clock_position(clock, start)
                                       : late->start <= start;
        for (int64_t k = net->first_in[number]; k < net->first_in[number + 1]; k++) {
            const cpn_net_link *link = &net->links[k];
            const int64_t moment = before_of(s, link, late);
            const bool is_finish = link->type == CPN_NET_FS || link->type == CPN_NET_FF;
            int64_t *side = is_finish ? &room->late[link->from].finish : &room->late[link->from].start;
            if (moment < *side) *side = moment;
        }
    }
}

/* Minutes or parts of a duration in units. */
static int64_t size_of(const cpn_net *net, const cpn_net_task *task, double duration)
{
    const double scale = net->is_abstract ? CPN_NET_PARTS : task->unit == CPN_NET_HOUR ? 60 : CPN_DAY_MINUTES;
    return (int64_t)(duration * scale + 0.5);
}

static void draw(const sampling *s, const scratch *room, cpn_random *random)
{
    const cpn_net *net = &s->plan->net;
    for (int32_t i = 0; i < net->n_tasks; i++) {
        const cpn_net_task *task = &net->tasks[i];
        room->sizes[i] = s->sizes[i];
        if (!task->has_estimates) continue;
        const double width = task->pessimistic - task->optimistic, share = cpn_random_double(random);
        const double ratio = width > 0 ? (task->likely - task->optimistic) / width : 0;
        room->sizes[i] = size_of(net, task, task->optimistic + width * cpn_beta_quantile(&s->beta, ratio, share));
    }
}

/* The end of a sample; CPN_BEYOND where clocks do not reach. */
static int64_t run_early(const sampling *s, const int64_t *sizes, cpn_net_span *early)
{
    const cpn_net *net = &s->plan->net;
    int64_t end = s->start;
    for (int32_t i = 0; i < net->n_tasks; i++) {
        const int32_t number = net->order[i];
        if (!place_early(s, sizes, early, number)) return CPN_BEYOND;
        if (early[number].finish > end) end = early[number].finish;
    }
    return end;
}

/* ---- All samples ------------------------------------------------------------------------------------------------- */

static bool make_scratch(scratch *room, int32_t n)
{
    room->sizes = cpn_alloc(n, sizeof *room->sizes);
    room->early = cpn_alloc(n, sizeof *room->early);
    room->late = cpn_alloc(n, sizeof *room->late);
    return room->sizes && room->early && room->late;
}

static void free_scratch(scratch *room)
{
    cpn_free(room->sizes);
    cpn_free(room->early);
    cpn_free(room->late);
}

static campaign_status run_chunk(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const sampling *s = ctx;
    const int32_t n = s->plan->net.n_tasks;
    scratch room = { 0 };
    cpn_random random;
    const bool has_room = make_scratch(&room, n);
    cpn_random_seed(&random, cpn_hash_int64(s->plan->net.knobs.seed) ^ cpn_hash_int64(chunk + 1));
    for (int64_t i = first; i < last && has_room; i++) {
        draw(s, &room, &random);
        const int64_t end = run_early(s, room.sizes, room.early);
        s->plan->odds.ends[i] = end;
        count_critical(s, &room, end, s->critical + chunk * n);
        for (int32_t k = 0; k < n; k++) s->kept[chunk * n + k] += room.early[k].finish <= s->due[k];
    }
    free_scratch(&room);
    return has_room ? CAMPAIGN_OK : CAMPAIGN_E_NOMEM;
}

/* Clocks reach as far as the longest durations do; all samples end before. */
static campaign_status reach(sampling *s, campaign_error *error)
{
    cpn_net *net = &s->plan->net;
    scratch room = { 0 };
    campaign_status status = make_scratch(&room, net->n_tasks) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int32_t i = 0; i < net->n_tasks && status == CAMPAIGN_OK; i++) {
        const cpn_net_task *task = &net->tasks[i];
        room.sizes[i] = task->has_estimates ? size_of(net, task, task->pessimistic) + 1 : s->sizes[i];
    }
    int64_t end = CPN_BEYOND;
    while (status == CAMPAIGN_OK && (end = run_early(s, room.sizes, room.early)) == CPN_BEYOND)
        for (int32_t i = 0; i < net->n_clocks && status == CAMPAIGN_OK; i++)
            status = cpn_clock_extend(&net->clocks[i], error);
    if (status == CAMPAIGN_OK && !s->is_flat) status = cpn_net_cover(net, end, error);
    free_scratch(&room);
    return status;
}

static int64_t flat_moment(const sampling *s, int64_t moment)
{
    const cpn_net *net = &s->plan->net;
    if (!s->is_flat || net->is_abstract || moment == CPN_BEYOND) return moment;
    return cpn_clock_position(&net->clocks[0], moment);
}

/* Whether moments can be positions of one clock. */
static bool is_flat(const cpn_net *net)
{
    if (net->is_abstract) return true;
    for (int32_t i = 0; i < net->n_tasks; i++)
        if (net->tasks[i].unit != CPN_NET_WORKING_DAY || net->tasks[i].clock != 0) return false;
    for (int64_t i = 0; i < net->n_links; i++)
        if (net->links[i].unit != CPN_NET_WORKING_DAY && net->links[i].lag != 0) return false;
    return true;
}

static void prepare(sampling *s)
{
    const cpn_net *net = &s->plan->net;
    s->is_flat = is_flat(net);
    s->start = flat_moment(s, net->start);
    for (int32_t i = 0; i < net->n_tasks; i++) {
        const cpn_net_task *task = &net->tasks[i];
        s->earliest[i] = flat_moment(s, task->earliest > net->start ? task->earliest : net->start);
        s->due[i] = flat_moment(s, task->due);
        s->sizes[i] = task->unit == CPN_NET_HOUR || net->is_abstract ? task->size : task->size * CPN_DAY_MINUTES;
    }
}

/* Sums the chunks' counts and sorts the ends. */
static campaign_status gather(sampling *s, int64_t n_chunks, campaign_error *error)
{
    cpn_net_odds *odds = &s->plan->odds;
    const int32_t n = s->plan->net.n_tasks;
    for (int64_t c = 0; c < n_chunks; c++)
        for (int32_t i = 0; i < n; i++) {
            odds->kept[i] += s->kept[c * n + i];
            odds->critical[i] += s->critical[c * n + i];
        }
    int64_t *order = cpn_alloc(odds->n, sizeof *order), *sorted = cpn_alloc(odds->n, sizeof *sorted);
    const bool has_room = order && sorted && cpn_order_int64(order, odds->ends, odds->n);
    if (has_room) {
        for (int64_t i = 0; i < odds->n; i++) sorted[i] = odds->ends[order[i]];
        memcpy(odds->ends, sorted, (size_t)odds->n * sizeof *sorted);
    }
    cpn_free(order);
    cpn_free(sorted);
    odds->is_flat = s->is_flat;
    return has_room ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

/* Samples drawn: as many as asked for, or as a fixed amount of work allows. */
static int32_t n_samples_of(const cpn_net *net)
{
    const int64_t work = (int64_t)net->n_tasks + net->n_links;
    if (!net->has_estimates || net->knobs.n_samples < 0) return 0;
    if (net->has_samples) return net->knobs.n_samples;
    const int64_t fits = most_work / (work > 0 ? work : 1);
    if (fits >= net->knobs.n_samples) return net->knobs.n_samples;
    return (int32_t)(fits > FEWEST ? fits : FEWEST);
}

campaign_status cpn_net_sample(cpn_net_plan *plan, const campaign_runtime *runtime, campaign_error *error)
{
    const int64_t n = plan->net.n_tasks;
    cpn_net_odds *odds = &plan->odds;
    odds->n = n_samples_of(&plan->net);
    if (odds->n == 0) return CAMPAIGN_OK;
    const int64_t n_chunks = cpn_n_chunks(odds->n, CHUNK);
    sampling s = { .plan = plan };
    odds->ends = cpn_alloc_zero(odds->n, sizeof *odds->ends);
    odds->kept = cpn_alloc_zero(n, sizeof *odds->kept);
    odds->critical = cpn_alloc_zero(n, sizeof *odds->critical);
    s.earliest = cpn_alloc(n, sizeof *s.earliest);
    s.due = cpn_alloc(n, sizeof *s.due);
    s.sizes = cpn_alloc(n, sizeof *s.sizes);
    s.kept = cpn_alloc_zero(n_chunks * n, sizeof *s.kept);
    s.critical = cpn_alloc_zero(n_chunks * n, sizeof *s.critical);
    const bool has_room = odds->ends && odds->kept && odds->critical && s.earliest && s.due && s.sizes && s.kept &&
                          s.critical && cpn_beta_open(&s.beta) == CAMPAIGN_OK;
    campaign_status status = has_room ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) prepare(&s);
    if (status == CAMPAIGN_OK) status = reach(&s, error);
    if (status == CAMPAIGN_OK) status = cpn_parallel_for(odds->n, CHUNK, run_chunk, &s, "samples", runtime, error);
    if (status == CAMPAIGN_OK) status = gather(&s, n_chunks, error);
    cpn_free(s.beta.quantiles);
    cpn_free(s.earliest);
    cpn_free(s.due);
    cpn_free(s.sizes);
    cpn_free(s.kept);
    cpn_free(s.critical);
    return status;
}
