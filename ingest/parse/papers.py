"""Reads the flattened table of papers into rows.

The page glues ``name[form file]N bản chính[,M bản sao]`` row after row. A count
has one digit and no space after it, while counts inside a sentence go on with
a space or a punctuation mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.parse.letters import UPPER
from ingest.parse.page import PAPERS_HEADER

_NUMBERS = r"\d bản chính(?:,\d bản sao)?"
_COUNT = re.compile(
    rf"(?:{_NUMBERS}(?=\s*$|[^\s.,;:)\]/]|\s+[{UPPER}*+\-])|"
    rf"(?<=[^\s(\d]){_NUMBERS}(?=[.,;:)]{{1,3}}\s?[{UPPER}]))"
    r"(?!\d bản chính)"
)
_OWN_WORDS = re.compile(r"(?:^|[\s(:])0$")
_AGAIN = re.compile(rf"(?<=[^\s\d:(])(?:{_NUMBERS})+$")


@dataclass(frozen=True)
class Row:
    """One row: its words, its counts, and the caption of its group."""

    text: str
    original: int | None
    copies: int | None
    caption: str = ""
    file: str = ""


def rows(table: str) -> tuple[tuple[Row, ...], str]:
    """All rows of a flattened table, and what is left after the last one."""
    caption, *groups = table.split(PAPERS_HEADER)
    found: list[Row] = []
    for group in groups:
        read = list(_group(group, caption))
        found += [row for row, _ in read]
        caption = group[read[-1][1] :] if read else f"{_said(caption)}{group}"
    return tuple(found), caption


def _said(caption: str) -> str:
    """A caption above a group without rows goes on into the next caption."""
    return f"{caption.strip()}\n" if caption.strip(" -") else ""


def _group(text: str, caption: str) -> Iterator[tuple[Row, int]]:
    begin = 0
    for count in _COUNT.finditer(text):
        words = text[begin : count.start()]
        if _OWN_WORDS.search(words) or not re.search(r"[^\W\d_]", words):
            continue
        original, _, copies = count.group().partition(",")
        yield (
            Row(_AGAIN.sub("", words), int(original[0]), int(copies[:1] or 0), caption),
            count.end(),
        )
        begin = count.end()
