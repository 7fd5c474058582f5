"""Pictures of fitted response curves, by matplotlib where it is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ._plot import _figure, _fonts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ._response import ResponseFit

_CURVE, _POINTS, _EDGE = "#d1495b", "#5b7fa6", "#9a9aa8"


def _title(row: dict[str, Any]) -> str:
    if not row["is_identified"]:
        return f"{row['item']}: {row['status']}"
    carried = f", adstock {row['adstock']:.2f}" if row["adstock"] else ""
    return f"{row['item']}: {row['curve']}{carried}, R² {row['r2']:.2f}"


def _draw(axes: Axes, row: dict[str, Any], points: list[dict[str, Any]], line: list[dict[str, Any]]) -> None:
    """The results over the carried spend, and over them baseline and curve with its band."""
    axes.set_title(_title(row), fontsize="medium")
    axes.grid(alpha=0.3)
    known = [point for point in points if point["result"] is not None]
    if not row["is_identified"]:
        axes.scatter([p["spend"] for p in known], [p["result"] for p in known], s=14, color=_EDGE, linewidth=0)
        return
    # What time alone explains is taken off, so that points scatter about the curve.
    level = row["intercept"]
    results = [point["response"] + point["residual"] + level for point in known]
    axes.scatter([p["carried"] for p in known], results, s=14, color=_POINTS, alpha=0.7, linewidth=0, label="periods")
    spends = [point["spend"] for point in line]
    lows, highs = [level + point["low"] for point in line], [level + point["high"] for point in line]
    axes.fill_between(spends, lows, highs, color=_CURVE, alpha=0.2, linewidth=0, label="confidence")
    seen = [point for point in line if point["spend"] <= row["spend_max"] * 1.000001]
    beyond = line[len(seen) - 1 :]
    axes.plot([p["spend"] for p in seen], [level + p["response"] for p in seen], color=_CURVE, label="curve")
    axes.plot([p["spend"] for p in beyond], [level + p["response"] for p in beyond], color=_CURVE, linestyle="--")
    axes.axvline(row["spend_max"], color=_EDGE, linewidth=0.8, linestyle=":", label="largest spend")
    bottom = min(level, *lows, *results)
    top = max(*results, *(level + point["response"] for point in line))
    axes.set_ylim(bottom - 0.06 * (top - bottom), top + 0.1 * (top - bottom))
    axes.set_xlim(left=0)


def plot_response(fit: ResponseFit, figure: Figure | None) -> Figure:
    """One picture an item, two in a row; beyond the largest spend of the history the curve is dashed."""
    import matplotlib

    rows = fit.curves.rows()
    n_columns = min(len(rows), 2) or 1
    n_lines = max((len(rows) + n_columns - 1) // n_columns, 1)
    fitted, lines = fit.fitted.rows(money="float"), fit.lines.rows()
    drawn = _figure(figure, height=3.6 * n_lines)
    with matplotlib.rc_context(_fonts()):
        grid = drawn.subplots(n_lines, n_columns, squeeze=False)
        for place, axes in enumerate(grid.flat):
            if place >= len(rows):
                axes.set_axis_off()
                continue
            row = rows[place]
            mine = [[point for point in table if point["item"] == row["item"]] for table in (fitted, lines)]
            _draw(axes, row, *mine)
            axes.set_xlabel("spend with carry-over" if row["is_identified"] else "spend")
            if place % n_columns == 0:
                axes.set_ylabel("result")
        if any(row["is_identified"] for row in rows):
            first = next(place for place, row in enumerate(rows) if row["is_identified"])
            grid.flat[first].legend(frameon=False, fontsize="small", loc="lower right")
    return cast("Figure", drawn)
