"""What schedules and levelling are made from: tables of tasks and the people who do them, and calendars by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._calendar import Calendar
from ._inputs import MoneyWords, engine_table, handle_of
from ._table import Table

_DAYS = {
    "tasks": ("earliest", "due", "actual_start", "actual_finish"),
    "away": ("start", "finish"),
    "actuals": ("actual_start", "actual_finish"),
    "resources": ("date", "finish"),
}
_NO_MONEY = MoneyWords(None, None, None)


class ScheduleInputs:
    """Handles for the call; keeps the tables and calendars that they belong to."""

    def __init__(
        self, given: dict[str, Any], calendar: Calendar | None, calendars: Mapping[str, Calendar] | None
    ) -> None:
        self._tables: dict[str, Table] = {
            name: engine_table(data, _DAYS.get(name, ()), (), _NO_MONEY)
            for name, data in given.items()
            if data is not None
        }
        self._calendars = calendar, calendars
        self.handles: dict[str, Any] = {name: made._handle for name, made in self._tables.items()}
        if calendar is not None:
            self.handles["calendar"] = handle_of("calendar", calendar, "Calendar")
        if calendars:
            self.handles["calendars"] = [
                {"key": key, "calendar": handle_of(f"calendars[{key!r}]", one, "Calendar")}
                for key, one in calendars.items()
            ]
