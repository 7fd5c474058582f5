"""Networks of tasks on working calendars: critical path, deadlines, chances, progress, loads."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import _core
from ._calendar import Calendar
from ._inputs import Date, Progress, optional_date, optional_day, runtime, share_ppm
from ._schedule_inputs import ScheduleInputs
from ._table import Table
from ._types import Language


@dataclass(frozen=True, slots=True)
class Schedule:
    """When every task can start and must be finished, and what stands behind it."""

    tasks: Table
    """One row per task: what came, then start, finish (the last day), late dates, moments, floats, is_critical."""
    summary: Table
    deadlines: Table
    """One row per task with a deadline: slack, whether it breaks, and how likely it is kept."""
    estimates: Table
    """One row per task with estimates: mean, variance, how often it is critical."""
    chances: Table
    """How likely the end is, by the critical path and over all paths."""
    slips: Table
    """What has slipped by itself, against which float, and what that does to the end."""
    pulled: Table
    """What each slip pulls along."""
    loads: Table
    """One row per owner and day with work: load, capacity, whether it is too much."""
    notes: Table
    start: datetime.date | None
    """First day; None without a calendar."""
    finish: datetime.date | None
    """Last day by the plan."""
    forecast: datetime.date | None
    """Last day by what has happened so far."""
    is_provisional: bool
    """A working day lies in a year whose holidays are not announced."""
    length: float
    """Working days from the first to the last; units without a calendar."""
    path: str
    """The critical path, "a → c → d"."""
    path_mean: float
    path_variance: float
    n_critical: int
    n_broken: int
    n_samples: int

    def _repr_html_(self) -> str:
        return self.tasks._repr_html_()


def tasks(
    tasks: Any,
    *,
    links: Any = None,
    owners: Any = None,
    away: Any = None,
    actuals: Any = None,
    calendar: Calendar | None = None,
    calendars: Mapping[str, Calendar] | None = None,
    start: Date | None = None,
    as_of: Date | None = None,
    is_abstract: bool = False,
    target: Date | float | None = None,
    n_samples: int = 0,
    confidence: float = 0.99,
    seed: int = 0,
    language: Language = "en",
    n_threads: int = -1,
    progress: Progress = False,
) -> Schedule:
    """Schedules tasks on working calendars; columns stand in docs/schedule.md.

    ``tasks`` has a row per task with its duration, unit and predecessors ("a; b SS+2"). ``calendar`` is that of tasks
    that name none (China by default), ``calendars`` those they name. With ``as_of`` actual dates count: those of
    ``tasks``, or of ``actuals``, a table with task, actual_start, actual_finish and remaining beside tasks that stay as
    planned. Without a calendar (``is_abstract``) time is units from 0. ``target`` is an end whose chance is asked for,
    ``confidence`` the chance of the safe end; samples of all paths are drawn where tasks have estimates.
    """
    given = {"tasks": tasks, "links": links, "owners": owners, "away": away, "actuals": actuals}
    inputs = ScheduleInputs(given, calendar, calendars)
    options = {
        "is_abstract": is_abstract,
        "start_day": optional_day(start),
        "as_of_day": optional_day(as_of),
        "target_day": optional_day(target) if isinstance(target, str | datetime.date) else None,
        "target_units": None if isinstance(target, str | datetime.date) else target,
        "n_samples": n_samples,
        "confidence_ppm": share_ppm("confidence", confidence),
        "seed": seed,
        "language": language,
    }
    handle, report = _core.schedule_tasks(inputs.handles, options, runtime(n_threads, progress))
    summary = Table(report["summary"])
    days = {
        name: None if is_abstract else optional_date(report[f"{name}_day"]) for name in ("start", "finish", "forecast")
    }
    return Schedule(
        tasks=Table(handle),
        summary=summary,
        deadlines=Table(report["deadlines"]),
        estimates=Table(report["estimates"]),
        chances=Table(report["chances"]),
        slips=Table(report["slips"]),
        pulled=Table(report["pulled"]),
        loads=Table(report["loads"]),
        notes=Table(report["notes"]),
        start=days["start"],
        finish=days["finish"],
        forecast=days["forecast"],
        is_provisional=report["is_provisional"],
        length=report["length"],
        path=summary.rows()[0]["path"],
        path_mean=report["path_mean"],
        path_variance=report["path_variance"],
        n_critical=report["n_critical"],
        n_broken=report["n_broken"],
        n_samples=report["n_samples"],
    )
