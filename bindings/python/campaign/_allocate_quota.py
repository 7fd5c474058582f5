"""Quotas in whole units, along one, two or more dimensions."""

from __future__ import annotations

import decimal
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from . import _core
from ._inputs import MoneyWords, Progress, engine_table, plain_number, runtime, share_ppm
from ._money import currency_exponent, format_money, parse_money
from ._table import Table
from ._types import Language, Rounding, Unit

Total = int | str | float | decimal.Decimal
QuotaKind = Literal["split", "biproportional", "rounding", "fitting"]
QuotaMethod = Literal["usual", "largest_remainder", "dhondt", "sainte_lague", "hill", "adams", "dean"]

_NO_MONEY = MoneyWords(None, None, None)


@dataclass(frozen=True, slots=True)
class Quotas:
    """Quotas, and what proves them."""

    cells: Table
    """One row per cell: keys, weight, share before rounding, quota, the bound it stands on, whether it was tied."""
    rows: Table | None
    """Two dimensions: key, total, divisor, and the divisors that give the same, of each row."""
    columns: Table | None
    """The same of each column."""
    multipliers: Table
    """One row per split, row or column: its divisors, where one more unit would go, and what that means."""
    ties: Table
    """Parts that could as well have had one unit more or less."""
    notes: Table
    is_optimal: bool
    """No answer under the same rules is better; False only for a fitting that did not converge."""
    value: float
    """Rounding: sum of squared changes; fitting: largest relative error of a total; otherwise what was given."""
    bound: float
    gap: float
    total: int
    """In whole units, or minor units of the currency."""
    unallocated: int
    """What caps left over, in the same units."""
    n_ties: int
    n_iterations: int

    def _repr_html_(self) -> str:
        return self.cells._repr_html_()


def total_units(total: Total | None, words: MoneyWords) -> int | None:
    """A total as the library counts it: whole units, or minor units of the currency."""
    total = plain_number(total)
    if total is None:
        return None
    if words.currency is None:
        if not isinstance(total, int):
            raise TypeError("a total is a whole number; an amount of money needs currency")
        return total
    if words.unit == "minor":
        if isinstance(total, str) or total != int(total):
            raise TypeError("a total in minor units is a whole number")
        return int(total)
    if isinstance(total, int | float) and words.unit is None:
        raise TypeError('a total in numbers needs amount_unit: "major" or "minor"')
    return parse_money(str(total), currency_exponent(words.currency), rounding=words.rounding or "none")


def quota(
    cells: Any,
    total: Total | None = None,
    *,
    rows: Any = None,
    columns: Any = None,
    kind: QuotaKind = "split",
    method: QuotaMethod = "usual",
    margin_method: QuotaMethod = "usual",
    weighs_margins: bool = False,
    dimensions: str | Sequence[str] | None = None,
    weight: str | None = None,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    language: Language = "en",
    n_threads: int = 1,
    progress: Progress = False,
) -> Quotas:
    """Divides a total into whole quotas; the columns of the tables stand in docs/allocate-quota.md.

    ``cells`` holds the keys and weights, with minima, maxima and locks where they are wanted. ``kind`` "split" divides
    ``total`` over the cells, level by level where there are several ``dimensions``; "biproportional" keeps the totals
    of ``rows`` and ``columns``, "rounding" rounds a table up or down with its totals, "fitting" scales it to totals in
    real numbers. With ``currency`` the totals, bounds and quotas are money, otherwise counts.
    """
    words = MoneyWords(currency, amount_unit, rounding)
    given = {"cells": (cells, ("minimum", "maximum", "locked")), "rows": (rows, ("total",)),
             "columns": (columns, ("total",))}  # fmt: skip
    tables = {
        name: engine_table(data, (), amounts, words) for name, (data, amounts) in given.items() if data is not None
    }
    options = {
        "kind": kind,
        "method": method,
        "margin_method": margin_method,
        "weighs_margins": weighs_margins,
        "total": total_units(total, words),
        "dimensions": [dimensions] if isinstance(dimensions, str) else None if dimensions is None else list(dimensions),
        "weight": weight,
        "currency": currency,
        "language": language,
    }
    handles = {name: made._handle for name, made in tables.items()}
    answer, report = _core.allocate_quota(handles, options, runtime(n_threads, progress))
    return Quotas(
        cells=Table(answer),
        rows=Table(report["rows"]) if report["rows"] is not None else None,
        columns=Table(report["columns"]) if report["columns"] is not None else None,
        multipliers=Table(report["multipliers"]),
        ties=Table(report["ties"]),
        notes=Table(report["notes"]),
        is_optimal=report["status"] == "optimal",
        value=report["value"],
        bound=report["bound"],
        gap=report["gap"],
        total=report["total"],
        unallocated=report["unallocated"],
        n_ties=report["n_ties"],
        n_iterations=report["n_iterations"],
    )


@dataclass(frozen=True, slots=True)
class CapacityQuotas:
    """Quotas of reps beside what they can sell."""

    reps: Table
    """One row per rep: effective days, visits, deals, capacity, quota, gap, load, whether it is over, and why."""
    multipliers: Table
    ties: Table
    notes: Table
    is_optimal: bool
    is_over: bool
    """The total itself passes all capacity by more than the flag."""
    n_over: int
    """Reps whose quota passes their capacity by more than the flag."""
    total: decimal.Decimal
    """The target from above."""
    capacity: decimal.Decimal
    """From below: what all reps can sell."""
    gap: decimal.Decimal
    """total - capacity."""
    unallocated: decimal.Decimal

    def _repr_html_(self) -> str:
        return self.reps._repr_html_()


def capacity_quota(
    reps: Any,
    total: Total | None = None,
    *,
    ramp: Any = None,
    months: Any = None,
    method: QuotaMethod = "usual",
    n_months: int = 0,
    flag: float | None = None,
    rep: str | None = None,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    language: Language = "en",
    n_threads: int = 1,
    progress: Progress = False,
) -> CapacityQuotas:
    """Quotas of reps from what they can sell, beside a target from above (what all can sell where it is None).

    ``reps`` holds rep, visits_a_day, win_rate and ticket, and working_days or ``months`` with theirs; those with a
    start_month climb the ``ramp``. A quota that passes capacity by more than ``flag`` (0.2 where None) is marked. The
    columns of the tables stand in docs/allocate-quota.md.
    """
    words = MoneyWords(currency, amount_unit, rounding)
    given = {"reps": reps, "ramp": ramp, "months": months}
    amounts = ("ticket", "minimum", "maximum", "locked")
    tables = {
        name: engine_table(data, (), amounts if name == "reps" else (), words if name == "reps" else _NO_MONEY)
        for name, data in given.items()
        if data is not None
    }
    options = {
        "method": method,
        "n_months": n_months,
        "flag_ppm": share_ppm("flag", flag),
        "total_minor": total_units(total, words),
        "rep": rep,
        "language": language,
    }
    handles = {name: made._handle for name, made in tables.items()}
    answer, report = _core.allocate_capacity_quota(handles, options, runtime(n_threads, progress))
    made = Table(answer)
    exponent = currency_exponent(made.types["quota"].removeprefix("money[").removesuffix("]"))
    amount = {
        name: decimal.Decimal(format_money(report[f"{name}_minor"], exponent))
        for name in ("total", "capacity", "gap", "unallocated")
    }
    return CapacityQuotas(
        reps=made,
        multipliers=Table(report["multipliers"]),
        ties=Table(report["ties"]),
        notes=Table(report["notes"]),
        is_optimal=report["status"] == "optimal",
        is_over=report["is_over"],
        n_over=report["n_over"],
        **amount,
    )
