"""Units as they are written: what kind they measure, what one of them is worth, where their name ends.

>>> unit_at("万千瓦时", 1).kind, unit_at("30万吨级", 3).text, unit_at("12家庭", 2)
('energy', '吨', None)
>>> unit = unit_at("元每人每月", 0)
>>> unit.text, unit.kind, unit.factor, unit_at("张/千人", 0).factor
('元/人·月', 'money/person·month', Decimal('1'), Decimal('0.001'))
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from rag.language.resources import load_toml, load_tsv

_NEVER = re.compile(r"(?!)")
_PER = re.compile(r"(?: ?[/·]|每)[ (]?(?:(?P<many>10{1,6}|[十百千万亿]+)(?![瓦米克伏]))?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it is shown, its kind, its worth in base units of the kind, and where it ends in the text."""

    text: str
    kind: str
    factor: Decimal
    end: int


@dataclass(frozen=True, slots=True)
class _Row:
    surface: str
    kind: str
    factor: Decimal
    unless: re.Pattern[str]  # what behind it makes it another word
    digits: bool  # only after Arabic digits
    latin: bool


@cache
def _rows() -> dict[str, tuple[_Row, ...]]:
    """The units of the data file by their first character, longer ones first."""
    found: dict[str, list[_Row]] = defaultdict(list)
    for surface, kind, factor, unless, only in load_tsv("language/units.tsv"):
        latin = len(surface) > 1 and surface.isascii() and surface.isalpha()
        pattern = "(?![a-zA-Z])" if surface[-1].isascii() and surface[-1].isalpha() else ""
        row = _Row(
            surface.lower() if latin else surface,
            kind,
            Decimal(factor),
            re.compile(unless) if unless != "-" else re.compile("[A-Za-z]") if pattern else _NEVER,
            only == "digits",
            latin,
        )
        for first in {surface[0], surface[0].lower()} if latin else {surface[0]}:
            found[first].append(row)
    return {first: tuple(sorted(rows, key=lambda r: -len(r.surface))) for first, rows in found.items()}


def _row_at(text: str, position: int, spelled: bool = False) -> _Row | None:
    for row in _rows().get(text[position : position + 1], ()):
        if row.digits and spelled:
            continue
        end = position + len(row.surface)
        written = text[position:end]
        if (written.lower() if row.latin else written) == row.surface and not row.unless.match(text, end):
            return row
    return None


def unit_at(text: str, position: int, spelled: bool = False) -> Unit | None:
    """The unit that begins at a position of a folded text, what it is counted per included."""
    row = _row_at(text, position, spelled)
    if row is None:
        return None
    end = position + len(row.surface)
    unit = Unit(text[position:end], row.kind, row.factor, end)
    if row.kind.startswith("duration") and text.startswith("每", end):  # 连续4年每年
        return unit
    parts, end = _pers_at(text, end)
    return with_per(unit, parts, end) if parts else unit


def starts_unit(text: str, position: int) -> bool:
    """Whether a unit begins here."""
    return _row_at(text, position) is not None


def with_per(unit: Unit, per: tuple[Unit, ...], end: int) -> Unit:
    """A unit and what it is counted per: 元 and 人, 月 are 元/人·月; 微克/立方米 has a kind of its own."""
    name = f"{unit.text}/{'·'.join(part.text for part in per)}"
    for row in _rows().get(name[0], ()):
        if row.surface == name:
            return Unit(name, row.kind, row.factor, end)
    factor = unit.factor
    for part in per:
        factor /= part.factor
    return Unit(name, f"{unit.kind}/{'·'.join(part.kind for part in per)}", factor, end)


def _pers_at(text: str, position: int) -> tuple[tuple[Unit, ...], int]:
    """The denominators that follow a unit: /人·月, 每人每月, /(万人)."""
    found: list[Unit] = []
    while (match := _PER.match(text, position)) and (found or text[match.start()] != "·"):
        part = per_at(text, match.end(), match["many"] or "", listed=match[0].strip()[0] == "每")
        if part is None:
            break
        position = part.end + text.startswith(")", part.end)
        found.append(part)
    return tuple(found), position


def per_at(text: str, position: int, many: str = "", listed: bool = True) -> Unit | None:
    """One denominator; only one of the `listed` ones where a word like 每 may mean something else."""
    data: dict[str, Any] = load_toml("language/quantity.toml")
    for name in data["per"]["units"]:
        if text.startswith(name, position):
            shown = data["per"]["shown"].get(name, name)
            kind, factor = _kind_of(shown)
            return _many(many, shown, kind, factor, position + len(name))
    row = None if listed else _row_at(text, position)
    if row is None:
        return None
    end = position + len(row.surface)
    return _many(many, text[position:end], row.kind, row.factor, end)


def _many(many: str, name: str, kind: str, factor: Decimal, end: int) -> Unit:
    multipliers = load_toml("language/quantity.toml")["numerals"]["multipliers"]
    times = Decimal(many) if many.isdigit() else Decimal(multipliers.get(many, 1))
    return Unit(many + name, kind, factor * times, end)


def _kind_of(name: str) -> tuple[str, Decimal]:
    own = load_toml("language/quantity.toml")["per"]["kinds"]
    if name in own:
        return own[name], Decimal(1)
    return next((row.kind, row.factor) for row in _rows()[name[0]] if row.surface == name)


def unit_factor(name: str) -> Decimal:
    """What one of a unit, multiplier included, is in base units: 万元 10000; 1 where it is not known.

    >>> unit_factor("亿千瓦时"), unit_factor("")
    (Decimal('100000000'), Decimal('1'))
    """
    scale = Decimal(1)
    for word in _multipliers():
        if name.startswith(word) and name not in {row.surface for row in _rows().get(name[0], ())}:
            scale, name = _multipliers()[word], name[len(word) :]
            break
    unit = unit_at(name, 0)
    return scale * unit.factor if unit else scale


@cache
def _multipliers() -> dict[str, Decimal]:
    table: dict[str, int] = load_toml("language/quantity.toml")["numerals"]["multipliers"]
    return {word: Decimal(table[word]) for word in sorted(table, key=len, reverse=True)}
