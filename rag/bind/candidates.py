"""Chunks -> candidates: every figure and every sentence that could answer, with its surroundings."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rag.bind.ordinals import ordinal_pattern
from rag.bind.timeframe import Timeframe, clause_timeframes
from rag.language import (
    NOUN,
    Word,
    analyze_chinese,
    find_quantities,
    fold_width,
    load_toml,
    split_clauses,
    split_sentences,
    split_statements,
)
from rag.schema import Chunk, Evidence, Quantity, Span

_REACH = 2  # clauses before the figure's own that a quote may reach back to


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure (or, without one, a sentence) and the stretches around it, as offsets into the chunk.

    `own` is what belongs to the figure alone; `item` is its item of a list that is told apart by
    分别 ("初中、小学供给率分别达到100%、78%"); `origin` marks the first of 从…增至….
    """

    quantity: Quantity | None
    own: Span
    clause: Span
    statement: Span
    sentence: Span
    frame: Timeframe
    item: Span | None = None
    items: Span | None = None
    others: tuple[Span, ...] = ()  # what belongs to the other figures of the clause
    origin: bool = False
    own_subject: bool = True  # else the clause carries on with the subject of the one before


def _data() -> dict[str, Any]:
    return load_toml("bind/evidence.toml")


@lru_cache(maxsize=4096)
def sentence_candidates(chunk: Chunk) -> tuple[Candidate, ...]:
    """Every sentence of a chunk."""
    text = chunk.text
    frames = clause_timeframes(text, 0, len(text), chunk.year, chunk.status, chunk.plan_year)
    return tuple(
        Candidate(None, s, s, s, s, _frame_at(frames, s.start))
        for s in split_sentences(text, 0, len(text))
        if not any(order.start < s.end and s.start < order.end for order in _orders(text))
    )


@lru_cache(maxsize=4096)
def figure_candidates(chunk: Chunk) -> tuple[Candidate, ...]:
    """Every figure of a chunk."""
    text = chunk.text
    frames = clause_timeframes(text, 0, len(text), chunk.year, chunk.status, chunk.plan_year)
    orders = _orders(text)
    quantities = [
        q for q in find_quantities(text) if not any(order.start <= q.start < order.end for order in orders)
    ]
    found: list[Candidate] = []
    for sentence in split_sentences(text, 0, len(text)):
        for statement in split_statements(text, sentence.start, sentence.end):
            for clause in split_clauses(text, statement.start, statement.end):
                inside = [q for q in quantities if clause.start <= q.start < clause.end]
                found += _in_clause(text, frames, sentence, statement, clause, inside)
    return tuple(found)


@lru_cache(maxsize=4096)
def _orders(text: str) -> tuple[Span, ...]:
    """Stretches that order the reader about and state nothing, each to the end of its sentence.

    No plan holds any; somebody put them there for a language model to follow.
    """
    patterns = _data()["orders"]["patterns"]
    return tuple(
        Span(match.start(), sentence.end)
        for sentence in split_sentences(text, 0, len(text))
        if (match := re.compile("|".join(patterns), re.IGNORECASE).search(text, sentence.start, sentence.end))
    )


def _in_clause(
    text: str,
    frames: Sequence[Timeframe],
    sentence: Span,
    statement: Span,
    clause: Span,
    inside: Sequence[Quantity],
) -> list[Candidate]:
    items = _distributed_items(text, statement, clause, inside)
    owns = [_own_span(text, clause, inside, i) for i in range(len(inside))]
    carries_on = _counts_batch(text, clause) or text.startswith(
        tuple(_data()["lists"]["of_which"]), clause.start
    )
    own_subject = _has_subject(text, clause) and not carries_on
    return [
        Candidate(
            quantity,
            owns[i],
            clause,
            statement,
            sentence,
            _frame_at(frames, quantity.start),
            item=items[i] if items else None,
            items=Span(items[0].start, items[-1].end) if items else None,
            others=tuple(span for j, span in enumerate(owns) if j != i),
            origin=_is_origin(text, clause, inside, i),
            own_subject=own_subject,
        )
        for i, quantity in enumerate(inside)
    ]


def _own_span(text: str, clause: Span, inside: Sequence[Quantity], i: int) -> Span:
    """The part of a clause that belongs to its i-th figure: up to the list marks around it."""
    marks = _data()["lists"]["marks"]
    quantity = inside[i]
    before = [other for other in inside[:i] if not describes_noun(text, other)]
    start = before[-1].end if before else clause.start
    end = inside[i + 1].start if i + 1 < len(inside) else clause.end
    if i:
        behind = [found + 1 for m in marks if (found := text.rfind(m, start, quantity.start)) >= 0]
        start = max((place for place in behind if not _is_closed(text, place, quantity.start)), default=start)
    if i + 1 < len(inside) and quantity.unit_class.startswith("count") and "的" in text[end : clause.end]:
        return Span(start, clause.end)  # 45家总估值超180亿元的企业: the noun comes last
    if i + 1 < len(inside):
        cuts = (*marks, *_data()["lists"]["turns"])
        ahead = [found for cut in cuts if (found := text.find(cut, quantity.end, end)) >= 0]
        end = min(ahead, default=end)
    return Span(start, end)


def describes_noun(text: str, quantity: Quantity) -> bool:
    """Whether a figure only tells of what size the things are that are counted: 亿元以上项目75个."""
    measured = not quantity.unit_class.startswith(("count", "person", "percent"))
    ending = text[quantity.end - 2 : quantity.end + 4]
    return measured and bool(re.search(_data()["lists"]["thresholds"], ending))


def _is_closed(text: str, place: int, end: int) -> bool:
    """Whether what a bracket opens before `place` closes before `end`: 民生设施(含科研)用地86.9公顷."""
    return fold_width(text[place - 1]) == "(" and ")" in fold_width(text[place:end])


def _distributed_items(text: str, statement: Span, clause: Span, inside: Sequence[Quantity]) -> list[Span]:
    """The list items that 分别 gives the figures of a clause to, in order; empty without any."""
    data = _data()["lists"]
    if len(inside) < 2:
        return []
    head = text[clause.start : inside[0].start]
    distributes = re.search("|".join(data["distribute"]), head)
    if not distributes:
        return []
    if not distributes.start():  # "…5218万吨,…86.4万标箱,分别增长6.2%和11.5%"
        ahead = [c for c in split_clauses(text, statement.start, statement.end) if c.end <= clause.start]
        return ahead[-len(inside) :] if len(ahead) >= len(inside) else []
    parts: list[Span] = []
    position = clause.start
    for match in re.finditer("|".join(data["item_marks"]), head):
        parts.append(Span(position, clause.start + match.start()))
        position = clause.start + match.end()
    parts.append(Span(position, inside[0].start))
    return parts[: len(inside)] if len(parts) >= len(inside) else []


def _is_origin(text: str, clause: Span, inside: Sequence[Quantity], i: int) -> bool:
    """Whether a figure is only where a change began: the 987 of 从987家增至1272家."""
    if i + 1 >= len(inside):
        return False
    data = _data()["lists"]
    between = text[inside[i].end : inside[i + 1].start]
    before = text[clause.start : inside[i].start]
    return before.endswith(tuple(data["from"])) and any(word in between for word in data["to"])


def _frame_at(frames: Sequence[Timeframe], offset: int) -> Timeframe:
    return next(f for f in frames if f.start <= offset < f.end)


def to_evidence(chunk: Chunk, candidate: Candidate, score: float, wanted: Set[str]) -> Evidence:
    """The quote: the figure's clause, with earlier ones as far as they name what is asked about.

    `wanted` holds the keys of the question's words.
    """
    span = _quote_span(chunk, candidate, wanted) if candidate.quantity else candidate.sentence
    start, end = _trim(chunk.text, span)
    return Evidence(
        chunk=chunk,
        start=chunk.start + start,
        end=chunk.start + end,
        quote=chunk.text[start:end],
        year=candidate.frame.year,
        status=candidate.frame.status,
        score=round(max(0.0, min(1.0, score)), 4),
        quantity=candidate.quantity,
    )


def _quote_span(chunk: Chunk, candidate: Candidate, wanted: Set[str]) -> Span:
    clauses = split_clauses(chunk.text, candidate.statement.start, candidate.statement.end)
    earlier = [clause for clause in clauses if clause.end <= candidate.clause.start]
    start = candidate.clause.start
    for clause in reversed(earlier):
        if _has_subject(chunk.text, Span(start, candidate.clause.end)):
            break
        start = clause.start
    told = _keys(chunk.text, Span(start, candidate.clause.end))
    for clause in reversed(earlier[-_REACH:]):
        if clause.start < start and (_keys(chunk.text, clause) & wanted) - told:
            start = clause.start
    return Span(start, candidate.clause.end)


def _keys(text: str, span: Span) -> set[str]:
    words = analyze_chinese(text)
    heavy = (w for w in words if w.weight >= NOUN and span.start <= w.start < span.end)
    return {key for word in heavy for key in word.keys}


def _has_subject(text: str, span: Span) -> bool:
    """Whether a stretch holds a word that can be a subject: no verb and no aspect alone."""
    return any(word.weight >= NOUN and span.start <= word.start < span.end for word in analyze_chinese(text))


@lru_cache(maxsize=8192)
def own_words(chunk: Chunk, candidate: Candidate) -> tuple[Word, ...]:
    """The words beside a figure."""
    span = candidate.own
    return tuple(word for word in analyze_chinese(chunk.text) if span.start <= word.start < span.end)


def _counts_batch(text: str, clause: Span) -> bool:
    """Whether a clause begins with a batch and its figure and so carries on: 治理114个城中村,第一批49个."""
    return bool(re.compile(rf"{ordinal_pattern('zh')}(?=\d)").match(text, clause.start))


def _trim(text: str, span: Span) -> tuple[int, int]:
    """Without the bullet in front and the comma or semicolon behind."""
    start, end = span.start, span.end
    while end > start and fold_width(text[end - 1]) in ",，;:。、 ":
        end -= 1
    while start < end and text[start] in "—–•●":
        start += 1
    return start, end
