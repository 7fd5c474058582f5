"""Customers in tiers by recency, frequency and monetary value."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from . import _core
from ._inputs import (
    Date,
    Document,
    MoneyWords,
    Progress,
    document_text,
    engine_table,
    optional_date,
    optional_day,
    runtime,
)
from ._table import Table
from ._types import Language, Rounding, Unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Ties = Literal["value", "rank_first", "rank_average", "r_rfm", "ntile"]


@dataclass(frozen=True, slots=True)
class RfmResult:
    """Tiers of customers and what stands behind them."""

    tiers: Table
    """One row per customer: scores, tier, recency, frequency, monetary."""
    bins: Table
    """One row per dimension and score: cut point, customers, range."""
    segments: Table
    """One row per tier: customers, money, shares."""
    skipped: Table
    """The first rows that were left out, with the reason."""
    skipped_counts: Table
    """How many rows were left out, per column and kind."""
    notes: Table
    """Remarks: collapsed bins, rules that never apply."""
    as_of: datetime.date | None
    n_rows: int
    n_used: int
    n_after_as_of: int
    n_skipped: int
    n_returns: int
    n_customers: int
    n_without_purchase: int
    n_rounded: int
    """Amounts that were rounded to minor units, where ``rounding`` allowed it."""

    def plot(self, axes: Axes | None = None) -> Axes:
        """Customers by scores of recency and frequency; needs matplotlib."""
        from ._plot import plot_rfm

        return plot_rfm(self.tiers, axes)

    def _repr_html_(self) -> str:
        return self.segments._repr_html_()


def tier_rfm(
    orders: Any,
    *,
    customer: str | None = None,
    date: str | None = None,
    amount: str | None = None,
    order: str | None = None,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    as_of: Date | None = None,
    day_starts_at_minutes: int = 0,
    ties: Ties = "value",
    frequency_counts: Literal["usual", "orders", "days", "rows"] = "usual",
    nulls: Literal["fail", "skip"] = "fail",
    bins: int | tuple[int, int, int] = 5,
    recency_cuts: Sequence[int] | None = None,
    frequency_cuts: Sequence[int] | None = None,
    monetary_cuts: Sequence[int] | None = None,
    dormant_after_days: int = 0,
    segments: Document | None = None,
    language: Language = "en",
    problem_limit: int = 0,
    n_threads: int = -1,
    progress: Progress = False,
) -> RfmResult:
    """Tiers customers by recency, frequency and monetary value.

    ``orders`` holds customer, date and amount, under those names or the ones you give. A plain number as amount needs
    ``currency``, ``amount_unit`` ("major" for yuan, "minor" for fen) and, for floats, ``rounding``. Returns are
    negative amounts. ``as_of`` is the day recency is counted on; None takes the last date of the orders. ``bins`` is
    one number, or one each for recency, frequency and monetary.
    """
    recency_bins, frequency_bins, monetary_bins = (bins, bins, bins) if isinstance(bins, int) else bins
    options = {
        "customer": customer,
        "date": date,
        "amount": amount,
        "order": order,
        "as_of": optional_day(as_of),
        "day_starts_at_minutes": day_starts_at_minutes,
        "ties": ties,
        "frequency_counts": frequency_counts,
        "nulls": nulls,
        "recency_bins": recency_bins if recency_cuts is None else len(recency_cuts) + 1,
        "frequency_bins": frequency_bins if frequency_cuts is None else len(frequency_cuts) + 1,
        "monetary_bins": monetary_bins if monetary_cuts is None else len(monetary_cuts) + 1,
        "recency_cuts": None if recency_cuts is None else list(recency_cuts),
        "frequency_cuts": None if frequency_cuts is None else list(frequency_cuts),
        "monetary_cuts": None if monetary_cuts is None else list(monetary_cuts),
        "dormant_after_days": dormant_after_days,
        "segments": None if segments is None else document_text(segments),
        "language": language,
        "problem_limit": problem_limit,
    }
    words = MoneyWords(currency, amount_unit, rounding)
    lines = engine_table(orders, {date or "date"}, [amount or "amount"], words)
    handle, report = _core.tier_rfm(lines._handle, options, runtime(n_threads, progress))
    report["as_of"] = optional_date(report["as_of"])
    tables = {k: Table(v) for k, v in report.items() if k in ("bins", "segments", "skipped", "skipped_counts", "notes")}
    return RfmResult(tiers=Table(handle), n_rounded=lines.n_rounded, **{**report, **tables})


def default_segments() -> str:
    """The segments document used where none is given, as JSON text: a good start for your own."""
    return _core.tier_segments_default()
