"""Records of our own making, in the formats that ingest reads."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.command import main


@pytest.fixture
def crawl_row() -> Callable[..., dict[str, Any]]:
    """A row of the page crawl with made-up content; keywords replace fields."""

    def row(code: str = "9.000001", name: str = "Thủ tục cấp thẻ thư viện", **fields: str) -> Any:
        given = {
            "ma_thu_tuc": code,
            "detail_url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/0",
            "formality_id": "",
            "ten_thu_tuc": name,
            "so_quyet_dinh": "1/QĐ-THU",
            "cap_thuc_hien": "Cấp xã",
            "loai_thu_tuc": "",
            "linh_vuc": "Thư viện",
            "doi_tuong_thuc_hien": "Công dân Việt Nam",
            "co_quan_co_tham_quyen": "",
            "dia_chi_tiep_nhan": "",
            "co_quan_duoc_uy_quyen": "",
            "co_quan_phoi_hop": "",
            "thu_tuc_lien_quan": "Không có thông tin",
            "trinh_tu_thuc_hien": "Bước 1: Bạn đọc nộp đơn.\nBước 2: Thư viện trao thẻ.",
            "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tả"
            "Trực tiếp3 Ngày làm việc5,000 Việt Nam Đồng",
            "thanh_phan_ho_so": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn xin cấp thẻ1 bản chính",
            "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Thư viện46/2019/QH14",
            "co_quan_thuc_hien": "Thư viện xã",
            "yeu_cau_dieu_kien": "Không có thông tin",
            "ket_qua_xu_ly": "Thẻ thư việnMã: KQ.G99.000001Từ khóaKhông có thông tin",
            "_bo_nganh": "thu-vien",
        }
        return given | {"raw_text": f"Mã thủ tục{code}"} | fields

    return row


@pytest.fixture
def write_rows(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as a JSONL file below tmp_path."""

    def write(*rows: dict[str, Any], name: str = "portal.jsonl") -> Path:
        path = tmp_path / name
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def _bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("bundled") / "index"
    assert main(["--bundled", "--out", str(root)]) == 0
    return root


@pytest.fixture
def root(_bundled: Path, tmp_path: Path) -> Path:
    """A place of its own with the bundled records ingested, whose vectors are then known."""
    return Path(shutil.copytree(_bundled, tmp_path / "index"))
