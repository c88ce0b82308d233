"""What a mistyped word may have been: telex left-overs, slips of the finger, spelling by sound.

Candidates only; which of them is meant, the words around decide (``restore``).
Sources: the telex input method's rules; confusions that Vietnamese spelling
lessons drill (l/n, s/x, ch/tr, d/gi/r, hỏi/ngã, final c/t and n/ng).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from index.text import strip_marks

_TABLES = Path(__file__).parent
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_LETTERS = (
    ("dd", "đ"),
    ("aa", "â"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("aw", "ă"),
    ("ow", "ơ"),
    ("uw", "ư"),
)
_STARTS = (
    ("l", "n"), ("s", "x"), ("ch", "tr"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("v", "d"),
    ("ng", "ngh"), ("g", "gh"), ("c", "k"), ("ph", "f"), ("d", "z"), ("gi", "z"), ("c", "q"),
    ("qu", "w"), ("gi", "j"),
)  # fmt: skip
_ENDS = (("c", "t"), ("n", "ng"), ("ch", "t"), ("nh", "n"), ("i", "y"), ("nh", "ng"))
_HOOK, _TILDE = "\u0309", "\u0303"
_BARE = "abcdeghiklmnopqrstuvxy"


@lru_cache(maxsize=2)
def table(name: str) -> dict[str, tuple[str, ...]]:
    """A committed table of two columns, ``abbreviations`` or ``synonyms``: typed → meant."""
    rows: dict[str, tuple[str, ...]] = {}
    for line in (_TABLES / f"{name}.tsv").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            typed, meant = line.split("\t")[:2]
            rows[typed] = (*rows.get(typed, ()), meant)
    return rows


def telex(word: str) -> str | None:
    """``ddang`` → ``đang``, ``kys`` → ``ký``: the word that these keys type, if it is another."""
    if not word.isascii() or not word.isalpha():
        return None
    tone = _TONES.get(word[-1]) if len(word) > 2 else None
    letters = word[:-1] if tone else word
    for keys, letter in _LETTERS:
        letters = letters.replace(keys, letter)
    letters = re.sub("uơ|ưo", "ươ", letters)
    if tone:
        letters = _with_tone(letters, tone) or letters
    made = unicodedata.normalize("NFC", letters)
    return made if made != word else None


def _with_tone(letters: str, tone: str) -> str | None:
    """The tone on the vowel that bears it: a marked one, else the last but one of an open group."""
    group = re.search(r"(?:qu|gi(?=[aeiouyâăêôơư]))?([aeiouyâăêôơư]+)", letters)
    if not group:
        return None
    start, end = group.span(1)
    marked = [i for i in range(start, end) if letters[i] in "âăêôơư"]
    open_group = end == len(letters) and end - start > 1
    at = marked[-1] if marked else (end - 2 if open_group else end - 1)
    return letters[: at + 1] + tone + letters[at + 1 :]


def by_sound(word: str) -> Iterator[str]:
    """Spellings that sound alike to some speakers."""
    parts = unicodedata.normalize("NFD", word)
    if _HOOK in parts or _TILDE in parts:
        other = parts.translate({ord(_HOOK): _TILDE, ord(_TILDE): _HOOK})
        yield unicodedata.normalize("NFC", other)
    for one, other in _both_ways(_STARTS):
        if word.startswith(one) and len(word) > len(one):
            yield other + word[len(one) :]
    for one, other in _both_ways(_ENDS):
        if word.endswith(one) and len(word) > len(one):
            yield word[: -len(one)] + other


def _both_ways(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for one, other in pairs:
        yield one, other
        yield other, one


def one_slip(word: str) -> Iterator[str]:
    """Every bare word one slip away: a letter more, less, another, or two swapped."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _BARE:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def likely(word: str, known: Container[str]) -> set[str]:
    """Known spellings that an unknown word may stand for."""
    found = {w for w in by_sound(word) if w in known}
    typed = telex(word)
    return found | ({typed} if typed and typed in known else set())


def bare_slips(word: str, known: Container[str]) -> set[str]:
    """Known bare syllables one slip from a word, its diacritics left aside."""
    plain = strip_marks(word)
    return {w for w in one_slip(plain) if w in known and w != plain}
