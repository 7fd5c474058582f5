#!/usr/bin/env bash
# Builds the Lua module and runs its tests, with the module as it is installed; results go to the JUnit file $1.
set -euo pipefail
. "$(dirname "$0")/bindings.sh"

install_bindings lua
root="$bindings/root/usr/local"
export LUA_PATH="$root/share/lua/5.4/?.lua;$top/tests/lua/?.lua;;"
export LUA_CPATH="$root/lib/lua/5.4/?.so;;"
cd "$top/tests/lua"
lua5.4 run.lua "$1" test_*.lua
