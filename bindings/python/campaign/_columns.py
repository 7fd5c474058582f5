"""Columns of a mapping (lists, numpy arrays, other buffers) as the buffers that the C library takes.

A buffer that nobody can write is used in place; one that its owner may still change is copied, because tables are
immutable and read by many threads.
"""

from __future__ import annotations

import array
import datetime
import decimal
import re
from collections.abc import Callable, Sequence
from typing import Any

from ._errors import InputError, RangeError
from ._types import BOOL, DATE, EPOCH, EPOCH_DAY, FLOAT64, INT32, INT64, MICROSECOND, MONEY, TIMESTAMP, UTF8

Buffers = dict[str, Any]

_BUFFER_TYPES = {"i": INT32, "q": INT64, "l": INT64, "d": FLOAT64}
_EXACT = decimal.Context(prec=60)
_MOST_DECIMALS = 9


def column(name: str, values: Any) -> Buffers:
    """One column, by the kind of what it comes in."""
    if getattr(getattr(values, "dtype", None), "kind", "") == "M":
        return _numpy_times(values)
    try:
        view = memoryview(values)
    except (TypeError, ValueError, BufferError):
        view = None
    if view is not None and view.ndim == 1 and view.format in _BUFFER_TYPES:
        return _buffer(view)
    if isinstance(values, str | bytes) or not (hasattr(values, "__iter__") or hasattr(values, "__getitem__")):
        raise TypeError(f"column {name!r} is {type(values).__name__}: expected a list, an array or another buffer")
    return _list(name, list(values.tolist() if hasattr(values, "tolist") else values))


def _buffer(view: memoryview) -> Buffers:
    kind = INT32 if view.itemsize == 4 else _BUFFER_TYPES[str(view.format)]
    in_place = view.readonly and view.c_contiguous
    return {"type": kind, "n_rows": view.shape[0] if view.shape else 0, "values": view if in_place else view.tobytes()}


def _numpy_times(values: Any) -> Buffers:
    """datetime64 of days, or of finer units as microseconds; NaT is null."""
    is_day = "[D]" in str(values.dtype)
    numbers = values.astype("datetime64[D]" if is_day else "datetime64[us]").astype("int64").tolist()
    valid = [number != -(2**63) for number in numbers]
    numbers = [number if is_valid else 0 for number, is_valid in zip(numbers, valid, strict=True)]
    return {
        "type": DATE if is_day else TIMESTAMP,
        "n_rows": len(numbers),
        "values": array.array("i" if is_day else "q", numbers),
        "validity": _validity(valid),
    }


def _pack(flags: Sequence[bool]) -> bytes:
    out = bytearray((len(flags) + 7) // 8)
    for i, flag in enumerate(flags):
        if flag:
            out[i >> 3] |= 1 << (i & 7)
    return bytes(out)


def _validity(valid: Sequence[bool]) -> bytes | None:
    return None if all(valid) else _pack(valid)


# ---- Lists ----

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?")


def dates(name: str, values: Any) -> Buffers:
    """A column of days: ISO texts are read, as dates or, where any has a time, as timestamps; the rest as it is."""
    if not isinstance(values, list | tuple) or not any(isinstance(value, str) for value in values):
        return column(name, values)
    moments = [_moment(name, row, value) for row, value in enumerate(_without_missing(list(values)))]
    if any(isinstance(value, datetime.datetime) or (isinstance(value, str) and len(value) > 10) for value in values):
        return _list(name, moments)
    return _list(name, [None if moment is None else moment.date() for moment in moments])


def _moment(name: str, row: int, value: Any) -> datetime.datetime | None:
    if value is None or isinstance(value, datetime.datetime):
        return value
    if isinstance(value, datetime.date):
        return datetime.datetime.combine(value, datetime.time())
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return datetime.datetime.fromisoformat(value)
    except ValueError:
        pass
    raise InputError(-6, "CAMPAIGN_E_SYNTAX", name, row, f"{value!r} is no date such as 2027-02-06")


_MISSING = ("NAType", "NaTType")  # of pandas


def _without_missing(values: list[Any]) -> list[Any]:
    """None in place of pandas.NA and pandas.NaT, which stand for no value and are no number or moment."""
    if not any(kind.__name__ in _MISSING for kind in {type(value) for value in values}):
        return values
    return [None if type(value).__name__ in _MISSING else value for value in values]


def _list(name: str, values: list[Any]) -> Buffers:
    values = _without_missing(values)
    kinds = {type(value) for value in values}
    kinds.discard(type(None))
    if any(hasattr(kind, "dtype") for kind in kinds):  # numpy scalars
        values = [value.item() if hasattr(value, "dtype") else value for value in values]
        kinds = {type(value) for value in values} - {type(None)}
    make = _maker(kinds)
    if make is None:
        found = ", ".join(sorted(kind.__name__ for kind in kinds))
        raise TypeError(
            f"column {name!r} mixes or holds {found}: expected bool, int, float, str, date, datetime or Decimal"
        )
    return {"n_rows": len(values), "validity": _validity([value is not None for value in values]), **make(name, values)}


def _maker(kinds: set[type]) -> Callable[[str, list[Any]], Buffers] | None:
    def all_are(*expected: type) -> bool:
        return all(issubclass(kind, expected) for kind in kinds)

    if not kinds or all_are(str):
        return _texts
    if bool in kinds:
        return _bools if kinds == {bool} else None
    if all_are(int):
        return _integers
    if all_are(int, float):
        return _floats
    if all_are(datetime.datetime):
        return _moments
    if all_are(datetime.date) and not any(issubclass(kind, datetime.datetime) for kind in kinds):
        return _dates
    return _decimals if all_are(int, decimal.Decimal) else None


def _bools(_: str, values: list[Any]) -> Buffers:
    return {"type": BOOL, "values": _pack([bool(value) for value in values])}


def _integers(name: str, values: list[Any]) -> Buffers:
    return {"type": INT64, "values": _int64s(name, values)}


def _int64s(name: str, values: list[Any]) -> array.array[int]:
    try:
        return array.array("q", [value or 0 for value in values])
    except OverflowError:
        row = next(i for i, value in enumerate(values) if value is not None and not -(2**63) <= value < 2**63)
        message = f"{values[row]} does not fit 64 bits"
        raise RangeError(-3, "CAMPAIGN_E_OVERFLOW", name, row, message) from None


def _floats(_: str, values: list[Any]) -> Buffers:
    return {"type": FLOAT64, "values": array.array("d", [value or 0 for value in values])}


def _dates(_: str, values: list[Any]) -> Buffers:
    days = [value.toordinal() - EPOCH_DAY if value else 0 for value in values]
    return {"type": DATE, "values": array.array("i", days)}


def _moments(name: str, values: list[Any]) -> Buffers:
    for row, value in enumerate(values):
        if value is not None and value.tzinfo is not None:
            message = f"{value.isoformat()} has a time zone: convert it to the shop's clock without one"
            raise InputError(-4, "CAMPAIGN_E_COLUMN", name, row, message)
    numbers = [0 if value is None else (value - EPOCH) // MICROSECOND for value in values]
    return {"type": TIMESTAMP, "values": array.array("q", numbers)}


def _texts(_: str, values: list[Any]) -> Buffers:
    encoded = [b"" if value is None else value.encode() for value in values]
    offsets = array.array("i", [0])
    total = 0
    for text in encoded:
        total += len(text)
        offsets.append(total)
    return {"type": UTF8, "values": b"".join(encoded), "offsets": offsets}


def _decimals(name: str, values: list[Any]) -> Buffers:
    """Decimals as money without a currency, at the finest exponent among them."""
    numbers = [decimal.Decimal(value or 0) for value in values]
    exponent = 0
    for row, number in enumerate(numbers):
        if not number.is_finite():
            raise InputError(-5, "CAMPAIGN_E_VALUE", name, row, f"{number} is no amount")
        exponent = max(exponent, -int(number.as_tuple().exponent))
        if exponent > _MOST_DECIMALS:
            raise InputError(-5, "CAMPAIGN_E_VALUE", name, row, f"{number} has more than {_MOST_DECIMALS} decimals")
    limit = 2**63 // 10**exponent + 1
    for row, number in enumerate(numbers):
        if abs(number) > limit:
            raise RangeError(-3, "CAMPAIGN_E_OVERFLOW", name, row, f"{number} does not fit 64 bits of minor units")
    minor = [int(number.scaleb(exponent, _EXACT)) for number in numbers]
    return {"type": MONEY, "currency": "XXX", "exponent": exponent, "values": _int64s(name, minor)}
