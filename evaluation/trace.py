"""Traces what a reply states back to its record, by other means than the product's own check.

A claim is an amount, a duration, a date, a procedure's code, a legal number, a
link, or the name of a paper in a list. ``untraced`` gives the claims that the
record does not bear out. The record is read as plain JSON text, so nothing
here depends on how the reply was composed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.procedure import Procedure
from index.text import fold

_PATTERNS = {
    "amount": r"\d[\d.,]*(?= ?(?:đồng|đ\b|USD|%|VNĐ|VND))",
    "duration": r"\d+(?= (?:ngày|giờ|tháng|tuần|năm|phút))",
    "date": r"\b\d{1,2}/\d{1,2}/\d{4}\b",
    "code": r"\b\d\.\d{6}\b",
    "law": r"\b\d+/\d{4}/[A-ZĐ][\w-]+|\b\d+/[A-ZĐ]\w*(?:-[A-ZĐ0-9]+)+",
    "link": r"https?://[^\s)\]”\"]+",
}
_CLAIMS = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}
_PAPERS = re.compile(r"\*\*(?:Giấy tờ cần có|Tùy trường hợp[^*]*)\*\*\n(.*?)(?=\n\n|\Z)", re.DOTALL)
_PAPER_LINE = re.compile(r"^(?:\d+\.|-) (.+)$", re.MULTILINE)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def untraced(
    reply: dict[str, Any], record: Procedure, siblings: tuple[Procedure, ...]
) -> list[str]:
    """The claims of an answered reply that its record does not hold, as ``kind: words``."""
    source = record.model_dump_json(by_alias=True)
    day = f" {record.source.checked_on:%d/%m/%Y}" if record.source.checked_on else ""
    allowed = source + day + "".join(f" {s.code}" for s in siblings)
    numbers = {_plain(n) for n in _DIGITS.findall(allowed)}
    folded = fold(allowed.replace("\\n", " ").replace('\\"', '"'))
    faults = [
        f"{kind}: {words}"
        for kind, words in claims(reply["text"])
        if not _stands(kind, words, numbers, folded)
    ]
    names = [fold(d.name) for d in record.documents]
    faults += [f"paper: {line}" for line in _paper_lines(reply["text"]) if not _known(line, names)]
    return faults


def claims(text: str) -> Iterator[tuple[str, str]]:
    """Every claim of a text with its kind."""
    for kind, pattern in _CLAIMS.items():
        for found in pattern.finditer(text):
            yield kind, found.group().rstrip(".,;")


def _stands(kind: str, words: str, numbers: set[str], folded: str) -> bool:
    if kind in ("amount", "duration"):
        return _plain(words) in numbers
    return fold(words) in folded


def _plain(number: str) -> str:
    """20.000, 20,000, 20000 and 20000.0 are one amount; 2,5 and 2.5 another."""
    if _THOUSANDS.fullmatch(number):
        number = re.sub(r"[.,]", "", number)
    return re.sub(r"\.0+$", "", number.replace(",", ".")).lstrip("0") or "0"


def _paper_lines(text: str) -> Iterator[str]:
    for block in _PAPERS.findall(text):
        yield from _PAPER_LINE.findall(block)


def _known(line: str, names: list[str]) -> bool:
    """Whether a listed paper begins with the name of one of the record's papers."""
    said = fold(line.replace("**", ""))
    return any(said.startswith(name[:60]) or name.startswith(said[:60]) for name in names)
