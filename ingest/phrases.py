"""What people say, by procedure: our own phrases, beside the records and not part of them.

``data/phrases/*.yaml`` hold for a code the ``names`` that people use for a
procedure and the ``situations`` in which somebody needs it without knowing its
name. They make entries of the search index for whatever record bears the code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from index.passages import Entry, EntryKind
from index.procedure import CODE
from index.text import clean
from index.validation import RecordError

_KINDS: dict[str, EntryKind] = {"names": "alias", "situations": "situation"}
_LONGEST = 60


def phrases_dir() -> Path:
    """Where the phrases lie: beside the package in a wheel, in ``data/`` in a clone."""
    packaged = Path(__file__).parent / "bundled_phrases"
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / "data" / "phrases"


def read_phrases(folder: Path | None = None) -> dict[str, list[Entry]]:
    """The entries of every code. Raises RecordError for a file that is not as it should be."""
    found: dict[str, list[Entry]] = {}
    for path in sorted((folder or phrases_dir()).glob("*.yaml")):
        for code, entries in read_file(path).items():
            found.setdefault(code, []).extend(entries)
    return found


def read_file(path: Path) -> dict[str, list[Entry]]:
    """The entries of every code in one file. Raises RecordError like ``read_phrases``."""
    return {code: list(_entries(code, said, path.name)) for code, said in _load(path).items()}


def is_phrase(text: Any) -> bool:
    """Whether ``text`` may stand in a file of phrases."""
    return isinstance(text, str) and 0 < len(clean(text).split()) <= _LONGEST


def _load(path: Path) -> Mapping[str, Any]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - safe loader
    except (yaml.YAMLError, ValueError) as error:  # also wrong bytes, or a date that is none
        raise RecordError(path.name, [f"không đọc được: {error}"]) from error
    if not isinstance(data, dict):
        raise RecordError(path.name, ["phải là danh sách theo mã thủ tục"])
    return data


_Quick: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml reads it twenty times faster


class _Loader(_Quick):  # type: ignore[misc]
    """Refuses a key that stands twice: plain YAML drops the first one's phrases silently."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = [key.value for key, _ in node.value]
        if twice := [key for key in keys if keys.count(key) > 1]:
            raise yaml.YAMLError(f"{twice[0]} đứng hai lần; hãy gộp lại")
        return super().construct_mapping(node, deep)


def _entries(code: Any, said: Any, where: str) -> Iterable[Entry]:
    if not isinstance(code, str) or not CODE.fullmatch(code):
        raise RecordError(where, [f"{code!r} không phải mã thủ tục; viết mã trong dấu ngoặc kép"])
    if not isinstance(said, dict) or set(said) - set(_KINDS):
        raise RecordError(where, [f"{code}: chỉ dùng names và situations"])
    for field, kind in _KINDS.items():
        texts = said.get(field) or []
        if not isinstance(texts, list):
            raise RecordError(where, [f"{code}: {field} phải là một danh sách"])
        for text in texts:
            if not is_phrase(text):
                raise RecordError(where, [f"{code}: {text!r} phải là một câu ngắn"])
            yield Entry(code, kind, clean(text))
