"""A statement <-> its flat row in the ledger (the view `told` in `data/tables.sql`)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from rag.language import is_within, named, qualified_span
from rag.ledger.words import subject_tokens, thing_of
from rag.schema import Document, Kind, Period, Quantity, Span, Statement


@dataclass(frozen=True, slots=True)
class Source:
    """A document as its statements know it."""

    id: str
    title: str
    path: str
    kind: Kind
    place: str
    year: int | None
    published: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement of the ledger with its document, the clause that makes it and the sentence around that.

    `thing` is the same for statements of the same thing (see `rag.ledger.words.thing_of`).
    """

    source: Source
    statement: Statement
    quote: str
    sentence: str
    thing: str

    @property
    def figure(self) -> str:
        """The figure as it stands, with its qualifier: 约5%, 1100亿元以上; from afar in brackets."""
        quantity, start = self.statement.quantity, self.statement.sentence.start
        moved = replace(quantity, start=quantity.start - start, end=quantity.end - start)
        span = qualified_span(self.sentence, moved)
        shown = self.sentence[span.start : span.end]
        word = quantity.qualifier or ""
        if quantity.text not in shown:
            shown = quantity.text
        return shown if word in shown else f"{shown} ({word})"

    @property
    def reference(self) -> str:
        """What `rag show` takes to show the clause: document and offsets."""
        return f"{self.source.id}:{self.statement.clause.start}-{self.statement.clause.end}"


def draft_rows(document: Document, statements: tuple[Statement, ...]) -> Iterator[dict[str, Any]]:
    """The rows of a document's statements, in the order in which they stand."""
    for position, statement in enumerate(
        sorted(statements, key=lambda s: (s.quantity.start, s.quantity.end))
    ):
        yield _draft(document, statement, position)


def _draft(document: Document, statement: Statement, position: int) -> dict[str, Any]:
    clause, period = statement.clause, statement.period
    start, end = min(statement.sentence.start, clause.start), max(statement.sentence.end, clause.end)
    tokens = subject_tokens(statement.subject, statement.indicator, statement.entity)
    return {
        "document": document.id,
        "position": position,
        "subject": statement.subject,
        "indicator": statement.indicator,
        "entity": statement.entity,
        "thing": thing_of(statement.subject, statement.indicator),
        "tokens": " ".join(tokens),
        "place": statement.place,
        "place_code": place_code(statement.place, document.identity.place),
        "section": json.dumps(statement.section, ensure_ascii=False),
        "page": statement.page,
        "sentence_start": start,
        "sentence_end": end,
        "sentence": document.text[start:end],
        "clause_start": clause.start,
        "clause_end": clause.end,
        "measure": statement.measure,
        "flow": statement.flow,
        "period_kind": period.kind,
        "period_start": period.start,
        "period_end": period.end,
        "period_part": period.part,
        "status": statement.status,
        "whole": statement.of,
        **_quantity_columns(statement.quantity),
    }


def _quantity_columns(quantity: Quantity) -> dict[str, Any]:
    size = float(quantity.magnitude)
    return {
        "figure": quantity.text,
        "figure_start": quantity.start,
        "figure_end": quantity.end,
        "value": str(quantity.value),
        "upper": None if quantity.upper is None else str(quantity.upper),
        "terms": ":".join(map(str, quantity.terms)),
        "unit": quantity.unit,
        "unit_class": quantity.unit_class,
        "magnitude": str(quantity.magnitude),
        "size": size if size == size else None,  # what is no number has no size
        "decimals": quantity.decimals,
        "qualifier": quantity.qualifier,
        "role": quantity.role,
    }


def entry_of(row: sqlite3.Row) -> Entry:
    """The entry of a row of `told`."""
    start, clause = row["sentence_start"], Span(row["clause_start"], row["clause_end"])
    statement = Statement(
        document=row["document"],
        quantity=_quantity(row),
        subject=row["subject"],
        measure=row["measure"],
        period=Period(row["period_kind"], row["period_start"], row["period_end"], row["period_part"]),
        status=row["status"],
        place=row["place"],
        clause=clause,
        sentence=Span(start, row["sentence_end"]),
        section=_section(row["section"]),
        indicator=row["indicator"],
        flow=row["flow"],
        entity=row["entity"],
        of=row["whole"],
        page=row["page"],
    )
    quote = row["sentence"][clause.start - start : clause.end - start]
    return Entry(_source(row), statement, quote, row["sentence"], row["thing"])


def _quantity(row: sqlite3.Row) -> Quantity:
    return Quantity(
        text=row["figure"],
        start=row["figure_start"],
        end=row["figure_end"],
        value=Decimal(row["value"]),
        unit=row["unit"],
        unit_class=row["unit_class"],
        magnitude=Decimal(row["magnitude"]),
        decimals=row["decimals"],
        upper=None if row["upper"] is None else Decimal(row["upper"]),
        qualifier=row["qualifier"],
        role=row["role"],
        terms=tuple(map(Decimal, row["terms"].split(":"))) if row["terms"] else (),
    )


def _source(row: sqlite3.Row) -> Source:
    return Source(
        id=row["document"],
        title=row["title"],
        path=row["path"],
        kind=row["kind"],
        place=row["document_place"],
        year=row["year"],
        published=row["published"],
    )


@lru_cache(maxsize=4096)
def _section(path: str) -> tuple[str, ...]:
    return tuple(json.loads(path))


@lru_cache(maxsize=4096)
def place_code(name: str, around: str) -> str:
    """The code of a place, of several of its name of the one in or around the document's; empty for others.

    >>> place_code("朝阳区", "长春市"), place_code("朝阳区", "北京市"), place_code("青禾市", "")
    ('220104', '110105', '')
    """
    found = named(name)
    outer = named(around) if len(found) > 1 else ()
    near = [place for place in found if any(is_within(place, o) or is_within(o, place) for o in outer)]
    return next((place.code for place in (*near, *found)), "")
