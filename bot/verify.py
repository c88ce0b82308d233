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
    if reply is None or record is None or not strangers(reply.text, record):
        return draft
    text = say("withheld", hotline=tools.settings.hotline)
    return draft.closed(Reply(status="error", text=text))


def strangers(text: str, record: Procedure) -> set[str]:
    """The numbers of ``text`` (digits only) that ``record`` does not contain."""
    checked = record.source.checked_on
    known = _digits(dump(record)) | _digits(f"{checked:%d/%m/%Y}" if checked else "")
    return _digits(_LIST_MARK.sub("", text)) - known


def _digits(text: str) -> set[str]:
    return {re.sub(r"[.,]", "", number) for number in _NUMBER.findall(text)}
