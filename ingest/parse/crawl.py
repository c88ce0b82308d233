"""Parses a row of the crawled portal pages, whose tables were flattened."""

from __future__ import annotations

import re
from typing import Any

from index.procedure import CODE, Agency, Doubt, Procedure
from index.text import nfc, old_style
from ingest.parse import laws, papers, prose, ways
from ingest.parse.assemble import Parts, procedure
from ingest.parse.documents import sort_rows
from ingest.parse.levels import levels_in
from ingest.parse.methods import file_rows
from ingest.parse.page import page_code, sections
from ingest.parse.rejected import Rejected
from ingest.parse.results import remarks, results

_LONGEST_ADDRESS = 250
_DECISION_TITLE = re.compile(
    r"(?:quyết định )?(?:về việc )?công bố (?:danh mục|mới|sửa đổi)\b.*thủ tục hành chính", re.I
)


def parse(raw: dict[str, Any], where: str) -> Procedure | Rejected:
    """One row of the crawl as a Procedure, or the reason why it can't be one."""
    row = {str(key): nfc(value) for key, value in raw.items() if isinstance(value, str)}
    code = row.get("ma_thu_tuc", "").strip()
    if reason := _unfit(row, code):
        return Rejected(code or None, where, reason)
    return procedure(_parts(code, sections(row)), where)


def _unfit(row: dict[str, str], code: str) -> str | None:
    if not CODE.fullmatch(code):
        return "hàng này không có mã thủ tục dạng 1.001193"
    shown = page_code(row.get("raw_text", ""))
    if shown and shown != code:
        return f"trang chép lại là của thủ tục khác (mã {shown})"
    if not prose.stated(row.get("ten_thu_tuc")):
        return "hàng này không có tên thủ tục"
    return None


def _parts(code: str, row: dict[str, str]) -> Parts:
    table, after_papers = papers.rows(row.get("thanh_phan_ho_so", ""))
    filed, before_ways = ways.rows(old_style(row.get("cach_thuc_thuc_hien", "")))
    steps = old_style(row.get("trinh_tu_thuc_hien", ""))
    law = laws.legal_bases(row.get("can_cu_phap_ly", ""))
    return Parts(
        code=code,
        name=prose.procedure_name(row["ten_thu_tuc"]),
        url=prose.stated(row.get("detail_url")),
        decision=prose.stated(row.get("so_quyet_dinh")),
        field=prose.stated(row.get("linh_vuc")),
        levels=levels_in(row.get("cap_thuc_hien", "")),
        agency=_agency(row),
        audience=prose.audience(row.get("doi_tuong_thuc_hien", "")),
        papers=sort_rows(table, after_papers if table else ""),
        filing=file_rows(filed, steps, row.get("yeu_cau_dieu_kien", "")),
        steps=prose.steps(steps),
        conditions=prose.lines(row.get("yeu_cau_dieu_kien", "")),
        results=results(row.get("ket_qua_xu_ly", "")),
        notes=(*_long_address(row), *remarks(row.get("tu_khoa", ""))),
        legal_basis=law.bases,
        doubts=(*law.doubts, *_name_doubt(row["ten_thu_tuc"])),
        left=_left(documents="" if table else after_papers, methods=before_ways),
    )


def _agency(row: dict[str, str]) -> Agency:
    done_by = prose.stated(row.get("co_quan_thuc_hien"))
    address = None if _long_address(row) else prose.stated(row.get("dia_chi_tiep_nhan"))
    places = dict.fromkeys(place for place in (done_by, address) if place)
    return Agency(
        receives="; ".join(places) or None,
        decides=prose.stated(row.get("co_quan_co_tham_quyen")),
        coordinates=prose.stated(row.get("co_quan_phoi_hop")),
    )


def _long_address(row: dict[str, str]) -> tuple[str, ...]:
    """An address that is a set of rules: it belongs among the notes."""
    address = prose.stated(row.get("dia_chi_tiep_nhan"))
    return (address,) if address and len(address) > _LONGEST_ADDRESS else ()


def _name_doubt(name: str) -> tuple[Doubt, ...]:
    """The title of a decision that lists procedures does not name one of them."""
    if not _DECISION_TITLE.match(prose.tidy(name)):
        return ()
    why = "Cổng ghi tên một quyết định công bố thay cho tên thủ tục."
    return (Doubt(field="name", readings=(prose.tidy(name),), why=why),)


def _left(**texts: str) -> dict[str, str]:
    """Text beside the tables that no row took."""
    said = {name: prose.stated(text.strip(" -")) for name, text in texts.items()}
    return {name: text for name, text in said.items() if text}
