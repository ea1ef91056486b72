"""The commands that list figures: facts, compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated, TypeVar, get_args

import typer

from rag.commands.common import AsJson, Documents, EmbedderName, IndexDir, Quiet, open_figures
from rag.errors import InputError
from rag.schema import Certainty, Measure

if TYPE_CHECKING:
    from rag.ledger import Entry, Filter, Ledger

_MOST = 1_000_000_000
_SHOWN = 20  # figures that words find, unless more are asked for
_STATUSES: tuple[Certainty, ...] = get_args(Certainty)
_MEASURES: tuple[Measure, ...] = get_args(Measure)
_NAMED = 8  # places that are named where nothing is found

Name = TypeVar("Name", bound=str)
Places = Annotated[
    list[str] | None,
    typer.Option("--place", help="Only this place, by any of its names, not those in it; repeatable."),
]
Years = Annotated[
    list[int] | None,
    typer.Option(
        "--year", min=1, max=9999, help="Only figures of this year, or of a period with it; repeatable."
    ),
]
Statuses = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        help=f"Only outturns, expected outturns or targets ({', '.join(_STATUSES)}); repeatable.",
    ),
]
Measures = Annotated[
    list[str] | None,
    typer.Option("--measure", help=f"Only this measure ({', '.join(_MEASURES)}); repeatable."),
]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV, for a spreadsheet.")]


def facts(
    words: Annotated[
        str | None,
        typer.Argument(help="What the figures are of, in Chinese or English; without it, every figure."),
    ] = None,
    place: Places = None,
    year: Years = None,
    status: Statuses = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="Only figures in such units (亿元, %, 人), or of that class.")
    ] = None,
    measure: Measures = None,
    document: Documents = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", "-n", min=1, max=_MOST, help="How many [default: 20 with words, else all]."),
    ] = None,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
    index_dir: IndexDir = None,
    embedder: EmbedderName = None,
    quiet: Quiet = False,
) -> None:
    """List figures: of what, where and when, outturn or target, and where they stand.

    With words, those whose subject agrees best come first, and of these the newest. Exit code 1 says that
    there are none. Examples: `rag facts 学位`, `rag facts "budget revenue" --place 合肥 --year 2024`,
    `rag facts GDP --measure growth --status planned`, `rag facts --unit 亿元 --csv > money.csv`.
    """
    from rag.ledger import Filter, find, unit_class_of

    _exclude(as_csv, as_json)
    ledger = open_figures(index_dir, embedder, quiet, document)
    unit_class = unit_class_of(ledger, unit) if unit is not None else ""
    wanted = Filter(
        _checked(words),
        tuple(place or ()),
        tuple(year or ()),
        _known("--status", status, _STATUSES),
        unit_class or "",
        _known("--measure", measure, _MEASURES),
        tuple(document or ()),
    )
    most = limit or (_SHOWN if wanted.words else None)
    found = find(ledger, wanted, most) if unit_class is not None else iter(())
    first = next(found, None)
    if as_json or as_csv:
        _print_lines(_lines(() if first is None else chain([first], found), as_csv))
    elif first is not None:
        from rag.commands.tables import show_facts

        show_facts(chain([first], found))
    if first is None:
        typer.echo(_explain(ledger, wanted, unit if unit_class is None else None), err=True)
    raise typer.Exit(1 if first is None else 0)


def compare(
    words: Annotated[str, typer.Argument(help="What to follow through places and years.")],
    place: Places = None,
    year: Years = None,
    status: Statuses = None,
    document: Documents = None,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
    index_dir: IndexDir = None,
    embedder: EmbedderName = None,
    quiet: Quiet = False,
) -> None:
    """Follow one thing through places and years: outturn and target, of its level and of its growth.

    A target stands beside its outturn with what came of it: met, missed, or not to be judged. Growth is also
    worked out from the levels, with the formula. Exit code 1 says that there is nothing to show. Examples:
    `rag compare 一般公共预算收入`, `rag compare GDP --place 安徽 --place 合肥 --year 2024`,
    `rag compare "retail sales" --csv`.
    """
    from rag.ledger import Filter, read_series

    _exclude(as_csv, as_json)
    ledger = open_figures(index_dir, embedder, quiet, document)
    wanted = Filter(
        words=_checked(words),
        places=tuple(place or ()),
        years=tuple(year or ()),
        statuses=_known("--status", status, _STATUSES),
        documents=tuple(document or ()),
    )
    series = read_series(ledger, wanted)
    if as_json:
        from rag.jsonform import dump, series_to_json

        typer.echo(dump(series_to_json(wanted.words, series)))
    if series is None:
        typer.echo(_explain(ledger, wanted), err=True)
        raise typer.Exit(1)
    if as_csv:
        from rag.jsonform import series_as_csv

        _print_lines(series_as_csv(series))
    elif not as_json:
        from rag.commands.render import show
        from rag.commands.tables import render_series

        show(render_series(series))


def _known(option: str, values: list[str] | None, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The values of an option, after it was seen that there are such."""
    for value in values or ():
        if value not in names:
            raise InputError(f"{option}: there is no “{value}”.", f"There are {', '.join(names)}.")
    return tuple(name for name in names if name in (values or ()))


def _exclude(as_csv: bool, as_json: bool) -> None:
    if as_csv and as_json:
        raise InputError("--csv and --json exclude each other.", "Give one of them.")


def _checked(words: str | None) -> str:
    from rag.ledger import check_words

    return "" if words is None else check_words(words)


def _lines(entries: Iterable[Entry], as_csv: bool) -> Iterator[str]:
    from rag.jsonform import facts_as_csv, facts_as_json

    return facts_as_csv(entries) if as_csv else facts_as_json(entries)


def _print_lines(lines: Iterator[str]) -> None:
    """Prints what comes, many lines at a time."""
    while part := "".join(islice(lines, 500)):
        typer.echo(part, nl=False)


def _explain(ledger: Ledger, wanted: Filter, unit: str | None = None) -> str:
    """Why nothing is found, as far as that can be told, and what is covered."""
    from rag.language import find_places
    from rag.ledger import coverage, uncovered_places

    covered = coverage(ledger)
    if not covered.years and not covered.places:
        return "The documents hold no figures."
    named = wanted.places or tuple(mention.text for mention in find_places(wanted.words, abbreviated=True))
    missing = (
        *(f"“{name}”" for name in uncovered_places(ledger, named)),
        *(str(year) for year in wanted.years if year not in covered.years),
        *([f"the unit “{unit}”"] if unit else []),
    )
    more = f" and {len(covered.places) - _NAMED} more" if len(covered.places) > _NAMED else ""
    told = f"They tell of {', '.join(covered.places[:_NAMED]) or 'no place by name'}{more}"
    if covered.years:
        told += f", {covered.years[0]} to {covered.years[-1]}"
    if missing:
        return f"The documents hold no figures of {', '.join(missing)}. {told}."
    return f"The documents hold no such figure. {told}."
