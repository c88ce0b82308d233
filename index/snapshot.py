"""A snapshot: every record with its search structures, built whole and opened read-only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import numpy as np

from index import store
from index.encoder import Encoder, Matrix
from index.groups import base_name, group_by_name
from index.json_files import read_lines, write_json, write_lines
from index.lexical import Lexical
from index.passages import Entry, Passage, entries, passages
from index.procedure import Level, Origin, Procedure
from index.text import RULES, stripped_terms, words
from index.vectors import Vectors

Progress = Callable[[str, int, int], None]
Phrases = Mapping[str, Sequence[Entry]]
BATCH = 32
RAREST_BIGRAM = 2


def dump(record: Procedure) -> str:
    """The JSON of a record as a snapshot keeps it: one line, defaults left out."""
    return record.model_dump_json(by_alias=True, exclude_defaults=True)


class Snapshot:
    """An opened snapshot folder; its parts are read when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = store.verify(folder)
        self._lines = (folder / "procedures.jsonl").read_text("utf-8").split("\n")
        self.names: dict[str, str] = json.loads((folder / "names.json").read_text("utf-8"))
        self.codes = list(self.names)
        self._row = {code: row for row, code in enumerate(self.codes)}

    def __contains__(self, code: object) -> bool:
        return code in self._row

    def kind(self, code: str) -> Origin:
        """Whether a record that the snapshot holds is curated; those come first."""
        return "curated" if self._row[code] < self.manifest.curated else "portal"

    def line(self, code: str) -> str | None:
        """The stored JSON of a record, or None."""
        row = self._row.get(code)
        return None if row is None else self._lines[row]

    def procedure(self, code: str) -> Procedure | None:
        """The typed record, or None."""
        line = self.line(code)
        return None if line is None else Procedure.model_validate_json(line)

    @cached_property
    def levels(self) -> dict[str, tuple[Level, ...]]:
        """The levels of each procedure, by code."""
        stored = json.loads((self.folder / "levels.json").read_text("utf-8"))
        return {code: tuple(found) for code, found in stored.items()}

    def siblings(self, code: str) -> list[Procedure]:
        """The same matter under other codes: as a rule, at other levels."""
        codes = self._groups.get(base_name(self.names.get(code, "")), [])
        found = (self.procedure(other) for other in codes if other != code)
        return [record for record in found if record]

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        return group_by_name(self.names)

    @cached_property
    def entries(self) -> list[Entry]:
        return [Entry(**raw) for raw in read_lines(self.folder / "entries.jsonl")]

    @cached_property
    def passage_codes(self) -> list[str]:
        """The code of each passage, in the order of ``passages`` but far quicker to read."""
        codes: list[str] = json.loads((self.folder / "passage_codes.json").read_text("utf-8"))
        return codes

    @cached_property
    def passages(self) -> list[Passage]:
        return [Passage(**raw) for raw in read_lines(self.folder / "passages.jsonl")]

    @cached_property
    def vectors(self) -> Vectors:
        """One vector an entry, in the order of ``entries``."""
        return Vectors.load(self.folder / "entries.faiss")

    @cached_property
    def passage_vectors(self) -> Vectors:
        """Vectors of the first passages: those of curated records come first."""
        return Vectors.load(self.folder / "passages.faiss")

    def note(self, name: str) -> str | None:
        """The text that the builder left beside the records under ``name``, or None."""
        path = self.folder / "notes" / name
        return path.read_text("utf-8") if path.is_file() else None

    def lexical(self, name: str) -> Lexical:
        """A BM25 index: ``names``, ``words`` (over entries) or ``passages``."""
        return Lexical.load(self.folder / name)


def build(
    root: Path,
    records: Sequence[Procedure],
    encoder: Encoder,
    progress: Progress,
    notes: Mapping[str, str] | None = None,
    phrases: Phrases | None = None,
) -> Snapshot:
    """Build, publish and open the snapshot of ``records`` below ``root``.

    ``phrases`` are further entries by code, for the records that bear it.
    ``notes`` are texts by name that whoever builds wants to find again in
    ``Snapshot.note``; they take no part in search or in the snapshot's id.
    Vectors of unchanged texts are taken from the current snapshot. Raises
    SnapshotError when another process is writing; the current one stays then.
    """
    ordered = _ordered(records)
    if len({record.code for record in ordered}) != len(ordered) or not ordered:
        raise ValueError("a snapshot needs at least one record, and each code once")
    known = _Known(root, encoder.name)
    with store.writing(root) as folder:
        found = [e for record in ordered for e in _all_entries(record, phrases)]
        cut = [p for record in ordered for p in passages(record)]
        curated = [r for r in ordered if r.source.kind == "curated"]
        head = sum(len(passages(r)) for r in curated)
        _write_texts(folder, ordered, found, cut)
        _write_notes(folder / "notes", notes or {})
        texts = [e.text for e in found] + [p.text for p in cut[:head]]
        matrix = _encode(texts, encoder, known, progress)
        Vectors.of(matrix[: len(found)]).save(folder / "entries.faiss")
        Vectors.of(matrix[len(found) :]).save(folder / "passages.faiss")
        _index_words(folder, found, cut, progress)
        manifest = store.Manifest(
            id=identify(ordered, encoder.name, phrases),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            encoder=encoder.name,
            dimension=encoder.dimension,
            procedures=len(ordered),
            curated=len(curated),
        )
        store.seal(folder, manifest)
        Snapshot(folder)  # opens, or the current one stays
        return Snapshot(store.publish(root, folder, manifest.id))


def identify(records: Iterable[Procedure], encoder: str, phrases: Phrases | None = None) -> str:
    """The id of the snapshot that ``records``, phrases and an encoder's name would make."""
    ordered = _ordered(records)
    said = [f"{e.code} {e.kind} {e.text}" for r in ordered for e in (phrases or {}).get(r.code, ())]
    content = [str(store.FORMAT), RULES, encoder, *map(dump, ordered), *said]
    digest = hashlib.sha256("\n".join(content).encode()).hexdigest()[:12]
    return f"{len(ordered)}-{digest}"


def open_current(root: Path) -> Snapshot:
    """Open the snapshot in use. Raises SnapshotError when there is none or it is damaged."""
    return Snapshot(store.current(root))


class _Known:
    """Vectors that the current snapshot already holds, by text."""

    def __init__(self, root: Path, encoder: str) -> None:
        self._by_text: dict[str, Matrix] = {}
        try:
            old = open_current(root)
        except store.SnapshotError:
            return
        if old.manifest.encoder == encoder:
            self._add([e.text for e in old.entries], old.vectors)
            self._add([p.text for p in old.passages], old.passage_vectors)

    def _add(self, texts: Iterable[str], vectors: Vectors) -> None:
        if len(vectors):
            self._by_text.update(zip(texts, vectors.matrix(), strict=False))

    def get(self, text: str) -> Matrix | None:
        return self._by_text.get(text)


def _encode(texts: list[str], encoder: Encoder, known: _Known, progress: Progress) -> Matrix:
    """Encode each distinct text that is not known yet; rows in the order of ``texts``."""
    vectors = {text: vector for text in texts if (vector := known.get(text)) is not None}
    new = [text for text in dict.fromkeys(texts) if text not in vectors]
    for start in range(0, len(new), BATCH):
        progress("Mã hóa văn bản", start, len(new))
        batch = new[start : start + BATCH]
        vectors.update(zip(batch, encoder.documents(batch), strict=True))
    progress("Mã hóa văn bản", len(new), len(new))
    if not texts:
        return np.empty((0, encoder.dimension), np.float32)
    return np.stack([vectors[text] for text in texts])


def _index_words(folder: Path, found: list[Entry], cut: list[Passage], progress: Progress) -> None:
    steps: list[tuple[str, Callable[[], Lexical]]] = [
        ("names", lambda: Lexical.of(stripped_terms(e.text) for e in found)),
        ("words", lambda: Lexical.of(words(e.text) for e in found)),
        (
            "passages",
            lambda: Lexical.of((stripped_terms(p.text) for p in cut), rarest=RAREST_BIGRAM),
        ),
    ]
    for done, (name, index) in enumerate(steps):
        progress("Lập chỉ mục từ", done, len(steps))
        index().save(folder / name)
    progress("Lập chỉ mục từ", len(steps), len(steps))


def _all_entries(record: Procedure, phrases: Phrases | None) -> list[Entry]:
    """A record's own entries, its name first, and its phrases; each text once."""
    first: dict[str, Entry] = {}
    for entry in (*entries(record), *(phrases or {}).get(record.code, ())):
        first.setdefault(entry.text, entry)
    return list(first.values())


def _ordered(records: Iterable[Procedure]) -> list[Procedure]:
    """Curated records first: their passages are the ones with vectors."""
    return sorted(records, key=lambda r: (r.source.kind != "curated", r.code))


def _write_texts(
    folder: Path, ordered: list[Procedure], found: list[Entry], cut: list[Passage]
) -> None:
    (folder / "procedures.jsonl").write_text("".join(f"{dump(r)}\n" for r in ordered), "utf-8")
    write_json(folder / "names.json", {r.code: r.name for r in ordered})
    write_json(folder / "levels.json", {r.code: list(r.levels) for r in ordered})
    write_json(folder / "passage_codes.json", [p.code for p in cut])
    write_lines(folder / "entries.jsonl", found)
    write_lines(folder / "passages.jsonl", cut)


def _write_notes(folder: Path, notes: Mapping[str, str]) -> None:
    folder.mkdir()
    for name, text in notes.items():
        (folder / name).write_text(text, "utf-8")
