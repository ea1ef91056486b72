"""The statements of the ledger that a question asks for: of a place, a year, a status, a measure.

How well one agrees: the share of the question's words that its subject bears out, less the share of its own
words that the question says nothing of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from rag.ask.question import Question
from rag.language import (
    Word,
    analyze,
    chinese_names,
    is_indicator,
    is_subject,
    load_toml,
    normalize,
    subtokens,
    text_language,
)
from rag.ledger import Entry, Filter, Ledger, find, subject_tokens
from rag.schema import RATES, RELATIVE, Certainty, Statement

Kind = Literal["year", "average", "span"]
_MOST = 80  # statements that are judged for one place and year
_INSIDE = 0.5  # how well a name bears an indicator out that only begins with it: 经济增长贡献率
_IN_PARTS = 0.8  # ... and a word of whose parts it has all
_REACHED: tuple[Certainty, ...] = ("actual", "estimated")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statement is wanted of a thing."""

    place: str
    year: int | None
    status: Literal["actual", "planned"] | None
    kind: Kind = "year"


@dataclass(frozen=True, slots=True)
class Match:
    """A statement, and how well it agrees with the question, 0 to 1."""

    entry: Entry
    score: float


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = load_toml("ask/side_by_side.toml")["match"]
    return data


def match_statement(
    ledger: Ledger,
    question: Question,
    wanted: Wanted,
    documents: tuple[str, ...] = (),
    surely: bool = False,
) -> Match | None:
    """The statement that agrees best; None if none agrees well enough, or `surely` enough."""
    words = list(question.words) if surely else subject_words(question)
    if not words:
        return None
    statuses: tuple[Certainty, ...] = ()
    if wanted.status:
        statuses = ("planned",) if wanted.status == "planned" else _REACHED
    filtered = Filter(
        words=" ".join(word.text for word in words),
        places=(wanted.place,) if wanted.place else (),
        years=(wanted.year,) if wanted.year else (),
        statuses=statuses,
        documents=documents,
    )
    found = [
        Match(entry, _agreement(question, words, entry.statement))
        for entry in find(ledger, filtered, _MOST)
        if _is_of_kind(entry.statement, wanted) and _can_answer(question, entry.statement)
    ]
    best = max(found, key=lambda match: (match.score, match.entry.source.year or 0), default=None)
    return best if best and best.score >= _data()["sure" if surely else "least"] else None


def subject_words(question: Question) -> list[Word]:
    """The words of a question that name what it asks about, and not what is to be told of it."""
    aside = frozenset(_data()["aside"])
    words = [word for word in question.words if is_subject(word) and aside.isdisjoint(word.keys)]
    return words or list(question.words)


def _is_of_kind(statement: Statement, wanted: Wanted) -> bool:
    """Whether the period of a statement is of the kind that is asked for."""
    period = statement.period
    if wanted.kind == "average":
        return period.kind == "average"
    if wanted.kind == "span":
        return period.kind == "span" and (wanted.year is None or period.end == wanted.year)
    return period.kind in ("year", "point") and (wanted.year is None or period.end == wanted.year)


def _can_answer(question: Question, statement: Statement) -> bool:
    """Whether unit and measure can answer at all."""
    quantity = statement.quantity
    if (question.asks_flow and statement.flow == "total") or (
        question.asks_stock and statement.flow == "new"
    ):
        return False
    if question.role in RATES:
        relative = quantity.unit_class in RELATIVE
        return statement.measure in RATES and (relative or not question.unit.classes)
    if question.role == "share":
        return quantity.unit_class in RELATIVE and statement.measure not in RATES
    bare = quantity.unit_class == "number"  # 旅居人数突破550万
    if question.unit.hard and not bare and not question.unit.accepts(quantity.unit_class):
        return False
    return statement.measure != "from"


def _agreement(question: Question, words: Sequence[Word], statement: Statement) -> float:
    tokens = frozenset(subject_tokens(statement.subject, statement.indicator, statement.entity))
    subject = normalize(statement.subject)
    total = sum(word.weight for word in words)
    borne_out = sum(word.weight * _bears_out(word, tokens, statement) for word in words) / total
    own = analyze(subject, text_language(subject))
    asked = {key for word in words for key in word.keys}
    surplus = sum(w.weight for w in own if asked.isdisjoint(w.keys) and not _named(w, words))
    share = surplus / sum(w.weight for w in own) if own else 0.0
    other = question.role is None and statement.measure in RATES and not _asks_rate(question)
    lost = float(_data()["surplus"]) * share + (float(_data()["measure"]) if other else 0.0)
    return borne_out - lost


def _asks_rate(question: Question) -> bool:
    """Whether only relative units answer."""
    return question.unit.hard and set(question.unit.classes) <= set(RELATIVE)


def _bears_out(word: Word, tokens: frozenset[str], statement: Statement) -> float:
    """How well a subject bears a word of the question out: an indicator in full only as its head."""
    subject = normalize(statement.subject)
    if is_indicator(word):
        concepts = [key[1:] for key in word.keys if key.startswith("#")]
        if statement.indicator in concepts:
            return 1.0
        names = tuple(name for concept in concepts for name in chinese_names(concept))
        heads = statement.indicator is None and not tokens.isdisjoint(word.keys) and subject.endswith(names)
        inside = not tokens.isdisjoint(word.keys) or normalize(word.text) in subject
        return 1.0 if heads else _INSIDE * inside
    if not tokens.isdisjoint(word.keys) or normalize(word.text) in subject:
        return 1.0
    parts = [] if word.text.isascii() else [part for part in subtokens(word.text) if part != word.text]
    return _IN_PARTS * sum(part in subject for part in parts) / len(parts) if parts else 0.0


def _named(own: Word, words: Sequence[Word]) -> bool:
    """Whether a word of the subject stands in one of the question's, or one of these in it.

    Another indicator does not, though its name may hold that of the one asked for: 人均地区生产总值.
    """
    if is_indicator(own):
        return False
    text = normalize(own.text)
    return any(text in normalize(word.text) or normalize(word.text) in text for word in words)
