"""Checks of a million follow-up records beside polars finding the same: overdue, without contact, two reps, objections.

python tests/bench/bench_followup.py BUILD_FOLDER [--records N] [--customers N] [--reps N] [--runs N]

Both read the same Arrow tables in memory with the same number of threads, and must give the same answer; then medians
are printed. Ours also judges stale customers, silent reps and missing fields, and writes the records that stand with
all columns, the list of the day, what is blocked, and the completeness of each rep and day.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
from pathlib import Path

THREADS = min(2, os.cpu_count() or 1)
os.environ["POLARS_MAX_THREADS"] = str(THREADS)

import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
import pyarrow as pa  # noqa: E402
from built import Built, Runtime, race  # noqa: E402

AS_OF = 20788  # 2026-12-01
N_DAYS = 120
WITHIN_DAYS = 30
MICROSECONDS_A_DAY = 86_400_000_000
COUNTED = ("overdue", "forgotten", "not_contacted", "two_reps")

Answer = dict[str, object]


class Inputs(ctypes.Structure):
    """campaign_followups_inputs."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("reserved", ctypes.c_int32),
        *[
            (name, ctypes.c_void_p)
            for name in ("followups", "contacts", "customers", "roles", "calendar", "reserved_pointer")
        ],
    ]


class Options(ctypes.Structure):
    """campaign_followups_options."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("as_of_day", ctypes.c_int32),
        ("has_as_of", ctypes.c_int32),
        ("numbers", ctypes.c_int32 * 9),
        ("language", ctypes.c_char_p),
    ]


class Report(ctypes.Structure):
    """campaign_followups_report."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        *[(name, ctypes.c_int32) for name in ("as_of_day", "is_provisional", "reserved")],
        *[(name, ctypes.c_int64) for name in ("n_rows", "n_current", "n_corrections", "n_problems", "n_checks")],
        *[(name, ctypes.c_void_p) for name in ("current", "problems", "checks", "counts", "objections")],
        ("others", ctypes.c_void_p * 7),
    ]


class Library(Built):
    """The calls this bench needs."""

    def followups(self, tables: dict[str, int]) -> Report:
        report = Report(size=ctypes.sizeof(Report))
        inputs = Inputs(size=ctypes.sizeof(Inputs), **tables)
        options = Options(size=ctypes.sizeof(Options), as_of_day=AS_OF, has_as_of=1)
        runtime = Runtime(size=ctypes.sizeof(Runtime), n_threads=THREADS)
        given = [ctypes.byref(made) for made in (report, inputs, options, runtime, self.error)]
        self.check(self.c.campaign_plan_followups(*given))
        return report

    def free(self, report: object) -> None:
        if isinstance(report, Report):
            self.c.campaign_followups_report_clear(ctypes.byref(report))


def pick(random: np.random.Generator, words: list[str | None], shares: list[float], n: int) -> pa.Array:
    """Texts drawn with these shares."""
    return pa.array(words).take(pa.array(random.choice(len(words), size=n, p=shares)))


def number(values: np.ndarray, prefix: str) -> pa.Array:
    """Keys as people write them: C0001234."""
    digits = pa.compute.utf8_lpad(pa.array(values).cast(pa.string()), 7, "0")
    return pa.compute.binary_join_element_wise(prefix, digits, "")


def draw_corrections(random: np.random.Generator, who: np.ndarray) -> pa.Array:
    """3 % of the rows name the row of their customer before them."""
    n = len(who)
    order = np.argsort(who, kind="stable")
    before = np.zeros(n, dtype=np.int64)
    before[order[1:]] = np.where(who[order[1:]] == who[order[:-1]], order[:-1] + 1, 0)
    is_correction = (before > 0) & (random.random(n) < 0.03)
    return pa.array(before, mask=~is_correction)


def generate(n: int, n_customers: int, n_reps: int) -> dict[str, pa.Table]:
    """Form 3 over 120 days with every column; a fifth of the records are of another rep than the customer's own."""
    random = np.random.default_rng(20261201)
    who = random.integers(0, n_customers * 9 // 10, n)
    rep = np.where(random.random(n) < 0.2, random.integers(0, n_reps, n), who % n_reps)
    time_of = np.sort(random.integers((AS_OF - N_DAYS) * MICROSECONDS_A_DAY, AS_OF * MICROSECONDS_A_DAY, n))
    next_day = (time_of // MICROSECONDS_A_DAY + random.integers(1, 20, n)).astype(np.int32)
    feedback = pick(random, ["objection", "interest", "none", None], [0.2, 0.3, 0.4, 0.1], n)
    kinds = pick(random, ["price", "delivery", "quality", "rival", "budget", None], [0.3, 0.2, 0.15, 0.15, 0.1, 0.1], n)
    is_objection = pa.compute.fill_null(pa.compute.equal(feedback, "objection"), False)
    actions = ["call again about the offer", "send the price list", "visit with a sample", None]
    followups = pa.table(
        {
            "record": pa.array(np.arange(1, n + 1)),
            "corrects": draw_corrections(random, who),
            "customer": number(who, "C"),
            "contact": pick(random, ["Ms Wang", "Mr Zhao", "王女士", None], [0.4, 0.3, 0.2, 0.1], n),
            "industry": pick(random, ["manufacturing", "retail", "logistics"], [0.5, 0.3, 0.2], n),
            "pain_point": pick(random, ["cost", "speed of delivery", None], [0.5, 0.4, 0.1], n),
            "time": pa.array(time_of).cast(pa.timestamp("us")),
            "way": pick(random, ["call", "visit", "wechat", "mail"], [0.4, 0.1, 0.3, 0.2], n),
            "rep": number(rep, "R"),
            "summary": pick(
                random, ["asked for terms", "spoke of the new line, wants to see it", None], [0.5, 0.4, 0.1], n
            ),
            "feedback": feedback,
            "objection": pa.compute.if_else(is_objection, kinds, pa.scalar(None, pa.string())),
            "next_action": pick(random, actions, [0.4, 0.3, 0.2, 0.1], n),
            "next_date": pa.array(next_day, mask=random.random(n) < 0.1).cast(pa.date32()),
            "status": pick(random, ["open", "doing", "done", "blocked", None], [0.1, 0.1, 0.6, 0.02, 0.18], n),
            "blocked_by": pick(random, ["stock", None], [0.02, 0.98], n),
        }
    )
    planned = random.choice(n_customers, size=n_customers * 19 // 20, replace=False)
    contacts = pa.table(
        {
            "customer": number(planned, "C"),
            "rep": number(planned % n_reps, "R"),
            "date": pa.array((AS_OF - N_DAYS + planned % 140).astype(np.int32)).cast(pa.date32()),
        }
    )
    customers = pa.table({"customer": number(np.arange(n_customers), "C")})
    return {"followups": followups, "contacts": contacts, "customers": customers}


def polars_checks(tables: dict[str, pa.Table]) -> Answer:
    rows = pl.DataFrame(tables["followups"]).lazy()
    contacts = pl.DataFrame(tables["contacts"]).lazy()
    customers = pl.DataFrame(tables["customers"]).lazy()
    day, as_of = pl.col("time").dt.date(), pl.lit(AS_OF).cast(pl.Date)
    corrected = rows.select(record=pl.col("corrects")).drop_nulls()
    standing = rows.join(corrected, on="record", how="anti").sort("customer", "time", "record")
    is_same = pl.col("customer") == pl.col("customer").shift(1)
    is_last = (pl.col("customer") != pl.col("customer").shift(-1)).fill_null(True)
    is_closed = pl.col("status").eq_missing("done") | (pl.col("status").is_null() & ~is_last)
    is_soon = (day - day.shift(1)).dt.total_days() <= WITHIN_DAYS
    judged = standing.select(
        "customer",
        "feedback",
        "objection",
        day=day,
        overdue=~is_closed & (pl.col("next_date") < as_of),
        two_reps=is_same & (pl.col("rep") != pl.col("rep").shift(1)) & is_soon,
    )
    objections = (
        judged.filter(pl.col("feedback") == "objection")
        .group_by("objection")
        .agg(n=pl.len(), customers=pl.col("customer").n_unique(), latest=pl.col("day").max())
    )
    sums = judged.select(
        n_current=pl.len(),
        overdue=pl.col("overdue").sum(),
        two_reps=pl.col("customer").filter(pl.col("two_reps")).n_unique(),
    )
    untouched = customers.join(judged, on="customer", how="anti")
    forgotten = untouched.join(contacts, on="customer", how="anti").select(n=pl.len())
    late = contacts.filter(pl.col("date") < as_of).join(judged, on="customer", how="anti").select(n=pl.len())
    found = pl.collect_all([sums, objections, forgotten, late])
    answer: Answer = dict(found[0].row(0, named=True))
    answer["forgotten"], answer["not_contacted"] = found[2].item(), found[3].item()
    answer["objections"] = {
        row["objection"]: (row["n"], row["customers"], row["latest"]) for row in found[1].to_dicts()
    }
    return answer


def campaign_answer(library: Library, tables: dict[str, int]) -> Answer:
    report = library.followups(tables)
    counts = {row["kind"]: row["n"] for row in library.take(report.counts).to_pylist()}
    objections = library.take(report.objections).to_pylist()
    answer: Answer = {name: counts[name] for name in COUNTED}
    answer["n_current"] = report.n_current
    answer["objections"] = {row["objection"]: (row["n"], row["customers"], row["latest"]) for row in objections}
    library.free(report)
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--reps", type=int, default=200)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    library = Library(given.build)
    tables = generate(given.records, given.customers, given.reps)
    handles = {name: library.table(table) for name, table in tables.items()}
    ours, theirs = campaign_answer(library, handles), polars_checks(tables)
    if ours != theirs:
        sys.exit(f"polars gives another answer: {theirs} instead of {ours}")
    seconds = race(
        {"campaign": lambda: library.followups(handles), "polars": lambda: polars_checks(tables)},
        given.runs,
        library.free,
    )
    print(
        f"{given.records:,} records, {given.customers:,} customers, {given.reps:,} reps, {THREADS} threads, medians of "
        f"{given.runs}; polars {pl.__version__}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    print({name: ours[name] for name in ("n_current", *COUNTED)})
    for name, (clock, processor) in seconds.items():
        print(f"{name:<10} {clock:.3f} s by the clock ({processor:.2f} s of the processor)")
    for handle in handles.values():
        library.c.campaign_table_free(handle)


if __name__ == "__main__":
    main()
