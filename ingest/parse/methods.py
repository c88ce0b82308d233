"""Makes ways of filing out of table rows, with the doubts about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.procedure import Doubt, Fee, Method, Time
from ingest.parse import times
from ingest.parse.fees import FeeReading, read_fees
from ingest.parse.prose import lines
from ingest.parse.ways import FREE, WAYS, WayRow

_NAMES: dict[str, str] = {way: name for name, way in WAYS.items()}
_ZEROS_WHY = "Mức thu của các hình thức nộp chỉ khác nhau ở số chữ số 0."
_SIBLING_WHY = "Ô lệ phí ghi miễn phí, nhưng dòng của hình thức nộp khác lại nói đến việc thu."
_TIME_WHY = "Bảng ghi thời hạn khác với phần lời của hồ sơ."


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


def file_rows(rows: Iterable[WayRow], steps: str = "", conditions: str = "") -> Filing:
    """Methods in the source's order; doubts that all rows share are said once."""
    methods: list[Method] = []
    doubted: list[_Doubted] = []
    table = list(rows)
    read = [read_fees(row, steps, conditions) for row in table]
    for row, fee in zip(table, _compared(read), strict=True):
        method, doubts = _method(row, fee, steps)
        methods.append(method)
        doubted += doubts
    return Filing(tuple(methods), tuple(_merged(doubted, {m.way for m in methods})))


def _compared(read: list[FeeReading]) -> list[FeeReading]:
    """The fees of the rows of one table, doubted where one row belies another."""
    sums = {fee.amount for one in read for fee in one.fees if fee.amount and not fee.note}
    rules = [one for one in read if one.why and one.fees[0].amount is None and one.fees[0].note]
    belied = next((one for one in rules if one.fees[0].text == FREE), None)
    return [_against(one, sums, belied) for one in read]


def _against(one: FeeReading, sums: set[float], belied: FeeReading | None) -> FeeReading:
    if one.why or len(one.fees) != 1 or one.fees[0].note or not one.fees[0].text:
        return one
    fee = one.fees[0]
    bare = (Fee(text=fee.text),)
    others = sorted(s for s in sums if fee.amount and _differ_in_zeros(s, fee.amount))
    if others:
        prints = (f"{other:,.0f} {fee.unit}" for other in others)
        return FeeReading(bare, (fee.text or "", *prints), _ZEROS_WHY)
    if fee.free and fee.text == FREE and belied:
        return FeeReading(bare, belied.readings, _SIBLING_WHY)
    return one


def _differ_in_zeros(one: float, other: float) -> bool:
    return max(one, other) / min(one, other) in (10, 100, 1000)


def _method(row: WayRow, fee: FeeReading, steps: str) -> tuple[Method, list[_Doubted]]:
    time = times.read_time(row.time)
    note = "\n".join(lines(row.text)) or None
    doubts = [_Doubted(row.way, "methods.fees", fee.readings, fee.why)] if fee.why else []
    if time and (other := _other_time(time, row.text, steps)):
        doubts.append(_Doubted(row.way, "methods.time", (time.text or "", other), _TIME_WHY))
    return Method(way=row.way, time=time, fees=fee.fees, note=note), doubts


def _other_time(time: Time, text: str, steps: str) -> str | None:
    if span := times.contradicts(time, text, in_steps=False):
        return f"{times.show(span)} (mô tả)"
    if span := times.contradicts(time, steps, in_steps=True):
        return f"{times.show(span)} (các bước)"
    return None


def _merged(doubted: list[_Doubted], all_ways: set[str]) -> Iterable[Doubt]:
    """One doubt for the ways that share it; where not all do, it begins with their names."""
    by_reading: dict[tuple[object, ...], list[_Doubted]] = {}
    for d in doubted:
        same = tuple(reading.casefold().strip(" .;:()") for reading in d.readings)
        by_reading.setdefault((d.field, same, d.why), []).append(d)
    for first, *rest in by_reading.values():
        ways = {first.way, *(other.way for other in rest)}
        names = ", ".join(_NAMES[way] for way in WAYS.values() if way in ways)
        prefix = "" if ways == all_ways else f"{names}: "
        readings = (f"{prefix}{first.readings[0]}", *first.readings[1:])
        yield Doubt(field=first.field, readings=readings, why=f"{prefix}{first.why}")
