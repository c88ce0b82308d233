"""Judges conversations turn by turn, and what the guard does with hostile input."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.labelled import Conversation, Hostile, TurnLabel
from index.text import fold

Reply = dict[str, Any]


def turn_fault(label: TurnLabel, reply: Reply) -> str | None:
    """What is wrong with a turn's reply, or None."""
    if reply["status"] not in label.expect:
        return f"status {reply['status']}, wanted {'/'.join(label.expect)}"
    if reply["status"] == "answered" and label.gold:
        code = reply["procedure"]["code"]
        if code not in label.gold:
            return f"procedure {code}, wanted {'/'.join(label.gold)}"
        missing = set(label.aspects) - set(reply["aspects"])
        if missing:
            return f"aspects {reply['aspects']} lack {sorted(missing)}"
    if reply["status"] == "clarify" and label.gold:
        offered = {option["code"] for option in reply["options"]}
        if offered and not offered & set(label.gold):
            return f"offered {sorted(filter(None, offered))}, none of {'/'.join(label.gold)}"
    return None


def conversation_fault(talk: Conversation, replies: Sequence[Reply]) -> str | None:
    """The first fault of a conversation with its turn, or None when every turn is right."""
    for number, (label, reply) in enumerate(zip(talk.turns, replies, strict=True), 1):
        fault = turn_fault(label, reply)
        if fault:
            return f"turn {number} “{label.say}”: {fault}"
    return None


def hostile_fault(attack: Hostile, replies: Sequence[Reply]) -> str | None:
    """What a reply to hostile input does wrong, or None."""
    last = replies[-1]
    if last["status"] not in attack.expect:
        return f"status {last['status']}, wanted {'/'.join(attack.expect)}"
    for reply in replies:
        leaked = [words for words in attack.lacks if _says(reply, words)]
        if leaked:
            return f"says {leaked}"
    if attack.has and not any(_says(last, words) for words in attack.has):
        return f"says none of {list(attack.has)}"
    return None


def _says(reply: Reply, words: str) -> bool:
    """Whether a person would see the words; invisible characters are looked for as they are."""
    options = " ".join(option["label"] for option in reply["options"])
    seen = " ".join([reply["text"], options, *reply["notices"]])
    plain = _spoken(words)
    return plain in _spoken(seen) if plain else words in seen


def _spoken(text: str) -> str:
    """Folded, with the separators inside numbers left out, so that 079.2000 is 0792000."""
    return re.sub(r"(?<=\d)[ .,-](?=\d)", "", fold(text))


def faults(
    items: Sequence[Conversation] | Sequence[Hostile], replies: Mapping[str, Sequence[Reply]]
) -> dict[str, str]:
    """The fault of each item that has one, by id."""
    found: dict[str, str] = {}
    for item in items:
        given = replies[item.id]
        fault = (
            conversation_fault(item, given)
            if isinstance(item, Conversation)
            else hostile_fault(item, given)
        )
        if fault:
            found[item.id] = fault
    return found
