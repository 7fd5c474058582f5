"""Stock over stores and order quantities from Python."""

import decimal
import math

import pytest

import campaign

DEMAND = {
    "sku": ["tea"] * 3,
    "store": ["east", "north", "west"],
    "distribution": ["normal", "poisson", "deterministic"],
    "mean": [40, 12, 20],
    "deviation": [10, None, None],
    "margin": ["6.00", "6.00", "4.00"],
}


def test_pieces_go_where_they_bring_most():
    result = campaign.allocate.stock(DEMAND, {"sku": ["tea"], "stock": [60]}, currency="CNY")
    units = result.allocation["units"]
    assert sum(units) == 60 == result.n_units
    assert result.is_optimal and result.gap == 0 and result.value == result.bound
    # West's demand is known: each of its pieces brings 4.00, so the others go on while P(D > y) is above 2 / 3.
    assert units[2] == 60 - units[0] - units[1]
    poisson = [math.exp(-12) * 12**k / math.factorial(k) for k in range(40)]
    assert 1 - sum(poisson[: units[1]]) > 2 / 3 >= 1 - sum(poisson[: units[1] + 1])
    assert result.pools["multiplier"] == [4.0]
    assert result.pools["next_store"] == ["west"]


def test_fill_rates_are_raised_alike():
    result = campaign.allocate.stock(DEMAND, {"sku": ["tea"], "stock": [36]}, objective="fill", currency="CNY")
    rates = result.allocation["fill_rate"]
    assert max(rates) - min(rates) < 1 / 12
    assert result.value == pytest.approx(min(rates)) and result.is_optimal


def test_history_reserve_and_safety():
    demand = {"sku": [7, 7], "store": [1, 2], "distribution": ["empirical"] * 2, "safety": [9, 9]}
    points = {"sku": [7] * 6, "store": [1, 1, 1, 2, 2, 2], "value": [2, 5, 8, 0, 0, 30]}
    result = campaign.allocate.stock(demand, {"sku": [7], "stock": [20]}, points=points, reserve=0.5, language="zh")
    assert result.pools["reserve"] == [10]
    assert result.n_below == 2 and sum(result.allocation["units"]) == 10
    assert result.allocation["action"] == ["replenish", "replenish"]
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.allocate.stock(demand, {"sku": [7], "stock": [20]}, points=points, reserve=0.5, is_safety_strict=True)
    assert caught.value.code == "CAMPAIGN_E_INFEASIBLE"


def test_orders_beside_the_rule():
    items = {
        "sku": ["coat", "scarf"],
        "mean": [800, 60],
        "deviation": [150, 20],
        "price": ["100.00", "30.00"],
        "cost": ["60.00", "12.00"],
        "salvage": ["20.00", "6.00"],
        "peak": [1000, None],
    }
    result = campaign.allocate.order_quantity(items, currency="CNY")
    assert result.orders["units"][0] == 800 and result.orders["rule_units"] == [1200, None]
    assert result.rule_cost == pytest.approx(result.orders["expected_profit"][0] - result.orders["rule_profit"][0])
    assert result.rule_cost > 0 and result.text.startswith("Ordering 120 %")
    tight = campaign.allocate.order_quantity(items, currency="CNY", budget="30000.00", rule=1.0)
    assert tight.spend <= decimal.Decimal("30000.00") and tight.is_optimal
    assert tight.multiplier > 0 and tight.value < result.value
    assert tight.orders["rule_units"] == [1000, None]


def test_mistakes_are_told_with_their_place():
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.allocate.stock(
            {**DEMAND, "sku": ["tea", "tea", "salt"]}, {"sku": ["tea"], "stock": [1]}, currency="CNY"
        )
    assert caught.value.code == "CAMPAIGN_E_UNKNOWN" and caught.value.where == "demand.sku" and caught.value.row == 2
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.allocate.stock(
            {**DEMAND, "mean": [1.0, float("nan"), 1.0]}, {"sku": ["tea"], "stock": [1]}, currency="CNY"
        )
    assert caught.value.where == "demand.mean" and caught.value.row == 1


def test_a_picture_shows_every_store():
    matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed (./dev test installs it)")
    matplotlib.use("Agg")
    result = campaign.allocate.stock(DEMAND, {"sku": ["tea"], "stock": [60]}, currency="CNY")
    bars = result.plot().containers
    assert [bar.get_height() for bar in bars[0]] == pytest.approx(result.allocation["expected_sales"])
    assert [bar.get_height() for bar in bars[1]] == pytest.approx(result.allocation["expected_lost"])
