"""The choice of campaigns: the set of greatest value that keeps the rules, proven, with a reason for each candidate."""

from __future__ import annotations

import decimal
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import _core
from ._inputs import Document, MoneyWords, Progress, document_text, engine_table, runtime
from ._table import Table
from ._types import Language, Rounding, Unit

Number = int | float | decimal.Decimal

RULES = "campaign/campaign_rules/1"
_MILLIONTHS = 1_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen set and what stands behind it."""

    choices: Table
    """One row per candidate: whether it was chosen, its campaign, worth, forcing_cost, rule and text."""
    campaigns: Table
    """One row per campaign: window, value, cost and members; overlapping candidates are one where the rules merge."""
    is_optimal: bool
    """Whether the set is proven to be the best; otherwise no set is worth more than ``bound``."""
    value: Number
    bound: Number
    cost: Number
    n_candidates: int
    n_chosen: int
    n_campaigns: int
    n_labels: int
    """Partial sets that the search kept: the work it took."""

    def _repr_html_(self) -> str:
        return self.choices._repr_html_()


def _number(units: int, kind: str, exponent: int) -> Number:
    """An amount of least units as its column has it: money as Decimal, whole numbers as int, others as float."""
    if kind == "int64":
        return units
    return units / _MILLIONTHS if kind == "float64" else decimal.Decimal(units).scaleb(-exponent)


def _rules_text(rules: Document | None) -> str:
    if rules is None or (isinstance(rules, Mapping) and "schema" not in rules):
        return document_text({"schema": RULES, **(rules or {})})
    return document_text(rules)


def choose_campaigns(
    candidates: Any,
    rules: Document | None = None,
    *,
    id: str | None = None,
    tier: str | None = None,
    start: str | None = None,
    end: str | None = None,
    value: str | None = None,
    cost: str | None = None,
    preheat_start: str | None = None,
    never_together: str | None = None,
    always_together: str | None = None,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    skips_reasons: bool = False,
    max_labels: int = 0,
    language: Language = "en",
    n_threads: int = -1,
    progress: Progress = False,
) -> Choice:
    """Chooses the campaigns of greatest total value that keep the rules.

    ``candidates`` holds id, tier ("big" or "small"), start, end (the day after the last), value and cost, under those
    names or the ones you give, and optionally preheat_start and the groups never_together and always_together. Values
    and costs are money, whole numbers, or floats; with ``currency`` they become money. ``rules`` is a document
    "campaign/campaign_rules/1"; a mapping may leave its schema out. None takes the handbook's density: one big campaign
    a quarter, two small ones a month, overlapping ones merged. ``skips_reasons`` leaves out what each candidate is
    worth. ``max_labels`` bounds the work: past it the best set found comes with the bound no set passes.
    """
    options = {
        "id": id,
        "tier": tier,
        "start": start,
        "end": end,
        "value": value,
        "cost": cost,
        "preheat_start": preheat_start,
        "never_together": never_together,
        "always_together": always_together,
        "skips_reasons": skips_reasons,
        "max_labels": max_labels,
        "language": language,
    }
    days = {start or "start", end or "end", preheat_start or "preheat_start"}
    words = MoneyWords(currency, amount_unit, rounding)
    rows = engine_table(candidates, days, [value or "value", cost or "cost"], words)
    handle, report = _core.plan_choose_campaigns(
        rows._handle, _rules_text(rules), options, runtime(n_threads, progress)
    )
    choices = Table(handle)
    value_kind, cost_kind = choices.types["value"], choices.types["cost"]
    value_exponent, cost_exponent = report.pop("value_exponent"), report.pop("cost_exponent")
    return Choice(
        choices=choices,
        campaigns=Table(report.pop("campaigns")),
        is_optimal=report.pop("is_optimal"),
        value=_number(report.pop("value"), value_kind, value_exponent),
        bound=_number(report.pop("bound"), value_kind, value_exponent),
        cost=_number(report.pop("cost"), cost_kind, cost_exponent),
        **report,
    )
