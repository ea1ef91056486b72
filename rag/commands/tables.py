"""Figures as tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rag.ask import Fact, Series, headline
from rag.citation import Place, citation_reference, keys_by_place, number_evidence, place_of
from rag.commands.render import EMPHASIS, QUIET, make_table
from rag.schema import Citation, Evidence


def render_facts(facts: Sequence[Fact]) -> Table:
    """One figure a row, with its quote and what `rag show` takes to show it."""
    table = make_table("year", "status", "indicator", "figure", "quote", "citation")
    for fact in facts:
        item = fact.evidence
        figure = Text(headline(item), style=EMPHASIS)
        reference = Text(citation_reference(item), style=QUIET)
        table.add_row(str(item.year), item.status, fact.indicator, figure, item.quote, reference)
    return table


def render_series(series: Series) -> Group:
    """Levels and rates of growth by year and status, the changes of the level, and the sources."""
    points = (*series.levels, *series.rates)
    citations = number_evidence(points)
    keys = keys_by_place(citations)
    levels, rates = _by_frame(series.levels), _by_frame(series.rates)
    table = make_table("year", "status", "level", "growth")
    for frame in sorted({*levels, *rates}):
        cells = (_cell(column.get(frame), keys) for column in (levels, rates))
        table.add_row(str(frame[0]), frame[1], *cells)
    parts: list[Table | Text | Padding] = [table, Text("")]
    for change in series.changes:
        span = f"{change.earlier.year} {change.earlier.status} → {change.later.year} {change.later.status}"
        formulas = "; ".join(formula for formula in (change.difference, change.ratio) if formula)
        cited = "".join(dict.fromkeys(f"[{keys[place_of(item)]}]" for item in (change.earlier, change.later)))
        parts.append(Text.assemble((f"{span}: ", QUIET), formulas, (cited, "cyan")))
    if series.changes:
        parts.append(Text(""))
    return Group(*parts, *(_source(citation) for citation in citations))


def _by_frame(points: Sequence[Evidence]) -> dict[tuple[int | None, str], Evidence]:
    return {(point.year, point.status): point for point in points}


def _cell(item: Evidence | None, keys: dict[Place, int]) -> Text:
    if item is None:
        return Text("–", style=QUIET)
    return Text.assemble((headline(item), EMPHASIS), (f" [{keys[place_of(item)]}]", "cyan"))


def _source(citation: Citation) -> Text:
    return Text.assemble(
        (f"[{citation.key}] ", "cyan"), citation.quote, (f"  rag show {citation_reference(citation)}", QUIET)
    )
