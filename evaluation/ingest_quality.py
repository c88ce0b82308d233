"""Holds the parsed records against hand labels: ``python -m evaluation.ingest_quality``.

The labels lie in ``evaluation/gold/ingest/<half>/*.yaml``; the records they
speak of are parsed from the portal's copies (``--corpus``), which are not part
of the project. "Wrong as parsed" is the figure that must stay small: the share
of values given without a doubt that the labels do not confirm.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from index.procedure import Document, Method, Procedure
from index.text import fold
from ingest.parse import crawl, word
from ingest.parse.laws import NUMBER
from ingest.parse.rejected import Rejected
from ingest.parse.ways import WAYS

Parsed = Procedure | Rejected
Label = dict[str, Any]

_GOLD = Path(__file__).parent / "gold" / "ingest"
_GLUED_LAW = re.compile(rf"[^\W\d_]{NUMBER.pattern}")
_MARK = re.compile(r"^(?:\W+|\(?(?:[a-zđ]|[ivx]+|\d{1,2}(?:\.\d+)*)[).]\s*)+")


@dataclass
class Tally:
    """Found, expected and right of one kind of value."""

    right: int = 0
    found: int = 0
    expected: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, right: int, found: int, expected: int) -> None:
        self.right += right
        self.found += found
        self.expected += expected


@dataclass
class Score:
    """The tallies over all labelled records, and one line for each fault."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    presented: int = 0
    wrong: int = 0
    faults: list[str] = field(default_factory=list)

    def tally(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())

    def present(self, ok: bool, fault: str) -> None:
        """Count a value that is given without a doubt."""
        self.presented += 1
        if not ok:
            self.wrong += 1
            self.faults.append(f"WRONG {fault}")


def main(argv: list[str] | None = None) -> int:
    """Print the figures of one half of the labels; exit 2 without a copy of the portal."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.ingest_quality", description=__doc__
    )
    parser.add_argument("--half", choices=("dev", "check"), default="dev")
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--faults", action="store_true", help="one line for each fault")
    options = parser.parse_args(argv)
    if not options.corpus.is_dir():
        print(
            f"Không có bản sao của Cổng tại {options.corpus}; hãy chỉ ra bằng --corpus.",
            file=sys.stderr,
        )
        return 2
    labels = [
        yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((_GOLD / options.half).glob("*.yaml"))
    ]
    result = score(labels, parsed(options.corpus, {label["code"] for label in labels}))
    print(*report(result, len(labels)), sep="\n")
    if options.faults:
        print(*result.faults, sep="\n")
    return 0


def parsed(corpus: Path, codes: set[str]) -> dict[str, Parsed]:
    """The labelled records of both formats, parsed."""
    found: dict[str, Parsed] = {}
    with gzip.open(corpus / "portal_crawl_2642.jsonl.gz", "rt", encoding="utf-8") as rows:
        for raw in map(json.loads, rows):
            if raw["ma_thu_tuc"] in codes:
                found[raw["ma_thu_tuc"]] = crawl.parse(raw, raw["ma_thu_tuc"])
    with (corpus / "defence_207.jsonl").open(encoding="utf-8") as rows:
        for raw in map(json.loads, rows):
            if raw["thu_tuc_id"] in codes:
                found[raw["thu_tuc_id"]] = word.parse(raw, raw["thu_tuc_id"])
    return found


def score(labels: Iterable[Label], records: dict[str, Parsed]) -> Score:
    """Compare every labelled record with what was parsed of it."""
    result = Score()
    for label in labels:
        record = records[label["code"]]
        refused = isinstance(record, Rejected)
        agreed = refused == bool(label.get("reject"))
        result.tally("rejects").add(agreed, 1, 1)
        if not agreed:
            result.faults.append(f"{label['code']}: reject={label.get('reject')!r}")
        if isinstance(record, Procedure) and agreed:
            _documents(label, record, result)
            _methods(label, record, result)
            _laws(label, record, result)
    return result


def report(result: Score, labels: int) -> Iterator[str]:
    """The figures, one a line."""
    yield f"{labels} hồ sơ có nhãn"
    for name, tally in result.tallies.items():
        yield (
            f"{name:14} P {tally.precision:.4f}  R {tally.recall:.4f}  F1 {tally.f1:.4f}  "
            f"({tally.right}/{tally.found} tìm được, {tally.expected} trong nhãn)"
        )
    share = result.wrong / result.presented if result.presented else 0.0
    yield f"sai mà trình bày như đúng: {share:.4f} ({result.wrong}/{result.presented})"


def _plain(name: str) -> str:
    return _MARK.sub("", fold(name))


def _documents(label: Label, record: Procedure, result: Score) -> None:
    left = list(record.documents)
    matched = 0
    for gold in label["documents"]:
        paper = _match(gold, left)
        if paper is None:
            result.faults.append(f"{record.code}: missed paper {gold['name']!r}")
            continue
        left.remove(paper)
        matched += 1
        counts = (paper.original, paper.copies) == (gold["original"], gold["copy"])
        kind = paper.kind == gold["kind"] or bool(gold.get("either"))
        result.tally("copies").add(counts, 1, 1)
        result.tally("kind").add(kind, 1, 1)
        result.present(
            counts and kind,
            f"{record.code}: {gold} → {paper.original} {paper.copies} {paper.kind}",
        )
    for paper in left:
        result.present(False, f"{record.code}: no paper {paper.name[:80]!r}")
    result.tally("papers").add(matched, len(record.documents), len(label["documents"]))


def _match(gold: Label, papers: list[Document]) -> Document | None:
    """The paper that begins as the label does; among several, one with the same counts."""
    start = _plain(gold["name"])
    fits = [p for p in papers if _plain(p.text or p.name).startswith(start)]
    same = [p for p in fits if (p.original, p.copies) == (gold["original"], gold["copy"])]
    return next(iter(same or fits), None)


def _methods(label: Label, record: Procedure, result: Score) -> None:
    left = list(record.methods)
    for gold in label["methods"]:
        method = next((m for m in left if m.way == gold["way"]), None)
        if method is None:
            result.faults.append(f"{record.code}: missed way {gold['way']}")
            continue
        left.remove(method)
        doubted = _doubted(record, method.way)
        gold = _judged_alike(gold, doubted)
        _time(gold, method, "methods.time" in doubted, record.code, result)
        _fee(gold, method, "methods.fees" in doubted, record.code, result)
    found = len(record.methods)
    result.tally("methods").add(found - len(left), found, len(label["methods"]))
    for method in left:
        result.present(False, f"{record.code}: no way {method.way}")


def _judged_alike(gold: Label, doubted: set[str]) -> Label:
    """The label with ``either`` settled: its reader held doubting and not doubting right.

    A doubtful fee has no amount of its own, so where it was doubted none is required.
    """
    either = gold.get("either") or ()
    settled = dict(gold)
    if "fee" in either and "methods.fees" in doubted:
        settled |= {"doubtful": True, "fees": [fee | {"other": True} for fee in gold["fees"]]}
    if "time" in either:
        settled["time_doubtful"] = "methods.time" in doubted
    return settled


def _doubted(record: Procedure, way: str) -> set[str]:
    """The fields doubted for a way: a doubt about some ways only begins with their names."""
    name = next(name for name, code in WAYS.items() if code == way)
    return {
        d.field
        for d in record.doubts
        if name in d.why.split(":")[0] or not d.why.startswith(tuple(WAYS))
    }


def _time(gold: Label, method: Method, doubted: bool, code: str, result: Score) -> None:
    expected = (gold["time"]["value"], gold["time"]["unit"]) if gold["time"] else None
    time = method.time
    found = (time.value, time.unit) if time and time.value else None
    result.tally("times").add(found == expected, 1, 1)
    fault = f"{code}: {method.way} time {found}, label {expected}"
    if found != expected:
        result.faults.append(fault)
    if found and not doubted:
        result.present(found == expected and not gold.get("time_doubtful"), fault)
    marked = doubted == bool(gold.get("time_doubtful"))
    result.tally("time doubts").add(marked, 1, 1)
    if not marked:
        result.faults.append(f"{code}: {method.way} time doubted={doubted}")


def _fee(gold: Label, method: Method, doubted: bool, code: str, result: Score) -> None:
    labelled = Counter(_label_fee(fee) for fee in gold["fees"] if not fee.get("other"))
    allowed = {_label_fee(fee) for fee in gold["fees"]}
    said = [(f.amount, f.free) for f in method.fees if f.amount is not None or f.free]
    found = Counter(fee for fee in said if fee in labelled or fee not in allowed)
    right = found == labelled and (doubted or not gold["doubtful"])
    result.tally("fees").add(right, 1, 1)
    if not right:
        result.faults.append(f"{code}: {method.way} fees {said} doubted={doubted}, label {gold}")
    for fee in said:
        result.present(fee in allowed, f"{code}: {method.way} fee {fee}, label {gold['fees']}")
    if gold["doubtful"] or doubted:
        result.tally("fee doubts").add(gold["doubtful"] and doubted, doubted, gold["doubtful"])


def _label_fee(fee: Label) -> tuple[float | None, bool]:
    return fee.get("amount"), bool(fee.get("free"))


def _laws(label: Label, record: Procedure, result: Score) -> None:
    """The label lists the numbers that names cite as well: found is a number in either place."""
    expected = set(label["legal_numbers"])
    allowed = expected | set(label.get("legal_variant") or ())
    own = {law.number for law in record.legal_basis if law.number}
    cited = {n for law in record.legal_basis for n in NUMBER.findall(law.name or "")}
    result.tally("legal numbers").add(len(own & allowed), len(own), len(own & allowed))
    result.tally("legal numbers").expected += len(expected - own - cited)
    for number in sorted(own):
        result.present(number in allowed, f"{record.code}: law {number}")
    if missed := expected - own - cited:
        result.faults.append(f"{record.code}: laws missed {sorted(missed)}")
    for law in record.legal_basis:
        if _GLUED_LAW.search(law.name or ""):
            result.faults.append(f"{record.code}: laws run together: {law.name!r}")


if __name__ == "__main__":
    sys.exit(main())
