"""The signals of each procedure, held against plain comparisons of every entry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from index.encoder import Encoder, Matrix
from index.passages import Entry
from index.procedure import Procedure
from index.query import content
from index.readings import as_typed, readings, widened
from index.search import Searcher
from index.signals import NAMES, SHARPNESS, Clock, Signals
from index.snapshot import Snapshot, build
from index.text import fold, strip_marks, stripped_terms, words

QUESTIONS = [
    "làm mất thẻ mượn sách",
    "nha toi can cho lam dam cuoi",
    "cây cổ thụ hai trăm năm ở xã",
    "Cho em hỏi thủ tục cấp thẻ thư viện ạ",
    "ddawng kys ther",
    "",
]


def row(signals: NDArray[np.float32], name: str) -> NDArray[np.float32]:
    found: NDArray[np.float32] = signals[NAMES.index(name)]
    return found


def by_code(searcher: Searcher, question: str, name: str) -> dict[str, float]:
    found = row(searcher.signals.of(question)[0], name)
    return dict(zip(searcher.snapshot.codes, found.tolist(), strict=True))


def asked(question: str) -> list[str]:
    """The texts whose words are looked for."""
    meant = readings(question)
    return [content(text) for text in (*meant, widened(meant[0]))]


def own_rows(snapshot: Snapshot, code: str) -> list[int]:
    return [at for at, entry in enumerate(snapshot.entries) if entry.code == code]


def shares(snapshot: Snapshot, index: str, terms: Sequence[str]) -> NDArray[np.float32]:
    lexical = snapshot.lexical(index)
    found: NDArray[np.float32] = lexical.scores(terms) / max(lexical.ideal(terms), 1e-6)
    return found


def brute(searcher: Searcher, encoder: Encoder, question: str, code: str) -> dict[str, float]:
    """Every signal but level and curated of one procedure, entry by entry."""
    snapshot = searcher.snapshot
    texts = [fold(question), *(set(readings(question)) - {as_typed(question)})]
    own = own_rows(snapshot, code)
    entries = encoder.documents([snapshot.entries[at].text for at in own])
    cosines = [max(float(entry @ encoder.query(text)[0]) for text in texts) for entry in entries]
    near = sum(np.exp(SHARPNESS * (cosine - 1)) for cosine in cosines)
    said = [shares(snapshot, "names", stripped_terms(text)) for text in asked(question)]
    spoken = [shares(snapshot, "words", words(text)) for text in asked(question)]
    passages = shares(snapshot, "passages", stripped_terms(asked(question)[0]))
    cut = [at for at, owner in enumerate(snapshot.passage_codes) if owner == code]
    return {
        "dense": max(cosines),
        "crowd": float(np.log(near + 1e-9)) / SHARPNESS + 1,
        "names": max(float(share[at]) for share in said for at in own),
        "words": max(float(share[at]) for share in spoken for at in own),
        "title": max(float(share[own[0]]) for share in said),
        "passages": max(float(passages[at]) for at in cut),
    }


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_signal_is_that_of_a_comparison_entry_by_entry(
    tiny_searcher: Searcher, encoder: Encoder, question: str
) -> None:
    signals, _ = tiny_searcher.signals.of(question)
    for at, code in enumerate(tiny_searcher.snapshot.codes):
        expected = brute(tiny_searcher, encoder, question, code)
        found = {name: float(row(signals, name)[at]) for name in expected}
        assert found == pytest.approx(expected, abs=2e-3)


def test_signals_are_one_row_a_name_and_one_column_a_procedure(tiny_searcher: Searcher) -> None:
    signals, laps = tiny_searcher.signals.of("mượn sách")
    assert (signals.shape, signals.dtype) == ((len(NAMES), 5), np.dtype(np.float32))
    assert list(laps) == ["read", "dense", "names", "passages"]
    assert np.isfinite(signals).all()


@pytest.mark.parametrize(
    "question", ["", "?", "🙂", "\u200b", "a" * 3000, "thẻ " * 500, "1.001193"]
)
def test_any_question_has_finite_signals(tiny_searcher: Searcher, question: str) -> None:
    signals, _ = tiny_searcher.signals.of(question)
    assert np.isfinite(signals).all()


class Axes(Encoder):
    """Vectors set by hand: a text's place among ``texts`` is its axis, unknown texts share one."""

    name, dimension = "axes", 4

    def __init__(self, vectors: dict[str, list[float]]) -> None:
        self.vectors = vectors

    def documents(self, texts: Sequence[str]) -> Matrix:
        rows = [self.vectors.get(fold(text), [0, 0, 0, 1]) for text in texts]
        return np.array(rows, np.float32).reshape(-1, 4)

    def query(self, text: str) -> Matrix:
        return self.documents([text])


def test_the_nearest_entry_and_the_crowd_of_all_are_those_reckoned_by_hand(tmp_path: Path) -> None:
    records = [
        Procedure(code="9.000001", name="Một", aliases=("một a", "một b")),
        Procedure(code="9.000002", name="Hai"),
    ]
    encoder = Axes(
        {
            "hỏi": [1, 0, 0, 0],
            "một": [0.8, 0.6, 0, 0],
            "một a": [0.8, 0, 0.6, 0],
            "hai": [0.8, 0.6, 0, 0],
        }
    )
    snapshot = build(tmp_path, records, encoder, lambda *_: None)
    signals, _ = Signals(snapshot, encoder).of("hỏi")
    assert_allclose(row(signals, "dense"), [0.8, 0.8], atol=1e-6)
    # Two entries at 0.8, one at 0; and one at 0.8: 1 + ln(2 e^-4.8 + e^-24) / 24 and 1 - 0.2.
    assert_allclose(row(signals, "crowd"), [0.8 + np.log(2) / 24, 0.8], atol=1e-5)


def test_a_question_typed_properly_is_encoded_once_and_a_mistyped_one_both_ways(
    tiny_searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    real = tiny_searcher.encoder.queries

    def spy(texts: Sequence[str]) -> Matrix:
        seen.append(list(texts))
        return real(texts)

    monkeypatch.setattr(tiny_searcher.encoder, "queries", spy)
    for question in ("Làm thẻ, mượn sách?", "lam the thu vien", "làm cccd"):
        tiny_searcher.signals.of(question)
    assert seen[0] == ["làm thẻ, mượn sách?"]
    assert seen[1][:2] == ["lam the thu vien", "làm thẻ thư viện"]  # a third, where it is unsure
    assert seen[2] == ["làm cccd", "làm căn cước công dân"]


def test_a_phrase_that_repeats_the_name_leaves_the_name_in_its_place(
    tmp_path: Path, encoder: Encoder
) -> None:
    record = Procedure(code="9.000001", name="Cấp thẻ", aliases=("làm thẻ",))
    other = Procedure(code="9.000002", name="Mượn nhà")
    phrases = {
        "9.000001": [
            Entry("9.000001", "alias", "xin cái thẻ"),
            Entry("9.000001", "alias", "Cấp thẻ"),
            Entry("9.000001", "situation", "làm thẻ"),
        ]
    }
    snapshot = build(tmp_path, [record, other], encoder, lambda *_: None, phrases=phrases)
    assert [(e.code, e.kind, e.text) for e in snapshot.entries] == [
        ("9.000001", "name", "Cấp thẻ"),
        ("9.000001", "alias", "làm thẻ"),
        ("9.000001", "alias", "xin cái thẻ"),
        ("9.000002", "name", "Mượn nhà"),
    ]
    signals, _ = Signals(snapshot, encoder).of("cấp thẻ")
    assert row(signals, "title").tolist() == row(signals, "names").tolist()


def test_the_title_is_the_name_s_own_share(tiny_searcher: Searcher) -> None:
    assert by_code(tiny_searcher, "hội trường", "title")["9.000002"] == 0.0
    assert by_code(tiny_searcher, "hội trường", "names")["9.000002"] > 0.5
    title, names = (by_code(tiny_searcher, "thẻ thư viện", n) for n in ("title", "names"))
    assert title["9.000001"] == names["9.000001"] > 0.5


def test_a_bare_question_has_the_words_of_the_accented_one(tiny_searcher: Searcher) -> None:
    question = "cần chỗ làm đám cưới"
    for name in ("names", "words", "title", "passages"):
        bare = by_code(tiny_searcher, strip_marks(question), name)
        assert bare == pytest.approx(by_code(tiny_searcher, question, name), abs=1e-6)


def test_what_people_say_brings_the_records_words(tmp_path: Path, encoder: Encoder) -> None:
    records = [
        Procedure(code="9.000001", name="Cấp giấy chứng nhận quyền sử dụng đất"),
        Procedure(code="9.000002", name="Cấp thẻ thư viện"),
    ]
    snapshot = build(tmp_path, records, encoder, lambda *_: None)
    names = row(Signals(snapshot, encoder).of("làm sổ đỏ")[0], "names")
    assert names[0] > 0.5
    assert names[1] < 0.3


def test_curated_records_are_marked(tiny_searcher: Searcher) -> None:
    assert list(by_code(tiny_searcher, "thẻ", "curated").values()) == [1.0, 1.0, 1.0, 0.0, 0.0]


def test_a_clock_counts_each_lap_from_the_one_before() -> None:
    clock = Clock()
    clock.lap("one")
    clock.lap("two")
    assert list(clock.laps) == ["one", "two"]
    assert all(0 <= spent < 1000 for spent in clock.laps.values())
