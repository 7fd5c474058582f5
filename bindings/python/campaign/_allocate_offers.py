"""Offers to customers under shared budgets."""

from __future__ import annotations
