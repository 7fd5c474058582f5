"""Every public function is explained, tested and bound.

Explained: the comment before its declaration is a sentence, says from which threads it may be called, what a status can
be, names each parameter it documents rightly, and carries @since. Tested: a test's source calls it. Bound: each binding
that exists names it, or docs/bindings.md says why not.
"""

import argparse
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "abi"))
from public_api import Function, read_api

THREADS = re.compile(r"\b(Any thread|[Oo]ne thread at a time|calling thread)\b")
SEE = re.compile(r"\b(?:as|like|see)\s+(campaign_\w+)")
TEST_SOURCES = {".c", ".h", ".py", ".lua", ".sh"}
BINDING_SOURCES = {
    "Python": (["bindings/swig", "bindings/python"], {".i", ".py", ".c", ".h"}),
    "Lua": (["bindings/swig", "bindings/lua"], {".i", ".lua", ".c", ".h"}),
}


def plain_comment(function: Function) -> str:
    """The comment's words in one line, without stars."""
    text = function.comment.removeprefix("/**").removesuffix("*/")
    return " ".join(re.sub(r"^\s*\* ?", "", line) for line in text.splitlines())


def parameter_names(function: Function) -> set[str]:
    """Every word inside the parentheses of the declaration; a documented parameter must be one of them."""
    return set(re.findall(r"\w+", function.declaration[function.declaration.index("(") :]))


def comment_problems(function: Function, known: set[str]) -> list[str]:
    """What the comment of one function lacks. A comment may lean on another function's: "as campaign_other"."""
    text = plain_comment(function).strip()
    if not text:
        return ["has no comment"]
    problems = []
    references = SEE.findall(text)
    problems += [f"refers to {name}, which is not declared" for name in references if name not in known]
    if not re.match(r"[^.]{3,}[.:;]", text):
        problems.append("does not start with a sentence")
    if not re.search(r"@since \d+\.\d+", text):
        problems.append("lacks @since")
    if not THREADS.search(text) and not references:
        problems.append('lacks its thread rule ("Any thread." or "One thread at a time.")')
    returns_status = function.declaration.startswith("CAMPAIGN_API campaign_status")
    if returns_status and "@return" not in text and not references:
        problems.append("lacks @return with the codes it can give")
    documented = re.findall(r"@p(?:aram)?\s+\*?(\w+)", text)
    names = parameter_names(function)
    problems += [f"documents {name}, which is no parameter" for name in documented if name not in names]
    return problems


def words_below(root: Path, folders: list[str], suffixes: set[str]) -> set[str]:
    """Every identifier in the files of some folders."""
    words: set[str] = set()
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in suffixes and "tests/abi" not in path.as_posix():
                words.update(re.findall(r"\w+", path.read_text(encoding="utf-8", errors="replace")))
    return words


def unbound_with_reason(root: Path) -> set[str]:
    """Functions that docs/bindings.md lists as not bound."""
    page = root / "docs/bindings.md"
    return set(re.findall(r"`(campaign_\w+)`", page.read_text(encoding="utf-8"))) if page.exists() else set()


def binding_problems(root: Path, functions: list[str]) -> list[str]:
    excused = unbound_with_reason(root)
    problems = []
    for language, (folders, suffixes) in BINDING_SOURCES.items():
        if not (root / folders[1]).is_dir():
            continue
        words = words_below(root, folders, suffixes)
        for name in functions:
            if not {name, name.removeprefix("campaign_")} & words and name not in excused:
                problems.append(f"{name} is not bound in {language}, and docs/bindings.md does not say why")
    return problems


def all_problems(root: Path, headers: list[Path], exported: set[str]) -> list[str]:
    """Problems of every exported function; what is only declared is the symbol check's business."""
    functions = {name: f for name, f in read_api(headers).functions.items() if name in exported}
    api = read_api(headers)
    known = {*api.functions, *api.structs}
    problems = []
    for function in functions.values():
        place = f"{function.header}:{function.line}: {function.name}"
        problems += [f"{place} {problem}" for problem in comment_problems(function, known)]
    tested = words_below(root, ["tests"], TEST_SOURCES)
    problems += [f"{name} is called by no test" for name in functions if name not in tested]
    return problems + binding_problems(root, list(functions))


def main() -> int:
    from public_api import map_names

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True)
    options = parser.parse_args()
    exported = {name for path in (options.root / "src").glob("*.map") for name in map_names(path)}
    headers = sorted((options.root / "include/campaign").glob("*.h"))
    problems = all_problems(options.root, headers, exported)
    print("\n".join(problems) or f"{len(exported)} functions are explained, tested and bound")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
