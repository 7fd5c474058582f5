"""Levelling from Python: owners, resources, bounds, refusals."""

import datetime
import random

import pytest

import campaign

TASKS = {"task": ["a", "b", "c"], "duration": [2, 3, 2], "owner": ["Li", "Li", "Wang"], "after": ["", "", "a"]}


def day(text):
    return datetime.date.fromisoformat(text)


def test_owners_do_one_thing_at_a_time():
    plan = campaign.schedule.level(TASKS, start="2026-03-02")
    assert plan.is_optimal and plan.gap == 0
    assert (plan.length, plan.bound_length, plan.path_length) == (5, 5, 4)
    assert (plan.start, plan.finish, plan.path) == (day("2026-03-02"), day("2026-03-06"), day("2026-03-05"))
    moved = [row for row in plan.tasks.rows() if row["moved"]]
    assert [(row["task"], row["resource"], row["behind"]) for row in moved] == [("b", "Li", "a")]
    assert plan.n_moved == 1 and plan.n_late == 0
    free = campaign.schedule.level(TASKS, start="2026-03-02", without_owners=True)
    assert free.n_moved == 0 and free.finish == plan.path


def test_resources_by_day():
    needs = {"task": ["a", "b"], "resource": ["van", "van"], "units": [2, 1]}
    resources = {"resource": ["van", "van"], "units": [2, 0], "date": [None, "2026-03-03"]}
    plan = campaign.schedule.level(TASKS, needs=needs, resources=resources, start="2026-03-02", without_owners=True)
    use = {(row["resource"], row["date"]): (row["used"], row["capacity"]) for row in plan.usage.rows()}
    assert all(used <= there for used, there in use.values())
    assert ("van", day("2026-03-03")) not in use
    assert plan.resources["units"] == [2]


def test_units_without_a_calendar():
    plan = campaign.schedule.level(
        {"task": [1, 2], "duration": [0.5, 1.5]},
        needs={"task": [1, 2], "resource": ["m", "m"]},
        resources={"resource": ["m"], "units": [1]},
        is_abstract=True,
    )
    assert plan.length == 2 and plan.finish is None and sorted(plan.tasks["finish"])[-1] == 2


def test_rows_and_threads_change_nothing():
    names = [f"t{i:02}" for i in range(30)]
    draw = random.Random(5)
    rows = [
        {
            "task": name,
            "duration": draw.randint(1, 8),
            "owner": draw.choice("ABCD"),
            "after": "; ".join(draw.sample(names[:i], min(i, 2))) if i else "",
        }
        for i, name in enumerate(names)
    ]
    mixed = draw.sample(rows, len(rows))

    def table(given):
        return {key: [row[key] for row in given] for key in rows[0]}

    one = campaign.schedule.level(table(rows), start="2026-03-02", n_threads=1, n_nodes=-1)
    other = campaign.schedule.level(table(mixed), start="2026-03-02", n_threads=4, n_nodes=-1)
    assert one.tasks.rows() == other.tasks.rows()
    assert one.bound_length <= one.length


def test_what_is_refused():
    van = {"resource": ["van"], "units": [1]}
    with pytest.raises(campaign.InputError, match="did you mean") as caught:
        campaign.schedule.level(TASKS, needs={"task": ["a"], "resource": ["vna"]}, resources=van, start="2026-03-02")
    assert caught.value.row == 0
    with pytest.raises(campaign.CampaignError, match="never has more than 1"):
        campaign.schedule.level(TASKS, needs={"task": ["a"], "resource": ["Li"], "units": [2]}, start="2026-03-02")
