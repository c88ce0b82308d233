"""No number is said that its record does not hold: composed answers, and the last check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from bot.answer import Assistant
from bot.compose import compose as compose_step
from bot.decide import decide
from bot.draft import Draft, Tools
from bot.guard import guard
from bot.memory import Memories
from bot.messages import Aspect, Reply, Turn
from bot.retrieve import retrieve
from bot.understand import understand
from bot.verify import strangers, verify
from index.procedure import Procedure
from index.validation import to_procedure
from ingest.read import read_curated
from prompts import say

Compose = Callable[..., Reply]
Record = Callable[[str], Procedure]
RECORDS = list(read_curated())
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)


def made(**fields: object) -> Procedure:
    return to_procedure({"code": "9.000001", "name": "Thủ tục thử", **fields}, "here")


@pytest.mark.parametrize("curated", RECORDS, ids=lambda record: record.code)
def test_no_answer_about_a_curated_record_says_a_number_of_its_own(
    compose: Compose, curated: Procedure
) -> None:
    told = {aspect: strangers(compose(curated, aspect).text, curated) for aspect in ASPECTS}
    assert {aspect: found for aspect, found in told.items() if found} == {}


@budget(max_examples=60)
@given(st.sampled_from(RECORDS), st.lists(st.sampled_from(ASPECTS), min_size=1, unique=True))
def test_no_mixture_of_aspects_says_a_number_of_its_own(
    compose: Compose, curated: Procedure, aspects: list[Aspect]
) -> None:
    assert strangers(compose(curated, *aspects).text, curated) == set()


@budget(max_examples=60)
@given(st.integers(0, 10**12), st.integers(1, 400), st.integers(0, 9))
def test_fees_times_and_copies_of_any_size_are_quoted_exactly(
    compose: Compose, amount: int, days: int, copies: int
) -> None:
    way = {"way": "direct", "time": {"value": days, "unit": "day"}, "fees": [{"amount": amount}]}
    record = made(methods=[way], documents=[{"id": "a", "name": "Đơn", "copy": copies}])
    text = compose(record, "fee", "time", "documents").text
    assert f"- Trực tiếp: {amount:,} đồng".replace(",", ".") in text
    assert f"- Trực tiếp: {days} ngày\n" in text
    assert (f"{copies} bản sao" in text) == (copies > 0)
    assert strangers(text, record) == set()


@pytest.mark.parametrize(
    "way",
    [
        {"way": "direct", "time": {"value": 3.0, "unit": "day"}},
        {"way": "direct", "fees": [{"amount": 12.0, "unit": "USD"}]},
    ],
    ids=["time", "fee"],
)
def test_a_whole_number_written_with_a_point_is_no_stranger(
    compose: Compose, way: dict[str, object]
) -> None:
    record = made(methods=[way])
    assert strangers(compose(record, "fee", "time").text, record) == set()


TEN = {"way": "direct", "time": {"value": 2.5, "unit": "day"}, "fees": [{"amount": 10000}]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lệ phí 10.000 đồng, 2,5 ngày.", set()),
        ("Lệ phí 10000 đồng.", set()),
        ("Lệ phí 20.000 đồng.", {"20000"}),
        ("Lệ phí 1.000 đồng.", {"1000"}),
        ("Mất 3 ngày, 99 bản.", {"3", "99"}),
        ("Hồ sơ 9.000001.", set()),
        ("1. Đơn\n2. Ảnh\n  3. Thẻ", set()),
        ("Kiểm tra ngày 10/06/2026.", {"10", "6", "2026"}),
        ("", set()),
    ],
)
def test_strangers_are_the_numbers_that_the_record_does_not_hold(
    text: str, found: set[str]
) -> None:
    assert strangers(text, made(methods=[TEN])) == found


def test_the_day_of_the_last_check_is_no_stranger_in_either_form() -> None:
    record = made(source={"checked_on": "2026-06-10"})
    assert strangers("kiểm tra ngày 10/06/2026, tức 2026-06-10", record) == set()


@pytest.mark.parametrize("wrong", ["Mất 25 ngày.", "Lệ phí 1,0000 đồng"])
def test_a_moved_decimal_point_makes_a_stranger(wrong: str) -> None:
    assert strangers(wrong, made(methods=[TEN])) != set()


def test_a_large_number_at_the_start_of_a_line_is_no_list_mark() -> None:
    assert strangers("Lệ phí (đồng):\n50000. Nộp tại quầy", made(methods=[TEN])) == {"50000"}


def test_an_answer_with_a_foreign_number_is_withheld(tools: Tools) -> None:
    def miscopied(draft: Draft, tools: Tools) -> Draft:
        draft = compose_step(draft, tools)
        assert draft.reply is not None
        text = draft.reply.text.replace("10.000 đồng", "15.000 đồng")
        return replace(draft, reply=draft.reply.model_copy(update={"text": text}))

    steps = (guard, understand, retrieve, decide, miscopied, verify)
    reply = Assistant(tools, Memories(60), steps=steps).answer(Turn(message="lệ phí tách hộ"))
    assert (reply.status, reply.text) == ("error", say("withheld", hotline="18001096"))
    assert (reply.procedure, reply.sources, reply.card) == (None, (), {})
    assert "15.000" not in reply.model_dump_json()


def test_a_right_answer_passes_the_check_unchanged(tools: Tools, record: Record) -> None:
    draft = compose_step(
        Draft(message="", procedure=record("1.010038"), aspects=("documents", "steps")), tools
    )
    assert verify(draft, tools) == draft


def test_a_reply_without_a_record_is_not_checked_for_numbers(tools: Tools) -> None:
    draft = Draft(message="").closed(Reply(status="not_found", text="gọi 18001096"))
    assert verify(draft, tools) == draft
