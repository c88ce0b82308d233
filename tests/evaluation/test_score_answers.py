"""Judging replies to single questions, against verdicts given by hand."""

import math

import pytest

from evaluation.labelled import Ambiguous, Answerable, Facts, Outside, Time
from evaluation.score_answers import clarified, clarify, exact_fields, judge, silence


def reply(status="answered", code="1", aspects=("fee",), text="", options=(), card=None, score=0.5):
    return {
        "status": status,
        "text": text,
        "procedure": {"code": code, "levels": ["xa"]} if status == "answered" else None,
        "aspects": list(aspects),
        "options": [{"code": c, "label": c} for c in options],
        "card": card or {},
        "candidates": [{"code": code, "score": score}],
    }


def question(*gold, aspects=("fee",), facts=None, ident="q"):
    return Answerable(
        id=ident, question="hỏi gì", gold=gold, aspects=aspects, style="matter",
        form="accented", facts=facts,
    )  # fmt: skip


def test_right_needs_the_procedure_and_every_aspect():
    assert judge(question("1", "2"), reply(code="2")).right
    assert not judge(question("2"), reply(code="1")).procedure
    both = judge(question("1", aspects=("fee", "time")), reply())
    assert both.procedure and not both.right


def test_an_offered_right_procedure_is_no_refusal():
    judged = [
        judge(question("1"), reply("clarify", options=("1", "2"))),
        judge(question("1"), reply("clarify", options=("2", "3"))),
        judge(question("1"), reply("not_found")),
        judge(question("1"), reply(code="9")),
    ]
    found = silence(judged, [], {})
    assert (found.false_refusals, found.inside) == (2, 4)


def test_only_answers_are_false_answers():
    outside = [
        Outside(
            id=i, question="hỏi", expect=("not_found",), kind="chat", about="gì", form="accented"
        )
        for i in ("a", "b", "c")
    ]
    replies = {"a": reply(), "b": reply("clarify"), "c": reply("not_found")}
    found = silence([], outside, replies)
    assert (found.false_answers, found.outside) == (1, 3)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Lệ phí: 8.000 đồng/bản", True),
        ("Lệ phí: 8.000.000 đồng", False),
        ("Lệ phí: 18.000 đồng", False),
        ("Lệ phí: 8000 đồng", False),
    ],
)
def test_a_fee_is_exact_to_the_digit(text, right):
    assert exact_fields(Facts(fee=(8000,)), {"fee"}, reply(text=text)) == {"fee": right}


def test_free_must_be_said():
    assert exact_fields(Facts(fee=(0,)), {"fee"}, reply(text="Miễn phí")) == {"fee": True}
    assert exact_fields(Facts(fee=(0,)), {"fee"}, reply(text="0")) == {"fee": False}


@pytest.mark.parametrize(
    ("unit", "text", "right"),
    [
        ("working_day", "03 ngày làm việc", True),
        ("working_day", "3 ngày", False),
        ("day", "3 ngày làm việc", False),
        ("day", "Trong 3 ngày.", True),
        ("day", "13 ngày", False),
    ],
)
def test_working_days_are_not_days(unit, text, right):
    facts = Facts(time=(Time(value=3, unit=unit),))
    assert exact_fields(facts, {"time"}, reply(text=text)) == {"time": right}


def test_only_what_was_asked_is_judged():
    facts = Facts(fee=(8000,), documents=2, levels=("xa",), legal=("1/2015/NĐ-CP",))
    given = reply(text="", card={"documents": [1, 2]})
    assert exact_fields(facts, {"documents"}, given) == {"papers": True}
    assert exact_fields(facts, {"level", "legal_basis"}, given) == {"level": True, "legal": False}


def test_asking_back_needs_two_of_the_readings():
    both = Ambiguous(id="q", question="hỏi gì", options=(("1", "2"), ("3",)), form="accented")
    assert clarified(both, reply("clarify", options=("2", "3", "7")))
    assert not clarified(both, reply("clarify", options=("1", "2")))
    assert not clarified(both, reply("answered"))


def test_precision_and_recall_of_asking_back():
    one = Ambiguous(id="a", question="hỏi gì", options=(("1",), ("2",)), form="accented")
    two = one.model_copy(update={"id": "b"})
    replies = {
        "a": reply("clarify", options=("1", "2")),
        "b": reply(),
        "c": reply("clarify", options=("1", "2")),
        "d": reply(),
    }
    found = clarify([one, two], [question("1", ident="c"), question("1", ident="d")], replies)
    assert (found.precision, found.recall) == (0.5, 0.5)
    assert math.isnan(clarify([], [question("1", ident="d")], replies).precision)
