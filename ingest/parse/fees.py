"""Reads a fee cell together with everything beside it, and trusts neither alone.

The cell may say free where its note names a sum, lose three zeros, or name
another sum than its note. In all these cases no amount is given: the words are
kept and every reading goes into a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.procedure import Fee
from ingest.parse.money import Money, amounts, broken, names
from ingest.parse.payment import FEE_WORD, PAID, about_fee, asked_payment, priced
from ingest.parse.prose import stated
from ingest.parse.ways import FeeCell, WayRow

_LONGEST_READING = 220
_SMALLEST = 1_000
"""No Vietnamese fee is below this many đồng: the cell has lost its zeros."""

_FREE = re.compile(
    r"miễn (?:\w+ )?(?:phí|lệ phí)|(?<![\d.,])0 (?:việt nam )?(?:đồng|vnđ)|"
    r"^(?:(?:lệ )?phí\s*:\s*)?không(?: đồng)?$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:lệ )?phí\s*:\s*", re.IGNORECASE)
_NO_FEE = re.compile(
    r"\W*(?:[^:;.]{0,160}:\s*)?(?:chưa quy định|không quy định|không có|không|"
    r"không được quy định tại biểu phí[^;.]*|"
    r"không (?:phải )?(?:thu|nộp)(?: (?:phí|lệ phí))*|"
    r"không thu (?:phí|lệ phí)(?!.*\b(?:trường hợp|người|hộ|trẻ|đối tượng|nếu|trừ|khi)\b)"
    r"[^:;.]{1,200}|"
    r"(?:được )?miễn (?:thu )?(?:phí|lệ phí)(?:,? (?:và )?lệ phí)?|"
    r"(?:phí|lệ phí|phí, lệ phí)\s*:?\s*(?:không(?: có| thu)?|chưa quy định|miễn phí|0(?: đồng)?))"
    r"(?:\s*\((?:theo )?thông tư[^()]*\))?\W*",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"[;\n]|\.\s+(?=[-+*(]|[A-ZĐ])|\s+(?=[-+*]\s)")
_HINT = re.compile(
    r"phí|giá|thu\b|thông tư|nghị (?:định|quyết)|luật|quy định|hội đồng|hđnd|ủy ban|ubnd|usd|"
    r"\d{3}|%|tiền|thanh toán",
    re.IGNORECASE,
)
_HOW_TO_FILE = re.compile(r"\W*(?:cách thức|thời hạn|nộp hồ sơ|gửi|hồ sơ)\b", re.IGNORECASE)
_DATED = re.compile(
    r"đến (?:hết )?(?:ngày )?\d{1,2}\s?(?:[/-]\d|tháng \d)|64/2025/TT-BTC", re.IGNORECASE
)
_SHARE = re.compile(r"\d\s*%")
_CASE = re.compile(r"\W*(?:riêng )?(?:trường hợp|đối với)\b", re.IGNORECASE)
_CHANGES = "Lời kèm theo nói mức thu thay đổi theo thời hạn hoặc theo tỷ lệ."
_TWO_SUMS = "Ô lệ phí và lời kèm theo ghi hai mức khác nhau."
_PROVINCE = re.compile(
    r"(?:hội đồng nhân dân|hđnd|ủy ban nhân dân|ubnd)[^.;]{0,60}(?:quyết định|quy định)|"
    r"(?:quyết định|quy định) của (?:hội đồng nhân dân|hđnd|ủy ban nhân dân|ubnd)",
    re.IGNORECASE,
)
_DENIES = re.compile(r"^\W*(?:không được quy định|không thu|miễn (?:lệ )?phí\W*$)", re.I)
_PER = re.compile(r"\s*/\s*(?:0?1\s+)?([^\W\d_][^/().,;:\n]{0,40})")
_LEADING_PER = re.compile(r"[\s(]*(?:đồng|vnđ|đ)?\s*/\s*(?:0?1\s+)?([^\W\d_][^/().,;:\n]{0,40})")


@dataclass(frozen=True)
class FeeReading:
    """The fees of one row, and the doubt about them: its readings and its reason."""

    fees: tuple[Fee, ...] = ()
    readings: tuple[str, ...] = ()
    why: str = ""


def read_fees(row: WayRow, steps: str = "", conditions: str = "") -> FeeReading:
    """Read a row's fees against their notes, the row's description, steps and conditions."""
    text = f"{row.text}\n{steps}"
    read = [_read(cell, text, conditions) for cell in row.fees]
    readings = dict.fromkeys(reading for fee in read for reading in fee.readings)
    whys = dict.fromkeys(fee.why for fee in read if fee.why)
    return FeeReading(tuple(f for fee in read for f in fee.fees), tuple(readings), " ".join(whys))


def _read(cell: FeeCell, text: str, conditions: str) -> FeeReading:
    printed, said = stated(cell.text), stated(cell.note)
    if printed is None:
        return FeeReading((Fee(note=said),) if said else ())
    money = amounts(printed)
    if len(money) == 1 and money[0].value and _LABEL.sub("", printed) == money[0].print:
        return _amount(money[0], printed, said, cell.run_in, text)
    if _FREE.search(printed) and not any(m.value for m in money):
        return _free(printed, said, asked_payment(text, conditions))
    return FeeReading((Fee(text=printed, note=said),))


def _free(printed: str, said: str | None, asked: str | None) -> FeeReading:
    noted = said if said and not _assents(said) else None
    against = noted or asked
    if against is None:
        return FeeReading((Fee(free=True, text=printed, note=said),))
    return FeeReading(
        (Fee(text=printed, note=said or against),),
        (printed, _gist(noted) if noted else _around_fee(against)),
        "Ô lệ phí ghi miễn phí, nhưng chỗ khác trong hồ sơ lại nói đến việc thu.",
    )


def _gist(said: str) -> str:
    """The first clause of a long note that speaks of money; the fee keeps the whole note."""
    if len(said) <= _LONGEST_READING:
        return said
    clauses = [clause.strip(" -+*") for clause in _CLAUSES.split(said) if _HINT.search(clause)]
    gist = clauses[0] if clauses else said
    return _cut(gist)


def _around_fee(sentence: str) -> str:
    """A sentence of the steps; of a long one, the part that speaks of the fee."""
    return _around(sentence, PAID.search(sentence) or FEE_WORD.search(sentence))


def _around_change(sentence: str) -> str:
    """A sentence that changes the fee; of a long one, the part with the share or the date."""
    return _around(sentence, _SHARE.search(sentence) or _DATED.search(sentence))


def _around(sentence: str, found: re.Match[str] | None) -> str:
    if not found or found.end() <= _LONGEST_READING:
        return _cut(sentence)
    begin = max(sentence.rfind(mark, 0, found.start()) for mark in ",;:") + 1
    return f"…{_cut(sentence[begin:].strip())}"


def _cut(words: str) -> str:
    if len(words) <= _LONGEST_READING:
        return words
    return f"{words[:_LONGEST_READING].rsplit(' ', 1)[0]}…"


def _assents(said: str) -> bool:
    """Whether the note beside the word free says the same, or nothing about money."""
    clauses = [clause for clause in _CLAUSES.split(said) if stated(clause)]
    off_topic = _HOW_TO_FILE.match(said) and not _HINT.search(said)
    return bool(off_topic) or all(_NO_FEE.fullmatch(clause) for clause in clauses)


def _amount(money: Money, printed: str, said: str | None, run_in: bool, text: str) -> FeeReading:
    words = said or ""
    others = [m for m in amounts(words) if m.value]
    elsewhere = priced(text)
    why = _why_not(money, words, others, run_in)
    if not why and elsewhere and not names(elsewhere, money.value):
        why = _TWO_SUMS
    changing = [s for s in about_fee(text) if _changes(s)]
    if not why and changing:
        why = _CHANGES
    if why:
        others += [m for m in amounts(elsewhere) if m.value]
        prints = [*(m.print for m in others), *broken(words)]
        lone = [_gist(said)] if said and not prints else []
        cuts = [] if amounts(elsewhere) else map(_around_change, changing[:1])
        readings = tuple(dict.fromkeys([printed, *prints, *lone, *cuts]))
        return FeeReading((Fee(text=printed, note=said),), readings, why)
    per = _per(money, words, others)
    fee = Fee(amount=money.value, unit=money.unit, per=per, note=said, text=printed)
    return FeeReading((fee,))


def _why_not(money: Money, words: str, others: list[Money], run_in: bool) -> str:
    """Why an amount can't be trusted; empty where nothing speaks against it."""
    same = names(words, money.value) or sum(m.value for m in others) == money.value
    if money.unit == "đồng" and money.value < _SMALLEST:
        return "Ô lệ phí mất số: mức ghi nhỏ hơn 1.000 đồng."
    if run_in and not same:
        return "Ô thời gian và ô lệ phí dính liền nhau trên Cổng."
    if others and not (same and any(m.unit == money.unit for m in others)):
        return _TWO_SUMS
    if broken(words) and not same:
        return _TWO_SUMS
    if _changes(words):
        return _CHANGES
    if _PROVINCE.search(words):
        return "Ô lệ phí ghi mức thu, lời kèm theo lại nói địa phương quyết định mức thu."
    if _DENIES.search(words):
        return "Ô lệ phí ghi mức thu, lời kèm theo lại nói không thu."
    return ""


def _changes(words: str) -> bool:
    """Whether a fee is cut for a time or by a share; a share for one case leaves the others."""
    shares = (clause for clause in _CLAUSES.split(words) if _SHARE.search(clause))
    return bool(_DATED.search(words)) or not all(map(_CASE.match, shares))


def _per(money: Money, words: str, others: list[Money]) -> str | None:
    """What the amount is for: ``70.000 đồng/giấy`` → ``giấy``."""
    if found := _LEADING_PER.match(words):
        return stated(found.group(1))
    for other in others:
        if other.value == money.value and (found := _PER.match(words, other.end)):
            return stated(found.group(1))
    return None
