"""Tables: years in the header, the unit in the caption, every cell a statement.

>>> from random import Random
>>> from eval.made.grammar import Writer
>>> from eval.made.places import draw_place
>>> rng = Random(1)
>>> table = draw_table(Writer(rng, draw_place(rng, "county"), 2026, "plan"), 2025, "actual", 1)
>>> table.caption, table.unit, table.header[-1]
('表1 2025年主要指标完成情况', '亿元', ('指标', '2024年', '2025年', '增长（%）'))
>>> len(table.rows), len(table.statements) == 3 * len(table.rows)
(4, True)
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from eval.made.grammar import Writer, indicators
from eval.made.truth import Period, Statement
from eval.made.values import Value

CELL = "\t"  # what parts two cells of a row in the truth's text


@dataclass(frozen=True, slots=True)
class DraftTable:
    """A table with the statements of its cells: row by row, offsets inside the row's text."""

    caption: str
    unit: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    statements: tuple[Statement, ...]


def draw_table(writer: Writer, year: int, status: str, number: int) -> DraftTable:
    """A table of yearly amounts in one unit; every other one has a header of two rows with merged cells."""
    options = [one for one in indicators("flow") if one["unit"] == "亿元"]
    chosen = writer.rng.sample(options, 4)
    last, this = f"{writer.year_text(year - 1)}年", f"{writer.year_text(year)}年"
    header: tuple[tuple[str, ...], ...] = (("指标", last, this, "增长（%）"),)
    if writer.rng.random() < 0.5:
        header = (("指标", "绝对数", "绝对数", "增长（%）"), *header)
    rows, statements = [], []
    for one in chosen:
        cells, said = _row(writer, one["names"][0], one["en"], one, year, status)
        rows.append(cells)
        statements += said
    caption = f"表{number} {this}主要指标完成情况"
    return DraftTable(caption, "亿元", header, tuple(rows), tuple(statements))


def _row(
    writer: Writer, name: str, english: str, indicator: object, year: int, status: str
) -> tuple[tuple[str, ...], list[Statement]]:
    values, place = writer.values, writer.place.zh
    now, before = Period("year", year, year), Period("year", year - 1, year - 1)
    level = values.level((english, place, now, False, "", (None, None)), indicator)  # type: ignore[arg-type]
    level = replace(level, unit="亿元") if level.unit == "亿元" else _in_hundred_millions(level)
    earlier = values.once(("table", english, year - 1), lambda: values.earlier(level))
    growth = values.change((english, place, now, False, "", None, "growth"), False)
    cells = (name, earlier.number, level.number, growth.number)
    text, statements, at = CELL.join(cells), [], len(name) + 1
    told = ((before, earlier, "level"), (now, level, "level"), (now, growth, "growth"))
    for period, value, measure in told:
        end = at + len(value.number)
        statements.append(
            Statement(
                name,
                indicator["key"],  # type: ignore[index]
                measure,  # type: ignore[arg-type]
                value.number,
                None,
                value.unit,
                None,
                None,
                period,
                status,  # type: ignore[arg-type]
                place,
                None,
                None,
                value.number,
                at,
                end,
                text,
                0,
                "table",
                english,
            )
        )
        at = end + 1
    return cells, statements


def _in_hundred_millions(value: Value) -> Value:
    return Value(f"{float(value.number) * 10_000:.0f}", "亿元")
