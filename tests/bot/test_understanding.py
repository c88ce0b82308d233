"""Which aspects a message asks, however it is put."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.draft import Draft, Tools
from bot.messages import Aspect
from bot.understand import aspects_of, understand
from index.text import fold, strip_marks

ASKED: dict[str, tuple[Aspect, ...]] = {
    "cần giấy tờ gì": ("documents",),
    "phải mang theo những gì": ("documents",),
    "hồ sơ gồm những gì": ("documents",),
    "nộp mấy bản": ("documents",),
    "lệ phí bao nhiêu": ("fee",),
    "hết bao nhiêu tiền": ("fee",),
    "có mất tiền không": ("fee",),
    "có miễn phí không": ("fee",),
    "mất bao lâu": ("time",),
    "mấy ngày có": ("time",),
    "hết bao nhiêu ngày": ("time",),
    "bao giờ lấy được": ("time",),
    "nộp ở đâu": ("where",),
    "đến chỗ nào": ("where",),
    "nộp trực tuyến được không": ("online",),
    "làm qua mạng": ("online",),
    "xã hay tỉnh giải quyết": ("level",),
    "ai ký": ("level",),
    "cần điều kiện gì": ("conditions",),
    "kết quả là gì": ("result",),
    "dùng mẫu đơn nào": ("forms",),
    "theo nghị định nào": ("legal_basis",),
    "các bước ra sao": ("steps",),
    "mất bao lâu, bao nhiêu tiền, nộp ở đâu": ("fee", "time", "where"),
    "đăng ký khai sinh": (),
    "chuyển mục đích sử dụng đất phi nông nghiệp": (),
    "giấy phép xây dựng": (),
}
NOT_ASKED: dict[str, tuple[Aspect, ...]] = {
    "bị mất thẻ căn cước làm lại được không": (),
    "kết hôn phải được cha mẹ đồng ý không": (),
    "cấp lại cấp đổi thẻ căn cước": (),
    "xin giấy phép cho đầu tư": (),
    "bộ đầu tiên bị hỏng": (),
    "hồ sơ công dân bị sai tên": (),
    "đăng ký tài khoản vneid mức 2": (),
}


@pytest.mark.parametrize(("message", "aspects"), ASKED.items())
def test_an_aspect_is_heard_with_and_without_diacritics(
    tools: Tools, message: str, aspects: tuple[Aspect, ...]
) -> None:
    for typed in (message, strip_marks(message), message.upper(), f"  {message}?"):
        assert understand(Draft(message=typed), tools).aspects == aspects


@pytest.mark.parametrize(("message", "aspects"), NOT_ASKED.items())
def test_an_aspect_is_not_heard_inside_other_words(
    message: str, aspects: tuple[Aspect, ...]
) -> None:
    assert aspects_of(strip_marks(fold(message))) == aspects


@given(st.text(max_size=60))
def test_any_text_is_understood_without_an_exception(tools: Tools, message: str) -> None:
    draft = understand(Draft(message=message), tools)
    assert (draft.code, draft.reply) == (None, None)
    assert set(draft.aspects) <= set(get_args(Aspect))
