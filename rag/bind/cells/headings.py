"""A column's header -> what its figures are: noun, measure, time, status, unit, place.

>>> frame = Frame(None, 2026, "planned", 2026)
>>> heading = read_heading("全市 2025年预计完成数(亿元)", frame)
>>> heading.noun, heading.measure, heading.period.start, heading.status, heading.unit.text
('', 'level', 2025, 'estimated', '亿元')
>>> read_heading("占GDP比重(%)", frame).of, read_heading("比上年增长(%)", frame).measure
('GDP', 'growth')
>>> read_heading("2026年 目标增长%", frame).status, read_heading("占预算(%)", frame).status
('planned', None)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.bind.cells.units import Unit, take_unit
from rag.bind.cells.words import rule, says, without
from rag.bind.periods import Frame, Time, find_times
from rag.language import find_places, fold_width
from rag.schema import Certainty, Measure, Period

_BARE_YEAR = re.compile(r"(?<![\d.\-—–/])((?:19|20)\d\d)(?![\d年.\-—–/～~至])")
_EDGES = " 、,，;；:：/-—()（）.·的为占比较与和及"
_NOTHING = ("actual", "estimated", "planned", "empty", "scope")
_COMPARED = re.compile(
    r"(?:对比|相比|比|较|与|同)(?P<base>(?:\d{4}年)?[^年月\d]{0,6}?(?:预算|计划|完成|执行|决算|目标)数?)"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a header tells of its column's figures; `level` names a level of government (市本级)."""

    noun: str = ""
    measure: Measure = "level"
    period: Period | None = None
    status: Certainty | None = None
    unit: Unit | None = None
    place: str = ""
    level: str = ""
    of: str | None = None
    is_stock: bool = False
    before: bool = False  # as of the beginning of the year

    @property
    def is_relative(self) -> bool:
        """Whether the figures tell how those of another column changed, or what part they are."""
        return self.measure != "level"


@lru_cache(maxsize=4096)
def read_heading(header: str, frame: Frame) -> Heading:
    """Reads a header in the frame of its table; the levels of a header of several rows stand apart."""
    told, unit = take_unit(_BARE_YEAR.sub(r"\1年", fold_width(header)))
    times = tuple(time for time in find_times(told, frame) if not _in_noun(told, time))
    own = [time for time in times if not time.compared]
    period = own[0].period if own else None
    measure = _measure(told)
    status = read_certainty(told if measure == "level" else _without_base(told), period, frame)
    rest = told
    for time in reversed(times):
        rest = rest[: time.start] + (" " if time.start else "") + rest[time.end :]
    level = rule("level").search(rest)
    rest, place = _place(rule("level").sub("", rest))
    return Heading(
        noun=_noun(rest, measure),
        measure=measure,
        period=period,
        status=status,
        unit=unit,
        place=place,
        level=level[0] if level else "",
        of=_of(told, measure, times, period, frame),
        is_stock=says("stock", told),
        before=says("stock_before", told),
    )


def _in_noun(told: str, time: Time) -> bool:
    """Whether a word such as 上年 is part of what is counted: 上年结余收入 is income of this year."""
    words = told[time.start : time.end]
    joined = re.match(r"[结余转滚]|收[入支]|安排|用", told[time.end :])
    return words[-1] in "年期" and not words[0].isdigit() and joined is not None


def _measure(told: str) -> Measure:
    """The measure that the innermost level of a header names, or the whole where that names nothing."""
    if says("rank", told):
        return "rank"
    last = told.split(" ")[-1]
    if not without(("empty",), last).strip(_EDGES):
        last = told
    if says("growth", last) and not says("share", last):
        return "growth"
    if says("share", last):
        return "share"
    return "decline" if says("decline", last) else "level"


def read_certainty(text: str, period: Period | None, frame: Frame) -> Certainty | None:
    """How sure the words of a header or a caption say that its figures are.

    >>> frame = Frame(None, 2026, "planned", 2026)
    >>> [read_certainty(text, None, frame) for text in ("2025年预算执行数", "预算数", "预计数", "产量")]
    ['actual', 'planned', 'estimated', None]
    >>> read_certainty("2026年预计数", Period("year", 2026, 2026), frame)
    'planned'
    """
    ends = {
        status: max((match.end() for match in rule(status).finditer(text)), default=0)
        for status in ("planned", "actual")
    }
    if says("estimated", text):
        ahead = period and period.end and frame.own and period.end >= frame.own and frame.status == "planned"
        return "planned" if ahead or ends["planned"] > ends["actual"] > 0 else "estimated"
    if not any(ends.values()):
        return None
    return "actual" if ends["actual"] >= ends["planned"] else "planned"


def _place(text: str) -> tuple[str, str]:
    """A text without the place that one of its levels begins with, and that place's name."""
    for mention in find_places(text):
        if mention.start == 0 or text[mention.start - 1] == " ":
            name = mention.places[0].name if mention.places else mention.text
            return text[: mention.start] + text[mention.end :], name
    return text, ""


def _noun(rest: str, measure: Measure) -> str:
    if measure != "level":
        rest = _without_measure(rest, measure)
    told = (rule("of_which").sub("", rule("mark").sub("", part)) for part in rest.split(" "))
    parts = [without(_NOTHING, part.strip(_EDGES)).strip(_EDGES) for part in told]
    return "".join(dict.fromkeys(part for part in parts if part))


def _without_base(told: str) -> str:
    """A header without the plan that its figures are a part of, or compared with."""
    return rule("share").sub("", _COMPARED.sub("", told))


def _without_measure(rest: str, measure: Measure) -> str:
    """What is left before the words of a change or a share."""
    if measure in ("share", "rank"):
        return rule(measure).sub("", rest)
    change = f"(?:{rule('growth').pattern}|{rule('decline').pattern})"
    whole = rf"(?:(?:对比|比|较|与|同|为)[^ ]{{0,8}}?)?{change}[额率幅度速%％数值情况百分比]*"
    return re.sub(whole, "", _COMPARED.sub("", rest))


def _of(
    told: str, measure: Measure, times: Sequence[Time], period: Period | None, frame: Frame
) -> str | None:
    """The whole of a share, or the base of a change where that is not the year before."""
    if measure == "share":
        match = rule("share").search(told)
        parts = (match[name] for name in ("of", "plan", "rate", "last") if match)
        return next((part.strip(_EDGES) for part in parts if part), None) or None
    if measure == "level":
        return None
    if match := _COMPARED.search(told):
        return match["base"].strip()
    year = period.end if period else frame.year
    for time in times:
        if time.compared and time.period.end and year and time.period.end != year - 1:
            return told[time.start : time.end]
    return None


def inherit(heading: Heading, levels: list[Heading]) -> Heading:
    """A column of changes or shares with what it lacks from the columns of levels that it belongs to.

    Of several the latest is meant, and of several of one time the last.
    """
    if not levels:
        return heading
    known = [one for one in levels if one.period and one.period.end]
    latest = max(known, key=lambda one: one.period.end or 0 if one.period else 0, default=None)
    same = [one for one in levels if latest is None or one.period == latest.period] or levels
    source = same[-1]
    return replace(
        heading,
        noun=heading.noun or source.noun,
        period=heading.period or source.period,
        status=heading.status or (source.status if heading.period in (None, source.period) else None),
        place=heading.place or source.place,
        level=heading.level or source.level,
        is_stock=heading.is_stock or source.is_stock,
    )
