#!/usr/bin/env bash
# Other compilers and machines: gcc with warnings as errors, optimised without asserts, and its tests; every file of the
# libraries with clang in the same way (its tests run under the sanitizers), for 32-bit Linux, and with MinGW for x86 and
# x86-64. What is not installed is skipped with a word.
set -uo pipefail
. "$(dirname "$0")/common.sh"

failed=0
warnings=(-std=c11 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wswitch-enum -Wvla -Wcast-qual -Wundef -Wwrite-strings
    -Wstrict-prototypes -Wmissing-prototypes -Werror -ffp-contract=off)

# Builds everything in build/NAME with a compiler and runs the quick suites.
build_and_test() {
    local name=$1 cc=$2
    shift 2
    say "$name: $cc $*"
    CC=$cc build_in "$top/build/$name" -Dwerror=true "$@" || { failed=1; return; }
    meson test -C "$top/build/$name" --no-suite slow --no-suite lint --no-suite docs --print-errorlogs --quiet || failed=1
}

# Compiles every file of the two libraries for one machine, as many at a time as there are processors.
compile_sources() {
    local title=$1 files
    shift
    mapfile -t files < <(find "$top/src" -name '*.c' ! -path "$top/src/cli/*" | sort)
    printf '%s\0' "${files[@]}" | xargs -0 -P "$(nproc)" -n 1 "$@" "${warnings[@]}" -O2 -DCAMPAIGN_BUILD \
        -D_POSIX_C_SOURCE=200809L -I "$top/include" -I "$top/src" -o /dev/null -c ||
        { say "$title: a file does not compile"; failed=1; }
    say "$title: ${#files[@]} files"
}

if has gcc; then build_and_test release gcc --buildtype=release; fi
if has clang; then compile_sources "clang" clang -DNDEBUG; else say "skipped: no clang here"; fi
if echo '#include <stdlib.h>' | gcc -m32 -fsyntax-only -x c - 2>/dev/null; then
    compile_sources "32-bit Linux" gcc -m32
else
    say "skipped: 32-bit Linux, no headers for gcc -m32 here"
fi
for machine in i686 x86_64; do
    cc=$machine-w64-mingw32-gcc
    if has "$cc"; then compile_sources "Windows $machine" "$cc"; else say "skipped: Windows, no $cc here"; fi
done
exit "$failed"
