"""The subjects of a sentence's figures, from figure to figure and from the heads of lists.

>>> text = "牛羊出栏分别增长5.2%、1.9%，采矿业增加值增长14.9%，制造业增长7.9%。"
>>> from rag.bind.slots import read_slots
>>> slots = read_slots(text)
>>> [subject.text for subject in name_subjects(text, slots, find_runs(text, slots))]
['牛出栏', '羊出栏', '采矿业增加值', '制造业增加值']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.bind.cuts import cut_time
from rag.bind.respective import measured, share_out
from rag.bind.slots import Slot
from rag.bind.subjects import Subject, name_subject
from rag.bind.words import strip_head, strip_tail

_RESPECTIVELY = re.compile(r"分别|各为|依次")
_BRANCH = re.compile(r"(?:业|类|企业|经济|地区)$")  # a part of an economy
_SHORT = 8  # characters of a name that may lack its measure
_JOINT = re.compile(r"\s*(?:、|和|与|及|，|,|/)?\s*(?:增长|下降|增加|减少|提高|降低)?\s*")


def find_runs(sentence: str, slots: Sequence[Slot]) -> dict[int, int]:
    """The figures that share what stands before the first of them, each with that first one.

    分别增长5%、6%; 实际增长9.8%和8.5%
    """
    runs: dict[int, int] = {}
    for i, slot in enumerate(slots):
        if i in runs:
            continue
        before = sentence[slot.before.start : slot.figure.start]
        run = _run(sentence, slots, i)
        alike = len({slots[j].quantity.unit_class for j in run}) == 1
        told_apart = _RESPECTIVELY.search(before)
        if len(run) > 1 and (told_apart or (alike and not strip_tail(before).kept)):
            runs |= dict.fromkeys(run, i)
    return runs


def name_subjects(
    sentence: str,
    slots: Sequence[Slot],
    runs: dict[int, int],
    before: Subject | None = None,
    topic: str = "",
) -> list[Subject]:
    """The subject of every figure: those of a list from its heads, the others from figure to figure.

    `before` is the subject of the last figure ahead of the sentence, `topic` the heading or the sentence
    right before it.
    """
    found: list[Subject] = []
    last: Subject | None = None
    for i, slot in enumerate(slots):
        if runs.get(i) == i:
            run = [j for j, first in runs.items() if first == i]
            names = _names(sentence, slot, len(run), found)
            found += [Subject(name, "", name) for name in names] if names else []
        if i < len(found):
            last = found[i]
            continue
        ahead = sentence[: slot.clause.start]
        behind_figures = last is not None and re.search(r"\d", ahead[-30:])
        subject = name_subject(
            sentence, slot, last or before, "" if behind_figures else ahead, "" if last else topic
        )
        last = _completed(sentence, subject, last, slot, slots[:i])
        found.append(last)
    return found


def _completed(
    sentence: str, subject: Subject, last: Subject | None, slot: Slot, before: Sequence[Slot]
) -> Subject:
    """A branch that is told without its measure takes that of the thing before it.

    采矿业增加值增长14.9%，制造业增长7.9%; 汽车保有量76.79万辆，其中私人汽车68.69万辆
    """
    measure = measured(last.text) if last else ""
    if not measure or subject.inherited or measured(subject.text):
        return subject
    branch = slot.quantity.unit_class == "percent" and _BRANCH.search(subject.text)
    among = "其中" in sentence[: slot.figure.start]
    alike = any(slot.quantity.unit == other.quantity.unit for other in before)
    part = among and alike and len(subject.text) <= _SHORT
    if not branch and not part:
        return subject
    return replace(subject, text=subject.text + measure, stem=subject.stem + measure)


def _names(sentence: str, slot: Slot, number: int, before: Sequence[Subject]) -> tuple[str, ...]:
    """The subjects of a list: its heads shared out, or those of the figures before it."""
    stretch = sentence[slot.before.start : slot.figure.start]
    match = _RESPECTIVELY.search(stretch)
    stated = strip_head(cut_time(strip_tail(stretch[: match.start()] if match else "").kept))
    if stated:
        return share_out(stated, number)
    return (
        tuple(subject.stem or subject.text for subject in before[-number:]) if len(before) >= number else ()
    )


def _run(sentence: str, slots: Sequence[Slot], first: int) -> list[int]:
    """The figures that follow each other behind 分别 with nothing but a joint between them."""
    run = [first]
    for i in range(first + 1, len(slots)):
        between = sentence[slots[i - 1].figure.end : slots[i].figure.start]
        if not _JOINT.fullmatch(between):
            break
        run.append(i)
    return run
