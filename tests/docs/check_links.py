"""Pages point only at what exists: relative links in Markdown lead to a file, and to a heading where they name one."""

import argparse
import re
import sys
from pathlib import Path
from urllib.parse import unquote

LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.M | re.S)


def anchors(page: str) -> set[str]:
    """Anchors of a page's headings as forges make them."""
    result = set()
    for heading in re.findall(r"^#+\s+(.*)$", FENCE.sub("", page), re.M):
        plain = re.sub(r"[^\w\- ]", "", heading.strip().lower())
        result.add(plain.replace(" ", "-"))
    return result


def page_problems(root: Path, path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    problems = []
    for link in LINK.findall(FENCE.sub("", text)):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = unquote(link).partition("#")
        place = path.parent / target if target else path
        name = path.relative_to(root).as_posix()
        if not place.exists():
            problems.append(f"{name}: {link} leads nowhere")
        elif anchor and place.suffix == ".md" and anchor not in anchors(place.read_text(encoding="utf-8")):
            problems.append(f"{name}: {link}: no such heading")
    return problems


def pages(root: Path) -> list[Path]:
    """Every page outside hidden folders and what builds leave behind."""
    found = sorted(root.rglob("*.md"))
    parts = {path: path.relative_to(root).parts for path in found}
    return [p for p in found if not any(part.startswith((".", "build", "dist", "demo")) for part in parts[p][:-1])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True)
    root: Path = parser.parse_args().root.resolve()
    problems = [problem for path in pages(root) for problem in page_problems(root, path)]
    print("\n".join(problems) or "every link leads somewhere")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
