"""One indicator through the years: a figure for each year and status, and what changed in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from rag.ask.facts import read_indicator
from rag.ask.finding import Found, Plans, find_evidence
from rag.ask.question import Question
from rag.bind import UnitWish
from rag.check import require_quotes
from rag.citation import number_evidence
from rag.language import kind_of
from rag.ledger import compare_levels
from rag.schema import RATES, RELATIVE, Evidence, Status
from rag.search import Scope


@dataclass(frozen=True, slots=True)
class Change:
    """What lies between two levels, the earlier one first: the formulas of difference and ratio."""

    earlier: Evidence
    later: Evidence
    difference: str
    ratio: str | None


@dataclass(frozen=True, slots=True)
class Series:
    """The levels and rates of growth of an indicator, in the order of time, and the changes of its level."""

    levels: tuple[Evidence, ...]
    rates: tuple[Evidence, ...]
    changes: tuple[Change, ...]


def read_series(plans: Plans, indicator: str, allowed: Scope) -> Series:
    """What the plans say of an indicator in each year, as outturn and as target."""
    question = read_indicator(plans, indicator, allowed)
    growth = replace(question, role="growth", unit=UnitWish(RELATIVE, True))
    rates = tuple(_points(plans, growth, allowed))
    levels = () if question.role else tuple(_of_one_kind(list(_points(plans, question, allowed))))
    require_quotes(number_evidence((*levels, *rates)), plans.source)
    return Series(levels, rates, tuple(_changes(levels)))


def _points(plans: Plans, question: Question, allowed: Scope) -> Iterator[Evidence]:
    """The best figure of every year and status that is covered and allowed, an outturn before a target."""
    for facet in sorted(plans.searcher.facets):
        digits, status = facet.split(":")[0], cast(Status, facet.split(":")[1])
        if not digits:
            continue
        year = int(digits)
        if (question.years and year not in question.years) or question.status not in (None, status):
            continue
        found = Found()
        find_evidence(plans, replace(question, years=(year,), status=status), allowed, found)
        yield from (item for item in found.evidence[:1] if item.quantity is not None)


def _of_one_kind(points: Sequence[Evidence]) -> Iterator[Evidence]:
    """The levels in the commonest kind of unit: numbers of school places, and not the rate of supply."""
    levels = [(item, item.quantity) for item in points if item.quantity and item.quantity.role not in RATES]
    kinds = Counter(kind_of(figure) for _, figure in levels)
    most = max(kinds.values(), default=0)
    return (item for item, figure in levels if kinds[kind_of(figure)] == most)


def _changes(levels: Sequence[Evidence]) -> Iterator[Change]:
    for earlier, later in pairwise(levels):
        assert earlier.quantity is not None
        assert later.quantity is not None
        formulas = compare_levels(earlier.quantity, later.quantity)
        if formulas:
            yield Change(earlier, later, *formulas)
