"""Cuts the text of a portal page into its sections.

The crawler cut the same text at the first occurrence of each heading, which
may stand inside a sentence; here each heading is looked for after the one
before it, and tables by their glued column titles.
"""

from __future__ import annotations

import re

PAPERS_HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"

_CODE = re.compile(r"Mã thủ tục\s*(\d\.\d{6})")
_PAPERS = re.compile(
    r"(?<! )Thành phần hồ sơ(?!\s*Căn cứ pháp lý[^T])|"
    rf"Thành phần hồ sơ(?=(?:(?!Thành phần hồ sơ)[^.;]){{0,200}}{PAPERS_HEADER})"
)
"""After a blank these words may stand in a sentence, unless the table follows them."""

_HEADINGS = (
    ("trinh_tu_thuc_hien", re.compile(r"Trình Tự Thực Hiện")),
    ("cach_thuc_thuc_hien", re.compile(r"Cách Thức Thực Hiện(?=\s*Hình thức nộp)")),
    ("thanh_phan_ho_so", _PAPERS),
    ("can_cu_phap_ly", re.compile(r"Căn cứ pháp lý(?=Tên văn bản pháp lý|Không có thông tin)")),
    ("co_quan_thuc_hien", re.compile(r"Cơ quan thực hiện")),
    ("yeu_cau_dieu_kien", re.compile(r"Yêu cầu, điều kiện thực hiện")),
    ("ket_qua_xu_ly", re.compile(r"Kết quả xử lý")),
    ("tu_khoa", re.compile(r"Từ khóa")),
)


def page_code(raw_text: str) -> str | None:
    """The code that the page itself bears."""
    found = _CODE.search(raw_text)
    return found.group(1) if found else None


def sections(raw: dict[str, str]) -> dict[str, str]:
    """The row's sections, read from its ``raw_text`` where the headings are found."""
    text = raw.get("raw_text", "")
    cuts: list[tuple[str, int, int]] = []
    position = 0
    for name, heading in _HEADINGS:
        if found := heading.search(text, position):
            cuts.append((name, found.start(), found.end()))
            position = found.end()
    ends = [*(start for _, start, _ in cuts[1:]), len(text)]
    return raw | {name: text[begin:end] for (name, _, begin), end in zip(cuts, ends, strict=False)}
