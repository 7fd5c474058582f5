"""Promotion weeks from Python: two items share one slot a week."""

import decimal

import pytest

import campaign

D = decimal.Decimal

ITEMS = {
    "item": ["rice", "tea"],
    "price": ["10.00", "10.00"],
    "cost": ["6.00", "6.00"],
    "base": [1000, 3000],
    "elasticity": [4.0, 4.0],
}
LADDER = {"discount": [0.2]}


def test_the_slot_goes_where_it_brings_more():
    result = campaign.promotion_weeks(ITEMS, LADDER, slots={"capacity": [1]}, n_weeks=2, currency="CNY")
    assert result.calendar["level"] == [0, 0, 1, 1]
    assert result.calendar["price"] == [D("10.00")] * 2 + [D("8.00")] * 2
    assert result.items["reason"] == ["crowded_out", "best"]
    # Rice 4000.00 a week; tea 3000 x 0.8^-4 = 7324.21875 units: 58593.75 - 43945.31 = 14648.44.
    assert result.total == 2 * D("4000.00") + 2 * D("14648.44")
    assert result.baseline == D("32000.00")
    assert result.total <= result.bound
    assert result.gap is not None and 0 <= result.gap < 0.001
    assert [row["used"] for row in result.limits.rows()] == [1, 1]


def test_one_item_alone_is_optimal():
    result = campaign.promotion_weeks(ITEMS, LADDER, n_weeks=4, currency="CNY", language="zh", objective="revenue")
    assert result.is_optimal and result.total == result.bound and result.n_promotions == 8
    assert "已是其最优" in result.items["text"][0]


def test_all_tables_have_their_say():
    result = campaign.promotion_weeks(
        {**ITEMS, "memory_1": [1.0, 1.0], "gap": [1, None], "promotion_cost": ["1.00", "2.00"]},
        {"item": ["rice", "tea"], "price": ["8.00", "9.00"]},
        weeks={"week": [1, 2, 3], "start": ["2027-01-04", "2027-01-11", "2027-01-18"], "season": [1, 1, 2.5]},
        item_weeks={"item": ["tea"], "week": [2], "is_forced": [True], "price": ["9.00"]},
        slots={"week": [3, None], "group": [None, "both"], "capacity": [2, None], "promotions": [None, 1]},
        budgets={"quarter": [None, 1], "amount": ["100.00", "50.00"]},
        groups={"group": ["both", "both"], "item": ["rice", "tea"]},
        past={"item": ["rice"], "weeks_ago": [1], "price": ["8.00"]},
        currency="CNY",
        gap=0,
    )
    rows = result.calendar.rows()
    assert [row["start"].isoformat() for row in rows[:3]] == ["2027-01-04", "2027-01-11", "2027-01-18"]
    assert rows[0]["units"] == pytest.approx(800) and rows[0]["level"] == 0
    assert rows[4]["is_forced"] and rows[4]["price"] == D("9.00")
    assert {row["kind"] for row in result.limits.rows()} == {"slots", "promotions", "budget"}


def test_mistakes_are_told_with_their_place():
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.promotion_weeks(ITEMS, {"price": ["12.00"]}, currency="CNY")
    assert caught.value.code == "CAMPAIGN_E_VALUE" and caught.value.where == "ladder.price"
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.promotion_weeks({**ITEMS, "base": [1.0, float("nan")]}, LADDER, currency="CNY")
    assert caught.value.where == "items.base" and caught.value.row == 1
