/* The proof of biproportional quotas, in integers: no cycle of units is better.
 *
 * Under the factors found, a cycle with one arc that is clearly longer than 1 cannot be better, because all arcs are 1 long
 * or more to 100 bits. What is left are cycles of arcs whose length is 1 to 90 bits. Within each component of such arcs,
 * paths are compared exactly, as products of weights and signposts of any length, in the manner of Bellman and Ford: either
 * a cycle shows that is better, and units move along it, or every arc is told to be exactly 1 long or longer. */
#include "allocate/quota/product.h"
#include "allocate/quota/units.h"
#include "base/checked.h"
#include "base/memory.h"

enum { NEAR_BITS = 90, FACTORS_AN_ARC = 4 };

typedef struct certifier {
    cpn_quota_units *units;
    bool *is_open;
    int64_t *parents; /* by node: the arc it is reached by, -1 = root, -2 = not reached */
    int32_t *queue;
    cpn_quota_product left, right;
} certifier;

/* Multiplies by the signpost of one unit: its numerator on one side, its denominator on the other. */
static void multiply_signpost(cpn_quota_product *numerators, cpn_quota_product *denominators, int32_t method,
                              int64_t unit)
{
    const uint64_t n = (uint64_t)unit;
    switch (method) {
    case CAMPAIGN_QUOTA_SAINTE_LAGUE:
        cpn_quota_product_multiply(numerators, 2 * n - 1);
        cpn_quota_product_multiply(denominators, 2);
        break;
    case CAMPAIGN_QUOTA_HILL:
        cpn_quota_product_multiply(numerators, n);
        cpn_quota_product_multiply(numerators, n - 1);
        break;
    case CAMPAIGN_QUOTA_ADAMS: cpn_quota_product_multiply(numerators, n - 1); break;
    case CAMPAIGN_QUOTA_DEAN:
        cpn_quota_product_multiply(numerators, 2 * n);
        cpn_quota_product_multiply(numerators, n - 1);
        cpn_quota_product_multiply(denominators, 2 * n - 1);
        break;
    default: cpn_quota_product_multiply(numerators, n);
    }
}

/* Multiplies by the length of an arc without its factors: d(x + 1) / w to add a unit, w / d(x) to take one. */
static void multiply_arc(cpn_quota_product *numerators, cpn_quota_product *denominators, const cpn_quota_units *units,
                         int64_t arc)
{
    const int64_t cell = arc / 2;
    const bool is_back = arc % 2 != 0;
    const uint64_t weight = (uint64_t)units->problem->weights[cell];
    cpn_quota_product *top = is_back ? denominators : numerators, *bottom = is_back ? numerators : denominators;
    multiply_signpost(top, bottom, units->method, units->grid->parts[cell] + !is_back);
    cpn_quota_product_multiply(bottom, weight);
    if (units->method == CAMPAIGN_QUOTA_HILL) cpn_quota_product_multiply(bottom, weight);
}

static int32_t start_of(const cpn_quota_grid *grid, int64_t arc)
{
    return arc % 2 ? grid->n_rows + grid->column_of[arc / 2] : grid->row_of[arc / 2];
}

static int32_t end_of(const cpn_quota_grid *grid, int64_t arc)
{
    return arc % 2 ? grid->row_of[arc / 2] : grid->n_rows + grid->column_of[arc / 2];
}

/* Whether the path to the start of an arc, and the arc, is shorter than (-1), as long as (0), or longer than the path to
 * its end. */
static int compare_paths(certifier *proof, int64_t arc)
{
    const cpn_quota_units *units = proof->units;
    const cpn_quota_grid *grid = units->grid;
    cpn_quota_product_start(&proof->left);
    cpn_quota_product_start(&proof->right);
    multiply_arc(&proof->left, &proof->right, units, arc);
    for (int32_t node = start_of(grid, arc); proof->parents[node] >= 0; node = start_of(grid, proof->parents[node]))
        multiply_arc(&proof->left, &proof->right, units, proof->parents[node]);
    for (int32_t node = end_of(grid, arc); proof->parents[node] >= 0; node = start_of(grid, proof->parents[node]))
        multiply_arc(&proof->right, &proof->left, units, proof->parents[node]);
    return cpn_quota_product_compare(&proof->left, &proof->right);
}

/* ---- Arcs that may be 1 long ------------------------------------------------------------------------------------- */

static void list_near_arcs(certifier *proof)
{
    const cpn_quota_units *units = proof->units;
    for (int64_t cell = 0; cell < units->grid->n_cells; cell++) {
        const bool can_add = cpn_quota_can_add(units, cell), can_take = cpn_quota_can_take(units, cell);
        proof->is_open[2 * cell] = proof->is_open[2 * cell + 1] = false;
        if (!can_add && !can_take) continue;
        const int64_t part = units->grid->parts[cell];
        const cpn_quota_real worth = cpn_quota_worth(units, cell);
        if (can_add) {
            const cpn_quota_real post = cpn_quota_threshold(units, part);
            proof->is_open[2 * cell] =
                cpn_quota_real_compare(post, worth) <= 0 || cpn_quota_real_is_near(post, worth, NEAR_BITS);
        }
        if (can_take) {
            const cpn_quota_real post = cpn_quota_threshold(units, part - 1);
            proof->is_open[2 * cell + 1] =
                cpn_quota_real_compare(post, worth) >= 0 || cpn_quota_real_is_near(post, worth, NEAR_BITS);
        }
    }
}

/* ---- One component ----------------------------------------------------------------------------------------------- */

/* The arc that leaves a node through one of its links. */
static int64_t arc_at(const cpn_quota_grid *grid, int32_t node, int64_t link)
{
    return 2 * grid->links[link] + (node >= grid->n_rows);
}

/* Lists the nodes of the component of root in queue, with a tree of open arcs; returns their number. */
static int32_t grow_tree(certifier *proof, int32_t root)
{
    const cpn_quota_grid *grid = proof->units->grid;
    int32_t n = 0;
    proof->parents[root] = -1;
    proof->queue[n++] = root;
    for (int32_t i = 0; i < n; i++) {
        const int32_t node = proof->queue[i];
        for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++) {
            const int64_t arc = arc_at(grid, node, link);
            const int32_t other = end_of(grid, arc);
            if (!proof->is_open[arc] || proof->parents[other] != -2) continue;
            proof->parents[other] = arc;
            proof->queue[n++] = other;
        }
    }
    return n;
}

static bool is_above(const certifier *proof, int32_t ancestor, int32_t node)
{
    while (node != ancestor && proof->parents[node] >= 0) node = start_of(proof->units->grid, proof->parents[node]);
    return node == ancestor;
}

/* Moves a unit along the cycle that an arc closes with the tree. */
static void move_cycle(certifier *proof, int64_t arc)
{
    cpn_quota_grid *grid = proof->units->grid;
    const int32_t first = end_of(grid, arc);
    grid->parts[arc / 2] += arc % 2 ? -1 : 1;
    for (int32_t node = start_of(grid, arc); node != first; node = start_of(grid, proof->parents[node]))
        grid->parts[proof->parents[node] / 2] += proof->parents[node] % 2 ? -1 : 1;
}

/* Shortens paths until none can be; true where a better cycle was found, and taken. */
static bool improve(certifier *proof, int32_t n)
{
    const cpn_quota_grid *grid = proof->units->grid;
    for (bool has_changed = true; has_changed;) {
        has_changed = false;
        for (int32_t i = 0; i < n; i++) {
            const int32_t node = proof->queue[i];
            for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++) {
                const int64_t arc = arc_at(grid, node, link);
                const int32_t other = end_of(grid, arc);
                if (!proof->is_open[arc] || proof->parents[other] == arc || compare_paths(proof, arc) >= 0) continue;
                if (is_above(proof, other, node)) {
                    move_cycle(proof, arc);
                    return true;
                }
                proof->parents[other] = arc;
                has_changed = true;
            }
        }
    }
    return false;
}

/* Closes the arcs of a component that are longer than 1 by however little. */
static void close_long_arcs(certifier *proof, int32_t n)
{
    const cpn_quota_grid *grid = proof->units->grid;
    for (int32_t i = 0; i < n; i++) {
        const int32_t node = proof->queue[i];
        for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++) {
            const int64_t arc = arc_at(grid, node, link);
            if (proof->is_open[arc] && proof->parents[end_of(grid, arc)] != arc && compare_paths(proof, arc) != 0)
                proof->is_open[arc] = false;
        }
    }
}

/* All components; true where a better cycle was taken and the proof must start again. */
static bool prove_components(certifier *proof)
{
    const int32_t n_nodes = proof->units->grid->n_nodes;
    for (int32_t node = 0; node < n_nodes; node++) proof->parents[node] = -2;
    for (int32_t root = 0; root < n_nodes; root++) {
        if (proof->parents[root] != -2) continue;
        const int32_t n = grow_tree(proof, root);
        if (n == 1) continue;
        if (improve(proof, n)) return true;
        close_long_arcs(proof, n);
    }
    return false;
}

static bool open_certifier(certifier *proof)
{
    const int64_t n = proof->units->grid->n_nodes, n_limbs = (2 * n + 2) * FACTORS_AN_ARC + 2;
    proof->parents = cpn_alloc(n, sizeof *proof->parents);
    proof->queue = cpn_alloc(n, sizeof *proof->queue);
    proof->left.limbs = cpn_alloc(n_limbs, sizeof *proof->left.limbs);
    proof->right.limbs = cpn_alloc(n_limbs, sizeof *proof->right.limbs);
    return proof->parents && proof->queue && proof->left.limbs && proof->right.limbs;
}

campaign_status cpn_quota_certify(cpn_quota_units *units, bool *is_open, campaign_error *error)
{
    certifier proof = { .units = units, .is_open = is_open };
    bool is_done = open_certifier(&proof);
    for (bool has_improved = true; is_done && has_improved;) {
        list_near_arcs(&proof);
        is_done = cpn_quota_keep_cycles(units->grid, is_open);
        if (!is_done) break;
        has_improved = prove_components(&proof);
        if (!has_improved) is_done = cpn_quota_keep_cycles(units->grid, is_open);
    }
    cpn_free(proof.parents);
    cpn_free(proof.queue);
    cpn_free(proof.left.limbs);
    cpn_free(proof.right.limbs);
    return is_done ? CAMPAIGN_OK : cpn_fail_nomem(error);
}
