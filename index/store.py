"""The snapshot store: folders that are complete or do not exist.

``<root>/<snapshot id>/`` holds the files and, written last, ``manifest.json``
with the length and SHA-256 of each. ``<root>/CURRENT`` names the snapshot in
use and is replaced in one step, after the new one has been opened. Whatever is
killed on the way leaves the previous snapshot answering.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from pathlib import Path

from index.text import RULES

FORMAT = 2
_BUILDING = ".building-"
_CURRENT = "CURRENT"
_MANIFEST = "manifest.json"
_KEPT_BEFORE = 1
"""How many snapshots before the current one stay, for processes that still read them."""


class SnapshotError(RuntimeError):
    """There is no usable snapshot; the message says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a snapshot says of itself. ``files`` maps a relative path to [bytes, SHA-256]."""

    id: str
    created: str
    encoder: str
    dimension: int
    procedures: int
    curated: int
    rules: str = RULES
    format: int = FORMAT
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The SHA-256 of everything that the manifest says."""
        text = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def default_root() -> Path:
    """Where snapshots lie: ``$THUTUC_HOME/index``, by default below ``~/.local/share/thutuc``."""
    home = os.environ.get("THUTUC_HOME")
    return Path(home or Path.home() / ".local" / "share" / "thutuc").expanduser() / "index"


@contextmanager
def writing(root: Path) -> Iterator[Path]:
    """Hold ``root`` for one writer and give an empty folder to build in; it is gone afterwards.

    Raises SnapshotError when another process is writing there.
    """
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SnapshotError(
                f"Một lần nạp dữ liệu khác đang ghi vào {root}; hãy đợi nó xong rồi chạy lại."
            ) from error
        for left_over in root.glob(_BUILDING + "*"):
            shutil.rmtree(left_over, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=root))
        folder.chmod(0o755)  # the service that reads may be another user
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def seal(folder: Path, manifest: Manifest) -> None:
    """Flush every file of ``folder`` to disk and write the manifest, last."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    listed = {str(p.relative_to(folder)): (p.stat().st_size, _digest(p)) for p in files}
    for path in files:
        _flush(path)
    whole = replace(manifest, files=listed)
    said = asdict(whole) | {"digest": whole.digest}
    _write(folder / _MANIFEST, json.dumps(said, ensure_ascii=False, indent=1))


def publish(root: Path, folder: Path, snapshot_id: str) -> Path:
    """Move a sealed folder to its place, make it current, remove those long replaced.

    The place bears the snapshot's id. Where the very same already lies there it
    stays; where something else does (other notes, a damaged copy), a number is added.
    """
    places = (root / (snapshot_id + (f".{n}" if n else "")) for n in count())
    place = next(p for p in places if not p.exists() or _is_same(p, folder))
    if not place.exists():
        folder.replace(place)
    temporary = root / f"{_CURRENT}.new"
    _write(temporary, place.name)
    temporary.replace(root / _CURRENT)
    _flush(root)
    _remove_older(root, place)
    return place


def current_id(root: Path) -> str | None:
    """The name of the folder in use, or None where nothing was ever published."""
    try:
        return (root / _CURRENT).read_text(encoding="utf-8").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        raise _refused(root, f"tệp {_CURRENT} bị hỏng") from error


def current(root: Path) -> Path:
    """The folder of the snapshot in use. Raises SnapshotError when there is none."""
    snapshot_id = current_id(root)
    if snapshot_id is None:
        raise SnapshotError(f"Chưa có dữ liệu tại {root}; hãy chạy: thutuc ingest <thư mục hồ sơ>.")
    return root / snapshot_id


def verify(folder: Path) -> Manifest:
    """Read the manifest and hold every file against it. Raises SnapshotError on any difference."""
    try:
        raw = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        digest = raw.pop("digest", None)
        raw["files"] = {name: (size, total) for name, (size, total) in raw["files"].items()}
        manifest = Manifest(**raw)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _refused(folder, "không có manifest.json") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _refused(folder, "manifest.json không đọc được") from error
    if manifest.format != FORMAT:
        raise _refused(folder, f"có định dạng {manifest.format}, phần mềm dùng {FORMAT}")
    if manifest.rules != RULES:
        raise _refused(folder, f"dùng quy tắc văn bản {manifest.rules}, phần mềm dùng {RULES}")
    if digest != manifest.digest:
        raise _refused(folder, "manifest.json bị sửa hoặc hỏng")
    for name, (size, total) in manifest.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size or _digest(path) != total:
            raise _refused(folder, f"tệp {name} bị thiếu hoặc hỏng")
    return manifest


def _is_same(place: Path, folder: Path) -> bool:
    try:
        return verify(place).files == verify(folder).files
    except SnapshotError:
        return False


def _refused(folder: Path, why: str) -> SnapshotError:
    return SnapshotError(
        f"Không dùng được dữ liệu tại {folder}: {why}; hãy nạp lại bằng thutuc ingest."
    )


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_older(root: Path, current: Path) -> None:
    others = [p for p in root.iterdir() if p.is_dir() and p != current and p.name[0] != "."]
    others.sort(key=lambda p: p.stat().st_mtime, reverse=True)
    for folder in others[_KEPT_BEFORE:]:
        shutil.rmtree(folder, ignore_errors=True)
