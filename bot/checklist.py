"""Which papers of a procedure a person needs, from the answers known so far. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from index.procedure import Document, Procedure, Question

Need = Literal["needed", "maybe", "not_needed"]


class AnswerError(ValueError):
    """An answer to a question that does not exist, or that is none of its answers."""


class Checklist(BaseModel):
    """Papers needed, papers that depend on what is not known yet, papers not needed."""

    model_config = ConfigDict(frozen=True)

    needed: tuple[Document, ...]
    maybe: tuple[Document, ...]
    not_needed: tuple[Document, ...]
    questions: tuple[Question, ...]


def checklist(record: Procedure, answers: Mapping[str, str]) -> Checklist:
    """Sort the papers of ``record``; ``questions`` are those that would still decide something.

    Raises AnswerError for an answer that the record does not know.
    """
    known = {q.id: q for q in record.questions}
    for question, answer in answers.items():
        if question not in known or answer not in known[question].answers:
            raise AnswerError(f"Thủ tục {record.code} không có câu trả lời {question}={answer}.")
    sorted_papers: dict[Need, list[Document]] = {"needed": [], "maybe": [], "not_needed": []}
    for document in record.documents:
        sorted_papers[_need(document, answers)].append(document)
    open_ones = {q for d in sorted_papers["maybe"] for q in d.when if q not in answers}
    questions = tuple(q for q in record.questions if q.id in open_ones)
    papers = {need: tuple(found) for need, found in sorted_papers.items()}
    return Checklist(**papers, questions=questions)


def _need(document: Document, answers: Mapping[str, str]) -> Need:
    told = [answers[q] in allowed for q, allowed in document.when.items() if q in answers]
    if not all(told):
        return "not_needed"
    return "needed" if len(told) == len(document.when) else "maybe"
