"""The built library as the checks of the pages see it: status codes, JSON Schemas and plans, by ctypes."""

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


def check(status: int, error: Error) -> None:
    if status != 0:
        raise ValueError(f"{error.where.decode()}: {error.message.decode()}")


class Library:
    """libcampaign.so of a build folder."""

    def __init__(self, build: Path) -> None:
        self.core = ctypes.CDLL(str(build.resolve() / "src/libcampaign.so"))
        self.core.campaign_status_name.restype = ctypes.c_char_p
        self.core.campaign_status_text.restype = ctypes.c_char_p
        text_out, pointer, name = ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p, ctypes.c_char_p
        self.core.campaign_plan_schema.argtypes = [text_out, pointer, name, name, pointer]
        self.core.campaign_plan_create.argtypes = [text_out, name, ctypes.c_size_t, pointer, pointer, pointer]
        self.core.campaign_plan_save.argtypes = [text_out, pointer, pointer, pointer]
        self.core.campaign_plan_free.restype = None
        self.core.campaign_plan_free.argtypes = [pointer]
        self.core.campaign_text_free.restype = None
        self.core.campaign_text_free.argtypes = [ctypes.c_void_p]

    def status_name(self, code: int) -> str:
        return str(self.core.campaign_status_name(code).decode())

    def status_text(self, code: int, language: str) -> str:
        return str(self.core.campaign_status_text(code, language.encode()).decode())

    def schema(self, kind: str, language: str = "en") -> str:
        """JSON Schema of a document kind."""
        text, error = ctypes.c_void_p(), Error()
        check(
            self.core.campaign_plan_schema(text, None, kind.encode(), language.encode(), ctypes.byref(error)),
            error,
        )
        return self.take(text)

    def plan(self, request: bytes) -> str:
        """The plan document of a request without history."""
        plan, text, error = ctypes.c_void_p(), ctypes.c_void_p(), Error()
        place = ctypes.byref(error)
        check(self.core.campaign_plan_create(plan, request, len(request), None, None, place), error)
        try:
            check(self.core.campaign_plan_save(text, None, plan, place), error)
        finally:
            self.core.campaign_plan_free(plan)
        return self.take(text)

    def take(self, text: ctypes.c_void_p) -> str:
        """Text that the library hands over, freed there."""
        copy = ctypes.string_at(text.value or 0).decode()
        self.core.campaign_text_free(text)
        return copy
