"""The folder of details: one file ``<code>.json`` each, the portal's bytes, whole or not there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ingest.fetch.answers import CODE, Item, envelope
from ingest.fetch.errors import FetchError

_PART = ".part"


class Folder:
    """Where details lie. What stands in a file is the only proof that it was fetched."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)

    def sweep(self) -> None:
        """Remove what a killed run left half written."""
        for left_over in self.path.glob(f".*{_PART}"):
            left_over.unlink(missing_ok=True)

    def held(self, item: Item) -> dict[str, Any] | None:
        """The detail of this very item as it lies here; None where it has to be fetched."""
        try:
            data = envelope(self._file(item.code).read_bytes())
        except (OSError, FetchError):
            return None
        same = data.get("id") == item.id and data.get("code") == item.code
        return data if same else None

    def write(self, code: str, content: bytes) -> None:
        """Put a detail in place in one step."""
        target = self._file(code)
        part = self.path / f".{code}{_PART}"
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)

    def codes(self) -> set[str]:
        """The codes of every detail here."""
        return {p.stem for p in self.path.glob("*.json") if CODE.fullmatch(p.stem)}

    def _file(self, code: str) -> Path:
        if not CODE.fullmatch(code):  # answers are judged before; this is the last door
            raise ValueError(code)
        return self.path / f"{code}.json"
