"""What a reply is when it is no answer: talk, not found, asked back, blocked, failed."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from bot.answer import Assistant
from bot.draft import Draft, Tools
from bot.guard import guard
from bot.memory import Memories
from bot.messages import Reply, Turn
from prompts import say

Ask = Callable[..., Reply]
HOTLINE = "18001096"


@pytest.mark.parametrize(
    "question",
    [
        "thời tiết hôm nay thế nào",
        "giá vàng hôm nay bao nhiêu",
        "tổng thống Mỹ là ai",
        "kết quả bóng đá tối qua",
        "cách nấu phở bò",
        "viết code python giúp tôi",
        "qwertyuiop asdfgh",
    ],
)
def test_what_is_off_topic_is_not_found_and_leads_to_people(ask: Ask, question: str) -> None:
    reply = ask(question)
    assert (reply.status, reply.procedure, reply.sources, reply.card) == ("not_found", None, (), {})
    assert reply.text.startswith(say("not_found", hotline=HOTLINE))


NEAR_MISSES = (
    "làm hộ chiếu ở đâu",
    "cấp đổi giấy phép lái xe",
    "lý lịch tư pháp",
    "sang tên sổ đỏ",
)


@pytest.mark.parametrize(
    "question",
    [
        *NEAR_MISSES,
        "chứng khoán phái sinh",
        "vâng",
        "hồ sơ",
    ],
)
def test_a_procedure_that_is_not_held_is_never_answered_from_another(
    ask: Ask, question: str
) -> None:
    assert ask(question).status != "answered"


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Xin chào!", "greeting"),
        ("chào bạn", "greeting"),
        ("em chào anh chị ạ", "greeting"),
        ("xin chao", "greeting"),
        ("HELLO", "greeting"),
        ("cảm ơn bạn nhiều nhé", "thanks"),
        ("cam on", "thanks"),
        ("thank you", "thanks"),
        ("tạm biệt", "goodbye"),
        ("bye bye", "goodbye"),
        ("bạn là ai?", "who"),
        ("bạn là người hay máy", "who"),
        ("bạn làm được những gì", "who"),
    ],
)
def test_talk_gets_its_own_words_and_no_search(ask: Ask, message: str, name: str) -> None:
    reply = ask(message)
    assert (reply.status, reply.text) == ("smalltalk", say(name))
    assert (reply.procedure, reply.sources, reply.candidates, reply.options) == (None, (), (), ())


@pytest.mark.parametrize(
    "message",
    ["xin cảm ơn", "xin chào 👋", "chào ad ơi", "dạ em chào anh chị ạ", "bạn là ai vậy"],
)
def test_everyday_courtesy_is_talk_too(ask: Ask, message: str) -> None:
    assert ask(message).status == "smalltalk"


@pytest.mark.parametrize(
    "message",
    ["", "   \n\t ", "?!...", "😀😀😀", "\x00\x01\x02", "\u202e\u200b", "\u0301", "\ud83d"],
    ids=ascii,
)
def test_a_message_without_a_letter_is_asked_for_words(ask: Ask, message: str) -> None:
    reply = ask(message)
    assert (reply.status, reply.text) == ("clarify", say("empty"))


@pytest.mark.parametrize("message", ["a" * 20_000, "đăng ký khai sinh " * 1_200, "ạ " * 10_000])
def test_a_very_long_message_is_blocked_with_the_limit_in_words(ask: Ask, message: str) -> None:
    reply = ask(message)
    assert (reply.status, reply.text) == ("blocked", say("too_long", limit="2.000"))


def test_the_limit_itself_is_still_read(tools: Tools) -> None:
    limit = tools.settings.question_limit
    assert guard(Draft(message="ạ" * limit), tools).reply is None
    assert guard(Draft(message="a\u0323" * limit), tools).reply is None
    refused = guard(Draft(message="ạ" * (limit + 1)), tools).reply
    assert refused is not None
    assert refused.status == "blocked"


@pytest.mark.parametrize(
    "message",
    [
        "<script>alert(1)</script>",
        "{hotline} {0} %s",
        "' OR 1=1 --",
        "²",
        "１",
        "İﬁß",
        "-1",
    ],
    ids=ascii,
)
def test_odd_text_gets_a_clear_result(ask: Ask, message: str) -> None:
    assert ask(message).status == "not_found"


@pytest.mark.parametrize(
    "message",
    ["\u202eđăng ký khai sinh\u202c", "đăng ký\x00khai sinh", "\ufeffđăng ký khai sinh\u200b"],
    ids=ascii,
)
def test_control_and_bidi_characters_are_taken_off(ask: Ask, message: str) -> None:
    reply = ask(message)
    assert reply.procedure is not None
    assert reply.procedure.code == "1.001193"


@pytest.mark.parametrize("invisible", ["\u200b", "\u00ad", "\u2060"], ids=ascii)
def test_an_invisible_character_inside_a_word_does_not_cut_it(ask: Ask, invisible: str) -> None:
    reply = ask(f"đăng k{invisible}ý khai si{invisible}nh")
    assert reply.procedure is not None
    assert reply.procedure.code == "1.001193"


def test_a_step_that_raises_ends_in_an_apology_and_in_the_log(
    tools: Tools, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(draft: Draft, tools: Tools) -> Draft:
        raise RuntimeError("the disk is gone")

    assistant = Assistant(tools, Memories(60), steps=(guard, broken))
    with caplog.at_level(logging.ERROR):
        reply = assistant.answer(Turn(message="tách hộ", conversation="a"))
    assert (reply.status, reply.text) == ("error", say("failed", hotline=HOTLINE))
    assert (reply.procedure, reply.sources) == (None, ())
    assert reply.index == tools.searcher.snapshot.manifest.id
    assert [str(r.exc_info[1]) for r in caplog.records if r.exc_info] == ["the disk is gone"]


def test_steps_that_come_to_no_reply_end_in_an_apology(tools: Tools) -> None:
    reply = Assistant(tools, Memories(60), steps=(guard,)).answer(Turn(message="tách hộ"))
    assert (reply.status, reply.text) == ("error", say("failed", hotline=HOTLINE))


@pytest.mark.parametrize(
    "question",
    ["tách hộ mất bao lâu", "thời tiết hôm nay thế nào", "khai sinh", "lệ phí bao nhiêu"],
)
def test_every_searched_reply_carries_candidates_index_and_timings(
    ask: Ask, tools: Tools, question: str
) -> None:
    reply = ask(question)
    scores = [candidate.score for candidate in reply.candidates]
    assert len(scores) == 10
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert len({candidate.code for candidate in reply.candidates}) == 10
    assert reply.index == tools.searcher.snapshot.manifest.id
    assert reply.timings_ms["total"] >= reply.timings_ms["retrieve"] >= 0
    if reply.status == "answered":
        assert reply.procedure is not None
        assert reply.procedure.code == reply.candidates[0].code


@pytest.mark.parametrize(
    "question", ["1.001193, 1.004884", "thời tiết", "xin chào", "", "a" * 3000, "phí?"]
)
def test_only_an_answer_has_a_procedure_sources_and_a_card(ask: Ask, question: str) -> None:
    reply = ask(question)
    assert reply.status != "answered"
    assert (reply.procedure, reply.sources, reply.card, reply.notices) == (None, (), {}, ())
