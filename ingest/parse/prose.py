"""Free text of the portal: cleaned line by line, emptied of fillers, cut into steps."""

from __future__ import annotations

import re

from index.text import clean

_FILLER = re.compile(
    r"(?:không có thông tin|không có|không quy định|không|n/a|-+|\.+)?[.\s]*", re.IGNORECASE
)
_BULLET = re.compile(r"^(?:[-–—•·▪●*+\u2212\uf000-\uf0ff]+[ \t]*)+(?=[^\s\d,.])")
_STEP = re.compile(r"(?:^|(?<=[.;:)\]\n]))[ \t]*(?=(?:[a-zđ\d]{1,2}[).][ \t]*)?Bước\s+\d+\b)", re.M)
_NAME_PREFIX = re.compile(r"^thủ tục\s*:?\s+(?!hải quan\b|đối với\b)", re.IGNORECASE)
_AUDIENCE = re.compile(r",\s*(?=[A-ZĐ])(?![^()]*\))")


def stated(text: str | None) -> str | None:
    """The cleaned text, or None where the portal only says that it has nothing to say."""
    cleaned = clean(text or "")
    return None if _FILLER.fullmatch(cleaned) else cleaned


def without_bullet(text: str) -> str:
    return _BULLET.sub("", clean(text)).strip()


def lines(text: str) -> tuple[str, ...]:
    """Cleaned lines with one kind of bullet; empty lines and fillers are dropped."""
    return tuple(_line(part) for part in text.splitlines() if stated(part))


def _line(text: str) -> str:
    return _BULLET.sub("- ", clean(text))


def steps(text: str) -> tuple[str, ...]:
    """The text cut before each ``Bước n``, else into its lines; nothing is left out."""
    parts = _STEP.split(text)
    if len(parts) < 3:
        return lines(text)
    return tuple("\n".join(block) for block in map(lines, parts) if block)


def audience(text: str) -> tuple[str, ...]:
    """Who may apply: cut at commas before a capital, outside parentheses."""
    return tuple(part for part in map(stated, _AUDIENCE.split(text)) if part)


def procedure_name(text: str) -> str:
    """The name without a leading «Thủ tục», unless the rest would not stand alone."""
    name = clean(text)
    bare = _NAME_PREFIX.sub("", name)
    return bare[:1].upper() + bare[1:]
