"""How sales lie over the year: seasons from history, and the weight of every day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from . import _core
from ._calendar import Calendar
from ._inputs import Date, MoneyWords, Progress, day_number, engine_table, handle_of, optional_day, runtime, to_date
from ._table import Table, table
from ._types import Language, Rounding, Unit

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Grain = Literal["day", "week", "month", "quarter"]
Season = Literal["usual", "quarter", "month", "iso_week", "fiscal_week", "none"]

_TABLES = ("seasons", "treated", "notes", "skipped", "skipped_counts")


@dataclass(frozen=True, slots=True)
class Seasonality:
    """A profile of the seasons and what stands behind it."""

    profile: Table
    """One row per quarter, month, week, weekday, kind of day and window: index, factor, share, range over the years."""
    seasons: Table
    """Peaks, shoulders and off seasons, with their reason and when to preheat."""
    treated: Table
    """Days that were treated: outliers, closed days, days of net returns."""
    notes: Table
    """Remarks on what the history could not tell."""
    skipped: Table
    """The first rows that were left out, with the reason."""
    skipped_counts: Table
    """How many rows were left out, per column and kind."""
    grain: Grain
    """What a row of the sales stands for."""
    first_day: datetime.date | None
    """The history that counts; None where there is none."""
    end_day: datetime.date | None
    """The day after its last."""
    n_years: int
    """Whole years behind the season's indexes."""
    n_open: int
    n_closed: int
    n_outliers: int
    n_rows: int
    n_used: int
    n_outside: int
    n_skipped: int
    spread: float
    """Deviation of a year's index from the mean of the years: measured, or assumed with one year."""
    shrinkage: float
    """What is kept of an index's distance from 1."""
    n_rounded: int
    """Amounts that were rounded to minor units, where ``rounding`` allowed it."""

    def day_weights(self, first_day: Date, end_day: Date, *, calendar: Calendar | None = None) -> Table:
        """The weight of each day from ``first_day`` up to, not including, ``end_day``."""
        return forecast_day_weights(self.profile, first_day, end_day, calendar=calendar)

    def plot(self, figure: Figure | None = None) -> Figure:
        """The profile as a picture: the season, weekdays, kinds of day and windows; needs matplotlib."""
        from ._plot import plot_seasonality

        return plot_seasonality(self.profile, self.seasons, figure)

    def _repr_html_(self) -> str:
        return self.seasons._repr_html_() + self.profile._repr_html_(limit=100)


def forecast_seasonality(
    sales: Any,
    *,
    calendar: Calendar | None = None,
    date: str | None = None,
    amount: str | None = None,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    grain: Grain | Literal["auto"] = "auto",
    season: Season = "usual",
    method: Literal["to_year", "to_moving"] = "to_year",
    shrink: Literal["short", "always", "never"] = "short",
    new_year: Literal["usual", "block", "apart"] = "usual",
    windows: Iterable[Mapping[str, Any]] = (),
    omits_windows: bool = False,
    years: Mapping[int, float] | Iterable[int] | None = None,
    first_day: Date | None = None,
    end_day: Date | None = None,
    day_starts_at_minutes: int = 0,
    nulls: Literal["fail", "skip"] = "fail",
    omits_weekdays: bool = False,
    omits_day_kinds: bool = False,
    outlier_limit: float | None = 5.0,
    prior_spread: float = 0.15,
    peak_distance: float = 0.1,
    language: Language = "en",
    problem_limit: int = 0,
    n_threads: int = -1,
    progress: Progress = False,
) -> Seasonality:
    """Measures the seasons of a history of sales.

    ``sales`` holds date and amount, under those names or the ones you give, a row per order, day, week, month or
    quarter. Numbers are taken as quantities; with ``currency`` they become money. ``windows`` are mappings with
    ``node``, ``first``, ``last`` (days from the node's date), ``name`` and ``weight`` (declared, not measured). Where
    the calendar is Chinese and none of them is of "cny", the usual windows of the Spring Festival come with them
    unless ``omits_windows`` is set.
    ``years`` names the calendar years that count, or their weights. ``outlier_limit=None`` treats no day as an outlier.
    """
    options = {
        "grain": grain,
        "season": season,
        "method": method,
        "shrink": shrink,
        "new_year": new_year,
        "nulls": nulls,
        "day_starts_at_minutes": day_starts_at_minutes,
        "first_day": optional_day(first_day),
        "end_day": optional_day(end_day),
        "omits_weekdays": omits_weekdays,
        "omits_day_kinds": omits_day_kinds,
        "omits_windows": omits_windows,
        "keeps_outliers": outlier_limit is None,
        "problem_limit": problem_limit,
        "outlier_limit": outlier_limit or 0.0,
        "prior_spread": prior_spread,
        "peak_distance": peak_distance,
        "date": date,
        "amount": amount,
        "language": language,
        "windows": [dict(window) for window in windows],
        "years": _year_records(years),
    }
    lines = engine_table(sales, {date or "date"}, [amount or "amount"], MoneyWords(currency, amount_unit, rounding))
    handle, report = _core.forecast_seasonality(
        lines._handle, handle_of("calendar", calendar, "Calendar"), options, runtime(n_threads, progress)
    )
    has_days = report["end_day"] > report["first_day"]
    for name in ("first_day", "end_day"):
        report[name] = to_date(report[name]) if has_days else None
    tables = {name: Table(report[name]) for name in _TABLES}
    return Seasonality(profile=Table(handle), n_rounded=lines.n_rounded, **{**report, **tables})


def _year_records(years: Mapping[int, float] | Iterable[int] | None) -> list[dict[str, Any]] | None:
    if years is None:
        return None
    weights = dict(years) if isinstance(years, Mapping) else dict.fromkeys(years, 1.0)
    if not weights:
        raise ValueError("years is empty: name one at least, or None for all")
    return [{"year": year, "weight": float(weight)} for year, weight in weights.items()]


def forecast_day_weights(profile: Any, first_day: Date, end_day: Date, *, calendar: Calendar | None = None) -> Table:
    """Weighs the days from ``first_day`` up to, not including, ``end_day`` by a profile.

    ``profile`` is :attr:`Seasonality.profile`, or anything columnar with dimension, key and index, and for windows
    node, first and last. Columns: date, weight, units (the weight in 1e-12, fit for :func:`split`), and the indexes
    that the weight is the product of.
    """
    handle = _core.forecast_day_weights(
        table(profile)._handle, handle_of("calendar", calendar, "Calendar"), day_number(first_day), day_number(end_day)
    )
    return Table(handle)
