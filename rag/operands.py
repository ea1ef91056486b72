"""The figures that a question wants something calculated from."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

import numpy as np

from rag.asked_time import find_status_cues
from rag.finding import Plans, cite, rank_figures
from rag.followup import relative_year
from rag.language import load_toml
from rag.operation import OperationKind
from rag.pairing import RATES, RELATIVE, extend_sum, figure_of, pair_frames, pair_things
from rag.question import Question, content_words
from rag.retrieve import Scope
from rag.rules import is_threshold
from rag.schema import Evidence, Status
from rag.scoring import Scored, word_weights
from rag.wishes import UnitWish, read_unit

_MOST = 60  # figures of a frame that are paired

Frame = tuple[tuple[int, ...], Status | None]  # one year, or none for any; and its status, if it is told


def states_result(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether the plans themselves say what would be calculated."""
    operation = question.operation
    assert operation is not None
    years = {*question.years, *question.compared_years}
    return any(_is_result(operation.kind, item, years - {item.year}) for item in evidence)


def _is_result(kind: OperationKind, item: Evidence, other_years: Set[int]) -> bool:
    """Whether a figure is a share, a change or a ratio, and its quote names what it is measured by."""
    figure = item.quantity
    if figure is None or figure.unit_class not in RELATIVE or (kind == "share" and figure.role in RATES):
        return False
    return all(str(year) in item.quote for year in other_years)


def find_operands(plans: Plans, question: Question, allowed: Scope) -> list[Evidence]:
    """The figures to calculate with, in the order that the question names them; none if there are none."""
    assert question.operation is not None
    asked = _operand_question(plans, question)
    frames = _frames(plans, question)
    if not asked.words or len(frames) > 2 or (question.operation.of_years and len(frames) < 2):
        return []
    found = _find_figures(plans, asked, frames, allowed)
    if not found and len(frames) == 2 and question.compared_years:  # 较2020年: the base of both
        found = _find_figures(plans, asked, frames[:1], allowed)
    return [cite(asked, item) for item in found]


def _find_figures(plans: Plans, asked: Question, frames: Sequence[Frame], allowed: Scope) -> list[Scored]:
    """The operands: of two years, or of one."""
    assert asked.operation is not None
    ranked = [_rank(plans, replace(asked, years=years, status=s), allowed) for years, s in frames]
    if not all(ranked):
        return []
    weights = np.array(list(word_weights(asked, plans.searcher.lexical).values()))
    weights /= weights.sum()
    of_things = len(ranked) == 1
    ones, others = ranked[0], ranked[-1]
    pair = pair_things(asked, ones, weights) if of_things else pair_frames(asked, ones, others, weights)
    least = load_toml("operation.toml")["accept"]["things" if of_things else "frames"]
    if pair is None or pair.value < least:
        return []
    if of_things and asked.operation.kind == "sum":
        return extend_sum(asked, pair, ones)
    return [pair.first, pair.second]


def _rank(plans: Plans, asked: Question, allowed: Scope) -> list[Scored]:
    found = rank_figures(plans, asked, allowed)
    return [item for item in found if item.fits and not is_threshold(item.chunk, figure_of(item))][:_MOST]


def _operand_question(plans: Plans, question: Question) -> Question:
    """What each operand is asked with: the question without what asks for the calculation."""
    operation = question.operation
    assert operation is not None
    unit = UnitWish(("percent",), True)
    if not operation.points:
        unit = read_unit(operation.operands, question.language, operation.role)
    words = content_words(operation.operands, question.language, plans.coverage, unit)
    return replace(
        question,
        plain=operation.operands,
        plan_year=None if operation.plan_years else question.plan_year,
        kind="figure",
        role=operation.role,
        unit=unit,
        words=words,
    )


def _frames(plans: Plans, question: Question) -> list[Frame]:
    """The years, each with its status as far as the question says, that the operands are of."""
    assert question.operation is not None
    years = question.years
    for further in (question.compared_years, question.operation.plan_years, _relative_years(question)):
        years = (*years, *further) if len(years) < 2 else years
    covered = [year for year in dict.fromkeys(years) if year in plans.coverage.years]
    known = plans.searcher.facets
    said = dict.fromkeys(status for _, status in find_status_cues(question.plain, question.language))
    if len(covered) == 1 and len(said) == 2 and all(f"{covered[0]}:{status}" in known for status in said):
        return [((covered[0],), status) for status in said]  # a target and how far it was reached
    if len(covered) < 2:
        return [(tuple(covered), question.status)]
    statuses = (status or "actual" for status in _statuses(question, covered))
    return [((y,), s if f"{y}:{s}" in known else None) for y, s in zip(covered, statuses, strict=True)]


def _relative_years(question: Question) -> tuple[int, ...]:
    """The year before or after the one that is named, where the question tells of it."""
    relative = relative_year(question.plain, question.language)
    return (question.years[0] + relative[0],) if relative and question.years else ()


def _statuses(question: Question, years: Sequence[int]) -> list[Status | None]:
    """Outturn or target for each year: what the words nearest to its mention say."""
    relative = relative_year(question.plain, question.language)
    told = [str(year) if str(year) in question.plain or not relative else relative[1] for year in years]
    places = [(question.plain.find(text), year) for text, year in zip(told, years, strict=True)]
    said: dict[int, Status] = {}
    for offset, status in find_status_cues(question.plain, question.language):
        _, nearest = min(places, key=lambda place: abs(place[0] - offset))
        said.setdefault(nearest, status)
    return [said.get(year) for year in years]
