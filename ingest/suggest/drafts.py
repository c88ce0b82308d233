"""The file of drafts: a head that warns, a block a procedure, whole after every procedure."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml

from index.passages import Entry
from index.text import clean
from index.validation import RecordError
from ingest.phrases import read_file

_HEAD = """\
# BẢN NHÁP do mô hình ngôn ngữ soạn (thutuc phrases suggest): chưa ai duyệt, chưa được dùng.
# Người duyệt đọc hồ sơ, sửa hoặc xóa từng câu, rồi chuyển những câu đúng sang data/phrases
# (quy tắc: docs/phrases.md). Thủ tục đã có ở đây không được soạn lại; muốn soạn lại thì xóa nó đi.
"""
_LONGEST_NAME = 150


class DraftFile:
    """Drafts on disk. Raises RecordError for a file that is there and is no file of phrases."""

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()
        self._text = _read(self._path) if self._path.exists() else ""
        lines = [line.strip() for line in self._text.splitlines()]
        said = any(line and not line.startswith("#") for line in lines)
        self.entries: dict[str, list[Entry]] = read_file(self._path) if said else {}

    def add(self, code: str, name: str, names: Sequence[str], situations: Sequence[str]) -> None:
        """Write one procedure's drafts after the others; a kill leaves the file as it was."""
        block = f'"{code}":  # {_remark(name)}\n{_body(names, situations)}'
        before = self._text or _HEAD
        text = before + ("" if before.endswith("\n") else "\n") + block
        part = self._path.with_name(f".{self._path.name}.part")
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path)
        self._text = text


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise RecordError(path.name, ["không phải tệp chữ UTF-8; hãy chọn tệp khác"]) from error


def _remark(name: str) -> str:
    """A name that stays on its line and that YAML can read."""
    return "".join(letter for letter in clean(name)[:_LONGEST_NAME] if letter.isprintable())


def _body(names: Sequence[str], situations: Sequence[str]) -> str:
    said = {"names": list(names), "situations": list(situations)}
    data = {field: texts for field, texts in said.items() if texts}
    return indent(
        yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6), "  "
    )


class _Dumper(yaml.SafeDumper):
    """Lists are indented, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)
