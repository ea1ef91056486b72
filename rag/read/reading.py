r"""What a reader takes from a file: its lines, with what the file itself says of them.

>>> reading = plain_reading("一、主要目标\n\n　　地区生产总值增长8%。\n")
>>> [(line.text, line.at) for line in reading.lines]
[('一、主要目标', 0), ('地区生产总值增长8%。', 10)]
>>> reading.text
'一、主要目标   \n地区生产总值增长8%。\n'
>>> Line.row(["指标", "2023年", "增长"]).text
'指标 | 2023年 | 增长'
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.read.lines import indent, tidy
from rag.read.text_rows import find_rows

CELL = " | "  # what stands between two cells in the text of a row


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, a heading or a row of a table.

    `page` counts from 1 where the file has pages, else 0. `level` is that of a heading which the file
    marks as one (by its style or tag; 1 is the outermost), else 0. `cells` are those of a row, one for each
    column, merged ones repeated; empty for other lines. `at` is where the line begins in a file that is
    text, else None. `turns` are the places in `text` at which the next pages begin.
    """

    text: str
    page: int = 0
    level: int = 0
    cells: tuple[str, ...] = ()
    at: int | None = None
    turns: tuple[int, ...] = ()

    @classmethod
    def row(cls, cells: Sequence[str], page: int = 0, at: int | None = None) -> Line:
        """The line of a table's row."""
        return cls(CELL.join(cells).strip(), page, 0, tuple(cells), at)


def turns_of(above: Line, line: Line, start: int) -> tuple[int, ...]:
    """The turns of a line that `line` goes on with, from `start` on.

    >>> turns_of(Line("全市收入", page=2), Line("增长5%", page=3), 4)
    (4,)
    """
    turned = line.page - above.page - len(above.turns)
    return (*above.turns, *[start] * turned, *(start + turn for turn in line.turns))


@dataclass(frozen=True, slots=True)
class Reading:
    """A file's text, line by line, as a reader sees it.

    `title` and `published` (YYYY-MM-DD) are what the file says of itself outside its text: a page's <title>
    and meta tags, the properties of a PDF or Word file; empty where it says nothing. `warnings` tell a person
    what could not be read ("pages 3-5 are pictures").
    """

    lines: tuple[Line, ...]
    title: str = ""
    published: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that is stored and cited: line after line, each where it begins in a file that is text.

        What stands between two lines of such a file and is no part of the document is blank.
        """
        parts, end = [], 0
        for start, line in zip(self.starts, self.lines, strict=True):
            parts.append(" " * (start - end - 1) + "\n" * (start > end) + line.text)
            end = start + len(line.text)
        return "".join(parts) + "\n" * bool(parts)

    @property
    def starts(self) -> tuple[int, ...]:
        """Where in `text` each line begins; right behind the last one where that reaches too far."""
        starts, free = [], 0
        for line in self.lines:
            starts.append(max(free, line.at or 0))
            free = starts[-1] + len(line.text) + 1
        return tuple(starts)

    @property
    def pages(self) -> tuple[int, ...]:
        """Where in `text` each page begins, one without lines where the next does; empty without pages.

        >>> Reading((Line("甲", 1), Line("乙丙", 1, turns=(1,)), Line("丁", 4))).pages
        (0, 3, 5, 5)
        """
        begins: list[int] = []
        for start, line in zip(self.starts, self.lines, strict=True):
            begins += [start] * (line.page - len(begins))
            begins += [start + turn for turn in line.turns]
        return tuple(begins)

    @property
    def compact(self) -> str:
        """The lines alone, one after the other."""
        return "\n".join(line.text for line in self.lines) + "\n" * bool(self.lines)

    @property
    def digest(self) -> str:
        """What tells its words from those of other files, wherever in them the lines stand (SHA-256)."""
        return hashlib.sha256(self.compact.encode()).hexdigest()


def plain_reading(text: str) -> Reading:
    r"""Text without any mark-up, line by line; what tabs, strokes or gaps set apart are rows of a table.

    >>> [line.cells for line in plain_reading("指标|2024年\n税收|94.3\n|其他".replace("|", "\t")).lines]
    [('指标', '2024年'), ('税收', '94.3'), ()]
    """
    return Reading(tuple(line for _, line in text_lines(text)))


def text_lines(text: str) -> Iterator[tuple[str, Line]]:
    """The lines of a text that hold any, each behind itself as it stands there; rows of tables are found."""
    placed = [(at, raw, line) for at, raw in file_lines(text) if (line := tidy(raw))]
    for (at, raw, line), cells in zip(placed, find_rows([raw for _, raw, _ in placed]), strict=True):
        begins = at + indent(raw)
        if cells is not None:
            yield raw, Line.row(cells, at=begins) if cells else Line(line, at=begins)


def file_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text, each behind its place."""
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, line
        at += len(line)
