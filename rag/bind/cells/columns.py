"""A table's columns -> its sides: columns of names, and the columns of figures that belong to them.

A budget has two in one table, income on the left and spending on the right.

>>> from rag.bind.cells.captions import read_caption
>>> from rag.bind.periods import Frame
>>> rows = ((Span(0, 9), ("税收", "5", "教育", "7")), (Span(9, 12), ("罚没", "2", "国防", "1")))
>>> columns = tuple(Column(header) for header in ("项目", "预算数", "项目", "预算数"))
>>> table = Table("2025年收支表", "万元", columns, rows)
>>> sides = read_sides(table, read_caption(table.caption, Frame(None, 2025, "planned", 2025)))
>>> [(side.names, side.figures, side.shared) for side in sides]
[((0,), (1,), True), ((2,), (3,), True)]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rag.bind.cells.captions import Caption
from rag.bind.cells.figures import find_figure
from rag.bind.cells.headings import Heading, inherit, read_heading
from rag.bind.cells.rows import are_places
from rag.bind.cells.subjects import SIDES, side_of
from rag.bind.cells.units import read_unit
from rag.bind.cells.words import says
from rag.language import fold_width
from rag.schema import Column, Span, Table

__all__ = ["Column", "Side", "Span", "Table", "read_sides"]

_Role = Literal["name", "unit", "code", "note", "time", "figure"]
_SAMPLE = 200  # rows that tell what a column is
_TIME = re.compile(
    r"(?:19|20)\d\d\s*年?(?:度|末|底)?"
    r"|(?:(?:19|20)\d\d年)?\s*(?:\d{1,2}\s*(?:[-—–至]\s*\d{1,2}\s*)?月(?:份|末)?|[一二三四]季度|[上下]半年)"
)
_NAMES = re.compile(r"项目|科目|指标|名称|类别|行业|品种|产品|分类|类型|内容")


@dataclass(frozen=True, slots=True)
class Side:
    """Columns that make statements together, by their numbers, and what their headers tell.

    `places` are columns of names that are places, `things` those of projects and companies, `names` the
    others. `word` is 收入 or 支出 where most rows
    are one of them, `both`: the columns tell both. `shared`: the table has another side.
    """

    names: tuple[int, ...]
    places: tuple[int, ...]
    times: tuple[int, ...]
    figures: tuple[int, ...]
    unit: int | None
    code: int | None
    things: tuple[int, ...]
    headings: Mapping[int, Heading]
    word: str
    both: bool
    shared: bool

    @property
    def first(self) -> int:
        """The first of its columns."""
        return min((*self.names, *self.things, *self.places, *self.times, *self.figures))

    @property
    def last(self) -> int:
        """The last of its columns of figures."""
        return self.figures[-1]


def read_sides(table: Table, caption: Caption) -> list[Side]:
    """The sides of a table, from the left."""
    rows = [cells for _, cells in table.rows]
    headers = [column.header for column in table.columns]
    roles = _roles(headers, rows)
    groups: list[list[int]] = [[]]
    for i, role in enumerate(roles):
        begins = role in ("name", "time") and any(roles[j] == "figure" for j in groups[-1])
        if begins and "figure" in roles[i:]:
            groups.append([])
        groups[-1].append(i)
    groups = [group for group in groups if any(roles[i] == "figure" for i in group)]
    return [_side(group, roles, headers, rows, caption, len(groups) > 1) for group in groups]


def _side(
    group: Sequence[int],
    roles: Sequence[_Role],
    headers: Sequence[str],
    rows: Sequence[tuple[str, ...]],
    caption: Caption,
    shared: bool,
) -> Side:
    figures = tuple(i for i in group if roles[i] == "figure")
    named = tuple(i for i in group if roles[i] == "name")
    named = tuple(i for i in named if i < figures[0]) or named[:1]
    sample = rows[:_SAMPLE]
    places = tuple(
        i for i in named if says("place", headers[i]) or are_places([cells[i] for cells in sample])
    )
    headings = _headings(figures, headers, caption)
    nouns = {heading.noun for heading in headings.values()}
    units = [i for i in group if roles[i] == "unit"]
    others = tuple(i for i in named if i not in places)
    things = tuple(i for i in others if says("thing", headers[i])) if len(others) > 1 else ()
    things = things if len({headers[i] for i in others}) > 1 else ()
    names = () if things else others
    codes = [i for i in group if roles[i] == "code" and not says("note", headers[i])]
    words = [word for i in names for word in SIDES if word in headers[i]]
    return Side(
        names=names,
        places=places,
        times=tuple(i for i in group if roles[i] == "time"),
        figures=figures,
        unit=units[0] if units else None,
        code=codes[0] if codes else None,
        things=things,
        headings=headings,
        word=words[0] if words else side_of([cells[i].strip() for cells in sample for i in names]),
        both=nouns.issuperset(SIDES),
        shared=shared,
    )


def _headings(figures: Sequence[int], headers: Sequence[str], caption: Caption) -> dict[int, Heading]:
    """The headings of a side; changes and shares belong to the levels before them, else behind them."""
    read = [read_heading(headers[i], caption.frame) for i in figures]
    full = []
    for at, heading in enumerate(read):
        if heading.is_relative:
            levels: list[Heading] = []
            for other in reversed(read[:at]):
                if not other.is_relative:
                    levels.insert(0, other)
                elif levels:
                    break
            heading = inherit(heading, levels or [other for other in read if not other.is_relative][:1])
        full.append(heading)
    return dict(zip(figures, full, strict=True))


def _roles(headers: Sequence[str], rows: Sequence[tuple[str, ...]]) -> list[_Role]:
    sample = rows[:_SAMPLE]
    roles = [_role(header, [cells[i] for cells in sample]) for i, header in enumerate(headers)]
    for i in range(len(roles) - 1):  # 201 | 一般公共服务: the code of the row under the header of its name
        numbers = [cells[i].strip() for cells in sample if cells[i].strip()]
        coded = roles[i] == "figure" and roles[i + 1] == "name" and "name" not in roles[:i]
        if coded and numbers and all(re.fullmatch(r"\d+", fold_width(number)) for number in numbers):
            roles[i] = "code"
    return roles


def _role(header: str, cells: Sequence[str]) -> _Role:
    filled = [cell for cell in cells if cell.strip()]
    if says("code", header):
        return "code"
    if says("note", header):
        return "note"
    if filled and all(_TIME.fullmatch(fold_width(cell).strip()) for cell in filled):
        return "time"
    figures = sum(_is_figure(cell) for cell in filled)
    words = sum(_is_word(cell) for cell in filled)
    if says("unit", header) or (words > figures and _are_units(filled)):
        return "unit"
    if words > figures or (not figures and _NAMES.search(header)):
        return "name"
    return "figure"


def _are_units(cells: Sequence[str]) -> bool:
    return 10 * sum(read_unit(cell) is not None for cell in cells) >= 9 * len(cells)


@lru_cache(maxsize=8192)
def _is_figure(cell: str) -> bool:
    return find_figure(cell, read_unit("%")) is not None


def _is_word(cell: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fffA-Za-z]", cell)) and not _is_figure(cell)
