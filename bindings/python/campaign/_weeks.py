"""In which weeks which item goes on promotion, and at which price."""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from typing import Any, Literal

from . import _core
from ._inputs import MoneyWords, Progress, engine_table, runtime, share_ppm
from ._table import Table
from ._types import Language, Rounding, Unit

_AMOUNTS = {
    "items": ("price", "cost", "promotion_cost"),
    "ladder": ("price", "cost"),
    "weeks": (),
    "item_weeks": ("price",),
    "slots": (),
    "budgets": ("amount",),
    "groups": (),
    "past": ("price",),
}


@dataclass(frozen=True, slots=True)
class PromotionWeeks:
    """A calendar of promotions, and how good it is known to be."""

    calendar: Table
    """One row per item and week: level, price, units, revenue, profit, and the same without promotions."""
    items: Table
    """One row per item: what it brings, its best alone, and why it has the weeks it has."""
    limits: Table
    """One row per slot, group and budget limit: what is used, and about what one more would bring."""
    notes: Table
    is_optimal: bool
    """No calendar brings more."""
    total: decimal.Decimal
    """What the calendar brings, by the objective."""
    bound: decimal.Decimal
    """No calendar brings more than this."""
    baseline: decimal.Decimal
    """What the same items bring without any promotion."""
    gap: float | None
    """(bound - total) / bound; None where the bound is not positive."""
    n_promotions: int
    n_iterations: int

    def _repr_html_(self) -> str:
        return self.items._repr_html_()


def promotion_weeks(
    items: Any,
    ladder: Any,
    *,
    weeks: Any = None,
    item_weeks: Any = None,
    slots: Any = None,
    budgets: Any = None,
    groups: Any = None,
    past: Any = None,
    objective: Literal["profit", "revenue"] = "profit",
    n_weeks: int = 0,
    gap: float | None = None,
    max_iterations: int = 0,
    reference_steps: int = 0,
    state_limit: int = 0,
    item: str | None = None,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    language: Language = "en",
    n_threads: int = -1,
    progress: Progress = False,
) -> PromotionWeeks:
    """Chooses promotion weeks and prices for every item; the columns of each table stand in docs/promotion-weeks.md.

    ``items`` and ``ladder`` are required: what sells, and at which promotion prices it may. ``weeks`` is the calendar
    (``n_weeks`` plain weeks where None, 52 where 0), ``item_weeks`` its exceptions, ``slots`` and ``budgets`` what all
    or ``groups`` of items share, ``past`` prices before the first week. The search ends when the calendar is proven to
    lie within ``gap`` of the best (0.0001 where None), or after ``max_iterations`` rounds (300 where 0).
    """
    words = MoneyWords(currency, amount_unit, rounding)
    given = {
        "items": items,
        "ladder": ladder,
        "weeks": weeks,
        "item_weeks": item_weeks,
        "slots": slots,
        "budgets": budgets,
        "groups": groups,
        "past": past,
    }
    tables = {
        name: engine_table(data, {"start"}, _AMOUNTS[name], words) for name, data in given.items() if data is not None
    }
    options = {
        "objective": objective,
        "n_weeks": n_weeks,
        "gap_ppm": share_ppm("gap", gap),
        "max_iterations": max_iterations,
        "reference_steps": reference_steps,
        "state_limit": state_limit,
        "item": item,
        "language": language,
    }
    handles = {name: made._handle for name, made in tables.items()}
    calendar, report = _core.plan_promotion_weeks(handles, options, runtime(n_threads, progress))
    summary = Table(report["summary"]).rows()[0]
    return PromotionWeeks(
        calendar=Table(calendar),
        items=Table(report["items"]),
        limits=Table(report["limits"]),
        notes=Table(report["notes"]),
        is_optimal=report["status"] == "optimal",
        total=summary["total"],
        bound=summary["bound"],
        baseline=summary["baseline"],
        gap=summary["gap"],
        n_promotions=report["n_promotions"],
        n_iterations=report["n_iterations"],
    )
