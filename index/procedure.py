"""The procedure as a typed record: the one thing every room of the house agrees on.

A fee, a deadline, a number of copies or a document's name is only ever quoted
from a field of this record. What the source does not state is left out, never
guessed; what the source left garbled stays text and is marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    model_validator,
)

CODE = re.compile(r"\d\.\d{6}")
"""A national procedure code, e.g. ``1.001193``."""

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Code = Annotated[str, StringConstraints(pattern=rf"^{CODE.pattern}$")]
Count = Annotated[int, Field(ge=0)]

Number = int | float
T = TypeVar("T")


def _listed(value: object) -> object:
    """Let a record say ``when: {abandoned: khong}`` for a single answer."""
    return [value] if isinstance(value, str) else value


Answers = Annotated[tuple[Slug, ...], Strict(False), Field(min_length=1), BeforeValidator(_listed)]

Level = Literal["xa", "tinh", "bo"]
Way = Literal["direct", "online", "post"]
Unit = Literal["working_day", "day", "hour", "month", "unknown"]
Kind = Literal["submit", "present", "lookup"]
Origin = Literal["curated", "portal"]
Online = Literal["full", "partial", "none"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Form(_Model):
    """A form to fill in: its name, and where to get it when that is known."""

    name: Text
    url: Text | None = None


class Question(_Model):
    """A fact about the citizen that changes which papers are needed."""

    id: Slug
    ask: Text
    answers: dict[Slug, Text] = Field(min_length=2)


class Document(_Model):
    """One paper of the dossier.

    ``original`` and ``copy`` count sheets to bring; None means the source does
    not say. ``when`` maps a question's id to the answers under which the paper
    is needed (all questions must agree; empty: always needed). ``instead``
    names papers that may replace this one. ``case`` keeps the source's own
    group of papers where no condition has been modelled.
    """

    id: Slug
    name: Text
    kind: Kind = "submit"
    original: Count | None = None
    copies: Count | None = Field(default=None, alias="copy")
    when: dict[Slug, Answers] = Field(default_factory=dict)
    instead: tuple[Slug, ...] = ()
    note: Text | None = None
    form: Form | None = None
    case: Text | None = None
    text: Text | None = None


class Time(_Model):
    """How long the office takes: ``value`` in ``unit``; ``text`` is the print."""

    value: Annotated[Number, Field(gt=0)] | None = None
    unit: Unit = "unknown"
    note: Text | None = None
    text: Text | None = None


class Fee(_Model):
    """One fee. ``amount`` in ``unit`` (đồng unless said) ``per`` something.

    ``free`` is said by the source, never concluded. Without ``amount`` and
    without ``free`` the fee is only described, by ``note`` or ``text``.
    """

    amount: Annotated[Number, Field(ge=0)] | None = None
    unit: Text = "đồng"
    per: Text | None = None
    free: bool = False
    note: Text | None = None
    text: Text | None = None

    @model_validator(mode="after")
    def _amount_makes_sense(self) -> Self:
        if self.free and self.amount:
            raise ValueError("ghi free: true cùng một số tiền khác 0; hãy giữ lại một trong hai")
        if self.unit == "đồng" and isinstance(self.amount, float):
            raise ValueError(f"số tiền {self.amount:g} đồng có dấu chấm; hãy viết liền, ví dụ 8000")
        return self


class Method(_Model):
    """One way of filing, with its time and fees."""

    way: Way
    time: Time | None = None
    fees: tuple[Fee, ...] = ()
    note: Text | None = None


class Agency(_Model):
    """Who receives, who decides, who is consulted."""

    receives: Text | None = None
    decides: Text | None = None
    coordinates: Text | None = None


class LegalBasis(_Model):
    """A legal text: its number (``104/2022/NĐ-CP``), its name, or both."""

    number: Text | None = None
    name: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.number or self.name):
            raise ValueError("thiếu cả number lẫn name; hãy ghi ít nhất một")
        return self


class Doubt(_Model):
    """A place where the source contradicts itself: every reading is kept."""

    field: Text
    readings: tuple[Text, ...] = Field(min_length=1)
    why: Text


class Change(_Model):
    """What a newer version of the record says differently: both as they read."""

    field: Text
    before: Text
    after: Text


class Source(_Model):
    """Where the record comes from and when somebody last looked."""

    url: Text | None = None
    decision: Text | None = None
    checked_on: date | None = None
    kind: Origin = "curated"


class Effective(_Model):
    """From when to when the record is in force, and what replaced it."""

    model_config = ConfigDict(populate_by_name=True)

    start: date | None = Field(default=None, alias="from")
    to: date | None = None
    replaced_by: Code | None = None


class Procedure(_Model):
    """A procedure (thủ tục hành chính) with everything a reply may quote.

    ``origin`` names the fields that did not come from ``source``: a curated
    record's gaps are filled from the portal's. ``changes`` tells what the
    version before it said differently.
    """

    code: Code
    name: Text
    aliases: tuple[Text, ...] = ()
    situations: tuple[Text, ...] = ()
    summary: Text | None = None
    field: Text | None = None
    levels: tuple[Level, ...] = ()
    agency: Agency = Agency()
    audience: tuple[Text, ...] = ()
    questions: tuple[Question, ...] = ()
    documents: tuple[Document, ...] = ()
    methods: tuple[Method, ...] = ()
    online: Online | None = None
    steps: tuple[Text, ...] = ()
    conditions: tuple[Text, ...] = ()
    results: tuple[Text, ...] = ()
    legal_basis: tuple[LegalBasis, ...] = ()
    notes: tuple[Text, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    unparsed: dict[Slug, Text] = Field(default_factory=dict)
    source: Source = Source()
    origin: dict[Slug, Origin] = Field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    effective: Effective | None = None

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        answers = _unique("questions", {q.id: q for q in self.questions}, len(self.questions))
        papers = _unique("documents", {d.id: d for d in self.documents}, len(self.documents))
        for paper in self.documents:
            _known(f"documents.{paper.id}.instead", paper.instead, papers)
            _known(f"documents.{paper.id}.when", paper.when, answers)
            for question, allowed in paper.when.items():
                place = f"documents.{paper.id}.when.{question}"
                _known(place, allowed, answers[question].answers)
        return self


def _unique(place: str, by_id: dict[str, T], count: int) -> dict[str, T]:
    if len(by_id) != count:
        raise ValueError(f"{place}: có hai mục trùng id; hãy đổi id của một mục")
    return by_id


def _known(place: str, used: Iterable[str], known: Iterable[str]) -> None:
    missing = sorted(set(used) - set(known))
    if missing:
        raise ValueError(f"{place}: không có id {', '.join(missing)}; hãy khai báo hoặc sửa lại")
