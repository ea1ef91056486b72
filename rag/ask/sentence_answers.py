"""Passages -> the sentences that answer a question in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from rag.ask.question import Question
from rag.ask.scoring import Scored, score_candidates
from rag.bind import Timeframe, sentence_candidates
from rag.language import load_toml
from rag.schema import SearchResult
from rag.search import Searcher


def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_toml("bind/evidence.toml")["text"]
    return data


def rank_sentences(
    question: Question,
    results: Sequence[SearchResult],
    searcher: Searcher,
    admits: Callable[[Timeframe], bool],
) -> list[Scored]:
    """Every admitted sentence, best first: by its words, and among the best of these by its meaning too."""
    ranked = score_candidates(question, results, searcher, sentence_candidates, admits)
    first, rest = ranked[: _data()["reread"]], ranked[_data()["reread"] :]
    near = searcher.closeness.of(question.plain, [_text(item) for item in first])
    share = _data()["closeness"]
    reread = [replace(item, score=item.score + share * like) for item, like in zip(first, near, strict=True)]
    return [*sorted(reread, key=lambda item: -item.score), *rest]


def _text(item: Scored) -> str:
    span = item.candidate.sentence
    return item.chunk.text[span.start : span.end]


def accept_sentences(question: Question, ranked: Sequence[Scored]) -> list[Scored]:
    """The sentences that answer, the best one first; none if the best bears out too little.

    Of a question with many words a smaller share will do.
    """
    if not ranked:
        return []
    best = ranked[0]
    least = _data()["accept"][question.language]
    few = best.coverage < least["share"]
    if few and (best.coverage < least["low_share"] or best.coverage * len(question.words) < least["words"]):
        return []
    return [item for item in ranked if item.score >= best.score - _data()["more"]][: _data()["most"]]
