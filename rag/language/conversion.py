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
    """The amount in English, its qualifier included; None for a unit that has no English name."""
    data: dict[str, Any] = load_toml("language/quantity_en.toml")
    unit, scale = _split_unit(quantity.unit)
    name = "" if quantity.unit_class.startswith("count:") else data["units"].get(unit)
    if name is None:
        return None
    amount = _told(quantity.value * scale)
    if quantity.upper is not None:
        amount = f"{amount} to {_told(quantity.upper * scale)}"
    amount = f"{amount} {name}".rstrip()
    told = data["qualified"]
    if quantity.qualifier in told["or_more"]:
        return str(told["or_more_told"]).format(amount)
    group = direction(quantity.qualifier)
    return str(told[group]).format(amount) if group else amount


def _split_unit(unit: str) -> tuple[str, Decimal]:
    """万人 is ten thousand of 人."""
    multipliers = load_toml("language/quantity.toml")["numerals"]["multipliers"]
    known = load_toml("language/quantity_en.toml")["units"]
    for word in sorted(multipliers, key=len, reverse=True):
        if unit.startswith(word) and unit not in known:
            return unit[len(word) :], Decimal(multipliers[word])
    return unit, Decimal(1)


def _told(value: Decimal) -> str:
    """A number as English texts give it: 102.09 billion, 13,000."""
    for scale, word in _SCALES:
        if abs(value) >= scale:
            return f"{_plain(value / scale)} {word}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    digits = f"{value:,f}"
    return digits.rstrip("0").rstrip(".") if "." in digits and value == value.to_integral_value() else digits
