"""Parses a row of the portal's Word export, whose tables kept their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from index.procedure import CODE, Agency, Procedure
from index.text import nfc
from ingest.parse import laws, prose
from ingest.parse.assemble import Parts, procedure
from ingest.parse.documents import sort_rows
from ingest.parse.levels import levels_in
from ingest.parse.methods import file_rows
from ingest.parse.papers import Row
from ingest.parse.rejected import Rejected
from ingest.parse.ways import WAYS, FeeCell, WayRow

_COUNTS = re.compile(r"Bản chính:\s*(\d+)\s*Bản sao:\s*(\d+)")
_ATTACHED = re.compile(r"\n?File đính kèm:[^\n]*")
_FEE_LINE = re.compile(r"\n(?=\s*(?:Lệ phí|Phí)\s*:)")
_DECISION = re.compile(r"^quyết định số\s+", re.IGNORECASE)

Cells = dict[str, str]


def parse(raw: dict[str, Any], where: str) -> Procedure | Rejected:
    """One row of the Word export as a Procedure, or the reason why it can't be one."""
    meta, content = _texts(raw.get("metadata")), _texts(raw.get("content"))
    code = nfc(str(raw.get("thu_tuc_id") or meta.get("mã_thủ_tục", ""))).strip()
    if reason := _unfit(meta, code):
        return Rejected(code or None, where, reason)
    tables = raw.get("tables")
    parts = _parts(code, meta, content, tables if isinstance(tables, dict) else {})
    return procedure(replace(parts, url=prose.stated(raw.get("detail_url"))), where)


def _unfit(meta: Cells, code: str) -> str | None:
    if not CODE.fullmatch(code):
        return "hàng này không có mã thủ tục dạng 1.001193"
    shown = meta.get("mã_thủ_tục", code).strip()
    if shown != code:
        return f"nội dung là của thủ tục khác (mã {shown})"
    if not prose.stated(meta.get("tên_thủ_tục")):
        return "hàng này không có tên thủ tục"
    return None


def _parts(code: str, meta: Cells, content: Cells, tables: dict[str, Any]) -> Parts:
    steps = content.get("trình_tự_thực_hiện", "")
    conditions = content.get("yêu_cầu_điều_kiện_thực_hiện", "")
    decision = prose.stated(meta.get("số_quyết_định"))
    law = laws.listed(map(_law, _cells(tables, "can_cu_phap_ly")))
    return Parts(
        code=code,
        name=prose.procedure_name(meta["tên_thủ_tục"]),
        decision=_DECISION.sub("", decision) if decision else None,
        field=prose.stated(meta.get("lĩnh_vực")),
        summary=prose.stated(content.get("mô_tả")),
        levels=levels_in(meta.get("cấp_thực_hiện", "")),
        agency=_agency(content),
        audience=prose.audience(content.get("đối_tượng_thực_hiện", "")),
        papers=sort_rows(map(_paper, _cells(tables, "thanh_phan_ho_so"))),
        filing=file_rows(_filed(_cells(tables, "hinh_thuc_nop")), steps, conditions),
        steps=prose.steps(steps),
        conditions=prose.lines(conditions),
        results=prose.lines(content.get("kết_quả_thực_hiện", "")),
        legal_basis=law.bases,
        doubts=law.doubts,
        left=_left(content, _cells(tables, "hinh_thuc_nop")),
    )


def _texts(value: object) -> Cells:
    """The string cells of a mapping, composed; anything else has none."""
    cells = value.items() if isinstance(value, dict) else ()
    return {nfc(str(key)): nfc(cell) for key, cell in cells if isinstance(cell, str)}


def _cells(tables: dict[str, Any], name: str) -> tuple[Cells, ...]:
    table = tables.get(name)
    return tuple(map(_texts, table)) if isinstance(table, list) else ()


def _agency(content: Cells) -> Agency:
    done_by = prose.stated(content.get("cơ_quan_thực_hiện"))
    address = prose.stated(content.get("địa_chỉ_tiếp_nhận_hs"))
    places = dict.fromkeys(place for place in (done_by, address) if place)
    return Agency(
        receives="; ".join(places) or None,
        decides=prose.stated(content.get("cơ_quan_có_thẩm_quyền")),
        coordinates=prose.stated(content.get("cơ_quan_phối_hợp")),
    )


def _paper(cells: Cells) -> Row:
    counts = _COUNTS.search(cells.get("ghi_chu", ""))
    original, copies = (int(counts[1]), int(counts[2])) if counts else (None, None)
    file = "; ".join(prose.lines(cells.get("so_luong", "")))
    caption = cells.get("truong_hop", "")
    return Row(cells.get("ten_giay_to", ""), original, copies, file=file, caption=caption)


def _filed(table: Iterable[Cells]) -> Iterable[WayRow]:
    for cells in table:
        if way := WAYS.get(prose.tidy(cells.get("hinh_thuc", ""))):
            fees = tuple(_fees(cells.get("phi_le_phi", "")))
            yield WayRow(way, cells.get("thoi_han_giai_quyet", ""), fees, cells.get("mo_ta", ""))


def _fees(cell: str) -> Iterable[FeeCell]:
    """One fee a line: ``Phí : 50.000 Đồng (note)``."""
    for line in _FEE_LINE.split(_ATTACHED.sub("", cell)):
        printed, opened, note = line.partition("(")
        if printed.strip() or note.strip():
            yield FeeCell(printed, note.strip().removesuffix(")") if opened else "")


def _law(cells: Cells) -> tuple[str, str]:
    return cells.get("trich_yeu", ""), cells.get("so_ky_hieu", "")


def _left(content: Cells, table: Iterable[Cells]) -> dict[str, str]:
    """What the export says in prose beside its tables, and rows of an unknown way."""
    ways = [(prose.tidy(cells.get("hinh_thuc", "")), cells) for cells in table]
    strange = [" ".join(cells.values()) for way, cells in ways if way not in WAYS]
    said = {
        "methods": "\n".join([content.get("cách_thức_thực_hiện", ""), *strange]),
        "documents": content.get("thành_phần_hồ_sơ", ""),
        "legal_basis": content.get("căn_cứ_pháp_lý", ""),
    }
    return {name: text for name, raw in said.items() if (text := prose.stated(raw))}
