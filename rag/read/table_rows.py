"""What the rows of a table are: header, figures, titles, told by their cells.

>>> rows = [("项目", "2025年", "2025年"), ("项目", "总量", "增速"), ("一、税收", "-", "-"), ("费", "2", "5")]
>>> count_header(rows), figure_columns(rows[3])
(2, {1, 2})
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language import fold_width
from rag.schema import Span

Row = tuple[Span, tuple[str, ...]]

_FIGURE = re.compile(r"[-+−–]?(?:\d{1,3}(?:[,，\s]\d{3})+|\d+)(?:\.\d+)?\s*[%％‰倍]?")
_GLUED = re.compile(r"(?P<name>.*[\u4e00-\u9fff)）])\s*(?P<rest>[-+−–]?[\d,]+(?:\.\d+)?)")
_GLUED_UNIT = re.compile(
    r"(?P<name>.*\S) (?P<rest>[^\s\d]{1,8})|(?P<name2>.*?)(?P<rest2>[万亿]{0,2}(?:美?元|吨|人次?|户|件))"
)
_UNITS = re.compile(r"(?:计量)?单位")
_VALUE = re.compile(
    r"[-+−–]?[\d,，]*\d(?:\.\d+)?\s*(?!年|月|日|季|岁|届|号|以)[^\d\s.]{1,5}(?<!上)(?<!下)"
)  # 1020亿元
_NONE = re.compile(r"[-—–―－─…\.·/／*×]{1,6}|…+|无|空")
_NUMBERED = re.compile(r"(?:栏|列|行)\s*次|甲|编\s*号")  # the row that numbers the columns
_NAMES = re.compile(r"项目|科目|指标|名称|类别|地区|单位|行业|区县|县区|产品|品种|分类")
_HEADER_ROWS = 6
_HAN_GAP = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")


def is_figure(cell: str) -> bool:
    """Whether a cell holds a number and no words.

    >>> [is_figure(cell) for cell in ("1,234.5", "-3.2%", "12 345", "2025年", "-", "税收")]
    [True, True, True, False, False, False]
    """
    return bool(_FIGURE.fullmatch(fold_width(cell).strip()))


def is_year(cell: str) -> bool:
    """Whether a cell holds a year alone: 2025, 2025年."""
    return bool(re.fullmatch(r"\s*(?:19[4-9]|20[0-6])\d\s*年?\s*", fold_width(cell)))


def is_blank(cell: str) -> bool:
    """Whether a cell says that there is no figure: nothing, —, …, a dash.

    >>> [is_blank(cell) for cell in ("", "—", "-", "…", "0", "税")]
    [True, True, True, True, False, False]
    """
    return not cell.strip() or bool(_NONE.fullmatch(cell.strip()))


def numbers_columns(name: str) -> bool:
    """Whether a row of this name numbers the columns (栏次)."""
    return bool(_NUMBERED.fullmatch(name.strip()))


def close_up(text: str) -> str:
    """A cell without the blanks between its Han characters.

    >>> close_up("预 算 科 目"), close_up("2025 年预算数"), close_up("GDP growth")
    ('预算科目', '2025年预算数', 'GDP growth')
    """
    text = re.sub(
        r"(?<=\d)[ \u3000]+(?=[年月%％])|(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\d(（%％])", "", text.strip()
    )
    return _HAN_GAP.sub("", text)


def only_text(cells: Sequence[str]) -> str:
    """The one text that a row's cells hold, empty where they hold several.

    >>> only_text(("", "", "单位:万元")), only_text(("收入表", "收入表")), only_text(("税收", "5"))
    ('单位:万元', '收入表', '')
    """
    texts = {cell.strip() for cell in cells if cell.strip()}
    return texts.pop() if len(texts) == 1 and not is_figure(next(iter(texts), "")) else ""


def figure_columns(cells: Sequence[str]) -> set[int]:
    """Which cells behind the first hold figures."""
    return {i for i, cell in enumerate(cells) if i and is_figure(cell) and not is_year(cell)}


def is_header_again(cells: Sequence[str], figures: set[int]) -> bool:
    """Whether a row has words where the rows above have figures: another header.

    >>> is_header_again(("项目", "预算数", "完成数"), {1, 2}), is_header_again(("二、股息", "", ""), {1, 2})
    (True, False)
    """
    if any(map(is_figure, cells)):
        return False
    words = [i for i in figures if i < len(cells) and not is_blank(cells[i])]
    several = len({cell for cell in cells if cell.strip()}) > 1
    return several and 2 * len(words) > len(figures) > 0 and all(len(cells[i]) <= 40 for i in words)


def part_glued(rows: Sequence[Row]) -> list[Row]:
    """Rows whose first two columns stand so close that they were read as one, with these apart.

    >>> rows = [("指标 总量", "增速"), ("工业产值 135.7", "5"), ("农业产值9.5", "3")]
    >>> [cells for _, cells in part_glued([(Span(0, 1), row) for row in rows])]
    [('指标', '总量', '增速'), ('工业产值', '135.7', '5'), ('农业产值', '9.5', '3')]
    """
    header = rows[0][1][0].split()
    if len(header) != 2 or max(map(len, header)) < 2:
        return list(rows)
    glued = _GLUED_UNIT if _UNITS.fullmatch(header[1]) else _GLUED
    body = [fold_width(cells[0]) for _, cells in rows if figure_columns(cells)]
    if len(body) < 2 or not all(map(glued.fullmatch, body)) or not any(" " in cell for cell in body):
        return list(rows)
    return [
        (span, cells if only_text(cells) else (*_parted(cells[0], glued), *cells[1:])) for span, cells in rows
    ]


def _parted(cell: str, glued: re.Pattern[str]) -> tuple[str, str]:
    """A name and what stands behind it."""
    if match := glued.fullmatch(fold_width(cell)):
        name = next(group for group in ("name", "name2") if match.groupdict().get(group))
        return cell[: match.end(name)], cell[match.end(name) :].strip()
    name, _, rest = cell.partition(" ")
    return name, rest.strip()


def count_header(rows: Sequence[tuple[str, ...]]) -> int:
    """How many rows at the top hold names and no figures."""
    for count, cells in enumerate(rows[:_HEADER_ROWS]):
        if count and numbers_columns(cells[0]):
            return count + 1
        if figure_columns(cells) or any(_VALUE.fullmatch(fold_width(cell)) for cell in cells[1:]):
            return count
        if any(not cell.isspace() and cell and is_blank(cell) for cell in cells[1:]):
            return count
        if count and (only_text(cells) or _names_only(cells, rows[:count])):
            return count
    return 1 if len(rows) > 1 else 0


def _names_only(cells: Sequence[str], header: Sequence[Sequence[str]]) -> bool:
    """Whether only the columns of names hold words: a row of the body that has no figures."""
    named = {i for row in header for i, cell in enumerate(row) if _NAMES.search(close_up(cell))}
    others = set(range(len(cells))) - named
    return bool(named and others) and all(not cells[i].strip() for i in others)
