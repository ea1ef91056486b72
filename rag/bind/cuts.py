"""Cuts off a subject what is no part of it: marks of lists, words of time.

>>> cut_time("一是2025年末常住人口"), cut_ending("常住人口由上年")
('常住人口', '常住人口')
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from rag.bind.words import strip_head
from rag.language import load_toml


def cuts_data() -> dict[str, Any]:
    """The patterns of `bind/cuts.toml`."""
    return load_toml("bind/cuts.toml")


@cache
def _opening() -> re.Pattern[str]:
    data = cuts_data()
    return re.compile("(?:" + "|".join([*data["marks"]["words"], *data["times"]["words"]]) + ")")


@cache
def _ending() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(cuts_data()["endings"]["words"]) + ")$")


def cut_time(text: str) -> str:
    """Takes marks of lists and words of time off the beginning of a stretch, and time off its end."""
    kept = text
    while True:
        match = _opening().match(kept)
        shorter = cut_ending((kept[match.end() :] if match else kept).lstrip(" ，,、：:的"))
        if shorter == kept:
            return kept
        kept = shorter


def bare_noun(text: str) -> str:
    """A stretch without anything at its beginning that is no part of a name: 计划到2027年建成充电桩."""
    kept = text
    while (shorter := strip_head(cut_time(kept))) != kept:
        kept = shorter
    return kept


def cut_ending(text: str) -> str:
    """Takes words of time off the end of a stretch."""
    match = _ending().search(text)
    return text[: match.start()] if match and match[0] else text
