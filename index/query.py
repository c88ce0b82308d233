"""What of a question speaks of the procedure, and what only of courtesy or of the aspect asked.

"Cho em hỏi làm giấy khai sinh hết bao nhiêu tiền vậy ạ" looks for "làm giấy
khai sinh": the rest stands in no record and would only thin the match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.text import fold, mostly_bare, strip_marks

_POINTS = " .,;:?!"
_PHRASES = """
xin chào, a lô, anh chị, cán bộ, dạ thưa, cho em hỏi, cho mình hỏi, cho tôi hỏi, cho con hỏi,
cho cháu hỏi, cho hỏi, xin hỏi, em hỏi, tôi hỏi, tôi muốn hỏi, em muốn hỏi, tôi muốn, em muốn,
mình muốn, em cần, tôi cần, mình cần, làm ơn, vui lòng, cảm ơn, hướng dẫn giúp, hướng dẫn, bây giờ,
được không, được ko, đc ko, đc không, không ạ, phải làm sao, làm sao, làm thế nào, như thế nào,
thế nào, ra sao, có phải, thì sao, cái này, thủ tục này, giấy này, việc này, cái đó, cái kia,
thủ tục, giúp em, giúp tôi, giúp mình, giúp với,
cần giấy tờ gì, cần những giấy tờ gì, giấy tờ gì, những giấy tờ gì, cần những giấy gì,
những giấy gì, cần những gì, cần gì, cần mang theo gì, mang theo gì, mang theo những gì,
hồ sơ gồm những gì, hồ sơ cần gì, hồ sơ gồm gì, gồm những gì, hồ sơ,
cấp nào giải quyết, cấp nào, xã hay tỉnh giải quyết, xã hay tỉnh, tỉnh hay xã giải quyết,
tỉnh hay xã, ai giải quyết, các bước, quy trình, trình tự, căn cứ pháp lý,
trực tuyến, có được nộp trực tuyến không, nộp trực tuyến được không, nộp online được không,
mẫu đơn, mẫu tờ khai, điều kiện, kết quả là gì, bao nhiêu tiền, hết bao nhiêu, mất bao nhiêu,
tốn bao nhiêu, hết bao nhiêu tiền, mất bao nhiêu tiền, tốn bao nhiêu tiền, bao nhiêu, lệ phí,
mất bao lâu, bao lâu, mấy ngày có, mấy ngày, mấy bản, khi nào có, khi nào, nộp ở đâu, làm ở đâu,
xin ở đâu, ở đâu, đi đâu, đến đâu, chỗ nào, tốn phí, có tốn, thời gian giải quyết, thời gian,
thời hạn
"""
"""Two words and more: taken out wherever they stand."""

_FIRST = "ạ ad alo ah à chào dạ em giờ là mình muốn thì tôi vâng xin còn thế vậy"
_LAST = (
    "ạ ad à ah ơi nhé nhỉ vậy vầy thế thì là sao không ko k luôn hả hở nữa này nộp phí tiền hỏi"
    " với còn giúp"
)
"""Single words: off the ends only, since inside they belong to the matter (bản sao, trẻ em)."""

_BELONGS = frozenset({"bản sao", "ban sao", "thay thế", "án phí", "an phi", "thế chấp", "em bé"})
"""Pairs of which one word looks like courtesy and is not."""

_WEAK = frozenset(
    """
    có được xong lấy nhận phải cần làm đi những gì bao nhiêu và hay cho việc giấy đó nó rồi mà
    giải quyết kết quả nộp không còn thì sao nào ở tại qua trên bằng theo mẫu tải tờ thực hiện
    một lần
    co duoc lay nhan phai can lam di nhung gi bao nhieu va roi viec giay do no ma
    giai quyet ket qua nop khong con thi sao nao o tai tren bang mau to thuc hien mot lan
    """.split()
)
"""Words that speak of no matter when nothing else is left beside them."""


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(set(phrases), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


_ALL = [fold(phrase) for phrase in _PHRASES.split(",")]
_SPOKEN = _pattern(_ALL)
_BARE = _pattern(map(strip_marks, _ALL))
_ENDS = (frozenset(_FIRST.split()), frozenset(_LAST.split()))
_BARE_ENDS = (
    frozenset("a ad alo ah chao da em minh muon toi xin".split()),
    frozenset("a ad oi nhe nhi vay sao khong ko k luon nop phi tien".split()),
)
"""The same without marks, less those that are other words too (thẻ, thi, hội, hộ, con)."""


def matter(question: str) -> str:
    """The part of ``question`` that names or describes the matter; maybe nothing."""
    folded = fold(question)
    bare = mostly_bare(folded)
    kept = (_BARE if bare else _SPOKEN).sub(" ", folded)
    left = _trimmed(kept.split(), *(_BARE_ENDS if bare else _ENDS))
    said = {word.strip(_POINTS) for word in left} - {""}
    return "" if said <= _WEAK else " ".join(left).strip(_POINTS)


def _trimmed(words: list[str], first: frozenset[str], last: frozenset[str]) -> list[str]:
    """Without courtesy at either end."""
    words = [word for word in words if word.strip(_POINTS)]
    while words and words[0].strip(_POINTS) in first and not _belong(words[:2]):
        words = words[1:]
    while words and words[-1].strip(_POINTS) in last and not _belong(words[-2:]):
        words = words[:-1]
    return words


def _belong(pair: list[str]) -> bool:
    return " ".join(pair).strip(_POINTS) in _BELONGS


def content(question: str) -> str:
    """The ``matter``, or all of the question when it has none."""
    return matter(question) or fold(question)
