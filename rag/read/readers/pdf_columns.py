"""Pages set in two or more columns: one column after the other.

>>> def line(base, *pieces):
...     return Line(tuple(Word("字" * n, x, x + 10 * n) for x, n in pieces), base, 10)
>>> page = [line(700 - 15 * i, (50, 20), (280, 20)) for i in range(6)]
>>> [[round(part.left) for part in column] for column in split_columns(page)]
[[50, 50, 50, 50, 50, 50], [280, 280, 280, 280, 280, 280]]
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rag.read.readers.pdf_lines import Line, Word

_MIN_LINES = 4  # a column has at least as many lines
_MIN_TEXT = 6.0  # the usual line of a column is at least so many Han characters long
_MIN_GUTTER = 0.9  # widths of a character between two columns
_FULL = 0.7  # of a column's usual lines: how much of it they fill, where it holds running text


def split_columns(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a page from its top, in blocks to be read one after the other.

    Lines that stand across the gutter end the columns above them and start new ones below.
    """
    gutter = _gutter(lines)
    if gutter is None:
        return [list(lines)]
    blocks: list[list[Line]] = []
    band: list[Line] = []
    across: list[Line] = []  # the last block of lines that stand over all columns
    for line in lines:
        if _crosses(line, gutter) or _is_row(line):
            blocks += _band(band, gutter)
            band = []
            if blocks and blocks[-1] is across:
                across.append(line)
            else:
                across = [line]
                blocks.append(across)
        else:
            band.append(line)
    return blocks + _band(band, gutter)


def _band(lines: Sequence[Line], gutter: float) -> list[list[Line]]:
    left = [part for line in lines for part in _side(line, gutter, True)]
    right = [part for line in lines for part in _side(line, gutter, False)]
    return [side for side in (left, *(split_columns(right) if right else [])) if side]


def _side(line: Line, gutter: float, left: bool) -> list[Line]:
    words = tuple(word for word in line.words if (_centre(word) < gutter) == left)
    return [Line(words, line.base, line.size)] if words else []


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of the gap between two columns of running text, or None."""
    if len(lines) < _MIN_LINES:
        return None
    best: float | None = None
    most = 0
    for at in sorted({round(place) for line in lines for place in _gaps(line)}):
        both = [line for line in lines if not (_crosses(line, at) or _is_row(line))]
        sides = [[part for line in both for part in _side(line, at, left)] for left in (True, False)]
        if len(both) <= max(most, len(lines) / 2) or not _is_column(sides[0]):
            continue
        if _is_column(sides[1]) or _gutter(sides[1]) is not None:
            best, most = float(at), len(both)
    return best


def _gaps(line: Line) -> list[float]:
    """Where a gutter may be: in the gaps of a line, and before it."""
    inner = [
        (one.right + other.left) / 2
        for one, other in pairwise(line.words)
        if other.left - one.right > _MIN_GUTTER * line.size
    ]
    return [line.left - _MIN_GUTTER * line.size / 2 - 1, *inner]


def _is_column(parts: Sequence[Line]) -> bool:
    """Whether pieces of lines are running text: many, long, and as a rule as wide as the column."""
    if len(parts) < _MIN_LINES:
        return False
    lengths = sorted((part.right - part.left) / part.size for part in parts)
    usual = lengths[len(lengths) // 2]
    width = max(part.right for part in parts) - min(part.left for part in parts)
    filled = sum(part.right - part.left > _FULL * width for part in parts)
    holds_cells = sum(len(part.cells) > 1 for part in parts)
    return usual >= _MIN_TEXT and 2 * filled >= len(parts) and 3 * holds_cells < len(parts)


def _crosses(line: Line, gutter: float) -> bool:
    """Whether a word of the line stands on the gutter or leaves too little room for one."""
    near = _MIN_GUTTER * line.size / 2
    return any(word.left < gutter + near and word.right > gutter - near for word in line.words)


def _is_row(line: Line) -> bool:
    """Whether a line is a row of a table over the whole page: short pieces, wide gaps."""
    parts = line.parts
    gaps = sum(other.left - one.right for one, other in pairwise(parts))
    return len(parts) > 2 and gaps > (line.right - line.left) / 2


def _centre(word: Word) -> float:
    return (word.left + word.right) / 2
