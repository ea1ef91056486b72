"""The columns of a Word table, whose grid is often finer than what is seen.

A table that was pasted from a spreadsheet has cells over three or four columns of its grid in every row,
and not the same ones. What is seen is that they stand below each other.

>>> rows = [[(0, 3), (3, 9)], [(0, 3), (3, 5), (5, 9)], [(0, 2), (2, 6), (6, 9)], [(0, 3), (3, 5), (5, 9)]]
>>> columns_taken(rows)
[[1, 2], [1, 1, 1], [1, 1, 1], [1, 1, 1]]
"""

from __future__ import annotations

from collections.abc import Sequence

Row = Sequence[tuple[int, int]]  # where the cells of a row start and end on the grid

_HEAD = 3  # rows of a header, which are read by the columns of the rows below; more are a part of their own


def columns_taken(rows: Sequence[Row]) -> list[list[int]]:
    """How many of the table's seen columns the cells of each row take."""
    parts = _parts(rows)
    taken: list[list[int]] = []
    for at, part in enumerate(parts):
        around = [other[0] for other in (*parts[at + 1 : at + 1 + _HEAD], *parts[max(at - 1, 0) : at])]
        finest = max(around, key=len, default=part[0])
        header = len(part) <= _HEAD and len(finest) > len(part[0])
        for row in part:
            taken.append([_over(cell, finest) for cell in row] if header else [1] * len(row))
    return taken


def _parts(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows in runs whose cells stand below each other."""
    parts: list[list[Row]] = []
    for row in rows:
        if parts and _aligned(parts[-1][-1], row):
            parts[-1].append(row)
        else:
            parts.append([row])
    return parts


def _aligned(above: Row, below: Row) -> bool:
    pairs = zip(above, below, strict=False)
    return len(above) == len(below) and all(2 * a < c + d <= 2 * b for (a, b), (c, d) in pairs)


def _over(cell: tuple[int, int], columns: Row) -> int:
    """How many of the columns have their middle within a cell."""
    start, end = cell
    return max(sum(2 * start < a + b <= 2 * end for a, b in columns), 1)
