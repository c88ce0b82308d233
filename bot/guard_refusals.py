"""What the assistant does not do: orders, secrets, other people's data, fakes, abuse.

A message is data. Orders to the machine are cut out of it and never followed; if a real
question is left, that is answered. Words of abuse are cut out in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.guard_text import heard, without_markup
from bot.guard_words import words

Refusal = Literal["fraud", "others", "secrets", "orders", "abuse"]

_FRAMES = re.compile(
    r"<\|[^|<>\n]{0,40}\|>"
    r"|<\s*(?P<tag>system|assistant|instructions?|admin|developer|prompt|rules?)\b[^>]{0,200}>"
    r".*?(?:</\s*(?P=tag)\s*>|\Z)"
    r"|\[/?(?:inst|sys|system|admin|assistant|hệ thống)\][^\n\[]*"
    r"|\{[^{}]*[\"']role[\"']\s*:[^{}]*\}"
    r"|#{2,}\s*(?:record|system|instruction|assistant|response|hồ sơ|bản ghi|hướng dẫn|lệnh)[^#]*#*"
    r"|\b(?:assistant|system|developer|chatbot)\s*:.*?(?=\b(?:user|human|người dùng)\s*:|\n|\Z)"
    r"|^\s*(?:hệ thống|he thong|trợ lý|tro ly|quản trị viên)\s*:[^\n]*"
    r"|\b(?:user|human|người dùng)\s*:"
    r"|(?-i:(?<![\w/+])(?=[a-z0-9+/]*[A-Z])(?=[A-Z0-9+/]*[a-z])(?=[A-Za-z+/]*\d)"
    r"[A-Za-z0-9+/]{24,}={0,2})"
    r"|`{3,}",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
"""Dress of conversations with models: roles, made-up records, encoded text."""

_ORDERS = words("orders")
_SECRETS = words("secrets")
_OTHERS, _NOT_OTHERS = words("others"), words("others_doubts")
_FRAUD, _NOT_FRAUD = words("fraud"), words("fraud_doubts")
_ABUSE = words("abuse")
_PROCEDURE = words("procedure")


@dataclass(frozen=True)
class Sifted:
    """``text``: what is left to answer, if ``refused`` is None."""

    text: str
    refused: Refusal | None = None


def sifted(text: str) -> Sifted:
    """The question in a message, or why there is none that may be answered."""
    framed = _FRAMES.sub(" ", text)
    flat = " ".join(without_markup(framed).split())
    said = heard(flat)
    if _FRAUD.search(said) and not _NOT_FRAUD.search(said):
        return Sifted("", "fraud")
    if _OTHERS.search(said) and not _NOT_OTHERS.search(said):
        return Sifted("", "others")
    rest, secrets = _SECRETS.subn(" ", flat)
    rest, orders = _ORDERS.subn(" ", rest)
    if (secrets or orders or framed != text) and not asks(rest):
        return Sifted("", "secrets" if secrets else "orders")
    if _ABUSE.search(said):
        rest = _ABUSE.sub(" ", rest)
        return Sifted(rest) if asks(rest) else Sifted("", "abuse")
    return Sifted(rest)


def asks(text: str) -> bool:
    """Whether anything in the text speaks of papers or procedures."""
    return bool(_PROCEDURE.search(heard(text)))
