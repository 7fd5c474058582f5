"""The Python examples of the documentation print what the pages show; so do those in C, run by their own suite."""

import os
import pathlib
import subprocess
import sys

import pytest

import campaign

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUNNER = ROOT / "tests/docs/run_examples.py"
PAGES = [
    page
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    if "<!-- run -->" in page.read_text(encoding="utf-8") and "```python" in page.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_page_does_what_it_shows(page):
    command = [sys.executable, str(RUNNER), "--build", str(ROOT / "build/bindings"), "--language", "python"]
    command += ["--pythonpath", os.environ.get("PYTHONPATH", ""), str(page)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert ", 0 failed" in done.stdout


def test_the_page_of_python_names_everything():
    page = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    for module in (campaign, campaign.allocate, campaign.schedule):
        for name in set(module.__all__) - {"allocate", "schedule"}:
            kind = getattr(module, name)
            is_exception = isinstance(kind, type) and issubclass(kind, Exception)
            assert f"`{name}`" in page, f"docs/python.md does not name {name}"
            assert is_exception or not hasattr(kind, "plot") or f"{name}.plot(" in page, f"nor the picture of {name}"
