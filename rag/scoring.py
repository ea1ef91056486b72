"""How well a candidate answers: shared words by where they stand, unit, role, stock or flow."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from rag.analysis import Word, analyze_chinese, normalize, subtokens
from rag.candidates import Candidate
from rag.glosses import Glosses, english_keys
from rag.language import load_toml
from rag.lexical import LexicalIndex
from rag.quantity import find_quantities
from rag.question import FILLER_ASPECTS, Question
from rag.schema import Chunk, Quantity, SearchResult, Span
from rag.stemming import stem_words
from rag.terms import ASPECT, chinese_names
from rag.timeframe import Timeframe


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with how well it answers; `coverage` is the share of the question borne out."""

    chunk: Chunk
    candidate: Candidate
    coverage: float
    score: float
    weakest: float  # how well the least matched indicator of the question is borne out
    fits: bool  # whether unit and role can answer at all


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What stands around a candidate: the best zone weight of every key, and the text by zone."""

    keys: dict[str, float]
    own: frozenset[str]  # the keys beside the figure
    stretches: tuple[tuple[str, float], ...]
    known: Container[str]  # every key of the index: a concept used elsewhere and not here tells


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
    index: LexicalIndex,
    candidates_of: Callable[[Chunk], Iterable[Candidate]],
    admits: Callable[[Timeframe], bool],
) -> list[Scored]:
    """Every admitted candidate of the chunks, best first."""
    weights = word_weights(question, index)
    glosses = index.glosses if question.language == "en" else None
    known = index.models[question.language].vocab_dict
    scored = []
    for rank, result in enumerate(results):
        bonus = _data()["figure"]["rank_bonus"] / (1 + rank)
        for candidate in candidates_of(result.chunk):
            if admits(candidate.frame):
                item = _score(question, weights, result.chunk, candidate, glosses, known)
                scored.append(replace(item, score=item.score + bonus))
    return sorted(scored, key=lambda item: -item.score)


def _score(
    question: Question,
    weights: dict[Word, float],
    chunk: Chunk,
    candidate: Candidate,
    glosses: Glosses | None,
    known: Container[str],
) -> Scored:
    around = _surroundings(chunk, candidate, glosses, known)
    total = sum(weights.values())
    matches = {word: _match(word, around) for word in weights}
    coverage = sum(weights[word] * match for word, match in matches.items()) / total if total else 0.0
    weakest = min((match for word, match in matches.items() if is_indicator(word)), default=0.0)
    if candidate.quantity is None:
        return Scored(chunk, candidate, coverage, coverage, weakest, True)
    fits, adjustment = _figure_fit(question, candidate.quantity)
    contrast = _contrast(question, chunk, candidate)
    coverage += min(0.0, contrast) - _unmet(question, chunk, candidate)
    fits = fits and not _is_narrowed(chunk, candidate, weights)
    surplus = _surplus(chunk, candidate, weights, glosses) * _data()["figure"]["surplus"]
    form = _form_penalty(candidate)
    return Scored(
        chunk, candidate, coverage, coverage + adjustment + max(0.0, contrast) - surplus - form, weakest, fits
    )


def _keys(word: Word, glosses: Glosses | None) -> tuple[str, ...]:
    return word.keys if glosses is None else (*word.keys, *english_keys(word, glosses))


def _zone(candidate: Candidate, start: int) -> str:
    item, items = candidate.item, candidate.items
    if item and items and items.start <= start < items.end:
        return "own" if item.start <= start < item.end else "other_item"
    if candidate.own.start <= start < candidate.own.end:
        return "own"
    if candidate.clause.start <= start < candidate.clause.end:
        beside_other = any(span.start <= start < span.end for span in candidate.others)
        return "other_figure" if beside_other else "clause"
    if candidate.statement.start <= start < candidate.statement.end:
        if start >= candidate.clause.start:
            return "after"
        return "before" if candidate.own_subject else "subject"
    within = candidate.sentence.start <= start < candidate.sentence.end
    return "sentence" if within else "neighbour"


def _surroundings(
    chunk: Chunk, candidate: Candidate, glosses: Glosses | None, known: Container[str]
) -> _Surroundings:
    zones = _data()["zones"]
    best: dict[str, float] = {}

    def add(word: Word, weight: float) -> None:
        for key in word.keys:
            best[key] = max(best.get(key, 0.0), weight)
        for key in english_keys(word, glosses) if glosses is not None else ():
            best[key] = max(best.get(key, 0.0), weight * zones["gloss"])

    for word in analyze_chinese(chunk.text):
        add(word, zones[_zone(candidate, word.start)])
    for depth, heading in enumerate(reversed(chunk.section)):
        for word in analyze_chinese(heading):
            add(word, zones["topic"] if depth == 0 else zones["heading"])
    own = frozenset(key for key, weight in best.items() if weight >= zones["own"])
    return _Surroundings(best, own, _stretches(chunk, candidate), known)


def _stretches(chunk: Chunk, candidate: Candidate) -> tuple[tuple[str, float], ...]:
    """The text around a candidate, nearest first, with the weight of its zone."""
    zones = _data()["zones"]
    text = normalize(chunk.text)
    spans = [
        (candidate.item or candidate.own, "own"),
        (
            candidate.clause,
            "other_item" if candidate.item else "other_figure" if candidate.others else "clause",
        ),
        (
            Span(candidate.statement.start, candidate.clause.start),
            "before" if candidate.own_subject else "subject",
        ),
        (Span(candidate.clause.end, candidate.statement.end), "after"),
        (candidate.sentence, "sentence"),
    ]
    parts = [(text[span.start : span.end], zones[name]) for span, name in spans]
    headings = [(h, zones["topic" if d == 0 else "heading"]) for d, h in enumerate(reversed(chunk.section))]
    return tuple(sorted([*parts, *headings], key=lambda part: -part[1]))


def _match(word: Word, around: _Surroundings) -> float:
    """How well a word of the question is borne out, 0 to 1."""
    soft = _data()["soft"]
    concept = word.keys[0].startswith("#")
    exact = max(
        (
            around.keys.get(key, 0.0) * (soft["stem"] if concept and key.startswith("en:") else 1.0)
            for key in word.keys
        ),
        default=0.0,
    )
    literal = _containing(normalize(word.text), around)
    if exact:
        if exact == _data()["zones"]["topic"]:
            exact = max(exact, _headed(word, around))
        named = word.keys[0].startswith("#") and not word.text.isascii()
        exact = exact if not named or literal >= exact else exact * soft["synonym"]
        return float(max(exact, literal * soft["literal"]))
    names = [name for key in word.keys if key.startswith("#") for name in chinese_names(key[1:])]
    nested = max((_naming(name, around) for name in names if not name.isascii()), default=0.0)
    nested = max(nested, literal) * soft["nested"]
    if word.text.isascii():
        return float(max(nested, _english_overlap(word, around)))
    overlap = max(_overlap(name, around) for name in (normalize(word.text), *names))
    used_elsewhere = concept and word.keys[0] in around.known
    return float(max(nested, overlap * (soft["used_elsewhere"] if used_elsewhere else 1.0)))


def _headed(word: Word, around: _Surroundings) -> float:
    """The clause has only the head of a name (投资) whose full form (固定资产投资) is its topic."""
    heads = {key for key in around.own if key.startswith("#")}
    for name in _names(word):
        for head in heads:
            if any(name.endswith(short) for short in chinese_names(head[1:]) if len(short) < len(name)):
                return float(_data()["soft"]["headed"])
    return 0.0


def _containing(text: str, around: _Surroundings) -> float:
    """The weight of the nearest stretch that holds a text, and not inside one word (进出口)."""
    if len(text) < 2:
        return 0.0
    return next((weight for stretch, weight in around.stretches if _stands_in(text, stretch)), 0.0)


@lru_cache(maxsize=65536)
def _stands_in(text: str, stretch: str) -> bool:
    start = stretch.find(text)
    if start < 0:
        return False
    end = start + len(text)
    return not any(w.start < start and end < w.end for w in analyze_chinese(stretch))


def _naming(name: str, around: _Surroundings) -> float:
    """Like `_containing`, where what holds an indicator's name is a kind or a measure of it.

    Chinese compounds end in their head: 社会投资 is a kind of 投资, but 汽车充电桩 no 汽车.
    """
    if len(name) < 2:
        return 0.0
    return max(weight * _kinship(name, stretch) for stretch, weight in around.stretches)


@lru_cache(maxsize=65536)
def _kinship(name: str, stretch: str) -> float:
    """1 where the word that holds `name` is a kind or a measure of it, less where it only begins so."""
    start = stretch.find(name)
    if start < 0:
        return 0.0
    end = start + len(name)
    holder = next((w for w in analyze_chinese(stretch) if w.start <= start and end <= w.end), None)
    if holder is None or (holder.start, holder.end) == (start, end):
        return 1.0
    if end == holder.end:
        return float(start - holder.start > 1)  # 进出口总额 is no 出口总额
    if start != holder.start:
        return 0.0
    measure = holder.text[len(name) :] in _data()["lists"]["measures"]
    return 1.0 if measure else float(_data()["soft"]["modifier"])


def _overlap(text: str, around: _Surroundings) -> float:
    """A partial match by the parts of a longer name: 土地整备面积 against 整备土地."""
    soft = _data()["soft"]
    parts = _parts(text)
    if not parts:
        return 0.0
    hits = [_containing(part, around) for part in parts]
    share = sum(len(part) for part, hit in zip(parts, hits, strict=True) if hit)
    if share < soft["containment"] * sum(map(len, parts)):
        return 0.0
    return float(soft["factor"] * sum(hits) / len(hits))


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[str, ...]:
    """The tokens of a name that carry content; none for a name of one token."""
    parts = tuple(part for part in subtokens(text) if part != text and len(part) > 1)
    return parts if len(parts) > 1 else ()


def _english_overlap(word: Word, around: _Surroundings) -> float:
    """A partial match by the words of a longer English name."""
    soft = _data()["soft"]
    stems = [f"en:{stem}" for stem in stem_words(word.text)]
    if len(stems) < 2:
        return 0.0
    hits = [around.keys.get(stem, 0.0) for stem in stems]
    share = sum(1 for hit in hits if hit) / len(stems)
    return soft["factor"] * sum(hits) / len(stems) if share >= soft["english"] else 0.0


def _surplus(
    chunk: Chunk, candidate: Candidate, weights: dict[Word, float], glosses: Glosses | None
) -> float:
    """The share of the words beside the figure that the question says nothing of."""
    wanted = {key for word in weights for key in word.keys}
    names = [name for word in weights for name in _names(word)]
    span = candidate.own
    assert candidate.quantity is not None
    examples = chunk.text.rfind("等", span.start, candidate.quantity.start)  # "A、B等项目136个"
    start = examples + 1 if examples >= 0 else span.start
    own = [w for w in analyze_chinese(chunk.text) if start <= w.start < span.end]
    total = sum(word.weight for word in own)
    neutral = FILLER_ASPECTS | set(_data()["contrast"]["stock"])
    foreign = sum(
        word.weight * (0.5 if any(name in normalize(word.text) for name in names) else 1.0)
        for word in own
        if neutral.isdisjoint(word.keys)
        and wanted.isdisjoint(_keys(word, glosses))
        and not any(own_name in name for own_name in _names(word) for name in names)
    )
    return foreign / total if total else 0.0


def _names(word: Word) -> tuple[str, ...]:
    """A word as it stands, and the other names of its concept."""
    concepts = [key[1:] for key in word.keys if key.startswith("#")]
    return (normalize(word.text), *(name for concept in concepts for name in chinese_names(concept)))


def _figure_fit(question: Question, quantity: Quantity) -> tuple[bool, float]:
    """Whether unit and role can answer, and what they add to the score."""
    data = _data()["figure"]
    wish = question.unit
    accepted = wish.accepts(quantity.unit_class)
    adjustment = data["unit_match"] if wish.classes and accepted else 0.0
    if wish.measure and quantity.unit.endswith(wish.measure):
        adjustment += data["measure_match"]
    if question.role:
        fits_role = quantity.role == question.role
        adjustment += data["role_match"] if fits_role else -data["role_missing"]
        accepted = accepted and (fits_role or question.role == "share")
    elif quantity.role in ("growth", "decline"):
        adjustment -= data["role_unasked"]
    return accepted or not (wish.hard or question.role), adjustment


def _contrast(question: Question, chunk: Chunk, candidate: Candidate) -> float:
    """Stock against flow: a total is no answer to how much is new, nor the other way round."""
    data = _data()["contrast"]
    asked = {key for word in question.words for key in word.keys}
    own = {
        key
        for word in analyze_chinese(chunk.text)
        if candidate.own.start <= word.start < candidate.own.end
        for key in word.keys
    }
    assert candidate.quantity is not None
    before = chunk.text[candidate.own.start : candidate.quantity.start]
    is_stock = not own.isdisjoint(data["stock"]) or before.endswith(tuple(data["stock_cues"]))
    is_flow = not own.isdisjoint(data["flow"])
    if not asked.isdisjoint(data["stock"]) and not asked.isdisjoint(data["flow"]):
        return 0.0  # 累计建成
    if not asked.isdisjoint(data["stock"]):
        return float(data["met"] if is_stock else -data["missed"] if is_flow else 0.0)
    if question.asks_flow or not asked.isdisjoint(data["flow"]):
        return float(-data["missed"] if is_stock and not is_flow else 0.0)
    if question.asks_stock:
        return float(data["met"] if is_stock else -data["met"] if is_flow else 0.0)
    return 0.0


def is_indicator(word: Word) -> bool:
    """Whether a word of a question names something that the data file lists, and no aspect of it."""
    return word.keys[0].startswith("#") and not word.keys[0].startswith(f"#{ASPECT}")


def _is_narrowed(chunk: Chunk, candidate: Candidate, weights: dict[Word, float]) -> bool:
    """A district-wide indicator that the clause states of a part only (城市更新项目完成固定资产投资)."""
    macro = {key for word in weights for key in word.keys} & set(_data()["macro"]["concepts"])
    clause = candidate.clause
    words = [w for w in analyze_chinese(chunk.text) if clause.start <= w.start < clause.end]
    wanted = {key for asked in weights for key in asked.keys}
    for i, word in enumerate(words):
        if macro.intersection(word.keys):
            foreign = [w for w in words[:i] if w.weight >= 0.7 and wanted.isdisjoint(w.keys)]
            return any(w.text not in chunk.title for w in foreign)
    return False


def _unmet(question: Question, chunk: Chunk, candidate: Candidate) -> float:
    """A quarter or a figure that the question names and the statement does not."""
    data = _data()["named"]
    statement = chunk.text[candidate.statement.start : candidate.statement.end]
    missing = sum(data["period"] for period in question.periods if period not in statement)
    values = {quantity.magnitude for quantity in find_quantities(statement)}
    return float(missing + sum(data["figure"] for value in question.figures if value not in values))


def _form_penalty(candidate: Candidate) -> float:
    data = _data()["figure"]
    quantity = candidate.quantity
    assert quantity is not None
    spelled = not any(char.isdigit() for char in quantity.text)
    return float(data["origin"] * candidate.origin + data["spelled"] * spelled)
