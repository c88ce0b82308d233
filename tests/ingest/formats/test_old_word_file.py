from __future__ import annotations

import http.server
import shutil
import threading

import pytest

from ingest.formats import old_word_file
from ingest.formats.rows import RefusedError
from ingest.read import Raw, Unreadable, read

_OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(_OFFICE is None, reason="needs LibreOffice")


def ole(*entries: str) -> bytes:
    """The beginning of an OLE file and the names in its directory."""
    return (
        old_word_file.MAGIC
        + b"\0" * 504
        + b"".join((name + "\0").encode("utf-16-le") for name in entries)
    )


def refusal(path):
    [row] = list(read(path))
    assert isinstance(row, Unreadable), row
    return row.reason


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (("WordDocument", "_VBA_PROJECT"), "macro"),
        (("EncryptedPackage",), "mật khẩu"),
        (("Workbook",), ".xlsx"),
        (("PowerPoint Document",), "không phải Word"),
    ],
)
def test_old_files_that_are_not_read_say_why(tmp_path, entries, said):
    path = tmp_path / "x.doc"
    path.write_bytes(ole(*entries))
    assert said in refusal(path)


def test_without_libreoffice_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(old_word_file.shutil, "which", lambda name: None)
    path = tmp_path / "x.doc"
    path.write_bytes(ole("WordDocument"))
    assert "lưu lại thành .docx, hoặc cài LibreOffice" in refusal(path)


def test_a_conversion_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(old_word_file, "_SECONDS", 0.2)
    with pytest.raises(RefusedError, match=r"quá 0\.2 giây"):
        old_word_file._run(["/bin/sh", "-c", "sleep 60 & sleep 60"])


@needs_office
def test_a_real_old_word_file_gives_the_same_record(tmp_path, word_export):
    modern = word_export("ChiTietTTHC_9.000001.docx")
    profile = (tmp_path / "profile").as_uri()
    old_word_file._run(
        [_OFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc",
         "--outdir", str(tmp_path), str(modern)]
    )  # fmt: skip
    old = tmp_path / "ChiTietTTHC_9.000001.doc"
    assert old.read_bytes().startswith(old_word_file.MAGIC)
    [new_row], [old_row] = list(read(modern)), list(read(old))
    assert isinstance(old_row, Raw) and isinstance(new_row, Raw)
    assert old_row.data | {"source_file": ""} == new_row.data | {"source_file": ""}


@needs_office
def test_libreoffice_fetches_nothing_while_it_converts(tmp_path, word_export, repack):
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *words):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/tracker.png".encode()
        link = (
            b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/'
            b'2006/relationships/image" Target="' + url + b'" TargetMode="External"/>'
        )
        path = repack(
            word_export("x.docx"),
            {
                "word/_rels/document.xml.rels": (rb"</Relationships>", link + b"</Relationships>"),
                "word/document.xml": (rb"<w:body>", b"<w:body>" + _PICTURE),
            },
        )
        out = tmp_path / "out"
        out.mkdir()
        assert old_word_file._convert(_OFFICE, path, out).is_file()
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


_PICTURE = b"""<w:p><w:r><w:drawing><wp:inline
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
<wp:extent cx="9" cy="9"/><wp:docPr id="1" name="p"/>
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">
<pic:nvPicPr><pic:cNvPr id="0" name="p"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="rId99"/>
</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm>
<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>
</w:drawing></w:r></w:p>"""
