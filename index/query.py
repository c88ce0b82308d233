"""What of a question speaks of the procedure, and what only of courtesy or of the aspect asked.

"Cho em hỏi làm giấy khai sinh hết bao nhiêu tiền vậy ạ" looks for "làm giấy
khai sinh": the rest stands in no record and would only thin the match.
"""

from __future__ import annotations

import re

from index.text import fold, mostly_bare, strip_marks, syllables

_COURTESY = """
xin chào, chào, alo, ad, ạ, dạ, vâng, ơi, nhé, nhỉ, vậy, thế, vầy, à, ah, a lô, anh chị, cán bộ,
cho em hỏi, cho mình hỏi, cho tôi hỏi, cho con hỏi, cho cháu hỏi, cho hỏi, xin hỏi, em hỏi, hỏi,
tôi muốn, em muốn, mình muốn, muốn, em cần, tôi cần, mình cần, tôi, em, mình, bạn, giúp, với,
làm ơn, vui lòng, cảm ơn, hướng dẫn, bây giờ, giờ, thì, là, được không, được ko, đc ko, không ạ,
đc không, phải làm sao, làm sao, làm thế nào, như thế nào, thế nào, ra sao, sao, có phải, ko, k,
thủ tục, còn, nữa, cái này, thủ tục này, giấy này, việc này, này, cái đó, cái kia,
luôn, hả, hở, dạ thưa
"""
_ASPECT = """
cần giấy tờ gì, cần những giấy tờ gì, giấy tờ gì, những giấy tờ gì, cần những giấy gì,
những giấy gì, cần những gì, cần gì, cần mang theo gì, mang theo gì, mang theo những gì,
hồ sơ gồm những gì, cấp nào giải quyết, cấp nào, xã hay tỉnh giải quyết, xã hay tỉnh,
tỉnh hay xã giải quyết, tỉnh hay xã, ai giải quyết, các bước, quy trình, trình tự, căn cứ pháp lý,
trực tuyến, có được nộp trực tuyến không, nộp trực tuyến được không, nộp online được không,
mẫu đơn, mẫu tờ khai, điều kiện, kết quả là gì,
hồ sơ cần gì, hồ sơ gồm gì, gồm những gì, hồ sơ, bao nhiêu tiền, hết bao nhiêu, mất bao nhiêu,
tốn bao nhiêu, bao nhiêu, lệ phí, phí, mất bao lâu, bao lâu, mấy ngày có, mấy ngày, mấy bản,
khi nào có, khi nào, nộp ở đâu, làm ở đâu, ở đâu, đi đâu, đến đâu, chỗ nào, nộp,
tiền, tốn phí, có tốn, thời gian giải quyết, thời gian, thời hạn
"""


def _phrases(text: str) -> list[str]:
    phrases = [fold(p) for p in text.replace("\n", " ").split(",")]
    return sorted(filter(None, phrases), key=len, reverse=True)


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)")


_WEAK_WORDS = """
có được xong lấy nhận phải cần làm đi những gì bao nhiêu và hay cho việc giấy đó nó rồi mà
co duoc lay nhan phai can lam di nhung gi bao nhieu va roi viec giay do no ma
"""
_WEAK = frozenset(_WEAK_WORDS.split())
"""Words that speak of no matter when nothing else is left beside them."""

_ALL = _phrases(_COURTESY + "," + _ASPECT)
_SPOKEN = _pattern(_ALL)
_BARE = _pattern(sorted({strip_marks(p) for p in _ALL if " " in p}, key=len, reverse=True))


def matter(question: str) -> str:
    """The part of ``question`` that names or describes the matter; maybe nothing."""
    kept = _SPOKEN.sub(" ", fold(question))
    if mostly_bare(kept):
        kept = _BARE.sub(" ", kept)
    left = syllables(kept)
    return "" if _WEAK.issuperset(left) else " ".join(kept.split()).strip(" .,;:?!")


def content(question: str) -> str:
    """The ``matter``, or all of the question when it has none."""
    return matter(question) or fold(question)
