"""What can go wrong with a plan, and what is done about it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from . import _core
from ._calendar import Calendar
from ._inputs import Document, MoneyWords, Progress, document_text, engine_table, handle_of, runtime, share_ppm
from ._plan import Plan
from ._table import Table
from ._types import Language, Rounding, Unit

_WINDOWS = {"start", "end", "preheat_start"}
_AMOUNTS = {"prices": ("price", "floor"), "budget": ("planned", "committed", "actual"), "requests": ("amount",),
            "limits": ("limit",)}  # fmt: skip
_DAYS = {
    "tasks": {"due", "start", "finish", "forecast_finish", "actual_start", "actual_finish"},
    "campaigns": _WINDOWS,
    "prices": _WINDOWS,
    "territories": _WINDOWS,
    "promises": _WINDOWS,
    "requests": {"date"},
}


def _handles(given: dict[str, Any], words: MoneyWords) -> tuple[dict[str, Any], list[Table]]:
    """Handles of the tables given, for the call, and what keeps them."""
    plain = MoneyWords(None, None, None)
    tables = {
        name: engine_table(data, _DAYS.get(name, set()), _AMOUNTS.get(name, ()), words if name in _AMOUNTS else plain)
        for name, data in given.items()
        if data is not None
    }
    return {name: made._handle for name, made in tables.items()}, list(tables.values())


@dataclass(frozen=True, slots=True)
class Risks:
    """The risks that hold, and what stays open."""

    risks: Table
    """One row per entry and subject: the figures that made it hold, what to do, who, by when, who hears of it."""
    unjudged: Table
    """Entries and subjects that could not be judged: "not available, because …"."""
    notes: Table
    n_entries: int
    n_judged: int
    n_holding: int
    n_unjudged: int

    def _repr_html_(self) -> str:
        return self.risks._repr_html_()


def playbook(language: Language | None = None) -> str:
    """The built-in playbook as JSON text, to be edited: names and actions in one language, or in both where None."""
    return _core.plan_playbook(language)


def moment_text(moment: datetime.datetime | datetime.date | str) -> str:
    """A moment as the library reads it."""
    if isinstance(moment, datetime.datetime):
        return moment.replace(tzinfo=None).isoformat(timespec="seconds")
    if isinstance(moment, datetime.date):
        return moment.isoformat()
    if isinstance(moment, str):
        return moment
    raise TypeError(f"expected a moment, a date or its ISO text, found {type(moment).__name__}")


def risks(
    plan: Plan | None = None,
    *,
    as_of: datetime.datetime | datetime.date | str,
    state: Any = None,
    tasks: Any = None,
    stock: Any = None,
    budget: Any = None,
    playbook: Document | None = None,
    calendar: Calendar | None = None,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    language: Language = "en",
    n_threads: int = 1,
    progress: Progress = False,
) -> Risks:
    """The risks that hold at ``as_of``; conditions and the columns of the tables stand in docs/playbook.md.

    ``state`` holds figures: metric, value, and target, campaign, channel, subject, since where there are any.
    ``tasks``, ``stock`` and ``budget`` hold what conditions on them need. ``playbook`` is a document; None is the
    built-in one.
    """
    given = {"state": state, "tasks": tasks, "stock": stock, "budget": budget}
    inputs, kept = _handles(given, MoneyWords(currency, amount_unit, rounding))
    inputs["calendar"] = handle_of("calendar", calendar, "Calendar")
    options = {
        "as_of": moment_text(as_of),
        "language": language,
        "playbook": None if playbook is None else document_text(playbook),
    }
    found, report = _core.plan_risks(handle_of("plan", plan, "Plan"), inputs, options, runtime(n_threads, progress))
    del kept
    return Risks(
        risks=Table(found),
        unjudged=Table(report["unjudged"]),
        notes=Table(report["notes"]),
        n_entries=report["n_entries"],
        n_judged=report["n_judged"],
        n_holding=report["n_holding"],
        n_unjudged=report["n_unjudged"],
    )


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What gets in each other's way."""

    conflicts: Table
    """One row each: what meets, for how long, the rows, a sentence, and what to change."""
    counts: Table
    """Of each kind that was found how many there are, and how many of them are listed."""
    is_cut: bool
    """There are more of a kind than are listed."""

    def _repr_html_(self) -> str:
        return self.conflicts._repr_html_()


@dataclass(frozen=True, slots=True)
class Approvals:
    """Who approves what, and how the budget stands."""

    decisions: Table
    """One row per request: approved, goes up, or nobody may; and who does."""
    splits: Table
    """Purchases that look like one, split to stay below a limit."""
    budget: Table
    """Each item with its commitments: what is left, what is beyond."""
    groups: Table
    """The same by group, and of everything."""
    n_goes_up: int
    n_splits: int
    n_over: int

    def _repr_html_(self) -> str:
        return self.decisions._repr_html_()


def conflicts(
    plan: Plan | None = None,
    *,
    campaigns: Any = None,
    items: Any = None,
    prices: Any = None,
    territories: Any = None,
    promises: Any = None,
    supply: Any = None,
    budget: Any = None,
    requests: Any = None,
    limits: Any = None,
    price_tolerance: float = 0,
    limit: int = 0,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    language: Language = "en",
    n_threads: int = 1,
    progress: Progress = False,
) -> Conflicts:
    """Finds what gets in each other's way; the columns of the tables stand in docs/playbook.md.

    Prices of one item may differ by ``price_tolerance`` of the higher one. At most ``limit`` conflicts of each
    kind are listed (100,000 where 0); all are counted.
    """
    given = {"campaigns": campaigns, "items": items, "prices": prices, "territories": territories,
             "promises": promises, "supply": supply, "budget": budget, "requests": requests,
             "limits": limits}  # fmt: skip
    handles, kept = _handles(given, MoneyWords(currency, amount_unit, rounding))
    options = {
        "price_tolerance_ppm": share_ppm("price_tolerance", price_tolerance),
        "limit": limit,
        "language": language,
    }
    found, report = _core.plan_conflicts(
        handle_of("plan", plan, "Plan"), handles, options, runtime(n_threads, progress)
    )
    del kept
    return Conflicts(conflicts=Table(found), counts=Table(report["counts"]), is_cut=report["is_cut"])


def approvals(
    *,
    limits: Any = None,
    requests: Any = None,
    budget: Any = None,
    split_days: int = 0,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    language: Language = "en",
) -> Approvals:
    """Who approves each request, which look like one purchase in parts, and how the budget stands with commitments."""
    given = {"limits": limits, "requests": requests, "budget": budget}
    handles, kept = _handles(given, MoneyWords(currency, amount_unit, rounding))
    decisions, report = _core.plan_approvals(handles, {"split_days": split_days, "language": language})
    del kept
    return Approvals(
        decisions=Table(decisions),
        splits=Table(report["splits"]),
        budget=Table(report["budget"]),
        groups=Table(report["groups"]),
        n_goes_up=report["n_goes_up"],
        n_splits=report["n_splits"],
        n_over=report["n_over"],
    )
