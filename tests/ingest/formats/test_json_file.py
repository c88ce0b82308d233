from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats import json_file, limits
from ingest.read import Listed, Raw, Unreadable, read

DETAIL = {
    "id": "0",
    "code": "9.000001",
    "name": "Cấp thẻ thư viện",
    "executionMethods": [{"submissionMethod": "ONLINE", "fees": []}],
    "executionCases": [],
}
ANSWER = {"code": "OK", "data": DETAIL}


@pytest.fixture
def write(tmp_path):
    def to(content, name="answer.json"):
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        return path

    return to


@pytest.mark.parametrize("given", [ANSWER, DETAIL, {"data": [DETAIL]}, [ANSWER]])
def test_one_answer_of_the_api_in_all_its_wrappings(write, given):
    [row] = list(read(write(given)))
    assert isinstance(row, Raw) and (row.format, row.where) == ("api", "answer.json")
    assert row.data == DETAIL


def test_several_records_in_one_file_are_numbered(write):
    given = [ANSWER, {"ma_thu_tuc": "9.000002"}, {"thu_tuc_id": "9.000003"}, 7]
    rows = list(read(write(given)))
    assert [row.where for row in rows] == [f"answer.json#{n}" for n in (1, 2, 3, 4)]
    assert [getattr(row, "format", None) for row in rows] == ["api", "crawl", "word", None]


def test_answers_line_by_line(write):
    text = "\n".join([json.dumps(ANSWER), "", json.dumps(DETAIL)])
    for name in ("a.jsonl", "really_lines.json"):
        rows = list(read(write(text, name)))
        assert [(row.format, row.where) for row in rows] == [
            ("api", f"{name}:1"),
            ("api", f"{name}:3"),
        ]


def test_one_record_spread_over_the_lines_of_a_jsonl_file(write):
    [row] = list(read(write(json.dumps(ANSWER, indent=1), "a.jsonl")))
    assert isinstance(row, Raw) and row.data == DETAIL


def test_a_page_of_the_apis_list_and_of_the_old_search_name_procedures(write):
    item = {"id": "0", "code": "x", "codeNotation": "9.000001", "name": "Cấp thẻ"}
    old = {
        "ID": "1",
        "PROCEDURE_CODE": "9.000002",
        "PROCEDURE_NAME": "Đổi thẻ",
        "FIELD_NAME": "Thư viện",
    }
    answer = {"code": "OK", "data": {"items": [item], "lastId": "0", "total": 1}}
    assert list(read(write([answer, [old]]))) == [
        Listed("answer.json#1", "9.000001", "Cấp thẻ"),
        Listed("answer.json#2", "9.000002", "Đổi thẻ", None, "Thư viện"),
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"code": "FORBIDDEN", "data": None}, r"không kèm dữ liệu \(mã FORBIDDEN\)"),
        ({"title": "Đăng ký"}, "không nhận ra kiểu bản ghi"),
        ('{"code":\n "9', "dòng 2 không phải JSON đúng"),
        ("[" * 100_000, "lồng nhau quá sâu"),
        ("  \n", "tệp trống"),
        ("[1" + "0" * 5000 + "]", "đọc dở thì hỏng"),
    ],
)
def test_what_is_no_record_is_told(write, given, said):
    [row] = list(read(write(given)))
    assert isinstance(row, Unreadable)
    assert __import__("re").search(said, row.reason), row.reason


def test_a_huge_line_is_left_out_and_the_next_one_read(write, monkeypatch):
    monkeypatch.setattr(json_file, "FIELD", 2_000_000)
    huge = json.dumps({"ma_thu_tuc": "9.000001", "raw_text": "x" * 5_000_000})
    rows = list(read(write(f"{huge}\n{json.dumps(DETAIL)}\n", "a.jsonl")))
    assert isinstance(rows[0], Unreadable) and rows[0].where == "a.jsonl:1"
    assert "dòng dài hơn 2 MB" in rows[0].reason
    assert isinstance(rows[1], Raw) and rows[1].where == "a.jsonl:2"


def test_fifty_megabytes_in_one_field_are_refused(write):
    huge = json.dumps({"ma_thu_tuc": "9.000001", "raw_text": "x" * 50_000_000})
    for name in ("a.jsonl", "a.json"):
        rows = list(read(write(f"{huge}\n", name)))
        assert all(isinstance(row, Unreadable) for row in rows) and len(rows) == 1
        assert "dài hơn 20" in rows[0].reason


def test_a_compressed_file_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(json_file, "UNPACKED", 3_000_000)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"ma_thu_tuc": "9.000001"}\n' * 200_000))
    rows = list(read(path))
    assert isinstance(rows[0], Raw)
    assert isinstance(rows[-1], Unreadable) and "bung ra lớn hơn 3 MB" in rows[-1].reason


def test_a_damaged_compressed_file_gives_what_was_read(tmp_path):
    lines = b"".join(
        json.dumps({"ma_thu_tuc": f"9.{n:06}", "x": os.urandom(40).hex()}).encode() + b"\n"
        for n in range(5_000)
    )
    whole = bytearray(gzip.compress(lines))
    whole[len(whole) // 2] ^= 0xFF
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(bytes(whole))
    rows = list(read(path))
    assert isinstance(rows[0], Raw)
    assert isinstance(rows[-1], Unreadable)


def test_half_a_letter_is_replaced_so_that_the_record_can_be_written(write):
    [row] = list(read(write('{"ma_thu_tuc": "9.000001", "x": "a\\ud800b"}')))
    assert isinstance(row, Raw) and row.data["x"] == "a\ufffdb"


def test_a_whole_file_has_a_limit():
    with pytest.raises(ValueError, match="lớn hơn 1 MB"):
        limits.read_whole(io.BytesIO(b"x" * 1_000_001), limits.MB)


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["data", "items", "code", "name", "codeNotation", "ma_thu_tuc",
                         "thu_tuc_id", "executionCases", "PROCEDURE_CODE", "PROCEDURE_NAME"]),
        inner, max_size=5,
    ),
)  # fmt: skip


@given(_JSON)
def test_any_json_gives_rows(value):
    for row in json_file.read(json.dumps(value).encode(), "x.json"):
        assert isinstance(row, Raw | Listed | Unreadable) and row.where.startswith("x.json")


@given(st.binary(max_size=300))
def test_any_bytes_give_rows(content):
    rows = list(json_file.read_lines(io.BytesIO(content), "x.jsonl"))
    assert all(isinstance(row, Raw | Listed | Unreadable) for row in rows)


@pytest.mark.skipif("PORTAL_COPY" not in os.environ, reason="needs real records")
def test_the_real_answer_and_every_real_row_is_recognised():
    corpus = Path(os.environ["PORTAL_COPY"])
    [answer] = list(read(corpus / "portal_api_detail_sample.json"))
    assert isinstance(answer, Raw) and answer.format == "api"
    assert answer.data["code"] == "1.000358"
    crawl = list(read(corpus / "portal_crawl_2642.jsonl.gz"))
    assert len(crawl) == 2642 and {row.format for row in crawl} == {"crawl"}
    word = list(read(corpus / "defence_207.jsonl"))
    assert len(word) == 207 and {row.format for row in word} == {"word"}
    old = list(read(corpus / "outdated_2021_87.json"))
    assert len(old) == 87 and all(isinstance(row, Unreadable) for row in old)
