"""Word documents: paragraphs with their automatic numbers, and tables, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from rag.errors import SourceError
from rag.read.readers.docx_numbers import Numbering, Styles
from rag.read.readers.lines import join_broken, numbered, raised, table_row, tidy
from rag.read.readers.ooxml import WordParts, child, is_on, name_of, read_parts, value
from rag.read.readers.signature import refuse_other_type
from rag.read.reading import Line, Reading

_WRAPPERS = frozenset(("ins", "moveTo", "customXml", "smartTag", "sdtContent", "body"))
_LEFT_OUT = frozenset(("del", "moveFrom", "rt", "pPr", "sdtPr", "instrText", "delText"))
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d", re.I)
_HEADINGS = re.compile(r"title|subtitle|heading|标题|副标题", re.I)


def read_docx(path: Path) -> Reading:
    """The text of a Word document as it reads with its tracked changes accepted.

    Tables of contents, headers, footers, notes and comments are left out. Raises SourceError if the
    file is damaged, is something else, or unpacks to more than a plan can hold.
    """
    with path.open("rb") as file:
        refuse_other_type(path, file.read(1024), b"PK\x03\x04")
    try:
        lines = list(_Reader(read_parts(path)).read())
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
    return Reading(tuple(map(Line, lines)))


class _Reader:
    """Reads the body once, from its start to its end; automatic numbers are counted on the way."""

    def __init__(self, parts: WordParts) -> None:
        self._document = parts.document
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering, self._styles)

    def read(self) -> Iterator[str]:
        return self._blocks(self._document)

    def _blocks(self, parent: Element) -> Iterator[str]:
        """The lines of the paragraphs and tables inside an element."""
        held = ""  # the text of paragraphs whose end is deleted: the next one continues them
        for block in _content(parent):
            if name_of(block) == "tbl":
                yield from self._table(block)
            elif name_of(block) == "p":
                text, boxes = _Text().of(block)
                if child(block, "pPr", "rPr", "del") is not None:
                    held += text
                else:
                    yield from self._paragraph(block, held + text)
                    held = ""
                for box in boxes:
                    yield from self._blocks(box)
        yield from filter(None, [tidy(held)])

    def _paragraph(self, paragraph: Element, text: str) -> Iterator[str]:
        style = value(child(paragraph, "pPr", "pStyle"))
        name = self._styles.name(style)
        if _CONTENTS.match(name):
            return
        number = self._numbering.next_number(paragraph)
        lines = [line for line in map(tidy, text.split("\n")) if line]
        if _HEADINGS.match(name) or self._alignment(paragraph, style) == "center":
            lines = [join_broken(lines)] if lines else []
        if lines:
            yield numbered(number, lines[0])
            yield from lines[1:]

    def _alignment(self, paragraph: Element, style: str | None) -> str | None:
        inherited = self._styles.find(style, "jc")
        return value(child(paragraph, "pPr", "jc")) or (value(inherited[0]) if inherited else None)

    def _table(self, table: Element) -> Iterator[str]:
        for row in _content(table):
            if name_of(row) == "tr" and child(row, "trPr", "del") is None:
                cells = [list(self._blocks(cell)) for cell in _content(row) if name_of(cell) == "tc"]
                yield from table_row(cells)


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
    """The text of one paragraph, with a line break for each of its own, and its text boxes."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._boxes: list[Element] = []

    def of(self, paragraph: Element) -> tuple[str, list[Element]]:
        self._take(paragraph, False)
        return "".join(self._pieces), self._boxes

    def _take(self, parent: Element, high: bool) -> None:
        for element in parent:
            name = name_of(element)
            if name == "t":
                text = (element.text or "").replace("\n", " ")
                self._pieces.append(raised(text) if high else text)
            elif name == "txbxContent":
                self._boxes.append(element)
            elif name in _SIGNS:
                self._pieces.append(_SIGNS[name])
            elif name == "br":
                self._pieces.append("\n")
            elif name == "AlternateContent":
                self._take(_choice(element), high)
            elif name == "r":
                if not is_on(child(element, "rPr", "vanish")):
                    raised_run = value(child(element, "rPr", "vertAlign")) == "superscript"
                    self._take(element, high or raised_run)
            elif name not in _LEFT_OUT:
                self._take(element, high or name == "sup")


_SIGNS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-"}
