"""Answers a whole file of conversations: one JSON line in, one JSON line out."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from bot.answer import Assistant
from bot.messages import Turn


class BatchError(ValueError):
    """The input can't be used at all; the message says why and what to do."""


@dataclass(frozen=True)
class Conversation:
    """One line of the input: an id and the turns of one person, in order."""

    id: Any
    turns: list[str]


def run(source: Path, target: Path, make: Callable[[], Assistant]) -> list[str]:
    """Answer every conversation of ``source`` into ``target``; return a sentence a bad line.

    ``make`` is called once the input is known to be readable. ``target`` is
    replaced only when all is answered.
    """
    try:
        lines = source.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise BatchError(f"{source} không phải văn bản UTF-8; hãy lưu lại tệp.") from error
    rows = list(_rows(lines))
    talks = [row for row in rows if isinstance(row, Conversation)]
    assistant = make()
    unfinished = target.with_name(target.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", errors="backslashreplace") as out:
            for number, talk in enumerate(_watched(talks)):
                out.write(json.dumps(_answer(assistant, talk, number), ensure_ascii=False) + "\n")
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return [row for row in rows if isinstance(row, str)]


def _watched(talks: list[Conversation]) -> Iterable[Conversation]:
    """With a progress bar on a terminal; NO_COLOR and a pipe silence it."""
    console = Console(stderr=True)
    silent = not console.is_terminal or "NO_COLOR" in os.environ
    return track(talks, "Trả lời", console=console, disable=silent)


def _rows(lines: list[str]) -> Iterator[Conversation | str]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(number, line)


def _row(number: int, line: str) -> Conversation | str:
    try:
        data = json.loads(line, parse_constant=_no_number)
        turns = data["turns"]
        if not isinstance(turns, list) or not all(isinstance(t, str) for t in turns):
            raise TypeError
        return Conversation(data["id"], turns)
    except (ValueError, KeyError, TypeError, RecursionError):
        return f'Dòng {number} bị bỏ qua: cần dạng {{"id": …, "turns": ["câu hỏi", …]}}.'


def _no_number(name: str) -> None:
    """NaN and Infinity are not JSON, though Python would take them."""
    raise ValueError(name)


def _answer(assistant: Assistant, talk: Conversation, number: int) -> dict[str, Any]:
    conversation = f"batch-{number}"
    replies = [
        assistant.answer(Turn(message=text, conversation=conversation, channel="batch"))
        for text in talk.turns
    ]
    return {"id": talk.id, "replies": [r.model_dump(mode="json") for r in replies]}
