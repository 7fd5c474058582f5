#!/usr/bin/env bash
# The same generated wrapper compiled for every Lua whose headers are installed, and the Lua tests run by each.
set -euo pipefail
. "$(dirname "$0")/bindings.sh"

install_bindings lua
wrapper="$bindings/bindings/lua/lua_core_wrap.c"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
libraries=() # what libcampaign-io was built with
for name in xlsxwriter minizip expat libical; do
    read -ra flags < <(pkg-config --libs "$name" 2>/dev/null) && libraries+=("${flags[@]}")
done
failed=0 tried=0
for pair in lua5.1:lua5.1 lua5.3:lua5.3 lua5.4:lua5.4 luajit:luajit-2.1; do
    program=${pair%%:*}
    headers=/usr/include/${pair##*:}
    if ! has "$program" || [ ! -d "$headers" ]; then
        say "$program is not installed: passed over"
        continue
    fi
    tried=$((tried + 1))
    mkdir -p "$folder/$program/campaign"
    gcc -shared -fPIC -O1 -Wall -Wextra -Werror -Wno-unused-function -fvisibility=hidden -I"$top/include" \
        -I"$top/bindings/swig" -I"$headers" "$wrapper" -o "$folder/$program/campaign/_core.so" \
        -Wl,--exclude-libs,ALL -Wl,--whole-archive "$bindings/src/libcampaign_internal.a" \
        "$bindings/src/io/libcampaign_io_internal.a" -Wl,--no-whole-archive "${libraries[@]}" -pthread -lm
    (
        cd "$top/tests/lua"
        LUA_PATH="$top/bindings/lua/?.lua;./?.lua;;" LUA_CPATH="$folder/$program/?.so;;" LUA_PROGRAM=$program \
            "$program" run.lua "$folder/$program.xml" test_*.lua
    ) || failed=1
    say "$program: done"
done
[ "$tried" -gt 0 ] || exit 77
exit $failed
