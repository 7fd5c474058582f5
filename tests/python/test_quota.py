"""Quotas from Python: splits, tables, money, refusals."""

import decimal

import pytest

import campaign

D = decimal.Decimal
GRID = {"row": ["a", "a", "b", "b"], "column": ["x", "y", "x", "y"], "weight": [4, 1, 1, 1]}


def test_a_split_in_units():
    result = campaign.allocate.quota({"cell": ["Li", "Wu", "Xu"], "weight": [53, 24, 23]}, 7, method="dhondt")
    assert result.cells["quota"] == [4, 2, 1]
    assert result.is_optimal and result.gap == 0 and result.value == 7
    row = result.multipliers.rows()[0]
    assert (row["low_numerator"], row["low_denominator"], row["next"]) == (23, 2, "Xu")
    assert result.rows is None and len(result.ties) == 0


def test_a_split_of_money_is_exact():
    cells = {"cell": ["a", "b", "c"], "weight": [1, 1, 1], "maximum": [None, "20.00", None]}
    result = campaign.allocate.quota(cells, "100.00", currency="CNY", language="zh")
    assert result.cells["quota"] == [D("40.00"), D("20.00"), D("40.00")]
    assert result.cells["held"] == [None, "maximum", None]
    result = campaign.allocate.quota({"cell": ["a", "b", "c"], "weight": [1, 1, 1]}, D("100"), currency="CNY")
    assert result.cells["quota"] == [D("33.34"), D("33.33"), D("33.33")]
    assert result.ties["high"] == [D("33.34")] * 3 and "平局" not in result.notes["text"][0]
    with pytest.raises(TypeError):
        campaign.allocate.quota(cells, 100, currency="CNY")
    with pytest.raises(TypeError):
        campaign.allocate.quota(cells, "100")


def test_rows_and_columns_are_kept():
    result = campaign.allocate.quota(
        GRID,
        rows={"row": ["a", "b"], "total": [6, 3]},
        columns={"column": ["x", "y"], "total": [6, 3]},
        kind="biproportional",
    )
    assert result.cells["quota"] == [5, 1, 1, 2]
    assert result.rows is not None and result.rows["total"] == [6, 3]
    assert result.columns is not None and result.columns["divisor"][0] == 1.0
    assert {row["kind"] for row in result.multipliers.rows()} == {"row", "column"}


def test_totals_are_made_from_weights():
    result = campaign.allocate.quota(GRID, 7, kind="biproportional")
    assert result.cells["quota"] == [4, 1, 1, 1] and result.notes["code"] == ["margins_made"]


def test_dimensions_by_name():
    cells = {"line": ["tea", "tea", "rice"], "region": ["N", "S", "N"], "leads": [1.5, 1.5, 3]}
    result = campaign.allocate.quota(cells, 9, dimensions=["line", "region"], weight="leads")
    assert [(r["line"], r["region"], r["quota"]) for r in result.cells.rows()] == [
        ("rice", "N", 5),
        ("tea", "N", 2),
        ("tea", "S", 2),
    ]
    assert result.notes["code"][0] == "nested"
    assert [row["line"] for row in result.ties.rows()] == ["rice", "tea"]


def test_rounding_and_fitting():
    table = {**GRID, "weight": [1.5, 2.5, 2.5, 3.5]}
    rounded = campaign.allocate.quota(table, kind="rounding")
    quota = rounded.cells["quota"]
    assert sum(quota) == 10 and quota[0] + quota[1] == 4 and rounded.value == 1.0
    fitted = campaign.allocate.quota(
        GRID,
        rows={"row": ["a", "b"], "total": [6.0, 3.0]},
        columns={"column": ["x", "y"], "total": [6.0, 3.0]},
        kind="fitting",
    )
    a, b, c, d = fitted.cells["quota"]
    assert a + b == pytest.approx(6, rel=1e-14) and a + c == pytest.approx(6, rel=1e-14)
    assert a * d / (b * c) == pytest.approx(4, rel=1e-12)


def test_tables_of_money_are_exact():
    result = campaign.allocate.quota(
        GRID,
        rows={"row": ["a", "b"], "total": ["600000000.01", "299999999.99"]},
        columns={"column": ["x", "y"], "total": ["500000000.00", "400000000.00"]},
        kind="biproportional",
        currency="CNY",
    )
    a, b, c, d = result.cells["quota"]
    assert (a + b, c + d) == (D("600000000.01"), D("299999999.99"))
    assert (a + c, b + d) == (D("500000000.00"), D("400000000.00"))
    # In proportion: a d = 4 b c but for the rounding to fen.
    assert abs(a * d / (4 * b * c) - 1) < D("1e-9") and result.is_optimal
    table = {**GRID, "weight": [0.125, 0.5, 1.005, 7]}
    rounded = campaign.allocate.quota(table, kind="rounding", currency="CNY")
    assert rounded.cells["quota"] == [D("0.12"), D("0.50"), D("1.01"), D("7.00")]  # a tie: the larger weight
    assert rounded.total == 863


def test_mistakes_are_told_with_their_place():
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.allocate.quota({"cell": ["a"], "weight": [float("nan")]}, 5)
    assert caught.value.code == "CAMPAIGN_E_VALUE" and caught.value.where == "cells.weight" and caught.value.row == 0
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.allocate.quota(
            {**GRID, "weight": [4, 0, 1, 1]},
            rows={"row": ["a", "b"], "total": [8, 1]},
            columns={"column": ["x", "y"], "total": [6, 3]},
            kind="biproportional",
        )
    assert caught.value.code == "CAMPAIGN_E_INFEASIBLE"
    assert "rows a need 8; columns x have 6 for them" in str(caught.value)


def test_quotas_from_capacity():
    reps = {
        "rep": ["Li", "Wu"],
        "visits_a_day": [6, 6],
        "win_rate": [0.2, 0.2],
        "ticket": ["400.00", "400.00"],
        "working_days": [250, 250],
        "start_month": [None, 7],
    }
    ramp = {"month": [1, 2, 3], "share": [0.25, 0.5, 0.75]}
    result = campaign.allocate.capacity_quota(reps, "200000.00", ramp=ramp, currency="CNY", language="zh")
    assert result.reps["capacity"] == [D("120000.00"), D("45000.00")]
    # 200000 x 120 / 165 = 145454.545..., of 35/165 54545.454...: one fen to the larger fraction.
    assert result.reps["quota"] == [D("145454.55"), D("54545.45")]
    assert (result.total, result.capacity, result.gap) == (D("200000.00"), D("165000.00"), D("35000.00"))
    assert result.is_over and result.n_over == 2 and result.is_optimal
    assert "超出 21%" in result.reps["text"][0] and result.notes["code"] == ["reps_over", "total_over", "ramping"]
    relaxed = campaign.allocate.capacity_quota(reps, ramp=ramp, currency="CNY", flag=0.5)
    assert relaxed.gap == 0 and relaxed.n_over == 0
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.allocate.capacity_quota({**reps, "rep": ["Li", "Li"]}, ramp=ramp, currency="CNY")
    assert caught.value.code == "CAMPAIGN_E_DUPLICATE" and caught.value.where == "reps"
