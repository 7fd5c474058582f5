"""Biproportional apportionment of Zürich's size beside the package biprop, and splits of a million cells.

python tests/bench/bench_quota.py BUILD_FOLDER [--rounds N] [--cells N]

Votes of 9 districts and 18 lists are drawn like those of Zürich's city council: districts of 5 to 30 seats of 180, a
few large lists and a tail of small ones, each stronger here and weaker there. Both get the same votes and the same
totals by Sainte-Laguë; how often their seats differ is printed. The peer's time is its lower apportionment alone.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import io
import statistics
import sys
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import biprop
import numpy as np
from built import Built

DISTRICTS, LISTS, SEATS = 9, 18, 180
SPLIT, BIPROPORTIONAL = 0, 1
METHODS = {"largest remainder": 1, "D'Hondt": 2, "Sainte-Laguë": 3, "Hill": 4, "Adams": 5, "Dean": 6}


class Inputs(ctypes.Structure):
    """campaign_allocate_quota_inputs."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("reserved", ctypes.c_int32),
        *[(name, ctypes.c_void_p) for name in ("cells", "rows", "columns", "reserved_pointer")],
    ]


class Options(ctypes.Structure):
    """campaign_allocate_quota_options."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        *[
            (name, ctypes.c_int32)
            for name in ("kind", "method", "margin_method", "weighs_margins", "has_total", "n_dimensions", "reserved")
        ],
        ("total", ctypes.c_int64),
        *[(name, ctypes.c_void_p) for name in ("dimensions", "weight", "currency", "language")],
    ]


@dataclass(frozen=True)
class Seconds:
    """What the clock says, and the processor."""

    clock: float
    processor: float

    @staticmethod
    def now() -> Seconds:
        return Seconds(time.perf_counter(), time.process_time())

    def passed(self) -> Seconds:
        return Seconds(time.perf_counter() - self.clock, time.process_time() - self.processor)


def summary(times: list[Seconds]) -> str:
    clock, processor = [1e3 * t.clock for t in times], [1e3 * t.processor for t in times]
    return (
        f"{statistics.median(clock):8.3f} ms ({statistics.median(processor):.3f})"
        f"  worst {max(clock):8.3f} ms ({max(processor):.3f})"
    )


class Library(Built):
    """The calls this bench needs."""

    def quotas(self, tables: dict[str, int], options: Options) -> tuple[np.ndarray, Seconds]:
        """Quotas in key order, and the seconds of the call, tables in and out."""
        inputs = Inputs(size=ctypes.sizeof(Inputs), **tables)
        handle = ctypes.c_void_p()
        arguments = [ctypes.byref(made) for made in (inputs, options)]
        start = Seconds.now()
        status = self.c.campaign_allocate_quota(ctypes.byref(handle), None, *arguments, None, ctypes.byref(self.error))
        seconds = start.passed()
        self.check(status)
        batch = self.take(handle)
        made: np.ndarray = batch.column("quota").to_numpy()
        self.c.campaign_table_free(handle)
        return made, seconds


def draw_votes(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Votes by list and district, and seats by district."""
    random = np.random.default_rng(seed)
    size = random.uniform(1, 4, DISTRICTS)
    strength = 0.75 ** np.arange(LISTS)
    shares = strength[:, None] * random.lognormal(0, 0.5, (LISTS, DISTRICTS))
    seats = np.floor(SEATS * size / size.sum()).astype(np.int64)
    seats[np.argsort(-size)[: SEATS - seats.sum()]] += 1
    return np.floor(1 + 9000 * seats[None, :] * shares / shares.sum(axis=0)).astype(np.int64), seats


def webster(weights: np.ndarray, total: int) -> np.ndarray:
    """Sainte-Laguë by hand, unit by unit."""
    parts = np.zeros(len(weights), dtype=np.int64)
    for _ in range(total):
        parts[np.argmax(weights / (2 * parts + 1))] += 1
    return parts


def biproportional(library: Library, rounds: int) -> None:
    ours: list[Seconds] = []
    theirs: list[Seconds] = []
    n_different = n_failed = 0
    for seed in range(rounds):
        votes, seats = draw_votes(seed)
        by_list = webster(votes.sum(axis=1), SEATS)
        tables = {
            "cells": library.table(
                {
                    "row": np.repeat(np.arange(LISTS), DISTRICTS),
                    "column": np.tile(np.arange(DISTRICTS), LISTS),
                    "weight": votes.reshape(-1),
                }
            ),
            "rows": library.table({"row": np.arange(LISTS), "total": by_list}),
            "columns": library.table({"column": np.arange(DISTRICTS), "total": seats}),
        }
        options = Options(size=ctypes.sizeof(Options), kind=BIPROPORTIONAL)
        made, _ = library.quotas(tables, options)
        ours += [library.quotas(tables, options)[1] for _ in range(5)]
        election: Any = biprop.Election(votes)
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            start = Seconds.now()
            try:
                answer = election.biproportional_apportionment(party_seats=by_list, region_seats=seats)
            except Exception:  # whatever it raises, it has no answer
                answer = None
            theirs.append(start.passed())
        n_failed += answer is None
        n_different += answer is not None and not np.array_equal(np.asarray(answer), made.reshape(LISTS, DISTRICTS))
        for handle in tables.values():
            library.c.campaign_table_free(handle)
    print(f"biproportional, {DISTRICTS} districts, {LISTS} lists, {SEATS} seats, {rounds} elections")
    print(f"  campaign  {summary(ours)}")
    print(f"  biprop    {summary(theirs)}")
    print(f"  other seats in {n_different}, no answer of biprop in {n_failed}")


def tables_of(library: Library, sides: tuple[int, ...]) -> None:
    """Square tables of random weights, dense, and totals of a hundred units a row."""
    for n in sides:
        random = np.random.default_rng(n)
        weights = np.floor(random.lognormal(6, 1.5, n * n)).astype(np.int64) + 1
        totals = np.full(n, 100)
        tables = {
            "cells": library.table(
                {"row": np.repeat(np.arange(n), n), "column": np.tile(np.arange(n), n), "weight": weights}
            ),
            "rows": library.table({"row": np.arange(n), "total": totals}),
            "columns": library.table({"column": np.arange(n), "total": totals}),
        }
        _, seconds = library.quotas(tables, Options(size=ctypes.sizeof(Options), kind=BIPROPORTIONAL))
        print(f"biproportional, {n} x {n}, {100 * n} units: {seconds.clock:.2f} s ({seconds.processor:.2f})")


def splits(library: Library, n: int) -> None:
    random = np.random.default_rng(1)
    cells = library.table({"cell": np.arange(n), "weight": np.floor(random.lognormal(6, 2, n)).astype(np.int64) + 1})
    for name, method in METHODS.items():
        for total in (10 * n, 10**15):
            options = Options(size=ctypes.sizeof(Options), kind=SPLIT, method=method, has_total=1, total=total)
            made, seconds = library.quotas({"cells": cells}, options)
            if made.sum() != total:
                sys.exit(f"{name}: the parts add up to {made.sum()}, not {total}")
            print(f"split of {total:.0e} over {n} cells, {name}: {seconds.clock:.2f} s ({seconds.processor:.2f})")
    library.c.campaign_table_free(cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--cells", type=int, default=1_000_000)
    arguments = parser.parse_args()
    library = Library(arguments.build)
    biproportional(library, arguments.rounds)
    tables_of(library, (100, 300))
    splits(library, arguments.cells)


if __name__ == "__main__":
    main()
