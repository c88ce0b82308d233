"""The rules of our phrases: one phrase, one matter."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.passages import Entry
from ingest import check_phrases
from ingest.check_phrases import collisions, main, twins
from ingest.phrases import phrases_dir, read_phrases

ONE, TWO, THREE = "9.000001", "9.000002", "9.000003"


def said(**phrases: list[str]) -> dict[str, list[Entry]]:
    """Phrases by ``one``, ``two``, ``three``."""
    codes = {"one": ONE, "two": TWO, "three": THREE}
    return {
        codes[name]: [Entry(codes[name], "alias", text) for text in texts]
        for name, texts in phrases.items()
    }


def found(
    phrases: dict[str, list[Entry]],
    same: list[set[str]] | None = None,
    names: dict[str, str] | None = None,
) -> list[str]:
    return list(collisions(phrases, same or [], names or {}))


def write(folder: Path, text: str, twin_lines: str | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    if twin_lines is not None:
        (folder / "twins.txt").write_text(twin_lines, encoding="utf-8")
    return folder


def test_phrases_that_differ_are_no_fault() -> None:
    assert found(said(one=["làm thẻ"], two=["mượn nhà"])) == []


@pytest.mark.parametrize(
    "other", ["làm thẻ", "Làm thẻ?", "LÀM THẺ", "lam the", "làm  thẻ. ", "lăm thế"]
)
def test_a_phrase_of_two_matters_is_found_whatever_its_marks_and_case(other: str) -> None:
    assert found(said(one=["làm thẻ"], two=[other])) == [f"{ONE} {TWO}: share: lam the"]


def test_a_phrase_said_twice_under_one_code_is_found() -> None:
    texts = ["xin thẻ", "làm thẻ", "Lam the.", "XIN THẺ"]
    assert found(said(one=texts)) == [
        f"{ONE}: says twice: lam the",
        f"{ONE}: says twice: xin the",
    ]


def test_twins_may_share_and_only_they() -> None:
    assert found(said(one=["làm thẻ"], two=["làm thẻ"]), [{ONE, TWO}]) == []
    assert found(said(one=["làm thẻ"], two=["làm thẻ"]), [{ONE, TWO, THREE}]) == []
    all_three = said(one=["làm thẻ"], two=["làm thẻ"], three=["làm thẻ"])
    assert found(all_three, [{ONE, TWO}]) == [f"{ONE} {TWO} {THREE}: share: lam the"]
    assert found(all_three, [{ONE, TWO}, {TWO, THREE}]) == [f"{ONE} {TWO} {THREE}: share: lam the"]


def test_records_of_one_name_may_share_whatever_level_it_names() -> None:
    shared = said(one=["làm thẻ"], two=["làm thẻ"])
    names = {ONE: "Cấp thẻ (cấp tỉnh)", TWO: "Thủ tục cấp thẻ (cấp xã)"}
    assert found(shared, names=names) == []
    assert found(shared, names={**names, TWO: "Cấp lại thẻ"}) == [f"{ONE} {TWO}: share: lam the"]
    assert found(shared, names={ONE: "Cấp thẻ"}) == [f"{ONE} {TWO}: share: lam the"]


def test_twins_are_groups_of_codes_one_a_line(tmp_path: Path) -> None:
    assert twins(tmp_path) == []
    write(tmp_path, "", f"# lời đầu\n{ONE} {TWO}  # thẻ\n\n   \n{THREE} {ONE} {TWO}\n")
    assert twins(tmp_path) == [{ONE, TWO}, {ONE, TWO, THREE}]


def test_the_command_counts_and_is_content(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, f'"{ONE}": {{names: [a b, c d]}}\n"{TWO}": {{names: [e f]}}')
    assert main([str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert printed.out == "2 procedures, 3 phrases, 0 faults\n"
    assert printed.err.strip() == ""


def test_the_command_names_each_collision_unless_twins_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f'"{ONE}": {{names: [làm thẻ]}}\n"{TWO}": {{names: [Làm thẻ]}}'
    assert main([str(write(tmp_path, text))]) == 1
    printed = capsys.readouterr()
    assert printed.err == f"{ONE} {TWO}: share: lam the\n"
    assert printed.out == "2 procedures, 2 phrases, 1 faults\n"
    assert main([str(write(tmp_path, text, f"{ONE} {TWO}\n"))]) == 0


def test_a_file_with_a_fault_ends_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(write(tmp_path, f'"{ONE}": {{names: một}}'))]) == 1
    assert capsys.readouterr().err == f"a.yaml: {ONE}: names phải là một danh sách\n"


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_folder_without_phrases_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main([str(tmp_path / name)]) == 1
    assert "no phrases in" in capsys.readouterr().err


@pytest.fixture
def corpus(
    tmp_path: Path, crawl_row: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A copy of the portal with two records, the same matter at two levels, and one beside it."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = [
        crawl_row(ONE, "Cấp thẻ (cấp tỉnh)"),
        crawl_row(TWO, "Cấp thẻ (cấp xã)"),
        crawl_row(THREE, "Mượn nhà văn hóa"),
    ]
    monkeypatch.setattr(check_phrases, "CRAWL", "crawl.jsonl")
    monkeypatch.setattr(check_phrases, "WORD_EXPORT", "word.jsonl")
    for name, part in (("crawl.jsonl", rows[:2]), ("word.jsonl", rows[2:])):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in part)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_corpus_tells_which_codes_are_unknown_and_which_have_too_few(
    tmp_path: Path, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        f'"{ONE}": {{names: [a b, c d, e f]}}\n"{TWO}": {{names: [a b, g h, i k]}}\n'
        f'"9.999999": {{names: [l m, n o, p q]}}\n"{THREE}": {{names: [r s]}}'
    )
    folder = write(tmp_path / "phrases", text)
    assert main([str(folder), "--corpus", str(corpus)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "9.999999: no record of the portal",
        f"{THREE}: fewer than 3 phrases: Mượn nhà văn hóa",
    ]


def test_a_corpus_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "phrases", f'"{ONE}": {{names: [a b]}}')
    assert main([str(folder), "--corpus", str(tmp_path / "nowhere")]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_our_own_phrases_name_no_phrase_twice_under_one_code() -> None:
    phrases = read_phrases(phrases_dir())
    assert [line for line in found(phrases) if "says twice" in line] == []
