"""The names a library exports are those its headers declare, its linker map lists and symbols.txt keeps.

A committed list makes every new or lost name visible in review. The static archive is looked at too: hidden names still
meet the host's names there, so each must start with campaign_ or cpn_.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from public_api import listed_names, map_names, read_api

OURS = re.compile(r"^(campaign_|cpn_)")


def differences(left: str, left_names: Iterable[str], right: str, right_names: Iterable[str]) -> list[str]:
    """Sentences about names that only one side has."""
    left_set, right_set = set(left_names), set(right_names)
    problems = [f"{name} is in {left} but not in {right}" for name in sorted(left_set - right_set)]
    problems += [f"{name} is in {right} but not in {left}" for name in sorted(right_set - left_set)]
    return problems


def exported_names(nm: str, library: Path) -> list[str]:
    """Names a shared library defines for others, without the version nodes."""
    lines = subprocess.run([nm, "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout
    return [line.split()[-1].split("@")[0] for line in lines.splitlines() if line.split()[-2] != "A"]


def archive_names(nm: str, archive: Path) -> list[str]:
    """Global names that the objects of a static archive define."""
    lines = subprocess.run([nm, "-g", "--defined-only", archive], check=True, capture_output=True, text=True).stdout
    return [line.split()[-1] for line in lines.splitlines() if len(line.split()) == 3]


def foreign_names(names: Iterable[str]) -> list[str]:
    return [
        f"{name} in the static archive lacks the prefix campaign_ or cpn_" for name in names if not OURS.match(name)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nm", default="nm")
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--map", type=Path, required=True)
    parser.add_argument("--symbols", type=Path, required=True)
    parser.add_argument("headers", type=Path, nargs="+")
    options = parser.parse_args()

    api = read_api(options.headers)
    names = map_names(options.map)
    problems = list(api.problems)
    missing = sorted(set(api.functions) - set(names))
    unknown = sorted(set(names) - set(api.functions))
    problems += [f"{name} is declared but {options.map.name} does not export it" for name in missing]
    problems += [f"{name} is exported but no public header declares it" for name in unknown]
    problems += differences(
        options.map.name, names, "nm -D " + options.library.name, exported_names(options.nm, options.library)
    )
    kept = differences(options.map.name, names, options.symbols.name, listed_names(options.symbols))
    if kept:
        kept.append("run ./dev renew and commit tests/abi (a vanished name: ./dev renew --break, and a changelog line)")
    problems += kept
    if options.archive:
        problems += foreign_names(archive_names(options.nm, options.archive))
    print("\n".join(problems) or f"{len(names)} names agree")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
