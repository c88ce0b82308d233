"""Every real record, where a copy is present, and the labels to develop with."""

from __future__ import annotations

import gzip
import json
import os
import time
from collections import Counter
from pathlib import Path

import pytest
import yaml

from evaluation.ingest_quality import _GOLD, Score, parsed, score
from index.procedure import Procedure
from ingest.parse import api, crawl, word
from ingest.parse.rejected import Rejected

pytestmark = pytest.mark.skipif("PORTAL_COPY" not in os.environ, reason="needs real records")


@pytest.fixture(scope="module")
def corpus() -> Path:
    return Path(os.environ["PORTAL_COPY"])


def test_every_row_becomes_a_record_or_a_reason(corpus: Path):
    began = time.process_time()
    with gzip.open(corpus / "portal_crawl_2642.jsonl.gz", "rt", encoding="utf-8") as rows:
        found = [crawl.parse(json.loads(row), "crawl") for row in rows]
    with (corpus / "defence_207.jsonl").open(encoding="utf-8") as rows:
        found += [word.parse(json.loads(row), "word") for row in rows]
    assert time.process_time() - began < 40
    assert Counter(type(made) for made in found) == {Procedure: 2832, Rejected: 17}
    assert all("thủ tục khác" in made.reason for made in found if isinstance(made, Rejected))
    records = [made for made in found if isinstance(made, Procedure)]
    assert all(record.methods for record in records)
    assert sum(not record.documents for record in records) < 45
    assert sum(1 for r in records for law in r.legal_basis if not law.number) < 110
    small = [
        fee
        for r in records
        for m in r.methods
        for fee in m.fees
        if fee.unit == "đồng" and fee.amount is not None and fee.amount < 1_000
    ]
    assert small == []


def test_the_detail_answer_of_2026(corpus: Path):
    raw = json.loads((corpus / "portal_api_detail_sample.json").read_text(encoding="utf-8"))
    record = api.parse(raw, "api")
    assert isinstance(record, Procedure)
    assert (record.code, record.levels) == ("1.000358", ("tinh",))
    assert [(d.original, d.copies) for d in record.documents] == [(1, 0), (0, 1)]
    assert [(m.way, m.time and m.time.value) for m in record.methods] == [
        ("online", 5),
        ("post", 5),
        ("direct", 5),
    ]
    assert "146/2025/NĐ-CP" in {law.number for law in record.legal_basis}


def test_the_labels_to_develop_with(corpus: Path):
    labels = [
        yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((_GOLD / "dev").glob("*.yaml"))
    ]
    result: Score = score(labels, parsed(corpus, {label["code"] for label in labels}))
    tallies = result.tallies
    assert tallies["rejects"].f1 == 1
    assert tallies["papers"].f1 >= 0.95
    assert tallies["times"].precision >= 0.98
    assert tallies["fees"].precision >= 0.98
    assert tallies["legal numbers"].precision >= 0.99
    assert tallies["legal numbers"].recall >= 0.99
    assert result.wrong / result.presented <= 0.01
