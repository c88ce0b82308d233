"""The LangChain face of search: a ``BaseRetriever`` that gives a procedure's passages."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.search import Searcher


class ProcedureRetriever(BaseRetriever):
    """Retrieves passages of the ``k`` best procedures, ``per_procedure`` of each, best first.

    Each document carries ``id`` (code/section/part) and, in ``metadata``,
    ``code``, ``name``, ``section``, ``score`` of the procedure and ``cosine``
    of the passage.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    k: int = 3
    per_procedure: int = 3

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
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
            for hit in self.searcher.search(query, self.k).kept
            for passage, cosine in self.searcher.passages(hit.code, query, self.per_procedure)
        ]
