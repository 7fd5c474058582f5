"""Budgets over response curves from Python: money and numbers, groups, samples, mistakes, the picture."""

import decimal
import math

import pytest

import campaign

D = decimal.Decimal

ITEMS = {
    "item": ["search", "sms", "video", "wechat"],
    "curve": ["hill", "power", "s_logistic", "michaelis_menten"],
    "scale": [9000, 40, 12000, 5000],
    "location": [40000, None, 60000, 20000],
    "shape": [1.2, 0.5, 6, None],
    "group": ["paid", "own", "paid", "own"],
    "current": ["50000.00", "10000.00", "20000.00", "20000.00"],
}


def test_money_is_whole_and_adds_up():
    result = campaign.allocate.budget(ITEMS, budget="100000.00", contingency=0.12, currency="CNY")
    spends = result.allocation["spend"]
    assert all(isinstance(spend, D) for spend in spends)
    assert sum(spends) == D("88000.00") == result.spend
    assert (result.unspent, result.contingency) == (D("0.00"), D("12000.00"))
    assert result.is_optimal and result.value <= result.bound and result.gap <= 1e-9
    assert result.allocation["current"][0] == D("50000.00")
    assert {row["group"]: row["spend"] for row in result.groups.rows()}.keys() == {"own", "paid"}
    assert result.limits["text"][0].startswith("1 CNY more of budget would bring ")


def test_shares_of_groups():
    result = campaign.allocate.budget(
        ITEMS, budget=D("100000"), groups={"group": ["own", "paid"], "share": [0.2, 0.8]}, currency="CNY"
    )
    assert [row["spend"] for row in result.groups.rows()] == [D("20000.00"), D("80000.00")]
    assert [row["kind"] for row in result.limits.rows()] == ["budget", "share", "share"]


def test_plain_numbers_and_closed_form():
    items = {"item": [1, 2, 3], "curve": ["power"] * 3, "scale": [1, 2, 3], "shape": [0.5] * 3}
    result = campaign.allocate.budget(items, budget=140)
    assert result.allocation["spend"] == pytest.approx([10, 40, 90])
    assert result.value == pytest.approx(math.sqrt(14 * 140))
    least = campaign.allocate.budget(items, objective="least_spend", target=result.value)
    assert least.spend == pytest.approx(140)
    assert least.unspent is None


def test_samples_and_risk():
    items = {"item": ["a", "b"], "curve": ["power", "power"], "scale": [3, None], "shape": [0.5, 0.5]}
    samples = {"item": ["b"] * 4, "sample": [1, 2, 3, 4], "scale": [1, 3, 5, 7]}
    mean = campaign.allocate.budget(items, samples=samples, budget=25)
    assert mean.allocation["spend"] == pytest.approx([9, 16])
    careful = campaign.allocate.budget(items, samples=samples, budget=25, risk="mean_less_sd", risk_aversion=1)
    assert careful.allocation["spend"][0] > 9.5 and careful.value < careful.response < mean.value
    with pytest.raises(ValueError, match="quantile is 0"):
        campaign.allocate.budget(items, samples=samples, budget=25, risk="quantile", quantile=0)
    worst = campaign.allocate.budget(items, samples=samples, budget=25, risk="quantile", quantile=0.25)
    assert worst.allocation["spend"] == pytest.approx([22.5, 2.5], rel=1e-3)  # 9 : 1
    assert worst.value <= worst.bound


def test_piecewise_pauses_priorities():
    result = campaign.allocate.budget(
        {
            "item": ["a", "b", "c"],
            "curve": ["piecewise", "linear", "linear"],
            "scale": [None, 2, 1],
            "spent": ["0", "30.00", "0"],
            "actual_response": [None, 2, None],
            "cpa_cap": [None, 10, None],
            "priority": [2, 2, 1],
            "maximum": [None, None, "40.00"],
        },
        points={"item": ["a", "a"], "spend": [0, 50], "response": [0, 100]},
        budget="100.00",
        currency="CNY",
        language="zh",
    )
    assert result.allocation["spend"] == [D("30.00"), D("30.00"), D("40.00")]
    assert result.allocation["reason"][1] == "cpa_over_cap"
    assert "已暂停" in result.allocation["text"][1]
    assert "cpa_over_cap" in result.notes["code"]


def test_mistakes_are_told_with_their_place():
    with pytest.raises(campaign.InputError) as caught:
        campaign.allocate.budget({**ITEMS, "curve": ["hill", "power", "no", "log"]}, budget="1", currency="CNY")
    assert (caught.value.code, caught.value.where, caught.value.row) == ("CAMPAIGN_E_UNKNOWN", "items.curve", 2)
    with pytest.raises(campaign.InputError) as caught:
        campaign.allocate.budget({**ITEMS, "minimum": ["60.00"] * 4}, budget="100.00", currency="CNY")
    assert caught.value.code == "CAMPAIGN_E_INFEASIBLE"
    assert "the budget 100.00" in str(caught.value)
    with pytest.raises(TypeError, match="budget is a number"):
        campaign.allocate.budget(ITEMS, budget=100.0, currency="CNY")
    with pytest.raises(campaign.CampaignError):
        campaign.allocate.budget({"item": ["a"], "curve": ["log"], "scale": [1], "location": [1]}, budget=-1)


def test_the_picture(tmp_path):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    result = campaign.allocate.budget(ITEMS, budget="100000.00", currency="CNY")
    figure = result.plot()
    figure.savefig(tmp_path / "budget.png")
    assert (tmp_path / "budget.png").stat().st_size > 10000
    titles = {axes.get_title() for axes in figure.axes}
    assert {"search", "sms", "video", "wechat"} <= titles
    assert campaign.allocate.budget({**ITEMS, "current": [None] * 4}, budget="10", currency="CNY").plot()
