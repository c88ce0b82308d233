"""Reads the flattened table of ways of filing into rows.

Each row glues the way, the time, the fee, the fee's note in parentheses and a
description: ``Trực tuyến5 Ngày làm việc70,000 VNĐ(70.000 đồng/giấy)Nộp tại …``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.procedure import Way

_HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
WAYS: dict[str, Way] = {
    "Trực tiếp": "direct",
    "Trực tuyến": "online",
    "Dịch vụ bưu chính": "post",
}
FREE = "Miễn phí"
_WAY = "|".join(WAYS)
_FEE = rf"{FREE}|Không có thông tin|\d[\d,.]* (?:Việt Nam Đồng|VNĐ|USD)"
_ROW = re.compile(
    rf"(?P<way>{_WAY})"
    r"(?P<time>\d+(?:[.,]\d+)? (?:Ngày làm việc|Ngày|Giờ|Tháng|Năm|Phút|Tuần)|Không có thông tin|"
    rf"\d*?|(?=[A-ZĐ])(?:(?!{_WAY}).){{1,200}}?)"
    rf"(?P<fee>{_FEE})"
)
_MAX_SPLIT_DIGITS = 3
_MARKER = re.compile(r"[a-zđ]|\d{1,2}|[ivx]+")
_LISTED = re.compile(r"(?:[;.:]\s*|\n\s*)(?:[a-zđ]|\d{1,2}|[ivx]{1,3})\)\s")
_SECOND = re.compile(r"\.?\s*\((?:[^()]|\([^()]*\))*\)[.;]?\)")


@dataclass(frozen=True)
class FeeCell:
    """One fee as printed, with the note in its parentheses.

    ``run_in``: the time before it lost its unit and stands glued to its digits.
    """

    text: str
    note: str = ""
    run_in: bool = False


@dataclass(frozen=True)
class WayRow:
    """One row as printed: how to file, how long it takes, what it costs, a description."""

    way: Way
    time: str
    fees: tuple[FeeCell, ...] = ()
    text: str = ""


def rows(table: str) -> tuple[tuple[WayRow, ...], str]:
    """All rows of a flattened table, and what stands before the first."""
    body = table.strip().removeprefix(_HEADER)
    found = list(_ROW.finditer(body))
    if not found:
        return (), body
    ends = [m.start() for m in found[1:]] + [len(body)]
    read = tuple(_row(m, body[m.end() : end]) for m, end in zip(found, ends, strict=True))
    return read, body[: found[0].start()]


def _row(found: re.Match[str], rest: str) -> WayRow:
    note, text = _note(rest)
    time, fee, run_in = found["time"], found["fee"], False
    if not time and (split := _split(fee)):
        (time, fee), run_in = split, True
    return WayRow(WAYS[found["way"]], time, (FeeCell(fee, note, run_in),), text)


def _note(rest: str) -> tuple[str, str]:
    """The parentheses right after the fee, and the description after them."""
    if not rest.startswith("("):
        return "", rest
    end = _closing(rest, 0)
    if end and (more := _SECOND.match(rest, end + 1)):
        return rest[1 : more.end() - 1], rest[more.end() :]
    if end and _MARKER.fullmatch(rest[1:end]):
        marked = _closing(rest, end)
        return (rest[1:marked], rest[marked + 1 :]) if marked else ("", rest)
    return (rest[1:end], rest[end + 1 :]) if end else (rest[1:], "")


def _closing(text: str, after: int) -> int | None:
    """Where the first parenthesis closes; ``a)`` and ``1)`` of a list close nothing."""
    depth = 0
    for place, letter in enumerate(text):
        if letter == ")" and _LISTED.search(text, max(0, place - 6), place + 2):
            continue
        depth += (letter == "(") - (letter == ")" and place != after)
        if depth == 0 and place > after:
            return place
    return None


def _split(amount: str) -> tuple[str, str] | None:
    """``"123 VNĐ"`` → ``("1", "23 VNĐ")``: a time without its unit before an amount."""
    for size in range(1, _MAX_SPLIT_DIGITS + 1):
        time, rest = amount[:size], amount[size:]
        if time.isdigit() and re.match(r"[1-9]\d{0,2}(?:,\d{3})* ", rest):
            return time, rest
    return None
