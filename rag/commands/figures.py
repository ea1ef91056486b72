"""The commands that list figures: facts, compare."""

from __future__ import annotations

from typing import Annotated

import typer

from rag.commands.common import AsJson, Documents, EmbedderName, IndexDir, Kind, Quiet, Years, open_index
from rag.commands.console import progress_bar
from rag.errors import InputError

_MOST = 1000  # figures of one indicator


def facts(
    indicator: Annotated[
        str | None, typer.Argument(help="Whose figures; without it, every figure of the plans.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=_MOST, help="How many figures of an indicator.")
    ] = 20,
    year: Years = None,
    status: Kind = None,
    document: Documents = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, for a spreadsheet.")] = False,
    as_json: AsJson = False,
    index_dir: IndexDir = None,
    embedder: EmbedderName = None,
    quiet: Quiet = False,
) -> None:
    """List figures with their indicator, year and status, and where they stand.

    Exit code 1 says that there are none. Examples: `rag facts 学位`,
    `rag facts "budget revenue" --year 2023`, `rag facts --status planned --csv > targets.csv`.
    """
    from rag.ask import check_question, find_facts, list_facts
    from rag.search import limit_scope

    if as_csv and as_json:
        raise InputError("--csv and --json exclude each other.", "Give one of them.")
    text = check_question(indicator) if indicator is not None else None
    pipeline = open_index(index_dir, embedder, quiet, document)
    allowed = limit_scope(year, status, document)
    if text is not None:
        found = find_facts(pipeline.plans, text, allowed, limit)
    else:
        names = [r.id for r in pipeline.manifest.documents if not document or r.id in document]
        found = []
        with progress_bar(quiet) as progress:
            for done, name in enumerate(names, start=1):
                found += list_facts(pipeline.document(name), allowed)
                progress("figures", done, len(names))
    if as_csv:
        from rag.jsonform import facts_to_csv

        typer.echo(facts_to_csv(found), nl=False)
    elif as_json:
        from rag.jsonform import dump, facts_to_json

        typer.echo(dump(facts_to_json(found)))
    elif found:
        from rag.commands.render import show
        from rag.commands.tables import render_facts

        show(render_facts(found))
    else:
        typer.echo("The plans hold no such figure.", err=True)
    raise typer.Exit(0 if found else 1)


def compare(
    indicator: Annotated[str, typer.Argument(help="What to follow through the years.")],
    year: Years = None,
    status: Kind = None,
    document: Documents = None,
    as_json: AsJson = False,
    index_dir: IndexDir = None,
    embedder: EmbedderName = None,
    quiet: Quiet = False,
) -> None:
    """Follow an indicator through the years: outturns, targets, growth, and what changed in between.

    Differences and ratios are calculated by the program and shown with their formula. Exit code 1 says
    that there is nothing to show. Examples: `rag compare 一般公共预算收入`,
    `rag compare PM2.5 --status actual`, `rag compare "retail sales" --year 2019 --year 2023 --json`.
    """
    from rag.ask import check_question, read_series
    from rag.search import limit_scope

    text = check_question(indicator)
    pipeline = open_index(index_dir, embedder, quiet, document)
    allowed = limit_scope(year, status, document)
    series = read_series(pipeline.plans, text, allowed)
    found = bool(series.levels or series.rates)
    if as_json:
        from rag.jsonform import dump, series_to_json

        typer.echo(dump(series_to_json(text, series)))
    elif found:
        from rag.commands.render import show
        from rag.commands.tables import render_series

        show(render_series(series))
    else:
        typer.echo("The plans hold no figure of it.", err=True)
    raise typer.Exit(0 if found else 1)
