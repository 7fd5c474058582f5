"""Runs command lines stored in data files and compares what they print, say and return.

A file is a title, then sections that begin with a line "--- word …":

    --- file NAME [ENCODING]   writes the lines that follow to NAME, in UTF-8 or another encoding; "escapes" reads \\xff
    --- run                    runs the lines that follow with bash, in one fresh folder per file
    --- stdout                 what the run above prints; none means nothing
    --- stderr                 what it says; none means nothing
    --- exit N                 what it returns; 0 where there is none

A line of three dots stands for any lines. A byte order mark and the CR of CSV lines do not show.
"""

from __future__ import annotations

import argparse
import difflib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

SECONDS = 60


@dataclass
class Run:
    """One command line and what is expected of it."""

    line: int
    command: str
    stdout: list[str] = field(default_factory=list)
    stderr: list[str] = field(default_factory=list)
    code: int = 0


@dataclass
class Source:
    """A file to write before the runs that follow."""

    name: str
    encoding: str
    text: str


def read_sections(path: Path) -> list[tuple[int, list[str], list[str]]]:
    """Line, words and lines of each section after the title."""
    sections: list[tuple[int, list[str], list[str]]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("--- "):
            sections.append((number, line[4:].split(), []))
        elif sections:
            sections[-1][2].append(line)
    return sections


def read_steps(path: Path) -> list[Run | Source]:
    steps: list[Run | Source] = []
    run: Run | None = None
    for number, words, lines in read_sections(path):
        if words[0] == "file":
            text = "".join(line + "\n" for line in lines)
            steps.append(Source(words[1], words[2] if len(words) > 2 else "utf-8", text))
        elif words[0] == "run":
            run = Run(number, "\n".join(lines))
            steps.append(run)
        elif run is None:
            raise SystemExit(f"{path}:{number}: {words[0]} stands before any run")
        elif words[0] == "exit":
            run.code = int(words[1])
        elif words[0] in ("stdout", "stderr"):
            setattr(run, words[0], lines)
        else:
            raise SystemExit(f"{path}:{number}: no such section: {words[0]}")
    if run is None:
        raise SystemExit(f"{path}: nothing is run")
    return steps


def write_source(folder: Path, source: Source) -> None:
    path = folder / source.name
    path.parent.mkdir(parents=True, exist_ok=True)
    if source.encoding == "escapes":
        path.write_bytes(source.text.encode("utf-8").decode("unicode_escape").encode("latin-1"))
    else:
        path.write_bytes(source.text.encode(source.encoding))


def plain(output: bytes) -> list[str]:
    """Lines as people see them; what is not UTF-8 shows as escapes."""
    text = output.decode("utf-8", errors="backslashreplace")
    return [line.rstrip() for line in text.replace("\ufeff", "").replace("\r\n", "\n").splitlines()]


def matches(expected: list[str], actual: list[str]) -> bool:
    """Equal but for blanks at line ends; "..." stands for any lines."""
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(matches(expected[1:], actual[i:]) for i in range(len(actual) + 1))
    return bool(actual) and expected[0].rstrip() == actual[0] and matches(expected[1:], actual[1:])


def trimmed(lines: list[str]) -> list[str]:
    """Without the empty lines that part sections."""
    end = len(lines)
    while end > 0 and not lines[end - 1].strip():
        end -= 1
    return lines[:end]


def difference(name: str, expected: list[str], actual: list[str]) -> list[str]:
    if matches(trimmed(expected), trimmed(actual)):
        return []
    return list(difflib.unified_diff(expected, actual, f"expected {name}", f"actual {name}", lineterm="", n=2))


def run_file(path: Path, program: Path) -> list[str]:
    """Problems of one file."""
    problems = []
    environment = {
        "PATH": os.pathsep.join([str(program.parent), os.environ.get("PATH", "")]),
        "LC_ALL": "C.UTF-8",
        "HOME": "/nonexistent",
    }
    for name, value in os.environ.items():
        if name.endswith("SAN_OPTIONS") or name == "LD_LIBRARY_PATH":
            environment[name] = value
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for step in read_steps(path):
            if isinstance(step, Source):
                write_source(folder, step)
                continue
            done = subprocess.run(
                ["bash", "-c", step.command],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
            )
            found = difference("stdout", step.stdout, plain(done.stdout))
            found += difference("stderr", step.stderr, plain(done.stderr))
            if done.returncode != step.code:
                found.append(f"exit code {done.returncode}, expected {step.code}")
            if found:
                problems += [f"{path}:{step.line}: {step.command}", *found]
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    failed = 0
    for path in options.files:
        problems = run_file(path, options.program.resolve())
        failed += bool(problems)
        if problems:
            print("\n".join(problems))
    print(f"{len(options.files) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
