/* What pieces sell under uncertain demand: expected sales between two levels, what is lost beyond one, and how likely that
 * is, for every distribution. */
#include <math.h>

#include "allocate/stock/store.h"

static const double root_three = 1.7320508075688772;

void cpn_shelf_add(cpn_shelf_sum *sum, double value)
{
    const double next = sum->sum + value;
    if (fabs(sum->sum) >= fabs(value))
        sum->rest += (sum->sum - next) + value;
    else
        sum->rest += (value - next) + sum->sum;
    sum->sum = next;
}

void cpn_shelf_settle(cpn_shelf_demand *demand)
{
    const double mean = demand->mean, deviation = demand->deviation;
    demand->expected = mean;
    demand->scale = 1;
    switch (demand->kind) {
    case CPN_SHELF_NORMAL:
    case CPN_SHELF_TRUNCATED_NORMAL:
        if (deviation <= 0) {
            demand->kind = CPN_SHELF_DETERMINISTIC;
            break;
        }
        if (demand->kind == CPN_SHELF_TRUNCATED_NORMAL) demand->scale = 1 / cpn_shelf_normal_tail(-mean / deviation);
        demand->expected = deviation * cpn_shelf_normal_loss(-mean / deviation) * demand->scale;
        break;
    case CPN_SHELF_UNIFORM:
        if (deviation <= 0) demand->kind = CPN_SHELF_DETERMINISTIC;
        break;
    case CPN_SHELF_EXPONENTIAL:
    case CPN_SHELF_POISSON:
    case CPN_SHELF_NEGATIVE_BINOMIAL:
        if (mean <= 0) demand->kind = CPN_SHELF_DETERMINISTIC;
        break;
    case CPN_SHELF_EMPIRICAL: demand->expected = demand->n_points > 0 ? demand->points[0].value_above : 0; break;
    case CPN_SHELF_DETERMINISTIC: break;
    }
}

/* ---- Counts ------------------------------------------------------------------------------------------------------ */

/* At or below the middle: what is left over. */
static double counts_left(const cpn_shelf_counts *counts, int64_t level)
{
    return level < counts->first || level > counts->last ? 0 : counts->losses[level - counts->first];
}

/* At or above the middle: what is lost. */
static double counts_lost(const cpn_shelf_counts *counts, int64_t level)
{
    if (level == counts->middle) return counts->lost_at_middle;
    return level > counts->last ? 0 : counts->losses[level - counts->first];
}

static double counts_gain(const cpn_shelf_counts *counts, int64_t from, int64_t to)
{
    const int64_t middle = counts->middle;
    if (to <= middle) return (double)(to - from) - (counts_left(counts, to) - counts_left(counts, from));
    if (from >= middle) return counts_lost(counts, from) - counts_lost(counts, to);
    return (double)(middle - from) - (counts_left(counts, middle) - counts_left(counts, from)) +
           (counts->lost_at_middle - counts_lost(counts, to));
}

/* ---- Points ------------------------------------------------------------------------------------------------------ */

/* The first point above a level; n_points where there is none. */
static int64_t find_point(const cpn_shelf_demand *demand, double level)
{
    int64_t low = 0, high = demand->n_points;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (demand->points[middle].value > level)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static double weight_above(const cpn_shelf_demand *demand, int64_t point)
{
    return point < demand->n_points ? demand->points[point].weight_above : 0;
}

static double value_above(const cpn_shelf_demand *demand, int64_t point)
{
    return point < demand->n_points ? demand->points[point].value_above : 0;
}

static double points_gain(const cpn_shelf_demand *demand, double from, double to)
{
    const int64_t a = find_point(demand, from), b = find_point(demand, to);
    const double between = weight_above(demand, a) - weight_above(demand, b);
    return (to - from) * weight_above(demand, b) +
           (a == b ? 0 : value_above(demand, a) - value_above(demand, b) - from * between);
}

/* ---- All --------------------------------------------------------------------------------------------------------- */

static double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

static double uniform_gain(const cpn_shelf_demand *demand, double from, double to)
{
    const double half = root_three * demand->deviation, low = demand->mean - half, high = demand->mean + half;
    const double a = clamp(from, low, high), b = clamp(to, low, high);
    const double sure = clamp(to, 0, low) - clamp(from, 0, low);
    return sure + (b - a) * (2 * high - a - b) / (4 * half);
}

static double raw_gain(const cpn_shelf_demand *demand, int64_t level, int64_t units)
{
    const double from = (double)level, to = (double)(level + units), mean = demand->mean;
    switch (demand->kind) {
    case CPN_SHELF_NORMAL:
    case CPN_SHELF_TRUNCATED_NORMAL: {
        const double low = (from - mean) / demand->deviation, high = (to - mean) / demand->deviation;
        return demand->deviation * cpn_shelf_normal_between(low, high) * demand->scale;
    }
    case CPN_SHELF_POISSON:
    case CPN_SHELF_NEGATIVE_BINOMIAL: return counts_gain(&demand->counts, level, level + units);
    case CPN_SHELF_UNIFORM: return uniform_gain(demand, from, to);
    case CPN_SHELF_EXPONENTIAL: return mean * cpn_shelf_exp(-from / mean) * cpn_shelf_rest((to - from) / mean);
    case CPN_SHELF_EMPIRICAL: return points_gain(demand, from, to);
    case CPN_SHELF_DETERMINISTIC: break;
    }
    return clamp(mean, from, to) - from;
}

double cpn_shelf_gain(const cpn_shelf_demand *demand, int64_t level, int64_t units)
{
    const double gain = raw_gain(demand, level, units), most = (double)units;
    return gain < most * CPN_SHELF_LEAST_GAIN ? 0 : gain > most ? most : gain;
}

double cpn_shelf_lost(const cpn_shelf_demand *demand, int64_t level)
{
    const double at = (double)level, mean = demand->mean;
    switch (demand->kind) {
    case CPN_SHELF_NORMAL:
    case CPN_SHELF_TRUNCATED_NORMAL:
        return demand->deviation * cpn_shelf_normal_loss((at - mean) / demand->deviation) * demand->scale;
    case CPN_SHELF_POISSON:
    case CPN_SHELF_NEGATIVE_BINOMIAL:
        if (level >= demand->counts.middle) return counts_lost(&demand->counts, level);
        return mean - at + counts_left(&demand->counts, level);
    case CPN_SHELF_UNIFORM: return uniform_gain(demand, at, mean + root_three * demand->deviation);
    case CPN_SHELF_EXPONENTIAL: return mean * cpn_shelf_exp(-at / mean);
    case CPN_SHELF_EMPIRICAL: {
        const int64_t point = find_point(demand, at);
        return value_above(demand, point) - at * weight_above(demand, point);
    }
    case CPN_SHELF_DETERMINISTIC: break;
    }
    return mean > at ? mean - at : 0;
}

double cpn_shelf_beyond(const cpn_shelf_demand *demand, int64_t level)
{
    const double at = (double)level, mean = demand->mean, half = root_three * demand->deviation;
    switch (demand->kind) {
    case CPN_SHELF_NORMAL:
    case CPN_SHELF_TRUNCATED_NORMAL:
        return clamp(cpn_shelf_normal_tail((at - mean) / demand->deviation) * demand->scale, 0, 1);
    case CPN_SHELF_POISSON:
    case CPN_SHELF_NEGATIVE_BINOMIAL: return clamp(counts_gain(&demand->counts, level, level + 1), 0, 1);
    case CPN_SHELF_UNIFORM: return clamp((mean + half - at) / (2 * half), 0, 1);
    case CPN_SHELF_EXPONENTIAL: return cpn_shelf_exp(-at / mean);
    case CPN_SHELF_EMPIRICAL: return weight_above(demand, find_point(demand, at));
    case CPN_SHELF_DETERMINISTIC: break;
    }
    return mean > at ? 1 : 0;
}
