from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.procedure import Time
from ingest.parse.fees import FeeReading, read_fees
from ingest.parse.methods import file_rows
from ingest.parse.money import amounts, names
from ingest.parse.times import contradicts, read_time, spans
from ingest.parse.ways import FeeCell, WayRow, rows

HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"


def fee(
    cell: str, note: str = "", text: str = "", steps: str = "", run_in: bool = False
) -> FeeReading:
    return read_fees(WayRow("direct", "", (FeeCell(cell, note, run_in),), text), steps)


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


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("5 Ngày làm việc", 5, "working_day"),
        ("07 Ngày", 7, "day"),
        ("0.5 Giờ", 0.5, "hour"),
        ("2 Tháng", 2, "month"),
        ("1", 1, "unknown"),
    ],
)
def test_times(printed: str, value: float, unit: str):
    assert read_time(printed) == Time.model_validate(
        {"value": value, "unit": unit, "text": printed}
    )


@pytest.mark.parametrize("printed", ["", "Không có thông tin", "Không quy định", "Không"])
def test_no_time_is_said(printed: str):
    assert read_time(printed) is None


@pytest.mark.parametrize("printed", ["Trước khi tàu rời bến", "0 Giờ", "10-25"])
def test_a_time_in_words_has_no_value(printed: str):
    assert read_time(printed) == Time(text=printed)


def test_spans_leave_dates_and_law_numbers_alone():
    text = "Trong 05 (năm) ngày làm việc từ ngày 12 tháng 5 năm 2026, Nghị định 30/2026, 2 giờ"
    assert spans(text) == ((5, "working_day"), (2, "hour"))


FILED = "kể từ ngày nhận đủ hồ sơ"


@pytest.mark.parametrize(
    ("text", "in_steps", "expected"),
    [
        (f"Thư viện cấp thẻ trong 05 ngày làm việc {FILED}.", True, (5, "working_day")),
        (f"Trong 10 ngày {FILED}.", False, (10, "day")),
        (f"Thư viện có ý kiến trong 30 ngày làm việc {FILED}.", True, (30, "working_day")),
        (f"Thư viện cấp thẻ trong 10 ngày làm việc {FILED}.", True, None),
        (f"Thư viện yêu cầu bổ sung trong 02 ngày làm việc {FILED}.", True, None),
        (f"Sơ duyệt 2 ngày, cấp thẻ trong 03 ngày làm việc {FILED}.", True, None),
        (f"Cấp thẻ trong 05 ngày làm việc {FILED}; việc khó được kéo dài.", True, None),
        ("Thẻ có giá trị 12 tháng.", True, None),
    ],
)
def test_times_that_contradict_the_table(
    text: str, in_steps: bool, expected: tuple[float, str] | None
):
    time = Time(value=10, unit="working_day", text="10 Ngày làm việc")
    assert contradicts(time, text, in_steps) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (f"Thư viện cấp thẻ trong 03 ngày làm việc {FILED}. Thẻ mất thì báo trong 30 ngày.", 3),
        (f"Trường hợp mất, cấp thẻ trong 03 ngày {FILED}. Thẻ mất thì báo trong 30 ngày.", None),
        (f"Thư viện cấp thẻ trong 03 ngày {FILED}. Cấp lại trong 05 ngày {FILED}.", None),
        (f"Thư viện cấp thẻ trong 01 ngày {FILED}. Thẻ mất thì báo trong 30 ngày.", None),
    ],
)
def test_a_time_without_unit_is_held_against_what_settling_takes(
    steps: str, expected: float | None
):
    found = contradicts(Time(value=1, unit="unknown", text="1"), steps, in_steps=True)
    assert (found and found[0]) == expected


def test_money_as_offices_write_it():
    text = "70.000 đồng/thẻ, 1,250,000 VNĐ, 05 USD, 10 triệu đồng, 40.000đ"
    assert [(m.value, m.unit) for m in amounts(text)] == [
        (70_000, "đồng"),
        (1_250_000, "đồng"),
        (5, "USD"),
        (10_000_000, "đồng"),
        (40_000, "đồng"),
    ]
    assert names("160.000/thẻ", 160_000)
    assert not names("16.000 đồng/thẻ", 160_000)


@given(st.integers(1_000, 999_999_999), st.sampled_from([".", ","]))
def test_every_grouped_amount_is_read_whole(value: int, mark: str):
    assert [m.value for m in amounts(f"{value:,} đồng".replace(",", mark))] == [value]


def test_a_plain_free_fee():
    read = fee("Miễn phí")
    assert [(f.free, f.amount, f.text) for f in read.fees] == [(True, None, "Miễn phí")]
    assert read.why == ""


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("Không có", None),
        ("Chưa quy định.", "Chưa quy định."),
        ("Không thu lệ phí", "Không thu lệ phí"),
        ("Thẻ mới: Không có.", "Thẻ mới: Không có."),
        ("Không được quy định tại Biểu phí của thư viện.",) * 2,
    ],
)
def test_a_note_that_assents_leaves_it_free(note: str, kept: str | None):
    read = fee("Miễn phí", note)
    assert read.fees[0].free and not read.why
    assert read.fees[0].note == kept


@pytest.mark.parametrize(
    "note",
    [
        "7.000 đồng/thẻ",
        "Mức lệ phí do Hội đồng nhân dân tỉnh quyết định",
        "Theo Thông tư số 1/2026/TT-THU",
        "Phí làm thẻ",
        "Đối với học sinh",
    ],
)
def test_free_beside_another_word_is_not_free(note: str):
    read = fee("Miễn phí", note)
    assert [(f.free, f.amount, f.note, f.text) for f in read.fees] == [
        (False, None, note, "Miễn phí")
    ]
    assert read.readings == ("Miễn phí", note)
    assert read.why


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Lệ phí làm thẻ 7.000 đồng.", ""),
        ("", "Bước 2: Bạn đọc nộp lệ phí tại quầy."),
        ("", "Bước 2: Bạn đọc thanh toán phí, lệ phí qua mạng."),
        ("", "Bước 2: Tòa án báo nộp tiền tạm ứng án phí, lệ phí tòa án."),
    ],
)
def test_free_against_the_description_or_the_steps(text: str, steps: str):
    read = fee("Miễn phí", text=text, steps=steps)
    assert not read.fees[0].free and read.fees[0].amount is None
    assert read.readings[0] == "Miễn phí" and "lệ phí" in read.readings[1].casefold()


@pytest.mark.parametrize(
    "steps",
    [
        "Thư viện cấp kinh phí 5.000.000 đồng.",
        "Bạn đọc trả phí chuyển phát cho bưu chính.",
        "Nộp lệ phí (nếu có).",
        "Người nộp phí làm mất biên lai thì báo lại.",
    ],
)
def test_other_money_in_the_steps_leaves_it_free(steps: str):
    assert fee("Miễn phí", steps=steps).fees[0].free


def test_a_long_step_is_quoted_where_it_speaks_of_the_fee():
    steps = f"Bạn đọc khai tên, {'khai nơi ở và lớp học và số thẻ, ' * 9}nộp lệ phí tại quầy."
    assert fee("Miễn phí", steps=steps).readings == ("Miễn phí", "…nộp lệ phí tại quầy.")


def test_an_amount_that_the_description_cuts_for_a_time_is_doubted():
    text = "Phí: 50.000 đồng (áp dụng mức phí 25.000 đồng đến hết ngày 31/12/2030)."
    read = fee("50,000 VNĐ", text=text)
    assert read.fees[0].amount is None
    assert read.readings == ("50,000 VNĐ", "50.000 đồng", "25.000 đồng")


def test_amounts_of_two_ways_that_differ_only_in_zeros_are_doubted():
    rows = [
        WayRow("online", "3 Ngày", (FeeCell("30,000 VNĐ"),)),
        WayRow("direct", "3 Ngày", (FeeCell("300,000 VNĐ"),)),
    ]
    filing = file_rows(rows)
    assert [m.fees[0].amount for m in filing.methods] == [None, None]
    assert [d.readings for d in filing.doubts] == [
        ("Trực tuyến: 30,000 VNĐ", "300,000 đồng"),
        ("Trực tiếp: 300,000 VNĐ", "30,000 đồng"),
    ]


@pytest.mark.parametrize("other", ["15,000 VNĐ", "60,000 VNĐ"])
def test_another_amount_for_another_way_is_no_doubt(other: str):
    rows = [
        WayRow("online", "3 Ngày", (FeeCell("30,000 VNĐ"),)),
        WayRow("direct", "3 Ngày", (FeeCell(other),)),
    ]
    assert file_rows(rows).doubts == ()


def test_a_fee_rule_beside_one_free_cell_belies_the_bare_free_cells():
    rows = [
        WayRow("online", "3 Ngày", (FeeCell("Miễn phí"),)),
        WayRow("direct", "3 Ngày", (FeeCell("Miễn phí", "Theo quy định của Luật Phí"),)),
        WayRow("post", "3 Ngày", (FeeCell("Miễn phí", "Không thu"),)),
    ]
    filing = file_rows(rows)
    assert [m.fees[0].free for m in filing.methods] == [False, False, True]
    assert [d.readings for d in filing.doubts] == [
        ("Trực tuyến: Miễn phí", "Theo quy định của Luật Phí"),
        ("Trực tiếp: Miễn phí", "Theo quy định của Luật Phí"),
    ]


def test_an_amount_for_another_way_leaves_a_free_cell_free():
    rows = [
        WayRow("online", "3 Ngày", (FeeCell("Miễn phí"),)),
        WayRow("direct", "3 Ngày", (FeeCell("25 VNĐ", "25.000 đồng"),)),
    ]
    assert file_rows(rows).methods[0].fees[0].free


def test_an_amount_that_its_note_repeats():
    read = fee("70,000 VNĐ", "70.000 đồng/01 thẻ (thẻ mới)")
    assert [(f.amount, f.unit, f.per, f.text) for f in read.fees] == [
        (70_000, "đồng", "thẻ", "70,000 VNĐ")
    ]
    assert not read.why


@pytest.mark.parametrize(
    ("cell", "note", "per"),
    [("50,000 VNĐ", "/hồ sơ", "hồ sơ"), ("10 USD", "10 USD/lần.", "lần"), ("9,000 VNĐ", "", None)],
)
def test_what_an_amount_is_for(cell: str, note: str, per: str | None):
    assert fee(cell, note).fees[0].per == per


@pytest.mark.parametrize(
    ("cell", "note", "run_in", "readings"),
    [
        ("135 VNĐ", "Làm thẻ: 135.000 đồng/lần", False, ("135 VNĐ", "135.000 đồng")),
        ("90 VNĐ", "Theo quy định chung", False, ("90 VNĐ", "Theo quy định chung")),
        ("5,000 Việt Nam Đồng", "thu 7.000 đồng/lần", False, ("5,000 Việt Nam Đồng", "7.000 đồng")),
        ("155,000 VNĐ", "155 USD/thẻ", False, ("155,000 VNĐ", "155 USD")),
        ("40,000 VNĐ", "Xe to", True, ("40,000 VNĐ", "Xe to")),
        ("50,000 VNĐ", "25.000 đồng đến hết ngày 31/12/2030", False, ("50,000 VNĐ", "25.000 đồng")),
        (
            "50,000 VNĐ",
            "Giảm 50% khi nộp qua mạng",
            False,
            ("50,000 VNĐ", "Giảm 50% khi nộp qua mạng"),
        ),
    ],
)
def test_amounts_that_are_doubted(cell: str, note: str, run_in: bool, readings: tuple[str, ...]):
    read = fee(cell, note, run_in=run_in)
    assert [(f.amount, f.free, f.text, f.note) for f in read.fees] == [(None, False, cell, note)]
    assert read.readings == readings
    assert read.why


def test_a_run_in_amount_that_its_note_confirms():
    assert fee("20,000 VNĐ", "20.000 đồng/thẻ", run_in=True).fees[0].amount == 20_000


def test_an_amount_that_is_the_sum_of_its_parts():
    note = "gồm 3.000.000 đồng xét duyệt và 1.500.000 đồng in ấn"
    assert fee("4,500,000 VNĐ", note).fees[0].amount == 4_500_000


def test_no_information_is_left_out():
    assert fee("Không có thông tin") == FeeReading()


def test_a_date_before_the_currency_is_no_amount():
    read = fee("Phí : Theo Thông tư ngày 11 tháng 11 năm 2016 Đồng")
    assert read.fees[0].amount is None and not read.fees[0].free


@given(st.text(max_size=40), st.text(max_size=60), st.text(max_size=60), st.booleans())
def test_a_fee_is_never_both_free_and_priced(cell: str, note: str, text: str, run_in: bool):
    for found in fee(cell, note, text, run_in=run_in).fees:
        assert not (found.free and found.amount)


def test_a_doubt_about_one_way_begins_with_its_name():
    filing = file_rows(
        [
            WayRow("online", "3 Ngày", (FeeCell("5,000 VNĐ", "7.000 đồng"),)),
            WayRow("direct", "3 Ngày", (FeeCell("Miễn phí"),)),
        ]
    )
    assert [m.way for m in filing.methods] == ["online", "direct"]
    assert [(d.field, d.readings) for d in filing.doubts] == [
        ("methods.fees", ("Trực tuyến: 5,000 VNĐ", "7.000 đồng"))
    ]
    assert filing.doubts[0].why.startswith("Trực tuyến: ")


def test_a_doubt_that_all_ways_share_is_said_once():
    cell = FeeCell("135 VNĐ", "135.000 đồng")
    filing = file_rows([WayRow("online", "3 Ngày", (cell,)), WayRow("direct", "3 Ngày", (cell,))])
    assert [d.readings for d in filing.doubts] == [("135 VNĐ", "135.000 đồng")]


def test_a_time_that_the_steps_contradict_stays_and_is_doubted():
    steps = f"Thư viện cấp thẻ trong 05 ngày làm việc {FILED}."
    filing = file_rows([WayRow("direct", "10 Ngày làm việc")], steps)
    time = filing.methods[0].time
    assert time and (time.value, time.unit) == (10, "working_day")
    assert [(d.field, d.readings) for d in filing.doubts] == [
        ("methods.time", ("10 Ngày làm việc", "5 ngày làm việc (các bước)"))
    ]
