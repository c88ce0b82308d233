"""The trained model as an int8 ONNX file in a sentence-transformers folder, without torch.

The graph gives ``last_hidden_state``; pooling and unit length stay modules of
the folder, so that ``SentenceTransformer(folder, backend="onnx")`` and our own
runner read the same file. Weights of matrix products and of the word table are
signed bytes, one scale a channel where onnxruntime allows it.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from sentence_transformers import SentenceTransformer

INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
_KEPT = (
    "config.json", "config_sentence_transformers.json", "modules.json", "sentence_bert_config.json",
    "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json", "1_Pooling",
    "2_Normalize",
)  # fmt: skip


class _Body(torch.nn.Module):
    """The transformer alone, with plain tensors in and out."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.bert = model[0].auto_model

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        out: torch.Tensor = self.bert(
            input_ids=ids, attention_mask=mask, token_type_ids=types
        ).last_hidden_state
        return out


def export(model: SentenceTransformer, folder: Path) -> Path:
    """Write ``folder`` with ``onnx/model.onnx`` in int8; gives the file's path."""
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain"
        model.save(str(plain))
        float_file, ready = Path(scratch) / "float.onnx", Path(scratch) / "ready.onnx"
        _to_onnx(model, float_file)
        quant_pre_process(str(float_file), str(ready), skip_symbolic_shape=True)
        target = folder / "onnx" / "model.onnx"
        shutil.rmtree(folder, ignore_errors=True)
        target.parent.mkdir(parents=True)
        quantize_dynamic(str(ready), str(target), weight_type=QuantType.QInt8, per_channel=True)
        shutil.copy(Path(__file__).with_name("NOTICE"), folder / "NOTICE")
        for name in _KEPT:
            source = plain / name
            if source.is_dir():
                shutil.copytree(source, folder / name)
            elif source.is_file():
                shutil.copy(source, folder / name)
    return target


def _to_onnx(model: SentenceTransformer, path: Path) -> None:
    given = tuple(torch.ones((2, 8), dtype=torch.int64) for _ in INPUTS)
    axes = {name: {0: "batch", 1: "tokens"} for name in [*INPUTS, "last_hidden_state"]}
    torch.onnx.export(
        _Body(model).eval(), given, str(path), input_names=INPUTS,
        output_names=["last_hidden_state"], dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
