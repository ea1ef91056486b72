"""Text -> assertions: every figure with the words, the year and the certainty it is asserted with.

>>> (assertion,) = read_assertions(as_passage("2023年GDP增长9.0%。"))
>>> assertion.quantity.text, [(word.text, zone) for word, zone in assertion.words]
('9.0%', [('GDP', 'own'), ('增长', 'own')])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.bind.candidates import Candidate, figure_candidates
from rag.bind.stance import Stance, read_stance
from rag.bind.timeframe import Timeframe
from rag.language import (
    Word,
    analyze_chinese,
    analyze_english,
    find_quantities,
    is_subject,
    load_toml,
    split_english_clauses,
    split_english_sentences,
    text_language,
)
from rag.schema import Chunk, Language, Quantity, Span, Status


@dataclass(frozen=True, slots=True)
class Assertion:
    """A figure of a passage; every word around it comes with the zone that it stands in.

    `year` and `status` are what the document's headings and clauses say; None for a text of
    unknown origin. `language` is that of the words.
    """

    passage: Chunk
    candidate: Candidate
    quantity: Quantity
    language: Language
    words: tuple[tuple[Word, str], ...]
    stance: Stance
    year: int | None
    status: Status | None

    @property
    def sentence(self) -> Span:
        """The sentence of the figure."""
        return self.candidate.sentence

    @property
    def clause(self) -> Span:
        """The clause of the figure."""
        return self.candidate.clause


def as_passage(text: str) -> Chunk:
    """A text of unknown origin in the shape of a chunk; a year of 0 stands for none."""
    return Chunk("", "", "", "", 0, 0, "actual", (), 0, len(text), text)


@lru_cache(maxsize=2048)
def read_assertions(passage: Chunk) -> tuple[Assertion, ...]:
    """Every figure of a Chinese or English passage, in order."""
    text = passage.text
    language = text_language(text)
    candidates = figure_candidates(passage) if language == "zh" else english_candidates(passage)
    words = analyze_chinese(text) if language == "zh" else _english_words(text)
    headings = [(word, "heading") for heading in passage.section for word in analyze_chinese(heading)]
    found = []
    for c in candidates:
        if c.quantity is None:
            continue
        stance = read_stance(text, c.sentence, c.clause, c.own, c.quantity.start, language, c.item)
        known = passage.year != 0
        found.append(
            Assertion(
                passage,
                c,
                c.quantity,
                language,
                (*_place(words, c), *headings),
                stance,
                c.frame.year if known else None,
                c.frame.status if known else None,
            )
        )
    return tuple(found)


def _place(words: Sequence[Word], candidate: Candidate) -> list[tuple[Word, str]]:
    subject_beside = any(is_subject(w) for w in words if candidate.own.start <= w.start < candidate.own.end)
    lender = None if subject_beside else _lender(words, candidate)
    return [(word, _zone(word, candidate, lender)) for word in words]


def _zone(word: Word, candidate: Candidate, lender: Span | None) -> str:
    item, items = candidate.item, candidate.items
    if item and items and items.start <= word.start < items.end:
        return "own" if item.start <= word.start < item.end else "other_item"
    if candidate.own.start <= word.start < candidate.own.end:
        return "own"
    if lender is not None and lender.start <= word.start < lender.end:
        return "subject"
    if candidate.clause.start <= word.start < candidate.clause.end:
        beside_other = any(span.start <= word.start < span.end for span in candidate.others)
        return "other_figure" if beside_other else "clause"
    if candidate.sentence.start <= word.start < candidate.sentence.end:
        return "before" if word.start < candidate.clause.start else "after"
    return "elsewhere"


def _lender(words: Sequence[Word], candidate: Candidate) -> Span | None:
    """The stretch in front that lends a figure its subject: back to the nearest word that can be one."""
    ahead = [
        word
        for word in words
        if candidate.sentence.start <= word.start < candidate.own.start and is_subject(word)
    ]
    if not ahead:
        return None
    starts = [candidate.sentence.start, candidate.statement.start, candidate.clause.start]
    starts += [span.start for span in candidate.others]
    return Span(max(s for s in starts if s <= ahead[-1].start), candidate.own.start)


@lru_cache(maxsize=2048)
def _english_words(text: str) -> tuple[Word, ...]:
    blanked = text
    for quantity in find_quantities(text):
        blanked = blanked[: quantity.start] + " " * len(quantity.text) + blanked[quantity.end :]
    return analyze_english(blanked)


@lru_cache(maxsize=2048)
def english_candidates(passage: Chunk) -> tuple[Candidate, ...]:
    """Every figure of an English passage, with the stretches around it."""
    text = passage.text
    quantities = find_quantities(text)
    found: list[Candidate] = []
    for sentence in split_english_sentences(text, 0, len(text)):
        clauses = split_english_clauses(text, sentence.start, sentence.end)
        inside = [q for q in quantities if sentence.start <= q.start < sentence.end]
        items = _respective_items(text, sentence, clauses, inside)
        for i, quantity in enumerate(inside):
            own = next(c for c in clauses if c.start <= quantity.start < c.end)
            found.append(
                Candidate(
                    quantity,
                    own,
                    own,
                    sentence,
                    sentence,
                    Timeframe(own.start, own.end, passage.year, passage.status),
                    item=items[i] if items else None,
                    items=Span(items[0].start, items[-1].end) if items else None,
                )
            )
    return tuple(found)


def _respective_items(
    text: str, sentence: Span, clauses: Sequence[Span], inside: Sequence[Quantity]
) -> list[Span]:
    """The list items that "respectively" gives the figures of a sentence to; empty without it."""
    words = load_toml("check/faithfulness.toml")["respectively"]
    stretch = text[sentence.start : sentence.end].lower()
    if len(inside) < 2 or not any(word in stretch for word in words):
        return []
    heads = [clause for clause in clauses if clause.end <= inside[0].start]
    first = next(c for c in clauses if c.start <= inside[0].start < c.end)
    heads.append(Span(first.start, inside[0].start))
    return heads[-len(inside) :] if len(heads) >= len(inside) else []
