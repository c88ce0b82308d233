"""The report of an ingest that a clerk can read: one HTML file, nothing loaded from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from index.procedure import Method, Procedure
from ingest.formats.listing import Comparison
from ingest.parse.rejected import Rejected

_TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
_HOURS = {"hour": 1, "day": 24, "working_day": 24, "month": 24 * 30}
_YEAR = 24 * 365
_FIELDS = {
    "documents": "Giấy tờ",
    "methods": "Cách nộp",
    "steps": "Các bước",
    "legal_basis": "Căn cứ pháp lý",
    "results": "Kết quả",
    "conditions": "Điều kiện",
    "agency": "Cơ quan",
    "name": "Tên",
    "notes": "Lưu ý",
    "levels": "Cấp",
    "audience": "Đối tượng",
}
_PARTS = {"fees": "lệ phí", "time": "thời hạn", "way": "hình thức nộp", "decides": "quyết định"}
_LEVELS = {"xa": "Cấp xã", "tinh": "Cấp tỉnh", "bo": "Cấp bộ", "": "Cơ quan khác"}
_HAS: dict[str, Callable[[Procedure], bool]] = {
    "Giấy tờ": lambda r: bool(r.documents),
    "Thời hạn": lambda r: any(m.time and m.time.value for m in r.methods),
    "Lệ phí": lambda r: any(f.free or f.amount is not None for m in r.methods for f in m.fees),
    "Các bước": lambda r: bool(r.steps),
    "Căn cứ pháp lý": lambda r: bool(r.legal_basis),
    "Nơi nhận": lambda r: bool(r.agency.receives or r.agency.decides),
}


@dataclass(frozen=True)
class Coverage:
    """How many records of a group there are, and which share has each kind of content."""

    name: str
    count: int
    shares: dict[str, float]


def write_report(
    path: Path,
    records: Sequence[Procedure],
    rejected: Sequence[Rejected],
    counts: Mapping[str, object],
    compared: Comparison,
) -> None:
    """Write the report of one ingest to ``path``."""
    page = _TEMPLATES.get_template("report.html").render(
        made=datetime.now().astimezone(),
        counts=counts,
        rejected=rejected,
        reasons=Counter(r.reason.split("(")[0].strip() for r in rejected).most_common(),
        doubts=_doubts(records),
        unparsed=[(r, _field(f), text) for r in records for f, text in r.unparsed.items()],
        suspicious=[(r, said) for r in records for said in suspicious(r)],
        kinds=list(_HAS),
        compared=compared,
        by_field=_coverage(records, lambda r: [r.field or "Không ghi lĩnh vực"]),
        by_level=_coverage(records, lambda r: [_LEVELS[x] for x in r.levels or ("",)]),
    )
    path.write_text(page, encoding="utf-8")


def _doubts(records: Sequence[Procedure]) -> list[tuple[str, list[tuple[Procedure, object]]]]:
    """Doubts grouped by the field they are about, the commonest group first."""
    groups: dict[str, list[tuple[Procedure, object]]] = {}
    for record in records:
        for doubt in record.doubts:
            groups.setdefault(_field(doubt.field), []).append((record, doubt))
    return sorted(groups.items(), key=lambda item: -len(item[1]))


def _field(name: str) -> str:
    root, _, part = name.partition(".")
    said = _FIELDS.get(root, root)
    return f"{said}: {_PARTS[part]}" if part in _PARTS else said


def suspicious(record: Procedure) -> Iterator[str]:
    """Values that were parsed but that a person should look at."""
    for method in record.methods:
        yield from _odd_time(method)
        yield from _odd_fee(method)
    if not record.documents and "documents" not in record.unparsed:
        yield "không có giấy tờ nào trong hồ sơ"
    if not record.methods and "methods" not in record.unparsed:
        yield "không có cách nộp nào"


def _odd_time(method: Method) -> Iterator[str]:
    time = method.time
    if time and time.value and time.unit in _HOURS and time.value * _HOURS[time.unit] > _YEAR:
        yield f"thời hạn dài hơn một năm ({time.value:g} {time.unit})"
    if time and time.value and time.unit == "unknown":
        yield f"thời hạn “{time.value:g}” không rõ đơn vị"


def _odd_fee(method: Method) -> Iterator[str]:
    for fee in method.fees:
        if fee.amount == 0 and not fee.free:
            yield "lệ phí ghi 0 mà không ghi là miễn phí"
        if fee.amount and fee.unit == "đồng" and fee.amount < 1000:
            yield f"lệ phí chỉ {fee.amount:g} đồng"


def _coverage(
    records: Sequence[Procedure], groups_of: Callable[[Procedure], list[str]]
) -> list[Coverage]:
    groups: dict[str, list[Procedure]] = {}
    for record in records:
        for name in groups_of(record):
            groups.setdefault(name, []).append(record)
    found = [
        Coverage(name, len(own), {k: sum(map(has, own)) / len(own) for k, has in _HAS.items()})
        for name, own in groups.items()
    ]
    return sorted(found, key=lambda c: -c.count)
