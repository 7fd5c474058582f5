#!/usr/bin/env bash
# Builds the Python package and runs its tests; results go to the JUnit file $1.
set -euo pipefail
. "$(dirname "$0")/bindings.sh"

install_bindings python-runtime
export PYTHONPATH="$bindings/root/package"
cd "$top/tests/python"
python -m pytest --quiet -rs -p no:cacheprovider --junitxml="$1" .
