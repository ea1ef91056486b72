"""Figures as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from rich.console import Group
from rich.table import Table
from rich.text import Text

from rag.commands.render import EMPHASIS, QUIET, make_table, show
from rag.ledger import Beside, Entry, Series, stage_of
from rag.schema import Period

_AT_ONCE = 500  # rows of a table that is too long to be laid out as a whole
_JUDGED = {"met": "met", "missed": "missed", "open": "cannot be judged", None: ""}
_COLOURS = {"met": "green", "missed": "red"}


def show_facts(entries: Iterable[Entry]) -> None:
    """Prints one figure a row, with what `rag show` takes to show where it stands."""
    rest = iter(entries)
    heading = True
    while part := list(islice(rest, _AT_ONCE)):
        show(render_facts(part, heading))
        heading = False


def render_facts(entries: Sequence[Entry], heading: bool = True) -> Table:
    """One figure a row."""
    table = make_table("place", "period", "status", "subject", "figure", "where")
    table.show_header = heading
    for entry in entries:
        statement = entry.statement
        table.add_row(
            statement.place or "–",
            period_in_words(statement.period),
            statement.status,
            _subject(entry),
            Text(entry.figure, style=EMPHASIS),
            Text(entry.reference, style=QUIET),
        )
    return table


def _subject(entry: Entry) -> Text:
    """The subject with whose it is, if not the place's, and what is measured, if not its level."""
    statement = entry.statement
    owner = f"{statement.entity}: " if statement.entity else ""
    whole = f" of {statement.of}" if statement.of else ""
    measure = f"  {statement.measure}{whole}" if statement.measure != "level" or whole else ""
    return Text.assemble(f"{owner}{statement.subject}", (measure, QUIET))


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
