"""Last step: every number of an answer must stand in the record, or the answer is withheld."""

from __future__ import annotations

import re

from bot.draft import Draft, Tools
from bot.messages import Reply
from index.procedure import Procedure
from index.snapshot import dump
from prompts import say

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LIST_MARK = re.compile(r"^\s*\d+\. ", re.MULTILINE)


def verify(draft: Draft, tools: Tools) -> Draft:
    """Replace an answer that states a number which its record does not."""
    reply, record = draft.reply, draft.procedure
    if reply is None or record is None or not strangers(reply.text, record, *draft.siblings):
        return draft
    text = say("withheld", hotline=tools.settings.hotline)
    return draft.closed(Reply(status="error", text=text))


def strangers(text: str, record: Procedure, *siblings: Procedure) -> set[str]:
    """The numbers of ``text`` (digits only) that ``record`` does not contain.

    Of ``siblings`` only the codes may be named.
    """
    checked = record.source.checked_on
    named = " ".join(sibling.code for sibling in siblings)
    known = _digits(dump(record)) | _digits(f"{checked:%d/%m/%Y} {named}" if checked else named)
    return _digits(_LIST_MARK.sub("", text)) - known


def _digits(text: str) -> set[str]:
    return {re.sub(r"[.,]", "", number) for number in _NUMBER.findall(text)}
