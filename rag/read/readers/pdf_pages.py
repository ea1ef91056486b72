"""A PDF file -> its pages: lines and ruled rows in the order in which they are read."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import SourceError
from rag.read.lines import tidy
from rag.read.readers.pdf_columns import split_columns
from rag.read.readers.pdf_drawing import Drawing, Rule, read_drawing
from rag.read.readers.pdf_glyphs import UNKNOWN, Glyph, read_glyphs
from rag.read.readers.pdf_grid import find_grids
from rag.read.readers.pdf_lines import Line, Row, lines_of

_MAX_CHARACTERS = 2_000_000  # of a file; a long plan has 200,000
_MAX_SECONDS = 120  # for a file; a long plan takes three
_MANY_CURVES = 400  # pieces of paths on a page whose text may be drawn as curves

Item = Line | Row


@dataclass(frozen=True, slots=True)
class Page:
    """A page; `blocks` are read one after the other: columns, tables, what stands between them."""

    blocks: tuple[tuple[Item, ...], ...]
    characters: int = 0
    letters: int = 0
    unreadable: int = 0  # characters whose font does not tell what they are
    is_drawn: bool = False  # whether there is a picture, or so many curves that they can be text

    @property
    def lines(self) -> list[Line]:
        """The lines that are no rows of a ruled table."""
        return [item for block in self.blocks for item in block if isinstance(item, Line)]


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages of a file, and the title that its properties name."""

    pages: tuple[Page, ...]
    title: str


def read_pages(path: Path, data: bytes) -> Pages:
    """Reads the text layer.

    Raises SourceError if the file is damaged or has a password, if it is too long or takes too long.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        with pypdfium2.PdfDocument(data) as document:
            title = tidy(document.get_metadata_value("Title") or "")
            return Pages(tuple(_read_all(path, document)), title)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise SourceError(
                f"{path.name}: the PDF is encrypted and asks for a password.", "Save it without one."
            ) from error
        raise SourceError(
            f"{path.name}: the PDF is damaged or cut off ({error}).", "Get the file anew, or print it to PDF."
        ) from error


def _read_all(path: Path, document: Any) -> list[Page]:
    pages: list[Page] = []
    characters, end = 0, time.monotonic() + _MAX_SECONDS
    for index in range(len(document)):
        page = document[index]
        text_page = page.get_textpage()
        try:
            characters += text_page.count_chars()
            if characters > _MAX_CHARACTERS:
                raise SourceError(
                    f"{path.name}: it holds more than {_MAX_CHARACTERS:,} characters.", "Split it first."
                )
            if time.monotonic() > end:
                raise SourceError(
                    f"{path.name}: reading it takes more than {_MAX_SECONDS} seconds.", "Split it first."
                )
            pages.append(_read_page(page, text_page))
        finally:
            text_page.close()
            page.close()
    return pages


def _read_page(page: Any, text_page: Any) -> Page:
    drawing = read_drawing(page)
    glyphs = read_glyphs(page, text_page, drawing.pictures)
    seen = [glyph.text for glyph in glyphs if not glyph.text.isspace()]
    blocks = tuple(tuple(block) for block in _blocks(glyphs, drawing) if block)
    return Page(
        blocks=blocks,
        characters=len(seen),
        letters=sum(unicodedata.category(text[0]).startswith("L") for text in seen),
        unreadable=sum(text.count(UNKNOWN) for text in _texts(blocks)),
        is_drawn=bool(drawing.pictures) or drawing.curves > _MANY_CURVES,
    )


def _texts(blocks: Sequence[Sequence[Item]]) -> Iterator[str]:
    for block in blocks:
        for item in block:
            yield from (item.text,) if isinstance(item, Line) else item.cells


def _blocks(glyphs: Sequence[Glyph], drawing: Drawing) -> list[list[Item]]:
    """The page as its usual direction sees it; what is turned another way comes last."""
    turns = Counter(glyph.turn for glyph in glyphs if not glyph.text.isspace())
    blocks: list[list[Item]] = []
    for turn, _ in turns.most_common():
        turned = [glyph for glyph in glyphs if glyph.turn == turn]
        rules = [_turned(rule, turn) for rule in drawing.rules] if not blocks else []
        blocks += _one_way(turned, rules)
    return blocks


def _one_way(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> list[list[Item]]:
    rows: list[Item] = []
    rest = list(glyphs)
    for grid in find_grids(rules):
        inside = [glyph for glyph in rest if grid.holds(glyph)]
        found = grid.rows(inside)
        if found:
            rows += found
            taken = set(map(id, inside))
            rest = [glyph for glyph in rest if id(glyph) not in taken]
    blocks: list[list[Item]] = []
    rows.sort(key=lambda row: -row.base)
    for block in filter(None, split_columns(lines_of(rest))):
        foot = block[-1].base
        above = [row for row in rows if row.base >= foot]
        rows = rows[len(above) :]
        blocks.append(sorted([*block, *above], key=lambda item: -item.base))
    return [*blocks, list(rows)]


def _turned(rule: Rule, turn: int) -> Rule:
    """A rule as type sees it that stands on the page in so many quarters of a turn."""
    if turn == 0:
        return rule
    level = rule.level if turn == 2 else not rule.level
    at = -rule.at if turn == 2 or (turn == 1) != rule.level else rule.at
    flipped = turn == 2 or (turn == 1) == rule.level
    start, end = (-rule.end, -rule.start) if flipped else (rule.start, rule.end)
    return Rule(level, at, start, end)
