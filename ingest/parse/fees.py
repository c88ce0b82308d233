"""Reads a fee cell together with everything beside it, and trusts neither alone.

The cell may say free where its note names a sum, lose three zeros, or name
another sum than its note. In all these cases no amount is given: the words are
kept and every reading goes into a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.procedure import Fee
from ingest.parse.money import Money, amounts
from ingest.parse.prose import stated

_SMALLEST = 1_000
"""No Vietnamese fee is below this many đồng: the cell has lost its zeros."""

_FREE = re.compile(r"miễn (?:\w+ )?(?:phí|lệ phí)|miễn phí|0 (?:việt nam )?đồng|0 vnđ", re.I)
_NO_FEE = re.compile(
    r"\W*(?:chưa quy định|không quy định|không có|không thu(?: (?:phí|lệ phí))?|không|"
    r"(?:được )?miễn (?:thu )?(?:phí|lệ phí)(?:,? (?:và )?lệ phí)?|"
    r"(?:phí|lệ phí|phí, lệ phí)\s*:?\s*(?:không(?: có| thu)?|chưa quy định|miễn phí|0(?: đồng)?))"
    r"\W*",
    re.IGNORECASE,
)
_RULE_IN_TEXT = re.compile(
    r"(?:phí|giá dịch vụ)\b[^.;\n]{0,160}(?:hội đồng nhân dân|hđnd|ủy ban nhân dân)|"
    r"(?:hội đồng nhân dân|hđnd)[^.;\n]{0,80}(?:phí|lệ phí)|"
    r"mức (?:thu )?(?:phí|lệ phí)",
    re.IGNORECASE,
)
_FEE_WORD = re.compile(r"\b(?:phí|lệ phí|giá dịch vụ|mức thu)\b", re.IGNORECASE)
_PER = re.compile(r"\s*/\s*(?:0?1\s+)?([^\W\d_][^/().,;:\n]{0,40})")
_LEADING_PER = re.compile(r"[\s(]*/\s*(?:0?1\s+)?([^\W\d_][^/().,;:\n]{0,40})")


@dataclass(frozen=True)
class FeeReading:
    """The fees of one row, and the doubt about them: its readings and its reason."""

    fees: tuple[Fee, ...] = ()
    readings: tuple[str, ...] = ()
    why: str = ""


def read_fee(cell: str, note: str = "", text: str = "", run_in: bool = False) -> FeeReading:
    """Read a fee ``cell`` against the ``note`` in its parentheses and the row's ``text``."""
    printed, said = stated(cell), stated(note)
    if printed is None:
        return FeeReading((Fee(note=said),) if said else ())
    money = amounts(printed)
    if len(money) == 1 and money[0].value:
        return _amount(money[0], printed, said, text, run_in)
    if money or _FREE.search(printed):
        return _free(printed, said, text)
    return FeeReading((Fee(text=printed, note=said),))


def _free(printed: str, said: str | None, text: str) -> FeeReading:
    against = _against_free(said, text)
    if against is None:
        return FeeReading((Fee(free=True, text=printed, note=said),))
    return FeeReading(
        (Fee(text=printed, note=said or against),),
        (printed, against),
        "Ô lệ phí ghi miễn phí, nhưng lời kèm theo lại nói đến mức thu.",
    )


def _against_free(said: str | None, text: str) -> str | None:
    """What speaks against the word free: any note but an assent, or a fee in the text."""
    if said and not _NO_FEE.fullmatch(said):
        return said
    for sentence in re.split(r"(?<=[.;])\s+|\n", text):
        priced = any(money.value for money in amounts(sentence)) and _FEE_WORD.search(sentence)
        if priced or _RULE_IN_TEXT.search(sentence):
            return stated(sentence)
    return None


def _amount(money: Money, printed: str, said: str | None, text: str, run_in: bool) -> FeeReading:
    words = said or ""
    others = [m for m in amounts(words) if m.value]
    readings = tuple(dict.fromkeys([printed, *(m.print for m in others)]))
    fee = Fee(text=printed, note=said)
    if run_in:
        return FeeReading((fee,), readings, "Ô thời gian và ô lệ phí dính liền nhau trên Cổng.")
    if money.unit == "đồng" and money.value < _SMALLEST:
        return FeeReading((fee,), readings, "Ô lệ phí mất số: mức ghi nhỏ hơn 1.000 đồng.")
    if others and not any((m.value, m.unit) == (money.value, money.unit) for m in others):
        return FeeReading((fee,), readings, "Ô lệ phí và lời kèm theo ghi hai mức khác nhau.")
    per = _per(money, words, others)
    return FeeReading(
        (Fee(amount=money.value, unit=money.unit, per=per, note=said, text=printed),)
    )


def _per(money: Money, words: str, others: list[Money]) -> str | None:
    """What the amount is for: ``70.000 đồng/giấy`` → ``giấy``."""
    if found := _LEADING_PER.match(words):
        return stated(found.group(1))
    for other in others:
        if other.value == money.value and (found := _PER.match(words, other.end)):
            return stated(found.group(1))
    return None
