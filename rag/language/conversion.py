"""Chinese amounts told in English: 1020.9亿元 is 102.09 billion yuan.

>>> from rag.language.quantity import find_quantities
>>> [english_amount(find_quantities(t)[0]) for t in ("1020.9亿元", "新增1.3万个", "200余家", "1100亿元以上")]
['102.09 billion yuan', '13,000', 'more than 200', '110 billion yuan or more']
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rag.language.agreement import direction
from rag.language.resources import load_toml
from rag.schema import Quantity

_SCALES = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))


def english_amount(quantity: Quantity) -> str | None:
    """The amount in English, its qualifier included; None for a unit that has no English name.

    >>> from rag.language.quantity import find_quantities
    >>> texts = ("每千人口床位7.2张", "每人每月780元", "比例为2.04∶1", "居全国第5位")
    >>> [english_amount(find_quantities(text)[0]) for text in texts]
    ['7.2 per 1,000 people', '780 yuan per person per month', '2.04:1', None]
    """
    data: dict[str, Any] = load_toml("language/quantity_en.toml")
    if quantity.unit_class in ("proportion", "rank"):
        return quantity.told if quantity.terms else None
    unit, scale, per = _split_unit(quantity.unit)
    name = "" if quantity.unit_class.startswith("count:") else data["units"].get(unit)
    if name is None or per is None:
        return None
    amount = _told(quantity.value * scale)
    if quantity.upper is not None:
        amount = f"{amount} to {_told(quantity.upper * scale)}"
    amount = " ".join(part for part in (amount, name, per) if part)
    told = data["qualified"]
    if quantity.qualifier in told["or_more"]:
        return str(told["or_more_told"]).format(amount)
    group = direction(quantity.qualifier)
    return str(told[group]).format(amount) if group else amount


def _split_unit(unit: str) -> tuple[str, Decimal, str | None]:
    """万元/人·月: 元, ten thousand, "per person per month"; None for the last if it has no English name."""
    known: dict[str, str] = load_toml("language/quantity_en.toml")["units"]
    own, _, pers = (unit, "", "") if unit in known else unit.partition("/")
    parts = [_told_per(part) for part in pers.split("·") if part]
    per = None if None in parts else " ".join(part for part in parts if part)
    own, scale = _split_multiplier(own)
    return own, scale, per


def _split_multiplier(unit: str) -> tuple[str, Decimal]:
    multipliers = load_toml("language/quantity.toml")["numerals"]["multipliers"]
    known = load_toml("language/quantity_en.toml")["units"]
    for word in sorted(multipliers, key=len, reverse=True):
        if unit.startswith(word) and unit not in known:
            return unit[len(word) :], Decimal(multipliers[word])
    return unit, Decimal(1)


def _told_per(part: str) -> str | None:
    """千人 is "per 1,000 people", 月 "per month"."""
    single, scale = _split_multiplier(part)
    names: dict[str, list[str]] = load_toml("language/quantity_en.toml")["per_units"]
    if single not in names:
        return None
    one, many = names[single]
    return f"per {one}" if scale == 1 else f"per {_plain(scale)} {many}"


def _told(value: Decimal) -> str:
    """A number as English texts give it: 102.09 billion, 13,000."""
    for scale, word in _SCALES:
        if abs(value) >= scale:
            return f"{_plain(value / scale)} {word}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    digits = f"{value:,f}"
    return digits.rstrip("0").rstrip(".") if "." in digits and value == value.to_integral_value() else digits
