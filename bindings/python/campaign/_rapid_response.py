"""The answer to a sudden market event: windows, quotas, contacts, check lists and filled forms."""

from __future__ import annotations

import decimal
import json
from dataclasses import dataclass
from typing import Any, Literal

from . import _core
from ._calendar import Calendar
from ._inputs import Document, MoneyWords, Progress, document_text, engine_table, handle_of, runtime
from ._money import currency_exponent
from ._table import Table
from ._types import Language, Rounding, Unit

_DAYS = {"last_interaction", "last_enquiry", "last_order", "date"}
_AMOUNTS: dict[str, tuple[str, ...]] = {
    "customers": (),
    "reps": (),
    "history": ("amount",),
    "regions": ("sales_task",),
}
_TABLES = (
    "windows",
    "quotas",
    "feasibility",
    "customers",
    "contacts",
    "loads",
    "resources",
    "tasks",
    "form_response_plan",
    "form_task_split",
    "notes",
)


@dataclass(frozen=True, slots=True)
class RapidResponse:
    """What is to be done within days, by whom, and the forms that say so."""

    windows: Table
    """Kick-off, screening, plan, first contact, execution and review with their days."""
    quotas: Table
    """Customers, deals and sales of the whole, and of its regions, customer levels and reps."""
    feasibility: Table
    """Goals against what similar campaigns converted, and the customers that they would need."""
    customers: Table
    """Customers by class S, B, C and rank, each with its reason."""
    contacts: Table
    """Who contacts whom, on which day and how."""
    loads: Table
    """How full each rep's days are."""
    resources: Table
    """What must be at hand, by when, and what happens where it is not."""
    tasks: Table
    """The response as tasks, for schedules and calendars."""
    form_response_plan: Table
    """Form 1, the response plan, in one row."""
    form_task_split: Table
    """Form 2, the task split, a row per region."""
    notes: Table
    verdict: Literal["unfounded", "stretch", "feasible"]
    """How the goal of the whole stands against history."""
    is_provisional: bool
    """A date lies in a year whose holidays are not announced."""
    leads: int
    """Target customers."""
    expected_deals: float
    """Deals as expected value."""
    deals: int
    """Whole deals."""
    sales_task: decimal.Decimal | None
    """Sales to reach; None where nothing says how much."""
    n_customers: int
    n_within: int
    """Customers whose contacts all lie in the window."""
    n_beyond: int
    """Customers whose turn comes later."""
    n_unreached: int
    """Customers without a rep who can contact them."""
    n_merged: int
    """Rows that told of a customer again."""

    def _repr_html_(self) -> str:
        return self.form_task_split._repr_html_()


def _currency(text: str) -> str:
    """The request's currency; a request that cannot be read is left for the library to refuse."""
    try:
        request = json.loads(text)
    except ValueError:
        return "CNY"
    found = request.get("currency", "CNY") if isinstance(request, dict) else "CNY"
    return found if isinstance(found, str) else "CNY"


def rapid_response(
    request: Document,
    *,
    customers: Any = None,
    history: Any = None,
    reps: Any = None,
    regions: Any = None,
    calendar: Calendar | None = None,
    customer: str | None = None,
    rep: str | None = None,
    region: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    language: Language | None = None,
    n_threads: int = -1,
    progress: Progress = False,
) -> RapidResponse:
    """Plans the answer to a new product, a fair, a thank-you event or a competitor's attack within one call.

    ``request`` is a "campaign/rapid_response/1" document; the columns of the tables stand in docs/rapid-response.md.
    ``customers`` is the list to work through, ``reps`` who does, ``history`` what similar campaigns brought,
    ``regions`` goes beside those of the request. ``customer``, ``rep`` and ``region`` name columns that are called
    otherwise. Amounts are in the request's currency.
    """
    text = document_text(request)
    currency = _currency(text)
    words = MoneyWords(currency, amount_unit, rounding, is_implied=True)
    given = {"customers": customers, "reps": reps, "history": history, "regions": regions}
    tables = {
        name: engine_table(data, _DAYS, _AMOUNTS[name], words) for name, data in given.items() if data is not None
    }
    inputs: dict[str, Any] = {name: made._handle for name, made in tables.items()}
    if calendar is not None:
        inputs["calendar"] = handle_of("calendar", calendar, "Calendar")
    options = {"language": language, "customer": customer, "rep": rep, "region": region}
    found = _core.plan_rapid_response(text, inputs, options, runtime(n_threads, progress))
    sales = decimal.Decimal(found["sales_minor"]).scaleb(-currency_exponent(currency)) if found["has_sales"] else None
    answers: dict[str, Any] = {name: Table(found[name]) for name in _TABLES}
    return RapidResponse(
        **answers,
        **{name: found[name] for name in ("verdict", "is_provisional", "leads", "expected_deals", "deals")},
        **{name: found[name] for name in ("n_customers", "n_within", "n_beyond", "n_unreached", "n_merged")},
        sales_task=sales,
    )
