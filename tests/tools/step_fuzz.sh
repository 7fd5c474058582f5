#!/usr/bin/env bash
# Runs each libFuzzer target, or those that are named, for FUZZ_SECONDS (5) from its corpus under ASan and UBSan. Finds go
# to build/fuzz/found: step_fuzz.sh [READER…].
set -euo pipefail
. "$(dirname "$0")/common.sh"

has clang || { say "skipped: no clang here"; exit 77; }
build="$top/build/fuzz"
mkdir -p "$build/found"
failed=0
readers=("$@")
if [ $# -eq 0 ]; then
    mapfile -t readers < <(cd "$top/tests/fuzz" && printf '%s\n' fuzz_*.c | sed 's/^fuzz_//; s/\.c$//')
fi
if [ ! -f "$build/build.ninja" ]; then
    CC=clang meson setup "$build" "$top" -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false \
        -Ddefault_library=static >"$build/found/build.log" 2>&1 || { cat "$build/found/build.log"; exit 1; }
fi
ninja -C "$build" "${readers[@]/#/tests/fuzz/fuzz_}" >"$build/found/build.log" 2>&1 ||
    { tail -n 60 "$build/found/build.log"; exit 1; }
for name in "${readers[@]}"; do
    corpus="$build/corpus/$name"
    mkdir -p "$corpus"
    say "fuzz_$name"
    UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 "$build/tests/fuzz/fuzz_$name" -max_total_time="${FUZZ_SECONDS:-5}" \
        -timeout=10 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 -artifact_prefix="$build/found/$name-" "$corpus" \
        "$top/tests/fuzz/corpus/$name" >"$build/found/$name.log" 2>&1 || { tail -n 40 "$build/found/$name.log"; failed=1; }
    grep -E 'number_of_executed_units|cov: .*DONE|Done' "$build/found/$name.log" | tail -n 2 || true
done
exit "$failed"
