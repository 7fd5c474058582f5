"""Exact money: reading, printing, splitting."""

import pytest

import campaign


def test_split_adds_up():
    assert campaign.split(1000, [1, 1, 1]).parts == (334, 333, 333)
    assert campaign.split(999999, [35, 25, 20, 15, 5]).parts == (349999, 250000, 200000, 150000, 50000)


def test_caps_leave_a_remainder():
    found = campaign.split(1000, [5, 3, 2], maximum=[400, 400, 400])
    assert (found.parts, found.unallocated_minor) == ((400, 360, 240), 0)
    found = campaign.split(1000, [5, 3], maximum=[400, 400])
    assert (found.parts, found.unallocated_minor) == ((400, 400), 200)


def test_locked_cells_stay_and_conflicts_are_named():
    assert campaign.split(100, [1, 1, 1], locked=[10, None, None]).parts == (10, 45, 45)
    with pytest.raises(campaign.InputError) as caught:
        campaign.split(100, [1, 1], minimum=[80, 80])
    assert caught.value.code == "CAMPAIGN_E_INFEASIBLE"


def test_lists_of_other_lengths_are_refused():
    with pytest.raises(ValueError, match="minimum has 1 cells"):
        campaign.split(100, [1, 1], minimum=[80])


def test_money_text():
    assert campaign.parse_money("19.90") == 1990
    assert campaign.format_money(1990) == "19.90"
    assert campaign.format_money(-5) == "-0.05"
    assert campaign.parse_money("2.5", 0, rounding="half_even") == 2
    assert campaign.currency_exponent("JPY") == 0
    with pytest.raises(campaign.InputError):
        campaign.parse_money("2.5", 0)
    with pytest.raises(campaign.RangeError):
        campaign.parse_money("92233720368547758.08")
