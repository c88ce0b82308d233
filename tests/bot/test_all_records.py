"""Composed answers over the whole of the real records, where a copy is present (CI has one)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import get_args

import pytest

from bot.compose import compose
from bot.draft import Draft, Tools
from bot.messages import Aspect
from bot.settings import Settings
from bot.verify import strangers
from index.procedure import Procedure
from index.search import Searcher
from ingest.gather import gather
from ingest.held import Held, load

CORPUS = os.environ.get("PORTAL_COPY")
pytestmark = pytest.mark.skipif(not CORPUS, reason="needs real records")


@pytest.fixture(scope="module")
def records() -> list[Procedure]:
    corpus = Path(str(CORPUS))
    files = [corpus / "portal_crawl_2642.jsonl.gz", corpus / "defence_207.jsonl"]
    return [load(line) for line in gather(files, Held(), lambda *_: None).lines.values()]


def test_no_composed_answer_states_a_number_that_its_record_does_not(
    records: list[Procedure], searcher: Searcher
) -> None:
    assert len(records) > 2800
    tools = Tools(searcher, Settings())
    found: list[tuple[str, str, set[str]]] = []
    for record in records:
        for aspect in get_args(Aspect):
            draft = Draft(message="", aspects=(aspect,), procedure=record)
            reply = compose(draft, tools).reply
            assert reply is not None
            numbers = strangers(reply.text, record)
            found += [(record.code, aspect, numbers)] if numbers else []
    assert found == []
