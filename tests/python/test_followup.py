"""Follow-ups in Python: the list of the day, findings, appended rows."""

import datetime

import pytest

import campaign


def records(**more):
    return {
        "record": [1, 2, 3],
        "corrects": [None, None, 1],
        "customer": ["A", "B", "A"],
        "time": ["2026-11-02", "2026-11-06", "2026-11-02"],
        "rep": ["Li", "Wu", "Li"],
        "next_action": ["call", "visit", "call again"],
        "next_date": ["2026-11-05", "2026-11-09", "2026-11-06"],
        **more,
    }


def test_the_list_of_the_day():
    found = campaign.followups(records(), as_of="2026-11-09")
    assert found.daily["text"] == ["A: call again (due 2026-11-06, 3 days late)", "B: visit (due today)"]
    assert found.as_of == datetime.date(2026, 11, 9)
    assert (found.n_rows, found.n_current, found.n_corrections, found.n_problems) == (3, 2, 1, 0)
    assert found.current["record"] == [2, 3]
    assert not found.is_provisional
    assert "call again" in found._repr_html_() or found.checks.n_rows > 0


def test_everybody_is_looked_after():
    found = campaign.followups(
        records(),
        contacts={"customer": ["C"], "rep": ["Li"], "date": ["2026-11-05"]},
        customers={"customer": ["A", "D"]},
        as_of=datetime.date(2026, 11, 9),
        language="zh",
    )
    kinds = {row["kind"]: row["customer"] for row in found.checks.rows()}
    assert kinds["not_contacted"] == "C"
    assert kinds["forgotten"] == "D"
    assert found.checks["text"][-1].endswith("。")


def test_rows_are_only_added():
    more = records(record=[4, 5, 6], corrects=[3, None, None])
    every = campaign.append_followups(records(), more)
    assert every["record"] == [1, 2, 3, 4, 5, 6]
    assert campaign.append_followups(None, records()).n_rows == 3
    with pytest.raises(campaign.InputError) as caught:
        campaign.append_followups(records(), records())
    assert caught.value.code == "CAMPAIGN_E_DUPLICATE"
    assert caught.value.row == 0


def test_a_missing_column_is_named():
    with pytest.raises(campaign.InputError) as caught:
        campaign.followups({"record": [1], "customer": ["A"], "time": ["2026-11-02"]})
    assert caught.value.where == "followups.rep"
