"""Whole syllables as pieces: shorter sequences, and a place for syllables without diacritics.

The full vocabulary cuts ``lam giay`` into ``la|m gia|y``. Here every syllable
that the texts use becomes one piece, with and without its diacritics. A new
accented piece starts as the mean of the pieces it was cut into before; a bare
one as the mean of the accented syllables it can stand for, by their frequency.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from index.text import strip_marks, syllables
from training.base import Floats

_SYLLABLE = re.compile(
    r"[a-zăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]{1,7}"
)
SCORE = -8.5  # better than any two pieces together, so that a whole syllable always wins


def count_syllables(texts: Iterable[str]) -> Counter[str]:
    """How often each Vietnamese-looking syllable occurs."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(s for s in syllables(text) if _SYLLABLE.fullmatch(s))
    return seen


def add_syllables(
    spec: dict[str, Any], words: Floats, counts: Mapping[str, int], at_least: int = 3
) -> tuple[dict[str, Any], Floats]:
    """The tokenizer and its word vectors with the missing syllables added at the end."""
    tokenizer = Tokenizer.from_str(json.dumps(spec))
    vocabulary = [list(entry) for entry in spec["model"]["vocab"]]
    place = {piece: i for i, (piece, _) in enumerate(vocabulary)}
    vectors = list(words)
    accented = [s for s, n in counts.items() if n >= at_least]
    for syllable in accented:
        _add(syllable, _mean_of_pieces(tokenizer, words, syllable), vocabulary, place, vectors)
    readings: dict[str, list[str]] = defaultdict(list)
    for syllable in accented:
        readings[strip_marks(syllable)].append(syllable)
    for plain, options in readings.items():
        if options != [plain]:
            mean = _weighted(options, counts, vectors, place)
            _add(plain, mean, vocabulary, place, vectors, replace=counts.get(plain, 0) < 50)
    model = spec["model"] | {"vocab": vocabulary}
    return spec | {"model": model}, np.stack(vectors).astype(np.float32)


def _add(
    syllable: str,
    vector: Floats,
    vocabulary: list[list[Any]],
    place: dict[str, int],
    vectors: list[Floats],
    replace: bool = False,
) -> None:
    piece = "▁" + syllable
    if piece not in place:
        place[piece] = len(vocabulary)
        vocabulary.append([piece, SCORE])
        vectors.append(vector)
    else:
        at = place[piece]
        vocabulary[at][1] = max(vocabulary[at][1], SCORE)
        if replace:
            vectors[at] = vector


def _mean_of_pieces(tokenizer: Tokenizer, words: Floats, syllable: str) -> Floats:
    ids = tokenizer.encode(syllable, add_special_tokens=False).ids
    return np.asarray(words[ids].mean(axis=0), np.float32)


def _weighted(
    options: Sequence[str],
    counts: Mapping[str, int],
    vectors: Sequence[Floats],
    place: Mapping[str, int],
) -> Floats:
    weights = np.asarray([counts[s] for s in options], np.float32)
    rows = np.stack([vectors[place["▁" + s]] for s in options])
    return np.asarray((rows * weights[:, None]).sum(axis=0) / weights.sum(), np.float32)
