"""A smaller vocabulary: whole syllables win, any word can still be spelt."""

import json

import numpy as np
from tokenizers import Tokenizer

from training.base import Shape
from training.syllables import add_syllables, count_syllables
from training.trim import cut_tokenizer, cut_weights, pieces_needed, tokenizer_in_lower_case

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", *"abcdefghiklmnopqrstuvxyàấđ0123", "▁gi", "ấy",
          "▁la", "▁XYZ", "longish", "▁làm"]  # fmt: skip
FULL = json.dumps(
    {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [],
        "normalizer": {"type": "NFKC"},
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always"},
        "post_processor": None, "decoder": None,
        "model": {"type": "Unigram", "unk_id": 3, "vocab": [[p, -float(i)] for i, p in
                                                             enumerate(PIECES)]},
    }
).encode()  # fmt: skip
TEXTS = ["làm giấy làm giấy", "làm giấy"]


def tokens(spec, text):
    return Tokenizer.from_str(json.dumps(spec)).encode(text, add_special_tokens=False).tokens


def test_case_and_composition_are_folded_by_the_tokenizer():
    spec = tokenizer_in_lower_case(FULL)
    assert tokens(spec, "LÀM") == tokens(spec, "làm") == tokens(spec, "làm")


def test_what_is_not_used_goes_and_letters_stay():
    spec = tokenizer_in_lower_case(FULL)
    kept = {PIECES[i] for i in pieces_needed(spec, TEXTS)}
    assert {"<unk>", "▁", "a", "đ", "0", "▁làm", "▁gi", "ấy", "▁la"} <= kept
    assert not {"▁XYZ", "longish"} & kept
    cut = cut_tokenizer(spec, pieces_needed(spec, TEXTS))
    assert tokens(cut, "làm giấy") == tokens(spec, "làm giấy")


def test_syllables_become_pieces_with_and_without_their_marks():
    spec = tokenizer_in_lower_case(FULL)
    words = np.arange(len(PIECES) * 2, dtype=np.float32).reshape(-1, 2)
    added, vectors = add_syllables(spec, words, count_syllables(TEXTS), at_least=1)
    assert tokens(added, "giấy") == ["▁giấy"]
    assert tokens(added, "giay lam") == ["▁giay", "▁lam"]
    place = {piece: i for i, (piece, _) in enumerate(added["model"]["vocab"])}
    assert len(place) == len(vectors)
    parts = [PIECES.index(piece) for piece in tokens(spec, "giấy")]
    assert vectors[place["▁giấy"]].tolist() == words[parts].mean(axis=0).tolist()
    assert vectors[place["▁giay"]].tolist() == vectors[place["▁giấy"]].tolist()


def test_layers_are_numbered_anew():
    weights = {f"encoder.layer.{n}.x.weight": np.full(1, n, np.float32) for n in range(4)}
    weights["embeddings.word_embeddings.weight"] = np.eye(4, dtype=np.float32)
    shape, cut = cut_weights(Shape(4, 4, 1, 1, 4, 1, 1, 0.0), weights, [0, 2], [1, 3])
    assert (shape.layers, shape.vocabulary) == (2, 2)
    assert cut["encoder.layer.0.x.weight"][0] == 1
    assert cut["encoder.layer.1.x.weight"][0] == 3
    assert cut["embeddings.word_embeddings.weight"].tolist() == [[1, 0, 0, 0], [0, 0, 1, 0]]
