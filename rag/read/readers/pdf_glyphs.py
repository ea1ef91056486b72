"""PDF pages -> the characters that a reader sees, each with its place.

Left out is what nobody sees: text that is drawn invisibly with no picture behind it, text in the colour
of the paper, in specks, beside the page, aslant (a watermark), and a second drawing at the same place
(how some programs make type bold).
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rag.read.readers.pdf_drawing import Box

UNKNOWN = "\ufffd"
BULLET = "\uf0b7"  # what a symbol font numbers in this range are marks before a paragraph, as a rule
_MIN_SIZE = 1.0  # points; smaller type is a speck
_PALE = 240  # of 255: whiter than this may be the colour of the paper
_FAINT = 25  # of 255: more transparent than this may be invisible
_CONTRAST = 12  # of 255: pixels that differ by less look alike
_SCALE = 2  # pixels a point where a page is drawn to see what shows
_SAME_PLACE = 0.3  # of a character's width: two alike that are nearer are one, drawn twice
_UNSEEN_MODES = (3, 7)  # text that is not painted


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as its own baseline sees it, in points; `base` grows towards the top."""

    text: str
    left: float
    right: float
    base: float
    size: float
    turn: int = 0  # quarters of a full turn


@dataclass(frozen=True, slots=True)
class _Style:
    """What the characters of one piece of text have in common."""

    size: float
    turn: int
    unpainted: bool
    pale: bool


class _Sight:
    """What shows of a page: asks the page drawn as a picture, which is made only where it is needed."""

    def __init__(self, page: Any, pictures: Sequence[Box]) -> None:
        self._page = page
        self._pictures = pictures
        self._box: Box = page.get_bbox()

    def on_page(self, box: Box) -> bool:
        """Whether the middle of a box is inside the page."""
        return _inside(box, self._box)

    def before_picture(self, box: Box) -> bool:
        """Whether there is a picture behind: then the text may be that of a scan."""
        return any(_inside(box, picture) for picture in self._pictures)

    def shows(self, box: Box) -> bool:
        """Whether anything stands out inside a box."""
        width, stride, pixels = self._drawn
        (x1, y1), (x2, y2) = (self._pixel(*corner) for corner in ((box[0], box[1]), (box[2], box[3])))
        height = len(pixels) // stride
        low, high = max(min(x1, x2), 0), min(max(x1, x2) + 1, width)
        rows = range(max(min(y1, y2), 0), min(max(y1, y2) + 1, height))
        seen = [pixels[row * stride + low : row * stride + high] for row in rows]
        found = b"".join(seen)
        return bool(found) and max(found) - min(found) > _CONTRAST

    @cached_property
    def _drawn(self) -> tuple[int, int, bytes]:
        bitmap = self._page.render(scale=_SCALE, grayscale=True)
        try:
            return bitmap.width, bitmap.stride, bytes(bitmap.buffer)
        finally:
            bitmap.close()

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        import pypdfium2.raw as pdfium

        width, height = (round(_SCALE * side) for side in self._page.get_size())
        column, row = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page.raw, 0, 0, width, height, 0, x, y, column, row)
        return column.value, row.value


def read_glyphs(page: Any, text_page: Any, pictures: Sequence[Box]) -> list[Glyph]:
    """The visible characters of a page in the order in which they are drawn."""
    import pypdfium2.raw as pdfium

    sight = _Sight(page, pictures)
    styles: dict[int | None, _Style | None] = {}
    glyphs: list[Glyph] = []
    for index in range(text_page.count_chars()):
        if pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        owner = ctypes.cast(pdfium.FPDFText_GetTextObject(text_page, index), ctypes.c_void_p).value
        if owner not in styles:
            styles[owner] = _style(text_page, index)
        style = styles[owner]
        if style and (glyph := _glyph(text_page, index, style, sight)):
            glyphs.append(glyph)
    return _once(glyphs)


def _style(text_page: Any, index: int) -> _Style | None:
    """None for text that stands aslant."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        return None
    angle = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    turn = round(angle)
    if abs(angle - turn) > 0.05:
        return None
    size = pdfium.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text_page, index))
    colours = [ctypes.c_uint() for _ in range(4)]
    outlined = mode in (1, 5)
    get = pdfium.FPDFText_GetStrokeColor if outlined else pdfium.FPDFText_GetFillColor
    told = get(text_page, index, *colours)
    red, green, blue, solid = (colour.value for colour in colours)
    pale = bool(told) and (min(red, green, blue) >= _PALE or solid <= _FAINT)
    return _Style(size, turn % 4, mode in _UNSEEN_MODES, pale)


def _glyph(text_page: Any, index: int, style: _Style, sight: _Sight) -> Glyph | None:
    import pypdfium2.raw as pdfium

    rect = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    if not (
        pdfium.FPDFText_GetLooseCharBox(text_page, index, rect)
        and pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
    ):
        return None
    box = (rect.left, rect.bottom, rect.right, rect.top)
    text = _character(text_page, index)
    if not text.isspace() and not _is_seen(box, style, sight):
        return None
    if style.turn == 0:
        return Glyph(text, box[0], box[2], y.value, style.size, 0)
    if style.turn == 1:
        return Glyph(text, box[1], box[3], -x.value, style.size, 1)
    if style.turn == 2:
        return Glyph(text, -box[2], -box[0], -y.value, style.size, 2)
    return Glyph(text, -box[3], -box[1], x.value, style.size, 3)


def _is_seen(box: Box, style: _Style, sight: _Sight) -> bool:
    if max(style.size, box[3] - box[1]) < _MIN_SIZE or not sight.on_page(box):
        return False
    if style.unpainted:
        return sight.before_picture(box)
    return not style.pale or sight.shows(box)


def _character(text_page: Any, index: int) -> str:
    import pypdfium2.raw as pdfium

    if pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1:
        return UNKNOWN
    if pdfium.FPDFText_IsHyphen(text_page, index) == 1:  # it has no code of its own at the end of a line
        return "-"
    return _plain(pdfium.FPDFText_GetUnicode(text_page, index))


def _plain(code: int) -> str:
    """The character; radicals and compatibility forms, which some programs write, as the Han they mean."""
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return UNKNOWN
    char = chr(code)
    if _is_unreadable(char):
        return BULLET if 0xF000 <= code <= 0xF0FF else UNKNOWN
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char)
    return char


def _is_unreadable(char: str) -> bool:
    return char in {"\0", UNKNOWN} or unicodedata.category(char) in {"Co", "Cn"}


def _inside(box: Box, other: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= x <= other[2] and other[1] <= y <= other[3]


def _once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Each character once where it is drawn again at nearly the same place."""
    kept: list[Glyph] = []
    seen: defaultdict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        if not glyph.text.isspace():
            step = max(glyph.size, _MIN_SIZE)
            column, row = int(glyph.left // step), int(glyph.base // step)
            around = ((column + i, row + j) for i in (0, -1, 1) for j in (0, -1, 1))
            if any(_same(glyph, other) for place in around for other in seen.get((glyph.text, *place), ())):
                continue
            seen[glyph.text, column, row].append(glyph)
        kept.append(glyph)
    return kept


def _same(one: Glyph, other: Glyph) -> bool:
    near = _SAME_PLACE * max(min(one.right - one.left, one.size), 0.2 * one.size)
    alike = one.turn == other.turn and abs(one.size - other.size) < 0.2 * one.size
    return alike and abs(one.left - other.left) < near and abs(one.base - other.base) < near
