"""RFM tiers from Python."""

import csv
import datetime
import io
import lzma
import os
import pathlib

import pytest

import campaign

SHARED = pathlib.Path(os.environ.get("CAMPAIGN_SHARED", "../shared"))


def small() -> dict:
    return {
        "会员卡号": ["a", "b", "b", "c"],
        "日期": [
            datetime.date(2026, 1, 5),
            datetime.date(2026, 6, 1),
            datetime.date(2026, 7, 1),
            datetime.date(2026, 7, 2),
        ],
        "金额": ["10.00", "20.00", "-5.00", "7.50"],
    }


NAMES = {"customer": "会员卡号", "date": "日期", "amount": "金额"}


def test_columns_are_mapped_and_money_is_exact():
    result = campaign.tier_rfm(small(), **NAMES, currency="CNY", as_of="2026-07-02")
    rows = {row["customer"]: row for row in result.tiers.rows()}
    assert str(rows["b"]["monetary"]) == "15.00"
    assert rows["b"]["recency_days"] == 31
    assert rows["b"]["frequency"] == 1
    assert result.n_returns == 1
    assert result.as_of == datetime.date(2026, 7, 2)


def test_plain_mappings_may_hold_dates_as_text():
    texts = {**small(), "日期": [str(date) for date in small()["日期"]]}
    expected = campaign.tier_rfm(small(), **NAMES, currency="CNY").tiers.to_dict()
    assert campaign.tier_rfm(texts, **NAMES, currency="CNY").tiers.to_dict() == expected
    times = {**small(), "日期": ["2026-01-05 23:59", "2026-06-01T08:00:01.5", None, "2026-07-02"]}
    early = campaign.tier_rfm(times, **NAMES, currency="CNY", nulls="skip", day_starts_at_minutes=1)
    assert early.as_of == datetime.date(2026, 7, 1)
    for wrong in ("2026-02-30", "2026/1/5", "20260105"):
        with pytest.raises(campaign.InputError) as caught:
            campaign.tier_rfm({**small(), "日期": ["2026-01-01", wrong] * 2}, **NAMES, currency="CNY")
        assert (caught.value.code, caught.value.where, caught.value.row) == ("CAMPAIGN_E_SYNTAX", "日期", 1)


def test_numbers_without_a_unit_are_refused():
    orders = {**small(), "金额": [10, 20, -5, 7]}
    with pytest.raises(campaign.InputError) as caught:
        campaign.tier_rfm(orders, **NAMES)
    assert caught.value.code == "CAMPAIGN_E_COLUMN"
    assert campaign.tier_rfm(orders, **NAMES, currency="CNY", amount_unit="major").n_customers == 3


def test_a_wrong_column_name_is_answered_with_the_nearest():
    with pytest.raises(campaign.InputError, match="customer"):
        campaign.tier_rfm({"custmer": [1], "date": [datetime.date(2026, 1, 1)], "amount": ["1"]}, currency="CNY")


def test_progress_may_cancel():
    n = 200_000
    orders = {"customer": list(range(n)), "date": [datetime.date(2026, 1, 1)] * n, "amount": ["1.00"] * n}
    with pytest.raises(campaign.CancelledError):
        campaign.tier_rfm(orders, currency="CNY", progress=lambda stage, done, total: True)
    with pytest.raises(ZeroDivisionError):
        campaign.tier_rfm(orders, currency="CNY", progress=lambda stage, done, total: 1 // 0)


def published() -> dict:
    path = SHARED / "data/rfm_r/rfm_data_orders.csv.xz"
    if not path.exists():
        pytest.skip(f"{path} is not here (outside truth, not part of a checkout)")
    rows = list(csv.DictReader(io.StringIO(lzma.decompress(path.read_bytes()).decode())))
    return {
        "customer": [row["customer_id"] for row in rows],
        "date": [datetime.date.fromisoformat(row["order_date"]) for row in rows],
        "amount": [row["revenue"] for row in rows],
    }


def test_published_scores_of_the_r_package():
    result = campaign.tier_rfm(published(), currency="USD", as_of="2006-12-31", ties="r_rfm", frequency_counts="rows")
    rows = {row["customer"]: row for row in result.tiers.rows()}
    expected = {
        "Abbey O'Reilly": "343",
        "Add Senger": "412",
        "Aden Lesch": "323",
        "Aden Murphy": "544",
        "Admiral Senger": "433",
    }
    assert {name: rows[name]["rfm"] for name in expected} == expected
    assert result.n_customers == 995


def test_segments_from_a_document_and_in_chinese():
    result = campaign.tier_rfm(small(), **NAMES, currency="CNY", language="zh", dormant_after_days=60)
    assert "沉睡" in "".join(result.tiers["tier_name"])
    with pytest.raises(campaign.CampaignError):
        campaign.tier_rfm(small(), **NAMES, currency="CNY", segments={"schema": "campaign/segments/1", "rulez": []})
