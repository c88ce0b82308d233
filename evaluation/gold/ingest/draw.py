"""The fixed-seed draw of the 80 hand-labelled records (prints: split, code, group, level)."""

import gzip
import hashlib
import json
import random
import re
import sys
import unicodedata
from pathlib import Path

SEED = 20261121
MAX_ROWS = 40
FORCED = {
    "3.000349": "fee cell 135 VNĐ",
    "1.013092": "fee cell 123 VNĐ",
    "1.007751": "fee cell 120 VNĐ",
    "3.000243": "foreign content under a decision title",
    "1.002544": "foreign content",
    "1.008591": "contradicts itself on time",
    "1.002755": "contradicts itself on the fee",
    "1.001613": "steps in thanh_phan_ho_so",
    "2.000821": "steps in thanh_phan_ho_so",
    "2.002338": "steps in thanh_phan_ho_so",
    "1.001266": "free beside a fee rule",
    "1.013226": "free beside a fee rule",
}
# (group, touches the commune) -> how many of the 72
QUOTA = {
    ("bo-tai-chinh", True): 11,
    ("bo-cong-an", True): 7,
    ("bo-nong-nghiep-mt", True): 6,
    ("bo-tu-phap", True): 6,
    ("bo-xay-dung", True): 5,
    ("toa-an-nhan-dan", True): 1,
    ("bo-tai-chinh", False): 6,
    ("bo-nong-nghiep-mt", False): 8,
    ("bo-xay-dung", False): 9,
    ("bo-cong-an", False): 5,
    ("bo-tu-phap", False): 4,
    ("ngan-hang-nha-nuoc", False): 4,
}
DEFENCE = {
    "Cấp Xã": 3,
    "Cấp Bộ": 2,
    "Cấp Tỉnh": 1,
    "Cấp Tỉnh, Cấp Xã": 1,
    "Cấp Bộ, Cấp Tỉnh, Cấp Xã": 1,
}


def nfc(text):
    return unicodedata.normalize("NFC", text or "")


def stratum(record):
    return record["_bo_nganh"], "Cấp xã" in nfc(record["cap_thuc_hien"])


def eligible(record):
    inner = re.search(r"Mã thủ tục\s*(\d\.\d{6})", nfc(record["raw_text"]))
    rows = len(re.findall(r"bản chính", nfc(record["thanh_phan_ho_so"])))
    return inner and inner.group(1) == record["ma_thu_tuc"] and rows <= MAX_ROWS


def draw(corpus):
    rng = random.Random(SEED)  # noqa: S311 - a repeatable draw, no secret
    with gzip.open(corpus / "portal_crawl_2642.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = {r["ma_thu_tuc"]: r for r in map(json.loads, lines)}
    taken, left = list(FORCED), dict(QUOTA)
    for code in FORCED:
        left[stratum(records[code])] -= 1
    pool = [records[c] for c in sorted(records) if c not in FORCED and eligible(records[c])]

    def take(candidates):
        chosen = rng.choice(candidates)
        pool.remove(chosen)
        taken.append(chosen["ma_thu_tuc"])
        left[stratum(chosen)] -= 1

    levels = {nfc(r["cap_thuc_hien"]) for r in records.values()}
    for level in sorted(levels - {nfc(records[c]["cap_thuc_hien"]) for c in FORCED}):
        take([r for r in pool if nfc(r["cap_thuc_hien"]) == level and left[stratum(r)] > 0])
    for key in QUOTA:
        while left[key] > 0:
            take([r for r in pool if stratum(r) == key])
    rows = [(c, records[c]["_bo_nganh"], nfc(records[c]["cap_thuc_hien"])) for c in taken]

    with (corpus / "defence_207.jsonl").open(encoding="utf-8") as lines:
        defence = sorted(map(json.loads, lines), key=lambda r: r["thu_tuc_id"])
    for level, count in DEFENCE.items():
        fit = [
            r["thu_tuc_id"]
            for r in defence
            if r["metadata"]["cấp_thực_hiện"] == level
            and len(r["tables"]["thanh_phan_ho_so"]) <= MAX_ROWS
        ]
        rows += [(c, "defence", level) for c in rng.sample(fit, count)]
    rows.sort(key=lambda row: hashlib.sha256(row[0].encode()).hexdigest())
    return [("dev" if i % 2 == 0 else "check", *row) for i, row in enumerate(rows)]


if __name__ == "__main__":
    for row in draw(Path(sys.argv[1])):
        print(*row, FORCED.get(row[1], ""), sep="\t")
