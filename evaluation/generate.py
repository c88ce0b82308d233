"""Asks the system every labelled question and writes down what it said, one JSON line each.

Nothing is judged here. Rows of ``retrieval.jsonl``: system, variant, id, found
(codes best first), score of the best where the system has one. Rows of
``replies.jsonl``: id, turn, reply.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.answer import Assistant
from bot.messages import Turn
from evaluation.labelled import Answerable, Questions
from evaluation.metrics import DEPTH
from evaluation.systems import System
from evaluation.variants import VARIANTS

AS_TYPED = "as typed"
_REPEAT = re.compile(r"REPEAT:(\d+):(.*)", re.DOTALL)


def retrieval_rows(
    system: System, questions: Sequence[Answerable], variants: Iterable[str]
) -> Iterator[dict[str, Any]]:
    """What ``system`` finds for each question, in each of the ``variants``."""
    for name in variants:
        for seed, question in enumerate(questions):
            text = question.question
            if name != AS_TYPED:
                text = VARIANTS[name](text, seed)
            found = system.search(text, DEPTH)
            yield {"system": system.name, "variant": name, "id": question.id, "found": found}


def reply_rows(assistant: Assistant, questions: Questions) -> Iterator[dict[str, Any]]:
    """Every reply: single questions stand alone, conversations keep their turns in order."""
    for part in (questions.answerable, questions.ambiguous, questions.outside):
        for item in part:
            yield _row(item.id, 0, assistant, item.question, None)
    for talk in questions.conversations:
        for number, turn in enumerate(talk.turns):
            yield _row(talk.id, number, assistant, turn.say, talk.id)
    for attack in questions.hostile:
        for number, said in enumerate(attack.turns):
            yield _row(attack.id, number, assistant, expanded(said), attack.id)


def _row(
    ident: str, turn: int, assistant: Assistant, message: str, conversation: str | None
) -> dict[str, Any]:
    reply = assistant.answer(Turn(message=message, conversation=conversation, channel="evaluation"))
    return {"id": ident, "turn": turn, "reply": reply.model_dump(mode="json")}


def expanded(said: str) -> str:
    """``REPEAT:5000:words`` stands for the words 5000 times, so that the set stays readable."""
    found = _REPEAT.fullmatch(said)
    return found[2] * int(found[1]) if found else said


def write(path: Path, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write rows as JSON lines and give them back."""
    kept = list(rows)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return kept
