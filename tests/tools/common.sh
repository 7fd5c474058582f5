# Words and folders that every script of ./dev shares; sourced, not run.
# shellcheck shell=bash
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
venv="$top/.cache/venv"
tools="$top/tests/tools"
export top venv tools PYTHONDONTWRITEBYTECODE=1

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
die() {
    printf 'dev: %s\n' "$*" >&2
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# The Python of the private environment, or the system's before there is one.
python() {
    if [ -x "$venv/bin/python" ]; then "$venv/bin/python" "$@"; else python3 "$@"; fi
}

# build_in FOLDER [meson option…]: configures a folder below build/ once, then builds it quietly.
build_in() {
    local folder=$1
    shift
    local log
    log="$top/build/$(basename "$folder").log"
    mkdir -p "$top/build"
    if [ ! -f "$folder/build.ninja" ]; then
        meson setup "$folder" "$top" "$@" >"$log" 2>&1 || { cat "$log"; return 1; }
    fi
    ninja -C "$folder" >"$log" 2>&1 || { tail -n 60 "$log"; return 1; }
}
