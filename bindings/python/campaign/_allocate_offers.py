"""Offers to customers under shared budgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import _core
from ._inputs import MoneyWords, Progress, engine_table, runtime
from ._table import Table
from ._types import Language, Rounding, Unit

Number = float | int


class OfferPrices:
    """Prices of all shared limits: decides for one more customer at once. May be used from any thread."""

    def __init__(
        self,
        rows: Any,
        offers: Any,
        *,
        limits: Any = None,
        most: int = 0,
        is_exact: bool = False,
        offer: str | None = None,
    ) -> None:
        """From ``rows`` and ``offers`` of a result, or tables with the same columns that were kept."""
        words = MoneyWords(None, None, None)
        made = engine_table(offers, (), (), words)
        rules = None if limits is None else engine_table(limits, (), (), words)._handle
        options = {"most": most, "is_exact": is_exact, "offer": offer}
        kept = engine_table(rows, (), (), words)
        self._handle = _core.offer_prices_create(kept._handle, made._handle, rules, options)
        keys = made[offer or "offer"]
        n = _core.offer_prices_n_offers(self._handle)
        numbers = {_core.offer_prices_find(self._handle, str(key)): key for key in keys}
        self.offers: list[Any] = [numbers[i] for i in range(n)]
        """Keys of the offers, in the order of ``values``."""
        n_costs = _core.offer_prices_n_costs(self._handle)
        self.costs: list[str] = [str(_core.offer_prices_cost(self._handle, i)) for i in range(n_costs)]
        """Names of the costs that budgets count."""
        self.attributes: list[str] = []
        """Attributes of customers that budgets name."""
        while (name := _core.offer_prices_attribute(self._handle, len(self.attributes))) is not None:
            self.attributes.append(name)

    def choose(
        self,
        values: Mapping[Any, Number] | Sequence[Number | None],
        costs: Mapping[Any, Any] | Sequence[Any] | None = None,
        *,
        most: int = 0,
        **attributes: Any,
    ) -> list[Any]:
        """Offers for one customer, best first.

        ``values`` maps offers to values, or has one for each of ``offers`` (None: not for this customer); ``costs``
        likewise, a number, or with several costs a mapping or sequence of them. Money counts in major units.
        Attributes of the customer are named: ``region="north"``.
        """
        unknown = attributes.keys() - set(self.attributes)
        if unknown:
            raise TypeError(f"no budget names {sorted(unknown)[0]}; attributes are {self.attributes}")
        keys = [
            -1 if attributes.get(name) is None else _core.offer_prices_key(self._handle, i, str(attributes[name]))
            for i, name in enumerate(self.attributes)
        ]
        worth = self._by_offer(values)
        flat = [number for cost in self._by_offer(costs) for number in self._cost(cost)] if self.costs else []
        flat = [0.0 if worth[i // len(self.costs)] is None else number for i, number in enumerate(flat)]
        chosen = _core.allocate_choose_offer(self._handle, worth, flat, keys, most)
        return [self.offers[i] for i in chosen]

    def _by_offer(self, given: Any) -> list[Any]:
        if given is None:
            return [None] * len(self.offers)
        if isinstance(given, Mapping):
            unknown = given.keys() - set(self.offers)
            if unknown:
                raise KeyError(f"there is no offer {sorted(map(str, unknown))[0]!r}")
            return [given.get(offer) for offer in self.offers]
        return list(given)

    def _cost(self, cost: Any) -> list[Any]:
        if isinstance(cost, Mapping):
            return [cost.get(name) for name in self.costs]
        if isinstance(cost, Sequence):
            return list(cost)
        return [cost] * len(self.costs)


@dataclass(frozen=True, slots=True)
class Offers:
    """Who gets which offer, and how good that is known to be."""

    choices: Table
    """One row per offer given: customer, offer, share (where fractional), value and costs."""
    rows: Table
    """One row per budget and stock: what is used, and about what one more would bring."""
    offers: Table
    """One row per offer: how often it is given, and what that brings."""
    notes: Table
    prices: OfferPrices
    """Decides for one more customer: ``prices.choose(values, costs, region="north")``."""
    is_optimal: bool
    """No choice brings more."""
    value: float
    bound: float
    """No choice brings more than this."""
    gap: float
    """(bound - value) / abs(bound)."""
    n_customers: int
    n_served: int
    n_choices: int
    n_passes: int
    n_nodes: int

    def _repr_html_(self) -> str:
        return self.rows._repr_html_()


def _cost_names(budgets: Table | None) -> list[str]:
    """Costs that budgets name."""
    if budgets is None or "amount" not in budgets.types:
        return []
    named = budgets["cost"] if "cost" in budgets.types else []
    return sorted({"cost", *(str(name) for name in named if name is not None)})


def _table(data: Any, costs: Sequence[str], words: MoneyWords) -> Table:
    """An input whose costs are money where there is a currency; values too, where they are text or decimals."""
    made = engine_table(data, (), (), MoneyWords(None, None, None))
    if words.currency is None:
        return engine_table(made, (), (), words)
    names = [name for name in made.types if name in costs or any(name.startswith(f"{cost}_") for cost in costs)]
    names += [
        name
        for name, kind in made.types.items()
        if (name == "value" or name.startswith("value_")) and (kind == "utf8" or kind.startswith("money"))
    ]
    return engine_table(made, (), names, words)


def offers(
    pairs: Any,
    *,
    customers: Any = None,
    offers: Any = None,
    budgets: Any = None,
    limits: Any = None,
    most: int = 0,
    is_exact: bool = False,
    max_passes: int = 0,
    gap: float = 0.0,
    node_limit: int = 0,
    is_fractional: bool = False,
    customer: str | None = None,
    offer: str | None = None,
    currency: str | None = None,
    amount_unit: Unit | None = None,
    rounding: Rounding | None = None,
    language: Language = "en",
    n_threads: int = -1,
    progress: Progress = False,
) -> Offers:
    """Gives offers to customers so that the sum of values is as large as budgets, stocks and limits allow.

    ``pairs`` has one row per pair (customer, offer, value, cost) or one row per customer (customer, value_A, cost_A,
    value_B …); the columns of every table stand in docs/allocate-offers.md. Each customer gets at most ``most`` offers
    (1 where 0), exactly as many with ``is_exact``; ``is_fractional`` gives pairs in shares between 0 and 1. Amounts
    and costs become money of ``currency`` where it is given.

    ``pairs`` may be a function that gives the pairs in batches, customers ascending, the same each time it is called:
    they are read again for every pass and never held together.
    """
    words = MoneyWords(currency, amount_unit, rounding)
    rules = None if budgets is None else engine_table(budgets, (), ("amount",), words)
    costs = _cost_names(rules)
    given = {"pairs": None if callable(pairs) else pairs, "customers": customers, "offers": offers, "limits": limits}
    tables = {name: _table(data, costs, words) for name, data in given.items() if data is not None}
    if rules is not None:
        tables["budgets"] = rules
    options = {
        "most": most,
        "is_exact": is_exact,
        "max_passes": max_passes,
        "gap": gap,
        "node_limit": node_limit,
        "is_fractional": is_fractional,
        "customer": customer,
        "offer": offer,
        "language": language,
    }
    handles = {name: made._handle for name, made in tables.items()}
    services = runtime(n_threads, progress)
    if callable(pairs):

        def batches() -> Iterator[Any]:
            return (_table(batch, costs, words)._handle for batch in pairs())

        choices, report = _core.allocate_offers_stream(handles, batches, options, services)
    else:
        choices, report = _core.allocate_offers(handles, options, services)
    rows, totals = Table(report["rows"]), Table(report["offers"])
    prices = OfferPrices(rows, totals, limits=tables.get("limits"), most=most, is_exact=is_exact, offer=offer)
    return Offers(
        choices=Table(choices),
        rows=rows,
        offers=totals,
        notes=Table(report["notes"]),
        prices=prices,
        is_optimal=report["status"] == "optimal",
        value=report["value"],
        bound=report["bound"],
        gap=report["gap"],
        n_customers=report["n_customers"],
        n_served=report["n_served"],
        n_choices=report["n_choices"],
        n_passes=report["n_passes"],
        n_nodes=report["n_nodes"],
    )
