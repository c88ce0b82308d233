from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.procedure import Procedure, Source
from ingest.formats.listing import compare
from ingest.formats.rows import Listed
from ingest.parse import crawl
from ingest.read import read


def record(code, field="Thư viện", decision="1/QĐ-THU"):
    return Procedure(code=code, name="x", field=field, source=Source(decision=decision))


def listed(code):
    return Listed("x", code, "Tên")


def test_listed_procedures_without_a_record_are_named_once():
    found = compare([listed("9.000001"), listed("9.000002"), listed("9.000002")],
                    [record("9.000001")])  # fmt: skip
    assert [row.code for row in found.missing] == ["9.000002"]
    assert found.unlisted == ()


def test_a_record_is_no_longer_listed_where_the_list_covers_its_field_and_issuer():
    found = compare(
        [listed("9.000001")],
        [
            record("9.000001"),
            record("9.000002", "thư viện", "7/QĐ-THU"),
            record("9.000003", "Thư viện", "7/QĐ-KHAC"),
            record("9.000004", "Bảo tàng"),
            record("9.000005", decision=None),
        ],
    )
    assert [r.code for r in found.unlisted] == ["9.000002"]


@pytest.mark.skipif("PORTAL_COPY" not in os.environ, reason="needs real lists")
def test_a_real_list_against_the_real_records():
    corpus = Path(os.environ["PORTAL_COPY"])
    rows = list(read(corpus / "list_export" / "danh-sach-tthc-BoTuPhap.xlsx"))
    pages = list(read(corpus / "portal_crawl_2642.jsonl.gz"))
    own = [row for row in pages if "BTP" in row.data["so_quyet_dinh"]]
    parsed = [crawl.parse(row.data, row.where) for row in [*own, *pages[::20]]]
    records = [p for p in parsed if isinstance(p, Procedure)]
    found = compare(rows, records)
    assert found.unlisted == ()
    assert len(found.missing) <= 5  # pages that showed another procedure
    gone = compare(rows[1:], records)
    assert [r.code for r in gone.unlisted] == [rows[0].code]
