"""Tasks of campaigns: their templates, work that comes again, completion, head-count."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from . import _core
from ._calendar import Calendar
from ._inputs import Date, Document, MoneyWords, day_number, document_text, engine_table, handle_of
from ._table import Table
from ._types import Language, Rounding, Unit

_SCHEMA = "campaign/task_templates/1"
_NO_MONEY = MoneyWords(None, None, None)


def task_templates(language: Language = "en") -> dict[str, Any]:
    """The built-in templates as a document "campaign/task_templates/1": change it, and give a request its list."""
    found: dict[str, Any] = json.loads(_core.plan_task_templates(language))
    return found


def task_list(templates: Document | None = None, *, language: Language = "en") -> Table:
    """The tasks that campaigns of each type have, with a document of templates over the built-in ones."""
    given = {"schema": _SCHEMA, "templates": []} if templates is None else templates
    return Table(_core.plan_task_list(document_text(given), language))


@dataclass(frozen=True, slots=True)
class TaskCompletion:
    """How much of what was due is done."""

    months: Table
    """One row per month, role, owner and kind: due, done, in_time, overdue and their rates."""
    totals: Table
    """The same over all months, of all tasks and by role, owner and kind."""
    overdue: Table
    """What is due and not done, longest overdue first."""
    n_due: int
    n_done: int
    n_in_time: int
    n_overdue: int

    def _repr_html_(self) -> str:
        return self.totals._repr_html_()


def recurring(
    start: Date,
    end: Date,
    *,
    rules: Any = None,
    calendar: Calendar | None = None,
    language: Language = "en",
) -> Table:
    """Work that comes again every week, month or quarter, dated in working days from ``start`` to before ``end``.

    ``rules`` has rule, every ("week", "month", "quarter") and on (a weekday from 1 = Monday, or the n-th working day,
    from the end where negative); None takes the handbook's. docs/tasks.md has its other columns.
    """
    made = None if rules is None else engine_table(rules, (), (), _NO_MONEY)
    options: dict[str, Any] = {"start_day": day_number(start), "end_day": day_number(end), "language": language}
    if calendar is not None:
        options["calendar"] = handle_of("calendar", calendar, "Calendar")
    return Table(_core.plan_recurring(None if made is None else made._handle, options))


def task_completion(tasks: Any, actuals: Any = None, *, as_of: Date) -> TaskCompletion:
    """Completion rates for the appraisal: of the tasks due by ``as_of``, how many are done, and how many in time.

    ``tasks`` is a plan's table of tasks, or :func:`recurring`; ``actuals`` has task and actual_finish.
    """
    days = ("due", "finish", "actual_finish")
    given = engine_table(tasks, days, (), _NO_MONEY)
    done = None if actuals is None else engine_table(actuals, days, (), _NO_MONEY)
    found = _core.plan_task_completion(given._handle, None if done is None else done._handle, day_number(as_of))
    tables: dict[str, Any] = {name: Table(found[name]) for name in ("months", "totals", "overdue")}
    return TaskCompletion(
        **tables,
        **{name: found[name] for name in ("n_due", "n_done", "n_in_time", "n_overdue")},
    )


def headcount(
    targets: Any,
    capacity: Any,
    months: Any,
    *,
    ramp: Any = None,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    language: Language = "en",
) -> Table:
    """How many people targets need, by market and month, and when they must be hired; columns in docs/tasks.md."""
    words = MoneyWords(currency, amount_unit, rounding)
    given = {
        "targets": (targets, ("target",)),
        "capacity": (capacity, ("ticket",)),
        "months": (months, ()),
        "ramp": (ramp, ()),
    }
    made = {name: engine_table(data, (), amounts, words) for name, (data, amounts) in given.items() if data is not None}
    return Table(_core.plan_headcount({name: one._handle for name, one in made.items()}, language))
