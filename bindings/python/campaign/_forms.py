"""Forms that people use: workbooks, calendars and pages; the templates with their headings and words, and back."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from . import _core
from ._inputs import handle_of, optional_day
from ._plan import Plan
from ._table import Table, table
from ._types import Language

MoneyUnit = Literal["major", "ten_thousand"]

_PLAN_FORMS = ("campaigns", "phases", "deadlines", "tasks", "targets", "budget", "risks", "notes")


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
    """A form as people read it: its headings, percentages and words; to show, or for :func:`write_csv` with
    ``guards_formulas``."""
    options = _options(language, money_unit, currency, (), None, 0)
    return Table(_core.io_form_table(_sheet(Sheet(form, rows)), options))


class FormTable(Table):
    """A filled form that was read, and the notes of what was found besides."""

    __slots__ = ("_notes",)

    def __init__(self, handle: _core.table, notes: Table) -> None:
        super().__init__(handle)
        self._notes = notes

    @property
    def notes(self) -> Table:
        """Columns that the form does not know or that have no heading, lines of totals …: code, column, text."""
        return self._notes


def read_form(
    path: str | os.PathLike[str],
    form: Literal["task_split", "followups"],
    *,
    sheet: str | None = None,
    currency: str | None = None,
    language: Language = "en",
) -> FormTable:
    """Reads a filled form from a workbook or a CSV file, whichever it is: all of it or nothing.

    Headings may be Chinese, English or ids, in any order; money is in the unit that its heading or its cell names,
    or in ``currency``; shares are 15% or 0.15, under their id parts per million. Every row needs its region; its
    record, customer, time and rep. What is wrong is named by its cell: ``sheet 任务分解表, cell D7``.
    """
    options = {"form": form, "sheet": sheet, "currency": currency, "language": language}
    handle, notes = _core.io_read_form(os.fspath(path), options)
    return FormTable(handle, Table(notes))


def write_ical(
    path: str | os.PathLike[str],
    plan: Plan,
    *,
    stamp: datetime.datetime | None = None,
    sequence: int = 0,
    as_of: datetime.date | str | None = None,
    tasks: Any = None,
    alarm_days: int | None = 1,
    todos: bool = False,
    utc_offset_minutes: int = 480,
    plan_id: str | None = None,
    name: str | None = None,
    language: Language = "en",
) -> None:
    """Writes a plan as a calendar (iCalendar): campaigns and phases as all-day events, deadlines with alarms.

    ``stamp`` is when it was made, by default now: the same stamp gives the same bytes; without a zone it is UTC. Raise
    ``sequence`` with each version of the plan and keep ``plan_id``, and subscribers see what moved. What ended before
    ``as_of`` is left out; ``alarm_days=None`` writes no alarms; ``utc_offset_minutes`` is the shop's clock.
    """
    when = stamp or datetime.datetime.now(datetime.UTC)
    options: dict[str, Any] = {
        "stamp_seconds": int((when if when.tzinfo else when.replace(tzinfo=datetime.UTC)).timestamp()),
        "sequence": sequence,
        "as_of_day": optional_day(as_of),
        "alarm_days": alarm_days or 0,
        "omits_alarms": not alarm_days,
        "writes_todos": todos,
        "utc_offset_minutes": utc_offset_minutes,
        "plan_id": plan_id,
        "name": name,
        "language": language,
        "tasks": _handle_of(tasks),
    }
    _core.io_write_ical(os.fspath(path), handle_of("plan", plan, "Plan"), options)


def write_html(
    path: str | os.PathLike[str],
    plan: Plan,
    *,
    language: Language = "en",
    money_unit: MoneyUnit = "major",
    title: str | None = None,
    tasks: Any = None,
    risks: Any = None,
) -> None:
    """Writes a plan as one page of HTML that loads nothing: calendar, curve, budget, tasks, risks; prints on A4."""
    options: dict[str, Any] = {
        "language": language,
        "money_unit": money_unit,
        "title": title,
        "tasks": _handle_of(tasks),
        "risks": _handle_of(risks),
    }
    _core.io_write_html(os.fspath(path), handle_of("plan", plan, "Plan"), options)


def _handle_of(data: Any) -> _core.table | None:
    return None if data is None else table(data)._handle


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
    return {"form": sheet.form, "name": sheet.name, "table": _handle_of(sheet.table)}


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
