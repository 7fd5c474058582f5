"""Levelling of projects beside OR-Tools CP-SAT: published instances, and generated ones of their design.

python tests/bench/bench_schedule_level.py BUILD_FOLDER [--tasks N …] [--each K] [--seconds S] [--threads T]

The instances of PSPLIB (Kolisch, Sprecher, European Journal of Operational Research 96, 1996) are read from the shared
cases where they are there. Generated projects follow their design: four resources, durations and needs of 1 to 10,
network complexity 1.5 to 2.1, resource factor 0.25 to 1, resource strength 0.2 to 1. Every schedule of either side is
checked against links and capacities; the peer gets as many threads, and a time limit for each project.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from built import Built, Runtime
from ortools.sat.python import cp_model

RESOURCES = 4
COMPLEXITY, FACTOR, STRENGTH = (1.5, 1.8, 2.1), (0.25, 0.5, 0.75, 1.0), (0.2, 0.5, 0.7, 1.0)


class Inputs(ctypes.Structure):
    """campaign_schedule_level_inputs."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("n_calendars", ctypes.c_int32),
        *[
            (name, ctypes.c_void_p)
            for name in (
                "tasks",
                "links",
                "owners",
                "away",
                "needs",
                "resources",
                "calendar",
                "calendars",
                "pointer",
            )
        ],
    ]


class Options(ctypes.Structure):
    """campaign_schedule_level_options."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        *[(name, ctypes.c_int32) for name in ("is_abstract", "has_start", "start_day", "without_owners", "reserved")],
        *[(name, ctypes.c_int64) for name in ("n_schedules", "n_nodes", "seed")],
        ("language", ctypes.c_char_p),
        ("pointer", ctypes.c_void_p),
    ]


class Report(ctypes.Structure):
    """campaign_schedule_level_report."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        *[(name, ctypes.c_int32) for name in ("status", "start_day", "finish_day", "bound_day", "path_day")],
        *[(name, ctypes.c_int64) for name in ("n_tasks", "n_resources", "n_moved", "n_late", "n_schedules", "n_nodes")],
        *[(name, ctypes.c_double) for name in ("length", "bound_length", "path_length", "gap")],
        *[(name, ctypes.c_void_p) for name in ("summary", "resources", "usage", "notes")],
    ]


@dataclass
class Project:
    """Durations, links from one task to a later one, units of each resource, and how many there are."""

    duration: np.ndarray
    links: list[tuple[int, int]]
    units: np.ndarray  # task × resource
    capacity: np.ndarray

    def keeps(self, start: np.ndarray) -> bool:
        finish = start + self.duration
        if any(start[to] < finish[at] for at, to in self.links):
            return False
        used = np.zeros((int(finish.max()) + 1, RESOURCES), dtype=np.int64)
        for task, (first, end) in enumerate(zip(start, finish, strict=True)):
            used[first:end] += self.units[task]
        return bool((used <= self.capacity).all())


def generate(n: int, design: int, seed: int) -> Project:
    random = np.random.default_rng(seed)
    complexity, rest = COMPLEXITY[design % 3], design // 3
    factor, strength = FACTOR[rest % 4], STRENGTH[rest // 4]
    duration = random.integers(1, 11, n)
    links = {(int(random.integers(max(0, i - 15), i)), i) for i in range(3, n)}
    for _ in range(100 * n):
        if len(links) >= n * complexity:
            break
        to = int(random.integers(3, n))
        links.add((int(random.integers(max(0, to - 15), to)), to))
    units = np.where(random.random((n, RESOURCES)) < factor, random.integers(1, 11, (n, RESOURCES)), 0)
    start = np.zeros(n, dtype=np.int64)
    for at, to in sorted(links, key=lambda link: link[1]):
        start[to] = max(start[to], start[at] + duration[at])
    used = np.zeros((int((start + duration).max()), RESOURCES), dtype=np.int64)
    for task in range(n):
        used[start[task] : start[task] + duration[task]] += units[task]
    least, peak = units.max(axis=0), used.max(axis=0)
    return Project(duration, sorted(links), units, least + ((peak - least) * strength).astype(np.int64))


def read_instance(path: Path) -> Project:
    """The single-mode format of PSPLIB; the first and last job are its source and sink."""
    lines = path.read_text().splitlines()

    def rows_after(words: str, skip: int, n: int) -> list[list[int]]:
        first = next(i for i, line in enumerate(lines) if line.startswith(words)) + skip
        return [[int(word) for word in line.split()] for line in lines[first : first + n]]

    rows, needs = rows_after("jobnr.    #modes", 1, 32), rows_after("jobnr. mode", 2, 32)
    capacity = rows_after("  R 1  R 2", 1, 1)[0]
    links = [(row[0] - 1, to - 1) for row in rows for to in row[3:]]
    units = np.array([need[3:] for need in needs])
    return Project(np.array([need[2] for need in needs]), links, units, np.array(capacity))


@dataclass
class Score:
    """What one side reached over all projects."""

    length: list[int] = field(default_factory=list)
    bound: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, length: int, bound: int, seconds: float) -> None:
        self.length.append(length)
        self.bound.append(bound)
        self.seconds.append(seconds)


class Library(Built):
    """The calls this bench needs."""

    def __init__(self, build: Path, threads: int) -> None:
        super().__init__(build)
        self.c.campaign_schedule_level_report_clear.argtypes = [ctypes.c_void_p]
        self.threads = threads

    def level(self, project: Project, n_schedules: int, n_nodes: int) -> tuple[np.ndarray, int]:
        """The whole call, from tables to the starts of the tasks."""
        n = len(project.duration)
        task, resource = np.nonzero(project.units)
        handles = {
            "tasks": self.table({"task": np.arange(n), "duration": project.duration}),
            "links": self.table(
                {"task": [to for _, to in project.links], "predecessor": [at for at, _ in project.links]}
            ),
            "needs": self.table(
                {"task": task, "resource": [f"R{r}" for r in resource], "units": project.units[task, resource]}
            ),
            "resources": self.table({"resource": [f"R{r}" for r in range(RESOURCES)], "units": project.capacity}),
        }
        inputs = Inputs(size=ctypes.sizeof(Inputs), **handles)
        options = Options(size=ctypes.sizeof(Options), is_abstract=1, n_schedules=n_schedules, n_nodes=n_nodes)
        report = Report(size=ctypes.sizeof(Report))
        runtime = Runtime(size=ctypes.sizeof(Runtime), n_threads=self.threads)
        schedule = ctypes.c_void_p()
        arguments = [ctypes.byref(made) for made in (schedule, report, inputs, options, runtime, self.error)]
        self.check(self.c.campaign_schedule_level(*arguments))
        for handle in handles.values():
            self.c.campaign_table_free(handle)
        batch = self.take(schedule)
        starts = np.asarray(batch.column("start").to_numpy()).round().astype(np.int64)
        self.c.campaign_table_free(schedule)
        bound = round(report.bound_length)
        self.c.campaign_schedule_level_report_clear(ctypes.byref(report))
        return starts, bound


def solve_sat(project: Project, seconds: float, threads: int) -> tuple[np.ndarray, int]:
    model = cp_model.CpModel()
    horizon = int(project.duration.sum())
    starts = [model.new_int_var(0, horizon, "") for _ in project.duration]
    spans = [
        model.new_fixed_size_interval_var(start, int(d), "") for start, d in zip(starts, project.duration, strict=True)
    ]
    end = model.new_int_var(0, horizon, "")
    for start, d in zip(starts, project.duration, strict=True):
        model.add(end >= start + int(d))
    for at, to in project.links:
        model.add(starts[to] >= starts[at] + int(project.duration[at]))
    for r in range(RESOURCES):
        users = np.flatnonzero(project.units[:, r])
        units = [int(project.units[i, r]) for i in users]
        model.add_cumulative([spans[i] for i in users], units, int(project.capacity[r]))
    model.minimize(end)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = threads
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        sys.exit("CP-SAT found no schedule")
    return np.array([solver.value(start) for start in starts]), round(solver.best_objective_bound)


def compare(name: str, projects: list[Project], library: Library, seconds: float) -> None:
    sides = {"1,000 schedules": Score(), "with search": Score(), "CP-SAT": Score()}
    for project in projects:
        for side, score in sides.items():
            begin = time.perf_counter()
            if side == "CP-SAT":
                starts, bound = solve_sat(project, seconds, library.threads)
            else:
                starts, bound = library.level(project, 1000, -1 if side == "1,000 schedules" else 0)
            clock = time.perf_counter() - begin
            if not project.keeps(starts):
                sys.exit(f"{name}: {side} breaks a rule")
            score.add(int((starts + project.duration).max()), bound, clock)
    best = np.min([score.length for score in sides.values()], axis=0)
    floor = np.max([score.bound for score in sides.values()], axis=0)
    print(f"{name}: {len(projects)} projects, {int((best == floor).sum())} of them solved by one or the other")
    for side, score in sides.items():
        length = np.array(score.length)
        above = 100 * float(np.mean(length / best - 1))
        proven = int((length == np.array(score.bound)).sum())
        gap = 100 * float(np.mean(length / floor - 1))
        print(
            f"  {side:16s} above the best {above:6.3f} %   above the best bound {gap:6.3f} %   proven {proven:4d}"
            f"   mean {1000 * np.mean(score.seconds):8.1f} ms   longest {max(score.seconds):6.2f} s"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path)
    parser.add_argument("--tasks", type=int, nargs="+", default=[30, 60, 120])
    parser.add_argument("--each", type=int, default=1, help="projects of each of the 48 designs")
    parser.add_argument("--seconds", type=float, default=2, help="time limit of CP-SAT, for each project")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    library = Library(arguments.build, arguments.threads)
    shared = Path(os.environ.get("CAMPAIGN_SHARED", "../shared")) / "cases" / "psplib"
    instances = sorted(shared.glob("*.sm"))
    if instances:
        compare("PSPLIB, 30 jobs", [read_instance(path) for path in instances], library, arguments.seconds)
    for n in arguments.tasks:
        made = [generate(n, d, 1000 * d + k) for d in range(48) for k in range(arguments.each)]
        compare(f"{n} tasks", made, library, arguments.seconds)


if __name__ == "__main__":
    main()
