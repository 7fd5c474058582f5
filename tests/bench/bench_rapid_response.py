"""A rapid response to a list of customers beside polars doing its core: classes, order, reps, contact days.

python tests/bench/bench_rapid_response.py BUILD_FOLDER [--customers N] [--reps N] [--regions N] [--runs N]

Both read the same Arrow tables in memory with the same number of threads, and must give every customer the same class,
rank, rep and days; then medians are printed. That taking the rep who gets to one more customer soonest is best is
checked on a small list: the sum of turns is that of scipy's linear_sum_assignment of customers to turns. Ours also
merges rows of one customer, writes contacts, loads and reasons of every customer, quotas with the check against
history, tasks and forms.
"""

from __future__ import annotations

import argparse
import ctypes
import datetime
import json
import os
import sys
from functools import partial
from pathlib import Path

THREADS = min(2, os.cpu_count() or 1)
os.environ["POLARS_MAX_THREADS"] = str(THREADS)

import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.compute as pc  # noqa: E402
from built import Built, Runtime, race  # noqa: E402
from scipy.optimize import linear_sum_assignment  # noqa: E402

START = datetime.date(2026, 9, 28)
TODAY = (START - datetime.date(1970, 1, 1)).days
OPEN_FROM = datetime.date(2026, 6, 28)
REQUEST = {
    "schema": "campaign/rapid_response/1",
    "name": "Autumn fair",
    "type": "fair",
    "start": str(START),
    "finish": "2026-10-16",
    "expected_conversion": "45%",
    "sales_task": "4700000",
}
A_DAY = {"call": 10, "visit": 3, "wechat": 30, "mail": 50, "community": 100}
CLASS_A_DAY = {"S": min(A_DAY["call"], A_DAY["visit"]), "B": A_DAY["wechat"] + A_DAY["mail"], "C": A_DAY["community"]}


class Inputs(ctypes.Structure):
    """campaign_rapid_response_inputs."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("reserved", ctypes.c_int32),
        *[(name, ctypes.c_void_p) for name in ("customers", "reps", "history", "regions", "calendar", "pointer")],
    ]


class Report(ctypes.Structure):
    """campaign_rapid_response_report."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        *[(name, ctypes.c_int32) for name in ("verdict", "is_provisional", "has_sales")],
        *[(name, ctypes.c_int64) for name in ("leads", "deals", "sales_minor")],
        ("expected_deals", ctypes.c_double),
        *[(name, ctypes.c_int64) for name in ("n_customers", "n_within", "n_beyond", "n_unreached", "n_merged")],
        *[(name, ctypes.c_void_p) for name in ("windows", "quotas", "feasibility", "customers", "contacts", "loads")],
        *[(name, ctypes.c_void_p) for name in ("resources", "tasks", "response_plan", "task_split", "notes")],
        ("pointer", ctypes.c_void_p),
    ]


class Library(Built):
    """The calls this bench needs."""

    def respond(self, tables: dict[str, int]) -> Report:
        report = Report(size=ctypes.sizeof(Report))
        inputs = Inputs(size=ctypes.sizeof(Inputs), **tables)
        runtime = Runtime(size=ctypes.sizeof(Runtime), n_threads=THREADS)
        text = json.dumps(REQUEST).encode()
        given = [ctypes.byref(made) for made in (runtime, self.error)]
        call = self.c.campaign_plan_rapid_response
        length = ctypes.c_size_t(len(text))
        self.check(call(ctypes.byref(report), text, length, ctypes.byref(inputs), None, *given))
        return report

    def free(self, report: object) -> None:
        if isinstance(report, Report):
            self.c.campaign_rapid_response_report_clear(ctypes.byref(report))


def keys(values: np.ndarray, prefix: str, mask: np.ndarray | None = None) -> pa.Array:
    """Keys as people write them: C0001234."""
    digits = pc.utf8_lpad(pa.array(values, mask=mask).cast(pa.string()), 7, "0")
    return pc.binary_join_element_wise(prefix, digits, "")


def generate(n: int, n_reps: int, n_regions: int) -> dict[str, pa.Table]:
    """A third of the customers keep a rep; some 5 % are of class S and 25 % of class B."""
    random = np.random.default_rng(20260928)

    def days(most: int, share: float) -> pa.Array:
        values = (TODAY - random.integers(0, most, n)).astype(np.int32)
        return pa.array(values, mask=random.random(n) >= share).cast(pa.date32())

    region = random.integers(0, n_regions, n)
    rep = random.integers(0, n_reps // n_regions, n) * n_regions + region
    customers = pa.table(
        {
            "customer": keys(random.permutation(n), "C"),
            "region": keys(region, "E"),
            "rep": keys(rep, "R", random.random(n) >= 1 / 3),
            "interactions": pa.array(random.integers(0, 6, n), mask=random.random(n) < 0.5),
            "last_interaction": days(400, 0.8),
            "last_enquiry": days(150, 0.65),
            "last_order": days(150, 0.5),
            "way": pa.array(["wechat", "mail"]).take(pa.array(random.integers(0, 2, n))),
        }
    )
    reps = pa.table({"rep": keys(np.arange(n_reps), "R"), "region": keys(np.arange(n_reps) % n_regions, "E")})
    history = pa.table(
        {
            "date": pa.array(np.full(n_regions, TODAY - 30, dtype=np.int32)).cast(pa.date32()),
            "leads": pa.array(np.full(n_regions, 100)),
            "deals": pa.array(40 + np.arange(n_regions) % 10),
            "region": keys(np.arange(n_regions), "E"),
        }
    )
    return {"customers": customers, "reps": reps, "history": history}


def ranked(customers: pl.LazyFrame) -> pl.LazyFrame:
    """Class, and place in the order of priority."""
    late = pl.col("last_interaction") >= START - datetime.timedelta(days=30)
    count = pl.col("interactions")
    high = pl.when(count.is_null()).then(late).otherwise((count >= 3) & (late | pl.col("last_interaction").is_null()))
    enquiry, order = pl.col("last_enquiry"), pl.col("last_order")
    kind = (
        pl.when(high.fill_null(False))
        .then(pl.lit("S"))
        .when(enquiry >= START - datetime.timedelta(days=60))
        .then(pl.lit("B"))
        .otherwise(pl.lit("C"))
    )
    is_open = (enquiry >= OPEN_FROM) & (order.is_null() | (order < enquiry))
    sorted_rows = customers.with_columns(kind=kind, is_open=is_open.fill_null(False)).sort(
        pl.col("kind").replace_strict({"S": 0, "B": 1, "C": 2}),
        "is_open",
        pl.when(pl.col("kind") == "S").then(count.fill_null(-1)).otherwise(0),
        "last_enquiry",
        "last_interaction",
        "last_order",
        "customer",
        descending=[False, True, True, True, True, True, False],
        nulls_last=True,
    )
    return sorted_rows.with_row_index("place")


def polars_response(tables: dict[str, pa.Table]) -> pl.DataFrame:
    """Customers in order of priority with their class, rep and first day, counted from 0."""
    rows = ranked(pl.DataFrame(tables["customers"]).lazy())
    reps = pl.DataFrame(tables["reps"]).lazy().rename({"rep": "own"})
    sizes = pl.DataFrame({"kind": list(CLASS_A_DAY), "a_day": list(CLASS_A_DAY.values())}).lazy()
    kept = rows.filter(pl.col("rep").is_not_null()).group_by("rep", "kind").agg(load=pl.len()).rename({"rep": "own"})
    free = rows.filter(pl.col("rep").is_null()).select("place", "region", "kind")
    free = free.with_columns(turn=pl.int_range(pl.len()).over("region", "kind"))
    # As many turns of each rep as could be needed; all reps have the same capacity, so that turns are loads.
    wanted = free.group_by("region", "kind").agg(n=pl.len())
    turns = (
        reps.join(sizes, how="cross")
        .join(kept, on=["own", "kind"], how="left")
        .with_columns(pl.col("load").fill_null(0))
        .join(wanted, on=["region", "kind"])
        .with_columns(most=pl.col("load").min().over("region", "kind") + pl.col("n"))
        .filter(pl.col("load") < pl.col("most"))
        .with_columns(at=pl.int_ranges(pl.col("load") + 1, pl.col("most") + 1))
        .explode("at")
        .sort("region", "kind", "at", "own")
        .with_columns(turn=pl.int_range(pl.len()).over("region", "kind"))
        .select("region", "kind", "turn", "own")
    )
    placed = rows.join(
        free.join(turns, on=["region", "kind", "turn"]).select("place", "own"), on="place", how="left"
    ).with_columns(rep=pl.coalesce("rep", "own"))
    way = pl.when(pl.col("kind") == "B").then("way").otherwise("kind")
    a_day = way.replace_strict({"S": A_DAY["call"], "C": A_DAY["community"], "wechat": 30, "mail": 50})
    return (
        placed.sort("place")
        .with_columns(day=pl.int_range(pl.len()).over("rep", way) // a_day)
        .with_columns(
            visit=pl.when(pl.col("kind") == "S").then(pl.int_range(pl.len()).over("rep", way) // A_DAY["visit"])
        )
        .select("customer", pl.col("kind").alias("class"), "rep", "day", "visit")
        .collect()
    )


def campaign_response(library: Library, tables: dict[str, int]) -> pl.DataFrame:
    """The same of ours; days of first contacts and visits counted over the working days that the response has."""
    report = library.respond(tables)
    customers = pl.DataFrame(library.take(report.customers)).select("customer", "class", "rep", "first_contact")
    contacts = pl.DataFrame(library.take(report.contacts))
    library.free(report)
    dates = contacts["date"].unique().sort()
    index = pl.DataFrame({"date": dates, "index": np.arange(len(dates))})
    visits = contacts.filter(pl.col("way") == "visit").join(index, on="date").select("customer", visit="index")
    found = customers.join(index, left_on="first_contact", right_on="date", how="left", maintain_order="left")
    found = found.join(visits, on="customer", how="left", maintain_order="left")
    return found.select("customer", "class", "rep", pl.col("index").alias("day"), "visit")


def check_turns(library: Library) -> None:
    """On a small list without kept reps: the sum of turns of each region and class is the least there is."""
    tables = generate(1500, 20, 5)
    tables["customers"] = tables["customers"].drop_columns(["rep"])
    n_a_day = {"S": [3, 1, 2, 5], "B": [80, 40, 20, 60], "C": [100, 30, 10, 50]}
    size = np.arange(20) // 5
    own = {"call": n_a_day["S"], "visit": n_a_day["S"], "wechat": n_a_day["B"], "mail": [0] * 4}
    for name, values in (own | {"community": n_a_day["C"]}).items():
        tables["reps"] = tables["reps"].append_column(name, pa.array(np.array(values)[size]))
    handles = {name: library.table(table) for name, table in tables.items()}
    report = library.respond(handles)
    found = pl.DataFrame(library.take(report.customers))
    library.free(report)
    for handle in handles.values():
        library.c.campaign_table_free(handle)
    index = dict(zip(tables["reps"]["rep"].to_pylist(), size.tolist(), strict=True))
    for (_, kind), rows in found.group_by("region", "class"):
        n = len(rows)
        a_day = np.array(n_a_day[str(kind)], dtype=float)
        turns = (np.arange(1, n + 1)[None, :] / a_day[:, None]).reshape(-1)
        chosen = linear_sum_assignment(np.broadcast_to(turns, (n, len(turns))))
        least = turns[chosen[1]].sum()
        loads = np.bincount([index[rep] for rep in rows["rep"]], minlength=4)
        ours = (loads * (loads + 1) / 2 / a_day).sum()
        if abs(ours - least) > 1e-9 * least:
            sys.exit(f"turns add up to {ours}, the least is {least}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--customers", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--reps", type=int, default=200)
    parser.add_argument("--regions", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    library = Library(given.build)
    check_turns(library)
    print(
        f"{given.reps} reps, {given.regions} regions, {THREADS} threads, medians of {given.runs}; polars "
        f"{pl.__version__}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    for n in given.customers:
        tables = generate(n, given.reps, given.regions)
        handles = {name: library.table(table) for name, table in tables.items()}
        ours, theirs = campaign_response(library, handles), polars_response(tables)
        if not ours.equals(theirs.cast(ours.schema)):
            different = (ours != theirs.cast(ours.schema)).select(pl.any_horizontal(pl.all())).to_series()
            sys.exit(f"polars gives another answer:\n{ours.filter(different)}\n{theirs.filter(different)}")
        counts = dict(ours["class"].value_counts().iter_rows())
        seconds = race(
            {
                "campaign": partial(library.respond, handles),
                "polars": partial(polars_response, tables),
            },
            given.runs,
            library.free,
        )
        print(f"{n:,} customers, {counts}")
        for name, (clock, processor) in seconds.items():
            print(f"  {name:<10} {clock:.4f} s by the clock ({processor:.4f} s of the processor)")
        for handle in handles.values():
            library.c.campaign_table_free(handle)


if __name__ == "__main__":
    main()
