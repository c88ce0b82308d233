"""Parses the portal's detail JSON of 2026, which keeps every table as lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from index.procedure import CODE, Agency, Level, Online, Procedure, Unit, Way
from index.text import nfc
from ingest.parse import laws, prose
from ingest.parse.assemble import Parts, procedure
from ingest.parse.documents import sort_rows
from ingest.parse.methods import file_rows
from ingest.parse.papers import Row
from ingest.parse.rejected import Rejected
from ingest.parse.times import show
from ingest.parse.ways import FeeCell, WayRow

_PAGE = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/"
_WAYS: dict[str, Way] = {"DIRECT": "direct", "ONLINE": "online", "POSTAL": "post"}
_UNITS: dict[str, Unit] = {
    "WORKING_DAY": "working_day",
    "DAY": "day",
    "HOUR": "hour",
    "MONTH": "month",
}
_LEVELS: dict[str, Level] = {"isMinistry": "bo", "isProvince": "tinh", "isWard": "xa"}

Json = dict[str, Any]


def parse(raw: dict[str, Any], where: str) -> Procedure | Rejected:
    """The ``data`` object of one detail answer as a Procedure, or why it can't be one."""
    code = _text(raw, "code")
    if not CODE.fullmatch(code):
        return Rejected(code or None, where, "hàng này không có mã thủ tục dạng 1.001193")
    if not prose.stated(_text(raw, "name")):
        return Rejected(code, where, "hàng này không có tên thủ tục")
    return procedure(_parts(raw, code), where)


def _parts(raw: Json, code: str) -> Parts:
    steps = "\n".join(_steps(raw))
    law = laws.listed(
        (_text(item, "name"), _text(item, "code")) for item in _list(raw, "legalBasisesDetails")
    )
    notes = (*prose.lines(_text(raw, "description")), *prose.lines(_text(raw, "note")))
    filed, left = _filed(raw)
    return Parts(
        code=code,
        name=prose.procedure_name(_text(raw, "name")),
        url=f"{_PAGE}{raw['id']}" if isinstance(raw.get("id"), str) else None,
        decision=_decision(raw),
        field=_names(raw, "categoriesDetails"),
        levels=tuple(level for flag, level in _LEVELS.items() if raw.get(flag) is True),
        agency=_agency(raw),
        audience=tuple(_each_name(raw, "subjectTypesDetails")),
        papers=sort_rows(_papers(raw)),
        filing=file_rows(filed, steps, _text(raw, "requirementsAndConditions")),
        online=_online(raw),
        steps=prose.steps(steps),
        conditions=prose.lines(_text(raw, "requirementsAndConditions")),
        results=tuple(_each_name(raw, "resultsDetails")),
        notes=notes,
        legal_basis=law.bases,
        doubts=law.doubts,
        left={"methods": left} if left else {},
    )


def _text(raw: Json, key: str) -> str:
    value = raw.get(key)
    return nfc(value).strip() if isinstance(value, str) else ""


def _list(raw: Json, key: str) -> list[Json]:
    value = raw.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _each_name(raw: Json, key: str) -> Iterator[str]:
    names = (prose.stated(_text(item, "name")) for item in _list(raw, key))
    yield from dict.fromkeys(name for name in names if name)


def _names(raw: Json, key: str) -> str | None:
    return ", ".join(_each_name(raw, key)) or None


def _decision(raw: Json) -> str | None:
    proposal = raw.get("procedureProposal")
    numbers = [_text(raw, "decisionNo")]
    if isinstance(proposal, dict):
        numbers += [_text(proposal, "decisionNumber"), _text(proposal, "proposalNumber")]
    return next((number for number in map(prose.stated, numbers) if number), None)


def _agency(raw: Json) -> Agency:
    done_by = prose.stated(_text(raw, "executingAgencies")) or _names(raw, "departmentsExecuting")
    address = prose.stated(_text(raw, "dossierReceivingAddresses"))
    places = dict.fromkeys(place for place in (done_by, address) if place)
    return Agency(
        receives="; ".join(places) or None,
        decides=_names(raw, "departmentsAuthority"),
        coordinates=prose.stated(_text(raw, "coordinatingAgencies"))
        or _names(raw, "departmentsCoordinating"),
    )


def _online(raw: Json) -> Online | None:
    """Only what a flag affirms: a flag that is false leaves the matter open."""
    if raw.get("isOfflineOnly") is True:
        return "none"
    return "full" if raw.get("isFullProcess") is True else None


def _steps(raw: Json) -> Iterator[str]:
    for step in _list(raw, "executionSteps"):
        name, words = _text(step, "name"), _text(step, "description")
        yield f"{name}\n{words}" if name and words else name or words


def _papers(raw: Json) -> Iterator[Row]:
    cases = _list(raw, "executionCases")
    for case in cases or [raw]:
        for paper in _list(case, "profileComponents"):
            yield Row(
                _text(paper, "name"),
                _count(paper, "originalQty"),
                _count(paper, "copyQty"),
                _text(case, "name") if cases else "",
                "; ".join(_text(file, "fileName") for file in _list(paper, "attachments")),
            )


def _count(paper: Json, key: str) -> int | None:
    value = paper.get(key)
    return value if isinstance(value, int) and value >= 0 else None


def _filed(raw: Json) -> tuple[list[WayRow], str]:
    """The rows of known ways, and the names of the others."""
    rows, strange = [], []
    for method in _list(raw, "executionMethods"):
        if way := _WAYS.get(_text(method, "submissionMethod")):
            fees = tuple(_fees(_list(method, "fees")))
            rows.append(WayRow(way, _time(method), fees, _text(method, "description")))
        else:
            strange.append(_text(method, "submissionMethod"))
    return rows, " ".join(filter(None, strange))


def _time(method: Json) -> str:
    value, unit = method.get("processingTime"), _text(method, "processingTimeUnit")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _text(method, "processingTime")
    known = _UNITS.get(unit)
    return show((float(value), known)) if known else f"{value:g} {unit}".strip()


def _fees(fees: Iterable[Json]) -> Iterator[FeeCell]:
    for fee in fees:
        value = fee.get("value")
        note = _text(fee, "description") or _text(fee, "note")
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield FeeCell(f"{value:,} {_text(fee, 'currency') or 'đồng'}", note)
        elif note:
            yield FeeCell("", note)
