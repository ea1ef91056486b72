"""Word documents: paragraphs with their automatic numbers, and tables, in their order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from rag.errors import SourceError
from rag.read.lines import join_broken, numbered, raised, tidy
from rag.read.readers.docx_numbers import Numbering, Styles
from rag.read.readers.docx_tables import columns_taken
from rag.read.readers.ooxml import WordParts, child, is_on, name_of, number, read_parts, value
from rag.read.readers.rows import Cell, Grid
from rag.read.readers.signature import refuse_other_type
from rag.read.reading import Line, Reading

_WRAPPERS = frozenset(("ins", "moveTo", "customXml", "smartTag", "sdtContent", "body"))
_LEFT_OUT = frozenset(("del", "moveFrom", "rt", "pPr", "sdtPr", "instrText", "delText"))
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.I)
_HEADINGS = re.compile(r"title|subtitle|heading|标题|副标题", re.I)
_LEVEL = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
_MAX_HEADING = 80  # characters; what is longer, or ends as a sentence, is a paragraph set as a heading
_MAX_GRID = 200  # columns that one cell may take
_YEAR = re.compile(r"(?:19|20)\d\d")


def read_docx(path: Path) -> Reading:
    """The text of a Word document as it reads with its tracked changes accepted.

    Tables of contents, headers, footers and comments are left out, and so is what is struck through;
    notes follow the text. Raises SourceError if the file is damaged, is something else, or unpacks to
    more than a plan can hold.
    """
    with path.open("rb") as file:
        refuse_other_type(path, file.read(1024), b"PK\x03\x04")
    parts = read_parts(path)
    try:
        lines = tuple(_Reader(parts).read())
    except RecursionError as error:
        raise SourceError(
            f"{path.name}: the Word file is damaged; its parts are nested too deeply.",
            "Open it in Word or WPS, save it anew as .docx and try again.",
        ) from error
    if not lines:
        raise SourceError(
            f"{path.name}: the document holds no text; its pages may be pictures.",
            "Run text recognition (OCR) over it first.",
        )
    return Reading(lines, _title(parts, lines))


def _title(parts: WordParts, lines: tuple[Line, ...]) -> str:
    """The title among the file's properties, unless it names a year that the text does not.

    Such a title is that of last year's document, which this one was written over.
    """
    found = child(parts.properties, "title")
    title = tidy((found.text if found is not None else "") or "")
    text = "".join(line.text for line in lines)
    return title if all(year in text for year in _YEAR.findall(title)) else ""


class _Reader:
    """Reads the body once, from its start to its end; automatic numbers are counted on the way."""

    def __init__(self, parts: WordParts) -> None:
        self._parts = parts
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering, self._styles)
        self._notes: list[tuple[str, str]] = []  # those that the text refers to: their kind and id

    def read(self) -> Iterator[Line]:
        yield from self._blocks(self._parts.document)
        yield from self._noted()

    def _noted(self) -> Iterator[Line]:
        """The notes that the text refers to, in the order of their marks."""
        roots = {"footnote": self._parts.footnotes, "endnote": self._parts.endnotes}
        notes = {(kind, value(note, "id")): note for kind, root in roots.items() for note in root}
        texts = []
        for key in dict.fromkeys(self._notes):
            lines = [line.text for line in self._blocks(notes[key])] if key in notes else []
            texts += [join_broken(lines)] if lines else []
        if texts:
            yield Line("注释：")
        for at, text in enumerate(texts, 1):
            yield Line(f"[{at}] {text}")

    def _blocks(self, parent: Element) -> Iterator[Line]:
        """The lines of the paragraphs and tables inside an element."""
        held = ""  # the text of paragraphs whose end is deleted: the next one continues them
        for block in _content(parent):
            if name_of(block) == "tbl":
                yield from self._table(block)
            elif name_of(block) == "p":
                read = _Text()
                text = read.of(block)
                self._notes += read.notes
                if child(block, "pPr", "rPr", "del") is not None:
                    held += text
                else:
                    yield from self._paragraph(block, held + text)
                    held = ""
                for box in read.boxes:
                    yield from self._blocks(box)
        yield from map(Line, filter(None, [tidy(held)]))

    def _paragraph(self, paragraph: Element, text: str) -> Iterator[Line]:
        style = value(child(paragraph, "pPr", "pStyle"))
        name = self._styles.name(style)
        if _CONTENTS.match(name):
            return
        mark = self._numbering.next_number(paragraph)
        lines = [line for line in map(tidy, text.split("\n")) if line]
        if _HEADINGS.match(name) or self._alignment(paragraph, style) == "center":
            lines = [join_broken(lines)] if lines else []
        if lines:
            first = numbered(mark, lines[0])
            yield Line(first, level=self._level(paragraph, style, name, first))
            yield from map(Line, lines[1:])

    def _level(self, paragraph: Element, style: str | None, name: str, text: str) -> int:
        """The level of a heading by its outline level, or by the name of its style."""
        if len(text) > _MAX_HEADING or text.endswith(("。", "；", ";")):
            return 0
        own = number(child(paragraph, "pPr", "outlineLvl"))
        inherited = self._styles.find(style, "outlineLvl")
        outline = own if own is not None else number(inherited[0]) if inherited else None
        named = _LEVEL.match(name)
        if outline is not None:
            return outline + 1 if outline < 9 else 0
        return int(named[1]) if named else 0

    def _alignment(self, paragraph: Element, style: str | None) -> str | None:
        inherited = self._styles.find(style, "jc")
        return value(child(paragraph, "pPr", "jc")) or (value(inherited[0]) if inherited else None)

    def _table(self, table: Element) -> Iterator[Line]:
        rows = [
            _row(row, self._blocks)
            for row in _content(table)
            if name_of(row) == "tr" and child(row, "trPr", "del") is None
        ]
        taken = columns_taken([[(cell.start, cell.end) for cell in row] for row in rows])
        grid = Grid()
        merged: dict[int, list[str]] = {}  # where a cell starts that reaches down -> its text
        for row, across in zip(rows, taken, strict=True):
            line = grid.row([_cell(cell, columns, merged) for cell, columns in zip(row, across, strict=True)])
            yield from [line] if line else [line for cell in row for line in cell.lines]


@dataclass(frozen=True, slots=True)
class _Tc:
    """A cell: where it starts and ends on the table's grid, its lines, and whether it is merged downwards."""

    start: int
    end: int
    lines: list[Line]
    merge: str = ""  # "restart" where a merged cell begins, "continue" where it goes on
    nested: bool = False


def _row(row: Element, read: Callable[[Element], Iterator[Line]]) -> list[_Tc]:
    start = min(number(child(row, "trPr", "gridBefore")) or 0, _MAX_GRID)
    cells = [_Tc(0, start, [])] if start else []
    for cell in _content(row):
        if name_of(cell) == "tc":
            end = start + min(max(number(child(cell, "tcPr", "gridSpan")) or 1, 1), _MAX_GRID)
            vertical = child(cell, "tcPr", "vMerge")
            merge = (value(vertical) or "continue") if vertical is not None else ""
            cells.append(_Tc(start, end, list(read(cell)), merge, child(cell, "tbl") is not None))
            start = end
    return cells


def _cell(cell: _Tc, across: int, merged: dict[int, list[str]]) -> Cell:
    """A cell for the grid; one that goes on from above has the text that stands there."""
    texts = [line.text for line in cell.lines]
    if cell.merge == "restart":
        merged[cell.start] = texts
    elif cell.merge:
        texts = merged.get(cell.start, texts)
    return Cell(texts, across, nested=cell.nested)


def _content(parent: Element) -> Iterator[Element]:
    """The children of an element, those in wrappers (a tracked insertion, a control) among them."""
    for element in parent:
        name = name_of(element)
        if name == "AlternateContent":
            yield from _content(_choice(element))
        elif name in _WRAPPERS:
            yield from _content(element)
        elif name == "sdt":
            gallery = value(child(element, "sdtPr", "docPartObj", "docPartGallery"))
            if gallery != "Table of Contents":
                yield from _content(element)
        else:
            yield element


def _choice(alternatives: Element) -> Element:
    """One of several forms of the same content."""
    return next(iter(alternatives), alternatives)


class _Text:
    """The text of one paragraph, with a line break for each of its own, its text boxes and its notes."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []

    def of(self, paragraph: Element) -> str:
        self._take(paragraph, False)
        return "".join(self._pieces)

    def _take(self, parent: Element, high: bool) -> None:
        for element in parent:
            name = name_of(element)
            if name == "t":
                text = (element.text or "").replace("\n", " ")
                self._pieces.append(raised(text) if high else text)
            elif name == "txbxContent":
                self.boxes.append(element)
            elif name in {"footnoteReference", "endnoteReference"}:
                self.notes.append((name.removesuffix("Reference"), value(element, "id") or ""))
            elif name in _SIGNS:
                self._pieces.append(_SIGNS[name])
            elif name == "br":
                self._pieces.append("\n")
            elif name == "AlternateContent":
                self._take(_choice(element), high)
            elif name == "r":
                if not any(is_on(child(element, "rPr", unseen)) for unseen in _UNSEEN):
                    raised_run = value(child(element, "rPr", "vertAlign")) == "superscript"
                    self._take(element, high or raised_run)
            elif name not in _LEFT_OUT:
                self._take(element, high or name == "sup")


_UNSEEN = ("vanish", "strike", "dstrike")
_SIGNS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-"}
