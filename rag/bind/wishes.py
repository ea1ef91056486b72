"""Which units answer a question: the counter it names (多少家), or what its words ask for.

>>> read_unit("新建公园多少个", "zh", None)
UnitWish(classes=('count', 'person'), hard=True, measure='个')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from rag.language import ASPECT, find_concepts, load_toml, load_tsv
from rag.schema import RATES, RELATIVE, Language, Role

_PEOPLE = ("person", "visit")


@dataclass(frozen=True, slots=True)
class UnitWish:
    """Which units answer. `measure` is the counter named (多少家); no `classes`: any unit."""

    classes: tuple[str, ...] = ()
    hard: bool = False
    measure: str | None = None

    def accepts(self, unit_class: str) -> bool:
        """Whether a unit class is among those asked for, whatever it is counted per."""
        own = unit_class.split("/")[0]
        return not self.classes or any(own == name or own.startswith(f"{name}:") for name in self.classes)


@cache
def _data() -> dict[str, Any]:
    return load_toml("bind/question.toml")


def read_unit(plain: str, language: Language, role: Role | None) -> UnitWish:
    """Which units a question asks for; `role` as far as it names growth, decline or a share."""
    measure = _measure(plain) if language == "zh" else None
    if measure and measure[1] not in RELATIVE:
        if measure[1].startswith("count:"):
            counted = ("count", "person") if measure[0] == _data()["kind"]["any_counter"] else ("count",)
            return UnitWish(counted, True, measure[0])
        people = measure[1] in _PEOPLE
        return UnitWish(_PEOPLE if people else (measure[1],), True, measure[0])
    named = re.search(_data()["named_unit"][language], plain, re.IGNORECASE)
    if role in RATES and not named:
        return UnitWish(RELATIVE, False)
    for rule in _data()["unit"][language]:
        if re.search(rule["pattern"], plain, re.IGNORECASE):
            return UnitWish(tuple(rule["classes"]), rule["hard"])
    return UnitWish(RELATIVE, False) if role else UnitWish()


@cache
def measure_pattern() -> re.Pattern[str]:
    """A number word that asks, with its counter or unit: 多少家, 几公里, 几个人."""
    rows = sorted(load_tsv("language/units.tsv"), key=lambda row: -len(row[0]))
    units = "|".join(re.escape(row[0]) + (f"(?!{row[3]})" if row[3] != "-" else "") for row in rows)
    return re.compile(
        rf"(?:多少|(?<![十好])几)(?:多)?[百千万亿]*(?:个(?=人(?![才民均])))?(?P<unit>{units})(?!点|百分点)"
    )


def _measure(plain: str) -> tuple[str, str] | None:
    """The counter or unit behind 多少 or 几, with its class."""
    match = measure_pattern().search(plain)
    if not match:
        return None
    return match["unit"], next(row[1] for row in load_tsv("language/units.tsv") if row[0] == match["unit"])


def blank_measures(plain: str) -> str:
    """Blanks what asks together with its counter."""
    return measure_pattern().sub(_blank_measure, plain)


def _blank_measure(match: re.Match[str]) -> str:
    """多少家 blanked; of 多少学位, whose counter is the noun that is asked about, only 多少."""
    kept = match["unit"] if names_thing(match["unit"]) else ""
    return " " * (len(match.group()) - len(kept)) + kept


def names_thing(unit: str) -> bool:
    """Whether a counter is itself the noun that is counted: 学位, 床位."""
    return any(not concept.startswith(ASPECT) for concept, _, _ in find_concepts(unit))
