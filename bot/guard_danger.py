"""Whether somebody needs help this minute, and from whom.

A clerk hears the difference between "bố tôi vừa bị tai nạn, nằm ngất ngoài đường" and
"bố bị tai nạn mất tuần trước, làm khai tử ở đâu". So a sign of danger is doubted where
the message speaks of papers or of the past, unless it also cries for help.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.guard_text import heard
from bot.guard_words import Danger, dangers, words

_DANGERS = dangers()
_URGENT = words("urgent")
_PROCEDURE = words("procedure")


@dataclass(frozen=True)
class Heard:
    """``calls``: the numbers to name at once, none where nobody is in danger.

    ``near``: no cry for help, but a matter beside which the numbers should stand.
    """

    calls: tuple[str, ...] = ()
    life: bool = False
    near: bool = False


def danger(message: str) -> Heard:
    """What of danger a message says."""
    said = heard(message)
    urgent = bool(_URGENT.search(said))
    certain = [kind for kind in _DANGERS if _certain(kind, said, urgent)]
    if certain:
        calls = {number for kind in certain for number in kind.calls}
        return Heard(tuple(sorted(calls)), life=any(kind.kind == "life" for kind in certain))
    if urgent and not _PROCEDURE.search(said):
        return Heard(("113", "114", "115"))
    return Heard(near=any(kind.near.search(said) for kind in _DANGERS))


def _certain(kind: Danger, said: str, urgent: bool) -> bool:
    if kind.now.search(said):
        return True
    return bool(kind.signs.search(said)) and (urgent or not kind.doubts.search(said))
