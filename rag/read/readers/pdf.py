"""PDF files: the text layer, its lines joined to paragraphs again, without running heads and page numbers."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from pathlib import Path

from rag.errors import SourceError
from rag.read.readers.pdf_furniture import Blocks, without_furniture
from rag.read.readers.pdf_lines import Line
from rag.read.readers.pdf_pages import Page, read_pages
from rag.read.readers.pdf_paragraphs import join_paragraphs
from rag.read.readers.signature import refuse_other_type
from rag.read.reading import Reading

_MAX_UNPACKED = 128 * 1024 * 1024  # of a file's streams other than pictures; a long plan has 10 MiB
_MAX_UNREADABLE = 0.02  # share of characters whose font does not tell what they are
_MANY_CHARACTERS = 200  # in so much text there are letters, even in a file of tables
_FEW_LETTERS = 0.05
_FEW_CHARACTERS = 10  # of a page that is a picture: a mark or a stamp beside the page number
_MOST = 0.75  # share of pages that are pictures in a scan with a cover of text
_FILE_NAME = re.compile(r"^Microsoft |\.(?:docx?|wps|pdf|pptx?|xlsx?|indd)$", re.IGNORECASE)
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
    read = read_pages(path, data)
    _check_characters(path, read.pages)
    title = _told_title(read.title)
    texts = without_furniture([page.blocks for page in read.pages], title)
    warnings = _check_pictures(path, read.pages, [_letters(text) for text in texts])
    return Reading(tuple(join_paragraphs(texts)), title, warnings=warnings)


def _told_title(title: str) -> str:
    """The title in the file's properties, unless a program put its file's name there.

    >>> _told_title("临江市2024年预算报告"), _told_title("Microsoft Word - 报告.doc"), _told_title("untitled")
    ('临江市2024年预算报告', '', '')
    """
    return title if re.search(r"[\u4e00-\u9fff]", title) and not _FILE_NAME.search(title) else ""


def _letters(blocks: Blocks) -> int:
    return sum(
        len(item.text) if isinstance(item, Line) else len(item.cells) for block in blocks for item in block
    )


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
            while rest and not stream.eof and total <= _MAX_UNPACKED:
                total += len(stream.decompress(rest, 2**20))
                rest = stream.unconsumed_tail
        except zlib.error:  # packed in another way, or not at all
            continue
    return total


def _check_characters(path: Path, pages: Sequence[Page]) -> None:
    """Refuses a file whose fonts do not tell its characters: none, unknown ones, or nothing but figures."""
    characters = sum(page.characters for page in pages)
    if not characters:
        raise SourceError(f"{path.name}: no text layer; the pages are pictures.", _OCR)
    unreadable = sum(page.unreadable for page in pages)
    letters = sum(page.letters for page in pages)
    only_figures = characters > _MANY_CHARACTERS and letters < _FEW_LETTERS * characters
    if unreadable > _MAX_UNREADABLE * characters or only_figures:
        raise SourceError(f"{path.name}: the fonts do not tell which characters the text consists of.", _OCR)


def _check_pictures(path: Path, pages: Sequence[Page], lengths: Sequence[int]) -> tuple[str, ...]:
    """Names the pages that are pictures with next to no text; refuses a file that holds little else."""
    pictures = [
        number
        for number, (page, length) in enumerate(zip(pages, lengths, strict=True), start=1)
        if page.is_drawn and length < _FEW_CHARACTERS
    ]
    if not pictures:
        return ()
    if len(pictures) == len(pages):
        raise SourceError(f"{path.name}: no text layer; the pages are pictures.", _OCR)
    if len(pictures) > _MOST * len(pages):
        raise SourceError(
            f"{path.name}: {len(pictures)} of {len(pages)} pages are pictures without text.", _OCR
        )
    return (f"{_named(pictures)} without text and could not be read",)


def _named(numbers: Sequence[int]) -> str:
    """Pages by their numbers.

    >>> _named([3, 4, 5, 9]), _named([2])
    ('pages 3-5, 9 are pictures', 'page 2 is a picture')
    """
    if len(numbers) == 1:
        return f"page {numbers[0]} is a picture"
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    names = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"pages {', '.join(names)} are pictures"
