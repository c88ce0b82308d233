"""Everything the assistant says word for word, as files, loaded by name and filled strictly."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from string import Formatter

_FOLDER = Path(__file__).parent


class PromptError(KeyError):
    """A text that does not exist, or variables that do not fit it."""


def say(name: str, **values: object) -> str:
    """The fixed reply ``name`` of ``replies.toml`` with its variables filled in.

    Raises PromptError for an unknown name, a missing or an unknown variable.
    """
    texts = _replies()
    if name not in texts:
        raise PromptError(f"no reply named {name!r} in replies.toml")
    text = texts[name].strip()
    wanted = {field for _, field, _, _ in Formatter().parse(text) if field}
    if wanted != set(values):
        raise PromptError(f"reply {name!r} takes {sorted(wanted)}, was given {sorted(values)}")
    return text.format(**values)


@cache
def digest() -> str:
    """A short hash of every text here, to be kept with each turn."""
    files = sorted(_FOLDER.glob("*.toml"))
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:12]


@cache
def _replies() -> dict[str, str]:
    texts: dict[str, str] = tomllib.loads((_FOLDER / "replies.toml").read_text("utf-8"))
    return texts
