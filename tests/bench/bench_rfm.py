"""RFM on generated order lines, beside DuckDB and polars doing the same aggregation and quintile scores.

python tests/bench/bench_rfm.py BUILD_FOLDER [--lines N] [--customers N] [--runs N]

All three read the same Arrow table in memory, use the same number of threads, and must give the same scores; then the
medians and ratios are printed. Ours also names tiers and sorts customers.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

THREADS = min(2, os.cpu_count() or 1)
os.environ["POLARS_MAX_THREADS"] = str(THREADS)

import duckdb  # noqa: E402
import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
import pyarrow as pa  # noqa: E402
from built import Built, Runtime  # noqa: E402

FIRST_DAY = 20089  # 2025-01-01
N_DAYS = 730
AS_OF = FIRST_DAY + N_DAYS
ORDERS, ROWS = 1, 3


class Options(ctypes.Structure):
    """campaign_rfm_options."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        *[
            (name, ctypes.c_int32)
            for name in [
                "as_of",
                "has_as_of",
                "day_starts_at_minutes",
                "ties",
                "frequency_counts",
                "nulls",
                "recency_bins",
                "frequency_bins",
                "monetary_bins",
                "dormant_after_days",
                "problem_limit",
            ]
        ],
        ("segments_length", ctypes.c_int64),
        *[(name, ctypes.c_char_p) for name in ["customer", "date", "amount", "order", "segments", "language"]],
        *[(name, ctypes.c_void_p) for name in ["recency_cuts", "frequency_cuts", "monetary_cuts", "reserved"]],
    ]


class Library(Built):
    """The four calls this bench needs."""

    def rfm(self, batch: pa.RecordBatch, frequency: int) -> ctypes.c_void_p:
        """The whole call from Arrow to a table handle."""
        orders, tiers = self.table(batch), ctypes.c_void_p()
        options = Options(size=ctypes.sizeof(Options), has_as_of=1, as_of=AS_OF, frequency_counts=frequency)
        runtime = Runtime(size=ctypes.sizeof(Runtime), n_threads=THREADS)
        error = ctypes.byref(self.error)
        self.check(
            self.c.campaign_tier_rfm(
                ctypes.byref(tiers), None, ctypes.c_void_p(orders), ctypes.byref(options), ctypes.byref(runtime), error
            )
        )
        self.c.campaign_table_free(orders)
        return tiers


def generate(n_lines: int, n_customers: int, ids: str) -> pa.RecordBatch:
    """Order lines of two years: a few customers buy often, 3 % of the lines are returns; rows in no order."""
    random = np.random.default_rng(20270206)
    weight = random.gamma(0.7, size=n_customers) + 0.02
    who = random.choice(n_customers, size=n_lines, p=weight / weight.sum())
    numbers = np.sort(random.choice(9 * 10**9, size=n_customers, replace=False)) + 10**9
    customer = numbers[who]
    if ids == "dense":
        customer = who.astype(np.int64)
    day = (FIRST_DAY + random.integers(0, N_DAYS, n_lines)).astype(np.int32)
    amount = np.round(np.exp(random.normal(8.5, 1.0, n_lines))).astype(np.int64)
    amount[random.random(n_lines) < 0.03] *= -1
    money = {b"campaign.currency": b"CNY", b"campaign.exponent": b"2"}
    text = pa.array(customer)
    if ids == "text":
        text = pa.compute.binary_join_element_wise("M", pa.array(customer).cast(pa.string()), "")
    fields = [
        pa.field("customer", text.type),
        pa.field("date", pa.date32()),
        pa.field("amount", pa.int64(), metadata=money),
        pa.field("order", pa.int64()),
    ]
    order = who.astype(np.int64) * 1000 + day % 365
    columns = [text, pa.array(day).cast(pa.date32()), pa.array(amount), pa.array(order)]
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields))


def duckdb_rfm(table: pa.Table, frequency: int) -> pa.Table:
    counted = 'DISTINCT "order"' if frequency == ORDERS else "*"
    steps = "".join(f", quantile_disc({{0}}, {j}/5::DOUBLE) AS {{0}}{j}" for j in range(1, 5))
    score = " + ".join(f"({{0}} > {{0}}{j})::INTEGER" for j in range(1, 5))
    query = f"""
        WITH customers AS (
            SELECT customer, -({AS_OF} - (max(date) FILTER (amount >= 0) - DATE '1970-01-01')) AS r,
                   count({counted}) FILTER (amount >= 0) AS f, CAST(sum(amount) AS BIGINT) AS m
            FROM orders GROUP BY customer),
        steps AS (SELECT 1 AS one {"".join(steps.format(d) for d in "rfm")} FROM customers)
        SELECT customer, -r AS recency_days, customers.f AS frequency, customers.m AS monetary,
               1 + {score.format("r")} AS r, 1 + {score.format("f")} AS f, 1 + {score.format("m")} AS m
        FROM customers CROSS JOIN steps"""
    connection = duckdb.connect(config={"threads": THREADS})
    connection.register("orders", table)
    result = connection.sql(query).to_arrow_table()
    connection.close()
    return result


def polars_rfm(table: pa.Table, frequency: int) -> pa.Table:
    bought = pl.col("amount") >= 0
    counted = pl.col("order").filter(bought).n_unique() if frequency == ORDERS else bought.sum()
    customers = (
        pl.DataFrame(table)
        .lazy()
        .group_by("customer")
        .agg(
            (AS_OF - pl.col("date").filter(bought).max().to_physical()).alias("recency_days"),
            counted.alias("frequency"),
            pl.col("amount").sum().alias("monetary"),
        )
    )
    scores = []
    for name, value in (("r", -pl.col("recency_days")), ("f", pl.col("frequency")), ("m", pl.col("monetary"))):
        steps = [value > value.quantile(j / 5, interpolation="equiprobable") for j in range(1, 5)]
        scores.append((1 + pl.sum_horizontal([step.cast(pl.Int32) for step in steps])).alias(name))
    return customers.with_columns(scores).collect().to_arrow()


def numbers(table: pa.Table) -> np.ndarray:
    """Facts and scores by customer, nulls (a recency that nobody has) apart."""
    table = table.sort_by("customer")
    columns = ("recency_days", "frequency", "monetary", "r", "f", "m")
    return np.stack([table[c].cast(pa.int64()).fill_null(-1).to_numpy() for c in columns])


def race(
    runners: dict[str, Callable[[], object]], n_runs: int, free: Callable[[object], object]
) -> dict[str, list[float]]:
    """Median seconds, by the clock and of the processor, of runners that take turns; results are freed in between."""
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


def compare(library: Library, title: str, batch: pa.RecordBatch, frequency: int, n_runs: int) -> None:
    table = pa.Table.from_batches([batch])
    tiers = library.rfm(batch, frequency)
    ours = numbers(library.take(tiers))
    library.c.campaign_table_free(tiers)
    known = ours[0] >= 0  # DuckDB and polars give customers without a purchase no recency score
    for name, peer in (("DuckDB", duckdb_rfm), ("polars", polars_rfm)):
        theirs = numbers(peer(table, frequency))
        if ours.shape != theirs.shape or (ours[:, known] != theirs[:, known]).any():
            sys.exit(f"{title}: {name} gives another answer")
    seconds = race(
        {
            "campaign": lambda: library.rfm(batch, frequency),
            "DuckDB": lambda: duckdb_rfm(table, frequency),
            "polars": lambda: polars_rfm(table, frequency),
        },
        n_runs,
        library.c.campaign_table_free,
    )
    shown = "   ".join(f"{name} {clock:.3f} s ({processor:.2f})" for name, (clock, processor) in seconds.items())
    best = [min(seconds["DuckDB"][i], seconds["polars"][i]) / seconds["campaign"][i] for i in range(2)]
    print(f"{title:<30} {shown}   {best[0]:.1f} x ({best[1]:.1f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    library = Library(arguments.build)
    print(
        f"{arguments.lines:,} lines, {arguments.customers:,} customers, {THREADS} threads, medians of "
        f"{arguments.runs}; DuckDB {duckdb.__version__}, polars {pl.__version__}"
    )
    print("seconds by the clock (of the processor); last, how many times the faster peer takes")
    for ids, frequency, title in (
        ("sparse", ROWS, "ten-digit ids, rows counted"),
        ("dense", ROWS, "ids 0 to n, rows counted"),
        ("text", ROWS, "text ids, rows counted"),
        ("sparse", ORDERS, "ten-digit ids, orders counted"),
    ):
        batch = generate(arguments.lines, arguments.customers, ids)
        compare(library, title, batch, frequency, arguments.runs)
    one = generate(arguments.lines, 1, "dense")
    clock, processor = race({"": lambda: library.rfm(one, ORDERS)}, 3, library.c.campaign_table_free)[""]
    print(f"{'one customer with all lines':<30} campaign {clock:.3f} s ({processor:.2f})")


if __name__ == "__main__":
    main()
