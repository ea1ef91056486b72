"""Tables whose cells are told by rules: the rules of a page and its characters -> rows of cells.

Where only some cells are ruled off, the figures of a column tell the rows: a cell of several lines of
text is one cell, one of several figures is as many rows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rag.read.lines import is_wide
from rag.read.readers.pdf_drawing import Rule
from rag.read.readers.pdf_glyphs import Glyph
from rag.read.readers.pdf_lines import Line, Row, Word, lines_of

_NEAR = 3.0  # points; rules that are nearer are one, or meet
_MAX_RULES = 3000  # of a page's tables
_MAX_LOOKS = 20_000_000  # cells times rules of a table; a full page of figures has 100,000
_MAX_CELL_LINES = 12  # a cell with more is no cell: the rules part the columns of a page
_FIGURE = re.compile(r"[-+−–—]|[-+−–]?[\d,，.]*\d\s*[%％‰]?")
_CUT = re.compile(r"\d,\d{0,2}$")  # a figure that goes on in the next line of its cell
_SPACED = re.compile(r"[\u4e00-\u9fff](?: [\u4e00-\u9fff]){1,5}")
_NUMERIC = "0123456789.,"

_Cell = tuple[int, int]  # row and column
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the rules of one table stand: `xs` from the left, `ys` from the foot."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character stands inside the table."""
        x, y = _middle(glyph)
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def rows(self, glyphs: Iterable[Glyph]) -> list[Row | Line] | None:
        """The rows from the top; merged cells are repeated. What stands over all columns is a line.

        None where the rules are no table's, or where some of its columns have no rules between them.
        """
        owners = self._merged()
        content: defaultdict[_Cell, list[Glyph]] = defaultdict(list)
        for glyph in glyphs:
            x, y = _middle(glyph)
            content[owners[_slot(self.ys, y), _slot(self.xs, x)]].append(glyph)
        lines = {cell: lines_of(inside) for cell, inside in content.items()}
        if any(_holds_columns(found) for found in lines.values()):
            return None
        rows: list[Row | Line] = []
        for band in reversed(range(len(self.ys) - 1)):
            owned = [owners[band, column] for column in range(len(self.xs) - 1)]
            if self._is_over_all(owned, band):
                rows += lines.get(owned[0], [])
                continue
            found = self._band(band, owned, lines)
            if len(found) < 2 and any(len(lines.get(cell, ())) > _MAX_CELL_LINES for cell in owned):
                return None
            rows += found
        return rows if any(isinstance(row, Row) for row in rows) else None

    def _is_over_all(self, owned: Sequence[_Cell], band: int) -> bool:
        return len(set(owned)) == 1 and self._is_alone(owned[0], band)

    def _band(self, band: int, owned: Sequence[_Cell], lines: dict[_Cell, list[Line]]) -> list[Row]:
        """What stands between two level rules: one row, or more where a column holds several figures."""
        alone = {cell for cell in owned if self._is_alone(cell, band)}
        figures = [
            [line.base for line in lines[cell]]
            for cell in alone
            if cell in lines
            and all(_FIGURE.fullmatch(line.text) for line in lines[cell])
            and not any(_CUT.search(line.text) for line in lines[cell])
        ]
        bases = max(figures, key=len, default=[])
        if len(bases) < 2:
            texts = {cell: _joined(lines.get(cell, ()), self._width(cell)) for cell in set(owned)}
            return _row([texts[cell] for cell in owned], self.ys[band])
        rows = []
        for base in bases:
            cells = []
            for cell in owned:
                here: Sequence[Line] = lines.get(cell, ())
                if cell in alone:
                    here = [line for line in here if min(bases, key=lambda b: abs(b - line.base)) == base]
                cells.append(_joined(here, self._width(cell)))
            rows += _row(cells, base)
        return rows

    def _is_alone(self, cell: _Cell, band: int) -> bool:
        """Whether a cell does not reach over into the next band."""
        over = [band + 1] if band + 2 < len(self.ys) else []
        under = [band] if band else []
        middle = (self.xs[cell[1]] + self.xs[cell[1] + 1]) / 2
        return cell[0] == band and all(_covered(self.level, self.ys[y], middle) for y in over + under)

    def _width(self, cell: _Cell) -> float:
        return self.xs[cell[1] + 1] - self.xs[cell[1]]

    def _merged(self) -> dict[_Cell, _Cell]:
        """Each cell's owner: itself, or the one that it is merged with."""
        owners: dict[_Cell, _Cell] = {}
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                owners[row, column] = (row, column)
        for row, column in list(owners):
            across = (self.ys[row] + self.ys[row + 1]) / 2
            if column and not _covered(self.upright, self.xs[column], across):
                _unite(owners, (row, column), (row, column - 1))
            along = (self.xs[column] + self.xs[column + 1]) / 2
            if row and not _covered(self.level, self.ys[row], along):
                _unite(owners, (row, column), (row - 1, column))
        return {cell: _root(owners, cell) for cell in owners}


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that the rules of a page make: such with more than one column."""
    level = _whole([rule for rule in rules if rule.level])
    upright = _whole([rule for rule in rules if not rule.level])
    if not level or not upright or len(level) + len(upright) > _MAX_RULES:
        return []
    owners = {rule: rule for rule in (*level, *upright)}
    for one in level:
        for other in upright:
            meets = one.start - _NEAR <= other.at <= one.end + _NEAR
            if meets and other.start - _NEAR <= one.at <= other.end + _NEAR:
                _unite(owners, one, other)
    tables: defaultdict[Rule, list[Rule]] = defaultdict(list)
    for rule in owners:
        tables[_root(owners, rule)].append(rule)
    grids = [_grid(table) for table in tables.values()]
    return [grid for grid in grids if _is_table(grid)]


def _grid(rules: Sequence[Rule]) -> Grid:
    level = tuple(rule for rule in rules if rule.level)
    upright = tuple(rule for rule in rules if not rule.level)
    xs = [rule.at for rule in upright] + [end for rule in level for end in (rule.start, rule.end)]
    ys = [rule.at for rule in level] + [end for rule in upright for end in (rule.start, rule.end)]
    return Grid(_apart(xs), _apart(ys), upright, level)


def _is_table(grid: Grid) -> bool:
    """Whether rules hold cells between them; two that cross or meet are an ornament."""
    closed = len({rule.at for rule in grid.level}) > 1
    looks = len(grid.xs) * len(grid.ys) * (len(grid.upright) + len(grid.level))
    return closed and len(grid.xs) > 2 and len(grid.ys) > 1 and looks < _MAX_LOOKS


def _apart(places: Iterable[float]) -> tuple[float, ...]:
    """Places that differ by more than a little."""
    apart: list[float] = []
    for place in sorted(places):
        if not apart or place - apart[-1] > _NEAR:
            apart.append(place)
    return tuple(apart)


def _whole(rules: Sequence[Rule]) -> list[Rule]:
    """Rules that were drawn in pieces, or twice, as one."""
    whole: list[Rule] = []
    places = _apart(rule.at for rule in rules)
    groups: defaultdict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        groups[bisect_right(places, rule.at) - 1].append(rule)
    for index, pieces in sorted(groups.items()):
        for piece in sorted(pieces, key=lambda one: one.start):
            last = whole[-1] if whole else None
            if last and last.at == places[index] and piece.start <= last.end + _NEAR:
                whole[-1] = Rule(last.level, last.at, last.start, max(last.end, piece.end))
            else:
                whole.append(Rule(piece.level, places[index], piece.start, piece.end))
    return whole


def _covered(rules: Iterable[Rule], at: float, middle: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR and rule.start <= middle <= rule.end for rule in rules)


def _root(owners: dict[_T, _T], one: _T) -> _T:
    while owners[one] != one:
        owners[one] = owners[owners[one]]
        one = owners[one]
    return one


def _unite(owners: dict[_T, _T], one: _T, other: _T) -> None:
    owners[_root(owners, one)] = _root(owners, other)


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.left + glyph.right) / 2, glyph.base + 0.3 * glyph.size


def _slot(places: Sequence[float], at: float) -> int:
    return min(max(bisect_right(places, at) - 1, 0), len(places) - 2)


def _holds_columns(lines: Sequence[Line]) -> bool:
    """Whether a cell holds more than one line of several figures: columns of their own."""
    return sum(len(line.words) > 1 and all(map(_is_figure, line.words)) for line in lines) > 1


def _is_figure(word: Word) -> bool:
    return bool(_FIGURE.fullmatch(word.text))


def _row(cells: Sequence[str], base: float) -> list[Row]:
    return [Row(tuple(cells), base)] if any(cells) else []


def _joined(lines: Sequence[Line], width: float) -> str:
    """The text of a cell: broken lines joined, letter-spaced words closed up.

    A figure that fills the cell goes on in the next line.
    """
    text = ""
    for index, line in enumerate(lines):
        piece = close_up(line.text)
        filled = index and lines[index - 1].right - lines[index - 1].left > 0.7 * width
        goes_on = (filled or _CUT.search(text)) and text[-1:] in _NUMERIC and piece[0] in _NUMERIC
        glued = not text or goes_on or is_wide(text[-1]) or is_wide(piece[0])
        text += piece if glued else f" {piece}"
    return text


def close_up(text: str) -> str:
    """A word in a cell that is spaced out to fill it.

    >>> close_up("项 目"), close_up("一般 公共")
    ('项目', '一般 公共')
    """
    return text.replace(" ", "") if _SPACED.fullmatch(text) else text
