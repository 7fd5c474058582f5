/* An order in which predecessors come first (Kahn 1962), and the circle where there is none. */
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "schedule/net/net.h"

enum { CIRCLE_TEXT = 200 };

/* Adds "name → " where there is room for it. */
static bool add_name(char text[CIRCLE_TEXT], const cpn_net *net, int32_t task)
{
    static const char arrow[] = " → ";
    char name[CPN_NET_TEXT];
    const size_t used = strlen(text);
    cpn_net_name(name, net, task);
    const size_t length = strlen(name);
    if (used + length + sizeof arrow > CIRCLE_TEXT) return false;
    memcpy(text + used, name, length);
    memcpy(text + used + length, arrow, sizeof arrow);
    return true;
}

/* A task's first predecessor that is held up itself; every task that is held up has one. */
static int32_t held_up_by(const cpn_net *net, const int32_t *n_open, int32_t task)
{
    int64_t link = net->first_in[task];
    while (n_open[net->links[link].from] == 0) link++;
    return net->links[link].from;
}

/* The link from one task to the other; one of the column after goes first, as it is told beside the task. */
static const cpn_net_link *link_between(const cpn_net *net, int32_t from, int32_t to)
{
    const cpn_net_link *found = NULL;
    for (int64_t i = net->first_in[to]; i < net->first_in[to + 1]; i++)
        if (net->links[i].from == from && (!found || found->is_listed)) found = &net->links[i];
    return found;
}

/* Walks backwards from a task that is held up until one comes again, then around once more to find the least of the
 * circle, from which it is told forwards. */
static campaign_status fail_circle(const cpn_net *net, const int32_t *n_open, int32_t *successor, campaign_error *error)
{
    int32_t task = 0;
    while (n_open[task] == 0) task++;
    for (int32_t i = 0; i < net->n_tasks; i++) successor[i] = -1;
    int32_t last = task;
    for (task = held_up_by(net, n_open, task); successor[task] < 0; task = held_up_by(net, n_open, task)) {
        successor[task] = last;
        last = task;
    }
    successor[task] = last; /* closes the circle, wherever the walk came in */
    int32_t first = task;
    for (int32_t at = successor[task]; at != task; at = successor[at])
        if (at < first) first = at;
    char text[CIRCLE_TEXT] = "", name[CPN_NET_TEXT];
    bool is_told = add_name(text, net, first);
    int32_t before = first;
    for (int32_t at = successor[first]; at != first; at = successor[at]) {
        is_told = is_told && add_name(text, net, at);
        before = at;
    }
    const cpn_net_link *link = link_between(net, before, first);
    cpn_net_name(name, net, first);
    return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, link->row, link->is_listed ? "links.predecessor" : "tasks.after",
                        "tasks go in a circle: %s%s%s", text, is_told ? "" : "… → ", name);
}

/* Tasks whose predecessors have all been taken, first come, first served. n_open counts what each still waits for. */
static int32_t sort_tasks(cpn_net *net, int32_t *n_open)
{
    int32_t n = 0;
    for (int32_t i = 0; i < net->n_tasks; i++) {
        n_open[i] = (int32_t)(net->first_in[i + 1] - net->first_in[i]);
        if (n_open[i] == 0) net->order[n++] = i;
    }
    for (int32_t done = 0; done < n; done++) {
        const int32_t task = net->order[done];
        for (int64_t i = net->first_out[task]; i < net->first_out[task + 1]; i++) {
            const int32_t to = net->links[net->out[i]].to;
            if (--n_open[to] == 0) net->order[n++] = to;
        }
    }
    return n;
}

campaign_status cpn_net_order(cpn_net *net, campaign_error *error)
{
    int32_t *n_open = cpn_alloc_zero(net->n_tasks, sizeof *n_open);
    int32_t *successor = cpn_alloc_zero(net->n_tasks, sizeof *successor);
    net->order = cpn_alloc(net->n_tasks, sizeof *net->order);
    campaign_status status = n_open && successor && net->order ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK && sort_tasks(net, n_open) < net->n_tasks)
        status = fail_circle(net, n_open, successor, error);
    cpn_free(n_open);
    cpn_free(successor);
    return status;
}
