"""Measures that the style page sets for C in src.

Files have at most 400 lines and a purpose comment on top, functions at most 60 lines and six parameters (the error
record not counted). There are no leftover words, no mutable static variables, and no printing of floating point, which
follows the locale.

Relies on the tree's format: a function's body starts with "{" and ends with "}" in the first column.
"""

import argparse
import re
import sys
from pathlib import Path

MAX_LINES, MAX_FUNCTION, MAX_PARAMETERS = 400, 60, 6
COMMENT = re.compile(r"/\*.*?\*/", re.S)
FUNCTION = re.compile(
    r"^(?!typedef|struct|enum|union|static const|#|/\*| )[^;{}=\n]*?(\w+)\(([^;{}]*?)\)\n\{\n(.*?)^\}", re.M | re.S
)
LEFTOVER = re.compile(r"\b(TODO|FIXME|HACK)\b")
STATIC_VARIABLE = re.compile(r"^\s*static\s+(?!inline\b)[^()=;{}]*?(\*\s*)?\w+(\[[^\]]*\])*\s*(=[^;]*)?;", re.M)
FLOAT_FORMAT = re.compile(r'"[^"\n]*(?<!%)(?:%%)*%[-+ #0-9.*]*[aefgAEFG][^"\n]*"')


def blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def is_constant(declaration: str) -> bool:
    """Whether a static variable cannot change: the object itself is const, not only what it points at."""
    head = declaration.split("=")[0]
    return bool(re.search(r"\*\s*const\b", head)) if "*" in head else bool(re.search(r"\bconst\b", head))


def file_problems(name: str, text: str) -> list[str]:
    problems = []
    n_lines = text.count("\n")
    if n_lines > MAX_LINES:
        problems.append(f"{name}: {n_lines} lines, the limit is {MAX_LINES}: more than one topic?")
    if not text.startswith("/*"):
        problems.append(f"{name}: no purpose comment on top")
    code = COMMENT.sub(blank, text)
    for match in FUNCTION.finditer(code):
        function, parameters, body = match.groups()
        n_body = body.count("\n")
        each = re.sub(r"\([^()]*\)", "", parameters).split(",")
        n_parameters = sum(not part.lstrip().startswith("campaign_error ") for part in each)
        if n_body > MAX_FUNCTION:
            problems.append(f"{name}: {function} has {n_body} lines, the limit is {MAX_FUNCTION}")
        if n_parameters > MAX_PARAMETERS and not function.startswith("campaign_"):
            problems.append(f"{name}: {function} has {n_parameters} parameters, the limit is {MAX_PARAMETERS}")
    for match in STATIC_VARIABLE.finditer(code):
        if not is_constant(match.group()):
            problems.append(f"{name}: static variable: {' '.join(match.group().split())[:80]}")
    for match in FLOAT_FORMAT.finditer(code):
        line = code.count("\n", 0, match.start()) + 1
        problems.append(f"{name}:{line}: {match.group()} prints as the locale wants: use cpn_format_double")
    for match in LEFTOVER.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        problems.append(f"{name}:{line}: {match.group()}")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True)
    root: Path = parser.parse_args().root
    paths = sorted([*(root / "src").rglob("*.[ch]"), *(root / "include").rglob("*.h")])
    problems = []
    for path in paths:
        name = path.relative_to(root).as_posix()
        is_manual = name.startswith("include/")  # a public header is a manual: as long as its topic
        found = file_problems(name, path.read_text(encoding="utf-8"))
        problems += [problem for problem in found if not (is_manual and "lines, the limit" in problem)]
    print("\n".join(problems) or f"{len(paths)} files keep the measures")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
