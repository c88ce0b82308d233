"""Single fields in Vietnamese words: numbers, times, fees, papers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import wording
from index.procedure import Document, Fee, Form, LegalBasis, Procedure, Question, Time


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (1, "1"),
        (10, "10"),
        (100, "100"),
        (999, "999"),
        (1000, "1.000"),
        (20000, "20.000"),
        (1234567, "1.234.567"),
        (0.5, "0,5"),
        (2.50, "2,5"),
        (1000.25, "1.000,25"),
        (70000.0, "70.000"),
        (0.1, "0,1"),
        (1e15, "1.000.000.000.000.000"),
    ],
)
def test_numbers_are_written_the_vietnamese_way(value: float, said: str) -> None:
    assert wording.number(value) == said


@given(st.integers(0, 10**15))
def test_no_whole_number_changes_when_it_is_written(value: int) -> None:
    assert int(wording.number(value).replace(".", "")) == value


@pytest.mark.parametrize(
    ("given_time", "said"),
    [
        (None, None),
        (Time(value=3, unit="working_day"), "3 ngày làm việc"),
        (Time(value=15, unit="day"), "15 ngày"),
        (Time(value=2, unit="hour"), "2 giờ"),
        (Time(value=6, unit="month"), "6 tháng"),
        (Time(value=0.5, unit="working_day"), "0,5 ngày làm việc"),
        (Time(value=1), "Cổng ghi “1” nhưng không ghi rõ là ngày hay giờ"),
        (Time(value=3, unit="day", note="Kể từ khi nộp."), "3 ngày (Kể từ khi nộp)"),
        (Time(note="Trả trong ngày."), "Trả trong ngày."),
        (Time(text="Theo quy định"), "Theo quy định"),
        (Time(unit="day"), None),
        (Time(), None),
    ],
)
def test_a_time_says_its_value_and_unit_and_never_guesses_one(
    given_time: Time | None, said: str | None
) -> None:
    assert wording.time(given_time) == said


@pytest.mark.parametrize(
    ("given_fee", "said"),
    [
        (Fee(free=True), "miễn phí"),
        (Fee(free=True, amount=0, text="Miễn phí"), "miễn phí"),
        (Fee(free=True, note="Cho hộ nghèo."), "miễn phí (Cho hộ nghèo)"),
        (Fee(amount=0), "0 đồng"),
        (Fee(amount=0, text="Phí: 0 Đồng"), "0 đồng"),
        (Fee(amount=70000, per="thẻ", text="70,000 Việt Nam Đồng"), "70.000 đồng/thẻ"),
        (Fee(amount=10, unit="USD", per="bản"), "10 USD/bản"),
        (Fee(amount=50, unit="%", note="Mức giảm."), "50 % (Mức giảm)"),
        (Fee(note="Do tỉnh quyết định."), "Do tỉnh quyết định."),
        (Fee(text="Theo quy định"), "Cổng ghi “Theo quy định”"),
        (Fee(text="Miễn phí", note="Có chỗ ghi khác."), "Có chỗ ghi khác."),
        (Fee(), None),
    ],
)
def test_a_fee_is_quoted_and_free_only_where_the_source_says_so(
    given_fee: Fee, said: str | None
) -> None:
    assert wording.fee(given_fee) == said


def test_several_fees_of_one_way_stand_in_one_line() -> None:
    both = (Fee(amount=2000, per="trang", note="Hai trang đầu."), Fee(), Fee(note="Có trần."))
    assert wording.fees(both) == "2.000 đồng/trang (Hai trang đầu); Có trần"
    assert wording.fees(()) is None
    assert wording.fees((Fee(),)) is None


@pytest.mark.parametrize(
    ("original", "copy", "said"),
    [
        (1, None, "1 bản chính"),
        (0, 2, "2 bản sao"),
        (1, 2, "1 bản chính, 2 bản sao"),
        (0, 0, None),
        (None, None, None),
    ],
)
def test_only_copies_that_the_record_counts_are_named(
    original: int | None, copy: int | None, said: str | None
) -> None:
    paper = Document(id="a", name="Đơn", original=original, copy=copy)
    assert wording.copies(paper) == said


PAPERS = Procedure(
    code="9.000001",
    name="Thử",
    questions=(
        Question(id="age", ask="Bao nhiêu tuổi?", answers={"tre": "Trẻ", "gia": "Già", "x": "Lạ"}),
        Question(id="lost", ask="Mất chưa?", answers={"co": "Rồi", "chua": "Chưa"}),
    ),
    documents=(
        Document(
            id="card",
            name="Thẻ cũ",
            kind="present",
            original=1,
            instead=("proof", "pledge"),
            form=Form(name="Mẫu 01", url="https://example.vn/01"),
            note="Còn hạn.",
            when={"age": ("tre", "x"), "lost": ("chua",)},
        ),
        Document(id="proof", name="Giấy xác nhận.", kind="lookup"),
        Document(id="pledge", name="Cam đoan", copy=2),
    ),
)


def test_a_paper_says_counts_use_alternatives_form_and_note() -> None:
    card, proof, pledge = PAPERS.documents
    assert wording.paper(card, PAPERS) == (
        "Thẻ cũ (1 bản chính, xuất trình). Có thể thay bằng: Giấy xác nhận.; Cam đoan. "
        "Mẫu: Mẫu 01. Còn hạn."
    )
    assert wording.paper(proof, PAPERS) == "Giấy xác nhận (cơ quan tự tra cứu)."
    assert wording.paper(pledge, PAPERS) == "Cam đoan (2 bản sao)."


def test_a_condition_is_told_in_the_questions_own_words() -> None:
    card, proof, _ = PAPERS.documents
    assert wording.condition(proof, PAPERS) == ""
    assert wording.condition(card, PAPERS) == (
        "Bao nhiêu tuổi? Nếu **Trẻ** hoặc **Lạ**; Mất chưa? Nếu **Chưa**:"
    )


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        (LegalBasis(number="60/2014/QH13", name="Luật Hộ tịch"), "60/2014/QH13 – Luật Hộ tịch"),
        (LegalBasis(number="123/2015/NĐ-CP"), "123/2015/NĐ-CP"),
        (LegalBasis(name="Luật Hộ tịch"), "Luật Hộ tịch"),
    ],
)
def test_a_law_is_told_by_what_is_known_of_it(basis: LegalBasis, said: str) -> None:
    assert wording.law(basis) == said


def test_ways_of_filing_are_named_once_each_in_their_order() -> None:
    assert wording.ways(("direct", "online", "post")) == "Trực tiếp, trực tuyến, bưu chính"
    assert wording.ways(("direct", "direct")) == "Trực tiếp"


def numbered(*names: str) -> list[Document]:
    return [Document(id=f"p{n}", name=name) for n, name in enumerate(names)]


@pytest.mark.parametrize(
    ("names", "ordered"),
    [
        (["(2) Ảnh", "(10) Sổ", "(1) Đơn"], ["(1) Đơn", "(2) Ảnh", "(10) Sổ"]),
        (["d) Bốn", "b) Hai", "đ) Năm", "a) Một"], ["a) Một", "b) Hai", "d) Bốn", "đ) Năm"]),
        (["2. Ảnh", "Đơn", "1. Sổ"], ["2. Ảnh", "Đơn", "1. Sổ"]),
        (["a) Đơn", "1. Sổ"], ["a) Đơn", "1. Sổ"]),
        (["2) Ảnh", "2) Sổ", "1) Đơn"], ["2) Ảnh", "2) Sổ", "1) Đơn"]),
    ],
)
def test_papers_stand_by_their_own_marks_where_all_bear_one(
    names: list[str], ordered: list[str]
) -> None:
    assert [d.name for d in wording.in_order(numbered(*names))] == ordered


def test_a_long_note_is_cut_at_a_word_and_marked_as_cut() -> None:
    cut = wording.short("từ " * 200)
    assert len(cut) <= wording.LONGEST + 2
    assert cut.endswith("từ …")
    assert wording.short("ngắn") == "ngắn"
