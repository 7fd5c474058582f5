"""docs/schema holds the JSON Schema of each document kind as the library writes it, docs/examples a document of each.

The plan there is what the library makes of the plan request beside it. With --write the schemas and the plan are
brought up to date instead of compared; tests/api reads the examples.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from library import Library

KIND = re.compile(r'"campaign/([a-z_]+)/\d+"')
SCHEMAS, EXAMPLES = "docs/schema", "docs/examples"


def kinds_in(source: Path) -> set[str]:
    """Document kinds that the sources name."""
    return {kind for path in source.rglob("*.c") for kind in KIND.findall(path.read_text(encoding="utf-8"))}


def made(root: Path, library: Library, kinds: set[str]) -> dict[str, str]:
    """Texts the library writes, by their path below the root."""
    texts = {f"{SCHEMAS}/{kind}.json": library.schema(kind) for kind in kinds}
    request = root / EXAMPLES / "plan_request.json"
    if request.exists():
        texts[f"{EXAMPLES}/plan.json"] = library.plan(request.read_bytes())
    return texts


def problems_of(root: Path, kinds: set[str], texts: dict[str, str]) -> list[str]:
    """Files that are absent, of no kind, or not what the library writes."""
    problems = [
        f"{path.relative_to(root).as_posix()} is of no kind"
        for path in sorted((root / SCHEMAS).glob("*.json"))
        if path.stem not in kinds
    ]
    problems += [
        f"{EXAMPLES}/{k}.json is missing" for k in sorted(kinds) if not (root / EXAMPLES / f"{k}.json").exists()
    ]
    for name, text in sorted(texts.items()):
        if not (root / name).exists() or (root / name).read_text(encoding="utf-8") != text:
            problems.append(f"{name} is not what the library writes: run ./dev renew")
    return problems


def write(root: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    kinds = kinds_in(options.root / "src")
    texts = made(options.root, Library(options.build), kinds)
    if options.write:
        write(options.root, texts)
    problems = problems_of(options.root, kinds, texts)
    print("\n".join(problems) or f"{len(kinds)} kinds of document have their schema and their example")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
