"""What time a figure is of: the words of its clause, of its sentence, and what the passage tells.

>>> frame = Frame(None, 2024, "actual", 2025)
>>> text = "2024年末常住人口312万人，比2020年增长5%；上半年新增2家，“十四五”以来累计建成9个。"
>>> for word in find_times(text, frame): print(text[word.start:word.end], word.period, word.compared)
... # doctest: +NORMALIZE_WHITESPACE
2024年末 Period(kind='point', start=2024, end=2024, part=None) False
2020年 Period(kind='year', start=2020, end=2020, part=None) True
上半年 Period(kind='part', start=2024, end=2024, part='H1') False
“十四五”以来 Period(kind='span', start=2021, end=2024, part=None) False
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from rag.language import YearSpan, find_years, load_toml, parse_numeral
from rag.schema import Period, Status

_SHIFTS = {"year_before": -1, "before_last": -2, "last": -1, "this": 0, "next": 1}
_OPENS = 3  # characters before the time that a sentence opens with


@dataclass(frozen=True, slots=True)
class Frame:
    """What the passage tells of time, `first` to `year` or one year, and the document's own year."""

    first: int | None
    year: int | None
    status: Status
    own: int | None
    part: str | None = None  # of the year, where the whole document tells of a part (a half-year's report)

    @property
    def period(self) -> Period:
        """The period of a figure whose words name none."""
        if self.year is None:
            return Period()
        if self.part and self.status == "actual":
            return Period("part", self.year, self.year, self.part)
        return Period("year", self.year, self.year)


@dataclass(frozen=True, slots=True)
class Time:
    """Words of time, from `start` to `end`; `compared` where a figure is only compared with that time."""

    start: int
    end: int
    period: Period
    compared: bool = False
    origin: bool = False  # where a change began (从2020年的3亿元)
    average: bool = False


@cache
def _data() -> dict[str, Any]:
    return load_toml("bind/periods.toml")


@cache
def _compiled(section: str, name: str) -> re.Pattern[str]:
    value = _data()[section][name]
    return re.compile("|".join(value) if isinstance(value, list) else value)


@lru_cache(maxsize=64)
def find_times(text: str, frame: Frame) -> tuple[Time, ...]:
    """Every word of time of a sentence, in order; what stands inside another one is left out."""
    found = [time for span in find_years(text) if (time := _named(text, span, frame))]
    found += _relative(text, frame)
    found += _counted(text, frame)
    found.sort(key=lambda time: (time.start, -time.end))
    kept: list[Time] = []
    for time in found:
        if kept and (time.start < kept[-1].end or text[kept[-1].end : time.start] in ("", "的")):
            continue  # 1953年至1980年的二十八年间
        kept.append(time)
    return tuple(_with_parts(text, _ranges(text, kept), frame))


def _ranges(text: str, times: list[Time]) -> list[Time]:
    """Joins two years to a period where a word does: 一九五三年至一九八〇年."""
    found: list[Time] = []
    for time in times:
        last = found[-1] if found else None
        joined = last and re.fullmatch(r"年?\s*[至到—–~-]+\s*", text[last.end : time.start])
        if last and joined and last.period.end and time.period.end and last.period.end < time.period.end:
            found[-1] = Time(last.start, time.end, Period("span", last.period.end, time.period.end))
        else:
            found.append(time)
    return found


def _named(text: str, span: YearSpan, frame: Frame) -> Time | None:
    """A year or a period that is told by its number or its name."""
    if _compiled("plan_names", "after").search(text[span.end :]) and span.first != span.last:
        return None
    before, after = text[: span.start].rstrip("“"), text[span.end :]
    if since := re.match(r"[”\"]?以来", after):
        last = max(
            span.first,
            min(span.last, frame.year or span.last) if span.first != span.last else frame.year or span.last,
        )
        return Time(span.start, span.end + since.end(), Period("span", span.first, last))
    compared = bool(
        _compiled("compared", "before").search(before) or _compiled("compared", "after").search(after)
    )
    origin = bool(_compiled("compared", "origin").search(before))
    end = re.compile(r"年?[底末]|期?末|年末").match(after.lstrip("”"))
    if end and end[0]:
        stop = span.end + len(after) - len(after.lstrip("”")) + end.end()
        return Time(span.start, stop, Period("point", span.last, span.last), compared, origin)
    if span.first != span.last:
        return Time(span.start, span.end, Period("span", span.first, span.last), compared, origin)
    point = _compiled("point", "before").search(before)
    return Time(
        span.start, span.end, Period("point" if point else "year", span.last, span.last), compared, origin
    )


def _relative(text: str, frame: Frame) -> list[Time]:
    """去年, 今年: counted from the document's own year."""
    if frame.own is None or frame.year is None:
        return []
    found = []
    for match in _compiled("relative", "whole").finditer(text):
        found.append(Time(match.start(), match.end(), Period("year", frame.year, frame.year)))
    for name, shift in _SHIFTS.items():
        for match in _compiled("relative", name).finditer(text):
            year = frame.year - 1 if name == "year_before" else frame.own + shift
            before, after = text[: match.start()], text[match.end() :]
            compared = bool(
                _compiled("compared", "before").search(before) or _compiled("compared", "after").search(after)
            )
            origin = bool(_compiled("compared", "origin").search(before))
            found.append(Time(match.start(), match.end(), Period("year", year, year), compared, origin))
    return found


def _counted(text: str, frame: Frame) -> list[Time]:
    """五年来, 近三年: up to the year of the passage."""
    if frame.year is None:
        return []
    found = []
    for name in ("counted", "growing"):
        for match in _compiled("span", name).finditer(text):
            number = _count(next(group for group in match.groups() if group))
            if 2 <= number <= 30:
                period = Period("span", frame.year - number + 1, frame.year)
                found.append(Time(match.start(), match.end(), period))
    for match in _compiled("span", "term").finditer(text):
        if frame.first:
            found.append(Time(match.start(), match.end(), Period("span", frame.first, frame.year)))
    return found


def _count(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else int(parse_numeral(numeral))


def _with_parts(text: str, times: list[Time], frame: Frame) -> list[Time]:
    """Adds the parts of years: of the year right before them, else of the passage's."""
    found = list(times)
    for start, end, name in _parts(text):
        holder = next(
            (t for t in times if t.end <= start and not text[t.end : start].strip("年的全，,")), None
        )
        year = holder.period.end if holder else frame.year
        if year is None or any(t.start <= start < t.end for t in times):
            continue
        time = Time(holder.start if holder else start, end, Period("part", year, year, name))
        if holder:
            found.remove(holder)
            time = replace(time, compared=holder.compared, origin=holder.origin)
        found.append(time)
    return sorted(found, key=lambda time: time.start)


def _parts(text: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for rule in _data()["part"]["rules"]:
        found += [(m.start(), m.end(), rule["name"]) for m in re.finditer(rule["pattern"], text)]
    for match in _compiled("part", "months").finditer(text):
        first, last = int(match["from"] or match["one"]), int(match["to"] or match["one"])
        if match["one"] and 1 <= first <= 12:
            found.append((match.start(), match.end(), f"{first:02}"))
        elif 1 <= first < last < 12 and not any(low <= match.start() < high for low, high, _ in found):
            found.append((match.start(), match.end(), f"{first:02}-{last:02}"))
    found.sort()
    return [part for i, part in enumerate(found) if i == 0 or part[0] >= found[i - 1][1]]


@lru_cache(maxsize=1024)
def part_of_year(title: str) -> str | None:
    """The part of a year that a title names: of a report on a half-year.

    >>> part_of_year("关于2007年上半年计划执行情况的报告"), part_of_year("2007年政府工作报告")
    ('H1', None)
    """
    parts = _parts(title)
    return parts[0][2] if parts else None


def opening_time(sentence: str, times: tuple[Time, ...]) -> Time | None:
    """The time that a sentence opens with, which holds for those behind it that name none."""
    first = times[0] if times else None
    opens = first is not None and first.start <= _OPENS and not first.compared
    return first if first and opens and first.period.kind in ("year", "part") else None


def averages(text: str) -> tuple[int, ...]:
    """Where words stand that make a figure one per year (年均)."""
    return tuple(match.start() for match in _compiled("average", "words").finditer(text))
