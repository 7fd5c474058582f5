"""A public header stands alone: it compiles by itself, included twice, as C11, C17 and C++17, without one warning."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Wundef", "-Werror", "-fsyntax-only"]


def init_macros(header: Path) -> list[str]:
    """Names of the …_INIT macros with the struct each one starts."""
    names = []
    for line in header.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if len(words) > 1 and words[0] == "#define" and words[1].endswith("_INIT"):
            names.append(words[1])
    return names


def source_text(header: Path) -> str:
    """Includes the header twice and initialises one struct with each of its …_INIT macros."""
    text = f"#include <campaign/{header.name}>\n" * 2 + "int main(void)\n{\n"
    for number, macro in enumerate(init_macros(header)):
        struct = macro.removesuffix("_INIT").lower()
        text += f"    {struct} value_{number} = {macro};\n"
        text += f"    if (value_{number}.size != sizeof value_{number}) return 1;\n"
    return text + "    return 0;\n}\n"


def problems(command: list[str], standard: str, include: Path, header: Path) -> str:
    suffix = ".cpp" if "++" in standard else ".c"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / ("alone" + suffix)
        source.write_text(source_text(header), encoding="utf-8")
        result = subprocess.run(
            [*command, f"-std={standard}", *WARNINGS, "-I", str(include), str(source)], capture_output=True, text=True
        )
    return "" if result.returncode == 0 else f"{header.name} as {standard}:\n{result.stderr}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--c", required=True, help="C compiler, words separated by blanks")
    parser.add_argument("--cpp", default="", help="C++ compiler; without one C++17 is not tried")
    parser.add_argument("--include", type=Path, required=True)
    parser.add_argument("headers", type=Path, nargs="+")
    options = parser.parse_args()
    failed = []
    for header in options.headers:
        for standard in ("c11", "c17"):
            failed.append(problems(options.c.split(), standard, options.include, header))
        if options.cpp:
            failed.append(problems(options.cpp.split(), "c++17", options.include, header))
    failed = [text for text in failed if text]
    print("\n".join(failed) or f"{len(options.headers)} headers stand alone")
    if not options.cpp:
        print("skipped: C++17, no C++ compiler here")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
