#!/usr/bin/env bash
# One kind of lint over the tracked files: lint.sh ROOT c|python|types|shell|lua. Exit 77 where its tool is absent.
set -euo pipefail
cd "$1"
PATH=$PWD/.cache/venv/bin:$PATH

skip() {
    echo "skipped: $*"
    exit 77
}
need() { command -v "$1" >/dev/null || skip "$1 is not installed (./dev check installs it)"; }
git rev-parse --git-dir >/dev/null 2>&1 || skip "not a git checkout"
# Tracked files by pattern, zero-ended.
tracked() { git ls-files -z -- "$@"; }

case $2 in
c)
    need clang-format
    clang-format --version | grep -q 'version 14\.' || skip "the format is that of clang-format 14"
    tracked '*.c' '*.h' | xargs -0 -r clang-format --dry-run -Werror || { echo "run ./dev fmt"; exit 1; }
    ;;
python)
    need ruff
    tracked '*.py' | xargs -0 -r ruff format --check --quiet || { echo "run ./dev fmt"; exit 1; }
    tracked '*.py' | xargs -0 -r ruff check --quiet
    ;;
types)
    need mypy
    for folder in tests/*/; do
        [ "$folder" != tests/python/ ] || continue # tests of pytest go without annotations
        compgen -G "$folder*.py" >/dev/null || continue
        MYPYPATH=tests/abi mypy --strict --no-error-summary --ignore-missing-imports --cache-dir .cache/mypy "$folder"*.py
    done
    mypy --strict --no-error-summary --cache-dir .cache/mypy bindings/python/campaign
    ;;
shell)
    need shellcheck
    { tracked '*.sh'; printf 'dev\0.ci/run\0'; } | xargs -0 shellcheck
    ;;
lua)
    need luacheck
    tracked '*.lua' | xargs -0 -r luacheck --quiet --codes --max-line-length 120 --std max --
    ;;
*) exit 2 ;;
esac
