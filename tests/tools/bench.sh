#!/usr/bin/env bash
# Builds with optimisation and runs each bench: tests/bench/bench_*.py or .sh, with the build folder as its argument.
set -euo pipefail
. "$(dirname "$0")/common.sh"

build="$top/build/bench"
step "building in build/bench"
build_in "$build" --buildtype=release -Dtests=disabled
for bench in "$top"/tests/bench/bench_*; do
    [ $# -eq 0 ] || [[ $(basename "$bench") == bench_"$1"* ]] || continue
    step "$(basename "$bench")"
    case $bench in
    *.py) python "$bench" "$build" ;;
    *.sh) bash "$bench" "$build" ;;
    esac
done
