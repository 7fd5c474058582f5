"""What a spend brings: response curves with carry-over, fitted to a history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from . import _core
from ._inputs import MoneyWords, Progress, engine_table, runtime
from ._table import Table
from ._types import Language

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Curve = Literal[
    "auto",
    "hill",
    "michaelis_menten",
    "logistic",
    "s_logistic",
    "tanh",
    "exponential",
    "log",
    "power",
    "linear",
]


@dataclass(frozen=True, slots=True)
class ResponseFit:
    """Response curves and what stands behind them."""

    curves: Table
    """One row per item: its curve in the columns that the allocation of a budget takes, standard errors, confidence
    limits, quality; null numbers and a reason where the history does not tell the curve."""
    fitted: Table
    """The history beside its fit: spend, carried, result, fitted, response, residual."""
    candidates: Table
    """Every curve tried, with its criterion and why it is or is not identified."""
    lines: Table
    """The curves drawn: response to a constant spend, its confidence limits, and the response to one more unit."""
    notes: Table
    n_items: int
    n_identified: int
    """Items whose history tells their curve."""

    def plot(self, figure: Figure | None = None) -> Figure:
        """A picture for each item: the history without its baseline, the curve, its band; needs matplotlib."""
        from ._plot_response import plot_response

        return plot_response(self, figure)

    def _repr_html_(self) -> str:
        return self.curves._repr_html_()


def forecast_fit_response(
    history: Any,
    *,
    curve: Curve = "auto",
    adstock: float | None = None,
    adstock_max: float = 0.0,
    before: Literal["nothing", "mean"] = "nothing",
    intercept: bool = True,
    trend: bool = False,
    limits: Iterable[Mapping[str, Any]] = (),
    n_starts: int = 0,
    level: float = 0.0,
    uncertainty_max: float = 0.0,
    item: str | None = None,
    period: str | None = None,
    spend: str | None = None,
    result: str | None = None,
    weight: str | None = None,
    language: Language = "en",
    n_threads: int = -1,
    progress: Progress = False,
) -> ResponseFit:
    """Fits response curves with carry-over to a history of spend and result.

    ``history`` has spend and result, and where they are there period (dates or whole numbers: without them nothing is
    carried over), item (series fitted each by itself) and weight, under those names or the ones you give. ``adstock``
    is fitted up to ``adstock_max`` (0.95 where 0) unless it is given. ``limits`` are mappings with ``parameter``,
    ``low``, ``high`` and ``item``: the same value twice holds a parameter. ``level`` is of confidence limits (0.95
    where 0); a curve counts as not identified where a standard error passes ``uncertainty_max`` of its value (0.5
    where 0).
    """
    options = {
        "curve": curve,
        "adstock": adstock,
        "adstock_max": adstock_max,
        "before": before,
        "omits_intercept": not intercept,
        "fits_trend": trend,
        "limits": [dict(limit) for limit in limits],
        "n_starts": n_starts,
        "level": level,
        "uncertainty_max": uncertainty_max,
        "item": item,
        "period": period,
        "spend": spend,
        "result": result,
        "weight": weight,
        "language": language,
    }
    rows = engine_table(history, {period or "period"}, [], MoneyWords(None, None, None))
    handle, report = _core.forecast_fit_response(rows._handle, options, runtime(n_threads, progress))
    tables = {name: Table(report[name]) for name in ("fitted", "candidates", "lines", "notes")}
    return ResponseFit(curves=Table(handle), **{**report, **tables})
