"""Tables without rules: lines parted by wide gaps -> rows, their columns told by where the cells stand.

>>> def line(base, *pieces):
...     return Line(tuple(Word(text, x, x + 10 * len(text)) for text, x in pieces), base, 10)
>>> table = [
...     line(700, ("指标", 50), ("2024年", 200), ("2025年", 300)),
...     line(680, ("税收收入", 50), ("120", 220), ("126", 320)),
...     line(660, ("罚没收入", 50), ("9", 325)),
... ]
>>> [item.cells for item in align(table)]
[('指标', '2024年', '2025年'), ('税收收入', '120', '126'), ('罚没收入', '', '9')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from rag.read.lines import join_broken
from rag.read.readers.pdf_grid import close_up
from rag.read.readers.pdf_lines import Line, Row, Word

_FIGURE = re.compile(r"[-+−–—]+|[-+−–]?[\d,，.]*\d\s*[%％‰]?")
_STEP = 3.0  # heights of type between two lines of one table
_TIGHT = 1.45  # heights of type between the lines of a broken header
_BETWEEN = 2  # lines of one broken cell that may stand between two rows
_NARROW = 0.6  # of the table's width: what is wider is text between two tables
_MIN_WORDS = 3  # lines parted by wide gaps that are a table though no figure is in it
_SPAN = 0.3  # of a column's width: a header that covers more of it stands over that column too
_FIGURE_GAP = 0.5  # widths of a Han character between two figures of two columns
_ENDS = ("。", "；", "：")


def align(lines: Sequence[Line]) -> Iterator[Line | Row]:
    """The lines of a block from the top; those that are rows of a table as rows."""
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        if end is None:
            yield lines[at]
            at += 1
        else:
            yield from _rows(lines[at:end])
            at = end


def _table_end(lines: Sequence[Line], start: int) -> int | None:
    """Where the table ends that starts at a line; None where none starts."""
    if len(lines[start].parts) < 2:
        return None
    last, parted = start, 1
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if lines[index - 1].base - line.base > _STEP * line.size or index - last > _BETWEEN + 1:
            break
        if len(line.parts) > 1:
            last, parted = index, parted + 1
        elif not _is_broken_cell(line, lines[start : index + _BETWEEN + 2]):
            break
    if _has_rest_below(lines, start, last):
        last += 1
    is_table = parted >= _MIN_WORDS or any(map(_has_figure, lines[start : last + 1]))
    return last + 1 if parted > 1 and is_table else None


def _has_rest_below(lines: Sequence[Line], start: int, last: int) -> bool:
    """Whether the line below the last row is the rest of its name, of which the beginning stands above."""
    if last + 1 == len(lines) or lines[last].left <= lines[start].left + lines[last].size:
        return False
    row, rest = lines[last], lines[last + 1]
    near = row.base - rest.base < _TIGHT * rest.size
    return near and abs(rest.left - lines[last - 1].left) < rest.size and rest.right < row.left


def _is_broken_cell(line: Line, around: Sequence[Line]) -> bool:
    table = [other for other in around if len(other.parts) > 1]
    left, right = min(other.left for other in table), max(other.right for other in table)
    inside = left - line.size <= line.left and line.right <= right + line.size
    return inside and line.right - line.left < _NARROW * (right - left) and not line.text.endswith(_ENDS)


def _rows(lines: Sequence[Line]) -> Iterator[Row]:
    """The rows of a table: cells put into columns, broken cells joined."""
    columns = _columns(lines)
    placed = [(line, _placed(line, columns)) for line in lines]
    first = next((i for i, (line, _) in enumerate(placed) if _has_figure(line)), len(placed))
    head, body = placed[:first], placed[first:]
    for group in (*_header_groups(head), *_body_groups(body)):
        cells = [join_broken([close_up(cells[i]) for _, cells in group]) for i in range(len(columns))]
        yield Row(tuple(cells), group[0][0].base)


_Placed = tuple[Line, list[str]]


def _header_groups(placed: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    """Lines of the header that stand close to each other are one row."""
    group: list[_Placed] = []
    for line, cells in placed:
        if group and group[-1][0].base - line.base > _TIGHT * line.size:
            yield group
            group = []
        group.append((line, cells))
    if group:
        yield group


def _body_groups(placed: Sequence[_Placed]) -> list[list[_Placed]]:
    """Rows; a name broken over lines above and below its figures belongs to them."""
    groups: list[list[_Placed]] = []
    bare = [not cells[0] for _, cells in placed]
    named = [bool(cells[0]) and not any(cells[1:]) for _, cells in placed]
    steps = [one[0].base - other[0].base for one, other in pairwise(placed)]
    usual = median(steps) if steps else 0.0
    for index, one in enumerate(placed):
        step = steps[index - 1] if index else 0.0
        above_is_name = index > 0 and named[index - 1] and len(groups[-1]) == 1
        below_a_name = bare[index] and above_is_name and step < usual + 1
        rest_of_name = named[index] and index > 0 and step < 0.9 * usual
        tail = named[index] and index > 0 and bare[index - 1] and len(groups[-1]) > 1
        if below_a_name or tail or rest_of_name:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """From where to where each column reaches: what the cells of the rows with figures cover."""
    telling = [line for line in lines if _has_figure(line)] or list(lines)
    spans = sorted((part.left, part.right) for line in telling for part in _pieces(line))
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _placed(line: Line, columns: Sequence[tuple[float, float]]) -> list[str]:
    """The cells of a line, one for each column; a header over several columns stands over each."""
    cells = [""] * len(columns)
    for piece in _pieces(line):
        covered = [
            i
            for i, (left, right) in enumerate(columns)
            if min(piece.right, right) - max(piece.left, left) > _SPAN * (right - left)
        ]
        for column in covered or [_nearest(piece, columns)]:
            cells[column] = f"{cells[column]} {piece.text}".strip()
    return cells


def _nearest(piece: Word, columns: Sequence[tuple[float, float]]) -> int:
    def distance(column: int) -> tuple[float, float]:
        left, right = columns[column]
        apart = max(left - piece.right, piece.left - right)
        return apart, abs(left + right - piece.left - piece.right)

    return min(range(len(columns)), key=distance)


def _pieces(line: Line) -> list[Word]:
    """The cells of a line; a figure is one of its own even where the gap beside it is narrow."""
    pieces: list[Word] = []
    for word in line.words:
        last = pieces[-1] if pieces else None
        gap = (word.left - last.right) / line.size if last else 0.0
        figures = last and (_FIGURE.fullmatch(word.text) or _FIGURE.fullmatch(last.text))
        if last and gap < 1.5 and not (figures and gap > _FIGURE_GAP):
            pieces[-1] = Word(f"{last.text} {word.text}", last.left, word.right)
        else:
            pieces.append(word)
    return pieces


def _has_figure(line: Line) -> bool:
    """Whether a line holds a figure behind its first cell, other than the year of a header."""
    years = re.compile(r"(?:19|20)\d\d")
    return any(_FIGURE.fullmatch(p.text) and not years.fullmatch(p.text) for p in _pieces(line)[1:])
