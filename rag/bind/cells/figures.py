"""A cell's text -> its figure, in the unit that its column, row or table tells.

>>> from rag.bind.cells.units import read_unit
>>> figure = find_figure("-1,234.5", read_unit("万元"))
>>> figure.text, figure.start, str(figure.value), figure.unit, str(figure.magnitude)
('-1,234.5', 0, '-1234.5', '万元', '-12345000.0')
>>> [find_figure(cell, None) for cell in ("—", "…", "2025年", "12月", "税收", "其中:3项5件")]
[None, None, None, None, None, None]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rag.bind.cells.units import Unit, read_unit
from rag.bind.cells.words import says
from rag.language import decimals_of, find_quantities, fold_width
from rag.schema import Quantity

_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CELL = re.compile(rf"\s*(?P<figure>(?P<sign>[-+−–—﹣]\s*)?(?P<number>{_NUMBER}))\s*(?P<rest>.*?)\s*")
_DATE = re.compile(r"[年月日号时：:](?!均)|(?:季度|届|次会议)")
_MARKS = re.compile(r"[*＊#①-⑳⁰¹²³⁴-⁹\[\]［］\d]*")  # of notes, behind a figure
_LONGEST = 30  # characters of a cell that holds a figure and some words
_BOUNDS = {
    "≥": "不低于",
    "≤": "不超过",
    ">": "超过",
    "＞": "超过",
    "<": "低于",
    "＜": "低于",
    "﹥": "超过",
    "﹤": "低于",
}
_FALLS = ("↓", "▼")
_PLAIN = Unit("", "number", Decimal(1))


def find_figure(cell: str, unit: Unit | None) -> Quantity | None:
    """The figure of a cell with offsets into it; None where the cell holds none, or several, or a date.

    `unit` is the one that stands elsewhere; the cell's own goes before it.
    """
    folded = fold_width(cell)
    if len(folded) > _LONGEST or not any(map(str.isdigit, folded)):
        return None
    match = _CELL.fullmatch(folded)
    if match is None:
        return _worded(cell, folded, unit)
    rest = match["rest"]
    own = read_unit(rest) if rest and not _DATE.match(rest) else None
    if rest and own is None and not (_MARKS.fullmatch(rest) and not rest[0].isdigit()):
        return None if _DATE.match(rest) else _worded(cell, folded, unit)
    value = Decimal(re.sub(r"[,， ]", "", match["number"]))
    sign = (match["sign"] or "").strip()
    value = -value if sign and sign != "+" else value
    end = match.end("rest") if own else match.end("figure")
    return _quantity(cell, match.start("figure"), end, value, own or unit or _PLAIN)


def _quantity(cell: str, start: int, end: int, value: Decimal, unit: Unit) -> Quantity:
    return Quantity(
        text=cell[start:end],
        start=start,
        end=end,
        value=value,
        unit=unit.text,
        unit_class=unit.unit_class,
        magnitude=value * unit.factor,
        decimals=decimals_of(value),
    )


def _worded(cell: str, folded: str, unit: Unit | None) -> Quantity | None:
    """The figure of a cell that qualifies it: 5%左右, ≥90, 下降0.3个百分点, 8-9.

    >>> from rag.bind.cells.units import read_unit
    >>> cells = ("5左右", "≥90", "下降3个百分点", "8-9")
    >>> found = [find_figure(cell, read_unit("%")) for cell in cells]
    >>> [(q.text, q.qualifier) for q in found]
    [('5', '左右'), ('90', '不低于'), ('3个百分点', None), ('8-9', None)]
    """
    numbers = list(re.finditer(_NUMBER, folded))
    if not numbers or len(numbers) > 2:
        return None
    first, last = numbers[0].start(), numbers[-1].end()
    if not says("before_figure", folded[:first]) or not _is_bound(folded[last:]):
        return None
    found = find_quantities(folded)
    at, glued = len(folded), ""
    if len(found) != 1 or not found[0].unit:
        at, glued = numbers[-1].end(), unit.text if unit else ""
        found = find_quantities(f"{folded[:at]}{glued}{folded[at:]}")
    if len(found) != 1 or (len(numbers) > 1 and found[0].upper is None):
        return None
    figure = found[0]
    end = figure.end if figure.end <= at else max(at, figure.end - len(glued))
    before = folded[: figure.start].rstrip()
    bound = _BOUNDS.get(before[-1:])
    falls = before.endswith(_FALLS) or folded[end:].strip().startswith(_FALLS)
    return replace(
        figure,
        text=cell[figure.start : end],
        end=end,
        qualifier=bound or figure.qualifier,
        role="decline" if falls else figure.role,
    )


def _is_bound(text: str) -> bool:
    """Whether what stands behind a number is a unit or a bound."""
    if says("behind_figure", text):
        return True
    found = find_quantities(f"1{text}")
    return len(found) == 1 and found[0].start == 0 and says("behind_figure", text[found[0].end - 1 :])


def cell_starts(text: str, start: int, cells: Sequence[str], joint: str) -> list[int]:
    r"""Where each cell of a row stands in a document's text; the row begins at `start`.

    >>> cell_starts("表头\n| 5 | 5", 3, ("", "5", "5"), " | ")
    [3, 5, 9]
    """
    starts, end = [], start
    at = start - (len(joint) - len(joint.lstrip()) if not cells[0] else 0)
    for cell in cells:
        if not text.startswith(cell, at):
            at = text.find(cell, end)
        starts.append(max(at, start))
        end = starts[-1] + len(cell)
        at = end + len(joint)
    return starts
