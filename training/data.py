"""What the encoder learns from: the portal's records, the curated ones and our phrases.

The labelled questions of ``evaluation/`` take no part: tune sets the weights of
the ranking, check only measures.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import underthesea

from index.groups import base_name
from index.passages import Entry, entries
from index.procedure import Procedure
from index.text import clean
from ingest.gather import gather
from ingest.held import Held, load
from ingest.phrases import read_phrases
from ingest.portal_text import CRAWL, WORD_EXPORT
from ingest.read import read_curated
from training.tune import Matter

SENTENCES, WORDS = 26000, 9000
_END = re.compile(r"(?<=[.;:!?])\s+|\n+")


def records_of(corpus: Path) -> list[Procedure]:
    """Every record of the portal's copy, and the curated ones in place of theirs."""
    files = [corpus / CRAWL, corpus / WORD_EXPORT]
    lines = gather(files, Held(), lambda *_: None).lines
    portal = {code: load(line) for (code, _), line in lines.items()}
    return list((portal | {record.code: record for record in read_curated()}).values())


def matters_of(
    records: Iterable[Procedure], phrases: Mapping[str, list[Entry]] | None = None
) -> list[Matter]:
    """The procedures with what people say of them; those nobody says anything of ask by name."""
    said = read_phrases() if phrases is None else phrases
    found: list[Matter] = []
    for record in records:
        own = entries(record)
        spoken = [e.text for e in [*own, *said.get(record.code, [])] if e.kind != "name"]
        texts = tuple(dict.fromkeys([own[0].text, clean(record.name), *spoken]))
        asked = tuple(dict.fromkeys(e for e in spoken if len(e.split()) < 40)) or texts[1:]
        found.append(Matter(record.code, texts, asked, base_name(record.name)))
    return found


def plain_texts(records: Iterable[Procedure], seed: int = 1) -> list[str]:
    """Names, fields, sentences and dictionary words for the student to repeat after the teacher."""
    rng = random.Random(seed)  # noqa: S311 - a repeatable run, no secret
    kept = list(records)
    heads = {clean(text) for r in kept for text in (r.name, r.field or r.name)}
    sentences = sorted({s for r in kept for s in sentences_of(r) if 4 <= len(s.split()) <= 40})
    words = sorted({w for w in dictionary() if 2 <= len(w.split()) <= 5})
    return [
        *sorted(heads),
        *rng.sample(sentences, min(SENTENCES, len(sentences))),
        *rng.sample(words, min(WORDS, len(words))),
    ]


def sentences_of(record: Procedure) -> Iterator[str]:
    """The sentences of a record's sections."""
    parts = [
        *record.steps,
        *record.conditions,
        *record.results,
        *(d.name for d in record.documents),
    ]
    for part in parts:
        yield from (clean(s).strip("-+* ;,.") for s in _END.split(part))


def dictionary() -> Iterator[str]:
    """The words of the dictionary that underthesea ships."""
    path = Path(underthesea.__file__).parent / "corpus" / "data" / "Viet74K.txt"
    yield from (
        clean(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()
    )
