"""Word files from before 2007 (OLE): LibreOffice turns them into .docx, if it is installed.

viparse reads them the same way; LibreOffice is called here so that macros and
content from elsewhere are switched off while it opens a stranger's file.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from ingest.formats import package, word_file
from ingest.formats.rows import RefusedError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECONDS = 120
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def read(path: Path, name: str) -> dict[str, Any]:
    """The record in an old Word file. Raises RefusedError with what to do where it can't."""
    _check(path.read_bytes())
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise RefusedError(
            "là tệp Word kiểu cũ (97-2003), cần LibreOffice để đọc mà máy này chưa có; "
            "hãy mở bằng Word rồi lưu lại thành .docx, hoặc cài LibreOffice"
        )
    with tempfile.TemporaryDirectory(prefix="thutuc-") as folder:
        converted = _convert(office, path, Path(folder))
        package.check(converted)
        return word_file.read(converted, name)


def _check(content: bytes) -> None:
    """Tell what the file holds by the names in its directory."""
    if _named(content, "EncryptedPackage") or _named(content, "EncryptionInfo"):
        raise RefusedError("tệp có mật khẩu; hãy bỏ mật khẩu rồi lưu lại")
    if _named(content, "_VBA_PROJECT"):
        raise RefusedError("tệp có macro nên không mở; hãy lưu lại thành .docx hoặc .xlsx thường")
    if _named(content, "WordDocument"):
        return
    if _named(content, "Workbook") or _named(content, "Book"):
        raise RefusedError("là tệp Excel kiểu cũ; hãy lưu lại thành .xlsx")
    raise RefusedError("là tệp Office kiểu cũ nhưng không phải Word; hãy lưu lại thành .docx")


def _named(content: bytes, name: str) -> bool:
    """Whether the directory has this entry: a name in UTF-16 in a field filled up with zeros."""
    return (name + "\0").encode("utf-16-le") in content


def _convert(office: str, path: Path, folder: Path) -> Path:
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    source = folder / "source.doc"
    shutil.copyfile(path, source)
    arguments = [
        office,
        f"-env:UserInstallation={profile.parent.as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--convert-to",
        "docx",
        "--outdir",
        str(folder),
        str(source),
    ]
    _run(arguments)
    converted = folder / "source.docx"
    if not converted.is_file():
        raise RefusedError(
            "LibreOffice không mở được tệp Word này; hãy mở bằng Word rồi lưu lại thành .docx"
        )
    return converted


def _run(arguments: list[str]) -> None:
    """Run LibreOffice; it starts processes of its own, so a late one is ended with them."""
    process = subprocess.Popen(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(_SECONDS)
    except BaseException as error:
        _end(process)
        process.wait()
        if isinstance(error, subprocess.TimeoutExpired):
            why = f"LibreOffice đọc quá {_SECONDS} giây; hãy mở bằng Word rồi lưu lại thành .docx"
            raise RefusedError(why) from error
        raise


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
