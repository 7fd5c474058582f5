/* Bitmaps as Arrow lays them out: least significant bit first, starting at any bit. */
#include "table/store.h"

#include <string.h>

/* Eight bits from bit first on, where at least eight follow. */
static uint8_t read_byte(const uint8_t *bits, int64_t first)
{
    const int shift = (int)(first & 7);
    const uint8_t *at = bits + (first >> 3);
    return (uint8_t)(shift ? at[0] >> shift | at[1] << (8 - shift) : at[0]);
}

static int count_ones(uint64_t word)
{
    word = word - (word >> 1 & 0x5555555555555555u);
    word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
    return (int)(((word + (word >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}

int64_t cpn_count_zero_bits(const uint8_t *bits, int64_t first, int64_t n)
{
    int64_t ones = 0, i = 0;
    for (; i < n && ((first + i) & 7); i++) ones += cpn_bit(bits, first + i);
    const uint8_t *at = bits + ((first + i) >> 3);
    for (; n - i >= 64; i += 64, at += 8) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
        ones += count_ones(word);
    }
    for (; i < n; i++) ones += cpn_bit(bits, first + i);
    return n - ones;
}

void cpn_copy_bits(uint8_t *to, const uint8_t *from, int64_t first, int64_t n)
{
    const int64_t whole = n / 8;
    if (first % 8 == 0)
        memcpy(to, from + first / 8, (size_t)whole);
    else
        for (int64_t i = 0; i < whole; i++) to[i] = read_byte(from, first + i * 8);
    if (n % 8 == 0) return;
    to[whole] = 0;
    for (int64_t i = whole * 8; i < n; i++) cpn_set_bit(to, i, cpn_bit(from, first + i));
}

void cpn_settle_nulls(campaign_column *column)
{
    column->n_nulls = column->validity ? cpn_count_zero_bits(column->validity, column->bit_offset, column->n_rows) : 0;
    if (column->n_nulls) return;
    column->validity = NULL;
    if (column->type != CAMPAIGN_TYPE_BOOL) column->bit_offset = 0;
}
