"""The calendar: day kinds, working days, lunar dates, retail nodes, periods."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from . import _core
from ._inputs import Date, Document, day_number, document_texts, optional_day, to_date
from ._table import Table

DayKind = Literal["working", "weekend", "swapped", "statutory"]
PeriodKind = Literal[
    "month", "quarter", "year", "iso_week", "fiscal_week", "fiscal_month", "fiscal_quarter", "fiscal_year", "plan_week"
]


@dataclass(frozen=True, slots=True)
class Day:
    """What a calendar knows of one day."""

    date: datetime.date
    kind: DayKind
    weekday: int
    """1 = Monday to 7 = Sunday."""
    is_working: bool
    is_makeup: bool
    """A day off by the week pattern that is worked."""
    is_provisional: bool
    """The holidays of its year are not known for certain."""
    run_start: datetime.date
    """First of the days off in a row that hold this day; the day itself where it is a working day."""
    run_end: datetime.date
    """The day after the last of them; the day itself where it is a working day."""
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class LunarDate:
    """A date of the Chinese lunisolar calendar."""

    year: int
    month: int
    day: int
    is_leap: bool = False

    def __str__(self) -> str:
        return _core.lunar_format(_lunar_dict(self))


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter, week or year; ``end`` is the day after its last."""

    kind: PeriodKind
    label: str
    start: datetime.date
    end: datetime.date
    year: int
    number: int


class Calendar:
    """Day kinds and nodes of one region, with your overlays on top. Immutable.

    ``Calendar()`` is China: State Council notices for 2007 to 2026, later years computed and flagged provisional.
    ``overlays`` and ``nodes`` take a document or several: mappings, JSON text, or ``pathlib.Path``; later ones win.
    """

    __slots__ = ("__weakref__", "_handle")

    def __init__(
        self,
        region: str = "CN",
        *,
        overlays: Document | Iterable[Document] = (),
        nodes: Document | Iterable[Document] = (),
    ) -> None:
        options = {"region": region, "overlays": document_texts(overlays), "nodes": document_texts(nodes)}
        self._handle = _core.calendar_create(options)

    @property
    def region(self) -> str:
        return _core.calendar_region(self._handle)

    def __repr__(self) -> str:
        return f"<campaign.Calendar {self.region!r}>"

    # ---- Days ----

    def day(self, date: Date) -> Day:
        """What kind of day a day is, and why."""
        number = day_number(date)
        info = _core.calendar_day(self._handle, number)
        info["run_start"] = to_date(info["run_start"])
        info["run_end"] = to_date(info["run_end"])
        return Day(date=to_date(number), **info)

    def days(self, start: Date, end: Date) -> Table:
        """Every day from ``start`` up to, not including, ``end``."""
        return Table(_core.calendar_days(self._handle, day_number(start), day_number(end)))

    def is_working_day(self, date: Date) -> bool:
        return self.day(date).is_working

    def add_working_days(self, date: Date, n: int) -> datetime.date:
        """0 is the first working day on or after ``date``, n > 0 the n-th after it; n < 0 goes backwards."""
        return to_date(_core.calendar_add_working_days(self._handle, day_number(date), n))

    def count_working_days(self, start: Date, end: Date) -> int:
        """Working days from ``start`` up to, not including, ``end``."""
        return _core.calendar_count_working_days(self._handle, day_number(start), day_number(end))

    def roll(self, date: Date, direction: Literal["forward", "backward"] = "forward") -> datetime.date:
        """The nearest working day on or after, or on or before, a day."""
        step = {"forward": 1, "backward": -1}[direction]
        return to_date(_core.calendar_roll(self._handle, day_number(date), step))

    # ---- Nodes ----

    def nodes(
        self,
        start: Date | int,
        end: Date | None = None,
        *,
        tier: Literal["any", "big", "small"] = "any",
        regions: str | None = None,
    ) -> Table:
        """Nodes of a year, ``nodes(2027)``, or from ``start`` up to, not including, ``end``.

        ``regions`` is ``"CN"``, ``"CN+US"`` or ``"*"``; None means the calendar's own.
        """
        if isinstance(start, int):
            if end is not None:
                raise TypeError("a year takes no end")
            year = start
            start, end = datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
        if end is None:
            raise TypeError("end is required with a start date")
        options = {"tier": tier, "regions": regions}
        return Table(_core.calendar_nodes(self._handle, day_number(start), day_number(end), options))

    def node_catalogue(self) -> dict[str, Any]:
        """The whole catalogue as a document, a place to start from for your own."""
        document: dict[str, Any] = json.loads(_core.calendar_write_nodes(self._handle))
        return document

    # ---- Periods ----

    def period(self, date: Date, kind: PeriodKind, *, plan_start: Date | None = None) -> Period:
        """The month, quarter, week or year that holds a day."""
        options = {"kind": kind, "plan_start": optional_day(plan_start)}
        found = _core.calendar_period(day_number(date), options)
        found["start"] = to_date(found["start"])
        found["end"] = to_date(found["end"])
        return Period(**found)

    def periods(self, start: Date, end: Date, kind: PeriodKind, *, plan_start: Date | None = None) -> Table:
        """The periods that touch a range, whole, with their working days."""
        options = {"kind": kind, "plan_start": optional_day(plan_start)}
        return Table(_core.calendar_periods(self._handle, day_number(start), day_number(end), options))

    # ---- Lunar dates and solar terms ----

    @staticmethod
    def lunar(date: Date) -> LunarDate:
        """Lunar date of a day; 1900 to 2100."""
        return LunarDate(**_core.lunar_from_day(day_number(date)))

    @staticmethod
    def from_lunar(year: int, month: int, day: int, *, is_leap: bool = False) -> datetime.date:
        """Day of a lunar date."""
        return to_date(_core.lunar_to_day(_lunar_dict(LunarDate(year, month, day, is_leap))))

    @staticmethod
    def solar_term(year: int, term: int | str) -> datetime.date:
        """Day on which a solar term begins: 1 to 24, or its name, ``"清明"`` or ``"qingming"``."""
        if isinstance(term, str):
            names = {_core.solar_term_name(i, language): i for i in range(1, 25) for language in ("zh", "pinyin", "en")}
            if term not in names:
                raise ValueError(f"{term!r} is no solar term")
            term = names[term]
        return to_date(_core.solar_term_day(year, term))


def _lunar_dict(date: LunarDate) -> dict[str, Any]:
    return {"year": date.year, "month": date.month, "day": date.day, "is_leap": date.is_leap}
