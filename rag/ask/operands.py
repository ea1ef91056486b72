"""The figures that a question wants something calculated from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

import numpy as np

from rag.ask.finding import Found, Plans, cite, rank_figures
from rag.ask.pairing import extend_sum, figure_of, pair_frames, pair_things
from rag.ask.question import Question, content_words
from rag.ask.rules import without_totals
from rag.ask.scoring import Scored, word_weights
from rag.bind import UnitWish, describes_noun, find_status_cues, read_unit, relative_year
from rag.language import load_toml
from rag.ledger import OperationKind
from rag.schema import RATES, RELATIVE, Evidence, Status
from rag.search import Scope

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
    if figure is None or figure.unit_class not in RELATIVE:
        return False
    least = load_toml("ledger/operation.toml")["accept"]["stated"]
    if kind == "share" and (figure.role in RATES or item.score < least):
        return False
    return all(str(year) in item.quote for year in other_years)


def find_operands(plans: Plans, question: Question, allowed: Scope, found: Found) -> list[Evidence]:
    """The figures to calculate with, in the order that the question names them; none if there are none.

    `found` is told how much was searched, as by `rank_figures`.
    """
    assert question.operation is not None
    asked = _operand_question(plans, question)
    frames = _frames(plans, question)
    if not asked.words or len(frames) > 2:
        return []
    figures = _find_figures(plans, asked, frames, allowed, found)
    if not figures and len(frames) == 2 and question.compared_years:  # 较2020年: the base of both
        figures = _find_figures(plans, asked, frames[:1], allowed, found)
    return [cite(asked, item) for item in figures]


def _find_figures(
    plans: Plans, asked: Question, frames: Sequence[Frame], allowed: Scope, found: Found
) -> list[Scored]:
    """The operands: of two years, or of one."""
    assert asked.operation is not None
    ranked = [_rank(plans, replace(asked, years=years, status=s), allowed, found) for years, s in frames]
    if not all(ranked):
        return []
    weights = np.array(list(word_weights(asked, plans.searcher.lexical).values()))
    weights /= weights.sum()
    of_things = len(ranked) == 1
    if of_things and asked.operation.kind == "sum" and not _lists_things(asked):
        return []  # "加起来有几个" of a single thing asks for its total
    ones, others = ranked[0], ranked[-1]
    pair = pair_things(asked, ones, weights) if of_things else pair_frames(asked, ones, others, weights)
    least = load_toml("ledger/operation.toml")["accept"]["things" if of_things else "frames"]
    if pair is None or pair.value < least:
        return []
    if of_things and asked.operation.kind == "sum":
        return extend_sum(asked, pair, ones)
    return [pair.first, pair.second]


def _lists_things(question: Question) -> bool:
    joint = load_toml("bind/question.toml")["split"][question.language]["joint"]
    return re.search(joint, question.plain, re.IGNORECASE) is not None


def _rank(plans: Plans, asked: Question, allowed: Scope, found: Found) -> list[Scored]:
    ranked = rank_figures(plans, asked, allowed, found)
    return [item for item in ranked if item.fits and not describes_noun(item.chunk.text, figure_of(item))][
        :_MOST
    ]


def _operand_question(plans: Plans, question: Question) -> Question:
    """What each operand is asked with: the question without what asks for the calculation."""
    operation = question.operation
    assert operation is not None
    unit = UnitWish(("percent",), True)
    if not operation.points:
        unit = read_unit(operation.operands, question.language, operation.role)
    words = content_words(operation.operands, question.language, plans.coverage, unit)
    if operation.kind == "share":  # of the total
        words = without_totals(words)
    return replace(
        question,
        plain=operation.operands,
        plan_year=None if operation.plan_years else question.plan_year,
        kind="figure",
        role=operation.role,
        unit=unit,
        words=words,
        ordinals=(),  # a batch is one operand, and what it is part of the other; so with a size
        thresholds=() if operation.kind == "share" else question.thresholds,
    )


def _frames(plans: Plans, question: Question) -> list[Frame]:
    """The years, each with its status as far as the question says, that the operands are of."""
    assert question.operation is not None
    relative = relative_year(question.plain, question.language)
    beside = (question.years[0] + relative[0],) if relative and question.years else ()
    years = question.years
    for further in (question.compared_years, question.operation.plan_years, beside):
        years = (*years, *further) if len(years) < 2 else years
    told_by = {
        year: relative[1] if relative and str(year) not in question.plain else str(year)
        for year in years
        if year in plans.coverage.years
    }
    return _with_statuses(question, told_by, plans.searcher.facets)


def _with_statuses(question: Question, told_by: Mapping[int, str], known: Sequence[str]) -> list[Frame]:
    """The years with outturn or target as the words nearest to their mention say; else the outturn.

    `told_by` gives the words that mention each year, `known` the "year:status" pairs of the index. One year
    of which both are asked for is two frames: a target and how far it was reached.
    """
    cues = find_status_cues(question.plain, question.language)
    years = list(told_by)
    both = dict.fromkeys(status for _, status in cues)
    if len(years) == 1 and len(both) == 2 and all(f"{years[0]}:{status}" in known for status in both):
        return [((years[0],), status) for status in both]
    if len(years) < 2:
        return [(tuple(years), question.status)]
    places = {year: question.plain.find(name) for year, name in told_by.items()}
    said: dict[int, Status] = {}
    for offset, status in cues:
        said.setdefault(min(years, key=lambda year: abs(places[year] - offset)), status)
    statuses = (said.get(year, "actual") for year in years)
    return [((y,), s if f"{y}:{s}" in known else None) for y, s in zip(years, statuses, strict=True)]
