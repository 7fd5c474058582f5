"""Rapid response from Python."""

import datetime
import decimal

import pytest

import campaign

REQUEST = {
    "schema": "campaign/rapid_response/1",
    "name": "Autumn fair",
    "type": "fair",
    "start": "2026-09-28",
    "finish": "2026-10-16",
}
REGIONS = [
    {"region": "South", "customers": 8, "expected_conversion": "50%", "sales_task": "120000"},
    {"region": "North", "customers": 10, "expected_conversion": "40%", "sales_task": "150000"},
    {"region": "East", "customers": 12, "expected_conversion": "60%", "sales_task": "200000"},
]
CUSTOMERS = {
    "customer": ["Anli", "Beifang", "Canton", "Anli"],
    "region": ["East", "North", "South", "East"],
    "rep": ["Zhao", None, None, None],
    "last_enquiry": ["2026-09-20", "2026-09-01", None, "2026-09-21"],
    "interactions": [5, 0, 0, 1],
}
REPS = {"rep": ["Li", "Wang", "Zhao"], "region": ["South", "North", "East"]}


def test_the_handbooks_example():
    result = campaign.rapid_response({**REQUEST, "regions": REGIONS})
    assert (result.leads, result.expected_deals, result.deals) == (30, 15.2, 15)
    assert result.sales_task == decimal.Decimal("470000.00")
    assert result.form_task_split["expected_deals"] == [4.0, 4.0, 7.2]
    assert result.windows["due"][2] == datetime.date(2026, 10, 8)
    assert result.windows["due"][-1] == datetime.date(2026, 10, 21)
    assert result.verdict == "unfounded" and not result.is_provisional
    assert "<table" in result._repr_html_()
    with pytest.raises(AttributeError):
        result.deals = 16


def test_customers_reps_and_history():
    history = {
        "date": [datetime.date(2026, 8, 1), datetime.date(2026, 8, 2)],
        "leads": [10, 10],
        "deals": [4, 6],
        "amount": ["4000.00", "6000.00"],
    }
    result = campaign.rapid_response(REQUEST, customers=CUSTOMERS, reps=REPS, history=history, language="zh")
    assert result.n_customers == 3 == result.n_within and result.n_merged == 1
    assert result.customers["class"] == ["S", "B", "C"]
    assert result.contacts["rep"] == ["Li", "Wang", "Zhao", "Zhao"]
    assert result.contacts["way"] == ["community", "wechat", "call", "visit"]
    assert result.verdict == "feasible"  # the conversion is that of history
    assert result.sales_task == decimal.Decimal("1500.00")  # 3 × 50 % deals of 1000.00
    assert "merged" in result.notes["code"]


def test_names_of_columns_and_calendars():
    people = {"会员": [7, 8], "大区": ["East", "West"]}
    calendar = campaign.Calendar(region="")
    request = {**REQUEST, "expected_conversion": "50%"}
    result = campaign.rapid_response(request, customers=people, customer="会员", region="大区", calendar=calendar)
    assert sorted(result.customers["customer"]) == [7, 8]
    assert result.windows["due"][1] == datetime.date(2026, 9, 30)
    assert result.windows["due"][2] == datetime.date(2026, 10, 1)  # no holidays there
    assert result.n_unreached == 2 and result.sales_task is None


def test_tables_go_back_in_and_mistakes_are_told():
    result = campaign.rapid_response({**REQUEST, "regions": REGIONS})
    again = campaign.rapid_response(REQUEST, regions=result.form_task_split)
    assert again.expected_deals == 15.2 and again.sales_task == 470000
    with pytest.raises(campaign.InputError) as caught:
        campaign.rapid_response({**REQUEST, "regions": REGIONS, "finish": "2026-09-27"})
    assert caught.value.code == "CAMPAIGN_E_INFEASIBLE" and "finish" in caught.value.where
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.rapid_response(REQUEST)
    assert caught.value.code == "CAMPAIGN_E_MISSING"
    with pytest.raises(campaign.CampaignError):
        campaign.rapid_response("{")
    stages = []
    campaign.rapid_response({**REQUEST, "regions": REGIONS}, progress=lambda stage, done, total: stages.append(done))
    assert stages == [0, 1, 2, 3]
