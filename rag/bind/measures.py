"""What a figure measures: a level, a change, a share, where a change began or came to, a rank.

>>> from rag.bind.slots import read_slots
>>> text = "常住人口占全省的比重为12%，人均收入由1.2万元提高到1.5万元，投资增长8%"
>>> [read_measure(text, slot, following) .measure for slot, following in pairs(read_slots(text))]
['share', 'from', 'to', 'growth']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rag.bind.slots import Slot
from rag.bind.words import alternation, strip_tail, words_data
from rag.schema import RELATIVE, Measure

_SHARE_OF = re.compile(
    r"(?:约?占|占到)(?P<of>[^，,；;。、]{1,24}?)的?(?:比重|比例|份额|总量|总数)?(?:达到?|为|超过?|约|近|提高到?|的)*$"
)
_COMPLETED = re.compile(  # 完成年度预算的100.2%
    r"(?:完成|达到?|为|占|超过?)了?(?P<of>[^，,；;。]{0,12}?(?:预算|计划|目标|任务|预期)(?:数|任务|目标)?)(?:的|(?<=数))$"
)
_COVERED = re.compile(r"^的(?P<of>[^，,；;。]{2,20})")
_GROWING = re.compile(r"(?:左右|以上)?的?(?:增长|增速|增幅)")
_TO = re.compile(r"(?:到|至|为|成|达)了?(?:\d{4}年[底末]?的?)?$")
_ORIGIN = re.compile(r"(?:从|由)[^，,；;。]{0,12}$")
_COMPARED = re.compile(r"(?:高于|低于|好于|快于|高出|优于)[^，,；;。]{1,14}$")


@dataclass(frozen=True, slots=True)
class Reading:
    """The measure of a figure, and the whole that a share is of."""

    measure: Measure
    of: str | None = None


def pairs(slots: Sequence[Slot]) -> Iterator[tuple[Slot, Slot | None]]:
    """Each figure with the one behind it."""
    for i, slot in enumerate(slots):
        yield slot, slots[i + 1] if i + 1 < len(slots) else None


@cache
def _change(name: str) -> re.Pattern[str]:
    words = words_data()
    change = alternation([*words[name]["words"], *words["rates"][name]])
    return re.compile(f"(?<![新净])(?:{change})(?:目标)?(?:了|为|达|达到|约|近|超|超过|分别|均|各)*$")


@cache
def _share() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words_data()['rates']['share'])})$")


def _rate(stripped: str) -> Measure | None:
    """The measure that a noun in front of a figure tells by itself: 涨幅控制在, 降幅为."""
    rates: tuple[Measure, ...] = ("growth", "decline")
    for name in rates:
        if any(noun in stripped for noun in words_data()["rates"][name]):
            return name
    return None


def read_measure(sentence: str, slot: Slot, following: Slot | None) -> Reading:
    """What the figure of a slot measures; `following` is the figure behind it, if any."""
    quantity = slot.quantity
    before = sentence[slot.before.start : slot.figure.start].rstrip()
    if quantity.unit_class == "rank":
        return Reading("rank")
    if following is not None and _begins_change(sentence, slot, following):
        return Reading("from")
    if _came_from(sentence, slot):
        return Reading("to")
    relative = quantity.unit_class in RELATIVE
    if _COMPARED.search(before):
        return Reading("level")
    if relative and (match := _SHARE_OF.search(before) or _COMPLETED.search(before)):
        return Reading("share", match["of"])
    if quantity.unit_class == "percent" and (
        match := _COVERED.match(sentence[slot.after.start : slot.after.end])
    ):
        return Reading("share", match["of"])
    tail = strip_tail(before)
    if relative and (rate := _rate(tail.stripped)):
        return Reading(rate)
    if relative and _GROWING.match(sentence, slot.quantity.end):
        return Reading("growth")
    if (quantity.role == "decline" and relative) or _change("decline").search(before):
        return Reading("decline")
    if _change("growth").search(before):
        return Reading("growth")
    if quantity.role == "growth" and relative and not before.endswith("率"):
        return Reading("growth")
    if relative and _share().search(tail.kept):
        return Reading("share")
    return Reading("level")


def _begins_change(sentence: str, slot: Slot, following: Slot) -> bool:
    """Whether a change begins at a figure: 从40.3%提高到45.4%."""
    between = sentence[slot.figure.end : following.figure.start]
    near = len(between) <= 14 and not re.search(r"[，,；;。]", between)
    before = sentence[slot.clause.start : slot.figure.start]
    return (
        near
        and bool(_ORIGIN.search(before))
        and bool(_TO.search(between.rstrip("近超约")) or "提高" in between)
    )


def _came_from(sentence: str, slot: Slot) -> bool:
    before = sentence[slot.clause.start : slot.figure.start]
    match = re.search(r"(?:从|由)[^，,；;。]{0,16}\d[^，,；;。]{0,20}$", before)
    if not match:
        return bool(re.search(r"(?:从|由)[^，,；;。]{1,24}(?:到|至|为|成)(?:近|超|约)?$", before)) and bool(
            re.search(r"[一二三四五六七八九十百]", before)
        )
    return bool(_TO.search(before.rstrip("近超约")))
