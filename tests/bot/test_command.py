"""The command ``thutuc`` as a real process: what it prints and how it ends."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.messages import Reply
from index.procedure import Procedure

Thutuc = Callable[..., subprocess.CompletedProcess[str]]


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a command that could not be run."""
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


def test_ask_prints_the_text_of_the_answer(thutuc: Thutuc) -> None:
    done = thutuc("ask", "tách", "hộ", "hết", "bao", "nhiêu", "tiền")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("**Tách hộ** (mã 1.010038)\n\n**Lệ phí**\n- Trực tiếp: 10.000")
    assert "\x1b" not in done.stdout


def test_ask_json_prints_one_whole_reply(thutuc: Thutuc) -> None:
    done = thutuc("ask", "tách hộ mất bao lâu", "--json")
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
    reply = Reply.model_validate_json(done.stdout)
    assert reply.procedure is not None
    assert (reply.status, reply.procedure.code, reply.aspects) == (
        "answered",
        "1.010038",
        ("time",),
    )
    assert len(reply.candidates) == 10
    assert reply.timings_ms["total"] > 0


def test_an_empty_question_is_answered_not_refused(thutuc: Thutuc) -> None:
    done = thutuc("ask", "--json", "")
    assert done.returncode == 0
    assert Reply.model_validate_json(done.stdout).status == "clarify"


def test_search_prints_as_many_as_asked_best_first(thutuc: Thutuc) -> None:
    done = thutuc("search", "làm lại căn cước", "-k", "3", "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["question"] == "làm lại căn cước"
    assert found["results"][0]["code"] == "1.014064"
    scores = [result["score"] for result in found["results"]]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)


def test_search_prints_a_line_a_procedure(thutuc: Thutuc) -> None:
    done = thutuc("search", "-k", "2", "1.010038")
    lines = done.stdout.splitlines()
    assert (done.returncode, lines[0], len(lines)) == (0, "1.000  1.010038  Tách hộ", 2)


def test_show_json_is_the_record_itself(thutuc: Thutuc, record: Callable[[str], Procedure]) -> None:
    done = thutuc("show", "1.014064", "--json")
    assert done.returncode == 0
    assert Procedure.model_validate_json(done.stdout) == record("1.014064")


def test_show_prints_a_line_a_field(thutuc: Thutuc) -> None:
    done = thutuc("show", "1.014064")
    lines = done.stdout.splitlines()
    assert (done.returncode, lines[:2]) == (0, ["code: 1.014064", "name: Cấp lại thẻ căn cước"])
    assert [line for line in lines if line.startswith("doubts: ")]


def test_help_is_printed_for_people(thutuc: Thutuc) -> None:
    done = thutuc("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for command in ("ask", "search", "batch", "show", "serve", "doctor", "ingest", "phrases"):
        assert f"    {command} " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "9.999999"], "Không có thủ tục mã 9.999999; hãy tìm bằng: thutuc search <tên>."),
        (["frobnicate"], "Không hiểu lệnh này; hãy xem cách dùng: thutuc --help"),
        ([], "Không hiểu lệnh này; hãy xem cách dùng: thutuc --help"),
        (["phrases"], "Không hiểu lệnh này; hãy xem cách dùng: thutuc phrases --help"),
        (["phrases", "suggest"], "Không hiểu lệnh này; hãy xem cách dùng: thutuc phrases suggest"),
        (
            ["phrases", "suggest", "1.010038", "--out", "nhap.yaml"],
            "Chưa cài đặt mô hình ngôn ngữ; hãy đặt THUTUC_LLM_MODEL",
        ),
        (["ask"], "Không hiểu lệnh này; hãy xem cách dùng: thutuc ask --help"),
        (["ask", "a", "--colour"], "Không hiểu lệnh này; hãy xem cách dùng: thutuc --help"),
        (["search", "a", "-k", "0"], "Không hiểu lệnh này; hãy xem cách dùng: thutuc search"),
        (["search", "a", "-k", "x"], "Không hiểu lệnh này; hãy xem cách dùng: thutuc search"),
        (["serve", "--port", "x"], "Không hiểu lệnh này; hãy xem cách dùng: thutuc serve --help"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else "",
)
def test_what_cannot_be_understood_ends_in_a_sentence(
    thutuc: Thutuc, arguments: list[str], said: str
) -> None:
    assert refused(thutuc(*arguments)).startswith(said)


def test_a_file_that_is_not_there_ends_in_a_sentence(thutuc: Thutuc) -> None:
    assert "nowhere.jsonl" in refused(thutuc("batch", "nowhere.jsonl", "out.jsonl"))


def test_a_file_error_says_what_to_do_in_vietnamese(thutuc: Thutuc) -> None:
    said = refused(thutuc("batch", "nowhere.jsonl", "out.jsonl"))
    assert "hãy" in said
    assert "No such file" not in said


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [("THUTUC_PORT", "many", "THUTUC_PORT"), ("THUTUC_ENCODER", "magic", "magic")],
)
def test_a_bad_setting_ends_in_a_sentence_that_names_it(
    thutuc: Thutuc, setting: str, value: str, named: str
) -> None:
    said = refused(thutuc("ask", "a", **{setting: value}))
    assert named in said
    assert "hãy" in said


@pytest.mark.parametrize("content", [b"port = = 3", b'hotline = "\xff"'], ids=["syntax", "bytes"])
def test_a_broken_config_file_ends_in_a_sentence(
    thutuc: Thutuc, tmp_path: Path, content: bytes
) -> None:
    config = tmp_path / "thutuc.toml"
    config.write_bytes(content)
    assert "thutuc.toml" in refused(thutuc("show", "1.010038", THUTUC_CONFIG=str(config)))


def test_a_port_that_cannot_be_ends_in_a_sentence(thutuc: Thutuc) -> None:
    done = thutuc("serve", "--port", "99999")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_terminal_without_vietnamese_letters_is_no_reason_to_crash(thutuc: Thutuc) -> None:
    done = thutuc("show", "1.010038", PYTHONIOENCODING="ascii")
    assert "Traceback" not in done.stderr


def test_letters_that_are_no_utf8_are_read_as_an_empty_question(thutuc: Thutuc) -> None:
    done = thutuc("ask", "--json", "\udcff\udcfe")
    assert Reply.model_validate_json(done.stdout).status == "clarify"
