"""Vectors of baselines' chunks, kept on disk: encoding them takes minutes, once.

They are no part of the product. The folder can be deleted at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoder import Encoder, Matrix

BATCH = 64


class KeptVectors:
    """Vectors by the digest of the encoder's name and the text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def rows(self, texts: Sequence[str], encoder: Encoder) -> Matrix:
        """One unit vector a text, shape (len(texts), dimension); encodes what is not kept yet."""
        path = self._folder / f"{_digest(encoder.name)}.npz"
        kept = _read(path)
        wanted = {_digest(text): text for text in texts}
        missing = [digest for digest in wanted if digest not in kept]
        for start in range(0, len(missing), BATCH):
            part = missing[start : start + BATCH]
            kept |= zip(part, encoder.documents([wanted[d] for d in part]), strict=True)
        if missing:
            self._folder.mkdir(parents=True, exist_ok=True)
            names = np.array(list(kept))
            np.savez(path, digests=names, rows=np.stack(list(kept.values())))
        return np.stack([kept[_digest(text)] for text in texts])


def _read(path: Path) -> dict[str, Matrix]:
    if not path.is_file():
        return {}
    with np.load(path) as file:
        return dict(zip(file["digests"].tolist(), file["rows"], strict=True))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
