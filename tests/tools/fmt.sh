#!/usr/bin/env bash
# Formats tracked C and Python files; with --check only verifies, and fails where a file would change.
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$top"

c_options=(-i)
python_options=()
if [ "${1:-}" = --check ]; then
    c_options=(--dry-run -Werror)
    python_options=(--check)
elif [ $# -gt 0 ]; then
    die "usage: ./dev fmt [--check]"
fi
git ls-files -z -- '*.c' '*.h' | xargs -0 -r "$venv/bin/clang-format" "${c_options[@]}"
git ls-files -z -- '*.py' | xargs -0 -r "$venv/bin/ruff" format --quiet "${python_options[@]}"
