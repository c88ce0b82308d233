"""Any Hugging Face model through LangChain, shown on a tiny one made here: no hub is asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.encoder import EncoderError, load_encoder

pytest.importorskip("sentence_transformers", reason="needs the train extra")
pytest.importorskip("langchain_huggingface", reason="needs the train extra")


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A one-layer BERT with random weights, in a folder as sentence-transformers saves it."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import (
        Normalize,
        Pooling,
        Transformer,
    )
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny-e5")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "query", "passage", ":", "khai", "sinh"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    shape = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    BertModel(BertConfig(vocab_size=len(words), intermediate_size=16, **shape)).save_pretrained(
        folder
    )
    body = Transformer(str(folder))
    model = SentenceTransformer(modules=[body, Pooling(16), Normalize()], device="cpu")
    model.save(str(folder / "model"))
    return folder / "model"


def test_a_local_model_gives_unit_vectors_with_the_right_prefixes(tiny_model):
    from sentence_transformers import SentenceTransformer

    encoder = load_encoder(f"huggingface:{tiny_model}")
    assert encoder.dimension == 16
    assert encoder.name == f"huggingface:{tiny_model}"
    raw = SentenceTransformer(str(tiny_model), device="cpu")
    documents = encoder.documents(["khai sinh", "sinh"])
    np.testing.assert_allclose(np.linalg.norm(documents, axis=1), 1.0, atol=1e-5)
    expected = raw.encode(["passage: khai sinh", "passage: sinh"])
    np.testing.assert_allclose(documents, expected, atol=1e-5)
    query = raw.encode(["query: khai sinh"])
    np.testing.assert_allclose(encoder.query("khai sinh"), query, atol=1e-5)


def test_a_model_that_is_nowhere_is_told_in_one_sentence(tmp_path):
    with pytest.raises(EncoderError, match="hãy kiểm tra tên mô hình"):
        load_encoder(f"huggingface:{tmp_path / 'nowhere'}")
