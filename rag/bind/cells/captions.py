"""A table's caption -> what it is about, its time, status and place.

>>> caption = read_caption("表1 2025年分区县地区生产总值及其增长速度", Frame(None, 2026, "planned", 2026))
>>> caption.noun, caption.frame.year
('地区生产总值', 2025)
>>> read_caption("2025年市本级一般公共预算收入完成情况表", Frame(None, 2026, "planned", 2026)).noun
'一般公共预算收入'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag.bind.cells.headings import read_certainty
from rag.bind.cells.units import take_unit
from rag.bind.cells.words import rule, says, without
from rag.bind.periods import Frame, find_times
from rag.language import find_places, fold_width
from rag.schema import Certainty, Period

_EDGES = " 、,，;；:：-—的"


@dataclass(frozen=True, slots=True)
class Caption:
    """What a caption tells; `noun` is empty where it names several things, `frame` holds for the columns."""

    noun: str
    subject: str  # the same, also where it names income and spending together
    period: Period | None
    status: Certainty
    place: str
    level: str
    frame: Frame


@lru_cache(maxsize=1024)
def read_caption(caption: str, frame: Frame) -> Caption:
    """Reads a caption in the frame of its passage."""
    told, _ = take_unit(fold_width(caption))
    times = [time for time in find_times(told, frame) if not time.compared]
    one = times[0].period if len(times) == 1 and times[0].period.kind in ("year", "point", "part") else None
    status = read_certainty(told, one, frame)
    place = next((mention.places[0].name for mention in find_places(told) if mention.places), "")
    level = rule("level").search(told)
    subject = _subject(told)
    year = one.end if one else frame.year
    own = year if one else frame.own
    planned = status if status in ("actual", "planned") else frame.status
    return Caption(
        noun="" if says("caption_several", subject) else subject,
        subject=subject,
        period=one,
        status=status or status_of(year, frame, frame.status),
        place=place,
        level=level[0] if level else "",
        frame=Frame(frame.first, year, planned, own),
    )


def status_of(year: int | None, frame: Frame, told: Certainty) -> Certainty:
    """The status of a year in a table: as told of the table's own, else past or to come.

    >>> frame = Frame(None, 2026, "planned", 2026)
    >>> [status_of(year, frame, "planned") for year in (2025, 2026, 2027)]
    ['actual', 'planned', 'planned']
    """
    if year is None or frame.year is None or year == frame.year:
        return told
    to_come = told == "planned" and frame.own is not None and year >= frame.own
    return "planned" if year > frame.year or to_come else "actual"


def _subject(told: str) -> str:
    rest = without(("caption_head", "scope"), told.strip())
    for mention in reversed(find_places(rest)):
        rest = rest[: mention.start] + rest[mention.end :]
    rest = rule("level").sub("", without(("caption_head", "scope"), rest))
    return without(("caption_tail",), re.sub(r"[(（]\s*[)）]", "", rest)).strip(_EDGES)
