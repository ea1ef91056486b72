"""What is calculated from quoted figures, by the program and with its formula shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from rag.citation import keys_by_place, place_of
from rag.language import Messages, comparable
from rag.ledger.operation import Operation
from rag.schema import RELATIVE, Citation, Evidence, Quantity

_RATIO_STEP = Decimal("0.01")
_PERCENT_STEP = Decimal("0.1")


def compare(
    operation: Operation, evidence: Sequence[Evidence], citations: Sequence[Citation], messages: Messages
) -> str | None:
    """The line with the formula that a question asks for; None if these figures give none.

    It takes two figures of one kind of unit, in the order that the question names them; a sum takes any
    number of them.
    """
    places = {(e.chunk.id, e.quantity.start): e for e in evidence if e.quantity is not None}
    evidence = list(places.values())
    figures = [item.quantity for item in evidence if item.quantity is not None]
    if len(figures) < 2 or (len(figures) > 2 and operation.kind != "sum") or not comparable(figures):
        return None
    if {"growth", "decline"} <= {figure.role for figure in figures}:
        return None  # 5% up and 4.3% down differ by what no formula of the figures as they stand shows
    figures = _in_one_unit(figures)
    name = str(operation.kind)
    if operation.kind == "sum":
        formula = _sum(figures)
    elif operation.kind == "share":
        formula = _share(*sorted(figures, key=lambda quantity: quantity.magnitude))
    elif operation.kind == "ratio":
        formula = _ratio(*(reversed(figures) if operation.from_first else figures))
    elif operation.kind == "change":
        earlier, later = (figures[i] for i in _by_time(evidence))
        name = "increase" if later.magnitude >= earlier.magnitude else "decrease"
        formula = _change(earlier, later)
    else:
        formula = _difference(*figures)
    keys = keys_by_place(citations)
    cited = sorted({keys[place_of(item)] for item in evidence})
    line = messages.fill(name, formula=formula, keys="".join(f"[{key}]" for key in cited))
    bounded = any(figure.qualifier for figure in figures)
    return f"{line}{messages.joiner}{messages.fill('bounded')}" if bounded else line


def compare_levels(earlier: Quantity, later: Quantity) -> tuple[str, str | None] | None:
    """The formulas of the difference and of the ratio of two figures; None where they cannot be compared.

    Of per cents there is no ratio.
    """
    if not comparable([earlier, later]):
        return None
    one, other = _in_one_unit([later, earlier])
    return _difference(one, other), None if earlier.unit_class == "percent" else _ratio(one, other)


def growth_formula(earlier: Quantity, later: Quantity) -> str | None:
    """The formula of how far a level is from the earlier one, in per cent of that.

    >>> from rag.language import find_quantities
    >>> growth_formula(*find_quantities("620亿元和651亿元")), growth_formula(*find_quantities("4%和5%"))
    ('(651亿元 − 620亿元) ÷ 620亿元 = 5.0%', None)
    """
    if not comparable([earlier, later]) or earlier.unit_class in RELATIVE:
        return None
    one, other = _in_one_unit([earlier, later])
    change = _percent((other.value - one.value) / one.value).replace("-", "−")
    return f"({_told(other)} − {_told(one)}) ÷ {_told(one)} = {change}"


def _by_time(evidence: Sequence[Evidence]) -> list[int]:
    """The numbers of the pieces of evidence, the earlier frame first."""
    frames = [(item.year, item.status) for item in evidence]
    return sorted(range(len(frames)), key=lambda i: frames[i])


def _in_one_unit(figures: Sequence[Quantity]) -> list[Quantity]:
    """Figures in the smallest of their units: 1.3万个 and 9540个 as 13000个 and 9540个.

    Counts of unlike things (14条 and 148个) become plain numbers.
    """
    scales = [quantity.magnitude / quantity.value for quantity in figures]
    smallest = min(scales)
    unit = figures[scales.index(smallest)].unit
    if len({quantity.unit_class for quantity in figures}) > 1:
        smallest, unit = Decimal(1), ""
    return [
        quantity
        if (quantity.unit, scale) == (unit, smallest)
        else replace(quantity, value=_rescaled(quantity, scale, smallest), unit=unit)
        for quantity, scale in zip(figures, scales, strict=True)
    ]


def _rescaled(quantity: Quantity, scale: Decimal, wanted: Decimal) -> Decimal:
    """The value in another unit, with no more digits than it takes; as displayed in the same one."""
    if scale == wanted:
        return quantity.value
    return Decimal(f"{(quantity.magnitude / wanted).normalize():f}")


def _difference(one: Quantity, other: Quantity) -> str:
    """The larger less the smaller; per cents differ by percentage points."""
    high, low = sorted((one, other), key=lambda quantity: -quantity.value)
    points = one.unit_class == "percent" and "%" in one.unit
    unit = "个百分点" if points else one.unit
    return f"{_told(high)} − {_told(low)} = {high.value - low.value}{unit}"


def _ratio(one: Quantity, other: Quantity) -> str:
    ratio = (one.value / other.value).quantize(_RATIO_STEP, rounding=ROUND_HALF_UP)
    return f"{_told(one)} ÷ {_told(other)} = {ratio}倍"


def _share(part: Quantity, whole: Quantity) -> str:
    return f"{_told(part)} ÷ {_told(whole)} = {_percent(part.value / whole.value)}"


def _change(earlier: Quantity, later: Quantity) -> str:
    """How far the later figure is from the earlier one, in per cent of that."""
    high, low = sorted((earlier, later), key=lambda quantity: -quantity.value)
    change = (high.value - low.value) / earlier.value
    return f"({_told(high)} − {_told(low)}) ÷ {_told(earlier)} = {_percent(change)}"


def _sum(figures: Sequence[Quantity]) -> str:
    total = sum((quantity.value for quantity in figures), Decimal(0))
    return f"{' + '.join(_told(quantity) for quantity in figures)} = {total}{figures[0].unit}"


def _percent(share: Decimal) -> str:
    return f"{(share * 100).quantize(_PERCENT_STEP, rounding=ROUND_HALF_UP)}%"


def _told(quantity: Quantity) -> str:
    """A unit with a stroke (微克/立方米) would read like a division and is left to the result."""
    return f"{quantity.value}{'' if '/' in quantity.unit else quantity.unit}"
