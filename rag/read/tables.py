"""Rows of cells -> Tables: header, unit and the period of every column.

>>> rows = [("指标", "2025年执行数", "2026年预算数", "比上年增长(%)"), ("税收收入", "120.5", "126", "4.6")]
>>> table = read_table([(Span(0, 1), row) for row in rows], ("表1 收入", "单位:亿元"))
>>> table.unit, [(c.header, c.year, c.status) for c in table.columns[1:3]], len(table.rows)
('亿元', [('2025年执行数', 2025, 'actual'), ('2026年预算数', 2026, 'planned')], 1)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language import find_years, fold_width
from rag.read.frames import heading_status
from rag.read.outline import find_marker
from rag.schema import Column, Span, Status, Table

Row = tuple[Span, tuple[str, ...]]

_UNIT = re.compile(r"(?:计量)?单位\s*[::]\s*(?P<unit>[^\s)）,，;；|]{1,16})")
_IN_BRACKETS = re.compile(
    r"[(（](?P<unit>[^()（）\d]{0,3}(?:元|人|户|个|家|件|吨|斤|公里|米|亩|公顷|%|％|万|亿)[^()（）]{0,4})[)）]\s*$"
)
_FIGURE = re.compile(r"[-+−–]?[\d,，]*\d(?:\.\d+)?\s*[%％‰]?")
_CAPTION = 60  # characters of a line above a table that can be its caption
_HEADER_ROWS = 4
_ACTUAL = re.compile("执行数|完成数?|实际|决算数?|实绩|初步|累计|快报|绝对(?:数|量|值)|总量")
_PLANNED = re.compile("预算数?|计划数?|目标|预期|草案|安排")


def read_table(rows: Sequence[Row], above: Sequence[str] = ()) -> Table:
    """The table of some rows; `above` are the lines right above them, which may hold caption and unit.

    Where the first row holds figures already, the columns have no headers.
    """
    width = max(len(cells) for _, cells in rows)
    padded = [(span, (*cells, *[""] * (width - len(cells)))) for span, cells in rows]
    count = _header_rows([cells for _, cells in padded])
    headers = [_join(column) for column in zip(*(cells for _, cells in padded[:count]), strict=True)]
    headers = headers or [""] * width
    lines = [line for line in above if len(line) <= _CAPTION]
    unit = next((m["unit"] for text in (*reversed(lines), *headers) for m in [_UNIT.search(text)] if m), "")
    caption = next((line for line in lines if not _UNIT.fullmatch(line.strip("()（） "))), "")
    bracketed = _IN_BRACKETS.search(caption)
    unit = unit or (bracketed["unit"] if bracketed else "")
    columns = tuple(_column(header) for header in headers)
    return Table(caption, unit, columns, tuple(padded[count:]) or tuple(padded[-1:]))


def is_row(line: str, rows: Sequence[Row]) -> bool:
    """Whether a numbered line right below rows is one of them, with a name and no figures.

    >>> rows = [(Span(0, 1), ("一、食品", "1.2")), (Span(1, 2), ("二、衣着", "0.3"))]
    >>> is_row("三、其他用品", rows), is_row("二、农业", rows[:1]), is_row("年末人口增长。", rows)
    (True, False, False)
    """
    marker = find_marker(line)
    numbered = [found for _, cells in rows if cells and (found := find_marker(cells[0]))]
    return marker is not None and len(numbered) > 1 and numbered[-1][0] == marker[0] and len(line) < _CAPTION


def _header_rows(rows: Sequence[tuple[str, ...]]) -> int:
    """How many rows at the top hold names and no figures."""
    for count, cells in enumerate(rows[:_HEADER_ROWS]):
        if any(_FIGURE.fullmatch(fold_width(cell).strip()) and not _is_year(cell) for cell in cells[1:]):
            return count
    return 1 if len(rows) > 1 else 0


def _is_year(cell: str) -> bool:
    return bool(re.fullmatch(r"\s*(?:19|20)\d\d\s*年?\s*", cell))


def _join(cells: Sequence[str]) -> str:
    """The header of a column over its rows; a merged cell, which repeats, counts once."""
    return " ".join(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))


def _column(header: str) -> Column:
    years = find_years(header) or (find_years(header + "年") if _is_year(header) else ())
    change = re.search("增长|增减|增幅|比(?:上年|去年|\\d{4}年)|为预算|占", header)
    year = years[0].last if years and not (change and re.match("比", header)) else None
    return Column(header, year, _status(header))


def _status(header: str) -> Status | None:
    planned, actual = _PLANNED.search(header), _ACTUAL.search(header)
    if planned and actual:
        return "actual" if actual.end() > planned.end() else "planned"
    if planned:
        return "planned"
    return "actual" if actual else heading_status(header)
