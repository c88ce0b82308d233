"""Text made safe to read, and text made easy to recognise.

Three forms: ``visible`` is what a person sees; ``aligned`` is that with one plain
letter for each of its characters, so that a place found there is a place in the
text; ``heard`` mends hasty typing and serves recognition only.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from bot.guard_words import TEENCODE, WORTH_MENDING
from index.text import fold, nfc, strip_marks

_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Characters that print nothing although they are letters or marks by class."""

_TAG = re.compile(r"<(?:!--|[/!?]?[a-zA-Z])[^<>]{0,500}>")
_FOREIGN, _LATIN = "авеёіјкмнорсԁтухѕοανρτ", "abeeijkmhopcdtyxsoavpt"
_LOOK_ALIKE = str.maketrans(_FOREIGN + _FOREIGN.upper(), _LATIN + _LATIN.upper())
"""Cyrillic and Greek letters that are taken for Latin ones; nobody here writes in those."""

_RUN = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+")
_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|n|ngh?|nh|ph?|qu?|r|s|th?|tr?|v|x)?"
    r"(?:a(?:ch?|i|m|ng?|nh|o|p|t|u|y)?|e(?:ch?|m|ng?|nh|o|p|t|u)?|o(?:ch?|i|m|ng?|p|t)?"
    r"|i(?:a|ch?|eng?|ec|em|ep|et|eu|m|ng?|nh|p|t|u)?"
    r"|oa(?:ch?|i|m|ng?|nh|o|p|t|y)?|oe(?:c|m|n|o|t)?|oong|ooc"
    r"|u(?:a(?:ng?|t|y)?|ch?|e(?:ch|nh|n)?|i|m|ng?|o(?:ch?|i|m|ng?|p|t|u)?|p|t|u"
    r"|y(?:a|en|et|nh|t|u|ch)?)?"
    r"|y(?:e(?:m|ng?|t|u))?)"
)
"""How a Vietnamese syllable without marks is built; what is not so built is a slip or foreign."""

_LEAST_TO_MEND = 3
_TELEX = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("w", ""))


class _Letters(dict[int, str]):
    """Each character's plain small letter or digit, worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = _plain(chr(code))
        return self[code]


def _plain(letter: str) -> str:
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    bare = strip_marks(unicodedata.normalize("NFKC", letter).casefold())[:1]
    return bare or letter


_LETTERS = _Letters()


def visible(text: str) -> str:
    """Without control, direction, invisible and disguised characters; lines are kept."""
    text = nfc(html.unescape(text)).translate(_LOOK_ALIKE)
    return "".join(_shown(c) for c in text)


def _shown(c: str) -> str:
    """The character, a space for a control, nothing for what has no shape or place of its own.

    A mark that no letter took up under NFC is no Vietnamese, only a way to hide words.
    """
    kind = unicodedata.category(c)
    if c == "\n" or kind == "Zs":
        return "\n" if c == "\n" else " "
    if kind in ("Cf", "Cs", "Co", "Cn", "Mn", "Me") or c in _FILLERS:
        return ""
    return c if c.isprintable() else " "


def without_markup(text: str) -> str:
    """Tags taken out; what stood between them stays, as words."""
    return _TAG.sub(" ", text)


def aligned(text: str) -> str:
    """Small letters without marks, plain digits; every place unmoved."""
    return text.translate(_LETTERS)


def heard(text: str) -> str:
    """The words as they were meant: short forms, typing slips and drawn-out letters mended."""
    drawn = _RUN.sub(_short, fold(text))
    return " ".join(_mended(word) for word in _WORD.findall(drawn))


def _short(run: re.Match[str]) -> str:
    """``cháyyyy`` → ``cháy``; ``cứuuu`` keeps its two; cccd and www are no drawn-out words."""
    letter = aligned(run[1])
    if letter not in "aeiouy":
        return run[0]
    return run[1] * (2 if letter == "u" else 1)


@lru_cache(maxsize=20_000)
def _mended(word: str) -> str:
    if word in TEENCODE:
        return TEENCODE[word]
    bare = aligned(word)
    if _SYLLABLE.fullmatch(bare):
        return word if strip_marks(word) == bare else bare
    if len(bare) < _LEAST_TO_MEND:
        return word
    typed = _without_input_method(bare)
    if _SYLLABLE.fullmatch(typed):
        return typed
    near = (meant for meant in WORTH_MENDING if _one_slip(bare, meant))
    return next(near, word)


def _without_input_method(bare: str) -> str:
    """``ddanhs`` and ``d9anh1`` → ``danh``: what Telex or VNI left as typed."""
    bare = re.sub(r"(?<=[a-z])[1-9]", "", bare)
    for typed, letter in _TELEX:
        bare = bare.replace(typed, letter)
    return re.sub(r"(?<=[aeiouyncghmpt])[sfrxj]$", "", bare)


def _one_slip(typed: str, meant: str) -> bool:
    """One letter too many, too few, wrong, or two exchanged."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    short, long = sorted((typed, meant), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    exchanged = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return exchanged or short[at + 1 :] == long[at + 1 :]
