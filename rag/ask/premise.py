"""What a question takes for granted and the plans contradict: a figure, or that something rose or fell.

"Why did retail sales fall in 2023?" is answered by what the plans say: they grew by 8.9%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rag.ask.acceptance import accepts
from rag.ask.finding import Found, Plans, cite, rank_figures
from rag.ask.question import Question
from rag.ask.scoring import Scored
from rag.bind import UnitWish
from rag.check import is_borne_out
from rag.language import NOUN, agreement, find_quantities, load_toml, same_kind, split_clauses
from rag.schema import RATES, Evidence, Quantity, Role, Status
from rag.search import Scope

_NEAR = 0.15  # how much less the figure that the question means may score than the best
_CLEARLY = 0.4  # how much more of the premise another year must bear out


@dataclass(frozen=True, slots=True)
class Premise:
    """A figure that a question asserts, or without one, that something rose or fell.

    `asked` is the question for what the plans say of it, with only the words that can tell of what.
    """

    figure: Quantity | None
    direction: Role | None
    asked: Question


def correct_premise(plans: Plans, question: Question, allowed: Scope, found: Found) -> Evidence | None:
    """What the plans say instead of what a question takes for granted; None if they contradict nothing.

    `found` is told how much was searched, as by `rank_figures`.
    """
    for premise in read_premises(question):
        fitting = _stated(plans, premise, allowed, found)
        if fitting and _holds(premise, fitting):
            continue
        elsewhere = _told_elsewhere(plans, premise, allowed, found)
        if elsewhere and (not fitting or elsewhere.coverage > fitting[0].coverage + _CLEARLY):
            return cite(question, elsewhere)
        if fitting:
            return cite(question, fitting[0])
    return None


def _stated(plans: Plans, premise: Premise, allowed: Scope, found: Found) -> list[Scored]:
    """What the plans say of the year asked about, best first: the outturn, where no target is asked for."""
    statuses: tuple[Status | None, ...] = ("actual", None)
    for status in (premise.asked.status,) if premise.asked.status else statuses:
        asked = replace(premise.asked, status=status)
        fitting = _rank(plans, premise, asked, allowed, found)
        if fitting and accepts(asked, fitting):
            return fitting
    return []


def takes_for_granted(question: Question) -> bool:
    """Whether a question asks for reasons, and so takes for granted that there is something to explain."""
    data = load_toml("ask/premise.toml")[question.language]
    return question.kind != "figure" or re.search(data["reasons"], question.plain, re.IGNORECASE) is not None


def read_premises(question: Question) -> Iterator[Premise]:
    """The figures that a question asserts; without any, the direction that it asserts."""
    data: dict[str, Any] = load_toml("ask/premise.toml")[question.language]
    figures = [
        figure
        for figure in find_quantities(question.plain)
        if not (figure.qualifier and figure.unit_class.startswith("money"))  # projects over 100 million
        and not _is_named(figure, question.plain, data)
        and not _bounds(figure, question)
    ]
    for figure in figures:
        yield Premise(figure, None, _ask_for(question, figure.start, figure.end, data["reach"]))
    if not figures:
        cues: tuple[tuple[Role, str], ...] = (("decline", "falls"), ("growth", "rises"))
        for direction, cue in cues:
            if match := re.search(data[cue], question.plain, re.IGNORECASE):
                yield Premise(
                    None, direction, _ask_for(question, match.start(), match.end(), len(question.plain))
                )
                return


def _bounds(figure: Quantity, question: Question) -> bool:
    """Whether a figure only tells which things are meant: over 60, within 500 metres."""
    asked = question.kind == "figure" and question.unit.hard and not question.unit.accepts(figure.unit_class)
    return asked and (figure.qualifier is not None or figure.unit_class == "length")


def _is_named(figure: Quantity, plain: str, data: dict[str, Any]) -> bool:
    """Whether a figure belongs to a name and asserts nothing: which three industries."""
    spelled = not any(char.isdigit() for char in figure.text)
    return spelled and re.search(data["names"], plain[: figure.start], re.IGNORECASE) is not None


def _ask_for(question: Question, start: int, end: int, reach: int) -> Question:
    """The question for a figure, with the words around a stretch, as far as its clause."""
    clauses = split_clauses(question.plain, 0, len(question.plain))
    clause = next(c for c in clauses if c.start <= start < c.end)
    low, high = max(clause.start, start - reach), min(clause.end, end + reach)
    words = tuple(word for word in question.words if low <= word.start < high)
    if not any(word.weight >= NOUN for word in words):
        words = question.words
    return replace(question, kind="figure", words=words, figures=(), role=None, unit=UnitWish())


def _rank(plans: Plans, premise: Premise, asked: Question, allowed: Scope, found: Found) -> list[Scored]:
    """The figures that a premise can be held against, best first."""
    changes = premise.figure is None or premise.figure.role in RATES
    roles: tuple[Role | None, ...] = RATES if changes else (None,)
    ranked = [i for role in roles for i in rank_figures(plans, replace(asked, role=role), allowed, found)]
    fitting = [
        i for i in ranked if i.fits and i.candidate.quantity and _is_like(premise, i.candidate.quantity)
    ]
    return sorted(fitting, key=lambda item: -item.score)


def _is_like(premise: Premise, quantity: Quantity) -> bool:
    if premise.figure is None:
        return quantity.role in RATES
    return same_kind(premise.figure, quantity)


def _holds(premise: Premise, fitting: Sequence[Scored]) -> bool:
    """Whether one of the figures that the question can mean says what it asserts."""
    return any(_agrees(premise, item) for item in fitting if item.score >= fitting[0].score - _NEAR)


def _agrees(premise: Premise, item: Scored) -> bool:
    quantity = item.candidate.quantity
    assert quantity is not None
    if premise.figure is None:
        return quantity.role == premise.direction
    if (quantity.magnitude, quantity.role) == (premise.figure.magnitude, premise.figure.role):
        return True
    verdict = agreement(premise.figure, quantity)
    return verdict == "qualifier_changed" or (verdict is not None and is_borne_out(verdict))


def _told_elsewhere(plans: Plans, premise: Premise, allowed: Scope, found: Found) -> Scored | None:
    """The asserted figure, where the plans give it for another year or status."""
    if premise.figure is None:
        return None
    asked = replace(premise.asked, status=None)
    for wide in (asked, replace(asked, years=(), plan_year=None)):
        same = [item for item in _rank(plans, premise, wide, allowed, found) if _agrees(premise, item)]
        if same and accepts(wide, same):
            return same[0]
    return None
