"""Bodies that no longer exist since the districts were abolished on 1 July 2025."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from index.procedure import Doubt
from ingest.parse.letters import LOWER, UPPER

_WHY = "Cấp huyện và các phòng của cấp huyện không còn từ ngày 01/7/2025; Cổng vẫn ghi như cũ."
_BODY = r"(?:công an|ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|tòa án nhân dân|bảo hiểm xã hội)"
_OLD = re.compile(
    rf"{_BODY} (?:cấp )?(?:quận|huyện)(?:,? (?:quận|huyện|thị xã))*|"
    r"cấp huyện|cấp quận|"
    r"phòng (?:tư pháp|lao động ?[-–,] ?thương binh|nội vụ|tài nguyên và môi trường|"
    r"giáo dục và đào tạo|tài chính ?[-–] ?kế hoạch)(?! (?:tỉnh|thành phố))|"
    rf"(?:quận|huyện|thị xã) (?-i:[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)?)|"
    r"huyện/tỉnh|(?:quận|huyện), (?:huyện|quận|thị xã)",
    re.IGNORECASE,
)


def old_bodies(text: str) -> tuple[str, ...]:
    """The abolished bodies that a text names, as written, each once."""
    return tuple(dict.fromkeys(_OLD.findall(text)))


def doubts(parts: Mapping[str, str]) -> Iterator[Doubt]:
    """One doubt a field that names an abolished body."""
    for field, text in parts.items():
        if words := old_bodies(text):
            yield Doubt(field=field, readings=words, why=_WHY)
