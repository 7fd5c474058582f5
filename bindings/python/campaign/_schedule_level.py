"""Tasks when people or equipment are short: levelled, with a bound that no schedule passes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import _core
from ._calendar import Calendar
from ._inputs import Date, Progress, optional_date, optional_day, runtime
from ._schedule_inputs import ScheduleInputs
from ._table import Table
from ._types import Language


@dataclass(frozen=True, slots=True)
class Levelled:
    """Tasks moved until nothing is short, and how good that is known to be."""

    tasks: Table
    """One row per task: start, finish (the last day), where it would be if nothing were short, and why it moved."""
    summary: Table
    resources: Table
    """One row per resource: how busy it is, and how many tasks waited for it."""
    usage: Table
    """One row per resource and day with use: used, capacity, tasks."""
    notes: Table
    is_optimal: bool
    """No schedule ends earlier."""
    start: datetime.date | None
    """First day; None without a calendar."""
    finish: datetime.date | None
    """Last day."""
    bound: datetime.date | None
    """No schedule has an earlier last day."""
    path: datetime.date | None
    """The last day if nothing were short."""
    length: float
    """Working days from the first to the last; units without a calendar."""
    bound_length: float
    path_length: float
    gap: float
    """(length - bound_length) / bound_length."""
    n_moved: int
    n_late: int
    n_schedules: int
    n_nodes: int

    def _repr_html_(self) -> str:
        return self.tasks._repr_html_()


def level(
    tasks: Any,
    *,
    needs: Any = None,
    resources: Any = None,
    links: Any = None,
    owners: Any = None,
    away: Any = None,
    calendar: Calendar | None = None,
    calendars: Mapping[str, Calendar] | None = None,
    start: Date | None = None,
    is_abstract: bool = False,
    without_owners: bool = False,
    n_schedules: int = 0,
    n_nodes: int = 0,
    seed: int = 0,
    language: Language = "en",
    n_threads: int = -1,
    progress: Progress = False,
) -> Levelled:
    """Moves tasks until no resource is asked for more than it has; columns stand in docs/schedule-level.md.

    ``tasks``, ``links``, ``owners``, ``away`` and the calendars are those of :func:`tasks`. ``needs`` has a row per
    task and resource (task, resource, units), ``resources`` one per resource (resource, units), and more with a date
    where there is more or less of it. Owners are resources of one unit unless ``without_owners``. At most
    ``n_schedules`` are built (0: 1,000), then up to 64 tasks are searched on to the end within ``n_nodes`` (0: 100,000,
    -1: not at all).
    """
    given = {
        "tasks": tasks,
        "links": links,
        "owners": owners,
        "away": away,
        "needs": needs,
        "resources": resources,
    }
    inputs = ScheduleInputs(given, calendar, calendars)
    options = {
        "is_abstract": is_abstract,
        "start_day": optional_day(start),
        "without_owners": without_owners,
        "n_schedules": n_schedules,
        "n_nodes": n_nodes,
        "seed": seed,
        "language": language,
    }
    handle, report = _core.schedule_level(inputs.handles, options, runtime(n_threads, progress))
    days = {
        name: None if is_abstract else optional_date(report[f"{name}_day"])
        for name in ("start", "finish", "bound", "path")
    }
    numbers = ("length", "bound_length", "path_length", "gap", "n_moved", "n_late", "n_schedules", "n_nodes")
    return Levelled(
        tasks=Table(handle),
        is_optimal=report["status"] == "optimal",
        summary=Table(report["summary"]),
        resources=Table(report["resources"]),
        usage=Table(report["usage"]),
        notes=Table(report["notes"]),
        start=days["start"],
        finish=days["finish"],
        bound=days["bound"],
        path=days["path"],
        **{name: report[name] for name in numbers},
    )
