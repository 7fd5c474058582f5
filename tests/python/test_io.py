"""CSV from Python: declared and found types, reports, files that come back the same."""

import datetime
import decimal

import pytest

import campaign

D = decimal.Decimal
TEXT = '会员卡号,日期,金额,件数,备注\r\n007,2026/1/5,"1,234.50",3,"第一行\n第二行"\r\n008,2026年1月6日,¥2.00,,\r\n'
COLUMNS = {"会员卡号": "key", "日期": "date", "金额": "money[CNY]"}


def test_declared_columns():
    table = campaign.parse_csv(TEXT, columns=COLUMNS)
    assert table.types == {"会员卡号": "utf8", "日期": "date", "金额": "money[CNY]", "件数": "int64", "备注": "utf8"}
    assert table.rows() == [
        {
            "会员卡号": "007",
            "日期": datetime.date(2026, 1, 5),
            "金额": D("1234.50"),
            "件数": 3,
            "备注": "第一行\n第二行",
        },
        {"会员卡号": "008", "日期": datetime.date(2026, 1, 6), "金额": D("2.00"), "件数": None, "备注": None},
    ]
    assert (table.report.n_records, table.report.n_skipped, table.report.delimiter) == (2, 0, ",")


def test_encodings_and_delimiters(tmp_path):
    path = tmp_path / "导出.csv"
    path.write_bytes(TEXT.replace(",", "\t").replace("1\t234", "1,234").encode("gb18030"))
    table = campaign.read_csv(path, columns=COLUMNS, encoding="auto", delimiter="auto")
    assert table["金额"] == [D("1234.50"), D("2.00")]
    assert (table.report.encoding, table.report.delimiter, table.report.has_bom) == ("gb18030", "\t", False)
    with pytest.raises(campaign.InputError) as caught:
        campaign.read_csv(path)
    assert caught.value.code == "CAMPAIGN_E_ENCODING"


def test_a_written_file_reads_back_the_same(tmp_path):
    table = campaign.parse_csv(TEXT, columns=COLUMNS)
    path = tmp_path / "out.csv"
    campaign.write_csv(path, table)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    again = campaign.read_csv(path, columns=table.types)
    assert again.to_dict() == table.to_dict()
    assert again.report.has_bom
    campaign.write_csv(path, table, bom=False, line_end="lf", delimiter=";")
    assert path.read_bytes().splitlines()[0] == "会员卡号;日期;金额;件数;备注".encode()


def test_text_is_formatted_without_a_file():
    table = campaign.table({"a": [1, None], "b": ["=1+1", ""]})
    assert campaign.format_csv(table) == 'a,b\n1,=1+1\n,""\n'
    assert campaign.format_csv(table, guards_formulas=True, line_end="crlf").startswith("a,b\r\n1,'=1+1")


def test_a_bad_cell_is_named_by_line_and_column():
    with pytest.raises(campaign.InputError) as caught:
        campaign.parse_csv("a,b\n1,2026-01-01\n2,2026-02-30\n", columns={"b": "date"})
    assert caught.value.where == "line 3 column 3"
    assert caught.value.row == 1
    assert "b" in caught.value.message


def test_bad_rows_are_skipped_counted_and_listed():
    text = "a,b\n1,2026-01-01\n2,2026-02-30\n"
    table = campaign.parse_csv(text, columns={"b": "date"}, on_problem="skip")
    assert table["a"] == [1]
    assert table.report.n_skipped == 1
    assert table.report.problems["line"] == [3]
    assert table.report.counts["n"] == [1]
    assert "<table>" in table.report._repr_html_()


def test_destroyed_ids_are_refused():
    with pytest.raises(campaign.InputError, match=r"1\.23E\+17"):
        campaign.parse_csv("订单号\n1.23E+17\n", columns={"订单号": "key"})


def test_a_column_in_many_words():
    words = {"type": "money", "currency": "CNY", "rounding": "half_even"}
    table = campaign.parse_csv("a\n0.125\n", columns={"a": words, "b": {"is_optional": True}})
    assert table["a"] == [D("0.12")]
    assert table.report.n_rounded == table.n_rounded == 1
    assert campaign.parse_csv("d\n5/1/2026\n", columns={"d": {"type": "date", "date_order": "dmy"}})["d"] == [
        datetime.date(2026, 1, 5)
    ]


def test_misuse_is_told_by_name():
    with pytest.raises(ValueError, match="there is no type 'dates'"):
        campaign.parse_csv("a\n", columns={"a": "dates"})
    with pytest.raises(TypeError, match='no field "tpye"'):
        campaign.parse_csv("a\n", columns={"a": {"tpye": "date"}})
    with pytest.raises(ValueError, match="one ASCII character"):
        campaign.parse_csv("a\n", delimiter="，")
    with pytest.raises(ValueError, match="utf-8"):
        campaign.parse_csv("a\n", encoding="utf-8")
    with pytest.raises(campaign.InputError) as caught:
        campaign.parse_csv("a\n1\n", columns={"b": "date"})
    assert caught.value.code == "CAMPAIGN_E_COLUMN"


def test_null_texts_titles_and_what_is_not_declared():
    text = "日报\na,b\nNA,1\n-,2\n"
    table = campaign.parse_csv(text, null_texts=["NA", "-"], n_lines_before_header=1)
    assert table["a"] == [None, None]
    only = campaign.parse_csv(text, columns={"b": "int64"}, only_declared=True, n_lines_before_header=1)
    assert only.columns == ["b"]


def test_zoned_times_and_formula_guards():
    table = campaign.parse_csv("t\n2026-01-01T00:00:00Z\n", columns={"t": "timestamp"}, utc_offset_minutes=480)
    assert table["t"] == [datetime.datetime(2026, 1, 1, 8)]
    assert campaign.parse_csv("t\n'=1\n", strips_formula_guard=True)["t"] == ["=1"]


def test_a_missing_file_is_an_os_error(tmp_path):
    with pytest.raises(OSError) as caught:
        campaign.read_csv(tmp_path / "absent.csv")
    assert isinstance(caught.value, campaign.FileError)
    assert caught.value.code == "CAMPAIGN_E_IO"
    assert "absent.csv" in str(caught.value)


def test_a_table_that_was_read_goes_into_an_engine():
    orders = campaign.parse_csv("customer,date,amount\n1,2026-01-01,5\n", columns={"amount": "money[CNY]"})
    assert campaign.tier_rfm(orders).n_customers == 1


# ---- Batches ----


def test_batches_are_the_file_read_at_once_again_and_again(tmp_path):
    path = tmp_path / "pairs.csv"
    rows = [f'{i // 7},"note, {i}\n",{i / 2}' for i in range(200)]
    path.write_text("customer,note,value\n" + "\n".join(rows), encoding="utf-8")
    whole = campaign.read_csv(path).rows()
    batches = campaign.read_csv_batches(path, group="customer", batch_bytes=64, columns={"value": "float64"})
    for _ in range(2):
        read = [batch.rows() for batch in batches]
        assert len(read) > 5
        assert [row for batch in read for row in batch] == whole
        customers = [{row["customer"] for row in batch} for batch in read]
        assert sum(map(len, customers)) == len(set().union(*customers))
    assert [len(a.rows()) for a, _ in zip(batches, batches, strict=True)] == [len(batch) for batch in read]


def test_batches_refuse_what_the_first_one_did_not_have(tmp_path):
    path = tmp_path / "n.csv"
    path.write_text("n\n1\n2\nx\n", encoding="utf-8")
    with pytest.raises(campaign.InputError) as caught:
        list(campaign.read_csv_batches(path, batch_bytes=2))
    assert (caught.value.where, caught.value.row) == ("line 4 column 1", 2)
    with pytest.raises(campaign.InputError, match='there is no column "customer"'):
        campaign.read_csv_batches(path, group="customer")


def test_offers_take_a_file_of_pairs(tmp_path):
    path = tmp_path / "pairs.csv"
    pairs = {
        "customer": [c for c in range(300) for _ in range(2)],
        "offer": ["coupon", "gift"] * 300,
        "value": [3.0 + (c * 7 + 3 * k) % 10 for c in range(300) for k in range(2)],
        "cost": [2.0, 5.0] * 300,
    }
    campaign.write_csv(path, campaign.table(pairs))
    words = {"offers": {"offer": ["coupon", "gift"]}, "budgets": {"amount": [500.0]}}
    file = campaign.read_csv_batches(path, group="customer", batch_bytes=500, columns={"value": "float64"})
    streamed, whole = campaign.allocate.offers(file, **words), campaign.allocate.offers(pairs, **words)
    assert streamed.value == whole.value
    assert streamed.choices.rows() == whole.choices.rows()
