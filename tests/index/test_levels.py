"""The signal of the level: a question that names one favours its procedures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from index.encoder import Encoder, Matrix
from index.procedure import Procedure
from index.search import Searcher
from index.signals import NAMES
from index.snapshot import build


class Same(Encoder):
    """One vector for every text: the encoder has no say here."""

    name, dimension = "same", 2

    def documents(self, texts: Sequence[str]) -> Matrix:
        return np.full((len(texts), 2), 0.5**0.5, np.float32)

    def query(self, text: str) -> Matrix:
        return self.documents([text])


def level_signals(searcher: Searcher, question: str) -> dict[str, float]:
    found = searcher.signals.of(question)[0][NAMES.index("level")]
    return dict(zip(searcher.snapshot.codes, found.tolist(), strict=True))


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("nộp ở xã được không", {"xa"}),
        ("nop o xa duoc khong", {"xa"}),
        ("ubnd phường làm được không", {"xa"}),
        ("công an xã", {"xa"}),
        ("thị trấn", {"xa"}),
        ("nộp lên tỉnh", {"tinh"}),
        ("ubnd tỉnh giải quyết", {"tinh"}),
        ("UBND TỈNH giải quyết", {"tinh"}),
        ("sở tư pháp", {"tinh"}),
        ("so xay dung cap", {"tinh"}),
        ("cấp bộ giải quyết", {"bo"}),
        ("gửi bộ công an", {"bo"}),
        ("cục xuất nhập cảnh", {"bo"}),
        ("xã hay tỉnh giải quyết, cấp tỉnh à", {"xa", "tinh"}),
        ("công nhận cây", set()),
        ("đăng ký phương tiện", set()),
        ("dang ky phuong tien", set()),
        ("chính quyền địa phương", set()),
        ("xả nước thải", set()),
        ("bức xạ", set()),
        ("ở vùng sâu vùng xa", set()),
        ("bảo hiểm xã hội", set()),
        ("hợp tác xã", set()),
        ("thị xã", set()),
        ("rút bảo hiểm một cục", set()),
        ("chi cục kiểm lâm", set()),
        ("nộp bộ hồ sơ", set()),
        ("ở bộ phận một cửa", set()),
        ("cấp bổ sung", set()),
        ("thành phố trực thuộc trung ương", set()),
        ("tính tiền", set()),
    ],
)
def test_the_level_that_a_question_names_is_favoured_and_others_are_not(
    levels: Searcher, question: str, named: set[str]
) -> None:
    expected = dict.fromkeys(["xa", "tinh", "bo", "xa tinh", ""], 0.0)
    if named:
        expected = {
            held: 0.0 if not held else 1.0 if named & set(held.split()) else -1.0
            for held in expected
        }
    found = level_signals(levels, question)
    assert {levels.snapshot.names[code]: value for code, value in found.items()} == {
        f"Việc {held or 'không rõ'}": value for held, value in expected.items()
    }


@pytest.fixture(scope="module")
def levels(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """A record of each level, one of two levels and one of none that is known."""
    held: list[list[str]] = [["xa"], ["tinh"], ["bo"], ["xa", "tinh"], []]
    records = [
        Procedure.model_validate_json(
            f'{{"code": "9.00000{at}", "name": "Việc {" ".join(found) or "không rõ"}",'
            f' "levels": {str(found).replace(chr(39), chr(34))}}}'
        )
        for at, found in enumerate(held)
    ]
    encoder = Same()
    root = tmp_path_factory.mktemp("levels") / "index"
    return Searcher(build(root, records, encoder, lambda *_: None), encoder)
