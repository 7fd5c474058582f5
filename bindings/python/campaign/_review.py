"""The review of a campaign: targets against actuals, and what the next plan takes from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from . import _core
from ._calendar import Calendar
from ._inputs import Date, Document, MoneyWords, Progress, document_text, engine_table, handle_of, optional_day, runtime
from ._table import Table
from ._types import Language

_NO_MONEY = MoneyWords(None, None, None)
_TABLES = ("review", "metrics", "records", "tasks", "playbook", "sop", "notes")


@dataclass(frozen=True, slots=True)
class Review:
    """Form 4, and the records that it leaves behind."""

    review: Table
    """Form 4: metric, target, actual, attainment, highlights, problems, measures."""
    metrics: Table
    """How each metric comes about."""
    records: Table
    """Every highlight, problem and measure."""
    tasks: Table
    """Measures as dated tasks of the next campaign."""
    playbook: Table
    """Problems as entries of a playbook."""
    sop: Table
    """Highlights as ways of working to keep."""
    notes: Table
    is_provisional: bool
    """A due day lies in a year whose holidays are not announced."""
    n_highlights: int
    n_problems: int
    n_measures: int

    def add_lessons(self, request: Document) -> dict[str, Any]:
        """The next request with the measures in it, as dated tasks: a plan's, or that of a rapid response."""
        found: dict[str, Any] = json.loads(_core.plan_add_lessons(self.tasks._handle, document_text(request)))
        return found

    def extend_playbook(self, base: Document | None = None) -> str:
        """A playbook for :func:`campaign.risks`, as JSON text: ``base`` with the problems in it, or they alone."""
        text = "" if base is None else document_text(base)
        return _core.plan_extend_playbook(self.playbook._handle, self.metrics._handle, text)

    def _repr_html_(self) -> str:
        return self.review._repr_html_()


def review(
    metrics: Any,
    *,
    findings: Any = None,
    segments: Any = None,
    calendar: Calendar | None = None,
    campaign: str | None = None,
    next_campaign: str | None = None,
    next_start: Date | None = None,
    high_ppm: int = 0,
    low_ppm: int = 0,
    language: Language | None = None,
    n_threads: int = -1,
    progress: Progress = False,
) -> Review:
    """Reviews a campaign: what was reached of its targets, why, and what to do next time.

    ``metrics`` has metric, target, actual and better; ``findings`` kind, text, owner, metric, working_days, due and
    when; ``segments`` class, leads and orders. Measures are due so many working days before ``next_start``.
    """
    given = {"metrics": metrics, "findings": findings, "segments": segments}
    there = {
        name: data for name, data in given.items() if data is not None and not (isinstance(data, list) and not data)
    }
    tables = {name: engine_table(data, {"due"}, (), _NO_MONEY) for name, data in there.items()}
    inputs: dict[str, Any] = {name: made._handle for name, made in tables.items()}
    if calendar is not None:
        inputs["calendar"] = handle_of("calendar", calendar, "Calendar")
    options = {
        "high_ppm": high_ppm,
        "low_ppm": low_ppm,
        "next_start": optional_day(next_start),
        "campaign": campaign,
        "next_campaign": next_campaign,
        "language": language,
    }
    found = _core.plan_review(inputs, options, runtime(n_threads, progress))
    members: dict[str, Any] = {name: Table(found[name]) for name in _TABLES}
    members |= {name: found[name] for name in ("is_provisional", "n_highlights", "n_problems", "n_measures")}
    return Review(**members)
