#!/usr/bin/env bash
# Builds the library with optimisation and runs the demonstrations that are there.
set -euo pipefail
. "$(dirname "$0")/common.sh"

build="$top/build/demo"
step "building in build/demo"
build_in "$build" --buildtype=release -Dtests=disabled
say "built: $(cd "$build" && find src -maxdepth 1 -type f -name 'libcampaign*.so*' -o -maxdepth 1 -type f -name 'libcampaign*.a' | grep -v internal | sort | tr '\n' ' ')"
if [ -x "$top/docs/examples/demo.sh" ]; then exec "$top/docs/examples/demo.sh" "$build"; fi
