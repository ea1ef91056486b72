"""The nodes of a page in their order -> its lines: paragraphs, headings, list items, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rag.read.lines import numbered, raised, tidy
from rag.read.outline import find_marker
from rag.read.readers.counting import count_in
from rag.read.readers.html_seen import names
from rag.read.readers.rows import Cell, Grid
from rag.read.reading import Line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BLOCKS = names(
    "address article aside blockquote body br caption center dd details dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p"
    " pre section summary table tbody tfoot thead ul"
)
_ROWS = frozenset(("td", "th", "tr"))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.I)
_NO_NUMBER = frozenset(("none", "disc", "circle", "square"))
_MAX_HEADING = 80  # characters; what is longer, or ends as a sentence, is a paragraph set as a heading
BEFORE, INSIDE, BEHIND = range(3)  # where a line stands, as against the article


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the page, how many of its characters are the text of links, and where it stands."""

    line: Line
    linked: int
    where: int

    @property
    def is_linked(self) -> bool:
        """Whether it is hardly more than links."""
        return 3 * self.linked > len(self.line.text)


@dataclass(slots=True)
class _Open:
    """A table cell that is being read."""

    across: int
    down: int
    lines: list[PageLine] = field(default_factory=list)
    nested: bool = False


@dataclass(slots=True)
class _Table:
    """A table that is being read."""

    grid: Grid = field(default_factory=Grid)
    cells: list[_Open] = field(default_factory=list)  # of the current row


@dataclass(slots=True)
class PageWriter:
    """Takes the nodes of a page in their order and makes lines of them."""

    article: int  # the element that holds the article, by its id in memory
    lines: list[PageLine] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    cells: list[_Open] = field(default_factory=list)
    lists: list[tuple[str, int]] = field(default_factory=list)  # the open lists: form and last number
    pieces: list[str] = field(default_factory=list)  # of the current line
    linked: int = 0
    number: str = ""  # to be set before the next line
    open: dict[str, int] = field(default_factory=dict)  # how many elements of a name are open
    where: int = BEFORE

    def write_all(self, nodes: Iterable[tuple[LexborNode, bool]]) -> list[PageLine]:
        """The lines of nodes that come with whether they are entered or left."""
        for node, entering in nodes:
            if not node.is_element_node:
                self._write(node.text_content or "")
            elif entering:
                self._enter(node)
            else:
                self._leave(node)
        self._end_line()
        return self.lines

    def _enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "br" and any(self.open.get(name) for name in _HEADINGS):
            self.pieces.append("\n")
        elif tag in _BLOCKS or tag in _ROWS:
            self._end_line()
        if node.mem_id == self.article:
            self.where = INSIDE
        name = _name(node, tag)
        self.open[name] = self.open.get(name, 0) + 1
        if tag in {"ol", "ul", "menu"}:
            self.lists.append(_list_form(node, tag))
        elif tag == "li" and self.lists:
            self._count(node)
        elif tag == "table":
            if self.cells:
                self.cells[-1].nested = True
            self.tables.append(_Table())
        elif tag in {"td", "th"} and self.tables:
            attributes = node.attributes
            across, down = (_whole(attributes.get(name), 1) for name in ("colspan", "rowspan"))
            self.cells.append(_Open(across, down))

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if (tag in _BLOCKS and tag != "br") or tag in _ROWS:
            self._end_line()
        if tag in {"ol", "ul", "menu"} and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.number = ""
        elif tag in {"td", "th"} and self.tables and self.cells:
            self.tables[-1].cells.append(self.cells.pop())
        elif tag == "tr" and self.tables:
            self._end_row(self.tables[-1])
        elif tag == "table" and self.tables:
            self._end_row(self.tables.pop())
        self.open[_name(node, tag)] -= 1
        if node.mem_id == self.article:
            self.where = BEHIND

    def _write(self, text: str) -> None:
        if self.open.get("pre"):
            *whole, text = text.split("\n")
            for line in whole:
                self.pieces.append(line)
                self._end_line()
        self.pieces.append(raised(text) if self.open.get("sup") else text)
        if self.open.get("link"):
            self.linked += len(tidy(text))

    def _end_line(self) -> None:
        text = tidy("".join(self.pieces))
        if text:
            line = text if find_marker(text) else numbered(self.number, text)
            self._target().append(PageLine(Line(line, level=self._level(line)), self.linked, self.where))
            self.number = ""
        self.pieces, self.linked = [], 0

    def _target(self) -> list[PageLine]:
        return self.cells[-1].lines if self.cells else self.lines

    def _level(self, text: str) -> int:
        if len(text) > _MAX_HEADING or text.endswith(("。", "；", ";")):
            return 0
        return next((level for level, name in enumerate(_HEADINGS, 1) if self.open.get(name)), 0)

    def _end_row(self, table: _Table) -> None:
        cells, table.cells = table.cells, []
        lines = [line for cell in cells for line in cell.lines]
        row = None
        if not any(cell.nested for cell in cells) and len({line.where for line in lines}) == 1:
            row = table.grid.row([_cell(cell) for cell in cells])
        if row:
            lines = [PageLine(row, sum(line.linked for line in lines), lines[0].where)]
        self._target().extend(lines)

    def _count(self, item: LexborNode) -> None:
        form, last = self.lists[-1]
        if form:
            number = _whole(item.attributes.get("value"), last + 1)
            self.lists[-1] = form, number
            self.number = count_in(number, form) + ("." if count_in(number, form).isascii() else "、")


def _name(node: LexborNode, tag: str) -> str:
    return "link" if tag == "a" and node.attributes.get("href") else tag


def _cell(cell: _Open) -> Cell:
    texts: Sequence[str] = [line.line.text for line in cell.lines]
    return Cell(texts, cell.across, cell.down, cell.nested)


def _list_form(node: LexborNode, tag: str) -> tuple[str, int]:
    """How a list's items are numbered (not at all: empty) and the number before the first."""
    attributes = node.attributes
    style = _LIST_STYLE.search(attributes.get("style") or "")
    form = style[1] if style else attributes.get("type") or "decimal"
    numbered_list = tag == "ol" and form not in _NO_NUMBER
    return (form if numbered_list else ""), _whole(attributes.get("start"), 1) - 1


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*\d{1,4}\s*", text) else default
