"""The fixed replies: each can be said, none with too little or too much."""

from __future__ import annotations

import ast
import hashlib
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import prompts
from prompts import PromptError, digest, say

FOLDER = Path(prompts.__file__).parent
REPLIES: dict[str, str] = tomllib.loads((FOLDER / "replies.toml").read_text("utf-8"))


def variables(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The prompts in a folder of our own, for as long as the test lasts."""
    copy = Path(shutil.copytree(FOLDER, tmp_path / "prompts"))
    monkeypatch.setattr(prompts, "_FOLDER", copy)
    forget()
    yield copy
    monkeypatch.undo()
    forget()


def forget() -> None:
    prompts.digest.cache_clear()
    prompts._replies.cache_clear()


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_can_be_said_with_its_variables(name: str) -> None:
    values = {field: f"⟨{field} {{x}}⟩" for field in variables(REPLIES[name])}
    said = say(name, **values)
    assert said == said.strip()
    expected = REPLIES[name].strip()
    for field, value in values.items():
        expected = expected.replace(f"{{{field}}}", value)
    assert said == expected


def test_a_reply_is_said_word_for_word() -> None:
    assert say("which") == "Anh/chị đang hỏi về thủ tục nào dưới đây?"
    assert say("failed", hotline="1022") == (
        "Xin lỗi anh/chị, máy đang gặp trục trặc nên tôi chưa trả lời được. "
        "Anh/chị thử lại sau ít phút, hoặc gọi tổng đài 1022."
    )


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(PromptError, match=r"no reply named 'hello' in replies\.toml"):
        say("hello")


def test_a_missing_variable_is_refused() -> None:
    with pytest.raises(PromptError, match=r"reply 'failed' takes \['hotline'\], was given \[\]"):
        say("failed")


def test_an_unknown_variable_is_refused() -> None:
    with pytest.raises(PromptError, match=r"reply 'thanks' takes \[\], was given \['whom'\]"):
        say("thanks", whom="bác")
    with pytest.raises(PromptError, match=r"was given \['hotlin'\]"):
        say("failed", hotlin="1022")


def said_in(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Every ``say("name", a=…)`` of a file: the name and the variables given."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "say"
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.args[0].value, {keyword.arg or "**" for keyword in node.keywords}


def test_every_reply_that_the_bot_says_exists_and_gets_its_variables() -> None:
    wrong = [
        (path.name, name, given)
        for path in sorted((FOLDER.parent / "bot").rglob("*.py"))
        for name, given in said_in(path)
        if name not in REPLIES or variables(REPLIES[name]) != given
    ]
    assert wrong == []


def test_the_digest_is_that_of_the_files() -> None:
    content = b"".join(path.read_bytes() for path in sorted(FOLDER.glob("*.toml")))
    assert digest() == hashlib.sha256(content).hexdigest()[:12]
    assert digest() == digest()


def test_the_digest_of_the_same_texts_in_another_place_is_the_same(folder: Path) -> None:
    assert folder == prompts._FOLDER
    content = b"".join(path.read_bytes() for path in sorted(FOLDER.glob("*.toml")))
    assert digest() == hashlib.sha256(content).hexdigest()[:12]


def test_another_word_or_another_file_makes_another_digest(folder: Path) -> None:
    before = digest()
    replies = folder / "replies.toml"
    replies.write_text(replies.read_text("utf-8").replace("Xin chào", "Chào"), "utf-8")
    forget()
    reworded = digest()
    (folder / "more.toml").write_text('bye = "Chào."\n', "utf-8")
    forget()
    assert digest() not in (before, reworded)
    assert before != reworded
    assert say("greeting").startswith("Chào anh/chị!")
