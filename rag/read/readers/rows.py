"""The rows of tables in web pages and Word files, one entry a column, merged cells repeated.

>>> grid = Grid()
>>> grid.row([Cell(["指标"], down=2), Cell(["2025年"], across=2)]).cells
('指标', '2025年', '2025年')
>>> grid.row([Cell(["总量"]), Cell(["增速", "(%)"])]).text
'指标 | 总量 | 增速(%)'
>>> grid.row([Cell(["一、三次产业"], across=3)]).cells
('一、三次产业', '一、三次产业', '一、三次产业')
>>> grid.row([Cell(["一段。", "二段。", "三段。", "四段。", "五段。"]), Cell(["图"])]) is None
True
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rag.read.lines import join_broken
from rag.read.reading import Line

_MAX_LINES = 4  # a cell with more of them is no cell of figures: the table lays out the page
_LONG = 40  # a line that is longer and ends as a sentence is a paragraph
_MAX_COLUMNS = 200
_MAX_REPEATED = 2_000_000  # characters in the copies of a table's merged cells


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its lines, and how many columns and rows it takes; `nested`: it holds a table of its own."""

    lines: Sequence[str]
    across: int = 1
    down: int = 1
    nested: bool = False


@dataclass(slots=True)
class Grid:
    """A table that is read row by row; remembers the cells that reach down into the next rows."""

    reaching: dict[int, tuple[str, int]] = field(default_factory=dict)  # column -> text, rows to come
    has_rows: bool = False  # a row with several texts was read: this is a table of figures
    repeated: int = 0

    def row(self, cells: Sequence[Cell]) -> Line | None:
        """The next row; None where its cells hold paragraphs, or one text that heads the table."""
        columns = self._columns(cells)
        if len(columns) < 2 or any(_lays_out(cell) for cell in cells):
            return None
        filled = [text for cell in cells if (text := join_broken(cell.lines))]
        if len(set(filter(None, columns))) > 1 and (len(filled) > 1 or self.has_rows):
            self.has_rows = True
            return Line.row(columns)
        if self.has_rows and len(filled) == 1 and not _is_paragraph(filled[0]):
            return Line(filled[0], cells=tuple(columns))
        return None

    def _columns(self, cells: Sequence[Cell]) -> list[str]:
        columns = list(self._from_above(0))
        for cell in cells:
            text = join_broken(cell.lines)
            for copy in range(max(cell.across, 1)):
                if len(columns) >= _MAX_COLUMNS:
                    break
                shown = self._repeat(text) if copy else text
                if cell.down > 1:
                    self.reaching[len(columns)] = (text, cell.down - 1)
                columns.append(shown)
            columns += self._from_above(len(columns))
        return columns

    def _from_above(self, column: int) -> Iterator[str]:
        """The cells of the rows above that reach down into this one, from a column on."""
        while column in self.reaching:
            text, left = self.reaching.pop(column)
            if left > 1:
                self.reaching[column] = (text, left - 1)
            yield self._repeat(text)
            column += 1

    def _repeat(self, text: str) -> str:
        self.repeated += len(text)
        return text if self.repeated <= _MAX_REPEATED else ""


def _lays_out(cell: Cell) -> bool:
    """Whether a cell holds what is no part of a table of figures: paragraphs, or another table."""
    return cell.nested or len(cell.lines) > _MAX_LINES or sum(map(_is_paragraph, cell.lines)) > 1


def _is_paragraph(line: str) -> bool:
    return len(line) > _LONG and line.endswith(("。", "；", ";"))
