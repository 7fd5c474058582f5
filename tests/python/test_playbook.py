"""Risks from Python: plain figures, a plan's campaigns, a playbook of one's own, mistakes."""

import datetime
import json

import pytest

import campaign

NOW = datetime.datetime(2027, 6, 18, 10, 30)


def test_figures_that_hold_are_told_with_what_to_do():
    found = campaign.risks(
        as_of=NOW,
        state={"metric": ["cpa", "complaints_open"], "value": [39.2, 2.0], "target": [30.0, None]},
        budget={"item": ["ads"], "planned": ["1000.00"], "committed": ["200.00"], "actual": ["900.00"]},
        tasks={"task": ["a"], "due": ["2027-06-10"], "finish": ["2027-06-12"]},
        currency="CNY",
    )
    rows = {row["entry"]: row for row in found.risks.rows()}
    assert rows["channel_cpa"]["numbers"] == "CPA 39.20 > target of CPA 30.00 × 130%"
    assert rows["complaint"]["due_at"] == datetime.datetime(2027, 6, 18, 11, 30)
    assert "100.00" in rows["overspend"]["action"]
    assert rows["task_late"]["numbers"].startswith("(days late 2 > 0 or ")
    assert found.n_holding == len(found.risks) == 5 and found.n_unjudged == len(found.unjudged)
    assert "not available, because" in found.unjudged["text"][0]
    assert "channel_cpa" in found._repr_html_()


def test_as_of_must_be_a_moment():
    with pytest.raises(TypeError, match="expected a moment, a date or its ISO text, found NoneType"):
        campaign.risks(as_of=None)  # type: ignore[arg-type]


def test_moments_may_be_iso_texts():
    found = campaign.risks(
        as_of="2027-06-18T10:30",
        state={"metric": ["price_errors", "complaints_open"], "value": [1.0, 1.0], "since": ["2027-06-18T10:20", None]},
        tasks={"task": ["a"], "due_at": ["2027-06-18T00:00"], "finish": ["2027-06-18"]},
    )
    rows = {row["entry"]: row["due_at"] for row in found.risks.rows()}
    assert rows["price_error"] == datetime.datetime(2027, 6, 18, 10, 35)
    assert rows["complaint"] == datetime.datetime(2027, 6, 18, 11, 30)
    assert "task_late" in rows


def test_the_built_in_playbook_can_be_edited():
    book = json.loads(campaign.playbook("zh"))
    assert campaign.document_kind(json.dumps(book)) == "playbook"
    book["entries"] = [entry for entry in book["entries"] if entry["id"] == "price_error"]
    book["entries"][0]["within"] = "5 min"
    found = campaign.risks(
        as_of="2027-06-18T10:30",
        state={"metric": ["price_errors"], "value": [1.0], "since": [datetime.datetime(2027, 6, 18, 10, 20)]},
        playbook=book,
        language="zh",
    )
    assert found.n_entries == 1
    row = found.risks.rows()[0]
    assert row["owner"] == "运营组" and row["is_overdue"] and row["due_at"] == datetime.datetime(2027, 6, 18, 10, 25)


def test_a_plan_tells_phases_and_targets():
    request = campaign.plan_request(2027)
    request["target"]["amount"] = "1000000.00"
    request["metrics"] = {"cpa": "30"}
    plan = campaign.plan(request)
    first = plan.table("phases").rows()[0]
    book = {
        "schema": "campaign/playbook/1",
        "entries": [
            {"id": "p", "when": f"campaign.phase = '{first['phase']}'", "owner": "me", "within": "1 day",
             "action_en": "{campaign} from {campaign.start} to {campaign.end - 1}"},
            {"id": "t", "when": "cpa > cpa.target", "owner": "me", "within": "1 day", "action_en": "{cpa.target}"},
        ],
    }  # fmt: skip
    found = campaign.risks(plan, as_of=first["start"], state={"metric": ["cpa"], "value": [31.5]}, playbook=book)
    assert first["campaign"] in found.risks["campaign"]
    targets = {row["metric"]: row["target"] for row in plan.table("metrics").rows()}
    assert found.risks["action"][-1] == f"{targets['cpa']:.2f}"


def test_mistakes_are_told_with_their_place():
    entry = {"id": "e", "when": "cpaa > 1", "owner": "me", "within": "1 h", "action_en": "x"}
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.risks(as_of=NOW, playbook={"schema": "campaign/playbook/1", "entries": [entry]})
    assert caught.value.code == "CAMPAIGN_E_UNKNOWN" and 'did you mean "cpa"' in str(caught.value)
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.risks(as_of="soon")
    assert caught.value.where == "options.as_of"
    with pytest.raises(campaign.CampaignError):
        campaign.playbook("fr")  # type: ignore[arg-type]


def test_conflicts_and_approvals():
    found = campaign.conflicts(
        prices={"sku": ["tea"] * 2, "channel": ["a", "b"], "start": ["2027-06-01"] * 2, "end": ["2027-06-03"] * 2,
                "price": ["10.00", "12.00"]},
        promises={"promise": ["x", "y"], "sku": ["gift"] * 2, "quantity": [6, 5], "start": ["2027-06-01"] * 2,
                  "end": ["2027-06-03"] * 2},
        supply={"sku": ["gift"], "quantity": [10]},
        price_tolerance=0.1,
        currency="CNY",
    )  # fmt: skip
    assert found.conflicts["kind"] == ["promise", "price"] and found.conflicts["days"] == [2, 2]
    assert not found.is_cut and found.counts["n"] == [1, 1]
    decided = campaign.approvals(
        limits={"role": ["a", "b"], "kind": ["purchase"] * 2, "limit": ["10.00", "50.00"]},
        requests={"request": ["r"], "kind": ["purchase"], "role": ["a"], "amount": ["20.00"], "date": ["2027-06-01"]},
        budget={"item": ["ads"], "planned": ["10.00"], "actual": ["12.50"]},
        currency="CNY",
    )
    assert decided.decisions["approver"] == ["b"] and decided.n_goes_up == 1 and decided.n_over == 1
    assert decided.groups["n_items"] == [1] and not len(decided.splits)
    assert "goes_up" in decided._repr_html_() and "promise" in found._repr_html_()
