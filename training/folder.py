"""Weights and a tokenizer written out as a standard sentence-transformers folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from training.base import Floats, Shape

MAX_TOKENS = 128


def write_folder(
    folder: Path, shape: Shape, weights: dict[str, Floats], tokenizer: dict[str, Any]
) -> SentenceTransformer:
    """Write ``folder`` (BertModel, mean pooling, unit length) and open it."""
    plain = folder / "bert"
    _bert(shape, weights).save_pretrained(plain)
    _tokenizer(plain, tokenizer)
    body = Transformer(str(plain), max_seq_length=MAX_TOKENS)
    model = SentenceTransformer(
        modules=[body, Pooling(shape.hidden, pooling_mode="mean"), Normalize()], device="cpu"
    )
    model.save(str(folder))
    return SentenceTransformer(str(folder), device="cpu")


def _bert(shape: Shape, weights: dict[str, Floats]) -> BertModel:
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.inner,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.types,
        layer_norm_eps=shape.epsilon,
        pad_token_id=1,
    )
    bert = BertModel(config, add_pooling_layer=False)
    tensors = {name: torch.from_numpy(values) for name, values in weights.items()}
    missing, unknown = bert.load_state_dict(tensors, strict=False)
    if unknown or any("position_ids" not in name for name in missing):
        raise ValueError(f"weights do not fit: missing {missing}, unknown {unknown}")
    return bert


def _tokenizer(folder: Path, spec: dict[str, Any]) -> None:
    path = folder / "tokenizer.json"
    path.write_text(json.dumps(spec, ensure_ascii=False), encoding="utf-8")
    PreTrainedTokenizerFast(
        tokenizer_file=str(path),
        bos_token="<s>",  # noqa: S106
        eos_token="</s>",  # noqa: S106
        cls_token="<s>",  # noqa: S106
        sep_token="</s>",  # noqa: S106
        pad_token="<pad>",  # noqa: S106
        unk_token="<unk>",  # noqa: S106
        model_max_length=MAX_TOKENS,
    ).save_pretrained(folder)
