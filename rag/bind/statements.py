"""Document -> Statements: every figure of its running text and its tables, bound once."""

from __future__ import annotations

from bisect import bisect_right

from rag.language import find_quantities, split_clauses, split_sentences
from rag.schema import Document, Period, Statement


def read_statements(document: Document) -> tuple[Statement, ...]:
    """Every figure of a document that is worth a row, in the order of the text."""
    text = document.text
    found = []
    for passage in document.passages:
        for sentence in split_sentences(text, passage.start, passage.end):
            for clause in split_clauses(text, sentence.start, sentence.end):
                for quantity in find_quantities(text[clause.start : clause.end]):
                    found.append(
                        Statement(
                            document=document.id,
                            quantity=_moved(quantity, clause.start),
                            subject=text[clause.start : clause.start + quantity.start],
                            measure=quantity.role,
                            period=Period("year", passage.year, passage.year) if passage.year else Period(),
                            status=passage.status,
                            place=document.identity.place,
                            clause=clause,
                            sentence=sentence,
                            section=passage.section,
                            page=bisect_right(document.pages, clause.start) or None,
                        )
                    )
    return tuple(found)


def _moved(quantity, offset):
    from dataclasses import replace

    return replace(quantity, start=quantity.start + offset, end=quantity.end + offset)
