"""A table -> Statements: row name × column × unit."""

from rag.bind.cells.table import read_cells

__all__ = ["read_cells"]
