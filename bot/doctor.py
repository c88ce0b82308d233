"""Checks an installation and says what to do where something is wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from bot.faults import in_words
from bot.settings import Settings
from index.encoder import EncoderError, load_encoder
from index.search import Searcher
from index.store import SnapshotError


@dataclass(frozen=True)
class Check:
    """One thing looked at: whether it is well, and a sentence about it."""

    name: str
    ok: bool
    said: str


def examine(settings: Settings) -> list[Check]:
    """Look at Python, the data folder, the encoder and the snapshot, in this order."""
    looks: dict[str, Callable[[Settings], str]] = {
        "Python": _python,
        "Thư mục dữ liệu": _home,
        "Bộ mã hóa": _encoder,
        "Dữ liệu thủ tục": _snapshot,
    }
    return [_check(name, look, settings) for name, look in looks.items()]


def _check(name: str, look: Callable[[Settings], str], settings: Settings) -> Check:
    try:
        return Check(name, True, look(settings))
    except (SnapshotError, EncoderError) as error:
        return Check(name, False, str(error))
    except OSError as error:
        return Check(name, False, in_words(error) if error.errno else str(error))


def _python(settings: Settings) -> str:
    return ".".join(map(str, sys.version_info[:3]))


def _home(settings: Settings) -> str:
    folder = settings.home.expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise OSError(f"không ghi được vào {folder}; hãy đổi THUTUC_HOME hoặc cấp quyền ghi")
    return str(folder)


def _encoder(settings: Settings) -> str:
    return load_encoder(settings.encoder).name


def _snapshot(settings: Settings) -> str:
    searcher = Searcher.open(settings.index_root, load_encoder(settings.encoder))
    manifest = searcher.snapshot.manifest
    searcher.search("đăng ký khai sinh", 1)
    return f"{manifest.procedures} thủ tục, lập lúc {manifest.created} ({manifest.id})"
