"""Personal data found in chat text and put out of sight.

What identifies a person (numbers of identity, telephone, account, addresses …) becomes
a token that says what stood there. Amounts, dates, codes and legal numbers stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.guard_text import aligned
from bot.mask_rules import BIRTH, NAME, RULES, STREET_BY_NAME, TOKENS, Kind, Rule

_TOKEN = r"\[(?:" + "|".join(token.strip("[]") for token in TOKENS.values()) + r")\]"
_ANY_TOKEN = re.compile(_TOKEN)
_REACHED_BY = re.compile(
    r"(?:\bcó (?:gì|chi) )?\b(?:gọi|liên hệ|lh|nhắn|sđt|sdt|số (?:đt|dt|điện thoại)|điện thoại|đt"
    r"|zalo|e-?mail|gmail|thư điện tử)\b"
    r"(?: (?:cho|em|tôi|mình|chị|anh|qua|theo|của|số|là|cháu|con))*"
    r"[ :]*\[(?:số điện thoại|thư điện tử)\](?: (?:nha|nhé|ạ)\b)?",
    re.IGNORECASE,
)
"""«gọi em số [số điện thoại] nha»: nothing of it is asked."""

_IDENTIFIED_BY = re.compile(
    r"(?:\bsố )?\b(?:cccd|căn cước(?: công dân)?|can cuoc|cmnd|cmt|chứng minh(?: nhân dân| thư)?"
    r"|bhxh|biển số)(?: (?:cũ|của|em|tôi|mình|con|cháu|toi|minh|số))* ?(?:là|la|:) ?"
    r"\[(?:số (?:căn cước|chứng minh nhân dân|bảo hiểm)|biển số xe)\]",
    re.IGNORECASE,
)
_SAID_OF = re.compile(
    r"(?:\b(?:số nhà|nhà số|so nha|địa chỉ(?: là)?|dia chi"
    r"|(?:(?:tôi|em|toi) )?(?:tên|ten)(?: là| la)?"
    rf"|sinh ngày|ngày sinh|sinh ngay|số|so|ở|tại)[ :]{{1,2}})?{_TOKEN}",
    re.IGNORECASE,
)
"""A token with the words that only lead up to it."""

_ABOUT_THE_CARD = re.compile(r"\b(?:mat|roi|hong|het han|lam lai|cap lai|cap doi|doi|gay|sai|cu)\b")
"""Words by which the card itself may be the matter, and its name must stay."""


@dataclass(frozen=True)
class Masked:
    """``text`` with tokens where personal data stood; ``kinds`` of it, each once, in order."""

    text: str
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    kind: Kind

    def meets(self, other: _Span) -> bool:
        return self.start < other.end and other.start < self.end


def masked(text: str) -> Masked:
    """The text without personal data. Tokens that already stand in it stay as they are."""
    plain = aligned(text)
    spans: list[_Span] = []
    for rule in RULES:
        spans += _unmet(_found(rule, plain), spans)
    spans += _unmet(_streets(text, plain), spans)
    spans += _unmet(_who(plain, known=bool(spans)), spans)
    spans.sort(key=lambda span: span.start)
    return Masked(_replaced(text, spans), tuple(dict.fromkeys(span.kind for span in spans)))


def without_tokens(text: str) -> str:
    """The rest of a masked text, as a question to search with: tokens and their lead-in go."""
    rest = _REACHED_BY.sub(" ", text)
    if not _ABOUT_THE_CARD.search(aligned(_IDENTIFIED_BY.sub(" ", rest))):
        rest = _IDENTIFIED_BY.sub(" ", rest)
    rest = _SAID_OF.sub(" ", rest)
    return re.sub(r"\s+([,.;:?!])", r"\1", " ".join(rest.split())).strip(" ,;:")


def _found(rule: Rule, plain: str) -> Iterator[_Span]:
    """What a rule finds, less what one of the things it spares lays claim to."""
    spared = [s.span() for pattern in rule.spares for s in pattern.finditer(plain)]
    for match in rule.pattern.finditer(plain):
        start, end = match.span("x") if "x" in rule.pattern.groupindex else match.span()
        if not any(start < to and at < end for at, to in spared):
            yield _Span(start, end, rule.kind)


def _streets(text: str, plain: str) -> Iterator[_Span]:
    """«128/47B Lê Văn Vịnh»: a house number with a name in capitals behind it."""
    for match in STREET_BY_NAME.finditer(plain):
        start, end = match.span("street")
        words = text[start:end].split(" ")
        named = next((i for i, word in enumerate(words) if not word[:1].isupper()), len(words))
        if named >= 2:
            whole = match.end() if named == len(words) else start + len(" ".join(words[:named]))
            yield _Span(match.start("lane" if match["lane"] else "house"), whole, "address")


def _who(plain: str, known: bool) -> Iterator[_Span]:
    """A birth date, where a name or another personal number says whose; and that name."""
    births, names = list(BIRTH.finditer(plain)), list(NAME.finditer(plain))
    if births and (names or known):
        yield from (_Span(*match.span("x"), "birth") for match in births)
        yield from (_Span(*match.span("x"), "name") for match in names)


def _unmet(found: Iterator[_Span], taken: list[_Span]) -> list[_Span]:
    """Those that overlap none found before: the rules stand in the order of their certainty."""
    new: list[_Span] = []
    for span in found:
        if not any(span.meets(other) for other in [*taken, *new]):
            new.append(span)
    return new


def _replaced(text: str, spans: list[_Span]) -> str:
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], TOKENS[span.kind]]
        at = span.end
    return "".join([*parts, text[at:]])
