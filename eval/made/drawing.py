"""The value of a figure: one that fits what the document told before of the same thing.

A key is (thing, place, period, planned, entity): whatever is told of it again is told with the same figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eval.made.truth import Period
from eval.made.values import Value, Values

Key = tuple[str, str, Period, bool, str]
_PARTS = {  # of a year's amount
    "Q1": (0.18, 0.26),
    "Q3": (0.22, 0.28),
    "H1": (0.42, 0.52),
    "01-09": (0.68, 0.77),
    "01-10": (0.76, 0.86),
    "01-11": (0.85, 0.94),
}
_COUNTS = {  # things that need no indicator: unit, lowest, highest, decimals
    "projects": ("个", 5, 240, 0),
    "enterprises": ("家", 2, 24, 0),
    "visits": ("万人次", 1, 60, 1),
    "few": ("家", 1, 9, 0),
    "sum1": ("亿元", 5, 80, 2),
    "sum2": ("亿元", 1, 9, 2),
    "sum3": ("亿元", 90, 400, 2),
}
_YEARS = 4.2  # years' amounts that five years make together


def draw_value(
    values: Values,
    measure: str,
    key: Key,
    indicator: Mapping[str, Any],
    words: Mapping[str, str],
    scale: float,
) -> Value:
    """The figure of a measure; `scale`: the place's beside the document's."""
    extra, planned = (words.get("of"), words.get("flow")), key[3]
    if measure in _COUNTS:
        return values.number((*key, measure), *_COUNTS[measure])
    if measure == "from":
        return values.before((*key, "to"), values.level((*_now(key, words), "to"), indicator, scale))
    if measure == "to":
        return values.level((*key, "to"), indicator, scale)
    if measure == "level":
        return _level(values, key, indicator, extra, scale)
    if measure in {"growth", "decline"}:
        return values.change((*key, extra[0], measure), planned)
    if measure in {"points", "down", "gap"}:
        return values.points((*key, extra, measure))
    if measure in {"share", "shareto"}:
        done = extra[0] == "预算"
        return values.share((*key, extra[0]), 96 if done else 8, 108 if done else 62)
    if measure == "sharefrom":
        return values.earlier(values.share((*_now(key, words), extra[0])))
    if measure in {"some", "more", "fewer"}:
        return values.fraction(
            (*key, measure), _level(values, key, indicator, (None, None), scale), 0.04, 0.3
        )
    if measure in {"levels", "cut"}:
        draw = values.level_range if measure == "levels" else values.level
        return draw((*key, measure), indicator)
    simple = {"rank": values.rank, "times": values.times, "range": values.growth_range}
    return simple[measure](key)


def _now(key: Key, words: Mapping[str, str]) -> Key:
    """The key of the amount that an earlier one rose to."""
    name, place, period, planned, entity = key
    now = period.end - int(words["year"])
    return name, place, Period("year", now, now), planned, entity


def _level(
    values: Values, key: Key, indicator: Mapping[str, Any], extra: tuple[str | None, str | None], scale: float
) -> Value:
    """An amount that fits those it is a part of: the whole year's, the whole's."""
    name, place, period, planned, entity = key
    if "whole" in indicator:
        whole = (indicator["whole"], place, period, planned, entity, extra)
        return values.fraction((*key, extra), values.level(whole, indicator, scale), 0.09, 0.46)
    if period.part:
        year = (name, place, Period("year", period.start, period.end), planned, entity, extra)
        return values.fraction((*key, extra), values.level(year, indicator, scale), *_PARTS[period.part])
    return values.level((*key, extra), indicator, scale * (_YEARS if period.kind == "span" else 1))
