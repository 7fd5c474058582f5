/* Hashing and grouping of keys. */
#ifndef CPN_BASE_HASH_H
#define CPN_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* 64-bit hashes, equal on every machine of either byte order. Not for security. */
uint64_t cpn_hash_int64(int64_t value);
uint64_t cpn_hash_bytes(const void *bytes, size_t length);

#endif
