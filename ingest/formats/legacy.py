"""Recognises Vietnamese text from before Unicode and converts it.

The tables for TCVN3, VNI and VISCII are viparse's. It is asked only about text
without a single letter that those encodings lack (ơ, ư, đ, ạ …), since short
Unicode phrases can look like TCVN3 to a count of letters, and only about words
with marks, since the plain letters of keys and codes blur the count.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import viparse

from ingest.formats.limits import FIELD, MB
from ingest.formats.rows import RefusedError

Run = tuple[str, str | None]
"""A piece of text and the name of the font it is set in, where that is known."""

_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯư\u0300\u0301\u0303\u0309\u0323\u1ea0-\u1ef9]")
_LEGACY_LETTER = re.compile("[\x80-\xff]")
_LEGACY_FONT = re.compile(r"\.?vn|vni", re.IGNORECASE)
_CP1258_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_VNI_LETTERS = {"aú": "ẳ", "AÚ": "Ẳ", "î": "ỵ", "Î": "Ỵ"}
_VNI_LEFT = re.compile("|".join(_VNI_LETTERS))
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = re.compile(r"[\x00-@\[-`{-\x7f]+")
_ENOUGH, _SAMPLE = 40, 20_000
_LYING_FONT = 0.02
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNKNOWN = (
    "không phải văn bản UTF-8, cũng không nhận ra bảng mã cũ nào (TCVN3, VNI, VISCII, "
    "Windows-1258); hãy lưu lại tệp với mã UTF-8"
)


def encoding_of(text: str) -> str | None:
    """The legacy encoding whose bytes ``text`` shows; None where it is Unicode or too short."""
    if _UNICODE_ONLY.search(text) or not _LEGACY_LETTER.search(text):
        return None
    marked = " ".join(word for word in _PLAIN.split(text) if not word.isascii())[:_SAMPLE]
    found: str | None = viparse.detect_text_encoding(marked) if len(marked) >= _ENOUGH else None
    return found


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16, UTF-32 or a Vietnamese encoding of old."""
    try:
        return content.decode(bom_encoding(content) or "utf-8")
    except UnicodeDecodeError:
        return _from_legacy(content)


def bom_encoding(content: bytes) -> str | None:
    """The encoding that the first bytes declare."""
    return next((name for bom, name in _BOMS if content.startswith(bom)), None)


def _from_legacy(content: bytes) -> str:
    shown = content.decode("latin-1")
    if name := encoding_of(shown):
        return _convert(shown, name)
    try:
        marked = content.decode("cp1258")
    except UnicodeDecodeError:
        raise RefusedError(_UNKNOWN) from None
    text = unicodedata.normalize("NFC", marked)
    if not _CP1258_MARKS.search(marked) or _CP1258_MARKS.search(text):
        raise RefusedError(_UNKNOWN)
    return text


def _convert(text: str, name: str) -> str:
    converted: str = viparse.fix(text, encoding=name)
    return _rest_of_vni(converted) if name == "vni" else converted


def _rest_of_vni(text: str) -> str:
    """The letters that viparse 0.1.31 leaves as they are; none is one of Vietnamese."""
    return _VNI_LEFT.sub(lambda found: _VNI_LETTERS[found.group()], text)


def clean_record(record: dict[str, Any]) -> dict[str, Any]:
    """The record in Unicode. Raises RefusedError where one of its texts is too long."""
    texts = list(_texts(record))
    if any(len(text) > FIELD for text in texts):
        raise RefusedError(
            f"có một mục dài hơn {FIELD // MB} triệu ký tự nên không đọc; hãy lấy lại bản ghi này"
        )
    if name := encoding_of("\n".join(text for text in texts if not text.isascii())):
        record = _mapped(record, lambda text: _convert(text, name))
    if any(_SURROGATE.search(text) for text in texts):
        record = _mapped(record, lambda text: _SURROGATE.sub("\ufffd", text))
    return record


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {_mapped(key, change): _mapped(item, change) for key, item in value.items()}
    return [_mapped(item, change) for item in value] if isinstance(value, list) else value


def unicode_paragraphs(paragraphs: Sequence[Sequence[Run]]) -> list[str]:
    """The text of each paragraph, converted where its font or its letters are of old."""
    plain = ["".join(text for text, _ in runs) for runs in paragraphs]
    whole = "\n".join(plain)
    in_old_fonts = "".join(text for runs in paragraphs for text, font in runs if _is_old(font))
    if not in_old_fonts or _fonts_lie(in_old_fonts):
        name = encoding_of(whole)
        return [_convert(text, name) for text in plain] if name else plain
    blocks = [_block(runs) for runs in paragraphs]
    fonts = sorted({font for runs in paragraphs for _, font in runs if font})
    raw = viparse.RawExtraction("", "", whole, signals={"fonts": fonts, "blocks": blocks})
    read = viparse.VietnameseNormalizer().normalize(raw, viparse.LoadOptions(encoding="auto"))
    vni = any(font.lower().startswith("vni") for font in fonts)
    return [_rest_of_vni(block.text) if vni else block.text for block in read.blocks]


def _is_old(font: str | None) -> bool:
    return bool(font and _LEGACY_FONT.match(font))


def _fonts_lie(text: str) -> bool:
    """Whether text in an old font is Unicode all the same."""
    return len(_UNICODE_ONLY.findall(text)) > _LYING_FONT * len(text)


def _block(runs: Sequence[Run]) -> dict[str, Any]:
    pieces = [{"text": text, "font": font} for text, font in runs if text]
    text = "".join(text for text, _ in runs)
    return {"type": "paragraph", "text": text} | ({"runs": pieces} if pieces else {})
