"""Second step: what kind of message this is, which aspects it asks, which choice it makes.

Rules over text without diacritics, so that careless typing changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.draft import Draft, Talk, Tools
from bot.messages import Aspect, Option
from index.query import matter
from index.readings import expand
from index.text import fold, strip_marks

_FILLER = frozenset(
    "xin a ad ah oi da em anh chi ban bot bac co chu chau con minh toi moi nguoi can bo nha nhe nhi"
    " nhieu rat lam vay the ok vang buoi sang trua chieu toi ca va voi nhieu qua".split()
)
"""Words that may stand around a greeting without making it a question."""

_TALK: dict[Talk, tuple[str, ...]] = {
    "who": (
        r"(ban|may|em|ad|day|ai) (la )?(ai|gi|nguoi hay (la )?(may|bot))",
        r"(ban|may|em|ad|day) la (bot|robot|ai|may|nguoi that)",
        r"(ban|may|em|ad) (lam|giup) duoc (nhung )?gi",
    ),
    "thanks": (r"cam on", r"thanks?", r"thank you"),
    "goodbye": (r"tam biet", r"bye", r"bye bye"),
    "greeting": (r"chao", r"hello", r"hi", r"alo", r"hey", r"xin chao"),
}
_ASPECTS: dict[Aspect, tuple[str, ...]] = {
    "documents": (
        r"giay to (gi|nao|can)", r"(nhung|cac) giay( to)?( gi| nao)?", r"giay gi", r"may ban",
        r"can (phai )?(co |nop |mang )?(nhung )?(giay )?gi", r"mang (theo )?(nhung )?(giay )?gi",
        r"ho so (gom|can|co|nhung)( nhung)?( gi)?", r"ho so gi", r"can ho so( gi)?",
        r"thanh phan ho so", r"chuan bi (nhung )?(gi|giay( to)?|ho so)( gi)?",
        r"gom (nhung )?(gi|giay)( gi)?", r"giay (chi|nao)", r"chung tu (gi|nao)",
        r"(nop|gui|trinh|mang|dem)( theo)? (nhung )?(gi|chi)", r"to giay (gi|nao)",
    ),
    "fee": (
        r"le phi", r"(?<!hoc )(?<!vien )(?<!an )phi(?! (nong|dia|chinh|thuong))", r"mien phi",
        r"(het |ton |mat |dong )?bao nhieu tien", r"(mat|ton) (tien|kem)( khong| ko)?",
        r"(het|ton|mat|dong) bao nhieu(?! (ngay|lau|thoi gian|hom))", r"het may (dong|tien)",
        r"(gia|tien) bao nhieu", r"(mat|ton|het) (xien|may (nghin|dong|tien))", r"may nghin",
    ),
    "time": (
        r"(mat )?bao lau", r"may (ngay|hom)", r"bao nhieu (ngay|hom|thoi gian)", r"thoi (gian|han)",
        r"(khi nao|bao gio|chung nao) (thi )?(co|xong|lay|nhan|duoc)", r"lau (khong|ko)",
        r"may bua", r"cham nhat", r"truoc (ngay|may gio) nao", r"truoc may (ngay|gio)",
    ),
    "where": (
        r"(o|di|den|toi) dau", r"(cho|noi) nao", r"(nop|lam|gui|xin|dang ky) dau",
        r"(gui|nop|bao|hoi|xin( phep)?|nho|noi|trinh|giao)( giay| don| ho so)? (cho )?ai",
        r"(so|cuc|chi cuc|bo|cong an|phuong|xa|ngan hang) nao", r"ra dau", r"o mo",
        r"(sua|doi) dau",
        r"dia (chi|diem)", r"co quan( \w+)? nao", r"(qua |bang )?buu (dien|chinh)",
    ),
    "online": (
        r"truc tuyen", r"online", r"(qua|tren) mang", r"(qua|tren|bang) (app )?vneid",
        r"(qua |tren )?cong dich vu cong", r"o nha (nop|lam)", r"nop tu xa",
    ),
    "level": (
        r"(xa|phuong|tinh|huyen|bo|so) (hay|hoac) (la )?(xa|phuong|tinh|huyen|bo|so)",
        r"cap nao", r"tham quyen", r"ai (giai quyet|ky|quyet dinh|cap)",
    ),
    "conditions": (r"dieu kien( gi| nao)?", r"yeu cau (gi|nao)", r"doi tuong nao", r"ai duoc"),
    "result": (r"ket qua (la )?(gi|nhan)", r"(nhan duoc|duoc cap) (giay )?gi"),
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
_FORMS = {
    aspect: re.compile("|".join(rf"\b(?:{form})\b" for form in forms))
    for aspect, forms in _ASPECTS.items()
}
_NUMBERS = {"mot": 1, "nhat": 1, "dau": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "tu": 4}
_CHOOSING = frozenset(
    "so chon cai thu muc cau phuong an tien y lay la thi nhe a di em anh chi toi minh ad".split()
)
_LONGEST_CHOICE = 8


def understand(draft: Draft, tools: Tools) -> Draft:
    """Fill in talk, aspects, and the code when the message chooses or goes on with one."""
    plain = strip_marks(expand(draft.message)).strip(" .,!?")
    chosen = _chosen(plain, draft.memory.options)
    if chosen:
        return replace(draft, code=chosen.code, aspects=draft.memory.aspects)
    talk = _talk(plain)
    if talk:
        return replace(draft, talk=talk)
    aspects = aspects_of(plain)
    if not matter(draft.message) or _only_aspects(plain):
        return replace(draft, aspects=aspects, code=_goes_on_with(draft, aspects), goes_on=True)
    answers_us = draft.memory.asked_back and not aspects
    return replace(draft, aspects=draft.memory.aspects if answers_us else aspects)


def _goes_on_with(draft: Draft, aspects: tuple[Aspect, ...]) -> str | None:
    """The procedure spoken of, unless a choice is still open or nothing is asked of it."""
    still_open = draft.memory.asked_back and draft.memory.options
    return draft.memory.code if aspects and not still_open else None


def aspects_of(plain: str) -> tuple[Aspect, ...]:
    """The aspects that a stripped, folded message asks, in a fixed order."""
    return tuple(aspect for aspect, form in _FORMS.items() if form.search(plain))


def _only_aspects(plain: str) -> bool:
    """Whether nothing is left of a message once the words for aspects are taken out."""
    rest = plain
    for form in _FORMS.values():
        rest = form.sub(" ", rest)
    return rest != plain and not matter(rest)


def _talk(plain: str) -> Talk | None:
    """Greeting, thanks, good-bye, or who are you, whatever courtesy stands around it."""
    words = re.findall(r"\w+", plain)
    for kind, forms in _TALK.items():
        for form in forms:
            said = re.sub(rf"\b(?:{form})\b", " ", " ".join(words))
            if said != " ".join(words) and _FILLER.issuperset(said.split()):
                return kind
    return None


def _chosen(plain: str, options: tuple[Option, ...]) -> Option | None:
    """The option that a number or an option's own words pick."""
    number = _number(plain)
    if number and number <= len(options):
        return options[number - 1]
    said = (o for o in options if plain in (strip_marks(fold(o.label)), strip_marks(fold(o.value))))
    return next(said, None)


def _number(plain: str) -> int | None:
    """``so 2 nhe``, ``cai dau tien``, ``hai``: the one number of a short message."""
    words = re.findall(r"-?\w+", plain)
    left = [word for word in words if word not in _CHOOSING]
    if len(words) > _LONGEST_CHOICE or len(left) != 1:
        return None
    return _NUMBERS.get(left[0]) or (int(left[0]) if re.fullmatch(r"[1-9]", left[0]) else None)
