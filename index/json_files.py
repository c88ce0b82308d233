"""The JSON files of a snapshot folder: one value a file, or one dataclass a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def write_lines(path: Path, rows: Iterable[DataclassInstance]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
