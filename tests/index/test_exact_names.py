"""A typed code or a whole name is that procedure, whatever else is near."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.search import Searcher
from index.text import strip_marks

CODES = ["1.001193", "1.002755", "1.010038", "1.012812", "2.001019", "1.014063", "1.000894"]
COURTESY = [
    "{}",
    "{}?",
    "Thủ tục {}",
    "Cho em hỏi thủ tục {} ạ",
    "xin chào, tôi muốn {} thì cần giấy tờ gì ạ",
    "{} hết bao nhiêu tiền vậy ạ",
]


def asked(name: str) -> str:
    return f"Cho em hỏi thủ tục {name} ạ"


def missed(searcher: Searcher, ask: Callable[[str], str]) -> list[str]:
    """The codes that are not first, exact and with score 1.0 when ``ask(name)`` is asked."""
    wrong = []
    for code, name in searcher.snapshot.names.items():
        first = searcher.search(ask(name), 1).kept[0]
        if (first.code, first.exact, first.score) != (code, True, 1.0):
            wrong.append(code)
    return wrong


def test_every_code_is_found_by_itself_and_within_a_sentence(searcher: Searcher) -> None:
    for code in searcher.snapshot.codes:
        for question in (code, f"thủ tục mã {code}.", f"{code}.000.00.00.H26 cần gì"):
            first = searcher.search(question, 1).kept[0]
            assert (first.code, first.exact, first.score) == (code, True, 1.0)


def test_two_codes_in_one_question_are_both_exact(searcher: Searcher) -> None:
    hits = searcher.search("1.001193 hay 1.000656", 3).kept
    assert {h.code for h in hits[:2]} == {"1.000656", "1.001193"}
    assert [(h.exact, h.score) for h in hits[:2]] == [(True, 1.0)] * 2
    assert (hits[2].exact, hits[2].score < 0.01) == (False, True)


def test_an_unknown_code_is_nothing_exact(searcher: Searcher) -> None:
    assert [h.code for h in searcher.search("9.999999").kept if h.exact] == []


def test_a_longer_number_that_holds_a_code_is_not_that_code(searcher: Searcher) -> None:
    assert [h.code for h in searcher.search("số 21.0011934").kept if h.exact] == []


def test_every_name_wins_as_it_is_written(searcher: Searcher) -> None:
    assert missed(searcher, str) == []


def test_every_name_wins_without_marks(searcher: Searcher) -> None:
    assert missed(searcher, strip_marks) == []


def test_every_name_wins_in_capitals_with_the_word_for_procedure(searcher: Searcher) -> None:
    assert missed(searcher, lambda name: f"THỦ TỤC {name.upper()}.") == []


@pytest.mark.parametrize("form", COURTESY)
def test_a_name_wins_with_courtesy_around_it(searcher: Searcher, form: str) -> None:
    for code in CODES:
        first = searcher.search(form.format(searcher.snapshot.names[code]), 1).kept[0]
        assert (first.code, first.exact, first.score) == (code, True, 1.0)


@pytest.mark.parametrize("form", ["{}", "thu tuc {}", "{} o dau", "{} can giay to gi"])
def test_a_name_without_marks_wins_with_the_aspect_around_it(searcher: Searcher, form: str) -> None:
    for code in CODES:
        bare = strip_marks(searcher.snapshot.names[code])
        first = searcher.search(form.format(bare), 1).kept[0]
        assert (first.code, first.exact, first.score) == (code, True, 1.0)


def test_every_name_wins_with_courtesy_around_it(searcher: Searcher) -> None:
    assert missed(searcher, asked) == []


def test_every_name_without_marks_wins_with_courtesy_around_it(searcher: Searcher) -> None:
    assert missed(searcher, lambda name: f"Cho em hoi thu tuc {strip_marks(name)}") == []


@pytest.mark.parametrize(
    "question",
    ["Công nhận cây di sản", "cong nhan cay di san", "cho hỏi thủ tục công nhận cây di sản ạ"],
)
def test_two_procedures_of_one_name_are_both_exact(tiny_searcher: Searcher, question: str) -> None:
    hits = tiny_searcher.search(question).kept
    assert sorted((h.code, h.exact, h.score) for h in hits[:2]) == [
        ("9.000004", True, 1.0),
        ("9.000005", True, 1.0),
    ]
    assert [h.exact for h in hits[2:]] == [False, False, False]


def test_a_name_within_a_longer_name_is_not_the_longer_one(tiny_searcher: Searcher) -> None:
    first, second = tiny_searcher.search("cấp thẻ thư viện", 2).kept
    assert (first.code, first.exact) == ("9.000001", True)
    assert (second.code, second.exact) == ("9.000003", False)


def test_part_of_a_name_is_not_exact(tiny_searcher: Searcher) -> None:
    assert [h.code for h in tiny_searcher.search("thẻ thư viện").kept if h.exact] == []
