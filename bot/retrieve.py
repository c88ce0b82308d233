"""Third step: the procedures that the message may be about."""

from __future__ import annotations

from dataclasses import replace

from bot.draft import Draft, Tools

CANDIDATES = 10


def retrieve(draft: Draft, tools: Tools) -> Draft:
    """Search, unless the message is talk. A settled code is searched by its name."""
    if draft.talk:
        return draft
    question = draft.message
    if draft.code:
        question = tools.searcher.snapshot.names.get(draft.code, question)
    return replace(draft, hits=tools.searcher.search(question, CANDIDATES))
