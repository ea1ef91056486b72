"""The figures that a question wants something calculated from: found by what they bear out together.

"How many kilometres more rail transit were in service than under construction?": no figure bears out
both, but two together do. Of all pairs of one kind of unit, the one that bears out most is taken.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.finding import Plans, cite, rank_figures
from rag.followup import relative_year
from rag.language import load_toml
from rag.operation import OperationKind
from rag.question import Question, content_words, find_status_cues
from rag.retrieve import Scope
from rag.rules import is_threshold
from rag.schema import Evidence, Quantity, Status
from rag.scoring import Scored, word_weights
from rag.wishes import UnitWish, read_unit

_MOST = 60  # figures of a frame that are paired
_NEVER = -9.0
_RELATIVE = ("percent", "permille", "point", "ratio", "multiple")
_RATES = ("growth", "decline")
_NOUN = 0.7  # the least weight and match of a word that names what is asked about


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two figures, how much of the question they bear out together, and how well they answer, 0 to 1."""

    first: Scored
    second: Scored
    joint: float
    value: float


def states_result(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether the plans themselves say what would be calculated."""
    operation = question.operation
    assert operation is not None
    years = {*question.years, *question.compared_years}
    return any(_is_result(operation.kind, item, years - {item.year}) for item in evidence)


def _is_result(kind: OperationKind, item: Evidence, other_years: Set[int]) -> bool:
    """Whether a figure is a share, a change or a ratio, and its quote names what it is measured by."""
    figure = item.quantity
    if figure is None or figure.unit_class not in _RELATIVE or (kind == "share" and figure.role in _RATES):
        return False
    return all(str(year) in item.quote for year in other_years)


def find_operands(plans: Plans, question: Question, allowed: Scope) -> list[Evidence]:
    """The figures to calculate with, in the order that the question names them; none if there are none."""
    asked = _operand_question(plans, question)
    frames = _frames(plans, question)
    of_years = question.operation is not None and question.operation.of_years
    if not asked.words or len(frames) > 2 or (of_years and len(frames) < 2):
        return []
    pair = _best_pair(plans, asked, frames, allowed)
    if pair is None and len(frames) == 2 and question.compared_years:  # 较2020年: the base of both
        pair = _best_pair(plans, asked, frames[:1], allowed)
    if pair is None:
        return []
    return [cite(asked, item) for item in (pair.first, pair.second)]


def _operand_question(plans: Plans, question: Question) -> Question:
    """What each operand is asked with: the question without what asks for the calculation."""
    operation = question.operation
    assert operation is not None
    unit = (
        UnitWish(("percent",), True)
        if operation.points
        else read_unit(operation.operands, question.language, operation.role)
    )
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


def _frames(plans: Plans, question: Question) -> list[tuple[tuple[int, ...], Status | None]]:
    """The years, each with its status as far as the question says, that the operands are of."""
    assert question.operation is not None
    years = question.years
    if len(years) < 2:
        years = (*years, *question.compared_years)
    if len(years) < 2:
        years = (*years, *question.operation.plan_years)
    relative = relative_year(question.plain, question.language)
    if len(years) == 1 and relative:
        years = (*years, years[0] + relative[0])
    covered = [year for year in dict.fromkeys(years) if year in plans.coverage.years]
    if len(covered) < 2:
        return [(tuple(covered), question.status)]
    statuses = _statuses(question, covered)
    known = plans.searcher.facets
    return [((y,), s if f"{y}:{s}" in known else None) for y, s in zip(covered, statuses, strict=True)]


def _statuses(question: Question, years: Sequence[int]) -> list[Status | None]:
    """Outturn or target for each year: what the words nearest to its mention say."""
    places = [(question.plain.find(str(year)), year) for year in years]
    said: dict[int, Status] = {}
    for offset, status in find_status_cues(question.plain, question.language):
        _, nearest = min(places, key=lambda place: abs(place[0] - offset))
        said.setdefault(nearest, status)
    return [said.get(year) for year in years]


def _best_pair(
    plans: Plans, asked: Question, frames: Sequence[tuple[tuple[int, ...], Status | None]], allowed: Scope
) -> _Pair | None:
    ranked = [_rank(plans, replace(asked, years=years, status=s), allowed) for years, s in frames]
    if not all(ranked):
        return None
    weights = np.array(list(word_weights(asked, plans.searcher.lexical).values()))
    pair = _pair_up(asked, ranked, weights / weights.sum())
    if pair is None:
        return None
    least = load_toml("operation.toml")["accept"]["frames" if len(frames) == 2 else "things"]
    return pair if pair.value >= least else None


def _rank(plans: Plans, asked: Question, allowed: Scope) -> list[Scored]:
    found = rank_figures(plans, asked, allowed)
    return [item for item in found if item.fits and not is_threshold(item.chunk, _figure(item))][:_MOST]


def _figure(item: Scored) -> Quantity:
    assert item.candidate.quantity is not None  # candidates for operands are figures
    return item.candidate.quantity


def _pair_up(asked: Question, ranked: Sequence[list[Scored]], weights: NDArray[np.float64]) -> _Pair | None:
    """The best pair: of one thing in two frames, or of two things in one frame."""
    data: dict[str, Any] = load_toml("operation.toml")["pairs"]
    ones, others = ranked[0], ranked[-1]
    of_things = len(ranked) == 1
    matches = [np.array([item.matches for item in items]) for items in (ones, others)]
    sharp = [m ** data["sharpness"] for m in matches] if of_things else matches
    joint = np.maximum(sharp[0][:, None, :], sharp[1][None, :, :]) @ weights
    alone = np.maximum((sharp[0] @ weights)[:, None], (sharp[1] @ weights)[None, :])
    gains = joint - alone >= data["gain"]
    scores = [np.array([item.score for item in items]) for items in (ones, others)]
    share = data["joint_of_things" if of_things else "joint_of_frames"]
    value = share * joint + (1 - share) * (scores[0][:, None] + scores[1][None, :]) / 2
    for i, one in enumerate(ones):
        for j, other in enumerate(others):
            fits = _comparable(asked, one, other)
            if of_things:
                fits = fits and i != j and (_is_change(one, other) or (gains[i, j] and _differ(one, other)))
            value[i, j] += _affinity(one, other, of_things) if fits else _NEVER
    i, j = (int(n) for n in np.unravel_index(value.argmax(), value.shape))
    if value[i, j] < 0:
        return None
    pair = _Pair(ones[i], others[j], float(joint[i, j]), float(value[i, j]))
    return _in_order(asked, pair) if of_things else pair


def _comparable(asked: Question, one: Scored, other: Scored) -> bool:
    """Whether two figures can be calculated with: of one kind of unit, no ranges, both rates or neither.

    A difference alone makes sense of per cents.
    """
    a, b = _figure(one), _figure(other)
    assert asked.operation is not None
    if asked.operation.kind != "difference" and a.unit_class in _RELATIVE:
        return False
    alike = _kind(a) == _kind(b) and (a.role in _RATES) == (b.role in _RATES)
    return alike and a.upper is None and b.upper is None and bool(a.magnitude and b.magnitude)


def _kind(quantity: Quantity) -> str:
    return quantity.unit_class.split(":")[0].replace("visit", "person")


def _differ(one: Scored, other: Scored) -> bool:
    """Whether each of two figures bears out a word that the other does not.

    Within a statement it is enough that one does (里程达23.3公里,在建21.6公里).
    """
    beside = (one.chunk.id, one.candidate.statement) == (other.chunk.id, other.candidate.statement)
    combine = any if beside else all
    return combine((_leads(one, other), _leads(other, one)))


def _leads(one: Scored, other: Scored) -> bool:
    """Whether a figure bears out any word clearly better than another does."""
    least = load_toml("operation.toml")["pairs"]["lead"]
    return any(a - b >= least for a, b in zip(one.matches, other.matches, strict=True))


def _is_change(one: Scored, other: Scored) -> bool:
    """从987家增至1272家."""
    same_clause = (one.chunk.id, one.candidate.clause) == (other.chunk.id, other.candidate.clause)
    return same_clause and one.candidate.origin != other.candidate.origin


def _affinity(one: Scored, other: Scored, of_things: bool) -> float:
    data: dict[str, Any] = load_toml("operation.toml")["pairs"]
    a, b = one.candidate, other.candidate
    total = 0.0 if _figure(one).unit_class == _figure(other).unit_class else -float(data["other_unit"])
    if of_things and one.chunk.id == other.chunk.id:
        total += data["same_chunk"] + data["same_sentence"] * (a.sentence == b.sentence)
        total += data["same_statement"] * (a.statement == b.statement)
    if _is_change(one, other):
        total += data["change"]
    return total


def _in_order(asked: Question, pair: _Pair) -> _Pair:
    """The figure first whose own words the question names first; what a change began from before its end."""
    one, other = pair.first, pair.second
    if _is_change(one, other):
        swap = other.candidate.origin
    else:
        swap = _place(asked, other, one) < _place(asked, one, other)
    return replace(pair, first=other, second=one) if swap else pair


def _place(asked: Question, one: Scored, other: Scored) -> int:
    """Where the question names a figure: by the word that it alone bears out, else by one that both do."""
    words = list(zip(asked.words, one.matches, other.matches, strict=True))
    least = load_toml("operation.toml")["pairs"]["lead"]
    own = [(word.weight * (a - b), -word.start) for word, a, b in words if a - b >= least]
    if own:
        return -max(own)[1]
    return next((word.start for word, a, b in words if min(a, b, word.weight) >= _NOUN), -1)
