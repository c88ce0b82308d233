"""The whole of the real records, where a copy is present (CI has one)."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from index.encoder import load_encoder
from index.search import Searcher
from ingest.command import DONE, main

pytestmark = pytest.mark.skipif("PORTAL_COPY" not in os.environ, reason="needs real records")


def test_all_2849_are_accepted_or_rejected_with_a_reason_in_ten_minutes(tmp_path, capsys):
    corpus = Path(os.environ["PORTAL_COPY"])
    files = [str(corpus / n) for n in ("portal_crawl_2642.jsonl.gz", "defence_207.jsonl")]
    started = time.monotonic()
    assert main([*files, "--out", str(tmp_path), "--json"]) == DONE
    assert time.monotonic() - started < 600
    counts = json.loads(capsys.readouterr().out)
    assert counts["read"] == 2849 == counts["accepted"] + counts["rejected"]
    assert len(counts["rejects"]) == counts["rejected"] < 60
    assert all(reject["reason"] for reject in counts["rejects"])
    searcher = Searcher.open(tmp_path, load_encoder())
    asked = {
        "cấp hộ chiếu phổ thông": "1.001456",
        "phieu ly lich tu phap cho cong dan viet nam": "3.000333",
        "đăng ký khai sinh": "1.001193",
    }
    assert {q: searcher.search(q).kept[0].code for q in asked} == asked
