"""The administrative levels that a procedure is done at."""

from __future__ import annotations

import re

from index.procedure import Level
from index.text import nfc

_LEVELS: dict[str, Level] = {"xã": "xa", "tỉnh": "tinh", "bộ": "bo"}


def levels_in(text: str) -> tuple[Level, ...]:
    """``"Cấp tỉnh, Cấp xã"`` → ``("tinh", "xa")``; other bodies have no level."""
    found = re.findall(r"cấp\s+(xã|tỉnh|bộ)", nfc(text).casefold())
    return tuple(dict.fromkeys(_LEVELS[name] for name in found))
