"""``python -m ingest``: reads records and builds the next snapshot."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from index.encoder import DEFAULT, EncoderError, load_encoder
from index.snapshot import Snapshot, build, identify, open_current
from index.store import SnapshotError, default_root
from index.validation import RecordError
from ingest.formats.listing import compare
from ingest.gather import Gathered, Show, gather
from ingest.held import Fate, Held, notes, recall
from ingest.parse.rejected import Rejected
from ingest.phrases import read_phrases
from ingest.plan import Plan, make_plan
from ingest.read import InputError, find_files, read_curated
from ingest.report import write_report

DONE, UNUSABLE, REJECTS = 0, 2, 3
_OUTDATED = "bản này cũ hơn bản đang dùng (căn cứ pháp lý cũ hơn); giữ bản đang dùng"


def main(argv: list[str] | None = None) -> int:
    """Run the command. Exit 0 done, 2 unusable input (nothing changed), 3 rejects with --strict."""
    options = _parser().parse_args(argv)
    try:
        return _ingest(options)
    except (InputError, RecordError, SnapshotError, EncoderError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"Không ghi được dữ liệu ({error}); dữ liệu cũ vẫn nguyên vẹn.", file=sys.stderr)
    except KeyboardInterrupt:
        print("Đã dừng; dữ liệu cũ vẫn nguyên vẹn.", file=sys.stderr)
    return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="thutuc ingest", description="Nạp hồ sơ thủ tục.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="tệp hoặc thư mục")
    parser.add_argument("--out", type=Path, default=None, metavar="DIR", help="nơi ghi dữ liệu")
    parser.add_argument("--replace", action="store_true", help="bỏ các hồ sơ không còn trong nguồn")
    parser.add_argument("--strict", action="store_true", help="trả về mã 3 khi có hồ sơ bị từ chối")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    parser.add_argument("--bundled", action="store_true", help="chỉ nạp các hồ sơ đi kèm phần mềm")
    parser.add_argument("--report", type=Path, metavar="TỆP.html", help="viết báo cáo ra tệp")
    parser.add_argument("--encoder", default=DEFAULT, help="bộ mã hóa văn bản")
    return parser


def _ingest(options: argparse.Namespace) -> int:
    if not options.paths and not options.bundled:
        raise InputError("Chưa có gì để nạp; hãy ghi tên tệp hoặc thư mục hồ sơ.")
    root = options.out or default_root()
    with _ProgressBar() as show:
        files = find_files(options.paths)
        current = _current(root)
        held = recall(current)
        gathered = gather(files, held, show)
        if options.paths and not (gathered.lines or gathered.listed):
            _report_rejects(gathered.rejected)
            raise InputError("Không có hồ sơ nào dùng được; dữ liệu cũ được giữ nguyên.")
        replace = options.replace and bool(gathered.lines)
        plan = make_plan(held, gathered.lines, read_curated(), replace=replace)
        gathered.rejected += [Rejected(code, code, _OUTDATED) for code, _ in plan.outdated]
        rows = _fates(held, gathered, plan)
        known = current if rows == held.rows else None
        snapshot = _write(root, known, plan, rows, options.encoder, show)
    counts = _counts(gathered, plan, snapshot)
    compared = compare(gathered.listed, plan.records)
    if gathered.listed:
        counts["listed"] = len(gathered.listed)
        counts["listed_without_record"] = len(compared.missing)
        counts["no_longer_listed"] = len(compared.unlisted)
    if options.report:
        write_report(options.report, plan.records, gathered.rejected, counts, compared)
    _report(gathered.rejected, counts, as_json=options.json)
    return REJECTS if options.strict and gathered.rejected else DONE


def _current(root: Path) -> Snapshot | None:
    try:
        return open_current(root)
    except SnapshotError:
        return None  # none yet, or damaged: this ingest is the cure


def _fates(held: Held, gathered: Gathered, plan: Plan) -> dict[str, Fate]:
    """The fate of every row that made what the next snapshot holds, and of every reject."""
    changed = set(gathered.rows.values()) | set(plan.removed)
    before = {d: f for d, f in held.rows.items() if f not in changed}
    outdated = set(plan.outdated)
    return before | {d: f for d, f in gathered.rows.items() if f not in outdated}


def _write(
    root: Path,
    current: Snapshot | None,
    plan: Plan,
    rows: dict[str, Fate],
    encoder: str,
    show: Show,
) -> Snapshot:
    """Build unless ``current`` already is what would be built.

    ``current`` is None where its memory of the source rows is out of date: the
    same records are then published again with the new notes, else every later
    ingest would parse all rows anew.
    """
    loaded = load_encoder(encoder)
    phrases = read_phrases()
    if current and current.manifest.id == identify(plan.records, loaded.name, phrases):
        return current
    bundled = [code for code, _ in plan.bundled]
    return build(root, plan.records, loaded, show, notes(plan.pairs, bundled, rows), phrases)


def _counts(gathered: Gathered, plan: Plan, snapshot: Snapshot) -> dict[str, int | str]:
    return {
        "read": gathered.read,
        "accepted": gathered.read - len(gathered.rejected),
        "rejected": len(gathered.rejected),
        **plan.counts,
        "procedures": snapshot.manifest.procedures,
        "snapshot": snapshot.manifest.id,
    }


def _report(rejected: list[Rejected], counts: dict[str, int | str], *, as_json: bool) -> None:
    if as_json:
        rejects = [asdict(r) for r in rejected]
        print(json.dumps(counts | {"rejects": rejects}, ensure_ascii=False))
        return
    _report_rejects(rejected)
    print(
        "Đã đọc {read}, nhận {accepted}, từ chối {rejected}. "
        "Thêm {added}, thay {replaced}, bỏ {removed}, giữ nguyên {kept}, "
        "đi kèm phần mềm {bundled}. Có {procedures} thủ tục ({snapshot}).".format(**counts)
    )
    if "listed" in counts:
        print(
            "Danh mục có {listed} thủ tục: {listed_without_record} chưa có hồ sơ; "
            "{no_longer_listed} hồ sơ không còn trong danh mục.".format(**counts)
        )


def _report_rejects(rejected: list[Rejected]) -> None:
    for reject in rejected:
        code = f" ({reject.code})" if reject.code and reject.code != reject.where else ""
        print(f"Từ chối {reject.where}{code}: {reject.reason}", file=sys.stderr)


class _ProgressBar:
    """A progress bar on stderr; silent in a pipe and under NO_COLOR."""

    def __enter__(self) -> Show:
        console = Console(stderr=True)
        silent = not console.is_terminal or "NO_COLOR" in os.environ
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bar = Progress(*columns, TimeElapsedColumn(), console=console, disable=silent)
        self._tasks: dict[str, Any] = {}
        self._bar.start()
        return self._show

    def __exit__(self, *failure: object) -> None:
        self._bar.stop()

    def _show(self, what: str, done: int, total: int) -> None:
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(what, total=total or None)
        self._bar.update(self._tasks[what], completed=done, total=total or None)
