# How the suites of the bindings build and install them; sourced instead of common.sh.
# shellcheck shell=bash
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
bindings="$top/build/bindings"
export PATH="$venv/bin:$PATH"

# Builds both bindings once, and installs those of one tag (python-runtime, lua) below build/bindings/root.
install_bindings() {
    build_in "$bindings" -Dpython=enabled -Dlua=enabled -Dtests=disabled -Dcli=disabled -Ddefault_library=static \
        --prefix=/usr/local -Dpython.platlibdir=/package -Dpython.purelibdir=/package
    DESTDIR="$bindings/root" meson install -C "$bindings" --no-rebuild --quiet --tags "$1"
}
export CAMPAIGN_SHARED=${CAMPAIGN_SHARED:-$top/../shared}
