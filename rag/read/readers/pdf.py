"""PDF files: the text layer, its lines joined to paragraphs again, without running heads and page numbers."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from pathlib import Path

from rag.errors import SourceError
from rag.read.readers.pdf_lines import Page, read_pages
from rag.read.readers.pdf_paragraphs import join_paragraphs
from rag.read.readers.signature import refuse_other_type
from rag.read.reading import Line, Reading

_MAX_UNPACKED = 128 * 1024 * 1024  # of a file's streams other than pictures; a long plan has 10 MiB
_MAX_UNREADABLE = 0.02  # share of characters whose font does not tell what they are
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_OCR = "Run text recognition (OCR) over it first, for example `ocrmypdf --force-ocr -l chi_sim`."


def read_pdf(path: Path) -> Reading:
    """The text of a PDF file, one line a paragraph.

    Raises SourceError if the file is damaged or has a password, if it has no text layer or one that
    cannot be relied on, or if it unpacks to more than a plan can hold.
    """
    data = path.read_bytes()
    refuse_other_type(path, data, b"%PDF-")
    if b"%PDF-" not in data[:1024]:
        raise SourceError(f"{path.name}: this is not a PDF file.", "Give it the ending that fits.")
    if _unpacked_size(data) > _MAX_UNPACKED:
        raise SourceError(
            f"{path.name}: it unpacks to more than {_MAX_UNPACKED // 2**20} MiB.", "Split it first."
        )
    pages = read_pages(path, data)
    _check_text(path, pages)
    return Reading(tuple(map(Line, join_paragraphs([page.lines for page in pages]))))


def _unpacked_size(data: bytes) -> int:
    """How much the compressed streams other than pictures hold; unpacks a piece at a time to see it."""
    total = position = 0
    while total <= _MAX_UNPACKED and (match := _STREAM.search(data, position)):
        start, end = match.end(), data.find(b"endstream", match.end())
        position = end if end > 0 else start
        described = data.rfind(b"obj", max(0, start - 2048), start)
        if _PICTURE.search(data, max(described, 0), start):
            continue
        stream, rest = zlib.decompressobj(), data[start : end if end > 0 else len(data)]
        try:
            while rest and total <= _MAX_UNPACKED:
                total += len(stream.decompress(rest, 2**20))
                rest = stream.unconsumed_tail
        except zlib.error:  # packed in another way, or not at all
            continue
    return total


def _check_text(path: Path, pages: Sequence[Page]) -> None:
    characters = sum(page.characters for page in pages)
    if not characters:
        raise SourceError(f"{path.name}: no text layer; the pages are pictures.", _OCR)
    pictures = sum(page.is_picture for page in pages)
    if 2 * pictures > len(pages):
        raise SourceError(f"{path.name}: {pictures} of {len(pages)} pages are pictures without text.", _OCR)
    if sum(page.unreadable for page in pages) > _MAX_UNREADABLE * characters:
        raise SourceError(f"{path.name}: the fonts do not tell which characters the text consists of.", _OCR)
