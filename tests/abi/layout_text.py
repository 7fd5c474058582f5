"""Reads and writes layout.c: size of every public struct and place of every member, on LP64 and ILP32.

Numbers come from a compiler's assembly output, so nothing has to run on the other ABI.
"""

import re
import subprocess
import tempfile
from pathlib import Path

from public_api import Api

HEAD = """/* Frozen layout of every public struct: size and offsets on LP64 and on ILP32. The file only has to compile.
 * Lines are added by ./dev renew, never edited: a changed line breaks programs that are already built. */
#include <stddef.h>

@INCLUDES@
#if UINTPTR_MAX > 0xffffffffu
#define PICK(lp64, ilp32) lp64
#else
#define PICK(lp64, ilp32) ilp32
#endif
#define SIZE(type, lp64, ilp32)          _Static_assert(sizeof(type) == PICK(lp64, ilp32), "sizeof " #type)
#define FIELD(type, field, lp64, ilp32)  _Static_assert(offsetof(type, field) == PICK(lp64, ilp32), #type "." #field)

"""

LINE = re.compile(r"^(SIZE|FIELD)\(([^,]+)(?:, (\w+))?, (\d+), (\d+)\);$", re.M)
ABIS = {"LP64": ["-m64"], "ILP32": ["-m32", "-ffreestanding"]}

Key = tuple[str, str]
"""A struct and its member; member "" is the struct's size."""


def wanted(api: Api) -> list[Key]:
    """Every size and offset of our structs, in the headers' order. Arrow's belong to its specification."""
    keys: list[Key] = []
    for struct in api.structs.values():
        if not struct.name.startswith("campaign_"):
            continue
        keys.append((struct.name, ""))
        keys += [(struct.name, name) for name in struct.fields]
    return keys


def read_layout(text: str) -> dict[Key, tuple[int, int]]:
    """Lines of layout.c: (struct, member) → (LP64, ILP32)."""
    return {(m.group(2), m.group(3) or ""): (int(m.group(4)), int(m.group(5))) for m in LINE.finditer(text)}


def include_lines(headers: list[Path]) -> str:
    return "".join(f"#include <campaign/{path.name}>\n" for path in headers)


def measure(compiler: list[str], flags: list[str], include: Path, headers: list[Path], keys: list[Key]) -> list[int]:
    """Sizes and offsets as one ABI has them. Each is emitted plus one, so that no number is folded into zero fill."""
    numbers = [f"1 + offsetof({s}, {f})" if f else f"1 + sizeof({s})" for s, f in keys]
    source = "#include <stddef.h>\n" + include_lines(headers)
    source += "const unsigned probe[] = {" + ",\n".join(f"(unsigned)({n})" for n in numbers) + "};\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "probe.c"
        path.write_text(source, encoding="utf-8")
        command = [*compiler, "-std=c11", *flags, "-I", str(include), "-S", "-o", "-", str(path)]
        assembly = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    values = [int(n) - 1 for n in re.findall(r"^\s*\.long\s+(\d+)\s*(?:#.*)?$", assembly, re.M)]
    if len(values) != len(keys):
        raise RuntimeError(f"{' '.join(command)}: {len(values)} numbers for {len(keys)} questions")
    return values


def write_layout(headers: list[Path], layout: dict[Key, tuple[int, int]]) -> str:
    lines = []
    for (struct, name), (lp64, ilp32) in layout.items():
        if name:
            lines.append(f"FIELD({struct}, {name}, {lp64}, {ilp32});")
        else:
            lines.append(f"\nSIZE({struct}, {lp64}, {ilp32});" if lines else f"SIZE({struct}, {lp64}, {ilp32});")
    return HEAD.replace("@INCLUDES@", include_lines(headers)) + "\n".join(lines) + "\n"
