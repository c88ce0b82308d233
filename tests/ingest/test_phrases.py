"""Our own phrases: read as entries, and a file that is not as it should be is named."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from index.passages import Entry
from index.procedure import CODE
from index.text import clean
from index.validation import RecordError
from ingest.phrases import phrases_dir, read_phrases

GOOD = """
"9.000001":  # Cấp thẻ thư viện
  names:
    - làm thẻ bạn đọc
  situations:
    - cháu  tôi muốn mượn truyện
    - thủ thư bảo phải có thẻ
"9.000002":
  names: [mượn hội trường]
"""


def write(folder: Path, text: str | bytes, name: str = "a.yaml") -> Path:
    content = text.encode() if isinstance(text, str) else text
    (folder / name).write_bytes(content)
    return folder


def fault(folder: Path) -> str:
    with pytest.raises(RecordError) as caught:
        read_phrases(folder)
    return str(caught.value)


def test_names_are_aliases_and_situations_are_situations_in_order(tmp_path: Path) -> None:
    assert read_phrases(write(tmp_path, GOOD)) == {
        "9.000001": [
            Entry("9.000001", "alias", "làm thẻ bạn đọc"),
            Entry("9.000001", "situation", "cháu tôi muốn mượn truyện"),
            Entry("9.000001", "situation", "thủ thư bảo phải có thẻ"),
        ],
        "9.000002": [Entry("9.000002", "alias", "mượn hội trường")],
    }


def test_a_code_may_stand_in_several_files_which_are_read_by_name(tmp_path: Path) -> None:
    write(tmp_path, '"9.000001": {names: [hai]}', "b.yaml")
    write(tmp_path, '"9.000001": {names: [một]}', "a.yaml")
    write(tmp_path, "không phải YAML: [", "c.txt")
    assert [entry.text for entry in read_phrases(tmp_path)["9.000001"]] == ["một", "hai"]


def test_decomposed_letters_and_new_style_marks_are_cleaned(tmp_path: Path) -> None:
    write(tmp_path, unicodedata.normalize("NFD", '"9.000001": {names: [Xoá hộ khẩu]}'))
    assert read_phrases(tmp_path)["9.000001"][0].text == "Xóa hộ khẩu"


def test_a_folder_without_phrases_gives_none(tmp_path: Path) -> None:
    assert read_phrases(tmp_path) == {}


@pytest.mark.parametrize("text", ['"9.000001": {}', '"9.000001": {names: }'])
def test_a_code_may_wait_for_its_phrases(tmp_path: Path, text: str) -> None:
    assert read_phrases(write(tmp_path, text)) == {"9.000001": []}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "phải là danh sách theo mã thủ tục"),
        ("- một\n- hai", "phải là danh sách theo mã thủ tục"),
        ("9.000001: {names: [a]}", "9.000001 không phải mã thủ tục; viết mã trong dấu ngoặc kép"),
        ('"9.0001": {names: [a]}', "'9.0001' không phải mã thủ tục; viết mã trong dấu ngoặc kép"),
        ('"9.000001x": {names: [a]}', "'9.000001x' không phải mã thủ tục"),
        ('"9.000001": [một]', "9.000001: chỉ dùng names và situations"),
        ('"9.000001": một', "9.000001: chỉ dùng names và situations"),
        ('"9.000001": {name: [một]}', "9.000001: chỉ dùng names và situations"),
        ('"9.000001": {names: một}', "9.000001: names phải là một danh sách"),
        ('"9.000001": {situations: {một: hai}}', "9.000001: situations phải là một danh sách"),
        ('"9.000001": {names: [12]}', "9.000001: 12 phải là một câu ngắn"),
        ('"9.000001": {names: [""]}', "9.000001: '' phải là một câu ngắn"),
        ('"9.000001": {names: ["  "]}', "9.000001: '  ' phải là một câu ngắn"),
        ('"9.000001": {names: ["\\u200b"]}', "phải là một câu ngắn"),
        ('"9.000001": {names: [null]}', "9.000001: None phải là một câu ngắn"),
        (f'"9.000001": {{names: [{"xa " * 61}]}}', "phải là một câu ngắn"),
        ('"9.000001": {names: [a]}\n"9.000001": {names: [b]}', "9.000001 đứng hai lần"),
        ('"9.000001":\n  names: [a]\n  names: [b]', "names đứng hai lần"),
        ('"9.000001": {names: [', "không đọc được"),
        ('"9.000001": {names: [2026-99-99]}', "không đọc được"),
        (b'"9.000001": {names: [\xff]}', "không đọc được"),
    ],
)
def test_a_file_with_a_fault_is_named_with_what_is_wrong(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    write(tmp_path, GOOD, "a.yaml")
    message = fault(write(tmp_path, text, "hộ tịch.yaml"))
    assert message.startswith("hộ tịch.yaml: ")
    assert said in message


def test_a_sentence_of_sixty_words_is_short_enough(tmp_path: Path) -> None:
    write(tmp_path, f'"9.000001": {{names: [{"xa " * 60}]}}')
    assert len(read_phrases(tmp_path)["9.000001"]) == 1


def test_our_own_phrases_are_as_they_should_be() -> None:
    found = read_phrases()
    assert len(found) > 500
    assert sorted(code for code in found if not CODE.fullmatch(code)) == []
    every = [entry for entries in found.values() for entry in entries]
    assert [e for code, entries in found.items() for e in entries if e.code != code] == []
    assert [entry for entry in every if entry.text != clean(entry.text)] == []
    assert {entry.kind for entry in every} == {"alias", "situation"}


def test_the_phrases_of_a_clone_lie_beside_the_records() -> None:
    assert phrases_dir() == Path(__file__).parents[2] / "data" / "phrases"
