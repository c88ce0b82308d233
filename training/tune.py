"""Teaches the student what people say: a phrase must find its own procedure among its likes.

Each step takes groups of procedures that the model confuses (mined anew every
few rounds), one phrase of each as the question, typed carelessly, and other
texts of each as what is indexed. A procedure's score is its nearest text, as in
search; the right one must win (softmax over the procedures of the batch).
Procedures of one name are not told apart: another code or level of the same
matter is no mistake.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from training.augment import careless, talkative
from training.base import Floats

TEMPERATURE = 0.05
NEIGHBOURS = 7
GROUPS = 8
SHOWN = 2
CHUNKS = 5


@dataclass(frozen=True)
class Matter:
    """A procedure as training sees it.

    ``texts``: its name first, then names, situations and summary. ``same``: a
    key shared by procedures that are one matter.
    """

    code: str
    texts: tuple[str, ...]
    phrases: tuple[str, ...]
    same: str


def tune(
    model: SentenceTransformer,
    matters: Sequence[Matter],
    *,
    rounds: int,
    mine_every: int = 3,
    rate: float = 2e-4,
    seed: int = 1,
    log: Callable[[str], None] = print,
    after_round: Callable[[int], None] = lambda _: None,
) -> None:
    """Train ``model`` in place; in a round every procedure asks about once."""
    rng = random.Random(seed)  # noqa: S311 - a repeatable run, no secret
    torch.manual_seed(seed)
    per_round = len(matters) // (GROUPS * (NEIGHBOURS + 1))
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=rate, total_steps=rounds * per_round, pct_start=0.1
    )
    near: list[list[int]] = []
    for number in range(rounds):
        if number % mine_every == 0:
            near = neighbours(model, matters)
        model.train()
        total = 0.0
        for batch in _batches(near, rng)[:per_round]:
            loss = _loss(model, [matters[i] for i in batch], rng)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        log(f"tune round {number + 1}/{rounds} loss {total / per_round:.4f}")
        after_round(number)
    model.eval()


def neighbours(model: SentenceTransformer, matters: Sequence[Matter]) -> list[list[int]]:
    """For each procedure those that the model finds nearest to it, itself left out."""
    model.eval()
    flat = [text for matter in matters for text in matter.texts[:6]]
    owner = np.repeat(np.arange(len(matters)), [len(m.texts[:6]) for m in matters])
    rows: Floats = model.encode(flat, batch_size=128, show_progress_bar=False)
    means = np.zeros((len(matters), rows.shape[1]), np.float32)
    np.add.at(means, owner, rows)
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    scores = means @ means.T
    np.fill_diagonal(scores, -1)
    best = np.argpartition(-scores, 3 * NEIGHBOURS, axis=1)[:, : 3 * NEIGHBOURS]
    return [row.tolist() for row in best]


def _batches(near: list[list[int]], rng: random.Random) -> list[list[int]]:
    """Groups of a procedure and some of its neighbours, several to a batch, none twice in one."""
    order = list(range(len(near)))
    rng.shuffle(order)
    groups = [[first, *rng.sample(near[first], NEIGHBOURS)] for first in order]
    batches = []
    for start in range(0, len(groups) - GROUPS + 1, GROUPS):
        together = [i for group in groups[start : start + GROUPS] for i in group]
        batches.append(list(dict.fromkeys(together)))
    rng.shuffle(batches)
    return batches


def embed(model: SentenceTransformer, texts: Sequence[str]) -> torch.Tensor:
    """Vectors with their gradients, texts of like length together: padding is work for nothing."""
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    size = -(-len(texts) // CHUNKS)
    parts = [order[start : start + size] for start in range(0, len(order), size)]
    rows = [model(model.tokenize([texts[i] for i in p]))["sentence_embedding"] for p in parts]
    back = torch.argsort(torch.tensor([row for part in parts for row in part]))
    return torch.cat(rows)[back]


def _loss(model: SentenceTransformer, batch: list[Matter], rng: random.Random) -> torch.Tensor:
    asked, shown = [], []
    for matter in batch:
        question = rng.choice(matter.phrases)
        others = [text for text in matter.texts[1:] if text != question] or [matter.texts[0]]
        asked.append(careless(talkative(question, rng), rng))
        shown += [matter.texts[0] if rng.random() < 0.5 else rng.choice(others)]
        shown += [rng.choice(others) for _ in range(SHOWN - 1)]
    questions, texts = embed(model, asked), embed(model, shown)
    scores = (questions @ texts.T).view(len(batch), len(batch), SHOWN) / TEMPERATURE
    by_matter = torch.logsumexp(scores, dim=2)
    same = [m.same for m in batch]
    twins = torch.tensor(
        [[a == b and i != j for j, b in enumerate(same)] for i, a in enumerate(same)]
    )
    by_matter = by_matter.masked_fill(twins, -1e4)
    return torch.nn.functional.cross_entropy(by_matter, torch.arange(len(batch)))
