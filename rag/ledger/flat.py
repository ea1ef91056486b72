"""Statements as rows of a table, for those who go on with them: JSON, spreadsheets, pandas."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rag.errors import MissingPartError
from rag.ledger.rows import Entry
from rag.schema import Statement

_PATH = " › "  # joins the headings of a section in one cell
PERIOD = ("period_kind", "period_start", "period_end", "period_part")
CELLS = (
    "place", *PERIOD, "status", "subject", "indicator", "measure", "value", "upper", "unit", "qualifier",
    "flow", "entity", "of", "figure", "figure_start", "figure_end", "quote", "start", "end", "document",
    "title", "path", "section", "page",
)  # fmt: skip


def statement_values(statement: Statement) -> dict[str, Any]:
    """What a statement says, as plain data: its fields without its place in a document."""
    quantity = statement.quantity
    return {
        "subject": statement.subject,
        "indicator": statement.indicator,
        "measure": statement.measure,
        "value": quantity.told,
        "upper": None if quantity.upper is None else str(quantity.upper),
        "unit": quantity.unit,
        "qualifier": quantity.qualifier,
        "flow": statement.flow,
        "period": asdict(statement.period),
        "status": statement.status,
        "place": statement.place,
        "entity": statement.entity,
        "of": statement.of,
    }


def fact_values(entry: Entry) -> dict[str, Any]:
    """A statement as plain data; `quote` is its clause, the stored text from `start` to `end`."""
    statement, source = entry.statement, entry.source
    figure = statement.quantity
    return {
        **statement_values(statement),
        "figure": figure.text,
        "figure_start": figure.start,
        "figure_end": figure.end,
        "quote": entry.quote,
        "start": statement.clause.start,
        "end": statement.clause.end,
        "document": source.id,
        "title": source.title,
        "path": source.path,
        "section": list(statement.section),
        "page": statement.page,
    }


def fact_cells(entry: Entry) -> dict[str, Any]:
    """A statement as cells: its period in four, the headings of its section in one."""
    values = fact_values(entry)
    period = {f"period_{name}": value for name, value in values.pop("period").items()}
    return {**values, **period, "section": _PATH.join(values["section"])}


class Facts(tuple[Entry, ...]):
    """Statements that were found, in order."""

    __slots__ = ()

    def to_frame(self) -> Any:
        """A pandas table, one statement a row, with its amount as a number in base units (`magnitude`).

        Raises MissingPartError where pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise MissingPartError(
                "pandas is not installed.", "Install it: pip install 'plan-rag[frame]'"
            ) from error
        rows = [{**fact_cells(entry), **_amount(entry)} for entry in self]
        return pandas.DataFrame(rows, columns=[*CELLS, "unit_class", "magnitude"])


def _amount(entry: Entry) -> dict[str, Any]:
    quantity = entry.statement.quantity
    return {"unit_class": quantity.unit_class, "magnitude": float(quantity.magnitude)}
