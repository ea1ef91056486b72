"""Rows of cells -> Tables: header, unit and the period of every column.

>>> from rag.schema import Span
>>> rows = [("指标", "2025年执行数", "2026年预算数", "比上年增长(%)"), ("税收收入", "120.5", "126", "4.6")]
>>> (table,) = read_tables([(Span(0, 1), row) for row in rows], ("表1 收入", "单位:亿元"))
>>> table.caption, table.unit, [(c.header, c.year, c.status) for c in table.columns[1:3]], len(table.rows)
('表1 收入', '亿元', [('2025年执行数', 2025, 'actual'), ('2026年预算数', 2026, 'planned')], 1)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language import find_years
from rag.read.captions import caption_of, has_caption_form, split_unit
from rag.read.frames import heading_status
from rag.read.outline import find_marker
from rag.read.table_rows import (
    Row,
    close_up,
    count_header,
    figure_columns,
    is_figure,
    is_header_again,
    is_year,
    numbers_columns,
    only_text,
    part_glued,
)
from rag.schema import Column, Status, Table

__all__ = ["Row", "is_row", "read_table", "read_tables"]

_CAPTION = 60  # characters of a numbered line that can be a row
_ACTUAL = re.compile("执行数|完成数?|实际|决算数?|实绩|初步|累计|快报|绝对(?:数|量|值)|总量")
_PLANNED = re.compile("预算数?|计划数?|目标|预期|草案|安排")
_CONTINUED = re.compile(r"[(（]?续(?:表|上表)?.{0,10}")


def read_tables(rows: Sequence[Row], above: Sequence[str] = (), before: Table | None = None) -> list[Table]:
    """The tables that a run of rows holds: a title or a new header among them begins another.

    `above` are the lines right above the rows, `before` is the table above these, which goes on in rows
    without a header of their own.

    >>> from rag.schema import Span
    >>> run = [("2025年收入表", "2025年收入表"), ("项目", "完成数"), ("税收", "5"), ("项目", "完成数"),
    ... ("罚没", "2"), ("2025年支出表", "2025年支出表"), ("", "单位:万元"), ("项目", "预算数"), ("教育", "3")]
    >>> found = read_tables([(Span(0, 1), row) for row in run])
    >>> [(table.caption, table.unit, [cells for _, cells in table.rows]) for table in found]
    [('2025年收入表', '', [('税收', '5'), ('罚没', '2')]), ('2025年支出表', '万元', [('教育', '3')])]
    """
    tables: list[Table] = []
    for lines, part in _parts(rows, list(above)):
        last = tables[-1] if tables else before
        table = read_table(part_glued(part), lines)
        if last is not None and _goes_on(table, last, lines, inside=bool(tables)):
            headers = table.columns if any(column.header for column in table.columns) else last.columns
            table = Table(table.caption or last.caption, table.unit or last.unit, headers, table.rows)
        tables.append(table)
    return tables


def read_table(rows: Sequence[Row], above: Sequence[str] = ()) -> Table:
    """The table of some rows; `above` are the lines right above them, which may hold caption and unit.

    Where the first row holds figures already, the columns have no headers.
    """
    width = max(len(cells) for _, cells in rows)
    padded = [(span, (*cells, *[""] * (width - len(cells)))) for span, cells in rows]
    count = count_header([cells for _, cells in padded])
    headers = [_join(column) for column in zip(*(cells for _, cells in padded[:count]), strict=True)]
    headers = headers or [""] * width
    caption, unit = caption_of(above)
    unit = unit or next((unit for header in headers if (unit := split_unit(header)[1])), "")
    columns = tuple(_column(header) for header in headers)
    return Table(caption, unit, columns, tuple(padded[count:]) or tuple(padded[-1:]))


def is_row(line: str, rows: Sequence[Row]) -> bool:
    """Whether a numbered line right below rows is one of them, with a name and no figures.

    >>> from rag.schema import Span
    >>> rows = [(Span(0, 1), ("一、食品", "1.2")), (Span(1, 2), ("二、衣着", "0.3"))]
    >>> is_row("三、其他用品", rows), is_row("二、农业", rows[:1]), is_row("年末人口增长。", rows)
    (True, False, False)
    """
    marker = find_marker(line)
    numbered = [found for _, cells in rows if cells and (found := find_marker(cells[0]))]
    return marker is not None and len(numbered) > 1 and numbered[-1][0] == marker[0] and len(line) < _CAPTION


def _parts(rows: Sequence[Row], above: list[str]) -> list[tuple[list[str], list[Row]]]:
    """The rows of each table with the lines above it; titles, units and repeated headers are taken out."""
    parts: list[tuple[list[str], list[Row]]] = []
    lines, part, header, figures = above, list[Row](), 0, set[int]()
    for i, (span, cells) in enumerate(rows):
        text = only_text(cells)
        body = len(part) > header > 0 or (part and figures)
        if text and (split_unit(text) != (text, "") or _is_title(text, rows[i + 1 : i + 3])):
            if body:
                parts.append((lines, part))
                lines, part, header, figures = [], [], 0, set()
            lines.append(text)
            continue
        if body and header and cells in [known for _, known in part[:header]]:
            continue
        if body and is_header_again(cells, figures):
            parts.append((lines, part))
            lines, part, header, figures = [], [], 0, set()
        part.append((span, cells))
        found = figure_columns(cells)
        if found and not figures:
            header = count_header([known for _, known in part])
        figures |= found
    return [*parts, (lines, part)] if part else parts or [(lines, list(rows))]


def _is_title(text: str, below: Sequence[Row]) -> bool:
    """Whether the one text of a row is the title of the table below: a header follows, or the unit."""
    if not has_caption_form(text) or not below:
        return False
    if split_unit(only_text(below[0][1]))[1]:
        return True
    return len({cell for cell in below[0][1] if cell.strip()}) > 1 and not any(map(is_figure, below[0][1]))


def _goes_on(table: Table, last: Table, lines: Sequence[str], inside: bool) -> bool:
    """Whether a table goes on with the last one: its header is missing, or it has no title of its own."""
    if inside:
        return not table.caption
    if any(column.header for column in table.columns) or len(table.columns) != len(last.columns):
        return False
    titles = [line for line in lines if not split_unit(line)[1] and not _CONTINUED.fullmatch(line)]
    return bool(lines) and all(title == last.caption for title in titles)


def _join(cells: Sequence[str]) -> str:
    """The header of a column over its rows; a merged cell, which repeats, counts once, and numbers not."""
    words = [cell for cell in cells if cell.strip() and not numbers_columns(cell)]
    named = [close_up(cell) for cell in words if is_year(cell) or not is_figure(cell)]
    return " ".join(dict.fromkeys(named))


def _column(header: str) -> Column:
    years = find_years(header) or (find_years(header + "年") if is_year(header) else ())
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
