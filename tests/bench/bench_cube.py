"""The day-level cube of a plan, beside the same in pandas: 365 days x 20 product lines x 31 markets x 5 channels.

python tests/bench/bench_cube.py BUILD_FOLDER [--runs N]

pandas splits every monthly target over its days by largest remainder, vectorised: one merge, one sort, and no
groupby.apply. Both give whole cents that add up to every target; ours also carries what rounding keeps back from
target to target, so that days keep their exact shares. How far each strays from them is printed beside the times.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from built import Built

THREADS = min(2, os.cpu_count() or 1)
LINES, MARKETS, CHANNELS = 20, 31, 5
FIRST_DAY = 20454  # 2026-01-01


class Struct(ctypes.Structure):
    """A knob struct of size, a number and pointers: campaign_runtime, campaign_plan_inputs."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("number", ctypes.c_int32),
        ("pointers", ctypes.c_void_p * 8),
    ]

    @classmethod
    def of(cls, n_pointers: int, number: int = 0) -> Struct:
        return cls(size=8 + n_pointers * ctypes.sizeof(ctypes.c_void_p), number=number)


class Library(Built):
    """The calls this bench needs."""

    def __init__(self, build: Path) -> None:
        super().__init__(build)
        self.c.campaign_plan_free.argtypes = [ctypes.c_void_p]

    def plan(self, orders: pa.RecordBatch, request: dict[str, Any]) -> ctypes.c_void_p:
        table, plan = self.table(orders), ctypes.c_void_p()
        inputs, text = Struct.of(5), json.dumps(request).encode()
        inputs.pointers[0] = table
        self.check(
            self.c.campaign_plan_create(
                ctypes.byref(plan),
                text,
                ctypes.c_size_t(len(text)),
                ctypes.byref(inputs),
                None,
                ctypes.byref(self.error),
            )
        )
        self.c.campaign_table_free(table)
        return plan

    def expand(self, plan: ctypes.c_void_p, n_threads: int) -> ctypes.c_void_p:
        cube, runtime = ctypes.c_void_p(), Struct.of(2, n_threads)
        self.check(
            self.c.campaign_plan_expand_targets(
                ctypes.byref(cube), plan, None, ctypes.byref(runtime), ctypes.byref(self.error)
            )
        )
        return cube

    def table_of(self, plan: ctypes.c_void_p, name: str) -> pd.DataFrame:
        table = ctypes.c_void_p()
        error = ctypes.byref(self.error)
        self.check(self.c.campaign_plan_table(ctypes.byref(table), plan, name.encode(), error))
        return self.take(table).to_pandas()


def generate() -> pa.RecordBatch:
    """A year in which every combination sells on one day, and every day has some orders."""
    random = np.random.default_rng(20270206)
    n = LINES * MARKETS * CHANNELS
    cell = np.arange(4 * n) % n
    day = (FIRST_DAY + np.arange(4 * n) % 365).astype(np.int32)
    amount = np.round(np.exp(random.normal(8.0, 1.0, 4 * n))).astype(np.int64)
    keys = {
        "product_line": (cell % LINES, "line"),
        "market": (cell // LINES % MARKETS, "market"),
        "channel": (cell // LINES // MARKETS, "channel"),
    }
    money = {b"campaign.currency": b"CNY", b"campaign.exponent": b"2"}
    fields = [pa.field("date", pa.date32()), pa.field("amount", pa.int64(), metadata=money)]
    columns = [pa.array(day).cast(pa.date32()), pa.array(amount)]
    for name, (codes, prefix) in keys.items():
        fields.append(pa.field(name, pa.string()))
        columns.append(pa.array([f"{prefix} {code:02}" for code in codes]))
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields))


def pandas_cube(leaves: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """Largest remainder of every target over the days of its month: one merge, one stable sort, one running count."""
    cube = leaves.merge(days, on="month", how="left", sort=False)
    product = cube["target"].to_numpy() * cube["weight"].to_numpy()
    total = cube["month_weight"].to_numpy()
    part, rest = product // total, product % total
    leaf = cube["leaf"].to_numpy()
    left = cube["target"].to_numpy() - np.bincount(leaf, weights=part)[leaf].astype(np.int64)
    order = np.lexsort((-rest, leaf))
    first = np.flatnonzero(np.r_[True, np.diff(leaf[order]) != 0])
    rank = np.arange(len(cube)) - np.repeat(first, np.diff(np.r_[first, len(cube)]))
    part[order] += rank < left[order]
    return cube.assign(target=part)[["date", "product_line", "market", "channel", "target"]]


def prepare(library: Library, plan: ctypes.c_void_p) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The monthly targets of the cells, and the days with their weights, as pandas starts from them."""
    targets, days = library.table_of(plan, "targets"), library.table_of(plan, "days")
    leaves = targets[(targets["level"] == "channel") & targets["period"].str.len().eq(7)].copy()
    leaves["month"] = leaves["period"].str[5:].astype(np.int64)
    leaves["leaf"] = np.arange(len(leaves))
    for name in ("product_line", "market", "channel"):
        leaves[name] = leaves[name].astype("category")
    days["month"] = pd.to_datetime(days["date"]).dt.month.astype(np.int64)
    days["month_weight"] = days.groupby("month")["weight"].transform("sum")
    keep = ["leaf", "month", "product_line", "market", "channel", "target"]
    return leaves[keep].reset_index(drop=True), days[["date", "month", "weight", "month_weight"]]


def furthest(cube: pd.DataFrame, leaves: pd.DataFrame, days: pd.DataFrame) -> float:
    """Most cents that a day strays from its exact share."""
    months = leaves.groupby("month")["target"].sum()
    exact = days["month"].map(months) * days["weight"] / days["month_weight"]
    found = cube.groupby("date", observed=True)["target"].sum().reindex(days["date"])
    return float(np.abs(found.to_numpy() - exact.to_numpy()).max())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    library = Library(options.build)
    request = {
        "schema": "campaign/plan_request/1",
        "year": 2027,
        "currency": "CNY",
        "target": {"amount": "30000000.00"},
        "split": ["month", "product_line", "market", "channel"],
        "campaigns": {"tiers": []},
    }
    plan = library.plan(generate(), request)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    handle = library.expand(plan, THREADS)
    added = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    ours = library.take(handle).to_pandas()
    leaves, days = prepare(library, plan)
    theirs = pandas_cube(leaves, days)
    months = leaves.groupby("month")["target"].sum()
    for name, cube in (("campaign", ours), ("pandas", theirs)):
        found = cube.groupby(pd.to_datetime(cube["date"]).dt.month)["target"].sum()
        if len(cube) != LINES * MARKETS * CHANNELS * 365 or (found.to_numpy() != months.to_numpy()).any():
            sys.exit(f"{name}: {len(cube)} cells do not add up")
        print(f"{name}: {len(cube):,} cells; a day strays at most {furthest(cube, leaves, days):.2f} cents")
    print(f"campaign: the cube took {added:.0f} MB at its peak beyond the plan")
    runners: dict[str, Callable[[], object]] = {
        "campaign, 1 thread": lambda: library.c.campaign_table_free(library.expand(plan, 1)),
        f"campaign, {THREADS} threads": lambda: library.c.campaign_table_free(library.expand(plan, THREADS)),
        "pandas": lambda: pandas_cube(leaves, days),
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in runners}
    for _ in range(options.runs):
        for name, run in runners.items():
            start, work = time.perf_counter(), time.process_time()
            run()
            times[name].append((time.perf_counter() - start, time.process_time() - work))
    slowest = statistics.median(t[0] for t in times["pandas"])
    for name, found in times.items():
        clock, work = (statistics.median(t[i] for t in found) for i in (0, 1))
        ratio = f"pandas takes {slowest / clock:.1f} x"
        print(f"{name:22} {clock * 1000:8.1f} ms ({work * 1000:.1f} of the processor)  {ratio}")
    library.c.campaign_plan_free(plan)


if __name__ == "__main__":
    main()
