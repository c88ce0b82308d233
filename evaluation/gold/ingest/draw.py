"""The fixed-seed draws of the hand-labelled records (prints: half, code, group, level).

The first 80 are the development half: 40 of them were the check half until it
had been measured four times. The check half was drawn afterwards, from the rest.
"""

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
    return [("dev", *row) for row in rows]


def draw_check(corpus, used):
    """The check half: 25 by the same shares, 7 of a known kind of defect, 4 of defence, 8 more."""
    with gzip.open(corpus / "portal_crawl_2642.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = list(map(json.loads, lines))
    rng = random.Random(SEED + 1)  # noqa: S311
    fit = [r for r in records if r["ma_thu_tuc"] not in used and eligible(r)]
    taken = []

    def take(candidates, count, why):
        pool = [r for r in candidates if r["ma_thu_tuc"] not in {c for c, _ in taken}]
        rng.shuffle(pool)
        taken.extend((r["ma_thu_tuc"], why) for r in pool[:count])

    for key, count in QUOTA.items():
        take([r for r in fit if stratum(r) == key], max(1, count * 30 // 72), "quota")
    quota = {code for code, _ in taken}
    rest = [r for r in fit if r["ma_thu_tuc"] not in quota]
    for count, why, has in DEFECTS:
        take([r for r in rest if has(r)], count, why)
    with (corpus / "defence_207.jsonl").open(encoding="utf-8") as lines:
        defence = [r for r in map(json.loads, lines) if r["thu_tuc_id"] not in used]
    rng.shuffle(defence)
    taken += [(r["thu_tuc_id"], "defence") for r in defence[:4]]
    used = used | {code for code, _ in taken}
    left = sorted(r["ma_thu_tuc"] for r in fit if r["ma_thu_tuc"] not in used)
    more = random.Random(SEED + 2).sample(left, 8)  # noqa: S311
    return [("check", code, why) for code, why in [*taken, *((c, "more") for c in more)]]


def _cells(record):
    return nfc(record["cach_thuc_thuc_hien"])


DEFECTS = [
    (3, "fee cell under 1000", lambda r: re.search(r"(?<![\d.,])[1-9]\d{0,2} VNĐ", _cells(r))),
    (2, "no count of papers", lambda r: r["thanh_phan_ho_so"]
        and "bản chính" not in nfc(r["thanh_phan_ho_so"])[:20000]),
    (2, "free beside a fee rule", lambda r: "Miễn phí" in _cells(r)
        and re.search(r"Thông tư số \d+/\d{4}/TT-BTC", _cells(r))),
]  # fmt: skip


if __name__ == "__main__":
    first = draw(Path(sys.argv[1]))
    for row in first:
        print(*row, FORCED.get(row[1], ""), sep="\t")
    for row in draw_check(Path(sys.argv[1]), {row[1] for row in first}):
        print(*row, sep="\t")
