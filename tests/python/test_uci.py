"""Real, dirty order lines: what docs/examples/uci_retail.py makes of them equals what plain pandas gives."""

import datetime
import decimal
import importlib
import pathlib
import re
import sys

import pytest

pandas = pytest.importorskip("pandas")

ROOT = pathlib.Path(__file__).resolve().parents[2]
AS_OF = pandas.Timestamp("2011-12-09")
LISTED = 20


@pytest.fixture(scope="module")
def path(shared):
    found = shared / "data/uci_online_retail/online_retail.csv.xz"
    if not found.exists():
        pytest.skip(f"{found} is not here (outside truth, not part of a checkout)")
    return str(found)


@pytest.fixture(scope="module")
def result(path):
    sys.path.insert(0, str(ROOT / "docs/examples"))
    try:
        return importlib.import_module("uci_retail").run(path)
    finally:
        sys.path.pop(0)


@pytest.fixture(scope="module")
def lines(path):
    """The file by pandas alone, with the amount of each line in whole pence, halves away from zero."""
    lines = pandas.read_csv(path, dtype={"InvoiceNo": "string"}, parse_dates=["InvoiceDate"])
    thousandths = lines["Quantity"] * (lines["UnitPrice"] * 1000).round().astype("int64")
    pence = (thousandths.abs() + 5) // 10
    return lines.assign(day=lines["InvoiceDate"].dt.normalize(), pence=pence.where(thousandths >= 0, -pence))


@pytest.fixture(scope="module")
def sold(lines):
    return lines[lines["UnitPrice"] > 0]


@pytest.fixture(scope="module")
def customers(sold):
    """Per customer: pence net of returns, distinct invoices that sold something, day of the last of them."""
    known = sold.dropna(subset="CustomerID").astype({"CustomerID": "int64"})
    bought = known[known["pence"] > 0].groupby("CustomerID")
    table = known.groupby("CustomerID")["pence"].sum().to_frame("monetary")
    return table.assign(frequency=bought["InvoiceNo"].nunique(), last=bought["day"].max()).reset_index()


@pytest.fixture(scope="module")
def tiers(result):
    return result.tiers.tiers.to_pandas(money="minor")


@pytest.fixture(scope="module")
def targets(result):
    return result.plan.targets.to_pandas(money="minor")


def test_lines_and_cancellations_are_those_of_the_file(result, lines):
    assert result.n_lines == len(lines) == 541_909
    assert result.n_cancelled == lines["InvoiceNo"].str.startswith("C").sum() == 9_288


def test_every_line_left_out_is_counted_by_kind(result, lines):
    counts = {(row["column"], row["kind"]): row["n"] for row in result.quality.counts.rows()}
    no_customer, no_price = lines["CustomerID"].isna().sum(), (lines["UnitPrice"] <= 0).sum()
    assert counts == {("customer", "null"): no_customer, ("price", "below_minimum"): no_price}
    assert (no_customer, no_price) == (135_080, 2_517)


def test_the_first_twenty_of_each_kind_are_listed(result, lines):
    problems = result.quality.problems.to_pandas()
    for column, rows in (
        ("customer", lines.index[lines["CustomerID"].isna()]),
        ("price", lines.index[lines["UnitPrice"] <= 0]),
    ):
        assert list(problems.loc[problems["column"] == column, "row"]) == list(rows[:LISTED])
    assert len(problems) == 2 * LISTED


def test_orders_carry_every_line_with_a_price(result, sold):
    assert len(result.orders) == len(sold)
    assert result.orders.types["amount"] == "money[GBP]"
    assert list(result.orders.column("amount")) == list(sold["pence"])


def test_customers_are_those_with_a_name_and_a_price(result, tiers, customers):
    assert result.tiers.n_customers == len(customers) == 4_371
    assert list(tiers["customer"]) == list(customers["CustomerID"])


def test_monetary_value_is_right_to_the_penny(tiers, customers):
    assert list(tiers["monetary"]) == list(customers["monetary"])


def test_frequency_counts_invoices_that_sold_something(tiers, customers):
    assert list(tiers["frequency"]) == list(customers["frequency"].fillna(0).astype("int64"))


def test_recency_counts_days_to_the_last_purchase(result, tiers, customers):
    assert pandas.Timestamp(result.tiers.as_of) == AS_OF
    recency = (AS_OF - customers["last"]).dt.days
    assert list(tiers["recency_days"].astype("Int64")) == list(recency.astype("Int64"))


def test_equal_values_get_equal_scores_and_better_ones_no_worse(tiers):
    for value, score, sign in (("recency_days", "r", -1), ("frequency", "f", 1), ("monetary", "m", 1)):
        ordered = tiers.dropna(subset=value).assign(key=lambda t, v=value, s=sign: s * t[v]).sort_values("key")
        assert ordered.groupby("key")[score].nunique().max() == 1
        assert ordered[score].is_monotonic_increasing
        assert set(ordered[score]) == {1, 2, 3, 4, 5}


def test_segments_hold_every_customer_once(result, tiers):
    segments = result.tiers.segments.to_pandas(money="minor")
    assert segments["customers"].sum() == len(tiers)
    assert segments["monetary"].sum() == tiers["monetary"].sum()
    held = tiers["tier"].astype("str").value_counts()
    assert dict(held) == {row.tier: row.customers for row in segments.itertuples() if row.customers}


def test_who_bought_nothing_for_half_a_year_is_dormant(tiers):
    asleep = tiers["tier"].astype("str") == "dormant"
    assert list(asleep) == list((tiers["recency_days"] > 180).fillna(False))


def test_the_target_is_the_last_year_and_a_tenth(targets, sold):
    """December 2010 to November 2011 are the twelve whole months before the file breaks off on 9 December."""
    year = sold[sold["day"] < "2011-12-01"]["pence"].sum()
    wanted = (decimal.Decimal(int(year)) * 11 / 10).to_integral_value(decimal.ROUND_HALF_UP)
    assert list(targets.loc[targets["level"] == "year", "target"]) == [int(wanted)]


def test_parts_add_up_at_every_node_and_level(targets):
    total = targets.loc[targets["level"] == "year", "target"].item()
    levels = targets.astype({"level": "str"}).groupby("level")
    n_months_and_year = 13
    n_markets = n_months_and_year * targets["market"].nunique()
    assert dict(levels.size()) == {"year": 1, "quarter": 4, "month": 12, "day": 366, "market": n_markets}
    assert dict(levels["target"].sum()) == {
        **dict.fromkeys(("year", "quarter", "month", "day"), total),
        "market": 2 * total,
    }
    parts = targets.dropna(subset="parent").astype({"level": "str"}).groupby(["parent", "level"])["target"].sum()
    parents = targets.set_index("id")["target"].loc[parts.index.get_level_values("parent")]
    assert list(parts) == list(parents)


def test_months_follow_the_history(targets, sold):
    """One year of history: months keep its order where it is plain, drawn a little towards the mean."""
    year = sold[sold["day"] < "2011-12-01"]
    history = year.groupby(year["day"].dt.month)["pence"].sum()
    months = targets[(targets["level"] == "month")].set_index("start")["target"]
    months.index = [pandas.Timestamp(start).month for start in months.index]
    ratios = (months / months.sum()) / (history / history.sum())
    assert ratios.between(0.8, 1.25).all(), ratios
    assert list(months.sort_values().index[-3:]) == list(history.sort_values().index[-3:]) == [9, 10, 11]


def test_markets_share_as_they_sold(targets, sold):
    """Within one penny of each month's share, and so within twelve over the year. Sales are net of returns."""
    year = sold[sold["day"] < "2011-12-01"]
    history = year.groupby("Country")["pence"].sum()
    cells = targets.dropna(subset="market")
    assert set(cells["market"]) == set(sold["Country"])
    parents = targets.set_index("id")["target"]
    for row in cells.itertuples():
        share = int(history.get(row.market, 0)) * int(parents[row.parent]) / int(history.sum())
        assert abs(row.target - share) <= (12 if row.parent == 0 else 1)


def test_days_without_trade_get_no_target(targets, sold):
    closed = set(range(7)) - set(sold["day"].dt.day_of_week)
    assert closed == {5}, "the wholesaler never sold on a Saturday"
    days = targets[targets["level"] == "day"]
    weekdays = pandas.to_datetime(days["start"]).dt.day_of_week
    assert (days.loc[weekdays == 5, "target"] == 0).all()
    others = days.loc[weekdays != 5].set_index("period")["target"]
    assert list(others.index[others <= 0]) in ([], ["2012-04-08"]), "but for Easter Sunday, on which it was closed too"


def test_campaigns_carry_the_targets_of_their_days(result, targets):
    days = targets[targets["level"] == "day"].assign(start=lambda t: pandas.to_datetime(t["start"]))
    campaigns = result.plan.campaigns.to_pandas(money="minor")
    curve = result.plan.table("curve").to_pandas(money="minor")
    assert len(campaigns) > 4
    assert campaigns["target"].sum() == curve["target"].sum()
    by_day = curve.groupby("date")["target"].sum()
    planned = days.set_index("start")["target"]
    for date, target in by_day.items():
        assert target == planned.get(pandas.Timestamp(date), 0), "each day counts once, and whole"
    candidates = result.plan.table("candidates").to_pandas(money="minor")
    christmas = candidates[candidates["node"] == "christmas"]
    assert christmas["value_basis"].item() == "history"
    assert christmas["n_years"].item() == 1, "the history holds one Christmas"
    assert christmas["is_chosen"].item() or christmas["binding_rule"].item()


def test_the_budget_adds_up(result, targets):
    total = targets.loc[targets["level"] == "year", "target"].item()
    budget = result.plan.budget.to_pandas(money="minor")["amount"].sum()
    assert abs(budget - total / 20) <= 1


def test_the_page_shows_the_figures_of_the_plan(result):
    """What the program prints on the page is what Python gives, row by row, to the penny."""
    page = (ROOT / "docs/uci-online-retail.md").read_text(encoding="utf-8")
    printed = page[page.index("\nTargets\n") : page.index("\nNotes\n")]
    shown = [re.split(r" {2,}", line.strip()) for line in printed.splitlines() if re.search(r"\d\.\d\d", line)]
    money = "{:,.2f}".format
    targets = result.plan.targets.to_pandas()
    quarters = targets[targets["level"] == "quarter"]
    expected = [[row.period, money(row.target)] for row in quarters.itertuples()]
    days = ("date", "start", "last")
    for row in result.plan.campaigns.rows():
        row["last"] = row["end"] - datetime.timedelta(days=1)
        expected.append([row["name"], *(str(row[day]) for day in days), money(row["target"]), money(row["value"])])
    expected += [[row["name"], money(row["amount"])] for row in result.plan.budget.rows()]
    assert [cells[: len(wanted)] for cells, wanted in zip(shown, expected, strict=True)] == expected


def test_saving_and_loading_gives_the_same_bytes(result, tmp_path):
    import campaign

    first, second = tmp_path / "one.json", tmp_path / "two.json"
    result.plan.save(first)
    campaign.Plan.load(first).save(second)
    assert first.read_bytes() == second.read_bytes()
    assert datetime.date(2012, 2, 29) in [row["start"] for row in result.plan.targets.rows()]


def test_the_page_shows_what_the_hold_out_prints(path, capsys, monkeypatch):
    """A plan and a spreadsheet, judged by two months that neither has seen: the figures of the page are these."""
    monkeypatch.syspath_prepend(str(ROOT / "docs/examples"))
    monkeypatch.setattr(sys, "argv", ["uci_holdout.py", path])
    assert importlib.import_module("uci_holdout").main() == 0
    printed = capsys.readouterr().out
    assert printed in (ROOT / "docs/uci-online-retail.md").read_text(encoding="utf-8")
