"""JSON and JSON Lines: answers of the portal's API, crawled pages, parsed Word exports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from ingest.formats.legacy import bom_encoding, clean_record, decode
from ingest.formats.limits import FIELD, MB, UNPACKED, read_whole
from ingest.formats.rows import Listed, Raw, RefusedError, Row, Rows, Unreadable

_API_FIELDS = frozenset(
    {"executionMethods", "executionSteps", "executionCases", "formalityType", "legalBasisesDetails"}
)
_LISTS = (
    ("codeNotation", "name"),
    ("PROCEDURE_CODE", "PROCEDURE_NAME"),
)
_UNKNOWN = (
    "không nhận ra kiểu bản ghi; chỉ đọc được bản ghi của Cổng Dịch vụ công (dữ liệu chi tiết, "
    "trang đã quét, bản xuất Word)"
)


def read(content: bytes, where: str) -> Rows:
    """Every record of a JSON file; JSON Lines under that name are read as such."""
    text = decode(content)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        if error.lineno > 1 and error.msg == "Extra data":
            for number, line in enumerate(text.split("\n"), 1):
                yield from _line(line, f"{where}:{number}")
            return
        why = f"dòng {error.lineno} không phải JSON đúng; hãy lấy lại tệp"
        yield Unreadable(where, why)
        return
    yield from _places(data, where)


def read_lines(stream: BinaryIO, where: str) -> Rows:
    """Every record of a JSON Lines file, line by line."""
    first = stream.readline(FIELD + 1)
    if first.strip() in (b"{", b"["):  # one JSON value spread over lines
        yield from read(first + read_whole(stream), where)
        return
    for number, line in enumerate(_lines(first, stream), 1):
        place = f"{where}:{number}"
        if line is None:
            why = f"dòng dài hơn {FIELD // MB} MB nên không đọc; hãy lấy lại bản ghi này"
            yield Unreadable(place, why)
            continue
        try:
            yield from _line(line if isinstance(line, str) else decode(line), place)
        except RefusedError as error:
            yield Unreadable(place, str(error))


def _lines(first: bytes, stream: BinaryIO) -> Iterator[bytes | str | None]:
    """The lines, decoded only where the file's first bytes ask for it; None: too long."""
    if bom_encoding(first) not in (None, "utf-8-sig"):
        yield from decode(first + read_whole(stream)).split("\n")
        return
    total = 0
    line = first
    while line:
        total += len(line)
        if len(line) > FIELD:
            total += _skip_line(stream, line)
            yield None
        else:
            yield line
        if total > UNPACKED:
            raise RefusedError(f"bung ra lớn hơn {UNPACKED // MB} MB; hãy tách thành tệp nhỏ hơn")
        line = stream.readline(FIELD + 1)


def _skip_line(stream: BinaryIO, line: bytes) -> int:
    skipped = 0
    while line and not line.endswith(b"\n") and skipped <= UNPACKED:
        line = stream.readline(FIELD)
        skipped += len(line)
    return skipped


def _line(line: str, where: str) -> Rows:
    if not line.strip():
        return
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        yield Unreadable(where, "dòng này không phải JSON đúng; hãy lấy lại tệp")
        return
    yield from _places(data, where)


def _places(data: object, where: str) -> Rows:
    """The records in ``data``, each with its number where there are several."""
    try:
        found = list(_unwrapped(data))
    except RecursionError:
        found = [data]
    for number, item in enumerate(found, 1):
        yield _row(item, f"{where}#{number}" if len(found) > 1 else where)


def _unwrapped(data: object) -> Iterator[object]:
    """Single records out of lists, API answers and pages of the API's list."""
    if isinstance(data, list):
        for item in data:
            yield from _unwrapped(item)
    elif isinstance(data, dict) and isinstance(data.get("data"), dict | list):
        yield from _unwrapped(data["data"])
    elif isinstance(data, dict) and isinstance(data.get("items"), list):
        yield from _unwrapped(data["items"])
    else:
        yield data


def _row(data: object, where: str) -> Row:
    try:
        if isinstance(data, dict):
            return _record(clean_record(data), where)
    except RecursionError:
        return Unreadable(where, "dữ liệu lồng nhau quá sâu; hãy lấy lại bản ghi này")
    except RefusedError as error:
        return Unreadable(where, str(error))
    return Unreadable(where, _UNKNOWN)


def _record(data: dict[str, Any], where: str) -> Row:
    if "ma_thu_tuc" in data:
        return Raw("crawl", where, data)
    if "thu_tuc_id" in data:
        return Raw("word", where, data)
    if "code" in data and _API_FIELDS & data.keys():
        return Raw("api", where, data)
    for code, name in _LISTS:
        if isinstance(data.get(code), str) and isinstance(data.get(name), str):
            return _listed(data, data[code], data[name], where)
    if "data" in data and "code" in data:
        why = f"Cổng trả lời không kèm dữ liệu (mã {data['code']}); hãy tải lại bản ghi này"
        return Unreadable(where, why)
    return Unreadable(where, _UNKNOWN)


def _listed(data: dict[str, Any], code: str, name: str, where: str) -> Listed:
    agency, field = data.get("PUBLISHED_AGENCY"), data.get("FIELD_NAME")
    return Listed(
        where,
        code.strip(),
        name.strip(),
        agency if isinstance(agency, str) else None,
        field if isinstance(field, str) else None,
    )
