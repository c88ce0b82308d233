"""The retrievers that are compared: ours, and what people would use instead.

Each turns a question into codes, best first, over the same records with the
same encoder. A record found by several of its chunks counts once, at the best.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import numpy as np
from langchain_core.documents import Document
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evaluation.kept_vectors import KeptVectors
from index.encoder import Encoder
from index.lexical import Lexical
from index.passages import passages
from index.procedure import Procedure
from index.search import Searcher
from index.snapshot import Snapshot
from index.text import syllables

CHUNK, OVERLAP = 1000, 200
"""LangChain's own figures in its tutorials, in characters."""

CHUNKS_ASKED = 60
"""Chunks taken from a chunked index, so that ten records come of them nearly always."""


class System(Protocol):
    """A retriever under test."""

    name: str

    def search(self, question: str, k: int) -> list[str]:
        """The codes of the ``k`` best records, best first."""


class Ours:
    """The product's own search."""

    name = "thutuc-bot"

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def search(self, question: str, k: int) -> list[str]:
        return [hit.code for hit in self._searcher.search(question, k).kept]


class DenseAlone:
    """Nearest entry by the encoder, nothing else."""

    name = "dense alone"

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._codes = [entry.code for entry in searcher.snapshot.entries]

    def search(self, question: str, k: int) -> list[str]:
        cosines = self._searcher.snapshot.vectors.scores(self._searcher.encoder.query(question))
        return first_codes((self._codes[row] for row in np.argsort(-cosines, kind="stable")), k)


class SyllableBM25:
    """BM25 on syllables as typed, over each record's name, field and whole text."""

    name = "BM25, syllables"

    def __init__(self, records: Sequence[Procedure]) -> None:
        self._codes = [record.code for record in records]
        self._index = Lexical.of(syllables(full_text(r)) for r in records)

    def search(self, question: str, k: int) -> list[str]:
        scores = self._index.scores(syllables(question))
        best = np.argsort(-scores, kind="stable")[:k]
        return [self._codes[row] for row in best if scores[row] > 0]


class PlainLangChain:
    """A retriever as tutorials build it: splitter, FAISS, top k."""

    name = "plain LangChain RAG"

    def __init__(self, records: Sequence[Procedure], encoder: Encoder, kept: KeptVectors) -> None:
        with warnings.catch_warnings():  # it says that it is sunset; tutorials use it all the same
            warnings.simplefilter("ignore", DeprecationWarning)
            from langchain_community.vectorstores import FAISS

        splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
        whole = [Document(full_text(r), metadata={"code": r.code}) for r in records]
        chunks = splitter.split_documents(whole)
        rows = kept.rows([chunk.page_content for chunk in chunks], encoder)
        pairs = list(zip((c.page_content for c in chunks), rows.tolist(), strict=True))
        self._store = FAISS.from_embeddings(
            pairs, encoder, metadatas=[chunk.metadata for chunk in chunks]
        )

    def search(self, question: str, k: int) -> list[str]:
        found = self._store.similarity_search(question, k=CHUNKS_ASKED)
        return first_codes((document.metadata["code"] for document in found), k)


class Txtai:
    """txtai's hybrid index (its BM25 and dense vectors, equal shares) over name and text."""

    name = "txtai hybrid"

    def __init__(self, records: Sequence[Procedure], encoder: Encoder, kept: KeptVectors) -> None:
        from txtai import Embeddings

        self._codes = [record.code for record in records]
        texts = [full_text(record) for record in records]
        known = dict(zip(texts, kept.rows([t[:CHUNK] for t in texts], encoder), strict=True))

        def transform(batch: list[str]) -> np.ndarray:
            return np.stack([known[t] if t in known else encoder.query(t)[0] for t in batch])

        self._index = Embeddings(method="external", transform=transform, hybrid=True)
        self._index.index([(row, text, None) for row, text in enumerate(texts)])

    def search(self, question: str, k: int) -> list[str]:
        return [self._codes[row] for row, _ in self._index.search(question, k)]


class RandomOrder:
    """Records in an order that has nothing to do with the question: the gate must refuse it."""

    name = "random"

    def __init__(self, codes: Sequence[str]) -> None:
        self._codes = list(codes)

    def search(self, question: str, k: int) -> list[str]:
        rng = np.random.default_rng(len(question))
        return [self._codes[row] for row in rng.permutation(len(self._codes))[:k]]


Build = Callable[[], System]


def builders(searcher: Searcher, kept: KeptVectors) -> list[Build]:
    """Every system over the records of the snapshot, each built only when called."""
    records = all_records(searcher.snapshot)
    return [
        lambda: Ours(searcher),
        lambda: DenseAlone(searcher),
        lambda: SyllableBM25(records),
        lambda: PlainLangChain(records, searcher.encoder, kept),
        lambda: Txtai(records, searcher.encoder, kept),
    ]


def all_records(snapshot: Snapshot) -> list[Procedure]:
    """Every record of a snapshot, in its order."""
    found = (snapshot.procedure(code) for code in snapshot.codes)
    return [record for record in found if record]


def full_text(record: Procedure) -> str:
    """Name, field and every section of a record: what a tutorial would load as one document."""
    head = f"{record.name}\n{record.field or ''}"
    return "\n".join([head, *(passage.text for passage in passages(record))])


def first_codes(codes: Iterable[str], k: int) -> list[str]:
    """The first ``k`` different codes, in order."""
    return list(dict.fromkeys(codes))[:k]
