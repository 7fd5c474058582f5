"""Exceptions: one tree, each with the code, place and row of the C library's error record."""

from __future__ import annotations

from typing import Any, Literal


class CampaignError(Exception):
    """What went wrong and where.

    code: the name of the status, such as ``"CAMPAIGN_E_COLUMN"``; ``status`` is its number.
    where: the place, such as ``"orders.amount"`` or ``"line 12 column 5"``.
    row: the offending row counted from 0, or None.
    message: one sentence with the value and the limit.
    """

    def __init__(self, status: int, code: str, where: str, row: int | None, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.where = where
        self.row = row
        self.message = message

    def __str__(self) -> str:
        place = self.where
        if self.row is not None:
            place = f"{place} row {self.row}".strip()
        return f"{place}: {self.message}" if place else self.message

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.status, self.code, self.where, self.row, self.message)

    def meaning(self, language: Literal["en", "zh"] = "en") -> str:
        """What errors of this code mean, in one sentence."""
        from . import _core

        return _core.status_text(self.status, language)


class InputError(CampaignError, ValueError):
    """The data, the document or an argument is not what the call needs."""


class RangeError(CampaignError, OverflowError):
    """A number does not fit its type."""


class OutOfMemoryError(CampaignError, MemoryError):
    """Memory could not be had."""


class CancelledError(CampaignError):
    """The progress function asked to stop."""


class FileError(CampaignError, OSError):
    """A file could not be read or written."""


_CLASSES: dict[str, type[CampaignError]] = {
    "CAMPAIGN_E_OVERFLOW": RangeError,
    "CAMPAIGN_E_NOMEM": OutOfMemoryError,
    "CAMPAIGN_E_CANCELLED": CancelledError,
    "CAMPAIGN_E_IO": FileError,
}


def from_record(status: int, code: str, row: int, where: str, message: str) -> CampaignError:
    """The exception for an error record; called by the compiled module."""
    return _CLASSES.get(code, InputError)(status, code, where, None if row < 0 else row, message)
