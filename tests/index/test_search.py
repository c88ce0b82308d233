"""Search: the order, what it is made of, what is kept and what is rejected."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from index.encoder import Encoder
from index.passages import entries, passages
from index.procedure import Procedure
from index.search import BARE_WEIGHTS, CURATED_PRIOR, WEIGHTS, Hit, Searcher
from index.text import strip_marks

SIGNALS = ["dense", "names", "words", "passages"]


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
    assert list(timings) == ["dense", "names", "passages", "fuse"]
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
    assert list(signals) == SIGNALS
    assert (signals["names"], signals["words"], signals["passages"]) == (0.0, 0.0, 0.0)


def test_a_lexical_signal_is_the_best_entry_s_share_of_the_ideal(tiny_searcher: Searcher) -> None:
    index = tiny_searcher.snapshot.lexical("names")
    terms = ["hoi", "truong", "hoi_truong"]
    shares = index.scores(terms) / index.ideal(terms)
    rows = [n for n, e in enumerate(tiny_searcher.snapshot.entries) if e.code == "9.000002"]
    signal = told(tiny_searcher, "hội trường")["9.000002"].signals["names"]
    assert signal == pytest.approx(max(shares[rows]), abs=1e-4)


def test_the_dense_signal_is_the_nearest_entry_s_cosine_from_078_to_095(
    tiny_searcher: Searcher, tiny_records: list[Procedure], encoder: Encoder
) -> None:
    question = "làm mất thẻ mượn sách"
    for record in tiny_records:
        cosines = encoder.documents([e.text for e in entries(record)]) @ encoder.query(question)[0]
        near = min(max((float(max(cosines)) - 0.78) / 0.17, 0.0), 1.0)
        assert told(tiny_searcher, question)[record.code].signals["dense"] == pytest.approx(
            near, abs=2e-4
        )


@pytest.mark.parametrize(
    ("question", "weights"),
    [
        ("nhà tôi cần chỗ làm đám cưới", WEIGHTS),
        ("nha toi can cho lam dam cuoi", BARE_WEIGHTS),
    ],
    ids=["with marks", "without marks"],
)
def test_a_score_is_the_weighted_sum_of_its_signals_and_the_curated_prior(
    tiny_searcher: Searcher, question: str, weights: dict[str, float]
) -> None:
    assert list(weights) == SIGNALS
    assert sum(weights.values()) == pytest.approx(1.0)
    for code, hit in told(tiny_searcher, question).items():
        prior = CURATED_PRIOR if code in ("9.000001", "9.000002", "9.000003") else 0.0
        added = sum(weights[name] * value for name, value in hit.signals.items()) + prior
        assert hit.score == pytest.approx(min(added, 1.0), abs=3e-4)


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
