"""A language model's server for each test, five records, and the command run against them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake_model import LOST, TREE, TREE_ABOVE, FakeModel, serving

from ingest.suggest.command import main

Suggest = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeModel]:
    """A server, and settings that name it and nothing of this machine."""
    for name in list(os.environ):
        if name.startswith(("THUTUC_", "OPENAI_", "LANG")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    with serving(FakeModel()) as served:
        monkeypatch.setenv("THUTUC_LLM_MODEL", "mo-hinh-thu")
        monkeypatch.setenv("THUTUC_LLM_URL", served.url)
        monkeypatch.setenv("THUTUC_LLM_TIMEOUT", "20")
        yield served


@pytest.fixture
def phrases(tmp_path: Path) -> Path:
    """A folder where two of the five records have their three phrases."""
    folder = tmp_path / "phrases"
    folder.mkdir()
    tree = ["xin công nhận cây cổ thụ", "cây đa đầu làng thành di sản", "gắn biển cây lâu năm"]
    text = f'"{TREE}":\n  names: {tree}\n"{TREE_ABOVE}":\n  names: {tree}\n'
    (folder / "thu.yaml").write_text(
        text + f'"{LOST}":\n  names: [làm lại thẻ đọc sách]\n', "utf-8"
    )
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "nhap.yaml"


@pytest.fixture
def command(snapshot_root: Path, phrases: Path, out: Path) -> list[str]:
    return ["--out", str(out), "--index", str(snapshot_root), "--phrases", str(phrases)]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Suggest:
    """Run the command with exactly these arguments; gives the exit code and what it printed."""

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def suggest(run: Suggest, command: list[str]) -> Suggest:
    """Run the command over the five records into ``out``."""
    return lambda *arguments: run(*arguments, *command)
