"""An English sentence -> its figures, bound.

>>> frame = Frame(None, 2017, "actual", 2018)
>>> text = "GDP rose to 82.7 trillion yuan, up 6.9 percent; around 13.51 million new urban jobs were created."
>>> for one in bind_english(text, frame, "全国"):
...     print(one.subject, "|", one.slot.quantity.text, one.reading.measure, one.period.end)
GDP | 82.7 trillion yuan level 2017
GDP | 6.9 percent growth 2017
new urban jobs | 13.51 million level 2017
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.bind.bound import Bound
from rag.bind.english.certainty import read_certainty
from rag.bind.english.period import base_of, read_english_period
from rag.bind.english.phrases import phrase
from rag.bind.english.reading import read
from rag.bind.english.said import Case, Said
from rag.bind.english.scope import read_english_scope
from rag.bind.english.series import share_out
from rag.bind.english.slots import find_figures
from rag.bind.english.time import find_english_times
from rag.bind.english.views import View, views
from rag.bind.english.words import FINITE, compiled
from rag.bind.measures import Reading
from rag.bind.periods import Frame, Time
from rag.bind.slots import Slot
from rag.bind.subjects import Subject
from rag.language import analyze, is_indicator
from rag.schema import Flow, Span

_NEAR = 40  # characters behind a figure that may say that it is all there is


def bind_english(sentence: str, frame: Frame, place: str, before: Subject | None = None) -> list[Bound]:
    """Binds the figures of an English sentence; `before` is the subject of the last figure ahead of it."""
    figures = find_figures(sentence)
    if not figures:
        return []
    times = find_english_times(sentence, frame)
    seen = views(sentence, figures, [(time.start, time.end) for time in times])
    said = share_out(seen, _read_all(seen, before))
    return [_bound(view, one, times, frame, place) for view, one in zip(seen, said, strict=True)]


def _bound(view: View, said: Said, times: Sequence[Time], frame: Frame, place: str) -> Bound:
    """A figure with all that its words and its frame tell of it."""
    period = read_english_period(view, said, times, frame)
    status, period = read_certainty(view, frame, period, times)
    base = base_of(view, said, times, frame)
    of = said.of or (view.sentence[base.start : base.end] if base else None)
    whose, subject = read_english_scope(said.subject, place)
    return Bound(
        slot=_slot(view),
        named=Subject(said.subject, "", said.noun),
        subject=subject,
        reading=Reading(said.measure, of),
        flow=_flow(view, said),
        period=period,
        status=status,
        place=whose,
        entity=None,
        of=of,
        indicator=_indicator(subject),
    )


def _read_all(seen: Sequence[View], before: Subject | None) -> list[Said]:
    said: list[Said] = []
    for view in seen:
        previous = said[-1] if said else None
        inherited = previous.subject if previous else before.text if before else ""
        if view.before is None:
            inherited = _spoken_of(view) or inherited
        said.append(read(Case(view, previous, inherited)))
    return said


def _spoken_of(view: View) -> str:
    """What the clause before a figure's own speaks of, where that has no figure."""
    if view.tail == view.low:
        return ""
    if view.words[view.low].word == "of":  # Of the total investment, that in industry was 5
        mark = next((i for i in range(view.low, view.tail) if view.words[i].tag == "mark"), view.tail)
        return re.sub(r"^(?:total(?:\s+|$)|this$|these$|which$)", "", phrase(view, view.low + 1, mark))
    verbs = [i for i in range(view.low, view.tail) if view.words[i].tag in FINITE]
    text = phrase(view, view.low, verbs[0]) if verbs and not view.words[verbs[0]].bare else ""
    return "" if text.lower() in ("we", "it", "they", "i") else text


def _slot(view: View) -> Slot:
    """A figure with its stretch of the sentence, for others to quote."""
    words, span = view.words, view.figure.span
    start = min(words[view.tail].start if view.tail < view.at else span.start, span.start)
    end = max(words[view.stop - 1].end if view.stop > view.at + 1 else span.end, span.end)
    before, after = Span(start, span.start), Span(span.end, end)
    return Slot(view.figure.quantity, span, before, after, Span(start, end), view.before is None)


def _flow(view: View, said: Said) -> Flow | None:
    """Whether a figure is what came new, or all that there is."""
    named = compiled("flow", "new").match(said.noun or said.subject)
    more = view.counted and compiled("flow", "more").search(view.sentence[: view.figure.quantity.start])
    if named or more or compiled("flow", "number").search(said.subject):
        return "new"
    clause = view.sentence[view.words[view.tail].start : view.figure.span.end + _NEAR]
    return "total" if compiled("flow", "total").search(clause) else None


def _indicator(subject: str) -> str | None:
    """The standard name of a subject that is one of the listed names and nothing else."""
    words = analyze(subject, "en")
    named = len(words) == 1 and is_indicator(words[0]) and words[0].text == subject
    return words[0].keys[0].lstrip("#") if named else None
