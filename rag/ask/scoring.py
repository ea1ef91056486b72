"""How well every candidate answers a question, best first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rag.ask.mismatches import count_mismatches, excludes
from rag.ask.question import Question
from rag.ask.rules import (
    contrast_totals,
    count_unmet,
    counted_nouns,
    counts_any,
    fit_figure,
    is_narrowed,
    measure_surplus,
    penalise_form,
)
from rag.bind import Candidate, Context, Timeframe, look_around, match_word
from rag.language import NOUN, Word, is_indicator, load_toml, load_tsv, stem_words
from rag.schema import Chunk, SearchResult, Span
from rag.search import LexicalIndex, Searcher

HARDLY = 0.35  # a match below this bears nothing out


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with how well it answers; `coverage` is the share of the question borne out."""

    chunk: Chunk
    candidate: Candidate
    coverage: float
    score: float
    weakest: float  # how well the least matched indicator of the question is borne out
    strongest: float  # how well the best matched noun is; any word, where there is no noun
    unnamed: float  # the share of the question that is nouns which nothing here bears out
    fits: bool  # whether unit and role can answer at all
    matches: tuple[float, ...]  # how well each word of the question is borne out, in their order


def _data() -> dict[str, Any]:
    return load_toml("bind/evidence.toml")


def word_weights(question: Question, index: LexicalIndex) -> dict[Word, float]:
    """How much each word of the question counts: its own weight times how rare it is."""
    model = index.models[question.language]
    total = len(index.ids)
    indptr = model.scores["indptr"]

    def rarity(key: str) -> float:
        position = model.vocab_dict.get(key)
        frequency = 0 if position is None else int(indptr[position + 1] - indptr[position])
        return math.log(1 + total / (1 + frequency)) / math.log(1 + total)

    data = _data()["words"]

    def weight(word: Word) -> float:
        rarest = min(rarity(key) for key in word.keys)
        known = any(key.startswith("#") or key in model.vocab_dict for key in word.keys)
        return float(
            word.weight * max(data["least_rarity"], rarest if known else data["unknown"][question.language])
        )

    return {word: weight(word) for word in question.words}


def score_candidates(
    question: Question,
    results: Sequence[SearchResult],
    searcher: Searcher,
    candidates_of: Callable[[Chunk], Iterable[Candidate]],
    admits: Callable[[Timeframe], bool],
) -> list[Scored]:
    """Every admitted candidate of the chunks, best first."""
    index = searcher.lexical
    weights = word_weights(question, index)
    searcher.likeness.prepare([word.text for word in question.words])
    glosses = index.glosses if question.language == "en" else None
    context = Context(glosses, index.models[question.language].vocab_dict, searcher.likeness.of)
    scored = []
    for rank, result in enumerate(results):
        bonus = _data()["figure"]["rank_bonus"] / (1 + rank)
        for candidate in candidates_of(result.chunk):
            if admits(candidate.frame):
                item = _score(question, weights, result.chunk, candidate, context)
                scored.append(replace(item, score=item.score + bonus))
    scored = _prefer_counted(question, scored, context)
    return sorted(scored, key=lambda item: -item.score)


def _counts(item: Scored, asked: Word, context: Context) -> bool | None:
    """Whether a figure counts the noun asked for; None where its clause does not say what it counts."""
    quantity = item.candidate.quantity
    if quantity is None or not item.candidate.own_subject:
        return None
    nouns = counted_nouns(item.chunk, item.candidate, quantity)
    if not nouns:
        return None
    return counts_any(nouns, [asked], context) or _match_unit(asked, quantity.unit) > 0


def _prefer_counted(question: Question, scored: Sequence[Scored], context: Context) -> list[Scored]:
    """Lowers the figures beside one that counts the very noun asked for: 共有122个国家的5008部短片."""
    if question.counted is None or question.unit.classes[:1] == ("person",):
        return list(scored)
    told: dict[tuple[str, Span], list[tuple[Scored, bool]]] = {}
    for item in scored:
        counts = _counts(item, question.counted, context)
        if counts is not None:
            told.setdefault((item.chunk.id, item.candidate.sentence), []).append((item, counts))
    contested = [beside for beside in told.values() if any(counts for _, counts in beside)]
    lowered = {id(item) for beside in contested for item, counts in beside if not counts}
    loss = _data()["figure"]["counts_beside"]
    return [replace(item, score=item.score - loss) if id(item) in lowered else item for item in scored]


def _score(
    question: Question,
    weights: dict[Word, float],
    chunk: Chunk,
    candidate: Candidate,
    context: Context,
) -> Scored:
    around = look_around(chunk, candidate, context)
    total = sum(weights.values())
    matches = {word: match_word(word, around) for word in weights}
    if question.language == "en" and candidate.quantity is not None:
        matches = {word: max(m, _match_unit(word, candidate.quantity.unit)) for word, m in matches.items()}
    coverage = sum(weights[word] * match for word, match in matches.items()) / total if total else 0.0
    weakest = min((match for word, match in matches.items() if is_indicator(word)), default=0.0)
    nouns = [match for word, match in matches.items() if word.weight >= NOUN]
    strongest = max(nouns or matches.values(), default=0.0)
    lost = sum(weights[word] for word, match in matches.items() if word.weight >= NOUN and match < HARDLY)
    unnamed = lost / total if total else 0.0
    plain = Scored(
        chunk, candidate, coverage, coverage, weakest, strongest, unnamed, True, tuple(matches.values())
    )
    return plain if candidate.quantity is None else _score_figure(question, weights, plain, context)


def _score_figure(question: Question, weights: dict[Word, float], plain: Scored, context: Context) -> Scored:
    """With what speaks for and against the figure itself: unit, role, total or increase, what it counts."""
    chunk, candidate, data = plain.chunk, plain.candidate, _data()["figure"]
    quantity = candidate.quantity
    assert quantity is not None
    fits, adjustment = fit_figure(question, chunk, candidate, quantity)
    fits = fits and not is_narrowed(chunk, candidate, weights)
    fits = fits and not excludes(question, chunk, candidate, plain.matches)
    contrast = contrast_totals(question, chunk, candidate, quantity)
    coverage = plain.coverage + min(0.0, contrast) - count_unmet(question, chunk, candidate)
    coverage -= count_mismatches(question, chunk, candidate, quantity)
    counted = counted_nouns(chunk, candidate, quantity)
    if counted and not counts_any(counted, weights, context):  # 12条道路 where land is asked
        coverage -= data["counts_other"]
    surplus = measure_surplus(chunk, candidate, quantity, weights, context.glosses) * data["surplus"]
    form = penalise_form(question, chunk, candidate, quantity)
    score = coverage + adjustment + max(0.0, contrast) - surplus - form
    return replace(plain, coverage=coverage, score=score, fits=fits)


def _match_unit(word: Word, unit: str) -> float:
    """How well an English noun is borne out by a measure word, which may stand without it: 25万户."""
    counted = next((nouns for name, nouns in _counted().items() if unit.endswith(name)), frozenset())
    return float(_data()["soft"]["measure"]) if counted.intersection(word.keys) else 0.0


@cache
def _counted() -> dict[str, frozenset[str]]:
    """The stems of what each measure word counts, longer measure words first."""
    rows = sorted(load_tsv("language/measure_words.tsv"), key=lambda row: -len(row[0]))
    return {
        unit: frozenset(f"en:{stem}" for noun in nouns.split("|") for stem in stem_words(noun))
        for unit, nouns in rows
    }
