"""CSV files read as Python's csv module reads them, cell by cell, and refused where its strict mode refuses them.

csv_oracle.py random CSV_CELLS  writes files out of the characters that matter and compares.
csv_oracle.py retail CSV_CELLS  compares half a million real order lines (skipped where they are not here).
"""

import csv
import io
import lzma
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

SEED = 20270206
SKIPPED = 77
PIECES = [
    "a",
    "7",
    '"',
    '""',
    '"x"',
    '"a,b"',
    '"l\nm"',
    '"q\r\nr"',
    '"s""t"',
    ",",
    ",",
    "\n",
    "\r\n",
    "\r",
    " ",
    "张三",
    "'",
]

Row = list[str]


def printed_cells(program: str, path: Path, n_threads: int, names: Row) -> list[str] | None:
    """Cells as the library reads them, null as an empty text; None where it refuses the file."""
    done = subprocess.run([program, path, str(n_threads), *names], capture_output=True)
    if done.returncode == 3:
        return None
    if done.returncode != 0:
        raise SystemExit(f"{program} ended with {done.returncode}: {done.stderr.decode()}")
    cells = []
    output, at = done.stdout, 0
    while at < len(output):
        if output.startswith(b"null\n", at):
            cells.append("")
            at += 5
            continue
        colon = output.index(b":", at)
        end = colon + 1 + int(output[at:colon])
        cells.append(output[colon + 1 : end].decode())
        at = end + 1
    return cells


def expected_cells(rows: Iterable[Row], n_columns: int) -> list[str] | None:
    """Cells as Python reads them, blank lines as the library does; None where a record is ragged or misquoted."""
    cells: list[str] = []
    try:
        for row in rows:
            if not row and n_columns == 1:
                cells.append("")
            elif row and len(row) != n_columns:
                return None
            else:
                cells += row
    except csv.Error:
        return None
    return cells


def random_text(source: random.Random, n_columns: int) -> str:
    """Mostly whole records, sometimes anything."""
    if source.random() < 0.3:
        return "".join(source.choices(PIECES, k=source.randrange(12)))
    values = [piece for piece in PIECES if piece not in ('"', '""', ",", "\n", "\r\n", "\r")] + [""]
    lines = [",".join(source.choices(values, k=n_columns)) for _ in range(source.randrange(8))]
    return source.choice(["\n", "\r\n", "\r"]).join(lines) + source.choice(["", "\n", "\r\n"])


def compare_random(program: str, n_files: int) -> int:
    source = random.Random(SEED)
    n_read = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "random.csv"
        for number in range(n_files):
            n_columns = source.randrange(1, 5)
            names = [f"c{i}" for i in range(n_columns)]
            text = ",".join(names) + "\n" + random_text(source, n_columns)
            path.write_bytes(text.encode())
            reader = csv.reader(io.StringIO(text, newline=""), strict=True)
            next(reader)
            expected = expected_cells(reader, n_columns)
            found = printed_cells(program, path, 1, names)
            n_read += found is not None
            if found != expected:
                print(f"file {number} of seed {SEED}: {text!r}\nPython: {expected}\nlibrary: {found}")
                return 1
    print(f"{n_files} files, {n_read} of them read, cells as Python reads them")
    return 0 if n_files / 4 < n_read < n_files else 1


def compare_retail(program: str) -> int:
    packed = Path(os.environ.get("CAMPAIGN_SHARED", "../shared")) / "data/uci_online_retail/online_retail.csv.xz"
    if not packed.exists():
        print(f"skipped: {packed} is not here (outside truth, not part of a checkout)")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "retail.csv"
        path.write_bytes(lzma.decompress(packed.read_bytes()))
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            names = next(reader)
            expected = expected_cells(reader, len(names))
        for n_threads in (1, 3):
            if printed_cells(program, path, n_threads, names) != expected:
                print(f"cells differ with {n_threads} threads")
                return 1
    print(f"{len(expected or []) // len(names)} order lines as Python reads them")
    return 0


def main() -> int:
    what, program = sys.argv[1:3]
    return compare_random(program, 1500) if what == "random" else compare_retail(program)


if __name__ == "__main__":
    sys.exit(main())
