"""Whether one quantity states the same as another: value, unit, rounding, sign, qualifier.

>>> from rag.language.quantity import find_quantities
>>> def judge(claim, source):
...     return agreement(find_quantities(claim)[0], find_quantities(source)[0])
>>> judge("总量1021亿元", "总量1020.9亿元"), judge("102.09 billion yuan", "总量1020.9亿元")
('rounded', 'supported')
>>> judge("增长9.0%", "增长9.0个百分点"), judge("1100亿元", "1100亿元以上"), judge("下降5%", "增长5%")
('wrong_unit', 'qualifier_changed', 'unsupported')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cache

from rag.language.english_context import english_unit_factor
from rag.language.english_figures import COUNT
from rag.language.resources import load_toml
from rag.language.units import unit_factor
from rag.schema import RATES, Quantity, Verdict

_RELATIVE = {"percent", "permille", "point", "multiple"}
# people for 人次, times for 次, years for 岁
_TRANSLATED = ({"person", "visit"}, {"multiple", "count:次"}, {"age", "duration_month"})
_BARE = {COUNT, "number"}  # without a counter: 8.14亿, 814 million
_PER = re.compile(r"/| ?\b(?:per|for every|every|an?)\b ", re.IGNORECASE)
_WITHIN = 20  # percentage points that "more than half" may stand below the share itself
_NEARLY = Decimal("0.8")  # 不足1000家 is said of 987, not of 120
_PRECISION = Decimal("1e-12")  # what is lost where a unit is no decimal fraction of another (亩)


def agreement(claim: Quantity, source: Quantity) -> Verdict | None:
    """How a source figure bears out a claimed one; None if the two have nothing in common.

    "unsupported" says that the number is the same and its sign or qualifier is reversed;
    "wrong_unit" that only the unit differs. What a figure is counted per may be left out.
    """
    claim, source = _counted_alike(claim, source)
    if not same_kind(claim, source):
        return "wrong_unit" if _shows_same_number(claim, source) else None
    if "rank" in (claim.unit_class, source.unit_class) or claim.terms or source.terms:
        return "supported" if (claim.value, claim.terms) == (source.value, source.terms) else None
    if claim.unit_class == "ratio" and source.qualifier is None and _is_beyond(claim, source):
        return "supported"
    value = _compare_values(claim, source)
    if value is None:
        return "wrong_unit" if _shows_same_number(claim, source) else None
    if sign(claim) * sign(source) < 0:
        return "unsupported"
    return _weigh_qualifiers(claim, source, value)


def without_per(quantity: Quantity) -> Quantity:
    """A figure without what it is counted per.

    >>> from rag.language.quantity import find_quantities
    >>> figure = without_per(find_quantities("每千人口床位7.2张")[0])
    >>> figure.unit, figure.unit_class, figure.magnitude
    ('张', 'count:张', Decimal('7.2'))
    """
    if "/" not in quantity.unit_class:
        return quantity
    unit = _PER.split(quantity.unit)[0]
    kind = quantity.unit_class.split("/")[0]
    magnitude = quantity.value * (english_unit_factor(unit) if unit.isascii() else unit_factor(unit))
    return replace(quantity, unit=unit, unit_class=kind, magnitude=magnitude)


def _counted_alike(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    """Both without what they are counted per where one leaves some of it out."""
    pers = [set(quantity.unit_class.split("/", 1)[1:]) for quantity in (one, other)]
    ours, theirs = ({part for per in both for part in per.split("·")} for both in pers)
    left_out = ours != theirs and (ours <= theirs or theirs <= ours)
    return (without_per(one), without_per(other)) if left_out else (one, other)


def same_kind(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities can be compared: the same unit class.

    A bare number has no measure word, or leaves its unit to the next one (11.8 billion and
    6.7 billion kilowatt-hours), and goes with any but percentages; a fraction goes with these.
    """
    one, other = _counted_alike(one, other)
    kinds = {_kind(one), _kind(other)}
    if len(kinds) == 1:
        return True
    if "/" in one.unit_class:  # 张/千人 and a number per 1,000 people
        (own, per), (others, others_per) = (q.unit_class.split("/", 1) for q in (one, other))
        return per == others_per and not {own, others}.isdisjoint(_BARE)
    if one.unit.isascii() != other.unit.isascii() and kinds in _TRANSLATED:
        return True
    return not kinds.isdisjoint(_BARE) and kinds.isdisjoint(_RELATIVE)


def comparable(figures: Sequence[Quantity]) -> bool:
    """Whether figures can be calculated with: of one kind, none a range, none nothing."""
    one_kind = len({kind_of(quantity) for quantity in figures}) == 1
    return one_kind and all(quantity.upper is None and quantity.magnitude for quantity in figures)


def kind_of(quantity: Quantity) -> str:
    """What can be calculated together: counts of whatever, people and visits; else the unit class."""
    own, *per = quantity.unit_class.split("/")
    return "/".join([own.split(":")[0].replace("visit", "person"), *per])


def sign(quantity: Quantity) -> int:
    """-1 for a decline (下降3.2%, -3.2%), 1 for a growth, 0 where the text does not say."""
    falls = (quantity.role == "decline") != (quantity.magnitude < 0)
    return -1 if falls else int(quantity.role == "growth")


def direction(qualifier: str | None) -> str | None:
    """The group of a qualifier: above, below, about, near; None without one."""
    return _directions().get(qualifier.lower()) if qualifier else None


@cache
def _directions() -> dict[str, str]:
    groups = load_toml("language/agreement.toml")["qualifiers"]
    return {word: group for group, words in groups.items() for word in words}


def _kind(quantity: Quantity) -> str:
    return "percent" if quantity.unit_class == "ratio" else quantity.unit_class


def _amounts(quantity: Quantity) -> tuple[Decimal, ...]:
    """The bounds in base units, without sign; a fraction in per cent."""
    factor = Decimal(100) if quantity.unit_class == "ratio" else Decimal(1)
    low = abs(quantity.magnitude) * factor
    if quantity.upper is None:
        return (low,)
    return (low, abs(quantity.upper) * _scale(quantity))


def _scale(quantity: Quantity) -> Decimal:
    """Base units in one displayed unit."""
    if quantity.unit_class == "ratio":
        return Decimal(100)
    return abs(quantity.magnitude / quantity.value) if quantity.value else Decimal(1)


def _same(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= _PRECISION * max(one, other)


def _shows_same_number(claim: Quantity, source: Quantity) -> bool:
    shown = (abs(claim.value), claim.upper) == (abs(source.value), source.upper)
    return shown and claim.unit_class != "ratio" and bool(claim.unit or source.unit)


def _compare_values(claim: Quantity, source: Quantity) -> str | None:
    """same, rounded, cut (more than the claim), filled (less than it), or None."""
    if claim.unit_class == source.unit_class == "multiple":
        claim, source = _as_level(claim, source), _as_level(source, claim)
    ours, theirs = _amounts(claim), _amounts(source)
    if len(ours) != len(theirs):
        return None
    if all(map(_same, ours, theirs)):
        return "same"
    step = _scale(claim).scaleb(-claim.decimals)
    if all(_rounds_to(b, a, step) for a, b in zip(ours, theirs, strict=True)):
        return "rounded"
    if len(ours) > 1 or source.qualifier or "number" in (claim.unit_class, source.unit_class):
        return None
    return _round_loosely(claim, ours[0], theirs[0])


def _as_level(quantity: Quantity, other: Quantity) -> Quantity:
    """A growth by one time is twice as much, where the other figure tells how much it is (翻一番)."""
    if quantity.role != "growth" or other.role in RATES or quantity.upper is not None:
        return quantity
    return replace(quantity, value=quantity.value + 1, magnitude=quantity.magnitude + 1)


def _rounds_to(source: Decimal, claim: Decimal, step: Decimal) -> bool:
    """By either convention: half up as at school, half even as in GB/T 8170."""
    return any(
        _same((source / step).to_integral_value(rounding) * step, claim)
        for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)
    )


def _round_loosely(claim: Quantity, ours: Decimal, theirs: Decimal) -> str | None:
    """Round numbers with a qualifier (超1000亿元, nearly 40,000): their last zeros show nothing."""
    group = direction(claim.qualifier)
    step = _scale(claim).scaleb(-claim.decimals)
    digits = 0
    while claim.value and not claim.decimals and claim.value % 10 ** (digits + 1) == 0:
        digits += 1
    step = step.scaleb(digits)
    if group == "about" and _rounds_to(theirs, ours, step):
        return "rounded"
    if group == "above" and _same((theirs / step).to_integral_value(ROUND_FLOOR) * step, ours):
        return "cut"
    near = theirs >= ours * _NEARLY
    if (
        near
        and group in ("near", "below")
        and _same((theirs / step).to_integral_value(ROUND_CEILING) * step, ours)
    ):
        return "filled"
    return None


def _is_beyond(claim: Quantity, source: Quantity) -> bool:
    """Whether a figure lies on the side of a fraction that the fraction's qualifier tells: more than half."""
    group, (ours, *_), (theirs, *others) = direction(claim.qualifier), _amounts(claim), _amounts(source)
    beyond = {"above": theirs - ours, "below": ours - theirs}.get(group or "", Decimal(0))
    return not others and 0 < beyond <= _WITHIN


def _weigh_qualifiers(claim: Quantity, source: Quantity, value: str) -> Verdict:
    ours, theirs = direction(claim.qualifier), direction(source.qualifier)
    if value in ("cut", "filled"):
        return "rounded"
    borne_out: Verdict = "supported" if value == "same" else "rounded"
    if ours == theirs or {ours, theirs} == {"about", "near"}:
        return borne_out
    if theirs is None and ours == "about":
        return "rounded"
    if value == "rounded" and theirs is None:
        return _qualified_rounding(claim, source, ours)
    reversed_ = {ours, theirs} in ({"above", "below"}, {"above", "near"})
    return "unsupported" if reversed_ else "qualifier_changed"


def _qualified_rounding(claim: Quantity, source: Quantity, ours: str | None) -> Verdict:
    """超1020亿元 for 1020.9亿元 is true, 超1021亿元 is not."""
    more = _amounts(source)[0] > _amounts(claim)[0]
    if ours == "above":
        return "rounded" if more else "unsupported"
    return "unsupported" if more else "rounded"
