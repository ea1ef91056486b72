"""Figures as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

import typer
from rich.cells import cell_len
from rich.console import Group
from rich.table import Table
from rich.text import Text

from rag.commands.render import EMPHASIS, QUIET, make_console, make_table, show, visible
from rag.ledger import Beside, Entry, Series, stage_of
from rag.schema import Period

_COLUMNS = ("place", "period", "status", "subject", "figure", "where")
_FITTED = 200  # figures that a terminal gets as a table
_AT_ONCE = 500  # of more figures, those that are given the same columns together
_JUDGED = {"met": "met", "missed": "missed", "open": "cannot be judged", None: ""}
_COLOURS = {"met": "green", "missed": "red"}


def show_facts(entries: Iterable[Entry]) -> None:
    """Prints one figure a row, with what `rag show` takes to show where it stands.

    A terminal gets what fits it; a pipe, and whoever wants very many, whole lines as they come.
    """
    rest = iter(entries)
    first = list(islice(rest, _FITTED + 1))
    if len(first) <= _FITTED and make_console().is_terminal:
        show(render_facts(first))
        return
    for line in _fact_lines(chain(first, rest)):
        typer.echo(visible(line.replace("\n", " ")))


def render_facts(entries: Sequence[Entry]) -> Table:
    """One figure a row."""
    table = make_table(*_COLUMNS)
    for entry in entries:
        *told, figure, reference = _fact_row(entry)
        table.add_row(*told, Text(figure, style=EMPHASIS), Text(reference, style=QUIET))
    return table


def _fact_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """Figures in columns, which grow where a later row needs it."""
    rows = chain([_COLUMNS], map(_fact_row, entries))
    widths = [0] * len(_COLUMNS)
    while part := list(islice(rows, _AT_ONCE)):
        cells = [[(cell, cell_len(cell)) for cell in row] for row in part]
        widths = [max(width, *(row[i][1] for row in cells)) for i, width in enumerate(widths)]
        for row in cells:
            line = "".join(
                f"  {cell}{' ' * (width - size)}  " for (cell, size), width in zip(row, widths, strict=True)
            )
            yield line.rstrip()


def _fact_row(entry: Entry) -> tuple[str, ...]:
    statement = entry.statement
    period = period_in_words(statement.period)
    return (
        statement.place or "–", period, statement.status, _subject(entry), entry.figure, entry.reference,
    )  # fmt: skip


def _subject(entry: Entry) -> str:
    """The subject with whose it is, if not the place's, and what is measured, if not its level."""
    statement = entry.statement
    owner = f"{statement.entity}: " if statement.entity else ""
    whole = f" of {statement.of}" if statement.of else ""
    measure = f" · {statement.measure}{whole}" if statement.measure != "level" or whole else ""
    return f"{owner}{statement.subject}{measure}"


def period_in_words(period: Period) -> str:
    """A period as a person would say it.

    >>> [period_in_words(Period(*p)) for p in (("point", 2025, 2025), ("average", 2021, 2025), ("open",))]
    ['end of 2025', 'a year, 2021–2025', '–']
    >>> period_in_words(Period("part", 2024, 2024, "H1")), period_in_words(Period("span", 2021, 2025))
    ('2024 H1', '2021–2025 in all')
    """
    if period.end is None:
        return "–"
    years = f"{period.start}–{period.end}" if period.start not in (None, period.end) else str(period.end)
    pattern = {"point": "end of {}", "span": "{} in all", "average": "a year, {}"}.get(period.kind, "{}")
    return pattern.format(f"{years} {period.part}" if period.part else years)


def render_series(series: Series) -> Group:
    """Outturns and targets by place and period, the changes of the level, and the sources."""
    keys: dict[str, int] = {}
    sources: dict[str, Entry] = {}
    columns = (
        "place",
        "period",
        "outturn",
        "target",
        "judged",
        "growth",
        "its target",
        "judged",
        "by levels",
    )
    table = make_table(*columns)
    for row in series.rows:
        for entry in (*row.level.outturns, *row.level.targets, *row.growth.outturns, *row.growth.targets):
            keys.setdefault(entry.reference, len(keys) + 1)
            sources.setdefault(entry.reference, entry)
        cells = [cell for beside in (row.level, row.growth) for cell in _cells(beside, keys)]
        table.add_row(row.place or "–", period_in_words(row.period), *cells, row.formula or "")
    name = f"{series.subject} ({series.indicator})" if series.indicator else series.subject
    parts: list[Table | Text] = [Text(f"{name}\n", style="bold"), table, Text("")]
    for change in series.changes:
        span = f"{change.place} {_when(change.earlier)} → {_when(change.later)}"
        formulas = "; ".join(formula for formula in (change.difference, change.ratio) if formula)
        cited = "".join(f"[{keys[entry.reference]}]" for entry in (change.earlier, change.later))
        parts.append(Text.assemble((f"{span}: ", QUIET), formulas, (cited, "cyan")))
    parts += [Text("")] if series.changes else []
    parts += [_source(key, sources[reference]) for reference, key in keys.items()]
    if series.others:
        parts.append(Text(f"\nNot compared with it: {', '.join(series.others)}", style=QUIET))
    if series.cut:
        parts.append(Text("\nThere are more figures of it; --place and --year show others.", style=QUIET))
    return Group(*parts)


def _cells(beside: Beside, keys: dict[str, int]) -> tuple[Text, Text, Text]:
    """Outturns, targets, and what came of these."""
    judged = Text("\n").join(Text(_JUDGED[j], style=_COLOURS.get(j or "", QUIET)) for j in beside.judgements)
    return _figures(beside.outturns, keys), _figures(beside.targets, keys), judged


def _figures(entries: Sequence[Entry], keys: dict[str, int]) -> Text:
    """The figures of a cell, one below the other where documents contradict each other."""
    if not entries:
        return Text("–", style=QUIET)
    return Text("\n").join(
        Text.assemble(
            (entry.figure, EMPHASIS), (_remark(entry), QUIET), (f" [{keys[entry.reference]}]", "cyan")
        )
        for entry in entries
    )


def _remark(entry: Entry) -> str:
    """What must be known of a figure: that it falls, is only expected, preliminary or verified at last."""
    remarks = (
        "decline" if entry.statement.measure == "decline" else "",
        "expected" if entry.statement.status == "estimated" else "",
        stage_of(entry) or "",
    )
    told = ", ".join(filter(None, remarks))
    return f" ({told})" if told else ""


def _when(entry: Entry) -> str:
    target = " target" if entry.statement.status == "planned" else ""
    return f"{entry.statement.period.end}{target}"


def _source(key: int, entry: Entry) -> Text:
    return Text.assemble((f"[{key}] ", "cyan"), entry.quote, (f"  rag show {entry.reference}", QUIET))
