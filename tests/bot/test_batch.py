"""``thutuc batch``: a file of conversations in, a file of replies out."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Assistant
from bot.batch import run
from bot.messages import Reply

Thutuc = Callable[..., subprocess.CompletedProcess[str]]
GOOD: list[dict[str, Any]] = [
    {"id": "first", "turns": ["tách hộ mất bao lâu", "còn lệ phí thì sao"]},
    {"id": 2, "turns": ["nộp ở đâu"]},
    {"id": None, "turns": []},
    {"id": {"deep": [1]}, "turns": ["xin chào\u2028bạn"]},
]


def write(path: Path, *lines: object) -> Path:
    text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(text), "utf-8")
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]


@pytest.fixture
def answered(assistant: Assistant, tmp_path: Path) -> Callable[[Path], list[dict[str, Any]]]:
    """Answer a file in this process; the rows written."""

    def answer(source: Path) -> list[dict[str, Any]]:
        run(source, tmp_path / "out.jsonl", lambda: assistant)
        return rows(tmp_path / "out.jsonl")

    return answer


def test_good_lines_are_answered_in_order_and_bad_ones_reported(
    thutuc: Thutuc, tmp_path: Path
) -> None:
    bad = ["no json", "[1]", '{"id": 1}', '{"turns": ["a"]}', '{"id": 1, "turns": "a"}']
    bad += ['{"id": 1, "turns": [1]}', "null", '"a"']
    write(tmp_path / "in.jsonl", GOOD[0], "", bad[0], GOOD[1], "   ", *bad[1:], GOOD[2], GOOD[3])
    done = thutuc("batch", "in.jsonl", "out.jsonl")
    assert (done.returncode, done.stdout) == (0, "")
    reported = done.stderr.splitlines()
    assert [int(line.split()[1]) for line in reported] == [3, 6, 7, 8, 9, 10, 11, 12]
    assert all(line.startswith("Dòng ") and "cần dạng" in line for line in reported)
    assert "\x1b" not in done.stderr

    written = rows(tmp_path / "out.jsonl")
    assert [row["id"] for row in written] == [line["id"] for line in GOOD]
    replies = [[Reply.model_validate(r) for r in row["replies"]] for row in written]
    assert [[reply.status for reply in of_one] for of_one in replies] == [
        ["answered", "answered"],
        ["clarify"],
        [],
        ["smalltalk"],
    ]
    fee = replies[0][1]
    assert fee.procedure is not None
    assert (fee.procedure.code, fee.aspects) == ("1.010038", ("fee",))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_an_unreadable_input_leaves_the_target_as_it_was(thutuc: Thutuc, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b'{"id": 1, "turns": ["\xff\xfe"]}')
    (tmp_path / "out.jsonl").write_text("before", "utf-8")
    done = thutuc("batch", "in.jsonl", "out.jsonl")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "in.jsonl không phải văn bản UTF-8; hãy lưu lại tệp.\n"
    assert (tmp_path / "out.jsonl").read_text("utf-8") == "before"


def test_the_target_is_replaced_whole(
    answered: Callable[[Path], list[dict[str, Any]]], tmp_path: Path
) -> None:
    (tmp_path / "out.jsonl").write_text("a much longer text that was here before" * 99, "utf-8")
    answers = answered(write(tmp_path / "in.jsonl", {"id": 1, "turns": ["xin chào"]}))
    assert [answer["id"] for answer in answers] == [1]


def test_the_input_may_be_its_own_target(assistant: Assistant, tmp_path: Path) -> None:
    path = write(tmp_path / "talk.jsonl", {"id": 1, "turns": ["xin chào"]})
    assert run(path, path, lambda: assistant) == []
    assert rows(path)[0]["replies"][0]["status"] == "smalltalk"


def test_an_empty_file_gives_an_empty_file(
    answered: Callable[[Path], list[dict[str, Any]]], tmp_path: Path
) -> None:
    assert answered(write(tmp_path / "in.jsonl", "", "  ", "")) == []


def test_lines_may_end_as_on_windows(
    answered: Callable[[Path], list[dict[str, Any]]], tmp_path: Path
) -> None:
    line = json.dumps({"id": 1, "turns": ["xin chào"]})
    (tmp_path / "in.jsonl").write_bytes(f"{line}\r\n{line}\r\n".encode())
    assert len(answered(tmp_path / "in.jsonl")) == 2


class Dies:
    """An assistant whose machine is switched off while it answers."""

    def answer(self, turn: object) -> Reply:
        raise KeyboardInterrupt


def test_a_run_that_is_cut_short_leaves_the_target_as_it_was(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", {"id": 1, "turns": ["xin chào"]})
    (tmp_path / "out.jsonl").write_text("before", "utf-8")
    with pytest.raises(KeyboardInterrupt):
        run(source, tmp_path / "out.jsonl", Dies)  # type: ignore[arg-type]
    assert (tmp_path / "out.jsonl").read_text("utf-8") == "before"


def test_a_run_that_is_cut_short_leaves_nothing_behind(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", {"id": 1, "turns": ["xin chào"]})
    with pytest.raises(KeyboardInterrupt):
        run(source, tmp_path / "out.jsonl", Dies)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_byte_order_mark_does_not_lose_the_first_line(
    answered: Callable[[Path], list[dict[str, Any]]], tmp_path: Path
) -> None:
    line = json.dumps({"id": 1, "turns": ["xin chào"]})
    (tmp_path / "in.jsonl").write_bytes(b"\xef\xbb\xbf" + line.encode())
    assert len(answered(tmp_path / "in.jsonl")) == 1


@pytest.mark.parametrize(
    "hostile",
    ["[" * 100_000, '{"id": "\\ud800", "turns": ["xin chào"]}', '{"id": NaN, "turns": []}'],
    ids=["nested", "surrogate", "nan"],
)
def test_a_hostile_line_does_not_spoil_the_others(
    assistant: Assistant, tmp_path: Path, hostile: str
) -> None:
    source = write(tmp_path / "in.jsonl", hostile, {"id": 2, "turns": ["xin chào"]})
    try:
        run(source, tmp_path / "out.jsonl", lambda: assistant)
    except (RecursionError, UnicodeEncodeError) as error:
        pytest.fail(repr(error))
    written = (tmp_path / "out.jsonl").read_text("utf-8")
    assert "NaN" not in written
    assert rows(tmp_path / "out.jsonl")[-1]["id"] == 2


def test_no_color_silences_the_bar_on_a_terminal(home: Path, tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", {"id": 1, "turns": ["xin chào"]})
    master, slave = pty.openpty()
    command = "import sys; from bot.cli import main; sys.exit(main())"
    environment = os.environ | {
        "NO_COLOR": "1",
        "TERM": "xterm-256color",
        "THUTUC_HOME": str(home),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    done = subprocess.run(
        [sys.executable, "-c", command, "batch", "in.jsonl", "out.jsonl"],
        cwd=tmp_path,
        env=environment,
        stderr=slave,
        timeout=60,
        check=False,
    )
    os.close(slave)
    try:
        shown = os.read(master, 100_000)
    except OSError:  # nothing was written before the other end was closed
        shown = b""
    os.close(master)
    assert done.returncode == 0
    assert shown == b""
