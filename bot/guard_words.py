"""The word lists of ``guard_words.toml``, made into patterns.

A list is written in proper Vietnamese. Each marked letter then also matches the same
letter with marks left out, so that ``cháy`` finds "chay" and "chaý" but never "chạy".
``=`` before a word or a group wants its marks in full. `` ~ `` stands for up to eight
words and ``{name}`` for an entry under ``macros``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from index.text import nfc

_LISTS: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("guard_words.toml").read_text("utf-8")
)
_GAP = r"(?: \w+){0,8}? "

TEENCODE: dict[str, str] = _LISTS["teencode"]
_MACROS: dict[str, str] = _LISTS["macros"]
_MACRO = re.compile(r"\{(\D+?)\}")
WORTH_MENDING: tuple[str, ...] = tuple(_LISTS["worth_mending"].split())


@dataclass(frozen=True)
class Danger:
    """One kind of emergency: its ``signs``, and the numbers to call.

    ``now`` leaves no doubt; a sign is doubted where one of ``doubts`` stands beside it.
    ``near``: no cry for help, but a matter beside which the numbers should stand.
    """

    kind: str
    calls: tuple[str, ...]
    now: re.Pattern[str]
    signs: re.Pattern[str]
    doubts: re.Pattern[str]
    near: re.Pattern[str]


def words(name: str) -> re.Pattern[str]:
    """The pattern of a list of the file, by its name."""
    return pattern(_LISTS["lists"][name])


def dangers() -> tuple[Danger, ...]:
    """Every kind of emergency, in the order of the file."""
    always = _LISTS["lists"]["procedure"] + _LISTS["lists"]["doubts"]
    return tuple(
        Danger(
            kind=kind,
            calls=tuple(entry["calls"]),
            now=pattern(entry.get("now", [])),
            signs=pattern(entry["signs"]),
            doubts=pattern(always + entry.get("doubts", [])),
            near=pattern(entry.get("near", [])),
        )
        for kind, entry in _LISTS["danger"].items()
    )


def pattern(forms: list[str]) -> re.Pattern[str]:
    """One pattern that finds any of ``forms``; none at all finds nothing."""
    whole = "|".join(_loosened(form) for form in forms) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)", re.IGNORECASE)


def _loosened(form: str) -> str:
    """The form with lesser letters allowed, but for what stands behind ``=``."""
    whole = _MACRO.sub(lambda name: f"(?:{_MACROS[name[1]]})", nfc(form))
    parts, at = [], 0
    for start, end in _strict_parts(whole):
        parts += [_lesser(whole[at:start]), whole[start + 1 : end]]
        at = end
    return "".join([*parts, _lesser(whole[at:])]).replace(" ~ ", _GAP)


def _strict_parts(form: str) -> Iterator[tuple[int, int]]:
    """From each ``=`` to the end of what it governs: a group, or all up to ``|`` or ``)``."""
    at = 0
    while (start := form.find("=", at)) >= 0:
        depth, at = 0, start + 1
        while at < len(form) and not (depth == 0 and form[at] in "|)"):
            depth += {"(": 1, ")": -1}.get(form[at], 0)
            at += 1
        if form[start - 2 : start + 1] not in ("(?=", "?<="):
            yield start, at


def _lesser(form: str) -> str:
    return "".join(map(_with_lesser, form))


@cache
def _with_lesser(letter: str) -> str:
    """The letter and the same with some of its marks left out, as a class."""
    if letter == "đ":
        return "[đd]"
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    if not marks or not base.isalpha():
        return letter
    fewer = (kept for n in range(len(marks) + 1) for kept in combinations(marks, n))
    return "[" + "".join(sorted({nfc(base + "".join(kept)) for kept in fewer})) + "]"
