"""The encoder that ships with the project, run by onnxruntime; the only file that imports it.

``index/model`` is a sentence-transformers folder (made by ``training/``): a
BERT of six layers in int8, a tokenizer that folds case and Unicode forms by
itself, mean pooling, unit length. No prefix is needed. fastembed serves the
same folder offline, but takes twice as long to import and for a single query,
so these few lines run it instead.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

MODEL = Path(__file__).parent / "model"
MAX_TOKENS = 128
THREADS = min(2, os.cpu_count() or 1)


class OnnxModel:
    """A folder opened for reading; safe to share between threads."""

    def __init__(self, folder: Path = MODEL) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Threads that spin while they wait take the other core from whoever needs it.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(folder / "onnx" / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        # onnxruntime lets go of the interpreter while it computes: two texts run side by side.
        self._side_by_side = ThreadPoolExecutor(THREADS, thread_name_prefix="encoder")
        self.version = (folder / "VERSION").read_text(encoding="utf-8").strip()

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Mean-pooled states of each text, float32 of shape (len(texts), width), rows of length 1.

        One text at a time: int8 scales are taken over all that runs together, so that in a
        batch a text's vector would depend on its neighbours (by 0.005 in a cosine).
        """
        found = [tokens.ids for tokens in self._tokenizer.encode_batch_fast(list(texts))]
        rows = self._side_by_side.map(self._one, found) if len(found) > 1 else map(self._one, found)
        return np.stack(list(rows))

    def _one(self, tokens: list[int]) -> Matrix:
        ids = np.array([tokens], np.int64)
        ones, zeros = np.ones_like(ids), np.zeros_like(ids)
        given = {"input_ids": ids, "attention_mask": ones, "token_type_ids": zeros}
        (states,) = self._session.run(None, given)
        total = states[0].sum(axis=0, dtype=np.float32)
        return np.asarray(total / np.linalg.norm(total), np.float32)
