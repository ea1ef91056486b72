"""Tables: years, targets, units or places in the header, the unit in the caption; every cell a statement.

>>> from random import Random
>>> from eval.made.grammar import Writer
>>> from eval.made.places import draw_place
>>> rng = Random(1)
>>> table = yearly(Writer(rng, draw_place(rng, "county"), 2026, "plan"), 2025, 1)
>>> table.caption, table.unit, table.header[-1]
('表1 2025年主要指标完成情况', '亿元', ('指标', '2024年', '2025年', '增长（%）'))
>>> len(table.rows), len(table.statements) == 3 * len(table.rows)
(4, True)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eval.made.grammar import Writer
from eval.made.places import Place
from eval.made.subjects import indicators
from eval.made.truth import Measure, Period, Standing, Statement
from eval.made.values import Value

CELL = "\t"  # what parts two cells of a row in the truth's text
_UNIT = "亿元"
Row = tuple[tuple[str, ...], list[Statement]]


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table with the statements of its cells: row by row, offsets inside the row's text.

    `unit` is the one that stands below the caption; empty where the header or the rows name it.
    """

    caption: str
    unit: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is a statement."""

    value: Value
    measure: Measure
    period: Period
    status: Standing = "actual"


def draw_table(writer: Writer, year: int, number: int) -> DraftTable:
    """A table of one of the kinds."""
    return writer.rng.choice((yearly, yearly, with_units, with_targets, by_place))(writer, year, number)


def yearly(writer: Writer, year: int, number: int) -> DraftTable:
    """Two years beside each other; every other one has a header of two rows with merged cells."""
    last, this = f"{writer.year_text(year - 1)}年", f"{writer.year_text(year)}年"
    header: tuple[tuple[str, ...], ...] = (("指标", last, this, "增长（%）"),)
    if writer.rng.random() < 0.5:
        header = (("指标", "绝对数", "绝对数", "增长（%）"), *header)
    rows = []
    for one in _in_money(writer):
        now, growth = _level(writer, one, year), _growth(writer, one, year)
        before = writer.values.before(("table", one["en"], year - 1), now)
        cells = [Cell(before, "level", _of(year - 1)), Cell(now, "level", _of(year)), growth]
        rows.append(_row(writer.place, one, [one["names"][0]], cells))
    return _table(f"表{number} {this}主要指标完成情况", _UNIT, header, rows)


def with_units(writer: Writer, year: int, number: int) -> DraftTable:
    """A column of units, and changes that may be below zero."""
    options = [*indicators("flow"), *indicators("index")]
    rows = []
    for one in writer.rng.sample(options, 5):
        now = _level(writer, one, year, one["unit"])
        growth = _growth(writer, one, year)
        if one["kind"] == "index":
            growth = replace(growth, value=replace(growth.value, number="-" + growth.value.number))
        cells = [Cell(now, "level", _of(year)), growth]
        rows.append(_row(writer.place, one, [one["names"][0], one["unit"]], cells))
    header = ("指标", "单位", "绝对数", "比上年增长（%）")
    return _table(f"表{number} {writer.year_text(year)}年主要经济指标", "", (header,), rows)


def with_targets(writer: Writer, year: int, number: int) -> DraftTable:
    """What was planned beside what was reached."""
    this = f"{writer.year_text(year)}年"
    rows = []
    for one in _in_money(writer):
        reached, planned = _level(writer, one, year), _level(writer, one, year, planned=True)
        cells = [Cell(planned, "level", _of(year), "planned"), Cell(reached, "level", _of(year))]
        rows.append(_row(writer.place, one, [one["names"][0]], cells))
    header = ("指标名称", f"{this}预期目标", f"{this}完成情况")
    return _table(f"表{number} 主要预期目标完成情况", _UNIT, (header,), rows)


def by_place(writer: Writer, year: int, number: int) -> DraftTable:
    """One indicator of the places below, its unit in the header."""
    one = _in_money(writer)[0]
    name, rows = one["names"][0], []
    for place in writer.place.parts:
        key = (one["en"], place.zh, _of(year), False, "")
        scale = place.scale / writer.place.scale
        now = _money(writer.values.level((*key, (None, None)), one, scale))
        growth = Cell(writer.values.change((*key, None, "growth"), False), "growth", _of(year))
        rows.append(_row(place, one, [place.zh], [Cell(now, "level", _of(year)), growth]))
    header = ("地区", f"{name}（{_UNIT}）", "比上年增长（%）")
    return _table(f"表{number} {writer.year_text(year)}年各地{name}", "", (header,), rows)


def _in_money(writer: Writer) -> list[Mapping[str, Any]]:
    return writer.rng.sample([one for one in indicators("flow") if one["unit"] == _UNIT], 4)


def _of(year: int) -> Period:
    return Period("year", year, year)


def _level(
    writer: Writer, one: Mapping[str, Any], year: int, unit: str = _UNIT, *, planned: bool = False
) -> Value:
    key = (one["en"], writer.place.zh, _of(year), planned, "", (None, None))
    value = writer.values.level(key, one)
    return _money(value) if unit == _UNIT else _plain(value, unit)


def _growth(writer: Writer, one: Mapping[str, Any], year: int) -> Cell:
    key = (one["en"], writer.place.zh, _of(year), False, "", None, "growth")
    return Cell(writer.values.change(key, False), "growth", _of(year))


def _money(value: Value) -> Value:
    return _plain(value, _UNIT)


def _plain(value: Value, unit: str) -> Value:
    """A value in the unit of its column, also where it is told in ten thousands of it elsewhere."""
    if value.unit == unit:
        return value
    return Value(f"{float(value.number) * 10_000:.0f}", unit)


def _row(place: Place, one: Mapping[str, Any], heads: Sequence[str], cells: Sequence[Cell]) -> Row:
    texts = (*heads, *(cell.value.number for cell in cells))
    text, at, said = CELL.join(texts), sum(len(head) + 1 for head in heads), []
    for cell in cells:
        said.append(_state(place, one, cell, text, at))
        at += len(cell.value.number) + 1
    return texts, said


def _state(place: Place, one: Mapping[str, Any], cell: Cell, text: str, at: int) -> Statement:
    number = cell.value.number
    return Statement(
        one["names"][0],
        one.get("key"),
        cell.measure,
        number,
        None,
        cell.value.unit,
        None,
        None,
        cell.period,
        cell.status,
        place.zh,
        None,
        None,
        number,
        at,
        at + len(number),
        text,
        0,
        "table",
        one["en"],
    )


def _table(caption: str, unit: str, header: tuple[tuple[str, ...], ...], rows: Sequence[Row]) -> DraftTable:
    return DraftTable(
        caption, unit, header, tuple(cells for cells, _ in rows), tuple(s for _, said in rows for s in said)
    )
