"""A sentence -> slots: every figure with the stretches of the sentence that belong to it.

>>> def show(text: str) -> None:
...     for slot in read_slots(text):
...         print([text[span.start : span.end] for span in (slot.before, slot.figure, slot.after)])
>>> show("新建公园9个、绿道3公里以上，财政收入增长5.2%。")
['新建公园', '9个', '']
['绿道', '3公里以上', '']
['财政收入增长', '5.2%', '']
>>> show("新增2个国家区域医疗中心、40个重点专科，惠及130万老年人。")
['新增', '2个', '国家区域医疗中心']
['', '40个', '重点专科']
['惠及', '130万', '老年人']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rag.bind.noise import is_noise
from rag.bind.words import leading_noun, strip_tail
from rag.language import find_quantities, load_toml, qualified_span
from rag.schema import Quantity, Span

_CLAUSE_END = re.compile(r"[，；;:：。！？!?\n]|(?<!\d),|,(?!\d{3})|——")
_BRACKETS = {"（": "）", "(": ")", "“": "”", "《": "》", "「": "」"}
_ROUND = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure, what stands before it and behind it that is its own, and its clause.

    Offsets count from the beginning of the sentence. `first` is whether no figure stands before it in its
    clause; `figure` is the figure together with its qualifier.
    """

    quantity: Quantity
    figure: Span
    before: Span
    after: Span
    clause: Span
    first: bool


def read_slots(sentence: str) -> tuple[Slot, ...]:
    """Every figure of a sentence, in order."""
    quantities = [q for q in find_quantities(sentence) if not is_noise(sentence, q)]
    if not quantities:
        return ()
    slots: list[Slot] = []
    for clause in split_parts(sentence, quantities):
        inside = [q for q in quantities if clause.start <= q.start < clause.end]
        slots += _in_clause(sentence, clause, inside)
    return tuple(sorted(slots, key=lambda slot: slot.quantity.start))


def split_parts(sentence: str, quantities: Sequence[Quantity]) -> list[Span]:
    """The clauses of a sentence; what stands in round brackets is one where it holds a figure."""
    cuts = {0, len(sentence)}
    taken = [(q.start, q.end) for q in quantities]
    for match in _ROUND.finditer(sentence):
        if any(match.start() < low < match.end() for low, _ in taken):
            cuts |= {match.start() + 1, match.end()}
        else:
            taken.append(match.span())  # 投资（不含农户，下同）is no end of a clause
    for match in _CLAUSE_END.finditer(sentence):
        if not any(low <= match.start() < high for low, high in taken):
            cuts.add(match.end())
    ordered = sorted(cuts)
    return [Span(low, high) for low, high in pairwise(ordered) if low < high]


def _in_clause(sentence: str, clause: Span, inside: Sequence[Quantity]) -> Iterator[Slot]:
    figures = [qualified_span(sentence, quantity) for quantity in inside]
    end = clause.end
    while end > clause.start and sentence[end - 1] in "，,；;：:。！？!?\n（(）) —":
        end -= 1
    start = clause.start
    for i, quantity in enumerate(inside):
        last = i + 1 == len(inside)
        limit = end if last else figures[i + 1].start
        cut, resume = (limit, limit) if last else _cut(sentence, figures[i].end, limit)
        if resume < 0:  # 147个断面水质优良率达98.6%: all of it names what the next figure is of
            cut, resume = limit, _opening(sentence, start, figures[i].start) if i == 0 else start
        if last:
            cut = _close(sentence, figures[i].end, limit)
        before = Span(_opening(sentence, start, figures[i].start) if i == 0 else start, figures[i].start)
        yield Slot(
            quantity, figures[i], before, Span(figures[i].end, max(cut, figures[i].end)), clause, i == 0
        )
        start = resume


def _cut(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Where what belongs to a figure ends, and where what belongs to the next one begins."""
    gap = sentence[start:end]
    for word in load_toml("bind/slots.toml")["joints"]["words"]:
        if gap.endswith(word) and len(gap) > len(word):
            return end - len(word), end
    depth = None
    for i in range(start, end):
        char = sentence[i]
        if depth:
            depth = None if char == depth else depth
        elif char in _BRACKETS:
            depth = _BRACKETS[char]
        elif char == "、":
            return i, i + 1
    for word in load_toml("bind/slots.toml")["joints"]["words"]:
        if gap.startswith(word):
            return start, start + len(word)
    if not strip_tail(gap).kept:  # 从40.3%提高到45.4%
        return start, start
    noun = leading_noun(gap)
    if noun >= len(strip_tail(gap).kept) and strip_tail(gap).stripped:
        return end, -1
    return (start + noun, start + noun) if noun < len(gap) else (end, end)


def _close(sentence: str, start: int, end: int) -> int:
    """Where what belongs to the last figure of a clause ends: at a 、 that begins something else."""
    at = sentence.find("、", start, end)
    if at < 0 or sentence[start:at].count("“") > sentence[start:at].count("”"):
        return end
    return at if at == start or "等" not in sentence[at:end] else end


def _opening(sentence: str, start: int, end: int) -> int:
    """Where what belongs to a clause's first figure begins: behind parts that say a thing of their own."""
    at = sentence.rfind("、", start, end)
    while at >= 0:
        head = sentence[start:at]
        if head.count("“") == head.count("”") and _closed().search(head):
            return at + 1
        at = sentence.rfind("、", start, at)
    return start


@cache
def _closed() -> re.Pattern[str]:
    return re.compile("|".join(load_toml("bind/slots.toml")["closed"]["words"]))
