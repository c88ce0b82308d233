from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.snapshot import open_current
from index.store import current_id
from ingest.command import DONE, REJECTS, UNUSABLE, main
from ingest.read import curated_dir

BUNDLED = len(list(curated_dir().glob("*.yaml")))


def ingest(*arguments: object) -> int:
    return main([str(a) for a in arguments])


def test_an_ingest_prints_counts_and_the_records_are_there(root, write_rows, crawl_row, capsys):
    source = write_rows(crawl_row("9.000001"), crawl_row("9.000002", name="Cấp lại thẻ thư viện"))
    assert ingest(source, "--out", root, "--json") == DONE
    counts = json.loads(capsys.readouterr().out)
    expected = {"read": 2, "accepted": 2, "rejected": 0, "added": 2, "bundled": BUNDLED}
    assert expected.items() <= counts.items()
    snapshot = open_current(root)
    assert snapshot.manifest.procedures == BUNDLED + 2
    record = snapshot.procedure("9.000001")
    assert record is not None and record.name == "Cấp thẻ thư viện"
    assert [d.name for d in record.documents] == ["Đơn xin cấp thẻ"]
    assert [(m.way, m.time.value, m.fees[0].amount) for m in record.methods] == [
        ("direct", 3, 5000)
    ]


def test_a_second_run_changes_nothing_and_a_changed_record_is_replaced(
    root, write_rows, crawl_row, capsys
):
    source = write_rows(crawl_row("9.000001"), crawl_row("9.000002"))
    ingest(source, "--out", root)
    first = current_id(root)
    assert ingest(source, "--out", root) == DONE and current_id(root) == first
    changed = write_rows(crawl_row("9.000001", linh_vuc="Bảo tàng"), name="changed.jsonl")
    capsys.readouterr()
    ingest(changed, "--out", root, "--json")
    counts = json.loads(capsys.readouterr().out)
    assert (counts["replaced"], counts["kept"], counts["removed"]) == (1, 1, 0)
    ingest(changed, "--out", root, "--json", "--replace")
    assert json.loads(capsys.readouterr().out)["removed"] == 1
    assert "9.000002" not in open_current(root)


def test_rejects_are_told_with_reasons_and_strict_gives_3(root, write_rows, crawl_row, capsys):
    source = write_rows(crawl_row("9.000001"), crawl_row("không phải mã"), {"what": "is this"})
    assert ingest(source, "--out", root, "--strict") == REJECTS
    said = capsys.readouterr().err
    assert "Từ chối portal.jsonl:2" in said and "Từ chối portal.jsonl:3" in said
    assert "9.000001" in open_current(root)


def test_the_same_code_twice_in_one_input_is_told(root, write_rows, crawl_row, capsys):
    source = write_rows(crawl_row("9.000001"), crawl_row("9.000001", name="Tên khác"))
    assert ingest(source, "--out", root) == DONE
    assert "mã này có hai bản khác nhau" in capsys.readouterr().err
    assert open_current(root).names["9.000001"] == "Cấp thẻ thư viện"


@pytest.mark.parametrize("name", ["nowhere.jsonl", "notes.txt", "empty.jsonl", "broken.yaml"])
def test_unusable_input_exits_2_in_one_sentence_and_changes_nothing(tmp_path, root, name, capsys):
    before = current_id(root)
    path = tmp_path / name
    if name != "nowhere.jsonl":
        path.write_text("" if name == "empty.jsonl" else "a: [", encoding="utf-8")
    assert ingest(path, "--out", root) == UNUSABLE
    assert capsys.readouterr().err.strip()
    assert current_id(root) == before


def test_an_unknown_encoder_and_nothing_to_do_are_refused(tmp_path, capsys):
    assert ingest("--bundled", "--out", tmp_path, "--encoder", "word2vec") == UNUSABLE
    assert "Không biết bộ mã hóa" in capsys.readouterr().err
    assert ingest("--out", tmp_path) == UNUSABLE
    assert "Chưa có gì để nạp" in capsys.readouterr().err


def test_a_damaged_snapshot_is_cured_by_ingesting_again(root, write_rows, crawl_row):
    source = write_rows(crawl_row("9.000001"))
    ingest(source, "--out", root)
    (root / str(current_id(root)) / "procedures.jsonl").write_text("damaged", encoding="utf-8")
    assert ingest(source, "--out", root) == DONE
    assert open_current(root).names["9.000001"] == "Cấp thẻ thư viện"


def test_killing_an_ingest_at_any_moment_leaves_the_previous_snapshot(root, write_rows, crawl_row):
    before = current_id(root)
    rows = [crawl_row(f"9.{n:06}", name=f"Thủ tục cấp thẻ số {n} cho người {n}") for n in range(60)]
    command = [sys.executable, "-m", "ingest", str(write_rows(*rows)), "--out", str(root)]
    moments = [0.1 * n for n in range(1, 40, 3)]
    finished = 0
    for moment in moments:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path.cwd())
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        killed = process.wait() == -signal.SIGKILL
        now = open_current(root)  # verifies every file
        finished += now.manifest.id != before
        assert not killed or now.manifest.procedures in (BUNDLED, BUNDLED + len(rows))
        if now.manifest.id != before:
            break
    assert finished or len(moments) > 10
    assert ingest(*command[3:]) == DONE
    assert open_current(root).manifest.procedures == BUNDLED + len(rows)
    assert not [p for p in root.iterdir() if p.name.startswith(".building-")]


def test_a_read_only_folder_is_told_in_one_sentence(tmp_path, capsys):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    assert ingest("--bundled", "--out", blocked / "index") == UNUSABLE
    assert "dữ liệu cũ vẫn nguyên vẹn" in capsys.readouterr().err


def test_a_pipe_gets_neither_bar_nor_colours(root):
    done = subprocess.run(
        [sys.executable, "-m", "ingest", "--bundled", "--out", str(root)],
        capture_output=True,
        check=True,
        env=os.environ | {"NO_COLOR": "1"},
        text=True,
    )
    assert done.stderr == "" and "\x1b" not in done.stdout
    assert done.stdout.startswith("Đã đọc 0, nhận 0, từ chối 0.")
