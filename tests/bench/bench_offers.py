"""Offers to customers under shared budgets, beside HiGHS and OR-Tools PDLP on the linear relaxation.

python tests/bench/bench_offers.py BUILD_FOLDER [--peers N …] [--alone N …] [--seconds S]

Ten offers; one budget for all, a stock for each offer, a budget for each of nine regions: 20 rows. Values and costs are
drawn by splitmix64. The peers get the linear relaxation and a time limit; what they give is no choice, while ours is
whole and must keep every row. Memory is what the call adds at its peak, tables of the answer included.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import importlib
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from built import Built, Runtime
from scipy import sparse

THREADS = min(2, os.cpu_count() or 1)
OFFERS, REGIONS = 10, 9
ROWS = 1 + OFFERS + REGIONS


class Inputs(ctypes.Structure):
    """campaign_allocate_offers_inputs."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("reserved", ctypes.c_int32),
        *[(name, ctypes.c_void_p) for name in ("pairs", "customers", "offers", "budgets", "limits", "pointer")],
    ]


class Customer(ctypes.Structure):
    """campaign_offer_customer."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("most", ctypes.c_int32),
        *[(name, ctypes.c_void_p) for name in ("values", "costs", "keys")],
    ]


class Report(ctypes.Structure):
    """campaign_allocate_offers_report."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        *[(name, ctypes.c_int32) for name in ("status", "n_passes", "reserved")],
        *[(name, ctypes.c_int64) for name in ("n_nodes", "n_customers", "n_served", "n_choices")],
        *[(name, ctypes.c_double) for name in ("value", "bound", "gap")],
        *[(name, ctypes.c_void_p) for name in ("summary", "rows", "offers", "notes")],
    ]


@dataclass
class Market:
    """Customers with what each offer is worth to them and costs."""

    region: np.ndarray
    value: np.ndarray  # offer × customer
    cost: np.ndarray
    budget: float
    stock: int
    regional: np.ndarray

    @property
    def n(self) -> int:
        return len(self.region)


def splitmix(first: int, n: int) -> np.ndarray:
    """Words number first to first + n - 1 of splitmix64 from seed 1 (Vigna, public domain)."""
    words = np.arange(first + 1, first + n + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(1)
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: np.ndarray = words ^ (words >> np.uint64(31))
    return mixed


def generate(n: int, start: int = 0) -> Market:
    """A liking of each customer and one of each pair; dear offers please more. Customers count from start."""
    draws, step = 2 + 2 * OFFERS, 100_000
    market = Market(
        region=np.empty(n, dtype=np.int32),
        value=np.empty((OFFERS, n)),
        cost=np.empty((OFFERS, n)),
        budget=0.6 * n,
        stock=n // 14,
        regional=0.6 * n / REGIONS * (0.85 + 0.05 * np.arange(REGIONS)),
    )
    for first in range(0, n, step):
        last = min(n, first + step)
        words = splitmix((start + first) * draws, (last - first) * draws).reshape(last - first, draws)
        unit = (words >> np.uint64(11)).astype(np.float64) / 2.0**53
        market.region[first:last] = words[:, 0] % np.uint64(REGIONS)
        for k in range(OFFERS):
            market.value[k, first:last] = 0.5 * unit[:, 1] + unit[:, 2 + 2 * k] * (0.5 + 0.1 * k)
            market.cost[k, first:last] = (0.5 + unit[:, 3 + 2 * k]) * (1 + 0.2 * k)
    return market


def memory(kind: str) -> int:
    """Bytes of this process now ("VmRSS") or at most ("VmHWM"); 0 where the system does not say."""
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith(kind):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def forget_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


@dataclass
class Answer:
    value: float
    bound: float
    gap: float
    seconds: float
    processor: float
    bytes: int
    n_passes: int
    customers: np.ndarray
    offers: np.ndarray


class Library(Built):
    def __init__(self, build: Path) -> None:
        super().__init__(build)
        self.choose_seconds = 0.0

    def give(self, market: Market) -> Answer:
        """One call: the columns stay where numpy has them."""
        columns: dict[str, Any] = {"customer": np.arange(market.n), "region": market.region}
        columns |= {f"value_{k}": market.value[k] for k in range(OFFERS)}
        columns |= {f"cost_{k}": market.cost[k] for k in range(OFFERS)}
        pairs = self.table(columns)
        none = [None] * OFFERS
        budgets = self.table(
            {
                "amount": pa.array([market.budget, *none, *market.regional], pa.float64()),
                "count": pa.array([None, *[market.stock] * OFFERS, *[None] * REGIONS], pa.int64()),
                "offer": pa.array([None, *range(OFFERS), *[None] * REGIONS], pa.int64()),
                "region": pa.array([None, *none, *range(REGIONS)], pa.int64()),
            }
        )
        inputs = Inputs(size=ctypes.sizeof(Inputs), pairs=pairs, budgets=budgets)
        report = Report(size=ctypes.sizeof(Report))
        runtime = Runtime(size=ctypes.sizeof(Runtime), n_threads=THREADS)
        choices = ctypes.c_void_p()
        made = [ctypes.byref(part) for part in (choices, report, inputs)]
        forget_peak()
        before, clock, processor = memory("VmRSS"), time.perf_counter(), time.process_time()
        self.check(self.c.campaign_allocate_offers(*made, None, ctypes.byref(runtime), ctypes.byref(self.error)))
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
        peak = memory("VmHWM") - before
        batch = self.take(choices)
        customers = batch.column("customer").to_numpy()
        keys = batch.column("offer")  # text with a dictionary: "0" to "9"
        offers = keys.dictionary.cast(pa.int64()).take(keys.indices)
        answer = Answer(
            report.value,
            report.bound,
            report.gap,
            clock,
            processor,
            peak,
            report.n_passes,
            customers,
            offers.to_numpy(),
        )
        self.choose_seconds = self.choose(market, report)
        for handle in (choices, pairs, budgets):
            self.c.campaign_table_free(handle)
        self.c.campaign_allocate_offers_report_clear(ctypes.byref(report))
        return answer

    def choose(self, market: Market, report: Report) -> float:
        """Seconds of one decision: the best of 200 runs over 2,000 customers, less what a call from Python costs."""
        prices = ctypes.c_void_p()
        tables = [ctypes.c_void_p(report.rows), ctypes.c_void_p(report.offers), None, None]
        self.check(self.c.campaign_offer_prices_create(ctypes.byref(prices), *tables, ctypes.byref(self.error)))
        self.c.campaign_offer_prices_key.argtypes = [ctypes.c_void_p, ctypes.c_int32, ctypes.c_char_p, ctypes.c_size_t]
        codes = [self.c.campaign_offer_prices_key(prices, 0, str(r).encode(), len(str(r))) for r in range(REGIONS)]
        n = min(market.n, 2_000)
        values, costs = np.ascontiguousarray(market.value[:, :n].T), np.ascontiguousarray(market.cost[:, :n].T)
        keys = np.array(codes, dtype=np.int32)[market.region[:n]]
        chosen, n_chosen = ctypes.c_int32(), ctypes.c_int32()
        shared = (ctypes.byref(chosen), ctypes.byref(n_chosen), 1, prices)
        size = ctypes.sizeof(Customer)
        calls = [
            (
                *shared,
                ctypes.byref(Customer(size, 0, *(part.ctypes.data + i * part.strides[0] for part in parts))),
                None,
            )
            for parts in [(values, costs, keys)]
            for i in range(n)
        ]
        if any(self.c.campaign_allocate_choose_offer(*call) for call in calls):
            sys.exit("a decision failed")
        nothing = ctypes.CDLL(None).abs  # takes the same call, and does no more than return
        best = [float("inf")] * 2
        for _ in range(200):
            for kind, function in enumerate((self.c.campaign_allocate_choose_offer, nothing)):
                clock = time.perf_counter()
                for call in calls:
                    function(*call)
                best[kind] = min(best[kind], time.perf_counter() - clock)
        self.c.campaign_offer_prices_free(prices)
        return (best[0] - best[1]) / n


def keeps_rows(market: Market, answer: Answer) -> bool:
    """Every customer once, every row within its amount, and the value what the report says."""
    who, what = answer.customers, answer.offers
    cost, value = market.cost[what, who], market.value[what, who]
    spent = np.bincount(market.region[who], weights=cost, minlength=REGIONS)
    slack = 1 + 1e-12
    return bool(
        len(np.unique(who)) == len(who)
        and cost.sum() <= market.budget * slack
        and (spent <= market.regional * slack).all()
        and (np.bincount(what, minlength=OFFERS) <= market.stock).all()
        and abs(value.sum() - answer.value) <= 1e-9 * answer.value
    )


def matrix(market: Market) -> tuple[Any, np.ndarray]:
    """Columns are pairs, customer by customer; rows are those shared, then one for each customer."""
    n = market.n
    pair = np.arange(n * OFFERS)
    customer, offer = np.divmod(pair, OFFERS)
    cost = market.cost.T.reshape(-1)
    ones = np.ones(n * OFFERS)
    rows = np.concatenate([np.zeros(n * OFFERS), 1 + offer, 1 + OFFERS + market.region[customer], ROWS + customer])
    shape = (ROWS + n, n * OFFERS)
    made = sparse.csc_matrix((np.concatenate([cost, ones, cost, ones]), (rows, np.tile(pair, 4))), shape=shape)
    amounts = np.concatenate([[market.budget], np.full(OFFERS, market.stock), market.regional, np.ones(n)])
    return made, amounts


def highs(market: Market, seconds: float) -> str:
    highspy: Any = importlib.import_module("highspy")
    made, amounts = matrix(market)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_, lp.sense_ = made.shape[1], made.shape[0], highspy.ObjSense.kMaximize
    lp.col_cost_ = market.value.T.reshape(-1)
    lp.col_lower_, lp.col_upper_ = np.zeros(made.shape[1]), np.ones(made.shape[1])
    lp.row_lower_, lp.row_upper_ = np.full(made.shape[0], -highspy.kHighsInf), amounts
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = made.indptr, made.indices, made.data
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", THREADS)
    solver.setOptionValue("solver", "ipm")
    solver.setOptionValue("run_crossover", "off")
    solver.setOptionValue("time_limit", seconds)
    solver.passModel(lp)
    clock, processor = time.perf_counter(), time.process_time()
    solver.run()
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    words = solver.modelStatusToString(solver.getModelStatus()).lower()
    return (
        f"{clock:8.2f} s ({processor:.2f})   linear optimum {solver.getInfo().objective_function_value:.4f}   {words}"
    )


def or_tools(market: Market, seconds: float) -> str:
    pdlp: Any = importlib.import_module("ortools.pdlp.python.pdlp")
    solvers_pb2: Any = importlib.import_module("ortools.pdlp.solvers_pb2")
    solve_log_pb2: Any = importlib.import_module("ortools.pdlp.solve_log_pb2")
    made, amounts = matrix(market)
    program = pdlp.QuadraticProgram()
    program.objective_vector = -market.value.T.reshape(-1)
    program.constraint_matrix = made
    program.constraint_lower_bounds = np.full(made.shape[0], -np.inf)
    program.constraint_upper_bounds = amounts
    program.variable_lower_bounds = np.zeros(made.shape[1])
    program.variable_upper_bounds = np.ones(made.shape[1])
    wishes = solvers_pb2.PrimalDualHybridGradientParams()
    wishes.termination_criteria.simple_optimality_criteria.eps_optimal_relative = 1e-6
    wishes.termination_criteria.simple_optimality_criteria.eps_optimal_absolute = 1e-6
    wishes.termination_criteria.time_sec_limit = seconds
    wishes.num_threads = THREADS
    clock, processor = time.perf_counter(), time.process_time()
    result = pdlp.primal_dual_hybrid_gradient(program, wishes)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    log = result.solve_log
    words = solve_log_pb2.TerminationReason.Name(log.termination_reason).removeprefix("TERMINATION_REASON_").lower()
    value = market.value.T.reshape(-1) @ result.primal_solution
    over = (made @ result.primal_solution - amounts)[:ROWS].max()
    return f"{clock:8.2f} s ({processor:.2f})   linear value {value:.4f}, a row passed by {over:.3g}   {words}"


def ours(library: Library, market: Market) -> None:
    answer = library.give(market)
    if not keeps_rows(market, answer):
        sys.exit(f"{market.n} customers: a row is passed, or the value is wrong")
    size = market.region.nbytes + market.value.nbytes + market.cost.nbytes + 8 * market.n
    print(f"{market.n} customers, {OFFERS} offers, {ROWS} rows")
    print(
        f"  campaign  {answer.seconds:8.2f} s ({answer.processor:.2f})   value {answer.value:.4f}, gap {answer.gap:.2g}"
        f"   {answer.n_passes} passes, memory {1 + answer.bytes / size:.2f} x the input",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--peers", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--alone", type=int, nargs="*", default=[1_000_000, 10_000_000])
    parser.add_argument("--seconds", type=float, default=60, help="time limit of each peer, for each size")
    parser.add_argument("--peer", choices=["HiGHS", "PDLP"], help="this one only, for the first of --peers")
    arguments = parser.parse_args()
    if arguments.peer:
        peer = {"HiGHS": highs, "PDLP": or_tools}[arguments.peer]
        print(peer(generate(arguments.peers[0]), arguments.seconds))
        return
    library = Library(arguments.build)
    print(f"{THREADS} threads; seconds by the clock (of the processor)")
    library.give(generate(1000))  # whatever only the first call pays
    for n in arguments.peers:
        ours(library, generate(n))
        for name in ("HiGHS", "PDLP"):  # one process each: both bring a HiGHS, and the two do not get on
            command = [sys.executable, __file__, str(arguments.build), "--peer", name, "--peers", str(n)]
            done = subprocess.run([*command, "--seconds", str(arguments.seconds)], capture_output=True, text=True)
            print(f"  {name:9} {done.stdout.strip() or done.stderr.strip().splitlines()[-1]}", flush=True)
    for n in arguments.alone:
        ours(library, generate(n))
    print(f"one more customer: {library.choose_seconds * 1e9:.0f} ns")


if __name__ == "__main__":
    main()
