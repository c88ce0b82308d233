from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.snapshot import open_current
from index.store import current_id
from ingest.command import UNUSABLE, main

MEBIBYTE = 1024 * 1024


@pytest.fixture
def small_disk(root: Path, tmp_path: Path) -> Iterator[Path]:
    """A disk that holds the bundled snapshot and little more."""
    used = sum(p.stat().st_size for p in root.rglob("*") if p.is_file())
    disk = tmp_path / "disk"
    disk.mkdir()
    size = f"size={used // MEBIBYTE + 2}m"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)], check=False)
    if mounted.returncode or os.geteuid():
        pytest.skip("needs the right to mount a small disk")
    try:
        yield Path(shutil.copytree(root, disk / "index"))
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_told_and_the_snapshot_before_goes_on(
    small_disk, write_rows, crawl_row, capsys
):
    before = current_id(small_disk)
    rows = [crawl_row(f"9.{n:06}", trinh_tu_thuc_hien=f"Nộp đơn số {n}. " * 400) for n in range(40)]
    assert main([str(write_rows(*rows)), "--out", str(small_disk)]) == UNUSABLE
    assert "dữ liệu cũ vẫn nguyên vẹn" in capsys.readouterr().err
    assert current_id(small_disk) == before
    assert open_current(small_disk).names["1.001193"] == "Đăng ký khai sinh"
    assert not [p for p in small_disk.iterdir() if p.name.startswith(".building-")]
