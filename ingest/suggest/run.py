"""One run: which procedures need drafts, each asked for, judged and written before the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.passages import Entry
from index.snapshot import Snapshot
from ingest.check_phrases import LEAST, twins
from ingest.phrases import read_phrases
from ingest.suggest.ask import describe, rules
from ingest.suggest.drafts import DraftFile
from ingest.suggest.errors import NoDraftsError, SilentError, UnusableError
from ingest.suggest.model import Model
from ingest.suggest.sift import Matters, sift

_SILENCES = 3
"""After so many records without an answer, one after the other, the server is left in peace."""


@dataclass
class Counts:
    """What became of the procedures, and of the single drafts that were dropped."""

    written: int = 0
    drafts: int = 0
    already: int = 0
    enough: int = 0
    left: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)
    stopped: bool = False


class Run:
    """Drafts for the procedures of ``snapshot`` that ``phrases`` say little about."""

    def __init__(self, snapshot: Snapshot, phrases: Path, file: DraftFile) -> None:
        self._snapshot = snapshot
        self._phrases = read_phrases(phrases)
        self._file = file
        self._matters = _matters(snapshot, [self._phrases, file.entries], phrases)
        self.counts = Counts()

    def codes(self, named: Sequence[str]) -> list[str]:
        """The codes to ask for: of those named, or of all; counts the others."""
        if unknown := [code for code in named if code not in self._snapshot]:
            raise UnusableError(
                f"Không có thủ tục mã {', '.join(unknown)} trong dữ liệu; hãy xem lại mã, "
                "hoặc nạp hồ sơ trước bằng: thutuc ingest."
            )
        wanted = list(dict.fromkeys(named or self._snapshot.codes))
        few = [code for code in wanted if len(self._phrases.get(code, ())) < LEAST]
        todo = [code for code in few if code not in self._file.entries]
        self.counts.enough = len(wanted) - len(few)
        self.counts.already = len(few) - len(todo)
        self.counts.left = len(todo)
        return todo

    def go(self, codes: Sequence[str], model: Model, show: Callable[[str, int, int], None]) -> None:
        """Ask for each; what is written stays, whatever happens later."""
        silences = 0
        for done, code in enumerate(codes):
            show("Soạn cụm từ", done, len(codes))
            try:
                self._one(code, model)
                silences = 0
            except NoDraftsError as error:
                self.counts.failed[code] = str(error)
                silences = silences + 1 if isinstance(error, SilentError) else 0
            self.counts.left -= 1
            if silences == _SILENCES and self.counts.left:
                self.counts.stopped = True
                return
        show("Soạn cụm từ", len(codes), len(codes))

    def _one(self, code: str, model: Model) -> None:
        record = self._snapshot.procedure(code)
        if record is None:
            raise NoDraftsError("hồ sơ không còn trong dữ liệu")
        said = [entry.text for entry in self._phrases.get(code, ())]
        sifted = sift(code, model.draft(rules(), describe(record, said)), self._matters)
        self.counts.dropped += sifted.dropped
        if not sifted:
            raise NoDraftsError("không bản nháp nào dùng được")
        self._file.add(code, record.name, sifted.names, sifted.situations)
        self.counts.written += 1
        self.counts.drafts += len(sifted.names) + len(sifted.situations)


def _matters(
    snapshot: Snapshot, sources: Sequence[Mapping[str, Sequence[Entry]]], folder: Path
) -> Matters:
    """Whose phrase is whose: by the index, the folder of phrases and the drafts so far."""
    matters = Matters(snapshot.names, twins(folder))
    for entry in _said(snapshot, sources):
        matters.add(entry.code, [entry.text])
    return matters


def _said(snapshot: Snapshot, sources: Sequence[Mapping[str, Sequence[Entry]]]) -> Iterator[Entry]:
    yield from (entry for entry in snapshot.entries if entry.kind in ("alias", "situation"))
    for phrases in sources:
        for entries in phrases.values():
            yield from entries
