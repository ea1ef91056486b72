"""Figures as tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rag.citation import citation_reference, number_evidence
from rag.facts import Fact
from rag.quotes import headline
from rag.schema import Citation, Evidence
from rag.series import Series

_FIGURE = "bold green"
_QUIET = "dim"


def render_facts(facts: Sequence[Fact]) -> Table:
    """One figure a row, with its quote and what `rag show` takes to show it."""
    table = _table("year", "status", "indicator", "figure", "quote", "citation")
    for fact in facts:
        item = fact.evidence
        reference = f"{item.chunk.document}:{item.start}-{item.end}"
        figure = Text(headline(item), style=_FIGURE)
        table.add_row(
            str(item.year), item.status, fact.indicator, figure, item.quote, Text(reference, style=_QUIET)
        )
    return table


def render_series(series: Series) -> Group:
    """Levels and rates of growth by year and status, the changes of the level, and the sources."""
    points = (*series.levels, *series.rates)
    citations = number_evidence(points)
    keys = {(c.document, c.start, c.end): c.key for c in citations}
    levels, rates = _by_frame(series.levels), _by_frame(series.rates)
    table = _table("year", "status", "level", "growth")
    for frame in sorted({*levels, *rates}, key=lambda frame: (frame[0], frame[1] == "planned")):
        cells = (_cell(column.get(frame), keys) for column in (levels, rates))
        table.add_row(str(frame[0]), frame[1], *cells)
    parts: list[Table | Text | Padding] = [table, Text("")]
    for change in series.changes:
        span = f"{change.earlier.year} {change.earlier.status} → {change.later.year} {change.later.status}"
        formulas = "; ".join(formula for formula in (change.difference, change.ratio) if formula)
        cited = "".join(dict.fromkeys(f"[{_key(item, keys)}]" for item in (change.earlier, change.later)))
        parts.append(Text.assemble((f"{span}: ", _QUIET), formulas, (cited, "cyan")))
    if series.changes:
        parts.append(Text(""))
    return Group(*parts, *(_source(citation) for citation in citations))


def _table(*names: str) -> Table:
    table = Table(box=None, padding=(0, 2), show_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def _by_frame(points: Sequence[Evidence]) -> dict[tuple[int, str], Evidence]:
    return {(point.year, point.status): point for point in points}


def _key(item: Evidence, keys: dict[tuple[str, int, int], int]) -> int:
    return keys[(item.chunk.document, item.start, item.end)]


def _cell(item: Evidence | None, keys: dict[tuple[str, int, int], int]) -> Text:
    if item is None:
        return Text("–", style=_QUIET)
    return Text.assemble((headline(item), _FIGURE), (f" [{_key(item, keys)}]", "cyan"))


def _source(citation: Citation) -> Text:
    return Text.assemble(
        (f"[{citation.key}] ", "cyan"), citation.quote, (f"  rag show {citation_reference(citation)}", _QUIET)
    )
