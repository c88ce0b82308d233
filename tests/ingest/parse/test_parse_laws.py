from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.procedure import LegalBasis
from ingest.parse.laws import NUMBER, legal_bases, listed

HEADER = "Tên văn bản pháp lýMã văn bản"


def read(body: str) -> list[tuple[str | None, str | None]]:
    return [(base.number, base.name) for base in legal_bases(HEADER + body).bases]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Luật Thư viện46/2019/QH14", [("46/2019/QH14", "Luật Thư viện")]),
        ("Luật 46/2019/QH1446/2019/QH14", [("46/2019/QH14", "Luật 46/2019/QH14")]),
        ("46/2019/QH1446/2019/QH14", [("46/2019/QH14", "46/2019/QH14")]),
        (
            "Thông qua tại Kỳ họp thứ 214/2022/QĐ-TTg",
            [("14/2022/QĐ-TTg", "Thông qua tại Kỳ họp thứ 2")],
        ),
        (
            "Quyết định số 23/2022/QĐ-TTg của Kỳ họp  thứ 323/2022/QĐ-TTg",
            [("23/2022/QĐ-TTg", "Quyết định số 23/2022/QĐ-TTg của Kỳ họp thứ 3")],
        ),
        ("Luật Thư viện 201946/2019/QH14", [("46/2019/QH14", "Luật Thư viện 2019")]),
        ("Ký ngày 05/3/202609/2026/TT-BTC", [("09/2026/TT-BTC", "Ký ngày 05/3/2026")]),
        ("Luật Thư việnLuật số 46/2019/QH14", [("46/2019/QH14", "Luật Thư viện")]),
        ("Cắt giảm thủ tục66.7/2025/NQ-CP", [("66.7/2025/NQ-CP", "Cắt giảm thủ tục")]),
        ("Quy trình mượn sách2222/QĐ-BHXH", [("2222/QĐ-BHXH", "Quy trình mượn sách")]),
        ("Ưu đãi bạn đọc26/2005/PL-UBTVQH11", [("26/2005/PL-UBTVQH11", "Ưu đãi bạn đọc")]),
        (
            "Thông tư số 5/2020/TT-BCA5/2020/TT_BCA",
            [("5/2020/TT-BCA", "Thông tư số 5/2020/TT-BCA")],
        ),
        (
            "Nghị quyết số 19/2025/QH15 về sách19/2025/NQ-QH15",
            [("19/2025/QH15", "Nghị quyết số 19/2025/QH15 về sách")],
        ),
        (
            "Thông tư 14/2018/TT-BTC14/2018/TT-BCT",
            [("14/2018/TT-BCT", "Thông tư 14/2018/TT-BTC")],
        ),
        ("Quy trình năm 20223510/QĐ-BHXH", [("3510/QĐ-BHXH", "Quy trình năm 2022")]),
        (
            "Nghị định về sáchNĐ 23/2026/NĐ-CP14/2025/TT-BTC14/2025/TT-BTC",
            [("23/2026/NĐ-CP", "Nghị định về sách"), ("14/2025/TT-BTC", "14/2025/TT-BTC")],
        ),
        (
            "Luật Thư viện 46/2019/QH14Thông tư về thẻ12/2020/TT-BTC",
            [("46/2019/QH14", "Luật Thư viện"), ("12/2020/TT-BTC", "Thông tư về thẻ")],
        ),
        (
            "Mượn liên thư viện01/2016/TTLT-BTP-BCA-BTC",
            [("01/2016/TTLT-BTP-BCA-BTC", "Mượn liên thư viện")],
        ),
    ],
)
def test_one_entry(body: str, expected: list[tuple[str, str]]):
    assert read(body) == expected


def test_entries_follow_without_a_gap():
    body = (
        "Luật Thư viện46/2019/QH14Nghị định số 93/2020/NĐ-CP ngày 18/8/2020 của Chính phủ"
        "93/2020/NĐ-CPsửa đổi một số điều của Thông tư số 12/2020/TT-BTC ngày 5/6/2020 về thẻ"
        "31/2024/TT-BTCTHÔNG TƯ VỀ KHO SÁCH07/2025/TT-BCA Quy định về thẻ08/2025/TT-BCA"
    )
    assert read(body) == [
        ("46/2019/QH14", "Luật Thư viện"),
        ("93/2020/NĐ-CP", "Nghị định số 93/2020/NĐ-CP ngày 18/8/2020 của Chính phủ"),
        (
            "31/2024/TT-BTC",
            "sửa đổi một số điều của Thông tư số 12/2020/TT-BTC ngày 5/6/2020 về thẻ",
        ),
        ("07/2025/TT-BCA", "THÔNG TƯ VỀ KHO SÁCH"),
        ("08/2025/TT-BCA", "Quy định về thẻ"),
    ]


def test_a_name_without_a_number_keeps_its_words():
    assert read("Nội quy thư viện") == [(None, "Nội quy thư viện")]


@pytest.mark.parametrize("cell", ["118/2025", "118/2025/NĐ-C", "118/NĐ-CP", "118"])
def test_a_cut_number_is_completed_by_its_own_name(cell: str):
    name = "Nghị định số 118/2025/NĐ-CP của Chính phủ về thư viện"
    laws = legal_bases(f"{HEADER}{name}{cell}Luật Thư viện46/2019/QH14")
    assert laws.bases[0] == LegalBasis(number="118/2025/NĐ-CP", name=name)
    assert laws.bases[1].number == "46/2019/QH14"
    assert laws.doubts == ()


def test_a_cut_number_is_doubted_and_never_completed():
    laws = legal_bases(f"{HEADER}Quy định về kho sách118/2025/NĐ-CLuật Thư viện46/2019/QH14")
    assert laws.bases == (
        LegalBasis(name="Quy định về kho sách 118/2025/NĐ-C"),
        LegalBasis(number="46/2019/QH14", name="Luật Thư viện"),
    )
    assert [(d.field, d.readings) for d in laws.doubts] == [("legal_basis", ("118/2025/NĐ-C",))]


@pytest.mark.parametrize("body", ["", "Không có thông tin"])
def test_no_laws(body: str):
    assert legal_bases(body).bases == ()


def test_names_and_cells_known_apart():
    laws = listed(
        [
            ("Luật Thư viện", "Luật số 46/2019/QH14"),
            ("Nghị định số 93/2020/NĐ-CP", "nghị định 93/2020"),
            ("BỘ LUẬT SÁCH", "BỘ LUẬT  SÁCH"),
            ("Luật Mượn sách", "54"),
        ]
    )
    assert [(b.number, b.name) for b in laws.bases] == [
        ("46/2019/QH14", "Luật Thư viện"),
        ("93/2020/NĐ-CP", "Nghị định số 93/2020/NĐ-CP"),
        (None, "BỘ LUẬT SÁCH"),
        (None, "Luật Mượn sách 54"),
    ]
    assert [d.readings for d in laws.doubts] == [("54",)]


_NAME = st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{2,8}){0,4}", fullmatch=True)
_NUMBER = st.tuples(
    st.integers(1, 400),
    st.integers(1995, 2030),
    st.sampled_from(["QH14", "NĐ-CP", "TT-BTC", "TT-BNNMT", "QĐ-TTg", "NQ-CP", "TTLT-BTP-BCA"]),
).map(lambda parts: "{:02d}/{}/{}".format(*parts))


@given(st.lists(st.tuples(_NAME, _NUMBER), min_size=1, max_size=10, unique=True))
def test_every_name_and_number_survives(entries: list[tuple[str, str]]):
    assert read("".join(map("".join, entries))) == [(number, name) for name, number in entries]


@given(st.text(alphabet="Luật số 0123456789/.-NĐCPTBQH\n", max_size=120))
def test_no_number_is_invented(body: str):
    for base in legal_bases(body).bases:
        assert base.number is None or base.number in "".join(body.split())


def test_numbers_stop_where_the_next_name_begins():
    found = NUMBER.match("37/2023/TT-BTChông tư")
    assert found and found.group() == "37/2023/TT-BTC"
