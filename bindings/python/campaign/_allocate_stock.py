"""Stock and gifts over stores and channels."""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from . import _core
from ._inputs import MoneyWords, Progress, engine_table, runtime, share_ppm
from ._money import currency_exponent, parse_money
from ._table import Table
from ._types import Language, Rounding, Unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_AMOUNTS = {
    "demand": ("margin", "shortage_cost", "left_value"),
    "pool": (),
    "items": ("price", "cost", "salvage", "shortage_cost"),
    "points": (),
}


@dataclass(frozen=True, slots=True)
class StockAllocation:
    """A division of pools over stores, and how good it is known to be."""

    allocation: Table
    """One row per sku and store: units, fill rate, expected sales and lost sales, chance to run out, and why."""
    pools: Table
    """One row per sku: what there is, what is sent, kept back and left, and what one more piece would bring."""
    notes: Table
    is_optimal: bool
    """No division reaches more."""
    value: float
    """Expected margin in major units; with the objective "fill" the least fill rate of a store that may take more."""
    bound: float
    """No division reaches more than this."""
    gap: float
    """(bound - value) / max(|bound|, |value|)."""
    expected_margin: float
    fill_rate: float | None
    """Expected share of all demand served; None without demand."""
    expected_lost: float
    n_units: int
    n_left: int
    n_below: int
    """Rows below their safety stock: to replenish, or to limit purchases at."""
    n_states: int

    def plot(self, axes: Axes | None = None) -> Axes:
        """Each store's expected sales and lost sales, over all skus; needs matplotlib."""
        from ._plot import plot_stock

        return plot_stock(self.allocation, axes)

    def _repr_html_(self) -> str:
        return self.pools._repr_html_()


@dataclass(frozen=True, slots=True)
class OrderQuantities:
    """What to buy, and what the rule beside it would cost."""

    orders: Table
    """One row per sku: units, cost, expected sales, lost sales and left over; the same by the rule."""
    notes: Table
    is_optimal: bool
    """No orders bring more."""
    value: float
    """Expected profit in major units."""
    bound: float
    """No orders bring more than this."""
    gap: float
    spend: decimal.Decimal
    rule_cost: float | None
    """What the rule brings less than the orders; None where no row has a peak."""
    multiplier: float | None
    """About what one more major unit of budget brings; None without a budget."""
    text: str | None
    """What the rule costs, as a sentence."""
    n_units: int

    def _repr_html_(self) -> str:
        return self.orders._repr_html_()


def stock(
    demand: Any,
    pool: Any,
    *,
    points: Any = None,
    objective: Literal["margin", "fill"] = "margin",
    reserve: float = 0.0,
    is_safety_strict: bool = False,
    state_limit: int = 0,
    sku: str | None = None,
    store: str | None = None,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    language: Language = "en",
    n_threads: int = -1,
    progress: Progress = False,
) -> StockAllocation:
    """Divides each sku's pool over its stores, never more than there is; columns stand in docs/allocate-stock.md.

    ``demand`` has a row per sku and store, ``pool`` one per sku, ``points`` the values of "empirical" demand. The
    objective is the expected margin, or fill rates as even as whole packs allow. ``reserve`` is kept back of every pool
    whose row does not say. Safety stocks that a pool cannot cover are shared within them and flagged, or refused with
    ``is_safety_strict``.
    """
    words = MoneyWords(currency, amount_unit, rounding)
    given = {"demand": demand, "pool": pool, "points": points}
    tables = {
        name: engine_table(data, (), _AMOUNTS[name], words if name == "demand" else MoneyWords(None, None, None))
        for name, data in given.items()
        if data is not None
    }
    options = {
        "objective": objective,
        "reserve_ppm": share_ppm("reserve", reserve),
        "is_safety_strict": is_safety_strict,
        "state_limit": state_limit,
        "sku": sku,
        "store": store,
        "language": language,
    }
    handles = {name: made._handle for name, made in tables.items()}
    handle, report = _core.allocate_stock(handles, options, runtime(n_threads, progress))
    summary = Table(report["summary"]).rows()[0]
    return StockAllocation(
        allocation=Table(handle),
        pools=Table(report["pools"]),
        notes=Table(report["notes"]),
        is_optimal=report["status"] == "optimal",
        expected_margin=summary["expected_margin"],
        fill_rate=summary["fill_rate"],
        expected_lost=summary["expected_lost"],
        n_left=summary["left"],
        **{name: report[name] for name in ("value", "bound", "gap", "n_units", "n_below", "n_states")},
    )


def order_quantity(
    items: Any,
    *,
    points: Any = None,
    budget: str | int | decimal.Decimal | None = None,
    rule: float = 1.2,
    state_limit: int = 0,
    sku: str | None = None,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    language: Language = "en",
    n_threads: int = -1,
    progress: Progress = False,
) -> OrderQuantities:
    """How many pieces of each sku to buy for a season; columns stand in docs/allocate-stock.md.

    ``items`` has a row per sku with its demand, price and cost. ``budget``, in major units, is what all orders together
    may cost. ``rule`` is the share of a row's ``peak`` that the rule beside orders: 120 % in the handbook.
    """
    table = engine_table(items, (), _AMOUNTS["items"], MoneyWords(currency, amount_unit, rounding))
    handles = {"items": table._handle}
    kept = None if points is None else engine_table(points, (), (), MoneyWords(None, None, None))
    if kept is not None:
        handles["points"] = kept._handle
    code = table.types.get("cost", "")[len("money[") : -1] or "XXX"
    options = {
        "rule_ppm": share_ppm("rule", rule),
        "budget_minor": None if budget is None else parse_money(str(budget), currency_exponent(code)),
        "state_limit": state_limit,
        "sku": sku,
        "language": language,
    }
    handle, report = _core.allocate_order_quantity(handles, options, runtime(n_threads, progress))
    summary = Table(report["summary"]).rows()[0]
    return OrderQuantities(
        orders=Table(handle),
        notes=Table(report["notes"]),
        is_optimal=report["status"] == "optimal",
        spend=summary["spend"],
        rule_cost=summary["rule_cost"],
        multiplier=summary["multiplier"],
        text=summary["text"],
        **{name: report[name] for name in ("value", "bound", "gap", "n_units")},
    )
