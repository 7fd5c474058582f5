"""Tasks on working calendars from Python."""

import datetime

import pytest

import campaign

TASKS = {
    "task": ["survey", "materials", "supplies", "booth", "opening"],
    "after": ["", "survey", "survey", "materials; supplies", "booth"],
    "duration": [3, 5, 8, 2, 0],
    "due": [None, None, None, None, "2026-03-03"],
}


def test_dates_floats_and_the_path():
    plan = campaign.schedule.tasks(TASKS, start="2026-02-09")
    rows = {row["task"]: row for row in plan.tasks.rows()}
    # Spring Festival: 15 to 23 February are off, Saturday 14 and 28 are worked.
    assert rows["materials"]["finish"] == datetime.date(2026, 2, 25)
    assert rows["supplies"]["finish"] == datetime.date(2026, 2, 28)
    assert rows["materials"]["total_float"] == rows["materials"]["free_float"] == 3
    assert plan.path == "survey → supplies → booth → opening"
    assert (plan.start, plan.finish) == (datetime.date(2026, 2, 9), datetime.date(2026, 3, 3))
    assert plan.length == 13 and plan.n_critical == 4 and plan.n_broken == 0
    assert plan.deadlines["text"] == ["opening ends 2026-03-03, just at its deadline."]
    assert "supplies" in plan._repr_html_()


def test_calendars_by_key_and_days_away():
    weeks = campaign.Calendar("")
    tasks = {"task": ["a", "b"], "duration": [5, 5], "owner": ["Li", "Wang"]}
    plan = campaign.schedule.tasks(
        tasks,
        owners={"owner": ["Li", "Wang"], "calendar": ["weeks", None]},
        away={"owner": ["Wang"], "start": ["2026-02-10"], "finish": ["2026-02-11"]},
        calendars={"weeks": weeks},
        start=datetime.date(2026, 2, 9),
    )
    assert plan.tasks["finish"] == [datetime.date(2026, 2, 13), datetime.date(2026, 2, 24)]


def test_links_of_a_table_and_units_from_zero():
    plan = campaign.schedule.tasks(
        {"task": [1, 2], "duration": [2.5, 1]},
        links={"task": [2], "predecessor": [1], "type": ["SS"], "lag": [1]},
        is_abstract=True,
    )
    assert plan.tasks["start"] == [0, 1] and plan.tasks["finish"] == [2.5, 2]
    assert plan.tasks["total_float"] == [0, 0.5]
    assert plan.start is None and plan.length == 2.5


def test_a_circle_is_named():
    with pytest.raises(campaign.InputError, match="a → b → a") as raised:
        campaign.schedule.tasks({"task": ["a", "b"], "duration": [1, 1], "after": ["b", "a"]}, start="2026-02-09")
    assert raised.value.row == 0 and raised.value.where == "tasks.after"


def test_a_slip_and_what_it_pulls_along():
    tasks = {
        "task": ["design", "supplies", "install"],
        "duration": [7, 5, 3],
        "after": ["", "", "design; supplies"],
        "actual_start": ["2026-10-12", "2026-10-12", None],
        "actual_finish": ["2026-10-20", "2026-10-23", None],
    }
    plan = campaign.schedule.tasks(tasks, start="2026-10-12", as_of="2026-10-23")
    assert plan.slips["text"] == ["supplies 5 days late against 2 days of float → end +3"]
    assert plan.pulled["task"] == ["install"] and plan.pulled["slip"] == [3]
    assert (plan.finish, plan.forecast) == (datetime.date(2026, 10, 23), datetime.date(2026, 10, 28))


def test_actuals_beside_the_tasks_of_a_plan():
    tasks = campaign.table({"task": ["a", "b"], "duration": [5, 3], "after": ["", "a"]})
    actuals = {"task": ["a"], "actual_start": ["2026-10-12"], "remaining": [4]}
    plan = campaign.schedule.tasks(tasks, actuals=actuals, start="2026-10-12", as_of="2026-10-14")
    assert plan.slips["text"] == ["a 2 days late against 0 days of float → end +2"]
    with pytest.raises(campaign.InputError, match="there is no task") as raised:
        campaign.schedule.tasks(tasks, actuals={"task": ["c"]}, start="2026-10-12", as_of="2026-10-14")
    assert raised.value.where == "actuals.task"


def test_chances_and_loads():
    tasks = {
        "task": ["a", "b"],
        "optimistic": [1, 2],
        "likely": [2, 3],
        "pessimistic": [3, 10],
        "owner": ["Li", "Li"],
    }
    plan = campaign.schedule.tasks(tasks, start="2026-10-12", target="2026-10-16", n_samples=2000, seed=3)
    same = campaign.schedule.tasks(tasks, start="2026-10-12", target="2026-10-16", n_samples=2000, seed=3, n_threads=1)
    row = plan.summary.rows()[0]
    assert plan.n_samples == 2000 and row == same.summary.rows()[0]
    assert 0.5 < row["target_all_paths"] < 0.95 and row["sampling_error"] < 0.012
    assert plan.estimates["is_on_path"] == [False, True]
    assert plan.loads["load"][0] == 2 and plan.loads["is_over"][0] and not plan.loads["is_over"][-1]


def test_columns_of_nothing_are_not_there():
    nothing = (
        "earliest",
        "due",
        "owner",
        "calendar",
        "after",
        "unit",
        "remaining",
        "actual_start",
        "optimistic",
        "due_at",
    )
    tasks = {"task": ["a"], "duration": [1], **{name: [None] for name in nothing}}
    for found in (
        campaign.schedule.tasks(tasks, start="2026-03-02"),
        campaign.schedule.level(tasks, start="2026-03-02"),
    ):
        assert str(found.tasks.rows()[0]["finish"]) == "2026-03-02"
    assert campaign.schedule.tasks({"task": [], "duration": []}, start="2026-03-02").tasks.n_rows == 0
