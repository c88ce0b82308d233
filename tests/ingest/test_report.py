from __future__ import annotations

import re
from pathlib import Path

from index.procedure import Agency, Doubt, Fee, Method, Procedure, Source, Time
from ingest.formats.listing import compare
from ingest.formats.rows import Listed
from ingest.parse.rejected import Rejected
from ingest.report import suspicious, write_report

COUNTS = dict.fromkeys(
    ("read", "accepted", "rejected", "added", "replaced", "removed", "kept", "bundled"), 7
) | {"procedures": 2, "snapshot": "2-abc", "listed": 1}


def record(code: str = "9.000001", **fields: object) -> Procedure:
    fields = {"name": "Cấp thẻ", "source": Source(kind="portal")} | fields
    return Procedure(code=code, **fields)


def written(tmp_path: Path, *records: Procedure, rejected: tuple[Rejected, ...] = ()) -> str:
    path = tmp_path / "report.html"
    listed = [Listed(where="a.xlsx:3", code="9.000009", name="Chưa có hồ sơ này")]
    write_report(path, records, rejected, COUNTS, compare(listed, records))
    return path.read_text("utf-8")


def test_the_report_tells_counts_rejects_doubts_unparsed_text_and_what_is_missing(tmp_path):
    doubt = Doubt(field="methods.fees", readings=("135 VNĐ", "135.000"), why="lệch nhau")
    page = written(
        tmp_path,
        record(doubts=(doubt,), unparsed={"documents": "một bảng lạ"}),
        rejected=(Rejected("9.000002", "x.jsonl:5", "trang của thủ tục khác (mã 9.000003)"),),
    )
    assert page.count("<b>7</b>") == 8
    for said in (
        "x.jsonl:5",
        "1 bản ghi: trang của thủ tục khác",
        "Cách nộp: lệ phí – 1 chỗ",
        "135 VNĐ / 135.000",
        "một bảng lạ",
        "Chưa có hồ sơ này",
        "Có trong danh mục nhưng chưa có hồ sơ – 1",
    ):
        assert said in page


def test_hostile_records_stay_text_and_nothing_is_loaded_from_elsewhere(tmp_path):
    page = written(tmp_path, record(name="<script>alert(1)</script>", unparsed={"steps": "<img>"}))
    assert "<script>" not in page and "<img>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not re.findall(r"""(?:src|href)\s*=|url\(|@import""", page)


def test_coverage_is_the_share_of_records_that_have_each_kind_of_content(tmp_path):
    method = Method(way="direct", time=Time(value=3, unit="day"))
    full = record("9.000001", field="Thư viện", methods=(method,), agency=Agency(receives="Xã"))
    page = written(tmp_path, full, record("9.000002", field="Thư viện"))
    row = page[page.index("<td>Thư viện</td>") :].split("</tr>")[0]
    assert re.findall(r"(\d+)%", row) == ["0", "50", "0", "0", "0", "50"]


def test_values_that_a_person_should_look_at():
    odd = record(
        methods=(
            Method(way="direct", time=Time(value=400, unit="day"), fees=(Fee(amount=135),)),
            Method(way="online", time=Time(value=1), fees=(Fee(amount=0),)),
        )
    )
    assert list(suspicious(odd)) == [
        "thời hạn dài hơn một năm (400 day)",
        "lệ phí chỉ 135 đồng",
        "thời hạn “1” không rõ đơn vị",
        "lệ phí ghi 0 mà không ghi là miễn phí",
        "không có giấy tờ nào trong hồ sơ",
    ]
    good = record(
        methods=(Method(way="direct", time=Time(value=1, unit="month"), fees=(Fee(free=True),)),),
        unparsed={"documents": "…"},
    )
    assert list(suspicious(good)) == []
