#!/usr/bin/env bash
# Builds, runs every quick meson suite and the suites of the bindings; ends with the line "N passed, N failed".
set -euo pipefail
. "$(dirname "$0")/common.sh"

results="$top/build/results"
build="$top/build/test"
rm -rf "$results"
mkdir -p "$results"

step "building in build/test"
build_in "$build" -Dtests=enabled
step "running the tests"
meson test -C "$build" --no-suite slow --print-errorlogs --quiet || true
files=("$build/meson-logs/testlog.json")
for suite in "$tools"/suite_*.sh; do
    [ -e "$suite" ] || continue
    name=$(basename "$suite" .sh)
    step "$name"
    "$suite" "$results/$name.xml" || say "$name ended with an error"
    files+=("$results/$name.xml")
done
printf '%s\n' "${files[@]}" >"$results/files.txt"
echo
python3 "$tools/count_tests.py" "${files[@]}"
