"""A budget over response curves."""

from __future__ import annotations
