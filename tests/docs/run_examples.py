"""Runs the examples of the documentation and compares what they print with what the page shows.

A page marks what is run with comments, which do not show:

    <!-- file: orders.csv -->        the block that follows is written to that file
    <!-- run -->                     the block that follows is run
    <!-- output -->                  the block that follows is what every run block above prints that has no output yet

Blocks run in the order of the page, in one fresh folder per page, by their language: c is compiled and linked to the
build, sh has the program campaign on its path, python and lua have the built bindings. A language that the call does
not name is passed over, so that each suite runs its own.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(\w*)\s*$")
MARK = re.compile(r"^<!-- (?P<kind>run|output|file: (?P<file>\S+)) -->$")
SECONDS = 120


@dataclass
class Block:
    """A marked block: what is run, with the output shown for it, or a file."""

    line: int
    language: str
    text: str
    file: str | None = None
    output: str | None = None


def read_blocks(page: Path) -> list[Block]:
    """Marked blocks of a page, with the output block that directly follows."""
    blocks: list[Block] = []
    mark: re.Match[str] | None = None
    lines = page.read_text(encoding="utf-8").splitlines()
    at = 0
    while at < len(lines):
        fence = FENCE.match(lines[at])
        if fence is None:
            if lines[at].strip():
                mark = MARK.match(lines[at])
            at += 1
            continue
        end = next((i for i in range(at + 1, len(lines)) if lines[i].rstrip() == "```"), None)
        if end is None:
            raise SystemExit(f"{page}:{at + 1}: a fence is never closed")
        text = "\n".join(lines[at + 1 : end]) + "\n"
        if mark is not None and mark["kind"] == "output":
            for block in blocks:
                if block.file is None and block.output is None:
                    block.output = text
        elif mark is not None:
            blocks.append(Block(at + 1, fence[1], text, mark["file"]))
        mark = None
        at = end + 1
    return blocks


class Runner:
    """Runs blocks of some languages against one build."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.options = options
        self.folder = folder
        self.build: Path = options.build.resolve()
        root = Path(__file__).resolve().parents[2]
        paths = [str(self.build / "src" / "cli"), os.environ.get("PATH", "")]
        self.environment = {
            **os.environ,
            "PATH": os.pathsep.join(paths),
            "LC_ALL": "C.UTF-8",
            "LD_LIBRARY_PATH": os.pathsep.join([str(self.build / "src"), str(self.build / "src" / "io")]),
            "PYTHONPATH": options.pythonpath or "",
            "LUA_PATH": options.lua_path or ";;",
            "LUA_CPATH": options.lua_cpath or ";;",
            "ASAN_OPTIONS": "verify_asan_link_order=0",
        }
        self.c_flags = ["-std=c11", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Werror", f"-I{root / 'include'}"]
        self.c_libraries = [
            f"-L{self.build / 'src'}",
            f"-L{self.build / 'src' / 'io'}",
            *(["-lcampaign-io"] if (self.build / "src" / "io").is_dir() else []),
            "-lcampaign",
            "-lm",
        ]

    def command(self, block: Block) -> list[str]:
        if block.language == "sh":
            return ["bash", "-euo", "pipefail", "-c", block.text]
        if block.language == "python":
            return [self.options.python, "-c", block.text]
        if block.language == "lua":
            script = self.folder / "example.lua"
            script.write_text(block.text, encoding="utf-8")
            return [self.options.lua, str(script)]
        source, program = self.folder / "example.c", self.folder / "example"
        source.write_text(block.text, encoding="utf-8")
        compiler = shutil.which("cc") or "gcc"
        self.run([compiler, *self.c_flags, "-o", str(program), str(source), *self.c_libraries])
        return [str(program)]

    def run(self, command: list[str]) -> str:
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=SECONDS
        )
        if done.returncode != 0:
            raise RuntimeError(f"exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout


def same(shown: str, printed: str) -> bool:
    """Equal but for blanks at the ends of lines and of the whole."""
    return [x.rstrip() for x in shown.strip().splitlines()] == [x.rstrip() for x in printed.strip().splitlines()]


def run_page(page: Path, options: argparse.Namespace) -> tuple[int, int]:
    """Numbers of examples that passed and failed."""
    passed = failed = 0
    with tempfile.TemporaryDirectory() as name:
        runner = Runner(options, Path(name))
        for block in read_blocks(page):
            if block.file is not None:
                (runner.folder / block.file).write_text(block.text, encoding="utf-8")
            elif block.language in options.language:
                place = f"{page}:{block.line}"
                try:
                    printed = runner.run(runner.command(block))
                    if block.output is not None and not same(block.output, printed):
                        raise RuntimeError(f"shown:\n{block.output}\nprinted:\n{printed}")
                    passed += 1
                except (RuntimeError, subprocess.TimeoutExpired) as problem:
                    print(f"{place}: the {block.language} example fails: {problem}")
                    failed += 1
    return passed, failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--language", action="append", required=True, choices=["c", "sh", "python", "lua"])
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--pythonpath")
    parser.add_argument("--lua", default="lua5.4")
    parser.add_argument("--lua-path")
    parser.add_argument("--lua-cpath")
    parser.add_argument("pages", type=Path, nargs="*", help="all pages of the documentation where none is given")
    options = parser.parse_args()
    root = Path(__file__).resolve().parents[2]
    passed = failed = 0
    for page in options.pages or [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
        good, bad = run_page(page, options)
        passed += good
        failed += bad
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
