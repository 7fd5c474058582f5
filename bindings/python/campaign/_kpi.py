"""Results against a plan."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from . import _core
from ._inputs import Date, MoneyWords, Progress, engine_table, optional_day, request_terms, runtime, share_ppm, to_date
from ._plan import Plan
from ._table import Table, table
from ._types import Language, Rounding, Unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_JUDGED_ROLES = ("date", "amount", "product_line", "market")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What happened, against what was planned, as of a day."""

    as_of: datetime.date
    attainment: Table
    """One row per target, campaign and phase: target, to date, actual, attainment, status."""
    pace: Table
    """Year, quarter and month that run: expected to date, actual, forecast at close."""
    metrics: Table
    """Conversion, order value, refund rate, CPA, ROI, with their components."""
    alerts: Table
    """Deviations beyond the limit, with what to do."""
    notes: Table
    skipped: Table

    def plot(self, axes: Axes | None = None) -> Axes:
        """Target to date and actual by month; needs matplotlib."""
        from ._plot import plot_evaluation

        return plot_evaluation(self.attainment, axes)

    def _repr_html_(self) -> str:
        return self.alerts._repr_html_()


def evaluate(
    plan: Plan | Mapping[str, Any],
    orders: Any = None,
    *,
    daily: Any = None,
    spend: Any = None,
    as_of: Date | None = None,
    deviation: float | None = None,
    cap: float | None = None,
    minimum_share: float | None = None,
    day_starts_at_minutes: int = 0,
    nulls: Literal["fail", "skip"] = "fail",
    columns: dict[str, str] | None = None,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    language: Language = "en",
    n_threads: int = -1,
    progress: Progress = False,
) -> Evaluation:
    """Judges actual figures against a plan, as of the end of a day (None: the last day with figures).

    ``orders`` are order lines, ``daily`` daily figures (visits, conversions, …), ``spend`` lines of spend; give what
    you have. ``columns`` maps names, ``{"amount": "金额"}``; names, currency and unit of the plan's request hold where
    nothing else is said. Alerts are raised at ``deviation`` from target (0.2 where
    None) and at an excess of ``cap`` over a cost limit (0.3), but not for targets to date below ``minimum_share`` of
    the year's (0.001). ``plan`` may also be a mapping of tables with the columns of a plan's: targets, phases,
    campaigns, budget, metrics, of which targets are required.
    """
    names, words = columns or {}, MoneyWords(currency, amount_unit, rounding)
    implied: dict[str, str] = {}
    if isinstance(plan, Plan):
        terms = request_terms(_core.plan_columns(plan._handle), currency, amount_unit, rounding)
        implied, words = {role: terms.names[role] for role in _JUDGED_ROLES}, terms.money

    def figures(data: Any, *amounts: str) -> Table | None:
        if data is None:
            return None
        called = {**{role: role for role in ("date", *amounts)}, **implied, **names}
        return engine_table(data, {called["date"]}, [called[role] for role in amounts], words)

    actuals = {
        "orders": figures(orders, "amount"),
        "daily": figures(daily, "sales", "refunds", "spend"),
        "spend": figures(spend, "amount"),
    }
    given = [made for made in actuals.values() if made is not None]
    options: dict[str, Any] = {
        "as_of": optional_day(as_of),
        "deviation_ppm": share_ppm("deviation", deviation),
        "cap_ppm": share_ppm("cap", cap),
        "minimum_share_ppm": share_ppm("minimum_share", minimum_share),
        "day_starts_at_minutes": day_starts_at_minutes,
        "nulls": nulls,
        "language": language,
        **{role: name for role, name in implied.items() if any(name in made for made in given)},
        **names,
    }
    judged = plan._handle if isinstance(plan, Plan) else {name: table(data)._handle for name, data in plan.items()}
    handles = {name: made._handle for name, made in actuals.items() if made is not None}
    found = _core.kpi_evaluate(judged, handles, options, runtime(n_threads, progress))
    as_of_day = to_date(found.pop("as_of"))
    return Evaluation(as_of=as_of_day, **{name: Table(handle) for name, handle in found.items()})
