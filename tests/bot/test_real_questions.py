"""Questions as people type them, and the facts of data/procedures that must come back."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from bot.messages import Aspect, Reply

Ask = Callable[..., Reply]

BIRTH_PAPERS = [
    "- Giấy chứng sinh (1 bản chính). Có thể thay bằng: Văn bản của người làm chứng xác nhận "
    "về việc sinh; Giấy cam đoan về việc sinh.",
    "- Tờ khai đăng ký khai sinh theo mẫu (1 bản chính).",
]
GOLD: list[tuple[str, str, tuple[Aspect, ...], list[str]]] = [
    ("đăng ký khai sinh cần giấy tờ gì", "1.001193", ("documents",), BIRTH_PAPERS),
    ("dang ky khai sinh can giay to gi", "1.001193", ("documents",), BIRTH_PAPERS),
    ("Đăng ký khai sinh\n\n  CẦN giấy tờ gì ???", "1.001193", ("documents",), BIRTH_PAPERS),
    (
        "ĐĂNG KÝ TẠM TRÚ HẾT BAO NHIÊU TIỀN",
        "1.004194",
        ("fee",),
        [
            "- Trực tuyến: 7.000 đồng/lần đăng ký (Cá nhân hoặc hộ gia đình đăng ký)",
            "- Trực tiếp: 10.000 đồng/người, mỗi lần đăng ký (Đăng ký theo danh sách)",
        ],
    ),
    (
        "mất căn cước làm lại bao lâu có",
        "1.014064",
        ("time",),
        ["- Trực tiếp, trực tuyến: 7 ngày làm việc (Không quá 7 ngày làm việc)"],
    ),
    (
        "dạ cho em hỏi tách hộ tốn bao nhiêu tiền vậy ạ",
        "1.010038",
        ("fee",),
        ["- Trực tiếp: 10.000 đồng/lần đăng ký", "- Trực tuyến: 5.000 đồng/lần đăng ký"],
    ),
    (
        "tách hộ mất bao lâu",
        "1.010038",
        ("time",),
        ["5 ngày làm việc (Tính từ ngày nhận được hồ sơ đầy đủ và hợp lệ)"],
    ),
    (
        "sao y bản chính bao nhiêu tiền một trang",
        "2.000815",
        ("fee",),
        ["2.000 đồng/trang", "1.000 đồng/trang (Từ trang thứ 3 trở lên)", "10 USD/bản"],
    ),
    (
        "chứng thực chữ ký hết bao nhiêu tiền",
        "2.000884",
        ("fee",),
        ["10.000 đồng/trường hợp (Một trường hợp là một hoặc nhiều chữ ký trong cùng"],
    ),
    (
        "thanh lap ho kinh doanh mat may ngay",
        "1.001612",
        ("time",),
        ["- Trực tiếp, bưu chính: 3 ngày làm việc (Tính từ ngày nhận hồ sơ)"],
    ),
    ("nhận con nuôi lệ phí bao nhiêu", "2.001263", ("fee",), ["400.000 đồng/trường hợp (Miễn lệ"]),
    (
        "hoà giải tranh chấp đất đai mất bao lâu",
        "1.012812",
        ("time",),
        ["- Trực tiếp: 40 ngày\n", "- Bưu chính: 30 ngày\n"],
    ),
    (
        "đăng ký nghĩa vụ quân sự lần đầu mất bao lâu",
        "1.013133",
        ("time",),
        ["- Trực tiếp: 1 ngày làm việc\n", "- Trực tuyến: 2 giờ\n"],
    ),
    (
        "đăng ký kết hôn cần điều kiện gì",
        "1.000894",
        ("conditions",),
        ["- Hai bên đủ điều kiện kết hôn theo Luật Hôn nhân và gia đình và không thuộc"],
    ),
    (
        "đăng ký khai tử ở đâu",
        "1.000656",
        ("where",),
        [
            "- Nơi nộp: Trung tâm Phục vụ hành chính công\n",
            "- Nơi giải quyết: Ủy ban nhân dân cấp xã\n",
            "- Cách nộp: Trực tiếp, trực tuyến, bưu chính",
        ],
    ),
    (
        "thủ tục 1.000894 mất mấy ngày",
        "1.000894",
        ("time",),
        ["Cổng ghi “1” nhưng không ghi rõ là ngày hay giờ"],
    ),
    (
        "gia hạn tạm trú nộp ở đâu, mất mấy ngày, lệ phí bao nhiêu",
        "1.002755",
        ("fee", "time", "where"),
        ["10.000 đồng/người, mỗi lần đăng ký", "3 ngày làm việc", "- Nơi nộp: Công an cấp xã"],
    ),
    (
        "hòa giải tranh chấp đất đai",
        "1.012812",
        ("overview",),
        ["**Lệ phí**\n- Trực tiếp, bưu chính: miễn phí", "**Giấy tờ cần có**", "**Nộp ở đâu**"],
    ),
]


@pytest.mark.parametrize(("question", "code", "aspects", "quotes"), GOLD, ids=lambda v: str(v)[:30])
def test_a_real_question_is_answered_from_the_right_record(
    ask: Ask, question: str, code: str, aspects: tuple[Aspect, ...], quotes: list[str]
) -> None:
    reply = ask(question)
    assert (reply.status, reply.procedure and reply.procedure.code) == ("answered", code)
    assert reply.aspects == aspects
    assert [quote for quote in quotes if quote not in reply.text] == []


@pytest.mark.parametrize(("question", "code", "aspects", "quotes"), GOLD, ids=lambda v: str(v)[:30])
def test_decomposed_letters_change_nothing(
    ask: Ask, question: str, code: str, aspects: tuple[Aspect, ...], quotes: list[str]
) -> None:
    typed, composed = ask(unicodedata.normalize("NFD", question)), ask(question)
    assert (typed.text, typed.aspects, typed.candidates) == (
        composed.text,
        composed.aspects,
        composed.candidates,
    )


@pytest.mark.parametrize(
    "courteous",
    [
        "{}",
        "Xin chào, {} ạ?",
        "Dạ em chào anh chị, cho em hỏi {} với ạ",
        "alo ad ơi {} vậy",
        "{}. Cảm ơn ad nhé!",
    ],
)
def test_courtesy_around_a_question_changes_nothing(ask: Ask, courteous: str) -> None:
    reply = ask(courteous.format("tách hộ mất bao lâu"))
    assert (reply.status, reply.procedure and reply.procedure.code) == ("answered", "1.010038")
    assert reply.aspects == ("time",)


def test_an_answer_names_its_procedure_its_source_and_its_fields(ask: Ask) -> None:
    reply = ask("đăng ký tạm trú mất bao nhiêu tiền")
    assert reply.procedure is not None
    url = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/019d2bf7-770b-734d-b7fb-5e1995f194f4"
    assert reply.procedure.model_dump() == {
        "code": "1.004194",
        "name": "Đăng ký tạm trú",
        "field": "Đăng ký, quản lý cư trú",
        "levels": ("xa",),
        "url": url,
    }
    assert [source.model_dump() for source in reply.sources] == [
        {
            "code": "1.004194",
            "title": "Đăng ký tạm trú",
            "section": "fee",
            "url": url,
            "decision": "9354/QĐ-BCA-C06",
            "checked_on": "2026-06-10",
        }
    ]
    assert reply.card["methods"][0]["fees"][0] == {
        "amount": 7000,
        "per": "lần đăng ký",
        "note": "Cá nhân hoặc hộ gia đình đăng ký.",
    }
    assert list(reply.card) == ["methods"]


def test_a_question_of_two_procedures_by_code_asks_which(ask: Ask) -> None:
    reply = ask("1.001193 và 1.000894 mất bao lâu")
    assert reply.status == "clarify"
    assert {option.code for option in reply.options} == {"1.001193", "1.000894"}


@pytest.mark.parametrize("code", ["1.0011934", "11.001193", "0901.001193"])
def test_a_longer_number_that_contains_a_code_is_not_that_code(ask: Ask, code: str) -> None:
    assert ask(f"tìm số {code}").procedure is None
