from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parse.ways import FeeCell, WayRow, rows

HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"


def test_rows_of_ways():
    table = (
        f"{HEADER}Trực tuyến3 Ngày làm việcMiễn phíTải đơn lên.Dịch vụ bưu chính2 Giờ"
        "7,500 Việt Nam Đồng(7.500 đồng/thẻ (thẻ mới))Gửi thư.Trực tiếpKhông có thông tin"
        "Không có thông tin"
    )
    assert rows(table) == (
        (
            WayRow("online", "3 Ngày làm việc", (FeeCell("Miễn phí"),), "Tải đơn lên."),
            WayRow(
                "post",
                "2 Giờ",
                (FeeCell("7,500 Việt Nam Đồng", "7.500 đồng/thẻ (thẻ mới)"),),
                "Gửi thư.",
            ),
            WayRow("direct", "Không có thông tin", (FeeCell("Không có thông tin"),)),
        ),
        "",
    )


def test_a_way_named_in_a_description_opens_no_row():
    table = f"{HEADER}Trực tiếp1 NgàyMiễn phíNộp. Trực tuyến: chưa nhận. Trực tiếp tại quầy"
    assert [row.text for row in rows(table)[0]] == [
        "Nộp. Trực tuyến: chưa nhận. Trực tiếp tại quầy"
    ]


def test_a_time_in_words():
    table = f"{HEADER}Trực tuyếnTrả ngay tại quầyMiễn phíNộp qua mạng"
    row = rows(table)[0][0]
    assert (row.time, row.text) == ("Trả ngay tại quầy", "Nộp qua mạng")


@pytest.mark.parametrize(
    ("glued", "time", "amount"),
    [("123 VNĐ", "1", "23 VNĐ"), ("2200 VNĐ", "2", "200 VNĐ"), ("140,000 VNĐ", "1", "40,000 VNĐ")],
)
def test_a_time_without_unit_stands_glued_to_the_amount(glued: str, time: str, amount: str):
    row = rows(f"{HEADER}Trực tiếp{glued}")[0][0]
    assert (row.time, row.fees) == (time, (FeeCell(amount, "", run_in=True),))


@pytest.mark.parametrize(
    ("rest", "note", "text"),
    [
        ("(thẻ (mới) loại 2)sau", "thẻ (mới) loại 2", "sau"),
        (
            "(a) thẻ mới: 1.000 đồng; b) thẻ cũ: 2.000 đồng.)sau",
            "a) thẻ mới: 1.000 đồng; b) thẻ cũ: 2.000 đồng.",
            "sau",
        ),
        ("(i) Khi đổi thẻ: 2 ngày", "", "(i) Khi đổi thẻ: 2 ngày"),
        ("(chưa đóng ngoặc", "chưa đóng ngoặc", ""),
        (
            "(thẻ (mới)). (Từ 01/7 (năm nay): 5 đồng).)sau",
            "thẻ (mới)). (Từ 01/7 (năm nay): 5 đồng).",
            "sau",
        ),
    ],
)
def test_the_note_is_what_the_parentheses_hold(rest: str, note: str, text: str):
    row = rows(f"{HEADER}Trực tiếp1 NgàyMiễn phí{rest}")[0][0]
    assert (row.fees[0].note, row.text) == (note, text)


_WAY = st.sampled_from(["Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính"])
_TIME = st.tuples(st.integers(1, 99), st.sampled_from(["Ngày", "Ngày làm việc", "Giờ", "Tháng"]))
_FEE = st.one_of(st.just("Miễn phí"), st.integers(1, 999).map(lambda n: f"{n},000 VNĐ"))


@given(st.lists(st.tuples(_WAY, _TIME, _FEE), min_size=1, max_size=8))
def test_every_row_of_ways_survives(table: list[tuple[str, tuple[int, str], str]]):
    printed = "".join(f"{way}{n} {unit}{cost}" for way, (n, unit), cost in table)
    found = rows(HEADER + printed)[0]
    assert [(r.time, r.fees[0].text) for r in found] == [(f"{n} {u}", c) for _, (n, u), c in table]
