"""A smaller base: only the pieces that Vietnamese needs, and fewer layers.

96 of the model's 118 million parameters are its 250,002 pieces. Text is put in
lower case by the tokenizer itself (capitals decide nothing in a citizen's
question), so pieces with capitals go as well; every Latin letter, Vietnamese
letter and digit stays as a piece of its own, so any word can still be spelt.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from index.text import strip_marks
from training.base import Floats, Shape

SPECIAL = 4
_LETTERS = "abcdefghijklmnopqrstuvwxyzăâđêôơư"
_MARKED = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_ALONE = set(_LETTERS + _MARKED + "0123456789" + "▁.,;:!?/()[]{}%&*+-–—=<>'\"“”‘’…°²³$€@#_|\\~^`•№")
_SHORT = re.compile(rf"▁?[{_LETTERS}{_MARKED}]{{1,3}}|▁?\d{{1,2}}")


def tokenizer_in_lower_case(full: bytes) -> dict[str, Any]:
    """The tokenizer's JSON with NFC and lower case put before its own normaliser."""
    spec: dict[str, Any] = json.loads(full)
    spec["normalizer"] = {
        "type": "Sequence",
        "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}, spec["normalizer"]],
    }
    spec["truncation"] = spec["padding"] = None
    return spec


def pieces_needed(spec: dict[str, Any], texts: Iterable[str], at_least: int = 2) -> list[int]:
    """Ids of the pieces to keep, in their old order.

    Kept are the special pieces, single characters, pieces of up to three
    letters, and whatever the texts use ``at_least`` times, with or without
    their diacritics.
    """
    tokenizer = Tokenizer.from_str(json.dumps(spec))
    seen: Counter[int] = Counter()
    for batch in _batches(texts, 256):
        bare = [strip_marks(text) for text in batch]
        for found in tokenizer.encode_batch_fast([*batch, *bare], add_special_tokens=False):
            seen.update(found.ids)
    vocabulary = spec["model"]["vocab"]
    return [
        i
        for i, (piece, _) in enumerate(vocabulary)
        if i < SPECIAL
        or seen[i] >= at_least
        or piece in _ALONE
        or piece.lstrip("▁") in _ALONE
        or _SHORT.fullmatch(piece)
    ]


def _batches(texts: Iterable[str], size: int) -> Iterable[list[str]]:
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def cut_tokenizer(spec: dict[str, Any], keep: Sequence[int]) -> dict[str, Any]:
    """The tokenizer with the kept pieces only, numbered anew."""
    vocabulary = spec["model"]["vocab"]
    model = spec["model"] | {"vocab": [vocabulary[i] for i in keep]}
    added = [token for token in spec["added_tokens"] if token["id"] < SPECIAL]
    return spec | {"model": model, "added_tokens": added}


def cut_weights(
    shape: Shape, weights: dict[str, Floats], keep: Sequence[int], layers: Sequence[int]
) -> tuple[Shape, dict[str, Floats]]:
    """The weights of the kept pieces and layers, layers numbered anew."""
    order = {old: new for new, old in enumerate(layers)}
    cut: dict[str, Floats] = {}
    for name, values in weights.items():
        found = re.fullmatch(r"encoder\.layer\.(\d+)\.(.+)", name)
        if not found:
            cut[name] = values
        elif int(found[1]) in order:
            cut[f"encoder.layer.{order[int(found[1])]}.{found[2]}"] = values
    words = cut["embeddings.word_embeddings.weight"][np.asarray(keep)]
    cut["embeddings.word_embeddings.weight"] = words
    sizes = shape.__dict__ | {"layers": len(layers), "vocabulary": len(keep)}
    return Shape(**sizes), cut
