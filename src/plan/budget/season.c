/* The cap of the off season (AP12): its campaigns together get at most so much of what those of the peak get.
 *
 * The largest sum that keeps the cap is found exactly. Where what is taken goes to the peak, the peak grows by it: off <=
 * cap × (peak + taken) solves to off <= cap × (peak + off before) / (1 + cap). Where it goes to all others, the peak's part
 * of it depends on bounds, and the sum is found by halving: a larger off season leaves the peak no more. */
#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "plan/budget/budget.h"

typedef enum excess_policy { TO_PEAK, TO_OTHERS, TO_CONTINGENCY } excess_policy;

typedef struct season_sums {
    int64_t off, peak, least_off, most_peak; /* what they have, what the off season must, what the peak may */
} season_sums;

typedef struct season_room {
    cpn_budget *budget;
    const cpn_plan_facts *facts;
    int64_t cap_ppm;
    excess_policy policy;
    bool *is_off, *is_peak, *is_other; /* by campaign; other: not off */
} season_room;

static season_sums add_up(const season_room *room)
{
    season_sums sums = { 0 };
    for (int64_t i = 0; i < room->budget->n; i++) {
        const cpn_budget_campaign *line = &room->budget->campaigns[i];
        const bool is_locked = line->locked != CAMPAIGN_SPLIT_FREE;
        if (room->is_off[i]) {
            sums.off += line->minor; /* parts of one int64 */
            sums.least_off += is_locked ? line->locked : line->minimum;
        } else if (room->is_peak[i]) {
            sums.peak += line->minor;
            if (!cpn_add64(&sums.most_peak, sums.most_peak, is_locked ? line->locked : line->maximum))
                sums.most_peak = INT64_MAX;
        }
    }
    return sums;
}

/* Whether off <= cap × peak. */
static bool keeps_cap(const season_room *room, int64_t off, int64_t peak)
{
    return cpn_compare_128(cpn_mul_128(off, CPN_WHOLE_PPM), cpn_mul_128(peak, room->cap_ppm)) <= 0;
}

/* Splits what the off season leaves, and says whether the cap holds then. */
static campaign_status try_others(bool *holds, int64_t *left, season_room *room, int64_t off, int64_t whole,
                                  campaign_error *error)
{
    const campaign_status status = cpn_budget_split(left, room->budget, room->is_other, whole - off, error);
    if (status == CAMPAIGN_OK) *holds = keeps_cap(room, off, add_up(room).peak);
    return status;
}

/* The largest sum of the off season, from 0 to most, that keeps the cap when all others share the rest of whole. The
 * rounding of shares may shift the peak by a unit, so the next few sums above are tried as well. */
static campaign_status search(int64_t *off, int64_t *left, season_room *room, int64_t most, int64_t whole,
                              campaign_error *error)
{
    enum { TRIED_ABOVE = 3 };
    int64_t low = 0, high = most; /* low keeps the cap, since 0 does */
    bool holds = true;
    campaign_status status = CAMPAIGN_OK;
    while (low < high && status == CAMPAIGN_OK) {
        const int64_t middle = low + (high - low + 1) / 2;
        status = try_others(&holds, left, room, middle, whole, error);
        if (holds)
            low = middle;
        else
            high = middle - 1;
    }
    *off = low;
    for (int64_t i = 1; i <= TRIED_ABOVE && low <= most - i && status == CAMPAIGN_OK; i++) {
        status = try_others(&holds, left, room, low + i, whole, error);
        if (status == CAMPAIGN_OK && holds) *off = low + i;
    }
    return status == CAMPAIGN_OK ? try_others(&holds, left, room, *off, whole, error) : status;
}

/* The largest sum of the off season that keeps the cap; the others are split anew where they get what it gives up. */
static campaign_status lower(int64_t *off, int64_t *left, season_room *room, const season_sums *sums,
                             campaign_error *error)
{
    int64_t by_most;
    *left = 0;
    switch (room->policy) {
    case TO_CONTINGENCY:
        (void)cpn_mul_div64(off, sums->peak, room->cap_ppm, CPN_WHOLE_PPM, CAMPAIGN_ROUND_DOWN);
        *left = sums->off - *off;
        return CAMPAIGN_OK;
    case TO_PEAK:
        (void)cpn_mul_div64(off, sums->peak + sums->off, room->cap_ppm, CPN_WHOLE_PPM + room->cap_ppm,
                            CAMPAIGN_ROUND_DOWN);
        if (cpn_mul_div64(&by_most, sums->most_peak, room->cap_ppm, CPN_WHOLE_PPM, CAMPAIGN_ROUND_DOWN) &&
            by_most < *off)
            *off = by_most;
        return cpn_budget_split(left, room->budget, room->is_peak, sums->peak + sums->off - *off, error);
    case TO_OTHERS: break;
    }
    int64_t whole = sums->off;
    for (int64_t i = 0; i < room->budget->n; i++)
        if (room->is_other[i]) whole += room->budget->campaigns[i].minor;
    return search(off, left, room, sums->off, whole, error);
}

static campaign_status refuse(const season_room *room, const season_sums *sums, int64_t off, campaign_error *error)
{
    char asked[CAMPAIGN_MONEY_TEXT], allowed[CAMPAIGN_MONEY_TEXT], first[64] = "";
    const cpn_json_value *section = cpn_get(room->facts->request->root, "budget");
    const cpn_json_value *place = cpn_get(section, "campaigns");
    const int32_t exponent = room->facts->request->exponent;
    for (int64_t i = room->budget->n - 1; i >= 0; i--)
        if (room->is_off[i] && (room->budget->campaigns[i].locked > 0 || room->budget->campaigns[i].minimum > 0))
            (void)cpn_json_show(first, room->facts->campaigns->rows[i].id, strlen(room->facts->campaigns->rows[i].id));
    (void)campaign_money_format(asked, sums->least_off, exponent);
    (void)campaign_money_format(allowed, off, exponent);
    return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, place,
                         "the campaigns of the off season, such as %s, ask for %s at least; off_season_cap allows %s",
                         first, asked, allowed);
}

static campaign_status note_cap(const season_room *room, int64_t moved, campaign_error *error)
{
    static const char *const words[][2] = { { "to the peak", "转给旺季" },
                                            { "to all others", "转给其余活动" },
                                            { "to the contingency", "转入应急储备" } };
    char amount[CAMPAIGN_MONEY_TEXT], text[CAMPAIGN_MONEY_TEXT + 64];
    (void)campaign_money_format(amount, moved, room->facts->request->exponent);
    (void)snprintf(text, sizeof text, "%s %s", amount, words[room->policy][room->facts->request->is_chinese]);
    return cpn_plan_note_add(room->facts->notes,
                             &(cpn_plan_note){ .code = CPN_NOTE_OFF_SEASON_CAPPED, .n = room->cap_ppm }, NULL, text,
                             error);
}

static campaign_status apply(int64_t *left, season_room *room, campaign_error *error)
{
    const season_sums sums = add_up(room);
    int64_t off = 0, more = 0;
    bool has_off = false, has_peak = false;
    for (int64_t i = 0; i < room->budget->n; i++) {
        has_off = has_off || room->is_off[i];
        has_peak = has_peak || room->is_peak[i];
    }
    if (!has_off || !has_peak || keeps_cap(room, sums.off, sums.peak)) return CAMPAIGN_OK;
    campaign_status status = lower(&off, left, room, &sums, error);
    if (status == CAMPAIGN_OK && off < sums.least_off) return refuse(room, &sums, off, error);
    if (status == CAMPAIGN_OK) status = cpn_budget_split(&more, room->budget, room->is_off, off, error);
    if (status != CAMPAIGN_OK) return status;
    *left += more;
    for (int64_t i = 0; i < room->budget->n; i++)
        if (room->is_off[i]) room->budget->campaigns[i].basis = CPN_BASIS_SEASON_CAP;
    return note_cap(room, sums.off - off, error);
}

campaign_status cpn_budget_cap_off_season(int64_t *left, cpn_budget *budget, const cpn_plan_facts *facts,
                                          campaign_error *error)
{
    const cpn_json_value *section = cpn_get(facts->request->root, "budget");
    season_room room = { .budget = budget, .facts = facts };
    room.policy = (excess_policy)cpn_get_enum(section, &cpn_plan_budget_record, "off_season_excess");
    *left = 0;
    campaign_status status = cpn_get_ppm(&room.cap_ppm, section, &cpn_plan_budget_record, "off_season_cap", error);
    bool *sets = cpn_alloc(budget->n, 3 * sizeof *sets);
    if (status == CAMPAIGN_OK && !sets) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        room.is_off = sets;
        room.is_peak = sets + budget->n;
        room.is_other = sets + 2 * budget->n;
        for (int64_t i = 0; i < budget->n; i++) {
            room.is_off[i] = facts->campaigns->rows[i].season == CPN_SEASON_OFF;
            room.is_peak[i] = facts->campaigns->rows[i].season == CPN_SEASON_PEAK;
            room.is_other[i] = !room.is_off[i];
        }
        status = apply(left, &room, error);
    }
    cpn_free(sets);
    return status;
}
