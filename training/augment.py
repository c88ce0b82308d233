"""What careless typing does to a text: data for an encoder that must not mind it.

Every function takes a ``random.Random`` so that a run can be repeated.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from index.text import strip_marks

_WORD = re.compile(r"\S+")
# Sounds that people spell alike, each both ways (l/n and s/x of the north, d/gi/v and c/t endings
# of the south, and so on), and the two tones that half of the country does not tell apart.
_SOUNDS = [
    ("l", "n"), ("s", "x"), ("ch", "tr"), ("d", "gi"), ("r", "d"), ("gi", "r"), ("v", "d"),
    ("i", "y"), ("k", "c"), ("ng", "ngh"), ("g", "gh"), ("qu", "w"), ("ph", "f"),
]  # fmt: skip
_ENDINGS = [("c", "t"), ("n", "ng"), ("ch", "t"), ("nh", "n"), ("i", "y")]
_HOOK_TILDE = str.maketrans("ảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹ", "ãẵẫẽễĩõỗỡũữỹảẳẩẻểỉỏổởủửỷ")
_TEENCODE = {
    "không": ["ko", "k", "hông", "hok", "khum"], "được": ["đc", "dc", "đk"], "gì": ["j", "gi"],
    "bao nhiêu": ["bn", "bnhieu"], "như thế nào": ["ntn"], "vợ": ["vk"], "chồng": ["ck"],
    "với": ["vs", "vớ"], "làm sao": ["lsao"], "mình": ["mk", "mik"], "bây giờ": ["bg", "bi h"],
    "giờ": ["h"], "rồi": ["r", "òi", "rùi"], "vậy": ["v", "z"], "người": ["ng"], "nhiều": ["nh"],
    "căn cước": ["cccd", "căn cước công dân"], "giấy phép lái xe": ["gplx", "bằng lái"],
    "hộ khẩu": ["hk"], "bảo hiểm xã hội": ["bhxh"], "bảo hiểm y tế": ["bhyt"],
    "ủy ban nhân dân": ["ubnd"], "ủy ban": ["ub"], "đăng ký": ["đk", "dk", "đki"],
    "khai sinh": ["ks"], "sổ đỏ": ["sđ"], "kết hôn": ["kh"], "công ty": ["cty"],
    "doanh nghiệp": ["dn"], "giấy tờ": ["gt"], "hồ sơ": ["hs"], "thủ tục": ["tt"],
    "chứng minh nhân dân": ["cmnd", "cmt"], "quyền sử dụng đất": ["qsdđ"], "hợp đồng": ["hđ"],
    "trước": ["trc"], "cũng": ["cg"], "những": ["nh"], "biết": ["bít", "bik"], "này": ["nì"],
}  # fmt: skip
_TEEN = re.compile(r"\b(" + "|".join(sorted(_TEENCODE, key=len, reverse=True)) + r")\b")
_NEAR = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok",
    "o": "ipl", "p": "ol", "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb",
    "h": "gyjn", "j": "hukm", "k": "jil", "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv",
    "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip


def bare(text: str, rng: random.Random) -> str:
    """No diacritics at all."""
    return strip_marks(text)


def partly_bare(text: str, rng: random.Random) -> str:
    """Diacritics off some of the words."""
    share = rng.uniform(0.2, 0.8)
    return _WORD.sub(lambda m: strip_marks(m[0]) if rng.random() < share else m[0], text)


def teencode(text: str, rng: random.Random) -> str:
    """Abbreviations of chat and of offices in place of some words."""
    return _TEEN.sub(lambda m: rng.choice(_TEENCODE[m[0]]) if rng.random() < 0.7 else m[0], text)


def sounds(text: str, rng: random.Random) -> str:
    """One or two words spelt as they sound."""
    return _some_words(text, rng, _sound_slip)


def typos(text: str, rng: random.Random) -> str:
    """One to three slips of the finger: a letter doubled, dropped, swapped or from the next key."""
    return _some_words(text, rng, _finger_slip)


def _some_words(text: str, rng: random.Random, slip: Callable[[str, random.Random], str]) -> str:
    words = text.split()
    for at in rng.sample(range(len(words)), min(len(words), rng.randint(1, 3))):
        words[at] = slip(words[at], rng)
    return " ".join(words)


def _sound_slip(word: str, rng: random.Random) -> str:
    slips = [word.translate(_HOOK_TILDE)]
    for one, other in [*_SOUNDS, *((b, a) for a, b in _SOUNDS)]:
        if word.startswith(one):
            slips.append(other + word[len(one) :])
    for one, other in [*_ENDINGS, *((b, a) for a, b in _ENDINGS)]:
        if word.endswith(one) and len(word) > len(one) + 1:
            slips.append(word[: -len(one)] + other)
    return rng.choice([s for s in slips if s != word] or [word])


def _finger_slip(word: str, rng: random.Random) -> str:
    if len(word) < 2:
        return word
    at = rng.randrange(len(word))
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[: at + 1] + word[at:]
    if kind == 2 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    near = _NEAR.get(strip_marks(word[at]), "")
    return word[:at] + (rng.choice(near) if near else "") + word[at + 1 :]


_KINDS: list[tuple[float, Callable[[str, random.Random], str]]] = [
    (0.28, bare), (0.10, partly_bare), (0.10, teencode), (0.09, sounds), (0.09, typos),
]  # fmt: skip


def careless(text: str, rng: random.Random) -> str:
    """The text as somebody might type it: two times in five unchanged, else one or two slips."""
    dice = rng.random()
    for share, slip in _KINDS:
        if dice < share:
            worse = slip(text, rng)
            return strip_marks(worse) if slip is not bare and rng.random() < 0.25 else worse
        dice -= share
    return text


_BEFORE = (
    "cho em hỏi", "cho tôi hỏi", "anh chị ơi", "dạ em chào ad", "ad ơi cho mình hỏi", "xin hỏi",
    "cán bộ cho hỏi", "em muốn hỏi", "bác cho cháu hỏi", "dạ", "ờ cho hỏi tí",
)  # fmt: skip
_AFTER = (
    "thì cần giấy tờ gì", "cần những giấy tờ gì", "nộp hồ sơ ở đâu", "làm ở đâu",
    "hết bao nhiêu tiền",
    "lệ phí bao nhiêu", "mất bao lâu", "mấy ngày có", "làm online được không", "thủ tục thế nào",
    "phải làm sao", "cần điều kiện gì", "xã hay tỉnh giải quyết", "nộp qua mạng được ko",
    "mẫu đơn nào",
    "gồm những bước nào", "đi đâu", "giờ sao ạ", "có tốn phí không", "ra phường hay lên tỉnh",
    "bao giờ có kết quả", "giờ phải làm gì", "được không ạ", "mang theo gì",
)  # fmt: skip


def talkative(text: str, rng: random.Random) -> str:
    """Courtesy before, and an aspect asked after, one time in three each."""
    if rng.random() < 0.3:
        text = f"{rng.choice(_BEFORE)} {text}"
    if rng.random() < 0.4:
        text = f"{text}{rng.choice((' ', ', '))}{rng.choice(_AFTER)}"
    return text
