r"""Lines of plain text -> the cells of those that are rows of a table, set apart by tabs, strokes or gaps.

>>> find_rows(["| 指标 | 2024年 |", "|---|---:|", "| 税收 | 94.3 |", "其他"])
[('指标', '2024年'), None, ('税收', '94.3'), ()]
>>> find_rows(["指标      产量    增长", "粮食      30.5    1.2", "棉花       2.1   -0.4"])
[('指标', '产量', '增长'), ('粮食', '30.5', '1.2'), ('棉花', '2.1', '-0.4')]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.read.lines import tidy
from rag.read.table_rows import is_blank, is_figure

Cells = tuple[str, ...]

_STROKES = re.compile(r"[|│┃｜]")
_RULE = re.compile(r"[\s|:+=\-─━═┌┐└┘├┤┬┴┼│┃┏┓┗┛┣┫┳┻╋]*")
_GAP = re.compile(r"(?: {2,}|\u3000{2,}| \u3000|\u3000 )[ \u3000]*")
_LONGEST_NAME = 30  # characters of a cell between gaps
_LONGEST_ROW = 10_000  # characters of a line that is a row
_LEAST_ROWS = 2  # rows of figures that tell a table from text with gaps


def find_rows(lines: Sequence[str]) -> list[Cells | None]:
    """The cells of every line: none where it is no row, None where it only rules lines between rows."""
    found: list[Cells | None] = [()] * len(lines)
    lines = [line if len(line) <= _LONGEST_ROW else "" for line in lines]
    for split in (_by_strokes, _by_tabs):
        parted = [split(line) for line in lines]
        several = [False, *(sum(map(bool, cells)) > 1 for cells in parted), False]
        ruled = [
            bool(line.strip()) and split is _by_strokes and bool(_RULE.fullmatch(line)) for line in lines
        ]
        beside = [False, *(a or b for a, b in zip(several[1:-1], ruled, strict=True)), False]
        for i, cells in enumerate(parted):
            if several[i + 1] and (beside[i] or beside[i + 2]):
                found[i] = cells
            elif ruled[i] and (several[i] or several[i + 2]):
                found[i] = None
    return _with_gaps(lines, found)


def _by_tabs(line: str) -> Cells:
    return tuple(tidy(cell) for cell in line.strip(" \r\n\u3000").rstrip().split("\t"))


def _by_strokes(line: str) -> Cells:
    if not _STROKES.search(line) or _RULE.fullmatch(line):
        return ()
    inner = re.sub(rf"^{_STROKES.pattern}|{_STROKES.pattern}$", "", line.strip())
    cells = tuple(tidy(cell) for cell in _STROKES.split(inner))
    return cells if len(cells) > 2 or inner != line.strip() else ()


def _with_gaps(lines: Sequence[str], found: list[Cells | None]) -> list[Cells | None]:
    """Adds the rows whose cells gaps set apart: a name and figures, as many in each, and the header above."""
    parted = [() if cells != () else _by_gaps(line) for line, cells in zip(lines, found, strict=True)]
    start = 0
    while start < len(lines):
        end = _run_end(parted, start, _is_body)
        if end - start >= _LEAST_ROWS:
            first = start - 1 if start and _is_header(parted[start - 1], len(parted[start])) else start
            found[first:end] = parted[first:end]
        start = max(end, start + 1)
    return found


def _by_gaps(line: str) -> Cells:
    cells = tuple(tidy(cell) for cell in _GAP.split(line.strip()))
    return cells if len(cells) > 1 and all(0 < len(cell) <= _LONGEST_NAME for cell in cells) else ()


def _run_end(parted: Sequence[Cells], start: int, fits: Callable[[Cells], bool]) -> int:
    """Where a run of rows with as many cells ends."""
    end = start
    while end < len(parted) and fits(parted[end]) and len(parted[end]) == len(parted[start]):
        end += 1
    return end


def _is_body(cells: Cells) -> bool:
    """Whether cells are a name, perhaps a unit, and figures."""
    figures = [i for i, cell in enumerate(cells) if is_figure(cell) or is_blank(cell)]
    return (
        bool(figures)
        and 1 <= figures[0] <= 2
        and figures[-1] - figures[0] == len(figures) - 1 == (len(cells) - 1 - figures[0])
        and any(is_figure(cells[i]) for i in figures)
    )


def _is_header(cells: Cells, width: int) -> bool:
    return len(cells) == width and not any(map(is_figure, cells))
