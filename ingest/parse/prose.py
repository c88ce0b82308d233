"""Free text of the portal: cleaned line by line, emptied of fillers, cut into steps."""

from __future__ import annotations

import re
from functools import lru_cache

from index.text import clean

_FILLER = re.compile(
    r"(?:không có thông tin|không có|không quy định|không|n/a|-+|\.+)?[.\s]*", re.IGNORECASE
)
_BULLET = re.compile(
    r"^(?:[-–—•·▪●*+\u2212\uf000-\uf0ff]+[ \t]*|[.…,;)]+[ \t]*(?=[^\d\s]))+(?=[^\s,.])"
)
_WRAPPED = re.compile(r"[^\W_]$|,$")
_MARKED = re.compile(r"(?:[a-zđ]\d?|[ivx]+)[).]")
_STEP = re.compile(r"(?:^|(?<=[.;:)\]\n]))[ \t]*(?=(?:[a-zđ\d]{1,2}[).][ \t]*)?Bước\s+\d+\b)", re.M)
_NAME_PREFIX = re.compile(r"^thủ tục\s*:?\s+(?!hải quan\b|đối với\b)", re.IGNORECASE)
_AUDIENCE = re.compile(r",\s*(?=[A-ZĐ])(?![^()]*\))")


@lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """``clean``, remembered: the page prints the same words for every way of filing."""
    return clean(text)


def stated(text: str | None) -> str | None:
    """The cleaned text, or None where the portal only says that it has nothing to say."""
    cleaned = tidy(text or "")
    return None if _FILLER.fullmatch(cleaned) else cleaned


def without_bullet(text: str) -> str:
    return _BULLET.sub("", tidy(text)).strip()


def lines(text: str) -> tuple[str, ...]:
    """Cleaned lines with one kind of bullet; a line that was only wrapped is joined again."""
    joined: list[str] = []
    for part in filter(stated, text.splitlines()):
        line = _BULLET.sub("- ", tidy(part))
        if joined and line[0].islower() and _WRAPPED.search(joined[-1]) and not _MARKED.match(line):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return tuple(joined)


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
    name = tidy(text)
    bare = _NAME_PREFIX.sub("", name)
    return bare[:1].upper() + bare[1:]
