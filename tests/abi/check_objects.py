"""What the core's objects hold and call: no writable data, and no function that prints, reads a clock, a locale or the
environment, ends the process, or allocates outside base/memory.

The io library may do what it is for: use streams and files, and its own allocation.

Works on a static archive built without sanitizers.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

WRITABLE = re.compile(r"^\.(data|bss|tdata|tbss)(\.|$)")
RELOCATED = re.compile(r"^\.data\.rel\.ro(\.|$)")

FORBIDDEN = {
    "prints or reads streams": """printf fprintf vprintf vfprintf dprintf puts fputs putchar putc fputc fwrite perror
        fopen fdopen freopen fread fgets fgetc getc getchar fclose fflush stdin stdout stderr scanf fscanf""",
    "may write past its buffer": "sprintf vsprintf strcpy strcat gets",
    "reads the clock": """time clock gettimeofday clock_gettime localtime localtime_r gmtime gmtime_r mktime strftime
        ctime nanosleep usleep sleep""",
    "depends on the locale": """setlocale localeconv newlocale uselocale strtod strtof strtold atof sscanf vsscanf
        isoc99_sscanf strcoll strxfrm toupper tolower isalpha isdigit isspace isalnum ctype_b_loc ctype_tolower_loc
        ctype_toupper_loc strerror wcstombs mbstowcs mbrtowc strcasecmp""",
    "keeps a hidden state": "rand srand random srandom drand48 lrand48 strtok",
    "depends on the environment": "getenv secure_getenv setenv putenv",
    "ends or leaves the process": """exit _exit _Exit quick_exit abort atexit raise kill fork vfork execve system popen
        longjmp signal sigaction""",
    "opens files or the network": "open openat read write close socket connect mmap dlopen",
    "sorts differently on each libc": "qsort qsort_r",
    "allocates outside base/memory": """malloc calloc realloc free strdup strndup asprintf vasprintf aligned_alloc
        posix_memalign reallocarray""",
}
REASONS = {name: reason for reason, names in FORBIDDEN.items() for name in names.split()}
EXCEPTIONS = {("memory.c", name) for name in ("malloc", "calloc", "realloc", "free")}
# libxlsxwriter prints numbers as the locale says, so the thread leaves its locale while it writes.
EXCEPTIONS |= {("xlsx.c", name) for name in ("newlocale", "uselocale")}
"""(source file, function) pairs that may."""
IO_MAY = {
    "prints or reads streams",
    "opens files or the network",
    "allocates outside base/memory",
    "sorts differently on each libc",
}
IO_MAY_NOT = {
    "printf",
    "vprintf",
    "puts",
    "putchar",
    "stdin",
    "stdout",
    "stderr",
    "perror",
    "socket",
    "connect",
    "dlopen",
}


def plain_name(symbol: str) -> str:
    """printf for __printf_chk, printf@GLIBC_2.2.5 and __isoc99_printf."""
    name = symbol.split("@")[0]
    fortified = re.fullmatch(r"__(\w+)_chk", name)
    return fortified.group(1) if fortified else name.removeprefix("__")


def section_problems(readelf: str, archive: Path) -> list[str]:
    """Sections that hold writable data, by member of the archive."""
    text = subprocess.run([readelf, "-SW", archive], check=True, capture_output=True, text=True).stdout
    problems = []
    member = archive.name
    for line in text.splitlines():
        if line.startswith("File:"):
            member = line[line.find("(") + 1 : line.rfind(")")]
        match = re.match(r"^\s*\[\s*\d+\]\s+(\S+)\s+\w+\s+[0-9a-f]+\s+[0-9a-f]+\s+([0-9a-f]+)", line)
        if match and int(match.group(2), 16) and WRITABLE.match(match.group(1)) and not RELOCATED.match(match.group(1)):
            problems.append(f"{member}: {match.group(1)} holds {int(match.group(2), 16)} bytes of writable data")
    return problems


def is_allowed(source: str, name: str, is_io: bool) -> bool:
    if name not in REASONS or (source, name) in EXCEPTIONS:
        return True
    return is_io and REASONS[name] in IO_MAY and name not in IO_MAY_NOT


def import_problems(nm: str, archive: Path, is_io: bool) -> list[str]:
    """Functions called that have no place in the core, or in io."""
    text = subprocess.run([nm, "-A", "-u", archive], check=True, capture_output=True, text=True).stdout
    problems = []
    for line in text.splitlines():
        place, _, symbol = line.rpartition(" ")
        member = place.split(":")[1] if ":" in place else archive.name
        source = re.sub(r"\.o$", "", member.split("_")[-1] if member.endswith(".c.o") else member)
        name = plain_name(symbol)
        if not is_allowed(source, name, is_io):
            problems.append(f"{member}: {name} {REASONS[name]}")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readelf", default="readelf")
    parser.add_argument("--nm", default="nm")
    parser.add_argument("--io", action="store_true", help="the archive is that of libcampaign-io")
    parser.add_argument("archive", type=Path)
    options = parser.parse_args()
    problems = section_problems(options.readelf, options.archive) + import_problems(
        options.nm, options.archive, options.io
    )
    print("\n".join(problems) or "no writable data, no forbidden call")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
