"""Reads how long the office takes, and sees where the texts disagree about it."""

from __future__ import annotations

import re

from index.procedure import Time, Unit
from index.text import clean
from ingest.parse.prose import stated

Span = tuple[float, Unit]

_UNITS: dict[str, Unit] = {
    "ngày làm việc": "working_day", "ngày": "day", "giờ làm việc": "hour", "giờ": "hour",
    "tháng": "month",
}
_UNIT = "|".join(_UNITS)
_WHOLE = re.compile(rf"(\d+(?:[.,]\d+)?)\s*({_UNIT})?", re.IGNORECASE)
_SPAN = re.compile(
    rf"(?<![\d./,])(\d{{1,3}})\s*(?:\([^()]*\)\s*)?({_UNIT})(?!\s*(?:tháng\s*)?\d)", re.IGNORECASE
)
_TOTAL = re.compile(
    r"(?:thời (?:hạn|gian) (?:giải quyết|thực hiện|xử lý|trả kết quả|cấp)|trong (?:thời hạn|vòng)|"
    r"không quá|chậm nhất)",
    re.IGNORECASE,
)
_SINCE_FILED = re.compile(
    r"(?:kể từ )?(?:ngày|khi|thời điểm) (?:tiếp )?nhận (?:được )?(?:đầy )?(?:đủ )?hồ sơ", re.I
)


def read_time(text: str) -> Time | None:
    """The time as a value where the cell is one; else its words; None where nothing is said."""
    said = stated(text)
    if said is None:
        return None
    whole = _WHOLE.fullmatch(said)
    value = float(whole.group(1).replace(",", ".")) if whole else 0
    if not whole or not value:
        return Time(text=said)
    unit = _UNITS[whole.group(2).lower()] if whole.group(2) else "unknown"
    return Time(value=int(value) if value == int(value) else value, unit=unit, text=said)


def spans(text: str) -> tuple[Span, ...]:
    """Every length of time that a text states, each once."""
    found = ((float(n), _UNITS[u.lower()]) for n, u in _SPAN.findall(clean(text)) if int(n))
    return tuple(dict.fromkeys(found))


def contradicts(time: Time, text: str) -> Span | None:
    """The only length of time in ``text``, where it is a total and another than ``time``."""
    said = spans(text)
    if len(said) != 1 or time.value is None or time.unit == "unknown":
        return None
    total = _TOTAL.search(text) or _SINCE_FILED.search(text)
    return said[0] if total and said[0] != (float(time.value), time.unit) else None


def show(span: Span) -> str:
    """``(5.0, "day")`` → ``"5 ngày"``."""
    words = {"working_day": "ngày làm việc", "day": "ngày", "hour": "giờ", "month": "tháng"}
    value, unit = span
    return f"{value:g} {words[unit]}"
