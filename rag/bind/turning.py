"""The openings with which a review turns from one year to several, and back.

>>> frame = Frame(None, 2025, "actual", 2026)
>>> several = turn("这五年，我们全力推动高质量发展", frame)
>>> (several.first, several.year), turn("刚刚过去的2025年，全市上下迎难而上", several).first
((2021, 2025), None)
>>> turn("地区生产总值增长5%", frame) is None
True
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from rag.bind.periods import Frame
from rag.language import find_years, load_toml, parse_english_numeral, parse_numeral


@cache
def _openings(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in load_toml("bind/periods.toml")["turn"][name])


def turn(sentence: str, frame: Frame) -> Frame | None:
    """The frame that a sentence opens for what follows it; None where it opens none."""
    if frame.year is None or frame.status != "actual":
        return None
    if any(opening.match(sentence) for opening in _openings("one")):
        return replace(frame, first=None)
    for opening in _openings("several"):
        if match := opening.match(sentence):
            return _several(match, frame)
    return None


def _several(match: re.Match[str], frame: Frame) -> Frame:
    assert frame.year is not None
    groups = match.groupdict()
    if groups.get("n"):
        number = parse_english_numeral(groups["n"]) if groups["n"].isascii() else parse_numeral(groups["n"])
        return replace(frame, first=frame.year - int(number) + 1)
    span = find_years(f"“{groups['plan']}五”")
    return replace(frame, first=span[0].first) if span and span[0].first < frame.year else frame
