"""Reads files as they are given: which format, which records, where each one stood."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from index.procedure import Procedure
from index.validation import RecordError, to_procedure

Format = Literal["yaml", "crawl", "word"]
KNOWN = (
    "hồ sơ YAML (.yaml, .yml), bản quét trang Cổng và bản xuất Word dạng JSONL (.jsonl, .jsonl.gz)"
)


class InputError(ValueError):
    """A path that can't be used at all; the message says why and what to do."""


@dataclass(frozen=True)
class Raw:
    """One record as it stood in a file: still plain data."""

    format: Format
    where: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Unreadable:
    """A place in a file where a record should be and can't be read."""

    where: str
    reason: str


Rows = Iterator[Raw | Unreadable]


def curated_dir() -> Path:
    """Where the bundled records lie: beside the package in a wheel, in ``data/`` in a clone."""
    packaged = Path(__file__).parent / "curated"
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / "data" / "procedures"


def read_curated(files: Iterable[Path] = ()) -> Iterator[Procedure]:
    """The curated records in ``files``, by default the bundled ones. Raises RecordError."""
    for path in list(files) or sorted(curated_dir().glob("*.yaml")):
        for row in _yaml(path):
            if isinstance(row, Unreadable):
                raise RecordError(row.where, [row.reason])
            yield to_procedure(row.data, row.where)


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files that ``paths`` (files or folders) name. Raises InputError for an unusable path."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError(f"Không tìm thấy {path}; hãy kiểm tra lại đường dẫn.")
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and _reader(p))
            if not inside:
                raise InputError(f"Thư mục {path} không có tệp nào đọc được; cần {KNOWN}.")
            found += inside
        elif _reader(path) is None:
            raise InputError(f"Không biết định dạng của {path}; chỉ đọc được {KNOWN}.")
        else:
            found.append(path)
    return found


def read(path: Path) -> Rows:
    """Yield every record of one file, and every place where one can't be read."""
    reader = _reader(path)
    if reader is None:
        yield Unreadable(path.name, f"không biết định dạng; chỉ đọc được {KNOWN}")
        return
    try:
        yield from reader(path)
    except UnicodeDecodeError:
        yield Unreadable(path.name, "không phải văn bản UTF-8; hãy lưu lại tệp với mã UTF-8")
    except (OSError, EOFError, ValueError) as error:
        yield Unreadable(path.name, f"đọc dở thì hỏng ({error}); hãy lấy lại tệp")


def _reader(path: Path) -> Callable[[Path], Rows] | None:
    name = path.name.lower()
    if name.endswith((".yaml", ".yml")):
        return _yaml
    if name.endswith((".jsonl", ".jsonl.gz")):
        return _jsonl
    return None


def _yaml(path: Path) -> Rows:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"dòng {mark.line + 1} " if mark else ""
        yield Unreadable(
            path.name, f"{line}không phải YAML đúng; hãy kiểm tra thụt lề và dấu ngoặc"
        )
        return
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield Raw("yaml", path.name, item)
        else:
            yield Unreadable(path.name, "không phải một hồ sơ; hãy xem mẫu trong data/procedures")


def _jsonl(path: Path) -> Rows:
    with _open(path) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _row(line, f"{path.name}:{number}")


def _open(path: Path) -> io.TextIOBase:
    if path.name.lower().endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _row(line: str, where: str) -> Raw | Unreadable:
    try:
        data = json.loads(line)
    except ValueError:
        return Unreadable(where, "dòng này không phải JSON đúng; hãy lấy lại tệp")
    if isinstance(data, dict) and "ma_thu_tuc" in data:
        return Raw("crawl", where, data)
    if isinstance(data, dict) and "thu_tuc_id" in data:
        return Raw("word", where, data)
    return Unreadable(where, f"không nhận ra kiểu bản ghi; chỉ đọc được {KNOWN}")
