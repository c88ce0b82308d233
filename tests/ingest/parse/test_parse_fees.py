from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parse.fees import FeeReading, read_fees
from ingest.parse.ways import FeeCell, WayRow


def fee(
    cell: str, note: str = "", text: str = "", steps: str = "", run_in: bool = False
) -> FeeReading:
    return read_fees(WayRow("direct", "", (FeeCell(cell, note, run_in),), text), steps)


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
        ("Không thu lệ phí làm thẻ theo khoản 2 Điều 5 Luật Thư viện.",) * 2,
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
        "Không thu lệ phí đối với người già",
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
        ("", "Bước 3: Thủ thư thu lệ phí nhận tiền, giao biên lai thu tiền cho bạn đọc."),
        ("", "Bước 3: Bạn đọc nộp hồ sơ qua dịch vụ bưu chính và nộp lệ phí theo quy định."),
        ("", "Bước 3: Cá nhân, tổ chức nộp lệ phí làm thẻ."),
        ("", "Bước 3: Thư viện thu thuế và lệ phí."),
        ("", "Trong 5 ngày kể từ ngày nhận đủ hồ sơ hợp lệ và lệ phí, thư viện cấp thẻ."),
        ("", "Bước 4: Hệ thống thông báo lệ phí làm thẻ."),
        ("", "Bạn đọc đã nộp lệ phí, trừ trường hợp được miễn lệ phí."),
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
        "Thư viện báo cáo tình hình sử dụng biên lai thu phí, lệ phí.",
        "Bạn đọc nộp lệ phí trước bạ.",
        "Bạn đọc nộp phí dịch vụ bưu chính.",
        "Nguồn thu phí được để lại cho thư viện.",
        "Tòa án báo nộp tiền tạm ứng án phí thì bạn đọc nộp tiền tạm ứng án phí.",
    ],
)
def test_other_money_in_the_steps_leaves_it_free(steps: str):
    assert fee("Miễn phí", steps=steps).fees[0].free


def test_free_against_the_conditions():
    row = WayRow("direct", "", (FeeCell("Miễn phí"),))
    read = read_fees(row, conditions="Thẻ chưa nộp lệ phí thì không được gia hạn.")
    assert not read.fees[0].free and read.why


def test_other_sums_in_the_conditions_leave_it_free():
    row = WayRow("direct", "", (FeeCell("Miễn phí"),))
    told = "Thư viện có mức thu 5.000.000 đồng trở lên."
    assert read_fees(row, conditions=told).fees[0].free


def test_a_long_step_is_quoted_where_it_speaks_of_the_fee():
    steps = f"Bạn đọc khai tên, {'khai nơi ở và lớp học và số thẻ, ' * 9}nộp lệ phí tại quầy."
    assert fee("Miễn phí", steps=steps).readings == ("Miễn phí", "…nộp lệ phí tại quầy.")


def test_an_amount_that_the_description_cuts_for_a_time_is_doubted():
    text = "Phí: 50.000 đồng (áp dụng mức phí 25.000 đồng đến hết ngày 31/12/2030)."
    read = fee("50,000 VNĐ", text=text)
    assert read.fees[0].amount is None
    assert read.readings == ("50,000 VNĐ", "50.000 đồng", "25.000 đồng")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "Phí mượn sách: Bằng 50% mức thu phí trong Biểu.",
            "Phí mượn sách: Bằng 50% mức thu phí trong Biểu.",
        ),
        (
            f"Phí mượn sách (trừ {'sách quý và sách cũ và ' * 12}bản đồ): Bằng 50% mức thu.",
            "…Bằng 50% mức thu.",
        ),
        (
            "Mức thu phí được giảm đến hết ngày 31 tháng 12 năm 2030.",
            "Mức thu phí được giảm đến hết ngày 31 tháng 12 năm 2030.",
        ),
    ],
)
def test_an_amount_that_the_description_changes_without_a_sum(text: str, quoted: str):
    read = fee("1,800,000 Việt Nam Đồng", "1.800.000 đồng/lần", text)
    assert read.fees[0].amount is None
    assert read.readings == ("1,800,000 Việt Nam Đồng", "1.800.000 đồng", quoted)


@pytest.mark.parametrize(
    "text",
    [
        "Bạn đọc nộp hồ sơ đến hết ngày 31/12/2030.",
        "Thư viện trả 50% kinh phí mua sách.",
        "- Trường hợp mượn hai quyển thì giảm 50% mức thu phí.",
    ],
)
def test_other_dates_and_shares_leave_the_amount(text: str):
    assert fee("50,000 VNĐ", text=text).fees[0].amount == 50_000


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
        ("15,000,000 VNĐ", "15.000.0000 đồng/thẻ", False, ("15,000,000 VNĐ", "15.000.0000 đồng")),
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


def test_a_share_for_one_case_leaves_the_amount():
    note = "Trường hợp mượn cho hai người thì từ người thứ hai giảm 50% mức thu."
    assert fee("90,000 VNĐ", note).fees[0].amount == 90_000


def test_no_information_is_left_out():
    assert fee("Không có thông tin") == FeeReading()


def test_a_date_before_the_currency_is_no_amount():
    read = fee("Phí : Theo Thông tư ngày 11 tháng 11 năm 2016 Đồng")
    assert read.fees[0].amount is None and not read.fees[0].free


@given(st.text(max_size=40), st.text(max_size=60), st.text(max_size=60), st.booleans())
def test_a_fee_is_never_both_free_and_priced(cell: str, note: str, text: str, run_in: bool):
    for found in fee(cell, note, text, run_in=run_in).fees:
        assert not (found.free and found.amount)
