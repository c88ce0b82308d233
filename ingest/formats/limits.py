"""How much of a file is read at most, so that no file can exhaust the machine."""

from __future__ import annotations

from typing import BinaryIO

from ingest.formats.rows import RefusedError

MB = 1_000_000
FILE = 200 * MB
"""A file as it lies on disk."""
WHOLE = 100 * MB
"""What has to be held in memory at once: JSON, HTML."""
FIELD = 20 * MB
"""One line of JSON Lines, one YAML file, one text within a record."""
UNPACKED = 2_000 * MB
"""What a compressed JSON Lines file may grow to; it is read line by line."""


def read_whole(stream: BinaryIO, most: int = WHOLE) -> bytes:
    """Everything in ``stream``, unless it is more than ``most`` bytes."""
    content = stream.read(most + 1)
    if len(content) > most:
        raise RefusedError(
            f"nội dung lớn hơn {most // MB} MB nên không đọc; hãy tách thành nhiều tệp nhỏ hơn"
        )
    return content
