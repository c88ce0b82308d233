"""Finds the form files that the page glues to the end of a paper's name."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.parse.letters import LOWER, UPPER

_EXTENSION = r"\.(?:docx?|pdf|xlsx?|rar|zip|rtf|odt|jpe?g|png|tiff?)"
_ENDS = re.compile(rf"{_EXTENSION}\s*$", re.IGNORECASE)
_FILE = re.compile(rf".+?{_EXTENSION}(?=\s*$|[^\s.(_-])", re.IGNORECASE)
_GLUE = re.compile(
    rf"(?<=[{LOWER}\d])(?=[{UPPER}][^.;]*\.)|(?<=[)\];.:”\"'])(?=[^\W_])|"
    rf"(?<=[{UPPER}][{UPPER}])(?=[{UPPER}][{LOWER}])|(?<=[{LOWER}])(?=\d\.\d{{6}})"
)
_PROSE = re.compile(
    r"[;/]|ban hành|kèm theo|(?:thông tư|nghị định|nghị quyết) (?:số|\d)", re.IGNORECASE
)
_FORM = re.compile(
    r"mẫu|mau|phụ lục|phu luc|pl\b|đơn|don\b|tờ|to\b|giấy|giay|văn bản|van ban|bảng|bang|\d+[.\-]",
    re.IGNORECASE,
)
_LONGEST = 110


def split_form(text: str) -> tuple[str, str]:
    """``(words, files)``; where it is not sure where the file's name begins, no file."""
    if not _ENDS.search(text):
        return text, ""
    places = [found.start() for found in _GLUE.finditer(text)]
    for is_name in (_is_plain, _is_form):
        for place in places:
            if files := _files(text[place:], is_name):
                return text[:place], "; ".join(files)
    return text, ""


def _files(text: str, is_name: Callable[[str], bool]) -> list[str]:
    """The file names that a text consists of; none where it holds anything else."""
    names = [name.strip() for name in _FILE.findall(text)]
    whole = sum(map(len, names)) >= len(text.rstrip()) - len(names)
    return names if whole and all(map(is_name, names)) else []


def _is_plain(name: str) -> bool:
    return _is_form(f"mẫu {name}") and not re.search(r"[.,:] ", name)


def _is_form(name: str) -> bool:
    """A name that begins as forms do may hold commas and full stops."""
    sound = name.count("(") == name.count(")") and not _PROSE.search(name)
    return sound and bool(_FORM.match(name)) and len(name) <= _LONGEST
