"""The command ``thutuc``: thin, one function a subcommand, errors in one sentence on stderr."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from bot import app, batch, doctor, serve
from bot.faults import in_words
from bot.messages import Turn
from bot.settings import Settings, SettingsError
from index.encoder import EncoderError
from index.snapshot import open_current
from index.store import SnapshotError

DONE, WRONG, UNUSABLE = 0, 1, 2
_LAST_PORT = 65535


class UsageError(Exception):
    """The command line can't be understood; the message says what to do."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"Không hiểu lệnh này; hãy xem cách dùng: {self.prog} --help")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Exit 0 done, 1 something is wrong, 2 unusable input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Vietnamese gets «?»
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        if arguments[:1] == ["ingest"]:
            return app.ingest(Settings(), arguments[1:])
        if arguments[:1] == ["fetch"]:
            return app.fetch(arguments[1:])
        if arguments[:2] == ["phrases", "suggest"]:
            return app.suggest(Settings(), arguments[2:])
        options = _parser().parse_args(arguments)
        command: Callable[[argparse.Namespace, Settings], int] = options.run
        return command(options, Settings())
    except (UsageError, SettingsError, SnapshotError, EncoderError, batch.BatchError) as error:
        return _fail(str(error))
    except ValidationError as error:
        return _fail(_bad_settings(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads any more
        return DONE
    except OSError as error:
        return _fail(in_words(error))
    except KeyboardInterrupt:
        return _fail("Đã dừng.")


def _parser() -> _Parser:
    parser = _Parser(prog="thutuc", description="Trợ lý thủ tục hành chính.")
    commands = parser.add_subparsers(dest="command", metavar="LỆNH", required=True)

    def add(name: str, run: Callable[..., int], about: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=about)
        added.set_defaults(run=run)
        return added

    commands.add_parser("ingest", help="nạp hồ sơ thủ tục (xem: thutuc ingest --help)")
    commands.add_parser("fetch", help="tải thủ tục từ Cổng (xem: thutuc fetch --help)")
    phrases = commands.add_parser("phrases", help="lời người dân hay nói")
    drafted = phrases.add_subparsers(dest="phrases", metavar="LỆNH", required=True)
    drafted.add_parser("suggest", help="soạn nháp (xem: thutuc phrases suggest --help)")
    ask = add("ask", _ask, "hỏi một câu")
    ask.add_argument("question", nargs="+", metavar="CÂU_HỎI")
    search = add("search", _search, "tìm thủ tục")
    search.add_argument("question", nargs="+", metavar="CÂU_HỎI")
    search.add_argument("-k", type=_positive, default=10, metavar="SỐ", help="số thủ tục (10)")
    show = add("show", _show, "xem hồ sơ của một thủ tục")
    show.add_argument("code", metavar="MÃ")
    check = add("doctor", _doctor, "kiểm tra cài đặt, dữ liệu")
    for command in (ask, search, show, check):
        command.add_argument("--json", action="store_true", help="in dạng JSON")
    many = add("batch", _batch, "trả lời cả một tệp hội thoại")
    many.add_argument("source", type=Path, metavar="VÀO.jsonl")
    many.add_argument("target", type=Path, metavar="RA.jsonl")
    web = add("serve", _serve, "chạy trang hỏi đáp và API")
    web.add_argument("--host")
    web.add_argument("--port", type=_port)
    web.add_argument("--workers", type=_positive, default=1)
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("phải là số nguyên từ 1 trở lên")
    return value


def _port(text: str) -> int:
    value = _positive(text)
    if value > _LAST_PORT:
        raise argparse.ArgumentTypeError(f"phải từ 1 đến {_LAST_PORT}")
    return value


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    reply = app.build_assistant(settings).answer(
        Turn(message=" ".join(options.question), channel="cli")
    )
    print(reply.model_dump_json() if options.json else reply.text)
    return DONE


def _search(options: argparse.Namespace, settings: Settings) -> int:
    question = " ".join(options.question)
    hits = app.build_searcher(settings).search(question, options.k)
    if options.json:
        found = [{"code": h.code, "name": h.name, "score": h.score} for h in hits.kept]
        _print_json({"question": question, "results": found, "timings_ms": hits.timings_ms})
    else:
        for hit in hits.kept:
            print(f"{hit.score:.3f}  {hit.code}  {hit.name}")
    return DONE


def _show(options: argparse.Namespace, settings: Settings) -> int:
    app.ensure_snapshot(settings)
    record = open_current(settings.index_root).procedure(options.code)
    if record is None:
        return _fail(f"Không có thủ tục mã {options.code}; hãy tìm bằng: thutuc search <tên>.")
    data = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if options.json:
        _print_json(data)
        return DONE
    for field, value in data.items():
        origin = " (lấy từ hồ sơ của Cổng)" if field in record.origin else ""
        said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        print(f"{field}{origin}: {said}")
    return DONE


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    checks = doctor.examine(settings)
    if options.json:
        _print_json([vars(c) for c in checks])
    else:
        for check in checks:
            print(f"{'tốt ' if check.ok else 'LỖI '} {check.name}: {check.said}")
    return DONE if all(c.ok for c in checks) else WRONG


def _batch(options: argparse.Namespace, settings: Settings) -> int:
    faults = batch.run(options.source, options.target, lambda: app.build_assistant(settings))
    for fault in faults:
        print(fault, file=sys.stderr)
    return DONE


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    host, port = options.host or settings.host, options.port or settings.port
    try:
        serve.check_free(host, port)
    except OSError as error:
        return _fail(in_words(error, f"{host}:{port}"))
    app.ensure_snapshot(settings)
    print(f"Trang hỏi đáp: http://{host}:{port} (bấm Ctrl+C để dừng)", flush=True)
    serve.run(host, port, options.workers)
    return DONE


def _bad_settings(error: ValidationError) -> str:
    names = sorted({f"THUTUC_{str(fault['loc'][0]).upper()}" for fault in error.errors()})
    return f"Cài đặt {', '.join(names)} không đúng; hãy sửa lại giá trị."


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False))


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return UNUSABLE
