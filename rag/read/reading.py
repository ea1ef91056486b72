r"""What a reader takes from a file: its lines, with what the file itself says of them.

>>> reading = plain_reading("一、主要目标\n\n　　地区生产总值增长8%。\n")
>>> [line.text for line in reading.lines]
['一、主要目标', '地区生产总值增长8%。']
>>> Line.row(["指标", "2023年", "增长"]).text
'指标 | 2023年 | 增长'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rag.read.lines import tidy

CELL = " | "  # what stands between two cells in the text of a row


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, a heading or a row of a table.

    `page` counts from 1 where the file has pages, else 0. `level` is that of a heading which the file
    marks as one (by its style or tag; 1 is the outermost), else 0. `cells` are those of a row, one for each
    column, merged ones repeated; empty for other lines.
    """

    text: str
    page: int = 0
    level: int = 0
    cells: tuple[str, ...] = ()

    @classmethod
    def row(cls, cells: Sequence[str], page: int = 0) -> Line:
        """The line of a table's row."""
        return cls(CELL.join(cells).strip(), page, 0, tuple(cells))


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
        """The text that is stored and cited: one line after the other."""
        return "\n".join(line.text for line in self.lines) + "\n" if self.lines else ""

    @property
    def starts(self) -> tuple[int, ...]:
        """Where in `text` each line begins."""
        ends = accumulate((len(line.text) + 1 for line in self.lines), initial=0)
        return tuple(ends)[: len(self.lines)]

    @property
    def pages(self) -> tuple[int, ...]:
        """Where in `text` each page begins, one without lines where the next does; empty without pages.

        >>> Reading((Line("甲", 1), Line("乙", 1), Line("丙", 3))).pages
        (0, 4, 4)
        """
        begins: list[int] = []
        for start, line in zip(self.starts, self.lines, strict=True):
            begins += [start] * (line.page - len(begins))
        return tuple(begins)


def plain_reading(text: str) -> Reading:
    r"""Text without any mark-up, line by line; lines with tabs between their parts are rows of a table.

    >>> [line.cells for line in plain_reading("指标|2024年\n税收|94.3\n|其他".replace("|", "\t")).lines]
    [('指标', '2024年'), ('税收', '94.3'), ()]
    """
    raw = [line for line in text.splitlines() if line.strip()]
    parted = [[tidy(cell) for cell in line.strip("\t \u3000").split("\t")] for line in raw]
    several = [False, *(sum(map(bool, cells)) > 1 for cells in parted), False]
    lines = []
    for i, cells in enumerate(parted, start=1):
        is_row = several[i] and (several[i - 1] or several[i + 1])
        lines.append(Line.row(cells) if is_row else Line(tidy(raw[i - 1])))
    return Reading(tuple(line for line in lines if line.text))
