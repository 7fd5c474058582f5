"""The choice of campaigns for a year of candidates, beside the same problem as a mixed-integer programme in HiGHS.

python tests/bench/bench_campaign_calendar.py BUILD_FOLDER [--candidates N] [--instances N] [--seed N]

Both choose under the same rules (one big a quarter, two small a month, a week between campaigns, overlaps refused, a
budget) and must find the same value, proven by both; then the medians and worst times are printed. Ours also measures,
in a second column, what each candidate is worth or would cost to force in.
"""

from __future__ import annotations

import argparse
import ctypes
import datetime
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import highspy
from built import Error

new_solver: Any = highspy.Highs

FIRST = datetime.date(2026, 1, 1)
EPOCH = datetime.date(1970, 1, 1)
GAP, BUDGET = 7, 400
RULES = (
    b'{"schema": "campaign/campaign_rules/1", "start": "2026-01-01", "end": "2027-01-01", "overlaps": "refuse",'
    b' "gap_days": 7, "budget": 400}'
)
UTF8, DATE, INT64 = 7, 5, 3


class Options(ctypes.Structure):
    """campaign_choice_options."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("skips_reasons", ctypes.c_int32),
        ("max_labels", ctypes.c_int64),
        ("language", ctypes.c_char_p),
        ("columns", ctypes.c_char_p * 9),
    ]


class Report(ctypes.Structure):
    """campaign_choice_report."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        *[(name, ctypes.c_int32) for name in ["is_optimal", "value_exponent", "cost_exponent"]],
        *[
            (name, ctypes.c_int64)
            for name in ["n_candidates", "n_chosen", "n_campaigns", "value", "bound", "cost", "n_labels"]
        ],
        ("campaigns", ctypes.c_void_p),
        ("reserved", ctypes.c_void_p),
    ]


Candidate = tuple[str, bool, int, int, int, int]  # id, is big, start, end (half-open), value, cost


def make_candidates(n: int, draw: random.Random) -> list[Candidate]:
    """A quarter of them big; windows of up to two weeks, or five days."""
    made = []
    for i in range(n):
        big = draw.random() < 0.25
        start = (FIRST - EPOCH).days + draw.randrange(355)
        end = start + 1 + draw.randrange(14 if big else 5)
        value = (50_000 if big else 10_000) + draw.randrange(40_000)
        made.append((f"c{i:04}", big, start, end, value, (30 if big else 6) + draw.randrange(25)))
    return made


def check(code: int, error: Error) -> None:
    if code != 0:
        sys.exit(f"{error.where.decode()}: {error.message.decode()}")


def make_table(lib: ctypes.CDLL, candidates: list[Candidate]) -> ctypes.c_void_p:
    builder, table, error = ctypes.c_void_p(), ctypes.c_void_p(), Error()
    check(lib.campaign_table_builder_create(ctypes.byref(builder), ctypes.byref(error)), error)
    columns = {"id": UTF8, "tier": UTF8, "start": DATE, "end": DATE, "value": INT64, "cost": INT64}
    for name, kind in columns.items():
        lib.campaign_table_builder_add_column(builder, name.encode(), kind, None, ctypes.byref(error))
    for name, big, *numbers in candidates:
        for column, text in enumerate([name.encode(), b"big" if big else b"small"]):
            lib.campaign_table_builder_append_text(builder, column, text, ctypes.c_size_t(len(text)), None)
        for column, number in enumerate(numbers, 2):
            lib.campaign_table_builder_append_int64(builder, column, ctypes.c_int64(number), None)
    check(lib.campaign_table_builder_finish(ctypes.byref(table), builder, ctypes.byref(error)), error)
    lib.campaign_table_builder_free(builder)
    return table


def choose(lib: ctypes.CDLL, table: ctypes.c_void_p, reasons: bool) -> tuple[float, int, bool]:
    """Seconds of one call on one thread, the value, and whether it is proven."""
    choices, error = ctypes.c_void_p(), Error()
    options, report = Options(size=ctypes.sizeof(Options)), Report(size=ctypes.sizeof(Report))
    options.skips_reasons = not reasons
    start = time.perf_counter()
    code = lib.campaign_plan_choose_campaigns(
        ctypes.byref(choices), ctypes.byref(report), table, RULES, ctypes.c_size_t(len(RULES)), ctypes.byref(options),
        None, ctypes.byref(error),
    )  # fmt: skip
    seconds = time.perf_counter() - start
    check(code, error)
    value, is_proven = report.value, bool(report.is_optimal)
    lib.campaign_table_free(choices)
    lib.campaign_choice_report_clear(ctypes.byref(report))
    return seconds, value, is_proven


def solve_milp(candidates: list[Candidate]) -> tuple[float, int]:
    """Seconds and value of HiGHS, proven to a gap of 0, on one thread."""
    start = time.perf_counter()
    model = new_solver()
    model.silent()
    model.setOptionValue("threads", 1)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", 0.5)  # values are whole
    x = [model.addBinary(obj=-value) for *_, value, _ in candidates]
    model.addConstr(sum(x[i] * row[5] for i, row in enumerate(candidates)) <= BUDGET)
    groups: dict[tuple[bool, int], list[int]] = {}
    for i, (_, big, first, *_) in enumerate(candidates):
        month = (EPOCH + datetime.timedelta(days=first)).month - 1
        groups.setdefault((big, month // 3 if big else month), []).append(i)
    for (big, _), members in groups.items():
        model.addConstr(sum(x[i] for i in members) <= (1 if big else 2))
    order = sorted(range(len(candidates)), key=lambda i: candidates[i][2])
    for at, i in enumerate(order):
        for j in order[at + 1 :]:
            if candidates[j][2] - (candidates[i][3] - 1) < GAP:  # too near, or overlapping
                model.addConstr(x[i] + x[j] <= 1)
    model.minimize()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        sys.exit("HiGHS found no optimum")
    return time.perf_counter() - start, round(-model.getObjectiveValue())


def milliseconds(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1e3:8.2f} {max(seconds) * 1e3:8.2f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("--candidates", type=int, default=60)
    parser.add_argument("--instances", type=int, default=20)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    lib = ctypes.CDLL(str(given.build / "src" / "libcampaign.so"))
    draw = random.Random(given.seed)
    plain, reasons, milp = [], [], []
    for number in range(given.instances):
        candidates = make_candidates(given.candidates, draw)
        table = make_table(lib, candidates)
        seconds, value, is_proven = choose(lib, table, reasons=False)
        plain.append(seconds)
        reasons.append(choose(lib, table, reasons=True)[0])
        lib.campaign_table_free(table)
        seconds, optimum = solve_milp(candidates)
        milp.append(seconds)
        if not is_proven or value != optimum:
            print(f"instance {number}: ours {value} (proven: {is_proven}), HiGHS {optimum}")
            return 1
    print(f"{given.candidates} candidates, {given.instances} instances, same optimum in all   median ms  worst ms")
    print(f"campaign_plan_choose_campaigns                    {milliseconds(plain)}")
    print(f"the same with every forcing cost and worth        {milliseconds(reasons)}")
    print(f"HiGHS {new_solver().version()}, one solve, set only         {milliseconds(milp)}")
    print(f"ratio of medians: {statistics.median(milp) / statistics.median(plain):.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
