"""Turns input files into records: what was read, what was refused and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.procedure import Procedure
from index.snapshot import dump
from index.validation import RecordError, to_procedure
from ingest.held import Fate, Held, Key, key_of, load, row_digest
from ingest.parse import api, crawl, word
from ingest.parse.rejected import Rejected
from ingest.read import Listed, Raw, Unreadable, read
from ingest.versions import is_newer

Show = Callable[[str, int, int], None]
"""Called with what is done, how far, and of how many (0: not known yet)."""

_TWICE = "mã này có hai bản khác nhau trong dữ liệu đang nạp; giữ bản có căn cứ pháp lý mới hơn"


@dataclass
class Gathered:
    """What the input gave: records by key, what was refused, and the fate of each row.

    ``listed`` are rows of list exports: names and codes, no records.
    """

    read: int = 0
    lines: dict[Key, str] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    rows: dict[str, Fate] = field(default_factory=dict)
    listed: list[Listed] = field(default_factory=list)


def gather(files: list[Path], held: Held, show: Show) -> Gathered:
    """Read every file; a row that ``held`` knows is not parsed again."""
    gathered = Gathered()
    for done, path in enumerate(files):
        for row in read(path):
            if isinstance(row, Listed):
                gathered.listed.append(row)
                continue
            gathered.read += 1
            _take(gathered, row, held)
            show(f"Đọc {path.name}", gathered.read, 0)
        show("Đọc tệp", done + 1, len(files))
    return gathered


def _take(gathered: Gathered, row: Raw | Unreadable, held: Held) -> None:
    if isinstance(row, Unreadable):
        gathered.rejected.append(Rejected(None, row.where, row.reason))
        return
    digest = row_digest(row.format, row.data)
    made = _remembered(held, digest) or _parsed(row)
    if isinstance(made, Rejected):
        made = Rejected(made.code, row.where, made.reason)
        gathered.rejected.append(made)
        gathered.rows[digest] = made
        return
    key, line = made
    if _add(gathered, key, line, row.where):
        gathered.rows[digest] = key


def _remembered(held: Held, digest: str) -> tuple[Key, str] | Rejected | None:
    """What this very row became in the ingest before, if that is still held."""
    fate = held.rows.get(digest)
    if fate is None or isinstance(fate, Rejected):
        return fate
    line = held.lines.get(fate)
    return (fate, line) if line else None


def _parsed(row: Raw) -> tuple[Key, str] | Rejected:
    record = PARSERS[row.format](row.data, row.where)
    return record if isinstance(record, Rejected) else (key_of(record), dump(record))


def _add(gathered: Gathered, key: Key, line: str, where: str) -> bool:
    """Keep the newer of two different records of one key; say so. False when this one lost."""
    other = gathered.lines.get(key)
    if other is None or other == line:
        gathered.lines[key] = line
        return True
    gathered.rejected.append(Rejected(key[0], where, _TWICE))
    newer = is_newer(load(line), load(other)) and not is_newer(load(other), load(line))
    if newer:
        gathered.lines[key] = line
    return newer


def _curated(data: Mapping[str, Any], where: str) -> Procedure | Rejected:
    try:
        return to_procedure(data, where)
    except RecordError as error:
        return Rejected(str(data.get("code")), where, "; ".join(error.problems))


PARSERS: dict[str, Callable[[dict[str, Any], str], Procedure | Rejected]] = {
    "yaml": _curated,
    "crawl": crawl.parse,
    "word": word.parse,
    "html": word.parse,
    "api": api.parse,
}
"""How each format's rows become records."""
