"""Which figures are no statements: thresholds, durations, names and slogans.

>>> from rag.language import find_quantities
>>> text = "新开工10亿元以上制造业项目248个，耕地总量连续3年净增加"
>>> [(q.text, is_noise(text, q)) for q in find_quantities(text)]
[('10亿元', True), ('248个', False), ('3年', True)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rag.language import load_toml
from rag.schema import Quantity

_REACH = 12  # characters around a figure that tell


@dataclass(frozen=True, slots=True)
class _Rule:
    unit: re.Pattern[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            re.compile(rule["unit"]),
            re.compile(rule["before"]) if "before" in rule else None,
            re.compile(rule["after"]) if "after" in rule else None,
        )
        for rule in load_toml("bind/noise.toml")["rule"]
    )


def is_noise(sentence: str, quantity: Quantity) -> bool:
    """Whether a figure of a sentence is worth no row."""
    before = sentence[max(0, quantity.start - _REACH) : quantity.start]
    after = sentence[quantity.end : quantity.end + _REACH]
    return _quoted(sentence, quantity) or any(
        rule.unit.search(quantity.unit)
        and (rule.before is None or rule.before.search(before))
        and (rule.after is None or rule.after.match(after))
        for rule in _rules()
    )


def _quoted(sentence: str, quantity: Quantity) -> bool:
    opening = sentence.rfind("“", 0, quantity.start)
    closing = sentence.find("”", quantity.end)
    if opening < 0 or closing < 0 or "”" in sentence[opening : quantity.start]:
        return False
    return bool(closing - opening - 1 <= load_toml("bind/noise.toml")["quoted"]["longest"])
