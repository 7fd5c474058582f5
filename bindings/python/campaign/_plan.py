"""The year's plan: a request and a history in; targets, campaigns and a budget out."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from . import _core
from ._calendar import Calendar
from ._inputs import (
    Document,
    MoneyWords,
    Progress,
    Terms,
    document_text,
    engine_table,
    handle_of,
    request_terms,
    runtime,
)
from ._table import Table, table
from ._types import Language, Rounding, Unit

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Comparison:
    """What moved between two plans, and because of what. Made by :meth:`Plan.diff`."""

    is_traced: bool
    """Whether each movement was traced to its causes by plans in between."""
    changes: Table
    """One row per changed cell: table, subject, column, before, after, by how much, and its causes."""
    causes: Table
    """What differs in the requests and the data."""

    def _repr_html_(self) -> str:
        return self.changes._repr_html_()


class Plan:
    """A year's plan. Immutable: change the request and plan again.

    Made by :func:`plan`, read back by :meth:`load`. Every table is a :class:`Table`.
    """

    __slots__ = ("__weakref__", "_handle")

    def __init__(self, handle: _core.plan) -> None:
        self._handle = handle

    @classmethod
    def load(cls, source: str | bytes | os.PathLike[str]) -> Plan:
        """Reads a plan from JSON text, or from the file at a ``pathlib.Path``."""
        return cls(_core.plan_load(document_text(source)))

    def to_json(self) -> str:
        """The plan as its document; loading and saving it gives the same text."""
        return _core.plan_save(self._handle)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the document to a file, whole or not at all."""
        target = Path(path)
        beside = target.with_name(target.name + ".part")
        try:
            beside.write_text(self.to_json(), encoding="utf-8")
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    @staticmethod
    def table_names() -> list[str]:
        """Names of a plan's tables."""
        names: list[str] = []
        while (name := _core.plan_table_name(len(names))) is not None:
            names.append(name)
        return names

    def table(self, name: str) -> Table:
        """One table of the plan by name."""
        return Table(_core.plan_table(self._handle, name))

    @property
    def targets(self) -> Table:
        """Targets by period, product line and market; every node is the sum of its children."""
        return self.table("targets")

    @property
    def campaigns(self) -> Table:
        return self.table("campaigns")

    @property
    def phases(self) -> Table:
        """Preheat, burst, closing and feedback of every campaign."""
        return self.table("phases")

    @property
    def deadlines(self) -> Table:
        """What is due before each burst, in working days, and until when feedback is collected."""
        return self.table("deadlines")

    @property
    def tasks(self) -> Table:
        """Who does what by when, so that each campaign is ready, runs and is reviewed."""
        return self.table("tasks")

    @property
    def curve(self) -> Table:
        """Target and share of traffic of every day of every campaign."""
        return self.table("curve")

    @property
    def products(self) -> Table:
        """Stages of product lines, with the growth they rest on."""
        return self.table("products")

    @property
    def markets(self) -> Table:
        """Markets, largest first, as core or emerging."""
        return self.table("markets")

    @property
    def stock(self) -> Table:
        """What every campaign needs, of all goods and of each, and when it is locked."""
        return self.table("stock")

    @property
    def budget(self) -> Table:
        """Lines that add up to the budget, contingency first."""
        return self.table("budget")

    @property
    def budget_items(self) -> Table:
        """What is inside each campaign's line: traffic by channel, materials, subsidy."""
        return self.table("budget_items")

    @property
    def actions(self) -> Table:
        """What is to be done in each phase of every campaign, and what its feedback asks."""
        return self.table("actions")

    @property
    def mechanisms(self) -> Table:
        """Mechanisms recommended for every campaign, the best first."""
        return self.table("mechanisms")

    @property
    def matrix(self) -> Table:
        """Customers by segment and campaign: reach, conversion, benefit."""
        return self.table("matrix")

    @property
    def metrics(self) -> Table:
        return self.table("metrics")

    @property
    def days(self) -> Table:
        """What each day of the year weighs, its kind, its windows and its target."""
        return self.table("days")

    def expand_targets(
        self, grain: Literal["day", "week"] = "day", *, n_threads: int = -1, progress: Progress = False
    ) -> Table:
        """Every finest target on every day of its period, or by week: the cube, from the plan alone."""
        return Table(_core.plan_expand_targets(self._handle, {"grain": grain}, runtime(n_threads, progress)))

    @property
    def notes(self) -> Table:
        """What the plan rests on, and what to look at."""
        return self.table("notes")

    @property
    def skipped(self) -> Table:
        """The first rows of the history that were not used; empty after :meth:`load`."""
        return self.table("skipped")

    def diff(
        self,
        after: Plan,
        orders: Any = None,
        *,
        calendar: Calendar | None = None,
        drivers: Any = None,
        bottom_up: Any = None,
        daily: Any = None,
        currency: str | None = None,
        amount_unit: Unit | None = None,
        rounding: Rounding | None = None,
        language: Language | None = None,
        n_threads: int = -1,
        progress: Progress = False,
    ) -> Comparison:
        """What moved from this plan to another one.

        With what this plan was made from (``orders``, ``calendar`` …, as for :func:`plan`) the changes of
        the request are made one after another, so that every movement has its cause; without, each change names all
        that may have moved it.
        """
        terms = request_terms(_core.plan_columns(self._handle), currency, amount_unit, rounding)
        inputs = _inputs(terms, orders, calendar, drivers, bottom_up, daily)
        is_given = any(made is not None for made in (orders, calendar, drivers, bottom_up, daily))
        tables = inputs.handles if is_given else None
        found = _core.plan_diff(self._handle, after._handle, language, tables, runtime(n_threads, progress))
        return Comparison(found["is_traced"], Table(found["changes"]), Table(found["causes"]))

    def explain(self, table: str, row: str | int, *, language: Language | None = None) -> Table:
        """Why a row is as it is: ``plan.explain("targets", "2027-02")``, ``plan.explain("campaigns", "d618")``.

        One record after another, each with a code, its numbers and a sentence, down to the request and the history.
        """
        return Table(_core.plan_explain(self._handle, table, str(row), language))

    def plot(self, figure: Figure | None = None) -> Figure:
        """The year as a picture: campaigns with their phases over the daily target; needs matplotlib."""
        from ._plot import plot_plan

        return plot_plan(self, figure)

    def __repr__(self) -> str:
        return f"<campaign.Plan {len(self.targets)} targets, {len(self.campaigns)} campaigns>"

    def _repr_html_(self) -> str:
        return self.campaigns._repr_html_()


@dataclass(frozen=True, slots=True)
class _Inputs:
    """Handles of what a plan is made from, and the objects that keep them alive."""

    handles: dict[str, Any]
    kept: list[Any]


def _inputs(
    terms: Terms, orders: Any, calendar: Calendar | None, drivers: Any = None, bottom_up: Any = None, daily: Any = None
) -> _Inputs:
    made = _Inputs({"calendar": handle_of("calendar", calendar, "Calendar")}, [calendar])
    if orders is not None:
        lines = engine_table(orders, {terms.names["date"]}, [terms.names["amount"]], terms.money)
        made.handles["orders"] = lines._handle
        made.kept.append(lines)
    if drivers is not None:
        numbers = engine_table(drivers, {"date"}, [], MoneyWords(None, None, None))
        made.handles["drivers"] = numbers._handle
        made.kept.append(numbers)
    if bottom_up is not None:
        entries = engine_table(bottom_up, {"date"}, ["amount"], terms.money)
        made.handles["bottom_up"] = entries._handle
        made.kept.append(entries)
    if daily is not None:
        figures = engine_table(daily, {"date"}, [], MoneyWords(None, None, None))
        made.handles["daily"] = figures._handle
        made.kept.append(figures)
    return made


def plan(
    request: Document,
    orders: Any = None,
    *,
    calendar: Calendar | None = None,
    drivers: Any = None,
    bottom_up: Any = None,
    daily: Any = None,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    n_threads: int = -1,
    progress: Progress = False,
) -> Plan:
    """Makes a plan from a request (a mapping, JSON text, or a ``pathlib.Path``) and the history of orders.

    Names of columns are those of the request's ``data.columns``. A plain number as amount needs ``amount_unit`` and,
    for floats, ``rounding``, here or in the request's ``data``; ``currency`` is the request's where it is not given.
    ``drivers`` holds numbers by product_line, market, channel, tier, rep or date that levels of the split share by.
    ``bottom_up`` holds entries from below (period or date, dimensions, amount), to stand beside the targets; ``daily``
    holds date, visits and orders, for what conversion the last three months had.
    """
    text = document_text(request)
    terms = request_terms(_core.plan_request_columns(text), currency, amount_unit, rounding)
    inputs = _inputs(terms, orders, calendar, drivers, bottom_up, daily)
    return Plan(_core.plan_create(text, inputs.handles, runtime(n_threads, progress)))


def sub_goals(metrics: Any, change: float) -> Table:
    """What each factor of a product must become for the whole to change by ``change`` (0.5 is 50 % more).

    ``metrics`` has metric, baseline and, where there are any, change (given, None where free), minimum and maximum.
    Free factors change least: all alike, within their bounds.
    """
    return Table(_core.plan_sub_goals(table(metrics)._handle, {"change": change}))


def plan_request(year: int, currency: str = "CNY", *, language: Language = "en") -> dict[str, Any]:
    """A minimal request for a year, every policy at its default: fill in the target."""
    request: dict[str, Any] = json.loads(_core.plan_request_new(year, currency, language))
    return request


def schema(kind: str, *, language: Language = "en") -> dict[str, Any]:
    """JSON Schema of a document kind: plan_request, plan, calendar_overlay, nodes, segments, task_templates …"""
    found: dict[str, Any] = json.loads(_core.plan_schema(kind, language))
    return found


def document_kind(document: Document) -> str:
    """Which kind a document is, by its own ``"schema"``: one of those that :func:`schema` knows."""
    return _core.plan_document_kind(document_text(document))
