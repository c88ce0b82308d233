"""Holds lists of procedures against the records at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.procedure import Procedure
from index.text import fold
from ingest.formats.rows import Listed

_ISSUER = re.compile(r"QĐ\s*-\s*([^\W\d_]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Comparison:
    """``missing``: listed without a record. ``unlisted``: records that the list has no more."""

    missing: tuple[Listed, ...]
    unlisted: tuple[Procedure, ...]


def compare(listed: Iterable[Listed], records: Iterable[Procedure]) -> Comparison:
    """Listed procedures without a record, and records no longer listed.

    A list covers some agencies only: a record counts as no longer listed where
    listed records of its field were decided by the same issuer.
    """
    rows = {row.code: row for row in listed}
    held = list(records)
    codes = {record.code for record in held}
    covered = {_scope(record) for record in held if record.code in rows}
    missing = tuple(row for code, row in rows.items() if code not in codes)
    unlisted = tuple(
        record
        for record in sorted(held, key=lambda record: record.code)
        if record.code not in rows and all(_scope(record)) and _scope(record) in covered
    )
    return Comparison(missing, unlisted)


def _scope(record: Procedure) -> tuple[str, str]:
    """The record's field and who issued its decision (``BTP`` of ``163/QĐ-BTP``)."""
    issuer = _ISSUER.search(record.source.decision or "")
    return fold(record.field or ""), fold(issuer.group(1)) if issuer else ""
