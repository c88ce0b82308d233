"""What an ingest will do to the snapshot: a diff by content, decided before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.procedure import Procedure
from index.snapshot import Snapshot, dump


@dataclass(frozen=True)
class Plan:
    """Codes by what happens to them, and the records of the snapshot to come.

    ``bundled`` are the curated records that travel with the software: they
    are always there and counted apart, unless the input names them itself.
    """

    added: list[str]
    replaced: list[str]
    removed: list[str]
    kept: list[str]
    bundled: list[str]
    records: list[Procedure]

    @property
    def counts(self) -> dict[str, int]:
        names = ("added", "replaced", "removed", "kept", "bundled")
        return {name: len(getattr(self, name)) for name in names}


def make_plan(
    current: Snapshot | None,
    incoming: Iterable[Procedure],
    bundled: Iterable[Procedure],
    *,
    replace: bool,
) -> Plan:
    """Compare ``incoming`` with ``current``. With ``replace``, what is not incoming is removed.

    A curated record is never replaced by a portal record of the same code.
    """
    own = {r.code: r for r in bundled}
    before = _records(current)
    given = {r.code: r for r in incoming if not _yields(r, before.get(r.code) or own.get(r.code))}
    yielded = {r.code for r in incoming} - set(given)
    mine = {c: r for c, r in own.items() if c not in given}
    old = {c: r for c, r in before.items() if c not in mine}
    stays = {c: r for c, r in old.items() if c not in given and (not replace or c in yielded)}
    records = mine | stays | given
    return Plan(
        added=[c for c in given if c not in old],
        replaced=[c for c, r in given.items() if c in old and dump(r) != dump(old[c])],
        removed=[c for c in old if c not in records],
        kept=[*stays, *(c for c, r in given.items() if c in old and dump(r) == dump(old[c]))],
        bundled=list(mine),
        records=list(records.values()),
    )


def _records(current: Snapshot | None) -> Mapping[str, Procedure]:
    if current is None:
        return {}
    found = {code: current.procedure(code) for code in current.codes}
    return {code: record for code, record in found.items() if record}


def _yields(new: Procedure, old: Procedure | None) -> bool:
    return new.source.kind == "portal" and old is not None and old.source.kind == "curated"
