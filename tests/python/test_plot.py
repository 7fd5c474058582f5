"""Pictures show what the tables say."""

import datetime
import warnings

import pytest

import campaign

matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed (./dev test installs it)")
matplotlib.use("Agg")


@pytest.fixture
def plan(year_of_orders) -> campaign.Plan:
    request = {**campaign.plan_request(2027), "target": {"amount": "780000.00"}}
    return campaign.plan(request, year_of_orders, amount_unit="major")


def test_a_plan_shows_its_campaigns_over_the_target_of_each_day(plan):
    gantt, curve = plan.plot().axes
    assert [label.get_text() for label in gantt.get_yticklabels()] == plan.campaigns["name"]
    assert len(gantt.patches) == len(plan.phases)
    days = [row for row in plan.targets.rows(money="float") if row["level"] == "day"]
    shown = curve.lines[0].get_ydata()
    assert list(shown[:-1]) == [row["target"] for row in days]
    assert "CNY" in curve.get_ylabel()


def test_a_plan_without_days_and_campaigns_is_a_picture_too():
    request = {**campaign.plan_request(2027), "target": {"amount": "120.00"}, "split": ["quarter"]}
    request["campaigns"] = {"tiers": []}
    figure = matplotlib.pyplot.figure()
    assert campaign.plan(request).plot(figure) is figure
    assert len(figure.axes[1].lines[0].get_ydata()) == 5


def test_an_evaluation_shows_the_months_that_have_begun(plan):
    sales = {"date": [datetime.date(2027, 1, 31), datetime.date(2027, 2, 28)], "amount": ["9000.00", "8000.00"]}
    axes = campaign.evaluate(plan, sales).plot()
    assert [bar.get_height() for bar in axes.containers[1]] == [9000.0, 8000.0]
    assert [bar.get_height() for bar in axes.containers[0]] == [10000.0, 20000.0]


def test_tiers_show_their_scores():
    orders = {"customer": ["a", "b", "b"], "date": ["2026-01-01", "2026-02-01", "2026-03-01"], "amount": ["1"] * 3}
    result = campaign.tier_rfm(orders, currency="CNY")
    axes = result.plot(matplotlib.pyplot.subplots()[1])
    assert axes.images[0].get_array().sum() == 2


def test_a_profile_shows_its_season_and_weekdays():
    days = [datetime.date(2023, 1, 1) + datetime.timedelta(n) for n in range(1096)]
    sales = {"date": days, "amount": [150.0 if day.month in (12, 1) else 100.0 for day in days]}
    result = campaign.forecast_seasonality(sales, calendar=campaign.Calendar(""))
    above, left, right = result.plot().axes
    index = [row["index"] for row in result.profile.rows() if row["dimension"] == "month"]
    assert [bar.get_height() for bar in above.patches] == index
    colors = [bar.get_facecolor() for bar in above.patches]
    assert colors[0] == colors[11] != colors[5]  # the peak passes the year's end
    assert len(left.patches) == 7
    assert [label.get_text() for label in right.get_xticklabels()][:2] == ["working", "weekend"]
    empty = campaign.forecast_seasonality(campaign.table(sales).slice(0, 0))
    assert len(empty.plot(matplotlib.pyplot.figure()).axes) == 3


def test_an_empty_result_is_a_picture_too():
    nothing = campaign.parse_csv("customer,date,amount\n", columns={"date": "date", "amount": "money[CNY]"})
    assert campaign.tier_rfm(nothing).plot().images[0].get_array().sum() == 0


def test_chinese_names_are_drawn(tmp_path):
    """Also when the figure is drawn long after it was made, by the fonts of that time."""
    from matplotlib import font_manager

    from campaign import _plot

    if not {font.name for font in font_manager.fontManager.ttflist} & set(_plot._FONTS):
        pytest.skip("no font of this machine has Chinese characters")
    items = {"item": ["微信", "短信"], "curve": ["log", "log"], "scale": [10.0, 20.0], "location": [5.0, 5.0]}
    demand = {"sku": ["茶", "茶"], "store": ["一店", "二店"], "mean": [4, 5]}
    stock = campaign.allocate.stock(demand, {"sku": ["茶"], "stock": [7]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a character that no font has is a warning
        campaign.allocate.budget(items, budget=100).plot().savefig(tmp_path / "budget.png")
        stock.plot().figure.savefig(tmp_path / "stock.png")
