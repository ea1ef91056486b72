"""The units that tables tell: in brackets behind a name, in a column of their own, above the table.

>>> take_unit("粮食产量(万吨)")
('粮食产量', Unit(text='万吨', unit_class='mass', factor=Decimal('10000000000')))
>>> take_unit("比上年增长%")[1].text, take_unit("投资(不含农户)")
('%', ('投资(不含农户)', None))
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rag.language import find_quantities, fold_width
from rag.schema import RELATIVE

_LONGEST = 12
_BRACKETS = re.compile(r"\s*[(（\[]\s*(?P<unit>[^()（）\[\]]{1,24})\s*[)）\]]")
_TAIL = re.compile(r"\s*(?:[,，:：]\s*)?(?P<unit>[%％‰])\s*$")
_TOLD = re.compile(r"(?:计量)?单位\s*[:：]\s*(?P<unit>[^\s()（）]{1,12})")
_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_FREE = re.compile(
    r"(?P<many>[十百千万亿]{0,3})(?P<base>[\u4e00-\u9fffA-Za-z㎡³²°℃/·]{1,10}(?:\([^)]{1,4}\))?)"
)
_SAME = {
    "千瓦小时": "千瓦时",
    "人民币元": "元",
    "平米": "平方米",
    "百分点": "个百分点",
}  # as the list of units has it


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is shown, with its class and how many base units it is."""

    text: str
    unit_class: str
    factor: Decimal

    @property
    def is_count(self) -> bool:
        """Whether it counts things or people one by one."""
        return self.unit_class.startswith(("count", "person"))

    @property
    def is_relative(self) -> bool:
        """Whether it tells a relation, as % does."""
        return self.unit_class in RELATIVE


@lru_cache(maxsize=4096)
def read_unit(text: str, known: bool = True) -> Unit | None:
    """The unit that a text is; `known`: only one of the list, or one with 万 or 亿 before it.

    >>> read_unit("亿 元").text, read_unit("万重量箱").unit_class, read_unit("课桌"), read_unit("含农户")
    ('亿元', 'count:重量箱', None, None)
    >>> read_unit("课桌", known=False).unit_class
    'count:课桌'
    """
    shown = re.sub(r"\s", "", fold_width(text))
    if not shown or len(shown) > _LONGEST or shown[0].isdigit():
        return None
    usual = next(
        (shown.replace(a, b) for a, b in _SAME.items() if shown.endswith(a) and b not in shown), shown
    )
    found = find_quantities(f"1{usual}")
    if len(found) == 1 and found[0].unit and found[0].start == 0 and found[0].end == len(usual) + 1:
        return Unit(shown, found[0].unit_class, found[0].magnitude)
    free = _FREE.fullmatch(shown)
    if free is None or (known and not free["many"]):
        return None
    factor = Decimal(1)
    for char in free["many"]:
        factor *= _MULTIPLIERS[char]
    return Unit(shown, f"count:{free['base']}", factor)


@lru_cache(maxsize=4096)
def take_unit(text: str) -> tuple[str, Unit | None]:
    """A name without the unit that it tells, and the unit."""
    for match in (*_TOLD.finditer(text), *reversed(list(_BRACKETS.finditer(text))), *_TAIL.finditer(text)):
        told = _TOLD.search(match["unit"])
        if unit := read_units(told["unit"] if told else match["unit"]):
            return (text[: match.start()] + text[match.end() :]).strip(), unit[0]
    return text, None


@lru_cache(maxsize=1024)
def read_units(text: str) -> tuple[Unit, ...]:
    """The units of a line that tells several.

    >>> [unit.text for unit in read_units("万元、%")], read_units("不含农户")
    (['万元', '%'], ())
    """
    parts = [text] if read_unit(text) else re.split(r"[、,，;；/]", text)
    found = [read_unit(part) for part in parts]
    return tuple(unit for unit in found if unit) if all(found) else ()
