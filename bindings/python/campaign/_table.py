"""Tables: anything columnar in, one immutable table out, and back to the library of your choice."""

from __future__ import annotations

import array
import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from . import _columns, _core
from ._types import EPOCH_DAY, TYPE_NAMES, Column, MoneyStyle, Rounding, Unit
from ._values import CTYPES, FORMATS, column_values

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Table:
    """An immutable table: typed, nullable columns of one length.

    Built by :func:`table`, returned by every engine. Speaks the Arrow protocol, so pandas, polars, pyarrow and DuckDB
    read it without copying. Money travels there as decimals in major units, so that nobody takes fen for yuan.
    """

    __slots__ = ("__weakref__", "_handle", "_n_rounded")

    def __init__(self, handle: _core.table, n_rounded: int = 0) -> None:
        self._handle = handle
        self._n_rounded = n_rounded

    # ---- Shape ----

    def __len__(self) -> int:
        return _core.table_n_rows(self._handle)

    @property
    def n_rows(self) -> int:
        return len(self)

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order."""
        return [info["name"] for info in self._infos()]

    @property
    def types(self) -> dict[str, str]:
        """Type of each column; money with its currency, as ``"money[CNY]"``."""
        return {
            info["name"]: TYPE_NAMES[info["type"]] + (f"[{info['currency']}]" if info["currency"] else "")
            for info in self._infos()
        }

    @property
    def n_rounded(self) -> int:
        """Cells that :meth:`with_money` rounded on the way to this table."""
        return self._n_rounded

    def _infos(self) -> list[Column]:
        return [_core.table_column(self._handle, i) for i in range(_core.table_n_columns(self._handle))]

    def _find(self, name: str) -> Column:
        index = _core.table_find(self._handle, name)
        if index < 0:
            raise KeyError(f"no column {name!r}; there are {', '.join(self.columns)}")
        return _core.table_column(self._handle, index)

    # ---- Values ----

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and _core.table_find(self._handle, name) >= 0

    def __getitem__(self, name: str) -> list[Any]:
        """A column as Python values: None for null, Decimal for money, date and datetime for days and timestamps."""
        return column_values(self._find(name), "decimal")

    def column(self, name: str) -> memoryview:
        """A column's values as a read-only buffer, without copying: money in minor units, dates as days since
        1970-01-01, timestamps as microseconds; what stands under a null is undefined.
        Text and bool columns have no such buffer; use ``table[name]``."""
        info = self._find(name)
        if info["type"] not in CTYPES:
            raise TypeError(f"column {name!r} is {TYPE_NAMES[info['type']]}; use table[{name!r}]")
        if info["n_rows"] == 0:
            return memoryview(array.array(FORMATS[info["type"]])).toreadonly()
        block = (CTYPES[info["type"]] * info["n_rows"]).from_address(info["values"])
        block._table = self  # the buffer keeps the table alive
        view: Any = memoryview(block).toreadonly().cast("B")
        return cast(memoryview, view.cast(FORMATS[info["type"]]))

    def to_dict(self, money: MoneyStyle = "decimal") -> dict[str, list[Any]]:
        """Columns of Python values."""
        return {info["name"]: column_values(info, money) for info in self._infos()}

    def rows(self, money: MoneyStyle = "decimal") -> list[dict[str, Any]]:
        """Rows as dictionaries."""
        columns = self.to_dict(money)
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def slice(self, first: int, n_rows: int) -> Table:
        """``n_rows`` rows from row ``first`` on, sharing the buffers."""
        return Table(_core.table_slice(self._handle, first, n_rows))

    def with_money(
        self,
        column: str,
        currency: str,
        *,
        unit: Unit | None = None,
        rounding: Rounding | None = None,
        exponent: int | None = None,
    ) -> Table:
        """The table with one column turned into money. Integers need ``unit``, floats ``unit`` and ``rounding``; text
        and decimals are read exactly, or rounded where ``rounding`` says so; ``n_rounded`` counts what was."""
        options = {"currency": currency, "unit": unit, "rounding": rounding, "exponent": exponent}
        handle, n_rounded = _core.table_to_money(self._handle, column, options)
        return Table(handle, self._n_rounded + n_rounded)

    # ---- Other libraries ----

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return _core.table_to_arrow_stream(self._handle, {"money_as_decimal": True})

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        array_capsule, schema_capsule = _core.table_to_arrow(self._handle, {"money_as_decimal": True})
        return schema_capsule, array_capsule

    def to_arrow(self, money: Literal["decimal", "minor"] = "decimal") -> pyarrow.Table:
        """As a pyarrow table; money as decimal128 in major units, or as int64 minor units with metadata."""
        import pyarrow

        return pyarrow.table(self._stream(money == "decimal"))

    def to_pandas(self, money: MoneyStyle = "decimal") -> pandas.DataFrame:
        """As a pandas frame; money as Decimal, as float in major units, or as int64 minor units."""
        frame = self.to_arrow("minor" if money == "minor" else "decimal").to_pandas()
        if money == "float":
            for name in self._money_columns():
                frame[name] = frame[name].astype("float64")
        return frame

    def to_polars(self, money: MoneyStyle = "decimal") -> polars.DataFrame:
        """As a polars frame; money as Decimal, as float in major units, or as int64 minor units."""
        import polars

        frame = polars.DataFrame(self._stream(money != "minor"))
        if money == "float":
            frame = frame.with_columns(polars.col(name).cast(polars.Float64) for name in self._money_columns())
        return frame

    def _money_columns(self) -> list[str]:
        return [name for name, kind in self.types.items() if kind.startswith("money")]

    def _stream(self, money_as_decimal: bool) -> _Stream:
        return _Stream(_core.table_to_arrow_stream(self._handle, {"money_as_decimal": money_as_decimal}))

    # ---- Looks ----

    def __repr__(self) -> str:
        return f"<campaign.Table {len(self)} rows: {', '.join(f'{n} {t}' for n, t in self.types.items())}>"

    def _repr_html_(self, limit: int = 20) -> str:
        import html

        head = self.slice(0, min(limit, len(self)))
        names = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        lines = "".join(
            "<tr>" + "".join(f"<td>{'' if v is None else html.escape(str(v))}</td>" for v in row.values()) + "</tr>"
            for row in head.rows()
        )
        more = f"<p>{len(self)} rows, the first {limit} shown</p>" if len(self) > limit else ""
        return f"<table><thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table>{more}"


class _Stream:
    """A stream capsule as an object with the protocol's method."""

    def __init__(self, capsule: object) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._capsule


def table(data: Any, *, utc_offset_minutes: int | None = None) -> Table:
    """A table from anything columnar: a pandas, polars or pyarrow table, a DuckDB result, a :class:`Table`, or a
    mapping of names to lists, numpy arrays or other buffers, or a list of rows that are mappings (what one lacks is
    null).

    ``utc_offset_minutes`` moves timestamps with a time zone to the shop's clock; without it they are refused.
    Lists may hold bool, int, float, str, date, datetime, Decimal and None; Decimal becomes money without a currency.
    """
    if isinstance(data, Table):
        return data
    options = {"utc_offset_minutes": utc_offset_minutes}
    if hasattr(data, "__arrow_c_stream__"):
        return Table(_core.table_from_arrow_stream(data.__arrow_c_stream__(), options))
    if hasattr(data, "__arrow_c_array__"):
        schema, values = data.__arrow_c_array__()
        return Table(_core.table_from_arrow(values, schema, options))
    columns = columns_of(data)
    if columns is not None:
        return from_mapping(columns)
    found = type(data).__name__
    if isinstance(data, list | tuple):
        other = next((type(row).__name__ for row in data if not isinstance(row, Mapping)), None)
        found = f"a {found} with {other}" if other else f"an empty {found}"
    raise TypeError(
        f"{found} is not columnar: expected the Arrow protocol (pandas >= 2.2 with pyarrow, polars, "
        "pyarrow, DuckDB), a mapping of names to columns, or rows as mappings"
    )


def columns_of(data: Any) -> Mapping[str, Any] | None:
    """Columns by name of plain Python data: a mapping as it is, or rows that are mappings; None for anything else."""
    if isinstance(data, Mapping):
        return data
    if not isinstance(data, list | tuple) or not data or not all(isinstance(row, Mapping) for row in data):
        return None
    names = dict.fromkeys(name for row in data for name in row)
    return {name: [row.get(name) for row in data] for name in names}


def from_mapping(data: Mapping[str, Any], days: Collection[str] = ()) -> Table:
    """A table from columns by name; those that hold days may be ISO texts."""
    builder = _core.table_builder_create()
    for name, values in data.items():
        buffers = _columns.dates(name, values) if name in days else _columns.column(name, values)
        _core.table_builder_add_array(builder, {"name": name, **buffers})
    return Table(_core.table_builder_finish(builder))


# ---- Checking ----


@dataclass(frozen=True, slots=True)
class Check:
    """Every problem found in a table, and how many there are of each kind. True where nothing was found."""

    problems: Table
    """The first rows of each column and kind: row, column, code, kind, value, message."""
    counts: Table
    """All of them: column, kind, n."""

    def __bool__(self) -> bool:
        return len(self.counts) == 0

    def _repr_html_(self) -> str:
        return self.counts._repr_html_() + self.problems._repr_html_()


def check(data: Any, rules: Sequence[Mapping[str, Any]], *, limit: int = 20) -> Check:
    """Lists every problem of a table instead of stopping at the first.

    Each rule is a mapping: ``name``, ``types`` (names such as "date" or "money"), ``is_optional``, ``allows_null``,
    ``is_unique``, ``forbids_empty``, ``minimum``, ``maximum`` (dates, or whole numbers; money in minor units).
    ``limit`` problems are listed per column and kind; all are counted.
    """
    problems, counts = _core.table_check(table(data)._handle, [_plain_rule(rule) for rule in rules], limit)
    return Check(Table(problems), Table(counts))


def _plain_rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule as the compiled module takes it: types as bits, dates as days."""
    names = rule.get("types") or ()
    names = [names] if isinstance(names, str) else names
    for name in names:
        if name not in TYPE_NAMES[1:]:
            raise ValueError(f"there is no type {name!r}; there are {', '.join(TYPE_NAMES[1:])}")
    plain = {**rule, "types": sum(1 << TYPE_NAMES.index(name) for name in names)}
    for bound in ("minimum", "maximum"):
        value = plain.get(bound)
        if isinstance(value, datetime.date):
            plain[bound] = value.toordinal() - EPOCH_DAY
    return plain
