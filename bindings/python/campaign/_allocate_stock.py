"""Stock and gifts over stores and channels."""

from __future__ import annotations
