from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.procedure import Procedure, Source
from index.snapshot import dump
from ingest.plan import Plan, make_plan


def record(code: str, name: str = "Tên", kind: str = "portal") -> Procedure:
    return Procedure(code=code, name=name, source=Source(kind=kind))


class Held:
    """What a plan needs of the current snapshot."""

    def __init__(self, records: Sequence[Procedure]) -> None:
        self._records = {r.code: r for r in records}
        self.codes = list(self._records)

    def procedure(self, code: str) -> Procedure | None:
        return self._records.get(code)


def plan(current, incoming, bundled=(), *, replace=False) -> Plan:
    return make_plan(Held(current) if current else None, incoming, bundled, replace=replace)


A, B, C = "9.000001", "9.000002", "9.000003"


def test_the_first_ingest_adds_everything():
    made = plan(None, [record(A), record(B)])
    assert (made.added, made.kept, made.removed) == ([A, B], [], [])


def test_a_changed_record_is_replaced_an_equal_one_kept_and_others_stay():
    old = [record(A), record(B), record(C)]
    made = plan(old, [record(A, "Tên mới"), record(B)])
    assert made.replaced == [A]
    assert sorted(made.kept) == [B, C]
    assert made.added == made.removed == []
    assert {r.code: r.name for r in made.records} == {A: "Tên mới", B: "Tên", C: "Tên"}


def test_only_replace_removes_what_left_the_source():
    made = plan([record(A), record(B)], [record(A)], replace=True)
    assert made.removed == [B]
    assert [r.code for r in made.records] == [A]


@pytest.mark.parametrize("replace", [False, True])
def test_a_portal_record_never_replaces_a_curated_one(replace):
    mine = record(A, "Của tỉnh", kind="curated")
    made = plan([mine], [record(A, "Của Cổng"), record(B)], replace=replace)
    assert {r.code: r.name for r in made.records} == {A: "Của tỉnh", B: "Tên"}
    assert made.kept == [A] and made.added == [B]


def test_bundled_records_are_always_there_and_counted_apart():
    bundled = [record(A, "Đi kèm", kind="curated")]
    made = plan(None, [record(A, "Của Cổng"), record(B)], bundled)
    assert made.bundled == [A] and made.added == [B]
    again = plan(made.records, [record(B)], bundled, replace=True)
    assert again.counts == {"added": 0, "replaced": 0, "removed": 0, "kept": 1, "bundled": 1}
    assert sorted(map(dump, again.records)) == sorted(map(dump, made.records))


def test_a_curated_record_given_by_hand_wins_over_the_bundled_one():
    made = plan(None, [record(A, "Của tỉnh", kind="curated")], [record(A, kind="curated")])
    assert made.added == [A] and made.bundled == []
    assert made.records[0].name == "Của tỉnh"
