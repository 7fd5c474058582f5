"""Tasks of campaigns: their templates."""

from __future__ import annotations

import json
from typing import Any

from . import _core
from ._inputs import Document, document_text
from ._table import Table
from ._types import Language

_SCHEMA = "campaign/task_templates/1"


def task_templates(language: Language = "en") -> dict[str, Any]:
    """The built-in templates as a document "campaign/task_templates/1": change it, and give a request its list."""
    found: dict[str, Any] = json.loads(_core.plan_task_templates(language))
    return found


def task_list(templates: Document | None = None, *, language: Language = "en") -> Table:
    """The tasks that campaigns of each type have, with a document of templates over the built-in ones."""
    given = {"schema": _SCHEMA, "templates": []} if templates is None else templates
    return Table(_core.plan_task_list(document_text(given), language))
