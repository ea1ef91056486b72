"""Whether a figure of an English sentence was reached or is planned.

>>> from rag.bind.english.views import views
>>> from rag.bind.english.slots import find_figures
>>> text = "Rates should be cut by 30 percent; they were cut by 10 percent"
>>> frame = Frame(None, 2017, "actual", 2018)
>>> for view in views(text, find_figures(text), ()):
...     print(read_certainty(view, frame, frame.period, ()))
('planned', Period(kind='year', start=2018, end=2018, part=None))
('actual', Period(kind='year', start=2017, end=2017, part=None))
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.bind.english.period import governing
from rag.bind.english.views import View
from rag.bind.english.words import FINITE, compiled
from rag.bind.periods import Frame, Time
from rag.schema import Certainty, Period


def read_certainty(
    view: View, frame: Frame, period: Period, times: Sequence[Time]
) -> tuple[Certainty, Period]:
    """Whether a figure was reached, and its period: what is intended is so for the coming year."""
    year = period.end
    if frame.status == "planned":
        past = year is not None and frame.own is not None and year < frame.own
        return ("actual" if past else "planned"), period
    later = year is not None and frame.year is not None and year > max(frame.year, (frame.own or 1) - 1)
    if later:
        return "planned", period
    words = _intention(view)
    if not words:
        return "actual", period
    timed = governing(view, times)
    if re.match(r"expects?\b", words):  # a review says so of the year that is just ending
        return "estimated", period
    if timed is None and frame.own is not None and frame.year is not None and frame.own > frame.year:
        return "planned", Period("year", frame.own, frame.own)
    return ("planned" if timed is None else "actual"), period


def _intention(view: View) -> str:
    """The words of intention that hold at a figure: with the last finite verb ahead, else the one behind."""
    ahead = _places(view, 0, view.figure.span.start)
    own_verb = any(word.tag in FINITE and not word.bare for word in view.words[view.tail : view.at])
    if not own_verb:
        behind = _places(view, view.figure.span.end, view.words[view.high - 1].end)
        told = _told(view, view.at, view.high)
        if behind or told:
            return behind[0][1] if behind and (not told or behind[0][0] < told[0]) else ""
    told = _told(view, 0, view.at)
    return ahead[-1][1] if ahead and (not told or ahead[-1][0] > told[-1]) else ""


def _places(view: View, low: int, high: int) -> list[tuple[int, str]]:
    """Where words of intention stand between two offsets, and which."""
    found = compiled("intended", "rule").finditer(view.sentence, low, high)
    return [(match.start(), match.group().lower()) for match in found]


def _told(view: View, low: int, high: int) -> list[int]:
    """Where verbs stand that tell what has happened."""
    found = []
    for i in range(low, high):
        word = view.words[i]
        happened = word.word in ("was", "were", "has", "have", "had") or (
            word.form == "past" and not word.bare
        )
        before = view.words[i - 1] if i else None
        if happened and not (before and before.tag in ("modal", "to", "aux")):
            found.append(word.start)
    return found
