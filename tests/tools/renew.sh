#!/usr/bin/env bash
# Renews the lists in tests/abi: renew.sh [--break] [--baseline]. The baseline needs a build, the lists do not.
set -euo pipefail
. "$(dirname "$0")/common.sh"

options=()
for option in "$@"; do
    case $option in
    --break) options+=(--break) ;;
    --baseline)
        "$tools/install_needs.sh" check
        build_in "$top/build/renew" -Dtests=disabled
        options+=(--baseline "$top/build/renew")
        ;;
    *) die "usage: ./dev renew [--break] [--baseline]" ;;
    esac
done
export PATH="$venv/bin:$PATH"
python3 "$top/tests/abi/renew.py" --root "$top" "${options[@]}"
