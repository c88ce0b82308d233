"""Cuts a record into what search sees: entries that find it, passages that answer from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.procedure import Document, Method, Procedure
from index.text import clean

MOST_SYLLABLES = 120
_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+|\n+")

EntryKind = Literal["name", "alias", "situation", "summary"]
Section = Literal[
    "summary", "documents", "methods", "steps", "conditions", "results", "notes", "legal_basis"
]
WAYS = {"direct": "Trực tiếp", "online": "Trực tuyến", "post": "Bưu chính"}


@dataclass(frozen=True)
class Entry:
    """One short text by which a procedure is found."""

    code: str
    kind: EntryKind
    text: str


@dataclass(frozen=True)
class Passage:
    """A piece of a record's own section; ``id`` is ``code/section/part`` and stays the same."""

    id: str
    code: str
    section: Section
    text: str


def entries(record: Procedure) -> list[Entry]:
    """The texts that find ``record``: its name with its field, aliases, situations, summary."""
    name = f"{record.name}. {record.field}" if record.field else record.name
    found = [Entry(record.code, "name", clean(name))]
    found += [Entry(record.code, "alias", clean(t)) for t in record.aliases]
    found += [Entry(record.code, "situation", clean(t)) for t in record.situations]
    if record.summary:
        found.append(Entry(record.code, "summary", clean(record.summary)))
    return found


def passages(record: Procedure) -> list[Passage]:
    """Every section of ``record`` in pieces of at most MOST_SYLLABLES syllables.

    A record that is nothing but a name gives that, so that each has a passage.
    """
    cut: list[Passage] = []
    for section, texts in _sections(record):
        pieces = [piece for text in texts for piece in _pieces(text)]
        cut += [
            Passage(f"{record.code}/{section}/{part}", record.code, section, piece)
            for part, piece in enumerate(pieces)
        ]
    alone = Passage(f"{record.code}/summary/0", record.code, "summary", clean(record.name))
    return cut or [alone]


def _sections(record: Procedure) -> Iterator[tuple[Section, list[str]]]:
    yield "summary", [record.summary] if record.summary else []
    yield "documents", [_document(d) for d in record.documents]
    yield "methods", [_method(m) for m in record.methods]
    yield "steps", list(record.steps)
    yield "conditions", list(record.conditions)
    yield "results", list(record.results)
    yield "notes", list(record.notes)
    yield "legal_basis", [" ".join(filter(None, (b.number, b.name))) for b in record.legal_basis]


def _document(paper: Document) -> str:
    return " ".join(filter(None, (paper.case, paper.name, paper.note)))


def _method(method: Method) -> str:
    time = method.time
    said = [WAYS[method.way], time and time.text, time and time.note, method.note]
    said += [text for fee in method.fees for text in (fee.text, fee.note)]
    return ". ".join(text for text in said if text)


def _pieces(text: str) -> Iterator[str]:
    """Whole sentences packed together up to the limit; a longer sentence is split by syllables."""
    packed: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        syllables = sentence.split()
        if packed and len(packed) + len(syllables) > MOST_SYLLABLES:
            yield clean(" ".join(packed))
            packed = []
        packed += syllables
        while len(packed) > MOST_SYLLABLES:
            yield clean(" ".join(packed[:MOST_SYLLABLES]))
            packed = packed[MOST_SYLLABLES:]
    if packed:
        yield clean(" ".join(packed))
