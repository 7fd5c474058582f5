"""Reads the public headers: functions, structs and constants, with the comments that stand before them.

The headers are plain enough for regular expressions: one declaration per CAMPAIGN_API, anonymous enums with explicit
values, structs without nesting. What does not fit that shape is reported by the checks, never skipped.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

COMMENT = re.compile(r"/\*.*?\*/", re.S)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.M)
FUNCTION = re.compile(r"\bCAMPAIGN_API\b([^;{]*?)\b(\w+)\s*\(([^;]*)\)\s*;", re.S)
STRUCT = re.compile(r"\b(typedef\s+)?struct\s+(\w+)\s*\{(.*?)\}\s*(\w*)\s*;", re.S)
ENUM = re.compile(r"\benum\b\s*(\w*)\s*\{(.*?)\}", re.S)
NUMBER = re.compile(r"^#\s*define\s+(CAMPAIGN_\w+)\s+(\(?-?\d\w*\)?|INT64_MIN|INT64_MAX)\s*(?:/\*.*)?$", re.M)


@dataclass
class Function:
    name: str
    header: str
    line: int
    comment: str
    declaration: str


@dataclass
class Struct:
    name: str
    """As C spells the type: "campaign_error" or "struct ArrowArray"."""
    fields: list[str]


@dataclass
class Api:
    functions: dict[str, Function] = field(default_factory=dict)
    structs: dict[str, Struct] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def blank(text: str, pattern: re.Pattern[str]) -> str:
    """Replaces matches by blanks of the same length, line breaks kept, so that positions stay true."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def bare(text: str) -> str:
    """Code without comments and directives, positions kept."""
    return blank(blank(text, COMMENT), DIRECTIVE)


def comment_before(text: str, position: int) -> str:
    """The /** comment that ends right before a declaration, or ""."""
    before = text[:position].rstrip()
    start = before.rfind("/*")
    if not before.endswith("*/") or not before.startswith("/**", start):
        return ""
    return before[start:]


def field_names(body: str) -> list[str]:
    """Names of the members of a struct body without comments."""
    names = []
    for statement in body.split(";"):
        if not statement.strip():
            continue
        pointer = re.search(r"\(\s*\*\s*(\w+)\s*\)\s*\(", statement)
        if pointer:
            names.append(pointer.group(1))
            continue
        for declarator in re.sub(r"\[[^\]]*\]", "", statement).split(","):
            names.append(re.findall(r"\w+", declarator)[-1])
    return names


def read_functions(api: Api, header: str, text: str, code: str) -> None:
    for match in FUNCTION.finditer(code):
        name = match.group(2)
        line = text.count("\n", 0, match.start()) + 1
        declaration = " ".join(match.group().split())
        api.functions[name] = Function(name, header, line, comment_before(text, match.start()), declaration)
    rest = blank(blank(code, FUNCTION), STRUCT)
    for match in re.finditer(r"\b(campaign_\w+)\s*\(", rest):
        line = text.count("\n", 0, match.start()) + 1
        api.problems.append(f"{header}:{line}: {match.group(1)} is declared without CAMPAIGN_API")


def read_structs(api: Api, code: str) -> None:
    for match in STRUCT.finditer(code):
        typedef, tag, body, alias = match.groups()
        name = alias if typedef else f"struct {tag}"
        api.structs[name] = Struct(name, field_names(body))


def read_constants(api: Api, header: str, text: str, code: str) -> None:
    for match in ENUM.finditer(code):
        for entry in match.group(2).split(","):
            if not entry.strip():
                continue
            name, _, value = (part.strip() for part in entry.partition("="))
            if not re.fullmatch(r"-?\d+", value):
                api.problems.append(f"{header}: {name} has no explicit whole number as its value")
            api.constants[name] = value
    for match in NUMBER.finditer(text):
        if not match.group(1).startswith("CAMPAIGN_VERSION_"):
            api.constants[match.group(1)] = match.group(2).strip("()")


def read_header(api: Api, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    code = bare(text)
    code = re.sub(r'extern\s+"C"\s*\{', lambda match: " " * len(match.group()), code)
    read_functions(api, path.name, text, code)
    read_structs(api, code)
    read_constants(api, path.name, text, code)


def read_api(headers: list[Path]) -> Api:
    """Everything that the public headers declare."""
    api = Api()
    for path in headers:
        read_header(api, path)
    return api


def map_names(path: Path) -> list[str]:
    """Names that a linker map exports."""
    code = blank(path.read_text(encoding="utf-8"), COMMENT)
    names: list[str] = []
    for block in re.findall(r"global:(.*?)(?:local:|\})", code, re.S):
        names += [name.strip() for name in block.split(";") if name.strip()]
    return names


def listed_names(path: Path) -> list[str]:
    """Lines of a committed list without comments and blanks."""
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]
