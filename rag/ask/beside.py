"""The second of two things asked at once -> the figure beside that of the first.

"How many homes were built, and how many were allocated?": people name what they ask about once, so the
second part alone bears out too little; its figure stands in the sentence of the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.ask.pairing import figure_of
from rag.ask.question import Question
from rag.ask.scoring import Scored
from rag.bind import UnitWish, describes_noun, read_unit
from rag.language import NOUN, load_toml
from rag.schema import RATES, Evidence


def prefer_beside(ranked: Sequence[Scored], given: Sequence[Evidence]) -> list[Scored]:
    """Figures that stand with those `given` for other parts of the question first; these themselves last."""
    data = load_toml("bind/evidence.toml")["figure"]

    def adjust(item: Scored) -> Scored:
        if any(_is(item, known) for known in given):
            return replace(item, score=item.score - data["given"])
        beside = any(_stands_with(item, known) for known in given)
        return replace(item, score=item.score + data["with_given"]) if beside else item

    return sorted(map(adjust, ranked), key=lambda item: -item.score)


def find_beside(question: Question, ranked: Sequence[Scored], given: Sequence[Evidence]) -> list[Scored]:
    """The best of the figures that stand in a sentence with one of `given`; none where none fits.

    `ranked` are the figures that could answer, best first. A figure that is given already is none.
    """
    if not question.unit.classes and question.role is None:
        return []
    least = load_toml("bind/evidence.toml")["figure"]["beside"]
    fresh = [item for item in ranked if item.fits and not any(_is(item, known) for known in given)]
    best = next((item for item in fresh if any(_stands_with(item, known) for known in given)), None)
    return [best] if best and best.coverage >= least else []


def _is(item: Scored, known: Evidence) -> bool:
    return (item.chunk.id, item.candidate.quantity) == (known.chunk.id, known.quantity)


def _stands_with(item: Scored, known: Evidence) -> bool:
    """Whether a figure stands in the sentence of a quote, and in its frame."""
    if known.quantity is None or item.chunk.id != known.chunk.id:
        return False
    frame, sentence = item.candidate.frame, item.candidate.sentence
    inside = sentence.start <= known.start - item.chunk.start < sentence.end
    return inside and (frame.year, frame.status) == (known.year, known.status)


def find_companion(question: Question, best: Scored, ranked: Sequence[Scored]) -> list[Scored]:
    """The figure of the second thing that a question joins to the first, from the sentence of `best`.

    "How many projects were attracted, and the capital behind them": what stands on one side of the joining
    word is borne out by one figure, what stands on the other by another one, or asks for another unit.
    """
    data = load_toml("bind/question.toml")["split"][question.language]
    beside = [item for item in ranked if _shares_sentence(item, best) and not _describes(item)]
    for joint in re.finditer(data["joint"], question.plain, re.IGNORECASE):
        sides = _sides(question, joint)
        if sides is None:
            continue
        wish = read_unit(question.plain[joint.end() :], question.language, None)
        for item in sorted(beside, key=lambda item: -item.score - _gain(item, best, sides[1])):
            if _asks_other_unit(wish, best, item) or _told_apart(best, item, sides):
                return [item]
    return []


def _sides(question: Question, joint: re.Match[str]) -> tuple[list[int], list[int]] | None:
    """The indices of the nouns before and behind a joining word; None where it stands within a name."""
    nouns = [
        (i, word)
        for i, word in enumerate(question.words)
        if word.weight >= NOUN and question.plain[word.start : word.end] == word.text
    ]
    if any(word.start < joint.end() and joint.start() < word.end for _, word in nouns):
        return None
    return (
        [i for i, word in nouns if word.end <= joint.start()],
        [i for i, word in nouns if word.start >= joint.end()],
    )


def _shares_sentence(item: Scored, best: Scored) -> bool:
    one, other = item.candidate, best.candidate
    same = (item.chunk.id, one.sentence) == (best.chunk.id, other.sentence)
    in_frame = (one.frame.year, one.frame.status) == (other.frame.year, other.frame.status)
    return same and in_frame and one.quantity != other.quantity


def _describes(item: Scored) -> bool:
    """Whether a figure is the size of what another one counts (亿元以上项目), or what a change began from."""
    quantity = item.candidate.quantity
    return item.candidate.origin or quantity is None or describes_noun(item.chunk.text, quantity)


def _gain(item: Scored, best: Scored, words: Sequence[int]) -> float:
    return max((item.matches[i] - best.matches[i] for i in words), default=0.0)


def _told_apart(best: Scored, item: Scored, sides: tuple[list[int], list[int]]) -> bool:
    """Whether each of two figures, both rates or neither, bears out a noun of one side better."""
    if not item.fits or _is_rate(item) != _is_rate(best):
        return False
    least = load_toml("bind/question.toml")["split"]["told_apart"]
    before, behind = sides
    return any(
        _gain(one, other, before) >= least and _gain(other, one, behind) >= least
        for one, other in ((best, item), (item, best))
    )


def _is_rate(item: Scored) -> bool:
    return figure_of(item).role in RATES


def _asks_other_unit(wish: UnitWish, best: Scored, item: Scored) -> bool:
    """Whether what stands behind the joining word asks for a unit that only the second figure has."""
    one, other = figure_of(best), figure_of(item)
    return wish.hard and wish.accepts(other.unit_class) and not wish.accepts(one.unit_class)
