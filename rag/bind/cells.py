"""A table -> Statements: row name × column × unit."""

from __future__ import annotations

from rag.schema import Document, Statement, Table


def read_cells(document: Document, table: Table) -> tuple[Statement, ...]:
    """The figures of a table, each bound to its row, its column's period and the unit of row or caption."""
    return ()
