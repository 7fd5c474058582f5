"""Tables in from every kind of columnar data, and out again."""

import datetime
import decimal
import gc

import pytest

import campaign

DAY = datetime.date(2027, 2, 6)
MOMENT = datetime.datetime(2027, 2, 6, 23, 59, 59, 123456)


def example() -> dict:
    return {
        "flag": [True, None, False],
        "count": [1, None, 2**62],
        "share": [0.5, None, -1e300],
        "date": [DAY, None, datetime.date(1900, 1, 31)],
        "time": [MOMENT, None, datetime.datetime(1969, 12, 31, 23, 0)],
        "店铺": ["一号店", None, ""],
        "amount": [decimal.Decimal("19.90"), None, decimal.Decimal("-0.05")],
    }


def test_a_mapping_of_lists_comes_back_the_same():
    assert campaign.table(example()).to_dict() == example()


def test_types_are_told():
    types = campaign.table(example()).types
    assert types == {
        "flag": "bool",
        "count": "int64",
        "share": "float64",
        "date": "date",
        "time": "timestamp",
        "店铺": "utf8",
        "amount": "money[XXX]",
    }


def test_pyarrow_round_trip():
    pyarrow = pytest.importorskip("pyarrow")
    there = campaign.table(example()).to_arrow()
    assert there.schema.field("amount").type == pyarrow.decimal128(there.schema.field("amount").type.precision, 2)
    assert there.to_pydict() == example()
    assert campaign.table(there).to_dict() == example()


def test_pandas_round_trip():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"customer": ["a", "b"], "n": [1, 2], "when": pandas.to_datetime(["2027-01-01", None])})
    table = campaign.table(frame)
    assert table["customer"] == ["a", "b"]
    assert table["n"] == [1, 2]
    assert table["when"] == [datetime.datetime(2027, 1, 1), None]
    back = campaign.table(example()).to_pandas(money="float")
    assert back["amount"].tolist()[0] == 19.9
    assert campaign.table(example()).to_pandas(money="minor")["amount"].tolist()[0] == 1990


def test_polars_round_trip():
    polars = pytest.importorskip("polars")
    frame = campaign.table(example()).to_polars()
    assert frame["amount"].to_list() == example()["amount"]
    assert campaign.table(frame).to_dict() == example()
    assert frame.schema["店铺"] == polars.String


def test_duckdb_reads_and_is_read():
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    orders = campaign.table({"customer": ["a", "b", "a"], "amount": ["1.10", "2.00", "3.00"]})
    orders = orders.with_money("amount", "CNY")
    assert len(orders) == 3  # read below by its name
    found = connection.sql("select customer, sum(amount) as total, count(*) as n from orders group by 1 order by 1")
    table = campaign.table(found)
    assert table["customer"] == ["a", "b"]
    assert table["total"] == [decimal.Decimal("4.10"), decimal.Decimal("2.00")]
    assert table["n"] == [2, 1]
    days = "select i % 10 as customer, date '2026-01-01' + i::int as date, (i * 1.25)::decimal(10, 2) as amount"
    assert campaign.tier_rfm(connection.sql(f"{days} from range(100) r(i)"), currency="CNY").n_customers == 10


def test_money_leaves_as_decimals_unless_asked_otherwise():
    polars = pytest.importorskip("polars")
    table = campaign.table({"amount": ["1.10"]}).with_money("amount", "CNY")
    assert polars.DataFrame(table)["amount"].to_list() == [decimal.Decimal("1.10")]
    assert table.to_polars(money="minor")["amount"].to_list() == [110]
    assert table.to_polars(money="float")["amount"].to_list() == [1.1]
    pyarrow = pytest.importorskip("pyarrow")
    batch = pyarrow.record_batch(table)  # by __arrow_c_array__ or the stream, as pyarrow likes
    assert batch.column("amount").to_pylist() == [decimal.Decimal("1.10")]
    assert campaign.table(batch).types == {"amount": "money[CNY]"}


def test_numpy_columns_are_taken():
    numpy = pytest.importorskip("numpy")
    table = campaign.table(
        {
            "x": numpy.arange(4),
            "every_other": numpy.arange(8)[::2],
            "y": numpy.array(["2027-01-01", "NaT", "1970-01-01", "1969-12-31"], dtype="datetime64[D]"),
            "z": numpy.array(["2027-01-01T08:00:00", "NaT", "1970-01-01", "1969-12-31"], dtype="datetime64[s]"),
            "s": numpy.array(["a", "b", "c", "店"]),
        }
    )
    assert table["x"] == [0, 1, 2, 3]
    assert table["every_other"] == [0, 2, 4, 6]
    assert table["y"] == [datetime.date(2027, 1, 1), None, datetime.date(1970, 1, 1), datetime.date(1969, 12, 31)]
    assert table["z"][:2] == [datetime.datetime(2027, 1, 1, 8), None]
    assert table["s"][3] == "店"


def test_a_column_is_a_buffer_that_keeps_its_table_alive():
    column = campaign.table({"n": list(range(1000))}).column("n")
    gc.collect()
    assert column.readonly
    assert column.format == "q"
    assert sum(column) == 499500


def test_an_export_outlives_its_table():
    pytest.importorskip("pyarrow")
    there = campaign.table(example()).to_arrow()
    gc.collect()
    assert there.column("店铺").to_pylist() == ["一号店", None, ""]


def test_numbers_are_not_money_by_themselves():
    table = campaign.table({"amount": [10, 20]})
    with pytest.raises(campaign.InputError) as caught:
        table.with_money("amount", "CNY")
    assert caught.value.code == "CAMPAIGN_E_COLUMN"
    assert table.with_money("amount", "CNY", unit="major")["amount"] == [
        decimal.Decimal("10.00"),
        decimal.Decimal("20.00"),
    ]
    assert table.with_money("amount", "CNY", unit="minor")["amount"] == [
        decimal.Decimal("0.10"),
        decimal.Decimal("0.20"),
    ]


def test_floats_need_a_rounding():
    table = campaign.table({"amount": [0.125, 2.5]})
    with pytest.raises(campaign.InputError):
        table.with_money("amount", "CNY", unit="major")
    rounded = table.with_money("amount", "CNY", unit="major", rounding="half_even")
    assert rounded["amount"] == [decimal.Decimal("0.12"), decimal.Decimal("2.50")]


def test_text_is_read_exactly():
    table = campaign.table({"amount": ["0.10", "92233720368547758.07"]}).with_money("amount", "CNY")
    assert list(table.column("amount")) == [10, 2**63 - 1]
    with pytest.raises(campaign.CampaignError) as caught:
        campaign.table({"amount": ["1.00", "1.001"]}).with_money("amount", "CNY")
    assert caught.value.row == 1


def test_zoned_times_are_refused_or_moved_never_stripped():
    pyarrow = pytest.importorskip("pyarrow")
    zoned = pyarrow.table({"t": pyarrow.array([MOMENT], pyarrow.timestamp("us", tz="UTC"))})
    with pytest.raises(campaign.InputError):
        campaign.table(zoned)
    assert campaign.table(zoned, utc_offset_minutes=480)["t"] == [MOMENT + datetime.timedelta(hours=8)]


def test_rows_as_mappings_are_columns():
    made = campaign.table([{"a": 1, "b": "x"}, {"b": "y", "c": 0.5}])
    assert made.types == {"a": "int64", "b": "utf8", "c": "float64"}
    assert list(made.rows()) == [{"a": 1, "b": "x", "c": None}, {"a": None, "b": "y", "c": 0.5}]
    with pytest.raises(TypeError, match="list with int is not columnar"):
        campaign.table([{"a": 1}, 5])


def test_what_is_not_columnar_is_refused_by_name():
    with pytest.raises(TypeError, match="int is not columnar"):
        campaign.table(5)
    with pytest.raises(TypeError, match="'x' mixes or holds int, str"):
        campaign.table({"x": [1, "a"]})


def test_columns_of_different_length_are_refused():
    with pytest.raises(campaign.InputError) as caught:
        campaign.table({"a": [1], "b": [1, 2]})
    assert caught.value.code == "CAMPAIGN_E_COLUMN"


def test_html_is_escaped():
    assert "&lt;b&gt;" in campaign.table({"x": ["<b>"]})._repr_html_()


def test_check_lists_every_problem():
    found = campaign.check(
        {"id": [1, 1, None], "date": [DAY, DAY, DAY]},
        [{"name": "id", "types": ["int64"], "is_unique": True}, {"name": "date", "types": "date"}, {"name": "amount"}],
    )
    assert not found
    assert sorted(found.counts["kind"]) == sorted(set(found.counts["kind"]))
    assert set(found.problems["column"]) == {"id", "amount"}
    assert campaign.check({"id": [1, 2]}, [{"name": "id"}])


def test_columns_without_values_are_as_good_as_missing():
    pyarrow = pytest.importorskip("pyarrow")
    bare = {"task": ["a"], "duration": [1]}
    wanted = campaign.schedule.tasks(bare, start="2026-02-09").tasks["finish"]
    given = [{**bare, name: [None]} for name in ("due", "earliest", "remaining", "actual_start", "optimistic")]
    given.append(pyarrow.table({**bare, "due": pyarrow.nulls(1)}))
    for tasks in given:
        assert campaign.schedule.tasks(tasks, start="2026-02-09").tasks["finish"] == wanted
    empty = {"task": [], "duration": [], "due": []}
    assert len(campaign.schedule.tasks(empty, start="2026-02-09").tasks) == 0
    assert len(campaign.schedule.tasks(pyarrow.table(empty), start="2026-02-09").tasks) == 0
    records = {"record": [1, 2], "customer": ["A", "A"], "time": ["2026-11-02"] * 2, "rep": ["Li"] * 2}
    checks = campaign.followups(records, as_of="2026-11-13").checks.rows()
    assert (
        checks and campaign.followups({**records, "corrects": [None] * 2}, as_of="2026-11-13").checks.rows() == checks
    )
    with pytest.raises(campaign.InputError, match="has no value in its 2 rows, expected date or timestamp"):
        campaign.followups({**records, "time": [None] * 2}, as_of="2026-11-13")


def test_check_takes_a_column_without_values_for_any_type():
    rule = {"name": "due", "types": "date", "allows_null": True}
    assert campaign.check({"due": [None, None]}, [rule])
    found = campaign.check({"due": [None, None]}, [{**rule, "allows_null": False}])
    assert set(found.counts["kind"]) == {"null"}
    assert set(campaign.check({"due": [None, "x"]}, [rule]).counts["kind"]) == {"type"}
