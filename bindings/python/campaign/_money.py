"""Exact money: reading, printing, and splitting an amount into whole minor units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import _core
from ._types import Rounding

_ROUNDINGS = ("none", "half_up", "half_even", "half_down", "up", "down", "floor", "ceiling")
_FREE = -(2**63)
_NO_CAP = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Split:
    """Parts of an amount; they and what the caps left over add up to it."""

    parts: tuple[int, ...]
    unallocated_minor: int


def currency_exponent(currency: str) -> int:
    """Decimals of a currency by ISO 4217: 2 for CNY, 0 for JPY."""
    return _core.currency_exponent(currency)


def parse_money(text: str, exponent: int = 2, *, rounding: Rounding = "none") -> int:
    """Minor units of a decimal, exactly: ``parse_money("19.90")`` is 1990."""
    return _core.money_parse(text, exponent, _ROUNDINGS.index(rounding))


def format_money(minor: int, exponent: int = 2) -> str:
    """Minor units as a decimal: ``format_money(1990)`` is "19.90"."""
    return _core.money_format(minor, exponent)


def split(
    total_minor: int,
    weights: Sequence[int],
    *,
    minimum: Sequence[int] | None = None,
    maximum: Sequence[int | None] | None = None,
    locked: Sequence[int | None] | None = None,
) -> Split:
    """Splits an amount over weights into whole minor units that add up to it.

    None in ``maximum`` means no cap, None in ``locked`` a free cell. Ties go to the lower index.
    """
    n = len(weights)
    for name, cells in (("minimum", minimum), ("maximum", maximum), ("locked", locked)):
        if cells is not None and len(cells) != n:
            raise ValueError(f"{name} has {len(cells)} cells, weights have {n}")
    problem = {
        "total_minor": total_minor,
        "n_cells": n,
        "weights": list(weights),
        "minimum": None if minimum is None else list(minimum),
        "maximum": None if maximum is None else [_NO_CAP if v is None else v for v in maximum],
        "locked": None if locked is None else [_FREE if v is None else v for v in locked],
    }
    parts, left = _core.split(problem)
    return Split(tuple(parts), left)
