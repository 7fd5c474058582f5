"""Brings the committed lists of tests/abi up to date: symbols, constants, layout, and on request the ABI baseline.

Adds what is new. What has changed or vanished breaks programs that are already built; it is only rewritten with --break
and, from version 1.0 on, not at all.
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

import check_abi
from check_constants import constant_lines
from layout_text import ABIS, Key, measure, read_layout, wanted, write_layout
from public_api import Api, listed_names, map_names, read_api

HERE = Path(__file__).parent
LIBRARIES = {"libcampaign.map": "symbols.txt", "libcampaign-io.map": "symbols-io.txt"}


class RefusedError(Exception):
    """A committed line would change or vanish."""


def merge(what: str, kept: dict[Key, str], now: dict[Key, str], may_break: bool) -> None:
    """Refuses a change of what is kept, unless it is allowed."""
    broken = [f"{what} {name} {value}".strip() for (name, value) in kept if (name, value) not in now]
    broken += [
        f"{what} {key[0]} {key[1]}: {kept[key]} → {now[key]}" for key in kept if key in now and kept[key] != now[key]
    ]
    if broken and not may_break:
        lines = "\n  ".join(broken)
        raise RefusedError(
            f"these lines would change or vanish, which breaks programs already built:\n  {lines}\n"
            "if that is meant, and before 1.0: ./dev renew --break, and an ABI line in the changelog"
        )


def renew_symbols(root: Path, may_break: bool) -> None:
    for map_name, list_name in LIBRARIES.items():
        linker_map = root / "src" / map_name
        if not linker_map.exists():
            continue
        path = HERE / list_name
        names = sorted(map_names(linker_map))
        kept = listed_names(path) if path.exists() else []
        merge("symbol", {(n, ""): "" for n in kept}, {(n, ""): "" for n in names}, may_break)
        path.write_text("\n".join(names) + "\n", encoding="utf-8")


def renew_constants(api: Api, may_break: bool) -> None:
    path = HERE / "enums.txt"
    lines = [line.partition(" = ") for line in (listed_names(path) if path.exists() else [])]
    merge("constant", {(n, ""): v for n, _, v in lines}, {(n, ""): v for n, v in api.constants.items()}, may_break)
    path.write_text("\n".join(constant_lines(api.constants)) + "\n", encoding="utf-8")


def renew_layout(root: Path, headers: list[Path], api: Api, may_break: bool) -> None:
    path = HERE / "layout.c"
    keys = wanted(api)
    columns = [measure(["gcc"], flags, root / "include", headers, keys) for flags in ABIS.values()]
    layout = {key: (lp64, ilp32) for key, lp64, ilp32 in zip(keys, *columns, strict=True)}
    kept = read_layout(path.read_text(encoding="utf-8")) if path.exists() else {}
    merge("layout", {k: str(v) for k, v in kept.items()}, {k: str(v) for k, v in layout.items()}, may_break)
    path.write_text(write_layout(headers, layout), encoding="utf-8")
    subprocess.run(["clang-format", "-i", str(path)], check=False)


def renew_baselines(root: Path, build: Path) -> None:
    targets = json.loads((build / "meson-info/intro-targets.json").read_text(encoding="utf-8"))
    for target in targets:
        if target["type"] != "shared library" or target["name"] not in ("campaign", "campaign-io"):
            continue
        reason = check_abi.why_not_here("gcc")
        if reason:
            print(f"ABI baseline of {target['name']} not renewed: {reason}")
            continue
        baseline = HERE / f"{target['name']}-0-x86_64.abi"
        check_abi.record(Path(target["filename"][0]), root / "include", baseline)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument(
        "--baseline", type=Path, metavar="BUILD", help="a build folder made by gcc with debug information"
    )
    parser.add_argument("--break", dest="may_break", action="store_true")
    options = parser.parse_args()
    version = re.search(r"version: '(\d+)", (options.root / "meson.build").read_text(encoding="utf-8"))
    may_break = options.may_break and version is not None and version.group(1) == "0"
    headers = sorted((options.root / "include/campaign").glob("*.h"))
    api = read_api(headers)
    try:
        renew_symbols(options.root, may_break)
        renew_constants(api, may_break)
        renew_layout(options.root, headers, api, may_break)
    except RefusedError as refused:
        print(refused, file=sys.stderr)
        return 1
    if options.baseline:
        renew_baselines(options.root, options.baseline)
    return 0


if __name__ == "__main__":
    sys.exit(main())
