"""Pictures of results, by matplotlib where it is installed. Labels are those of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._table import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ._plan import Plan


def _axes(axes: Axes | None, height: float = 4) -> Axes:
    if axes is not None:
        return axes
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ImportError("plot() needs matplotlib: pip install campaign[plot]") from None
    return pyplot.subplots(figsize=(11, height), layout="constrained")[1]


_FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei", "WenQuanYi Zen Hei")
_PHASES = {"preheat": "#f4c98b", "burst": "#d1495b", "closing": "#8fb8a8", "feedback": "#c9c9d4"}
_DIMENSIONS = ("product_line", "market", "channel", "tier", "rep")


def _fonts() -> dict[str, Any]:
    """Fonts that have Chinese characters, where there are any, before the usual ones."""
    import matplotlib
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    usual = list(matplotlib.rcParams["font.sans-serif"])
    return {"font.family": "sans-serif", "font.sans-serif": [font for font in _FONTS if font in known] + usual}


def _whole(targets: Table, level: str) -> list[dict[str, Any]]:
    """Rows of one period level over all product lines, markets …"""
    rows = targets.rows(money="float")
    return [row for row in rows if row["level"] == level and not any(row.get(name) for name in _DIMENSIONS)]


def _months(targets: Table) -> list[dict[str, Any]]:
    return _whole(targets, "month")


def _daily(targets: Table) -> tuple[list[Any], list[float]]:
    """The target of a day, through the year, from the finest whole periods that the plan has."""
    for level in ("day", "week", "month", "quarter", "year"):
        rows = _whole(targets, level)
        if rows:
            break
    days = [row["start"] for row in rows] + [rows[-1]["end"]]
    values = [row["target"] / (row["end"] - row["start"]).days for row in rows]
    return days, [*values, values[-1]]


def plot_plan(plan: Plan, figure: Figure | None) -> Figure:
    """Campaigns with their phases, one line each, over the target of each day."""
    import matplotlib
    from matplotlib import dates

    campaigns = plan.campaigns.rows()
    with matplotlib.rc_context(_fonts()):
        if figure is None:
            figure = _axes(None, height=2.4 + 0.28 * len(campaigns)).figure
            figure.clear()
        gantt, curve = figure.subplots(2, 1, sharex=True, height_ratios=[max(len(campaigns), 4), 6])
        lines = {row["campaign"]: line for line, row in enumerate(campaigns)}
        for row in plan.phases.rows():
            length = (row["end"] - row["start"]).days
            place = dates.date2num(row["start"])
            gantt.barh(lines[row["campaign"]], length, left=place, height=0.7, color=_PHASES[row["phase"]])
        for row in campaigns:
            gantt.plot(dates.date2num(row["date"]), lines[row["campaign"]], marker="|", color="black", markersize=8)
        gantt.set_yticks(list(lines.values()), [row["name"] for row in campaigns])
        gantt.set_ylim(len(campaigns) - 0.4, -0.6)
        gantt.legend(
            handles=[matplotlib.patches.Patch(color=color, label=phase) for phase, color in _PHASES.items()],
            ncols=len(_PHASES),
            loc="lower right",
            bbox_to_anchor=(1, 1),
            frameon=False,
            fontsize="small",
        )
        gantt.grid(axis="x", alpha=0.3)
        days, values = _daily(plan.targets)
        curve.fill_between(days, values, step="post", alpha=0.35, linewidth=0)
        curve.plot(days, values, drawstyle="steps-post", linewidth=0.9)
        curve.set_ylim(bottom=0)
        curve.set_ylabel(f"target a day ({plan.targets.types['target'][6:-1]})")
        curve.set_xlim(days[0], days[-1])
        curve.xaxis.set_major_locator(dates.MonthLocator())
        curve.xaxis.set_major_formatter(dates.ConciseDateFormatter(dates.MonthLocator()))
        curve.grid(alpha=0.3)
    return figure


def plot_evaluation(attainment: Table, axes: Axes | None) -> Axes:
    """Target to date and actual of each month that has begun."""
    axes = _axes(axes)
    months = [row for row in _months(attainment) if row["metric"] == "sales" and row["actual"] is not None]
    places = range(len(months))
    axes.bar([i - 0.2 for i in places], [row["target_to_date"] for row in months], width=0.4, label="target to date")
    axes.bar([i + 0.2 for i in places], [row["actual"] for row in months], width=0.4, label="actual")
    axes.set_xticks(list(places), [row["period"] for row in months])
    axes.set_ylabel(attainment.types["actual"])
    axes.legend()
    return axes


def plot_rfm(tiers: Table, axes: Axes | None) -> Axes:
    """How many customers have each score of recency and frequency."""
    axes = _axes(axes)
    recency, frequency = tiers["r"], tiers["f"]
    counts = [[0] * max(frequency, default=1) for _ in range(max(recency, default=1))]
    for r, f in zip(recency, frequency, strict=True):
        counts[r - 1][f - 1] += 1
    image = axes.imshow(counts, origin="lower", cmap="Blues", aspect="auto")
    axes.set_xticks(range(len(counts[0])), [str(f + 1) for f in range(len(counts[0]))])
    axes.set_yticks(range(len(counts)), [str(r + 1) for r in range(len(counts))])
    axes.set_xlabel("frequency score")
    axes.set_ylabel("recency score")
    axes.figure.colorbar(image, ax=axes, label="customers")
    return axes
