"""A budget over response curves."""

from __future__ import annotations

import decimal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from . import _core
from ._inputs import MoneyWords, Progress, engine_table, plain_number, runtime, share_ppm
from ._money import currency_exponent, parse_money
from ._table import Table
from ._types import Language, Rounding, Unit

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Amount = str | int | float | decimal.Decimal

_AMOUNTS = {
    "items": ("minimum", "maximum", "opening_cost", "minimum_if_open", "step", "spent", "current"),
    "groups": ("minimum", "maximum"),
    "points": (),
    "samples": (),
}


@dataclass(frozen=True, slots=True)
class BudgetAllocation:
    """A budget divided, and how good the division is known to be."""

    allocation: Table
    """One row per item: spend, response, marginal, average return, and why it gets that much."""
    limits: Table
    """One row per limit of budget, groups and shares: what is used, and what easing it by one major unit brings."""
    groups: Table
    """One row per group: spend, share, response, and the most that one more major unit brings there."""
    notes: Table
    is_optimal: bool
    """The gap is no wider than what was asked for."""
    value: float
    """What is reached, by the objective."""
    bound: float
    """No allocation reaches more; with the objective "least_spend" none spends less."""
    gap: float
    """|bound - value| / max(|bound|, |value|, a small share of what all items could bring)."""
    response: float
    """Sum of value x response."""
    spend: decimal.Decimal | float
    unspent: decimal.Decimal | float | None
    """What the budget has left after the contingency; None without a budget."""
    contingency: decimal.Decimal | float
    n_nodes: int
    _inputs: dict[str, Table] = field(repr=False, compare=False, default_factory=dict)

    def plot(self, figure: Figure | None = None) -> Figure:
        """Curves with what is spent before and after, all spends, and what one more unit brings; needs matplotlib."""
        from ._plot_budget import plot_budget

        return plot_budget(self, self._inputs, figure)

    def _repr_html_(self) -> str:
        return self.allocation._repr_html_()


def _decimals(tables: dict[str, Table], currency: str | None) -> int | None:
    """Decimals of the amounts where they are money; None where they are plain numbers."""
    for name, columns in _AMOUNTS.items():
        for info in tables[name]._infos() if name in tables else ():
            if info["name"] in columns and info["currency"]:
                return info["exponent"]
    return None if currency is None else currency_exponent(currency)


def _amount(name: str, amount: Amount | None, decimals: int | None, unit: Unit | None) -> dict[str, Any]:
    """An amount of the options, as the compiled module takes it."""
    amount = plain_number(amount)
    if amount is None:
        return {}
    if decimals is None:
        return {name: float(amount)}
    if unit == "minor" and isinstance(amount, int):
        return {f"{name}_minor": amount}
    if isinstance(amount, float) or (isinstance(amount, int) and unit is None):
        raise TypeError(f"{name} is a number: give it as text or Decimal, or an int with amount_unit")
    return {f"{name}_minor": parse_money(str(amount), decimals)}


def budget(
    items: Any,
    *,
    budget: Amount | None = None,
    groups: Any = None,
    points: Any = None,
    samples: Any = None,
    objective: Literal["response", "profit", "least_spend", "marginal_return", "average_return"] = "response",
    target: float = 0,
    contingency: float = 0,
    contingency_amount: Amount | None = None,
    risk: Literal["mean", "quantile", "mean_less_sd"] = "mean",
    quantile: float = 0.1,
    risk_aversion: float = 0,
    cpa_tolerance: float | None = None,
    gap: float = 0,
    node_limit: int = 0,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    language: Language = "en",
    n_threads: int = -1,
    progress: Progress = False,
) -> BudgetAllocation:
    """Divides a budget over response curves; the columns of each table stand in docs/allocate.md.

    ``items`` is required: item, curve and its parameters, and any of value, minimum, maximum, opening_cost,
    minimum_if_open, step, group, spent, is_paused, actual_response, cpa_cap, priority, current. ``groups`` limits what
    items spend together, ``points`` are those of piecewise curves, ``samples`` say how uncertain curves are.
    ``contingency`` is the share of the budget that is kept, ``contingency_amount`` the same as an amount. ``target``
    belongs to the objectives "least_spend" (value x response), "marginal_return" and "average_return" (per unit spent).
    Amounts are money where there is a ``currency``, or where the tables' columns are money; plain numbers otherwise.
    """
    shares = {"contingency": contingency, "quantile": quantile, "cpa_tolerance": cpa_tolerance}
    ppm = {f"{name}_ppm": share_ppm(name, share) for name, share in shares.items()}
    if not 1e-6 <= quantile < 1:
        raise ValueError(f"quantile is {quantile}, expected a share between 0 and 1")
    if not 0 <= contingency <= 1:
        raise ValueError(f"contingency is {contingency}, expected a share from 0 to 1")
    if target and objective in ("response", "profit"):
        raise ValueError(f'target is {target}, which the objective "{objective}" has no use for')
    if risk_aversion and risk != "mean_less_sd":
        raise ValueError(f'risk_aversion is {risk_aversion}, which the risk "{risk}" has no use for')
    words = MoneyWords(currency, amount_unit, rounding)
    given = {"items": items, "groups": groups, "points": points, "samples": samples}
    tables = {name: engine_table(data, (), _AMOUNTS[name], words) for name, data in given.items() if data is not None}
    decimals = _decimals(tables, currency)
    options = {
        "objective": objective,
        "risk": risk,
        **ppm,
        "currency": currency,
        "exponent": None if currency is None else decimals,
        "node_limit": node_limit,
        "target": target,
        "risk_aversion": risk_aversion,
        "gap": gap,
        "language": language,
        **_amount("budget", budget, decimals, amount_unit),
        **_amount("contingency", contingency_amount, decimals, amount_unit),
    }
    handles = {name: made._handle for name, made in tables.items()}
    allocation, report = _core.allocate_budget(handles, options, runtime(n_threads, progress))
    summary = Table(report["summary"]).rows()[0]
    return BudgetAllocation(
        allocation=Table(allocation),
        limits=Table(report["limits"]),
        groups=Table(report["groups"]),
        notes=Table(report["notes"]),
        is_optimal=report["status"] == "optimal",
        value=report["value"],
        bound=report["bound"],
        gap=report["gap"],
        response=report["response"],
        spend=summary["spend"],
        unspent=summary["unspent"],
        contingency=summary["contingency"],
        n_nodes=report["n_nodes"],
        _inputs=tables,
    )
