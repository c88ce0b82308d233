from __future__ import annotations

import gzip
import json
import os
from datetime import date
from pathlib import Path

import pytest

from index.procedure import (
    Agency,
    Document,
    Effective,
    Fee,
    LegalBasis,
    Method,
    Procedure,
    Source,
    Time,
)
from index.text import fold
from ingest.parse import crawl
from ingest.versions import changes, is_newer, latest_law, with_changes


def record(**fields: object) -> Procedure:
    return Procedure(code="9.000001", name="Cấp thẻ", source=Source(kind="portal"), **fields)


def citing(*numbers: str) -> Procedure:
    return record(legal_basis=tuple(LegalBasis(number=n) for n in numbers))


def test_the_newest_law_anywhere_in_a_record_tells_its_age():
    assert latest_law(citing("60/2014/QH13", "104/2022/NĐ-CP")) == 2022
    assert latest_law(record(steps=("Theo mẫu kèm Thông tư số 53/2025/TT-BCA.",))) == 2025
    assert latest_law(record()) == 0


def test_a_date_and_a_telephone_number_are_no_law():
    assert latest_law(record(steps=("Ngày 01/01/2030 gọi 024/2031.",))) == 0


def test_the_record_with_newer_law_is_newer_and_equal_age_counts_as_newer():
    old, new = citing("1/2021/NĐ-CP"), citing("1/2025/NĐ-CP")
    assert is_newer(new, old) and not is_newer(old, new)
    assert is_newer(old, old)


def test_dates_of_effect_go_before_laws():
    def since(year: int, law: int) -> Procedure:
        start = Effective.model_validate({"from": date(year, 1, 1)})
        return citing(f"1/{law}/NĐ-CP").model_copy(update={"effective": start})

    assert is_newer(since(2026, 2014), since(2025, 2025))
    assert not is_newer(since(2025, 2025), since(2026, 2014))


def test_changes_tell_fees_times_papers_levels_and_who_decides():
    old = record(
        levels=("xa",),
        agency=Agency(decides="Xã"),
        documents=(Document(id="a", name="Đơn"), Document(id="b", name="Sổ hộ khẩu")),
        methods=(
            Method(way="direct", time=Time(value=5, unit="day"), fees=(Fee(amount=8000),)),
            Method(way="online", fees=(Fee(free=True),)),
        ),
    )
    new = record(
        levels=("tinh",),
        agency=Agency(decides="Tỉnh"),
        documents=(Document(id="a", name="Đơn"),),
        methods=(
            Method(way="direct", time=Time(value=3, unit="day"), fees=(Fee(amount=9000),)),
            Method(way="online", fees=(Fee(free=True),)),
        ),
    )
    assert {c.field: (c.before, c.after) for c in changes(new, old)} == {
        "methods.fees": (
            "direct: 8000 đồng; online: miễn phí",
            "direct: 9000 đồng; online: miễn phí",
        ),
        "methods.time": ("direct: 5 day", "direct: 3 day"),
        "documents": ("Sổ hộ khẩu", "không có"),
        "levels": ("xa", "tinh"),
        "agency.decides": ("Xã", "Tỉnh"),
    }


def test_equal_records_have_no_changes_and_keep_those_told_before():
    told = with_changes(record(levels=("tinh",)), record(levels=("xa",)))
    assert with_changes(record(levels=("tinh",)), told).changes == told.changes
    assert changes(told, told) == ()


@pytest.mark.skipif("PORTAL_COPY" not in os.environ, reason="needs real records")
def test_the_records_of_2021_never_win_over_those_of_2026():
    """Each record of 2021 whose name a record of 2026 bears is the older one."""
    corpus = Path(os.environ["PORTAL_COPY"])
    crawled = {}
    with gzip.open(corpus / "portal_crawl_2642.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            crawled[plain(row["ten_thu_tuc"])] = row
    outdated = json.loads((corpus / "outdated_2021_87.json").read_text("utf-8"))
    pairs = [
        (old, crawled[plain(old["title"])]) for old in outdated if plain(old["title"]) in crawled
    ]
    assert len(pairs) == 12
    for old, row in pairs:
        then = record(steps=(json.dumps(old, ensure_ascii=False),))
        now = crawl.parse(row, "2026")
        assert isinstance(now, Procedure)
        assert is_newer(now, then) and not is_newer(then, now), now.code


def plain(name: str) -> str:
    return fold(name).removeprefix("thủ tục ")
