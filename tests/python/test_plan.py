"""Plans from Python: the same history from every library, sums at every node, documents that come back the same."""

import datetime
import decimal
import json

import pytest

import campaign

D = decimal.Decimal


def request_2027(**changes) -> dict:
    return {**campaign.plan_request(2027), "target": {"amount": D("780000.00")}, "budget": {"rate": "4%"}, **changes}


@pytest.fixture
def plan(year_of_orders) -> campaign.Plan:
    return campaign.plan(request_2027(), year_of_orders, amount_unit="major")


def test_quarters_share_as_the_history_did(plan):
    # 780,000 over months 1 to 12 of 78: quarter 1 has 6 of 78, quarter 2 has 15, 24, 33.
    quarters = [row["target"] for row in plan.targets.rows() if row["level"] == "quarter"]
    assert quarters == [D("60000.00"), D("150000.00"), D("240000.00"), D("330000.00")]


def test_every_node_is_the_sum_of_its_children(plan):
    sums: dict[int, D] = {}
    rows = plan.targets.rows()
    for row in rows:
        if row["parent"] is not None:
            sums[row["parent"]] = sums.get(row["parent"], D(0)) + row["target"]
    assert len(sums) > 12
    assert all(total == rows[parent]["target"] for parent, total in sums.items())


def test_the_budget_adds_up_with_the_contingency_first(plan):
    amounts = plan.budget["amount"]
    assert sum(amounts) == D("31200.00")  # 4 % of 780,000
    assert amounts[0] == D("3120.00")  # 10 % of that
    assert plan.budget["group"][0] == "contingency"
    inside = dict.fromkeys(plan.campaigns["campaign"], D(0))
    for row in plan.budget_items.rows():
        inside[row["campaign"]] += row["amount"]
    assert inside == {row["campaign"]: row["amount"] for row in plan.budget.rows() if row["campaign"]}


def test_phases_belong_to_campaigns(plan):
    assert "d618" in plan.campaigns["node"]
    assert set(plan.phases["campaign"]) == set(plan.campaigns["campaign"])
    assert set(plan.phases["phase"]) == {"preheat", "burst", "closing", "feedback"}
    assert set(plan.deadlines["campaign"]) == set(plan.campaigns["campaign"])
    traffic = dict.fromkeys(plan.campaigns["campaign"], 0)
    for row in plan.curve.rows():
        traffic[row["campaign"]] += row["traffic_ppm"]
    assert set(traffic.values()) == {1_000_000}


def test_stock_is_120_percent_of_the_peak_day():
    orders = {
        "date": [datetime.date(2025, 11, 11), datetime.date(2025, 11, 11), datetime.date(2025, 6, 18)],
        "amount": [D("100.00"), D("20.00"), D("90.00")],
        "sku": ["A", "B", "A"],
        "market": ["East", "South", "East"],
        "product_line": ["nuts", "fruit", "nuts"],
        "quantity": [4000, 200, 4500],
    }
    request = {**request_2027(), "year": 2026, "campaigns": {"tiers": [], "forced": ["d1111"]}}
    planned = campaign.plan(request, orders)
    first = planned.stock.rows()[0]
    assert (first["sku"], first["peak_units"], first["units_per_day"]) == (None, 4200, 5040)
    assert first["lock_date"] == datetime.date(2026, 8, 11)
    assert planned.stock["sku"] == [None, "A", "B"]
    assert planned.markets["class"] == ["core", "emerging"]
    assert planned.products["product_line"] == ["fruit", "nuts"]
    assert campaign.Plan.load(planned.to_json()).to_json() == planned.to_json()


def test_campaigns_come_with_actions_mechanisms_and_customers():
    customers = [{"id": "gold", "kind": "high_value", "customers": 1000, "reach": "45%", "conversion": "3.3%"}]
    planned = campaign.plan(request_2027(customers=customers, seasons={"peak": [11]}))
    names = set(planned.campaigns["campaign"])
    assert set(planned.actions["campaign"]) == set(planned.mechanisms["campaign"]) == names
    assert {row["phase"] for row in planned.actions.rows()} == {"preheat", "burst", "closing", "feedback"}
    assert [row["reached"] for row in planned.matrix.rows()] == [450] * len(names)
    best = {row["campaign"]: row["mechanism"] for row in planned.mechanisms.rows() if row["rank"] == 1}
    assert best["d1111"] == "spend_and_save"


def test_pandas_polars_pyarrow_and_lists_give_the_same_document(year_of_orders, plan):
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    pyarrow = pytest.importorskip("pyarrow")
    for make in (pandas.DataFrame, polars.DataFrame, pyarrow.table):
        frame = make(year_of_orders)
        assert campaign.plan(request_2027(), frame, amount_unit="major").to_json() == plan.to_json()


def test_row_order_and_threads_change_nothing(year_of_orders, plan):
    backwards = {name: values[::-1] for name, values in year_of_orders.items()}
    for n_threads in (1, 2, 5):
        again = campaign.plan(request_2027(), backwards, amount_unit="major", n_threads=n_threads)
        assert again.to_json() == plan.to_json()


def test_a_saved_plan_comes_back_the_same(plan, tmp_path):
    path = tmp_path / "计划.json"
    plan.save(path)
    again = campaign.Plan.load(path)
    assert again.to_json() == plan.to_json() == path.read_text(encoding="utf-8")
    assert campaign.Plan.load(plan.to_json()).targets.to_dict() == plan.targets.to_dict()
    assert [p.name for p in tmp_path.iterdir()] == ["计划.json"]


def test_a_plan_that_cannot_be_saved_leaves_the_old_file(plan, tmp_path):
    (tmp_path / "plan.json").mkdir()
    with pytest.raises(OSError):
        plan.save(tmp_path / "plan.json")
    assert [p.name for p in tmp_path.iterdir()] == ["plan.json"]


def test_a_broken_document_is_refused_with_its_place(plan):
    with pytest.raises(campaign.InputError) as caught:
        campaign.Plan.load(plan.to_json()[:-10])
    assert caught.value.code == "CAMPAIGN_E_SYNTAX"
    assert "line" in caught.value.where


def test_an_unknown_key_is_answered_with_the_nearest(year_of_orders):
    with pytest.raises(campaign.InputError, match="target") as caught:
        campaign.plan({**campaign.plan_request(2027), "targte": {}})
    assert caught.value.code == "CAMPAIGN_E_UNKNOWN"


def test_plain_numbers_need_a_unit(year_of_orders):
    with pytest.raises(campaign.InputError) as caught:
        campaign.plan(request_2027(), year_of_orders)
    assert caught.value.code == "CAMPAIGN_E_COLUMN"
    cents = campaign.plan(request_2027(target={"growth": 0}), year_of_orders, amount_unit="minor")
    assert cents.targets["target"][0] == D("780.00")


def test_an_own_calendar_decides_the_nodes(year_of_orders):
    nodes = {
        "schema": "campaign/nodes/1",
        "nodes": [{"id": "birthday", "name": "店庆", "rule": "fixed 06-01", "tier": "big"}],
    }
    calendar = campaign.Calendar(nodes=nodes)
    planned = campaign.plan(request_2027(), year_of_orders, calendar=calendar, amount_unit="major")
    assert "birthday" in planned.table("candidates")["node"]


def test_no_history_is_a_plan_with_a_warning():
    planned = campaign.plan(request_2027())
    assert "no_history" in planned.notes["code"]
    assert len(planned.skipped) == 0


def test_other_column_names(year_of_orders):
    orders = {"日期": year_of_orders["date"], "金额": year_of_orders["amount"]}
    request = request_2027(data={"columns": {"date": "日期", "amount": "金额"}})
    assert campaign.plan(request, orders, amount_unit="major").targets["target"][1] == D("60000.00")


def test_a_request_says_what_the_orders_are(year_of_orders):
    request = {**campaign.plan_request(2027, language="zh"), "target": {"amount": "780000.00"}}
    lines = {"产品线": ["糖"] * 24, "区域": ["东", "西"] * 12, "日期": year_of_orders["date"]}
    plan = campaign.plan(request, {**lines, "金额": [f"{amount}.00" for amount in year_of_orders["amount"]]})
    assert plan.targets["target"][1] == D("60000.00")
    result = campaign.evaluate(plan, {"日期": ["2027-01-01"], "金额": ["9.50"]})
    assert result.attainment["actual"][0] == D("9.50")
    with_unit = {**request, "data": {**request["data"], "amount_unit": "major"}}
    east = campaign.evaluate(plan, {"日期": ["2027-01-01"], "金额": ["9.50"], "产品线": ["糖"], "区域": ["东"]})
    assert {"东", "西"} <= set(east.attainment["market"])
    assert campaign.plan(with_unit, {**lines, "金额": year_of_orders["amount"]}).targets["target"][1] == D("60000.00")


def test_documents_know_their_kind(plan):
    assert campaign.document_kind(plan.to_json()) == "plan"
    assert campaign.document_kind(request_2027()) == "plan_request"
    assert campaign.document_kind(campaign.default_segments()) == "segments"
    with pytest.raises(campaign.InputError):
        campaign.document_kind("{}")


def test_tables_of_a_plan_are_named(plan):
    assert plan.table("metrics").to_dict() == plan.metrics.to_dict()
    with pytest.raises(campaign.InputError, match="targets"):
        plan.table("tragets")
    assert "campaign.Plan" in repr(plan)
    assert "<table>" in plan._repr_html_()


def test_schemas_of_documents():
    for kind in ("plan_request", "plan", "calendar_overlay", "nodes", "segments", "campaign_rules", "rapid_response"):
        assert campaign.schema(kind)["type"] == "object"
    assert campaign.schema("plan_request", language="zh") != campaign.schema("plan_request")
    with pytest.raises(campaign.InputError):
        campaign.schema("plans")


def test_requests_start_from_a_document():
    request = campaign.plan_request(2028, "JPY", language="zh")
    assert (request["year"], request["currency"], request["language"]) == (2028, "JPY", "zh")
    assert campaign.plan(json.dumps(request)).targets["target"][0] == D(0)


def test_documents_hold_dates_and_decimals_but_not_anything():
    assert campaign.plan({**request_2027(), "target": {"amount": 780000}}).targets["start"][0] == datetime.date(
        2027, 1, 1
    )
    with pytest.raises(TypeError, match="set"):
        campaign.plan({**request_2027(), "target": {1, 2}})
    with pytest.raises(ValueError):
        campaign.plan({**request_2027(), "target": {"amount": float("nan")}})


def test_plans_are_compared_and_movements_traced(plan, year_of_orders):
    raised = campaign.plan(request_2027(target={"amount": D("858000.00")}), year_of_orders, amount_unit="major")
    found = plan.diff(raised, year_of_orders, amount_unit="major")
    assert found.is_traced
    assert found.causes["path"] == ["target.amount"]
    year = next(row for row in found.changes.rows() if row["subject"] == "2027" and row["column"] == "target")
    assert (year["before"], year["after"], year["amount_delta"]) == ("780000.00", "858000.00", D("78000.00"))
    assert not plan.diff(raised).is_traced
    assert len(plan.diff(plan).changes) == 0
    with pytest.raises(campaign.InputError) as caught:
        plan.diff(raised, {"date": [datetime.date(2026, 1, 1)], "amount": [1]}, amount_unit="major")
    assert caught.value.code == "CAMPAIGN_E_VALUE"


def test_every_table_has_a_name(plan):
    names = campaign.Plan.table_names()
    assert names[0] == "targets" and names[-1] == "skipped"
    assert set(names[:-1]) == set(json.loads(plan.to_json())) - {"schema", "request"}
    assert all(plan.table(name) is not None for name in names)


def test_rows_are_explained(plan):
    records = plan.explain("targets", "2027-Q1").rows()
    assert records[0]["amount"] == D("60000.00") and records[0]["because_of"] is None
    assert [row["code"] for row in records[:3]] == ["target", "supported", "target"]
    assert [row["subject"] for row in records[:3:2]] == ["targets 2027-Q1", "targets 2027"]
    assert plan.explain("budget", 0, language="zh").rows()[0]["code"] == "budget"
    with pytest.raises(campaign.InputError, match="did you mean"):
        plan.explain("targets", "2027-Q9")


def test_a_level_shares_by_a_column_of_the_drivers(year_of_orders):
    orders = {**year_of_orders, "rep": ["Li", "Wang"] * (len(year_of_orders["date"]) // 2)}
    request = request_2027(split=["rep", "quarter"], levels={"rep": {"column": "capacity", "padding": "10%"}})
    drivers = {"rep": ["Li", "Wang", "Zhao"], "capacity": [1.5, 0.5, 3.0]}
    made = campaign.plan(request, orders, drivers=drivers, amount_unit="major")
    by_rep = {row["rep"]: row for row in made.targets.rows() if row["level"] == "rep"}
    # Li has 1.5 of 2.0, and is assigned 10 % more; Zhao has no orders.
    assert by_rep["Li"]["target"] == D("585000.00") and by_rep["Li"]["assigned"] == D("643500.00")
    assert set(by_rep) == {"Li", "Wang"}
    assert "drivers_unknown" in made.notes["code"]
    with pytest.raises(campaign.CampaignError, match="table of drivers"):
        campaign.plan(request, orders, amount_unit="major")


def test_rules_lock_and_contradictions_are_named(year_of_orders):
    rules = [{"period": "2027-Q1", "amount": "100000.00"}, {"period": "2027-01", "minimum": "100000.01"}]
    request = request_2027(split=["quarter", "month"], rules=rules[:1])
    made = campaign.plan(request, year_of_orders, amount_unit="major")
    locked = [row for row in made.targets.rows() if row["rule"] == "locked"]
    assert [row["target"] for row in locked] == [D("100000.00")]
    with pytest.raises(campaign.CampaignError, match=r"2027-Q1 = 100000.00 against 2027-01 >= 100000.01"):
        campaign.plan({**request, "rules": rules}, year_of_orders, amount_unit="major")


def test_the_cube_adds_up_by_day_and_by_week(year_of_orders, plan):
    orders = {**year_of_orders, "channel": ["shop", "web"] * (len(year_of_orders["date"]) // 2)}
    made = campaign.plan(request_2027(split=["month", "channel"]), orders, amount_unit="major")
    cube, weeks = made.expand_targets(n_threads=2), made.expand_targets("week")
    assert cube.columns == ["date", "channel", "target"]
    assert weeks.columns == ["date", "end", "channel", "target"]
    assert len(cube) == 2 * 365 and sum(cube["target"]) == sum(weeks["target"]) == D("780000.00")
    assert campaign.Plan.load(made.to_json()).expand_targets().to_dict() == cube.to_dict()
    assert sum(plan.days["target"]) == D("780000.00")


def test_sub_goals_change_alike_within_bounds():
    metrics = {
        "metric": ["visits", "conversion", "order_value"],
        "baseline": [20000.0, 0.03, 80.0],
        "change": [None, None, 0.3],
        "maximum": [None, 0.033, None],
    }
    goals = campaign.sub_goals(metrics, 0.95)
    assert goals["goal"] == pytest.approx([20000 * 1.5 / 1.1, 0.033, 104])
    assert goals["basis"] == ["solved", "maximum", "given"]
    with pytest.raises(campaign.CampaignError, match=r"conversion <= 0.033"):
        campaign.sub_goals({**metrics, "maximum": [21000.0, 0.033, None]}, 0.95)


def test_entries_and_support_stand_beside_the_targets(year_of_orders):
    bottom_up = {"period": ["2027-01", "2027-Q1"], "amount": ["100.00", "20.00"]}
    daily = {
        "date": [datetime.date(2026, 10, 1), datetime.date(2026, 12, 31)],
        "visits": [100, 100],
        "orders": [15, 5],
    }
    request = request_2027(metrics={"conversion": "12.5%"})
    made = campaign.plan(request, year_of_orders, bottom_up=bottom_up, daily=daily, amount_unit="major")
    rows = {row["period"]: row for row in made.targets.rows()}
    assert (rows["2027"]["bottom_up"], rows["2027-Q1"]["bottom_up"]) == (D("120.00"), D("120.00"))
    assert (rows["2027-01"]["bottom_up"], rows["2027-02"]["bottom_up"]) == (D("100.00"), None)
    assert rows["2027-01"]["gap"] == D("100.00") - rows["2027-01"]["target"]
    # October to December sold 33 of 78 thousand: what the year sold is what they support.
    assert rows["2027"]["supported"] == D("78000.00") and rows["2027"]["above_ppm"] == 9_000_000
    conversion = made.metrics.rows()[0]
    assert (conversion["recent"], conversion["above_ppm"]) == (0.1, 250_000)


def test_campaigns_with_curves_share_by_what_they_bring():
    request = {**campaign.plan_request(2027), "target": {"amount": "10000.00"}, "split": []}
    request["campaigns"] = {"tiers": [], "forced": ["d618", "d1111"]}
    root = {"curve": "power", "shape": 0.5}
    curves = [{"campaign": "d618", "scale": 1, **root}, {"campaign": "d1111", "scale": 3, **root}]
    request["budget"] = {"total": "1000.00", "off_season_cap": 1, "curves": curves}
    rows = {row["campaign"]: row for row in campaign.plan(request).budget.rows() if row["campaign"]}
    assert [str(rows[name]["amount"]) for name in ("d618", "d1111")] == ["72.00", "648.00"]
    assert {row["basis"] for row in rows.values()} == {"curve"}
    assert rows["d618"]["marginal"] == rows["d1111"]["marginal"] == pytest.approx(0.5 / 72**0.5, abs=1e-6)
