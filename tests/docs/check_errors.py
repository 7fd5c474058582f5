"""docs/errors.md lists every status code in both languages, with value, name and sentence as the library has them."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "abi"))
LANGUAGES = ("en", "zh")
N_CELLS = 5


def page_rows(page: str, language: str) -> list[list[str]]:
    """Cells of the table that follows the language's mark, without its two head lines."""
    _, found, rest = page.partition(f"<!-- statuses: {language} -->")
    table = re.match(r"\s*((?:\|.*\n)+)", rest) if found else None
    lines = table.group(1).splitlines()[2:] if table else []
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]


def row_problems(cells: list[str], value: int, name: str, text: str) -> list[str]:
    """What a row says otherwise than the library, or leaves empty."""
    if len(cells) != N_CELLS:
        return [f"{len(cells)} cells, expected {N_CELLS}"]
    wanted = [str(value).replace("-", "−"), f"`{name}`", text]
    problems = [
        f'"{cell}", the library says "{want}"' for cell, want in zip(cells, wanted, strict=False) if cell != want
    ]
    return problems + [f"cell {i + 1} is empty" for i, cell in enumerate(cells) if not cell]


def table_problems(page: str, language: str, truth: list[tuple[int, str, str]]) -> list[str]:
    """Differences between the page's table and the library's codes, names and sentences."""
    rows = page_rows(page, language)
    problems = []
    if len(rows) != len(truth):
        problems.append(f"{language}: {len(rows)} codes, the library has {len(truth)}")
    for cells, (value, name, text) in zip(rows, truth, strict=False):
        problems += [f"{language}: {name}: {problem}" for problem in row_problems(cells, value, name, text)]
    return problems


def main() -> int:
    from library import Library
    from public_api import read_api

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--build", type=Path, required=True)
    options = parser.parse_args()
    library = Library(options.build)
    constants = read_api([options.root / "include/campaign/base.h"]).constants
    codes = {n: int(v) for n, v in constants.items() if n == "CAMPAIGN_OK" or n.startswith("CAMPAIGN_E_")}
    page = (options.root / "docs/errors.md").read_text(encoding="utf-8")
    problems = [f"{n} = {v} is {library.status_name(v)}" for n, v in codes.items() if library.status_name(v) != n]
    ordered = sorted(codes.items(), key=lambda pair: -pair[1])
    for language in LANGUAGES:
        truth = [(value, name, library.status_text(value, language)) for name, value in ordered]
        problems += table_problems(page, language, truth)
    print("\n".join(problems) or f"{len(codes)} status codes are explained in {len(LANGUAGES)} languages")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
