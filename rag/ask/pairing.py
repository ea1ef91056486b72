"""Which figures belong together in a calculation: those that bear out most of the question together.

"How many kilometres more rail transit were in service than under construction?": no figure bears out
both, but two together do. Of all pairs of one kind of unit, the one that bears out most is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.ask.question import Question
from rag.ask.rules import tell_total
from rag.ask.scoring import Scored
from rag.language import NOUN, comparable, is_indicator, load_toml
from rag.ledger import OperationKind
from rag.schema import RATES, RELATIVE, Quantity

_NEVER = -9.0
_BORNE_OUT = 0.5  # a match from the sentence of the figure
_HARDLY = 0.3  # a match below this bears nothing out
_MOST_TERMS = 6  # of a sum

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures in the order that the question names them, and how well they answer it, 0 to 1."""

    first: Scored
    second: Scored
    value: float


def pair_frames(question: Question, ones: list[Scored], others: list[Scored], weights: Values) -> Pair | None:
    """The best pair of a figure of one year and one of another.

    `weights` are those of the question's words and sum to 1.
    """
    matches = [np.array([item.matches for item in items]) for items in (ones, others)]
    value = _value(ones, others, matches[0], matches[1], weights, _data()["joint_of_frames"])
    for i, one in enumerate(ones):
        for j, other in enumerate(others):
            value[i, j] += _affinity(one, other) if _comparable(question, one, other) else _NEVER
    return _best(ones, others, value)


def pair_things(question: Question, items: list[Scored], weights: Values) -> Pair | None:
    """The best pair of two figures of one year, or of what a figure grew from and to.

    A word beside another figure of the clause counts less here, so that the two are told apart.
    """
    data = _data()
    items = [item for item in items if _bears_out_noun(question, item)]
    if not items:
        return None
    matches = np.array([item.matches for item in items]) ** data["sharpness"]
    value = _value(items, items, matches, matches, weights, data["joint_of_things"])
    named = np.array([data["named"] * (figure_of(item).magnitude in question.figures) for item in items])
    value += named[:, None] + named[None, :]
    operation = question.operation
    changes = operation is not None and (operation.kind == "change" or operation.of_years)
    for i, one in enumerate(items):
        for j, other in enumerate(items):
            apart = i != j and (_is_change(one, other) or (not changes and _differ(one, other)))
            fits = apart and _comparable(question, one, other) and _all_named(question, one, other)
            value[i, j] += _affinity(one, other) + _nearness(one, other) if fits else _NEVER
    best = _best(items, items, value)
    return _in_order(question, best, weights) if best else None


def extend_sum(question: Question, pair: Pair, items: Sequence[Scored]) -> list[Scored]:
    """The pair with the further figures of its statement that the question lists."""
    terms = [pair.first, pair.second]
    for item in items:
        beside = all(_is_beside(item, term) for term in terms)
        own = all(_leads(item, term) and _comparable(question, item, term) for term in terms)
        if len(terms) < _MOST_TERMS and beside and own and item not in terms:
            terms.append(item)
    return sorted(terms, key=lambda item: item.candidate.own.start)


def figure_of(item: Scored) -> Quantity:
    """The figure of a candidate that is one."""
    assert item.candidate.quantity is not None
    return item.candidate.quantity


def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_toml("ledger/operation.toml")["pairs"]
    return data


def _value(
    ones: Sequence[Scored],
    others: Sequence[Scored],
    a: Values,
    b: Values,
    weights: Values,
    share: float,
) -> Values:
    """What two figures bear out together, and how well each answers, for all pairs: shape (ones, others)."""
    joint: Values = np.maximum(a[:, None, :], b[None, :, :]) @ weights
    scores = [np.array([item.score for item in items]) for items in (ones, others)]
    value: Values = share * joint + (1 - share) * (scores[0][:, None] + scores[1][None, :]) / 2
    return value


def _best(ones: Sequence[Scored], others: Sequence[Scored], value: Values) -> Pair | None:
    i, j = (int(n) for n in np.unravel_index(value.argmax(), value.shape))
    return Pair(ones[i], others[j], float(value[i, j])) if value[i, j] > 0 else None


def _comparable(question: Question, one: Scored, other: Scored) -> bool:
    """Whether two figures can be calculated with: of one kind of unit, no ranges, both rates or neither.

    Of per cents, a difference alone makes sense.
    """
    a, b = figure_of(one), figure_of(other)
    kind: OperationKind | None = question.operation.kind if question.operation else None
    if kind != "difference" and a.unit_class in RELATIVE:
        return False
    if kind == "share" and a.unit_class != b.unit_class:
        return False
    return comparable((a, b)) and (a.role in RATES) == (b.role in RATES)


def _differ(one: Scored, other: Scored) -> bool:
    """Whether each of two figures bears out a word that the other does not.

    Within a statement it is enough that one does (里程达23.3公里,在建21.6公里), that one is the total
    (新增床位2000张,累计达4840张), or that one is a part (项目136个,其中亿元以上75个).
    """
    if not _is_beside(one, other):
        return _leads(one, other) and _leads(other, one)
    of_total = _is_total(one) != _is_total(other)
    of_part = one.candidate.own_subject != other.candidate.own_subject
    return of_total or of_part or _leads(one, other) or _leads(other, one)


def _is_total(item: Scored) -> bool:
    return tell_total(item.chunk, item.candidate, figure_of(item))[0]


def _bears_out_noun(question: Question, item: Scored) -> bool:
    """Whether a figure bears out any of the nouns that a question names, where it names some."""
    nouns = [match for word, match in zip(question.words, item.matches, strict=True) if word.weight >= NOUN]
    return not nouns or max(nouns) >= _BORNE_OUT


def _all_named(question: Question, one: Scored, other: Scored) -> bool:
    """Whether two figures bear out every indicator that a question names, as far as it can be told.

    An English name may have no counterpart in the dictionary.
    """
    if question.language == "en":
        return True
    words = zip(question.words, one.matches, other.matches, strict=True)
    return all(max(a, b) >= _HARDLY for word, a, b in words if is_indicator(word))


def _is_beside(one: Scored, other: Scored) -> bool:
    return (one.chunk.id, one.candidate.statement) == (other.chunk.id, other.candidate.statement)


def _leads(one: Scored, other: Scored) -> bool:
    """Whether a figure bears out any word clearly better than another does."""
    least = _data()["lead"]
    return any(a - b >= least for a, b in zip(one.matches, other.matches, strict=True))


def _is_change(one: Scored, other: Scored) -> bool:
    """Whether one figure is what the other grew from: 从987家增至1272家."""
    same_clause = (one.chunk.id, one.candidate.clause) == (other.chunk.id, other.candidate.clause)
    return same_clause and one.candidate.origin != other.candidate.origin


def _affinity(one: Scored, other: Scored) -> float:
    """What speaks for two figures besides their words."""
    data = _data()
    unlike = figure_of(one).unit_class != figure_of(other).unit_class
    return float(data["change"] * _is_change(one, other) - data["other_unit"] * unlike)


def _nearness(one: Scored, other: Scored) -> float:
    """What two things of one year gain by standing together."""
    data = _data()
    if one.chunk.id != other.chunk.id:
        return 0.0
    same_sentence = one.candidate.sentence == other.candidate.sentence
    same_statement = one.candidate.statement == other.candidate.statement
    return float(
        data["same_chunk"] + data["same_sentence"] * same_sentence + data["same_statement"] * same_statement
    )


def _in_order(question: Question, pair: Pair, weights: Values) -> Pair:
    """What a change began from before its end; else the figure that the question names first."""
    one, other = pair.first, pair.second
    if _is_change(one, other):
        swap = other.candidate.origin
    else:
        swap = _place(question, other, one, weights) < _place(question, one, other, weights)
    return Pair(other, one, pair.value) if swap else pair


def _place(question: Question, one: Scored, other: Scored, weights: Values) -> int:
    """Where the question names a figure: by the word that it alone bears out, else by one that both do."""
    words = list(zip(question.words, one.matches, other.matches, weights, strict=True))
    own = [(weight * (a - b), -word.start) for word, a, b, weight in words if a - b >= _data()["lead"]]
    if own:
        return -max(own)[1]
    return next((word.start for word, a, b, _ in words if min(a, b, word.weight) >= NOUN), -1)
