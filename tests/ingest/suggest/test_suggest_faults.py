"""A server that is ill, settings that are missing, orders that can't be carried out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_model import CARD, GOOD, HALL, HALL_DRAFTS, FakeModel, Say, drafted, good

from ingest.suggest.command import DONE, INCOMPLETE, UNUSABLE

Suggest = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    "broken",
    [
        Say('{"names": ["xin cái thẻ'),
        Say('{"names": "xin cái thẻ"}'),
        Say("Xin lỗi, tôi không giúp được."),
        Say(""),
        Say('{"names": ["a"], "situations": []}', finish="length"),
        Say(raw=b"<html>"),
        Say(raw=b'{"choices": null}'),
        Say(raw=b'{"id": "x", "choices": []}'),
    ],
    ids=range(8),
)
def test_a_broken_answer_is_asked_for_again_and_then_given_up(
    suggest: Suggest, model: FakeModel, out: Path, broken: Say
) -> None:
    model.answers.extend([broken, good(), broken, broken, broken])
    code, said, err = suggest(CARD, HALL)
    assert (code, len(model.bodies), list(drafted(out))) == (INCOMPLETE, 5, [CARD])
    assert err.startswith(f"Không soạn được {HALL}: ")
    assert err.count("\n") == 1
    assert "không soạn được 1, còn lại 0" in said


def test_words_around_the_object_do_no_harm(suggest: Suggest, model: FakeModel, out: Path) -> None:
    model.answers.append(Say(f"<think>…</think>\n```json\n{good().text}\n```\nXong."))
    assert suggest(CARD)[0] == DONE
    assert drafted(out) == {CARD: [*GOOD["names"], *GOOD["situations"]]}


def test_a_slow_answer_ends_in_a_reason_and_the_rest_go_on(
    suggest: Suggest, model: FakeModel, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THUTUC_LLM_TIMEOUT", "1")
    monkeypatch.setenv("THUTUC_LLM_ATTEMPTS", "2")
    slow = Say(good().text, after=2.5)
    model.answers.extend([slow, slow, good(**HALL_DRAFTS)])
    code, _, err = suggest(CARD, HALL)
    assert (code, list(drafted(out))) == (INCOMPLETE, [HALL])
    assert err == f"Không soạn được {CARD}: mô hình không trả lời kịp (THUTUC_LLM_TIMEOUT).\n"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_server_error_is_tried_again(
    suggest: Suggest, model: FakeModel, out: Path, status: int
) -> None:
    model.answers.extend([Say(status=status), Say(status=status), good()])
    assert (suggest(CARD)[0], len(model.bodies), list(drafted(out))) == (DONE, 3, [CARD])


def test_a_server_that_stays_ill_is_left_in_peace(
    suggest: Suggest, model: FakeModel, phrases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (phrases / "thu.yaml").unlink()
    monkeypatch.setenv("THUTUC_LLM_ATTEMPTS", "1")
    model.default = Say(status=500)
    code, said, err = suggest("--all-missing")
    assert (code, len(model.bodies)) == (INCOMPLETE, 3)
    assert "không soạn được 3, còn lại 2" in said
    assert "hãy kiểm tra rồi chạy lại" in err


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "THUTUC_LLM_KEY"), (403, "THUTUC_LLM_KEY"), (404, "THUTUC_LLM_MODEL")],
)
def test_a_refusal_ends_the_run_and_keeps_what_is_written(
    suggest: Suggest, model: FakeModel, out: Path, status: int, said: str
) -> None:
    model.answers.extend([good(), Say(status=status)])
    code, _, err = suggest("--all-missing")
    assert (code, list(drafted(out)), len(model.bodies)) == (UNUSABLE, [CARD], 2)
    assert said in err
    assert err.count("\n") == 1


def test_a_server_that_is_not_there_is_named(
    suggest: Suggest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THUTUC_LLM_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("THUTUC_LLM_ATTEMPTS", "1")
    code, _, err = suggest(CARD)
    assert (code, err.count("\n")) == (INCOMPLETE, 1)
    assert "không nối được tới máy chủ mô hình (THUTUC_LLM_URL)" in err


def test_a_server_without_schemas_can_be_asked_for_plain_json(
    suggest: Suggest, model: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    model.answers.extend([Say(status=400), good()])
    assert "THUTUC_LLM_FORMAT=json_object" in suggest(CARD)[2]
    monkeypatch.setenv("THUTUC_LLM_FORMAT", "json_object")
    assert suggest(CARD)[0] == DONE
    assert model.bodies[1]["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize("missing", ["THUTUC_LLM_MODEL", "THUTUC_LLM_URL"])
def test_without_a_configured_model_one_sentence_says_what_to_set(
    suggest: Suggest, model: FakeModel, out: Path, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(missing)
    monkeypatch.setenv("OPENAI_BASE_URL", model.url)
    code, said, err = suggest("--all-missing")
    assert (code, said, err.count("\n"), out.exists()) == (UNUSABLE, "", 1, False)
    assert err.startswith("Chưa cài đặt mô hình ngôn ngữ; hãy đặt THUTUC_LLM_MODEL")
    assert model.bodies == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THUTUC_LLM_URL", "máy chủ"),
        ("THUTUC_LLM_KEY", "bí mật\nkhác"),
        ("THUTUC_LLM_TIMEOUT", "lâu"),
        ("THUTUC_LLM_ATTEMPTS", "0"),
        ("THUTUC_LLM_FORMAT", "xml"),
    ],
)
def test_a_bad_setting_is_named_and_not_shown(
    suggest: Suggest, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert suggest(CARD) == (
        UNUSABLE,
        "",
        f"Cài đặt {name} không đúng; hãy sửa lại giá trị.\n",
    )


def test_settings_stand_in_the_file_too(
    suggest: Suggest, model: FakeModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "thutuc.toml"
    config.write_text(f'llm_model = "trong-tep"\nllm_url = "{model.url}"\n', "utf-8")
    for name in ("THUTUC_LLM_MODEL", "THUTUC_LLM_URL"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("THUTUC_CONFIG", str(config))
    model.answers.append(good())
    assert suggest(CARD)[0] == DONE
    assert model.bodies[0]["model"] == "trong-tep"


def test_without_the_client_a_sentence_says_what_to_install(
    suggest: Suggest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "langchain_openai", None)
    code, said, err = suggest(CARD)
    assert (code, said, err.count("\n")) == (UNUSABLE, "", 1)
    assert "pip install 'thutuc-bot[llm]'" in err


def test_the_base_install_does_not_need_the_client() -> None:
    program = (
        "import sys, ingest.suggest.command; "
        "print({'openai', 'langchain_openai'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Hãy cho biết soạn cho thủ tục nào"),
        ([CARD, "--all-missing"], "Hãy cho biết soạn cho thủ tục nào"),
        (["9.999999", CARD], "Không có thủ tục mã 9.999999 trong dữ liệu"),
        (["thẻ"], "thẻ không phải mã thủ tục"),
        ([CARD, "--nhanh"], "Không hiểu lệnh này; hãy xem cách dùng: thutuc phrases suggest"),
        ([CARD, "--index", "khong-co"], "Chưa có dữ liệu tại khong-co"),
        ([CARD, "--phrases", "khong-co"], "Không có thư mục cụm từ khong-co"),
        ([CARD, "--out", "khong-co/nhap.yaml"], "Không ghi được khong-co"),
    ],
    ids=[
        "nothing",
        "both",
        "unknown",
        "no code",
        "no option",
        "no snapshot",
        "no phrases",
        "no folder",
    ],
)
def test_an_order_that_cannot_be_carried_out_ends_in_a_sentence(
    run: Suggest, command: list[str], model: FakeModel, arguments: list[str], said: str
) -> None:
    code, printed, err = run(*command, *arguments)
    assert (code, printed, err.count("\n")) == (UNUSABLE, "", 1)
    assert err.startswith(said)
    assert model.bodies == []


def test_drafts_are_never_written_among_phrases_in_use(
    run: Suggest, command: list[str], phrases: Path, model: FakeModel
) -> None:
    code, _, err = run(CARD, *command, "--out", str(phrases / "nhap.yaml"))
    assert (code, err.count("\n"), model.bodies) == (UNUSABLE, 1, [])
    assert "nằm trong thư mục cụm từ đang dùng" in err
    assert [p.name for p in phrases.iterdir()] == ["thu.yaml"]


@pytest.mark.parametrize(
    "there", [b"- a\n- b\n", b'"9.000001": {fees: [a]}\n', b"a: [\n", b"# \xff\n"]
)
def test_a_file_that_is_something_else_is_left_alone(
    suggest: Suggest, model: FakeModel, out: Path, there: bytes
) -> None:
    out.write_bytes(there)
    code, _, err = suggest(CARD)
    assert (code, model.bodies, out.read_bytes()) == (UNUSABLE, [], there)
    assert "nhap.yaml" in err
