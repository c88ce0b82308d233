"""Fifth step: the reply, written from the record's typed fields and from nothing else."""

from __future__ import annotations

from dataclasses import replace

from bot import wording
from bot.draft import Draft, Tools
from bot.messages import Aspect, ProcedureRef, Reply, Source
from bot.sections import WRITERS
from index.procedure import Doubt, Procedure
from prompts import say

_FIELDS: dict[Aspect, tuple[str, ...]] = {
    "documents": ("documents", "questions"),
    "fee": ("methods.fees", "methods"),
    "time": ("methods.time", "methods"),
    "where": ("agency", "agency.receives", "agency.decides", "methods.way", "methods.post"),
    "online": ("methods.way", "methods.online", "online"),
    "conditions": ("conditions", "audience"),
    "result": ("results",),
    "forms": ("documents.form",),
    "legal_basis": ("legal_basis",),
    "steps": ("steps",),
    "level": ("levels", "agency.decides"),
}
"""The fields an aspect speaks of, as ``doubts`` names them."""

_OVERVIEW: tuple[Aspect, ...] = ("where", "time", "fee", "documents")
"""Short answers first: the list of papers may be long."""

_MOST_NOTES = 8
"""Of a portal record; the notes of a curated one are few and chosen."""


def compose(draft: Draft, tools: Tools) -> Draft:
    """Write the aspects asked of the settled procedure."""
    record = draft.procedure
    if record is None:
        raise LookupError("no procedure was settled on")
    aspects = draft.aspects or ("overview",)
    shown = _OVERVIEW if "overview" in aspects else aspects
    parts = [f"**{record.name}** (mã {record.code})"]
    if "overview" in aspects and record.summary:
        parts.append(record.summary)
    parts += [_section(aspect, record) for aspect in shown]
    if "level" in shown or "where" in shown:
        parts += _elsewhere(draft.siblings)
    if record.notes and {"overview", "steps"} & set(aspects):
        parts.append(_notes(record))
    parts.append(_footer(record))
    reply = Reply(
        status="answered",
        text="\n\n".join(parts),
        procedure=_reference(record),
        aspects=aspects,
        card=_card(record, shown),
        sources=tuple(_source(record, aspect) for aspect in shown),
        notices=_notices(record, shown),
    )
    return replace(draft, aspects=aspects).closed(reply)


def _section(aspect: Aspect, record: Procedure) -> str:
    text = WRITERS[aspect](record)
    fields = _FIELDS[aspect]
    raw = [f"Cổng ghi nguyên văn: “{record.unparsed[f]}”" for f in fields if f in record.unparsed]
    return "\n".join([text, *raw, *_doubts(record, fields)])


def _doubts(record: Procedure, fields: tuple[str, ...]) -> list[str]:
    """What the source says in two ways about ``fields``, both ways shown."""
    return [say("doubt", readings=" / ".join(d.readings)) for d in _told(record, fields)]


def _notes(record: Procedure) -> str:
    most = len(record.notes) if record.source.kind == "curated" else _MOST_NOTES
    shown = [f"- {note}" for note in record.notes[:most]]
    cut = len(shown) < len(record.notes)
    more = ["_Hồ sơ còn lưu ý khác, xem trên Cổng dịch vụ công._"] if cut else []
    return "\n".join(["**Cần biết thêm**", *shown, *more, *_doubts(record, ("notes",))])


def _elsewhere(siblings: tuple[Procedure, ...]) -> list[str]:
    """The same matter at other levels, by code."""
    lines = [f"- {wording.levels(s.levels)}: mã {s.code}" for s in siblings if s.levels]
    return ["\n".join(["Việc này cũng có thủ tục ở nơi khác:", *lines])] if lines else []


def _told(record: Procedure, fields: tuple[str, ...]) -> list[Doubt]:
    return [d for d in record.doubts if d.field in fields or _root(d.field) in fields]


def _root(field: str) -> str | None:
    """``documents.identity`` belongs to ``documents``; ``methods.time`` only to itself."""
    root = field.split(".")[0]
    return root if root in ("documents", "questions") else None


def _footer(record: Procedure) -> str:
    source = record.source
    said = [f"Nguồn: hồ sơ {record.code} trên Cổng dịch vụ công quốc gia"]
    said += [f"quyết định {source.decision}"] if source.decision else []
    said += [f"kiểm tra ngày {source.checked_on:%d/%m/%Y}"] if source.checked_on else []
    return "_" + ", ".join(said) + "._"


def _reference(record: Procedure) -> ProcedureRef:
    return ProcedureRef(
        code=record.code,
        name=record.name,
        field=record.field,
        levels=record.levels,
        url=record.source.url,
    )


def _source(record: Procedure, section: str) -> Source:
    checked = record.source.checked_on
    return Source(
        code=record.code,
        title=record.name,
        section=section,
        url=record.source.url,
        decision=record.source.decision,
        checked_on=checked.isoformat() if checked else None,
    )


def _card(record: Procedure, aspects: tuple[Aspect, ...]) -> dict[str, object]:
    roots = {field.split(".")[0] for aspect in aspects for field in _FIELDS[aspect]}
    data = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {name: data[name] for name in Procedure.model_fields if name in roots and name in data}


def _notices(record: Procedure, aspects: tuple[Aspect, ...]) -> tuple[str, ...]:
    told = (doubt.why for aspect in aspects for doubt in _told(record, _FIELDS[aspect]))
    changed = (
        say("changed", before=change.before, after=change.after)
        for aspect in aspects
        for change in record.changes
        if change.field in _FIELDS[aspect]
    )
    return tuple(dict.fromkeys([*told, *changed]))
