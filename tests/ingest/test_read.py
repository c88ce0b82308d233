from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.validation import RecordError
from ingest.formats import limits
from ingest.read import (
    KNOWN,
    InputError,
    Listed,
    Raw,
    Unreadable,
    curated_dir,
    find_files,
    read,
    read_curated,
)


def test_each_line_of_a_jsonl_file_says_where_it_stood(write_rows, crawl_row):
    path = write_rows(crawl_row("9.000001"), {"thu_tuc_id": "9.000002"})
    rows = list(read(path))
    assert [(row.format, row.where) for row in rows] == [
        ("crawl", "portal.jsonl:1"),
        ("word", "portal.jsonl:2"),
    ]


def test_a_broken_line_is_reported_with_its_number_and_the_rest_is_read(write_rows, crawl_row):
    path = write_rows(crawl_row())
    path.write_text("{broken\n" + path.read_text("utf-8") + '["a list"]\n', "utf-8")
    rows = list(read(path))
    assert isinstance(rows[0], Unreadable) and rows[0].where == "portal.jsonl:1"
    assert isinstance(rows[1], Raw) and rows[1].data["ma_thu_tuc"] == "9.000001"
    assert isinstance(rows[2], Unreadable) and "không nhận ra" in rows[2].reason


def test_a_truncated_gzip_gives_what_was_read_and_says_that_it_broke(
    tmp_path, write_rows, crawl_row
):
    plain = write_rows(*(crawl_row(f"9.{n:06}", name=f"Tên {n * 7919}") for n in range(500)))
    whole = gzip.compress(plain.read_bytes())
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    rows = list(read(cut))
    assert any(isinstance(row, Raw) for row in rows)
    assert isinstance(rows[-1], Unreadable) and "đọc dở thì hỏng" in rows[-1].reason


def test_text_in_no_known_encoding_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "old.jsonl"
    path.write_bytes('{"ma_thu_tuc": "行政手续办理"}'.encode("gbk"))
    [row] = list(read(path))
    assert isinstance(row, Unreadable) and "UTF-8" in row.reason


def test_json_lines_in_utf16_are_read(tmp_path):
    path = tmp_path / "wide.jsonl"
    path.write_bytes('{"ma_thu_tuc": "Thủ tục"}\n{"ma_thu_tuc": "b"}'.encode("utf-16"))
    assert [row.data["ma_thu_tuc"] for row in read(path)] == ["Thủ tục", "b"]


def test_broken_yaml_names_file_and_line(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("code: '1'\nname: [a, b\n", encoding="utf-8")
    [row] = list(read(path))
    assert isinstance(row, Unreadable)
    assert row.where == "bad.yaml" and row.reason.startswith("dòng 3 không phải YAML đúng")


@pytest.mark.parametrize("name", ["notes.txt", "table.csv", "scan.pdf", "list.xls", "x.yaml.gz"])
def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path, name):
    path = tmp_path / name
    path.write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"Không biết định dạng.*YAML.*JSONL.*Word.*Excel"):
        find_files([path])
    [row] = list(read(path))
    assert isinstance(row, Unreadable) and KNOWN in row.reason


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "tệp PDF"),
        (b"{\\rtf1", "RTF"),
        (b"Rar!\x1a", "giải nén"),
        (b"xin chao", "không đúng là tệp Word hay Excel"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "không đúng là tệp Word hay Excel"),
        (b"", "tệp trống"),
    ],
)
def test_what_a_file_holds_counts_more_than_its_name(tmp_path, content, said):
    for name in ("ChiTietTTHC_9.000001.doc", "a.docx", "a.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        [row] = list(read(path))
        assert isinstance(row, Unreadable) and row.where == name and said in row.reason


def test_a_missing_path_and_an_empty_folder_are_refused(tmp_path):
    with pytest.raises(InputError, match="Không tìm thấy"):
        find_files([tmp_path / "nowhere"])
    with pytest.raises(InputError, match="không có tệp nào đọc được"):
        find_files([tmp_path])


def test_a_folder_gives_its_readable_files_only(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b.yaml", "a.jsonl", "readme.md", "inner/c.DOC", ".git/d.yaml", "~$c.docx"):
        (tmp_path / name).write_text("", encoding="utf-8")
    found = find_files([tmp_path])
    assert [p.relative_to(tmp_path).as_posix() for p in found] == [
        "a.jsonl",
        "b.yaml",
        "inner/c.DOC",
    ]


def test_a_file_named_twice_is_read_once(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("code: x", encoding="utf-8")
    assert find_files([path, tmp_path, path]) == [path]


def test_links_in_a_folder_are_not_followed_but_told_and_a_named_one_is_followed(tmp_path):
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (outside / "real.yaml").write_text("code: x", encoding="utf-8")
    (folder / "link.yaml").symlink_to(outside / "real.yaml")
    (folder / "linked").symlink_to(outside)
    found = find_files([folder])
    assert sorted(p.name for p in found) == ["link.yaml", "linked"]
    for path in found:
        [row] = list(read(path))
        assert isinstance(row, Unreadable) and "là liên kết" in row.reason
    assert find_files([folder / "link.yaml"]) == [outside / "real.yaml"]
    assert [p.name for p in find_files([folder / "linked"])] == ["real.yaml"]


def test_a_link_to_nothing_or_to_itself_is_refused(tmp_path):
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    for name in ("gone.yaml", "loop.yaml"):
        with pytest.raises(InputError, match="Không tìm thấy"):
            find_files([tmp_path / name])


def test_a_file_without_permission_is_told_and_the_others_are_read(tmp_path, monkeypatch):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("code: x", encoding="utf-8")
    _forbid(monkeypatch, "a.yaml")
    rows = [row for path in find_files([tmp_path]) for row in read(path)]
    assert isinstance(rows[0], Unreadable) and "không có quyền đọc" in rows[0].reason
    assert isinstance(rows[1], Raw)


def _forbid(monkeypatch, name):
    """Tests may run as root, whom no permission stops."""
    opened = Path.open

    def refuse(path, *arguments, **options):
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_told(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir()
    (tmp_path / "a.yaml").write_text("code: x", encoding="utf-8")
    closed.chmod(0)
    try:
        rows = [row for path in find_files([tmp_path]) for row in read(path)]
    finally:
        closed.chmod(0o700)
    assert {type(row) for row in rows} == {Raw, Unreadable}


def test_what_is_no_file_is_refused_and_does_not_block(tmp_path):
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    [row] = list(read(pipe))
    assert isinstance(row, Unreadable) and "không phải tệp thường" in row.reason
    [row] = list(read(tmp_path))
    assert isinstance(row, Unreadable) and "là thư mục" in row.reason


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "big.jsonl"
    with path.open("wb") as file:
        file.truncate(limits.FILE + 1)
    [row] = list(read(path))
    assert isinstance(row, Unreadable) and "lớn hơn 200 MB" in row.reason


@given(
    st.binary(max_size=300),
    st.sampled_from(
        ["a.yaml", "a.json", "a.jsonl.gz", "a.html", "a.doc", "a.docx", "a.xlsx", "a.x"]
    ),
    st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0", b"<html>", b"{"]),
)
def test_any_file_of_any_name_gives_rows_and_never_raises(tmp_path_factory, content, name, head):
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(head + content)
    assert all(isinstance(row, Raw | Listed | Unreadable) for row in read(path))


def test_every_bundled_record_is_valid_and_named_by_its_code():
    files = sorted(curated_dir().glob("*.yaml"))
    records = list(read_curated())
    assert len(records) == len(files) >= 30
    for path, record in zip(files, records, strict=True):
        assert path.name.startswith(record.code + "-")
        assert record.situations and record.aliases and record.summary
        assert record.source.decision


def test_a_bad_curated_record_names_file_and_field(tmp_path: Path):
    path = tmp_path / "x.yaml"
    path.write_text('code: "1"\nname: Tên\n', encoding="utf-8")
    with pytest.raises(RecordError, match=r"x\.yaml: trường code: phải có dạng"):
        list(read_curated([path]))
