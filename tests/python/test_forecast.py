"""Seasons and day weights from Python."""

import datetime
import lzma
import math
import os
import pathlib

import pytest

import campaign

SHARED = pathlib.Path(os.environ.get("CAMPAIGN_SHARED", "../shared"))
QUARTERS = {2023: [120, 180, 150, 270], 2024: [132, 198, 162, 308], 2025: [150, 210, 174, 336]}


def quarterly(**names: str) -> dict:
    cells = [(year, q, value) for year, row in QUARTERS.items() for q, value in enumerate(row)]
    return {
        names.get("date", "date"): [f"{year}-{q * 3 + 1:02}-01" for year, q, _ in cells],
        names.get("amount", "amount"): [value for _, _, value in cells],
    }


def column_of(profile: campaign.Table, dimension: str, column: str) -> dict:
    return {row["key"]: row[column] for row in profile.rows() if row["dimension"] == dimension}


def test_quarters_are_the_mean_of_their_yearly_ratios():
    result = campaign.forecast_seasonality(quarterly())
    index = column_of(result.profile, "quarter", "index")
    assert [round(index[str(q)], 6) for q in range(1, 5)] == [0.672107, 0.985172, 0.814444, 1.528276]
    assert (result.grain, result.n_years, result.shrinkage) == ("quarter", 3, 1.0)
    assert (result.first_day, result.end_day) == (datetime.date(2023, 1, 1), datetime.date(2026, 1, 1))
    parts = campaign.split(1000, [round(index[str(q)] * 10**12) for q in range(1, 5)]).parts
    assert list(parts) == [168, 246, 204, 382]


def test_columns_are_mapped_and_money_is_money():
    sales = quarterly(date="日期", amount="销售额")
    result = campaign.forecast_seasonality(
        sales, date="日期", amount="销售额", currency="CNY", amount_unit="major", language="zh"
    )
    assert result.treated.types["value"] == "money[CNY]"
    peak = next(row for row in result.seasons.rows() if row["season"] == "peak")
    assert (peak["first"], peak["last"], peak["years_held"]) == (4, 4, 3)
    assert "3 年中有 3 年" in peak["reason"]


def test_years_may_be_named_or_weighed():
    only = campaign.forecast_seasonality(quarterly(), years=[2025], shrink="never")
    assert column_of(only.profile, "quarter", "index")["1"] == pytest.approx(150 / 217.5)
    mixed = campaign.forecast_seasonality(quarterly(), years={2024: 1, 2025: 3}, shrink="never")
    assert column_of(mixed.profile, "quarter", "index")["1"] == pytest.approx((132 / 200 + 3 * 150 / 217.5) / 4)
    with pytest.raises(ValueError, match="years is empty"):
        campaign.forecast_seasonality(quarterly(), years=[])


def test_windows_are_measured_or_declared():
    days = [datetime.date(2023, 1, 1) + datetime.timedelta(n) for n in range(1096)]
    sales = {"date": days, "amount": [500.0 if (d.month, d.day) == (11, 11) else 100.0 for d in days]}
    windows = [
        {"node": "d1111", "first": 0, "last": 0, "name": "双11"},
        {"node": "d618", "first": -2, "last": 0, "weight": 3.5},
    ]
    result = campaign.forecast_seasonality(sales, windows=windows)
    index = column_of(result.profile, "window", "index")
    assert index["双11"] == pytest.approx(5, rel=0.01)  # the declared weight of another window is not what it sold
    assert index["d618 -2..0"] == 3.5
    weights = {row["date"]: row for row in result.day_weights("2026-11-10", "2026-11-13").rows()}
    assert weights[datetime.date(2026, 11, 11)]["window"] == "双11"
    assert weights[datetime.date(2026, 11, 11)]["window_index"] == index["双11"]
    assert weights[datetime.date(2026, 11, 12)]["window"] is None
    assert set(index) == {"双11", "d618 -2..0", "cny -20..-1", "cny 0..6", "cny 7..20"}
    bare = campaign.forecast_seasonality(sales, omits_windows=True)
    assert not column_of(bare.profile, "window", "index")


def test_january_and_february_split_by_a_written_profile():
    profile = {
        "dimension": ["window", "window"],
        "key": ["before", "during"],
        "index": [2.2, 0.8],
        "node": ["cny", "cny"],
        "first": [-20, 0],
        "last": [-1, 6],
    }
    rows = campaign.forecast_day_weights(profile, "2026-01-01", "2026-03-01").rows()
    assert sum(row["units"] for row in rows if row["date"].month == 1) == 35_800_000_000_000
    assert sum(row["units"] for row in rows if row["date"].month == 2) == 45_800_000_000_000


def test_a_calendar_of_ones_own_decides_kinds_of_day():
    profile = {"dimension": ["day_kind"], "key": ["statutory"], "index": [2.0]}
    bare = campaign.forecast_day_weights(profile, "2026-10-01", "2026-10-02", calendar=campaign.Calendar(""))
    china = campaign.forecast_day_weights(profile, "2026-10-01", "2026-10-02")
    assert (bare["weight"], china["weight"]) == ([1.0], [2.0])


def test_rows_shuffled_give_the_same_profile():
    days = [datetime.date(2024, 1, 1) + datetime.timedelta(n % 800) for n in range(5000)]
    amounts = [math.fmod(n * 7919, 1000) / 7 for n in range(5000)]
    given = campaign.forecast_seasonality({"date": days, "amount": amounts}).profile.to_dict()
    turned = campaign.forecast_seasonality({"date": days[::-1], "amount": amounts[::-1]}).profile.to_dict()
    assert given == turned


def test_errors_name_the_place():
    with pytest.raises(campaign.InputError) as caught:
        campaign.forecast_seasonality(quarterly(), windows=[{"node": "cnny"}])
    assert (caught.value.code, caught.value.where) == ("CAMPAIGN_E_UNKNOWN", "options.windows")
    with pytest.raises(campaign.InputError) as caught:
        campaign.forecast_seasonality({"date": ["2026-01-01"], "amount": [None]})
    assert caught.value.code in ("CAMPAIGN_E_COLUMN", "CAMPAIGN_E_MISSING")
    with pytest.raises(TypeError):
        campaign.forecast_seasonality(quarterly(), windows=[{"nod": "cny"}])


def test_no_sales_are_no_error():
    empty = campaign.table({"date": [datetime.date(2026, 1, 1)], "amount": [1.0]}).slice(0, 0)
    result = campaign.forecast_seasonality(empty)
    assert (len(result.profile), result.first_day) == (0, None)


def test_shrinking_helps_on_the_m3_months():
    """Indexes from two years against the next year's ratios: shrunk ones are nearer, on all monthly series of M3."""
    path = SHARED / "data/m3/M3.csv.xz"
    if not path.exists():
        pytest.skip(f"{path} is not here (outside truth, not part of a checkout)")
    import csv

    calendar = campaign.Calendar("")
    squares = {"never": 0.0, "always": 0.0}
    with lzma.open(path, "rt") as file:
        series = [row for row in csv.DictReader(file) if row["period"].upper().startswith("MONTH")]
    for row in series[::10]:
        values = [float(x) for x in (row["x"] + " " + row["xx"]).split()][-36:]
        truth = [12 * value / sum(values[24:]) for value in values[24:]]
        dates = [datetime.date(2021 + n // 12, n % 12 + 1, 1) for n in range(24)]
        for shrink in squares:
            result = campaign.forecast_seasonality(
                {"date": dates, "amount": values[:24]}, calendar=calendar, shrink=shrink
            )
            index = column_of(result.profile, "month", "index")
            squares[shrink] += sum((index[str(m + 1)] - truth[m]) ** 2 for m in range(12))
    assert squares["always"] < 0.9 * squares["never"]
