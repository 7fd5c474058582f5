"""Includes go one way only, as include_rule.txt says.

Looks at src, at the public headers, and at bindings and tests/api, which may see nothing but <campaign/…> of ours.
"""

import argparse
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
SOURCES = {".c", ".h", ".i"}
FORBIDDEN_SYSTEM = {"locale.h", "time.h", "ctype.h", "wctype.h", "signal.h", "setjmp.h", "alloca.h"}
"""Headers that bring a locale, a clock or a jump; a file that needs one stands in ALLOWED_SYSTEM."""
ALLOWED_SYSTEM = {("base/thread.c", "signal.h")}
PUBLIC_ONLY_FOLDERS = ("io", "cli")


@dataclass
class Rule:
    allowed: dict[str, set[str]] = field(default_factory=dict)
    public_only: set[str] = field(default_factory=set)
    header_folders: dict[str, set[str]] = field(default_factory=dict)
    apart: dict[str, set[str]] = field(default_factory=dict)


def read_rule(path: Path) -> Rule:
    rule = Rule()
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, words = line.split("#")[0].partition(":")
        if not name.strip():
            continue
        if name.startswith("header "):
            rule.header_folders[name.split()[1]] = set(words.split())
            continue
        if name.startswith("apart "):
            rule.apart[name.split()[1]] = set(words.split())
            continue
        rule.allowed[name] = set(words.split()) - {"public"}
        if "public" in words.split():
            rule.public_only.add(name)
    return rule


def public_header_problem(rule: Rule, folder: str, name: str) -> str:
    """Why a file of that folder may not include <campaign/name.h>, or ""."""
    stem = name.removesuffix(".h")
    owners = rule.header_folders.get(stem, {stem})
    if stem == folder or owners <= rule.allowed[folder] | {folder}:
        return ""
    return f"<campaign/{name}> is not to the left of {folder}"


def internal_header_problem(rule: Rule, folder: str, name: str) -> str:
    """Why a file of that folder may not include "name", or ""."""
    owner, slash, _ = name.partition("/")
    if not slash:
        return f'"{name}": write the folder, as in "{folder}/{name}"'
    if owner == folder:
        return ""
    if owner not in rule.allowed:
        return f'"{name}": no such folder in include_rule.txt'
    if folder in rule.public_only:
        return f'"{name}": {folder} uses public headers only'
    return "" if owner in rule.allowed[folder] else f'"{name}" is not to the left of {folder}'


def apart_problem(rule: Rule, name: str, included: str) -> str:
    """Why a file of one part of a folder may not include "included", a file of another part, or ""."""
    folder, *parts = name.split("/")[:-1]
    other_folder, *others = included.split("/")[:-1]
    apart = rule.apart.get(folder, set())
    if folder != other_folder or not parts or not others or not {parts[0], others[0]} <= apart or parts[0] == others[0]:
        return ""
    return f'"{included}": {parts[0]} and {others[0]} of {folder} stand apart'


def source_problems(rule: Rule, root: Path, path: Path) -> list[str]:
    """What one file below src includes against the rule."""
    name = path.relative_to(root / "src").as_posix()
    folder = name.partition("/")[0]
    if folder not in rule.allowed:
        return [f"src/{name}: folder {folder} is not in include_rule.txt"]
    problems = []
    for bracket, included in INCLUDE.findall(path.read_text(encoding="utf-8")):
        if included.startswith("campaign/"):
            problem = public_header_problem(rule, folder, included.removeprefix("campaign/"))
        elif bracket == '"':
            problem = internal_header_problem(rule, folder, included) or apart_problem(rule, name, included)
        else:
            forbidden = included in FORBIDDEN_SYSTEM and folder not in PUBLIC_ONLY_FOLDERS
            problem = f"<{included}> has no place in the core" if forbidden else ""
            problem = "" if (name, included) in ALLOWED_SYSTEM else problem
        if problem:
            problems.append(f"src/{name}: {problem}")
    return problems


def header_problems(rule: Rule, path: Path) -> list[str]:
    """What one public header includes against the rule."""
    folders = rule.header_folders.get(path.stem, {path.stem})
    unknown = folders - rule.allowed.keys()
    if unknown:
        return [f"include/campaign/{path.name}: {', '.join(unknown)} is not in include_rule.txt"]
    reach = folders.union(*(rule.allowed[folder] for folder in folders))
    problems = []
    for bracket, included in INCLUDE.findall(path.read_text(encoding="utf-8")):
        stem = included.removeprefix("campaign/").removesuffix(".h")
        if bracket == '"':
            problems.append(f'include/campaign/{path.name}: "{included}" must be a header in <>')
        elif included.startswith("campaign/") and not rule.header_folders.get(stem, {stem}) <= reach:
            problems.append(f"include/campaign/{path.name}: <{included}> is not to the left")
    return problems


def whole_problems(root: Path) -> list[str]:
    """Public headers that campaign.h does not reach; io.h and io_forms.h belong to a library of its own."""
    whole = root / "include/campaign/campaign.h"
    if not whole.exists():
        return []
    included, waiting = set(), ["campaign/campaign.h"]
    while waiting:
        header = root / "include" / waiting.pop()
        names = INCLUDE.findall(header.read_text(encoding="utf-8")) if header.exists() else []
        waiting += [name for _, name in names if name not in included]
        included |= {name for _, name in names}
    others = {"campaign/campaign.h", "campaign/io.h", "campaign/io_forms.h"}
    headers = {f"campaign/{path.name}" for path in whole.parent.glob("*.h")} - others
    return [f"include/campaign/campaign.h does not include <{name}>" for name in sorted(headers - included)]


def outsider_problems(rule: Rule, root: Path, path: Path) -> list[str]:
    """Files outside src that must not see an internal header."""
    problems = []
    for bracket, included in INCLUDE.findall(path.read_text(encoding="utf-8")):
        internal = included.partition("/")[0] in rule.allowed and "/" in included
        if internal or (included.startswith("campaign/") and bracket == '"'):
            problems.append(f"{path.relative_to(root).as_posix()}: {included} is not a public header")
    return problems


def all_problems(root: Path, rule: Rule) -> list[str]:
    problems = []
    for path in sorted((root / "src").rglob("*")):
        if path.suffix in SOURCES and path.parent != root / "src":
            problems += source_problems(rule, root, path)
    for path in sorted((root / "include/campaign").glob("*.h")):
        problems += header_problems(rule, path)
    problems += whole_problems(root)
    for folder in ("bindings", "tests/api", "tests/install", "docs"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SOURCES:
                problems += outsider_problems(rule, root, path)
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--rule", type=Path, default=Path(__file__).with_name("include_rule.txt"))
    options = parser.parse_args()
    problems = all_problems(options.root, read_rule(options.rule))
    print("\n".join(problems) or "every include goes one way")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
