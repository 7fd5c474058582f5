"""Forms that people use: workbooks, and the templates with their headings and words."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from . import _core
from ._inputs import optional_day
from ._plan import Plan
from ._table import Table, table
from ._types import Language

MoneyUnit = Literal["major", "ten_thousand"]

_PLAN_FORMS = ("campaigns", "phases", "tasks", "targets", "budget", "risks", "notes")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: a form with its rows, an empty form to fill in, or any table."""

    form: str | None = None
    """One of :func:`form_names`; None: the table's columns under their own names."""
    table: Any = None
    """Anything columnar; None, with a form: empty, to be filled in."""
    name: str | None = None
    """None: the form's name."""


def form_names() -> tuple[str, ...]:
    """Ids of the forms: the four templates, then the tables of a plan."""
    names: list[str] = []
    while (name := _core.io_form_name(len(names))) is not None:
        names.append(name)
    return tuple(names)


def write_xlsx(
    path: str | os.PathLike[str],
    sheets: Plan | Table | Mapping[str, Any] | Iterable[Sheet],
    *,
    language: Language = "en",
    money_unit: MoneyUnit = "major",
    currency: str | None = None,
    owners: Iterable[str] = (),
    created: datetime.date | str | None = None,
    n_empty_rows: int = 0,
) -> None:
    """Writes a workbook for Excel, WPS and LibreOffice; whole or not at all.

    ``sheets`` is a plan (its calendar, tasks, targets, budget and notes), a table, a mapping of tables by form or by
    the name of the sheet, or a list of :class:`Sheet`. Dates, numbers and percentages are real ones, text is text,
    words and people can be chosen from lists. ``owners`` are the people to choose from, by default those that stand in
    the column. ``created`` is the file's date of creation: the same input gives the same bytes.
    """
    options = _options(language, money_unit, currency, owners, created, n_empty_rows)
    _core.io_write_xlsx(os.fspath(path), {"sheets": [_sheet(sheet) for sheet in _sheets(sheets)]}, options)


def form_table(
    form: str,
    rows: Any = None,
    *,
    language: Language = "en",
    money_unit: MoneyUnit = "major",
    currency: str | None = None,
) -> Table:
    """A form as people read it: its headings, percentages and words; for :func:`write_csv`, or to show."""
    options = _options(language, money_unit, currency, (), None, 0)
    return Table(_core.io_form_table(_sheet(Sheet(form, rows)), options))


def _sheets(sheets: Plan | Table | Mapping[str, Any] | Iterable[Sheet]) -> list[Sheet]:
    if isinstance(sheets, Plan):
        known = [name for name in _PLAN_FORMS if name in sheets.table_names()]
        return [Sheet(name, rows) for name in known if len(rows := sheets.table(name))]
    if isinstance(sheets, Table):
        return [Sheet(table=sheets)]
    if isinstance(sheets, Mapping):
        forms = form_names()
        return [Sheet(name, rows) if name in forms else Sheet(None, rows, name) for name, rows in sheets.items()]
    return list(sheets)


def _sheet(sheet: Sheet) -> dict[str, Any]:
    words: dict[str, Any] = {"form": sheet.form, "name": sheet.name}
    return {**words, "table": None if sheet.table is None else table(sheet.table)._handle}


def _options(
    language: Language,
    money_unit: MoneyUnit,
    currency: str | None,
    owners: Iterable[str],
    created: datetime.date | str | None,
    n_empty_rows: int,
) -> dict[str, Any]:
    return {
        "language": language,
        "money_unit": money_unit,
        "currency": currency,
        "owners": list(owners),
        "created_day": optional_day(created),
        "n_empty_rows": n_empty_rows,
    }
