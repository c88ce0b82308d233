"""Judges what a model drafted: what is badly made, unsafe to say, or not this procedure's alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from index.groups import base_name
from index.text import clean, fold, mostly_bare, strip_marks
from ingest.check_phrases import plain
from ingest.phrases import is_phrase
from ingest.suggest.model import Drafts

FORM, NUMBER, REPEATED, TAKEN = (
    "sai mẫu",
    "có số, phí hoặc số hiệu",
    "trùng lặp",
    "của thủ tục khác",
)
FAULTS = (FORM, NUMBER, REPEATED, TAKEN)
_MOST = 10
"""As many of a kind are looked at; a model that goes on has lost its way."""
_SYLLABLES = {"names": range(3, 12), "situations": range(7, 28)}
"""What 99 in 100 of our own phrases keep to; the prompt asks for less (docs/phrases.md)."""
_LETTERS = re.compile(r"[A-Za-z ,.?!()'%&/–-]+")
"""Once the diacritics are off: no digit of any script, no address, mark-up or other alphabet."""
_COUNT = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|chục|trăm|nghìn|ngàn"
_NUMBER = re.compile(
    rf"\d|%|\b(?:{_COUNT})\s+(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\b|đồng\b|ngày làm việc\b)"
    r"|\b(?:nđ|qđ|tt|nq|qh)\s*[-–/]|miễn phí|không (?:mất|thu|tốn) (?:phí|lệ phí|tiền)"
)


class Matters:
    """Whose each phrase is. Codes of one name, or on one line of ``twins.txt``, are one matter."""

    def __init__(self, names: Mapping[str, str], twins: Sequence[set[str]]) -> None:
        self._names = names
        self._twins = twins
        self._owners: dict[str, set[str]] = {}
        for code, name in names.items():
            self.add(code, [name])

    def add(self, code: str, texts: Iterable[str]) -> None:
        """Let ``texts`` belong to ``code``."""
        for text in texts:
            self._owners.setdefault(plain(text), set()).add(code)

    def fault(self, code: str, text: str) -> str | None:
        """Whether this code says ``text`` already, or another matter does."""
        owners = self._owners.get(plain(text), set())
        if code in owners:
            return REPEATED
        return TAKEN if any(not self._same(code, owner) for owner in owners) else None

    def _same(self, code: str, other: str) -> bool:
        if any({code, other} <= group for group in self._twins):
            return True
        ours, theirs = self._names.get(code), self._names.get(other)
        return bool(ours and theirs) and base_name(ours or "") == base_name(theirs or "")


@dataclass
class Sifted:
    """What is left for a person to review, and how many were dropped for what."""

    names: list[str] = field(default_factory=list)
    situations: list[str] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return bool(self.names or self.situations)


def sift(code: str, drafts: Drafts, matters: Matters) -> Sifted:
    """Keep the good drafts; they belong to ``code`` from here on."""
    sifted = Sifted()
    for kind, texts, kept in (
        ("names", drafts.names, sifted.names),
        ("situations", drafts.situations, sifted.situations),
    ):
        for place, text in enumerate(map(clean, texts)):
            fault = FORM if place >= _MOST else _form(kind, text) or matters.fault(code, text)
            if fault:
                sifted.dropped[fault] += 1
            else:
                kept.append(text)
                matters.add(code, [text])
    return sifted


def _form(kind: str, text: str) -> str | None:
    if _NUMBER.search(fold(text)):
        return NUMBER
    if not is_phrase(text) or not _LETTERS.fullmatch(strip_marks(text)) or mostly_bare(text):
        return FORM
    return None if len(text.split()) in _SYLLABLES[kind] else FORM
