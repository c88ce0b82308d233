from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parse.documents import sort_rows
from ingest.parse.forms import split_form
from ingest.parse.papers import Row, rows

HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"


def read(table: str) -> list[tuple[str, int | None, int | None]]:
    return [(row.text, row.original, row.copies) for row in rows(table)[0]]


def test_rows_end_at_their_counts():
    table = f"--{HEADER}Đơn xin mượn sách1 bản chính- Thẻ học sinh;0 bản chính,2 bản sao"
    assert read(table) == [("Đơn xin mượn sách", 1, 0), ("- Thẻ học sinh;", 0, 2)]


def test_a_number_at_a_names_end_is_not_part_of_the_count():
    table = f"--{HEADER}Đơn theo Mẫu số 021 bản chínhGiấy ký ngày 05/3/20263 bản chính,1 bản sao"
    assert read(table) == [("Đơn theo Mẫu số 02", 1, 0), ("Giấy ký ngày 05/3/2026", 3, 1)]


def test_a_count_printed_twice_is_not_part_of_the_name():
    table = f"--{HEADER}Sổ mượn sách1 bản chính1 bản chínhThẻ1 bản chính"
    assert read(table) == [("Sổ mượn sách", 1, 0), ("Thẻ", 1, 0)]


@pytest.mark.parametrize(
    "words",
    [
        "Sơ đồ kho sách: 01 bản chính hoặc bản chụp",
        "Sơ đồ kho sách: nộp 02 bản chính; giữ lại một",
        "Sơ đồ kho sách (01 bản chính)",
        "Sơ đồ kho sách: 01 bản chính",
        "01 bản chính sơ đồ kho sách",
    ],
)
def test_counts_inside_a_sentence_stay_in_it(words: str):
    assert read(f"--{HEADER}{words}1 bản chính") == [(words, 1, 0)]


def test_a_row_may_begin_with_a_full_stop():
    table = f"--{HEADER}Thẻ cũ1 bản chính.Đơn xin đổi thẻ2 bản chính"
    assert read(table) == [("Thẻ cũ", 1, 0), (".Đơn xin đổi thẻ", 2, 0)]


def test_groups_keep_their_captions():
    table = f"* Giấy tờ phải nộp:{HEADER}Đơn1 bản chính* Lưu ý:{HEADER}Nhớ mang bút0 bản chính"
    assert [(r.caption, r.text) for r in rows(table)[0]] == [
        ("* Giấy tờ phải nộp:", "Đơn"),
        ("* Lưu ý:", "Nhớ mang bút"),
    ]


def test_a_group_without_rows_goes_on_into_the_next_caption():
    table = f"Khi đổi thẻ{HEADER}Khi thẻ rách{HEADER}Thẻ rách1 bản chính"
    assert rows(table)[0][0].caption == "Khi đổi thẻ\nKhi thẻ rách"


def test_what_follows_the_last_row_is_kept():
    assert rows(f"--{HEADER}Đơn1 bản chínhNộp trước mùa thi")[1] == "Nộp trước mùa thi"


def test_a_text_without_a_table_is_all_left():
    assert rows("Bước 2: gửi hồ sơ") == ((), "Bước 2: gửi hồ sơ")


_NAME = st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{2,8}){0,4}[a-z;.)]", fullmatch=True)
_ROWS = st.lists(st.tuples(_NAME, st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12)


def _print(name: str, original: int, copies: int) -> str:
    return f"{name}{original} bản chính" + (f",{copies} bản sao" if copies else "")


@given(_ROWS)
def test_every_row_and_every_count_survives(table: list[tuple[str, int, int]]):
    assert read(f"--{HEADER}" + "".join(_print(*row) for row in table)) == table


@given(st.lists(_ROWS, min_size=1, max_size=4))
def test_no_row_is_lost_between_papers_and_notes(groups: list[list[tuple[str, int, int]]]):
    table = "".join(f"--{HEADER}" + "".join(_print(*row) for row in g) for g in groups)
    found = sort_rows(rows(table)[0])
    said = " ".join([*(d.text or d.name for d in found.documents), *found.notes])
    assert [d.id for d in found.documents] == [f"p{i}" for i in range(1, len(found.documents) + 1)]
    assert all(name.rstrip(" .;)") in said for group in groups for name, _, _ in group)


@pytest.mark.parametrize(
    ("words", "file"),
    [
        ("Đơn xin mượn sách", "Mẫu số 02.docx"),
        ("Đơn theo Nghị định số 9/2026/NĐ-CP", "Mau02.docx"),
        ("Sơ đồ kho (nếu có);", "PHỤ LỤC 3- kho.pdf"),
        ("Đơn theo mẫu", "Mẫu 3. Đơn xin mượn, đổi sách.doc"),
        ("Đơn theo mẫu", "1.004418.docx"),
    ],
)
def test_form_files_are_parted_from_the_name(words: str, file: str):
    assert split_form(words + file) == (words, file)


def test_several_form_files():
    assert split_form("Đơn xin mượnMau1.docxMau2.docx") == ("Đơn xin mượn", "Mau1.docx; Mau2.docx")


@pytest.mark.parametrize("words", ["Đơn xin mượn sách", "đơn gửi kèm don.docx"])
def test_no_form_where_it_is_not_sure(words: str):
    assert split_form(words) == (words, "")


def test_a_document_has_its_counts_case_form_and_note():
    rest = "Đơn nêu rõ lý do mượn và ngày trả sách. " * 4
    long = f"Đơn xin mượn sách quý của thư viện tỉnh. {rest}".strip()
    found = sort_rows([Row(f"- {long}Mẫu 5.docx", 1, 2, "Khi mượn sách quý:")])
    paper = found.documents[0]
    assert (paper.id, paper.original, paper.copies, paper.kind) == ("p1", 1, 2, "submit")
    assert paper.name == "Đơn xin mượn sách quý của thư viện tỉnh"
    assert paper.note and paper.note.startswith("Đơn nêu rõ lý do mượn")
    assert paper.text == long
    assert paper.form and paper.form.name == "Mẫu 5.docx"
    assert paper.case == "Khi mượn sách quý"


@pytest.mark.parametrize("caption", ["--", "Thành phần hồ sơ:", "* Giấy tờ phải nộp:", ""])
def test_a_caption_that_says_nothing_is_no_case(caption: str):
    assert sort_rows([Row("Đơn xin mượn sách", 1, 0, caption)]).documents[0].case is None


def test_a_long_caption_is_cut_and_kept_among_the_notes():
    caption = (
        "Khi mượn sách quý của kho. " + "Người mượn phải giữ sách khô, sạch và trả đúng hẹn. " * 4
    )
    found = sort_rows([Row("Đơn xin mượn", 1, 0, caption)])
    assert found.documents[0].case == "Khi mượn sách quý của kho."
    assert found.notes == (caption.strip(),)
