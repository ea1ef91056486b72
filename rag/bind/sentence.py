"""A sentence of a document, a question or a text -> its figures, bound.

>>> frame = Frame(None, 2024, "actual", 2025)
>>> for one in bind_sentence("全年新建公园9个，财政收入达到30亿元、增长5.2%。", frame, "青禾市"):
...     print(one.subject, one.slot.quantity.text, one.reading.measure, one.flow, one.period.end, one.status)
新建公园 9个 level new 2024 actual
财政收入 30亿元 level None 2024 actual
财政收入 5.2% growth None 2024 actual
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from rag.bind.bound import Bound
from rag.bind.cuts import cut_time
from rag.bind.indicators import indicator_of
from rag.bind.measures import Reading, pairs, read_measure
from rag.bind.periods import Frame, Time, find_times
from rag.bind.rows import find_runs, name_subjects
from rag.bind.scopes import read_scope
from rag.bind.slots import Slot, read_slots
from rag.bind.stances import read_status
from rag.bind.subjects import Subject
from rag.bind.timing import read_period
from rag.bind.words import alternation, new_act, words_data
from rag.schema import RATES, RELATIVE, Flow, Period

_PART = re.compile("[；;]")
_BEHIND_LISTS = ("以上", "左右", "以内", "以下")
_AHEAD_OF_VERB = re.compile(
    r"(?P<word>至少|最多|不少于|不低于)(?:降低|下降|增长|提高|减少|压减|新增|完成|达到?)了?$"
)
_NEW = re.compile("新增|净增|新建|新开工")
_REACHED = re.compile(r"(?:达到?|增至|突破|超过?|增加到)$")


def bind_sentence(
    sentence: str,
    frame: Frame,
    place: str,
    before: Subject | None = None,
    topic: str = "",
    time: Time | None = None,
) -> list[Bound]:
    """Binds the figures of a sentence that stands in a frame, in a document of a place.

    `before` is the subject of the last figure ahead of it, `topic` the heading or the sentence before it,
    `time` that which a sentence before it opened with.
    """
    slots = read_slots(sentence)
    if not slots:
        return []
    times = find_times(sentence, frame)
    runs = find_runs(sentence, slots)
    subjects = name_subjects(sentence, slots, runs, before, topic)
    bound: list[Bound] = []
    held = place  # the place that words ahead in the sentence name
    for i, (slot, following) in enumerate(pairs(slots)):
        first = runs.get(i, i)
        slot = _qualified(sentence, slot, slots[last] if (last := _last_of_run(runs, i)) else None)
        reading = read_measure(sentence, slot, following)
        if first < i:
            reading = Reading(bound[first].reading.measure)
        scope = read_scope(subjects[i].text, _ahead(sentence, slot), place)
        if i and _PART.search(sentence, slots[i - 1].figure.end, slot.figure.start):
            held = place
        if scope.told:
            held = place if scope.entity else scope.place
        flow = _flow(sentence, slot, subjects[i].text)
        period = read_period(sentence, slot, times, time, frame, reading.measure, subjects[i].text)
        subject = _without_rate(cut_time(scope.rest), reading)
        bound.append(
            Bound(
                slot=slot,
                named=subjects[i],
                subject=subject,
                reading=reading,
                flow=flow,
                period=period,
                status=read_status(sentence, slot, frame, period, subjects[i].text),
                place=held,
                entity=scope.entity,
                of=reading.of or _base(sentence, slot, times, reading, period),
                indicator=indicator_of(subject),
            )
        )
    return bound


def _last_of_run(runs: dict[int, int], i: int) -> int | None:
    """The last figure of the run that a figure stands in, if that is another one."""
    run = [j for j, first in runs.items() if first == runs.get(i)]
    return run[-1] if run and run[-1] != i else None


def _qualified(sentence: str, slot: Slot, last: Slot | None) -> Slot:
    """A figure with the qualifier that stands before its verb, or behind the last of its list.

    至少降低30%; 分别增长5%、6%以上
    """
    if slot.quantity.qualifier:
        return slot
    ahead = _AHEAD_OF_VERB.search(sentence, slot.before.start, slot.figure.start)
    behind = last.quantity.qualifier if last and last.quantity.qualifier in _BEHIND_LISTS else None
    word = ahead["word"] if ahead else behind
    return replace(slot, quantity=replace(slot.quantity, qualifier=word)) if word else slot


def _base(sentence: str, slot: Slot, times: Sequence[Time], reading: Reading, period: Period) -> str | None:
    """The time that a change is counted from, where it is not the year before."""
    if reading.measure not in RATES or period.end is None:
        return None
    for time in times:
        if time.compared and slot.clause.start <= time.start < slot.figure.start:
            before = time.period.kind in ("year", "point") and time.period.end == period.end - 1
            return None if before else sentence[time.start : time.end]
    return None


def _ahead(sentence: str, slot: Slot) -> str:
    """What stands in the clause before a figure, without words of time at its beginning."""
    return cut_time(sentence[slot.clause.start : slot.figure.start].strip())


@cache
def _rates(measure: str) -> re.Pattern[str]:
    rates = words_data()["rates"]
    endings = rates["share"] if measure == "share" else [*rates["growth"], *rates["decline"]]
    return re.compile(f"(?<=..)(?:{alternation(endings)})$")


def _without_rate(subject: str, reading: Reading) -> str:
    """The subject without the noun at its end that tells by itself which rate it is (增速)."""
    return _rates(reading.measure).sub("", subject) if reading.measure in (*RATES, "share") else subject


def _flow(sentence: str, slot: Slot, subject: str) -> Flow | None:
    """Whether a figure is what came new, or all that there is."""
    before = sentence[slot.before.start : slot.figure.start]
    if new_act(subject) or _NEW.search(before):
        return "new"
    if any(word in before or subject.endswith(word) for word in words_data()["acts"]["total"]):
        return "total"
    counted = slot.quantity.unit_class.startswith("count") and slot.quantity.unit_class not in RELATIVE
    return "total" if counted and _REACHED.search(before) else None
