r"""Digits of an English text that are names, dates or labels: hidden before figures are read.

>>> hide_labels("In 2023, Line 6 served 3 million people").replace("\0", "_")
'In ____, ______ served 3 million people'
"""

from __future__ import annotations

import re
from functools import cache

from rag.language.english_context import FLAGS, data, unit_pattern

_NEAR = 24  # characters before a year that tell that it is one


@cache
def _labels() -> re.Pattern[str]:
    masks = data()["masks"]
    filled = (
        p.replace("{month}", masks["months"]).replace("{unit}", unit_pattern()) for p in masks["patterns"]
    )
    return re.compile("|".join(filled), FLAGS)


@cache
def _year() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    masks = data()["masks"]
    counted = rf"[-\s]?(?:{unit_pattern()}|million|billion|thousand)"
    patterns = (masks["year"], counted, r"(?:rmb|cny|usd|[$¥€])\s*$", masks["year_before"])
    year, behind, currency, before = (re.compile(pattern, FLAGS) for pattern in patterns)
    return year, behind, currency, before


def hide_labels(folded: str) -> str:
    """A folded text with NUL in the place of every character of a label and of a year."""
    masked = _labels().sub(lambda m: "\0" * len(m.group()), folded)
    year, counted, currency, named = _year()

    def blank(match: re.Match[str]) -> str:
        before = masked[max(0, match.start() - _NEAR) : match.start()]
        if counted.match(masked, match.end()) or currency.search(before):
            return match.group()
        round_number = match.group().endswith("00")
        return match.group() if round_number and not named.search(before) and before.strip() else "\0" * 4

    return year.sub(blank, masked)
