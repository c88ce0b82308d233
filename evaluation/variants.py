"""The same question typed worse: what a good answer must survive.

Each variant is a pure function of the text and a seed. ``typos(share)`` spoils
that share of the letters: half of the slips leave a letter out, double it or
swap it with the next, half put a neighbour on the keyboard in its place.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

from index.text import strip_marks

Variant = Callable[[str, int], str]

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEXT = {
    key: row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    for row in _KEYBOARD
    for at, key in enumerate(row)
}
_POLITE = (
    ("dạ cho em hỏi chút ạ, ", " ạ, em cảm ơn nhiều"),
    ("anh chị ơi cho tôi hỏi với, ", ", mong được hướng dẫn giúp"),
    ("xin chào, ", " vậy ạ?"),
    ("ad ơi, ", " nhé, thanks ad"),
)


def unaccented(text: str, seed: int) -> str:
    """No diacritics."""
    return strip_marks(unicodedata.normalize("NFC", text))


def decomposed(text: str, seed: int) -> str:
    """Unicode NFD, as some phones and Macs send it."""
    return unicodedata.normalize("NFD", text)


def upper(text: str, seed: int) -> str:
    """Everything in capitals."""
    return text.upper()


def polite(text: str, seed: int) -> str:
    """Courtesy around the question."""
    before, after = _POLITE[seed % len(_POLITE)]
    return before + text.rstrip(" ?.!") + after


def typos(share: float) -> Variant:
    """A variant in which about ``share`` of the letters are slips."""

    def spoil(text: str, seed: int) -> str:
        rng = random.Random(f"{seed}:{text}")  # noqa: S311 - repeatable, no secret
        letters = list(text)
        for at, letter in enumerate(letters):
            if letter.isalpha() and rng.random() < share:
                letters[at] = _slip(letters, at, rng)
        return "".join(letters)

    return spoil


def _slip(letters: list[str], at: int, rng: random.Random) -> str:
    letter = letters[at]
    near = _NEXT.get(strip_marks(letter).lower(), "")
    kind = rng.randrange(6)
    if kind == 0:
        return ""
    if kind == 1:
        return letter * 2
    if kind == 2 and at + 1 < len(letters) and letters[at + 1].isalpha():
        letters[at], letters[at + 1] = letters[at + 1], letter
        return letters[at]
    return rng.choice(near) if near else letter


VARIANTS: dict[str, Variant] = {
    "unaccented": unaccented,
    "typos 5%": typos(0.05),
    "typos 10%": typos(0.10),
    "NFD": decomposed,
    "upper case": upper,
    "politeness": polite,
}
