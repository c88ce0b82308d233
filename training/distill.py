"""A small student learns to say what the large teacher says, however the text was typed.

The teacher (all twelve layers, full vocabulary) reads the clean text; the
student reads it clean or carelessly typed, and must come nearest to the
teacher's vector among all those of the batch (InfoNCE) and near it in itself
(cosine). No labels are needed, so every sentence of the records serves.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from training.augment import careless
from training.base import Floats

TEMPERATURE = 0.03
Log = Callable[[str], None]


def teacher_vectors(teacher: SentenceTransformer, texts: Sequence[str]) -> Floats:
    """Unit vectors of the clean texts, shape (len(texts), 384)."""
    rows = teacher.encode(
        [f"query: {text}" for text in texts], batch_size=64, show_progress_bar=False
    )
    return np.asarray(rows, np.float32)


def distill(
    student: SentenceTransformer,
    texts: Sequence[str],
    vectors: Floats,
    *,
    epochs: int,
    batch: int = 96,
    rate: float = 3e-4,
    seed: int = 1,
    log: Log = print,
) -> None:
    """Train ``student`` in place; texts of like length share a batch, so little is padding."""
    rng = random.Random(seed)  # noqa: S311 - a repeatable run, no secret
    torch.manual_seed(seed)
    steps = epochs * (len(texts) // batch)
    optimiser = torch.optim.AdamW(student.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=rate, total_steps=max(steps, 10), pct_start=0.08
    )
    student.train()
    done, total = 0, 0.0
    for epoch in range(epochs):
        for rows in _batches(texts, batch, rng):
            typed = [careless(texts[i], rng) for i in rows]
            loss = _loss(student, typed, torch.from_numpy(vectors[rows]))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            optimiser.step()
            if done < steps - 1:
                schedule.step()
            done, total = done + 1, total + loss.item()
            if done % 50 == 0:
                log(f"distill epoch {epoch + 1} step {done}/{steps} loss {total / 50:.4f}")
                total = 0.0
    student.eval()


def _loss(student: SentenceTransformer, texts: list[str], wanted: torch.Tensor) -> torch.Tensor:
    found = student(student.tokenize(texts))["sentence_embedding"]
    scores = found @ wanted.T / TEMPERATURE
    nearest = torch.nn.functional.cross_entropy(scores, torch.arange(len(texts)))
    near = (1 - (found * wanted).sum(dim=1)).mean()
    return nearest + 5 * near


def _batches(texts: Sequence[str], size: int, rng: random.Random) -> list[list[int]]:
    order = list(range(len(texts)))
    rng.shuffle(order)
    batches: list[list[int]] = []
    for start in range(0, len(order), size * 50):
        part = sorted(order[start : start + size * 50], key=lambda i: len(texts[i]))
        batches += [part[i : i + size] for i in range(0, len(part) - size + 1, size)]
    rng.shuffle(batches)
    return batches
