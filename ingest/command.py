"""``python -m ingest``: reads records and builds the next snapshot."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from index.encoder import DEFAULT, EncoderError, load_encoder
from index.procedure import Procedure
from index.snapshot import Snapshot, build, identify, open_current
from index.store import SnapshotError, default_root
from index.validation import RecordError, to_procedure
from ingest.parse import crawl, word
from ingest.parse.rejected import Rejected
from ingest.plan import Plan, make_plan
from ingest.read import InputError, Raw, Unreadable, find_files, read, read_curated

DONE, UNUSABLE, REJECTS = 0, 2, 3


@dataclass
class Gathered:
    """What the input gave: records by code and what was refused, with reasons."""

    read: int = 0
    records: dict[str, Procedure] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)


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
    parser.add_argument("--encoder", default=DEFAULT, help="bộ mã hóa văn bản")
    return parser


def _ingest(options: argparse.Namespace) -> int:
    if not options.paths and not options.bundled:
        raise InputError("Chưa có gì để nạp; hãy ghi tên tệp hoặc thư mục hồ sơ.")
    root = options.out or default_root()
    with _progress_bar() as show:
        gathered = gather(find_files(options.paths), show)
        if options.paths and not gathered.records:
            _report_rejects(gathered)
            raise InputError("Không có hồ sơ nào dùng được; dữ liệu cũ được giữ nguyên.")
        current = _current(root)
        plan = make_plan(
            current, gathered.records.values(), read_curated(), replace=options.replace
        )
        snapshot = _write(root, current, plan, options.encoder, show)
    _report(gathered, plan, snapshot, as_json=options.json)
    return REJECTS if options.strict and gathered.rejected else DONE


def gather(files: list[Path], show: Callable[[str, int, int], None]) -> Gathered:
    """Read and parse every file; a curated record wins over a portal record of its code."""
    gathered = Gathered()
    for done, path in enumerate(files):
        for row in read(path):
            gathered.read += 1
            _take(gathered, _parse(row))
            show(f"Đọc {path.name}", gathered.read, 0)
        show("Đọc tệp", done + 1, len(files))
    return gathered


def _parse(row: Raw | Unreadable) -> Procedure | Rejected:
    if isinstance(row, Unreadable):
        return Rejected(None, row.where, row.reason)
    if row.format == "crawl":
        return crawl.parse(row.data, row.where)
    if row.format == "word":
        return word.parse(row.data, row.where)
    try:
        return to_procedure(row.data, row.where)
    except RecordError as error:
        return Rejected(str(row.data.get("code")), row.where, "; ".join(error.problems))


def _take(gathered: Gathered, record: Procedure | Rejected) -> None:
    if isinstance(record, Rejected):
        gathered.rejected.append(record)
        return
    other = gathered.records.get(record.code)
    if other and (other.source.kind == "curated" or record.source.kind == "portal"):
        why = "mã này đã có trong dữ liệu đang nạp; giữ bản đọc trước"
        gathered.rejected.append(Rejected(record.code, record.name, why))
        return
    gathered.records[record.code] = record


def _current(root: Path) -> Snapshot | None:
    try:
        return open_current(root)
    except SnapshotError:
        return None  # none yet, or damaged: this ingest is the cure


def _write(
    root: Path,
    current: Snapshot | None,
    plan: Plan,
    encoder: str,
    show: Callable[[str, int, int], None],
) -> Snapshot:
    """Build unless the current snapshot already is what would be built."""
    loaded = load_encoder(encoder)
    if current is not None and current.manifest.id == identify(plan.records, loaded.name):
        return current
    return build(root, plan.records, loaded, show)


def _report(gathered: Gathered, plan: Plan, snapshot: Snapshot, *, as_json: bool) -> None:
    counts: dict[str, Any] = {
        "read": gathered.read,
        "accepted": len(gathered.records),
        "rejected": len(gathered.rejected),
        **plan.counts,
        "procedures": snapshot.manifest.procedures,
        "snapshot": snapshot.manifest.id,
    }
    if as_json:
        rejects = [asdict(r) for r in gathered.rejected]
        print(json.dumps(counts | {"rejects": rejects}, ensure_ascii=False))
        return
    _report_rejects(gathered)
    print(
        "Đã đọc {read}, nhận {accepted}, từ chối {rejected}. "
        "Thêm {added}, thay {replaced}, bỏ {removed}, giữ nguyên {kept}, "
        "đi kèm phần mềm {bundled}. Có {procedures} thủ tục ({snapshot}).".format(**counts)
    )


def _report_rejects(gathered: Gathered) -> None:
    for reject in gathered.rejected:
        code = f" ({reject.code})" if reject.code else ""
        print(f"Từ chối {reject.where}{code}: {reject.reason}", file=sys.stderr)


class _progress_bar:
    """A progress bar on stderr; silent in a pipe and without colours under NO_COLOR."""

    def __enter__(self) -> Callable[[str, int, int], None]:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bar = Progress(
            *columns, TimeElapsedColumn(), console=console, disable=not console.is_terminal
        )
        self._tasks: dict[str, Any] = {}
        self._bar.start()
        return self._show

    def __exit__(self, *failure: object) -> None:
        self._bar.stop()

    def _show(self, what: str, done: int, total: int) -> None:
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(what, total=total or None)
        self._bar.update(self._tasks[what], completed=done, total=total or None)
