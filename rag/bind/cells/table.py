"""A table -> Statements: row name x column x unit.

A row's name says what is counted, its column when, how sure and whether it is a level, a change or a share;
what neither tells is taken from the caption, and what that leaves open from the passage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.bind.cells.captions import Caption, read_caption, status_of
from rag.bind.cells.columns import Side, read_sides
from rag.bind.cells.figures import cell_starts, find_figure
from rag.bind.cells.headings import Heading
from rag.bind.cells.rows import Row, read_rows
from rag.bind.cells.subjects import name_cell
from rag.bind.cells.units import Unit, read_unit, read_units
from rag.bind.cells.words import rule, says
from rag.bind.indicators import indicator_of
from rag.bind.periods import Frame
from rag.schema import Certainty, Document, Flow, Measure, Passage, Period, Quantity, Span, Statement, Table

_JOINT = " | "  # what stands between two cells in the text of a row
_RISES = ("growth", "decline")
_RATES: dict[str, Measure] = {"row_growth": "growth", "row_decline": "decline", "row_share": "share"}


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with a figure: what its row and its column tell, and where it stands."""

    row: Row
    heading: Heading
    quantity: Quantity
    units: tuple[Unit, ...]  # that the table tells
    clause: Span
    sentence: Span


def read_cells(document: Document, table: Table) -> tuple[Statement, ...]:
    """The figures of a table, each bound to its row, its column's period and the unit of row or caption."""
    passage = _passage(document, table)
    identity = document.identity
    caption = read_caption(table.caption, Frame(passage.first, passage.year, passage.status, identity.year))
    found = []
    for side in read_sides(table, caption):
        for cell in _cells(document, table, side, caption):
            found.append(_bind(document, passage, caption, side, cell))
    return tuple(sorted(found, key=lambda statement: statement.quantity.start))


def _passage(document: Document, table: Table) -> Passage:
    """The passage that a table is."""
    at = bisect_right(document.passages, table.start, key=lambda passage: passage.start)
    if at:
        return document.passages[at - 1]
    return Passage(table.start, table.end, (), document.identity.year, "actual")


def _cells(document: Document, table: Table, side: Side, caption: Caption) -> Iterator[_Cell]:
    """The cells of a side of a table that hold figures; a merged one, which repeats, counts once."""
    units = read_units(table.unit)
    rows = read_rows(side, [cells for _, cells in table.rows], caption.frame, document.identity.place)
    for (span, cells), row in zip(table.rows, rows, strict=True):
        if row is None:
            continue
        starts = cell_starts(document.text, span.start, cells, _JOINT)
        clause = Span(starts[side.first], starts[side.last] + len(cells[side.last])) if side.shared else span
        for i in side.figures:
            heading = side.headings[i]
            repeats = i - 1 in side.headings and cells[i] == cells[i - 1] and heading == side.headings[i - 1]
            quantity = None if repeats else find_figure(cells[i], _unit(row, heading, units))
            if quantity is not None:
                start = starts[i] + quantity.start
                placed = replace(quantity, start=start, end=starts[i] + quantity.end)
                yield _Cell(row, heading, placed, units, clause, span)


def _unit(row: Row, heading: Heading, told: Sequence[Unit]) -> Unit | None:
    """The unit of a cell that tells none itself."""
    if heading.measure == "rank":
        return read_unit("位")
    if heading.is_relative:
        relative = row.unit if row.unit and row.unit.is_relative else None
        return heading.unit or relative or read_unit("%")
    level = next((unit for unit in told if not unit.is_relative), told[0] if told else None)
    return row.unit or heading.unit or level


def _bind(document: Document, passage: Passage, caption: Caption, side: Side, cell: _Cell) -> Statement:
    heading, row, quantity = cell.heading, cell.row, cell.quantity
    measure, name, of = heading.measure, row.name, heading.of
    if measure == "level" and quantity.unit_class in ("percent", "point", "permille"):
        for group, told in _RATES.items():
            match = rule(group).search(name.text)
            if match and match.start():
                measure = told
                of = match.groupdict().get("of") or of
                name = replace(name, text=name.text[: match.start()], alone=True)
                break
    measure, quantity = _signed(measure, quantity)
    counted = any(unit and unit.is_count for unit in (row.unit, heading.unit, *cell.units))
    subject = name_cell(name, heading, caption, side.word, side.both, row.level, counted)
    period = _period(cell, caption, measure, subject)
    return Statement(
        document=document.id,
        quantity=quantity,
        subject=subject,
        measure=measure,
        period=period,
        status=row.status or heading.status or _status(heading.period or row.period, caption),
        place=row.place or heading.place or caption.place or document.identity.place,
        clause=cell.clause,
        sentence=cell.sentence,
        section=passage.section,
        indicator=indicator_of(subject),
        entity=row.entity,
        flow=_flow(subject),
        of=of,
        page=bisect_right(document.pages, quantity.start) or None,
    )


def _signed(measure: Measure, quantity: Quantity) -> tuple[Measure, Quantity]:
    """A fall as a decline by a positive value, as running text tells it."""
    if quantity.role in _RISES and measure in ("level", *_RISES):
        return quantity.role, quantity
    if measure not in _RISES:
        return measure, quantity
    if quantity.value < 0:
        measure = "decline" if measure == "growth" else "growth"
        quantity = replace(quantity, value=-quantity.value, magnitude=-quantity.magnitude)
    return measure, replace(quantity, role="growth" if measure == "growth" else "decline")


def _period(cell: _Cell, caption: Caption, measure: Measure, subject: str) -> Period:
    heading, row = cell.heading, cell.row
    period = row.period or heading.period or caption.period or caption.frame.period
    if row.period and row.period.kind == "part" and heading.period:
        period = Period("part", heading.period.start, heading.period.end, row.period.part)
    if period.kind != "year" or period.end is None or measure in _RISES:
        return period
    if heading.before or says("stock_before", row.name.text):
        return Period("point", period.end - 1, period.end - 1)
    return replace(period, kind="point") if heading.is_stock or says("stock", subject) else period


def _status(period: Period | None, caption: Caption) -> Certainty:
    """The status of a cell whose words tell none."""
    if period is None or period.end is None:
        return caption.status
    return status_of(period.end, caption.frame, caption.status)


def _flow(subject: str) -> Flow | None:
    if says("new", subject):
        return "new"
    return "total" if says("total_stock", subject) else None
