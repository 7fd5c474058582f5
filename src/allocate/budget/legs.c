/* The concave envelope of one item on the spends that are open to it, as legs: arcs of the curve itself, and chords over
 * what is convex or not allowed. Built from the left by the tangents between neighbours, which are found as the prices
 * at which both are worth the same (Dinkelbach 1967). What an item takes at a price is read off the legs. */
#include <math.h>

#include "allocate/budget/parts.h"

#include "base/number.h"

enum { SMALL = 8, MOST_STEPS = 60 };
static const double least_slope = 1e-200; /* beside an arc's own: what rises less is flat, since prices cannot tell */

/* Parts of an envelope under construction: two legs each, the chord that leads to it and its own arc (or point). */
typedef struct leg_builder {
    const cpn_spend_problem *problem;
    cpn_spend_seat *seat;
    cpn_spend_leg *parts;
    int32_t n;
} leg_builder;

static double value_at(const leg_builder *builder, double spend)
{
    return builder->seat->item->value * cpn_spend_look(builder->problem, builder->seat->item, spend).value;
}

static double slope_at(const leg_builder *builder, double spend, int32_t side)
{
    if (!(builder->seat->item->value > 0)) return 0; /* infinite slopes too */
    return builder->seat->item->value * cpn_spend_slope_within(builder->problem, builder->seat, spend, side);
}

static double best_of(const leg_builder *builder, const cpn_spend_leg *part, double price)
{
    if (!part->is_arc) return part->from;
    const double stretch[] = { part->from, part->to };
    double curvature;
    return cpn_spend_at_price(builder->problem, builder->seat, stretch, price, &curvature);
}

/* Where a tangent from the left is likely to touch: Hill's from 0 touches at (spend / location)^shape = shape - 1. */
static double first_guess(const leg_builder *builder, const cpn_spend_leg *part)
{
    if (!part->is_arc) return part->from;
    const cpn_response *curve = &builder->problem->curves[builder->seat->item->first_curve];
    double guess = part->from > 0 ? 2 * part->from : part->to;
    if (curve->kind == CPN_RESPONSE_HILL && curve->shape > 1)
        guess = curve->location * pow(curve->shape - 1, 1 / curve->shape) + builder->seat->item->opening_cost;
    return guess < part->from ? part->from : guess > part->to ? part->to : guess;
}

/* The price at which left and right, further on, are worth the same, and what is then taken of them. */
static double tangent(double touch[2], const leg_builder *builder, const cpn_spend_leg *left,
                      const cpn_spend_leg *right)
{
    touch[0] = left->to;
    touch[1] = first_guess(builder, right);
    if (touch[1] <= touch[0]) touch[1] = right->to;
    if (touch[1] <= touch[0]) return slope_at(builder, touch[0], 1);
    double price = (value_at(builder, touch[1]) - value_at(builder, touch[0])) / (touch[1] - touch[0]);
    for (int32_t i = 0; i < MOST_STEPS && (left->is_arc || right->is_arc); i++) {
        const double from = best_of(builder, left, price), to = best_of(builder, right, price);
        if (!(to > from)) { /* they meet at a corner that both turn away from */
            touch[0] = touch[1] = to;
            return slope_at(builder, to, 1);
        }
        const bool is_same = fabs(from - touch[0]) + fabs(to - touch[1]) <= 1e-9 * to;
        touch[0] = from;
        touch[1] = to;
        const double next = (value_at(builder, to) - value_at(builder, from)) / (to - from);
        const bool is_near = fabs(next - price) <= 4 * DBL_EPSILON * fabs(price);
        price = next;
        if (is_near || is_same) break;
    }
    return price;
}

/* Adds the next part to the right; parts that fall below the envelope vanish. */
static void push(leg_builder *builder, double from, double to, bool is_arc)
{
    cpn_spend_leg part = { .from = from, .to = to, .is_arc = is_arc && to > from };
    cpn_spend_leg chord = { 0 };
    while (builder->n > 0) {
        const cpn_spend_leg *top = &builder->parts[2 * builder->n - 1];
        double touch[2];
        const double price = tangent(touch, builder, top, &part);
        if (builder->n > 1 && price >= builder->parts[2 * builder->n - 2].high) {
            builder->n--;
            continue;
        }
        chord = (cpn_spend_leg){ touch[0], touch[1], price, price, 0, 0 };
        break;
    }
    builder->parts[2 * builder->n] = chord;
    builder->parts[2 * builder->n + 1] = part;
    builder->n++;
}

/* The allowed ends of a stretch between two spends, in the open range; false where none is allowed. */
static bool clip(double ends[2], const cpn_spend_seat *seat, double from, double to)
{
    ends[0] = cpn_spend_allowed_above(seat->item, from > seat->low ? from : seat->low);
    ends[1] = cpn_spend_allowed_below(seat->item, to < seat->high ? to : seat->high);
    if (ends[0] > seat->high || ends[1] < ends[0]) return false;
    return true;
}

static void push_stretch(leg_builder *builder, double from, double to, bool is_concave)
{
    double ends[2];
    if (!clip(ends, builder->seat, from, to)) return;
    if (is_concave) {
        push(builder, ends[0], ends[1], true);
        return;
    }
    const int32_t n = builder->n;
    if (n == 0 || builder->parts[2 * n - 1].to < ends[0]) push(builder, ends[0], ends[0], false);
    if (ends[1] > ends[0]) push(builder, ends[1], ends[1], false);
}

/* A point at the end of a convex stretch that a concave one follows is the first of that. */
static void push_curve(leg_builder *builder, const cpn_spend_curves *curves, double from)
{
    const cpn_spend_seat *seat = builder->seat;
    const double opening = seat->item->opening_cost;
    if (from >= seat->high) {
        push_stretch(builder, seat->high, seat->high, false);
        return;
    }
    if (seat->n_pieces == 0) {
        const cpn_response *curve = &builder->problem->curves[seat->item->first_curve];
        const double turn = curve->kind == CPN_RESPONSE_LINEAR ? INFINITY : cpn_response_inflection(curve) + opening;
        if (turn > from && !(turn < seat->high))
            push_stretch(builder, from, seat->high, false);
        else if (turn > from) {
            double ends[2];
            if (clip(ends, seat, from, turn) && builder->n < 2) {
                push(builder, ends[0], ends[0], false);
                if (seat->item->step > 0 && ends[1] > ends[0]) push(builder, ends[1], ends[1], false);
            }
            push_stretch(builder, turn, seat->high, true);
        } else
            push_stretch(builder, from, seat->high, true);
        return;
    }
    for (int32_t i = 0; i < seat->n_pieces && from < seat->high; i++) {
        const cpn_spend_piece *piece = &curves->pieces[seat->first_piece + i];
        const double to = piece->to + opening < seat->high ? piece->to + opening : seat->high;
        if (to < from) continue;
        push_stretch(builder, from, to, piece->is_concave);
        from = to;
    }
}

/* Whether the curve itself runs along a chord: only those that have straight stretches can. */
static bool is_straight(const leg_builder *builder, const cpn_spend_leg *chord)
{
    const cpn_spend_seat *seat = builder->seat;
    const cpn_response *curve = &builder->problem->curves[seat->item->first_curve];
    const double middle = chord->from + (chord->to - chord->from) / 2;
    const bool can_be = seat->n_pieces > 0 || curve->kind == CPN_RESPONSE_LINEAR || curve->kind == CPN_RESPONSE_POWER;
    if (!can_be || seat->item->step > 0 || !cpn_spend_is_allowed(seat->item, middle)) return false;
    if (chord->from == 0 && !cpn_spend_is_allowed(seat->item, DBL_MIN)) return false;
    const double start = value_at(builder, chord->from), end = value_at(builder, chord->to);
    const double lost = start + (end - start) / 2 - value_at(builder, middle);
    return lost <= 1e-13 * fmax(fabs(start), fabs(end));
}

/* Ends an arc where it rises no more, as saturated curves do; the rest is a chord that costs nothing and brings nothing. */
static int32_t end_at_flat(cpn_spend_leg *arc, cpn_spend_leg *flat, const leg_builder *builder)
{
    const double rise = value_at(builder, arc->to) - value_at(builder, arc->from);
    const double least = least_slope * (rise / (arc->to - arc->from));
    if (!(least > 0) || !(arc->low < least) || !(arc->high > least)) return 0;
    const double end = best_of(builder, arc, least);
    if (!(end > arc->from && end < arc->to)) return 0;
    *flat = (cpn_spend_leg){ .from = end, .to = arc->to, .is_exact = 1 };
    arc->to = end;
    arc->low = least;
    return 1;
}

/* Chords and arcs in one row, with the prices at which they begin and end. */
static int32_t gather(cpn_spend_leg *legs, const leg_builder *builder)
{
    const double step = builder->seat->item->step;
    int32_t n = 0;
    for (int32_t i = 0; i < builder->n; i++) {
        cpn_spend_leg chord = builder->parts[2 * i], arc = builder->parts[2 * i + 1];
        double leaves = INFINITY;
        if (i > 0) {
            arc.from = chord.to;
            leaves = chord.high;
            if (chord.to > chord.from) {
                chord.is_exact = is_straight(builder, &chord);
                legs[n++] = chord;
            }
        }
        if (i + 1 < builder->n) arc.to = builder->parts[2 * i + 2].from;
        if (!arc.is_arc || !(arc.to > arc.from)) continue;
        if (step > 0) {
            const double width = arc.to - arc.from < step ? arc.to - arc.from : step;
            arc.high = (value_at(builder, arc.from + width) - value_at(builder, arc.from)) / width;
            arc.low = (value_at(builder, arc.to) - value_at(builder, arc.to - width)) / width;
        } else {
            arc.high = slope_at(builder, arc.from, 1);
            arc.low = slope_at(builder, arc.to, -1);
        }
        if (arc.high > leaves) arc.high = leaves;
        if (arc.low > arc.high) arc.low = arc.high;
        arc.is_exact = 1;
        cpn_spend_leg flat;
        const bool is_last = i + 1 == builder->n && step <= 0;
        const int32_t n_flat = is_last ? end_at_flat(&arc, &flat, builder) : 0;
        legs[n++] = arc;
        if (n_flat > 0) legs[n++] = flat;
    }
    return n;
}

int32_t cpn_spend_most_legs(const cpn_spend_seat *seat)
{
    if (seat->n_pieces > 0) return 4 * seat->n_pieces + 8;
    return cpn_spend_has_gap(seat->item) ? 6 : 3;
}

void cpn_spend_build_legs(cpn_spend_seat *seat, cpn_spend_leg *legs, const cpn_spend_curves *curves)
{
    cpn_spend_leg few[2 * SMALL];
    leg_builder builder = { .problem = curves->problem, .seat = seat, .parts = seat->n_pieces > 0 ? legs : few };
    const cpn_spend_item *item = seat->item;
    double from = seat->low;
    if (cpn_spend_has_gap(item) && seat->low <= 0) {
        push(&builder, 0, 0, false);
        from = item->minimum_if_open > item->opening_cost ? item->minimum_if_open : item->opening_cost;
        if (item->step > from) from = item->step;
    }
    if (from < seat->high || (from <= seat->high && builder.n > 0)) push_curve(&builder, curves, from);
    seat->n_legs = seat->first_open = 0;
    if (builder.n > 0) seat->n_legs = gather(legs, &builder);
    seat->n_open = seat->n_legs;
}

double cpn_spend_least(const cpn_spend_seat *seat, const cpn_spend_leg *legs)
{
    if (seat->n_legs == 0) return seat->low;
    return seat->first_open < seat->n_legs ? legs[seat->first_open].from : legs[seat->n_legs - 1].to;
}

double cpn_spend_most(const cpn_spend_seat *seat, const cpn_spend_leg *legs)
{
    return seat->n_open == 0 ? cpn_spend_least(seat, legs) : legs[seat->first_open + seat->n_open - 1].to;
}

/* ---- Reading the legs -------------------------------------------------------------------------------------------- */

cpn_spend_demand cpn_spend_take(const cpn_spend_problem *problem, cpn_spend_seat *seat, const cpn_spend_leg *legs,
                                double price)
{
    const double start = cpn_spend_least(seat, legs);
    cpn_spend_demand demand = { start, start, 0 };
    const int32_t end = seat->first_open + seat->n_open;
    for (int32_t i = seat->first_open; i < end; i++) {
        const cpn_spend_leg *leg = &legs[i];
        if (price > leg->high || (price == leg->high && leg->is_arc)) break;
        if (price < leg->low || (price == leg->low && leg->is_arc)) {
            demand.least = demand.most = leg->to;
            continue;
        }
        if (!leg->is_arc) {
            demand.most = leg->to;
            continue;
        }
        const double stretch[] = { leg->from, leg->to };
        double curvature;
        const double x = cpn_spend_at_price(problem, seat, stretch, price, &curvature);
        demand.least = demand.most = x;
        if (seat->item->step <= 0 && x > leg->from && x < leg->to) {
            if (cpn_is_nan(curvature)) curvature = cpn_spend_look(problem, seat->item, x).curvature;
            demand.turn = cpn_quotient(1, seat->item->value * curvature);
        }
        break;
    }
    return demand;
}

double cpn_spend_net_worth(const cpn_spend_problem *problem, const cpn_spend_item *item, double spend, double price,
                           bool is_inside)
{
    const cpn_response_look look = cpn_spend_look(problem, item, spend);
    const double value = item->value * look.value, cost = price * spend;
    double worth = value - cost + 8 * DBL_EPSILON * (fabs(value) + fabs(cost));
    if (is_inside) { /* the top is a Newton step away: twice what that can bring */
        const double miss = item->value * look.slope - price, bend = item->value * look.curvature;
        if (bend < 0 && cpn_is_finite(miss)) worth += miss * (miss / -bend);
    }
    return worth;
}

double cpn_spend_worth(const cpn_spend_problem *problem, cpn_spend_seat *seat, const cpn_spend_leg *legs, double price)
{
    const cpn_spend_demand demand = cpn_spend_take(problem, seat, legs, price);
    const cpn_spend_item *item = seat->item;
    double worth = cpn_spend_net_worth(problem, item, demand.least, price, demand.turn < 0 && item->step <= 0);
    if (demand.most > demand.least) worth = fmax(worth, cpn_spend_net_worth(problem, item, demand.most, price, false));
    for (int32_t i = seat->first_open; i < seat->first_open + seat->n_open; i++) {
        const cpn_spend_leg *leg = &legs[i]; /* a chord that this price nearly is: the ends may have changed places */
        if (leg->is_arc || fabs(leg->high - price) > 1e-9 * fabs(price)) continue;
        worth = fmax(worth, cpn_spend_net_worth(problem, item, leg->from, price, false));
        worth = fmax(worth, cpn_spend_net_worth(problem, item, leg->to, price, false));
    }
    return worth + seat->slack;
}

double cpn_spend_envelope(const cpn_spend_problem *problem, const cpn_spend_seat *seat, const cpn_spend_leg *legs,
                          double spend)
{
    const double value = seat->item->value * cpn_spend_look(problem, seat->item, spend).value;
    for (int32_t i = 0; i < seat->n_legs; i++) {
        if (legs[i].is_arc || !(spend > legs[i].from && spend < legs[i].to)) continue;
        const double start = seat->item->value * cpn_spend_look(problem, seat->item, legs[i].from).value;
        return fmax(value, start + legs[i].high * (spend - legs[i].from));
    }
    return value;
}
