"""The portal's own words by code, to hold curated records against."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from index.text import nfc
from ingest.parse.levels import levels_in

CRAWL = "portal_crawl_2642.jsonl.gz"
WORD_EXPORT = "defence_207.jsonl"


@dataclass(frozen=True)
class PortalText:
    """One procedure as the portal prints it; ``text`` is everything it says."""

    name: str
    levels: frozenset[str]
    decision: str
    text: str


def load_portal_texts(corpus: Path) -> dict[str, PortalText]:
    """Read the portal's texts by code from a folder that holds copies of them."""
    texts: dict[str, PortalText] = {}
    with gzip.open(corpus / CRAWL, "rt", encoding="utf-8") as lines:
        for raw in map(json.loads, lines):
            texts[raw["ma_thu_tuc"]] = PortalText(
                nfc(raw["ten_thu_tuc"]),
                frozenset(levels_in(raw["cap_thuc_hien"])),
                nfc(raw["so_quyet_dinh"]),
                nfc("\n".join(map(str, raw.values()))),
            )
    with (corpus / WORD_EXPORT).open(encoding="utf-8") as lines:
        for raw in map(json.loads, lines):
            meta = {nfc(k): nfc(v) for k, v in raw["metadata"].items()}
            texts[raw["thu_tuc_id"]] = PortalText(
                meta["tên_thủ_tục"],
                frozenset(levels_in(meta["cấp_thực_hiện"])),
                meta["số_quyết_định"].removeprefix("Quyết định số "),
                nfc(json.dumps(raw, ensure_ascii=False)),
            )
    return texts
