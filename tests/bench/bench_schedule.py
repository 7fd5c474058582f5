"""Critical paths of networks of tasks beside networkx, a chain and a random network.

python tests/bench/bench_schedule.py BUILD_FOLDER [--tasks N] [--rounds N]

The library reads tables, and gives early and late dates, floats and the critical path on China's calendar, tables out
included. The peer is given a graph that is built already, and finds the longest path alone, in plain numbers: it knows
no calendars. Its length in working days is compared. Times are those of the processor, as both use one thread.
"""

from __future__ import annotations

import argparse
import ctypes
import random
import statistics
import sys
import time
from pathlib import Path

import networkx as nx
from built import Built

START = 20494  # 2026-02-10


class Inputs(ctypes.Structure):
    """campaign_schedule_inputs."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("n_calendars", ctypes.c_int32),
        *[
            (name, ctypes.c_void_p)
            for name in ("tasks", "links", "owners", "away", "calendar", "calendars", "reserved_pointer")
        ],
    ]


class Options(ctypes.Structure):
    """campaign_schedule_options."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        *[
            (name, ctypes.c_int32)
            for name in (
                "is_abstract",
                "has_start",
                "start_day",
                "has_as_of",
                "as_of_day",
                "n_samples",
                "confidence_ppm",
                "has_target",
                "target_day",
            )
        ],
        ("seed", ctypes.c_int64),
        ("target_units", ctypes.c_double),
        ("language", ctypes.c_void_p),
        ("reserved", ctypes.c_void_p),
    ]


class Report(ctypes.Structure):
    """campaign_schedule_report."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        *[
            (name, ctypes.c_int32)
            for name in ("start_day", "finish_day", "forecast_day", "is_provisional", "n_samples")
        ],
        *[(name, ctypes.c_int64) for name in ("n_tasks", "n_links", "n_critical", "n_broken")],
        *[(name, ctypes.c_double) for name in ("length", "path_mean", "path_variance")],
        ("tables", ctypes.c_void_p * 10),
    ]


class Library(Built):
    """The calls this bench needs."""

    def schedule(self, tasks: int) -> tuple[float, float]:
        """Length in working days, and the processor's seconds of the call: one thread, whoever else is at work."""
        inputs = Inputs(size=ctypes.sizeof(Inputs), tasks=tasks)
        options = Options(size=ctypes.sizeof(Options), has_start=1, start_day=START)
        report, handle = Report(size=ctypes.sizeof(Report)), ctypes.c_void_p()
        given = [ctypes.byref(made) for made in (report, inputs, options)]
        start = time.process_time()
        status = self.c.campaign_schedule_tasks(ctypes.byref(handle), *given, None, ctypes.byref(self.error))
        seconds = time.process_time() - start
        self.check(status)
        length = report.length
        self.c.campaign_table_free(handle)
        self.c.campaign_schedule_report_clear(ctypes.byref(report))
        return length, seconds


def draw(n: int, is_chain: bool) -> tuple[list[int], list[list[int]]]:
    """Durations of 1 to 10 days, and predecessors: the task before, or up to three of the 200 before."""
    random.seed(n)
    durations = [random.randint(1, 10) for _ in range(n)]
    if is_chain:
        return durations, [[i - 1] if i else [] for i in range(n)]
    befores = [sorted({random.randrange(max(0, i - 200), i) for _ in range(random.randint(0, 3))}) for i in range(1, n)]
    return durations, [[], *befores]


def compare(library: Library, name: str, n: int, rounds: int) -> None:
    durations, befores = draw(n, name == "chain")
    names = [f"task{i:06}" for i in range(n)]
    tasks = library.table(
        {
            "task": list(names),
            "duration": list(durations),
            "after": ["; ".join(names[k] for k in before) for before in befores],
        }
    )
    ours = [library.schedule(tasks) for _ in range(rounds)]
    library.c.campaign_table_free(tasks)

    graph = nx.DiGraph()
    for i, before in enumerate(befores):
        graph.add_edge("start", i, weight=durations[i])
        for k in before:
            graph.add_edge(k, i, weight=durations[i])
    theirs = []
    for _ in range(3):
        start = time.process_time()
        length = nx.dag_longest_path_length(graph)
        theirs.append(time.process_time() - start)
    if ours[0][0] != length:
        sys.exit(f"{name}: {ours[0][0]} working days, networkx has {length}")
    us, them = (1e3 * statistics.median(times) for times in ([seconds for _, seconds in ours], theirs))
    print(f"{name:6} of {n} tasks, {sum(map(len, befores))} links, {length} working days")
    print(f"  campaign  {us:9.2f} ms   networkx  {them:9.2f} ms   {them / us:6.1f} times")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=11)
    arguments = parser.parse_args()
    library = Library(arguments.build)
    for name in ("chain", "random"):
        for n in (arguments.tasks // 10, arguments.tasks):
            compare(library, name, n, arguments.rounds)


if __name__ == "__main__":
    main()
