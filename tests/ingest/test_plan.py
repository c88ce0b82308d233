from __future__ import annotations

from collections.abc import Iterable

import pytest

from index.procedure import Fee, LegalBasis, Method, Procedure, Source
from index.snapshot import dump
from ingest.held import Held, key_of, load
from ingest.plan import Plan, make_plan


def record(code: str, name: str = "Tên", kind: str = "portal", **fields: object) -> Procedure:
    return Procedure(code=code, name=name, source=Source(kind=kind), **fields)


def lines(records: Iterable[Procedure]) -> dict:
    return {key_of(r): dump(r) for r in records}


def plan(current, given, bundled=(), *, replace=False, was_bundled=()) -> Plan:
    held = Held(lines(current), frozenset(was_bundled))
    return make_plan(held, lines(given), bundled, replace=replace)


def names(made: Plan) -> dict[str, str]:
    return {r.code: r.name for r in made.records}


A, B, C = "9.000001", "9.000002", "9.000003"
PA, PB, PC = ((code, "portal") for code in (A, B, C))
CA = (A, "curated")


def test_the_first_ingest_adds_everything():
    made = plan([], [record(A), record(B)])
    assert (made.added, made.kept, made.removed) == ([PA, PB], [], [])


def test_a_changed_record_is_replaced_an_equal_one_kept_and_others_stay():
    old = [record(A), record(B), record(C)]
    made = plan(old, [record(A, "Tên mới"), record(B)])
    assert made.replaced == [PA]
    assert sorted(made.kept) == [PB, PC]
    assert made.added == made.removed == []
    assert names(made) == {A: "Tên mới", B: "Tên", C: "Tên"}


def test_only_replace_removes_what_left_the_source():
    made = plan([record(A), record(B)], [record(A)], replace=True)
    assert made.removed == [PB]
    assert names(made) == {A: "Tên"}


def test_a_curated_record_wins_over_the_portals_and_fills_its_gaps_from_it():
    mine = record(A, "Của tỉnh", kind="curated", steps=("Nộp đơn.",))
    theirs = record(A, "Của Cổng", steps=("Bước 1",), conditions=("Đủ 18 tuổi",))
    made = plan([mine], [theirs])
    assert made.added == [PA] and made.kept == [CA]
    [merged] = made.records
    assert (merged.name, merged.steps, merged.conditions) == (
        "Của tỉnh",
        ("Nộp đơn.",),
        ("Đủ 18 tuổi",),
    )
    assert merged.origin == {"conditions": "portal"}
    assert made.pairs == [(mine, theirs)]


def test_bundled_records_are_always_there_and_counted_apart():
    bundled = [record(A, "Đi kèm", kind="curated")]
    first = plan([], [record(A, "Của Cổng"), record(B)], bundled)
    assert first.bundled == [CA] and first.added == [PA, PB]
    again = plan(map(load, first.lines.values()), [record(B)], bundled, was_bundled=[A])
    assert again.counts == {"added": 0, "replaced": 0, "removed": 0, "kept": 2, "bundled": 1}
    assert again.lines == first.lines


def test_a_province_s_own_curated_record_outlives_later_ingests_of_other_files():
    own = record(A, "Của tỉnh", kind="curated")
    bundled = [record(A, "Đi kèm", kind="curated")]
    first = plan([], [own], bundled)
    assert first.added == [CA] and first.bundled == []
    again = plan(map(load, first.lines.values()), [record(B)], bundled)
    assert names(again) == {A: "Của tỉnh", B: "Tên"}


def test_a_new_edition_of_a_bundled_record_replaces_the_old_one():
    old, new = (record(A, name, kind="curated") for name in ("Bản cũ", "Bản mới"))
    made = plan([old], [], [new], was_bundled=[A])
    assert names(made) == {A: "Bản mới"} and made.bundled == [CA]


def law(year: int) -> tuple[LegalBasis, ...]:
    return (LegalBasis(number=f"12/{year}/NĐ-CP"),)


def test_text_of_2021_never_wins_over_2026():
    now, then = record(A, "Nay", legal_basis=law(2026)), record(A, "Xưa", legal_basis=law(2021))
    made = plan([now], [then])
    assert made.outdated == [PA] and made.replaced == [] and names(made) == {A: "Nay"}
    assert names(plan([then], [now])) == {A: "Nay"}


def test_a_replaced_record_tells_what_changed_and_keeps_telling_it():
    def fee(amount: int) -> Procedure:
        method = Method(way="direct", fees=(Fee(amount=amount),))
        return record(A, methods=(method,), legal_basis=law(2020 + amount // 1000))

    made = plan([fee(5000)], [fee(6000)])
    [new] = made.records
    [change] = new.changes
    assert (change.field, change.before, change.after) == (
        "methods.fees",
        "direct: 5000 đồng",
        "direct: 6000 đồng",
    )
    again = plan(made.records, [fee(6000)])
    assert again.kept == [PA] and again.replaced == [] and again.records == made.records


@pytest.mark.parametrize("doubted", ["conditions", "conditions.age"])
def test_a_field_that_the_curated_record_doubts_is_not_filled(doubted):
    doubt = {"field": doubted, "readings": ("a", "b"), "why": "c"}
    mine = record(A, kind="curated", doubts=(doubt,))
    [merged] = plan([], [mine, record(A, conditions=("Đủ 18 tuổi",))]).records
    assert merged.conditions == () and merged.origin == {}
