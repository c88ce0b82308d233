"""Procedures that are one matter under several codes: the same name, told apart by level."""

from __future__ import annotations

import re

from index.text import fold

_LEVEL = (
    r"(?:(?:thực hiện|giải quyết)?\s*(?:tại|ở|do|thuộc thẩm quyền(?: giải quyết)? của)?\s*"
    r"(?:ubnd\s+|ủy ban nhân dân\s+)?cấp\s+(?:xã|tỉnh|trung ương|bộ|huyện))"
)
_SUFFIX = re.compile(rf"\s*(?:[-–,]\s*{_LEVEL}|\(\s*{_LEVEL}(?:\s*,\s*{_LEVEL})*\s*\))\s*$")
_START = re.compile(r"^thủ tục\s+")


def base_name(name: str) -> str:
    """The folded name without a remark on the level: what two codes of one matter share.

    ``Cấp hộ chiếu (thực hiện tại cấp tỉnh)`` and ``… (thực hiện tại cấp trung ương)``
    both become ``cấp hộ chiếu``.
    """
    plain = _START.sub("", fold(name)).strip(" .")
    return _SUFFIX.sub("", plain).strip(" .") or plain


def group_by_name(names: dict[str, str]) -> dict[str, list[str]]:
    """Codes by base name, for the names that two codes or more share."""
    groups: dict[str, list[str]] = {}
    for code, name in names.items():
        groups.setdefault(base_name(name), []).append(code)
    return {base: codes for base, codes in groups.items() if len(codes) > 1}
