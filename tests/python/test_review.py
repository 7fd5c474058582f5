"""Reviews in Python: the handbook's example, and what the next plan takes from it."""

import datetime
import json

import pytest

import campaign

PLAN = {
    "schema": "campaign/plan_request/1",
    "year": 2027,
    "currency": "CNY",
    "target": {"amount": "3650000.00"},
    "campaigns": {"tiers": [], "forced": ["labour", "d618"]},
}


def look_back(**options):
    return campaign.review(
        {"metric": ["leads", "spend"], "target": [30, 100], "actual": [20, 90]},
        findings=[
            {"kind": "measure", "text": "提前5天确认物流", "owner": "李", "due": None, "when": None},
            {"kind": "measure", "text": "a support group", "owner": "Wu", "due": "2027-05-05", "when": None},
            {
                "kind": "problem",
                "text": "materials late",
                "owner": "Li",
                "due": None,
                "when": "task.finish > task.due",
            },
        ],
        campaign="fair26",
        **options,
    )


def test_the_handbooks_example():
    found = campaign.review(
        {"metric": ["leads", "orders", "roi"], "target": [30, 15, 3.0], "actual": [36, 18, 3.5]},
        segments={"class": ["S", "B"], "leads": [10, 26], "orders": [7, 11]},
    )
    assert found.review["attainment_ppm"] == [1200000, 1200000, 1166667, 1000000]
    assert found.review["highlights"][3] == "S-class conversion 70% (overall 50%)"
    assert (found.n_highlights, found.n_problems, found.n_measures) == (4, 0, 0)
    assert "leads" in found._repr_html_()


def test_the_next_plan_holds_the_measures():
    """The burst of d618 begins on Monday 2027-05-31."""
    request = look_back(next_campaign="d618").add_lessons(PLAN)
    assert request["target"] == PLAN["target"]
    tasks = {row["task"]: (row["name"], row["due"], row["owner"]) for row in campaign.plan(request).tasks.rows()}
    assert tasks["d618/fair26_measure_1"] == ("提前5天确认物流", datetime.date(2027, 5, 24), "李")
    assert tasks["d618/fair26_measure_2"] == ("a support group", datetime.date(2027, 5, 5), "Wu")
    assert "labour/fair26_measure_1" not in tasks
    assert look_back(next_campaign="d618").add_lessons(json.dumps(request)) == request


def test_a_rapid_response_holds_the_measures():
    request = {
        "schema": "campaign/rapid_response/1",
        "name": "Fair",
        "type": "fair",
        "start": "2026-09-28",
        "finish": "2026-10-16",
        "leads": 30,
        "expected_conversion": "50%",
        "tasks": [{"id": "stand", "working_days": -1}],
    }
    found = look_back(next_start="2026-09-28")
    assert found.tasks["due"] == [datetime.date(2026, 9, 20), datetime.date(2027, 5, 5)]
    result = campaign.rapid_response(found.add_lessons(request))
    tasks = {row["name"]: (row["due"], row["owner"]) for row in result.tasks.rows()}
    assert tasks["提前5天确认物流"] == (datetime.date(2026, 9, 20), "李")
    assert tasks["a support group"] == (datetime.date(2027, 5, 5), "Wu")
    assert "stand" in tasks


def test_problems_hold_when_they_happen_again():
    found = look_back()
    late = {"task": ["poster"], "due": ["2027-05-04"], "finish": ["2027-05-06"]}
    state = {"metric": ["leads"], "value": [24], "target": [30]}
    risks = campaign.risks(as_of="2027-05-10", state=state, tasks=late, playbook=found.extend_playbook())
    rows = {row["entry"]: (row["subject"], row["owner"]) for row in risks.risks.rows()}
    assert rows == {"fair26/problem/1": ("poster", "Li"), "fair26/problem/2": ("plan", "campaign lead")}
    state["value"] = [25]
    risks = campaign.risks(as_of="2027-05-10", state=state, playbook=found.extend_playbook())
    assert risks.n_holding == 0


def test_the_built_in_playbook_stays():
    document = json.loads(look_back().extend_playbook(campaign.playbook()))
    built_in = json.loads(campaign.playbook())
    n = len(built_in["entries"])
    assert document["entries"][:n] == built_in["entries"]
    assert [entry["id"] for entry in document["entries"][n:]] == ["fair26/problem/1", "fair26/problem/2"]
    assert {"id": "Li"} in document["roles"]
    assert document["metrics"] == [{"id": "leads", "name_en": "leads", "unit": "number", "better": "higher"}]


@pytest.mark.parametrize(
    ("metrics", "findings", "code", "where", "row"),
    [
        ({"metric": []}, None, "CAMPAIGN_E_MISSING", "metrics", None),
        ({"metric": ["a", "a"]}, None, "CAMPAIGN_E_DUPLICATE", "metrics.metric", 1),
        ({"metric": ["a"], "target": [float("nan")]}, None, "CAMPAIGN_E_VALUE", "metrics.target", 0),
        ({"metric": ["a"], "actual": ["many"]}, None, "CAMPAIGN_E_COLUMN", "metrics.actual", None),
        (
            {"metric": ["a"]},
            {"kind": ["problem"], "text": ["x"], "when": ["a <"]},
            "CAMPAIGN_E_SYNTAX",
            "findings.when",
            0,
        ),
        (
            {"metric": ["a"]},
            {"kind": ["problem"], "text": ["x"], "when": ["b < 1"]},
            "CAMPAIGN_E_UNKNOWN",
            "findings.when",
            0,
        ),
    ],
)
def test_what_cannot_be_reviewed_is_refused(metrics, findings, code, where, row):
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.review(metrics, findings=findings)
    assert (caught.value.code, caught.value.where) == (code, where)
    assert caught.value.row == row or row is None


def test_requests_of_other_kinds_are_refused():
    with pytest.raises(campaign.CampaignError) as caught:
        look_back().add_lessons({"schema": "campaign/playbook/1", "entries": []})
    assert caught.value.where.startswith("schema")
    with pytest.raises(campaign.CampaignError):
        look_back().extend_playbook("{}")


def test_a_campaign_that_the_plan_does_not_have_is_refused():
    request = look_back(next_campaign="d619").add_lessons(PLAN)
    with pytest.raises(campaign.CampaignError, match='did you mean "d618"'):
        campaign.plan(request)
