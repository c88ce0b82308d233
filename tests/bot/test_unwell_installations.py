"""``thutuc doctor``, and the other commands, where something is wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Thutuc = Callable[..., subprocess.CompletedProcess[str]]
COMMAND = "import sys; from bot.cli import main; sys.exit(main())"
CHECKS = ["Python", "Thư mục dữ liệu", "Bộ mã hóa", "Dữ liệu thủ tục"]


@pytest.fixture
def spoilt(home: Path, tmp_path: Path) -> Path:
    """A copy of the good home, to be spoilt."""
    return Path(shutil.copytree(home / "index", tmp_path / "home" / "index")).parent


def snapshot_of(home: Path) -> Path:
    return home / "index" / (home / "index" / "CURRENT").read_text("utf-8").strip()


def checked(done: subprocess.CompletedProcess[str]) -> dict[str, tuple[bool, str]]:
    assert (done.stderr, done.stdout.count("\n")) == ("", 1)
    found = {check["name"]: (check["ok"], check["said"]) for check in json.loads(done.stdout)}
    assert list(found) == CHECKS
    return found


def test_a_good_installation_is_well(thutuc: Thutuc, home: Path) -> None:
    done = thutuc("doctor", "--json")
    found = checked(done)
    assert (done.returncode, [ok for ok, _ in found.values()]) == (0, [True] * 4)
    assert found["Thư mục dữ liệu"][1] == str(home)
    records = len(list((Path(__file__).parents[2] / "data" / "procedures").glob("*.yaml")))
    assert found["Dữ liệu thủ tục"][1].startswith(f"{records} thủ tục, lập lúc 20")


def test_for_people_every_check_has_a_line(thutuc: Thutuc) -> None:
    done = thutuc("doctor")
    assert done.returncode == 0
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
        f"tốt  {name}" for name in CHECKS
    ]
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("name", ["procedures.jsonl", "entries.faiss", "names.json"])
def test_a_damaged_file_is_named_and_the_cure_too(thutuc: Thutuc, spoilt: Path, name: str) -> None:
    path = snapshot_of(spoilt) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    done = thutuc("doctor", "--json", THUTUC_HOME=str(spoilt))
    ok, said = checked(done)["Dữ liệu thủ tục"]
    assert (done.returncode, ok) == (1, False)
    assert f"tệp {name} bị thiếu hoặc hỏng" in said
    assert "hãy nạp lại bằng thutuc ingest" in said


@pytest.mark.parametrize("arguments", [["ask", "a"], ["search", "a"], ["show", "1.010038"]])
def test_over_a_damaged_snapshot_commands_end_in_a_sentence(
    thutuc: Thutuc, spoilt: Path, arguments: list[str]
) -> None:
    (snapshot_of(spoilt) / "procedures.jsonl").unlink()
    done = thutuc(*arguments, THUTUC_HOME=str(spoilt))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "tệp procedures.jsonl bị thiếu hoặc hỏng; hãy nạp lại" in done.stderr


def test_a_missing_snapshot_is_told_with_the_command_that_makes_one(
    thutuc: Thutuc, tmp_path: Path
) -> None:
    done = thutuc("doctor", "--json", THUTUC_HOME=str(tmp_path))
    ok, said = checked(done)["Dữ liệu thủ tục"]
    assert (done.returncode, ok) == (1, False)
    assert "hãy chạy: thutuc ingest" in said


def test_a_snapshot_that_is_named_but_gone_is_told(thutuc: Thutuc, spoilt: Path) -> None:
    shutil.rmtree(snapshot_of(spoilt))
    done = thutuc("doctor", "--json", THUTUC_HOME=str(spoilt))
    assert (done.returncode, checked(done)["Dữ liệu thủ tục"][0]) == (1, False)


@pytest.mark.parametrize("arguments", [["doctor"], ["show", "1.010038"]], ids=" ".join)
def test_a_garbled_pointer_does_not_crash(
    thutuc: Thutuc, spoilt: Path, arguments: list[str]
) -> None:
    (spoilt / "index" / "CURRENT").write_bytes(b"\xff\xfe\x00")
    done = thutuc(*arguments, THUTUC_HOME=str(spoilt))
    assert "Traceback" not in done.stderr
    assert done.returncode in (1, 2)


def test_an_unknown_encoder_is_told_with_those_there_are(thutuc: Thutuc) -> None:
    done = thutuc("doctor", "--json", THUTUC_ENCODER="magic")
    ok, said = checked(done)["Bộ mã hóa"]
    assert (done.returncode, ok) == (1, False)
    assert "hãy dùng thutuc-vi hoặc huggingface:" in said


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    powers = "-dac_override,-dac_read_search"
    lessened = ["setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}"]
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere and there is no setpriv to forbid it")
    done = subprocess.run(
        [
            *(lessened if os.geteuid() == 0 else []),
            sys.executable,
            "-c",
            COMMAND,
            "doctor",
            "--json",
        ],
        env=os.environ | {"THUTUC_HOME": str(closed), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    ok, said = checked(done)["Thư mục dữ liệu"]
    assert (done.returncode, ok) == (1, False)
    assert said == f"không ghi được vào {closed}; hãy đổi THUTUC_HOME hoặc cấp quyền ghi"


def test_a_home_that_cannot_exist_is_found(thutuc: Thutuc, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = thutuc("doctor", "--json", THUTUC_HOME=str(tmp_path / "file" / "home"))
    found = checked(done)
    assert (done.returncode, found["Thư mục dữ liệu"][0]) == (1, False)
    assert found["Python"][0]


def test_a_home_that_cannot_exist_is_told_with_advice(thutuc: Thutuc, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = thutuc("doctor", "--json", THUTUC_HOME=str(tmp_path / "file" / "home"))
    said = checked(done)["Thư mục dữ liệu"][1]
    assert "hãy" in said
    assert "Errno" not in said
