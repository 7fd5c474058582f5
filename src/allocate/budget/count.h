/* A part of the search seen by how many S-curves stand on their concave stretch: what its files share. */
#ifndef CPN_ALLOCATE_SPEND_COUNT_H
#define CPN_ALLOCATE_SPEND_COUNT_H

#include "allocate/budget/parts.h"

/* A point of an item's curve: its spend, and value × response there. */
typedef struct cpn_spend_point {
    double spend, value;
} cpn_spend_point;

/* An item between the spends of the part: convex from low to turn, concave from turn to high. */
typedef struct cpn_spend_curved {
    cpn_spend_point low, turn, high;
    double turn_slope, high_slope; /* value × slope at the ends of the concave stretch */
    cpn_response_hint hint;
    bool is_counted;            /* turn > low: it may stand below its turn */
    bool has_between;           /* spends between low and turn are open */
    cpn_spend_point between[2]; /* those of a state that count now */
    double spend, bend;         /* best on the concave stretch at the last price; d spend / d price */
    double gain;                /* what standing there is worth beyond low */
    double between_gain;        /* what standing between is worth beyond low, at its better end */
    double between_spend;
} cpn_spend_curved;

/* So many items on their concave stretch; and at most one more strictly between its low and its turn, at a share of the
 * way within shares: those at low stand at share 0. */
typedef struct cpn_spend_state {
    int32_t count;
    double shares[2];
    double bound;
} cpn_spend_state;

/* What a state takes at a price. */
typedef struct cpn_spend_choice {
    double dual;           /* no plan of the state brings more */
    double spend, bend;    /* of all items; d spend / d price */
    int32_t between, last; /* places in order: of the item between, or -1; of the last one on its concave stretch */
} cpn_spend_choice;

/* All items at a price. */
typedef struct cpn_spend_counting {
    cpn_spend_search *search;
    cpn_spend_curved *items; /* of each seat */
    int32_t *order;          /* counted seats, by gain */
    double *sums;            /* of the gains of the first ones in order */
    double *leads, *trails;  /* of each place: most that an item between adds where it is one of the first, or is not */
    int32_t n_counted;
    double price, base, most; /* the last price; the least one; the budget */
    double start;             /* a likely price */
    double rest, rest_size;   /* worth at the price of counted items at low and of all others; sum of sizes */
    double rest_spend, rest_bend;
} cpn_spend_counting;

/* Items of the present part; false where the budget does not reach their least, or one of them is of another kind. */
bool cpn_spend_count_begin(cpn_spend_counting *at);
/* The points between that a state counts. */
void cpn_spend_count_enter(cpn_spend_counting *at, const cpn_spend_state *state);
/* All items at the price, in the order of their gains. */
void cpn_spend_count_look(cpn_spend_counting *at, double price);
cpn_spend_choice cpn_spend_count_choose(const cpn_spend_counting *at, int32_t count);
/* Spend on the concave stretch at a price; bend is d spend / d price where it moves, or 0. */
double cpn_spend_count_take(const cpn_spend_counting *at, int64_t seat, double price, double *bend);

#endif
