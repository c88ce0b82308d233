from __future__ import annotations

import json

from index.snapshot import open_current
from ingest import gather as room
from ingest import held as memory
from ingest.command import DONE, main
from ingest.gather import gather
from ingest.held import Held, recall
from ingest.read import find_files


def quiet(what: str, done: int, total: int) -> None:
    pass


def run(root, *paths, **options):
    return main([*map(str, paths), "--out", str(root)])


def test_a_row_that_the_snapshot_knows_is_not_parsed_again(
    root, write_rows, crawl_row, monkeypatch
):
    source = write_rows(crawl_row("9.000001"), crawl_row("không phải mã"))
    assert run(root, source) == DONE
    parsed: list[str] = []

    def parse(data, where):
        parsed.append(where)
        raise AssertionError(where)

    monkeypatch.setitem(room.PARSERS, "crawl", parse)
    again = gather(find_files([source]), recall(open_current(root)), quiet)
    assert parsed == []
    assert list(again.lines) == [("9.000001", "portal")]
    assert [r.where for r in again.rejected] == ["portal.jsonl:2"]


def test_a_new_parser_that_makes_the_same_records_is_remembered(
    root, write_rows, crawl_row, monkeypatch
):
    source = write_rows(crawl_row("9.000001"))
    assert run(root, source) == DONE
    before = recall(open_current(root))
    monkeypatch.setattr(memory, "PARSER", "newer")
    assert recall(open_current(root)).rows == {}
    assert run(root, source) == DONE
    after = recall(open_current(root))
    assert after.rows == before.rows and after.lines == before.lines


def test_a_changed_row_is_parsed_again_and_the_old_one_is_forgotten(root, write_rows, crawl_row):
    old, new = crawl_row("9.000001"), crawl_row("9.000001", linh_vuc="Bảo tàng")
    for row in (old, new, old):
        assert run(root, write_rows(row)) == DONE
        [kept] = [f for f in recall(open_current(root)).rows.values() if f[0] == "9.000001"]
        assert kept == ("9.000001", "portal")
        record = open_current(root).procedure("9.000001")
        assert record is not None and record.field == row["linh_vuc"]


def test_the_newer_of_two_different_records_of_one_code_is_kept_wherever_it_stands(
    write_rows, crawl_row
):
    older = crawl_row(can_cu_phap_ly="Tên văn bản pháp lýMã văn bảnLuật Thư viện46/2019/QH14")
    newer = crawl_row(can_cu_phap_ly="Tên văn bản pháp lýMã văn bảnNghị định93/2025/NĐ-CP")
    for rows in ([older, newer], [newer, older]):
        gathered = gather([write_rows(*rows)], Held(), quiet)
        [line] = gathered.lines.values()
        assert "93/2025/NĐ-CP" in line
        assert len(gathered.rejected) == 1 and "hai bản khác nhau" in gathered.rejected[0].reason


def test_the_same_row_twice_is_no_conflict(write_rows, crawl_row):
    gathered = gather([write_rows(crawl_row(), crawl_row())], Held(), quiet)
    assert len(gathered.lines) == 1 and gathered.rejected == []


def test_a_code_in_curated_and_portal_records_keeps_both(root, write_rows, crawl_row, tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text('code: "9.000001"\nname: Làm thẻ thư viện\n', encoding="utf-8")
    assert run(root, mine, write_rows(crawl_row("9.000001"))) == DONE
    record = open_current(root).procedure("9.000001")
    assert record is not None
    assert record.name == "Làm thẻ thư viện" and record.origin["documents"] == "portal"
    layers = json.loads(open_current(root).note("layers.json") or "")
    assert len(layers["under"]) == 2
    assert run(root, write_rows(crawl_row("9.000002"), name="other.jsonl")) == DONE
    again = open_current(root).procedure("9.000001")
    assert again == record


def test_a_list_alone_changes_nothing_and_tells_what_is_missing(root, tmp_path, capsys):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (
        ["DANH SÁCH THỦ TỤC"],
        ["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"],
        ["9.000077", "Thủ tục chưa có", "Bộ Thư viện", "Xã", "Thư viện"],
        ["1.001193", "Đăng ký khai sinh", "Bộ Tư pháp", "Xã", "Hộ tịch"],
    ):
        sheet.append(row)
    path = tmp_path / "danh-sach.xlsx"
    book.save(path)
    before = open_current(root).manifest.id
    report = tmp_path / "report.html"
    assert run(root, path, "--report", report) == DONE
    assert "Danh mục có 2 thủ tục: 1 chưa có hồ sơ" in capsys.readouterr().out
    assert open_current(root).manifest.id == before
    assert "Thủ tục chưa có" in report.read_text("utf-8")
