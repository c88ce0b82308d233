"""A snapshot gives back every record that went in, and its id is its content."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from numpy.testing import assert_allclose

from index.encoder import Encoder
from index.passages import Entry, EntryKind, entries, passages
from index.procedure import Procedure
from index.search import Searcher
from index.snapshot import Snapshot, build, identify, open_current
from ingest.read import read_curated


def quiet(what: str, done: int, total: int) -> None:
    """A progress that nobody watches."""


@pytest.fixture
def tiny(snapshot_root: Path) -> Snapshot:
    return open_current(snapshot_root)


def test_every_curated_record_comes_back_as_it_went_in(curated_root: Path) -> None:
    snapshot = open_current(curated_root)
    records = list(read_curated())
    assert [snapshot.procedure(r.code) for r in records] == records
    assert snapshot.names == {r.code: r.name for r in records}
    assert (snapshot.manifest.procedures, snapshot.manifest.curated) == (len(records),) * 2


def test_made_up_records_come_back_as_they_went_in(
    tiny: Snapshot, tiny_records: list[Procedure]
) -> None:
    assert [tiny.procedure(r.code) for r in tiny_records] == tiny_records
    assert (tiny.manifest.procedures, tiny.manifest.curated) == (5, 3)


def test_an_unknown_code_gives_none(tiny: Snapshot) -> None:
    assert tiny.procedure("9.999999") is None
    assert tiny.line("9.999999") is None
    assert "9.999999" not in tiny
    assert "9.000001" in tiny


def test_the_kind_of_a_record_is_known_without_reading_it(
    tiny: Snapshot, tiny_records: list[Procedure]
) -> None:
    assert {c: tiny.kind(c) for c in tiny.codes} == {r.code: r.source.kind for r in tiny_records}


def test_a_note_lies_beside_the_records_and_is_guarded_like_them(
    tmp_path: Path, encoder: Encoder, tiny_records: list[Procedure]
) -> None:
    notes = {"nguồn.json": '{"tệp": 1}', "b": "hai\ndòng"}
    snapshot = build(tmp_path, tiny_records[:1], encoder, quiet, notes)
    assert [snapshot.note(name) for name in (*notes, "c")] == [*notes.values(), None]
    assert snapshot.manifest.id == identify(tiny_records[:1], encoder.name)
    assert sorted(name for name in snapshot.manifest.files if name.startswith("notes/")) == [
        "notes/b",
        "notes/nguồn.json",
    ]


def test_a_new_note_is_kept_though_the_records_are_the_same(
    tmp_path: Path, encoder: Encoder, tiny_records: list[Procedure]
) -> None:
    for text in ("cũ", "mới"):
        snapshot = build(tmp_path, tiny_records[:1], encoder, quiet, {"a": text})
    assert snapshot.note("a") == "mới"


def test_curated_records_come_first_and_then_by_code(
    tmp_path: Path, encoder: Encoder, tiny_records: list[Procedure]
) -> None:
    early_portal = tiny_records[4].model_copy(update={"code": "1.000001"})
    mixed = [tiny_records[2], early_portal, tiny_records[1]]
    snapshot = build(tmp_path, mixed, encoder, quiet)
    assert snapshot.codes == ["9.000002", "9.000003", "1.000001"]
    assert snapshot.names["1.000001"] == "Công nhận cây di sản"


def test_entries_and_passages_stand_in_the_order_of_the_records(
    tiny: Snapshot, tiny_records: list[Procedure]
) -> None:
    assert tiny.entries == [e for record in tiny_records for e in entries(record)]
    assert tiny.passages == [p for record in tiny_records for p in passages(record)]
    assert tiny.passage_codes == [p.code for p in tiny.passages]


def test_every_entry_has_its_vector_and_so_have_the_passages_of_curated_records(
    tiny: Snapshot, tiny_records: list[Procedure], encoder: Encoder
) -> None:
    texts = [e.text for e in tiny.entries]
    assert_allclose(tiny.vectors.matrix(), encoder.documents(texts), atol=1e-5)
    curated = [p.text for record in tiny_records[:3] for p in passages(record)]
    assert_allclose(tiny.passage_vectors.matrix(), encoder.documents(curated), atol=1e-5)


def test_the_levels_of_each_record_are_known_without_reading_it(
    tiny: Snapshot, tiny_records: list[Procedure]
) -> None:
    assert tiny.levels == {r.code: r.levels for r in tiny_records}
    assert tiny.levels["9.000005"] == ("tinh",)


def test_phrases_stand_behind_the_entries_of_their_record_each_text_once(
    tmp_path: Path, encoder: Encoder, tiny_records: list[Procedure]
) -> None:
    said = {
        "9.000004": [
            Entry("9.000004", "alias", "xin biển cho cụ đa"),
            Entry("9.000004", "situation", "Công nhận cây di sản"),
            Entry("9.000004", "situation", "đình làng có gốc đa cổ"),
            Entry("9.000004", "alias", "xin biển cho cụ đa"),
        ],
        "9.999999": [Entry("9.999999", "alias", "không ai mang mã này")],
    }
    snapshot = build(tmp_path, tiny_records[2:4], encoder, quiet, phrases=said)
    own = entries(tiny_records[3])
    assert snapshot.entries == [*entries(tiny_records[2]), *own, *said["9.000004"][::2]]
    assert len(snapshot.vectors) == len(snapshot.lexical("names")) == len(snapshot.entries)
    assert snapshot.manifest.id == identify(tiny_records[2:4], encoder.name, said)


def test_a_phrase_finds_a_record_that_shares_no_word_with_its_name(
    tmp_path: Path, encoder: Encoder, tiny_records: list[Procedure]
) -> None:
    said = {"9.000005": [Entry("9.000005", "situation", "đình làng có gốc đa trăm tuổi")]}
    asked = ["đình làng có gốc đa trăm tuổi", "goc da o dinh lang tram tuoi roi"]
    without, searcher = (
        Searcher(build(tmp_path, tiny_records, encoder, quiet, phrases=phrases), encoder)
        for phrases in (None, said)
    )
    for question in asked:
        hits = {hit.code: hit for hit in without.search(question).kept}
        assert (hits["9.000005"].signals["names"], hits["9.000005"].signals["words"]) == (0.0, 0.0)
        first = searcher.search(question, 1).kept[0]
        assert (first.code, first.exact) == ("9.000005", False)
        assert first.signals["names"] > 0.4
        assert first.signals["dense"] > hits["9.000005"].signals["dense"]


def test_another_phrase_another_owner_or_another_kind_makes_another_id(
    tiny_records: list[Procedure],
) -> None:
    def phrase(code: str, text: str, kind: EntryKind = "alias") -> dict[str, list[Entry]]:
        return {code: [Entry(code, kind, text)]}

    ids = [
        identify(tiny_records, "e"),
        identify(tiny_records, "e", phrase("9.000001", "một")),
        identify(tiny_records, "e", phrase("9.000001", "hai")),
        identify(tiny_records, "e", phrase("9.000002", "một")),
        identify(tiny_records, "e", phrase("9.000001", "một", "situation")),
    ]
    assert sorted(set(ids)) == sorted(ids)


def test_phrases_of_codes_that_the_snapshot_lacks_do_not_change_its_id(
    tiny_records: list[Procedure],
) -> None:
    strange = {"9.999999": [Entry("9.999999", "alias", "một")], "9.000001": []}
    assert identify(tiny_records, "e", strange) == identify(tiny_records, "e")
    assert identify(tiny_records, "e", {}) == identify(tiny_records, "e")


def test_the_same_content_has_the_same_id_in_any_order(tiny_records: list[Procedure]) -> None:
    assert identify(reversed(tiny_records), "e") == identify(tiny_records, "e")
    assert re.fullmatch(r"5-[0-9a-f]{12}", identify(tiny_records, "e"))


def test_another_field_another_record_or_another_encoder_makes_another_id(
    tiny_records: list[Procedure],
) -> None:
    first = tiny_records[0]
    changed = first.model_copy(update={"notes": (*first.notes, "Thêm một dòng.")})
    ids = [
        identify(tiny_records, "e"),
        identify([changed, *tiny_records[1:]], "e"),
        identify(tiny_records[1:], "e"),
        identify(tiny_records, "e2"),
    ]
    assert sorted(set(ids)) == sorted(ids)


def test_the_id_of_a_built_snapshot_is_the_one_foretold(
    tiny: Snapshot, tiny_records: list[Procedure], encoder: Encoder
) -> None:
    assert tiny.manifest.id == tiny.folder.name == identify(tiny_records, encoder.name)
    assert (tiny.manifest.encoder, tiny.manifest.dimension) == (encoder.name, encoder.dimension)


def test_a_snapshot_can_hold_portal_records_only(
    tmp_path: Path, encoder: Encoder, tiny_records: list[Procedure]
) -> None:
    searcher = Searcher(build(tmp_path / "dữ liệu", tiny_records[3:], encoder, quiet), encoder)
    assert len(searcher.snapshot.passage_vectors) == 0
    found = [h.code for h in searcher.search("công nhận cây di sản").kept]
    assert sorted(found) == ["9.000004", "9.000005"]
    ((passage, _),) = searcher.passages("9.000004", "cây phải bao nhiêu năm tuổi", 1)
    assert passage.id == "9.000004/conditions/0"


def test_two_records_of_one_code_are_refused_or_do_not_shift_the_others(
    tmp_path: Path, encoder: Encoder, tiny_records: list[Procedure]
) -> None:
    twin = tiny_records[1].model_copy(update={"name": "Mượn nhà văn hóa thôn"})
    try:
        snapshot = build(tmp_path, [tiny_records[1], twin, tiny_records[2]], encoder, quiet)
    except ValueError:
        return
    assert snapshot.procedure("9.000003") == tiny_records[2]


def test_a_record_that_is_only_a_name_can_be_a_snapshot(tmp_path: Path, encoder: Encoder) -> None:
    record = Procedure(code="9.000001", name="Cấp thẻ")
    searcher = Searcher(build(tmp_path, [record], encoder, quiet), encoder)
    assert [h.code for h in searcher.search("cấp thẻ").kept] == ["9.000001"]
