from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats import yaml_file
from ingest.read import Raw, Unreadable


def rows(text):
    return list(yaml_file.read(text.encode(), "x.yaml"))


def test_one_record_a_list_of_them_or_several_documents():
    assert [row.data for row in rows("code: a")] == [{"code": "a"}]
    assert [row.data for row in rows("- code: a\n- code: b")] == [{"code": "a"}, {"code": "b"}]
    assert [row.data for row in rows("code: a\n---\ncode: b")] == [{"code": "a"}, {"code": "b"}]


def test_what_windows_editors_put_before_a_file_is_no_hindrance():
    [row] = list(yaml_file.read("code: ấ".encode("utf-8-sig"), "x.yaml"))
    assert isinstance(row, Raw) and row.data == {"code": "ấ"}
    [row] = list(yaml_file.read("code: ấ".encode("utf-16"), "x.yaml"))
    assert isinstance(row, Raw) and row.data == {"code": "ấ"}


def test_aliases_are_refused_for_they_can_stand_for_billions_of_values():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    [row] = rows(bomb)
    assert isinstance(row, Unreadable)
    assert row.reason.startswith("dòng 2 dùng tên thay thế (*)")


def test_an_object_of_python_is_not_built():
    [row] = rows("!!python/object/apply:os.system [echo x]")
    assert isinstance(row, Unreadable) and "không phải YAML đúng" in row.reason


@pytest.mark.parametrize("text", ["checked_on: 2026-13-45", "code: 1" + "0" * 5000])
def test_a_date_or_number_that_can_not_be_is_told(text):
    [row] = rows(text)
    assert isinstance(row, Unreadable) and "không đúng" in row.reason


def test_keys_are_text():
    [row] = rows("2026-01-01: x\n1: {2: y}")
    assert isinstance(row, Raw) and row.data == {"2026-01-01": "x", "1": {"2": "y"}}


def test_what_is_no_record_is_told():
    [row] = rows("chỉ là chữ")
    assert isinstance(row, Unreadable) and "không phải một hồ sơ" in row.reason


@given(st.text(max_size=200))
def test_any_text_gives_rows(text):
    content = text.encode("utf-8", "replace")
    for row in yaml_file.read(content, "x.yaml"):
        assert isinstance(row, Raw | Unreadable)
