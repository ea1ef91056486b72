"""One thing by places and years: outturn and target of its level and of its growth, side by side.

Only figures of the same thing stand beside each other: the same indicator, or the same words, the same kind
of unit, the same flow and whole, of the place and not of a project in it. Where documents contradict each
other, all that they say is kept: what was verified at last first, preliminary figures last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.language import agreement, kind_of, load_toml
from rag.ledger.compare import compare_levels, growth_formula
from rag.ledger.find import Filter, find_thing, named_years, things_of
from rag.ledger.rows import Entry
from rag.ledger.store import Ledger
from rag.ledger.targets import Judgement, judge
from rag.ledger.words import wanted_measures
from rag.schema import RATES, Measure, Period

Stage = Literal["final", "preliminary"]
_MOST = 5000  # figures of one thing that are looked at, the newest
_LEVELS: frozenset[Measure] = frozenset(("level", "from", "to"))  # what a thing came from, and to, are levels
_WITHIN_A_YEAR = ("year", "point")
_STAGES = {"final": 0, None: 1, "preliminary": 2}


@dataclass(frozen=True, slots=True)
class Beside:
    """Outturns beside the targets of the same time, best witness first; a judgement for each target."""

    outturns: tuple[Entry, ...] = ()
    targets: tuple[Entry, ...] = ()
    judgements: tuple[Judgement | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of a place and a period; `formula`: the growth, from this level and the year before's."""

    place: str
    period: Period
    level: Beside
    growth: Beside
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What lies between the levels of two years of a place: the formulas of difference and ratio."""

    place: str
    earlier: Entry
    later: Entry
    difference: str
    ratio: str | None


@dataclass(frozen=True, slots=True)
class Series:
    """A thing by places and periods; `others` are things that the same words name, not compared with it.

    `cut` says that there are more figures than were looked at.
    """

    subject: str
    indicator: str | None
    unit_class: str | None
    rows: tuple[Row, ...]
    changes: tuple[Change, ...]
    others: tuple[str, ...]
    cut: bool


def read_series(ledger: Ledger, wanted: Filter) -> Series | None:
    """What a ledger tells of the thing that words name; None if it tells nothing."""
    wanted = replace(wanted, years=wanted.years or named_years(wanted.words))
    things = things_of(ledger, wanted, _MOST)
    if not things:
        return None
    asked = wanted_measures(wanted.words)
    with_years_before = replace(wanted, years=tuple({y - d for y in wanted.years for d in (0, 1)}))
    entries = list(find_thing(ledger, things[0].thing, with_years_before, _MOST))
    levels = _of_one_kind(entries, asked)
    in_points = bool(levels) and levels[0].statement.quantity.unit_class == "percent"
    rates = [entry for entry in entries if _is_rate(entry, "point" if in_points else "percent")]
    rows = list(_rows(() if asked and not asked.isdisjoint(RATES) else levels, rates))
    shown = tuple(row for row in rows if not wanted.years or _is_of(row.period, wanted.years))
    if not shown:
        return None
    return Series(
        subject=things[0].subject,
        indicator=entries[0].statement.indicator if entries else None,
        unit_class=levels[0].statement.quantity.unit_class if levels else None,
        rows=shown,
        changes=tuple(_changes(shown)),
        others=tuple(thing.subject for thing in things[1:]),
        cut=len(entries) == _MOST,
    )


def stage_of(entry: Entry) -> Stage | None:
    """Whether a figure is said to be preliminary or verified at last, up to the end of its clause."""
    said = entry.sentence[: entry.statement.clause.end - entry.statement.sentence.start]
    rules = load_toml("ledger/series.toml")["stages"]
    found = {
        name: re.search(rules[name]["pattern"], said, re.IGNORECASE) for name in ("preliminary", "final")
    }
    return "final" if found["final"] else "preliminary" if found["preliminary"] else None


def _of_one_kind(entries: Sequence[Entry], asked: frozenset[str]) -> list[Entry]:
    """The levels of the commonest kind: numbers of school places, and not the rate of supply."""
    measures = (
        frozenset(("share",)) if "share" in asked else frozenset(("rank",)) if "rank" in asked else _LEVELS
    )
    levels = [entry for entry in entries if entry.statement.measure in measures]
    if not levels and not asked:
        levels = [entry for entry in entries if entry.statement.measure == "share"]
    kinds = Counter(map(_kind, levels))
    most = kinds.most_common(1)[0][0] if kinds else None
    return [entry for entry in levels if _kind(entry) == most]


def _kind(entry: Entry) -> tuple[str, str | None, str | None]:
    statement = entry.statement
    return kind_of(statement.quantity), statement.flow, statement.of


def _is_rate(entry: Entry, unit_class: str) -> bool:
    """Whether it is a change against the year before, in a unit of such."""
    statement = entry.statement
    return statement.measure in RATES and statement.of is None and statement.quantity.unit_class == unit_class


def _rows(levels: Iterable[Entry], rates: Iterable[Entry]) -> Iterator[Row]:
    """A row for each place and period, those of a place together, in the order of time."""
    cells: dict[tuple[str, Period], tuple[list[Entry], list[Entry]]] = {}
    for column, entries in enumerate((levels, rates)):
        for entry in entries:
            period = _row_period(entry.statement.period)
            if period:
                cells.setdefault((entry.statement.place, period), ([], []))[column].append(entry)
    places = {place: number for number, (place, _) in enumerate(cells)}
    before: dict[tuple[str, int], Entry] = {}
    for place, period in sorted(cells, key=lambda key: (places[key[0]], *_time(key[1]))):
        level, growth = (_beside(entries) for entries in cells[place, period])
        formula = None
        if period.kind == "year" and period.end and level.outturns:
            before[place, period.end] = level.outturns[0]
            formula = _growth(before.get((place, period.end - 1)), level.outturns[0])
        yield Row(place, period, level, growth, formula)


def _row_period(period: Period) -> Period | None:
    """The period of a row: the end of a year is told with the year; None for a figure of no time."""
    if period.end is None:
        return None
    if period.part is None and (period.kind in _WITHIN_A_YEAR or period.start == period.end):
        return Period("year", period.end, period.end)
    return period


def _time(period: Period) -> tuple[int, int, str, str]:
    return period.end or 0, -(period.start or 0), period.part or "", period.kind


def _is_of(period: Period, years: Sequence[int]) -> bool:
    first = period.start if period.kind in ("span", "average") else period.end
    return any((first or year + 1) <= year <= (period.end or 0) for year in years)


def _beside(entries: Sequence[Entry]) -> Beside:
    outturns, targets = (
        _distinct(entry for entry in entries if (entry.statement.status == "planned") is planned)
        for planned in (False, True)
    )
    return Beside(outturns, targets, tuple(_judge(target, outturns) for target in targets))


def _distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Every figure once, the best witness first; one that says the same as another, or rounded, goes."""
    kept: list[Entry] = []
    for entry in sorted(entries, key=_rank):
        figure = entry.statement.quantity
        if not any(agreement(figure, k.statement.quantity) in ("supported", "rounded") for k in kept):
            kept.append(entry)
    return tuple(kept)


def _rank(entry: Entry) -> tuple[int, bool, int, str, int]:
    """Verified before preliminary, told before expected, later before earlier, more digits before fewer."""
    source, statement = entry.source, entry.statement
    age = -(source.year or 0)
    expected = statement.status == "estimated"
    digits = -len(statement.quantity.value.as_tuple().digits)
    return _STAGES[stage_of(entry)], expected, age, source.id, digits


def _judge(target: Entry, outturns: Sequence[Entry]) -> Judgement | None:
    """The judgement that all outturns of the best stage share; None without an outturn."""
    best = [entry for entry in outturns if stage_of(entry) == stage_of(outturns[0])]
    found = {judge(target.statement, entry.statement) for entry in best}
    return found.pop() if len(found) == 1 else "open" if found else None


def _growth(earlier: Entry | None, later: Entry) -> str | None:
    if earlier is None:
        return None
    return growth_formula(earlier.statement.quantity, later.statement.quantity)


def _changes(rows: Sequence[Row]) -> Iterator[Change]:
    """The changes from one year to the next: of outturns, of targets where there is nothing else."""
    reached = any(row.level.outturns for row in rows)
    last: dict[str, Entry] = {}
    for row in rows:
        told = row.level.outturns if reached else row.level.targets
        if row.period.kind != "year" or not told:
            continue
        earlier, later = last.get(row.place), told[0]
        last[row.place] = later
        if earlier:
            formulas = compare_levels(earlier.statement.quantity, later.statement.quantity)
            if formulas:
                yield Change(row.place, earlier, later, *formulas)
