"""The store: one writer at a time, nothing half done, one snapshot kept to go back to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import store
from index.store import Manifest, SnapshotError

WRITER = """
import sys, time
from pathlib import Path
from index import store
with store.writing(Path(sys.argv[1])) as folder:
    (folder / "half.json").write_text("{")
    print(folder.name, flush=True)
    time.sleep(60)
"""


def make(root: Path, snapshot_id: str, text: str = "một") -> Path:
    """Publish a snapshot of one small file."""
    with store.writing(root) as folder:
        (folder / "data.txt").write_text(text, "utf-8")
        store.seal(folder, Manifest(snapshot_id, "2026-06-10T00:00:00+00:00", "e", 2, 1, 1))
        return store.publish(root, folder, snapshot_id)


def folders(root: Path) -> list[str]:
    return sorted(p.name for p in root.iterdir() if p.is_dir())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "dữ liệu"


@pytest.fixture
def writer(root: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Another process that is writing into ``root``, and the name of its folder."""
    command = [sys.executable, "-c", WRITER, str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_a_published_snapshot_is_current_and_whole(root: Path) -> None:
    place = make(root, "1-a", "thủ tục")
    assert place == root / "1-a"
    assert store.current(root) == place
    assert store.current_id(root) == "1-a"
    assert (place / "data.txt").read_text("utf-8") == "thủ tục"
    assert store.verify(place).id == "1-a"


def test_the_previous_snapshot_is_kept_and_older_ones_are_removed(root: Path) -> None:
    for snapshot_id in ("1-a", "1-b", "1-c"):
        make(root, snapshot_id)
    assert folders(root) == ["1-b", "1-c"]
    assert store.current_id(root) == "1-c"


def test_going_back_to_the_previous_content_keeps_both(root: Path) -> None:
    for snapshot_id in ("1-a", "1-b", "1-a"):
        make(root, snapshot_id)
    assert folders(root) == ["1-a", "1-b"]
    assert store.current_id(root) == "1-a"


def test_publishing_the_current_content_again_keeps_the_previous_snapshot(root: Path) -> None:
    for snapshot_id in ("1-a", "1-b", "1-b"):
        make(root, snapshot_id)
    assert folders(root) == ["1-a", "1-b"]


def test_a_whole_snapshot_of_the_same_id_is_left_as_it_is(root: Path) -> None:
    before = (make(root, "1-a") / "data.txt").stat().st_ino
    assert (make(root, "1-a") / "data.txt").stat().st_ino == before


def test_a_damaged_snapshot_of_the_same_id_is_replaced(root: Path) -> None:
    place = make(root, "1-a", "một")
    (place / "data.txt").write_text("hỏng", "utf-8")
    make(root, "1-a", "một")
    assert store.current_id(root) == "1-a.1"
    assert (store.current(root) / "data.txt").read_text("utf-8") == "một"


def test_other_files_under_the_same_id_get_a_place_of_their_own(root: Path) -> None:
    make(root, "1-a", "một")
    make(root, "1-a", "hai")
    assert folders(root) == ["1-a", "1-a.1"]
    assert (store.current(root) / "data.txt").read_text("utf-8") == "hai"


def test_a_second_writer_is_refused_while_the_first_one_writes(
    root: Path, writer: tuple[subprocess.Popen[str], str]
) -> None:
    with pytest.raises(SnapshotError) as caught:
        make(root, "1-a")
    assert str(caught.value) == (
        f"Một lần nạp dữ liệu khác đang ghi vào {root}; hãy đợi nó xong rồi chạy lại."
    )
    assert folders(root) == [writer[1]]


def test_what_a_killed_writer_left_is_removed_by_the_next(
    root: Path, writer: tuple[subprocess.Popen[str], str]
) -> None:
    process, left = writer
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert folders(root) == [left]
    make(root, "1-a")
    assert folders(root) == ["1-a"]


def test_a_writer_that_fails_leaves_no_folder_and_frees_the_lock(root: Path) -> None:
    make(root, "1-a")
    with pytest.raises(ZeroDivisionError), store.writing(root):
        _ = 1 / 0
    assert folders(root) == ["1-a"]
    make(root, "1-b")
    assert store.current_id(root) == "1-b"


def test_a_folder_being_built_can_be_read_by_other_users_once_it_is_in_place(root: Path) -> None:
    assert make(root, "1-a").stat().st_mode & 0o777 == 0o755


def test_a_place_without_data_says_how_to_get_some(root: Path) -> None:
    with pytest.raises(SnapshotError) as caught:
        store.current(root)
    assert str(caught.value) == (
        f"Chưa có dữ liệu tại {root}; hãy chạy: thutuc ingest <thư mục hồ sơ>."
    )
    assert store.current_id(root) is None


def test_an_empty_pointer_counts_as_no_data(root: Path) -> None:
    make(root, "1-a")
    (root / "CURRENT").write_text("\n")
    assert store.current_id(root) is None


def test_a_garbled_pointer_is_refused_and_cured_by_the_next_ingest(root: Path) -> None:
    make(root, "1-a")
    (root / "CURRENT").write_bytes(b"\xff-a")
    with pytest.raises(SnapshotError):
        store.verify(store.current(root))
    make(root, "1-b")
    assert store.current_id(root) == "1-b"


def test_a_file_in_the_place_of_a_snapshot_is_refused_and_cured(root: Path) -> None:
    root.mkdir()
    (root / "1-a").write_text("một tệp")
    (root / "CURRENT").write_text("1-a")
    with pytest.raises(SnapshotError):
        store.verify(store.current(root))
    make(root, "1-a")
    assert (store.current(root) / "data.txt").read_text("utf-8") == "một"


def test_the_manifest_is_plain_json_with_length_and_digest_of_each_file(root: Path) -> None:
    place = make(root, "1-a", "abc")
    written = json.loads((place / "manifest.json").read_text("utf-8"))
    assert written.pop("digest") == store.verify(place).digest
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert written == {
        "id": "1-a",
        "created": "2026-06-10T00:00:00+00:00",
        "encoder": "e",
        "dimension": 2,
        "procedures": 1,
        "curated": 1,
        "rules": "vi-text-1",
        "format": 2,
        "files": {"data.txt": [3, abc]},
    }


@pytest.mark.parametrize("home", ["/srv/thutuc", "~/thutuc"])
def test_snapshots_lie_below_the_home_that_the_environment_names(
    monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.setenv("THUTUC_HOME", home)
    monkeypatch.setenv("HOME", "/home/lan")
    assert store.default_root() == Path(home.replace("~", "/home/lan")) / "index"


def test_snapshots_lie_below_the_user_s_own_folder_by_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("THUTUC_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/lan")
    assert store.default_root() == Path("/home/lan/.local/share/thutuc/index")
