"""What callers hand over, turned into what the C library takes: dates, documents, money columns, progress."""

from __future__ import annotations

import datetime
import decimal
import json
import math
import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import _core
from ._errors import InputError
from ._table import Table, columns_of, from_mapping, table
from ._types import EPOCH_DAY, Rounding, Unit

Date = datetime.date | str
Document = str | bytes | os.PathLike[str] | Mapping[str, Any]
Progress = bool | Callable[[str, int, int], object]


def day_number(date: Date) -> int:
    """Days since 1970-01-01 of a date or its ISO text."""
    if isinstance(date, str):
        return _core.date_parse(date)
    if isinstance(date, datetime.date):
        return date.toordinal() - EPOCH_DAY
    raise TypeError(f"expected a date or its ISO text, found {type(date).__name__}")


def optional_day(date: Date | None) -> int | None:
    return None if date is None else day_number(date)


def to_date(day: int) -> datetime.date:
    return datetime.date.fromordinal(day + EPOCH_DAY)


def optional_date(day: int | None) -> datetime.date | None:
    return None if day is None else to_date(day)


def handle_of(name: str, given: Any, kind: str) -> Any:
    """What the compiled module takes of a Calendar, Plan or Table of ours; None stays None."""
    if given is not None and kind not in (base.__name__ for base in type(given).__mro__):
        raise TypeError(f"{name} is {type(given).__name__}, expected a campaign.{kind}")
    return None if given is None else given._handle


def plain_number(number: Any) -> Any:
    """A scalar of numpy as the int or float that it is; anything else as it stands."""
    return number.item() if hasattr(number, "dtype") and hasattr(number, "item") else number


def share_ppm(name: str, share: Any) -> int | None:
    """A share such as 0.2 in parts per million; None stays None."""
    if share is None:
        return None
    if isinstance(share, str | bytes) or not hasattr(share, "__float__") or not math.isfinite(share):
        raise ValueError(f"{name} is {share!r}, expected a share such as 0.2")
    return round(float(share) * 1_000_000)


def document_text(document: Document) -> str:
    """JSON text of a document: a mapping, JSON text itself, or the path of a file (a path object, not a str)."""
    if isinstance(document, str):
        if document.endswith(".json"):
            message = f"{document!r} is not JSON text; give the path of a file as pathlib.Path"
            raise InputError(-6, "CAMPAIGN_E_SYNTAX", "document", None, message)
        return document
    if isinstance(document, bytes):
        return document.decode()
    if isinstance(document, os.PathLike):
        return Path(document).read_text(encoding="utf-8-sig")
    if isinstance(document, Mapping):
        return json.dumps(dict(document), ensure_ascii=False, allow_nan=False, default=_json_value)
    raise TypeError(f"expected a mapping, JSON text or a path, found {type(document).__name__}")


def _json_value(value: Any) -> Any:
    if isinstance(value, decimal.Decimal | datetime.date):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "dtype"):
        return value.tolist()
    raise TypeError(f"a document cannot hold {type(value).__name__}")


def document_texts(documents: Document | Iterable[Document]) -> list[str]:
    """JSON texts of one document or several."""
    if isinstance(documents, str | bytes | os.PathLike | Mapping):
        return [document_text(documents)]
    return [document_text(document) for document in documents]


@dataclass(frozen=True, slots=True)
class MoneyWords:
    """What is known of amounts that are not money yet. An implied currency, that of a plan's request, is for text,
    decimals and numbers whose unit is known; a number without is left for the engine to refuse."""

    currency: str | None
    unit: Unit | None
    rounding: Rounding | None
    is_implied: bool = False


def engine_table(data: Any, days: Collection[str], amounts: Iterable[str], words: MoneyWords) -> Table:
    """An engine's input. In plain columns or rows the named days may be ISO texts. The named amounts, where they are
    there, become money; without a currency nothing is converted, and the engine says what it misses."""
    columns = columns_of(data)
    made = table(data) if columns is None else from_mapping(columns, days)
    if words.currency is None:
        if words.unit is not None or words.rounding is not None:
            raise TypeError("amount_unit and rounding need currency")
        return made
    types = made.types
    for column in amounts:
        kind = types.get(column, "")
        is_left = words.is_implied and words.unit is None and kind in ("int32", "int64", "float64")
        if kind and kind != f"money[{words.currency}]" and not is_left:
            made = made.with_money(column, words.currency, unit=words.unit, rounding=words.rounding)
    return made


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan's request says of the orders: names of columns by role, and its words of money."""

    names: dict[str, str]
    money: MoneyWords


def request_terms(columns: _core.table, currency: str | None, unit: Unit | None, rounding: Rounding | None) -> Terms:
    """Terms of a request, with the caller's own words before them."""
    rows = {row["role"]: row for row in Table(columns).rows()}
    asked = rows["amount"]
    words = MoneyWords(
        currency=currency or asked["currency"],
        unit=unit or (None if asked["unit"] == "none" else asked["unit"]),
        rounding=rounding or (None if asked["rounding"] == "none" else asked["rounding"]),
        is_implied=currency is None,
    )
    return Terms({role: row["column"] for role, row in rows.items()}, words)


def runtime(n_threads: int, progress: Progress) -> tuple[int, Callable[[str, int, int], object] | None]:
    """Threads and progress as the compiled module takes them; ``progress=True`` shows a tqdm bar."""
    if isinstance(progress, bool):
        return n_threads, _bar() if progress else None
    return n_threads, progress


def _bar() -> Callable[[str, int, int], bool]:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        raise ImportError("progress=True needs tqdm: pip install tqdm") from None
    bars: dict[str, Any] = {}

    def show(stage: str, done: int, total: int) -> bool:
        bar = bars.get(stage)
        if bar is None:
            bar = bars[stage] = tqdm(desc=stage, total=total if total >= 0 else None)
        bar.update(done - bar.n)
        if total >= 0 and done >= total:
            bar.close()
        return False

    return show
