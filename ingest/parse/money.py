"""Amounts of money as Vietnamese offices write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = {
    "việt nam đồng": "đồng",
    "đồng": "đồng",
    "vnđ": "đồng",
    "vnd": "đồng",
    "đ": "đồng",
    "usd": "USD",
}
_TIMES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000}
_AMOUNT = re.compile(
    r"(?<![\d.,/])(?P<number>\d{1,3}(?:[.,]\s?\d{3})+(?![\d])|\d+(?:[.,]\d{1,2})?)\s*"
    r"(?:(?P<times>nghìn|ngàn|triệu)\s*)?"
    r"(?P<unit>việt nam đồng|đồng|vnđ|vnd|usd|đ)(?![^\W\d_])",
    re.IGNORECASE,
)

_GROUPED = re.compile(r"(?<![\d.,/])\d{1,3}(?:[.,]\d{3})+(?!\d)")
_BROKEN = re.compile(
    r"(?<![\d.,/])(?:0[.,]000|\d{1,3}(?:[.,]\d{3})*[.,]\d{4,})\s*(?:vnđ|vnd|đồng|đ)(?![^\W\d_])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Money:
    """A value with its unit; ``print`` is how the text wrote it, ``end`` where it stopped."""

    value: int | float
    unit: str
    print: str
    end: int


def amounts(text: str) -> tuple[Money, ...]:
    """Every amount with a currency that a text states."""
    return tuple(_money(found) for found in _AMOUNT.finditer(text))


def _money(found: re.Match[str]) -> Money:
    number = re.sub(r"\s", "", found["number"])
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number):
        value: float = int(re.sub(r"[.,]", "", number))
    else:
        value = float(number.replace(",", "."))
    value *= _TIMES.get((found["times"] or "").lower(), 1)
    whole = int(value) if value == int(value) else value
    return Money(whole, _UNITS[found["unit"].lower()], found.group(), found.end())


def broken(text: str) -> tuple[str, ...]:
    """Sums that lost or won a digit: ``15.000.0000 đồng``, ``0.000đ``."""
    return tuple(_BROKEN.findall(text))


def names(text: str, value: int | float) -> bool:
    """Whether a text prints a value, with or without its currency."""
    bare = (re.sub(r"[.,]", "", number) for number in _GROUPED.findall(text))
    return any(money.value == value for money in amounts(text)) or str(value) in bare
