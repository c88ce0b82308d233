"""Judges the replies to single questions: procedure, aspect, exact values, silence.

``right``: the answered procedure is acceptable and every aspect asked is among
those answered. A field is exact when the reply states each value of the label.
A false answer is an answer where the label wants none, or of a wrong procedure;
a false refusal is any other status where an answer was wanted and the right
procedure is not among the options offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluation.labelled import Ambiguous, Answerable, Facts, Outside, Time
from index.text import fold

Reply = dict[str, Any]

_UNITS = {
    "working_day": ("ngày làm việc",),
    "day": ("ngày",),
    "hour": ("giờ",),
    "month": ("tháng",),
}


@dataclass(frozen=True)
class Judged:
    """One reply to an answerable question."""

    id: str
    status: str
    confidence: float
    procedure: bool
    aspects: bool
    offered: bool
    fields: Mapping[str, bool] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        return self.procedure and self.aspects


def judge(question: Answerable, reply: Reply) -> Judged:
    """Hold one reply against its label. Fields are judged only where the procedure is right."""
    code = (reply["procedure"] or {}).get("code")
    answered = reply["status"] == "answered" and code in question.gold
    offered = {option["code"] for option in reply["options"]}
    facts = question.facts if answered else None
    return Judged(
        id=question.id,
        status=reply["status"],
        confidence=confidence(reply),
        procedure=answered,
        aspects=answered and set(question.aspects) <= set(reply["aspects"]),
        offered=bool(offered & set(question.gold)),
        fields=exact_fields(facts, set(question.aspects), reply) if facts else {},
    )


def confidence(reply: Reply) -> float:
    """How sure the system is of its first candidate, 0 where it has none."""
    return float(reply["candidates"][0]["score"]) if reply["candidates"] else 0.0


def exact_fields(facts: Facts, asked: set[str], reply: Reply) -> dict[str, bool]:
    """For each labelled value of an aspect that was asked: whether the reply states it."""
    text = fold(reply["text"])
    wide = "overview" in asked
    found: dict[str, bool] = {}
    if facts.fee and (wide or "fee" in asked):
        found["fee"] = all(_fee_said(amount, text) for amount in facts.fee)
    if facts.time and (wide or "time" in asked):
        found["time"] = all(_time_said(time, text) for time in facts.time)
    if facts.documents is not None and (wide or "documents" in asked):
        found["papers"] = len(reply["card"].get("documents", ())) == facts.documents
    if facts.levels and "level" in asked:
        found["level"] = set(facts.levels) == set(reply["procedure"]["levels"])
    if facts.legal and "legal_basis" in asked:
        found["legal"] = all(fold(number) in text for number in facts.legal)
    return found


def _fee_said(amount: float, text: str) -> bool:
    if amount == 0:
        return "miễn phí" in text or "không thu" in text or "không mất" in text
    whole = f"{amount:,.0f}".replace(",", ".")
    return re.search(rf"(?<![\d.]){re.escape(whole)}(?![\d.]*\d)", text) is not None


def _time_said(time: Time, text: str) -> bool:
    value = f"{time.value:g}".replace(".", ",")
    units = "|".join(_UNITS[time.unit])
    ending = r"(?! làm việc)" if time.unit == "day" else ""
    return re.search(rf"(?<![\d,.])0?{value} (?:{units}){ending}", text) is not None


@dataclass(frozen=True)
class Silence:
    """How often the system should have kept silent and did not, and the other way round."""

    false_answers: int
    outside: int
    false_refusals: int
    inside: int


def silence(
    inside: Iterable[Judged], outside: Sequence[Outside], replies: Mapping[str, Reply]
) -> Silence:
    """False answers among questions that no record answers, false refusals among the others."""
    judged = list(inside)
    answered = sum(replies[q.id]["status"] == "answered" for q in outside)
    refused = sum(j.status != "answered" and not j.offered for j in judged)
    return Silence(answered, len(outside), refused, len(judged))


def clarified(question: Ambiguous, reply: Reply) -> bool:
    """Whether the reply asks back and offers at least two of the readings."""
    offered = {option["code"] for option in reply["options"]}
    readings = sum(bool(offered & set(option)) for option in question.options)
    return reply["status"] == "clarify" and readings >= 2


@dataclass(frozen=True)
class Clarify:
    """Precision: of the questions asked back, how many needed it. Recall: of those that need it."""

    asked: int
    needed_of_asked: int
    needing: int
    well_asked: int

    @property
    def precision(self) -> float:
        return self.needed_of_asked / self.asked if self.asked else float("nan")

    @property
    def recall(self) -> float:
        return self.well_asked / self.needing if self.needing else float("nan")


def clarify(
    ambiguous: Sequence[Ambiguous], answerable: Sequence[Answerable], replies: Mapping[str, Reply]
) -> Clarify:
    """Over the ambiguous questions and those with one right answer."""
    asked_needed = sum(replies[q.id]["status"] == "clarify" for q in ambiguous)
    asked_needless = sum(replies[q.id]["status"] == "clarify" for q in answerable)
    well = sum(clarified(q, replies[q.id]) for q in ambiguous)
    return Clarify(asked_needed + asked_needless, asked_needed, len(ambiguous), well)
