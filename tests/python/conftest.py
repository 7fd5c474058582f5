"""Fixtures of every suite: outside truth, which is not part of a checkout, and a year of orders to work out by hand."""

import datetime
import os
import pathlib

import pytest


@pytest.fixture(scope="session")
def shared() -> pathlib.Path:
    folder = pathlib.Path(os.environ.get("CAMPAIGN_SHARED", "../shared"))
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here (outside truth, not part of a checkout)")
    return folder


@pytest.fixture
def year_of_orders() -> dict:
    """Month m of 2026 sells m * 1000.00, in two orders on the 1st and the 28th: 78,000.00 in the year."""
    return {
        "date": [datetime.date(2026, month, day) for month in range(1, 13) for day in (1, 28)],
        "amount": [500 * month for month in range(1, 13) for _ in (1, 28)],
    }
