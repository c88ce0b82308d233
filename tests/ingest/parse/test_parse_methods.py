from __future__ import annotations

import pytest

from ingest.parse.methods import file_rows
from ingest.parse.ways import FeeCell, WayRow

FILED = "kể từ ngày nhận đủ hồ sơ"


def test_amounts_of_two_ways_that_differ_only_in_zeros_are_doubted():
    rows = [
        WayRow("online", "3 Ngày", (FeeCell("30,000 VNĐ"),)),
        WayRow("direct", "3 Ngày", (FeeCell("300,000 VNĐ"),)),
    ]
    filing = file_rows(rows)
    assert [m.fees[0].amount for m in filing.methods] == [None, None]
    assert [d.readings for d in filing.doubts] == [
        ("Trực tuyến: 30,000 VNĐ", "300,000 đồng"),
        ("Trực tiếp: 300,000 VNĐ", "30,000 đồng"),
    ]


@pytest.mark.parametrize("other", ["15,000 VNĐ", "60,000 VNĐ"])
def test_another_amount_for_another_way_is_no_doubt(other: str):
    rows = [
        WayRow("online", "3 Ngày", (FeeCell("30,000 VNĐ"),)),
        WayRow("direct", "3 Ngày", (FeeCell(other),)),
    ]
    assert file_rows(rows).doubts == ()


def test_a_fee_rule_beside_one_free_cell_belies_the_bare_free_cells():
    rows = [
        WayRow("online", "3 Ngày", (FeeCell("Miễn phí"),)),
        WayRow("direct", "3 Ngày", (FeeCell("Miễn phí", "Theo quy định của Luật Phí"),)),
        WayRow("post", "3 Ngày", (FeeCell("Miễn phí", "Không thu"),)),
    ]
    filing = file_rows(rows)
    assert [m.fees[0].free for m in filing.methods] == [False, False, True]
    assert [d.readings for d in filing.doubts] == [
        ("Trực tuyến: Miễn phí", "Theo quy định của Luật Phí"),
        ("Trực tiếp: Miễn phí", "Theo quy định của Luật Phí"),
    ]


def test_an_amount_for_another_way_leaves_a_free_cell_free():
    rows = [
        WayRow("online", "3 Ngày", (FeeCell("Miễn phí"),)),
        WayRow("direct", "3 Ngày", (FeeCell("25 VNĐ", "25.000 đồng"),)),
    ]
    assert file_rows(rows).methods[0].fees[0].free


def test_a_doubt_about_one_way_begins_with_its_name():
    filing = file_rows(
        [
            WayRow("online", "3 Ngày", (FeeCell("5,000 VNĐ", "7.000 đồng"),)),
            WayRow("direct", "3 Ngày", (FeeCell("Miễn phí"),)),
        ]
    )
    assert [m.way for m in filing.methods] == ["online", "direct"]
    assert [(d.field, d.readings) for d in filing.doubts] == [
        ("methods.fees", ("Trực tuyến: 5,000 VNĐ", "7.000 đồng"))
    ]
    assert filing.doubts[0].why.startswith("Trực tuyến: ")


def test_a_doubt_that_all_ways_share_is_said_once():
    cell = FeeCell("135 VNĐ", "135.000 đồng")
    filing = file_rows([WayRow("online", "3 Ngày", (cell,)), WayRow("direct", "3 Ngày", (cell,))])
    assert [d.readings for d in filing.doubts] == [("135 VNĐ", "135.000 đồng")]


def test_a_time_that_the_steps_contradict_stays_and_is_doubted():
    steps = f"Thư viện cấp thẻ trong 05 ngày làm việc {FILED}."
    filing = file_rows([WayRow("direct", "10 Ngày làm việc")], steps)
    time = filing.methods[0].time
    assert time and (time.value, time.unit) == (10, "working_day")
    assert [(d.field, d.readings) for d in filing.doubts] == [
        ("methods.time", ("10 Ngày làm việc", "5 ngày làm việc (các bước)"))
    ]
