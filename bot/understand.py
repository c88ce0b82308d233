"""Second step: what kind of message this is, which aspects it asks, which choice it makes.

Rules over text without diacritics, so that careless typing changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.draft import Draft, Talk, Tools
from bot.messages import Aspect, Option
from index.query import matter
from index.text import fold, strip_marks

_WHOM = (
    "anh|chi|em|ad|ban|bot|bac|co|chu|moi nguoi|can bo|a|ca|alo|nha|nhe|nhieu|rat nhieu"
    "|buoi sang|buoi chieu|buoi toi"
)
_TALK: dict[Talk, str] = {
    "greeting": rf"(xin |em |con |chau )?(chao|hello|hi|alo|hey)( ({_WHOM}))*",
    "thanks": rf"(da |ok |vang |rat )*(cam on|thanks?( you)?)( ({_WHOM}))*",
    "goodbye": rf"(tam biet|bye( bye)?|chao tam biet)( ({_WHOM}))*",
    "who": r"(ban|may|em|ad|day) (la (ai|gi|nguoi hay (la )?(may|bot)"
    r"|(bot|robot|ai) (a|ha|phai khong))|(lam|giup) duoc (nhung )?gi)",
}
_ASPECTS: dict[Aspect, tuple[str, ...]] = {
    "documents": (
        r"giay to (gi|nao|can)", r"(nhung|cac) giay( to)?", r"giay gi\b", r"may ban\b",
        r"can (phai )?(co |nop |mang )?(nhung )?(gi|giay gi)\b", r"mang (theo )?(nhung )?(gi|giay)",
        r"ho so (gom|can|co|nhung|gi)", r"can ho so", r"thanh phan ho so",
        r"chuan bi (nhung )?(gi|giay|ho so)", r"gom nhung (gi|giay)",
    ),
    "fee": (
        r"le phi", r"\bphi\b(?! (nong|dia|chinh|thuong))", r"mien phi", r"bao nhieu tien",
        r"(het|ton|mat|dong) bao nhieu(?! (ngay|lau|thoi gian|hom))", r"(mat|ton) (tien|kem)",
        r"het may (dong|tien)", r"(gia|tien) bao nhieu",
    ),
    "time": (
        r"bao lau", r"may (ngay|hom)", r"bao nhieu (ngay|hom|thoi gian)", r"thoi (gian|han)",
        r"(khi nao|bao gio|chung nao) (thi )?(co|xong|lay|nhan|duoc)", r"lau (khong|ko)",
    ),
    "where": (
        r"(o|di|den|toi) dau", r"(cho|noi) nao", r"(nop|lam|gui|xin|dang ky) dau\b",
        r"dia (chi|diem)", r"co quan nao",
    ),
    "online": (
        r"truc tuyen", r"online", r"(qua|tren) mang", r"\bvneid\b", r"cong dich vu cong",
        r"o nha (nop|lam)", r"nop tu xa",
    ),
    "level": (
        r"(xa|phuong|tinh|huyen|bo|so) (hay|hoac) (la )?(xa|phuong|tinh|huyen|bo|so)\b",
        r"cap nao", r"tham quyen", r"ai (giai quyet|ky|quyet dinh|cap)\b",
    ),
    "conditions": (r"dieu kien", r"yeu cau (gi|nao)", r"doi tuong nao", r"ai duoc"),
    "result": (r"ket qua( la)? (gi|nhan)", r"(nhan duoc|duoc cap) (giay )?gi"),
    "forms": (
        r"mau (don|so|nao|to khai)", r"to khai (nao|mau|o dau|lay)", r"bieu mau", r"tai mau",
        r"don mau",
    ),
    "legal_basis": (
        r"can cu phap ly", r"(luat|van ban) nao", r"(nghi dinh|thong tu) (nao|so)",
        r"quy dinh (nao|o dau)", r"theo luat",
    ),
    "steps": (r"cac buoc", r"quy trinh", r"trinh tu", r"tung buoc", r"buoc nao"),
}  # fmt: skip
_CHOSEN = re.compile(r"(?:so|chon|cai|thu|muc|cai thu|cai so|chon so|phuong an| )*([1-9])[.)]?")


def understand(draft: Draft, tools: Tools) -> Draft:
    """Fill in talk, aspects, and the code when the message chooses or goes on with one."""
    plain = strip_marks(fold(draft.message)).strip(" .,!?")
    talk = next((kind for kind, form in _TALK.items() if re.fullmatch(form, plain)), None)
    if talk:
        return replace(draft, talk=talk)
    chosen = _chosen(plain, draft.memory.options)
    if chosen:
        return replace(draft, code=chosen.code, aspects=draft.memory.aspects)
    aspects = aspects_of(plain)
    if aspects and not matter(draft.message):
        return replace(draft, aspects=aspects, code=draft.memory.code, goes_on=True)
    answers_us = draft.memory.asked_back and not aspects
    return replace(draft, aspects=draft.memory.aspects if answers_us else aspects)


def aspects_of(plain: str) -> tuple[Aspect, ...]:
    """The aspects that a stripped, folded message asks, in a fixed order."""
    return tuple(a for a, forms in _ASPECTS.items() if any(re.search(f, plain) for f in forms))


def _chosen(plain: str, options: tuple[Option, ...]) -> Option | None:
    """The option that a number or an option's own words pick."""
    number = _CHOSEN.fullmatch(plain)
    if number and int(number[1]) <= len(options):
        return options[int(number[1]) - 1]
    said = (o for o in options if plain in (strip_marks(fold(o.label)), strip_marks(fold(o.value))))
    return next(said, None)
