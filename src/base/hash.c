/* 64-bit hashes that are equal on every machine: words are put together from bytes, never read as the machine keeps them.
 * Multiplication spreads a difference upwards, the shifts bring it back down; both can be undone, so two keys that differ
 * in one word only never meet. The finisher is that of splitmix64 (Vigna, public domain). */
#include "base/hash.h"

static const uint64_t golden = 0x9E3779B97F4A7C15u; /* 2^64 divided by the golden ratio, made odd */

static uint64_t finish(uint64_t hash)
{
    hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9u;
    hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBu;
    return hash ^ (hash >> 31);
}

static uint64_t read_word(const unsigned char *bytes, size_t n)
{
    uint64_t word = 0;
    for (size_t i = 0; i < n; i++) word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

static uint64_t stir(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * golden;
    return hash ^ (hash >> 32);
}

uint64_t cpn_hash_int64(int64_t value)
{
    return finish((uint64_t)value + golden);
}

uint64_t cpn_hash_bytes(const void *bytes, size_t length)
{
    const unsigned char *next = bytes;
    uint64_t hash = ((uint64_t)length + 1) * golden; /* the length, because the last word is filled up with zeros */
    size_t rest = length;
    for (; rest >= 8; rest -= 8, next += 8) hash = stir(hash, read_word(next, 8));
    if (rest) hash = stir(hash, read_word(next, rest));
    return finish(hash);
}
