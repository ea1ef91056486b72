"""Differences and ratios of two quoted figures, calculated by the program and shown with their formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from rag.language import load_toml
from rag.question import Question
from rag.quotes import Messages
from rag.schema import Citation, Evidence, Quantity

_RATIO_STEP = Decimal("0.01")


def compare(
    question: Question, evidence: Sequence[Evidence], citations: Sequence[Citation], messages: Messages
) -> str | None:
    """The line with the formula that a question asks for; None if it asks for none, or none can be had.

    Two figures of the same unit are needed, of different years or one intended and one reached.
    """
    cues = load_toml("question.toml")["compare"][question.language]
    kind = next((name for name in ("ratio", "difference") if _asks(cues[name], question.plain)), None)
    pair = _pair(evidence)
    if kind is None or pair is None:
        return None
    later, earlier = (item.quantity for item in pair)
    assert later is not None
    assert earlier is not None
    later, earlier = _in_one_unit(later, earlier)
    formula = _ratio(later, earlier) if kind == "ratio" else _difference(later, earlier)
    keys = {(c.document, c.start, c.end): c.key for c in citations}
    cited = sorted(keys[(item.chunk.document, item.start, item.end)] for item in pair)
    return messages.fill(kind, formula=formula, keys="".join(f"[{key}]" for key in dict.fromkeys(cited)))


def _asks(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def _pair(evidence: Sequence[Evidence]) -> tuple[Evidence, Evidence] | None:
    """The figures of two frames, the later one first; or two of one frame, in the order asked.

    None unless there are two of one kind of unit.
    """
    frames: dict[tuple[int, str], Evidence] = {}
    figures = [item for item in evidence if item.quantity is not None]
    for item in figures:
        frames.setdefault((item.year, item.status), item)
    if len(frames) == 2:
        earlier, later = (frames[frame] for frame in sorted(frames))
    elif len(frames) == 1 and len(figures) == 2:
        later, earlier = figures
    else:
        return None
    one, other = earlier.quantity, later.quantity
    comparable = one is not None and other is not None and one.unit_class == other.unit_class
    ranged = any(item.quantity and item.quantity.upper is not None for item in (earlier, later))
    return (later, earlier) if comparable and not ranged else None


def _in_one_unit(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    """Two figures in the smaller of their units: 1.3万个 and 9540个 as 13000个 and 9540个."""
    if one.unit == other.unit or not (one.value and other.value):
        return one, other
    small, large = sorted((one, other), key=lambda quantity: quantity.magnitude / quantity.value)
    value = large.magnitude / (small.magnitude / small.value)
    told = replace(large, value=Decimal(f"{value.normalize():f}"), unit=small.unit)
    return (told, other) if large is one else (one, told)


def _difference(one: Quantity, other: Quantity) -> str:
    """The larger less the smaller; per cents differ by percentage points."""
    high, low = sorted((one, other), key=lambda quantity: -quantity.value)
    points = one.unit_class == "percent" and "%" in one.unit
    unit = "个百分点" if points else one.unit
    return f"{_told(high)} − {_told(low)} = {high.value - low.value}{unit}"


def _ratio(one: Quantity, other: Quantity) -> str:
    if not other.value:
        return f"{_told(one)} − {_told(other)} = {one.value - other.value}{one.unit}"
    ratio = (one.value / other.value).quantize(_RATIO_STEP, rounding=ROUND_HALF_UP)
    return f"{_told(one)} ÷ {_told(other)} = {ratio}倍"


def _told(quantity: Quantity) -> str:
    """A unit with a stroke (微克/立方米) would read like a division and is left to the result."""
    return f"{quantity.value}{'' if '/' in quantity.unit else quantity.unit}"
