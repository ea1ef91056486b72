"""Evidence -> what the ledger knows of its figure: place and period; figures of another place or time go.

A question that names a place is never answered with a figure of another one, nor one about a year with an
average of several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.ask.finding import Origin
from rag.ask.question import Question
from rag.ask.side_by_side import period_kind
from rag.language import named
from rag.ledger import Entry, Ledger, statement_at
from rag.schema import Evidence


def place_evidence(
    ledger: Ledger,
    question: Question,
    asked: Sequence[str],
    evidence: Sequence[Evidence],
    own: Mapping[str, Origin],
) -> list[Evidence]:
    """The evidence that can be meant, with place and period.

    `asked` are the places that the question names, `own` tells of which place a document is.
    """
    placed: list[Evidence] = []
    for item in evidence:
        entry = _entry(ledger, item)
        if entry and not _can_be_meant(question, asked, entry):
            continue
        place = entry.statement.place if entry else own[item.chunk.document].place
        placed.append(replace(item, place=place, period=entry.statement.period if entry else None))
    return placed


def _entry(ledger: Ledger, item: Evidence) -> Entry | None:
    if item.quantity is None:
        return None
    return statement_at(ledger, item.chunk.document, item.chunk.start + item.quantity.start)


def _can_be_meant(question: Question, asked: Sequence[str], entry: Entry) -> bool:
    """Whether the figure is of a place and a kind of time that the question can mean."""
    statement = entry.statement
    places = [place for name in asked for place in named(name)]
    told = named(statement.place)
    if places and told and not any(place in places for place in told):
        return False
    return statement.period.kind != "average" or period_kind(question) != "year" or len(question.years) > 1
