#!/usr/bin/env bash
# All suites but oom under ASan and UBSan (division of floats by zero too, nothing recovers), then the threads suite
# under TSan. clang where it is there, else gcc. First shows that each kind of mistake is stopped.
set -uo pipefail
. "$(dirname "$0")/common.sh"

compiler=gcc
has clang && compiler=clang
if has mold; then export CC_LD=mold CXX_LD=mold; fi # hundreds of programs are linked
failed=0
undefined=(-fno-sanitize-recover=all -fsanitize=float-divide-by-zero -fno-omit-frame-pointer)
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export TSAN_OPTIONS=halt_on_error=1

# expect_stop PROGRAM KIND…: each mistake must end the program.
expect_stop() {
    local program=$1 kind
    shift
    for kind in "$@"; do
        if "$program" "$kind" >/dev/null 2>&1; then say "the sanitizer does not see: $kind"; failed=1; fi
    done
}

say "what the sanitizers must stop"
mkdir -p "$top/build"
$compiler -g -pthread -fsanitize=address,undefined "${undefined[@]}" "$top/tests/sanitize/broken.c" -o "$top/build/broken-asan" &&
    $compiler -g -pthread -fsanitize=thread "$top/tests/sanitize/broken.c" -o "$top/build/broken-tsan" || exit 1
expect_stop "$top/build/broken-asan" overflow leak divide shift
expect_stop "$top/build/broken-tsan" race

say "ASan and UBSan, $compiler"
CC=$compiler build_in "$top/build/asan" -Db_sanitize=address,undefined -Db_lundef=false -Dwerror=true \
    "-Dc_args=${undefined[*]}" "-Dc_link_args=${undefined[*]}" || exit 1
meson test -C "$top/build/asan" --no-suite oom --no-suite abi --no-suite headers --no-suite lint --no-suite docs \
    --no-suite install --timeout-multiplier 5 --print-errorlogs --quiet || failed=1

say "TSan, $compiler"
if [ ! -f "$top/build/tsan/build.ninja" ]; then
    CC=$compiler meson setup "$top/build/tsan" "$top" -Db_sanitize=thread -Db_lundef=false >"$top/build/tsan.log" 2>&1 ||
        { cat "$top/build/tsan.log"; exit 1; }
fi
mapfile -t programs < <(meson introspect --tests "$top/build/tsan" | python3 "$tools/programs_of_suite.py" threads "$top/build/tsan")
ninja -C "$top/build/tsan" "${programs[@]}" >"$top/build/tsan.log" 2>&1 || { tail -n 60 "$top/build/tsan.log"; exit 1; }
meson test -C "$top/build/tsan" --no-rebuild --suite threads --timeout-multiplier 10 --print-errorlogs --quiet || failed=1
exit "$failed"
