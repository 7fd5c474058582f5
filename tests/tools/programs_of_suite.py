"""Names the programs that the tests of a suite run, as ninja knows them, one a line.

usage: meson introspect --tests BUILD | programs_of_suite.py SUITE BUILD
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> int:
    suite, build = sys.argv[1], Path(sys.argv[2]).resolve()
    tests = [test for test in json.load(sys.stdin) if suite in {name.split(":")[-1] for name in test["suite"]}]
    print("\n".join(sorted({Path(test["cmd"][0]).resolve().relative_to(build).as_posix() for test in tests})))
    return 0


if __name__ == "__main__":
    sys.exit(main())
