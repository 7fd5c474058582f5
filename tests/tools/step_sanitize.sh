#!/usr/bin/env bash
# All suites but oom under ASan and UBSan (division of floats by zero too, nothing recovers), then the threads suite
# under TSan. clang where it is there, else gcc.
set -uo pipefail
. "$(dirname "$0")/common.sh"

compiler=cc
has clang && compiler=clang
failed=0
undefined='-fno-sanitize-recover=all -fsanitize=float-divide-by-zero -fno-omit-frame-pointer'

say "ASan and UBSan, $compiler"
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
CC=$compiler build_in "$top/build/asan" -Db_sanitize=address,undefined -Db_lundef=false -Dwerror=true \
    "-Dc_args=$undefined" "-Dc_link_args=$undefined" || exit 1
meson test -C "$top/build/asan" --no-suite oom --no-suite abi --no-suite headers --no-suite lint --no-suite docs \
    --no-suite install --timeout-multiplier 5 --print-errorlogs --quiet || failed=1

say "TSan, $compiler"
CC=$compiler build_in "$top/build/tsan" -Db_sanitize=thread -Db_lundef=false || exit 1
TSAN_OPTIONS=halt_on_error=1 meson test -C "$top/build/tsan" --suite threads --timeout-multiplier 10 \
    --print-errorlogs --quiet || failed=1
exit "$failed"
