"""Words of time in an English sentence.

>>> frame = Frame(None, 2017, "actual", 2018)
>>> for time in find_english_times("Over the past five years GDP grew; last year, up from 2012", frame):
...     print(time.period.kind, time.period.start, time.period.end, time.compared)
span 2013 2017 False
year 2017 2017 False
year 2012 2012 True
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from rag.bind.periods import Frame, Time
from rag.bind.slots import Slot
from rag.language import find_years, load_toml, parse_english_numeral
from rag.schema import RELATIVE, Measure, Period

_FLAGS = re.IGNORECASE


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_toml("bind/english.toml")["time"]
    return data


def find_english_times(sentence: str, frame: Frame) -> tuple[Time, ...]:
    """Every word of time of a sentence, in order."""
    found = [
        *_years(sentence),
        *_relative(sentence, frame),
        *_several(sentence, frame),
        *_parts(sentence, frame),
    ]
    return tuple(sorted(found, key=lambda time: time.start))


def _years(sentence: str) -> list[Time]:
    found = []
    for span in find_years(sentence):
        before = sentence[: span.start]
        compared = bool(re.search(_data()["compared"], before, _FLAGS))
        point = bool(re.search(_data()["point"], before, _FLAGS))
        kind = "span" if span.first != span.last else "point" if point else "year"
        first = span.first if kind == "span" else span.last
        period = (
            Period("span", first, span.last)
            if kind == "span"
            else Period("point" if point else "year", span.last, span.last)
        )
        found.append(Time(span.start, span.end, period, compared))
    return found


def _relative(sentence: str, frame: Frame) -> list[Time]:
    if frame.own is None:
        return []
    found = []
    for name, shift in (("last", -1), ("this", 0)):
        for match in re.finditer("|".join(_data()[name]), sentence, _FLAGS):
            compared = bool(re.search(_data()["compared"], sentence[: match.start()], _FLAGS))
            year = frame.own + shift
            found.append(Time(match.start(), match.end(), Period("year", year, year), compared))
    return found


def _several(sentence: str, frame: Frame) -> list[Time]:
    if frame.year is None:
        return []
    found = []
    for match in re.finditer("|".join(_data()["several"]), sentence, _FLAGS):
        number = int(parse_english_numeral(next(group for group in match.groups() if group)))
        found.append(Time(match.start(), match.end(), Period("span", frame.year - number + 1, frame.year)))
    return found


def _parts(sentence: str, frame: Frame) -> list[Time]:
    if frame.year is None:
        return []
    return [
        Time(match.start(), match.end(), Period("part", frame.year, frame.year, rule["name"]))
        for rule in _data()["parts"]
        for match in re.finditer(rule["pattern"], sentence, _FLAGS)
    ]


def governing_period(
    sentence: str, slot: Slot, times: Sequence[Time], frame: Frame, measure: Measure
) -> Period:
    """The period of a figure: by the words of time of its clause, of the sentence, or of its passage."""
    kept = [time for time in times if not time.compared]
    own = [time for time in kept if slot.clause.start <= time.start < slot.clause.end]
    ahead = [time for time in kept if time.start < slot.figure.start]
    time = own[-1] if own else ahead[-1] if ahead else None
    period = time.period if time else _of_frame(slot, frame, measure)
    clause = sentence[slot.clause.start : slot.clause.end]
    if re.search("|".join(_data()["average"]), clause, _FLAGS):
        if period.start == period.end and frame.first:
            return Period("average", frame.first, frame.year)
        return Period("average", period.start, period.end)
    if measure == "from" and period.start is not None:
        first = frame.first if frame.first and period.start == period.end else period.start
        return Period("point", first - 1, first - 1)
    stated = measure in ("to", "share", "rank") or (
        measure == "level" and slot.quantity.unit_class in RELATIVE
    )
    return Period("year", period.end, period.end) if period.kind == "span" and stated else period


def _of_frame(slot: Slot, frame: Frame, measure: Measure) -> Period:
    if frame.year is None or not frame.first or frame.first == frame.year:
        return frame.period
    summed = measure in ("growth", "decline") or (
        measure == "level" and slot.quantity.unit_class.startswith(("count", "person", "area", "length"))
    )
    return Period("span", frame.first, frame.year) if summed else frame.period
