"""What somebody meant by what they typed: abbreviations spelt out, diacritics and slips mended."""

from __future__ import annotations

import re
from functools import lru_cache

from index.restore import pieces, restorer
from index.spelling import table
from index.text import fold, strip_marks

SURE = 2.5
"""A second reading this much less likely (natural log) than the first is not kept."""


def expand(text: str) -> str:
    """Abbreviations and dialect words in their full words, the longest first."""
    return _replaced("abbreviations", fold(text))


def readings(text: str, most: int = 2) -> list[str]:
    """The likeliest readings of ``text``, likeliest first: one when it is plain what was meant.

    Folded text with single spaces comes back; a text typed properly comes back
    as its only reading.
    """
    found = restorer().restore(expand(text), best=most)
    return [r.text for r in found if r.score > found[0].score - SURE]


def mended(text: str) -> str:
    """The likeliest reading."""
    return readings(text, most=1)[0]


def as_typed(text: str) -> str:
    """The text in the form in which readings come, for comparison."""
    return " ".join(pieces(fold(text)))


def changed(text: str, reading: str) -> bool:
    """Whether a reading differs from what was typed in more than diacritics."""
    return strip_marks(as_typed(text)) != strip_marks(reading)


def widened(text: str) -> str:
    """The text with what people say put into the records' own words (``synonyms.tsv``)."""
    return _replaced("synonyms", text)


def _replaced(name: str, text: str) -> str:
    known = table(name)
    return _typed(name).sub(lambda found: " ".join(known.get(found[0], (found[0],))), text)


@lru_cache(maxsize=2)
def _typed(name: str) -> re.Pattern[str]:
    """What a table replaces and what it puts there, so that this stays as it is.

    Whole words only: nothing inside a code, an address or a number (a1, tt-btp, r&d, v.v).
    """
    known = table(name)
    both = {*known, *(meant for found in known.values() for meant in found)}
    longest_first = "|".join(map(re.escape, sorted(both, key=lambda t: (-len(t), t))))
    return re.compile(rf"(?<![\w.])(?<!\w[-&@])(?:{longest_first})(?![-.&@]?\w)")
