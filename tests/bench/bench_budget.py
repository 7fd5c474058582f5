"""A budget over response curves, beside scipy's SLSQP started as PyMC-Marketing starts it, and PyMC-Marketing itself.

python tests/bench/bench_budget.py BUILD_FOLDER [--problems N] [--pymc N] [--large N …]

Problems have eight channels with Hill curves whose slope has the prior of PyMC-Marketing, HalfNormal(1.5), so that
about half of them are S-shaped; what a peer answers is valued by the formula in numpy, and measured against our bound,
which no allocation passes. SLSQP starts at total / n with ftol 1e-9, 1000 iterations and the analytic gradient, as
pymc_marketing.mmm.budget_optimizer does. PyMC-Marketing's own optimiser runs on the first problems, where it is
installed.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import io
import logging
import math
import os
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from built import Built, Runtime
from scipy import __version__ as scipy_version
from scipy.optimize import minimize

THREADS = min(2, os.cpu_count() or 1)
CHANNELS, BUDGET = 8, 100.0


class Inputs(ctypes.Structure):
    """campaign_allocate_budget_inputs."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("reserved", ctypes.c_int32),
        *[(name, ctypes.c_void_p) for name in ("items", "groups", "points", "samples", "pointer")],
    ]


class Options(ctypes.Structure):
    """campaign_allocate_budget_options."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        *[
            (name, ctypes.c_int32)
            for name in (
                "objective",
                "risk",
                "has_budget",
                "contingency_ppm",
                "quantile_ppm",
                "has_cpa_tolerance",
                "cpa_tolerance_ppm",
                "has_exponent",
                "exponent",
            )
        ],
        ("currency", ctypes.c_char * 4),
        ("reserved", ctypes.c_int32),
        *[(name, ctypes.c_int64) for name in ("budget_minor", "contingency_minor", "node_limit")],
        *[(name, ctypes.c_double) for name in ("budget", "contingency", "target", "risk_aversion", "gap")],
        ("language", ctypes.c_char_p),
        ("pointer", ctypes.c_void_p),
    ]


class Report(ctypes.Structure):
    """campaign_allocate_budget_report."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("status", ctypes.c_int32),
        *[(name, ctypes.c_double) for name in ("value", "bound", "gap", "spend", "response", "unspent", "contingency")],
        *[
            (name, ctypes.c_int64)
            for name in ("spend_minor", "unspent_minor", "contingency_minor", "n_nodes", "n_items")
        ],
        *[(name, ctypes.c_void_p) for name in ("summary", "limits", "groups", "notes")],
    ]


@dataclass
class Hill:
    """Channels that answer scale x^shape / (location^shape + x^shape)."""

    scale: np.ndarray
    location: np.ndarray
    shape: np.ndarray

    def value(self, spend: np.ndarray) -> float:
        power = (np.maximum(spend, 0) / self.location) ** self.shape
        return float((self.scale * power / (1 + power)).sum())

    def loss(self, spend: np.ndarray) -> tuple[float, np.ndarray]:
        """What scipy minimises, with its gradient."""
        ratio = np.maximum(spend, 0) / self.location
        with np.errstate(all="ignore"):  # below shape 1 the slope at 0 is infinite, for peers as well
            slope = self.scale * self.shape / self.location * ratio ** (self.shape - 1) / (1 + ratio**self.shape) ** 2
        return -self.value(spend), -slope


def draw(n: int, shapes: tuple[float, float] | None, seed: int) -> Hill:
    """Shapes are drawn evenly between two limits, or as PyMC-Marketing's prior has them."""
    random = np.random.default_rng(seed)
    shape = random.uniform(*shapes, n) if shapes else np.maximum(np.abs(random.normal(0, 1.5, n)), 0.05)
    return Hill(random.uniform(0.3, 2, n), random.uniform(5, 60, n), shape)


Seconds = tuple[float, float]  # by the clock, of the processor


def now() -> Seconds:
    return time.perf_counter(), time.process_time()


def since(start: Seconds) -> Seconds:
    return time.perf_counter() - start[0], time.process_time() - start[1]


def median(seconds: list[Seconds]) -> Seconds:
    clock, processor = np.median(np.array(seconds), axis=0)
    return float(clock), float(processor)


def milliseconds(seconds: Seconds) -> str:
    return f"{1e3 * seconds[0]:.3f} ms ({1e3 * seconds[1]:.3f})"


@dataclass
class Answer:
    spend: np.ndarray
    value: float
    bound: float
    n_nodes: int
    seconds: Seconds
    seconds_alone: Seconds  # of a call that asks for the spends and for no report


class Library(Built):
    """The calls this bench needs."""

    def __init__(self, build: Path) -> None:
        super().__init__(build)
        self.c.campaign_allocate_budget_report_clear.argtypes = [ctypes.c_void_p]

    def allocate(self, curves: Hill, budget: float) -> Answer:
        """The whole call, from a table of items to tables of spends, limits, multipliers, groups and reasons; and the
        call for spends alone. The table of items is made beforehand."""
        n = len(curves.scale)
        words = pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, dtype=np.int32)), pa.array(["hill"]))
        columns = {"scale": curves.scale, "location": curves.location, "shape": curves.shape}
        items = self.table({"item": np.arange(n), "curve": words, **columns})
        inputs = Inputs(size=ctypes.sizeof(Inputs), items=items)
        options = Options(size=ctypes.sizeof(Options), has_budget=1, budget=budget)
        report = Report(size=ctypes.sizeof(Report))
        runtime = Runtime(size=ctypes.sizeof(Runtime), n_threads=THREADS if n > 10_000 else 1)
        allocation = ctypes.c_void_p()
        arguments = [ctypes.byref(made) for made in (allocation, report, inputs, options, runtime, self.error)]
        start = now()
        self.check(self.c.campaign_allocate_budget(*arguments))
        seconds = since(start)
        again, seconds_alone = ctypes.c_void_p(), (math.nan, math.nan)
        if n <= 10_000:
            start = now()
            self.check(self.c.campaign_allocate_budget(ctypes.byref(again), None, *arguments[2:]))
            seconds_alone = since(start)
            self.c.campaign_table_free(again)
        self.c.campaign_table_free(items)
        batch = self.take(allocation)
        spend = batch.column("spend").to_numpy().copy()
        answer = Answer(spend, report.value, report.bound, report.n_nodes, seconds, seconds_alone)
        self.c.campaign_table_free(allocation)
        self.c.campaign_allocate_budget_report_clear(ctypes.byref(report))
        return answer


@dataclass
class Score:
    """How far answers lie below the bound."""

    name: str
    shortfalls: list[float]
    seconds: list[Seconds]
    n_refused: int = 0

    def add(self, curves: Hill, spend: np.ndarray, bound: float, seconds: Seconds) -> None:
        """Spends are cut to the budget before they are valued: what lies beyond it is not to be had."""
        spend = np.maximum(np.nan_to_num(spend), 0)
        if spend.sum() > 0:
            spend = spend * min(1, BUDGET / spend.sum())
        self.shortfalls.append(1 - curves.value(spend) / bound)
        self.seconds.append(seconds)

    def show(self) -> None:
        short = np.array(self.shortfalls)
        print(
            f"  {self.name:<16} {milliseconds(median(self.seconds)):<20}   more than 1 % short: "
            f"{100 * (short > 0.01).mean():5.1f} %   worst {100 * short.max():8.5f} %   "
            f"mean {100 * short.mean():8.5f} %"
            f"   says it failed: {100 * self.n_refused / len(short):.1f} %   of {len(short)}"
        )


def slsqp(curves: Hill) -> tuple[np.ndarray, bool]:
    n = len(curves.scale)
    total = {"type": "eq", "fun": lambda x: x.sum() - BUDGET, "jac": lambda x: np.ones(n)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = minimize(
            curves.loss,
            np.full(n, BUDGET / n),
            jac=True,
            method="SLSQP",
            bounds=[(0, BUDGET)] * n,
            constraints=[total],
            options={"ftol": 1e-9, "maxiter": 1000},
        )
    return found.x, bool(found.success)


def open_pymc() -> Callable[[Hill], tuple[np.ndarray, bool, Seconds, Seconds]] | str:
    """PyMC-Marketing's own optimiser over one posterior draw, or why it is not here."""
    logging.disable(logging.WARNING)
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            import arviz
            import pymc
            import pymc.dims as dims
            from pymc_marketing.mmm.budget_optimizer import BudgetOptimizer, CustomModelWrapper
    except ImportError as error:
        return f"not installed ({error})"

    def run(curves: Hill) -> tuple[np.ndarray, bool, Seconds, Seconds]:
        names = [f"channel {i}" for i in range(len(curves.scale))]
        with pymc.Model(coords={"date": np.arange(1), "channel": names}) as model:
            spend = dims.Data("channel_data", np.zeros((1, len(names))), dims=("date", "channel"))
            slope, kappa, beta = (dims.HalfNormal(name, dims=("channel",)) for name in ("slope", "kappa", "beta"))
            response = beta * spend**slope / (kappa**slope + spend**slope)
            dims.Deterministic("total_contribution", response.sum(dim=("date", "channel")))
        draws = {"slope": curves.shape, "kappa": curves.location, "beta": curves.scale}
        posterior = {name: values[None, None, :] for name, values in draws.items()}
        data = arviz.from_dict(posterior=posterior, coords={"channel": names}, dims={k: ["channel"] for k in draws})
        wrapped = CustomModelWrapper(base_model=model, idata=data, channels=names)
        start = now()
        optimizer = BudgetOptimizer(model=wrapped, num_periods=1, response_variable="total_contribution")
        built, start = since(start), now()
        spends, found = optimizer.allocate_budget(total_budget=BUDGET, return_if_fail=True)
        return spends.values, bool(found.success), built, since(start)

    return run


def compare(library: Library, n_problems: int, n_pymc: int) -> None:
    problems = [draw(CHANNELS, None, seed) for seed in range(n_problems)]
    ours, peer = Score("campaign", [], []), Score("scipy SLSQP", [], [])
    alone: list[Seconds] = []
    bounds, gap = [], 0.0
    library.allocate(problems[0], BUDGET)  # whatever only the first call pays
    for curves in problems:
        answer = library.allocate(curves, BUDGET)
        if not math.isclose(curves.value(answer.spend), answer.value, rel_tol=1e-9) or answer.spend.min() < 0:
            sys.exit(f"the allocation is worth {curves.value(answer.spend)}, not {answer.value}")
        if answer.spend.sum() > BUDGET * (1 + 1e-12):
            sys.exit(f"the allocation spends {answer.spend.sum()}")
        bounds.append(answer.bound)
        gap = max(gap, answer.bound / answer.value - 1)
        ours.add(curves, answer.spend, answer.bound, answer.seconds)
        alone.append(answer.seconds_alone)
        start = now()
        spend, is_success = slsqp(curves)
        peer.add(curves, spend, answer.bound, since(start))
        peer.n_refused += not is_success
    print(f"{n_problems} problems of {CHANNELS} channels, Hill curves with slopes ~ HalfNormal(1.5)")
    ours.show()
    peer.show()
    print(f"  widest proven gap {gap:.1e}; for the spends alone, without report, {milliseconds(median(alone))}")
    print(f"  {ratios('SLSQP', median(peer.seconds), ours, alone)}")
    run = open_pymc() if n_pymc > 0 else "not asked for"
    if isinstance(run, str):
        print(f"  PyMC-Marketing: {run}")
        return
    theirs = Score("PyMC-Marketing", [], [])
    building: list[Seconds] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for curves, bound in zip(problems[:n_pymc], bounds, strict=False):
            spend, is_success, built, seconds = run(curves)
            theirs.add(curves, spend, bound, seconds)
            theirs.n_refused += not is_success
            building.append(built)
    theirs.show()
    rest = median(building[1:] or building)
    print(f"  PyMC-Marketing builds its model in {milliseconds(rest)}, the first in {milliseconds(building[0])}")
    print(f"  {ratios('its solve', median(theirs.seconds), ours, alone)}")


def ratios(name: str, peer: Seconds, ours: Score, alone: list[Seconds]) -> str:
    """How many times as long a peer takes, by the processor, which repeats on a machine that is shared."""
    whole, bare = median(ours.seconds), median(alone)
    return (
        f"{name} takes {peer[1] / whole[1]:.0f} times as long as the whole report, {peer[1] / bare[1]:.0f} times as "
        f"long as the spends alone, by the processor; {peer[0] / whole[0]:.0f} and {peer[0] / bare[0]:.0f} by the clock"
    )


def large(library: Library, sizes: list[int]) -> None:
    print(f"alone, {THREADS} threads: seconds by the clock (of the processor), proven gap, nodes")
    for n in sizes:
        for name, shapes in (("concave", (0.6, 1.0)), ("S-curves", (0.6, 4.0))):
            answer = library.allocate(draw(n, shapes, n), BUDGET / CHANNELS * n)
            gap = answer.bound / answer.value - 1
            clock, processor = answer.seconds
            print(f"  {n:>9} {name:<9} {clock:8.3f} s ({processor:.3f})   gap {gap:.1e}   {answer.n_nodes} nodes")


def draw_alike(n: int, spread: float, seed: int) -> Hill:
    """S-curves whose parameters differ by a share of at most spread."""
    random = np.random.default_rng(seed)
    scale, location, shape = (
        value * (1 + spread * random.uniform(-1, 1, n))
        for value in (1.0, random.uniform(2, 60), random.uniform(1.2, 5))
    )
    return Hill(scale, location, shape)


def thirty(library: Library, n_problems: int) -> None:
    """Thirty S-curves: the same, alike, or of any kind."""
    print(f"{n_problems} problems of 30 channels, spends alone: milliseconds of the processor")
    kinds: list[tuple[str, Callable[[int], Hill]]] = [
        ("the very same", lambda seed: draw_alike(30, 0.0, seed)),
        ("within 1e-3", lambda seed: draw_alike(30, 1e-3, seed)),
        ("within 0.1", lambda seed: draw_alike(30, 0.1, seed)),
        ("slopes 1.05 to 4", lambda seed: draw(30, (1.05, 4.0), seed)),
    ]
    for name, make in kinds:
        answers = [library.allocate(make(seed), BUDGET) for seed in range(n_problems)]
        times = np.array([answer.seconds_alone[1] for answer in answers]) * 1e3
        gap = max(answer.bound / answer.value - 1 for answer in answers)
        print(
            f"  {name:<16} median {np.median(times):.3f}   95 % {np.quantile(times, 0.95):.3f}   "
            f"worst {times.max():.3f}   gap {gap:.1e}   at most {max(answer.n_nodes for answer in answers)} nodes"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--problems", type=int, default=300)
    parser.add_argument(
        "--pymc", type=int, default=20, help="problems for PyMC-Marketing, which builds a model for each"
    )
    parser.add_argument("--large", type=int, nargs="*", default=[1000, 1_000_000])
    arguments = parser.parse_args()
    library = Library(arguments.build)
    print(f"scipy {scipy_version}; one thread for small problems")
    compare(library, arguments.problems, arguments.pymc)
    thirty(library, arguments.problems)
    large(library, arguments.large)


if __name__ == "__main__":
    main()
