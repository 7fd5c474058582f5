"""Quotas in whole units."""

from __future__ import annotations
