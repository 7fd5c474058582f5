"""A plan beside a spreadsheet, both judged by two months that neither has seen: October and November 2011 of the UCI
"Online Retail" data.

usage: python uci_holdout.py online_retail.csv[.xz]

Both know the lines up to 30 September 2011, ten months, and set out to sell a tenth more than in the last three. The
spreadsheet gives every month the same, every day of it too, and rounds each country's part by itself. Needs pandas.
"""

from __future__ import annotations

import datetime
import sys
from dataclasses import dataclass

import pandas
from uci_retail import orders_of, read_lines

import campaign

FIRST, END = datetime.date(2011, 10, 1), datetime.date(2011, 12, 1)
CAPACITY = 1.2  # of a day's target: what stock and staff are laid out for
REQUEST = {
    "schema": "campaign/plan_request/1",
    "year": 2011,
    "start_month": 10,
    "currency": "GBP",
    "split": ["month", "market", "week", "day"],
    "data": {"columns": {"market": "country"}},
    "calendar": {"region": "", "node_regions": "GB+INT"},
}


@dataclass(frozen=True)
class Judgement:
    """How one way of planning did in the two months."""

    months: list[float]
    """Target against what was sold, of each month."""
    weekly_error: float
    """Sum of the weeks' deviations as a share of all that was sold."""
    daily_error: float
    lost_pence: int
    days_over_capacity: int


def daily_pence(orders: campaign.Table) -> pandas.Series:
    frame = orders.to_pandas(money="minor")
    return frame.groupby(frame["date"].dt.date)["amount"].sum()


def judge(target: pandas.Series, sold: pandas.Series, lost: int) -> Judgement:
    """Both by day, in pence."""

    def months(of: pandas.Series) -> list[float]:
        return [of[[day for day in of.index if day.month == month]].sum() for month in (10, 11)]

    def error(period: str) -> float:
        weeks = [pandas.Timestamp(day).to_period(period) for day in sold.index]
        return float((target - sold).groupby(weeks).sum().abs().sum() / sold.sum())

    over = int((sold > CAPACITY * target).sum())
    ratios = [float(a / b) for a, b in zip(months(target), months(sold), strict=True)]
    return Judgement(ratios, error("W"), error("D"), lost, over)


def plan_days(history: campaign.Table, pence: int) -> pandas.Series:
    request = {**REQUEST, "target": {"amount": f"{pence // 100}.{pence % 100:02d}"}}
    days = [row for row in campaign.plan(request, history).targets.rows(money="minor") if row["level"] == "day"]
    whole = {row["start"]: row["target"] for row in days if row["market"] is None}
    return pandas.Series({day: minor for day, minor in whole.items() if FIRST <= day < END})


def lost_in_cells(history: campaign.Table, month: float) -> int:
    """Pence that rounding each country's part of a month by itself loses or invents."""
    frame = history.to_pandas(money="minor")
    shares = frame.groupby("country")["amount"].sum().clip(lower=0)
    return abs(int((month * shares / shares.sum()).round().sum()) - round(month))


def run(path: str) -> tuple[Judgement, Judgement]:
    """The plan's judgement, and the spreadsheet's."""
    lines = read_lines(path)
    history = orders_of(lines[lines["date"] < pandas.Timestamp(FIRST)])
    sold = daily_pence(orders_of(lines[lines["date"] >= pandas.Timestamp(FIRST)]))
    calendar = [FIRST + datetime.timedelta(days=i) for i in range((END - FIRST).days)]
    sold = sold.reindex(calendar, fill_value=0)
    before = daily_pence(history)
    month = before[[day for day in before.index if day >= datetime.date(2011, 7, 1)]].sum() / 3 * 1.1
    sheet = pandas.Series({day: month / (31 if day.month == 10 else 30) for day in calendar})
    planned = plan_days(history, round(month * 12))
    return judge(planned, sold, 0), judge(sheet, sold, 2 * lost_in_cells(history, month))


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    plan, sheet = run(sys.argv[1])
    print(f"{'':40} {'plan':>10} {'spreadsheet':>12}")
    for i, name in enumerate(("October", "November")):
        print(f"{name + ', target of what was sold':40} {plan.months[i]:>10.1%} {sheet.months[i]:>12.1%}")
    print(f"{'weeks, error of all sales':40} {plan.weekly_error:>10.1%} {sheet.weekly_error:>12.1%}")
    print(f"{'days, error of all sales':40} {plan.daily_error:>10.1%} {sheet.daily_error:>12.1%}")
    print(f"{'lost or invented by rounding, pence':40} {plan.lost_pence:>10} {sheet.lost_pence:>12}")
    print(
        f"{'days over capacity (120 % of the target)':40} {plan.days_over_capacity:>10} {sheet.days_over_capacity:>12}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
