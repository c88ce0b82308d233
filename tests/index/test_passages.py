"""How a record is cut: entries that find it, passages that answer from it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.passages import MOST_SYLLABLES, Entry, Passage, entries, passages
from index.procedure import Procedure
from index.snapshot import dump
from index.text import clean, syllables
from ingest.read import read_curated

PROSE = st.text("aáàăâbcdđeêghiklmnoôơpqrstuưvxy    .;:!?,\n\t0123", min_size=1, max_size=2000)


def noted(*notes: str) -> Procedure:
    return Procedure(code="9.000001", name="Cấp thẻ", notes=notes)


def sentence(count: int, word: str) -> str:
    return " ".join([word] * (count - 1) + [f"{word}."])


def test_a_record_is_found_by_name_with_field_then_aliases_situations_and_summary(
    tiny_records: list[Procedure],
) -> None:
    assert entries(tiny_records[0]) == [
        Entry("9.000001", "name", "Cấp thẻ thư viện. Thư viện"),
        Entry("9.000001", "alias", "làm thẻ đọc sách"),
        Entry("9.000001", "situation", "cháu tôi muốn mượn truyện về nhà đọc"),
        Entry("9.000001", "summary", "Người đọc được cấp thẻ để mượn sách của thư viện xã."),
    ]


def test_a_record_with_only_a_name_is_found_by_its_cleaned_name() -> None:
    assert entries(Procedure(code="9.000001", name="Hoà  giải")) == [
        Entry("9.000001", "name", "Hòa giải")
    ]


def test_a_record_is_cut_by_section_in_a_fixed_order(tiny_records: list[Procedure]) -> None:
    cut = passages(tiny_records[0])
    assert [(p.id, p.text) for p in cut] == [
        ("9.000001/summary/0", "Người đọc được cấp thẻ để mượn sách của thư viện xã."),
        ("9.000001/documents/0", "Đơn xin cấp thẻ"),
        ("9.000001/documents/1", "Giấy đồng ý của cha mẹ Ký trước mặt thủ thư."),
        ("9.000001/methods/0", "Trực tiếp. 3 ngày làm việc. 5.000 đồng một thẻ"),
        ("9.000001/methods/1", "Trực tuyến. Miễn phí"),
        ("9.000001/steps/0", "Bạn đọc nộp đơn."),
        ("9.000001/steps/1", "Thư viện trao thẻ."),
        ("9.000001/results/0", "Thẻ thư viện"),
        ("9.000001/notes/0", "Thẻ có giá trị năm năm kể từ ngày cấp."),
        ("9.000001/legal_basis/0", "46/2019/QH14 Luật Thư viện"),
    ]
    assert {(p.code, p.id.split("/")[1] == p.section) for p in cut} == {("9.000001", True)}


def test_a_record_that_is_only_a_name_has_it_as_its_one_passage() -> None:
    assert passages(Procedure(code="9.000001", name="Cấp thẻ")) == [
        Passage("9.000001/summary/0", "9.000001", "summary", "Cấp thẻ")
    ]


def test_whole_sentences_are_packed_together_up_to_the_limit() -> None:
    text = " ".join([sentence(70, "một"), sentence(50, "hai"), sentence(30, "ba")])
    assert [p.text for p in passages(noted(text))] == [
        f"{sentence(70, 'một')} {sentence(50, 'hai')}",
        sentence(30, "ba"),
    ]


def test_a_sentence_above_the_limit_is_split_by_syllables_and_its_rest_packed() -> None:
    text = f"{sentence(250, 'một')} {sentence(20, 'hai')}"
    assert [p.text for p in passages(noted(text))] == [
        " ".join(["một"] * 120),
        " ".join(["một"] * 120),
        f"{sentence(10, 'một')} {sentence(20, 'hai')}",
    ]


def test_parts_are_numbered_through_the_texts_of_a_section() -> None:
    cut = passages(noted("Một.", sentence(121, "hai"), "Ba."))
    assert [p.id for p in cut] == [f"9.000001/notes/{part}" for part in range(4)]
    assert [cut[0].text, cut[2].text, cut[3].text] == ["Một.", "hai.", "Ba."]


@given(st.lists(PROSE.filter(lambda t: t.strip()), min_size=1, max_size=3))
def test_no_word_is_lost_and_no_piece_is_above_the_limit(notes: list[str]) -> None:
    cut = passages(noted(*notes))
    assert " ".join(p.text for p in cut).split() == clean(" ".join(notes)).split()
    too_long = [p for p in cut if len(p.text.split()) > MOST_SYLLABLES]
    assert too_long == []
    assert [p for p in cut if not p.text or p.text != clean(p.text)] == []


@given(st.lists(PROSE.filter(lambda t: t.strip()), max_size=3))
def test_cutting_a_record_read_again_gives_the_same_passages(notes: list[str]) -> None:
    record = noted(*notes)
    assert passages(Procedure.model_validate_json(dump(record))) == passages(record)


def test_the_curated_records_give_unique_ids_and_pieces_within_the_limit() -> None:
    cut: list[Passage] = [p for record in read_curated() for p in passages(record)]
    ids = [p.id for p in cut]
    assert [i for i in ids if ids.count(i) > 1] == []
    assert [p.id for p in cut if len(syllables(p.text)) > MOST_SYLLABLES] == []


def test_every_word_of_the_curated_sections_is_in_a_passage() -> None:
    for record in read_curated():
        held = " ".join(p.text for p in passages(record)).split()
        named = [d.name for d in record.documents] + list(record.steps + record.conditions)
        named += [*record.results, *record.notes, *filter(None, [record.summary])]
        missing = {word for text in named for word in clean(text).split()} - set(held)
        assert (record.code, missing) == (record.code, set())
