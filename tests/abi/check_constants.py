"""Public constants keep their values for ever: enums.txt holds every one, and a changed or vanished line fails."""

import argparse
import sys
from pathlib import Path

from public_api import listed_names, read_api

RENEW = "run ./dev renew and commit tests/abi/enums.txt"


def constant_lines(constants: dict[str, str]) -> list[str]:
    return [f"{name} = {value}" for name, value in constants.items()]


def compare(constants: dict[str, str], lines: list[str]) -> list[str]:
    """What is wrong between the headers' constants and the committed lines."""
    problems = []
    kept: dict[str, str] = {}
    for line in lines:
        name, _, value = (part.strip() for part in line.partition("="))
        kept[name] = value
        if name not in constants:
            problems.append(f"{name} = {value} has vanished: callers are compiled with it")
        elif constants[name] != value:
            problems.append(f"{name} was {value} and is now {constants[name]}: callers are compiled with {value}")
    problems += [f"{name} is new: {RENEW}" for name in constants if name not in kept]
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enums", type=Path, required=True)
    parser.add_argument("headers", type=Path, nargs="+")
    options = parser.parse_args()
    api = read_api(options.headers)
    problems = api.problems + compare(api.constants, listed_names(options.enums))
    print("\n".join(problems) or f"{len(api.constants)} constants agree")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
