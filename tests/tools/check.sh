#!/usr/bin/env bash
# The full set that CI runs: ./dev test, the slow suites, and one step for each script step_*.sh beside this one.
# Every step runs, whatever failed before it; the last line is "N passed, N failed" over all of them.
set -uo pipefail
. "$(dirname "$0")/common.sh"

"$tools/test.sh" || true
mapfile -t files <"$top/build/results/files.txt"

step "slow suites"
meson test -C "$top/build/test" --suite slow --print-errorlogs --quiet --logbase slow || true
files+=("$top/build/test/meson-logs/slow.json")

steps="$top/build/results/steps.txt"
: >"$steps"
for script in "$tools"/step_*.sh; do
    name=$(basename "$script" .sh)
    name=${name#step_}
    step "$name"
    started=$SECONDS
    "$script"
    case $? in
    0) echo "pass $name" >>"$steps" ;;
    77) echo "skip $name" >>"$steps" ;;
    *) echo "fail $name" >>"$steps" ;;
    esac
    say "$name took $((SECONDS - started)) s"
done
echo
python3 "$tools/count_tests.py" "${files[@]}" "$steps"
