"""What an ingest will do to the snapshot: a diff by content, decided before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from index.procedure import Procedure
from index.snapshot import dump
from ingest.held import Held, Key, key_of, load
from ingest.merge import merge
from ingest.versions import is_newer, with_changes


@dataclass(frozen=True)
class Plan:
    """Records by what happens to them, and all lines of the snapshot to come.

    ``bundled`` are the curated records that travel with the software: they
    are always there and counted apart, unless the input names them itself.
    ``outdated`` were given but are older than what is held, which stays.
    """

    added: list[Key] = field(default_factory=list)
    replaced: list[Key] = field(default_factory=list)
    removed: list[Key] = field(default_factory=list)
    kept: list[Key] = field(default_factory=list)
    outdated: list[Key] = field(default_factory=list)
    bundled: list[Key] = field(default_factory=list)
    lines: dict[Key, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        names = ("added", "replaced", "removed", "kept", "bundled")
        return {name: len(getattr(self, name)) for name in names}

    @cached_property
    def pairs(self) -> list[tuple[Procedure, Procedure]]:
        """The curated and the portal record of every code that has both."""
        curated = [code for code, kind in self.lines if kind == "curated"]
        both = [code for code in curated if (code, "portal") in self.lines]
        return [
            (load(self.lines[code, "curated"]), load(self.lines[code, "portal"])) for code in both
        ]

    @cached_property
    def records(self) -> list[Procedure]:
        """The snapshot's records: one a code, curated ones with their gaps filled."""
        merged = {curated.code: merge(curated, portal) for curated, portal in self.pairs}
        single = [load(line) for (code, _), line in self.lines.items() if code not in merged]
        return [*merged.values(), *single]


def make_plan(
    held: Held, given: Mapping[Key, str], bundled: Iterable[Procedure], *, replace: bool
) -> Plan:
    """Compare ``given`` with ``held`` lines. With ``replace``, what is not given is removed."""
    mine = {key_of(r): dump(r) for r in bundled if key_of(r) not in given}
    mine = {k: line for k, line in mine.items() if k not in held.lines or k[0] in held.bundled}
    old = {k: v for k, v in held.lines.items() if not (k[1] == "curated" and k[0] in held.bundled)}
    plan = Plan(bundled=list(mine), lines=dict(mine))
    for key, line in given.items():
        _settle(plan, key, line, old.get(key))
    for key, line in old.items():
        if key in given:
            continue
        (plan.removed if replace else plan.kept).append(key)
        if not replace:
            plan.lines[key] = line
    return plan


def _settle(plan: Plan, key: Key, line: str, before: str | None) -> None:
    """Decide one given record against the one held under the same key."""
    if before is None:
        plan.added.append(key)
    elif line == before:
        plan.kept.append(key)
    else:
        line = _replace(plan, key, load(line), load(before))
    plan.lines[key] = line


def _replace(plan: Plan, key: Key, new: Procedure, old: Procedure) -> str:
    if not is_newer(new, old):
        plan.outdated.append(key)
        return dump(old)
    told = dump(with_changes(new, old))
    (plan.kept if told == dump(old) else plan.replaced).append(key)
    return told
