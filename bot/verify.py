"""Last step: every number of an answer must stand in the record, or the answer is withheld."""

from __future__ import annotations

import re

from bot.draft import Draft, Tools
from bot.messages import Reply
from index.procedure import Procedure
from index.snapshot import dump
from prompts import say

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_LIST_MARK = re.compile(r"\s*(\d+)\. ")


def verify(draft: Draft, tools: Tools) -> Draft:
    """Replace an answer that states a number which its record does not."""
    reply, record = draft.reply, draft.procedure
    if reply is None or record is None or not strangers(reply.text, record, *draft.siblings):
        return draft
    text = say("withheld", hotline=tools.settings.hotline)
    return draft.closed(Reply(status="error", text=text))


def strangers(text: str, record: Procedure, *siblings: Procedure) -> set[str]:
    """The numbers of ``text`` that ``record`` does not contain, however both write them.

    Of ``siblings`` only the codes may be named.
    """
    checked = record.source.checked_on
    named = " ".join(sibling.code for sibling in siblings)
    known = _numbers(dump(record)) | _numbers(f"{checked:%d/%m/%Y} {named}" if checked else named)
    return _numbers(_without_list_marks(text)) - known


def _without_list_marks(text: str) -> str:
    """The text without ``1.``, ``2.`` … in their order, one list inside another too."""
    lines: list[str] = []
    open_lists: set[int] = set()
    for line in text.split("\n"):
        mark = _LIST_MARK.match(line)
        number = int(mark[1]) if mark else 0
        if mark and (number == 1 or number - 1 in open_lists):
            open_lists = open_lists - {number - 1} | {number}
            line = line[mark.end() :]
        lines.append(line)
    return "\n".join(lines)


def _numbers(text: str) -> set[str]:
    return {_value(number) for number in _NUMBER.findall(text)}


def _value(number: str) -> str:
    """``20.000`` and ``20,000`` are 20000; ``2,5`` and ``2.5`` are 2.5; ``06`` is 6."""
    if _THOUSANDS.fullmatch(number):
        number = re.sub(r"[.,]", "", number)
    whole, _, part = number.replace(",", ".").partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")
