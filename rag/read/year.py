"""The year of its own that a document has: planned for, told of, or the first of its period.

>>> lines = ["一、2024年工作回顾", "增长5%。", "二、2025年主要任务"]
>>> read_year("work_report", ("政府工作报告", "title"), "", Head("", (), 0), lines, Reading(()), "a.txt")
('2025', 'body')
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from rag.language import find_dates, find_years
from rag.read.dates import delivery_dates
from rag.read.frames import FORWARD, heading_frame, tells_own_year
from rag.read.head import Head
from rag.read.outline import find_marker
from rag.read.reading import Reading
from rag.read.told import Told, first_told
from rag.schema import Kind

_HEADING, _HEADING_ENGLISH = 42, 110  # characters of a heading at most
_PLANNED = re.compile(
    r"(?:今年是|(?<!到)(?<!至))(?P<year>(?:19|20)\d\d)年"
    r"(?=[,，]?(?:我们)?(?:要|将|力争|政府工作|的?工作要|的?(?:主要)?预期目标|.{0,14}主要预期目标))"
)
_OFTEN = 3  # as often must a document of no known kind name the year that is taken for its own


def read_year(
    kind: Kind, title: Told, said: str, head: Head, body: Sequence[str], reading: Reading, path: str
) -> Told:
    """The year of a document, and where it was read; `said` is the sentence that announces it."""
    name, folders = PurePath(path).stem, [folder.name for folder in PurePath(path).parents][:3]
    dates = delivery_dates(head.lines)
    behind = kind == "bulletin" and not tells_own_year("plan", title[0])  # it tells of the year before
    dated = "" if behind else (reading.published or next(iter(find_dates(head.text)), ""))[:4]
    own = tells_own_year(kind, title[0]) or tells_own_year(kind, said)
    options: list[Told] = [(_year_in(title[0], kind), title[1])]
    options += [(_year_in(said, kind), "body")] if kind in ("plan", "budget", "outline") else []
    options.append((_year_of_headings(kind, body, own), "body"))
    options += [(_year_of_delivery(date), "body") for date in dates if kind in FORWARD]
    options += [(_year_in(name, kind), "file name"), (_year_of_body(kind, body), "body")]
    options += [(_year_in(folder, kind), "folder") for folder in folders]
    options.append((dated, "page"))
    return first_told(*options)


def _year_of_delivery(date: str) -> str:
    """The year that a report delivered on a date plans for: the next one at the end of a year.

    >>> _year_of_delivery("2018-01-22"), _year_of_delivery("2017-12-05")
    ('2018', '2018')
    """
    return str(int(date[:4]) + (date[5:7] in ("11", "12")))


def _year_in(text: str, kind: Kind) -> str:
    """The year of its own that a title or file name gives a document of a kind."""
    spans = find_years(re.sub(r"(?<=\d)(?=[-_]|$)", "年", text) if text.isascii() else text)
    if not spans:
        bare = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
        return bare[0] if bare else ""
    if kind == "outline" or (kind == "other" and spans[0].first != spans[0].last):
        periods = [span.first for span in spans if span.first != span.last]  # 十四五规划(2022年更新)
        return str((periods or [spans[0].first])[0])
    single = [span.last for span in spans if span.first == span.last] or [span.first for span in spans]
    return str(max(single) if kind in ("plan", "budget") else single[0])


def _year_of_headings(kind: Kind, body: Sequence[str], own: bool) -> str:
    """The year that the headings plan for, or the one behind the year that they review.

    `own`: they review the document's own year.
    """
    if kind not in FORWARD:
        return ""
    planned: set[int] = set()
    reviewed: set[int] = set()
    for line in body:
        if len(line) > (_HEADING_ENGLISH if line.isascii() else _HEADING) or not (
            find_marker(line) or re.search("回顾|任务|安排|要求|目标|Review|Tasks", line)
        ):
            continue
        spans = find_years(line)
        frame = heading_frame(line, kind, None)
        if not spans or not frame:
            continue
        single = [span.first for span in spans if span.first == span.last]
        if frame.mixed and len(single) > 1:  # 1998年工作回顾和1999年工作的总体要求
            reviewed.add(min(single))
            planned.add(max(single))
        elif frame.own.status == "planned":
            planned.add(max(single) if single else spans[0].first)
        else:
            reviewed.add(max(single) if single else spans[0].last)
    latest = max(reviewed, default=0)
    ahead = [year for year in planned if year > latest] if not own else planned
    if ahead:
        return str(min(ahead))
    return str(latest + (not own)) if reviewed else ""


def _year_of_body(kind: Kind, body: Sequence[str]) -> str:
    """The year that the text calls its own, or the one that it names most often."""
    text = "\n".join(body)
    if kind == "outline":
        periods = Counter(span.first for span in find_years(text) if span.first != span.last)
        return str(periods.most_common(1)[0][0]) if periods else ""
    planned = Counter(int(match["year"]) for match in _PLANNED.finditer(text))
    if planned and kind in FORWARD:
        return str(planned.most_common(1)[0][0])
    named = Counter(span.first for span in find_years(text) if span.first == span.last)
    if not named or (kind == "other" and max(named.values()) < _OFTEN):
        return ""
    most = max(named.values())
    often = max(year for year, count in named.items() if count == most)
    reviews = kind == "work_report" and re.search("各位代表|[Dd]eputies", text)
    follows = reviews or (kind in FORWARD and named[often + 1] * 4 > most)
    return str(often + 1 if follows else often)
