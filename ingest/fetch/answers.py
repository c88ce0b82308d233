"""Judges what the portal answers: nothing is believed before it has been looked at."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.fetch.errors import BadAnswerError, UnreachableError

CODE = re.compile(r"[0-9]\.[0-9]{6}")
"""A code becomes a file's name, so digits are ASCII digits here."""
_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_CURSOR = re.compile(r"[!-~]{0,200}")
_STAMPS = ("updatedAt", "decisionNo")


@dataclass(frozen=True)
class Item:
    """A row of the list. ``stamp`` holds what it says of its version; often nothing."""

    id: str
    code: str
    stamp: dict[str, Any] = field(default_factory=dict)
    tries: int = 0


@dataclass(frozen=True)
class Page:
    """One page of the list: its rows, those of no use, and the cursor of the next page."""

    items: list[Item]
    refused: list[tuple[str, str]]
    cursor: str
    total: int


@dataclass(frozen=True)
class Detail:
    """One procedure: the bytes as they were received and what they were found to hold."""

    content: bytes
    data: dict[str, Any]

    @property
    def at_commune(self) -> bool:
        """Whether it is done at commune level. Raises BadAnswerError where it does not say."""
        ward = self.data.get("isWard")
        if not isinstance(ward, bool):
            raise BadAnswerError("câu trả lời không nói thủ tục có làm ở cấp xã hay không")
        return ward


def envelope(content: bytes) -> dict[str, Any]:
    """The ``data`` of ``{"code": "OK", "data": {…}}``.

    Raises UnreachableError where this is no JSON (a block page, a cut answer),
    BadAnswerError where the portal itself says that there is nothing.
    """
    try:
        body = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UnreachableError("câu trả lời của Cổng không phải JSON đúng") from error
    if not isinstance(body, dict) or body.get("code") != "OK":
        said = body.get("code") if isinstance(body, dict) else None
        raise BadAnswerError(f"Cổng trả lời {shown(said)} thay vì OK")
    if not isinstance(body.get("data"), dict):
        raise BadAnswerError("câu trả lời của Cổng không có phần dữ liệu")
    data: dict[str, Any] = body["data"]
    return data


def to_page(data: Mapping[str, Any]) -> Page:
    """Read a page of the list. Raises BadAnswerError where it has no rows or an odd cursor."""
    rows = data.get("items")
    if not isinstance(rows, list):
        raise BadAnswerError("câu trả lời của Cổng không có danh sách thủ tục")
    items: list[Item] = []
    refused: list[tuple[str, str]] = []
    for row in rows:
        try:
            items.append(_to_item(row))
        except BadAnswerError as error:
            name = row.get("code") if isinstance(row, dict) else row
            refused.append((shown(name), str(error)))
    total = data.get("total")
    return Page(items, refused, _to_cursor(data), total if isinstance(total, int) else 0)


def to_detail(content: bytes, data: dict[str, Any], item: Item) -> Detail:
    """Make sure that ``data`` is the procedure asked for. Raises BadAnswerError."""
    code, name = data.get("code"), data.get("name")
    if not isinstance(code, str) or not CODE.fullmatch(code):
        raise BadAnswerError(f"câu trả lời có mã {shown(code)}, không phải mã dạng 1.001193")
    if not isinstance(name, str) or not name.strip():
        raise BadAnswerError("câu trả lời không có tên thủ tục")
    if code != item.code or data.get("id") != item.id:
        raise BadAnswerError(f"câu trả lời là của thủ tục khác (mã {code})")
    return Detail(content, data)


def stamp_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a row or a detail says of its version."""
    return {name: data[name] for name in _STAMPS if data.get(name) is not None}


def shown(text: object) -> str:
    """Foreign text made fit for a terminal: short, and nothing that steers it."""
    if text is None:
        return "(không có mã)"
    printable = "".join(c if c.isprintable() else "?" for c in str(text)[:61])
    return printable if len(printable) <= 60 else printable[:59] + "…"


def _to_cursor(data: Mapping[str, Any]) -> str:
    """An odd cursor is a fault: taken for the end, it would cut the list short unnoticed."""
    cursor = data.get("lastId") or ""
    if not isinstance(cursor, str) or not _CURSOR.fullmatch(cursor):
        raise BadAnswerError("danh sách của Cổng có lastId lạ nên không đọc tiếp được")
    return cursor


def _to_item(row: object) -> Item:
    if not isinstance(row, dict):
        raise BadAnswerError("hàng này của danh sách không phải một thủ tục")
    code = row.get("code") or row.get("codeNotation")
    if not isinstance(code, str) or not CODE.fullmatch(code):
        raise BadAnswerError("mã trong danh sách không có dạng 1.001193")
    key = row.get("id")
    if not isinstance(key, str) or not _ID.fullmatch(key):
        raise BadAnswerError("hàng này của danh sách không có id dùng được")
    return Item(key, code, stamp_of(row))
