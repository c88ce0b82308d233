"""Encoders: texts to unit vectors, behind LangChain's ``Embeddings``.

An encoder is chosen by a name: ``thutuc-vi`` (our own, shipped with the
project) or ``huggingface:<model>`` (the ``train`` extra).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from index.onnx_encoder import OnnxModel
from index.text import clean

Matrix = NDArray[np.float32]
DEFAULT = "thutuc-vi"


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

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Encode several readings of one question: float32, shape (len(texts), dimension)."""
        return np.concatenate([self.query(text) for text in texts])

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in row] for row in self.documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self.query(text)[0]]


class Bundled(Encoder):
    """Our own small Vietnamese encoder: ``index/model``, run without torch."""

    def __init__(self) -> None:
        try:
            self._model = OnnxModel()
        except Exception as error:  # onnxruntime and tokenizers raise kinds of their own
            raise EncoderError(
                f"Không mở được bộ mã hóa đi kèm ({error}); hãy cài lại thutuc-bot."
            ) from error
        self.name = self._model.version
        self.dimension = self._model.encode(["a"]).shape[1]

    def documents(self, texts: Sequence[str]) -> Matrix:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        return self._model.encode([clean(t) for t in texts])

    def query(self, text: str) -> Matrix:
        return self._model.encode([clean(text)])

    def queries(self, texts: Sequence[str]) -> Matrix:
        return self._model.encode([clean(text) for text in texts])


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
        return Bundled()
    kind, _, model = spec.partition(":")
    if kind == "huggingface" and model:
        return HuggingFace(model)
    raise EncoderError(
        f"Không biết bộ mã hóa “{spec}”; hãy dùng {DEFAULT} hoặc huggingface:<tên mô hình>."
    )
