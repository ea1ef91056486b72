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
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from rag.bind.periods import Frame, Time
from rag.language import find_years, load_toml, parse_english_numeral, plan_period
from rag.schema import Period, PeriodKind

_FLAGS = re.IGNORECASE
_SHARED = re.compile(r"(?:%|\bper\s?cent)\s*$", _FLAGS)
_NEAR = re.compile(r"\s*,?\s*(?:of\s+)?(?:the\s+)?$", _FLAGS)


@cache
def time_data() -> dict[str, Any]:
    """What is known of words of time in English."""
    return load_toml("bind/english_time.toml")


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """A pattern of the data, with the lists of words that it names filled in."""
    value = time_data()[section][name]
    text = "|".join(value) if isinstance(value, list) else value
    for word, names in time_data()["words"].items():
        text = text.replace("{" + word + "}", f"(?:{names})")
    return re.compile(_once(text), _FLAGS)


def _once(text: str) -> str:
    """A group's name may stand once in a pattern: of its further ones the number is enough."""
    parts = text.split("(?P<n>")
    return parts[0] + "".join(f"(?P<n{i or ''}>{part}" for i, part in enumerate(parts[1:]))


def find_english_times(sentence: str, frame: Frame) -> tuple[Time, ...]:
    """Every word of time of a sentence, in order, each with the words before it that belong to it."""
    cores = sorted(_cores(sentence, frame), key=lambda time: (time.start, -time.end))
    kept: list[Time] = []
    for time in cores:
        if kept and time.start < kept[-1].end:
            continue
        if kept and (joined := _joined(sentence, kept[-1], time)):
            kept[-1] = joined
            continue
        kept.append(time)
    return tuple(_led(sentence, time, frame) for time in kept)


def _cores(sentence: str, frame: Frame) -> Iterator[Time]:
    for span in find_years(sentence):
        if not re.search("five-year|plan", sentence[span.start : span.end], _FLAGS):  # told below
            kind: PeriodKind = "span" if span.first != span.last else "year"
            yield Time(span.start, span.end, Period(kind, span.first, span.last))
    for section, base in (("year", frame.own), ("passage", frame.year)):
        for rule in time_data()[section]["rule"]:
            for match in re.finditer(rule["pattern"], sentence, _FLAGS):
                if base is not None:
                    year = base + rule["shift"]
                    yield Time(match.start(), match.end(), Period("year", year, year))
    for match in pattern("fiscal", "pattern").finditer(sentence):
        yield Time(match.start(), match.end(), Period("year", int(match["year"]), int(match["year"])))
    yield from _several(sentence, frame)
    yield from _plans(sentence, frame)
    if frame.year is not None:
        for start, end, name in _parts(sentence):
            yield Time(start, end, Period("part", frame.year, frame.year, name))


def _several(sentence: str, frame: Frame) -> Iterator[Time]:
    for match in pattern("several", "past").finditer(sentence):
        if frame.year is not None and (count := _count(match)) <= 30:
            yield Time(match.start(), match.end(), Period("span", frame.year - count + 1, frame.year))
    for match in pattern("several", "term").finditer(sentence):
        if frame.year is not None:
            yield Time(match.start(), match.end(), Period("span", frame.year - _count(match) + 1, frame.year))
    for match in pattern("several", "next").finditer(sentence):
        if frame.own is not None and (count := _count(match)) <= 30:
            yield Time(match.start(), match.end(), Period("span", frame.own, frame.own + count - 1))


def _count(match: re.Match[str]) -> int:
    return _number(next(group for group in match.groups() if group))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else int(parse_english_numeral(word))


def _plans(sentence: str, frame: Frame) -> Iterator[Time]:
    """Five-year plans as times; what is told to have happened in one ends with the year of the passage."""
    for match in pattern("plan", "pattern").finditer(sentence):
        if pattern("plan", "not_after").match(sentence, match.end()):
            continue
        if not pattern("plan", "lead").search(sentence[: match.start()]):
            continue
        years = plan_period(_ordinal(match["nth"]))
        if not years:
            continue
        first, last = years
        if match["first"]:
            last = first + _number(match["first"]) - 1
        if frame.year is not None and frame.status == "actual" and first <= frame.year:
            last = min(last, frame.year)
        yield Time(match.start(), match.end(), Period("span", first, last))


def _ordinal(word: str) -> int:
    digits = re.match(r"\d+", word)
    ordinals = time_data()["words"]["ordinal"].split("|")
    return int(digits[0]) if digits else ordinals.index(word.lower()) + 1


def _parts(sentence: str) -> Iterator[tuple[int, int, str]]:
    for rule in time_data()["part"]["rules"]:
        for match in re.finditer(rule["pattern"], sentence, _FLAGS):
            yield match.start(), match.end(), rule["name"]
    for match in pattern("part", "first").finditer(sentence):
        if 1 < _number(match["n"]) < 12:
            yield match.start(), match.end(), f"01-{_number(match['n']):02}"
    months = time_data()["words"]["month"].lower().split("|")
    for match in pattern("part", "months").finditer(sentence):
        low, high = months.index(match["from"].lower()) + 1, months.index(match["to"].lower()) + 1
        if low < high:
            yield match.start(), match.end(), f"{low:02}-{high:02}"
    for match in pattern("part", "month").finditer(sentence):
        yield match.start("one"), match.end(), f"{months.index(match['one'].lower()) + 1:02}"


def _joined(sentence: str, one: Time, other: Time) -> Time | None:
    """A part and the year beside it, or two years of a range, as one time."""
    between = sentence[one.end : other.start]
    if one.period.kind == "part" and other.period.kind == "year" and _NEAR.fullmatch(between):
        year = other.period.end
        return Time(one.start, other.end, Period("part", year, year, one.period.part))
    years = one.period.kind == other.period.kind == "year"
    if years and re.fullmatch(r"\s*(?:to|through|and|-|–|—)\s*", between):
        led = re.search(r"\b(?:from|between)\s+(?:the\s+)?$", sentence[: one.start], _FLAGS)
        first, last = one.period.end, other.period.end
        if first and last and first < last and (led or "and" not in between):
            return Time(one.start, other.end, Period("span", first, last))
    return None


def _led(sentence: str, time: Time, frame: Frame) -> Time:
    """A time with the words before it that belong to it, which may make it a point or a comparison."""
    before = sentence[: time.start]
    match = pattern("lead", "words").search(before)
    start = match.start() if match else time.start
    of_it = before[start:].lower().startswith("of")
    if of_it and _SHARED.search(before[:start]):  # 70% of last year's budget is no share of a time
        start = time.start
    core = sentence[time.start : time.end].lower()
    past = (
        core.startswith("past")
        or time.period.kind in ("span", "part")
        or "whole" in core
        or core == "the year"
    )
    compared = not past and bool(pattern("lead", "compared").search(before))
    period = time.period
    if pattern("since", "lead").search(before) and period.end is not None and not compared:
        last = max(period.end, frame.year or period.end)
        period = Period("span", period.start, last)
    elif period.kind != "part" and pattern("lead", "point").search(before):
        period = Period("point", period.end, period.end)
    return replace(time, start=start, period=period, compared=compared)
