"""A target and an outturn of the same thing -> whether it was met, as far as the two say so.

A target reaches as far as its words say: 以上 is a least, 以内 a most, 左右 what comes as near as the digits
it shows, a range its bounds; without a word it is a least, or a most where less is better (失业率).

>>> from rag.language import find_quantities
>>> judge_amounts(find_quantities("5%左右")[0], find_quantities("4.8%")[0], "城镇化率")
'met'
>>> judge_amounts(find_quantities("5.5%以内")[0], find_quantities("5.6%")[0], "城镇调查失业率")
'missed'
>>> judge_amounts(find_quantities("1000亿元以上")[0], find_quantities("超980亿元")[0], "投资")
'open'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rag.language import direction, kind_of, load_toml
from rag.schema import Quantity, Statement

Judgement = Literal["met", "missed", "open"]
_NEARNESS = Decimal("0.1")  # of itself is the most by which 左右 may differ
_ENDLESS = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Reach:
    """All amounts from `low` to `high`, with both."""

    low: Decimal
    high: Decimal

    def holds(self, other: Reach) -> bool:
        """Whether all of another lies in it."""
        return self.low <= other.low and other.high <= self.high

    def touches(self, other: Reach) -> bool:
        """Whether some of another lies in it."""
        return self.low <= other.high and other.low <= self.high

    def turned(self) -> Reach:
        """The same amounts with the other sign: a decline as a growth."""
        return Reach(-self.high, -self.low)


def judge(target: Statement, outturn: Statement) -> Judgement:
    """Whether an outturn meets a target of the same thing; "open" where the two do not tell."""
    turned = (target.measure == "decline") != (outturn.measure == "decline")
    what = "" if target.measure == "decline" else f"{target.subject} {outturn.subject}"
    return judge_amounts(target.quantity, outturn.quantity, what, turned)


def judge_amounts(target: Quantity, outturn: Quantity, subject: str, turned: bool = False) -> Judgement:
    """Judges by the amounts alone; `turned`: one of them is a decline and the other a growth."""
    if kind_of(target) != kind_of(outturn) or not (_is_plain(target) and _is_plain(outturn)):
        return "open"
    wanted, reached = _wanted(target, less_is_better(subject)), _reached(outturn)
    if turned:
        reached = reached.turned()
    if wanted.holds(reached):
        return "met"
    return "open" if wanted.touches(reached) else "missed"


def less_is_better(subject: str) -> bool:
    """Whether a thing is better the less there is of it, such as unemployment."""
    rule = load_toml("ledger/series.toml")["lower"]
    found = re.search(rule["pattern"], subject, re.IGNORECASE)
    return bool(found) and not re.search(rule["unless"], subject, re.IGNORECASE)


def _is_plain(quantity: Quantity) -> bool:
    """Whether it is one amount, or a range of such."""
    bounds = (quantity.value, quantity.magnitude, *filter(None, (quantity.upper,)))
    return not quantity.terms and all(bound.is_finite() for bound in bounds)


def _wanted(target: Quantity, less: bool) -> Reach:
    low, high = _bounds(target)
    group = direction(target.qualifier)
    if group in ("about", "near"):
        low, high = low - _nearness(target), high + _nearness(target)
    if group == "below" or (group != "above" and less):
        return Reach(-_ENDLESS, high)
    return Reach(low, _ENDLESS)


def _reached(outturn: Quantity) -> Reach:
    low, high = _bounds(outturn)
    group = direction(outturn.qualifier)
    if group == "above":
        return Reach(low, _ENDLESS)
    if group == "below":
        return Reach(-_ENDLESS, high)
    if group in ("about", "near"):
        return Reach(low - _nearness(outturn), high + (_nearness(outturn) if group == "about" else 0))
    return Reach(low, high)


def _bounds(quantity: Quantity) -> tuple[Decimal, Decimal]:
    if quantity.upper is None:
        return quantity.magnitude, quantity.magnitude
    scale = quantity.magnitude / quantity.value if quantity.value else Decimal(1)
    low, high = sorted((quantity.magnitude, quantity.upper * scale))
    return low, high


def _nearness(quantity: Quantity) -> Decimal:
    """Half of the last digit shown, of the zeros at the end none, and not more than a tenth.

    >>> from rag.language import find_quantities
    >>> [str(_nearness(find_quantities(text)[0])) for text in ("260座左右", "2000座左右", "5%左右")]
    ['5', '200.0', '0.5']
    """
    if not quantity.value:
        return Decimal(0)
    scale = abs(quantity.magnitude / quantity.value)
    exponent = quantity.value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return min(Decimal("0.5").scaleb(exponent) * scale, _NEARNESS * abs(quantity.magnitude))
