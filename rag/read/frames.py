"""Which year a part of a document speaks of, and whether it reviews or plans, by kind and headings.

>>> base = base_frame("work_report", 2025)
>>> review = heading_frame("一、2024年工作回顾", "work_report", 2025)
>>> review.own, heading_frame("二、2025年总体要求和主要目标", "work_report", 2025).own
(Frame(year=2024, status='actual', first=None), Frame(year=2025, status='planned', first=None))
>>> base_frame("outline", 2021)
Frame(year=2025, status='planned', first=2021)
>>> heading_frame("一、过去五年工作回顾", "work_report", 2023).own
Frame(year=2022, status='actual', first=2018)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from rag.language import (
    YearSpan,
    find_years,
    load_toml,
    normalize,
    parse_english_numeral,
    parse_numeral,
)
from rag.schema import Kind, Status

FORWARD: tuple[Kind, ...] = ("plan", "work_report", "budget")  # review the past year and plan their own
_SENTENCE = 120  # characters of a paragraph that tell what it turns to
_PERIOD = 4  # years from the first to the last of a five-year plan
_MOST_YEARS = 20  # that a heading counts (过去十年)


@dataclass(frozen=True, slots=True)
class Frame:
    """The year that a part speaks of (None where it cannot be told) and its status.

    Where it speaks of several years together, `first` is the first and `year` the last of them.
    """

    year: int | None
    status: Status
    first: int | None = None


@dataclass(frozen=True, slots=True)
class HeadingFrame:
    """What a heading says: of its own part, and of the parts of its level behind it.

    The two differ where it names a review and a plan (1998年工作回顾和1999年工作的总体要求).
    """

    own: Frame
    after: Frame

    @property
    def mixed(self) -> bool:
        """Whether its part turns from one to the other somewhere inside."""
        return self.own != self.after


@cache
def frame_data() -> dict[str, dict[str, list[str]]]:
    """The language data of this module (`data/frames.toml`)."""
    return load_toml("read/frames.toml")


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{word})" for word in frame_data()[name]["words"]))


@cache
def _turns(status: Status) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{words})" for words in frame_data()["turn"][status]))


def base_frame(kind: Kind, year: int | None, title: str = "") -> Frame:
    """What a document of a kind and year speaks of where no heading says it.

    >>> base_frame("budget", 2025, "关于2025年上半年预算执行情况的报告")
    Frame(year=2025, status='actual', first=None)
    >>> base_frame("outline", 2021, "青禾市国土空间总体规划(2021—2035年)")
    Frame(year=2035, status='planned', first=2021)
    """
    if kind == "outline":
        return _outline_frame(year, title)
    if kind == "work_report":
        return Frame(year - 1 if year else None, "actual")
    if kind in ("plan", "budget") and not tells_own_year(kind, title):
        cues = set(_cues(normalize(title)))
        if cues == {"actual", "planned"}:
            return Frame(year - 1 if year else None, "actual")
        return Frame(year, "actual" if cues == {"actual"} else "planned")
    return Frame(year, "actual")


def tells_own_year(kind: Kind, title: str) -> bool:
    """Whether a document tells of its own year and not of the one before: bulletins, accounts, half-years.

    >>> tells_own_year("budget", "青禾市2023年决算草案的报告"), tells_own_year("plan", "青禾市2024年计划")
    (True, False)
    """
    return kind in ("bulletin", "other") or bool(_words("own_year").search(normalize(title)))


def heading_status(text: str) -> Status | None:
    """Whether a heading or title reviews or plans by its words; the first of both, None without any.

    >>> [heading_status(text) for text in ("一、计划执行情况", "二、主要目标", "三、综合")]
    ['actual', 'planned', None]
    """
    cues = _cues(text)
    return cues[0] if cues else None


def _cues(text: str) -> list[Status]:
    """Every telling word of a heading in order, as what it tells."""
    found: list[tuple[int, Status]] = []
    taken = [False] * len(text)
    for match in _words("actual").finditer(text):
        found.append((match.start(), "actual"))
        taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    for match in _words("planned").finditer(text):
        if not any(taken[match.start() : match.end()]):
            found.append((match.start(), "planned"))
    return [status for _, status in sorted(found)]


def heading_frame(text: str, kind: Kind, year: int | None, tells_own: bool = False) -> HeadingFrame | None:
    """What a heading says of the document of `kind` and `year`; None where it says nothing.

    `tells_own`: the document tells of its own year (see `tells_own_year`).
    """
    if kind == "bulletin":
        return None
    bare = re.sub(r"《[^》]*》", "", normalize(text))
    cues = _cues(bare)
    if kind == "outline" and not cues:
        return None
    last_told = year if year is None or tells_own or kind == "other" else year - 1
    years = [span for span in find_years(bare) if not _is_name(span, bare)]
    if not cues and years and last_told and kind in FORWARD:
        cues = ["actual" if max(span.last for span in years) <= last_told else "planned"]
    if not cues:
        return None
    if year and last_told:
        years += _counted_years(bare, year, last_told)
    return HeadingFrame(*(_frame_for(status, years, kind, year, last_told) for status in (cues[0], cues[-1])))


def _outline_frame(year: int | None, title: str) -> Frame:
    """The period of an outline: what its title names, five years where it names none."""
    if year is None:
        return Frame(None, "planned")
    named = [span.last for span in find_years(title) if span.first == year and span.last > year]
    return Frame(named[0] if named else year + _PERIOD, "planned", year)


@cache
def _counts(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(word) for word in frame_data()[name]["words"])


def _counted_years(text: str, year: int, last_told: int) -> list[YearSpan]:
    """The years that a heading counts from the document's own: 过去五年, 今后三年."""
    found = []
    for name, ahead in (("years_past", False), ("years_ahead", True)):
        for match in (match for pattern in _counts(name) for match in pattern.finditer(text)):
            count = _number(match["n"])
            if 0 < count <= _MOST_YEARS:
                span = (year, year + count - 1) if ahead else (last_told - count + 1, last_told)
                found.append(YearSpan(match.start(), match.end(), *span))
    return found


def names_time(heading: str) -> bool:
    """Whether a heading says by its words which time its part is about.

    >>> names_time("（二）“十四五”时期发展成就"), names_time("（三）高质量完成“十四五”目标任务")
    (True, False)
    """
    text = normalize(heading)
    counted = (pattern for name in ("years_past", "years_ahead") for pattern in _counts(name))
    return bool(_words("names_time").search(text)) or any(pattern.search(text) for pattern in counted)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return int(parse_english_numeral(text) if text.isascii() else parse_numeral(text))


def _is_name(span: YearSpan, text: str) -> bool:
    """Whether a period only names what a part is about and not when (落实“十四五”规划的措施)."""
    names = re.match("规划|计划|纲要", text[span.end :])
    return bool(names) and not re.search("回顾|执行|成[就效]", text)


def _frame_for(
    status: Status, years: Sequence[YearSpan], kind: Kind, year: int | None, last_told: int | None
) -> Frame:
    """The years of a part: a review's are the last up to the document's own, a plan's the first from it on.

    Where one year and several stand beside each other (2022年和过去五年工作回顾), the one year counts.
    """
    if year is None or last_told is None:
        return _frame_of(years[-1:], status, None)
    if status == "actual":
        begun = [_up_to(span, last_told) for span in years]
        told = [span for span in begun if span.last <= last_told] or [x for x in begun if x.last <= year]
        latest = max((span.last for span in told), default=last_told)
        return _frame_of([span for span in told if span.last == latest], status, last_told)
    ahead = [span for span in years if span.last >= year]
    if kind == "outline":
        latest = max((span.last for span in ahead), default=year + _PERIOD)
        own = YearSpan(0, 0, year, year + _PERIOD)
        return _frame_of([span for span in (*ahead, own) if span.last == latest], status, year)
    single = [span for span in ahead if span.first == span.last]
    nearest = min(single or ahead, key=lambda span: span.last, default=None)
    return _frame_of([nearest] if nearest else [], status, year)


def _up_to(span: YearSpan, last: int) -> YearSpan:
    """Of a period that is not over yet, what is (“十四五”以来 in its third year)."""
    return replace(span, last=last) if span.first < last < span.last else span


def _frame_of(spans: Sequence[YearSpan], status: Status, otherwise: int | None) -> Frame:
    """The frame of spans that end in the same year."""
    if not spans:
        return Frame(otherwise, status)
    first, last = max(span.first for span in spans), spans[0].last
    return Frame(last, status, first if first < last else None)


def orders(heading: str) -> bool:
    """Whether a heading orders something, behind its number.

    >>> orders("加快建立社会主义市场经济体制的改革步伐"), orders("综合")
    (True, False)
    """
    return bool(_words("orders").match(normalize(heading)))


def turn_of(paragraph: str) -> Status | None:
    """What a paragraph turns to with its first sentence: a review, a plan, or nothing.

    >>> turn_of("过去一年,全市地区生产总值增长5%。"), turn_of("今年经济社会发展的主要预期目标是:增长5%。")
    ('actual', 'planned')
    """
    for status in ("actual", "planned"):
        if _turns(status).match(normalize(paragraph[:_SENTENCE])):
            return status
    return None
