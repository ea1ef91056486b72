"""Chunks -> evidence: the clause whose figure, or the sentence whose words, answer a question."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rag.analysis import Word, analyze_chinese, normalize
from rag.glosses import Glosses, english_keys
from rag.language import load_toml
from rag.lexical import LexicalIndex
from rag.quantity import find_quantities
from rag.question import Question
from rag.schema import Chunk, Evidence, Quantity, SearchResult, Span
from rag.sentences import split_clauses, split_sentences, split_statements
from rag.timeframe import Timeframe, clause_timeframes

_RELATIVE = ("percent", "point", "multiple", "ratio", "permille")


@dataclass(frozen=True, slots=True)
class Place:
    """A figure (or, without one, a sentence) and the stretches of text around it."""

    quantity: Quantity | None
    own: Span
    clause: Span
    statement: Span
    sentence: Span
    frame: Timeframe


@dataclass(frozen=True, slots=True)
class Scored:
    """A place with how well it answers; `coverage` is the share of the question borne out."""

    chunk: Chunk
    place: Place
    coverage: float
    score: float
    unit_fits: bool


@cache
def _data() -> dict[str, Any]:
    return load_toml("evidence.toml")


def word_weights(question: Question, index: LexicalIndex) -> dict[Word, float]:
    """How much each word of the question counts: its own weight times how rare it is."""
    model = index.models[question.language]
    total = len(index.ids)
    indptr = model.scores["indptr"]

    def rarity(key: str) -> float:
        position = model.vocab_dict.get(key)
        frequency = 0 if position is None else int(indptr[position + 1] - indptr[position])
        return math.log(1 + total / (1 + frequency)) / math.log(1 + total)

    return {
        word: word.weight * max(0.35, min(rarity(key) for key in word.keys))
        for word in question.words
    }


@lru_cache(maxsize=4096)
def figure_places(chunk: Chunk) -> tuple[Place, ...]:
    """Every figure of a chunk with its surroundings (offsets into the chunk's text)."""
    text = chunk.text
    frames = clause_timeframes(text, 0, len(text), chunk.year, chunk.status)
    quantities = find_quantities(text)
    places = []
    for sentence in split_sentences(text, 0, len(text)):
        for statement in split_statements(text, sentence.start, sentence.end):
            for clause in split_clauses(text, statement.start, statement.end):
                inside = [q for q in quantities if clause.start <= q.start < clause.end]
                for i, quantity in enumerate(inside):
                    own = _own_span(text, clause, inside, i)
                    frame = _frame_at(frames, quantity.start)
                    places.append(Place(quantity, own, clause, statement, sentence, frame))
    return tuple(places)


def _own_span(text: str, clause: Span, inside: Sequence[Quantity], i: int) -> Span:
    """The part of a clause that belongs to its i-th figure: up to the list marks around it."""
    start = inside[i - 1].end if i else clause.start
    end = inside[i + 1].start if i + 1 < len(inside) else clause.end
    quantity = inside[i]
    if i:
        marks = [text.rfind(mark, start, quantity.start) for mark in "、和及与并("]
        start = max(start, *(mark + 1 for mark in marks)) if max(marks) >= 0 else start
    if i + 1 < len(inside):
        marks = [p for mark in "、和及与并(" if (p := text.find(mark, quantity.end, end)) >= 0]
        end = min(marks, default=end)
    return Span(start, end)


def _frame_at(frames: Sequence[Timeframe], offset: int) -> Timeframe:
    return next(f for f in frames if f.start <= offset < f.end)


@lru_cache(maxsize=4096)
def sentence_places(chunk: Chunk) -> tuple[Place, ...]:
    """Every sentence of a chunk."""
    text = chunk.text
    frames = clause_timeframes(text, 0, len(text), chunk.year, chunk.status)
    return tuple(
        Place(None, s, s, s, s, _frame_at(frames, s.start)) for s in split_sentences(text, 0, len(text))
    )


def score_places(
    question: Question,
    results: Sequence[SearchResult],
    index: LexicalIndex,
    places_of: Callable[[Chunk], Iterable[Place]],
    admits: Callable[[Timeframe], bool],
) -> list[Scored]:
    """Every admitted place of the chunks, best first."""
    weights = word_weights(question, index)
    glosses = index.glosses if question.language == "en" else None
    scored = []
    for rank, result in enumerate(results):
        bonus = _data()["figure"]["rank_bonus"] / (1 + rank)
        for place in places_of(result.chunk):
            if admits(place.frame):
                scored.append(_score(question, weights, result.chunk, place, glosses, bonus))
    return sorted(scored, key=lambda item: -item.score)


def _score(
    question: Question,
    weights: dict[Word, float],
    chunk: Chunk,
    place: Place,
    glosses: Glosses | None,
    bonus: float,
) -> Scored:
    zones = _zones(chunk, place, glosses)
    total = sum(weights.values())
    matched = sum(weight * _match(word, zones, chunk, place) for word, weight in weights.items())
    coverage = matched / total if total else 0.0
    fits, adjustment = _figure_fit(question, place.quantity) if place.quantity else (True, 0.0)
    surplus = _surplus(chunk, place, weights, glosses) * _data()["figure"]["surplus"]
    return Scored(chunk, place, coverage, coverage + adjustment - surplus + bonus, fits)


@lru_cache(maxsize=65536)
def _chunk_words(chunk: Chunk) -> tuple[Word, ...]:
    return analyze_chinese(chunk.text)


def _keys(word: Word, glosses: Glosses | None) -> tuple[str, ...]:
    return word.keys if glosses is None else (*word.keys, *english_keys(word, glosses))


def _zone_of(place: Place, start: int) -> str:
    if place.own.start <= start < place.own.end:
        return "own"
    if place.clause.start <= start < place.clause.end:
        return "clause"
    if place.statement.start <= start < place.statement.end:
        return "before" if start < place.clause.start else "after"
    return "sentence" if place.sentence.start <= start < place.sentence.end else "neighbour"


def _zones(chunk: Chunk, place: Place, glosses: Glosses | None) -> dict[str, float]:
    """The best zone weight of every key around a place."""
    data = _data()["zones"]
    best: dict[str, float] = {}

    def add(word: Word, weight: float) -> None:
        for key in _keys(word, glosses):
            best[key] = max(best.get(key, 0.0), weight)

    for word in _chunk_words(chunk):
        add(word, data[_zone_of(place, word.start)])
    for depth, heading in enumerate(reversed(chunk.section)):
        for word in analyze_chinese(heading):
            add(word, data["topic"] if depth == 0 else data["heading"])
    return best


def _match(word: Word, zones: dict[str, float], chunk: Chunk, place: Place) -> float:
    exact = max((zones.get(key, 0.0) for key in word.keys), default=0.0)
    if exact or word.text.isascii():
        return exact
    return _soft_match(normalize(word.text), chunk, place)


def _soft_match(text: str, chunk: Chunk, place: Place) -> float:
    """A partial match by shared character pairs: 社康中心数 against 社康中心总数."""
    data = _data()
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    if not pairs:
        return 0.0
    stretches = [
        (chunk.text[place.clause.start : place.clause.end], data["zones"]["clause"]),
        (chunk.text[place.statement.start : place.clause.start], data["zones"]["before"]),
        (chunk.section[-1] if chunk.section else "", data["zones"]["topic"]),
    ]
    best = 0.0
    for stretch, weight in stretches:
        share = sum(pair in stretch for pair in pairs) / len(pairs)
        if share >= data["soft"]["containment"]:
            best = max(best, weight * share * data["soft"]["factor"])
    return best


def _surplus(
    chunk: Chunk, place: Place, weights: dict[Word, float], glosses: Glosses | None
) -> float:
    """The share of the words beside the figure that the question says nothing of."""
    wanted = {key for word in weights for key in word.keys}
    own = [w for w in _chunk_words(chunk) if place.own.start <= w.start < place.own.end]
    total = sum(word.weight for word in own)
    foreign = sum(word.weight for word in own if wanted.isdisjoint(_keys(word, glosses)))
    return foreign / total if total else 0.0


def _figure_fit(question: Question, quantity: Quantity) -> tuple[bool, float]:
    """Whether the unit can answer, and what unit and role add to the score."""
    data = _data()["figure"]
    wish = question.unit
    accepted = wish.accepts(quantity.unit_class)
    adjustment = data["unit_match"] if wish.classes and accepted else 0.0
    if wish.measure and quantity.unit.endswith(wish.measure):
        adjustment += data["measure_match"]
    if question.role:
        fits_role = quantity.role == question.role
        adjustment += data["role_match"] if fits_role else -data["role_missing"]
    elif quantity.role in ("growth", "decline"):
        adjustment -= data["role_unasked"]
    return accepted or not wish.hard, adjustment


def to_evidence(scored: Scored) -> Evidence:
    """The quote around a place: its clause, and earlier ones as far as they name the subject."""
    chunk, place = scored.chunk, scored.place
    span = _quote_span(chunk, place) if place.quantity else place.sentence
    start, end = _trim(chunk.text, span)
    return Evidence(
        chunk=chunk,
        start=chunk.start + start,
        end=chunk.start + end,
        quote=chunk.text[start:end],
        year=place.frame.year,
        status=place.frame.status,
        score=round(min(1.0, scored.coverage), 4),
        quantity=place.quantity,
    )


def _quote_span(chunk: Chunk, place: Place) -> Span:
    clauses = split_clauses(chunk.text, place.statement.start, place.statement.end)
    start = place.clause.start
    for clause in reversed([c for c in clauses if c.end <= place.clause.start]):
        if _names_subject(chunk, Span(start, place.clause.end)):
            break
        start = clause.start
    return Span(start, place.clause.end)


def _names_subject(chunk: Chunk, span: Span) -> bool:
    """Whether a stretch holds a word that can be a subject: no verb and no aspect alone."""
    return any(
        word.weight >= 0.7 and span.start <= word.start < span.end for word in _chunk_words(chunk)
    )


def _trim(text: str, span: Span) -> tuple[int, int]:
    start, end = span.start, span.end
    while end > start and text[end - 1] in ",，;；:：。、 \u3000":
        end -= 1
    for bullet in ("——", "—"):
        if text.startswith(bullet, start):
            start += len(bullet)
    return start, end
