"""Fourth step: answer, ask back, or say that it is not known."""

from __future__ import annotations

from dataclasses import replace

from bot.draft import Draft, Tools
from bot.messages import Option, Reply
from index.search import Hit
from prompts import say

MOST_OPTIONS = 4
_WORTH_NAMING = 0.25


def decide(draft: Draft, tools: Tools) -> Draft:
    """Settle on one procedure, or finish with talk, a question back, or a plain «not found»."""
    if draft.talk:
        return draft.closed(Reply(status="smalltalk", text=say(draft.talk)))
    kept = draft.hits.kept if draft.hits else []
    if draft.code:
        return replace(draft, procedure=tools.searcher.snapshot.procedure(draft.code))
    if draft.goes_on:
        return _of_what(draft)
    if not kept or kept[0].score < tools.settings.confidence:
        return _not_found(draft, tools, kept)
    near = _near(kept, tools.settings.margin)
    if len(near) > 1:
        return _which(draft, _options(near[:MOST_OPTIONS]))
    return replace(draft, procedure=tools.searcher.snapshot.procedure(kept[0].code))


def _near(kept: list[Hit], margin: float) -> list[Hit]:
    """Those that can't be told apart: all exact ones, else all within ``margin`` of the best."""
    exact = [hit for hit in kept if hit.exact]
    return exact or [hit for hit in kept if hit.score >= kept[0].score - margin]


def _of_what(draft: Draft) -> Draft:
    """An aspect is asked of nothing: offer again what was offered, or ask for a name."""
    if draft.memory.options:
        return _which(draft, draft.memory.options)
    return draft.closed(Reply(status="clarify", text=say("no_procedure_yet")))


def _which(draft: Draft, options: tuple[Option, ...]) -> Draft:
    reply = Reply(status="clarify", text=_listed(say("which"), options), options=options)
    return draft.closed(reply)


def _not_found(draft: Draft, tools: Tools, kept: list[Hit]) -> Draft:
    options = _options([hit for hit in kept[:3] if hit.score >= _WORTH_NAMING])
    text = say("not_found", hotline=tools.settings.hotline)
    if options:
        text = _listed(f"{text}\n\n{say('nearest')}", options)
    reply = Reply(status="not_found", text=text, options=options)
    return draft.closed(reply)


def _options(hits: list[Hit]) -> tuple[Option, ...]:
    return tuple(Option(label=hit.name, value=hit.code, code=hit.code) for hit in hits)


def _listed(head: str, options: tuple[Option, ...]) -> str:
    return "\n".join([head, *(f"{n}. {o.label}" for n, o in enumerate(options, 1))])
