"""Is the best figure the answer, or do the plans not say? A logistic model over what scoring knows.

The coefficients stand in `data/evidence.toml`; `python -m eval.acceptance` fits them on the tuning part
of the question set.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from rag.ask.question import Question
from rag.ask.scoring import HARDLY, Scored
from rag.language import NOUN, load_toml
from rag.schema import Language

_MOST_LEAD = 0.6  # a lead beyond this says nothing more


def describe_best(question: Question, fitting: Sequence[Scored]) -> dict[str, float]:
    """What speaks for the best of some figures, by the names of the coefficients.

    `lead` is how far its score is ahead of the best other figure's in another statement.
    """
    best = fitting[0]
    others = (item.score for item in fitting if not _same(item, best))
    next_score = next(others, 0.0)
    return {
        "coverage": best.coverage,
        "strongest": best.strongest,
        "weakest": best.weakest,
        "lead": min(best.score - next_score, _MOST_LEAD),
        "words": float(len(question.words)),
        "unnamed": best.unnamed,
        **_describe_words(question, best),
    }


def _describe_words(question: Question, best: Scored) -> dict[str, float]:
    """How the words of a question are borne out one by one.

    `counted`: the noun that is counted; `missing`: how many nouns hardly are; `lost`: what the figure lost
    for not being of the kind that is asked for.
    """
    matches = list(zip(question.words, best.matches, strict=True))
    nouns = [match for word, match in matches if word.weight >= NOUN]
    counted = [m for word, m in matches if question.counted and word.keys == question.counted.keys]
    total = sum(word.weight for word in question.words)
    borne_out = sum(word.weight * match for word, match in matches) / total if total else 0.0
    return {
        "counted": counted[0] if counted else 1.0,
        "missing": float(sum(match < HARDLY for match in nouns)),
        "lost": borne_out - best.coverage,
    }


def accepts(question: Question, fitting: Sequence[Scored]) -> bool:
    """Whether the best of the figures that fit answers the question."""
    data = load_toml("bind/evidence.toml")["accept"]
    if question.kind == "open" and fitting[0].coverage < data["open"]:
        return False  # it may well ask for words
    return sureness(describe_best(question, fitting), question.language) >= float(
        data["least"][question.language]
    )


def sureness(described: dict[str, float], language: Language) -> float:
    """The model's probability, 0 to 1, that the best figure is the answer."""
    model = load_toml("bind/evidence.toml")["accept"][language]
    total = model["intercept"] + sum(model[name] * value for name, value in described.items())
    return 1 / (1 + math.exp(-float(total)))


def _same(one: Scored, other: Scored) -> bool:
    """Whether two figures stand in one statement, or read the same."""
    stated = [(item.chunk.id, item.candidate.statement.start) for item in (one, other)]
    shown = [item.candidate.quantity and item.candidate.quantity.text for item in (one, other)]
    return stated[0] == stated[1] or shown[0] == shown[1]
