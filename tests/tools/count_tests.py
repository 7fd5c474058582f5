"""Adds up test results and prints the one line that ends ./dev test and ./dev check: "N passed, N failed".

Reads meson's testlog.json, JUnit files (Python, Lua) and lines "pass NAME" or "fail NAME" that the scripts of ./dev
write for steps which are no meson tests. A file that is named but missing counts as one failure.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

GOOD = {"OK", "EXPECTEDFAIL"}


def count_meson(path: Path) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    failed = []
    for line in path.read_text(encoding="utf-8").splitlines():
        test = json.loads(line)
        kind = "skipped" if test["result"] == "SKIP" else "passed" if test["result"] in GOOD else "failed"
        counts[kind] += 1
        if kind == "failed":
            failed.append(f"{test['name']} ({test['result'].lower()})")
    return counts, failed


def count_junit(path: Path) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter()
    failed = []
    for case in ElementTree.parse(path).iter("testcase"):
        parts = {part.tag for part in case}
        kind = "failed" if parts & {"failure", "error"} else "skipped" if "skipped" in parts else "passed"
        counts[kind] += 1
        if kind == "failed":
            failed.append(f"{case.get('classname', '')}.{case.get('name', '')}")
    return counts, failed


def count_steps(path: Path) -> tuple[Counter[str], list[str]]:
    words = {"pass": "passed", "fail": "failed", "skip": "skipped"}
    lines = [line.partition(" ") for line in path.read_text(encoding="utf-8").splitlines()]
    return Counter(words[kind] for kind, _, _ in lines), [name for kind, _, name in lines if kind == "fail"]


def count(path: Path) -> tuple[Counter[str], list[str]]:
    """Counts of one file by its kind, and the names of what failed."""
    if not path.exists():
        return Counter(failed=1), [f"{path} was not written"]
    if path.suffix == ".json":
        return count_meson(path)
    return count_junit(path) if path.suffix == ".xml" else count_steps(path)


def main() -> int:
    total: Counter[str] = Counter()
    failed: list[str] = []
    for name in sys.argv[1:]:
        counts, names = count(Path(name))
        total += counts
        failed += names
    for name in failed:
        print("failed:", name)
    if total["skipped"]:
        print(f"skipped: {total['skipped']} (each says why in its log)")
    print(f"{total['passed']} passed, {total['failed']} failed")
    return 1 if total["failed"] or not total["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
