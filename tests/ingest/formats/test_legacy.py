from __future__ import annotations

import gzip
import json
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats import legacy
from ingest.formats.rows import RefusedError
from ingest.read import Raw, read

# The same sentence in the encodings of old, as Latin-1 shows their bytes. TCVN3 and VISCII
# come from iconv's tables, VNI from the layout of its keyboard.
PLAIN = "bạn đọc nộp đơn và hồ sơ cho thư viện, thời hạn giải quyết là ba ngày, khẳng định kỵ mã"
TCVN3 = "b¹n ®äc nép ®¬n vµ hå s¬ cho th\xad viÖn, thêi h¹n gi¶i quyÕt lµ ba ngµy, kh¼ng ®Þnh kþ m·"
VNI = (
    "baïn ñoïc noäp ñôn vaø hoà sô cho thö vieän, thôøi haïn giaûi quyeát laø ba ngaøy, "
    "khaúng ñònh kî maõ"
)
VISCII = (
    "b\xd5n \xf0\xf7c n\xb5p \xf0\xbdn v\xe0 h\xb0 s\xbd cho th\xdf vi\xaen, "
    "th\xb6i h\xd5n gi\xe4i quy\xaat l\xe0 ba ng\xe0y, kh\xc6ng \xf0\xb8nh k\xdc m\xe3"
)
NAMED = [("tcvn3", TCVN3), ("vni", VNI), ("viscii", VISCII)]


@pytest.mark.parametrize(("name", "shown"), NAMED)
def test_each_encoding_is_recognised_and_converted(name, shown):
    assert legacy.encoding_of(shown) == name
    assert legacy.clean_record({"a": shown, "b": [{"c": shown}]}) == {
        "a": PLAIN,
        "b": [{"c": PLAIN}],
    }


@pytest.mark.parametrize(("name", "shown"), NAMED)
def test_a_file_in_an_encoding_of_old_is_read(tmp_path, name, shown):
    path = tmp_path / "old.jsonl"
    path.write_bytes(f'{{"ma_thu_tuc": "9.000001", "ten_thu_tuc": "{shown}"}}\n'.encode("latin-1"))
    [row] = list(read(path))
    assert isinstance(row, Raw) and row.data["ten_thu_tuc"] == PLAIN


def test_windows_1258_is_read():
    """Its letters with two marks are a letter with one mark and a mark after it."""
    marked = "".join(letter if letter in "ăâđêôơưĂÂĐÊÔƠƯ" else _apart(letter) for letter in PLAIN)
    assert legacy.decode(marked.encode("cp1258")) == PLAIN


def _apart(letter):
    *base, mark = unicodedata.normalize("NFD", letter)
    if not base:
        return letter
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = [*base, mark]
    tone = next(part for part in parts if part in tones)
    parts.remove(tone)
    return unicodedata.normalize("NFC", "".join(parts)) + tone


@pytest.mark.parametrize("text", ["Tệp bằng tiếng Việt", "ba điểm …"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_every_unicode_encoding_is_read(text, encoding):
    assert legacy.decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("El señor Muñoz pidió más información sobre el trámite de inscripción", "latin-1"),
        ("Der Antrag muß schriftlich für die Bücherei gestellt werden", "latin-1"),
        ("Le café est fermé à cause des élèves, très déçu", "latin-1"),
        ("图书馆读者证办理手续", "gbk"),
    ],
)
def test_other_languages_are_not_mistaken_for_old_vietnamese(text, encoding):
    with pytest.raises(RefusedError, match="UTF-8"):
        legacy.decode(text.encode(encoding))


@pytest.mark.parametrize("text", ["Giảm nghèo", "Cá nhân", "Hà Nam", "café", "", "abc"])
def test_short_unicode_text_is_left_alone(text):
    assert legacy.clean_record({"linh_vuc": text}) == {"linh_vuc": text}


def test_a_text_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(legacy, "FIELD", 10)
    with pytest.raises(RefusedError, match="một mục dài hơn"):
        legacy.clean_record({"a": ["x" * 11]})


def test_a_document_of_two_old_encodings_is_converted_by_its_fonts():
    read_back = legacy.unicode_paragraphs(
        [[(TCVN3, ".VnTime")], [(VNI, "VNI-Times")], [("Bộ", "Arial"), (TCVN3, ".VnTime")]]
    )
    assert read_back == [PLAIN, PLAIN, "Bộ" + PLAIN]


def test_old_text_in_a_font_of_today_is_known_by_its_letters():
    assert legacy.unicode_paragraphs([[(TCVN3, "Arial")], [("", None)]]) == [PLAIN, ""]


_TEXT = st.text(max_size=60)


@given(st.lists(st.lists(st.tuples(_TEXT, st.sampled_from([None, ".VnTime", "VNI-Times", "Arial"])),
                         max_size=4), max_size=4))  # fmt: skip
def test_every_paragraph_comes_back_in_its_place(paragraphs):
    assert len(legacy.unicode_paragraphs(paragraphs)) == len(paragraphs)


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(content):
    try:
        assert isinstance(legacy.decode(content), str)
    except RefusedError as error:
        assert "UTF-8" in str(error)


@pytest.mark.skipif("PORTAL_COPY" not in os.environ, reason="needs real records")
def test_no_real_record_is_mistaken_for_old_text():
    corpus = Path(os.environ["PORTAL_COPY"])
    with gzip.open(corpus / "portal_crawl_2642.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            assert legacy.clean_record(record) == record
