"""Personal data is found however it is written; what only looks like it stays."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mask import masked, without_tokens
from bot.mask_rules import TOKENS

PERSONAL = [
    ("căn cước của em là 079200012345", "citizen_id"),
    ("cccd 079 200 012 345 nhé", "citizen_id"),
    ("038.085.012.345", "citizen_id"),
    ("038-085-012-345", "citizen_id"),
    ("0 7 9 2 0 0 0 1 2 3 4 5", "citizen_id"),
    ("so can cuoc 0792 0001 2345", "citizen_id"),
    ("０７９２０００１２３４５", "citizen_id"),
    ("cmnd 271234567", "old_id"),
    ("chứng minh thư cũ 271.234.567 cấp năm 2010", "old_id"),
    ("cmt 271 234 567", "old_id"),
    ("271234567", "old_id"),
    ("gọi em 0912345678", "phone"),
    ("sđt: 0912.345.678 ạ", "phone"),
    ("0912-345-678", "phone"),
    ("+84 912 345 678", "phone"),
    ("84912345678", "phone"),
    ("(024) 3825 1234", "phone"),
    ("zalo 0 9 1 2 3 4 5 6 7 8", "phone"),
    ("thư gửi về le.hoa+tt@gmail.com.vn nhé", "email"),
    ("lehoa a còng gmail chấm com", "email"),
    ("lehoa(at)yahoo.com", "email"),
    ("stk 19031234567890 Techcombank", "account"),
    ("số tài khoản là 123.456.789", "account"),
    ("chuyển vào Agribank 3900205123456", "account"),
    ("1903 1234 5678 9012", "account"),
    ("mã số BHXH 7912345678", "insurance"),
    ("thẻ DN4790123456789", "insurance"),
    ("mst 0312345678-001", "tax"),
    ("mất hộ chiếu C1234567", "passport"),
    ("passport B 1234567", "passport"),
    ("xe 51F-123.45 của em", "plate"),
    ("biển số 29X3 12345", "plate"),
    ("30A12345", "plate"),
    ("số nhà 12 ngõ 34 đường Láng", "address"),
    ("em ở 128/47B Lê Văn Vịnh, ấp 3", "address"),
    ("so 5 duong nguyen trai", "address"),
    ("địa chỉ 15 Nguyễn Trãi", "address"),
    ("ngõ 12 Trần Cung", "address"),
    ("25/3 đường Lê Lợi, phường Bến Nghé", "address"),
    ("tôi tên là Nguyễn Văn An, sinh ngày 12/03/1990", "birth"),
    ("toi ten nguyen thi hoa sinh ngay 1/2/1985", "name"),
    ("không chín một hai ba bốn năm sáu bảy tám", "digits"),
    ("12345678901234", "digits"),
]

ORDINARY = [
    "lệ phí 500.000 đồng", "vay 200000000 đồng", "giá 1.500.000.000 đồng",
    "bị phạt 123456789 đồng", "khoảng 2 triệu 500 nghìn", "thu nhập 15.000.000 đồng/tháng",
    "nghị định 123/2015/NĐ-CP", "thông tư 04/2020/TT-BTP điều 5", "luật 60/2014/QH13",
    "thủ tục 1.001193", "mã 2.000635.000.00.00.H01", "hồ sơ G01.899.108.000-251101-0033",
    "sinh năm 1990, nay 36 tuổi", "ngày 12/03/2024 đến 15.04.2024", "từ 01-01-2024 đến 31-12-2024",
    "nhà 120 m2, đất 500m2", "50m2 1000 viên gạch", "8h30 đến 11h30, 13:30 - 17:00",
    "gọi tổng đài 18001096 hoặc 1900 1234 hay 113", "3 bản sao, 2 bản chính",
    "con 5 tháng, mẹ 18 tuổi", "tài khoản định danh mức 2", "mở tài khoản 200.000.000 đồng",
    "ngân hàng cho vay 500.000.000", "đổi số tài khoản hưởng lương hưu ở đâu",
    "mẫu số 01 và mẫu số 2", "số 1 đường sắt", "số 2 tờ khai", "ở 2 tỉnh khác nhau",
    "con sinh ngày 12/03/2024 khai sinh muộn có bị phạt không", "xã có 5 thôn sáp nhập",
    "ông Nguyễn Văn An là chủ tịch xã", "lãi 7,5% một năm", "ở phường 12 quận 5",
    "chuyển từ xã Liên Hà về phường Bến Nghé", "căn cước 14 tuổi đổi lúc 25, 40, 60 tuổi",
    "giấy tờ nhà đất của thôn Đông", "điện thoại hỏng 1 tháng không nộp được", "xe 50cc 2 bánh",
]  # fmt: skip


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.mark.parametrize(("text", "kind"), PERSONAL)
def test_personal_data_becomes_a_token_that_says_what_it_was(text: str, kind: str) -> None:
    found = masked(text)
    assert kind in found.kinds
    assert all(TOKENS[one] in found.text for one in found.kinds)
    assert masked(found.text) == type(found)(found.text)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_numbers_stay(text: str) -> None:
    assert masked(text) == type(masked(""))(text)


def test_the_ward_stays_so_that_the_place_is_known() -> None:
    text = masked("nhà em ở 12/5 đường Lê Lợi, phường Bến Nghé, TP Hồ Chí Minh").text
    assert text == "nhà em ở [địa chỉ], phường Bến Nghé, TP Hồ Chí Minh"


def test_several_kinds_in_one_message() -> None:
    found = masked("cccd 079200012345, đt 0912345678, stk 19031234567890, mail a@b.vn")
    assert found.kinds == ("citizen_id", "phone", "account", "email")
    assert not digits(found.text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (
            "alo có gì gọi em số 0901234567 nha, đăng ký kết hôn cần gì",
            "alo, đăng ký kết hôn cần gì",
        ),
        ("căn cước của tôi là 079200012345, đăng ký khai sinh ở đâu", "đăng ký khai sinh ở đâu"),
        ("mất căn cước số 079200012345 làm lại ở đâu", "mất căn cước làm lại ở đâu"),
        ("căn cước của tôi là 079200012345 mất rồi", "căn cước của tôi là mất rồi"),
        ("số nhà 5 đường Láng muốn đăng ký tạm trú", "muốn đăng ký tạm trú"),
        ("đăng ký tạm trú", "đăng ký tạm trú"),
    ],
)
def test_what_is_searched_speaks_of_the_matter_only(text: str, rest: str) -> None:
    assert without_tokens(masked(text).text) == rest


SEPARATORS = st.sampled_from(["", " ", ".", "-"])
AROUND = st.sampled_from(["{}", "số {} ạ", "của em {} nhé", "({})", "làm giấy khai sinh, {}"])


@given(st.integers(1, 96), st.integers(0, 9), st.integers(0, 10**8 - 1), SEPARATORS, AROUND)
def test_any_citizen_number_is_masked(
    province: int, sex: int, rest: int, separator: str, around: str
) -> None:
    number = f"{province:03}{sex}{rest:08}"
    written = separator.join(number[i : i + 3] for i in range(0, 12, 3))
    text = masked(around.format(written)).text
    assert not digits(text)


@given(
    st.sampled_from(["0", "+84", "84", "+84 "]),
    st.sampled_from("35789"),
    st.integers(0, 10**8 - 1),
    SEPARATORS,
    AROUND,
)
def test_any_mobile_number_is_masked(
    start: str, first: str, rest: int, separator: str, around: str
) -> None:
    number = f"{first}{rest:08}"
    written = start + separator.join((number[:2], number[2:5], number[5:]))
    assert not digits(masked(around.format(written)).text)


MONEY = st.sampled_from(["đồng", "đ", "VND", "vnđ", "triệu", "tỷ", "nghìn"])


@given(st.integers(1, 10**12), MONEY, st.sampled_from([".", ",", " ", ""]))
def test_an_amount_with_its_unit_is_never_masked(amount: int, unit: str, separator: str) -> None:
    text = f"lệ phí là {f'{amount:,}'.replace(',', separator)} {unit} phải không"
    assert masked(text).text == text


@given(
    st.one_of(
        st.integers(1900, 2099).map("sinh năm {}".format),
        st.integers(0, 120).map("{} tuổi".format),
        st.integers(1, 10**6).map("đất {} m2".format),
        st.integers(1, 10**6).map("{}m² đất".format),
        st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda t: f"{t[0]}h{t[1]:02}"),
        st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda t: f"{t[0]}:{t[1]:02}"),
        st.dates().map("ngày {:%d/%m/%Y}".format),
        st.integers(1, 10**6).map("{} bản".format),
        st.integers(1, 10**6).map("{} ngày làm việc".format),
        st.tuples(st.integers(1, 3), st.integers(0, 999_999)).map(lambda t: f"{t[0]}.{t[1]:06}"),
        st.tuples(st.integers(1, 999), st.integers(1990, 2030)).map(
            lambda t: f"nghị định {t[0]}/{t[1]}/NĐ-CP"
        ),
    )
)
def test_years_ages_areas_times_counts_and_codes_are_never_masked(said: str) -> None:
    assert masked(f"cho hỏi {said} thì sao").text == f"cho hỏi {said} thì sao"


@given(st.text(max_size=300))
def test_masking_any_text_leaves_all_that_is_not_personal(text: str) -> None:
    found = masked(text)
    if not found.kinds:
        assert found.text == text
    assert set(found.kinds) <= set(TOKENS)


@pytest.mark.parametrize(
    "piece", ["0 9", "1/", "a@", "o 1/1", "so 1 ngo ", "không ", "9.", "cccd ", "ten nguyen ", "a."]
)
def test_no_text_keeps_it_busy(piece: str) -> None:
    begun = time.perf_counter()
    masked((piece * 2000)[:2000])
    assert time.perf_counter() - begun < 1
