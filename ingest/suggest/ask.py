"""What the model is told: the rules, and a record as data between marks that it can't forge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from index.procedure import Procedure
from index.text import clean

_MOST_LETTERS = 6000
_LEVELS = {"xa": "xã", "tinh": "tỉnh", "bo": "bộ"}
_NO_MARKS = str.maketrans("<>", "‹›")


@cache
def rules() -> str:
    """The standing instruction, a file in Vietnamese."""
    return (Path(__file__).parent / "prompt.txt").read_text("utf-8").strip()


def describe(record: Procedure, said: Iterable[str] = ()) -> str:
    """The record without fees, times and laws, and the phrases it has, as one block of data."""
    text = "\n".join(f"{label}: {clean(value)}" for label, value in _lines(record, said) if value)
    return f"<ho_so>\n{text[:_MOST_LETTERS].translate(_NO_MARKS)}\n</ho_so>"


def _lines(record: Procedure, said: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield "Tên", record.name
    yield "Lĩnh vực", record.field or ""
    yield "Cấp", ", ".join(_LEVELS[level] for level in record.levels)
    yield "Đối tượng", "; ".join(record.audience)
    yield "Đã có, đừng lặp lại", "; ".join([*record.aliases, *record.situations, *said])
    yield "Tóm tắt", record.summary or ""
    yield "Kết quả", "; ".join(record.results)
    yield "Điều kiện", " ".join(record.conditions)
    yield "Giấy tờ", "; ".join(paper.name for paper in record.documents)
    yield "Các bước", " ".join(record.steps)
