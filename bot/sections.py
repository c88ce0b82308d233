"""One writer an aspect: a section of the reply from the fields of one record."""

from __future__ import annotations

from collections.abc import Callable

from bot import wording
from bot.messages import Aspect
from index.procedure import Document, Method, Procedure
from prompts import say


def _documents(record: Procedure) -> str:
    always = [d for d in record.documents if not d.when]
    if not record.documents:
        return say("unknown_field", what="giấy tờ cần nộp")
    lines: list[str] = ["**Giấy tờ cần có**"] if always else []
    cases = sorted(dict.fromkeys(d.case for d in always), key=bool)
    count = 0
    for case in cases:
        lines += [f"_{case}_"] if case else []
        for document in wording.in_order([d for d in always if d.case == case]):
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
    notes: dict[str, set[str | None]] = {}
    for method in record.methods:
        notes.setdefault(method.way, set()).add(method.note)
    for method in record.methods:
        value = write(method)
        if value and method.note and len(notes[method.way]) > 1:
            value = f"{value}. {wording.short(method.note)}"  # rows of one way differ by it
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


WRITERS: dict[Aspect, Callable[[Procedure], str]] = {
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
"""Each writes its aspect of a record; ``overview`` is made of several."""
