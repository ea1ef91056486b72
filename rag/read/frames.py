"""Which year a part of a document speaks of, and whether it reviews or plans, by kind and headings.

>>> base = base_frame("work_report", 2025)
>>> review = heading_frame("一、2024年工作回顾", "work_report", 2025)
>>> review.own, heading_frame("二、2025年总体要求和主要目标", "work_report", 2025).own
(Frame(year=2024, status='actual'), Frame(year=2025, status='planned'))
>>> base, base_frame("bulletin", 2025), base_frame("outline", 2021)
(Frame(year=2024, status='actual'), Frame(year=2025, status='actual'), Frame(year=2025, status='planned'))
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rag.language import YearSpan, find_years, load_toml, normalize
from rag.schema import Kind, Status

FORWARD: tuple[Kind, ...] = ("plan", "work_report", "budget")  # review the past year and plan their own
_SENTENCE = 120  # characters of a paragraph that tell what it turns to
_PERIOD = 4  # years from the first to the last of a five-year plan


@dataclass(frozen=True, slots=True)
class Frame:
    """The year that a part speaks of (None where it cannot be told) and its status."""

    year: int | None
    status: Status


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
    Frame(year=2025, status='actual')
    """
    if kind == "outline":
        return Frame(year + _PERIOD if year else None, "planned")
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
    bare = re.sub(r"《[^》]*》", "", normalize(text))
    years = [span for span in find_years(bare) if not _is_name(span, bare)]
    if kind == "bulletin":
        return None
    cues = _cues(bare)
    if kind == "outline" and not cues:
        return None
    last_told = year if year is None or tells_own or kind in ("bulletin", "other") else year - 1
    if not cues and years and last_told and kind in FORWARD:
        cues = ["actual" if max(span.last for span in years) <= last_told else "planned"]
    if not cues:
        return None
    if kind != "outline" and year and _words("five_years").search(bare) and "planned" in cues:
        years = [YearSpan(0, 0, year, year + _PERIOD)]
    frames = [
        Frame(_year_for(status, years, kind, year, last_told), status) for status in (cues[0], cues[-1])
    ]
    return HeadingFrame(*frames)


def _is_name(span: YearSpan, text: str) -> bool:
    """Whether a period only names what a part is about and not when (落实“十四五”规划的措施)."""
    names = re.match("规划|计划|纲要", text[span.end :])
    return bool(names) and not re.search("回顾|执行|成[就效]", text)


def _year_for(
    status: Status, years: Sequence[YearSpan], kind: Kind, year: int | None, last_told: int | None
) -> int | None:
    """The year of a part: a review's is its last up to the document's own, a plan's the first from it on."""
    if year is None or last_told is None:
        return years[-1].last if years else None
    if status == "actual":
        named = [span.last for span in years]
        told = [last for last in named if last <= last_told] or [last for last in named if last <= year]
        return max(told, default=last_told)
    single = [span.first for span in years if span.first == span.last and span.first >= year]
    period = [span.last for span in years if span.first != span.last and span.last >= year]
    if kind == "outline":
        return max([*single, *period], default=year + _PERIOD)
    return min(single, default=None) or min(period, default=year)


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
