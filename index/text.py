"""Vietnamese text rules that ingest and search must share to the letter.

Sources: Unicode normalisation forms (UAX #15); the two orthographic
conventions for placing tone marks (hòa/hoà), of which we keep the old one,
the one that official texts use most. ``RULES`` names the set: a snapshot built
by other rules is refused.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

RULES = "vi-text-1"
BARE_SHARE = 0.3

_SYLLABLE = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TONED = {
    "a": "àáảãạ",
    "e": "èéẻẽẹ",
    "o": "òóỏõọ",
    "u": "ùúủũụ",
    "y": "ỳýỷỹỵ",
}
_TO_OLD_STYLE = {
    first + _TONED[second][tone]: _TONED[first][tone] + second
    for first, second in ("oa", "oe", "uy")
    for tone in range(5)
}
_NEW_STYLE = re.compile(r"(?<!q)(" + "|".join(_TO_OLD_STYLE) + r")(?![^\W\d_])", re.IGNORECASE)


def nfc(text: str) -> str:
    """Unicode NFC; the encoder and every comparison need composed letters."""
    return unicodedata.normalize("NFC", text)


def old_style(text: str) -> str:
    """Move tone marks of open ``oa, oe, uy`` to the first vowel: hoà → hòa, thuỷ → thủy."""
    return _NEW_STYLE.sub(_move_tone, text)


def _move_tone(found: re.Match[str]) -> str:
    pair = found.group()
    moved = _TO_OLD_STYLE[pair.lower()]
    return "".join(m.upper() if p.isupper() else m for p, m in zip(pair, moved, strict=True))


def clean(text: str) -> str:
    """What a person reads: NFC, one style of tone marks, no invisible characters, single spaces."""
    visible = _INVISIBLE.sub("", nfc(text))
    return _SPACE.sub(" ", old_style(nfc(visible))).strip()


def fold(text: str) -> str:
    """What is compared: cleaned and without letter case."""
    return clean(text).casefold()


def strip_marks(text: str) -> str:
    """Take every diacritic off, đ included: ``Đường`` → ``Duong``. To rank, never to merge."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in parts if not unicodedata.combining(c))


def mostly_bare(text: str) -> bool:
    """Whether a text was typed without diacritics, but for a stray one.

    About two syllables in three of ordinary Vietnamese bear a mark.
    """
    typed = syllables(text)
    marked = sum(strip_marks(s) != s for s in typed)
    return marked < BARE_SHARE * len(typed)


def syllables(text: str) -> list[str]:
    """Folded syllables and numbers, in order."""
    return _SYLLABLE.findall(fold(text))


def stripped_terms(text: str) -> list[str]:
    """Stripped syllables and their bigrams, the terms that survive careless typing."""
    plain = [strip_marks(s) for s in syllables(text)]
    return plain + [f"{a}_{b}" for a, b in pairwise(plain)]


@lru_cache(maxsize=1)
def _tokenizer() -> Callable[[str], list[str]]:
    """underthesea's word segmentation, imported late: half a second.

    Where transformers and torch are installed too, underthesea would import them
    for its translator, which nobody uses here: eight seconds and 400 MiB. They
    are hidden while it is imported.
    """
    hidden = [name for name in ("transformers", "torch") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: "not there"
    try:
        from underthesea import word_tokenize
    finally:
        for name in hidden:
            del sys.modules[name]
    tokenize: Callable[[str], list[str]] = word_tokenize
    return tokenize


@lru_cache(maxsize=50_000)
def _segment(text: str) -> tuple[str, ...]:
    words: list[str] = _tokenizer()(text)
    return tuple(w.replace(" ", "_") for w in words if _SYLLABLE.search(w))


def words(text: str) -> list[str]:
    """Folded Vietnamese words, segmented by underthesea: ``đăng_ký khai_sinh``."""
    return list(_segment(fold(text)))
