/* Eight bytes of text at a time, in plain C. */
#ifndef CPN_IO_WORD_H
#define CPN_IO_WORD_H

#include <stdint.h>
#include <string.h>

#define CPN_IO_ONES 0x0101010101010101u
#define CPN_IO_TOPS 0x8080808080808080u

/* The eight bytes at text as a word whose lowest byte is the first. */
static inline uint64_t cpn_io_load_word(const char *text)
{
    uint64_t word;
    memcpy(&word, text, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Top bit of every byte of word that equals byte; exact in all bytes. */
static inline uint64_t cpn_io_find_byte(uint64_t word, uint64_t byte)
{
    const uint64_t difference = word ^ (CPN_IO_ONES * byte);
    return ~(((difference & ~CPN_IO_TOPS) + ~CPN_IO_TOPS) | difference | ~CPN_IO_TOPS);
}

/* Index of the lowest byte whose top bit is set in found, which is not 0. */
static inline int cpn_io_first_byte(uint64_t found)
{
#if defined(__GNUC__)
    return __builtin_ctzll(found) >> 3;
#else
    int i = 0;
    for (; !(found & 0xFF); found >>= 8) i++;
    return i;
#endif
}

#endif
