"""The commands that look at the program itself: doctor, eval."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from rag.commands.common import EmbedderName, IndexDir, Quiet, UseModel, read_settings
from rag.errors import MissingPartError

_ROOT = Path(__file__).parent.parent.parent  # of a source checkout

Chosen = Annotated[list[str] | None, typer.Option("--category", help="Only this category; repeatable.")]
Part = Annotated[list[str] | None, typer.Option("--part", help="Only “tuning” or “reported”.")]
Ids = Annotated[list[str] | None, typer.Option("--id", help="Only this question; repeatable.")]


def doctor(index_dir: IndexDir = None, embedder: EmbedderName = None) -> None:
    """Say what is installed, configured and in the index; exit code 3 if a needed part is missing."""
    from rag.commands.doctor import run_checks

    checks = run_checks(read_settings(index_dir, embedder))
    width = max(len(check.name) for check in checks)
    for check in checks:
        typer.echo(f"{'ok  ' if check.ok else 'FAIL'}  {check.name:<{width}}  {check.detail}")
    raise typer.Exit(0 if all(check.ok for check in checks) else 3)


def evaluate(
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 if anything is worse.")] = False,
    accept: Annotated[bool, typer.Option("--accept", help="Make this run the new baseline.")] = False,
    part: Part = None,
    category: Chosen = None,
    identity: Ids = None,
    llm: UseModel = None,
    questions: Annotated[Path | None, typer.Option("--questions", help="Another question file.")] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="Another baseline.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where the results go [default: eval/out].")
    ] = None,
    embedder: EmbedderName = None,
    quiet: Quiet = False,
) -> None:
    """Run the fixed question set over the seed plans and compare with the accepted baseline.

    Writes results.json, report.html (open it to see which answers changed) and latency.svg. Exit code 1
    says that --check found a question or a metric that is worse. Examples: `rag eval`,
    `rag eval --check`, `rag eval --part tuning --category followup`, `rag eval --accept`.
    """
    if not (_ROOT / "eval" / "questions.jsonl").exists():
        raise MissingPartError(
            "The evaluation comes with the source code, not with the installed package.",
            "Run it in a checkout: `make eval`.",
        )
    if str(_ROOT) not in sys.path:
        sys.path.insert(0, str(_ROOT))
    from eval.command import OUTPUT, Options, evaluate
    from rag.commands.asking import choose_writer
    from rag.commands.console import progress_bar
    from rag.commands.render import show

    folder = output or OUTPUT
    settings = read_settings(str(folder / "index"), embedder)
    with progress_bar(quiet) as progress:
        options = Options(
            parts=tuple(part or ()),
            categories=tuple(category or ()),
            ids=tuple(identity or ()),
            check=check,
            accept=accept,
            output=folder,
            **{name: path for name, path in (("questions", questions), ("baseline", baseline)) if path},
        )
        code = evaluate(
            options, settings, lambda p: choose_writer(p, llm or False, stream=False), show, progress
        )
    raise typer.Exit(code)
