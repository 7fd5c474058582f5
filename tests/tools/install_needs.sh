#!/usr/bin/env bash
# Installs what a command of ./dev needs and lacks: install_needs.sh demo|test|check|bench|fmt.
# Debian packages as root or with a sudo that asks nothing; Python packages into .cache/venv, never anywhere else.
set -euo pipefail
. "$(dirname "$0")/common.sh"

build_packages=(gcc libc6-dev binutils meson ninja-build pkgconf python3 python3-venv python3-dev libutf8proc-dev)
lua_packages=(lua5.4 liblua5.4-dev)
test_packages=(libcmocka-dev g++)
# Workbooks and calendars of libcampaign-io; without them it is built without those.
form_packages=(libxlsxwriter-dev libminizip-dev libexpat1-dev libical-dev)
check_packages=(clang llvm shellcheck lua-check abigail-tools gcc-mingw-w64-i686 gcc-mingw-w64-x86-64 git)
# What opens workbooks and pages in the slow suite, and a font for their Chinese.
viewer_packages=(libreoffice-calc-nogui chromium-headless-shell poppler-utils fonts-wqy-microhei)
other_lua_packages=(lua5.1 liblua5.1-0-dev lua5.3 liblua5.3-dev luajit libluajit-5.1-dev)
format_packages=(git python3 python3-venv)

# Packages of one command, one a line.
packages_of() {
    case $1 in
    demo) printf '%s\n' "${build_packages[@]}" ;;
    test) printf '%s\n' "${build_packages[@]}" "${lua_packages[@]}" "${test_packages[@]}" "${form_packages[@]}" ;;
    bench) printf '%s\n' "${build_packages[@]}" ;;
    fmt) printf '%s\n' "${format_packages[@]}" ;;
    check)
        packages_of test
        printf '%s\n' "${check_packages[@]}" "${other_lua_packages[@]}" "${viewer_packages[@]}"
        # 32-bit headers exist on amd64 only; clang 14's run-time library is a package of its own on Debian 12.
        if [ "$(dpkg --print-architecture)" = amd64 ]; then echo gcc-multilib; fi
        if apt-cache show libclang-rt-14-dev >/dev/null 2>&1; then echo libclang-rt-14-dev; fi
        if apt-cache show mold >/dev/null 2>&1; then echo mold; fi
        ;;
    *) die "install_needs.sh: no such command: $1" ;;
    esac
}

# Those of the packages that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || echo "$package"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install_debian() {
    local names
    mapfile -t names < <(packages_of "$1" | sort -u)
    mapfile -t names < <(missing_packages "${names[@]}")
    [ ${#names[@]} -gt 0 ] || return 0
    say "installing Debian packages: ${names[*]}"
    if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
        die "not root, and sudo would ask for a password; please run: sudo apt-get install ${names[*]}"
    fi
    as_root apt-get update -qq
    if [ "$1" = check ]; then mapfile -t names < <(packages_of check | sort -u); fi
    DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "${names[@]}" >/dev/null
}

# Stops with the list where there is no apt, unless what matters is there already.
check_other_system() {
    local program lacking=()
    for program in cc meson ninja pkg-config python3; do has "$program" || lacking+=("$program"); done
    if [ ${#lacking[@]} -gt 0 ]; then
        die "no apt-get here; please install what gives: ${lacking[*]} (a C11 compiler, meson >= 1.0, ninja," \
            "pkg-config, Python >= 3.11; for tests also cmocka, a C++ compiler and Lua 5.4)"
    fi
    say "no apt-get here; using what is installed (tests need cmocka; what else is missing is skipped with a word)"
}

# Python packages listed in tests/tools/requirements-COMMAND.txt, when that list has changed.
install_python() {
    local list="$tools/requirements-$1.txt"
    [ -f "$list" ] || return 0
    local stamp="$venv/$1.stamp"
    cmp -s "$list" "$stamp" 2>/dev/null && return 0
    say "installing Python packages into .cache/venv: $(grep -v '^#' "$list" | tr '\n' ' ')"
    [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$list" ||
        die "pip could not install $list"
    cp "$list" "$stamp"
}

[ $# = 1 ] || die "usage: install_needs.sh demo|test|check|bench|fmt"
if has apt-get; then install_debian "$1"; else check_other_system; fi
case $1 in
check) for list in demo test fmt check; do install_python "$list"; done ;;
*) install_python "$1" ;;
esac
