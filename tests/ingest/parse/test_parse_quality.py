from __future__ import annotations

from typing import Any

from evaluation.ingest_quality import Score, report, score
from ingest.parse import crawl

ROW = {
    "ma_thu_tuc": "9.000001",
    "ten_thu_tuc": "Cấp thẻ thư viện",
    "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp3 NgàyMiễn phí",
    "thanh_phan_ho_so": "--Tên giấy tờMẫu đơn, tờ khaiSố lượnga) Đơn xin cấp thẻ1 bản chính",
    "can_cu_phap_ly": "Luật Thư viện46/2019/QH14",
}
LABEL: dict[str, Any] = {
    "code": "9.000001",
    "reject": None,
    "documents": [{"name": "Đơn xin cấp", "original": 1, "copy": 0, "kind": "submit"}],
    "methods": [
        {
            "way": "direct",
            "time": {"value": 3, "unit": "day"},
            "fees": [{"free": True}],
            "doubtful": False,
        }
    ],
    "legal_numbers": ["46/2019/QH14"],
}


def judged(**changes: Any) -> Score:
    return score([LABEL | changes], {"9.000001": crawl.parse(ROW, "crawl:1")})


def test_a_record_that_agrees():
    result = judged()
    assert (result.wrong, result.presented, result.faults) == (0, 4, [])
    assert all(tally.f1 == 1 for tally in result.tallies.values())


def test_each_wrong_value_is_counted_once():
    method = LABEL["methods"][0] | {"time": {"value": 4, "unit": "day"}, "fees": [{"amount": 9}]}
    papers = [LABEL["documents"][0] | {"copy": 1}]
    result = judged(methods=[method], documents=papers, legal_numbers=["1/2019/QH14"])
    assert (result.wrong, result.presented) == (4, 4)
    assert result.tallies["times"].right == result.tallies["fees"].right == 0
    assert result.tallies["legal numbers"].recall == 0


def test_a_doubtful_fee_must_be_doubted():
    method = LABEL["methods"][0] | {"fees": [], "doubtful": True}
    result = judged(methods=[method])
    assert result.tallies["fees"].right == 0
    assert (result.tallies["fee doubts"].right, result.tallies["fee doubts"].expected) == (0, 1)


def test_a_fee_for_another_case_is_allowed_and_not_asked_for():
    method = LABEL["methods"][0] | {"fees": [{"free": True}, {"amount": 9, "other": True}]}
    assert judged(methods=[method]).tallies["fees"].right == 1


def test_a_record_that_should_be_refused():
    result = judged(reject="foreign", documents=[], methods=[], legal_numbers=[])
    assert result.tallies["rejects"].right == 0
    assert next(iter(report(result, 1))) == "1 hồ sơ có nhãn"


def test_where_a_doubt_may_or_may_not_be_neither_is_a_fault():
    method = LABEL["methods"][0] | {"either": ["fee", "time"]}
    plain = judged(methods=[method])
    assert plain.faults == []
    doubtful = ROW | {
        "cach_thuc_thuc_hien": ROW["cach_thuc_thuc_hien"] + "Lệ phí: 90.000 đồng/thẻ",
    }
    doubted = score([LABEL | {"methods": [method]}], {"9.000001": crawl.parse(doubtful, "crawl:1")})
    assert doubted.tallies["fee doubts"].right == 1
    assert doubted.tallies["fees"].f1 == 1
