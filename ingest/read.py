"""Reads files as they are given: which format, which records, where each one stood.

A folder is read with its subfolders, without hidden files and Word's lock files
(``~$…``). A link in it is not followed, it could lead anywhere; a link named
outright is.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from index.procedure import Procedure
from index.validation import RecordError, to_procedure
from ingest.formats import json_file, kinds, limits, yaml_file
from ingest.formats.kinds import KNOWN, Kind
from ingest.formats.rows import Format, Listed, Raw, RefusedError, Rows, Unreadable

__all__ = [
    "KNOWN",
    "Format",
    "InputError",
    "Listed",
    "Raw",
    "Rows",
    "Unreadable",
    "curated_dir",
    "find_files",
    "read",
    "read_curated",
]

_HEAD = 4096


class InputError(ValueError):
    """A path that can't be used at all; the message says why and what to do."""


def curated_dir() -> Path:
    """Where the bundled records lie: beside the package in a wheel, in ``data/`` in a clone."""
    packaged = Path(__file__).parent / "curated"
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / "data" / "procedures"


def read_curated(files: Iterable[Path] = ()) -> Iterator[Procedure]:
    """The curated records in ``files``, by default the bundled ones. Raises RecordError."""
    for path in list(files) or sorted(curated_dir().glob("*.yaml")):
        for row in read(path):
            if isinstance(row, Unreadable):
                raise RecordError(row.where, [row.reason])
            if isinstance(row, Raw):
                yield to_procedure(row.data, row.where)


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files that ``paths`` (files or folders) name, each once.

    Raises InputError for an unusable path. Links and unreadable folders inside a
    folder are given as well: ``read`` says of each why it was not read.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(_inside(path) if _is_folder(path) else [_named(path)])
    return list(found)


def _is_folder(path: Path) -> bool:
    try:
        if not path.exists():
            raise InputError(f"Không tìm thấy {path}; hãy kiểm tra lại đường dẫn.")
        return path.is_dir()
    except PermissionError:
        return False  # read will say so


def _named(path: Path) -> Path:
    """The file a path names; a link is followed, for it was named."""
    if kinds.by_name(path.name) is None:
        raise InputError(f"Không biết định dạng của {path}; chỉ đọc được {KNOWN}.")
    return path.resolve() if path.is_symlink() else path


def _inside(folder: Path) -> list[Path]:
    found: list[Path] = []

    def unreadable(error: OSError) -> None:
        found.append(Path(error.filename))

    for place, folders, files in os.walk(folder, onerror=unreadable):
        here = Path(place)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [here / name for name in folders if (here / name).is_symlink()]
        shown = (here / name for name in sorted(files) if not name.startswith((".", "~$")))
        found += [path for path in shown if kinds.by_name(path.name)]
    if not found:
        raise InputError(f"Thư mục {folder} không có tệp nào đọc được; cần {KNOWN}.")
    return found


def read(path: Path) -> Rows:
    """Yield every record of one file, and every place where one can't be read. Never raises."""
    try:
        yield from _read(path)
    except RefusedError as error:
        yield Unreadable(path.name, str(error))
    except PermissionError:
        yield Unreadable(path.name, "không có quyền đọc; hãy cấp quyền đọc rồi nạp lại")
    except RecursionError:
        yield Unreadable(path.name, "dữ liệu lồng nhau quá sâu; hãy lấy lại tệp")
    except MemoryError:
        yield Unreadable(path.name, "lớn hơn bộ nhớ của máy; hãy tách thành tệp nhỏ hơn")
    except (OSError, EOFError, ValueError, zlib.error) as error:
        yield Unreadable(path.name, f"đọc dở thì hỏng ({error}); hãy lấy lại tệp")


def _read(path: Path) -> Rows:
    if path.is_symlink():
        raise RefusedError("là liên kết; hãy ghi thẳng tên tệp hoặc thư mục mà nó dẫn tới")
    if path.is_dir():
        os.scandir(path).close()  # raises where the folder may not be read
        raise RefusedError("là thư mục; hãy ghi tên tệp bên trong")
    if not path.is_file():
        raise RefusedError("không phải tệp thường; hãy ghi tên một tệp")
    if path.stat().st_size > limits.FILE:
        raise RefusedError(
            f"tệp lớn hơn {limits.FILE // limits.MB} MB nên không đọc; hãy tách thành tệp nhỏ hơn"
        )
    with _open(path) as stream:
        head = stream.peek(_HEAD)[:_HEAD]
        yield from _rows(kinds.by_content(head, path.name), path, cast(BinaryIO, stream))


def _open(path: Path) -> io.BufferedReader:
    """The file's content, unpacked where it is compressed."""
    stream = path.open("rb")
    if stream.peek(2)[:2] != b"\x1f\x8b":
        return stream
    stream.close()
    return io.BufferedReader(cast(io.RawIOBase, gzip.open(path)), _HEAD)


def _rows(kind: Kind, path: Path, stream: BinaryIO) -> Rows:
    if kind == "jsonl":
        return json_file.read_lines(stream, path.name)
    if kind == "json":
        return json_file.read(limits.read_whole(stream), path.name)
    if kind == "yaml":
        return yaml_file.read(limits.read_whole(stream, limits.FIELD), path.name)
    if kind == "html":
        return _page(limits.read_whole(stream), path.name)
    return _office(kind, path)


def _page(content: bytes, name: str) -> Rows:
    from ingest.formats import html_file  # lxml takes a while to load

    yield Raw("html", name, html_file.read(content, name))


def _office(kind: Kind, path: Path) -> Rows:
    from ingest.formats import list_file, old_word_file, package, word_file

    if kind == "old_office":
        yield Raw("word", path.name, old_word_file.read(path, path.name))
    elif package.check(path) == "word":
        yield Raw("word", path.name, word_file.read(path, path.name))
    else:
        yield from list_file.read(path, path.name)
