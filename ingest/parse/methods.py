"""Makes ways of filing out of table rows, with the doubts about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.procedure import Doubt, Method, Time
from ingest.parse import times
from ingest.parse.fees import FeeReading, read_fee
from ingest.parse.prose import lines
from ingest.parse.ways import WAYS, WayRow

_NAMES: dict[str, str] = {way: name for name, way in WAYS.items()}
_TIME_WHY = "Bảng ghi thời hạn khác với lời mô tả."


@dataclass(frozen=True)
class Filing:
    """The ways of filing of one procedure."""

    methods: tuple[Method, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class _Doubted:
    way: str
    field: str
    readings: tuple[str, ...]
    why: str


def file_rows(rows: Iterable[WayRow], steps: str = "") -> Filing:
    """Methods in the source's order; doubts that all rows share are said once."""
    methods: list[Method] = []
    doubted: list[_Doubted] = []
    for row in rows:
        method, doubts = _method(row, read_fee(row.fee, row.note, row.text, row.run_in), steps)
        methods.append(method)
        doubted += doubts
    return Filing(tuple(methods), tuple(_merged(doubted, {m.way for m in methods})))


def _method(row: WayRow, fee: FeeReading, steps: str) -> tuple[Method, list[_Doubted]]:
    time = times.read_time(row.time)
    note = "\n".join(lines(row.text)) or None
    doubts = [_Doubted(row.way, "methods.fees", fee.readings, fee.why)] if fee.why else []
    if time and (other := _other_time(time, row.text, steps)):
        doubts.append(_Doubted(row.way, "methods.time", (time.text or "", other), _TIME_WHY))
    return Method(way=row.way, time=time, fees=fee.fees, note=note), doubts


def _other_time(time: Time, text: str, steps: str) -> str | None:
    for place, words in (("mô tả", text), ("các bước", steps)):
        if span := times.contradicts(time, words):
            return f"{times.show(span)} ({place})"
    return None


def _merged(doubted: list[_Doubted], all_ways: set[str]) -> Iterable[Doubt]:
    by_reading: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
    for d in doubted:
        by_reading.setdefault((d.field, d.readings, d.why), []).append(d.way)
    for (field, readings, why), ways in by_reading.items():
        names = ", ".join(_NAMES[way] for way in WAYS.values() if way in ways)
        said = why if set(ways) == all_ways else f"{names}: {why}"
        yield Doubt(field=field, readings=readings, why=said)
