from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from index.validation import RecordError
from ingest.read import InputError, Raw, Unreadable, curated_dir, find_files, read, read_curated


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


def test_text_that_is_not_utf8_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "old.jsonl"
    path.write_bytes('{"ma_thu_tuc": "Thủ tục"}'.encode("utf-16"))
    [row] = list(read(path))
    assert isinstance(row, Unreadable) and "UTF-8" in row.reason


def test_broken_yaml_names_file_and_line(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("code: '1'\nname: [a, b\n", encoding="utf-8")
    [row] = list(read(path))
    assert isinstance(row, Unreadable)
    assert row.where == "bad.yaml" and row.reason.startswith("dòng 3 không phải YAML đúng")


@pytest.mark.parametrize("name", ["notes.txt", "table.csv"])
def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path, name):
    path = tmp_path / name
    path.write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"Không biết định dạng.*YAML.*JSONL"):
        find_files([path])


def test_a_missing_path_and_an_empty_folder_are_refused(tmp_path):
    with pytest.raises(InputError, match="Không tìm thấy"):
        find_files([tmp_path / "nowhere"])
    with pytest.raises(InputError, match="không có tệp nào đọc được"):
        find_files([tmp_path])


def test_a_folder_gives_its_readable_files_only(tmp_path):
    for name in ("b.yaml", "a.jsonl", "readme.md"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [p.name for p in find_files([tmp_path])] == ["a.jsonl", "b.yaml"]


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
