"""``python -m ingest.fetch``: downloads procedures from the national portal into a folder."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

from ingest.fetch.errors import StoppedError, UnusableError
from ingest.fetch.folder import Folder
from ingest.fetch.portal import open_portal
from ingest.fetch.progress import progress_bar
from ingest.fetch.run import Counts, Order, Run
from ingest.fetch.settings import PortalSettings, load_settings
from ingest.fetch.state import open_state

DONE, INCOMPLETE, UNUSABLE = 0, 1, 2
_DEPARTMENT = re.compile(r"[A-Z0-9][A-Z0-9.-]{0,39}")
_MOST_TOLD = 50
_MINUTE = 60.0
_INTERRUPTED = "Đã dừng theo yêu cầu; chạy lại lệnh này để tải tiếp."


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UnusableError(f"Không hiểu lệnh này; hãy xem cách dùng: {self.prog} --help")


def main(argv: list[str] | None = None) -> int:
    """Run the command. Exit 0 done, 1 some is missing (run again goes on), 2 unusable."""
    try:
        options = _parser().parse_args(argv)
        order = _order(options)
        settings = load_settings(
            portal_url=options.base_url,
            portal_contact=options.contact,
            portal_list_fields=dict(options.list_field),
        )
        return _fetch(options, settings, order)
    except UnusableError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(
            f"Không đọc hoặc ghi được {error.filename or 'tệp'} ({error.strerror}); "
            "những gì đã tải vẫn còn.",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        print(_INTERRUPTED, file=sys.stderr)
        return INCOMPLETE
    return UNUSABLE


def _parser() -> _Parser:
    parser = _Parser(
        prog="thutuc fetch", description="Tải thủ tục từ Cổng Dịch vụ công quốc gia, từ tốn."
    )
    add = parser.add_argument
    add("--province", metavar="MÃ", help="thủ tục do cơ quan mang mã này công bố, ví dụ H21")
    add("--commune", action="store_true", help="chỉ giữ thủ tục làm ở cấp xã")
    add("--all", action="store_true", help="mọi thủ tục trên Cổng")
    add("--out", type=Path, required=True, metavar="THƯ_MỤC", help="nơi ghi, mỗi thủ tục một tệp")
    add("--update", action="store_true", help="xem lại cả thủ tục đã tải, thay bản đã đổi")
    add("--limit", type=_positive, metavar="SỐ", help="tải nhiều nhất chừng này trong lần chạy")
    add("--minutes", type=_positive, metavar="SỐ", help="dừng sau chừng này phút")
    add("--base-url", metavar="URL", help="địa chỉ Cổng (THUTUC_PORTAL_URL)")
    add("--contact", metavar="AI", help="thư điện tử hoặc trang liên hệ (THUTUC_PORTAL_CONTACT)")
    add("--list-field", type=_pair, action="append", default=[], metavar="TÊN=GIÁ_TRỊ",
        help="thêm trường vào yêu cầu danh sách")  # fmt: skip
    add("--json", action="store_true", help="in kết quả dạng JSON")
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("phải là số nguyên từ 1 trở lên")
    return value


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError("phải có dạng TÊN=GIÁ_TRỊ")
    return name, value


def _order(options: argparse.Namespace) -> Order:
    scoped = bool(options.province) or options.commune
    if scoped == options.all:
        raise UnusableError(
            "Hãy cho biết tải gì: --all (mọi thủ tục), hoặc --province MÃ, hoặc --commune "
            "(hai lựa chọn sau dùng chung được)."
        )
    department = (options.province or "").strip().upper()
    if department and not _DEPARTMENT.fullmatch(department):
        raise UnusableError("Mã cơ quan sau --province không đúng; mã có dạng như H21 hoặc G15.")
    return Order(department, options.commune, options.update, options.limit)


def _fetch(options: argparse.Namespace, settings: PortalSettings, order: Order) -> int:
    if not settings.portal_contact:
        print(
            "Chưa có địa chỉ liên hệ; nên đặt THUTUC_PORTAL_CONTACT để Cổng biết hỏi ai.",
            file=sys.stderr,
        )
    folder = Folder(options.out)
    with open_state(folder.path) as state:
        with progress_bar() as show:
            run = Run(settings, order, folder, state, show)
            why = _until_stopped(run, settings, options.minutes)
        _report(run.counts, why, complete=state.complete, as_json=options.json)
    return INCOMPLETE if run.counts.failed or why else DONE


def _until_stopped(run: Run, settings: PortalSettings, minutes: int | None) -> str | None:
    """Run, and say why it ended early, if it did."""

    async def go() -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        if task:
            loop.add_signal_handler(signal.SIGTERM, task.cancel)
        async with asyncio.timeout(_MINUTE * minutes if minutes else None):
            async with open_portal(settings) as portal:
                await run.go(portal)

    try:
        asyncio.run(go())
    except StoppedError as error:
        return str(error)
    except TimeoutError:
        return f"Đã hết {minutes} phút; chạy lại lệnh này để tải tiếp."
    except (KeyboardInterrupt, asyncio.CancelledError):
        return _INTERRUPTED
    return None


def _report(counts: Counts, why: str | None, *, complete: bool, as_json: bool) -> None:
    for code, reason in list(counts.failed.items())[:_MOST_TOLD]:
        print(f"Không tải được {code}: {reason}.", file=sys.stderr)
    if len(counts.failed) > _MOST_TOLD:
        print(f"… và {len(counts.failed) - _MOST_TOLD} thủ tục khác.", file=sys.stderr)
    for sentence in (*_notes(counts, complete=complete), why):
        if sentence:
            print(sentence, file=sys.stderr)
    if as_json:
        print(json.dumps(asdict(counts) | {"stopped": why}, ensure_ascii=False))
        return
    print(
        f"Danh sách có {counts.listed} thủ tục. Đã tải {counts.fetched}, thay bản mới "
        f"{counts.updated}, xem lại không đổi {counts.unchanged}, có sẵn {counts.already}, "
        f"không thuộc cấp xã {counts.left_out}, không tải được {len(counts.failed)}, "
        f"còn lại {counts.left}."
    )


def _notes(counts: Counts, *, complete: bool) -> list[str]:
    """What a person should know of a list that was read to its end."""
    notes = []
    seen = counts.listed + counts.doubles + counts.refused
    if complete and seen < counts.total:
        notes.append(
            f"Cổng báo có {counts.total} thủ tục nhưng danh sách chỉ có {counts.listed}; "
            "hãy chạy lại sau để xem đã đủ chưa."
        )
    if counts.unlisted:
        some = ", ".join(counts.unlisted[:5]) + ("…" if len(counts.unlisted) > 5 else "")
        notes.append(
            f"{len(counts.unlisted)} tệp trong thư mục không có trong danh sách lần này ({some}): "
            "có thể thủ tục đã bị bãi bỏ hoặc thuộc lần tải khác; các tệp được giữ nguyên."
        )
    return notes
