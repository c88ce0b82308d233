"""Holds our phrases to their rules: ``python -m ingest.check_phrases [--corpus FOLDER]``.

A phrase belongs to one procedure. Two codes may share one only when they are
one matter: their records have one name, or ``twins.txt`` beside the phrases
lists them on one line. With a copy of the portal's records it also says which
codes are unknown, which records have too few phrases, and how many there are.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from index.groups import base_name
from index.passages import Entry
from index.text import fold, strip_marks
from index.validation import RecordError
from ingest.gather import gather
from ingest.held import Held, load
from ingest.phrases import phrases_dir, read_phrases
from ingest.portal_text import CRAWL, WORD_EXPORT
from ingest.read import InputError

LEAST = 3


def main(argv: list[str] | None = None) -> int:
    """Print the faults and the counts; exit 1 when there is a fault."""
    parser = argparse.ArgumentParser(prog="python -m ingest.check_phrases", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=phrases_dir())
    parser.add_argument("--corpus", type=Path, help="a folder with a copy of the portal's records")
    options = parser.parse_args(argv)
    try:
        phrases = read_phrases(options.folder)
        names = record_names(options.corpus) if options.corpus else {}
    except (RecordError, InputError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    faults = [*collisions(phrases, twins(options.folder), names)]
    faults += _against(names, phrases) if names else []
    faults += [] if phrases else [f"no phrases in {options.folder}"]
    faults += [] if names or not options.corpus else [f"no records in {options.corpus}"]
    print(*faults, sep="\n", file=sys.stderr)
    count = sum(map(len, phrases.values()))
    print(f"{len(phrases)} procedures, {count} phrases, {len(faults)} faults")
    return 1 if faults else 0


def record_names(corpus: Path) -> dict[str, str]:
    """The names of the portal's records by code, without those that are refused."""
    files = [corpus / CRAWL, corpus / WORD_EXPORT]
    lines = gather(files, Held(), lambda *_: None).lines
    return {code: load(line).name for (code, _), line in lines.items()}


def twins(folder: Path) -> list[set[str]]:
    """Groups of codes that are one matter under several codes or levels, one a line."""
    path = folder / "twins.txt"
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    return [set(line.partition("#")[0].split()) for line in lines if line.partition("#")[0].strip()]


def collisions(
    phrases: Mapping[str, list[Entry]], same: list[set[str]], names: Mapping[str, str]
) -> Iterator[str]:
    """Phrases, compared without diacritics and case, that stand under two different matters."""
    owners: dict[str, set[str]] = defaultdict(set)
    for code, entries in phrases.items():
        texts = [plain(entry.text) for entry in entries]
        yield from (f"{code}: says twice: {t}" for t in sorted(set(texts)) if texts.count(t) > 1)
        for text in texts:
            owners[text].add(code)
    for text, codes in owners.items():
        matters = {base_name(names[code]) if code in names else code for code in codes}
        if len(matters) > 1 and not any(codes <= group for group in same):
            yield f"{' '.join(sorted(codes))}: share: {text}"


def plain(text: str) -> str:
    """What is compared: without diacritics, case and the marks around a sentence."""
    return strip_marks(fold(text)).strip(" .?!")


def _against(names: Mapping[str, str], phrases: Mapping[str, list[Entry]]) -> list[str]:
    faults = [f"{code}: no record of the portal" for code in phrases if code not in names]
    few = [code for code in names if len(phrases.get(code, ())) < LEAST]
    return faults + [f"{code}: fewer than {LEAST} phrases: {names[code]}" for code in sorted(few)]


if __name__ == "__main__":
    sys.exit(main())
