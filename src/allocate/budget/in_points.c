/* Reads the points of piecewise linear curves: any order of rows, sorted by item and spend. */
#include <math.h>

#include "allocate/budget/spend.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"

enum { ITEM, SPEND, RESPONSE, N_FIELDS };

#define NUMBER (CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT)

static const cpn_spend_spec specs[N_FIELDS] = {
    { "item", "points.item", CPN_ANY_KEY, true, false, 0, 0, 0 },
    { "spend", "points.spend", NUMBER | CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY), true, false, 0, CPN_SPEND_MOST, 0 },
    { "response", "points.response", NUMBER, true, false, -CPN_SPEND_MOST, CPN_SPEND_MOST, 0 },
};

typedef struct point {
    int32_t item;
    int32_t reserved;
    int64_t row;
    double spend, response;
} point;

static int compare_points(const void *a, const void *b, const void *ctx)
{
    const point *left = a, *right = b;
    (void)ctx;
    if (left->item != right->item) return left->item < right->item ? -1 : 1;
    return (left->spend > right->spend) - (left->spend < right->spend);
}

static campaign_status read_rows(point *points, const cpn_spend_book *book, const campaign_table *table,
                                 campaign_error *error)
{
    cpn_spend_field fields[N_FIELDS];
    campaign_status status = cpn_spend_open_fields(fields, specs, N_FIELDS, table, error);
    for (int64_t row = 0; row < book->n_points && status == CAMPAIGN_OK; row++) {
        points[row].row = row;
        status = cpn_spend_find(&points[row].item, &book->item_keys, &fields[ITEM], row, error);
        if (status == CAMPAIGN_OK) status = cpn_spend_number(&points[row].spend, &fields[SPEND], row, error);
        if (status == CAMPAIGN_OK) status = cpn_spend_number(&points[row].response, &fields[RESPONSE], row, error);
    }
    return status;
}

static campaign_status store_points(cpn_spend_book *book, const point *points, campaign_error *error)
{
    for (int64_t i = 0; i < book->n_points; i++) {
        if (i > 0 && compare_points(&points[i - 1], &points[i], NULL) == 0) {
            char name[CPN_NAMED_KEY_TEXT], spend[CPN_NUMBER_TEXT];
            cpn_named_key_text(name, &book->item_keys, points[i].item);
            (void)cpn_format_double(spend, points[i].spend);
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, points[i].row, "points.spend",
                                "item \"%s\" has two points at %s", name, spend);
        }
        book->point_spends[i] = points[i].spend * book->terms.unit;
        book->point_responses[i] = points[i].response;
        book->first_points[points[i].item + 1] = i + 1;
    }
    for (int64_t i = 0; i < book->n_items; i++)
        if (book->first_points[i + 1] < book->first_points[i]) book->first_points[i + 1] = book->first_points[i];
    return CAMPAIGN_OK;
}

campaign_status cpn_spend_read_points(cpn_spend_book *book, const campaign_table *table, campaign_error *error)
{
    if (!table) return CAMPAIGN_OK;
    book->n_points = campaign_table_n_rows(table);
    book->point_spends = cpn_alloc(book->n_points, sizeof *book->point_spends);
    book->point_responses = cpn_alloc(book->n_points, sizeof *book->point_responses);
    book->first_points = cpn_alloc_zero(book->n_items + 1, sizeof *book->first_points);
    point *points = cpn_alloc_zero(book->n_points, sizeof *points);
    campaign_status status = book->point_spends && book->point_responses && book->first_points && points
                                 ? CAMPAIGN_OK
                                 : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = read_rows(points, book, table, error);
    if (status == CAMPAIGN_OK && !cpn_sort(points, book->n_points, sizeof *points, compare_points, NULL))
        status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = store_points(book, points, error);
    cpn_free(points);
    return status;
}

campaign_status cpn_spend_take_points(cpn_response *curve, const cpn_spend_book *book, int64_t item,
                                      campaign_error *error)
{
    const int64_t first = book->first_points ? book->first_points[item] : 0;
    const int64_t n = book->first_points ? book->first_points[item + 1] - first : 0;
    const bool is_piecewise = curve->kind == CPN_RESPONSE_PIECEWISE_LINEAR;
    if (is_piecewise == (n > 0)) {
        curve->n_points = n;
        curve->spends = n > 0 ? book->point_spends + first : NULL;
        curve->responses = n > 0 ? book->point_responses + first : NULL;
        return CAMPAIGN_OK;
    }
    char name[CPN_NAMED_KEY_TEXT];
    cpn_named_key_text(name, &book->item_keys, item);
    if (is_piecewise)
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, book->items[item].row, "points.item",
                            "the piecewise curve of \"%s\" has no points", name);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, book->items[item].row, "items.curve",
                        "\"%s\" has points, but its curve is %s", name, cpn_response_name(curve->kind));
}
