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
