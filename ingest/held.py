"""What a snapshot remembers of the ingest that made it, so that the next one can be a diff.

Beside the records lie two notes. ``layers.json``: the codes that came with the
software, and both records of a code that has two. ``rows.json``: which row of
the source became which record, so that an unchanged row is not parsed again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from index.procedure import Origin, Procedure
from index.snapshot import Snapshot, dump
from ingest.parse.rejected import Rejected

PARSER = "5"
"""Raised whenever the parsers change what they make of a row: then every row is parsed anew."""

Key = tuple[str, Origin]
Fate = Key | Rejected
"""What became of a row: the record that it gave, or why it gave none."""


@dataclass(frozen=True)
class Held:
    """The records of a snapshot, each as it was given, with the fate of each source row."""

    lines: dict[Key, str] = field(default_factory=dict)
    bundled: frozenset[str] = frozenset()
    rows: dict[str, Fate] = field(default_factory=dict)


def key_of(record: Procedure) -> Key:
    return record.code, record.source.kind


def load(line: str) -> Procedure:
    return Procedure.model_validate_json(line)


def row_digest(format: str, data: Mapping[str, Any]) -> str:
    """Identifies the content of a source row, wherever it stands."""
    text = json.dumps([format, data], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def recall(snapshot: Snapshot | None) -> Held:
    """What ``snapshot`` remembers; nothing for none."""
    if snapshot is None:
        return Held()
    layers = json.loads(snapshot.note("layers.json") or '{"bundled": [], "under": []}')
    under = {key_of(load(line)): line for line in layers["under"]}
    several = {code for code, _ in under}
    single = {
        (code, snapshot.kind(code)): str(snapshot.line(code))
        for code in snapshot.codes
        if code not in several
    }
    return Held(single | under, frozenset(layers["bundled"]), _rows(snapshot.note("rows.json")))


def _rows(note: str | None) -> dict[str, Fate]:
    memory = json.loads(note or "{}")
    if memory.get("parser") != PARSER:
        return {}
    return {digest: _fate(fate) for digest, fate in memory["rows"].items()}


def _fate(raw: Any) -> Fate:
    return Rejected(**raw) if isinstance(raw, dict) else (raw[0], raw[1])


def notes(
    layers: Iterable[tuple[Procedure, Procedure]], bundled: Iterable[str], rows: Mapping[str, Fate]
) -> dict[str, str]:
    """The notes to leave in the next snapshot. ``layers``: the pairs of records of one code."""
    under = [dump(record) for pair in layers for record in pair]
    fates = {d: vars(f) if isinstance(f, Rejected) else list(f) for d, f in rows.items()}
    return {
        "layers.json": json.dumps({"bundled": sorted(bundled), "under": under}, ensure_ascii=False),
        "rows.json": json.dumps({"parser": PARSER, "rows": fates}, ensure_ascii=False),
    }
