"""The period of one figure, from the words of time of its sentence and the frame of its passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rag.bind.periods import Frame, Time, averages
from rag.bind.slots import Slot
from rag.bind.words import alternation, holds_word, new_act
from rag.language import load_toml
from rag.schema import RATES, RELATIVE, Measure, Period

_YEAR_ON_YEAR = re.compile(r"[比较]上年|同比|比去年|较去年")
_STATE = re.compile(r"(?:覆盖|惠及|拥有|稳居|位居)[^，,；;。]*$")
_RANKED = re.compile("位列|位居|稳居")
_SPENT = re.compile("投入|支出|拨付")  # a sum of money that is told of several years was spent in all of them
_NEW = re.compile(r"新增|新建|新开|净增|增加了|新改")
_LEVEL = re.compile(
    r"(?:达到?|突破|超过?|为|增至|升至|降至|提高到|增加到|稳定在|保持在|至|到|率|余额|存量|占)$"
)


def read_period(
    sentence: str,
    slot: Slot,
    times: Sequence[Time],
    opened: Time | None,
    frame: Frame,
    measure: Measure,
    subject: str,
) -> Period:
    """What time a figure is of; `opened` is the time that a sentence before it opened with."""
    time = _governing(sentence, slot, times) or opened
    average = any(slot.clause.start <= at < slot.figure.end for at in averages(sentence))
    if (
        time is None
        and frame.part is None
        and _YEAR_ON_YEAR.search(sentence[slot.before.start : slot.figure.start])
    ):
        return frame.period
    period = time.period if time else _of_frame(sentence, slot, frame, measure, subject)
    if time is None and _since_one_year(slot, times):
        return frame.period
    if average:
        return _average(period, frame, measure)
    if measure == "from" and (time is None or not time.origin):
        return _before(period, frame)
    if period.kind == "span" and (
        measure in ("to", "rank") or (time and not _summed(sentence, slot, measure, subject, True))
    ):
        return Period("year", period.end, period.end)
    return period


def _governing(sentence: str, slot: Slot, times: Sequence[Time]) -> Time | None:
    """The words of time that hold at a figure: of its own stretch, else the last ones before it."""
    bases = [t for t in times if t.compared and slot.before.start <= t.start < slot.figure.start]
    if bases and sentence[bases[-1].end : slot.figure.start].strip() in ("的", "年的"):
        return bases[-1]  # 比1980年的8500亿元
    kept = [time for time in times if not time.compared]
    own = [t for t in kept if slot.before.start <= t.start < slot.figure.start]
    if own:
        return own[-1]
    before = [t for t in kept if t.start < slot.figure.start and not t.origin]
    if before:
        return before[-1]
    behind = [t for t in kept if slot.figure.end <= t.start < slot.after.end and t.period.kind != "span"]
    return behind[0] if behind else None


def _since_one_year(slot: Slot, times: Sequence[Time]) -> bool:
    """Whether a change is counted from one year: 较2020年下降."""
    return any(
        time.compared and time.period.kind != "span" and slot.clause.start <= time.start < slot.figure.start
        for time in times
    )


def _of_frame(sentence: str, slot: Slot, frame: Frame, measure: Measure, subject: str) -> Period:
    if frame.year is None or frame.first is None or frame.first == frame.year:
        return frame.period
    if _summed(sentence, slot, measure, subject):
        return Period("span", frame.first, frame.year)
    return frame.period


@cache
def _acts() -> re.Pattern[str]:
    words = load_toml("bind/subjects.toml")["acts"]["words"]
    return re.compile(alternation(words))


def _summed(sentence: str, slot: Slot, measure: Measure, subject: str, told: bool = False) -> bool:
    """Whether a figure sums up what was done over several years, and is no state that was reached.

    `told`: its sentence names these years.
    """
    if measure not in ("level", "growth", "decline"):
        return False
    before = sentence[slot.before.start : slot.figure.start].rstrip()
    if slot.quantity.unit_class in RELATIVE:
        return measure != "level" and not before.endswith("率")
    if measure != "level":
        return True
    if "累计" in before:
        return told or slot.quantity.unit_class == "money"
    behind = sentence[slot.figure.end : slot.after.end]
    if told and holds_word(_SPENT, before):
        return True
    if (_LEVEL.search(before) and not new_act(subject)) or _STATE.search(before) or _RANKED.search(behind):
        return False
    acts = new_act(subject) or _NEW.search(before) or holds_word(_acts(), before) or _acts().match(subject)
    return bool(acts or "总投资" in before or behind)


def _average(period: Period, frame: Frame, measure: Measure) -> Period:
    """A year's average of several years; of a level in a single year there is none."""
    if period.start is not None and period.start != period.end:
        return Period("average", period.start, period.end)
    if frame.first is not None and frame.first != frame.year:
        return Period("average", frame.first, frame.year)
    return Period("average", period.start, period.end) if measure in RATES else period


def _before(period: Period, frame: Frame) -> Period:
    """The time at which a change began that the period tells."""
    if period.start is not None and period.start != period.end:
        return Period("point", period.start - 1, period.start - 1)
    if frame.first is not None:
        return Period("point", frame.first - 1, frame.first - 1)
    return Period("point", period.end - 1, period.end - 1) if period.end else period
