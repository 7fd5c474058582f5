#!/usr/bin/env bash
# Renews what is committed and follows from the code: the lists in tests/abi, then docs/schema and the example of a plan:
# renew.sh [--break] [--baseline].
set -euo pipefail
. "$(dirname "$0")/common.sh"

options=()
for option in "$@"; do
    case $option in
    --break) options+=(--break) ;;
    --baseline)
        "$tools/install_needs.sh" check
        options+=(--baseline "$top/build/renew")
        ;;
    *) die "usage: ./dev renew [--break] [--baseline]" ;;
    esac
done
build_in "$top/build/renew" -Dtests=disabled
export PATH="$venv/bin:$PATH"
python3 "$top/tests/docs/check_documents.py" --root "$top" --build "$top/build/renew" --write
python3 "$top/tests/abi/renew.py" --root "$top" "${options[@]}"
