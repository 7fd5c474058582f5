"""The calendar from Python: dates in, dates out, tables where there are many."""

import datetime
import json
import pathlib

import pytest

import campaign

D = datetime.date.fromisoformat


@pytest.fixture(scope="module")
def cn() -> campaign.Calendar:
    return campaign.Calendar()


def test_four_kinds_of_day(cn):
    assert cn.day("2026-02-17").kind == "statutory"
    assert cn.day("2026-02-17").name == "春节"
    assert cn.day("2026-02-20").kind == "swapped"
    assert cn.day("2026-02-14").is_makeup
    assert cn.day(D("2026-03-07")).kind == "weekend"
    assert cn.day("2026-03-09").kind == "working"


def test_an_unknown_year_is_answered_and_flagged(cn):
    assert cn.day("2035-10-01").kind == "statutory"
    assert cn.day("2035-10-01").is_provisional
    assert not cn.day("2026-10-01").is_provisional


@pytest.mark.parametrize(
    ("start", "n", "answer"),
    [("2026-02-13", 2, "2026-02-24"), ("2026-02-15", 2, "2026-02-26"), ("2026-11-11", -20, "2026-10-14")],
)
def test_working_days(cn, start, n, answer):
    assert cn.add_working_days(start, n) == D(answer)


def test_working_days_are_counted_half_open(cn):
    assert cn.count_working_days("2026-01-01", "2027-01-01") == 248
    assert cn.count_working_days("2026-03-09", "2026-03-09") == 0
    assert cn.roll("2026-10-01") == D("2026-10-08")
    assert cn.roll("2026-10-01", "backward") == D("2026-09-30")


def test_nodes_of_a_year(cn):
    nodes = {row["id"]: row for row in cn.nodes(2027).rows()}
    assert nodes["cny"]["date"] == D("2027-02-06")
    assert nodes["mid_autumn"]["date"] == D("2027-09-15")
    assert nodes["cny"]["name"] == "春节"
    assert nodes["cny"]["theme"]
    assert "memorial_day" not in nodes
    assert set(cn.nodes(2027, tier="big")["tier"]) == {"big"}
    assert "memorial_day" in cn.nodes(2027, regions="*")["id"]


def test_own_nodes_and_overlays(tmp_path):
    nodes = {
        "schema": "campaign/nodes/1",
        "nodes": [{"id": "anniversary", "name": "店庆", "rule": "fixed 06-01", "tier": "big"}],
    }
    overlay = tmp_path / "2027.json"
    overlay.write_text(
        json.dumps({"year": 2027, "days": [{"name": "春节", "date": "2027-02-20", "isOffDay": False}]}),
        encoding="utf-8",
    )
    calendar = campaign.Calendar(nodes=nodes, overlays=pathlib.Path(overlay))
    assert "anniversary" in calendar.nodes(2027)["id"]
    assert calendar.day("2027-02-20").is_makeup
    assert not calendar.day("2027-02-20").is_provisional


def test_errors_name_the_place():
    with pytest.raises(campaign.InputError) as caught:
        campaign.Calendar(overlays='{"year": 2027, "days": [{"name": "x", "date": "2027-02-30", "isOffDay": true}]}')
    assert caught.value.code == "CAMPAIGN_E_VALUE"
    assert "line 1 column" in caught.value.where


def test_lunar_dates_and_terms():
    lunar = campaign.Calendar.lunar("2025-07-25")
    assert (lunar.month, lunar.day, lunar.is_leap) == (6, 1, True)
    assert str(lunar) == "闰六月初一"
    assert campaign.Calendar.from_lunar(2033, 11, 1, is_leap=True) == D("2033-12-22")
    assert campaign.Calendar.solar_term(2027, "清明") == D("2027-04-05")
    assert campaign.Calendar.solar_term(2027, "qingming") == D("2027-04-05")
    with pytest.raises(ValueError):
        campaign.Calendar.solar_term(2027, "nothing")


def test_periods(cn):
    assert cn.period("2026-12-31", "iso_week").label == "2026-W53"
    fiscal = cn.period("2027-02-01", "fiscal_year")
    assert (fiscal.start, fiscal.end) == (D("2027-01-31"), D("2028-01-30"))
    months = cn.periods("2026-01-01", "2027-01-01", "month")
    assert months["n_working_days"] == [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]


def test_days_are_a_table(cn):
    days = cn.days("2027-02-05", "2027-02-08")
    assert days["lunar"] == ["腊月廿九", "正月初一", "正月初二"]
