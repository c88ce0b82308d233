"""What reading a file gives: records as plain data, rows of a list, places that can't be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Format = Literal["yaml", "crawl", "word", "api", "html"]


class RefusedError(ValueError):
    """A file, or a part of it, that is not read; the message says why and what to do."""


@dataclass(frozen=True)
class Raw:
    """One record as it stood in a file: still plain data."""

    format: Format
    where: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Listed:
    """One row of a list of procedures: it names a procedure and says nothing about it.

    ``agency`` is the one that issued it, ``status`` what the list says of its force.
    """

    where: str
    code: str
    name: str
    agency: str | None = None
    field: str | None = None
    status: str | None = None


@dataclass(frozen=True)
class Unreadable:
    """A place in a file where a record should be and can't be read."""

    where: str
    reason: str


Row = Raw | Listed | Unreadable
Rows = Iterator[Row]
