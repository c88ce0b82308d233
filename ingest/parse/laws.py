"""Cuts the flattened list of legal texts into names and numbers.

Each entry glues a name to its number cell (``Luật Cư trú68/2020/QH14``) and the
next entry follows without a gap. A name may itself cite numbers, even its own,
and a cell may say the kind again (``Luật số 68/2020/QH14``). A cell that the
portal cut off is completed only by the entry's own name, else it is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.procedure import Doubt, LegalBasis
from index.text import fold, strip_marks
from ingest.parse.letters import LOWER, UPPER
from ingest.parse.prose import stated, tidy

_HEADER = "Tên văn bản pháp lýMã văn bản"
_ISSUERS = (
    "UBTƯMTTQVN MTTQ BNNPTNT BLĐTBXH BVHTTDL VKSNDTC VKSTC UBTVQH TANDTC TATC BNNMT BTNMT BGTVT "
    "BKHĐT BKHCN BKHCNMT BTTTT BGDĐT UBND HĐND HĐTP NHNN VPCP VPQH VPCTN BHXH TTCP UBDT CTN KTNN "
    "TLĐ TTg BTC BCA BTP BXD BCT BYT BNV BQP BNG BNN BTL BTM BCN BTS BTCCBCP TTBXH TCHQ TCT UBCK "
    "BTNMTBTP BVHTT BLĐ CP TW"
).split()
_KINDS = "TTLT NQLT VBHN TTr TB SL HD KH TT NĐ ND NQ QĐ QD CT PL L".split()
_BODY = "|".join([r"BNN&PTNT", r"(?:UBTV)?QH\d\d", *sorted(_ISSUERS, key=len, reverse=True)])
_KIND = "|".join(sorted(_KINDS, key=len, reverse=True))
_SUFFIX = (
    rf"(?:UBTVQH\s?\d\d|QH\s?1\d|QH\d|(?:{_KIND})\s?[-/_]\s?(?:{_BODY})(?:\s?[-/]\s?(?:{_BODY}))*)"
)
_NO = r"\d+(?:\.\d+|\.?[a-zA-Z])?"
_YEAR = r"(?:19|20)\d\d"
_YEAR_AT_END = r"\b20\d\d"
_TYPE = (
    r"(?:bộ luật|luật|nghị định(?: thư)?|thông tư(?: liên tịch)?|quyết định|nghị quyết"
    r"(?: liên tịch)?|pháp lệnh|chỉ thị|lệnh|văn bản hợp nhất)"
)
NUMBER = re.compile(
    rf"{_NO}/(?:{_YEAR}/{_SUFFIX}|(?<!/{_YEAR}/)(?:QĐ|VBHN|CT)\s?-\s?(?:{_BODY}))|"
    r"\d{1,3}-(?:L/CTN|CP\b)"
)
_CELL = re.compile(
    rf"(?P<type>(?i:{_TYPE})\s+(?i:số\s*:?\s*)?|(?i:số)\s*:?\s+|(?:NĐ|TT|NQ|QĐ)\s+)?"
    rf"(?:(?P<number>{NUMBER.pattern})|"
    rf"(?P<cut>\d+/(?:{_KIND})-(?:{_BODY})|{_NO}/{_YEAR}(?:/(?:[A-ZĐƯ]{{1,5}}-?[A-ZĐƯ]{{0,8}})?"
    rf"(?![{LOWER}]))?))"
)
_CUT = re.compile(rf"{_NO}/{_YEAR}\S*")
_GLUED_YEAR = re.compile(rf"{_YEAR}(?:\.(?=\d{{1,3}}/)|(?=\d{{1,4}}(?:\.\d)?/))")
_ORDINAL = re.compile(r"\bthứ\s+$", re.IGNORECASE)
_GLUED_SESSION = re.compile(r"\d(?=\d\d/)")
"""Of three digits the last two are the number: one below ten is printed with a zero."""

_GOES_ON = re.compile(r"[,;:)]|\.\s|\s*(?:ngày|năm)\b|\s+(?:(?:của|khóa|được|và|hoặc)\b|[-–(])")
_MAY_GO_ON = re.compile(rf"\s+[{LOWER}]")
_NEXT_NAME = re.compile(rf"(?!Ngày|Của)[{UPPER}][{LOWER}]")
_CITES = re.compile(rf"(?i:{_TYPE}|số|theo|tại|của|và)\s*$")
_DIGITS = re.compile(
    rf"(?:(?<=[^\W\d_)])|(?<={_YEAR_AT_END}))(?:(?i:{_TYPE})\s+(?:số\s+)?)?"
    rf"(?P<no>\d{{1,3}})(?=$|[{UPPER}][{LOWER}])"
)
_CUT_WHY = "Cổng ghi thiếu số hiệu văn bản."


@dataclass(frozen=True)
class Laws:
    """The legal texts of one procedure, and the doubts about cut numbers."""

    bases: tuple[LegalBasis, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def legal_bases(table: str) -> Laws:
    """Every entry of a flattened list; one that bears no number keeps its words."""
    body = table.strip().removeprefix(_HEADER)
    return _laws(_cells(body)) if stated(body) else Laws()


def listed(entries: Iterable[tuple[str, str]]) -> Laws:
    """Legal texts whose names and number cells are known apart."""
    return _laws((name, _number_in(cell)) for name, cell in entries)


def _number_in(cell: str) -> str:
    """The number of a cell that may say its kind too: ``Thông tư số 67/2024/TT-BQP``."""
    found = NUMBER.search(cell) or _CUT.search(cell)
    return found.group() if found else cell


def _laws(entries: Iterable[tuple[str, str]]) -> Laws:
    bases: dict[LegalBasis, None] = {}
    cuts: list[str] = []
    for name, cell in entries:
        base, cut = _entry(stated(name.strip(" -")), tidy(cell))
        bases |= {base: None} if base else {}
        cuts += [cut] if cut else []
    readings = tuple(dict.fromkeys(cuts))
    doubt = (Doubt(field="legal_basis", readings=readings, why=_CUT_WHY),) if readings else ()
    return Laws(tuple(bases), doubt)


def _entry(name: str | None, cell: str) -> tuple[LegalBasis | None, str | None]:
    """The legal text of a name and a cell, and the cell where it is cut."""
    if NUMBER.fullmatch(cell):
        return LegalBasis(number=_spelled(cell, name or ""), name=name), None
    if own := _own_number(name or "", cell):
        return LegalBasis(number=own, name=name), None
    words = " ".join(dict.fromkeys(part for part in (name, cell) if part))
    cut = cell if re.search(r"\d", cell) else None
    return LegalBasis(name=words) if words else None, cut


def _spelled(cell: str, name: str) -> str:
    """The number; where the cell spells its issuer oddly (``TT_BCA``), as its name does."""
    plain = re.sub(r"\s", "", cell).replace("_", "-")
    own = _own_number(name, "")
    return own if own and _letters(plain) == _letters(own) else plain


def _letters(number: str) -> str:
    """Number, year and issuer without the marks between them; ``NQ-QH15`` is ``QH15``."""
    return re.sub(r"\W|nq(?=-qh)", "", strip_marks(fold(number)))


def _own_number(name: str, cell: str) -> str | None:
    """The number in the name that a cut cell is a piece of; with no cell, the name's own."""
    if not cell:
        own = re.match(rf"(?i:{_TYPE})\s+(?:số\s*:?\s*)?({NUMBER.pattern})", name)
        return re.sub(r"\s", "", own.group(1)) if own else None
    year = re.search(rf"/({_YEAR})", cell)
    begins = f"{cell.split('/')[0]}/{year.group(1) if year else ''}"
    cited = dict.fromkeys(found.group() for found in NUMBER.finditer(name))
    fits = [number for number in cited if number.startswith(begins)]
    return fits[0] if len(fits) == 1 else None


def _cells(body: str) -> Iterator[tuple[str, str]]:
    """Name and cell of every entry, in order; a last name may have no cell."""
    begin = 0
    for found in _CELL.finditer(body):
        start = _true_start(found)
        before, after = body[begin:start], body[found.end() :]
        if start >= begin and _opens_entry(before, after, found):
            yield from _split_digits(before, "")
            begin = start
        elif start >= begin and _ends_entry(before, after, found):
            yield from _split_digits(before, body[max(start, _value_start(found)) : found.end()])
            begin = found.end()
    yield from _split_digits(body[begin:], "")


def _opens_entry(before: str, after: str, found: re.Match[str]) -> bool:
    """``…Chính phủLuật 04/2017/QH1404/2017/QH14``: a kind glued to a name opens the next."""
    number = found["number"]
    glued = bool(before.strip()) and not before[-1].isspace()
    return bool(found["type"] and number) and glued and after.startswith(number)


def _value_start(found: re.Match[str]) -> int:
    return found.end("type") if found["type"] else found.start()


def _true_start(found: re.Match[str]) -> int:
    """Give a name's last digits back to it: ``năm 201102/2011/QH13``, ``kỳ họp thứ 214/2022/…``."""
    session = _ORDINAL.search(found.string, 0, found.start())
    glued_digits = _GLUED_SESSION if session else _GLUED_YEAR
    glued = None if found["type"] else glued_digits.match(found.group())
    return found.start() + (len(glued.group()) if glued else 0)


def _ends_entry(before: str, after: str, found: re.Match[str]) -> bool:
    """A cell is glued to the name before it, and what follows does not go on with it."""
    if _GOES_ON.match(after):
        return False
    if not before.strip():
        return after[:1] not in (" ", "\t", "\n", "(", "-") and not _CELL.match(after.lstrip("."))
    if _CITES.search(before) and _MAY_GO_ON.match(after):
        return False
    glued = not before[-1].isspace() and before[-1] not in '(/“"'
    if glued or not found["number"]:
        return glued
    return not after.strip() or bool(_NEXT_NAME.match(after))


def _split_digits(name: str, cell: str) -> Iterator[tuple[str, str]]:
    """Part an entry whose cell is only the digits of the number that its name cites."""
    for digits in _DIGITS.finditer(name):
        cited = re.search(rf"(?<!\d){digits['no']}/{_YEAR}/", name[: digits.start()])
        if cited or (digits.end() == len(name) and not cell):
            yield name[: digits.start()], digits["no"]
            name = name[digits.end() :]
            break
    if cell or re.search(r"[^\W\d_]{2}", name):
        yield name, cell
