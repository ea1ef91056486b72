"""The figures of an English sentence, with their units as a table shows them.

>>> for one in find_figures("3. Subsidies rose from 240 to 450 yuan per person, the two sides said"):
...     print(one.quantity.value, one.quantity.unit, one.span)
240 yuan per person Span(start=23, end=26)
450 yuan per person Span(start=30, end=49)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from rag.bind.english.words import compiled, english_data
from rag.language import find_quantities, load_toml
from rag.schema import Quantity, Span

_FLAGS = re.IGNORECASE
_JOINED = re.compile(r"\s*(?:,|,?\s*\band\b|\bto\b)\s*(?:(?:over|about|more than|nearly|around)\s+)?", _FLAGS)
_SIGNS = re.compile(r"^(?P<scale>\w+(?: \w+)?) (?P<sign>\S*[$¥€￥]|RMB|CNY|USD|HKD|EUR)$", _FLAGS)
_MOVED = re.compile(
    r"\b(?:went|came|comes?|go|goes|gone|going|moved?|grew|rose|increased?|increment|growth|rise|climbed)\s+up\s+to\s+$",
    _FLAGS,
)
_PERMILLE = re.compile(r"\s+per\s+thousand\b(?!\s+[a-z])", _FLAGS)
_PEOPLE = re.compile(r"\s?(?:people|persons?)$", _FLAGS)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a sentence; `span` is where it stands with its qualifier and all of its unit."""

    quantity: Quantity
    span: Span


@cache
def noise_rules() -> tuple[dict[str, str], ...]:
    """The rules by which a number is no figure."""
    return tuple(load_toml("bind/english_noise.toml")["rule"])


def find_figures(sentence: str) -> list[Figure]:
    """The figures of a sentence that are worth a row, in order."""
    kept = [q for q in find_quantities(sentence) if not is_number_only(sentence, q)]
    figures = [_figure(sentence, quantity) for quantity in kept]
    for i in range(len(figures) - 2, -1, -1):
        figures[i] = _sharing(sentence, figures[i], figures[i + 1])
    return figures


def is_number_only(sentence: str, quantity: Quantity) -> bool:
    """Whether a number is the number of a list, a name, a duration or the like."""
    before, after = sentence[: quantity.start], sentence[quantity.end :]
    return any(_meets(rule, before, quantity.text, after) for rule in noise_rules())


def _meets(rule: dict[str, str], before: str, figure: str, after: str) -> bool:
    cased = 0 if rule["name"] == "name in capitals" else _FLAGS
    for name, text in (("before", before), ("figure", figure), ("after", after)):
        if name in rule and not re.search(rule[name], text, cased):
            return False
    return not ("unless_before" in rule and re.search(rule["unless_before"], before, _FLAGS))


def _figure(sentence: str, quantity: Quantity) -> Figure:
    end = quantity.end
    unit = quantity.unit
    if quantity.unit_class == "percent":
        unit = "%"
    elif quantity.unit_class == "person":
        unit = _PEOPLE.sub("", unit)
    elif signed := _SIGNS.match(unit):
        unit = f"{signed['sign']} {signed['scale']}"
    if permille := _PERMILLE.match(sentence, end):
        end, unit = permille.end(), "‰"
        quantity = replace(quantity, unit_class="permille")
    if unit.startswith("per "):  # what it is counted per stands elsewhere
        unit = ""
    if _moved_up(sentence, quantity):
        quantity = replace(quantity, qualifier=None)
    per = compiled("per", "pattern").match(sentence[end:]) if _divisible(quantity) else None
    if per:
        unit, end = f"{unit} {per[0].strip()}", end + per.end()
    return Figure(replace(quantity, unit=unit), Span(_qualified(sentence, quantity), end))


def _moved_up(sentence: str, quantity: Quantity) -> bool:
    """Whether "up to" tells where something came to (went up to 5), and no limit."""
    before = sentence[: quantity.start]
    return (quantity.qualifier or "").lower() == "up to" and bool(_MOVED.search(before))


def _divisible(quantity: Quantity) -> bool:
    return (
        " per " not in quantity.unit and quantity.unit_class.split("/")[0] in english_data()["per"]["classes"]
    )


def _qualified(sentence: str, quantity: Quantity) -> int:
    """Where a figure begins with its qualifier."""
    before = sentence[: quantity.start]
    words = re.escape(quantity.qualifier or "").replace(r"\ ", r"\s+")
    match = re.search(rf"\b{words}\s+(?:(?:a|an|the|another|total|of|by)\s+)*$", before, _FLAGS)
    return match.start() if words and match else quantity.start


def _sharing(sentence: str, one: Figure, following: Figure) -> Figure:
    """A figure whose unit stands at the one behind it: from 240 to 450 yuan, 500 yuan and 300 yuan a head."""
    first, second = one.quantity, following.quantity
    between = sentence[one.span.end : second.start]
    if not _JOINED.fullmatch(between):
        return one
    if first.unit and second.unit.startswith(first.unit + " per"):
        return replace(one, quantity=replace(first, unit=second.unit, unit_class=second.unit_class))
    bare = first.unit_class == "count" and second.unit_class != "count"
    origin = re.search(r"\bfrom\s+(?:\w+\s+){0,2}$", sentence[: first.start], _FLAGS)
    if not bare or not (origin or not first.unit):
        return one
    scaled = second.unit if not first.unit else " ".join([first.unit, *_without_scale(second)])
    factor = first.magnitude / first.value if first.unit and first.value else _factor(second)
    quantity = replace(first, unit=scaled, unit_class=second.unit_class, magnitude=first.value * factor)
    return replace(one, quantity=quantity)


def _without_scale(quantity: Quantity) -> Sequence[str]:
    """The words of a unit but for those that scale it."""
    words = quantity.unit.split()
    return [word for word in words if word not in ("million", "billion", "trillion", "thousand", "hundred")]


def _factor(quantity: Quantity) -> Decimal:
    return quantity.magnitude / quantity.value if quantity.value else quantity.magnitude
