"""The labelled questions of ``evaluation/questions/``: their forms and their split.

A label states every acceptable code. The split is by procedure: questions that
share a code, however indirectly, stand on the same side, and a hash of the
group's smallest code says which.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.messages import Aspect, Status

FOLDER = Path(__file__).parent / "questions"
TUNE_SHARE = 60

Side = Literal["tune", "check"]
Form = Literal["accented", "unaccented", "partial", "teencode", "typos", "dialect", "voice"]


class Strict(BaseModel):
    """A line of a question file; unknown keys are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_Line = TypeVar("_Line", bound=Strict)


class Time(Strict):
    """A deadline as the record states it."""

    value: float
    unit: Literal["working_day", "day", "hour", "month"]


class Facts(Strict):
    """Values that an answer must quote, read off the record by hand.

    ``fee``: amounts in đồng, 0 for free. ``documents``: how many papers.
    """

    fee: tuple[float, ...] = ()
    time: tuple[Time, ...] = ()
    documents: int | None = None
    levels: tuple[str, ...] = ()
    legal: tuple[str, ...] = ()


class Answerable(Strict):
    """A question that one of ``gold`` answers."""

    id: str
    question: str = Field(min_length=2)
    gold: tuple[str, ...] = Field(min_length=1)
    aspects: tuple[Aspect, ...] = Field(min_length=1)
    style: Literal["situation", "matter"]
    form: Form
    facts: Facts | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        return self.gold


class Ambiguous(Strict):
    """A question that a good clerk would answer with another: which of these?

    Each option is the codes that stand for one reading.
    """

    id: str
    question: str = Field(min_length=2)
    options: tuple[tuple[str, ...], ...] = Field(min_length=2)
    form: Form

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for option in self.options for code in option)


class Outside(Strict):
    """A question that no record answers. ``about`` names what it asks for, in a few words.

    ``near`` are records that a careless search would take for it.
    """

    id: str
    question: str = Field(min_length=2)
    expect: tuple[Status, ...] = Field(min_length=1)
    kind: Literal[
        "near_miss", "absent_ministry", "case_status", "general", "chat", "other_country", "opinion"
    ]
    about: str = Field(min_length=2)
    near: tuple[str, ...] = ()
    form: Form


class TurnLabel(Strict):
    """One turn of a conversation and what the reply must be."""

    say: str = Field(min_length=1)
    expect: tuple[Status, ...] = Field(min_length=1)
    gold: tuple[str, ...] = ()
    aspects: tuple[Aspect, ...] = ()


class Conversation(Strict):
    """Turns in order, right only when every turn is."""

    id: str
    turns: tuple[TurnLabel, ...] = Field(min_length=2)
    kind: str

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for turn in self.turns for code in turn.gold)


class Hostile(Strict):
    """What somebody sends who means harm, or who gives away too much.

    ``lacks``: words that no reply may hold. ``has``: words of which one must
    stand in the last reply, where there are any.
    """

    id: str
    turns: tuple[str, ...] = Field(min_length=1)
    kind: Literal[
        "injection", "personal_data", "abuse", "markup", "emergency", "overlong", "secrets", "fraud"
    ]
    expect: tuple[Status, ...] = Field(min_length=1)
    lacks: tuple[str, ...] = ()
    has: tuple[str, ...] = ()


class Questions(BaseModel):
    """Every set, as it lies in the folder."""

    answerable: tuple[Answerable, ...]
    ambiguous: tuple[Ambiguous, ...]
    outside: tuple[Outside, ...]
    conversations: tuple[Conversation, ...]
    hostile: tuple[Hostile, ...]

    def sides(self) -> dict[str, Side]:
        """The side of each question, by id."""
        groups = _groups([*self.answerable, *self.ambiguous, *self.conversations])
        sides = {ident: side_of(code) for ident, code in groups.items()}
        sides |= {q.id: side_of(q.about) for q in self.outside}
        return sides | {q.id: side_of(q.id) for q in self.hostile}


WITH_CODES = Answerable | Ambiguous | Conversation


def side_of(key: str) -> Side:
    """``tune`` for about 60 keys of 100, by a hash that never changes."""
    digest = hashlib.sha256(f"side-2:{key}".encode()).digest()
    return "tune" if int.from_bytes(digest[:4], "big") % 100 < TUNE_SHARE else "check"


def _groups(items: Iterable[WITH_CODES]) -> dict[str, str]:
    """For each question the smallest code of all that hang together with its own."""
    parent: dict[str, str] = {}

    def root(code: str) -> str:
        while parent.setdefault(code, code) != code:
            code = parent[code]
        return code

    kept = list(items)
    for item in kept:
        for code in item.codes:
            low, high = sorted((root(item.codes[0]), root(code)))
            parent[high] = low
    return {item.id: root(item.codes[0]) if item.codes else item.id for item in kept}


def load(folder: Path = FOLDER) -> Questions:
    """Read every set. Raises ValueError naming the file and line of the first bad one."""
    return Questions(
        answerable=tuple(_lines(folder / "answerable.jsonl", Answerable)),
        ambiguous=tuple(_lines(folder / "ambiguous.jsonl", Ambiguous)),
        outside=tuple(_lines(folder / "outside.jsonl", Outside)),
        conversations=tuple(_lines(folder / "conversations.jsonl", Conversation)),
        hostile=tuple(_lines(folder / "hostile.jsonl", Hostile)),
    )


def _lines(path: Path, form: type[_Line]) -> Iterator[_Line]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                yield form.model_validate_json(line)
            except ValidationError as error:
                raise ValueError(f"{path.name}:{number}: {error.errors()[0]['msg']}") from error
