"""The LangChain face of search."""

from __future__ import annotations

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from index.retriever import ProcedureRetriever
from index.search import Searcher


def expected(searcher: Searcher, question: str, k: int, per_procedure: int) -> list[Document]:
    return [
        Document(
            id=passage.id,
            page_content=passage.text,
            metadata={
                "code": hit.code,
                "name": hit.name,
                "section": passage.section,
                "score": hit.score,
                "cosine": cosine,
            },
        )
        for hit in searcher.search(question, k).kept
        for passage, cosine in searcher.passages(hit.code, question, per_procedure)
    ]


def test_it_is_a_runnable_retriever(tiny_searcher: Searcher) -> None:
    retriever = ProcedureRetriever(searcher=tiny_searcher)
    assert isinstance(retriever, BaseRetriever)
    assert isinstance(retriever, Runnable)
    assert (retriever.k, retriever.per_procedure) == (3, 3)


def test_the_first_document_is_the_best_passage_of_the_best_procedure(
    searcher: Searcher,
) -> None:
    retriever = ProcedureRetriever(searcher=searcher, k=2, per_procedure=2)
    first = retriever.invoke("sinh con bao lâu thì phải đăng ký khai sinh")[0]
    assert first.id == "1.001193/notes/0"
    assert first.page_content == (
        "Cha hoặc mẹ phải đăng ký khai sinh cho con trong 60 ngày kể từ ngày sinh con."
    )
    assert list(first.metadata) == ["code", "name", "section", "score", "cosine"]
    assert first.metadata["code"] == "1.001193"
    assert first.metadata["name"] == "Đăng ký khai sinh"
    assert first.metadata["section"] == "notes"
    assert 0.5 < first.metadata["cosine"] < 1.0
    assert 0 < first.metadata["score"] <= 1.0


def test_documents_are_those_of_search_and_passages(tiny_searcher: Searcher) -> None:
    question = "thẻ đọc sách rơi mất"
    for k, per_procedure in ((1, 1), (3, 3), (9, 2)):
        retriever = ProcedureRetriever(searcher=tiny_searcher, k=k, per_procedure=per_procedure)
        assert retriever.invoke(question) == expected(tiny_searcher, question, k, per_procedure)
    assert expected(tiny_searcher, question, 1, 1)[0].id == "9.000003/steps/0"


def test_a_batch_gives_what_each_question_gives_alone(tiny_searcher: Searcher) -> None:
    retriever = ProcedureRetriever(searcher=tiny_searcher)
    questions = ["làm thẻ thư viện", "mượn hội trường", "cây cổ thụ", "thẻ mất"] * 3
    assert retriever.batch(questions) == [retriever.invoke(q) for q in questions]


def test_it_stands_in_a_chain(tiny_searcher: Searcher) -> None:
    joined: RunnableLambda[list[Document], list[str | None]] = RunnableLambda(
        lambda documents: [d.id for d in documents]
    )
    chain = ProcedureRetriever(searcher=tiny_searcher, k=1, per_procedure=1) | joined
    assert chain.invoke("công nhận cây di sản gắn biển") == ["9.000005/steps/1"]
