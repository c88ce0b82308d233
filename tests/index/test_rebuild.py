"""Building again: what is known is not encoded again, and a failed build changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from numpy.testing import assert_array_equal

from index import store
from index.encoder import Encoder, Matrix
from index.passages import Entry, entries, passages
from index.procedure import Procedure
from index.search import Searcher
from index.snapshot import build, open_current


class Counting(Encoder):
    """The real encoder, writing down what it is given; ``fails_after`` so many texts it dies."""

    def __init__(self, real: Encoder, name: str = "", fails_after: int | None = None) -> None:
        self.real, self.name, self.dimension = real, name or real.name, real.dimension
        self.seen: list[str] = []
        self.fails_after = fails_after

    def documents(self, texts: Sequence[str]) -> Matrix:
        if self.fails_after is not None and len(self.seen) + len(texts) > self.fails_after:
            raise MemoryError("no room for another batch")
        self.seen += texts
        return self.real.documents(texts)

    def query(self, text: str) -> Matrix:
        return self.real.query(text)


def quiet(what: str, done: int, total: int) -> None:
    """A progress that nobody watches."""


def boats(count: int = 1) -> Procedure:
    """A new record of 2 + ``count`` new texts."""
    return Procedure(
        code="9.000009",
        name="Cấp phép bến đò",
        aliases=("mở bến đò ngang",),
        steps=tuple(f"Chủ đò nộp đơn thứ {n}." for n in range(count)),
    )


def folders(root: Path) -> list[str]:
    return sorted(p.name for p in root.iterdir() if p.is_dir())


def test_nothing_is_encoded_when_nothing_has_changed(
    snapshot_root: Path, tiny_records: list[Procedure], encoder: Encoder
) -> None:
    before = open_current(snapshot_root).manifest
    counting = Counting(encoder)
    after = build(snapshot_root, tiny_records, counting, quiet).manifest
    assert counting.seen == []
    assert (after.id, after.files) == (before.id, before.files)
    assert folders(snapshot_root) == [before.id]


def test_only_the_texts_of_a_new_record_are_encoded(
    snapshot_root: Path, tiny_records: list[Procedure], encoder: Encoder
) -> None:
    old = open_current(snapshot_root)
    counting = Counting(encoder)
    new = build(snapshot_root, [*tiny_records, boats()], counting, quiet)
    assert counting.seen == ["Cấp phép bến đò", "mở bến đò ngang", "Chủ đò nộp đơn thứ 0."]
    assert folders(snapshot_root) == sorted([old.manifest.id, new.manifest.id])
    assert store.current_id(snapshot_root) == new.manifest.id
    row = [e.text for e in new.entries].index("làm thẻ đọc sách")
    kept = [e.text for e in old.entries].index("làm thẻ đọc sách")
    assert_array_equal(new.vectors.rows([row]), old.vectors.rows([kept]))


def test_only_the_changed_text_of_a_changed_record_is_encoded(
    snapshot_root: Path, tiny_records: list[Procedure], encoder: Encoder
) -> None:
    changed = tiny_records[1].model_copy(update={"aliases": ("thuê rạp cưới",)})
    counting = Counting(encoder)
    build(snapshot_root, [tiny_records[0], changed, *tiny_records[2:]], counting, quiet)
    assert counting.seen == ["thuê rạp cưới"]


def test_only_the_text_of_a_new_phrase_is_encoded_and_the_id_is_another(
    snapshot_root: Path, tiny_records: list[Procedure], encoder: Encoder
) -> None:
    before = open_current(snapshot_root).manifest
    known = Entry("9.000004", "alias", "cây đa cổ thụ")
    seen, ids = [], [before.id]
    for said in ([known], [known, Entry("9.000004", "alias", "cây gạo đầu làng")], [known]):
        counting = Counting(encoder)
        built = build(snapshot_root, tiny_records, counting, quiet, phrases={"9.000004": said})
        seen.append(counting.seen)
        ids.append(built.manifest.id)
    assert seen == [["cây đa cổ thụ"], ["cây gạo đầu làng"], []]
    assert len(set(ids)) == 3
    assert ids[1] == ids[3]


def test_dropping_all_phrases_gives_the_first_snapshot_back(
    snapshot_root: Path, tiny_records: list[Procedure], encoder: Encoder
) -> None:
    before = open_current(snapshot_root).manifest
    said = {"9.000001": [Entry("9.000001", "alias", "thẻ bạn đọc")]}
    build(snapshot_root, tiny_records, encoder, quiet, phrases=said)
    after = build(snapshot_root, tiny_records, encoder, quiet).manifest
    assert (after.id, after.files) == (before.id, before.files)


def test_a_text_that_stands_in_two_records_is_encoded_once(
    tmp_path: Path, tiny_records: list[Procedure], encoder: Encoder
) -> None:
    counting = Counting(encoder)
    build(tmp_path, tiny_records, counting, quiet)
    wanted = [e.text for r in tiny_records for e in entries(r)]
    wanted += [p.text for r in tiny_records[:3] for p in passages(r)]
    assert wanted.count("Công nhận cây di sản") == 2
    assert counting.seen == list(dict.fromkeys(wanted))


def test_another_encoder_takes_over_no_vectors(
    snapshot_root: Path, tiny_records: list[Procedure], encoder: Encoder
) -> None:
    counting = Counting(encoder, name="another")
    snapshot = build(snapshot_root, tiny_records, counting, quiet)
    held = [e.text for e in snapshot.entries]
    held += [p.text for r in tiny_records[:3] for p in passages(r)]
    assert counting.seen == list(dict.fromkeys(held))
    assert snapshot.manifest.encoder == "another"


def test_an_encoder_that_dies_midway_leaves_the_old_snapshot_answering(
    snapshot_root: Path, tiny_records: list[Procedure], encoder: Encoder
) -> None:
    before = store.current_id(snapshot_root)
    dying = Counting(encoder, fails_after=32)
    with pytest.raises(MemoryError, match="no room for another batch"):
        build(snapshot_root, [*tiny_records, boats(60)], dying, quiet)
    assert dying.seen == [*("Cấp phép bến đò", "mở bến đò ngang"), *boats(30).steps]
    assert (store.current_id(snapshot_root), folders(snapshot_root)) == (before, [before])
    hits = Searcher.open(snapshot_root, encoder).search("cấp thẻ thư viện")
    assert (hits.kept[0].code, hits.kept[0].exact) == ("9.000001", True)


@pytest.mark.parametrize("step", ["Mã hóa văn bản", "Lập chỉ mục từ"])
def test_a_build_interrupted_at_any_step_leaves_nothing_behind(
    snapshot_root: Path, tiny_records: list[Procedure], encoder: Encoder, step: str
) -> None:
    before = store.current_id(snapshot_root)

    def interrupt(what: str, done: int, total: int) -> None:
        if what == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(snapshot_root, [*tiny_records, boats()], encoder, interrupt)
    assert (store.current_id(snapshot_root), folders(snapshot_root)) == (before, [before])
    build(snapshot_root, [*tiny_records, boats()], encoder, quiet)
    assert open_current(snapshot_root).procedure("9.000009") == boats()


def test_progress_tells_each_batch_and_each_index(
    snapshot_root: Path, tiny_records: list[Procedure], encoder: Encoder
) -> None:
    told: list[tuple[str, int, int]] = []
    build(snapshot_root, [*tiny_records, boats(60)], encoder, lambda *step: told.append(step))
    assert told == [
        *[("Mã hóa văn bản", done, 62) for done in (0, 32, 62)],
        *[("Lập chỉ mục từ", done, 3) for done in (0, 1, 2, 3)],
    ]


def test_a_snapshot_that_is_open_answers_while_a_newer_one_is_built(
    snapshot_root: Path, tiny_records: list[Procedure], encoder: Encoder
) -> None:
    opened = Searcher.open(snapshot_root, encoder)
    build(snapshot_root, tiny_records[3:], encoder, quiet)
    assert opened.search("Cấp thẻ thư viện", 1).kept[0].code == "9.000001"
    newer = Searcher.open(snapshot_root, encoder)
    assert newer.snapshot.codes == ["9.000004", "9.000005"]
