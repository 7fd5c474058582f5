"""The library of a build, for the benches: the structs of every call, tables through Arrow, and how runners race."""

from __future__ import annotations

import ctypes
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa


class Runtime(ctypes.Structure):
    """campaign_runtime."""

    _fields_ = [
        ("size", ctypes.c_uint32),
        ("n_threads", ctypes.c_int32),
        ("progress", ctypes.c_void_p),
        ("ctx", ctypes.c_void_p),
    ]


class Error(ctypes.Structure):
    """campaign_error."""

    _fields_ = [
        ("code", ctypes.c_int32),
        ("reserved", ctypes.c_int32),
        ("row", ctypes.c_int64),
        ("where", ctypes.c_char * 96),
        ("message", ctypes.c_char * 256),
    ]


class Built:
    """The shared library; a failed call ends the bench with its error. A bench adds the calls that it needs."""

    def __init__(self, build: Path) -> None:
        self.c = ctypes.CDLL(str(next(build.glob("src/libcampaign.so.?"))), mode=ctypes.RTLD_GLOBAL)
        self.c.campaign_table_free.argtypes = [ctypes.c_void_p]
        self.error = Error()

    def check(self, status: int) -> None:
        if status != 0:
            sys.exit(f"{self.error.where.decode()} row {self.error.row}: {self.error.message.decode()}")

    def table(self, given: pa.RecordBatch | pa.Table | Mapping[str, Any]) -> int:
        """A table of columns that stay where they are; goes with campaign_table_free."""
        if isinstance(given, Mapping):
            given = pa.RecordBatch.from_pydict({name: pa.array(values) for name, values in given.items()})
        if isinstance(given, pa.Table):
            (given,) = given.combine_chunks().to_batches()
        array, schema = ctypes.create_string_buffer(80), ctypes.create_string_buffer(72)
        given._export_to_c(ctypes.addressof(array), ctypes.addressof(schema))
        handle = ctypes.c_void_p()
        error = ctypes.byref(self.error)
        self.check(self.c.campaign_table_from_arrow(ctypes.byref(handle), array, schema, None, error))
        assert handle.value
        return handle.value

    def take(self, table: int | ctypes.c_void_p) -> pa.RecordBatch:
        """The columns of a table, which keep what they need of it alive."""
        array, schema = ctypes.create_string_buffer(80), ctypes.create_string_buffer(72)
        handle = table if isinstance(table, ctypes.c_void_p) else ctypes.c_void_p(table)
        self.check(self.c.campaign_table_to_arrow(array, schema, handle, None, ctypes.byref(self.error)))
        return pa.RecordBatch._import_from_c(ctypes.addressof(array), ctypes.addressof(schema))


def race(
    runners: dict[str, Callable[[], object]], n_runs: int, free: Callable[[object], None]
) -> dict[str, list[float]]:
    """Median seconds, by the clock and of the processor, of runners that take turns; results are freed in between."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in runners}
    for _ in range(n_runs):
        for name, work in runners.items():
            clock, processor = time.perf_counter(), time.process_time()
            result = work()
            times[name].append((time.perf_counter() - clock, time.process_time() - processor))
            free(result)
            del result
    return {name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in times.items()}
