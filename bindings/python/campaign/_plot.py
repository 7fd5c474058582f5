"""Pictures of results, by matplotlib where it is installed. Labels are those of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

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


# A collection of fonts is known by its first: that of Noto is Japanese, and holds all the characters.
_FONTS = (
    *("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei", "PingFang SC", "SimHei"),
    *("Hiragino Sans GB", "Heiti TC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "SimSun"),
)
_PHASES = {"preheat": "#f4c98b", "burst": "#d1495b", "closing": "#8fb8a8", "feedback": "#c9c9d4"}
_DIMENSIONS = ("product_line", "market", "channel", "tier", "rep")


def _figure(figure: Figure | None, height: float) -> Any:
    """The caller's figure, or a new and empty one. Matplotlib's own types come and go, so it is of any.

    To be made outside of any ``rc_context``: the first figure of a notebook makes it show figures, which the context
    would undo.
    """
    if figure is not None:
        return figure
    made = _axes(None, height).figure
    made.clear()
    return made


def _fonts() -> Any:
    """Fonts that have Chinese characters, where there are any, before the usual ones.

    By their own names: "sans-serif" would be looked up when the picture is drawn, which is outside of the context.
    """
    import matplotlib
    from matplotlib import font_manager

    settings: Any = matplotlib.rcParams
    known = {font.name for font in font_manager.fontManager.ttflist}
    usual = [name for family in settings["font.family"] for name in settings.get(f"font.{family}", [family])]
    fonts = [name for name in dict.fromkeys([*_FONTS, *usual]) if name in known]
    return {"font.family": fonts or settings["font.family"]}


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
    import matplotlib.dates

    dates: Any = matplotlib.dates
    campaigns = plan.campaigns.rows()
    drawn = _figure(figure, height=2.4 + 0.28 * len(campaigns))
    with matplotlib.rc_context(_fonts()):
        gantt, curve = drawn.subplots(2, 1, sharex=True, height_ratios=[max(len(campaigns), 4), 6])
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
    return cast("Figure", drawn)


def plot_evaluation(attainment: Table, axes: Axes | None) -> Axes:
    """Target to date and actual of each month that has begun."""
    axes = _axes(axes)
    months = [row for row in _months(attainment) if row["metric"] == "sales" and row["actual"] is not None]
    places = range(len(months))
    axes.bar([i - 0.2 for i in places], [row["target_to_date"] for row in months], width=0.4, label="target to date")
    axes.bar([i + 0.2 for i in places], [row["actual"] for row in months], width=0.4, label="actual")
    axes.set_xticks(list(places), [row["period"] for row in months])
    axes.set_ylabel(f"sales ({attainment.types['actual'][6:-1]})")
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


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SEASONS = {"peak": "#d1495b", "shoulder": "#c9c9d4", "off": "#8fb8a8"}
_PERIODS = ("quarter", "month", "iso_week", "fiscal_week")


def _season_colors(seasons: Table, n_periods: int) -> list[str]:
    """Colour of each period by the season that it lies in."""
    colors = [_SEASONS["shoulder"]] * n_periods
    for row in seasons.rows():
        place = row["first"] - 1
        while True:
            colors[place] = _SEASONS[row["season"]]
            if place == row["last"] - 1:
                break
            place = (place + 1) % n_periods
    return colors


def _index_bars(axes: Axes, rows: list[dict[str, Any]], labels: list[str], colors: list[str] | str) -> None:
    """Indexes as bars from 0, with the range over the years, beside the line of the mean."""
    values = [row["index"] for row in rows]
    lows = [value - (row["low"] if row["low"] is not None else value) for value, row in zip(values, rows, strict=True)]
    highs = [
        (row["high"] if row["high"] is not None else value) - value for value, row in zip(values, rows, strict=True)
    ]
    ranges = [[max(gap, 0) for gap in lows], [max(gap, 0) for gap in highs]]
    axes.bar(range(len(rows)), values, color=colors, yerr=ranges, ecolor="#555555", capsize=2)
    axes.set_xticks(range(len(rows)), labels)
    axes.axhline(1, color="black", linewidth=0.8)


def plot_seasonality(profile: Table, seasons: Table, figure: Figure | None) -> Figure:
    """The season in the colours of peak and off season; weekdays, kinds of day and windows below."""
    import matplotlib

    rows = profile.rows()
    parts = {name: [row for row in rows if row["dimension"] == name] for name in {row["dimension"] for row in rows}}
    drawn = _figure(figure, height=6)
    with matplotlib.rc_context(_fonts()):
        grid = drawn.add_gridspec(2, 2)
        above, left, right = (drawn.add_subplot(place) for place in (grid[0, :], grid[1, 0], grid[1, 1]))
        carriers = [d for d in _PERIODS if any(row["factor"] is not None for row in parts.get(d, []))]
        period = carriers[0] if carriers else next((d for d in _PERIODS[::-1] if d in parts), None)
        if period:
            shown = [row for row in parts[period] if row["key"] != "53"]
            step = 4 if len(shown) == 52 else 1
            labels = [row["key"] if i % step == 0 else "" for i, row in enumerate(shown)]
            _index_bars(above, shown, labels, _season_colors(seasons, len(shown)))
            above.set_xlabel(period)
            above.legend(
                handles=[matplotlib.patches.Patch(color=color, label=name) for name, color in _SEASONS.items()],
                ncols=len(_SEASONS),
                frameon=False,
                fontsize="small",
            )
        above.set_ylabel("index")
        _index_bars(left, parts.get("weekday", []), list(_WEEKDAYS[: len(parts.get("weekday", []))]), "#7d9cc0")
        others = parts.get("day_kind", []) + parts.get("window", [])
        _index_bars(right, others, [row["key"] for row in others], "#7d9cc0")
        right.tick_params(axis="x", rotation=35)
        left.set_ylabel("index")
    return cast("Figure", drawn)


def plot_stock(allocation: Table, axes: Axes | None) -> Axes:
    """Expected sales and, on top, what is expected to be missed, of each store over all skus."""
    import matplotlib

    served: dict[str, float] = {}
    missed: dict[str, float] = {}
    for row in allocation.rows():
        store = str(row["store"])
        served[store] = served.get(store, 0.0) + row["expected_sales"]
        missed[store] = missed.get(store, 0.0) + row["expected_lost"]
    axes = _axes(axes)
    with matplotlib.rc_context(_fonts()):
        axes.bar(list(served), list(served.values()), color="#7d9cc0", label="expected sales")
        axes.bar(
            list(missed), list(missed.values()), bottom=list(served.values()), color="#d1495b", label="expected lost"
        )
        fonts = matplotlib.rcParams["font.family"]  # the axes are older than the context
        axes.set_xticks(range(len(served)), list(served), rotation=35, ha="right", fontfamily=fonts)
        axes.set_ylabel("pieces")
        axes.legend(frameon=False)
    return axes
