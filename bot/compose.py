"""Fifth step: the reply, written from the record's typed fields and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from bot import wording
from bot.draft import Draft, Tools
from bot.messages import Aspect, ProcedureRef, Reply, Source
from index.procedure import Document, Doubt, Method, Procedure
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
    text = _WRITERS[aspect](record)
    fields = _FIELDS[aspect]
    raw = [f"Cổng ghi nguyên văn: “{record.unparsed[f]}”" for f in fields if f in record.unparsed]
    return "\n".join([text, *raw, *_doubts(record, fields)])


def _doubts(record: Procedure, fields: tuple[str, ...]) -> list[str]:
    """What the source says in two ways about ``fields``, both ways shown."""
    return [say("doubt", readings=" / ".join(d.readings)) for d in _told(record, fields)]


def _notes(record: Procedure) -> str:
    most = len(record.notes) if record.source.kind == "curated" else _MOST_NOTES
    shown = [f"- {note}" for note in record.notes[:most]]
    left = len(record.notes) - len(shown)
    more = [f"_Hồ sơ còn {left} lưu ý khác, xem trên Cổng dịch vụ công._"] if left > 0 else []
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


def _documents(record: Procedure) -> str:
    always = [d for d in record.documents if not d.when]
    if not record.documents:
        return say("unknown_field", what="giấy tờ cần nộp")
    lines: list[str] = ["**Giấy tờ cần có**"] if always else []
    cases = sorted(dict.fromkeys(d.case for d in always), key=bool)
    count = 0
    for case in cases:
        lines += [f"_{case}_"] if case else []
        for document in (d for d in always if d.case == case):
            count += 1
            lines.append(f"{count}. {wording.paper(document, record)}")
    depends: dict[str, list[Document]] = {}
    for document in (d for d in record.documents if d.when):
        depends.setdefault(wording.condition(document, record), []).append(document)
    lines += ["**Tùy trường hợp của anh/chị**"] if depends else []
    for condition, documents in depends.items():
        lines.append(condition)
        lines += [f"- {wording.paper(d, record)}" for d in documents]
    return "\n".join(lines)


def _per_way(
    title: str, what: str, record: Procedure, write: Callable[[Method], str | None]
) -> str:
    """One line for each different value, with the ways of filing that share it."""
    by_value: dict[str, list[str]] = {}
    times_used = Counter(method.way for method in record.methods)
    for method in record.methods:
        value = write(method)
        if value and method.note and times_used[method.way] > 1:
            value = f"{value}. {method.note}"  # rows of one way differ by their notes
        if value:
            by_value.setdefault(value, []).append(method.way)
    if not by_value:
        return f"**{title}**\n{say('unknown_field', what=what)}"
    lines = [
        f"- {wording.ways(tuple(ways))}: {value}" + ("." if ". " in value else "")
        for value, ways in by_value.items()
    ]
    return "\n".join([f"**{title}**", *lines])


def _time(record: Procedure) -> str:
    return _per_way(
        "Bao lâu có kết quả", "thời hạn giải quyết", record, lambda m: wording.time(m.time)
    )


def _fee(record: Procedure) -> str:
    return _per_way("Lệ phí", "lệ phí", record, lambda m: wording.fees(m.fees))


def _where(record: Procedure) -> str:
    agency = record.agency
    lines = [f"- Nơi nộp: {agency.receives}" if agency.receives else None]
    lines += [f"- Nơi giải quyết: {agency.decides}" if agency.decides else None]
    ways = tuple(m.way for m in record.methods)
    lines += [f"- Cách nộp: {wording.ways(ways)}" if ways else None]
    said = [line for line in lines if line]
    return "\n".join(["**Nộp ở đâu**", *said] if said else [say("unknown_field", what="nơi nộp")])


def _online(record: Procedure) -> str:
    if record.online:
        return wording.ONLINE[record.online]
    if any(m.way == "online" for m in record.methods):
        notes = [m.note for m in record.methods if m.way == "online" and m.note]
        return " ".join(["Được, thủ tục này có cách nộp trực tuyến.", *dict.fromkeys(notes)])
    if record.methods:
        ways = wording.ways(tuple(m.way for m in record.methods)).lower()
        return f"Hồ sơ trên Cổng không ghi cách nộp trực tuyến, chỉ ghi: {ways}."
    return say("unknown_field", what="có nộp trực tuyến được không")


def _forms(record: Procedure) -> str:
    forms = [d.form for d in record.documents if d.form]
    if not forms:
        return say("unknown_field", what="mẫu đơn, tờ khai riêng")
    lines = [f"- {f.name}" + (f": {f.url}" if f.url else "") for f in forms]
    return "\n".join(["**Mẫu đơn, tờ khai**", *dict.fromkeys(lines)])


def _level(record: Procedure) -> str:
    if not record.levels and not record.agency.decides:
        return say("unknown_field", what="cấp giải quyết")
    lines = ["**Cấp nào giải quyết**"]
    lines += [f"- {wording.LEVELS[level].capitalize()}" for level in record.levels]
    if record.agency.decides:
        lines.append(f"- Cơ quan: {record.agency.decides}")
    return "\n".join(lines)


def _list(title: str, field: str, what: str) -> Callable[[Procedure], str]:
    def write(record: Procedure) -> str:
        items = getattr(record, field)
        if not items:
            return say("unknown_field", what=what)
        texts = [i if isinstance(i, str) else wording.law(i) for i in items]
        marks = (
            [f"{n}." for n in range(1, len(texts) + 1)] if field == "steps" else ["-"] * len(texts)
        )
        return "\n".join([f"**{title}**", *(f"{m} {t}" for m, t in zip(marks, texts, strict=True))])

    return write


_WRITERS: dict[Aspect, Callable[[Procedure], str]] = {
    "documents": _documents,
    "fee": _fee,
    "time": _time,
    "where": _where,
    "online": _online,
    "forms": _forms,
    "level": _level,
    "conditions": _list("Điều kiện", "conditions", "điều kiện riêng"),
    "result": _list("Kết quả nhận được", "results", "kết quả"),
    "legal_basis": _list("Căn cứ pháp lý", "legal_basis", "căn cứ pháp lý"),
    "steps": _list("Các bước", "steps", "các bước thực hiện"),
}


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
