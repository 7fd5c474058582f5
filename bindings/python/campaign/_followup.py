"""Follow-ups of customers: what stands after corrections, what is overdue or forgotten, and the list of the day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from . import _core
from ._calendar import Calendar
from ._inputs import Date, MoneyWords, Progress, engine_table, handle_of, optional_date, optional_day, runtime
from ._table import Table
from ._types import Language

_DAYS = {"time", "next_date", "date"}
_NO_MONEY = MoneyWords(None, None, None)
_TABLES = (
    "current",
    "problems",
    "checks",
    "counts",
    "objections",
    "daily",
    "blocked",
    "completeness",
    "reps",
    "notes",
)


@dataclass(frozen=True, slots=True)
class Followups:
    """Where every customer stands, and what is to be done."""

    current: Table
    """The latest state of each record."""
    problems: Table
    """Rows that could not be taken as they stand."""
    checks: Table
    """Findings, worst first."""
    counts: Table
    """How many findings of each kind there are."""
    objections: Table
    """Objections by kind."""
    daily: Table
    """The list of each rep for the day."""
    blocked: Table
    """What is blocked, and who has to act."""
    completeness: Table
    """Records per rep and day."""
    reps: Table
    """How well each rep records."""
    notes: Table
    as_of: datetime.date
    """The day that was judged on."""
    is_provisional: bool
    """The holidays of that year are not announced."""
    n_rows: int
    n_current: int
    """Records that stand."""
    n_corrections: int
    n_problems: int
    n_checks: int
    """Findings of all kinds, listed or not."""

    def _repr_html_(self) -> str:
        return self.checks._repr_html_()


def followups(
    records: Any,
    *,
    contacts: Any = None,
    customers: Any = None,
    roles: Any = None,
    calendar: Calendar | None = None,
    as_of: Date | None = None,
    within_days: int = 0,
    days_without_update: int = 0,
    stale_after_days: int = 0,
    lead_after_days: int = 0,
    manager_after_days: int = 0,
    n_daily: int = 0,
    n_checks: int = 0,
    completeness_days: int = 0,
    language: Language | None = None,
    n_threads: int = -1,
    progress: Progress = False,
) -> Followups:
    """Checks the follow-ups of customers and says what is to be done.

    ``records`` is form 3, append-only: a correction is a new row whose ``corrects`` names the old one. ``contacts`` are
    planned ones, ``customers`` everybody to work on, ``roles`` who leads whom; docs/followup.md has the columns.
    ``as_of`` is the day of the stand-up; None takes the latest day of a record. A number of 0 is the usual one.
    """
    given = {"followups": records, "contacts": contacts, "customers": customers, "roles": roles}
    tables = {name: engine_table(data, _DAYS, (), _NO_MONEY) for name, data in given.items() if data is not None}
    inputs: dict[str, Any] = {name: made._handle for name, made in tables.items()}
    if calendar is not None:
        inputs["calendar"] = handle_of("calendar", calendar, "Calendar")
    options = {
        "as_of": optional_day(as_of),
        "within_days": within_days,
        "days_without_update": days_without_update,
        "stale_after_days": stale_after_days,
        "lead_after_days": lead_after_days,
        "manager_after_days": manager_after_days,
        "n_daily": n_daily,
        "n_checks": n_checks,
        "completeness_days": completeness_days,
        "language": language,
    }
    found = _core.plan_followups(inputs, options, runtime(n_threads, progress))
    day = optional_date(found["as_of"])
    assert day is not None
    answers: dict[str, Any] = {name: Table(found[name]) for name in _TABLES}
    return Followups(
        **answers,
        **{name: found[name] for name in ("is_provisional", "n_rows", "n_current", "n_corrections")},
        **{name: found[name] for name in ("n_problems", "n_checks")},
        as_of=day,
    )


def append_followups(records: Any, rows: Any, *, n_threads: int = -1, progress: Progress = False) -> Table:
    """The records with new rows after them; whatever would change what stands there is refused.

    ``records`` may be None: the rows are the first ones. Every row needs a new id, a customer, a time and a rep.
    """
    old = None if records is None else engine_table(records, _DAYS, (), _NO_MONEY)._handle
    new = engine_table(rows, _DAYS, (), _NO_MONEY)._handle
    return Table(_core.plan_append_followups(old, new, runtime(n_threads, progress)))
