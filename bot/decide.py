"""Fourth step: answer, ask back, or say that it is not known."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot import wording
from bot.draft import Draft, Tools
from bot.messages import Option, Reply
from index.groups import base_name
from index.search import Hit
from prompts import say

MOST_OPTIONS = 4
LEVELS = ("xa", "tinh", "bo")
_WORTH_NAMING = 0.02


def decide(draft: Draft, tools: Tools) -> Draft:
    """Settle on one procedure, or finish with talk, a question back, or a plain «not found»."""
    if draft.talk:
        return draft.closed(Reply(status="smalltalk", text=say(draft.talk)))
    kept = draft.hits.kept if draft.hits else []
    if draft.code:
        return _settled(draft, tools, draft.code)
    if draft.goes_on:
        return _of_what(draft)
    if not kept or kept[0].score < tools.settings.confidence:
        return _not_found(draft, tools, kept)
    near = _lowest_level_first(_near(kept, tools.settings.rival), tools)
    if len(near) > 1:
        return _which(draft, _options(near[:MOST_OPTIONS], tools))
    return _settled(draft, tools, kept[0].code)


def _settled(draft: Draft, tools: Tools, code: str) -> Draft:
    snapshot = tools.searcher.snapshot
    return replace(
        draft, procedure=snapshot.procedure(code), siblings=tuple(snapshot.siblings(code))
    )


def _near(kept: list[Hit], rival: float) -> list[Hit]:
    """The first of each matter that can't be told from the best one: all exact ones, else all
    whose confidence is at least ``rival`` times the best's.

    Codes of one matter are no choice: the reply names the others beside the first.
    """
    exact = [hit for hit in kept if hit.exact]
    near = exact or [hit for hit in kept if hit.score >= kept[0].score * rival]
    first_of: dict[str, Hit] = {}
    for hit in near:
        first_of.setdefault(base_name(hit.name), hit)
    return exact or list(first_of.values())


def _lowest_level_first(near: list[Hit], tools: Tools) -> list[Hit]:
    """Codes of one name in the order commune, province, ministry; others stay as they came."""
    if len({base_name(hit.name) for hit in near}) > 1:
        return near
    levels = tools.searcher.snapshot.levels
    return sorted(near, key=lambda hit: [LEVELS.index(at) for at in levels[hit.code]] or [9])


def _of_what(draft: Draft) -> Draft:
    """An aspect is asked of nothing: offer again what was offered, or ask for a name."""
    if draft.memory.options:
        return _which(draft, draft.memory.options)
    return draft.closed(Reply(status="clarify", text=say("no_procedure_yet")))


def _which(draft: Draft, options: tuple[Option, ...]) -> Draft:
    reply = Reply(status="clarify", text=_listed(say("which"), options), options=options)
    return draft.closed(reply)


def _not_found(draft: Draft, tools: Tools, kept: list[Hit]) -> Draft:
    options = _options([hit for hit in kept[:3] if hit.score >= _WORTH_NAMING], tools)
    text = say("not_found", hotline=tools.settings.hotline)
    if options:
        text = _listed(f"{text}\n\n{say('nearest')}", options)
    reply = Reply(status="not_found", text=text, options=options)
    return draft.closed(reply)


def _options(hits: list[Hit], tools: Tools) -> tuple[Option, ...]:
    """One option a procedure; those that share a name say their level."""
    shared = Counter(base_name(hit.name) for hit in hits)
    return tuple(
        Option(
            label=_with_level(hit, tools) if shared[base_name(hit.name)] > 1 else hit.name,
            value=hit.code,
            code=hit.code,
        )
        for hit in hits
    )


def _with_level(hit: Hit, tools: Tools) -> str:
    record = tools.searcher.snapshot.procedure(hit.code)
    levels = wording.levels(record.levels) if record else ""
    return f"{hit.name} – {levels}" if levels else hit.name


def _listed(head: str, options: tuple[Option, ...]) -> str:
    return "\n".join([head, *(f"{n}. {o.label}" for n, o in enumerate(options, 1))])
