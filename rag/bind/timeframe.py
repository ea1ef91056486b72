"""Year and status of single clauses, where they differ from what the heading says.

>>> text = "大力推进5G建设,计划到2020年底建成5G基站2500座以上。万元GDP用水量较2020年降幅为25.32%。"
>>> [(f.year, f.status) for f in clause_timeframes(text, 0, len(text), 2019, "actual")]
[(2019, 'actual'), (2020, 'planned'), (2019, 'actual')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rag.language import find_single_years, load_toml, split_clauses
from rag.schema import Status


@dataclass(frozen=True, slots=True)
class Timeframe:
    """The year and the status of the clause from `start` to `end`."""

    start: int
    end: int
    year: int | None
    status: Status


@cache
def _data() -> dict[str, Any]:
    return load_toml("bind/timeframe.toml")


@lru_cache(maxsize=4096)
def clause_timeframes(
    text: str, start: int, end: int, year: int | None, status: Status, document_year: int | None = None
) -> tuple[Timeframe, ...]:
    """The timeframe of every clause; an explicit year holds until its sentence ends.

    `year` and `status` are those of the passage. What a plan says of years before `document_year` (its own;
    where it is not given, that of the passage) has happened.
    """
    masked = re.sub("|".join(_data()["labels"]), lambda m: "\0" * len(m.group()), text)
    frames = []
    carried: int | None = None
    for clause in split_clauses(text, start, end):
        words = masked[clause.start : clause.end]
        named = stated_years(words)
        carried = named[-1] if named else carried
        own = carried or year
        frames.append(
            Timeframe(clause.start, clause.end, own, _status(words, own, year, status, document_year or year))
        )
        if text[clause.end - 1] in "。！？\n;；":
            carried = None
    return tuple(frames)


def stated_years(clause: str) -> list[int]:
    """Years that a clause makes a statement about, without those it only compares with."""
    years = find_single_years(clause)
    return [year.last for year in years if not is_compared(clause, year.start, year.end)]


def is_compared(text: str, start: int, end: int) -> bool:
    """Whether the year between two offsets is only compared with.

    >>> is_compared("较2020年降幅", 1, 6), is_compared("到2020年底", 1, 6)
    (True, False)
    """
    data = _data()
    before = text[:start].endswith(tuple(data["reference_before"]))
    return before or text[end:].removeprefix("年").startswith(tuple(data["reference_after"]))


def _status(
    words: str, own: int | None, year: int | None, status: Status, document_year: int | None
) -> Status:
    data = _data()
    later = own is not None and year is not None and own > year
    earlier = own is not None and year is not None and own < min(year, document_year or year)
    if status == "actual":
        intended = any(re.search(pattern, words) for pattern in data["planned"])
        return "planned" if intended or later else "actual"
    return "actual" if earlier else "planned"
