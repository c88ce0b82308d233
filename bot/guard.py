"""First step: what must not go further, and text made clean for the steps behind."""

from __future__ import annotations

from dataclasses import replace

from bot.draft import Draft, Tools
from bot.messages import Reply
from index.text import clean
from prompts import say


def guard(draft: Draft, tools: Tools) -> Draft:
    """Refuse what is empty or too long; else put the cleaned message into the draft."""
    shown = (c if c.isprintable() else " " for c in clean(draft.message))
    message = " ".join("".join(shown).split())
    limit = tools.settings.question_limit
    if len(message) > limit:
        return draft.closed(
            Reply(status="blocked", text=say("too_long", limit=f"{limit:,}".replace(",", ".")))
        )
    if not any(c.isalnum() for c in message):
        return draft.closed(Reply(status="clarify", text=say("empty")))
    return replace(draft, message=message)
