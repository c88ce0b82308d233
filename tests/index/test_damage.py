"""A snapshot that is not exactly what was built is refused, in Vietnamese, with what to do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any

import pytest

from index import store
from index.encoder import Encoder
from index.procedure import Procedure
from index.search import Searcher
from index.snapshot import build, open_current
from index.store import SnapshotError

BM25 = [
    "data.csc.index.npy",
    "indices.csc.index.npy",
    "indptr.csc.index.npy",
    "params.index.json",
    "vocab.index.json",
]
FILES = sorted(
    [
        "entries.faiss",
        "entries.jsonl",
        "levels.json",
        "names.json",
        "passage_codes.json",
        "passages.faiss",
        "passages.jsonl",
        "procedures.jsonl",
        *(f"{index}/{file}" for index in ("names", "passages", "words") for file in BM25),
    ]
)


def refusal(root: Path) -> str:
    with pytest.raises(SnapshotError) as caught:
        open_current(root)
    return str(caught.value)


def sentence(root: Path, why: str) -> str:
    folder = store.current(root)
    return f"Không dùng được dữ liệu tại {folder}: {why}; hãy nạp lại bằng thutuc ingest."


def change_manifest(root: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = store.current(root) / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), "utf-8")


def test_the_manifest_lists_every_file_but_itself(snapshot_root: Path) -> None:
    folder = store.current(snapshot_root)
    on_disk = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    assert on_disk == sorted([*FILES, "manifest.json"])
    assert sorted(store.verify(folder).files) == FILES


@pytest.mark.parametrize("name", FILES)
def test_one_flipped_bit_in_a_file_is_noticed(snapshot_root: Path, name: str) -> None:
    path = store.current(snapshot_root) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert refusal(snapshot_root) == sentence(snapshot_root, f"tệp {name} bị thiếu hoặc hỏng")


@pytest.mark.parametrize(
    "name", ["entries.faiss", "levels.json", "procedures.jsonl", "words/vocab.index.json"]
)
def test_a_truncated_file_is_noticed(snapshot_root: Path, name: str) -> None:
    path = store.current(snapshot_root) / name
    path.write_bytes(path.read_bytes()[:-1])
    assert refusal(snapshot_root) == sentence(snapshot_root, f"tệp {name} bị thiếu hoặc hỏng")


def test_a_missing_file_is_noticed(snapshot_root: Path) -> None:
    (store.current(snapshot_root) / "names.json").unlink()
    assert refusal(snapshot_root) == sentence(snapshot_root, "tệp names.json bị thiếu hoặc hỏng")


def test_a_snapshot_without_manifest_is_refused(snapshot_root: Path) -> None:
    (store.current(snapshot_root) / "manifest.json").unlink()
    assert refusal(snapshot_root) == sentence(snapshot_root, "không có manifest.json")


def test_a_pointer_to_a_folder_that_is_gone_is_refused(snapshot_root: Path) -> None:
    folder = store.current(snapshot_root)
    shutil.rmtree(folder)
    assert refusal(snapshot_root) == sentence(snapshot_root, "không có manifest.json")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"files": {"a": [1]}}', b"\xff", b'{"files": {}}']
)
def test_a_manifest_that_can_not_be_read_is_refused(snapshot_root: Path, content: bytes) -> None:
    (store.current(snapshot_root) / "manifest.json").write_bytes(content)
    assert refusal(snapshot_root) == sentence(snapshot_root, "manifest.json không đọc được")


def test_a_foreign_format_is_refused(snapshot_root: Path) -> None:
    change_manifest(snapshot_root, lambda m: m.update(format=1))
    assert refusal(snapshot_root) == sentence(snapshot_root, "có định dạng 1, phần mềm dùng 2")


def test_other_text_rules_are_refused(snapshot_root: Path) -> None:
    change_manifest(snapshot_root, lambda m: m.update(rules="vi-text-0"))
    assert refusal(snapshot_root) == sentence(
        snapshot_root, "dùng quy tắc văn bản vi-text-0, phần mềm dùng vi-text-1"
    )


@pytest.mark.parametrize(
    "change", [{"name": "phobert"}, {"dimension": 768}], ids=["name", "dimension"]
)
def test_a_snapshot_of_another_encoder_is_refused_by_the_searcher(
    snapshot_root: Path, encoder: Encoder, change: dict[str, Any]
) -> None:
    other = copy(encoder)
    vars(other).update(change)
    with pytest.raises(SnapshotError) as caught:
        Searcher.open(snapshot_root, other)
    assert str(caught.value) == (
        f"Dữ liệu được lập bằng bộ mã hóa {encoder.name}, đang chạy {other.name}; "
        "hãy nạp lại bằng thutuc ingest."
    )


@pytest.mark.parametrize(
    "change",
    [{"curated": 1}, {"procedures": 77}, {"id": "5-000000000000"}, {"files": {}}],
    ids=["curated", "procedures", "id", "no files"],
)
def test_a_changed_manifest_is_refused(snapshot_root: Path, change: dict[str, Any]) -> None:
    change_manifest(snapshot_root, lambda m: m.update(change))
    with pytest.raises(SnapshotError):
        open_current(snapshot_root)


@pytest.mark.parametrize("name", ["entries.faiss", "procedures.jsonl", "manifest.json"])
def test_ingesting_again_repairs_a_damaged_snapshot(
    snapshot_root: Path, tiny_records: list[Procedure], encoder: Encoder, name: str
) -> None:
    before = open_current(snapshot_root).manifest
    (store.current(snapshot_root) / name).write_bytes(b"?")
    after = build(snapshot_root, tiny_records, encoder, lambda *_: None).manifest
    assert (after.id, after.files) == (before.id, before.files)
    assert open_current(snapshot_root).procedure("9.000001") == tiny_records[0]
