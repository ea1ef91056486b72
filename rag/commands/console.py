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
    from rag.schema import Identity


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress]:
    """A bar on stderr for each step; nothing when quiet or not on a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from rag.commands.render import make_console

    names = {
        "read": "Reading documents",
        "embed": "Embedding passages",
        "store": "Storing vectors",
        "words": "Indexing words",
        "bind": "Reading figures",
        "check": "Checking figures",
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
    """What a run of `rag index` did, on stderr: each document with what it was taken for."""
    if report.rebuilt:
        _tell("", f"Built anew: {report.rebuilt}.")
    known = dict(report.identities)
    for label, names in (
        ("added", report.added),
        ("changed", report.changed),
        ("unchanged", report.unchanged),
        ("removed", report.removed),
    ):
        for name in names:
            _tell(label, f"{name}  {_describe(known[name])}" if name in known else name)
            for note in [note for of, note in report.notes if of == name]:
                _tell("note", note)
    for twin in report.duplicates:
        _tell("duplicate", f"{twin.path}: the same text as {twin.reason}, counted once")
    for refusal in report.refused:
        _tell("refused", f"{refusal.path}: {refusal.reason}")
    untold = [(name, _untold(identity)) for name, identity in report.identities if _untold(identity)]
    for name, values in untold:
        _tell("not told", f"{name}: {', '.join(values)}")
    if untold:
        _tell("", 'Put what is not told into NAME.toml beside the file, for example: place = "青禾市"')
    _tell("", f"{report.chunks} passages are indexed.")


def _tell(label: str, text: str) -> None:
    from rag.commands.render import visible

    typer.echo(visible(f"{label:>10}  {text}" if label else text), err=True)


def _describe(identity: Identity) -> str:
    """What a document was taken for: work report, 安徽省, 2025."""
    parts = (identity.kind.replace("_", " "), identity.place, str(identity.year or ""))
    return ", ".join(filter(None, parts))


def _untold(identity: Identity) -> list[str]:
    """The values without which questions about a place or a year pass a document by."""
    values = {"place": identity.place, "year": identity.year, "kind": identity.kind != "other"}
    return [name for name, value in values.items() if not value]


def read_stdin() -> str:
    """Standard input as text; raises InputError if it is none."""
    try:
        return sys.stdin.buffer.read(1_000_000).decode()
    except UnicodeDecodeError as error:
        raise InputError("Standard input is not UTF-8 text.") from error


def complain(error: RagError) -> None:
    """An error and what to do about it, on stderr."""
    from rag.commands.render import visible

    sys.stderr.write(f"rag: {visible(error.message)}\n")
    if error.hint:
        sys.stderr.write(f"     {visible(error.hint)}\n")
