"""The built library has the ABI of the recorded baseline, type by type, as abidiff sees it.

The baseline was made by gcc on x86-64 Debian 12; elsewhere debug information differs, so the check is skipped with a
word. Any difference fails, an addition too: then ./dev renew --baseline records it and the difference shows in review.
"""

import argparse
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

SKIP = 77
ERROR, USAGE, CHANGE, INCOMPATIBLE = 1, 2, 4, 8
"""Bits of abidiff's exit code."""


def why_not_here(compiler: str) -> str:
    """Why the baseline cannot be compared on this machine, or ""."""
    if platform.machine() != "x86_64":
        return f"the baseline is for x86-64, this is {platform.machine()}"
    release = Path("/etc/os-release")
    text = release.read_text(encoding="utf-8") if release.exists() else ""
    if not re.search(r'^ID="?debian', text, re.M) or not re.search(r'^VERSION_ID="?12', text, re.M):
        return "the baseline is for Debian 12"
    if not compiler.startswith("gcc"):
        return f"the baseline is for gcc, this is {compiler}"
    if not shutil.which("abidw") or not shutil.which("abidiff"):
        return "abidw and abidiff (package abigail-tools) are not installed"
    return ""


def record(library: Path, include: Path, baseline: Path) -> None:
    """Writes the baseline without anything that depends on this machine's folders."""
    options = ["--no-corpus-path", "--no-comp-dir-path", "--no-show-locs", "--type-id-style", "hash"]
    options += ["--exported-interfaces-only", "--drop-private-types"]
    command = ["abidw", *options, "--headers-dir", str(include), "--out-file", str(baseline), str(library)]
    subprocess.run(command, check=True)


def compare(baseline: Path, library: Path, include: Path) -> list[str]:
    """What differs, in words."""
    command = ["abidiff", "--no-default-suppression", "--headers-dir2", str(include), str(baseline), str(library)]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode & (ERROR | USAGE):
        return [f"abidiff itself failed ({result.returncode}): {result.stderr.strip()}"]
    if result.returncode == 0:
        return []
    kind = "breaks programs already built" if result.returncode & INCOMPATIBLE else "changes the ABI"
    return [
        result.stdout.strip(),
        f"this {kind}; if it is meant: ./dev renew --baseline, a changelog line, commit tests/abi",
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", required=True, help="id of the compiler that built the library")
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--include", type=Path, required=True)
    parser.add_argument("--record", action="store_true", help="write the baseline instead of comparing")
    parser.add_argument("baseline", type=Path)
    options = parser.parse_args()
    reason = why_not_here(options.compiler)
    if reason:
        print("skipped:", reason)
        return SKIP
    if options.record:
        record(options.library, options.include, options.baseline)
        return 0
    problems = compare(options.baseline, options.library, options.include)
    print("\n".join(problems) or "the ABI is the recorded one")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
