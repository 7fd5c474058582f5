#!/usr/bin/env bash
# Runs the notebooks of docs/examples/notebooks against the Python package; as they ran, with their pictures, they lie in
# build/results/notebooks.
set -euo pipefail
. "$(dirname "$0")/bindings.sh"

install_bindings python-runtime
PYTHONPATH="$bindings/root/package" PYDEVD_DISABLE_FILE_VALIDATION=1 python "$tools/run_notebooks.py" \
    "$top/build/results/notebooks" "$top"/docs/examples/notebooks/*.ipynb
