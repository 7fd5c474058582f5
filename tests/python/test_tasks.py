"""Tasks of campaigns, as Python sees them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

import campaign


def request(**tasks: Any) -> dict[str, Any]:
    made = campaign.plan_request(2026, "CNY")
    made["target"] = {"amount": "3650000.00"}
    burst = {"burst_first": 0, "burst_last": 0}
    made["campaigns"] = {"tiers": [], "forced": ["d1111"], "phases": {"nodes": {"d1111": burst}}}
    if tasks:
        made["tasks"] = tasks
    return made


def test_a_plan_has_tasks_with_owners_and_dates() -> None:
    rows = {row["task"]: row for row in campaign.plan(request(owners={"tech": "李工"})).tasks.rows()}
    assert rows["d1111/load_test"]["owner"] == "李工"
    assert rows["d1111/load_test"]["finish"] == datetime.date(2026, 11, 4)
    assert rows["d1111/survey"]["owner"] is None


def test_the_built_in_document_is_one_to_change() -> None:
    document = campaign.task_templates("zh")
    assert campaign.document_kind(document) == "task_templates"
    assert campaign.task_list(document, language="zh").rows() == campaign.task_list(language="zh").rows()
    for template in document["templates"]:
        if template["id"] == "materials":
            template["duration"] = 2
    tasks = campaign.plan(request(templates=document["templates"], usual=False)).tasks.rows()
    found = next(row for row in tasks if row["task"] == "d1111/materials")
    assert (found["duration"], found["name"]) == (2, "制作物料并配送到位")


def test_a_circle_is_told() -> None:
    with pytest.raises(campaign.CampaignError, match="a ← b ← a"):
        campaign.task_list(
            {
                "schema": "campaign/task_templates/1",
                "templates": [{"id": "a", "after": "b"}, {"id": "b", "after": "a"}],
            }
        )


def test_work_that_comes_again_and_its_completion() -> None:
    tasks = campaign.recurring("2026-10-01", "2026-11-01", rules={"rule": ["r"], "every": ["week"], "on": [1]})
    assert [str(row["due"]) for row in tasks.rows()] == ["2026-10-08", "2026-10-12", "2026-10-19", "2026-10-26"]
    done = campaign.task_completion(
        tasks, {"task": ["r/2026-W41"], "actual_finish": ["2026-10-08"]}, as_of="2026-10-12"
    )
    assert (done.n_due, done.n_done, done.n_in_time, done.n_overdue) == (2, 1, 1, 1)
    assert done.overdue.rows()[0]["task"] == "r/2026-W42"
    assert campaign.task_completion(tasks, as_of="2026-10-01").n_due == 0
    assert len(campaign.recurring("2027-01-01", "2028-01-01", language="zh").rows()) > 70


def test_completion_of_a_plans_tasks() -> None:
    tasks = campaign.plan(request()).tasks
    found = campaign.task_completion(tasks, as_of="2026-12-31")
    assert found.n_overdue == len(tasks.rows())
    assert {row["kind"] for row in found.months.rows()} >= {"preparation", "review"}


def test_headcount_needs_capacity() -> None:
    targets = {"month": [1], "target": ["100.00"]}
    capacity: dict[str, Any] = {"visits_a_day": [1.0], "win_rate": [0.5], "ticket": ["10.00"]}
    months = {"month": [1], "working_days": [10.0]}
    people = campaign.headcount(targets, capacity, months, currency="CNY").rows()
    assert (people[0]["needed"], people[0]["hire_month"]) == (2, 1)
    with pytest.raises(campaign.CampaignError, match="sells nothing"):
        campaign.headcount(targets, {**capacity, "win_rate": [0.0]}, months, currency="CNY")
