"""Columns of a table as Python values, read where they lie in memory. Knows nothing of who keeps that memory alive."""

from __future__ import annotations

import ctypes
import datetime
import decimal
import itertools
from collections.abc import Callable, Iterable
from typing import Any

from ._types import (
    BOOL,
    DATE,
    EPOCH,
    EPOCH_DAY,
    FLOAT64,
    INT32,
    INT64,
    MICROSECOND,
    MONEY,
    TIMESTAMP,
    UTF8,
    Column,
    MoneyStyle,
)

CTYPES: dict[int, Any] = {
    INT32: ctypes.c_int32,
    INT64: ctypes.c_int64,
    FLOAT64: ctypes.c_double,
    DATE: ctypes.c_int32,
    TIMESTAMP: ctypes.c_int64,
    MONEY: ctypes.c_int64,
}
FORMATS = {INT32: "i", INT64: "q", FLOAT64: "d", DATE: "i", TIMESTAMP: "q", MONEY: "q"}

_EXACT = decimal.Context(prec=30)


def column_values(column: Column, money: MoneyStyle) -> list[Any]:
    """Every cell of a column, None for null."""
    if column["n_rows"] == 0:
        return []
    convert = _converter(column, money)
    values = _raw(column) if convert is None else map(convert, _raw(column))
    if column["n_nulls"] == 0:
        return list(values)
    valid = _bits(column["validity"], column["bit_offset"], column["n_rows"])
    if convert is None:
        return [value if is_valid else None for value, is_valid in zip(values, valid, strict=True)]
    # What stands under a null is undefined, so it must not be converted.
    return [convert(value) if is_valid else None for value, is_valid in zip(_raw(column), valid, strict=True)]


def _bits(address: int, offset: int, n: int) -> list[int]:
    data = ctypes.string_at(address, (offset + n + 7) // 8)
    return [byte >> k & 1 for byte in data for k in range(8)][offset : offset + n]


def _raw(column: Column) -> Iterable[Any]:
    if column["type"] == BOOL:
        return map(bool, _bits(column["values"], column["bit_offset"], column["n_rows"]))
    if column["type"] == UTF8:
        return _texts(column)
    return list((CTYPES[column["type"]] * column["n_rows"]).from_address(column["values"]))


def _texts(column: Column) -> list[str]:
    n = column["n_rows"]
    entries = column["n_dictionary"] if column["codes"] else n
    if entries == 0:  # a dictionary without entries: every row is null
        return [""] * n
    offsets = list((ctypes.c_int32 * (entries + 1)).from_address(column["offsets"]))
    first = offsets[0]
    data = ctypes.string_at(column["values"] + first, offsets[-1] - first) if offsets[-1] > first else b""
    texts = [data[a - first : b - first].decode() for a, b in itertools.pairwise(offsets)]
    if not column["codes"]:
        return texts
    codes = (ctypes.c_int32 * n).from_address(column["codes"])
    return [texts[code] if 0 <= code < entries else "" for code in codes]


def _converter(column: Column, money: MoneyStyle) -> Callable[[Any], Any] | None:
    """How a number in memory becomes a Python value; None where it is one already."""
    if column["type"] == DATE:
        return lambda day: datetime.date.fromordinal(day + EPOCH_DAY)
    if column["type"] == TIMESTAMP:
        return lambda us: EPOCH + us * MICROSECOND
    if column["type"] == MONEY and money != "minor":
        exponent: int = column["exponent"]
        if money == "float":
            return lambda minor: minor / 10**exponent
        return lambda minor: decimal.Decimal(minor).scaleb(-exponent, _EXACT)
    return None
