"""The built library as the checks of the pages see it: status codes and JSON Schemas, by ctypes."""

from __future__ import annotations

import ctypes
from pathlib import Path


class Error(ctypes.Structure):
    """campaign_error of base.h."""

    _fields_ = (
        ("code", ctypes.c_int32),
        ("reserved", ctypes.c_int32),
        ("row", ctypes.c_int64),
        ("where", ctypes.c_char * 96),
        ("message", ctypes.c_char * 256),
    )


class Library:
    """libcampaign.so of a build folder."""

    def __init__(self, build: Path) -> None:
        self.core = ctypes.CDLL(str(build.resolve() / "src/libcampaign.so"))
        self.core.campaign_status_name.restype = ctypes.c_char_p
        self.core.campaign_status_text.restype = ctypes.c_char_p
        self.core.campaign_text_free.restype = None
        self.core.campaign_text_free.argtypes = [ctypes.c_void_p]

    def status_name(self, code: int) -> str:
        return str(self.core.campaign_status_name(code).decode())

    def status_text(self, code: int, language: str) -> str:
        return str(self.core.campaign_status_text(code, language.encode()).decode())
