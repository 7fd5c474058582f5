"""Evaluations from Python. A plan of 1000.00 a day is judged at the end of a weak February."""

import datetime
import decimal

import pytest

import campaign

D = decimal.Decimal


@pytest.fixture(scope="module")
def plan() -> campaign.Plan:
    request = {
        **campaign.plan_request(2027),
        "target": {"amount": 365000},
        "campaigns": {"tiers": []},
        "metrics": {"conversion": "10%"},
    }
    return campaign.plan(request)


def daily() -> dict:
    return {
        "date": [datetime.date(2027, 1, 31), datetime.date(2027, 2, 28)],
        "sales": [30000, 21000],
        "orders": [300, 210],
        "visits": [3000, 4000],
        "spend": [3000, 3000],
    }


@pytest.fixture(scope="module")
def result(plan) -> campaign.Evaluation:
    return campaign.evaluate(plan, daily=daily(), currency="CNY", amount_unit="major")


def months(result: campaign.Evaluation) -> dict:
    return {row["period"]: row for row in result.attainment.rows() if row["level"] == "month"}


def test_attainment_is_actual_by_target_to_date(result):
    # January: 30,000 of 31 days; February: 21,000 of 28 days.
    assert months(result)["2027-01"]["target_to_date"] == D("31000.00")
    assert months(result)["2027-02"]["attainment"] == 0.75
    assert months(result)["2027-02"]["status"] == "behind"
    assert months(result)["2027-03"]["status"] == "not_started"
    assert result.as_of == datetime.date(2027, 2, 28)


def test_a_deviation_raises_an_alert_at_its_limit(plan, result):
    assert [row["period"] for row in result.alerts.rows() if row["metric"] == "sales"] == ["2027-02"]
    patient = campaign.evaluate(plan, daily=daily(), currency="CNY", amount_unit="major", deviation=0.26)
    assert "sales" not in patient.alerts["metric"]
    exact = campaign.evaluate(plan, daily=daily(), currency="CNY", amount_unit="major", deviation=0.25)
    assert "sales" in exact.alerts["metric"]


def test_ratios_are_ratios_of_sums(result):
    metrics = {row["metric"]: row for row in result.metrics.rows() if row["level"] == "year"}
    assert metrics["conversion"]["value"] == pytest.approx(510 / 7000, rel=1e-15)
    assert metrics["order_value"]["value"] == 100.0
    assert metrics["refund_rate"]["value"] is None
    assert metrics["refund_rate"]["status"] == "not_available"


def test_pace_forecasts_the_close(result):
    pace = {row["period"]: row for row in result.pace.rows()}
    # 51,000 of 59,000 so far: 365,000 * 51 / 59 = 315,508.47…
    assert pace["2027"]["forecast"] == D("315508.47")


def test_as_of_an_earlier_day_counts_what_was_there(plan):
    january = campaign.evaluate(plan, daily=daily(), as_of="2027-01-31", currency="CNY", amount_unit="major")
    assert january.attainment["actual"][0] == D("30000.00")
    assert len(january.alerts) == 0 or "sales" not in january.alerts["metric"]


def test_order_lines_and_spend_under_other_names(plan):
    orders = {"下单": [datetime.date(2027, 1, 1)] * 2, "金额": ["100.00", "-25.00"]}
    spend = {"下单": [datetime.date(2027, 1, 1)], "金额": ["10.00"]}
    found = campaign.evaluate(plan, orders, spend=spend, columns={"date": "下单", "amount": "金额"}, currency="CNY")
    metrics = {row["metric"]: row for row in found.metrics.rows() if row["level"] == "year"}
    assert metrics["sales"]["value"] == 75.0
    assert metrics["refund_rate"]["value"] == 0.25


def test_targets_made_elsewhere(plan, result):
    tables = {name: plan.table(name) for name in ("targets", "phases", "campaigns", "budget", "metrics")}
    found = campaign.evaluate(tables, daily=daily(), currency="CNY", amount_unit="major")
    assert found.attainment.to_dict() == result.attainment.to_dict()
    only = campaign.evaluate({"targets": plan.targets}, daily=daily(), currency="CNY", amount_unit="major")
    n = len(only.attainment)
    assert n == len(plan.targets)  # one row each; the campaign budget's row is not judged
    assert only.attainment["attainment"] == result.attainment["attainment"][:n]


def test_nulls_are_refused_or_counted(plan):
    holes = {**daily(), "date": [datetime.date(2027, 1, 31), None]}
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.evaluate(plan, daily=holes, currency="CNY", amount_unit="major")
    assert caught.value.row == 1
    found = campaign.evaluate(plan, daily=holes, currency="CNY", amount_unit="major", nulls="skip")
    assert found.skipped["row"] == [1]


def test_nothing_to_judge_by_is_an_error(plan):
    with pytest.raises(campaign.InputError) as caught:
        campaign.evaluate(plan)
    assert caught.value.code == "CAMPAIGN_E_ARGUMENT"


def test_one_figure_from_two_tables_is_refused(plan):
    orders = {"date": [datetime.date(2027, 1, 1)], "amount": ["1.00"]}
    with pytest.raises(campaign.InputError) as caught:
        campaign.evaluate(
            plan, orders, daily={**daily(), "sales": ["1.00", "2.00"], "spend": ["0", "0"]}, currency="CNY"
        )
    assert caught.value.code == "CAMPAIGN_E_DUPLICATE"


def test_sentences_in_chinese(plan):
    found = campaign.evaluate(plan, daily=daily(), currency="CNY", amount_unit="major", language="zh")
    assert "低于" in found.alerts["text"][0] or "目标" in found.alerts["text"][0]


def test_results_are_frozen(result):
    with pytest.raises(AttributeError):
        result.as_of = None
    assert "<table>" in result._repr_html_()
