"""Two versions of one record: which is the newer, and what it says differently."""

from __future__ import annotations

import re
from collections.abc import Callable

from index.procedure import Change, Fee, Method, Procedure, Time
from index.snapshot import dump

_LAW_YEAR = re.compile(r"\d/((?:19|20)\d\d)/[A-ZĐ]")
_LONGEST = 200


def is_newer(new: Procedure, old: Procedure) -> bool:
    """Whether ``new`` is at least as young: by date of effect, else by the laws it cites.

    The portal's pages bear no date, but a text of 2021 can't cite a decree of
    2025. Equal age counts as newer: what is ingested last is what was meant.
    """
    dates = [r.effective.start if r.effective else None for r in (new, old)]
    if dates[0] and dates[1]:
        return dates[0] >= dates[1]
    return latest_law(new) >= latest_law(old)


def latest_law(record: Procedure) -> int:
    """The year of the newest legal text that a record cites anywhere, 0 for none."""
    return max((int(year) for year in _LAW_YEAR.findall(dump(record))), default=0)


def with_changes(new: Procedure, old: Procedure) -> Procedure:
    """``new`` with what it says differently from ``old``; the old list when nothing is."""
    return new.model_copy(update={"changes": changes(new, old) or old.changes})


def changes(new: Procedure, old: Procedure) -> tuple[Change, ...]:
    """The differences in what citizens must know: fees, times, papers, levels, who decides."""
    told = {
        "methods.fees": (_by_way(old, _fees), _by_way(new, _fees)),
        "methods.time": (_by_way(old, _time), _by_way(new, _time)),
        "documents": _papers(old, new),
        "levels": (", ".join(old.levels), ", ".join(new.levels)),
        "agency.decides": (old.agency.decides or "", new.agency.decides or ""),
    }
    return tuple(
        Change(field=field, before=_short(before), after=_short(after))
        for field, (before, after) in told.items()
        if before != after and before and after
    )


def _by_way(record: Procedure, say: Callable[[Method], str]) -> str:
    return "; ".join(f"{m.way}: {said}" for m in record.methods if (said := say(m)))


def _fees(method: Method) -> str:
    return ", ".join(filter(None, map(_fee, method.fees)))


def _fee(fee: Fee) -> str:
    if fee.free:
        return "miễn phí"
    return f"{fee.amount:g} {fee.unit}" if fee.amount is not None else fee.text or ""


def _time(method: Method) -> str:
    time: Time | None = method.time
    return f"{time.value:g} {time.unit}" if time and time.value else ""


def _papers(old: Procedure, new: Procedure) -> tuple[str, str]:
    """Only the papers that one of the two has and the other has not."""
    before, after = ({d.name for d in r.documents} for r in (old, new))
    gone, come = sorted(before - after), sorted(after - before)
    if not before or not after or before == after:
        return "", ""
    return "; ".join(gone) or "không có", "; ".join(come) or "không có"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
