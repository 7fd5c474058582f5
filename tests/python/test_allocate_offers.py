"""Offers to customers from Python: two coupons, one budget, few in stock."""

import decimal

import pytest

import campaign

D = decimal.Decimal

PAIRS = {
    "customer": ["an", "an", "bo", "bo", "cai", "cai"],
    "offer": ["coupon", "gift", "coupon", "gift", "coupon", "gift"],
    "value": [9.0, 12.0, 8.0, 7.0, 6.0, 3.0],
    "cost": [5.0, 10.0, 5.0, 10.0, 5.0, 10.0],
}


def test_the_budget_goes_where_it_brings_most():
    # 15: gift to an and coupon to bo bring 20, three coupons 23.
    result = campaign.allocate.offers(PAIRS, budgets={"amount": [15.0]})
    assert result.choices["customer"] == ["an", "bo", "cai"]
    assert result.choices["offer"] == ["coupon"] * 3
    assert result.value == 23 and result.value <= result.bound
    assert result.rows["used"] == [15.0]


def test_money_is_exact_and_kept():
    pairs = {**PAIRS, "cost": ["5.00", "10.00"] * 3, "value": ["9.00", "12.00", "8.00", "7.00", "6.00", "3.00"]}
    result = campaign.allocate.offers(pairs, budgets={"amount": ["14.99"]}, currency="CNY", language="zh")
    assert result.rows["used"] == [D("10.00")] and result.rows["amount"] == [D("14.99")]
    assert result.value == 17
    assert result.choices["value"] == [D("9.00"), D("8.00")]


def test_stocks_regions_and_limits_have_their_say():
    result = campaign.allocate.offers(
        PAIRS,
        customers={"customer": ["cai", "bo", "an"], "region": ["n", "s", "n"], "most": [2, None, 2]},
        offers={"offer": ["gift", "coupon"], "stock": [1, None], "category": ["thing", "paper"]},
        budgets={"region": ["n", None], "amount": [15.0, None], "count": [None, 3], "category": [None, None]},
        limits={"category": ["paper"], "most": [1]},
    )
    # North has 15 for an and cai: gift and coupon to an (21), or gift to an and coupon to cai (18).
    assert result.value == 29 and result.n_choices == 3 and result.n_served == 2
    assert result.offers["offer"] == ["coupon", "gift"] and result.offers["chosen"] == [2, 1]
    assert result.rows["region"] == ["n", None, None]


def test_one_row_per_customer_is_the_same():
    wide = {
        "customer": ["an", "bo", "cai"],
        "value_coupon": [9.0, 8.0, 6.0],
        "value_gift": [12.0, 7.0, 3.0],
        "cost_coupon": [5.0, 5.0, 5.0],
        "cost_gift": [10.0, 10.0, 10.0],
    }
    narrow = campaign.allocate.offers(PAIRS, budgets={"amount": [15.0]})
    result = campaign.allocate.offers(wide, budgets={"amount": [15.0]})
    assert result.choices.rows() == narrow.choices.rows()


def test_prices_decide_for_one_more():
    result = campaign.allocate.offers(
        PAIRS,
        customers={"customer": ["an", "bo", "cai"], "region": [1, 2, 1]},
        budgets={"region": [1, 2], "amount": [5.0, 20.0]},
    )
    prices = result.prices
    assert prices.offers == ["coupon", "gift"] and prices.costs == ["cost"] and prices.attributes == ["region"]
    assert prices.choose({"coupon": 2.0, "gift": 1.0}, {"coupon": 5.0, "gift": 5.0}, region=2) == ["coupon"]
    assert prices.choose({"coupon": 0.01, "gift": None}, {"coupon": 50.0}, region=1) == []
    assert prices.choose([1, 2], [0, 0], region=3, most=2) == ["gift", "coupon"]
    again = campaign.allocate.OfferPrices(result.rows, result.offers)
    assert again.choose([1, 2], [0, 0], region=3) == ["gift"]
    with pytest.raises(TypeError, match="town"):
        prices.choose([1, 2], [0, 0], town=3)
    with pytest.raises(campaign.CampaignError) as error:
        prices.choose([1, 2], [-1, 0])
    assert error.value.code == "CAMPAIGN_E_VALUE" and error.value.row == 0


@pytest.mark.parametrize(
    ("change", "code", "row"),
    [
        ({"value": [9.0, float("nan"), 8.0, 7.0, 6.0, 3.0]}, "CAMPAIGN_E_VALUE", 1),
        ({"cost": [5.0, 10.0, -5.0, 10.0, 5.0, 10.0]}, "CAMPAIGN_E_VALUE", 2),
        ({"offer": ["coupon", "coupon", "coupon", "gift", "coupon", "gift"]}, "CAMPAIGN_E_DUPLICATE", 1),
        ({"customer": [None, "an", "bo", "bo", "cai", "cai"]}, "CAMPAIGN_E_MISSING", 0),
    ],
)
def test_mistakes_are_told_with_their_row(change, code, row):
    with pytest.raises(campaign.CampaignError) as error:
        campaign.allocate.offers({**PAIRS, **change}, budgets={"amount": [15.0]})
    assert error.value.code == code and error.value.row == row


def test_unknown_keys_are_refused():
    for budgets, code in (
        ({"amount": [1.0], "offer": ["kite"]}, "CAMPAIGN_E_UNKNOWN"),
        ({"amount": [1.0], "region": ["n"]}, "CAMPAIGN_E_COLUMN"),
        ({"amount": [-1.0]}, "CAMPAIGN_E_VALUE"),
        ({"amount": [1.0], "cost": ["pints"]}, "CAMPAIGN_E_COLUMN"),
    ):
        with pytest.raises(campaign.CampaignError) as error:
            campaign.allocate.offers(PAIRS, budgets=budgets)
        assert error.value.code == code


def test_edges():
    none = campaign.allocate.offers({**PAIRS, "value": [-1.0] * 6}, budgets={"amount": [15.0]})
    assert none.n_choices == 0 and none.value == 0 and none.notes["code"][0] == "no_offer_pays"
    nothing = campaign.allocate.offers(PAIRS, budgets={"amount": [0.0]})
    assert nothing.n_choices == 0
    free = campaign.allocate.offers({name: PAIRS[name] for name in ("customer", "offer", "value")})
    assert free.value == 26 and free.is_optimal
    forced = campaign.allocate.offers({**PAIRS, "value": [-1.0, -2.0] * 3}, is_exact=True)
    assert forced.value == -3 and forced.n_choices == 3
    with pytest.raises(campaign.CampaignError) as error:
        campaign.allocate.offers(PAIRS, is_exact=True, most=3)
    assert error.value.code == "CAMPAIGN_E_INFEASIBLE"
    for where, limits in (
        ("budgets", {"budgets": {"amount": [14.0]}}),
        ("offers.stock", {"offers": {"offer": ["coupon", "gift"], "stock": [1, 1]}}),
    ):
        with pytest.raises(campaign.CampaignError, match=f"^{where}: ") as error:
            campaign.allocate.offers(PAIRS, is_exact=True, **limits)
        assert error.value.code == "CAMPAIGN_E_INFEASIBLE"


def test_shares_use_the_last_yuan():
    # 14 for the whole: an and bo with the coupon (10), and 4 of the 5 for the coupon to cai.
    result = campaign.allocate.offers(PAIRS, budgets={"amount": [14.0]}, is_fractional=True)
    assert result.is_optimal and result.value == pytest.approx(17 + 0.8 * 6, abs=1e-9)
    spent = sum(share * cost for share, cost in zip(result.choices["share"], result.choices["cost"], strict=True))
    assert spent <= 14.0 and result.rows["used"] == [spent]
    assert "share" not in campaign.allocate.offers(PAIRS, budgets={"amount": [14.0]}).choices.types


def test_batches_give_the_answer_of_the_table():
    readings = []

    def batches():
        readings.append(0)
        for name in ("an", "bo", "cai"):
            rows = [i for i, who in enumerate(PAIRS["customer"]) if who == name]
            yield {column: [cells[i] for i in rows] for column, cells in PAIRS.items()}

    offers = {"offer": ["coupon", "gift"]}
    whole = campaign.allocate.offers(PAIRS, offers=offers, budgets={"amount": [15.0]})
    result = campaign.allocate.offers(batches, offers=offers, budgets={"amount": [15.0]})
    assert result.choices.rows() == whole.choices.rows() and result.value == whole.value
    assert len(readings) >= 3


def test_what_a_function_of_batches_raises_comes_out():
    def batches():
        yield PAIRS
        raise OSError("the file is gone")

    with pytest.raises(OSError, match="the file is gone"):
        campaign.allocate.offers(batches, offers={"offer": ["coupon", "gift"]})
    with pytest.raises(TypeError):
        campaign.allocate.offers(lambda: 7, offers={"offer": ["coupon", "gift"]})
    seen = []

    def changing():
        seen.append(0)
        value = [float(len(seen)), *PAIRS["value"][1:]]
        yield {**PAIRS, "value": value}

    with pytest.raises(campaign.CampaignError, match="not what it was"):
        campaign.allocate.offers(changing, offers={"offer": ["coupon", "gift"]}, budgets={"amount": [15.0]})
