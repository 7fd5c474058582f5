"""Promotion weeks of items that share weekly slots, beside HiGHS on the integer program of unilateral deviations.

python tests/bench/bench_promotion_weeks.py BUILD_FOLDER [--items N …] [--seconds S]

The peer maximises the sum of what each promotion brings by itself (Cohen, Leung, Panchamgam, Perakis, Smith, Operations
Research 65(2), 2017), under the same gaps, numbers and slots, and gets a time limit. Both calendars are then valued by
one function, the true model in numpy; ours must be worth there what it says it is, and keep every rule.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pyarrow as pa
from built import Built, Runtime

THREADS = min(2, os.cpu_count() or 1)
new_solver: Any = highspy.Highs
WEEKS, MEMORY, GAP, MOST, SHARE = 52, 3, 2, 8, 0.08
PEAKS = (4, 23, 39, 45)


class Inputs(ctypes.Structure):
    """campaign_promotion_weeks_inputs."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("reserved", ctypes.c_int32),
        *[
            (name, ctypes.c_void_p)
            for name in ("items", "ladder", "weeks", "item_weeks", "slots", "budgets", "groups", "past", "pointer")
        ],
    ]


class Options(ctypes.Structure):
    """campaign_promotion_weeks_options."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        *[
            (name, ctypes.c_int32)
            for name in (
                "objective",
                "n_weeks",
                "has_gap",
                "gap_ppm",
                "max_iterations",
                "reference_steps",
                "reserved",
            )
        ],
        ("state_limit", ctypes.c_int64),
        ("item", ctypes.c_char_p),
        ("language", ctypes.c_char_p),
    ]


class Report(ctypes.Structure):
    """campaign_promotion_weeks_report."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        *[(name, ctypes.c_int32) for name in ("status", "n_iterations", "reserved")],
        *[
            (name, ctypes.c_int64)
            for name in ("n_items", "n_promotions", "total_minor", "bound_minor", "baseline_minor")
        ],
        *[(name, ctypes.c_void_p) for name in ("summary", "items", "limits", "notes")],
    ]


@dataclass
class Year:
    """Items like those of a supermarket: 5 to 50 a piece, elasticity 2 to 4.5, four peaks a year."""

    price: np.ndarray
    cost: np.ndarray
    base: np.ndarray
    elasticity: np.ndarray
    memory: np.ndarray  # item × weeks back
    season: np.ndarray
    discounts: np.ndarray
    slots: int

    @property
    def prices(self) -> np.ndarray:
        """item × choice, the regular price first; rounded half up, as the library does."""
        ppm = np.round(1e6 * (1 - np.concatenate([[0.0], self.discounts]))).astype(np.int64)
        return np.floor_divide(self.price[:, None] * ppm[None, :] + 500_000, 1_000_000)

    def profits(self, choices: np.ndarray) -> np.ndarray:
        """Minor units by item, choices item × week: each week's revenue and cost of goods rounded half up."""
        n = len(self.price)
        ratio = self.prices / self.price[:, None]
        here = np.take_along_axis(ratio, choices, axis=1)
        units = self.base[:, None] * self.season[None, :] * here ** -self.elasticity[:, None]
        for back in range(1, MEMORY + 1):
            past = np.concatenate([np.ones((n, back)), here[:, :-back]], axis=1)
            units = units * past ** self.memory[:, back - 1][:, None]
        charged = np.take_along_axis(self.prices, choices, axis=1)
        weekly = np.floor(units * charged + 0.5) - np.floor(units * self.cost[:, None] + 0.5)
        totals: np.ndarray = weekly.sum(axis=1).astype(np.int64)
        return totals


def generate(n: int, n_prices: int, seed: int) -> Year:
    random = np.random.default_rng(seed)
    price = random.integers(500, 5001, n)
    first = random.uniform(0.2, 1.0, n)
    decay = random.uniform(0.4, 0.9, (n, MEMORY - 1))
    season = 1 + 0.15 * np.sin(2 * np.pi * np.arange(WEEKS) / 52)
    season[list(PEAKS)] *= 1.4
    return Year(
        price,
        (price * random.uniform(0.3, 0.6, n)).astype(np.int64),
        np.floor(np.exp(random.uniform(np.log(50), np.log(2000), n))),
        random.uniform(2, 4.5, n),
        first[:, None] * np.concatenate([np.ones((n, 1)), np.cumprod(decay, axis=1)], axis=1),
        season,
        np.array([0.1, 0.2, 0.3] if n_prices == 3 else [0.15, 0.3]),
        round(SHARE * n),
    )


@dataclass
class Answer:
    """What the report says, in minor units."""

    bound: int
    total: int
    baseline: int
    n_rounds: int


class Library(Built):
    """The calls this bench needs."""

    def __init__(self, build: Path) -> None:
        super().__init__(build)
        self.c.campaign_promotion_weeks_report_clear.argtypes = [ctypes.c_void_p]

    def money_table(self, columns: dict[str, np.ndarray], money: tuple[str, ...]) -> int:
        metadata = {b"campaign.currency": b"CNY", b"campaign.exponent": b"2"}
        arrays = [pa.array(values) for values in columns.values()]
        fields = [
            pa.field(name, made.type, metadata=metadata if name in money else None)
            for name, made in zip(columns, arrays, strict=True)
        ]
        return self.table(pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields)))

    def plan(self, year: Year) -> tuple[np.ndarray, Answer]:
        """The whole call, from tables to the calendar's choices."""
        n = len(year.price)
        items = {"item": np.arange(n), "price": year.price, "cost": year.cost, "base": year.base}
        items["elasticity"] = year.elasticity
        items |= {f"memory_{m + 1}": np.ascontiguousarray(year.memory[:, m]) for m in range(MEMORY)}
        items |= {"gap": np.full(n, GAP), "max_promotions": np.full(n, MOST)}
        handles = {
            "items": self.money_table(items, ("price", "cost")),
            "ladder": self.table({"discount": year.discounts}),
            "weeks": self.table({"week": np.arange(1, WEEKS + 1), "season": year.season}),
            "slots": self.table({"capacity": np.array([year.slots])}),
        }
        inputs = Inputs(size=ctypes.sizeof(Inputs), **handles)
        options = Options(size=ctypes.sizeof(Options))
        report = Report(size=ctypes.sizeof(Report))
        runtime = Runtime(size=ctypes.sizeof(Runtime), n_threads=THREADS)
        calendar = ctypes.c_void_p()
        call = self.c.campaign_plan_promotion_weeks
        arguments = [ctypes.byref(made) for made in (calendar, report, inputs, options, runtime, self.error)]
        self.check(call(*arguments))
        for handle in handles.values():
            self.c.campaign_table_free(handle)
        batch = self.take(calendar)
        choices = batch.column("level").to_numpy().reshape(n, WEEKS).astype(np.int64)
        self.c.campaign_table_free(calendar)
        answer = Answer(report.bound_minor, report.total_minor, report.baseline_minor, report.n_iterations)
        self.c.campaign_promotion_weeks_report_clear(ctypes.byref(report))
        return choices, answer


def keeps_rules(year: Year, choices: np.ndarray) -> bool:
    is_on = choices > 0
    windows = np.stack([is_on[:, back : WEEKS - GAP + back] for back in range(GAP + 1)]).sum(axis=0)
    return bool((is_on.sum(axis=0) <= year.slots).all() and (is_on.sum(axis=1) <= MOST).all() and (windows <= 1).all())


def unilateral(year: Year) -> np.ndarray:
    """item × week × promotion: what it brings where it is the only one."""
    n, n_prices = len(year.price), len(year.discounts)
    none = np.zeros((n, WEEKS), dtype=np.int64)
    baseline = year.profits(none)
    gains = np.zeros((n, WEEKS, n_prices))
    for week in range(WEEKS):
        for k in range(n_prices):
            choices = none.copy()
            choices[:, week] = k + 1
            gains[:, week, k] = year.profits(choices) - baseline
    return gains


def highs_model(gains: np.ndarray, slots: int) -> Any:
    """Rows: slots of each week, promotions of each item, windows of each item."""
    n, weeks, n_prices = gains.shape
    n_windows = weeks - GAP
    n_rows = weeks + n + n * n_windows
    item, week = np.divmod(np.arange(n * weeks * n_prices) // n_prices, weeks)
    rows = [week, weeks + item]
    for back in range(GAP + 1):
        window = week - back
        rows.append(np.where((window >= 0) & (window < n_windows), weeks + n + item * n_windows + window, -1))
    stacked = np.stack(rows, axis=1)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_, lp.sense_ = len(item), n_rows, highspy.ObjSense.kMaximize
    lp.col_cost_ = gains.reshape(-1) / 100
    lp.col_lower_, lp.col_upper_ = np.zeros(len(item)), np.ones(len(item))
    lp.row_lower_ = np.full(n_rows, -highspy.kHighsInf)
    lp.row_upper_ = np.concatenate([np.full(weeks, slots), np.full(n, MOST), np.ones(n * n_windows)]).astype(float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum((stacked >= 0).sum(axis=1))])
    lp.a_matrix_.index_ = stacked[stacked >= 0]
    lp.a_matrix_.value_ = np.ones(int((stacked >= 0).sum()))
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(item)
    return lp


def highs(year: Year, seconds: float) -> tuple[np.ndarray | None, str]:
    gains = unilateral(year)
    solver = new_solver()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", THREADS)
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", 1e-4)
    solver.passModel(highs_model(gains, year.slots))
    solver.run()
    info = solver.getInfo()
    words = solver.modelStatusToString(solver.getModelStatus()).lower()
    if info.primal_solution_status != 2:
        return None, f"{words}, no calendar"
    chosen = np.array(solver.getSolution().col_value).reshape(gains.shape) > 0.5
    choices = np.where(chosen.any(axis=2), chosen.argmax(axis=2) + 1, 0)
    return choices.astype(np.int64), f"{words}, its own gap {100 * info.mip_gap:.3f} %"


def compare(library: Library, n: int, n_prices: int, seconds: float) -> None:
    year = generate(n, n_prices, 20270206 + n)
    start = time.perf_counter(), time.process_time()
    choices, answer = library.plan(year)
    clock, processor = time.perf_counter() - start[0], time.process_time() - start[1]
    if not keeps_rules(year, choices):
        sys.exit(f"{n} items: the calendar breaks a rule")
    # numpy multiplies in another order: a week's rounding may fall on the other side.
    if abs(int(year.profits(choices).sum()) - answer.total) > n:
        sys.exit(f"{n} items: the calendar is worth {year.profits(choices).sum()}, not {answer.total}")
    gap = (answer.bound - answer.total) / answer.bound
    gain = answer.total / answer.baseline - 1
    print(f"{n} items, {n_prices} promotion prices, {year.slots} slots a week")
    print(
        f"  campaign  {clock:8.2f} s ({processor:.2f})   proven gap {100 * gap:.4f} %   profit +{100 * gain:.3f} %"
        f"   {answer.n_rounds} rounds"
    )
    start = time.perf_counter(), time.process_time()
    theirs, words = highs(year, seconds)
    clock, processor = time.perf_counter() - start[0], time.process_time() - start[1]
    if theirs is None:
        print(f"  HiGHS     {clock:8.2f} s ({processor:.2f})   {words}")
        return
    if not keeps_rules(year, theirs):
        sys.exit(f"{n} items: HiGHS breaks a rule")
    total = int(year.profits(theirs).sum())
    gap, gain = (answer.bound - total) / answer.bound, total / answer.baseline - 1
    print(
        f"  HiGHS     {clock:8.2f} s ({processor:.2f})   to our bound {100 * gap:.4f} %   profit +{100 * gain:.3f} %"
        f"   {words}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--items", type=int, nargs="+", default=[50, 200, 1000])
    parser.add_argument("--seconds", type=float, default=60, help="time limit of HiGHS, for each size")
    arguments = parser.parse_args()
    library = Library(arguments.build)
    print(
        f"{WEEKS} weeks, memory of {MEMORY}, gap of {GAP}, at most {MOST} promotions an item, slots for {SHARE:.0%} of "
        f"the items; {THREADS} threads, HiGHS {new_solver().version()}"
    )
    print("seconds by the clock (of the processor); profit beside that without promotions")
    library.plan(generate(10, 2, 1))  # whatever only the first call pays
    for n in arguments.items:
        for n_prices in (2, 3):
            compare(library, n, n_prices, arguments.seconds)


if __name__ == "__main__":
    main()
