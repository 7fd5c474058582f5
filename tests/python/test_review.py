"""Reviews in Python: the handbook's example, lessons for the next request."""

import datetime

import pytest

import campaign


def test_the_handbooks_example():
    found = campaign.review(
        {"metric": ["leads", "orders", "roi"], "target": [30, 15, 3.0], "actual": [36, 18, 3.5]},
        segments={"class": ["S", "B"], "leads": [10, 26], "orders": [7, 11]},
    )
    assert found.review["attainment_ppm"] == [1200000, 1200000, 1166667, 1000000]
    assert found.review["highlights"][3] == "S-class conversion 70% (overall 50%)"
    assert (found.n_highlights, found.n_problems, found.n_measures) == (4, 0, 0)
    assert "leads" in found._repr_html_()


def test_measures_go_into_the_next_request():
    found = campaign.review(
        {"metric": ["leads"], "target": [30], "actual": [36]},
        findings={"kind": ["measure"], "text": ["提前5天确认物流"], "owner": ["operations"]},
        next_start="2026-09-28",
        next_campaign="fair27",
    )
    assert found.tasks["due"] == [datetime.date(2026, 9, 20)]
    assert found.lessons() == [
        {
            "id": "lesson_1",
            "name": "提前5天确认物流",
            "role": "operations",
            "anchor": "before_burst",
            "offset": 5,
            "source": "review",
        }
    ]
    request = {
        "schema": "campaign/rapid_response/1",
        "name": "Fair",
        "type": "fair",
        "start": "2026-09-28",
        "finish": "2026-10-16",
        "leads": 30,
        "expected_conversion": "50%",
        "tasks": found.lessons("rapid_response"),
    }
    tasks = {row["name"]: row["due"] for row in campaign.rapid_response(request).tasks.rows()}
    assert tasks["提前5天确认物流"] == datetime.date(2026, 9, 20)


def test_a_metric_twice_is_refused():
    with pytest.raises(campaign.InputError) as caught:
        campaign.review({"metric": ["a", "a"], "target": [1, 1], "actual": [1, 1]})
    assert caught.value.code == "CAMPAIGN_E_DUPLICATE"
