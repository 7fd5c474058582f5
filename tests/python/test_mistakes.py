"""Natural mistakes of analysts: each is named in words that say what to write, or is no mistake at all."""

import datetime
import decimal
import pathlib

import pytest

import campaign

ITEMS = {"item": ["a", "b"], "curve": ["log", "log"], "scale": [10.0, 20.0], "location": [5.0, 5.0]}
CELLS = {"cell": ["x", "y"], "weight": [1, 1]}
TASKS = {"task": ["a"], "duration": [3]}


def test_numbers_of_numpy_are_numbers():
    numpy = pytest.importorskip("numpy")
    assert campaign.allocate.quota(CELLS, numpy.int64(3)).total == 3
    assert campaign.allocate.quota(CELLS, numpy.int64(300), currency="CNY", amount_unit="minor").total == 300
    spent = campaign.allocate.budget(ITEMS, budget=numpy.int64(1000), currency="CNY", amount_unit="minor").spend
    assert spent == decimal.Decimal("10.00")
    with pytest.raises(TypeError, match="give it as text"):
        campaign.allocate.budget(ITEMS, budget=numpy.int64(1000), currency="CNY")


def test_minor_units_are_whole():
    with pytest.raises(TypeError, match="minor units is a whole number"):
        campaign.allocate.quota(CELLS, 10.7, currency="CNY", amount_unit="minor")


def test_missing_values_of_pandas_are_none():
    pandas = pytest.importorskip("pandas")
    made = campaign.table(
        {
            "due": [datetime.datetime(2026, 11, 2), pandas.NaT],
            "n": [pandas.NA, 3],
            "name": ["a", pandas.NA],
            "array": pandas.array([1, pandas.NA], dtype="Int64"),
        }
    )
    assert made["due"] == [datetime.datetime(2026, 11, 2), None]
    assert made["n"] == [None, 3]
    assert made["name"] == ["a", None]
    assert made["array"] == [1, None]
    due = campaign.schedule.tasks({**TASKS, "due": [pandas.NaT]}, start="2026-11-02")
    assert len(due.deadlines) == 0


def test_days_may_be_texts_and_dates_in_one_column():
    tasks = {"task": ["a", "b", "c"], "duration": [1, 1, 1], "due": ["2026-11-05", datetime.date(2026, 11, 6), None]}
    found = campaign.schedule.tasks(tasks, start="2026-11-02").deadlines
    assert found["due"] == [datetime.date(2026, 11, 5), datetime.date(2026, 11, 6)]
    records = {"record": [1, 2], "customer": ["A", "A"], "rep": ["Li", "Li"]}
    times = ["2026-11-02", datetime.datetime(2026, 11, 3, 9, 30)]
    added = campaign.append_followups(
        {**records, "time": times}, {"record": [3], "customer": ["A"], "rep": ["Li"], "time": ["2026-11-04 08:00"]}
    )
    assert added["time"][:2] == [datetime.datetime(2026, 11, 2), datetime.datetime(2026, 11, 3, 9, 30)]
    with pytest.raises(campaign.InputError, match=r"due row 1: 5 is no date"):
        campaign.schedule.tasks({**tasks, "due": ["2026-11-05", 5, None]}, start="2026-11-02")


def test_one_dimension_may_be_named_alone():
    cells = campaign.allocate.quota({"shop": ["x", "y"], "weight": [1, 1]}, 2, dimensions="shop").cells
    assert cells["quota"] == [1, 1]


@pytest.mark.parametrize("share", ["12%", float("nan"), b"1"])
def test_a_share_is_a_number(share):
    with pytest.raises(ValueError, match=r"expected a share such as 0\.2"):
        campaign.allocate.budget(ITEMS, budget=10, contingency=share)
    with pytest.raises(ValueError, match=r"reserve is .* expected a share such as 0\.2"):
        campaign.allocate.stock(
            {"sku": ["g"], "store": ["s"], "mean": [4]}, {"sku": ["g"], "stock": [3]}, reserve=share
        )


def test_a_target_without_its_objective_is_refused():
    with pytest.raises(ValueError, match='"response" has no use for'):
        campaign.allocate.budget(ITEMS, budget=10, target=5)
    with pytest.raises(ValueError, match='"quantile" has no use for'):
        campaign.allocate.budget(ITEMS, budget=10, risk="quantile", risk_aversion=1)


def test_things_of_ours_are_asked_for_by_name():
    for call in (
        lambda: campaign.schedule.tasks(TASKS, start="2026-11-02", calendar="CN"),
        lambda: campaign.followups({}, calendar="CN"),
        lambda: campaign.review({"metric": ["leads"]}, calendar="CN"),
        lambda: campaign.recurring("2026-11-01", "2026-12-01", calendar="CN"),
        lambda: campaign.plan(campaign.plan_request(2027), calendar="CN"),
    ):
        with pytest.raises(TypeError, match=r"calendar is str, expected a campaign\.Calendar"):
            call()
    with pytest.raises(TypeError, match=r"calendars\['x'\] is str, expected a campaign\.Calendar"):
        campaign.schedule.tasks(TASKS, start="2026-11-02", calendars={"x": "CN"})
    with pytest.raises(TypeError, match=r"plan is dict, expected a campaign\.Plan"):
        campaign.write_html("x.html", {})
    with pytest.raises(TypeError, match=r"table is dict, expected a campaign\.Table"):
        campaign.format_csv({"a": [1]})


def test_a_path_is_no_document():
    with pytest.raises(campaign.InputError, match=r"'request\.json' is not JSON text; .* pathlib\.Path") as caught:
        campaign.rapid_response("request.json")
    assert caught.value.code == "CAMPAIGN_E_SYNTAX"
    with pytest.raises(FileNotFoundError):
        campaign.rapid_response(pathlib.Path("no such request.json"))


@pytest.mark.parametrize(("data", "words"), [([], "an empty list"), ([1, 2], "a list with int"), (5, "int")])
def test_what_is_no_table_is_told(data, words):
    with pytest.raises(TypeError, match=f"^{words} is not columnar"):
        campaign.schedule.tasks(TASKS, links=data, start="2026-11-02")
