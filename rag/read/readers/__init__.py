"""Source files -> Readings, by file type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rag.errors import SourceError
from rag.read.readers.doc import read_doc
from rag.read.readers.docx import read_docx
from rag.read.readers.html import read_html
from rag.read.readers.pdf import read_pdf
from rag.read.readers.txt import read_txt
from rag.read.reading import Reading

READERS: dict[str, Callable[[Path], Reading]] = {
    ".txt": read_txt,
    ".md": read_txt,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".doc": read_doc,
    ".wps": read_doc,
    ".rtf": read_doc,
    ".odt": read_doc,
    ".pdf": read_pdf,
}
MAX_BYTES = 64 * 1024 * 1024


def read_source(path: Path) -> Reading:
    """The lines of a source file.

    Raises SourceError with what is wrong with the file.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceError(
            f"{path.name}: files of type “{path.suffix or 'none'}” are not read.",
            f"Readable types: {', '.join(sorted(READERS))}.",
        )
    try:
        if not path.is_file():
            raise SourceError(f"{path}: there is no such file.", "Check the path.")
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(f"{path.name}: larger than {MAX_BYTES // 2**20} MiB; split it first.")
        reading = reader(path)
    except OSError as error:
        raise SourceError(
            f"{path.name}: cannot be read ({error.strerror}).", "Check its permissions."
        ) from error
    if not reading.lines:
        raise SourceError(f"{path.name}: the file is empty.")
    return reading
