from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.parse.money import amounts, broken, names


def test_money_as_offices_write_it():
    text = "70.000 đồng/thẻ, 1,250,000 VNĐ, 05 USD, 10 triệu đồng, 40.000đ"
    assert [(m.value, m.unit) for m in amounts(text)] == [
        (70_000, "đồng"),
        (1_250_000, "đồng"),
        (5, "USD"),
        (10_000_000, "đồng"),
        (40_000, "đồng"),
    ]
    assert names("160.000/thẻ", 160_000)
    assert not names("16.000 đồng/thẻ", 160_000)


@given(st.integers(1_000, 999_999_999), st.sampled_from([".", ","]))
def test_every_grouped_amount_is_read_whole(value: int, mark: str):
    assert [m.value for m in amounts(f"{value:,} đồng".replace(",", mark))] == [value]


def test_sums_that_lost_or_won_a_digit():
    assert broken("15.000.0000 đồng/thẻ; 0.000đ") == ("15.000.0000 đồng", "0.000đ")
    assert broken("15.000.000 đồng, 0,5 USD, 1000 đồng, ngày 1.1.20261 đồng") == ()
