"""Checks the labelled questions: ``python -m evaluation.check_questions``.

Prints what is there and one line for each fault; exit 1 when there is one.
``sides.json`` beside the sets keeps the side of every code: a question that
would join two sides, and so move a procedure from tune to check, is a fault.
``--corpus`` adds the check that every code is a record of the portal's copy.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evaluation.labelled import FOLDER, Questions, Side, load
from index.text import fold, strip_marks

LEAST = {"answerable": 600, "ambiguous": 80, "outside": 120, "conversations": 60, "hostile": 60}
LEAST_PROCEDURES = 250


def main(argv: list[str] | None = None) -> int:
    """Check the sets; ``--write-sides`` records the side of codes that are new."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.check_questions")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--corpus", type=Path, help="a folder with a copy of the portal's records")
    parser.add_argument("--write-sides", action="store_true")
    options = parser.parse_args(argv)
    try:
        questions = load(options.folder)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    sides = code_sides(questions)
    if options.write_sides:
        write_sides(options.folder, sides)
    faults = list(find_faults(questions, recorded_sides(options.folder)))
    if options.corpus:
        known = set(corpus_codes(options.corpus))
        faults += [f"{code}: no record of the portal" for code in sorted(set(sides) - known)]
    print(*faults, sep="\n", file=sys.stderr)
    print(*summary(questions), sep="\n")
    return 1 if faults else 0


def code_sides(questions: Questions) -> dict[str, Side]:
    """The side of every code that a label names."""
    by_id = questions.sides()
    named = [*questions.answerable, *questions.ambiguous, *questions.conversations]
    return {code: by_id[item.id] for item in named for code in item.codes}


def recorded_sides(folder: Path) -> dict[str, Side]:
    """The sides as committed, by code; empty where none are."""
    path = folder / "sides.json"
    if not path.is_file():
        return {}
    sides: dict[str, Side] = json.loads(path.read_text(encoding="utf-8"))
    return sides


def write_sides(folder: Path, sides: dict[str, Side]) -> None:
    """Record the sides of new codes; a side once recorded is not changed."""
    kept = sides | recorded_sides(folder)
    text = json.dumps(dict(sorted(kept.items())), indent=0)
    (folder / "sides.json").write_text(text + "\n", encoding="utf-8")


def find_faults(questions: Questions, recorded: dict[str, Side]) -> Iterator[str]:
    """One line for each fault of the sets."""
    yield from _repeats(questions)
    yield from _forms(questions)
    yield from _amounts(questions)
    for code, side in code_sides(questions).items():
        if recorded.get(code, side) != side:
            yield f"{code}: was on the side of {recorded[code]}, would be {side}"
        elif code not in recorded:
            yield f"{code}: side not recorded; run with --write-sides"


def _repeats(questions: Questions) -> Iterator[str]:
    ids: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    for part in (questions.answerable, questions.ambiguous, questions.outside):
        for item in part:
            ids[item.id] += 1
            texts[fold(item.question)] += 1
    ids.update(item.id for item in [*questions.conversations, *questions.hostile])
    yield from (f"{ident}: id used {n} times" for ident, n in ids.items() if n > 1)
    yield from (f"asked {n} times: {text}" for text, n in texts.items() if n > 1)


def _forms(questions: Questions) -> Iterator[str]:
    for part in (questions.answerable, questions.ambiguous, questions.outside):
        for item in part:
            bare = strip_marks(item.question) == item.question
            if (item.form == "unaccented") != bare and item.form in ("unaccented", "accented"):
                yield f"{item.id}: labelled {item.form}: {item.question}"


def _amounts(questions: Questions) -> Iterator[str]:
    for name, least in LEAST.items():
        if len(getattr(questions, name)) < least:
            yield f"{name}: {len(getattr(questions, name))} questions, at least {least} are wanted"
    procedures = {code for item in questions.answerable for code in item.gold}
    if len(procedures) < LEAST_PROCEDURES:
        yield f"answerable: {len(procedures)} procedures, at least {LEAST_PROCEDURES} are wanted"


def corpus_codes(corpus: Path) -> Iterator[str]:
    """The codes in a copy of the portal's records."""
    with gzip.open(corpus / "portal_crawl_2642.jsonl.gz", "rt", encoding="utf-8") as rows:
        yield from (json.loads(row)["ma_thu_tuc"] for row in rows)
    with (corpus / "defence_207.jsonl").open(encoding="utf-8") as rows:
        yield from (json.loads(row)["thu_tuc_id"] for row in rows)


def summary(questions: Questions) -> Iterator[str]:
    """How many there are, by set, side, style and form."""
    sides = questions.sides()
    for name in LEAST:
        items = getattr(questions, name)
        by_side = Counter(sides[item.id] for item in items)
        yield f"{name}: {len(items)} (tune {by_side['tune']}, check {by_side['check']})"
    single = questions.answerable
    yield f"styles: {dict(Counter(q.style for q in single))}"
    yield f"forms: {dict(Counter(q.form for q in single))}"
    yield f"procedures: {len({c for q in single for c in q.gold})}; with facts: " + str(
        sum(q.facts is not None for q in single)
    )


if __name__ == "__main__":
    sys.exit(main())
