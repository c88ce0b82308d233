from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from junk import JUNK

from index.procedure import Procedure
from ingest.parse import api
from ingest.parse.rejected import Rejected

DETAIL = {
    "id": "abc",
    "code": "9.000005",
    "name": "Gia hạn thẻ thư viện",
    "isWard": True,
    "isProvince": False,
    "isFullProcess": True,
    "executionSteps": [{"name": "Bước 1", "description": "- Gửi đơn."}],
    "executionMethods": [
        {
            "submissionMethod": "ONLINE",
            "processingTime": 5,
            "processingTimeUnit": "WORKING_DAY",
            "fees": [{"type": "FEE", "value": 0}],
        },
        {
            "submissionMethod": "DIRECT",
            "processingTime": 1,
            "processingTimeUnit": "FORTNIGHT",
            "fees": [{"type": "FEE", "value": 12000}, {"type": "FEE", "value": 9}],
        },
        {"submissionMethod": "PIGEON"},
    ],
    "executionCases": [
        {
            "name": "Khi mất thẻ",
            "profileComponents": [
                {
                    "name": "Đơn xin gia hạn",
                    "originalQty": 1,
                    "copyQty": 0,
                    "attachments": [{"fileName": "GIAHAN.docx"}],
                }
            ],
        },
    ],
    "legalBasisesDetails": [{"name": "Luật Thư viện", "code": "46/2019/QH14"}],
    "resultsDetails": [{"name": "Thẻ đã gia hạn"}],
    "subjectTypesDetails": [{"name": "Công dân Việt Nam"}],
    "categoriesDetails": [{"name": "Thư viện"}],
    "departmentsExecuting": [{"name": "Thư viện xã"}],
    "departmentsAuthority": [{"name": "Thư viện tỉnh"}],
    "procedureProposal": {"proposalNumber": "3/QĐ-THU"},
}


def test_a_detail_answer_of_the_portal():
    record = api.parse(DETAIL, "api:1")
    assert isinstance(record, Procedure)
    assert (record.code, record.levels, record.online) == ("9.000005", ("xa",), "full")
    assert record.source.url == "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/abc"
    assert record.source.decision == "3/QĐ-THU"
    assert (record.agency.receives, record.agency.decides) == ("Thư viện xã", "Thư viện tỉnh")
    paper = record.documents[0]
    assert (paper.name, paper.case, paper.original, paper.copies) == (
        "Đơn xin gia hạn",
        "Khi mất thẻ",
        1,
        0,
    )
    assert paper.form and paper.form.name == "GIAHAN.docx"
    online, direct = record.methods
    assert online.time and (online.time.value, online.time.unit) == (5, "working_day")
    assert [f.free for f in online.fees] == [True]
    assert direct.time and (direct.time.value, direct.time.text) == (None, "1 FORTNIGHT")
    assert [f.amount for f in direct.fees] == [12_000, None]
    assert [(d.field, d.readings) for d in record.doubts] == [
        ("methods.fees", ("Trực tiếp: 9 đồng",))
    ]
    assert record.steps == ("Bước 1", "- Gửi đơn.")
    assert record.unparsed == {"methods": "PIGEON"}


def test_flags_that_are_false_leave_online_open():
    record = api.parse(DETAIL | {"isFullProcess": False}, "api:2")
    assert isinstance(record, Procedure) and record.online is None


@given(st.dictionaries(st.sampled_from([*DETAIL]), JUNK))
def test_no_detail_answer_raises(changes: dict[str, Any]):
    assert isinstance(api.parse(DETAIL | changes, "api:3"), Procedure | Rejected)
