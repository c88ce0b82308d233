"""A row that can't become a procedure, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rejected:
    """One source row that was not taken in; ``reason`` is a plain Vietnamese sentence."""

    code: str | None
    where: str
    reason: str
