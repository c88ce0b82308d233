"""Which papers a person needs, from the answers known so far."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from bot.checklist import AnswerError, Checklist, checklist
from index.procedure import Document, Procedure
from ingest.read import read_curated

Record = Callable[[str], Procedure]
RECORDS = list(read_curated())


def ids(papers: tuple[Document, ...]) -> set[str]:
    return {paper.id for paper in papers}


def test_nothing_known_leaves_conditional_papers_open(record: Record) -> None:
    found = checklist(record("1.014064"), {})
    assert ids(found.needed) == {"request", "collected_information"}
    assert ids(found.maybe) == {"old_card", "representative", "population_form", "legal_papers"}
    assert found.not_needed == ()
    assert [question.id for question in found.questions] == ["reason", "age", "in_database"]


def test_an_answer_decides_its_papers_and_closes_its_question(record: Record) -> None:
    found = checklist(record("1.014064"), {"reason": "mat", "age": "duoi_14"})
    assert ids(found.needed) == {"request", "collected_information", "representative"}
    assert ids(found.maybe) == {"population_form", "legal_papers"}
    assert ids(found.not_needed) == {"old_card"}
    assert [question.id for question in found.questions] == ["in_database"]


def test_one_wrong_condition_of_two_is_enough_to_need_no_paper(record: Record) -> None:
    found = checklist(record("1.001193"), {"abandoned": "co"})
    unneeded = {"birth_certificate", "witness_statement", "pledge"}
    assert ids(found.not_needed) == unneeded
    assert "abandoned_report" in ids(found.needed)
    assert "birth_paper" not in [question.id for question in found.questions]


def test_a_paper_with_two_conditions_needs_both(record: Record) -> None:
    one = checklist(record("1.001193"), {"abandoned": "khong"})
    both = checklist(record("1.001193"), {"abandoned": "khong", "birth_paper": "giay"})
    assert "birth_certificate" in ids(one.maybe)
    assert "birth_certificate" in ids(both.needed)
    assert {"witness_statement", "pledge"} <= ids(both.not_needed)


def test_papers_keep_the_order_of_the_record(record: Record) -> None:
    order = [paper.id for paper in record("1.001193").documents]
    found = checklist(record("1.001193"), {"filing": "online", "abandoned": "khong"})
    for group in (found.needed, found.maybe, found.not_needed):
        places = [order.index(paper.id) for paper in group]
        assert places == sorted(places)


@pytest.mark.parametrize(
    "answers",
    [{"nobody": "co"}, {"abandoned": "perhaps"}, {"abandoned": ""}, {"abandoned": "Có"}],
)
def test_an_answer_that_the_record_does_not_know_is_refused(
    record: Record, answers: dict[str, str]
) -> None:
    with pytest.raises(AnswerError, match=r"1\.001193.*" + next(iter(answers))):
        checklist(record("1.001193"), answers)


@pytest.mark.parametrize("curated", RECORDS, ids=lambda record: record.code)
def test_a_record_without_answers_needs_exactly_its_unconditional_papers(
    curated: Procedure,
) -> None:
    found = checklist(curated, {})
    assert ids(found.needed) == {paper.id for paper in curated.documents if not paper.when}
    assert found.not_needed == ()


@st.composite
def situations(draw: st.DrawFn, whole: bool = False) -> tuple[Procedure, dict[str, str]]:
    record = draw(st.sampled_from(RECORDS))
    asked = record.questions if whole else [q for q in record.questions if draw(st.booleans())]
    return record, {q.id: draw(st.sampled_from(sorted(q.answers))) for q in asked}


def groups(found: Checklist) -> list[str]:
    return [paper.id for paper in (*found.needed, *found.maybe, *found.not_needed)]


@budget(max_examples=200)
@given(situations())
def test_every_paper_is_in_exactly_one_group(situation: tuple[Procedure, dict[str, str]]) -> None:
    record, answers = situation
    found = checklist(record, answers)
    assert sorted(groups(found)) == sorted(paper.id for paper in record.documents)
    assert not {question.id for question in found.questions} & set(answers)
    assert bool(found.questions) == bool(found.maybe)


@budget(max_examples=200)
@given(situations(whole=True))
def test_all_answers_leave_nothing_open(situation: tuple[Procedure, dict[str, str]]) -> None:
    found = checklist(*situation)
    assert (found.maybe, found.questions) == ((), ())


@budget(max_examples=100)
@given(situations(whole=True), st.data())
def test_one_more_answer_never_takes_a_decision_back(
    situation: tuple[Procedure, dict[str, str]], data: Any
) -> None:
    record, answers = situation
    fewer = {q: a for q, a in answers.items() if data.draw(st.booleans())}
    before, after = checklist(record, fewer), checklist(record, answers)
    assert ids(before.needed) <= ids(after.needed)
    assert ids(before.not_needed) <= ids(after.not_needed)
