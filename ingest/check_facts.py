"""Holds every curated record against the portal's own text: ``python -m ingest.check_facts``.

The wording of a curated record is ours; its facts are the portal's. Each code,
name, level, decision, fee, time, legal number, and every other number that a
record states must stand in the portal's record of that code. The portal's
text is not part of the project, so the check runs where a copy is present.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from index.procedure import Procedure
from index.text import nfc
from ingest.portal_text import PortalText, load_portal_texts
from ingest.read import read_curated

_UNITS = {"working_day": "ngày làm việc", "day": "ngày", "hour": "giờ", "month": "tháng"}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def main(argv: list[str] | None = None) -> int:
    """Print one line a fault; exit 0 when every record agrees, 1 when not, 2 without a copy."""
    parser = argparse.ArgumentParser(prog="python -m ingest.check_facts", description=__doc__)
    parser.add_argument("records", nargs="*", type=Path, help="YAML files (default: all curated)")
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    options = parser.parse_args(argv)
    if not options.corpus.is_dir():
        print(
            f"Không có bản sao của Cổng tại {options.corpus}; hãy chỉ ra bằng --corpus.",
            file=sys.stderr,
        )
        return 2
    texts = load_portal_texts(options.corpus)
    records = list(read_curated(options.records))
    faults = [f"{r.code}: {fault}" for r in records for fault in check(r, texts.get(r.code))]
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{len(records)} hồ sơ, {len(faults)} chỗ không khớp")
    return 1 if faults else 0


def check(record: Procedure, portal: PortalText | None) -> Iterator[str]:
    """Yield one sentence for each fact of ``record`` that ``portal`` does not state."""
    if portal is None:
        yield "không có mã này trong bản sao của Cổng"
        return
    yield from _identity(record, portal)
    yield from _fees(record, portal)
    yield from _times(record, portal)
    for law in record.legal_basis:
        if law.number and not _cites(portal.text, law.number):
            yield f"không thấy số văn bản {law.number}"
    for place, text in _free_texts(record):
        for number in _NUMBER.findall(text):
            if not _has_number(number, portal.text):
                yield f"{place}: số {number} không có trong văn bản gốc"


def _identity(record: Procedure, portal: PortalText) -> Iterator[str]:
    if not _same_name(record.name, portal.name):
        yield f"tên «{record.name}» khác «{portal.name}»"
    if set(record.levels) != set(portal.levels):
        yield f"cấp {sorted(record.levels)} khác {sorted(portal.levels)}"
    if record.source.decision != portal.decision:
        yield f"quyết định {record.source.decision} khác {portal.decision}"


def _same_name(ours: str, theirs: str) -> bool:
    """Ours may leave out «Thủ tục» and stop early, at a word's end."""
    plain = [re.sub(r"^thủ tục\s+", "", nfc(n).casefold()).strip(" .") for n in (ours, theirs)]
    return (plain[1] + " ").startswith(plain[0] + " ") or plain[1].startswith(plain[0] + ",")


def _fees(record: Procedure, portal: PortalText) -> Iterator[str]:
    for method in record.methods:
        for fee in method.fees:
            if fee.amount and not _has_number(f"{fee.amount:.0f}", portal.text):
                yield f"không thấy mức {fee.amount:,.0f} {fee.unit}"
            if fee.free and "miễn" not in portal.text.casefold():
                yield "không thấy chữ «miễn» cho khoản được ghi là miễn phí"


def _times(record: Procedure, portal: PortalText) -> Iterator[str]:
    for time in (m.time for m in record.methods if m.time and m.time.value):
        unit = _UNITS.get(time.unit, "")
        if not re.search(rf"(?<!\d)0?{time.value}(?!\d)\D{{0,12}}{unit}", portal.text, re.I):
            yield f"không thấy thời hạn {time.value} {unit}".rstrip()


def _free_texts(record: Procedure) -> Iterator[tuple[str, str]]:
    for place in ("steps", "conditions", "notes", "results"):
        for text in getattr(record, place):
            yield place, text
    yield "summary", record.summary or ""
    for paper in record.documents:
        yield f"documents.{paper.id}", f"{paper.name} {paper.note or ''}"
    for method in record.methods:
        texts = [method.note, method.time and method.time.note, *(f.note for f in method.fees)]
        yield f"methods.{method.way}", " ".join(t for t in texts if t)


def _cites(text: str, number: str) -> bool:
    """The portal glues a number to the words after it, and a year to the number before it."""
    return re.search(rf"(?:(?<!\d)|(?<=20\d\d)){re.escape(number)}", text) is not None


def _has_number(number: str, text: str) -> bool:
    """Whether a number stands in a text, whatever its separators or leading zeros."""
    digits = re.sub(r"[.,]", "", number).lstrip("0") or "0"
    spaced = r"[.,\s]?".join(digits)
    return re.search(rf"(?<!\d)0*{spaced}(?!\d)", text) is not None


if __name__ == "__main__":
    sys.exit(main())
