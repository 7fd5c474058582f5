"""CSV files read by the library, pyarrow and polars: types from the cells, all columns kept, the same answer.

python tests/bench/bench_csv.py BUILD_FOLDER [--rows N] [--runs N]

The files are generated. One thread first, then as many as the machine has (at most four). The readers take turns; shown
are medians of megabytes a second by the clock (and of the processor); last, how many times the faster peer takes.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

THREADS = int(os.environ.get("BENCH_THREADS", "0"))
if THREADS:
    os.environ["POLARS_MAX_THREADS"] = str(THREADS)

import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.csv  # noqa: E402
from built import Built, Runtime  # noqa: E402


class Library(Built):
    """Both shared libraries of a build."""

    def __init__(self, build: Path) -> None:
        super().__init__(build)
        self.io = ctypes.CDLL(str(next(build.glob("src/io/libcampaign-io.so.?"))))

    def read(self, path: Path, n_threads: int) -> ctypes.c_void_p:
        table = ctypes.c_void_p()
        runtime = Runtime(size=ctypes.sizeof(Runtime), n_threads=n_threads)
        self.check(
            self.io.campaign_io_read_csv(
                ctypes.byref(table), None, str(path).encode(), None, ctypes.byref(runtime), ctypes.byref(self.error)
            )
        )
        return table


def write_files(folder: Path, n_rows: int) -> dict[str, Path]:
    """Whole numbers and prices; floats in full length; an order table with text and dates."""
    random = np.random.default_rng(20270206)
    number = np.arange(n_rows) + 100000
    customer = random.integers(0, 1_000_000, n_rows)
    price = np.round(np.exp(random.normal(3, 1, n_rows)), 2)
    rate = np.round(random.random(n_rows), 6)
    day = pa.array((20089 + random.integers(0, 730, n_rows)).astype(np.int32)).cast(pa.date32())
    names = pa.array([f"product {i}, size {i % 7}" if i % 5 == 0 else f"商品 {i}" for i in range(2000)])
    product = names.take(pa.array(random.integers(0, 2000, n_rows)))
    quantity = random.integers(1, 50, n_rows)
    tables = {
        "numbers": {"order": number, "customer": customer, "quantity": quantity, "price": price, "rate": rate},
        "long floats": {
            "x": random.random(n_rows),
            "y": random.normal(0, 1000, n_rows),
            "z": random.gamma(2, 1, n_rows),
        },
        "orders": {"order": number, "day": day, "customer": customer, "product": product, "price": price},
    }
    paths = {}
    for title, columns in tables.items():
        paths[title] = folder / f"{title}.csv"
        pa.csv.write_csv(pa.table(columns), paths[title])
    return paths


def pyarrow_read(path: Path, n_threads: int) -> pa.Table:
    return pa.csv.read_csv(path, read_options=pa.csv.ReadOptions(use_threads=n_threads > 1))


def polars_read(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, try_parse_dates=True)


def require_same(title: str, ours: pa.Table, theirs: pa.Table) -> None:
    """Ends the run where two readers give different cells."""
    for name in theirs.column_names:
        expected = theirs[name].combine_chunks()
        if not ours[name].combine_chunks().cast(expected.type).equals(expected):
            sys.exit(f"{title}: column {name} differs")


def race(
    runners: dict[str, Callable[[], object]], n_runs: int, free: Callable[[object], object]
) -> dict[str, list[float]]:
    """Median seconds, by the clock and of the processor, of readers that take turns; results are freed in between."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in runners}
    for _ in range(n_runs):
        for name, work in runners.items():
            clock, processor = time.perf_counter(), time.process_time()
            result = work()
            times[name].append((time.perf_counter() - clock, time.process_time() - processor))
            if isinstance(result, ctypes.c_void_p):
                free(result)
            del result
    return {name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in times.items()}


def compare(library: Library, title: str, path: Path, n_runs: int) -> None:
    table = library.read(path, THREADS)
    ours = pa.Table.from_batches([library.take(table)])
    library.c.campaign_table_free(table)
    require_same(f"{title}, pyarrow", ours, pyarrow_read(path, THREADS))
    seconds = race(
        {
            "campaign": lambda: library.read(path, THREADS),
            "pyarrow": lambda: pyarrow_read(path, THREADS),
            "polars": lambda: polars_read(path),
        },
        n_runs,
        library.c.campaign_table_free,
    )
    megabytes = path.stat().st_size / 1e6
    words = "   ".join(
        f"{name} {megabytes / clock:4.0f} MB/s ({megabytes / processor:4.0f})"
        for name, (clock, processor) in seconds.items()
    )
    best = [min(seconds["pyarrow"][i], seconds["polars"][i]) / seconds["campaign"][i] for i in range(2)]
    print(f"{title:<12} {megabytes:4.0f} MB, {THREADS} thread(s)   {words}   {best[0]:.1f} x ({best[1]:.1f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--rows", type=int, default=3_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if THREADS:
        pa.set_cpu_count(THREADS)
        library = Library(arguments.build)
        for path in sorted(arguments.folder.glob("*.csv")):
            compare(library, path.stem, path, arguments.runs)
        return
    print(f"{arguments.rows:,} rows, medians of {arguments.runs}; pyarrow {pa.__version__}, polars {pl.__version__}")
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), arguments.rows)
        for n_threads in sorted({1, min(4, os.cpu_count() or 1)}):
            # polars takes its number of threads once, when it is imported.
            command = [
                sys.executable,
                __file__,
                str(arguments.build),
                "--runs",
                str(arguments.runs),
                "--folder",
                folder,
            ]
            subprocess.run(command, check=True, env=os.environ | {"BENCH_THREADS": str(n_threads)})


if __name__ == "__main__":
    main()
