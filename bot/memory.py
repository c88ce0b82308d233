"""What is remembered of a conversation: little, briefly, and nothing personal."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from bot.messages import Aspect, Option


@dataclass(frozen=True)
class Memory:
    """The procedure spoken of, the aspects last asked, the options last offered.

    ``asked_back``: the last reply was a question, so the next message may be its answer.
    """

    code: str | None = None
    aspects: tuple[Aspect, ...] = ()
    options: tuple[Option, ...] = ()
    asked_back: bool = False


class Memories:
    """Conversations by id, each forgotten ``minutes`` after its last turn; at most ``most``."""

    def __init__(
        self, minutes: float, most: int = 10_000, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._life = minutes * 60
        self._most = most
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, Memory]] = OrderedDict()
        self._lock = Lock()

    def recall(self, conversation: str | None) -> Memory:
        """What is known of a conversation; an empty Memory for a new or forgotten one."""
        with self._lock:
            until, memory = self._kept.get(conversation or "", (0.0, Memory()))
            return memory if self._clock() < until else Memory()

    def keep(self, conversation: str | None, memory: Memory) -> None:
        if not conversation:
            return
        with self._lock:
            self._kept[conversation] = (self._clock() + self._life, memory)
            self._kept.move_to_end(conversation)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
