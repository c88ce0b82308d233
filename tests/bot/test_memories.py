"""What is kept of conversations, and for how long."""

from __future__ import annotations

import pytest

from bot.memory import Memories, Memory

KNOWN = Memory(code="1.001193", aspects=("fee",))


@pytest.fixture
def now() -> list[float]:
    return [1000.0]


def test_a_conversation_is_remembered_until_its_life_ends(now: list[float]) -> None:
    memories = Memories(minutes=1, clock=lambda: now[0])
    memories.keep("a", KNOWN)
    now[0] += 59.9
    assert memories.recall("a") == KNOWN
    now[0] += 0.1
    assert memories.recall("a") == Memory()


def test_recalling_does_not_lengthen_a_life_but_keeping_does(now: list[float]) -> None:
    memories = Memories(minutes=1, clock=lambda: now[0])
    memories.keep("a", KNOWN)
    now[0] += 40
    memories.recall("a")
    now[0] += 40
    assert memories.recall("a") == Memory()
    memories.keep("a", KNOWN)
    now[0] += 40
    memories.keep("a", KNOWN)
    now[0] += 40
    assert memories.recall("a") == KNOWN


def test_beyond_the_most_the_conversation_longest_silent_is_forgotten() -> None:
    memories = Memories(minutes=60, most=2)
    memories.keep("a", KNOWN)
    memories.keep("b", KNOWN)
    memories.keep("a", KNOWN)
    memories.keep("c", KNOWN)
    assert memories.recall("b") == Memory()
    assert memories.recall("a") == memories.recall("c") == KNOWN


@pytest.mark.parametrize("nobody", [None, ""])
def test_a_turn_without_a_conversation_is_not_kept(nobody: str | None) -> None:
    memories = Memories(minutes=60)
    memories.keep(nobody, KNOWN)
    assert memories.recall(None) == memories.recall("") == Memory()


def test_conversations_are_told_apart_to_the_letter() -> None:
    memories = Memories(minutes=60)
    memories.keep("a", KNOWN)
    assert memories.recall("A") == memories.recall("a ") == Memory()
