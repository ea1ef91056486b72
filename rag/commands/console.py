"""What the commands read from and write to the terminal beside their answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from rag.errors import InputError, RagError

if TYPE_CHECKING:
    from rag.index import IndexReport
    from rag.interfaces import Progress


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress]:
    """A bar on stderr for each step; nothing when quiet or not on a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from rag.commands.render import make_console

    names = {
        "read": "Reading the plans",
        "embed": "Embedding passages",
        "store": "Storing vectors",
        "words": "Indexing words",
        "check": "Checking figures",
        "figures": "Gathering figures",
        "evaluate": "Asking questions",
        "mutate": "Testing the checker",
    }
    columns = (TextColumn("{task.description:<20}"), BarColumn(), MofNCompleteColumn())
    console = make_console(stderr=True)
    with Progress(*columns, console=console, disable=quiet or not console.is_terminal) as bar:
        tasks: dict[str, Any] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(names[step], total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield report


def print_report(report: IndexReport) -> None:
    """What a run of `rag index` did, on stderr."""
    if report.rebuilt:
        typer.echo(f"Built anew: {report.rebuilt}.", err=True)
    for label, names in (
        ("added", report.added),
        ("changed", report.changed),
        ("unchanged", report.unchanged),
        ("removed", report.removed),
    ):
        for name in names:
            typer.echo(f"{label:>10}  {name}", err=True)
    for refusal in report.refused:
        typer.echo(f"{'refused':>10}  {refusal.path}: {refusal.reason}", err=True)
    typer.echo(f"{report.chunks} passages are indexed.", err=True)


def read_stdin() -> str:
    """Standard input as text; raises InputError if it is none."""
    try:
        return sys.stdin.buffer.read(1_000_000).decode()
    except UnicodeDecodeError as error:
        raise InputError("Standard input is not UTF-8 text.") from error


def complain(error: RagError) -> None:
    """An error and what to do about it, on stderr."""
    sys.stderr.write(f"rag: {error.message}\n")
    if error.hint:
        sys.stderr.write(f"     {error.hint}\n")
