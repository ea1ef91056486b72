"""Old Word files and their relatives (.doc .wps .rtf .odt): LibreOffice makes a .docx of them first."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from rag.errors import SourceError
from rag.read.readers.docx import read_docx
from rag.read.readers.signature import refuse_other_type
from rag.read.reading import Reading

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 120.0  # a report of 200 pages takes 5 to 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ZIP = b"PK\x03\x04"
_UNSET = ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")


def read_doc(path: Path) -> Reading:
    """The text of an old Word file, an RTF file or an OpenDocument text.

    Many a .doc is something else by its first bytes: a .docx or a page, which are read as such.
    Raises SourceError if LibreOffice is not there or cannot read the file in time.
    """
    with path.open("rb") as file:
        head = file.read(1024)
    if path.suffix.lower() != ".odt" and head.startswith(_ZIP):
        return read_docx(path)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        from rag.read.readers.html import read_html

        return read_html(path)
    known = next((sign for sign in (_OLE, _RTF, _ZIP) if head.startswith(sign)), _OLE)
    refuse_other_type(path, head, known)
    if known == _OLE and not head.startswith(_OLE):
        raise SourceError(
            f"{path.name}: this is no document of Word or WPS.", "Give it the ending that fits."
        )
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise SourceError(
            f"{path.name}: LibreOffice is needed to read files of type “{path.suffix}”; it is not installed.",
            "Install libreoffice-writer, or open the file in Word or WPS and save it as .docx.",
        )
    return _converted(path, program, read_docx)


def _converted(path: Path, program: str, read: Callable[[Path], Reading]) -> Reading:
    """What `read` makes of the .docx that LibreOffice writes, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="rag-doc-") as folder:
        own = Path(folder) / f"source{path.suffix.lower()}"
        shutil.copyfile(path, own)  # under a plain name, and where its lock file may stand
        command = [
            program,
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(Path(folder) / "out"), str(own)),
        ]
        _run(path, command, folder)
        made = Path(folder) / "out" / "source.docx"
        if not made.is_file():
            raise SourceError(
                f"{path.name}: LibreOffice cannot read this file; it is damaged or has a password.",
                "Open it in Word or WPS and save it as .docx.",
            )
        try:
            return read(made)
        except SourceError as error:
            raise SourceError(error.message.replace(made.name, path.name, 1), error.hint) from error


def _run(path: Path, command: list[str], folder: str) -> None:
    """Runs a program in its own group, so that it ends with all that it started."""
    environment = {name: text for name, text in os.environ.items() if name not in _UNSET} | {"HOME": folder}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise SourceError(
                f"{path.name}: LibreOffice has not read this file within {_SECONDS:g} s.",
                "Open it in Word or WPS and save it as .docx.",
            ) from error
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
