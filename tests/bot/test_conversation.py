"""What one turn may take from the turns before it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answer import Assistant
from bot.draft import Tools
from bot.memory import Memories
from bot.messages import Reply, Turn
from prompts import say

Talk = Callable[..., Reply]
FIRST = "đăng ký khai tử cần gì"
DEATH, MARRIAGE, SINGLE = "1.000656", "1.000894", "1.004873"
WHICH = "1.000894 và 1.004873 hết bao nhiêu tiền"


def settled(reply: Reply) -> str | None:
    return reply.procedure.code if reply.procedure else None


def test_two_procedures_in_one_question_ask_which_and_options_carry_codes(talk: Talk) -> None:
    reply = talk(WHICH)
    assert (reply.status, reply.procedure, reply.sources) == ("clarify", None, ())
    assert [option.code for option in reply.options] == [MARRIAGE, SINGLE]
    assert [option.value for option in reply.options] == [MARRIAGE, SINGLE]
    assert reply.text.split("\n") == [
        say("which"),
        "1. Đăng ký kết hôn",
        "2. Cấp Giấy xác nhận tình trạng hôn nhân",
    ]


VAGUE = pytest.mark.xfail(strict=True, reason="[conversation]: vague words are answered, not asked")


@pytest.mark.parametrize(
    "vague",
    [
        "1.001193, 1.004884 hết bao nhiêu tiền",
        pytest.param("căn cước mất bao lâu", marks=VAGUE),
        pytest.param("giấy khai sinh", marks=VAGUE),
    ],
)
def test_a_name_that_several_procedures_share_asks_which(talk: Talk, vague: str) -> None:
    reply = talk(vague)
    assert reply.status == "clarify"
    assert 2 <= len(reply.options) <= 4
    listed = [f"{n}. {option.label}" for n, option in enumerate(reply.options, 1)]
    assert reply.text.split("\n") == [say("which"), *listed]
    offered = {option.code: option.label for option in reply.options}
    known = {candidate.code: candidate.name for candidate in reply.candidates}
    assert offered.items() <= known.items()


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ("1", MARRIAGE),
        ("2.", SINGLE),
        ("số 2", SINGLE),
        ("chọn số 2", SINGLE),
        ("cái thứ 2", SINGLE),
        ("Cấp Giấy xác nhận tình trạng hôn nhân", SINGLE),
        ("CAP GIAY XAC NHAN TINH TRANG HON NHAN", SINGLE),
        ("1.004873", SINGLE),
        (" 1.004873. ", SINGLE),
    ],
)
def test_a_choice_keeps_the_aspect_that_was_asked_first(talk: Talk, choice: str, code: str) -> None:
    reply = talk(WHICH, choice)
    assert (reply.status, settled(reply), reply.aspects) == ("answered", code, ("fee",))
    assert reply.candidates[0].code == code


@pytest.mark.parametrize("choice", ["3", "0", "9", "12", "-1", "1 2"])
def test_a_number_that_was_not_offered_chooses_nothing(talk: Talk, choice: str) -> None:
    assert talk(WHICH, choice).procedure is None


@pytest.mark.parametrize(
    "choice",
    ["số hai", "cái thứ hai", "cái đầu tiên", "thứ nhất", "chọn số 2 nhé", "2 ạ", "câu 2"],
)
def test_a_choice_may_be_made_in_words_and_politely(talk: Talk, choice: str) -> None:
    first = choice in ("cái đầu tiên", "thứ nhất")
    assert settled(talk(WHICH, choice)) == (MARRIAGE if first else SINGLE)


def test_options_of_not_found_can_be_chosen_too(talk: Talk) -> None:
    offered = talk("lý lịch tư pháp")
    assert offered.status == "not_found"
    chosen = talk("lý lịch tư pháp", "1")
    assert (chosen.status, settled(chosen)) == ("answered", offered.options[0].code)


@pytest.mark.parametrize("between", ["cảm ơn", "", "xin chào"])
def test_courtesy_before_a_choice_does_not_lose_the_options(talk: Talk, between: str) -> None:
    assert settled(talk(WHICH, between, "1")) == MARRIAGE


def test_a_new_question_without_an_aspect_is_not_answered_with_an_old_one(talk: Talk) -> None:
    reply = talk("lệ phí đăng ký khai sinh", "1.000894 và 1.004873", "1")
    assert (settled(reply), reply.aspects) == (MARRIAGE, ("overview",))


@pytest.mark.parametrize(
    ("follow_up", "aspects"),
    [
        ("còn lệ phí thì sao", ("fee",)),
        ("nộp ở đâu", ("where",)),
        ("vậy nộp ở đâu ạ?", ("where",)),
        ("le phi bao nhieu", ("fee",)),
        ("thế mất bao lâu?", ("time",)),
        ("bao lâu thì xong", ("time",)),
        ("nộp online được không", ("online",)),
        ("cần những giấy tờ gì", ("documents",)),
        ("cấp nào giải quyết", ("level",)),
        ("căn cứ pháp lý", ("legal_basis",)),
        ("các bước thế nào", ("steps",)),
        ("lệ phí và thời gian", ("fee", "time")),
        ("có tốn tiền không", ("fee",)),
    ],
)
def test_a_follow_up_keeps_the_procedure(
    talk: Talk, follow_up: str, aspects: tuple[str, ...]
) -> None:
    reply = talk(FIRST, follow_up)
    assert (reply.status, settled(reply), reply.aspects) == ("answered", DEATH, aspects)


@pytest.mark.parametrize(
    "follow_up",
    [
        "có nộp qua mạng được không",
        "nộp trên vneid được không",
        "giấy tờ gồm những gì",
        "miễn phí không",
        "cơ quan nào giải quyết",
        "mẫu đơn nào",
        "tải mẫu ở đâu",
        "trình tự thực hiện",
        "địa chỉ ở đâu",
        "con le phi thi sao",
        "con thoi gian thi sao",
        "phí bao nhiêu một lần",
        "nộp qua bưu điện được không",
    ],
)
def test_other_ways_to_go_on_keep_the_procedure_too(talk: Talk, follow_up: str) -> None:
    assert settled(talk(FIRST, follow_up)) == DEATH


def test_a_follow_up_after_a_follow_up_still_keeps_the_procedure(talk: Talk) -> None:
    assert settled(talk(FIRST, "còn lệ phí thì sao", "xin chào", "nộp ở đâu")) == DEATH


@pytest.mark.parametrize("follow_up", ["còn lệ phí thì sao", "nộp ở đâu", "phí?"])
def test_a_follow_up_with_nothing_before_asks_for_the_procedure(talk: Talk, follow_up: str) -> None:
    reply = talk(follow_up)
    assert (reply.status, reply.text) == ("clarify", say("no_procedure_yet"))
    assert (reply.procedure, reply.options) == (None, ())


def test_an_aspect_asked_of_offered_options_is_not_answered_from_an_older_record(
    talk: Talk,
) -> None:
    reply = talk(FIRST, WHICH, "nộp ở đâu")
    assert settled(reply) != DEATH


def test_another_procedure_named_in_full_replaces_the_one_before(talk: Talk) -> None:
    reply = talk(FIRST, "đăng ký kết hôn", "nộp ở đâu")
    assert settled(reply) == MARRIAGE


def test_two_conversations_do_not_mix(assistant: Assistant) -> None:
    def say_in(conversation: str | None, message: str) -> Reply:
        return assistant.answer(Turn(message=message, conversation=conversation))

    say_in("mix-a", FIRST)
    say_in("mix-b", "đăng ký kết hôn cần gì")
    say_in(None, "tách hộ mất bao lâu")
    assert settled(say_in("mix-a", "nộp ở đâu")) == DEATH
    assert settled(say_in("mix-b", "nộp ở đâu")) == MARRIAGE
    assert say_in(None, "nộp ở đâu").status == "clarify"
    assert say_in("mix-c", "nộp ở đâu").status == "clarify"


def test_a_conversation_is_forgotten_after_its_life(tools: Tools) -> None:
    now = [0.0]
    assistant = Assistant(tools, Memories(minutes=10, clock=lambda: now[0]))

    def after(seconds: float, message: str) -> Reply:
        now[0] += seconds
        return assistant.answer(Turn(message=message, conversation="a"))

    after(0, FIRST)
    assert settled(after(599, "nộp ở đâu")) == DEATH
    assert settled(after(599, "lệ phí bao nhiêu")) == DEATH
    assert after(601, "nộp ở đâu").status == "clarify"


def test_a_message_made_to_slow_the_reading_of_choices_is_read_at_once() -> None:
    attack = (
        "from bot.draft import Draft; from bot.understand import understand; "
        "understand(Draft(message='cái thứ ' * 60 + 'x'), None)"
    )
    home = Path(__file__).parents[2]
    try:
        done = subprocess.run([sys.executable, "-c", attack], cwd=home, timeout=6, check=False)
    except subprocess.TimeoutExpired:
        pytest.fail("still reading after 6 seconds")
    assert done.returncode == 0
