"""Reads how long the office takes, and sees where the texts disagree about it."""

from __future__ import annotations

import re

from index.procedure import Time, Unit
from ingest.parse.prose import stated

Span = tuple[float, Unit]

_UNITS: dict[str, Unit] = {
    "ngày làm việc": "working_day",
    "ngày": "day",
    "giờ làm việc": "hour",
    "giờ": "hour",
    "tháng": "month",
}
_UNIT = "|".join(_UNITS)
_WHOLE = re.compile(rf"(\d+(?:[.,]\d+)?)\s*({_UNIT})?", re.IGNORECASE)
_SPAN = re.compile(
    rf"(?<![\d./,])(\d{{1,3}})\s*(?:\([^()]*\)\s*)?({_UNIT})(?!\s*(?:tháng\s*)?\d)", re.IGNORECASE
)
_SINCE_FILED = re.compile(
    r"(?:kể từ|từ|sau) (?:ngày|khi|thời điểm) (?:cơ quan\b[^,.;]{0,40} )?(?:tiếp )?nhận|"
    r"thông báo tiếp nhận|thời (?:hạn|gian) (?:giải quyết|thực hiện|xử lý|trả kết quả)",
    re.IGNORECASE,
)
_SETTLES = re.compile(
    r"giải quyết|trả kết quả|\bcấp\b|chấp nhận|chấp thuận|xác nhận|ban hành|quyết định", re.I
)
_STAGE = re.compile(
    r"(?:chưa|không) (?:đầy )?(?:đủ|hợp lệ|đáp ứng)|bổ sung|hoàn thiện|chuyển|thẩm định|trình\b|"
    r"ý kiến|ngày (?:kết thúc|hoàn thành|có)|trước (?:khi|ngày)|báo cáo|gửi quyết định|niêm yết|"
    r"công khai|xác minh|tính đầy đủ|không chấp nhận hồ sơ|thụ lý|phân công|bị mất|đơn phải",
    re.IGNORECASE,
)
_ONE_CASE = re.compile(r"trường hợp|thông báo (?:cho|bằng|về)|thanh tra|kiểm tra sau", re.I)
_EXTENDS = re.compile(r"gia hạn|kéo dài|phức tạp", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;])\s+|\n\s*(?=[-+*]|Bước|[A-ZĐ])")
_DAYS: dict[Unit, float] = {"hour": 1 / 8, "day": 1, "working_day": 1, "month": 30}
_TWINS: dict[Unit, Unit] = {"day": "working_day", "working_day": "day"}


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
    """Every length of time that a text states, in order."""
    found = ((float(n), _UNITS[u.lower()]) for n, u in _SPAN.findall(text))
    return tuple(span for span in found if span[0])


def contradicts(time: Time, text: str, in_steps: bool) -> Span | None:
    """Another total than ``time`` that a text states; stages and extensions are none."""
    said = spans(text)
    if not said or time.value is None:
        return None
    own: Span = (float(time.value), time.unit)
    twin: Span = (own[0], _TWINS.get(own[1], own[1]))
    if own in said or (time.unit == "unknown" and own[0] in {value for value, _ in said}):
        return None
    if time.unit == "unknown" and in_steps and len(set(said)) > 1:
        settled = _settling(text)
        return settled if settled and settled[0] > own[0] else None
    if twin in said:
        filed = any(map(_SINCE_FILED.search, _stating(text, twin)))
        return twin if filed or not in_steps else None
    if len(set(said)) > 1 or said[0][0] * len(said) == own[0] or _EXTENDS.search(text):
        return None
    longer = time.unit != "unknown" and _days(said[0]) > _days(own)
    return said[0] if any(_total(s, in_steps, longer) for s in _stating(text, said[0])) else None


def _settling(text: str) -> Span | None:
    """The length of the sentence that says how long settling takes, where only one says so."""
    telling = (s for s in _SENTENCE.split(text) if _total(s, in_steps=True, longer=False))
    totals = [spans(s) for s in telling if not _ONE_CASE.search(s)]
    found = {said[0] for said in totals if said}
    return found.pop() if len(found) == 1 else None


def _stating(text: str, span: Span) -> list[str]:
    return [sentence for sentence in _SENTENCE.split(text) if span in spans(sentence)]


def _total(sentence: str, in_steps: bool, longer: bool) -> bool:
    """Whether a sentence speaks of the whole: a step's time is only a part of it."""
    if not _SINCE_FILED.search(sentence):
        return False
    if in_steps and longer:
        return True
    return not _STAGE.search(sentence) and bool(not in_steps or _SETTLES.search(sentence))


def _days(span: Span) -> float:
    return span[0] * _DAYS[span[1]]


def show(span: Span) -> str:
    """``(5.0, "day")`` → ``"5 ngày"``."""
    words = {"working_day": "ngày làm việc", "day": "ngày", "hour": "giờ", "month": "tháng"}
    value, unit = span
    return f"{value:g} {words[unit]}"
