"""Puts the parts that a format gave together into one Procedure."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from pydantic import ValidationError

from index.procedure import Agency, Doubt, LegalBasis, Level, Online, Procedure, Source
from ingest.parse import old_law
from ingest.parse.documents import Papers
from ingest.parse.methods import Filing
from ingest.parse.rejected import Rejected


@dataclass(frozen=True)
class Parts:
    """What a format gives of one procedure; ``left`` is text that could not be read."""

    code: str
    name: str
    agency: Agency
    papers: Papers
    filing: Filing
    url: str | None = None
    decision: str | None = None
    field: str | None = None
    summary: str | None = None
    levels: tuple[Level, ...] = ()
    audience: tuple[str, ...] = ()
    online: Online | None = None
    steps: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    legal_basis: tuple[LegalBasis, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    left: dict[str, str] = dataclasses.field(default_factory=dict)


def procedure(parts: Parts, where: str) -> Procedure | Rejected:
    """The finished record, or why its parts do not make one."""
    try:
        return _procedure(parts)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        return Rejected(parts.code, where, f"hồ sơ không hợp lệ ở trường {place}: {fault['msg']}")


def _procedure(parts: Parts) -> Procedure:
    return Procedure(
        code=parts.code,
        name=parts.name,
        summary=parts.summary,
        field=parts.field,
        levels=parts.levels,
        agency=parts.agency,
        audience=parts.audience,
        documents=parts.papers.documents,
        methods=parts.filing.methods,
        online=parts.online,
        steps=parts.steps,
        conditions=parts.conditions,
        results=parts.results,
        legal_basis=parts.legal_basis,
        notes=_notes(parts),
        doubts=(*parts.doubts, *parts.filing.doubts, *old_law.doubts(_words(parts))),
        unparsed={name: text for name, text in parts.left.items() if text},
        source=Source(kind="portal", url=parts.url, decision=parts.decision),
    )


def _notes(parts: Parts) -> tuple[str, ...]:
    """The rules beside the papers, then those of the record as a whole."""
    return tuple(dict.fromkeys((*parts.papers.notes, *parts.notes)))


def _words(parts: Parts) -> dict[str, str]:
    """The words in which abolished bodies matter; titles of laws keep theirs."""
    agency = parts.agency
    return {
        "agency.receives": agency.receives or "",
        "agency.decides": agency.decides or "",
        "agency.coordinates": agency.coordinates or "",
        "methods.way": "\n".join(m.note or "" for m in parts.filing.methods),
        "documents": "\n".join(d.text or d.name for d in parts.papers.documents),
        "notes": "\n".join(_notes(parts)),
        "steps": "\n".join(parts.steps),
        "conditions": "\n".join(parts.conditions),
        "results": "\n".join(parts.results),
    }
