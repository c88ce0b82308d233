"""The answering core: one visible tuple of steps from a turn to a reply."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field

from bot.compose import compose
from bot.decide import decide
from bot.draft import Draft, Step, Tools
from bot.guard import guard
from bot.memory import Memories, Memory
from bot.messages import Candidate, Reply, Turn
from bot.retrieve import retrieve
from bot.understand import understand
from bot.verify import verify
from prompts import say

STEPS: tuple[Step, ...] = (guard, understand, retrieve, decide, compose, verify)
_CHECKS_REPLIES = verify

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Assistant:
    """Answers turns. Safe to share between threads."""

    tools: Tools
    memories: Memories
    steps: tuple[Step, ...] = field(default=STEPS)

    def warm_up(self) -> None:
        """Read everything that the first answer would otherwise wait for."""
        snapshot = self.tools.searcher.snapshot
        self.tools.searcher.search("đăng ký khai sinh", 1)
        self.tools.searcher.passages(snapshot.codes[0], "đăng ký khai sinh", 1)

    def answer(self, turn: Turn) -> Reply:
        """Every turn ends in a Reply with a named status, whatever happens inside."""
        timings: dict[str, float] = {}
        started = time.perf_counter()
        memory = self.memories.recall(turn.conversation)
        try:
            draft = self._run(Draft(message=turn.message, memory=memory), timings)
        except Exception:
            log.exception("a step failed")
            draft = Draft(message="", memory=memory).closed(self._failed())
        timings["total"] = _since(started)
        self.memories.keep(turn.conversation, _remember(draft))
        return self._finished(draft, timings)

    def _run(self, draft: Draft, timings: dict[str, float]) -> Draft:
        for step in self.steps:
            if draft.reply is None or step is _CHECKS_REPLIES:
                begun = time.perf_counter()
                draft = step(draft, self.tools)
                timings[step.__name__] = _since(begun)
        return draft

    def _finished(self, draft: Draft, timings: dict[str, float]) -> Reply:
        kept = draft.hits.kept if draft.hits else []
        reply = draft.reply or self._failed()
        return reply.model_copy(
            update={
                "notices": (*draft.notices, *reply.notices),
                "candidates": tuple(
                    Candidate(code=h.code, name=h.name, score=h.score) for h in kept
                ),
                "index": self.tools.searcher.snapshot.manifest.id,
                "timings_ms": timings,
            }
        )

    def _failed(self) -> Reply:
        return Reply(status="error", text=say("failed", hotline=self.tools.settings.hotline))


def _remember(draft: Draft) -> Memory:
    """What the next turn may refer to. Courtesy and what could not be read change nothing."""
    if draft.talk or draft.hits is None:
        return draft.memory
    answered = draft.procedure.code if draft.procedure else None
    return Memory(
        code=answered or draft.memory.code,
        aspects=draft.aspects,
        options=draft.reply.options if draft.reply else (),
        asked_back=bool(draft.reply and draft.reply.status == "clarify"),
    )


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
