"""Offers to customers whose pairs come in batches, beside the same in one table: time and peak memory.

python tests/bench/bench_offers_stream.py BUILD_FOLDER [--customers N] [--batch N]

The market is that of bench_offers.py. Each way runs in a process of its own: the table holds all, the stream draws
every batch anew for every reading. What drawing takes is told, and not counted as ours.
"""

from __future__ import annotations

import argparse
import ctypes
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from bench_offers import OFFERS, REGIONS, THREADS, Inputs, Library, Market, Report, generate, memory
from built import Runtime

REWIND = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p)
NEXT = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p)


class Stream(ctypes.Structure):
    """campaign_offer_stream."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("reserved", ctypes.c_int32),
        ("rewind", REWIND),
        ("next", NEXT),
        ("ctx", ctypes.c_void_p),
    ]


def columns_of(market: Market, first: int) -> dict[str, Any]:
    columns: dict[str, Any] = {"customer": np.arange(first, first + market.n), "region": market.region}
    columns |= {f"value_{k}": market.value[k] for k in range(OFFERS)}
    return columns | {f"cost_{k}": market.cost[k] for k in range(OFFERS)}


def budgets_of(n: int) -> dict[str, Any]:
    regional = 0.6 * n / REGIONS * (0.85 + 0.05 * np.arange(REGIONS))
    stocks, regions = [None] * OFFERS, [None] * REGIONS
    return {
        "amount": pa.array([0.6 * n, *stocks, *regional], pa.float64()),
        "count": pa.array([None, *[n // 14] * OFFERS, *regions], pa.int64()),
        "offer": pa.array([None, *range(OFFERS), *regions], pa.int64()),
        "region": pa.array([None, *stocks, *range(REGIONS)], pa.int64()),
    }


class Batches:
    """Draws the customers batch by batch, and notes how long that takes."""

    def __init__(self, library: Library, n: int, size: int) -> None:
        self.library, self.n, self.size, self.at = library, n, size, 0
        self.seconds, self.readings, self.failed = 0.0, 0, False

    def rewind(self, ctx: object, error: object) -> int:
        self.at = 0
        self.readings += 1
        return 0

    def next(self, ctx: object, batch: Any, error: object) -> int:
        clock = time.perf_counter()
        last = min(self.n, self.at + self.size)
        if self.at < last:
            batch[0] = self.library.table(columns_of(generate(last - self.at, self.at), self.at))
        else:
            batch[0] = None
        self.at = last
        self.seconds += time.perf_counter() - clock
        return 0


def run(way: str, library: Library, n: int, size: int) -> str:
    pairs = None
    batches = Batches(library, n, size)
    base = memory("VmRSS")
    if way == "table":
        pairs = library.table(columns_of(generate(n), 0))
    budgets = library.table(budgets_of(n))
    inputs = Inputs(size=ctypes.sizeof(Inputs), pairs=pairs, budgets=budgets)
    report = Report(size=ctypes.sizeof(Report))
    runtime = Runtime(size=ctypes.sizeof(Runtime), n_threads=THREADS)
    choices = ctypes.c_void_p()
    stream = Stream(ctypes.sizeof(Stream), 0, REWIND(batches.rewind), NEXT(batches.next), None)
    given = [ctypes.byref(part) for part in (choices, report, inputs)]
    tail = [None, ctypes.byref(runtime), ctypes.byref(library.error)]
    clock = time.perf_counter()
    if way == "table":
        library.check(library.c.campaign_allocate_offers(*given, *tail))
    else:
        library.check(library.c.campaign_allocate_offers_stream(*given, ctypes.byref(stream), *tail))
    clock = time.perf_counter() - clock
    return (
        f"{clock - batches.seconds:8.2f} s   value {report.value:.4f}, gap {report.gap:.2g}   {report.n_passes} passes,"
        f" {batches.readings} readings ({batches.seconds:.1f} s of drawing)"
        f"   peak {(memory('VmHWM') - base) / 2**20:.0f} MiB, pairs and answer included"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=65_536, help="customers a batch")
    parser.add_argument("--way", choices=["table", "stream"], help="this one only")
    arguments = parser.parse_args()
    if arguments.way:
        print(run(arguments.way, Library(arguments.build), arguments.customers, arguments.batch))
        return
    print(f"{arguments.customers} customers, batches of {arguments.batch}, {THREADS} threads", flush=True)
    for way in ("table", "stream"):
        command = [sys.executable, __file__, *sys.argv[1:], "--way", way]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        print(f"  {way:7}", done.stdout.strip(), flush=True)


if __name__ == "__main__":
    main()
