"""PDF pages -> lines of text with where they stand and how large they are set."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import SourceError
from rag.read.readers.lines import raised, tidy

_MAX_CHARACTERS = 5_000_000  # of a file; a long plan has 200,000
_CELL_GAP = 1.5  # a gap this wide, in widths of a Han character, separates the cells of a table
_BLANK_GAP = 0.8  # a gap this wide is a blank between whatever stands beside it ...
_FIGURE_GAP = 0.5  # ... this wide between two figures, which justified type may space out ...
_WORD_GAP = 0.22  # ... and this wide between words in Latin letters
_RAISED = 0.15  # a small character whose foot stands this high is a superscript
_SMALL = 0.9
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is set, in points; `base` grows from the foot of the page to its top."""

    cells: tuple[str, ...]  # more than one where wide gaps part the line
    left: float
    right: float
    base: float
    size: float  # of the type

    @property
    def text(self) -> str:
        """The whole line."""
        return " ".join(self.cells)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in the order in which they are drawn."""

    lines: tuple[Line, ...]
    characters: int
    unreadable: int  # characters whose font does not tell what they are
    is_picture: bool


@dataclass(frozen=True, slots=True)
class _Glyph:
    text: str
    left: float
    right: float
    base: float
    size: float
    turn: int  # quarters of a full turn


def read_pages(path: Path, data: bytes) -> list[Page]:
    """Reads the text layer. Raises SourceError if the file is damaged, has a password or is too long."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        with pypdfium2.PdfDocument(data) as document:
            pages: list[Page] = []
            for index in range(len(document)):
                pages.append(_read_page(document[index]))
                if sum(page.characters for page in pages) > _MAX_CHARACTERS:
                    raise SourceError(
                        f"{path.name}: it holds more than {_MAX_CHARACTERS:,} characters.", "Split it first."
                    )
            return pages
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise SourceError(
                f"{path.name}: the PDF is encrypted and asks for a password.", "Save it without one."
            ) from error
        raise SourceError(
            f"{path.name}: the PDF is damaged or cut off ({error}).", "Get the file anew, or print it to PDF."
        ) from error


def _read_page(page: Any) -> Page:
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        glyphs = [glyph for i in range(count) if (glyph := _read_glyph(text_page, i))]
        unreadable = sum(map(_is_unreadable, (glyph.text for glyph in glyphs)))
        visible = sum(not glyph.text.isspace() for glyph in glyphs)
        pictures = not visible and any(
            True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        )
        lines = tuple(line for group in _groups(glyphs) if (line := _line(group)))
        return Page(lines, visible, unreadable, pictures)
    finally:
        text_page.close()
        page.close()


def _read_glyph(text_page: Any, index: int) -> _Glyph | None:
    """A character with its place as its own baseline sees it; None for one that is not on the page.

    Text that stands aslant is none of the plan's: a watermark.
    """
    import pypdfium2.raw as pdfium

    if pdfium.FPDFText_IsGenerated(text_page, index) == 1:
        return None
    matrix, box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    if not (
        pdfium.FPDFText_GetMatrix(text_page, index, matrix)
        and pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
        and pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
    ):
        return None
    angle = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    turn = round(angle)
    if abs(angle - turn) > 0.05:
        return None
    size = pdfium.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
    if pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1:
        text = _UNKNOWN
    elif pdfium.FPDFText_IsHyphen(text_page, index) == 1:  # it has no code of its own at the end of a line
        text = "-"
    else:
        text = _plain(pdfium.FPDFText_GetUnicode(text_page, index))
    if turn % 4 == 0:
        return _Glyph(text, box.left, box.right, y.value, size, 0)
    if turn % 4 == 1:
        return _Glyph(text, box.bottom, box.top, -x.value, size, 1)
    if turn % 4 == 2:
        return _Glyph(text, -box.right, -box.left, -y.value, size, 2)
    return _Glyph(text, -box.top, -box.bottom, x.value, size, 3)


def _plain(code: int) -> str:
    """The character; radicals and compatibility forms, which some programs write, as the Han they mean."""
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return _UNKNOWN
    char = chr(code)
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char)
    return char


def _is_unreadable(char: str) -> bool:
    return char in {"\0", _UNKNOWN} or unicodedata.category(char) in {"Co", "Cn"}


def _groups(glyphs: Sequence[_Glyph]) -> Iterator[list[_Glyph]]:
    """Glyphs that follow each other on one baseline."""
    group: list[_Glyph] = []
    lead: _Glyph | None = None  # the largest of the group
    for glyph in glyphs:
        if lead:
            apart = abs(glyph.base - lead.base) > 0.5 * max(lead.size, glyph.size)
            if apart or glyph.turn != lead.turn:
                yield group
                group, lead = [], None
        group.append(glyph)
        lead = glyph if lead is None or glyph.size > lead.size else lead
    if group:
        yield group


def _line(glyphs: Sequence[_Glyph]) -> Line | None:
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not seen:
        return None
    size = max(glyph.size for glyph in seen)
    base = next(glyph.base for glyph in seen if glyph.size == size)
    cells, text = [], ""
    before: _Glyph | None = None  # the last one that is no blank
    blank = False
    for glyph in sorted(glyphs, key=lambda one: one.left):
        if glyph.text.isspace():
            blank = True
            continue
        gap = (glyph.left - before.right) / size if before else 0.0
        if gap > _CELL_GAP:
            cells.append(tidy(text))
            text = ""
        elif before and (blank or gap > _blank_gap(before.text, glyph.text)):
            text += " "
        high = glyph.size < _SMALL * size and glyph.base - base > _RAISED * size
        text += raised(glyph.text) if high else glyph.text
        before, blank = glyph, False
    cells.append(tidy(text))
    filled = tuple(cell for cell in cells if cell)
    if not filled:
        return None
    return Line(filled, min(g.left for g in seen), max(g.right for g in seen), base, size)


def _blank_gap(one: str, other: str) -> float:
    if not (one + other).isascii():
        return _BLANK_GAP
    return _WORD_GAP if (one + other).isalpha() else _FIGURE_GAP
