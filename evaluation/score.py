"""From what the system said to figures: one plain dictionary that report, gate and history read.

Every figure is of the check side unless its name says ``tune``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.messages import Reply
from evaluation.generate import AS_TYPED
from evaluation.labelled import Answerable, Conversation, Hostile, Questions, Side
from evaluation.metrics import Interval, Ranked, auroc, interval, measures, risk_coverage
from evaluation.score_answers import (
    Judged,
    clarified,
    clarify,
    confidence,
    judge,
    silence,
)
from evaluation.score_talk import faults
from evaluation.systems import Ours
from evaluation.trace import untraced
from index.procedure import Procedure

Row = dict[str, Any]
Result = dict[str, Any]
MOST_MISSES = 400


def retrieval(
    rows: Sequence[Row],
    questions: Questions,
    record: Callable[[str], Procedure | None] = lambda _: None,
) -> Result:
    """Measures by system and variant, and of our own by style, form, level, field and side."""
    sides, by_id = questions.sides(), {q.id: q for q in questions.answerable}
    known = [row for row in rows if row["id"] in by_id]

    def ranked(keep: Callable[[Row], bool]) -> list[Ranked]:
        return [Ranked(r["id"], tuple(r["found"]), by_id[r["id"]].gold) for r in known if keep(r)]

    def of(system: str, variant: str = AS_TYPED, side: Side = "check") -> list[Ranked]:
        return ranked(
            lambda r: r["system"] == system and r["variant"] == variant and sides[r["id"]] == side
        )

    systems = list(dict.fromkeys(row["system"] for row in known))
    variants = list(dict.fromkeys(row["variant"] for row in known))
    ours = of(Ours.name)
    records = {q.gold[0]: record(q.gold[0]) for q in questions.answerable}
    named = {code: found.name for code, found in records.items() if found}
    parts: dict[str, Callable[[Answerable], str]] = {
        "style": lambda q: q.style,
        "form": lambda q: q.form,
        "level": lambda q: _levels(records[q.gold[0]]),
        "field": lambda q: _field(records[q.gold[0]]),
    }
    return {
        "systems": {name: _measures(of(name)) for name in systems},
        "variants": {name: _measures(of(Ours.name, name)) for name in variants},
        "tune": _measures(of(Ours.name, side="tune")),
        "parts": {
            part: {
                value: _measures([r for r in ours if label(by_id[r.id]) == value])
                for value in sorted({label(by_id[r.id]) for r in ours})
            }
            for part, label in parts.items()
        },
        "misses": [
            {"id": r.id, "question": by_id[r.id].question, "rank": r.rank,
             "gold": [_titled(code, record, named) for code in r.gold],
             "found": [_titled(code, record, named) for code in r.found[:3]]}
            for r in ours if r.rank != 1
        ][:MOST_MISSES],
    }  # fmt: skip


def _levels(record: Procedure | None) -> str:
    return "+".join(record.levels) if record and record.levels else "not stated"


def _field(record: Procedure | None) -> str:
    return (record and record.field) or "not stated"


def _titled(code: str, record: Callable[[str], Procedure | None], named: dict[str, str]) -> str:
    """A code with the beginning of its name."""
    if code not in named:
        found = record(code)
        named[code] = found.name if found else ""
    return f"{code} {named[code][:60]}".strip()


def answers(
    replies: Mapping[str, Sequence[Reply | Row]],
    questions: Questions,
    record: Callable[[str], Procedure | None],
    siblings: Callable[[str], Iterable[Procedure]],
) -> Result:
    """Right procedure and aspect, exact values, silence, confidence, asking back, tracing."""
    sides = questions.sides()
    first: dict[str, Row] = {ident: dict(given[0]) for ident, given in replies.items()}
    inside = [q for q in questions.answerable if sides[q.id] == "check" and q.id in first]
    outside = [q for q in questions.outside if sides[q.id] == "check" and q.id in first]
    ambiguous = [q for q in questions.ambiguous if sides[q.id] == "check" and q.id in first]
    judged = [judge(q, first[q.id]) for q in inside]
    still = silence(judged, outside, first)
    asked = clarify(ambiguous, inside, first)
    return {
        "right": _plain(interval([float(j.right) for j in judged])),
        "procedure": _plain(interval([float(j.procedure) for j in judged])),
        "fields": _fields(judged),
        "false_answers": _share(still.false_answers, still.outside),
        "false_refusals": _share(still.false_refusals, still.inside),
        "clarify_precision": _number(asked.precision),
        "clarify_recall": _number(asked.recall),
        "confidence": _confidence(judged, [confidence(first[q.id]) for q in outside]),
        "aspects": _aspects(inside, first),
        "untraced": _untraced(replies, record, siblings),
        "wrong": [
            {"id": q.id, "question": q.question, "gold": q.gold, "status": j.status,
             "said": (first[q.id]["procedure"] or {}).get("code"),
             "aspects": first[q.id]["aspects"], "asked": q.aspects,
             "fields": [name for name, ok in j.fields.items() if not ok]}
            for q, j in zip(inside, judged, strict=True)
            if not j.right or not all(j.fields.values())
        ],
        "answered_outside": [
            {"id": q.id, "question": q.question, "said": first[q.id]["procedure"]["name"]}
            for q in outside if first[q.id]["status"] == "answered"
        ],
        "not_asked_back": [
            {"id": q.id, "question": q.question, "status": first[q.id]["status"]}
            for q in ambiguous if not clarified(q, first[q.id])
        ],
    }  # fmt: skip


def talk(replies: Mapping[str, Sequence[Row]], questions: Questions) -> Result:
    """Conversations right at every turn (check side), and the guard on the whole hostile set."""
    sides = questions.sides()
    found: Result = {}
    sets: dict[str, tuple[Conversation, ...] | tuple[Hostile, ...]] = {
        "conversations": tuple(
            t for t in questions.conversations if sides[t.id] == "check" and t.id in replies
        ),
        "guard": tuple(h for h in questions.hostile if h.id in replies),
    }
    for name, items in sets.items():
        wrong = faults(items, replies)
        found[name] = _share(len(items) - len(wrong), len(items))
        found[f"{name}_faults"] = wrong
    return found


def _fields(judged: Sequence[Judged]) -> Result:
    names = sorted({name for j in judged for name in j.fields})
    by_name = {name: [j.fields[name] for j in judged if name in j.fields] for name in names}
    by_name["all"] = [ok for values in by_name.values() for ok in values]
    return {name: _share(sum(values), len(values)) for name, values in by_name.items()}


def _confidence(judged: Sequence[Judged], outside: Sequence[float]) -> Result:
    scores = [j.confidence for j in judged] + list(outside)
    right = [j.procedure for j in judged] + [False] * len(outside)
    curve = risk_coverage(scores, right)
    scope = [True] * len(judged) + [False] * len(outside)
    return {
        "auroc_scope": _number(auroc(scores, scope)),
        "auroc_right": _number(auroc(scores, right)),
        "coverage": [round(float(x), 4) for x in curve.coverage],
        "risk": [round(float(x), 4) for x in curve.risk],
        "inside": [round(j.confidence, 4) for j in judged],
        "inside_right": [j.procedure for j in judged],
        "outside": [round(x, 4) for x in outside],
    }


def _aspects(questions: Sequence[Answerable], first: Mapping[str, Row]) -> Result:
    """How often each aspect asked (rows) was answered with each (columns)."""
    counts: dict[str, dict[str, int]] = {}
    for question in questions:
        reply = first[question.id]
        said = reply["aspects"] or [reply["status"]]
        for asked in question.aspects:
            row = counts.setdefault(asked, {})
            for given in [asked] if asked in said else said:
                row[given] = row.get(given, 0) + 1
    return counts


def _untraced(
    replies: Mapping[str, Sequence[Row]],
    record: Callable[[str], Procedure | None],
    siblings: Callable[[str], Iterable[Procedure]],
) -> Result:
    """Over every answered reply of every set."""
    answered, strangers = 0, []
    for ident, given in replies.items():
        for reply in given:
            source = reply["procedure"] and record(reply["procedure"]["code"])
            if source:
                answered += 1
                found = untraced(reply, source, tuple(siblings(source.code)))
                strangers += [{"id": ident, "claims": found}] if found else []
    return {**_share(len(strangers), answered), "examples": strangers[:20]}


def _measures(rows: Sequence[Ranked]) -> Result:
    return {"n": len(rows)} | {name: _plain(value) for name, value in measures(rows).items()}


def _plain(value: Interval) -> list[float]:
    return [_number(value.mean), _number(value.low), _number(value.high)]


def _share(part: int, whole: int) -> Result:
    return {"n": whole, "count": part, "share": _number(part / whole if whole else float("nan"))}


def _number(value: float) -> float:
    return round(value, 4)
