#!/usr/bin/env bash
# The installed library serves a stranger: check_install.sh SOURCE_ROOT [COMPILER].
# Installs into a folder of its own, builds program.c shared and static by what pkg-config says (and must fail to without
# it), looks at DESTDIR and install tags, and builds a project that carries the library as a meson subproject.
set -euo pipefail

root=$1
cc=${2:-cc}
here=$root/tests/install
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() {
    echo "FAILED: $*" >&2
    exit 1
}
quietly() { "$@" >"$folder/log" 2>&1 || { cat "$folder/log"; fail "$*"; }; }
# Files below a folder, without it.
files_of() { (cd "$1" && find . ! -type d | sort); }

unset DESTDIR
export CC=$cc
quietly meson setup "$folder/build" "$root" --prefix "$folder/prefix" --libdir lib -Dtests=disabled -Dlua=disabled -Dxlsx=disabled -Dical=disabled
quietly ninja -C "$folder/build"
quietly meson install -C "$folder/build"
export PKG_CONFIG_PATH=$folder/prefix/lib/pkgconfig
for description in "$folder"/prefix/lib/pkgconfig/*.pc; do
    name=$(basename "$description" .pc)
    quietly pkg-config --validate "$name"
    quietly pkg-config --static --libs "$name"
    echo "pkg-config: $name $(pkg-config --modversion "$name")"
done

# shellcheck disable=SC2046
quietly "$cc" -std=c11 -Werror "$here/program.c" -o "$folder/shared" $(pkg-config --cflags --libs campaign)
readelf -d "$folder/shared" | grep -q 'NEEDED.*libcampaign\.so\.0' || fail "program does not ask for libcampaign.so.0"
LD_LIBRARY_PATH=$folder/prefix/lib "$folder/shared" | grep -qx '2027-02-06 CAMPAIGN_E_VALUE' || fail "shared program"
echo "shared: builds and runs"

# shellcheck disable=SC2046
quietly "$cc" -std=c11 -static "$here/program.c" -o "$folder/static" $(pkg-config --static --cflags --libs campaign)
"$folder/static" | grep -qx '2027-02-06 CAMPAIGN_E_VALUE' || fail "static program"
echo "static: builds and runs"

# shellcheck disable=SC2046
quietly "$cc" -std=c11 -Werror "$here/program_io.c" -o "$folder/io-shared" $(pkg-config --cflags --libs campaign-io campaign)
LD_LIBRARY_PATH=$folder/prefix/lib "$folder/io-shared" | grep -qx '2 rows, 1.50 yuan' || fail "shared program with io"
# shellcheck disable=SC2046
quietly "$cc" -std=c11 -static "$here/program_io.c" -o "$folder/io-static" $(pkg-config --static --cflags --libs campaign-io)
"$folder/io-static" | grep -qx '2 rows, 1.50 yuan' || fail "static program with io"
echo "io: shared and static, beside the core"

if "$cc" -std=c11 "$here/program.c" -o "$folder/without" 2>/dev/null; then fail "builds without what pkg-config says"; fi
# shellcheck disable=SC2046
if "$cc" -std=c11 "$here/program.c" -o "$folder/without" $(pkg-config --cflags campaign) 2>/dev/null; then
    fail "links without the library"
fi
echo "without pkg-config: does not build, as it must"

quietly env DESTDIR="$folder/dest" meson install -C "$folder/build"
diff <(files_of "$folder/prefix") <(files_of "$folder/dest/$folder/prefix") || fail "DESTDIR installs other files"
echo "DESTDIR: the same files"

quietly env DESTDIR="$folder/run" meson install -C "$folder/build" --tags runtime
quietly env DESTDIR="$folder/devel" meson install -C "$folder/build" --tags devel
if files_of "$folder/run" | grep -E '\.(h|a|pc|so)$'; then fail "tag runtime installs what only builders need"; fi
files_of "$folder/run" | grep -q 'libcampaign\.so\.0$' || fail "tag runtime lacks the library"
if files_of "$folder/devel" | grep -E '\.so\.|/bin/'; then fail "tag devel installs what only programs need"; fi
for wanted in include/campaign/base.h include/campaign/io.h lib/libcampaign.a lib/libcampaign.so lib/libcampaign-io.a \
    lib/libcampaign-io.so lib/pkgconfig/campaign.pc lib/pkgconfig/campaign-io.pc; do
    files_of "$folder/devel" | grep -q "/$wanted\$" || fail "tag devel lacks $wanted"
done
echo "tags: runtime and devel"

mkdir -p "$folder/host/subprojects"
cp "$here/subproject/meson.build" "$here/program.c" "$folder/host/"
ln -s "$root" "$folder/host/subprojects/libcampaign"
unset PKG_CONFIG_PATH
quietly meson setup "$folder/host/build" "$folder/host" --wrap-mode forcefallback
quietly meson test -C "$folder/host/build"
if ninja -C "$folder/host/build" -t targets all | grep -q 'tests/unit'; then fail "a subproject builds our tests"; fi
echo "subproject: builds and runs"
