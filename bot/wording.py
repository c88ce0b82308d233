"""Fields put into Vietnamese words, one phrase a field, adding nothing to what a field says."""

from __future__ import annotations

import re

from index.passages import WAYS
from index.procedure import Document, Fee, LegalBasis, Level, Procedure, Time

LEVELS: dict[Level, str] = {
    "xa": "cấp xã (xã, phường, đặc khu)",
    "tinh": "cấp tỉnh",
    "bo": "cấp bộ",
}
_SHORT_LEVELS: dict[Level, str] = {"xa": "cấp xã", "tinh": "cấp tỉnh", "bo": "cấp bộ"}
KINDS = {"submit": "nộp", "present": "xuất trình", "lookup": "cơ quan tự tra cứu"}
ONLINE = {
    "full": "Nộp trực tuyến toàn trình được.",
    "partial": "Nộp trực tuyến được một phần.",
    "none": "Không nộp trực tuyến được.",
}
LONGEST = 300
_ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
_MARK = re.compile(rf"\(?(\d{{1,2}}|[{_ALPHABET}])[).](?!\d)")
_UNITS = {"working_day": "ngày làm việc", "day": "ngày", "hour": "giờ", "month": "tháng"}


def number(value: float) -> str:
    """``20000`` → ``20.000``; ``0.5`` → ``0,5``."""
    whole, _, part = f"{value:,.10f}".rstrip("0").rstrip(".").partition(".")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def time(given: Time | None) -> str | None:
    """How long, or None when the record does not say."""
    if given is None:
        return None
    said = given.text
    if given.value is not None and given.unit in _UNITS:
        said = f"{number(given.value)} {_UNITS[given.unit]}"
    elif given.value is not None:
        said = f"Cổng ghi “{number(given.value)}” nhưng không ghi rõ là ngày hay giờ"
    return _noted(said, given.note)


def fee(given: Fee) -> str | None:
    """How much, for what; a fee that is only described is quoted."""
    if given.free:
        said: str | None = "miễn phí"
    elif given.amount is not None:
        said = f"{number(given.amount)} {given.unit}" + (f"/{given.per}" if given.per else "")
    else:
        said = None if given.note else f"Cổng ghi “{given.text}”" if given.text else None
    return _noted(said, given.note)


def fees(given: tuple[Fee, ...]) -> str | None:
    """All fees of one way of filing, or None when the record does not say."""
    return "; ".join(said.rstrip(".") for f in given if (said := fee(f))) or None


def paper(document: Document, record: Procedure) -> str:
    """One line of the list: name (or the whole print), counts, how it is used, its note."""
    line = (document.text or document.name).rstrip(" .;:,")
    counted = copies(document)
    about = [counted, KINDS[document.kind] if document.kind != "submit" else None]
    inside = ", ".join(filter(None, about))
    line += f" ({inside})" if inside else ""
    others = [d.name for d in record.documents if d.id in document.instead]
    details = [
        f"Có thể thay bằng: {'; '.join(others)}" if others else None,
        f"Mẫu: {document.form.name}" if document.form else None,
        None if document.text else document.note,
    ]
    return ". ".join(d.rstrip(".") for d in (line, *details) if d) + "."


def in_order(documents: list[Document]) -> list[Document]:
    """By their own marks (``a)``, ``(2)``), where all bear one: the portal shuffles its rows."""
    marks = [_MARK.match(d.name) for d in documents]
    if not all(marks):
        return documents
    keys = [_rank(mark[1]) for mark in marks if mark]
    kinds = {key[0] for key in keys}
    if len(kinds) > 1 or len(set(keys)) < len(keys):
        return documents
    ranked = sorted(zip(keys, documents, strict=True), key=lambda pair: pair[0])
    return [document for _, document in ranked]


def _rank(mark: str) -> tuple[str, int]:
    return ("number", int(mark)) if mark.isdigit() else ("letter", _ALPHABET.index(mark))


def short(text: str) -> str:
    """At most LONGEST characters, cut at a word's end and marked as cut."""
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def copies(document: Document) -> str | None:
    """``1 bản chính, 2 bản sao``, or None when the record gives no number."""
    counts = ((document.original, "bản chính"), (document.copies, "bản sao"))
    return ", ".join(f"{n} {what}" for n, what in counts if n) or None


def condition(document: Document, record: Procedure) -> str:
    """Under which answers a paper is needed, in the record's own questions; empty if always."""
    questions = {q.id: q for q in record.questions}
    said = []
    for question, answers in document.when.items():
        labels = [f"**{questions[question].answers[a]}**" for a in answers]
        said.append(f"{questions[question].ask} Nếu {' hoặc '.join(labels)}")
    return "; ".join(said) + ":" if said else ""


def levels(given: tuple[Level, ...]) -> str:
    """``("tinh", "xa")`` → ``cấp tỉnh, cấp xã``."""
    return ", ".join(_SHORT_LEVELS[level] for level in given)


def law(basis: LegalBasis) -> str:
    return " – ".join(filter(None, (basis.number, basis.name)))


def ways(methods: tuple[str, ...]) -> str:
    """``("direct", "online")`` → ``Trực tiếp, trực tuyến``."""
    joined = ", ".join(dict.fromkeys(WAYS[w] for w in methods))
    return joined[:1] + joined[1:].lower()


def _noted(said: str | None, note: str | None) -> str | None:
    if said and note:
        return f"{said} ({note.rstrip('.')})"
    return said or note
