"""The portal's Word export, ``ChiTietTTHC_<code>.doc(x)``: Office Open XML under either name.

Opened by python-docx, whose parser reads no outside entity; walked here,
because exports lack parts that its table classes rely on, and because text in
content controls and tracked insertions must not be lost, nor struck-out text kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from ingest.formats import labelled
from ingest.formats.blocks import Block, Table, Text, spread
from ingest.formats.legacy import Run, clean_record, unicode_paragraphs
from ingest.formats.rows import RefusedError

_P, _TABLE, _ROW, _CELL, _RUN = (qn(f"w:{tag}") for tag in ("p", "tbl", "tr", "tc", "r"))
_WRAPPERS = {
    qn(f"w:{tag}")
    for tag in (
        "sdt",
        "sdtContent",
        "customXml",
        "ins",
        "moveTo",
        "smartTag",
        "hyperlink",
        "fldSimple",
    )
}
_TEXT = qn("w:t")
_LETTERS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:softHyphen"): "\u00ad",
    qn("w:noBreakHyphen"): "-",
}
_VALUE = qn("w:val")
_MOST_COLUMNS = 63


def read(path: Path, name: str) -> dict[str, Any]:
    """The record in a Word file called ``name``. Raises RefusedError where there is none."""
    try:
        blocks = _Walk(docx.Document(str(path))).blocks()
    except RefusedError:
        raise
    except Exception as error:  # the library raises whatever it met in a damaged package
        raise RefusedError("tệp Word bị hỏng hoặc thiếu nội dung; hãy tải lại") from error
    return clean_record(
        labelled.record(blocks, code=labelled.code_in(name)) | {"source_file": name}
    )


class _Walk:
    """Collects the paragraphs first: letters of old are told by all of them together."""

    def __init__(self, document: Any) -> None:
        self._fonts = _style_fonts(document.styles.element)
        self._paragraphs: list[list[Run]] = []
        self._layout = list(self._shape(document.element.body))
        self._texts: list[str] = unicode_paragraphs(self._paragraphs)

    def blocks(self) -> list[Block]:
        """Texts and tables in the document's order."""
        return [self._block(part) for part in self._layout]

    def _block(self, part: int | list[list[Any]]) -> Block:
        if isinstance(part, int):
            return Text(self._texts[part])
        return Table(tuple(spread(self._spread_down(row)) for row in part))

    def _spread_down(self, row: list[Any]) -> list[tuple[str, int]]:
        return [(self._cell_text(parts), width) for parts, width in row]

    def _cell_text(self, parts: list[Any]) -> str:
        lines = []
        for part in parts:
            block = self._block(part)
            if isinstance(block, Text):
                lines.append(block.words)
            else:
                lines += [" | ".join(filter(None, row)) for row in block.rows]
        return "\n".join(line for line in lines if line.strip())

    def _shape(self, parent: Any) -> Iterator[int | list[list[Any]]]:
        """Numbers of paragraphs, and tables as rows of (parts, columns) cells."""
        for child in _inside(parent, {_P, _TABLE}):
            if child.tag == _P:
                self._paragraphs.append(list(self._runs(child)))
                yield len(self._paragraphs) - 1
            else:
                yield list(self._rows(child))

    def _rows(self, table: Any) -> Iterator[list[Any]]:
        above: dict[int, list[Any]] = {}
        for row in _inside(table, {_ROW}):
            cells, column = [], 0
            for cell in _inside(row, {_CELL}):
                width = _width(cell)
                if not _goes_on(cell) or column not in above:
                    above[column] = list(self._shape(cell))
                cells.append((above[column], width))
                column += width
            yield cells

    def _runs(self, paragraph: Any) -> Iterator[Run]:
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        default = self._fonts.get(style.get(_VALUE) if style is not None else "")
        for run in _inside(paragraph, {_RUN}):
            text = "".join(
                (child.text or "") if child.tag == _TEXT else _LETTERS.get(child.tag, "")
                for child in run
            )
            if text:
                yield text, self._font(run) or default

    def _font(self, run: Any) -> str | None:
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return None
        style = properties.find(qn("w:rStyle"))
        return _named_font(properties) or (
            self._fonts.get(style.get(_VALUE)) if style is not None else None
        )


def _inside(parent: Any, tags: set[str]) -> Iterator[Any]:
    """Children with one of the tags, also those in content controls and insertions."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tags)


def _width(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    value = span.get(_VALUE, "1") if span is not None else "1"
    return min(max(int(value), 1), _MOST_COLUMNS) if value.isdecimal() else 1


def _goes_on(cell: Any) -> bool:
    """Whether the cell only continues the one above it."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(_VALUE, "continue") == "continue"


def _named_font(properties: Any) -> str | None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        return None
    found: str | None = fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi"))
    return found


def _style_fonts(styles: Any) -> dict[str, str | None]:
    """The font of each style by its id, inherited ones too; ``""`` is the default."""
    own: dict[str, tuple[str | None, str]] = {}
    default = styles.find("/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr"))))
    fallback = _named_font(default) if default is not None else None
    for style in styles.findall(qn("w:style")):
        properties, based = style.find(qn("w:rPr")), style.find(qn("w:basedOn"))
        font = _named_font(properties) if properties is not None else None
        own[style.get(qn("w:styleId"), "")] = font, "" if based is None else based.get(_VALUE, "")
    fonts: dict[str, str | None] = {name: _inherited(name, own) or fallback for name in own}
    return fonts | {"": fonts.get("Normal", fallback)}


def _inherited(name: str, own: dict[str, tuple[str | None, str]]) -> str | None:
    seen: set[str] = set()
    while name in own and name not in seen:
        seen.add(name)
        font, name = own[name]
        if font:
            return font
    return None
