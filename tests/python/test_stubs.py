"""What the stub of the compiled module says is what the module has."""

import os
import pathlib
import subprocess
import sys

import pytest


def test_the_stub_agrees_with_the_module(tmp_path):
    pytest.importorskip("mypy", reason="mypy is not installed (./dev test installs it)")
    # What SWIG adds and nobody uses: constants of C, which the words of knobs stand for, and its own machinery.
    allowed = tmp_path / "allowed"
    allowed.write_text(
        r"campaign\._core\.(CAMPAIGN|ARROW|OK$|E|ROUND|TYPE|UNIT|DAY|PERIOD|ROLL|NODE|GRAIN|SEASON|RATIO|SHRINK|NEW_YEAR|FORECAST|RFM|KPI|CSV|PROMOTION|EXPAND|CERTIFICATE|RESPONSE|ALLOCATE|FORM|FORMS)(_\w+)?"
        "\n"
        r"campaign\._core\.(CERTIFICATE|QUOTA|OFFERS)_\w+"
        "\n"
        r"campaign\._core\.(table|table_builder|calendar|plan|offer_prices|csv_batches)\.\w+"
        "\n"
        r"campaign\._core\.(CERTIFICATE|ALLOCATE)_\w+"
        "\n"
        r"campaign\._core\.RAPID_\w+"
        "\n"
        r"campaign\._core\.weakref"
        "\n"
    )
    config = tmp_path / "mypy.ini"
    config.write_text("[mypy]\n")
    command = [sys.executable, "-m", "mypy.stubtest", "campaign._core", "--concise", "--ignore-unused-allowlist"]
    command += ["--allowlist", str(allowed), "--mypy-config-file", str(config)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(pathlib.Path(__import__("campaign").__file__).parents[1])},
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
