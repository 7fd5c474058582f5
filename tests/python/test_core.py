"""The compiled module itself: every function that the facade does not need, exact at the limits of its types."""

import pytest

import campaign
from campaign import _core


def test_status_has_a_name_and_a_meaning():
    assert _core.status_name(_core.E_COLUMN) == "CAMPAIGN_E_COLUMN"
    assert _core.status_text(_core.OK, "en") != _core.status_text(_core.OK, "zh")
    assert _core.status_text(_core.E_NOMEM, None) == _core.status_text(_core.E_NOMEM, "en")


def test_numbers_are_read_in_every_locale():
    assert _core.number_parse("-1.5e3") == -1500.0
    with pytest.raises(campaign.InputError):
        _core.number_parse("1,5")


def test_civil_dates():
    assert _core.date_from_civil(2027, 2, 6) == _core.date_parse("2027-02-06") == 20855
    assert _core.date_to_civil(20855) == [2027, 2, 6]
    assert _core.date_format(-719162) == "0001-01-01"
    with pytest.raises(campaign.InputError):
        _core.date_from_civil(2027, 2, 29)
    with pytest.raises(OverflowError):
        _core.date_format(2**31)


def test_a_table_is_built_cell_by_cell():
    builder = _core.table_builder_create()
    for name, kind, currency in (("n", 3, None), ("x", 4, None), ("s", 7, None), ("m", 8, "CNY")):
        _core.table_builder_add_column(builder, name, kind, currency)
    _core.table_builder_append_int64(builder, 0, -(2**63))
    _core.table_builder_append_float64(builder, 1, 0.1)
    _core.table_builder_append_text(builder, 2, "店\0铺")
    _core.table_builder_append_int64(builder, 3, 2**63 - 1)
    for index in range(4):
        _core.table_builder_append_null(builder, index)
    table = _core.table_builder_finish(builder)
    assert (_core.table_n_rows(table), _core.table_n_columns(table), _core.table_find(table, "m")) == (2, 4, 3)
    assert _core.table_int64(table, 0, 0) == -(2**63)
    assert _core.table_float64(table, 1, 0) == 0.1
    assert _core.table_text(table, 2, 0) == "店\0铺"
    assert _core.table_text(table, 2, 1) is None
    assert [_core.table_is_null(table, 3, row) for row in (0, 1)] == [0, 1]
    assert _core.table_format(table, 3, 0) == "92233720368547758.07"
    assert _core.table_column(table, 3)["currency"] == "CNY"
    with pytest.raises(campaign.InputError):
        _core.table_column(table, 4)


def test_long_text_is_formatted_whole():
    text = "长" * 5000
    assert _core.table_format(campaign.table({"s": [text]})._handle, 0, 0) == text


def test_terms_have_names():
    assert _core.solar_term_name(7, "zh") == "清明"
    assert _core.solar_term_name(25, "zh") is None


def test_numbers_beyond_their_type_are_refused():
    with pytest.raises(OverflowError):
        campaign.format_money(2**63)
    with pytest.raises(OverflowError):
        campaign.split(2**63, [1])
    with pytest.raises(OverflowError):
        campaign.Calendar().add_working_days("2026-01-01", 2**64)


def test_text_with_a_zero_is_refused_where_it_would_be_cut():
    with pytest.raises(ValueError, match="zero"):
        campaign.Calendar("C\0N")


def test_options_that_do_not_exist_are_refused():
    with pytest.raises(TypeError, match='no field "customers"'):
        _core.tier_rfm(campaign.table({"a": [1]})._handle, {"customers": "a"}, None)


def test_handles_are_not_made_by_hand():
    for kind in (_core.table, _core.calendar, _core.plan, _core.table_builder):
        with pytest.raises(AttributeError):
            kind()
