"""What stands around a figure of an English text: its qualifier, its role, its sign, what it is counted per.

>>> qualifier_of("the total exceeded ", " in 2023"), qualifier_of("", " or more")
(('exceeded', 'the total '), ('or more', ''))
>>> role_of("exports fell by ", "", True), per_after(" per 10,000 yuan of GDP").text
('decline', 'per 10,000 yuan')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from rag.language.numerals import parse_english_numeral
from rag.language.resources import load_toml, load_tsv
from rag.schema import RATES, Role

FLAGS = re.IGNORECASE | re.ASCII  # Han characters are no word characters here
REACH = 60  # characters before a figure that may hold its qualifier and its verb
_GOES_ON = re.compile(r"\bto\s$", re.IGNORECASE)  # from 240 yuan to 450 yuan
_CLAUSE = re.compile(r"[,;:.!?](?=\s)|\n|\bwhile\b|\bwhereas\b|\d", FLAGS)


def data() -> dict[str, Any]:
    """How figures are written in English texts."""
    return load_toml("language/quantity_en.toml")


@cache
def _units() -> tuple[tuple[re.Pattern[str], str, Decimal], ...]:
    rows = load_tsv("language/units_en.tsv")
    return tuple((re.compile(row[0], FLAGS), row[1], Decimal(row[2])) for row in rows)


@cache
def unit_pattern() -> str:
    """A pattern of any unit, longer ones first."""
    by_length = sorted((row[0] for row in load_tsv("language/units_en.tsv")), key=len, reverse=True)
    return "|".join(rf"{unit}(?![A-Za-z])" if unit[-1] != "%" else unit for unit in by_length)


@cache
def kind_of_unit(surface: str) -> tuple[str, Decimal]:
    """The kind of a unit and what one of it is in base units."""
    wanted = surface.strip().strip("- ")
    known = ((name, factor) for pattern, name, factor in _units() if pattern.fullmatch(wanted))
    return next(known, ("", Decimal(1)))


@cache
def english_unit_factor(name: str) -> Decimal:
    """What one of a unit, multiplier or currency included, is in base units: billion RMB 1000000000.

    >>> english_unit_factor("million tons of standard coal"), english_unit_factor("billion RMB")
    (Decimal('1000000'), Decimal('1000000000'))
    """
    multipliers: dict[str, int] = data()["numerals"]["multipliers"]
    known = sorted((word for word in multipliers if name.lower().startswith(word)), key=len)
    scale = Decimal(multipliers[known[-1]]) if known else Decimal(1)
    unit = name[len(known[-1]) :].strip() if known else name
    return scale * (Decimal(1) if not unit or unit.lower() in data()["currencies"] else kind_of_unit(unit)[1])


@cache
def _qualifiers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = data()["qualifiers"]

    def alternation(names: list[str]) -> str:
        return "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(names, key=len, reverse=True))

    apart = r"(?<![A-Za-z])(?:(?<!\bthe )|(?!above|below|within))(?<!turned )(?<!handed )"
    ahead = rf"{apart}(?P<word>{alternation(words['before'])})\s+(?:{words['transparent']})*$"
    behind = rf"^[\s-]*(?:\w+\s+)?(?P<word>{alternation(words['after'])})(?![A-Za-z])"
    return re.compile(ahead, FLAGS), re.compile(behind, FLAGS)


def qualifier_of(before: str, after: str) -> tuple[str | None, str]:
    """The qualifier beside a figure, and the text before it without one in front."""
    ahead, behind = _qualifiers()
    if match := ahead.search(before):
        word = " ".join(match["word"].split())
        return (None if word.lower() == "some" else word), before[: match.start()]
    match = behind.match(after)
    return (" ".join(match["word"].split()) if match else None), before


def role_of(before: str, after: str, relative: bool) -> Role:
    """What the words around a figure say that it is: a growth, a decline, a share, or a level."""
    roles = data()["roles"]
    clause = _CLAUSE.split(before)[-1]
    if re.search(roles["level"], clause, FLAGS):
        return "level"
    if not relative and not re.search(roles["absolute"], clause, FLAGS):
        return "level"
    places: dict[Role, int] = {}
    governing: tuple[Role, ...] = ("growth", "decline", "share")
    for role in governing:
        found = [m.start() for m in re.finditer(roles[role], clause, FLAGS)]
        if found:
            places[role] = found[-1]
    if places:
        nearest = max(places, key=lambda role: places[role])
        # "at a growth rate of": the rate is of growth
        return "growth" if nearest == "share" and "growth" in places else nearest
    for role in RATES:
        if re.search(roles[f"{role}_after"], after, FLAGS):
            return role
    return "level"


@dataclass(frozen=True, slots=True)
class Per:
    """What a figure is counted per: how it is written, its kind, and what a figure of one is worth."""

    text: str
    kind: str
    factor: Decimal
    end: int


@cache
def _per() -> re.Pattern[str]:
    nouns = "|".join(sorted(data()["per"], key=len, reverse=True))
    return re.compile(
        r"\s+(?P<every>per|for\s+every|every|an?)\s+(?:(?P<many>10{1,6}|1,000|10,000|100,000|1,000,000"
        r"|(?:ten\s+|hundred\s+)?thousand|hundred|million)\s+)?"
        rf"(?P<noun>{nouns}|{unit_pattern()})(?![A-Za-z])",
        FLAGS,
    )


def per_after(after: str) -> Per | None:
    """What the words right behind a unit say that it is counted per; per capita says nothing new."""
    kinds, factor, end = [], Decimal(1), 0
    while match := _per().match(after, end):
        kind, worth = _noun(match["noun"])
        if match["every"][0] in "aA" and not kind.startswith(("month", "year", "duration")):
            break
        kinds.append(kind)
        factor /= worth * _many(match["many"])
        end = match.end()
    return Per(" ".join(after[:end].split()), "·".join(kinds), factor, end) if kinds else None


def per_before(clause: str) -> Per | None:
    """What the clause before a figure says that it is counted per: beds per 1,000 people reached 7.2."""
    match = re.search(r"\sper\s(?!capita)", clause, FLAGS)
    found = per_after(clause[match.start() :]) if match else None
    rest = clause[match.start() + found.end :] if match and found else ""
    if found is None or (re.search(r"\d", rest) and not _GOES_ON.search(rest)):
        return None
    return None if found.kind == "year" else found


def _noun(noun: str) -> tuple[str, Decimal]:
    known = data()["per"].get(noun.lower())
    return (known, Decimal(1)) if known else kind_of_unit(noun)


def _many(written: str | None) -> Decimal:
    if not written:
        return Decimal(1)
    return Decimal(written.replace(",", "")) if written[0].isdigit() else parse_english_numeral(written)
