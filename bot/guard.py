"""First step: who needs help at once, what is not to be answered, what must not go further.

The message leaves here clean and without personal data: nothing behind sees the original.
"""

from __future__ import annotations

from dataclasses import replace

from bot.draft import Draft, Tools
from bot.guard_danger import Heard, danger
from bot.guard_refusals import Refusal, sifted
from bot.guard_text import visible, without_markup
from bot.mask import masked, without_tokens
from bot.messages import Reply
from index.text import clean
from prompts import say

_MOST_INVISIBLE = 10
"""Characters typed for one that is seen; more than that is no honest message."""


def guard(draft: Draft, tools: Tools) -> Draft:
    """Finish what needs no search; else put the question, clean and masked, into the draft."""
    limit = tools.settings.question_limit
    text = visible(draft.message[: limit * _MOST_INVISIBLE])
    too_long = len(draft.message) > limit * _MOST_INVISIBLE or len(clean(text)) > limit
    hidden = masked(text[:limit] if too_long else text)
    notices = (say("personal"),) if hidden.kinds else ()
    draft = replace(draft, message="", said=clean(hidden.text), notices=notices)
    alarm = danger(without_markup(hidden.text))
    if alarm.calls:
        return draft.closed(_help(alarm))
    if too_long:
        words = f"{limit:,}".replace(",", ".")
        return draft.closed(Reply(status="blocked", text=say("too_long", limit=words)))
    question = sifted(hidden.text)
    if question.refused:
        return draft.closed(_refusal(question.refused))
    message = clean(without_tokens(question.text))
    if not any(c.isalnum() for c in message):
        return draft.closed(Reply(status="clarify", text=say("empty")))
    near = (say("danger_near"),) if alarm.near else ()
    return replace(draft, message=message, notices=(*near, *notices))


def _help(alarm: Heard) -> Reply:
    """The numbers to call, before all else; a warm word to whoever is tired of life."""
    called = {
        "111": say("call_111"),
        "113": say("call_113"),
        "114": say("call_114"),
        "115": say("call_115"),
    }
    calls = "\n".join(f"- {called[number]}" for number in alarm.calls)
    text = say("life", calls=calls) if alarm.life else say("emergency", calls=calls)
    return Reply(status="handoff", text=text)


def _refusal(why: Refusal) -> Reply:
    if why == "orders":
        return Reply(status="out_of_scope", text=say("orders"))
    texts = {
        "abuse": say("abuse"),
        "fraud": say("fraud"),
        "others": say("others"),
        "secrets": say("secrets"),
    }
    return Reply(status="blocked", text=texts[why])
