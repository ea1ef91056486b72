"""A number with its unit in Chinese text, and two of them as a range.

>>> figure = join_range("3至5年", amount_at("3至5年", 0))
>>> figure.value, figure.upper, figure.unit, figure.kind
(Decimal('3'), Decimal('5'), '年', 'duration_month')
>>> [amount_at(t, 0).unit for t in ("8000万元", "1020.9（亿元）", "两年半", "2000多亿元", "780元/人·月")]
['万元', '亿元', '年', '亿元', '元/人·月']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.language.chinese_numbers import Number, number_at, plain, skip_space
from rag.language.numerals import decimals_of, parse_numeral
from rag.language.units import Unit, unit_at
from rag.schema import Quantity, Role

_CONNECTED = re.compile(r"\s?(?:[-—–~～―−]+|至|到)\s?(?=[0-9零一二两三四五六七八九十百千])")
_BRACKETED = re.compile(r" ?[(（] ?(?P<multiplier>万亿|亿|万)?")
_PARTED = re.compile(r"个(?P<extra>多|半)(?P<unit>月|小时|百分点)")
_TENTHS = re.compile(r"[一二三四五六七八九](?![十百千万亿个])")
_SPLIT = ("multiple", "duration_month", "duration_day", "duration_second", "length", "mass", "percent")
_BOTH = re.compile(r"[(（]\w[)）]次?")  # 人(次), 家(户)
_HALF_MORE = re.compile(r"半(?![导径岛山年数挂成封自球])")
_LISTED = re.compile(r"(?:、|和|及|与|以及|，|,) ?$")
_RESPECTIVELY = re.compile(r"分别|依次|各为|各达")
_REACH = 30  # characters before a list that may tell that it goes with another
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as read, before its surroundings are: `scale` is what one of its unit is in base units."""

    start: int
    end: int
    value: Decimal
    unit: str = ""
    kind: str = "number"
    scale: Decimal = Decimal(1)
    upper: Decimal | None = None
    qualifier: str | None = None
    role: Role | None = None
    terms: tuple[Decimal, ...] = ()
    multiplier: str = ""
    spelled: bool = False
    bare: bool = False
    measured: Unit | None = None


def amount_at(text: str, position: int) -> Figure | None:
    """The number that begins at a position, with its unit where one follows."""
    number = number_at(text, position)
    if number is None:
        return None
    figure = Figure(
        position,
        number.end,
        number.value,
        unit=number.multiplier,
        scale=number.scale,
        upper=number.upper,
        qualifier=number.infix,
        multiplier=number.multiplier,
        spelled=number.spelled,
        bare=number.bare,
    )
    return _with_unit(text, figure, number)


def quantity_of(
    figure: Figure, text: str, start: int, value: Decimal, qualifier: str | None, role: Role
) -> Quantity:
    """The figure of `text` with what its surroundings tell: where its sign begins, its value and role."""
    return Quantity(
        text=text[start : figure.end],
        start=start,
        end=figure.end,
        value=value,
        unit=figure.unit,
        unit_class=figure.kind,
        magnitude=value * figure.scale,
        decimals=decimals_of(value),
        upper=figure.upper,
        qualifier=qualifier,
        role=role,
        terms=figure.terms,
    )


def _with_unit(text: str, figure: Figure, number: Number) -> Figure:
    position = skip_space(text, number.end)
    if parted := _PARTED.match(text, position):  # 2个半月, 3个多月
        unit = unit_at(f"个{parted['unit']}", 0)
        assert unit
        return _measured(figure, replace(unit, end=parted.end()), parted["extra"])
    unit = unit_at(text, position, number.spelled and number.multiplier not in ("万", "亿"))
    if unit is None:
        return _bracketed(text, figure)
    extra = text[unit.end : unit.end + 1]
    if unit.kind in _SPLIT and (_HALF_MORE.match(text, unit.end) or (extra == "多" and not figure.qualifier)):
        return _measured(figure, replace(unit, end=unit.end + 1), extra)
    if unit.text == "成" and (tenths := _TENTHS.match(text, unit.end)):  # 三成五
        figure = replace(figure, value=figure.value + parse_numeral(tenths[0]) / 10)
        unit = replace(unit, end=tenths.end())
    elif (both := _BOTH.match(text, unit.end)) and unit.kind.startswith(("count", "person")):
        unit = replace(unit, text=unit.text + both[0], end=both.end())
    return _measured(figure, unit)


def _bracketed(text: str, figure: Figure) -> Figure:
    """1020.9（亿元）: the unit in brackets right behind the number."""
    match = _BRACKETED.match(text, figure.end)
    unit = unit_at(text, match.end()) if match else None
    if match is None or unit is None or figure.multiplier or text[unit.end : unit.end + 1] not in (")", "）"):
        return figure
    multiplier = match["multiplier"] or ""
    scaled = replace(
        figure, multiplier=multiplier, scale=Number(0, figure.value, multiplier=multiplier).scale
    )
    return _measured(scaled, replace(unit, end=unit.end + 1))


def _measured(figure: Figure, unit: Unit, extra: str = "") -> Figure:
    value = figure.value + _HALF if extra == "半" else figure.value
    return replace(
        figure,
        end=unit.end,
        value=value,
        unit=figure.multiplier + unit.text,
        kind=unit.kind,
        scale=figure.scale * unit.factor,
        qualifier="多" if extra == "多" else figure.qualifier,
        measured=unit,
    )


def join_range(text: str, low: Figure) -> Figure:
    """The figure with the upper bound that follows it (5%—5.5%, 3至5年, 8000万—1亿元), else as it is."""
    match = _CONNECTED.match(text, low.end)
    if match is None or low.upper is not None or low.qualifier:
        return low
    high = amount_at(text, match.end())
    if high is None or high.upper is not None or high.bare:
        return low
    if low.unit == high.unit or not low.unit:
        joined = replace(high, start=low.start, value=low.value, upper=high.value, spelled=low.spelled)
    elif low.measured is None or (high.measured and low.measured.kind == high.measured.kind):
        unit = low.unit + (high.measured.text if high.measured and not low.measured else "")
        scale = low.scale if low.measured else low.scale * (high.measured.factor if high.measured else 1)
        upper = plain(high.value * high.scale / scale)
        joined = replace(high, start=low.start, value=low.value, upper=upper, unit=unit, scale=scale)
    else:
        return low
    return joined if joined.upper is not None and joined.upper > joined.value else low


def share_units(text: str, figures: list[Figure], numbers: list[Figure]) -> list[Figure]:
    """The figures, the numbers of a list among them in the unit of its last: 分别高4.2、5和0.7个百分点."""
    bare = {n.end: n for n in [*numbers, *figures] if _is_listed(n)}
    shared: dict[int, Figure] = {figure.start: figure for figure in figures}
    for figure in figures if bare else ():
        first = figure
        while first.measured and (match := _LISTED.search(text, max(0, first.start - 3), first.start)):
            number = bare.get(match.start())
            if number is None or not (number.value % 1 or _goes_with_others(text, number)):
                break
            first = _in_unit_of(number, first)
            shared[first.start] = first
    return [shared[start] for start in sorted(shared)]


def _is_listed(number: Figure) -> bool:
    return number.kind == "number" and not (number.spelled or number.measured or number.upper)


def _goes_with_others(text: str, number: Figure) -> bool:
    return bool(_RESPECTIVELY.search(text, max(0, number.start - _REACH), number.start))


def _in_unit_of(number: Figure, other: Figure) -> Figure:
    assert other.measured
    multiplier, scale = (
        (number.multiplier, number.scale * other.measured.factor)
        if number.multiplier
        else (other.multiplier, other.scale)
    )
    unit = multiplier + other.measured.text
    return replace(
        number, unit=unit, kind=other.kind, scale=scale, multiplier=multiplier, measured=other.measured
    )
