"""Public structs lie as layout.c says, on every ABI, without holes.

Compiles layout.c (syntax only, so no system headers are needed) for LP64 and for ILP32 with 8-byte integers aligned to
4 (Linux x86) and to 8 (ARM, Windows), and the headers with -Wpadded likewise. Fails also where layout.c lacks a member.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from layout_text import include_lines, read_layout, wanted
from public_api import Api, read_api

X86 = {
    "LP64": ["-m64"],
    "ILP32, int64 aligned to 4": ["-m32", "-ffreestanding"],
    "ILP32, int64 aligned to 8": ["-m32", "-ffreestanding", "-malign-double"],
}


def compile_problems(compiler: list[str], flags: list[str], include: Path, source: Path) -> str:
    command = [*compiler, "-std=c11", "-fsyntax-only", "-Werror", *flags, "-I", str(include), str(source)]
    result = subprocess.run(command, capture_output=True, text=True)
    return "" if result.returncode == 0 else result.stderr


def hole_problems(compiler: list[str], flags: list[str], include: Path, headers: list[Path]) -> str:
    """What -Wpadded says of our structs. Arrow's have holes on 32 bits by specification, so they stay incomplete."""
    arrow = "".join(f"struct {name};\n" for name in ("ArrowSchema", "ArrowArray", "ArrowArrayStream"))
    defined = ["-DARROW_C_DATA_INTERFACE", "-DARROW_C_STREAM_INTERFACE"]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "holes.c"
        source.write_text(arrow + include_lines(headers), encoding="utf-8")
        return compile_problems(compiler, [*flags, *defined, "-Wpadded"], include, source)


def knob_problems(api: Api) -> list[str]:
    """Structs that callers fill start with their own size, so that they can grow."""
    knobs = [struct for struct in api.structs.values() if struct.name.endswith(("_options", "_inputs", "_runtime"))]
    return [f"{knob.name} does not start with uint32_t size" for knob in knobs if knob.fields[0] != "size"]


def is_x86_gcc(compiler: list[str]) -> bool:
    machine = subprocess.run([*compiler, "-dumpmachine"], capture_output=True, text=True).stdout
    return machine.startswith(("x86_64", "i686", "i386")) and "mingw" not in machine


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", required=True, help="command, words separated by blanks")
    parser.add_argument("--include", type=Path, required=True)
    parser.add_argument("--layout", type=Path, required=True)
    parser.add_argument("headers", type=Path, nargs="+")
    options = parser.parse_args()
    compiler = options.compiler.split()

    kept = read_layout(options.layout.read_text(encoding="utf-8"))
    api = read_api(options.headers)
    keys = wanted(api)
    problems = knob_problems(api)
    problems += [
        f"layout.c lacks {struct} {name}: run ./dev renew" for struct, name in keys if (struct, name) not in kept
    ]
    for title, flags in (X86 if is_x86_gcc(compiler) else {"this machine": []}).items():
        asserts = compile_problems(compiler, flags, options.include, options.layout)
        holes = hole_problems(compiler, flags, options.include, options.headers)
        problems += [f"{title}:\n{text}" for text in (asserts, holes) if text]
    print("\n".join(problems) or f"{len(keys)} sizes and offsets hold")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
