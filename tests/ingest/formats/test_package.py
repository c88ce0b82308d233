from __future__ import annotations

import struct
import zipfile

import pytest

from ingest.formats import package
from ingest.formats.rows import RefusedError
from ingest.read import Unreadable, read

_XML = b'<?xml version="1.0" encoding="UTF-8"?>'


def refusal(path):
    [row] = list(read(path))
    assert isinstance(row, Unreadable), row
    return row.reason


def test_a_sound_export_passes(word_export):
    assert package.check(word_export()) == "word"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_outside_entity_is_never_read(tmp_path, word_export, repack, encoding):
    secret = tmp_path / "secret.txt"
    secret.write_text("rò rỉ", encoding="utf-8")
    path = word_export()
    with zipfile.ZipFile(path) as opened:
        body = opened.read("word/document.xml").decode()
    head, _, rest = body.partition("?>")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    hostile = f"{head}?>{entity}{rest.replace('9.000001', '&e;')}".replace("UTF-8", encoding)
    repack(path, extra={"word/document.xml": hostile.encode(encoding)})
    assert "DOCTYPE" in refusal(path)


def test_xml_in_an_encoding_that_could_hide_a_document_type_is_refused(word_export, repack):
    path = repack(
        word_export(), {"word/styles.xml": (rb"encoding=['\"]UTF-8['\"]", b'encoding="UTF-7"')}
    )
    assert "DOCTYPE" in refusal(path)


def test_macros_are_refused_with_what_to_do(word_export, repack):
    path = repack(word_export("a.docx"), extra={"word/vbaProject.bin": b"x"})
    assert "macro" in refusal(path) and ".docx" in refusal(path)
    named = repack(
        word_export("b.docm"),
        {"[Content_Types].xml": (b"wordprocessingml.document.main", b"macroEnabled.main")},
    )
    assert "macro" in refusal(named)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", _XML + b" " * 30_000_000)
    assert "bung ra quá lớn" in refusal(path)


def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_states(tmp_path):
    path = tmp_path / "lies.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", _XML + b" " * 30_000_000)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(struct.pack("<I", 30_000_000 + len(_XML)), struct.pack("<I", 9)))
    assert "hỏng" in refusal(path)


def test_too_many_parts_and_parts_of_one_name_are_refused(tmp_path):
    many, twice = tmp_path / "many.docx", tmp_path / "twice.docx"
    with zipfile.ZipFile(many, "w") as opened:
        for number in range(5001):
            opened.writestr(f"word/{number}.xml", b"")
    with zipfile.ZipFile(twice, "w") as opened, pytest.warns(UserWarning, match="Duplicate"):
        opened.writestr("word/document.xml", _XML)
        opened.writestr("word/document.xml", _XML)
    assert "bung ra quá lớn" in refusal(many)
    assert "trùng tên" in refusal(twice)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "OpenDocument"),
        ({"a.json": b"{}"}, "giải nén"),
    ],
)
def test_other_archives_are_refused_with_what_to_do(tmp_path, inside, said):
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as opened:
        for name, content in inside.items():
            opened.writestr(name, content)
    assert said in refusal(path)


def test_a_password_is_told(tmp_path):
    path = tmp_path / "locked.docx"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("word/document.xml", _XML)
    whole = bytearray(path.read_bytes())
    whole[6] |= 1
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(whole))
    with pytest.raises(RefusedError, match="mật khẩu"):
        package.check(path)


def test_half_a_download_is_told(word_export):
    path = word_export()
    path.write_bytes(path.read_bytes()[:5000])
    assert "hỏng hoặc tải dở" in refusal(path)
