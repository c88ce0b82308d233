"""A saved page of one procedure, from the portal of 2026 or the one before it.

No copy of a real page could be had; the reader was written from how public
scrapers describe both sites and from the order of labels in the crawled text,
and was not tried on the live portal. It goes by the words of the labels and of
the column titles, not by class names, so that a new look does not break it.
The old page lacks the legal basis and what lies behind its «Xem chi tiết» buttons.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from index.text import fold
from ingest.formats import labelled
from ingest.formats.blocks import Block, Table, Text, spread
from ingest.formats.legacy import clean_record, decode
from ingest.formats.rows import RefusedError

_SKIPPED = {
    "head",
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "select",
    "textarea",
}
_INLINE = {
    "a",
    "abbr",
    "b",
    "big",
    "cite",
    "code",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "label",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "u",
    "var",
    "wbr",
}
_HEADINGS = {"h1", "h2", "h3", "h4"}
_KEEPS_LINES = re.compile(r"white-?space\s*[-:]\s*(?:pre|break-spaces)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_RESULT_CODE = re.compile(r"Mã:\s*\S+")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_MOST_COLUMNS, _MOST_ROWS_DOWN = 60, 1_000


def read(content: bytes, name: str) -> dict[str, Any]:
    """The record on a page saved as ``name``. Raises RefusedError where there is none."""
    content, address = _page(content)
    text = _decode(content)
    root = _parse(text)
    address = address or _address(root, text)
    code = labelled.code_in(name) or labelled.code_in(address)
    read = labelled.record(list(_blocks(_body(root))), code=code, title=_title(root))
    results = read["content"]["kết_quả_thực_hiện"].splitlines()
    kept = [line for line in results if not _RESULT_CODE.fullmatch(line.strip())]
    read["content"]["kết_quả_thực_hiện"] = "\n".join(kept)
    return clean_record(read | {"source_file": name, "detail_url": address})


def _page(content: bytes) -> tuple[bytes, str]:
    """The page and its address, out of a single-file archive (.mhtml) if it is one."""
    if not re.match(rb"\s*(?:From|MIME-Version|Snapshot-Content-Location):", content):
        return content, ""
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            place = message.get("Snapshot-Content-Location") or part.get("Content-Location")
            return payload if isinstance(payload, bytes) else b"", str(place or "")
    raise RefusedError("tệp .mhtml không có trang nào; hãy lưu lại trang từ trình duyệt")


def _decode(content: bytes) -> str:
    declared = _CHARSET.search(content[:4096])
    if declared and declared[1].lower() == b"windows-1258":
        return content.decode("cp1258", "replace")
    return decode(content)


def _parse(text: str) -> Any:
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise RefusedError("không phải trang HTML đọc được; hãy lưu lại trang") from error
    if any(error.level_name == "FATAL" for error in parser.error_log):
        raise RefusedError("trang HTML lồng nhau quá sâu hoặc bị hỏng; hãy lưu lại trang")
    return root


def _address(root: Any, text: str) -> str:
    links = root.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    saved = _SAVED_FROM.search(text[:4096])
    found = [saved[1] if saved else "", *map(str, links)]
    return next((link for link in found if link.startswith(("http://", "https://"))), "")


def _title(root: Any) -> str:
    """The last heading of the first rank that says anything."""
    headings = [_SPACE.sub(" ", str(h.text_content())).strip() for h in root.iter("h1")]
    return next((heading for heading in reversed(headings) if heading), "")


def _body(root: Any) -> Any:
    """Where the sections are: the old portal has them complete in a hidden window."""
    window = root.xpath("//*[@id='popupChitietTTHC']")
    return window[0] if window else root


def _blocks(root: Any) -> Iterator[Block]:
    """Texts and tables in the page's order; no recursion, pages nest deeply."""
    flow = _Flow()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            leaf_table = element.tag == "table" and element.find(".//table") is None
            if leaf_table or element.tag in _SKIPPED:
                walk.skip_subtree()
            if leaf_table:
                yield from flow.flush()
                yield _table(element)
            else:
                yield from flow.open(element)
        else:
            yield from flow.close(element, inside=element is not root)


class _Flow:
    """Gathers text into lines: a block element, a line break or a label ends a line."""

    def __init__(self) -> None:
        self._text = ""
        self._keeps_lines = [False]
        self._heading = 0

    def open(self, element: Any) -> Iterator[Text]:
        """Before an element's content."""
        if _breaks(element):
            yield from self.flush()
        look = f"{element.get('class', '')} {element.get('style', '')}"
        keeps = element.tag == "pre" or bool(_KEEPS_LINES.search(look))
        self._keeps_lines.append(self._keeps_lines[-1] or keeps)
        self._heading += element.tag in _HEADINGS
        if element.tag not in _SKIPPED:
            self._add(element.text)

    def close(self, element: Any, *, inside: bool) -> Iterator[Text]:
        """After an element's content, with the text that follows it."""
        if element.tag != "table" or element.find(".//table") is not None:
            if _breaks(element):
                yield from self.flush()
            self._keeps_lines.pop()
            self._heading -= element.tag in _HEADINGS
        if inside:
            self._add(element.tail)

    def flush(self) -> Iterator[Text]:
        """The lines gathered so far."""
        lines = [_SPACE.sub(" ", line).strip() for line in self._text.split("\n")]
        self._text = ""
        if said := "\n".join(line for line in lines if line):
            yield Text(said, heading=self._heading > 0)

    def _add(self, text: str | None) -> None:
        if text:
            self._text += text if self._keeps_lines[-1] else _SPACE.sub(" ", text)


def _breaks(element: Any) -> bool:
    """Whether a line ends before and after the element."""
    if element.tag not in _INLINE:
        return True
    return not len(element) and fold((element.text or "")[:60]).rstrip(": ") in labelled.LABELS


def _table(element: Any) -> Table:
    """A table with its merged cells spread."""
    rows: list[tuple[str, ...]] = []
    above: dict[int, tuple[int, str]] = {}
    for row in element.iter("tr"):
        cells: list[tuple[str, int]] = []
        column = _repeat_above(above, cells, 0)
        for cell in row.iterchildren("td", "th"):
            width, depth = _span(cell, "colspan", _MOST_COLUMNS), _span(cell, "rowspan")
            text = "\n".join(b.words for b in _blocks(cell) if isinstance(b, Text))
            cells.append((text, width))
            if depth > 1:
                above[column] = depth - 1, text
            column = _repeat_above(above, cells, column + width)
        if cells:
            rows.append(spread(cells))
    return Table(tuple(rows))


def _repeat_above(
    above: dict[int, tuple[int, str]], cells: list[tuple[str, int]], column: int
) -> int:
    """Add the cells that reach down into this row; the next free column."""
    while column in above:
        left, text = above.pop(column)
        cells.append((text, 1))
        if left > 1:
            above[column] = left - 1, text
        column += 1
    return column


def _span(cell: Any, name: str, most: int = _MOST_ROWS_DOWN) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 6 else 1
