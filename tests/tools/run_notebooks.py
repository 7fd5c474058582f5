"""Runs the notebooks of docs/examples from a fresh kernel each, and keeps them with their pictures to be looked at.

usage: run_notebooks.py FOLDER NOTEBOOK...

FOLDER receives each notebook as it ran, and its pictures as PNG. Fails where a cell does, or where there is no picture.
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path
from typing import Any

import nbformat as untyped_nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

MOST_SECONDS = 300
nbformat: Any = untyped_nbformat  # its functions have no types


def pictures(notebook: Any) -> list[bytes]:
    """The PNGs among the outputs, in order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [base64.b64decode(output.data["image/png"]) for output in outputs if "image/png" in output.get("data", {})]


def run(path: Path, folder: Path) -> str | None:
    """Runs one notebook; what went wrong, or None."""
    notebook = nbformat.read(path, as_version=4)
    try:
        NotebookClient(notebook, timeout=MOST_SECONDS, kernel_name="python3").execute(cwd=str(folder))
    except CellExecutionError as error:
        return str(error)
    nbformat.write(notebook, folder / path.name)
    drawn = pictures(notebook)
    for number, picture in enumerate(drawn):
        (folder / f"{path.stem}_{number}.png").write_bytes(picture)
    return None if drawn else "no cell drew a picture"


def main() -> int:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    n_failed = 0
    for path in map(Path, sys.argv[2:]):
        problem = run(path, folder)
        print(f"{path.name}: {problem or 'ran'}")
        n_failed += problem is not None
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
