"""Search: the order, what it is made of, what is kept and what is rejected."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from numpy.testing import assert_allclose

from index.encoder import Encoder
from index.passages import passages
from index.procedure import Procedure
from index.ranking import LOOKS, Ranking
from index.search import Hit, Searcher
from index.signals import NAMES
from index.text import strip_marks


def told(searcher: Searcher, question: str) -> dict[str, Hit]:
    hits = searcher.search(question, 99)
    return {h.code: h for h in hits.kept + hits.rejected}


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("vợ mới sinh em bé thì làm giấy gì", "1.001193"),
        ("mất căn cước công dân", "1.014064"),
        ("chồng tôi mới mất cần làm gì", "1.000656"),
        ("xin xác nhận độc thân để cưới vợ", "1.004873"),
        ("tranh chấp đất với hàng xóm", "1.012812"),
        ("mở quán phở cần giấy phép gì", "1.001612"),
        ("làm lại giấy khai sinh bị mất", "1.004884"),
        ("sao y bản chính", "2.000815"),
    ],
)
def test_a_question_finds_its_procedure_with_marks_and_without(
    searcher: Searcher, question: str, code: str
) -> None:
    assert searcher.search(question, 1).kept[0].code == code
    assert searcher.search(strip_marks(question), 1).kept[0].code == code


def test_every_curated_alias_and_situation_finds_its_record_with_marks_and_without(
    searcher: Searcher,
) -> None:
    asked = [e for e in searcher.snapshot.entries if e.kind in ("alias", "situation")][::7]
    for form in (str, strip_marks):
        found = {e.text: searcher.search(form(e.text), 1).kept[0].code for e in asked}
        assert found == {e.text: e.code for e in asked}


def test_the_next_k_are_the_rejected_ones(searcher: Searcher) -> None:
    whole = [h.code for h in searcher.search("khai sinh cho con", 6).kept]
    hits = searcher.search("khai sinh cho con", 3)
    assert [h.code for h in hits.kept] == whole[:3]
    assert [h.code for h in hits.rejected] == whole[3:]


def test_the_best_come_first(searcher: Searcher) -> None:
    hits = searcher.search("tạm trú cho người thuê trọ", 10)
    scores = [h.score for h in hits.kept + hits.rejected]
    assert scores == sorted(scores, reverse=True)
    assert hits.kept[0].name == "Đăng ký tạm trú"


def test_asking_for_more_than_there_are_keeps_all_and_rejects_none(
    tiny_searcher: Searcher,
) -> None:
    hits = tiny_searcher.search("mượn sách", 99)
    assert sorted(h.code for h in hits.kept) == [f"9.00000{n}" for n in range(1, 6)]
    assert hits.rejected == []
    assert len(tiny_searcher.search("mượn sách", 3).rejected) == 2


def test_asking_for_none_keeps_none(tiny_searcher: Searcher) -> None:
    hits = tiny_searcher.search("mượn sách", 0)
    assert (hits.kept, hits.rejected) == ([], [])


def test_each_step_is_timed(tiny_searcher: Searcher) -> None:
    timings = tiny_searcher.search("mượn sách").timings_ms
    assert list(timings) == ["read", "dense", "names", "passages", "fuse"]
    assert [name for name, spent in timings.items() if not 0 <= spent < 60_000] == []
    assert timings["dense"] > 0


@pytest.mark.parametrize("question", ["", "?", "🙂", "\u200b", "a" * 3000, "12345"])
def test_a_question_that_says_nothing_finds_nothing_exact(
    tiny_searcher: Searcher, question: str
) -> None:
    hits = tiny_searcher.search(question, 5).kept
    assert [h.exact for h in hits] == [False] * 5
    assert [h.code for h in hits if h.signals["names"] or h.signals["words"]] == []


def test_the_name_of_a_hit_is_that_of_the_record(tiny_searcher: Searcher) -> None:
    names = {h.code: h.name for h in told(tiny_searcher, "thẻ").values()}
    assert names == tiny_searcher.snapshot.names


def test_a_procedure_that_shares_no_word_has_no_lexical_signals(tiny_searcher: Searcher) -> None:
    signals = told(tiny_searcher, "hội trường")["9.000001"].signals
    assert list(signals) == list(NAMES)
    assert (signals["names"], signals["words"], signals["passages"]) == (0.0, 0.0, 0.0)


def test_a_lexical_signal_is_the_best_entry_s_share_of_the_ideal(tiny_searcher: Searcher) -> None:
    index = tiny_searcher.snapshot.lexical("names")
    terms = ["hoi", "truong", "hoi_truong"]
    shares = index.scores(terms) / index.ideal(terms)
    rows = [n for n, e in enumerate(tiny_searcher.snapshot.entries) if e.code == "9.000002"]
    signal = told(tiny_searcher, "hội trường")["9.000002"].signals["names"]
    assert signal == pytest.approx(max(shares[rows]), abs=1e-4)


def test_the_signals_of_a_hit_are_those_read_for_its_row(tiny_searcher: Searcher) -> None:
    question = "làm mất thẻ mượn sách"
    signals, _ = tiny_searcher.signals.of(question)
    for at, code in enumerate(tiny_searcher.snapshot.codes):
        expected = dict(zip(NAMES, signals[:, at].tolist(), strict=True))
        assert told(tiny_searcher, question)[code].signals == pytest.approx(expected, abs=1e-4)


QUESTION = "nhà tôi cần chỗ làm đám cưới"


def weighing(tiny: Searcher, encoder: Encoder, **weights: float) -> Searcher:
    """The same searcher with weights set by hand and a confidence of 0.8 whatever wins."""
    sure = (*(0.0 for _ in LOOKS), float(np.log(4)))
    named = tuple(weights.get(name, 0.0) for name in NAMES)
    return Searcher(tiny.snapshot, encoder, Ranking(named, sure))


def test_the_order_is_that_of_the_weighed_sum(tiny_searcher: Searcher, encoder: Encoder) -> None:
    weights = {"dense": 3.0, "names": 2.0, "curated": 0.5}
    searcher = weighing(tiny_searcher, encoder, **weights)
    signals, _ = searcher.signals.of(QUESTION)
    total = sum(weight * signals[NAMES.index(name)] for name, weight in weights.items())
    order = [searcher.snapshot.codes[row] for row in np.argsort(-np.asarray(total), kind="stable")]
    assert [h.code for h in searcher.search(QUESTION).kept] == order


@pytest.mark.parametrize("name", ["dense", "crowd", "passages", "curated"])
def test_one_signal_alone_orders_by_itself(
    tiny_searcher: Searcher, encoder: Encoder, name: str
) -> None:
    hits = weighing(tiny_searcher, encoder, **{name: 1.0}).search("cây mọc hai trăm năm").kept
    seen = [hit.signals[name] for hit in hits]
    assert seen == sorted(seen, reverse=True)


def test_the_first_score_is_the_confidence_and_each_point_behind_takes_e_fold_of_it(
    tiny_searcher: Searcher, encoder: Encoder
) -> None:
    searcher = weighing(tiny_searcher, encoder, dense=4.0, names=1.0)
    hits = searcher.search(QUESTION).kept
    points = [4 * hit.signals["dense"] + hit.signals["names"] for hit in hits]
    assert hits[0].score == pytest.approx(0.8, abs=1e-4)
    for hit, point in zip(hits, points, strict=True):
        assert hit.score == pytest.approx(0.8 * np.exp(point - points[0]), abs=1e-3)


def test_the_confidence_is_what_the_curve_says_of_the_winner(
    tiny_searcher: Searcher, encoder: Encoder
) -> None:
    curve = tuple(1.0 if name in ("dense", "agree") else 0.0 for name in LOOKS)
    weights = Ranking(tuple(float(name == "dense") for name in NAMES), (*curve, -1.0))
    hit = Searcher(tiny_searcher.snapshot, encoder, weights).search("làm thẻ đọc sách", 1).kept[0]
    assert hit.code == "9.000001"  # its own alias: nearest by every voter but the passages
    signals, _ = tiny_searcher.signals.of("làm thẻ đọc sách")
    rows = [NAMES.index(name) for name in ("dense", "crowd", "names", "passages")]
    agree = np.mean([np.argmax(signals[row]) == 0 for row in rows])
    logit = hit.signals["dense"] + agree - 1
    assert hit.score == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-3)


def test_the_confidence_does_not_depend_on_how_many_are_asked_for(searcher: Searcher) -> None:
    for question in ("tạm trú cho người thuê trọ", "mất giấy tờ"):
        assert len({searcher.search(question, k).kept[0].score for k in (1, 3, 10)}) == 1


def test_a_typed_name_is_sure_and_those_behind_it_are_not(searcher: Searcher) -> None:
    first, *others = searcher.search("Đăng ký khai sinh").kept
    assert (first.code, first.exact, first.score) == ("1.001193", True, 1.0)
    assert {h.exact for h in others} == {False}
    assert max(h.score for h in others) < 0.01


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lam thẻ thư vien", "làm thẻ thư viện"),
        ("ddieemr muwowjn nhaf vawn hoas", "điểm mượn nhà văn hóa"),
        ("LÀM THẺ THƯ VIỆN", "làm thẻ thư viện"),
        (unicodedata.normalize("NFD", "làm thẻ thư viện"), "làm thẻ thư viện"),
    ],
)
def test_a_mistyped_question_finds_what_the_proper_one_does(
    tiny_searcher: Searcher, typed: str, meant: str
) -> None:
    assert (
        tiny_searcher.search(typed, 1).kept[0].code == tiny_searcher.search(meant, 1).kept[0].code
    )


def test_the_passage_that_answers_comes_first(searcher: Searcher) -> None:
    ranked = searcher.passages("1.001193", "sinh con bao lâu thì phải khai sinh", 4)
    first, _ = ranked[0]
    assert first.id == "1.001193/notes/0"
    assert first.text == (
        "Cha hoặc mẹ phải đăng ký khai sinh cho con trong 60 ngày kể từ ngày sinh con."
    )
    cosines = [cosine for _, cosine in ranked]
    assert cosines == sorted(cosines, reverse=True)
    assert {passage.code for passage, _ in ranked} == {"1.001193"}


@pytest.mark.parametrize("number", [0, 3, 4], ids=["curated", "portal", "last portal"])
def test_passages_are_ranked_by_cosine_whether_their_vectors_are_stored_or_not(
    tiny_searcher: Searcher, tiny_records: list[Procedure], encoder: Encoder, number: int
) -> None:
    cut, question = passages(tiny_records[number]), "ai trao thẻ, ai gắn biển cho cây"
    cosines = encoder.documents([p.text for p in cut]) @ encoder.query(question)[0]
    ranked = tiny_searcher.passages(tiny_records[number].code, question, 99)
    assert [p for p, _ in ranked] == [cut[i] for i in np.argsort(-cosines, kind="stable")]
    assert_allclose([c for _, c in ranked], np.sort(cosines)[::-1], atol=1e-5)


def test_an_unknown_code_and_a_k_of_none_give_no_passages(tiny_searcher: Searcher) -> None:
    assert tiny_searcher.passages("9.999999", "thẻ") == []
    assert tiny_searcher.passages("9.000001", "thẻ", 0) == []
    assert len(tiny_searcher.passages("9.000001", "thẻ")) == 3
