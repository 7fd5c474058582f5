"""The picture of a budget: curves with spends before and after, all spends, and what one more unit brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ._plot import _figure, _fonts
from ._table import Table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ._allocate_budget import BudgetAllocation

_MOST_CURVES = 8
_MOST_BARS = 30
_N_POINTS = 49
_AFTER, _BEFORE, _CURVE = "#d1495b", "#9aa5b1", "#30638e"


def _column(rows: dict[str, list[Any]], name: str, places: list[int]) -> list[Any]:
    return [rows[name][place] for place in places] if name in rows else [None] * len(places)


def _curves(inputs: dict[str, Table], items: list[Any], ends: list[float]) -> list[tuple[list[float], list[float]]]:
    """Spends and responses along the curves of some items, by the library's own arithmetic: each point is an item of a
    problem whose spends are given."""
    from ._allocate_budget import budget

    rows = inputs["items"].to_dict("float")
    places = [rows["item"].index(item) for item in items]
    n = len(items) * _N_POINTS
    spends = [end * i / (_N_POINTS - 1) for end in ends for i in range(_N_POINTS)]
    costs = [cost or 0 for cost in _column(rows, "opening_cost", places) for _ in range(_N_POINTS)]
    works = [max(spend - cost, 0) for spend, cost in zip(spends, costs, strict=True)]
    points: dict[str, list[Any]] = {"item": list(range(n)), "minimum": works, "maximum": works}
    for name in ("curve", "scale", "location", "shape", "shift", "floor"):
        cells = _column(rows, name, places)
        if any(cell is not None for cell in cells):
            points[name] = [cell for cell in cells for _ in range(_N_POINTS)]
    others: dict[str, dict[str, list[Any]]] = {}
    for table in ("points", "samples"):
        known = inputs[table].to_dict("float") if table in inputs else {"item": []}
        copies = [
            (row, k * _N_POINTS + i)
            for k, item in enumerate(items)
            for row in (place for place, key in enumerate(known["item"]) if key == item)
            for i in range(_N_POINTS)
        ]
        if copies:
            others[table] = {name: [cells[row] for row, _ in copies] for name, cells in known.items()}
            others[table]["item"] = [item for _, item in copies]
    found = budget(points, objective="profit", points=others.get("points"), samples=others.get("samples"))
    responses = found.allocation["response"]
    return [
        (spends[k * _N_POINTS : (k + 1) * _N_POINTS], responses[k * _N_POINTS : (k + 1) * _N_POINTS])
        for k in range(len(items))
    ]


def _draw_curve(panel: Any, row: dict[str, Any], spends: list[float], responses: list[float]) -> None:
    panel.plot(spends, responses, color=_CURVE, linewidth=1.4)
    if row["current"] is not None:
        before = min(range(len(spends)), key=lambda i: abs(spends[i] - row["current"]))
        panel.plot(spends[before], responses[before], "o", color=_BEFORE, markersize=6)
    panel.plot(row["spend"], row["response"], "o", color=_AFTER, markersize=6)
    panel.set_title(str(row["item"]), fontsize="small")
    panel.set_xlim(left=0)
    panel.set_ylim(bottom=min(0, *responses))
    panel.locator_params(nbins=4)
    panel.tick_params(labelsize="x-small")
    panel.grid(alpha=0.3)


def _draw_spends(panel: Any, rows: list[dict[str, Any]], unit: str) -> None:
    places = range(len(rows))
    has_before = any(row["current"] is not None for row in rows)
    width = 0.4 if has_before else 0.7
    if has_before:
        before = [row["current"] or 0 for row in rows]
        panel.bar([i - 0.2 for i in places], before, width=width, color=_BEFORE, label="before")
    after = [i + 0.2 if has_before else i for i in places]
    panel.bar(after, [row["spend"] for row in rows], width=width, color=_AFTER, label="after")
    panel.set_xticks(list(places), [str(row["item"]) for row in rows], rotation=35, ha="right", fontsize="small")
    panel.set_ylabel(f"spend ({unit})" if unit else "spend")
    panel.legend(frameon=False, fontsize="small")
    panel.grid(axis="y", alpha=0.3)


def _draw_marginals(panel: Any, rows: list[dict[str, Any]], multiplier: float | None, unit: str) -> None:
    places = range(len(rows))
    panel.bar(places, [row["marginal"] or 0 for row in rows], width=0.7, color=_CURVE)
    if multiplier:
        panel.axhline(multiplier, color=_AFTER, linewidth=1, label="one more of budget")
        panel.legend(frameon=False, fontsize="small")
    panel.set_xticks(list(places), [str(row["item"]) for row in rows], rotation=35, ha="right", fontsize="small")
    panel.set_ylabel(f"what one more {unit or 'unit'} brings")
    panel.grid(axis="y", alpha=0.3)


def plot_budget(result: BudgetAllocation, inputs: dict[str, Table], figure: Figure | None) -> Figure:
    """Curves of the largest items above, spends and marginals of all below."""
    import matplotlib

    rows = sorted(result.allocation.rows(money="float"), key=lambda row: -max(row["spend"], row["current"] or 0))
    shown, bars = rows[:_MOST_CURVES], rows[:_MOST_BARS]
    most = max((max(row["spend"], row["current"] or 0) for row in rows), default=0) or 1
    ends = [1.6 * (max(row["spend"], row["current"] or 0) or most / 4) for row in shown]
    limits = [row for row in result.limits.rows(money="float") if row["kind"] == "budget"]
    unit = result.allocation.types["spend"][6:-1] if result.allocation.types["spend"] != "float64" else ""
    n_columns = min(4, max(len(shown), 1))
    n_rows = -(-len(shown) // n_columns)
    drawn = _figure(figure, height=3.6 + 2.1 * n_rows)
    with matplotlib.rc_context(_fonts()):
        grid = drawn.add_gridspec(2, 1, height_ratios=[2.1 * max(n_rows, 1), 3.2])
        above = grid[0].subgridspec(max(n_rows, 1), n_columns)
        below = grid[1].subgridspec(1, 2)
        curves = _curves(inputs, [row["item"] for row in shown], ends) if shown else []
        for k, (row, (spends, responses)) in enumerate(zip(shown, curves, strict=True)):
            _draw_curve(drawn.add_subplot(above[k // n_columns, k % n_columns]), row, spends, responses)
        _draw_spends(drawn.add_subplot(below[0]), bars, unit)
        _draw_marginals(drawn.add_subplot(below[1]), bars, limits[0]["multiplier"] if limits else None, unit)
    return cast("Figure", drawn)
