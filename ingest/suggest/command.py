"""``python -m ingest.suggest``: a language model drafts phrases into a file for review."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from index.procedure import CODE
from index.snapshot import open_current
from index.store import SnapshotError, default_root
from index.validation import RecordError
from ingest.fetch.progress import progress_bar
from ingest.phrases import phrases_dir
from ingest.suggest.drafts import DraftFile
from ingest.suggest.errors import UnusableError
from ingest.suggest.model import Model
from ingest.suggest.run import Counts, Run
from ingest.suggest.settings import load_settings
from ingest.suggest.sift import FAULTS

DONE, INCOMPLETE, UNUSABLE = 0, 1, 2
_MOST_TOLD = 50


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UnusableError(f"Không hiểu lệnh này; hãy xem cách dùng: {self.prog} --help")


def main(argv: list[str] | None = None) -> int:
    """Run the command. Exit 0 done, 1 some is missing (run again goes on), 2 unusable."""
    try:
        return _suggest(_parser().parse_args(argv))
    except (UnusableError, SnapshotError, RecordError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(
            f"Không đọc hoặc ghi được {error.filename or 'tệp'} ({error.strerror}); "
            "những gì đã soạn vẫn còn.",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu; chạy lại lệnh này để soạn tiếp.", file=sys.stderr)
        return INCOMPLETE
    return UNUSABLE


def _parser() -> _Parser:
    parser = _Parser(
        prog="thutuc phrases suggest",
        description="Nhờ một mô hình ngôn ngữ soạn nháp lời người dân hay nói, để người duyệt.",
    )
    add = parser.add_argument
    add("codes", nargs="*", metavar="MÃ", help="thủ tục cần soạn")
    add("--all-missing", action="store_true", help="mọi thủ tục có ít hơn ba cụm từ")
    add("--out", type=Path, required=True, metavar="TỆP.yaml", help="nơi ghi bản nháp")
    add("--model", metavar="TÊN", help="tên mô hình (THUTUC_LLM_MODEL)")
    add("--index", type=Path, default=None, metavar="DIR", help="nơi chứa dữ liệu")
    add("--phrases", type=Path, default=None, metavar="DIR", help="thư mục cụm từ đang dùng")
    return parser


def _suggest(options: argparse.Namespace) -> int:
    named = _named(options)
    phrases = options.phrases or phrases_dir()
    if not phrases.is_dir():
        raise UnusableError(f"Không có thư mục cụm từ {phrases}; hãy xem lại --phrases.")
    _refuse_used(options.out, {phrases.resolve(), phrases_dir().resolve()})
    model = Model(load_settings(options.model))
    run = Run(open_current(options.index or default_root()), phrases, DraftFile(options.out))
    codes = run.codes(named)
    try:
        with progress_bar() as show:
            run.go(codes, model, show)
    finally:
        _report(run.counts, options.out)
    return INCOMPLETE if run.counts.failed or run.counts.left else DONE


def _named(options: argparse.Namespace) -> list[str]:
    codes: list[str] = options.codes
    if bool(codes) == options.all_missing:
        raise UnusableError(
            "Hãy cho biết soạn cho thủ tục nào: ghi các mã, hoặc --all-missing (mọi thủ tục còn "
            "thiếu cụm từ)."
        )
    if wrong := [code for code in codes if not CODE.fullmatch(code)]:
        raise UnusableError(f"{wrong[0]} không phải mã thủ tục; mã có dạng như 1.001193.")
    return codes


def _refuse_used(out: Path, used: set[Path]) -> None:
    """Drafts beside phrases in use would be indexed by the next ingest, unreviewed."""
    if out.resolve().parent in used:
        raise UnusableError(
            f"{out} nằm trong thư mục cụm từ đang dùng; bản nháp chưa duyệt phải để nơi khác, "
            "hãy chọn tệp khác cho --out."
        )
    if out.is_dir() or not out.resolve().parent.is_dir():
        raise UnusableError(f"Không ghi được {out}; hãy chọn một tệp trong thư mục đã có.")


def _report(counts: Counts, out: Path) -> None:
    for code, reason in list(counts.failed.items())[:_MOST_TOLD]:
        print(f"Không soạn được {code}: {reason}.", file=sys.stderr)
    if len(counts.failed) > _MOST_TOLD:
        print(f"… và {len(counts.failed) - _MOST_TOLD} thủ tục khác.", file=sys.stderr)
    if counts.stopped:
        print(
            "Máy chủ mô hình không trả lời nhiều lần liền; hãy kiểm tra rồi chạy lại để soạn tiếp.",
            file=sys.stderr,
        )
    dropped = ", ".join(f"{fault} {counts.dropped[fault]}" for fault in FAULTS)
    print(
        f"Đã soạn {counts.written} thủ tục ({counts.drafts} câu) vào {out}, chờ người duyệt. "
        f"Có sẵn trong tệp {counts.already}, đã đủ cụm từ {counts.enough}, "
        f"không soạn được {len(counts.failed)}, còn lại {counts.left}. "
        f"Bỏ {counts.dropped.total()} câu: {dropped}."
    )
