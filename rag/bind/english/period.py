"""The period of a figure of an English sentence.

>>> from rag.bind.english.views import views
>>> from rag.bind.english.slots import find_figures
>>> from rag.bind.english.time import find_english_times
>>> frame = Frame(2013, 2017, "actual", 2018)
>>> text = "Prices fell 3%; last year 5 million jobs were created, and the rate stood at 4%"
>>> for view in views(text, find_figures(text), ()):
...     print(read_english_period(view, Said("", "decline" if "3%" in view.figure.quantity.text else "level"),
...         find_english_times(text, frame), frame).kind)
span
year
year
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.bind.english.said import Said
from rag.bind.english.time import pattern
from rag.bind.english.views import View
from rag.bind.periods import Frame, Time
from rag.schema import RATES, Period


def read_english_period(view: View, said: Said, times: Sequence[Time], frame: Frame) -> Period:
    """The period of a figure: by the words of time of its clause, of the sentence, or of its passage."""
    time = governing(view, times)
    period = time.period if time else _of_frame(view, said, frame)
    if time is None and base_of(view, said, times, frame):
        return frame.period
    if said.measure not in ("from", "to", "rank") and _average(view):
        spanned = period.start != period.end or not frame.first
        return Period("average", *((period.start, period.end) if spanned else (frame.first, frame.year)))
    if said.measure == "from" and not (time and _close(view, time)):
        return _before(period, frame)
    behind = time is not None and time.start >= view.figure.span.end and not view.relative
    if period.kind == "span" and not summed(view, said) and not (behind and said.measure == "level"):
        return Period("year", period.end, period.end)
    return period


def governing(view: View, times: Sequence[Time]) -> Time | None:
    """The words of time that hold at a figure: of its own clause, else the last ones ahead of it."""
    kept = [time for time in times if not time.compared]
    words, span = view.words, view.figure.span
    start = words[view.tail].start if view.tail < len(words) else 0
    end = words[view.stop - 1].end if view.stop > view.at + 1 else span.end
    mark = next((w.start for w in words[view.at + 1 : view.stop] if w.tag in ("mark", "conj")), end)
    behind = [t for t in kept if span.end <= t.start < mark]
    own = [t for t in kept if start <= t.start < span.start]
    ahead = [t for t in kept if t.start < span.start]
    return own[-1] if own else behind[0] if behind else ahead[-1] if ahead else None


def summed(view: View, said: Said) -> bool:
    """Whether a figure sums up what was done over several years, and is no state that was reached."""
    if said.measure in ("growth", "decline"):
        return True
    return (
        said.measure in ("level", "share")
        and not said.state
        and (said.measure == "share" or not view.relative)
    )


def _of_frame(view: View, said: Said, frame: Frame) -> Period:
    if frame.year is None or not frame.first or frame.first == frame.year:
        return frame.period
    return Period("span", frame.first, frame.year) if summed(view, said) else frame.period


def _average(view: View) -> bool:
    """Whether words beside a figure make it one per year; those of its unit do not."""
    words, span = view.words, view.figure.span
    ahead = view.sentence[words[view.tail].start : span.start]
    mark = next((w.start for w in words[view.at + 1 : view.stop] if w.tag in ("mark", "conj")), _stop(view))
    behind = view.sentence[span.end : max(mark, span.end)]
    found = pattern("average", "words").search(f"{ahead} 5 {behind}")
    return bool(found)


def _stop(view: View) -> int:
    """Where the next figure of the sentence begins."""
    return view.words[view.stop].start if view.stop < len(view.words) else len(view.sentence)


def base_of(view: View, said: Said, times: Sequence[Time], frame: Frame) -> Time | None:
    """The time that a change is counted from, where that is not the year before."""
    if said.measure not in RATES or frame.year is None:
        return None
    start, end = view.words[view.tail].start if view.tail < view.at else view.figure.span.start, _stop(view)
    near = [t for t in times if t.compared and start <= t.start < end and t.period.kind in ("year", "point")]
    return (
        near[0]
        if near and near[0].period.end != frame.year - 1 and near[0].period.end != frame.year
        else None
    )


def _close(view: View, time: Time) -> bool:
    return 0 <= time.start - view.figure.span.end <= 4 or bool(
        re.search(r"\bfrom\b", view.sentence[time.start : time.end])
    )


def _before(period: Period, frame: Frame) -> Period:
    """The time at which a change began that the period tells."""
    if period.start is not None and period.start != period.end:
        return Period("point", period.start - 1, period.start - 1)
    if frame.first is not None:
        return Period("point", frame.first - 1, frame.first - 1)
    return Period("point", period.end - 1, period.end - 1) if period.end else period
