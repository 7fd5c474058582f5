"""CSV files in and out, with types that are declared or found from every cell."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from . import _core
from ._inputs import Progress, handle_of, runtime
from ._table import Table
from ._types import TYPE_NAMES

Encoding = Literal["utf8", "gb18030", "auto"]

_MONEY = re.compile(r"money\[([A-Z]{3})\]")


@dataclass(frozen=True, slots=True)
class CsvReport:
    """What was found on the way into a table."""

    encoding: Literal["utf8", "gb18030"]
    delimiter: str
    has_bom: bool
    n_records: int
    """Records after the header, skipped ones included."""
    n_skipped: int
    n_rounded: int
    """Money cells that were rounded."""
    n_problems: int
    problems: Table
    """The first problems of each column and kind: row, line, position, column, code, kind, value, message."""
    counts: Table
    """All of them: column, kind, n."""

    def _repr_html_(self) -> str:
        return self.counts._repr_html_() + self.problems._repr_html_()


class CsvTable(Table):
    """A table that was read from CSV, and the report of how."""

    __slots__ = ("_report",)

    def __init__(self, handle: _core.table, report: CsvReport) -> None:
        super().__init__(handle, report.n_rounded)
        self._report = report

    @property
    def report(self) -> CsvReport:
        return self._report


def read_csv(
    path: str | os.PathLike[str],
    *,
    columns: Mapping[str, str | Mapping[str, Any]] | None = None,
    encoding: Encoding = "utf8",
    delimiter: str = ",",
    on_problem: Literal["fail", "skip"] = "fail",
    only_declared: bool = False,
    null_texts: Iterable[str] = (),
    n_lines_before_header: int = 0,
    utc_offset_minutes: int | None = None,
    strips_formula_guard: bool = False,
    problem_limit: int = 0,
    n_threads: int = -1,
    progress: Progress = False,
) -> CsvTable:
    """Reads a CSV file with a header line.

    ``columns`` says what the cells do not, ``{"金额": "money[CNY]", "会员卡号": "key", "日期": "date"}``, or a mapping
    for each, ``{"type": "money", "currency": "CNY", "rounding": "half_up", "is_optional": True}``. A key identifies
    something: ids that a spreadsheet destroyed are refused. Other columns get their type from all their cells; nothing
    becomes money by itself. ``delimiter="auto"`` finds comma, tab, semicolon or bar. Under ``on_problem="skip"`` rows
    that cannot be read are left out, counted and listed in ``.report``.
    """
    options = _options(
        columns, encoding, delimiter, on_problem, only_declared, null_texts, n_lines_before_header, utc_offset_minutes,
        strips_formula_guard, problem_limit,
    )  # fmt: skip
    return _result(_core.io_read_csv(os.fspath(path), options, runtime(n_threads, progress)))


class CsvBatches:
    """A CSV file that is read in batches, so that it need not fit in memory: iterating reads it from its beginning, and
    so does calling, which is how :func:`campaign.allocate.offers` takes pairs."""

    __slots__ = ("_arguments", "_services")

    def __init__(self, arguments: tuple[Any, ...], services: Any) -> None:
        _core.io_open_csv_batches(*arguments)  # what is wrong with the header shows now
        self._arguments = arguments
        self._services = services

    def __iter__(self) -> Iterator[Table]:
        batches = _core.io_open_csv_batches(*self._arguments)
        while (handle := _core.io_next_csv_batch(batches, self._services)) is not None:
            yield Table(handle)

    __call__ = __iter__


def read_csv_batches(
    path: str | os.PathLike[str],
    *,
    group: str | None = None,
    batch_bytes: int = 0,
    columns: Mapping[str, str | Mapping[str, Any]] | None = None,
    encoding: Encoding = "utf8",
    delimiter: str = ",",
    only_declared: bool = False,
    null_texts: Iterable[str] = (),
    n_lines_before_header: int = 0,
    utc_offset_minutes: int | None = None,
    strips_formula_guard: bool = False,
    n_threads: int = -1,
) -> CsvBatches:
    """:func:`read_csv` batch after batch, each of about ``batch_bytes`` (16 MiB where 0).

    Rows one below the other whose cells in ``group`` are equal stay in one batch. Columns that are not declared get
    the type that they have in the first batch, and a later cell that does not fit it is refused.
    """
    options = _options(
        columns, encoding, delimiter, "fail", only_declared, null_texts, n_lines_before_header, utc_offset_minutes,
        strips_formula_guard, 0,
    )  # fmt: skip
    return CsvBatches((os.fspath(path), group, batch_bytes, options), runtime(n_threads, False))


def parse_csv(
    text: str | bytes,
    *,
    columns: Mapping[str, str | Mapping[str, Any]] | None = None,
    encoding: Encoding = "utf8",
    delimiter: str = ",",
    on_problem: Literal["fail", "skip"] = "fail",
    only_declared: bool = False,
    null_texts: Iterable[str] = (),
    n_lines_before_header: int = 0,
    utc_offset_minutes: int | None = None,
    strips_formula_guard: bool = False,
    problem_limit: int = 0,
    n_threads: int = -1,
    progress: Progress = False,
) -> CsvTable:
    """:func:`read_csv` on text that is in memory already."""
    options = _options(
        columns, encoding, delimiter, on_problem, only_declared, null_texts, n_lines_before_header, utc_offset_minutes,
        strips_formula_guard, problem_limit,
    )  # fmt: skip
    return _result(_core.io_parse_csv(text, options, runtime(n_threads, progress)))


def write_csv(
    path: str | os.PathLike[str],
    table: Table,
    *,
    delimiter: str = ",",
    bom: bool = True,
    line_end: Literal["crlf", "lf"] = "crlf",
    guards_formulas: bool = False,
) -> None:
    """Writes a table as CSV: UTF-8 with a byte order mark, ISO dates, money with its decimals; whole or not at all.

    ``guards_formulas`` puts an apostrophe before text that a spreadsheet would run.
    """
    _core.io_write_csv(
        os.fspath(path), handle_of("table", table, "Table"), _write_options(delimiter, bom, line_end, guards_formulas)
    )


def format_csv(
    table: Table,
    *,
    delimiter: str = ",",
    bom: bool = False,
    line_end: Literal["crlf", "lf"] = "lf",
    guards_formulas: bool = False,
) -> str:
    """A table as CSV text; :func:`write_csv` without the file, and by default without its byte order mark."""
    return _core.io_format_csv(
        handle_of("table", table, "Table"), _write_options(delimiter, bom, line_end, guards_formulas)
    )


def _options(
    columns: Mapping[str, str | Mapping[str, Any]] | None,
    encoding: Encoding,
    delimiter: str,
    on_problem: str,
    only_declared: bool,
    null_texts: Iterable[str],
    n_lines_before_header: int,
    utc_offset_minutes: int | None,
    strips_formula_guard: bool,
    problem_limit: int,
) -> dict[str, Any]:
    return {
        "columns": [_declared(name, words) for name, words in (columns or {}).items()],
        "encoding": encoding,
        "delimiter": delimiter,
        "on_problem": on_problem,
        "keeps_only_declared": only_declared,
        "null_texts": list(null_texts),
        "n_lines_before_header": n_lines_before_header,
        "utc_offset_minutes": utc_offset_minutes,
        "strips_formula_guard": strips_formula_guard,
        "problem_limit": problem_limit,
    }


def _declared(name: str, words: str | Mapping[str, Any]) -> dict[str, Any]:
    """One column as the compiled module takes it, from its type or all its words."""
    if not isinstance(words, str):
        return {"name": name, **words}
    money = _MONEY.fullmatch(words)
    if money:
        return {"name": name, "type": "money", "currency": money[1]}
    if words == "key":
        return {"name": name, "is_key": True}
    if words not in TYPE_NAMES[1:]:
        known = ", ".join((*TYPE_NAMES[1:-1], "key", "money[CNY]"))
        raise ValueError(f"column {name!r}: there is no type {words!r}; there are {known}")
    return {"name": name, "type": words}


def _write_options(delimiter: str, bom: bool, line_end: str, guards_formulas: bool) -> dict[str, Any]:
    return {"delimiter": delimiter, "omits_bom": not bom, "line_end": line_end, "guards_formulas": guards_formulas}


def _result(found: tuple[_core.table, dict[str, Any]]) -> CsvTable:
    handle, report = found
    tables = {name: Table(report[name]) for name in ("problems", "counts")}
    return CsvTable(handle, CsvReport(**{**report, **tables}))
