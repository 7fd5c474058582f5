"""Words, numbers and records of column types, shared by what reads and what writes tables."""

from __future__ import annotations

import datetime
from typing import Literal, TypedDict

BOOL, INT32, INT64, FLOAT64, DATE, TIMESTAMP, UTF8, MONEY = range(1, 9)
TYPE_NAMES = ("", "bool", "int32", "int64", "float64", "date", "timestamp", "utf8", "money")

Unit = Literal["major", "minor"]
Rounding = Literal["none", "half_up", "half_even", "half_down", "up", "down", "floor", "ceiling"]
MoneyStyle = Literal["decimal", "float", "minor"]
Language = Literal["en", "zh"]

EPOCH = datetime.datetime(1970, 1, 1)
EPOCH_DAY = EPOCH.toordinal()
MICROSECOND = datetime.timedelta(microseconds=1)


class Column(TypedDict):
    """A column as it lies in memory: buffers by their addresses, 0 where there is none."""

    name: str
    type: int
    n_rows: int
    n_nulls: int
    bit_offset: int
    n_dictionary: int
    currency: str
    exponent: int
    validity: int
    values: int
    offsets: int
    codes: int
