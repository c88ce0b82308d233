"""Tells papers from instructions among the rows of a table, and makes Documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.procedure import Document, Form
from ingest.parse.forms import split_form
from ingest.parse.judge import is_paper
from ingest.parse.nouns import is_conditional
from ingest.parse.papers import Row
from ingest.parse.prose import stated, without_bullet
from ingest.parse.shown import kind

_LONG = 160
_SHORTEST = 25
_GENERIC_CASE = re.compile(
    r"\W*(?:[a-zđ\d]{1,3}[).]\s*)?(?:thành phần hồ sơ|hồ sơ(?: bao)? gồm|(?:các )?giấy tờ "
    r"(?:phải|cần) (?:nộp|xuất trình)|thành phần hồ sơ(?: bao)? gồm|hồ sơ)?\W*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]|[)\]”])\.\s+|;\s*|:\s+")


@dataclass(frozen=True)
class Papers:
    """What a table of papers says: the papers themselves and the rules about them."""

    documents: tuple[Document, ...]
    notes: tuple[str, ...]


def sort_rows(rows: Iterable[Row], after: str = "") -> Papers:
    """Papers in the source's order with ids ``p1``, ``p2`` …; instructions become notes.

    ``after`` is what the source says below the table.
    """
    documents: list[Document] = []
    notes: list[str | None] = []
    for row in rows:
        notes.append(_long_caption(row.caption))
        if is_paper(row):
            documents.append(_document(row, f"p{len(documents) + 1}"))
        else:
            notes.append(stated(without_bullet(row.text)))
    notes.append(stated(without_bullet(after)))
    return Papers(tuple(documents), tuple(dict.fromkeys(note for note in notes if note)))


def _document(row: Row, name: str) -> Document:
    words, form = split_form(row.text)
    text = without_bullet(words)
    title, rest = _title(text)
    return Document(
        id=name,
        name=title.rstrip(" .,;:") or title,
        kind=kind(row),
        original=row.original,
        copy=row.copies,
        note=rest,
        form=_form(row.file or form),
        case=_case(row.caption),
        text=text if rest or title != text else None,
    )


def _form(file: str) -> Form | None:
    name = stated(file)
    return Form(name=name) if name else None


def _title(text: str) -> tuple[str, str | None]:
    """A long row is cut after its first clause; the rest becomes the note.

    A row that begins with a condition names its paper after the colon.
    """
    if len(text) <= _LONG:
        return text, None
    conditional = is_conditional(text)
    for end in _SENTENCE_END.finditer(text, _SHORTEST):
        whole = text.count("(", 0, end.start()) <= text.count(")", 0, end.start())
        if whole and not (conditional and end.group().startswith(":")):
            return text[: end.start() + 1].strip(), without_bullet(text[end.end() :]) or None
    return text, None


def _case(caption: str) -> str | None:
    cleaned = without_bullet(caption)
    title = _title(cleaned)[0]
    return None if _GENERIC_CASE.fullmatch(cleaned) else title.rstrip(":;").strip() or None


def _long_caption(caption: str) -> str | None:
    """A caption that says more than a title is kept whole among the notes."""
    cleaned = without_bullet(caption)
    return cleaned if _title(cleaned)[1] else None
