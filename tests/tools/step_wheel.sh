#!/usr/bin/env bash
# Builds the wheel as `pip install .` does, and uses it where there is nothing else: no numpy, no compiler, no checkout.
set -euo pipefail
. "$(dirname "$0")/common.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/source" "$folder/elsewhere"
(cd "$top" && git ls-files -z --cached --others --exclude-standard | xargs -0 tar -c) | tar -x -C "$folder/source"

say "building the wheel"
python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$folder/wheels" "$folder/source"
wheel=$(find "$folder/wheels" -name '*.whl')
say "$(basename "$wheel"): $(stat -c %s "$wheel") bytes"
case $(basename "$wheel") in
campaign-*-cp311-abi3-*.whl) ;;
*) die "the wheel is not one for the stable ABI of Python 3.11" ;;
esac
python3 -m zipfile -l "$wheel" | tail -n +2 | awk '{ print $1 }' >"$folder/names"
if grep -vE '^campaign(-[^/]*\.dist-info/.*|/[a-z_]+\.(py|pyi)|/py\.typed|/_campaign\.abi3\.so)$' "$folder/names"; then
    die "the wheel holds what it should not"
fi

say "using it in an empty environment"
python3 -m venv "$folder/empty"
"$folder/empty/bin/pip" install --quiet --disable-pip-version-check --no-index --no-deps "$wheel"
cd "$folder/elsewhere"
"$folder/empty/bin/python" -I "$top/tests/install/use_wheel.py"

module=$(find "$folder/empty" -name '_campaign.abi3.so')
foreign=$(ldd "$module" | grep -vE 'linux-vdso|ld-linux|libc\.so|libm\.so|libpthread\.so' || true)
[ -z "$foreign" ] || die "the module needs $foreign"
exported=$(nm -D --defined-only "$module" | awk '{ print $3 }')
[ "$exported" = PyInit__campaign ] || die "the module exports $exported"
