"""The choice of campaigns from Python: types in and out, rules as mappings, errors."""

import datetime
import decimal
import json

import pytest

import campaign

ROWS = {
    "id": ["national_day", "mid_autumn", "party"],
    "tier": ["big", "big", "small"],
    "start": ["2028-10-01", "2028-09-30", "2028-11-02"],
    "end": ["2028-10-08", "2028-10-04", "2028-11-04"],
    "value": [500, 300, 20],
    "cost": [50, 20, 5],
}


def test_overlapping_nodes_merge_by_default():
    choice = campaign.choose_campaigns(ROWS)
    assert choice.is_optimal
    assert (choice.value, choice.bound, choice.cost) == (520, 520, 75)
    assert (choice.n_candidates, choice.n_chosen, choice.n_campaigns) == (3, 3, 2)
    merged = next(iter(choice.campaigns.rows()))
    assert merged["campaign"] == "national_day"
    assert merged["members"] == "mid_autumn,national_day"
    assert merged["start"] == datetime.date(2028, 9, 30)


def test_rules_are_a_mapping_with_or_without_its_schema():
    bare = campaign.choose_campaigns(ROWS, {"overlaps": "refuse"})
    whole = campaign.choose_campaigns(ROWS, {"schema": "campaign/campaign_rules/1", "overlaps": "refuse"})
    text = campaign.choose_campaigns(ROWS, json.dumps({"schema": "campaign/campaign_rules/1", "overlaps": "refuse"}))
    assert bare.value == whole.value == text.value == 520
    left_out = {row["id"]: row for row in bare.choices.rows()}["mid_autumn"]
    assert not left_out["is_chosen"]
    assert left_out["rule"] == "overlaps"
    assert left_out["other"] == "national_day"
    assert left_out["forcing_cost"] == 200


def test_money_is_decimal_and_fractions_are_floats():
    money = campaign.choose_campaigns(
        {**ROWS, "value": ["500.10", "300", "20"]}, {"budget": "60"}, currency="CNY", amount_unit="major"
    )
    assert money.value == decimal.Decimal("520.10")
    assert money.cost == decimal.Decimal("55.00")
    fractions = campaign.choose_campaigns({**ROWS, "value": [0.5, 0.25, 0.125]})
    assert fractions.value == 0.625


def test_columns_of_other_names_and_sentences_in_chinese():
    rows = {"编号" if name == "id" else name: cells for name, cells in ROWS.items()}
    choice = campaign.choose_campaigns(rows, {"forbidden": ["party"]}, id="编号", language="zh")
    party = {row["id"]: row for row in choice.choices.rows()}["party"]
    assert party["text"] == "未入选：规则禁止入选。"


def test_reasons_can_be_left_out():
    choice = campaign.choose_campaigns(ROWS, skips_reasons=True)
    assert set(choice.choices["worth"]) == {None}


def test_errors_carry_place_and_row():
    with pytest.raises(campaign.InputError) as unknown:
        campaign.choose_campaigns(ROWS, {"forced": ["partie"]})
    assert unknown.value.code == "CAMPAIGN_E_UNKNOWN"
    assert unknown.value.where.startswith("forced[0]")
    with pytest.raises(campaign.CampaignError) as impossible:
        campaign.choose_campaigns(ROWS, {"forced": ["party"], "budget": 4})
    assert impossible.value.code == "CAMPAIGN_E_INFEASIBLE"
    with pytest.raises(campaign.InputError) as twice:
        campaign.choose_campaigns({**ROWS, "id": ["a", "b", "a"]})
    assert twice.value.code == "CAMPAIGN_E_DUPLICATE"
    assert twice.value.row == 2


def test_the_order_of_rows_changes_nothing():
    backwards = {name: list(reversed(cells)) for name, cells in ROWS.items()}
    assert list(campaign.choose_campaigns(backwards).choices.rows()) == list(
        campaign.choose_campaigns(ROWS).choices.rows()
    )
