from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from index.procedure import Procedure
from ingest.check_facts import check, main
from ingest.portal_text import PortalText

TEXT = (
    "Trực tiếp3 Ngày làm việc5,000 Việt Nam Đồng; miễn lệ phí cho hộ nghèo; "
    "Luật Thư viện 201946/2019/QH14Nghị định93/2020/NĐ-CPThông tư; trong 60 ngày"
)
PORTAL = PortalText("Thủ tục cấp thẻ thư viện, cấp lại", frozenset({"xa"}), "1/QĐ-THU", TEXT)
GOOD = {
    "code": "9.000001",
    "name": "Cấp thẻ thư viện",
    "levels": ["xa"],
    "methods": [
        {"way": "direct", "time": {"value": 3, "unit": "working_day"}, "fees": [{"amount": 5000}]}
    ],
    "legal_basis": [{"number": "46/2019/QH14"}, {"number": "93/2020/NĐ-CP"}],
    "notes": ["Làm trong 60 ngày."],
    "source": {"decision": "1/QĐ-THU"},
}


def faults(**changes: object) -> list[str]:
    record = Procedure.model_validate_json(json.dumps(GOOD | changes))
    return list(check(record, PORTAL))


def test_a_record_that_agrees_has_no_faults():
    assert faults() == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "Cấp thẻ bảo tàng"}, "tên «Cấp thẻ bảo tàng»"),
        ({"levels": ["xa", "tinh"]}, "cấp ['tinh', 'xa']"),
        ({"source": {"decision": "2/QĐ-THU"}}, "quyết định 2/QĐ-THU"),
        ({"legal_basis": [{"number": "6/2019/QH14"}]}, "không thấy số văn bản 6/2019/QH14"),
        ({"notes": ["Làm trong 30 ngày."]}, "notes: số 30"),
        ({"methods": [{"way": "direct", "fees": [{"amount": 500}]}]}, "không thấy mức 500"),
        (
            {"methods": [{"way": "direct", "time": {"value": 3, "unit": "hour"}}]},
            "không thấy thời hạn 3 giờ",
        ),
    ],
)
def test_a_fact_that_the_portal_does_not_state_is_found(changes, told):
    [fault] = faults(**changes)
    assert fault.startswith(told)


def test_an_unknown_code_is_found():
    assert list(check(Procedure.model_validate_json(json.dumps(GOOD)), None)) == [
        "không có mã này trong bản sao của Cổng"
    ]


def test_without_a_copy_of_the_portal_it_says_so(tmp_path, capsys):
    assert main(["--corpus", str(tmp_path / "none")]) == 2
    assert "--corpus" in capsys.readouterr().err


def test_the_command_counts_records_and_faults(tmp_path, crawl_row, capsys):
    with gzip.open(tmp_path / "portal_crawl_2642.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(json.dumps(crawl_row("9.000001")) + "\n")
    (tmp_path / "defence_207.jsonl").write_text("", encoding="utf-8")
    mine = tmp_path / "mine.yaml"
    mine.write_text('code: "9.000001"\nname: Cấp thẻ\nlevels: [xa]\n', encoding="utf-8")
    assert main([str(mine), "--corpus", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "9.000001: quyết định None khác 1/QĐ-THU" in said
    assert said.endswith("1 hồ sơ, 1 chỗ không khớp\n")


@pytest.mark.skipif("PORTAL_COPY" not in os.environ, reason="needs a copy of the portal")
def test_every_bundled_record_agrees_with_the_portal(capsys):
    assert main(["--corpus", str(Path(os.environ["PORTAL_COPY"]))]) == 0, capsys.readouterr().out
