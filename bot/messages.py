"""What comes in and what goes out: the contract that every channel renders."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from index.procedure import Level

Status = Literal[
    "answered", "clarify", "not_found", "out_of_scope", "handoff", "smalltalk", "blocked", "error"
]
Aspect = Literal[
    "documents",
    "fee",
    "time",
    "where",
    "online",
    "conditions",
    "result",
    "forms",
    "legal_basis",
    "steps",
    "level",
    "overview",
]


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Turn(_Message):
    """One message of a person. ``conversation`` ties turns together; None stands alone."""

    message: str
    conversation: str | None = None
    channel: str = "api"


class ProcedureRef(_Message):
    """Which procedure a reply speaks of."""

    code: str
    name: str
    field: str | None = None
    levels: tuple[Level, ...] = ()
    url: str | None = None


class Option(_Message):
    """A choice offered under ``clarify``; typing ``value`` or the number chooses it."""

    label: str
    value: str
    code: str | None = None


class Source(_Message):
    """Where a reply's facts stand."""

    code: str
    title: str
    section: str
    url: str | None = None
    decision: str | None = None
    checked_on: str | None = None


class Candidate(_Message):
    """A procedure that search considered, with its score in 0..1."""

    code: str
    name: str
    score: float


class Reply(_Message):
    """The answer to a turn, the same for every channel.

    ``procedure`` is None and ``sources`` empty unless ``status`` is ``answered``.
    """

    status: Status
    text: str
    procedure: ProcedureRef | None = None
    aspects: tuple[Aspect, ...] = ()
    card: dict[str, Any] = Field(default_factory=dict)
    options: tuple[Option, ...] = ()
    sources: tuple[Source, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    notices: tuple[str, ...] = ()
    index: str = ""
    timings_ms: dict[str, float] = Field(default_factory=dict)
