"""Reads the flattened table of papers into rows.

The page glues ``name[form file]N bản chính[,M bản sao]`` row after row. A count
has one digit and no space after it, while counts inside a sentence go on with
a space or a punctuation mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.parse.page import PAPERS_HEADER

_COUNT = re.compile(
    r"(?P<original>\d) bản chính(?:,(?P<copy>\d) bản sao)?"
    r"(?!\d bản chính)"
    r"(?=\s*$|[^\s.,;:)\]/]|\s+[A-ZĐÂÊÔƠƯÁÀẢÃẠÉÍÓÚÝ*+\-])"
)
_OWN_WORDS = re.compile(r"(?:^|[\s(:])0$")


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
        caption = group[read[-1][1] :] if read else group
    return tuple(found), caption if groups else table


def _group(text: str, caption: str) -> Iterator[tuple[Row, int]]:
    begin = 0
    for count in _COUNT.finditer(text):
        words = text[begin : count.start()]
        if _OWN_WORDS.search(words) or not re.search(r"[^\W\d_]", words):
            continue
        yield Row(words, int(count["original"]), int(count["copy"] or 0), caption), count.end()
        begin = count.end()
